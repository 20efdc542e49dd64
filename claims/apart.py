"""Things named under one word: "breast and colon cancer" and "cancers of the breast and colon" are two diseases.

Where the parser takes "mouth, throat and stomach cancer" for a list of three, the first two are a mouth and a throat:
they borrow the word from the last.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from claims.candidate import THING_RELATIONS, Candidate
from claims.concepts import CONDITION_KINDS, HEALTH_KINDS
from claims.lexicon import Lexicon
from claims.phrases import Phrase, conjuncts
from claims.tokens import Token
from claims.types import Claim, Relation
from claims.words import word_list


def apart(c: Candidate, relation: Relation, lexicon: Lexicon) -> list[Candidate]:
    """Take a candidate apart where the lexicon knows most of what its object names under one word."""
    head = c.object_token
    if relation not in THING_RELATIONS or head is None:
        return [c]
    borrowed = _borrowing(head, lexicon)
    if borrowed is not None:
        return [replace(c, object=borrowed)]
    listed = _listed_after(head) or _listed_before(head)
    # What is known by its whole name stays whole: "hand, foot and mouth disease", "symptoms of withdrawal".
    if c.object.concept and (len(listed) < 2 or listed[0].i < head.i):
        return [c]
    things = [_thing(t, head, lexicon) for t in listed]
    known = [thing.concept for thing in things if lexicon.kind(thing.concept) in HEALTH_KINDS]
    several = len(known) > len(things) / 2 and not _describe_one(listed, known)
    return [replace(c, object=thing) for thing in things] if several else [c]


_ORGANS = word_list("organs")
_OF_NO_ORGAN = frozenset({"gain", "loss"})  # "muscle, memory and weight loss"


def _borrowing(thing: Token, lexicon: Lexicon) -> Phrase | None:
    """Name an organ of a list under the word that its last member is named under, if the lexicon knows that."""
    listed = list(conjuncts(thing.first_conjunct))
    last = listed[-1]
    if thing.lemma_.lower() not in _ORGANS or last.i <= thing.i or last.lemma_.lower() in _OF_NO_ORGAN:
        return None
    if not any(t.modifies for t in last.lefts) or any(t.dep_ == "det" for t in listed[0].lefts):
        return None  # "heals the liver and breast cancer"
    phrase = _thing(thing, last, lexicon)
    return phrase if lexicon.kind(phrase.concept) in HEALTH_KINDS else None


def _describe_one(listed: Sequence[Token], concepts: Sequence[str]) -> bool:
    """Tell whether several adjectives say of one thing how it is: "severe and persistent pain"."""
    return len(listed) > 1 and listed[0].pos_ == "ADJ" and len(set(concepts)) == 1


def _thing(which: Token, head: Token, lexicon: Lexicon) -> Phrase:
    own = [t.lower_ for t in which.lefts if t.modifies]
    text = " ".join((*own, which.lower_, head.lemma_.lower()))
    return Phrase(text, lexicon.resolve(text), head.i)


def _listed_before(head: Token) -> list[Token]:
    """List what is coordinated before a word: "breast" and "colon" of cancer."""
    for first in head.lefts:
        listed = [t for t in conjuncts(first) if t.i < head.i] if first.modifies else []
        if len(listed) > 1:
            return listed
    return []


def _listed_after(head: Token) -> list[Token]:
    """List what a word is of: "cancers of the breast and colon"."""
    things = (t for of in head.rights if of.lower_ == "of" for t in of.rights if t.dep_ == "pobj")
    return [t for first in things for t in conjuncts(first)]


def without_parts(claims: Sequence[Claim], lexicon: Lexicon) -> list[Claim]:
    """Leave out an object that is no ill, but part of the name of one: "liver" beside "cancers of breast and liver"."""
    ills: dict[tuple[int, str, Relation], list[set[str]]] = defaultdict(list)
    for c in claims:
        if lexicon.kind(c.object_id) in CONDITION_KINDS:
            ills[c.start, c.subject, c.relation].append(set(c.object.split()))

    def is_part(c: Claim) -> bool:
        named, beside = set(c.object.split()), ills.get((c.start, c.subject, c.relation), [])
        return c.relation in THING_RELATIONS and bool(named) and any(named < ill for ill in beside)

    return [c for c in claims if lexicon.kind(c.object_id) in CONDITION_KINDS or not is_part(c)]
