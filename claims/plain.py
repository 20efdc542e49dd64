"""Read statements that no evidence row could answer, without a parse: they are shown, never judged."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from ahocorasick_rs import AhoCorasick, MatchKind

from claims.concepts import OBJECT_KINDS
from claims.cues import Cues
from claims.discourse import Focus
from claims.frame import Triple
from claims.frames import frames
from claims.lexicon import Lexicon, fold
from claims.page import Page
from claims.phrases import Grounded, is_pronoun, phrase
from claims.relations import triples
from claims.special import comparisons, statuses
from claims.types import Claim, Relation
from claims.words import word_list

# Words that can make a claim without naming a condition or function: safety, status, comparison, what a thing is. Each
# pattern stands under a part of all that it finds.
_TELLING_WORDS = {
    **{part: part for part in word_list("telling stems")},
    "safe": "(?:un)?safe",
    "than": r"than\b(?! (?:\$?\d|a|an|one|two|three|half)\b)",
    "anti": "anti-?(?:ox|inf|mic|bac|vir|fun|par|sep)",
    "heal": "heal(?!th)",
}
_TELLING = re.compile(rf"\b(?:{'|'.join(_TELLING_WORDS.values())})", re.I)
_TELLING_SCAN = AhoCorasick(list(_TELLING_WORDS), matchkind=MatchKind.Standard)
_TELLING_AT = [re.compile(rf"\b{word}") for word in _TELLING_WORDS.values()]
# Words that warn a group off a thing.
_WARNING = re.compile(
    r"\b(?:avoid|skip|stay away|contraindicat|(?:should|must|can|do|does|is|are)(?: ?n.t| not)\b|never\b)", re.I
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*\s?(?:%|percent|per cent|million|people|patients|cases|deaths)", re.I)
# How many sentences back a thing may be named for "it" to be read.
REACH = 4
# Words of a sentence that says one thing, and of one that still says it plainly.
SHORT, LONG = 12, 20
# On a page where fewer sentences than this are on health, a condition in passing says nothing of what causes it.
ON_HEALTH = 0.5
_IDLE = word_list("idle")
_TOPIC_OPENERS = word_list("topic openers")


def is_idle(page: Page, i: int, cues: Cues) -> bool:
    """Tell whether a sentence asserts nothing: an announcement, a call, an entry of the table of contents, a topic."""
    sentence = page.sentences[i]
    return (
        bool(cues.no_claim.find(sentence.text))
        or (sentence.kind == "list_item" and fold(sentence.text) in page.headings)
        or _names_a_topic(sentence.text)
    )


def _names_a_topic(text: str) -> bool:
    """Tell whether a line only says what comes: "Understanding Kratom Withdrawal"."""
    words = text.split()
    return len(words) <= SHORT and text[-1:] not in ".!?" and fold(words[0]) in _TOPIC_OPENERS


def worth_parsing(page: Page, lexicon: Lexicon, cues: Cues) -> list[int]:
    """List the sentences of a page that are worth a parse."""
    telling = _telling(page)
    named = {i for i, mentions in enumerate(page.mentions) if mentions}
    return [i for i in sorted(named | telling) if _is_worth_parsing(page, i, lexicon, cues, telling=i in telling)]


def _telling(page: Page) -> set[int]:
    """List the sentences that hold a telling word: all of the page is scanned at once, for parts of words."""
    starts = [s.start for s in page.sentences]
    text = fold(page.article.text)
    found = set()
    for part, at, _ in _TELLING_SCAN.find_matches_as_indexes(text):
        word = _TELLING_AT[part]
        if word.match(text, at) or (at > 1 and word.match(text, at - len("un"))):
            found.add(bisect_right(starts, at) - 1)
    return found - {-1}


def _is_worth_parsing(page: Page, i: int, lexicon: Lexicon, cues: Cues, *, telling: bool) -> bool:
    """Tell whether a sentence could meet a row: it names a condition, or says how safe, legal or good a thing is.

    What acts may be named by it or near it. A condition can act, too ("obesity causes diabetes"), and so can what
    the lexicon does not know: there, a sentence is worth it that is short, or stands on a page about health.
    """
    sentence = page.sentences[i]
    named = {m.concept for m in page.mentions[i]}
    objects = sum(lexicon.kind(c) in OBJECT_KINDS for c in named)
    acting = any(map(lexicon.is_actor, named))
    if objects > 1 or (objects and acting):
        return True
    telling = telling or _warns(page, i, lexicon)
    if acting or not (objects or telling):
        return telling
    words = fold(sentence.text).split()
    near = (m.concept for k in range(max(0, i - REACH), i) for m in page.mentions[k])
    if sentence.kind == "list_item" or any(map(lexicon.is_actor, near)):
        return bool(objects) or len(words) <= LONG
    told = telling or any(cues.relation_stem(w) for w in words)
    return told and (len(words) <= SHORT or page.on_health >= ON_HEALTH)


def names_a_claim(page: Page, i: int, lexicon: Lexicon, cues: Cues) -> bool:
    """Tell, without a parse, whether a sentence names a thing, what it acts on, and a word that joins them."""
    sentence = page.sentences[i]
    words = fold(sentence.text).split()
    kinds = {lexicon.kind(m.concept) for m in page.mentions[i]}
    acting = any(lexicon.is_actor(m.concept) for m in page.mentions[i]) or len(kinds & OBJECT_KINDS) > 1
    # "Eases pain" says it of what the page is about, "butter causes heart disease" of what the lexicon does not know.
    if not (acting or len(words) <= SHORT) or sentence.text.rstrip().endswith("?"):
        return False
    if _TELLING.search(sentence.text) or _warns(page, i, lexicon):
        return True
    return bool(kinds & OBJECT_KINDS) and any(cues.relation_stem(w) for w in words)


def _warns(page: Page, i: int, lexicon: Lexicon) -> bool:
    """Tell whether a sentence may warn a group of people off a thing."""
    named = any(lexicon.kind(m.concept) == "population" for m in page.mentions[i])
    return named and is_warning(page, i)


def is_warning(page: Page, i: int) -> bool:
    """Tell whether a sentence may warn somebody off something."""
    return bool(_WARNING.search(page.sentences[i].text))


def states_a_claim(g: Grounded, cues: Cues) -> bool:
    """Tell whether the rules alone read a whole claim in a sentence: a thing, a relation, and what it acts on."""
    # "Kratom addiction" alone names a topic.
    telling = (f for f in frames(g, cues) if f.row.frame not in {"compound", "for"})
    read = (t for frame in telling for t in triples(frame, g))
    return any(_is_whole(t, g) for t in (*read, *comparisons(g), *statuses(g, cues)))


def _is_whole(t: Triple, g: Grounded) -> bool:
    if t.subject is None or is_pronoun(t.subject, g) or t.subject.pos_ not in {"NOUN", "PROPN"}:
        return False
    acting = g.lexicon.is_actor(phrase(t.subject, g).concept)
    if not acting and len(g.tokens) > SHORT:
        return False
    if t.relation in {"compares", "status"}:
        return bool(t.field_object)
    if t.relation == "mechanism":
        return acting and (bool(t.field_object) or (t.trigger.lemma_ == "contain" and bool(t.object.concept)))
    return (acting and t.relation == "safe") or g.lexicon.kind(t.object.concept) in OBJECT_KINDS


def read_plainly(page: Page, chosen: Iterable[int], lexicon: Lexicon) -> Iterator[Claim]:
    """Read each chosen statement as one claim in its own words, about what the page was speaking of; none is judged.

    Of 47 such claims whose statement is labelled two were read right.
    """
    wanted = set(chosen)
    focus = Focus(topic=page.topic, lexicon=lexicon)
    for i, sentence in enumerate(page.sentences):
        if sentence.kind == "heading":
            focus.new_section()
        if i in wanted:
            actors = [m for m in page.mentions[i] if lexicon.is_actor(m.concept)]
            concept = actors[0].concept if actors else focus.actor() or page.condition
            number = _NUMBER.search(sentence.text)
            relation: Relation = "statistic" if number else "mechanism"
            at = number.start() if number else (actors[0].end if actors else 0)
            words = [w for w in re.findall(r"[\w%.,'’-]+", fold(sentence.text[at:])) if w.strip(".,") not in _IDLE]
            yield Claim(
                start=sentence.start,
                end=sentence.end,
                quote=sentence.text,
                subject=fold(lexicon.concepts[concept].name) if concept else "",
                subject_id=concept,
                relation=relation,
                object=" ".join(words[:6]).strip(" .,"),
                object_id="",
                grounded=False,
                trust=0.0,
            )
        focus.note(page.mentions[i])
