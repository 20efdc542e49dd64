"""An article ready for reading: its sentences, the concepts they name, and what it is about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claims.concepts import ACTOR_KINDS, CONDITION_KINDS, HEALTH_KINDS
from claims.discourse import topic_of
from claims.lexicon import Lexicon, Mention, fold
from claims.types import Article, Sentence

# Nearly all labelled passages have from so many to so many sentences: how the parts of a shorter page stand to each
# other, no model has learned, and on a longer one less is claimed.
PASSAGE, LONGEST_PASSAGE = 7, 25
# A recipe names foods, and yet is not about health.
TELLING_KINDS = (ACTOR_KINDS | CONDITION_KINDS) - {"food", "drink"}


@dataclass(frozen=True, slots=True)
class Page:
    """An article ready for reading: its sentences and, sentence by sentence, the concepts they name."""

    article: Article
    sentences: Sequence[Sentence]
    mentions: Sequence[Sequence[Mention]]  # offsets within the sentence
    topic: str
    condition: str  # the condition or function the page speaks of most, or ""
    ills: frozenset[str]  # all conditions and functions that it names
    headings: frozenset[str]  # their texts, folded
    on_health: float  # the share of sentences that name a condition, or a thing that acts and is no food

    def line_above(self, i: int) -> int:
        """Give the place of the line above the list that sentence `i` stands in; its own where it is in none."""
        while i > 0 and self.sentences[i].kind == "list_item":
            i -= 1
        return i

    def leads_a_list(self, i: int) -> bool:
        """Tell whether a list follows sentence `i`, or goes on."""
        return i + 1 < len(self.sentences) and self.sentences[i + 1].kind == "list_item"


def survey(article: Article, sentences: Sequence[Sentence], lexicon: Lexicon) -> Page:
    """Find the concepts of a page and what it is about; nothing is parsed."""
    found = lexicon.find_in_page(article.text)
    per: list[list[Mention]] = [[] for _ in sentences]
    i = 0
    for m in found:
        while i < len(sentences) and sentences[i].end <= m.start:
            i += 1
        if i < len(sentences) and m.start >= sentences[i].start and m.end <= sentences[i].end:
            base = sentences[i].start
            per[i].append(Mention(m.concept, m.start - base, m.end - base, m.ambiguous))
    return _page(article, sentences, per, found, lexicon)


def part_of(page: Page, kept: Sequence[int], lexicon: Lexicon) -> Page:
    """Give a page of some of the sentences of another, by their places; what it is about is told by these alone."""
    per = [page.mentions[i] for i in kept]
    return _page(page.article, [page.sentences[i] for i in kept], per, [m for ms in per for m in ms], lexicon)


def _page(
    article: Article,
    sentences: Sequence[Sentence],
    per: Sequence[Sequence[Mention]],
    found: Sequence[Mention],
    lexicon: Lexicon,
) -> Page:
    in_headings = [m for i, s in enumerate(sentences) if s.kind == "heading" for m in per[i]]
    topic = topic_of(article.title, found, in_headings, lexicon)
    condition = topic_of(article.title, found, in_headings, lexicon, acting=False)
    headings = frozenset(fold(s.text) for s in sentences if s.kind == "heading")
    kinds = [{lexicon.kind(m.concept) for m in mentions} for mentions in per if mentions]
    on_health = sum(not named.isdisjoint(TELLING_KINDS) for named in kinds) / max(1, len(per))
    ills = frozenset({condition, *(m.concept for m in found if lexicon.kind(m.concept) in HEALTH_KINDS)}) - {""}
    return Page(article, sentences, per, topic, condition, ills, headings, on_health)


# Names of up to so many letters are short for another: "7-OH", "MSG".
_SHORT_FORM = 5


def names_on(page: Page, lexicon: Lexicon) -> Mapping[str, str]:
    """Give each concept that a page names a name that it uses: its own, or one used at least twice as often.

    A short form does not stand for a name that the page spells out.
    """
    used: dict[str, Counter[str]] = defaultdict(Counter)
    for s, mentions in zip(page.sentences, page.mentions, strict=True):
        for m in mentions:
            used[m.concept][fold(s.text[m.start : m.end])] += 1
    title = fold(page.article.title)
    names = {}
    for concept, spelled in used.items():
        own, (most, times) = fold(lexicon.name(concept)), spelled.most_common(1)[0]
        of_own = spelled[own] + (own in title)
        keeps = times < 2 * of_own or (of_own > 0 and len(most) <= _SHORT_FORM < len(own))
        names[concept] = own if keeps else most
    return names
