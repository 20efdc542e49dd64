"""What speaks for a reading and against it: the grounds on which a learned model trusts it enough to be judged."""

from __future__ import annotations

import math
from collections.abc import Sequence, Set
from itertools import islice
from typing import NamedTuple

from claims.candidate import Candidate
from claims.lexicon import Lexicon
from claims.phrases import LIGHT_MODIFIERS, PERSON, Phrase
from claims.subjects import SubjectOption
from claims.tokens import Token
from claims.types import Claim, Relation
from claims.words import word_list

# Heads that measure or stand for another thing.
_VAGUE = word_list("generic") | word_list("measures") | word_list("vehicles") | word_list("empty objects")
_LEAST = 0.001


_REMOVALS = word_list("removals")
_LESSENERS = word_list("lesseners")
_INQUIRIES = word_list("inquiries")
_HINDRANCES = word_list("hindrances")
_SWAYS = frozenset("influence affect impact alter change modify shape determine".split())
_HELPS = frozenset({"treats", "prevents", "improves"})
_FAR = 6  # words up the tree: "will be tested for use as a potential treatment"
_NAME = 5  # words of a name such as "kratom and 7-OH addiction treatment"
_WHEN = frozenset({"after", "following", "before", "despite"})


class Likely(NamedTuple):
    """Probabilities by models: of a claim's relation, of its likeliest subject, that it is denied, and rejected."""

    relation: float
    subject: float
    denied: float
    rejected: float


def may_be_judged(
    claim: Claim, c: Candidate, chosen: SubjectOption, options: Sequence[SubjectOption], lexicon: Lexicon
) -> bool:
    """Tell whether a reading is about a thing that acts, and about having it: "by cutting out dairy" is about lack."""
    token = chosen.token
    if _is_asked(c) or (claim.relation in _HELPS and (_is_whose(c.object_token) or _is_hindered(c, claim.relation))):
        return False
    if _is_part_of_a_name(claim, c) or _is_death_of(c.object_token) or _is_open_risk(c):
        return False
    if claim.relation in _HELPS and _is_who(c, claim.relation):
        return False
    if token is not None and token.dep_ in {"dobj", "pobj"} and token.head.lemma_.lower() in _REMOVALS:
        return False
    if token is not None and _lacks(token):
        return False  # "a drug-free therapy"
    if token is not None and token.dep_ == "attr" and any(c.dep_ == "expl" for c in token.head.children):
        return False  # "before there was a vaccine"
    if _is_of_it(c, token) or _is_less(token) or (claim.relation == "improves" and _is_less(c.object_token)):
        return False
    if any(t.lower_ == "too" and t.head.lower_ in {"low", "far", "high"} for t in c.trigger.subtree):
        return False  # "makes blood sugar fall too low" is a harm
    if claim.relation == "status" and (_is_one_of_many(c.trigger) or not _is_no_guess(chosen, options)):
        return False  # "has approved Lovaza, an omega-3 medicine"
    if _is_pointed_at(chosen, _SEVERAL) and lexicon.has_members(chosen.phrase.concept):
        return False  # "these fats" are those just named
    if any("frame" in o.marks and _is_pointed_at(o) and not _is_the_same(o.phrase, chosen.phrase) for o in options):
        return False  # "these receptors" are not the herb
    # "his oil": where rules found but a pointer, what it points to must be a thing that acts; so must what is safe.
    return "is_actor" in chosen.marks or not (claim.relation == "safe" or _only_points(c, options))


def grounds(
    claim: Claim, c: Candidate, likely: Likely, chosen: SubjectOption, options: Sequence[SubjectOption]
) -> dict[str, float]:
    """Describe how a claim was read."""
    stated = is_stated(c, claim.relation)
    return {
        "subject": _log_odds(likely.subject),
        "stated relation" if stated else "relation": _log_odds(likely.relation),
        f"{'stated' if stated else 'chosen'} {claim.relation}": 1.0,
        "no guess": float(_is_no_guess(chosen, options)),
        "subject known": float(bool(claim.subject_id)),
        "object known": float(bool(claim.object_id)),
        claim.voice: 1.0,
        claim.polarity: 1.0,
        claim.strength: 1.0,
        "polarity": _log_odds(likely.denied if claim.polarity == "deny" else 1 - likely.denied),
        "rejected voice": _log_odds(likely.rejected),
    }


def _log_odds(p: float) -> float:
    return math.log(max(p, _LEAST) / max(1 - p, _LEAST))


def is_stated(c: Candidate, relation: Relation) -> bool:
    """Tell whether a rule or the lead-in above a bullet states the relation that was chosen."""
    if c.row is not None and c.row.value == "risk" and not c.framed:
        return False  # "the risk of cancer": of what, and up or down, another word says
    if relation in {"treats", "prevents", "causes", "improves"}:
        family = {"treats", "improves"} if relation in {"treats", "improves"} else {relation}
        lead = next((m.removeprefix("lead_") for m in c.marks if m.startswith("lead_")), "")
        return (
            any(r in c.stated for r in family)
            or lead == relation
            or (lead == "benefits" and relation in {"treats", "improves"})
        )
    return bool(c.field_object) or (c.row is not None and not c.is_doubtful)


def is_hoped_for(c: Candidate) -> bool:
    """Tell whether a candidate says what people hope for, "people take it for pain": it is shown, not judged."""
    return c.row is not None and c.row.value == "used"


def _is_no_guess(chosen: SubjectOption, options: Sequence[SubjectOption]) -> bool:
    """Tell whether a subject is the one that a rule found, or a part of it; any, where rules found none."""
    framed = [o for o in options if "frame" in o.marks and not _is_vague(o)]
    return not framed or any(_is_the_same(chosen.phrase, o.phrase) for o in framed)


def _is_whose(thing: Token | None) -> bool:
    """Tell whether a condition only says in whom or when: "better sleep in people with diabetes", "after a stroke"."""
    if thing is None or thing.dep_ != "pobj":
        return False
    if thing.head.lower_ in _WHEN:
        return True
    if thing.head.lower_ != "with":
        return False
    people = thing.head.head
    return people.lemma_.lower() in PERSON and people.dep_ == "pobj" and people.head.lower_ in {"in", "among"}


def _is_who(c: Candidate, relation: Relation) -> bool:
    """Tell whether a condition only says who took part: "in obese adults", "For men with gout, cherries …"."""
    thing = c.object_token
    if thing is None:
        return False
    first = thing.first_conjunct
    if first.dep_ in {"amod", "compound", "nmod"} and first.head.lemma_.lower() in PERSON:
        people = first.head
        return people.dep_ == "pobj" and people.head.lower_ in {"in", "among", "of"}
    # The sentence opens with whom it is about.
    opened = next((t for t in islice(first.ancestors, _FAR) if t.lower_ == "for" and t.i == 0), None)
    return opened is not None and opened.dep_ == "prep" and not is_stated(c, relation)


def _lacks(thing: Token) -> bool:
    """Tell whether a hyphen says that a thing is not there: "drug-free"."""
    behind = thing.parse[thing.i + 1 : thing.i + 3]
    return len(behind) == 2 and behind[0].text == "-" and behind[1].lower_ in {"free", "less"}


def _is_part_of_a_name(claim: Claim, c: Candidate) -> bool:
    """Tell whether "health" only belongs to another word: "health care", "health officials", not "health benefits"."""
    thing = c.object_token
    if thing is None or claim.object_id != "well-being" or thing.dep_ not in {"compound", "nmod"}:
        return False
    return thing.head != c.trigger


def _is_open_risk(c: Candidate) -> bool:
    """Tell whether it stays open which way a risk goes: "influences the risk of autism"."""
    return c.row is not None and c.row.value == "risk" and c.trigger.head.lemma_.lower() in _SWAYS


def _is_one_of_many(approved: Token) -> bool:
    """Tell whether just any approved thing is meant: "they wanted to try an FDA-approved product"."""
    thing = approved.head
    indefinite = any(c.lower_ in {"a", "an", "any"} for c in thing.lefts)
    return approved.dep_ == "amod" and thing.dep_ in {"dobj", "pobj"} and indefinite


def _is_death_of(thing: Token | None) -> bool:
    """Tell whether an object is death of one cause: "deaths from lung cancer" are not all deaths."""
    if thing is None or thing.lemma_.lower() not in {"death", "mortality"}:
        return False
    return any(c.dep_ == "prep" and c.lower_ in {"from", "due", "of"} for c in thing.rights)


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


def _is_hindered(c: Candidate, relation: Relation) -> bool:
    """Tell whether a condition stands, by no rule, below a word of hindrance: "interferes with treatment for it"."""
    above = islice(c.object_token.ancestors, _FAR) if c.object_token is not None else ()
    return not is_stated(c, relation) and any(t.lemma_.lower() in _HINDRANCES for t in above)


def _is_of_it(c: Candidate, subject: Token | None) -> bool:
    """Tell whether a subject only names the object: "kratom addiction treatment" does not treat by kratom."""
    thing = c.object_token
    if subject is None or thing is None or subject.dep_ not in {"compound", "nmod"}:
        return False
    return subject.i < thing.i < c.trigger.i and thing.dep_ in {"compound", "nmod"} and c.trigger.i - subject.i <= _NAME


def _is_less(thing: Token | None) -> bool:
    """Tell whether there is said to be less of a thing, by no rule: "less calm", "less sugar helps"."""
    return thing is not None and any(t.lemma_.lower() in _LESSENERS for t in thing.lefts)


_SEVERAL = frozenset({"these", "those"})
_POINTERS = _SEVERAL | {"this", "that"}


def _is_pointed_at(option: SubjectOption, words: Set[str] = _POINTERS) -> bool:
    """Tell whether a subject takes up a thing of its own kind: "these receptors"; "this herb" could be any herb."""
    token = option.token
    return token is not None and any(c.lower_ in words for c in token.lefts)


def _only_points(c: Candidate, options: Sequence[SubjectOption]) -> bool:
    """Tell whether rules found but a pointer ("his oil") where a subject would be."""
    return bool(c.framed) and not any("frame" in o.marks for o in options)


def _is_the_same(a: Phrase, b: Phrase) -> bool:
    """Tell whether two phrases name one thing: "kratom" and "kratom tea", but not "lemon" and "lemon balm"."""
    if a.text == b.text or (a.concept and a.concept == b.concept):
        return True
    apart = set(a.text.split()) ^ set(b.text.split())
    return bool(set(a.text.split()) & set(b.text.split())) and apart <= _VAGUE | LIGHT_MODIFIERS


def _is_vague(option: SubjectOption) -> bool:
    """Tell whether a subject only measures or stands for another: "two cups", "a spoonful of gel", "the way"."""
    token = option.token
    unnamed = not option.phrase.concept or "is_population" in option.marks
    return token is not None and unnamed and token.lemma_.lower() in _VAGUE
