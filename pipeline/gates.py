"""Cheap gates before a web page is read: most pages of the web make no claim that a row answers, and must cost little.

Each gate only asks whether reading the page could find anything. What passes is read from its bytes as if there were
no gates, so that they never change a finding; what they lose is measured in `tests/bench/gates.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

from claims.layout import BULLET
from claims.lexicon import Lexicon, fold, match_form
from claims.page import part_of, survey
from claims.sentences import MAX_CHARS
from claims.types import Article, BlockKind, Sentence
from pipeline.checker import Checker
from pipeline.language import check_english
from pipeline.limits import MAX_DEPTH, MAX_PAGE_BYTES, check_html, check_size
from pipeline.reader import FEW, PageReader
from pipeline.webpage import all_text, main_text, title_of

__all__ = ["NO_CLAIM", "NO_WORD", "Gates"]

# Why a page was not read, as slugs.
NO_WORD, NO_CLAIM = "no_health_word", "no_candidate"
# Under the checker's own thresholds, as rough sentences and another main text shift the scores.
MAYBE = 0.9
# Three letters at least: an "e" for "e. coli" would let every page pass.
_FIRST_WORD = re.compile(r".{1,3}[^ \-]*")
_PART_CHARS, _EDGE_CHARS = 4096, 40
_ROUGHLY_A_SENTENCE = re.compile(r"\S(?:[^\n.!?…]|[.!?…](?!\s))*+[.!?…]?")
# The name of a site is no part of a title.
_TITLE_PART = re.compile(r"\s+[|–—·•:-]\s+")
_SHOWS_TEXT = re.compile(r"(?:^|>)[^<>\w]*+\w")


class Gates:
    """The gates of one checker."""

    def __init__(self, checker: Checker) -> None:
        self._checker = checker
        self._words = _first_words(checker.lexicon, {e.subject for e in checker.table.rows})

    def settle(self, html: str) -> str:
        """Say why a page need not be read, as a slug, or "". Raise ReadError as reading would."""
        check_size(len(html), MAX_PAGE_BYTES, "the page")
        # A page without any text is an error, which reading in full reports.
        if not self._names_something(html):
            return NO_WORD if _SHOWS_TEXT.search(html) else ""
        # The parser's time grows with the square of the depth, and few pages could have such depth at all.
        if html.count("<") - html.count("</") > MAX_DEPTH:
            check_html(html)
        text = all_text(html)
        check_english(text)
        return NO_CLAIM if text.strip() and not self._may_meet_a_row(html, text) else ""

    def _names_something(self, html: str) -> bool:
        """Tell whether the source has a word that could begin the name of a thing that acts.

        Without one, no claim of the page has a subject. Words only begin there: endings and second words may be
        written in too many ways.
        """
        # In parts, as the first word mostly stands near the beginning; a word over the edge costs nothing but a look.
        for at in range(0, len(html), _PART_CHARS):
            low = html[max(0, at - 1) : at + _PART_CHARS + _EDGE_CHARS].lower().encode("utf-8", "replace")
            found = self._words.find_matches_as_indexes(low)
            if any(not low[i - 1 : i].isalnum() for _, i, _ in found):
                return True
        return False

    def _may_meet_a_row(self, html: str, text: str) -> bool:
        """Tell whether a page may have a statement that a row could answer: in all of its text, then in the main."""
        # The title may be a claim itself: "Zinc shortens colds | Daily Health".
        title, lexicon = "\n".join(_TITLE_PART.split(title_of(html))), self._checker.lexicon
        article = Article(id="", title=title, text=f"{title}\n{text}")
        anywhere = survey(article, list(_sentences(article.text)), lexicon)
        if not PageReader(anywhere, self._checker).answerable:
            return False
        start = article.text.find(main := main_text(html), len(title))
        if start < 0:  # no line of it stands in the whole text as it is
            start, main = len(title) + 1, text
        places = ((i, s.start) for i, s in enumerate(anywhere.sentences))
        kept = [i for i, at in places if at < len(title) or start <= at < start + len(main)]
        return PageReader(part_of(anywhere, kept, lexicon), self._checker, slack=MAYBE).may_meet_a_row(FEW)


def _sentences(text: str) -> Iterator[Sentence]:
    """Split a text roughly: the true splitter takes longer than all the gates together."""
    for m in _ROUGHLY_A_SENTENCE.finditer(text):
        start, end = m.span()
        mark = None if text[start].isalpha() else BULLET.match(text, start, end)
        kind: BlockKind = "list_item" if mark else "paragraph"
        for at in range(mark.end() if mark else start, end, MAX_CHARS):
            yield Sentence(at, min(end, at + MAX_CHARS), text[at : min(end, at + MAX_CHARS)], 0, kind)


def _first_words(lexicon: Lexicon, subjects: set[str]) -> BytesAhoCorasick:
    """Build what finds the first words of names; the quickest automaton, twice as quick as the smaller ones."""
    acting = [c for c in lexicon.concepts.values() if lexicon.is_actor(c.id) or c.id in subjects]
    names = [name.removeprefix("?") for c in acting for name in (c.name, *c.aliases)]
    spelled = {form for name in names for form in (fold(name), match_form(name))}
    words = {_stem(m.group()) for form in spelled if (m := _FIRST_WORD.match(form))}
    return BytesAhoCorasick(
        sorted(word.encode() for word in words if word),
        matchkind=MatchKind.Standard,
        implementation=Implementation.DFA,
    )


def _stem(word: str) -> str:
    """Drop what another number may change."""
    return word[:-3] if word.endswith("ies") else word[:-1] if len(word) > 3 and word[-1] in "sy" else word
