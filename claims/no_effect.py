"""Whether a sentence states no effect of a thing: it asks for one, or a condition only says in whom, when or what for.

What is read there may be right, and be found so, but the page does not say it.
"""

from __future__ import annotations

from collections.abc import Container
from itertools import islice

from claims.candidate import Candidate
from claims.grounds import is_stated
from claims.phrases import PERSON
from claims.tokens import Token
from claims.types import HELPS, Claim, Relation
from claims.words import word_list

_INQUIRIES = word_list("inquiries")
_FINDINGS = word_list("findings")
_ENROLLED = word_list("enrolled")
_WHEN = frozenset({"after", "following", "before", "despite"})
_AMONG = frozenset({"in", "among"})
_NEAR = 2  # words up the tree: over the preposition
_FAR = 8  # words up the tree: "is researched for a number of ills, including colds and coughs"


def says_no_effect(claim: Claim, c: Candidate) -> bool:
    """Tell whether an effect is only asked for, or a condition only says in whom, when or what for."""
    thing, helps = c.object_token, claim.relation in HELPS
    return (
        _is_asked(c)
        or (helps and (_is_whose(thing) or _is_who(c, claim.relation)))
        or ((helps or claim.relation == "causes") and _is_found(thing))
    )


def _is_asked(c: Candidate) -> bool:
    """Tell whether a sentence only asks or advises against: "is testing it for pain", "against taking it for pain"."""
    token = c.trigger if c.row is not None or c.object_token is None else c.object_token
    for _ in range(_FAR):
        if token.dep_ == "ROOT" or (token.dep_ == "conj" and token.pos_ != "NOUN"):
            return False
        below, token = token, token.head
        if token.lemma_.lower() in _INQUIRIES and below.dep_ not in {"nsubj", "nsubjpass"}:
            return True
        if token.lower_ == "against" and below.dep_ == "pcomp":
            return True
    return False


def _is_whose(thing: Token | None) -> bool:
    """Tell whether a condition only says in whom or when: "better sleep in people with diabetes", "after a stroke"."""
    first = thing.first_conjunct if thing is not None else None
    if first is None:
        return False
    if first.dep_ == "dobj" and first.head.lemma_.lower() == "have":  # "in people who turned out to have diabetes"
        clause = first.head.head if first.head.dep_ in {"xcomp", "advcl"} else first.head
        return clause.dep_ == "relcl" and _took_part(clause.head, _AMONG)
    if first.dep_ != "pobj":
        return False
    if first.head.lower_ in _WHEN:
        return True
    return first.head.lower_ == "with" and _took_part(first.head.head, _AMONG)


def _took_part(people: Token, prepositions: Container[str]) -> bool:
    """Tell whether people are those in whom something was seen: "better sleep in adults"."""
    return people.lemma_.lower() in PERSON and people.dep_ == "pobj" and people.head.lower_ in prepositions


def _is_who(c: Candidate, relation: Relation) -> bool:
    """Tell whether a condition only says who took part: "in obese adults", "For men with gout, cherries …"."""
    thing = c.object_token
    if thing is None:
        return False
    first = thing.first_conjunct
    if first.modifies and first.head.lemma_.lower() in PERSON:
        return _took_part(first.head, _AMONG | {"of"})
    # "The participants were seen at four hospitals for migraine."
    if any(t.lemma_.lower() in _ENROLLED and any(x.dep_ == "nsubjpass" for x in t.lefts) for t in first.ancestors):
        return True
    # The sentence, or what follows its dateline, opens with whom it is about.
    opened = next((t for t in islice(first.ancestors, _FAR) if t.lower_ == "for" and _begins(t)), None)
    return opened is not None and opened.dep_ == "prep" and not is_stated(c, relation)


def _begins(word: Token) -> bool:
    return word.i == 0 or word.nbor(-1).is_punct


def _is_found(thing: Token | None) -> bool:
    """Tell whether a condition is what is looked for: "the detection of breast cancer", "people diagnosed with it"."""
    above = islice(thing.ancestors, _NEAR) if thing is not None else ()
    return any(t.lemma_.lower() in _FINDINGS for t in above)
