"""When a reading may be judged: a rule states its relation, and the sentence names its subject."""

from __future__ import annotations

from collections.abc import Sequence

from claims.candidates import Candidate
from claims.phrases import LIGHT_MODIFIERS, Phrase
from claims.subjects import SubjectOption
from claims.types import Relation
from claims.words import word_list

# Heads that measure or stand for another thing.
_VAGUE = word_list("generic") | word_list("measures") | word_list("vehicles") | word_list("empty objects")
# When a reading may be judged, by how often it was right on topics left out (195 passages, November 2026):
# stated by a rule with a subject from 0.35 on: 6 in 10 by the strict measure; chosen by the model alone: 6 in 10
# only from 0.75 on with a subject from 0.6 on, 2 in 10 below.
SURE_SUBJECT = 0.35
SURE_ALONE = (0.75, 0.6)


def _is_no_guess(chosen: SubjectOption, options: Sequence[SubjectOption]) -> bool:
    """Tell whether a subject is the one that a rule found, or a part of it; any, where rules found none."""
    framed = [o for o in options if "frame" in o.marks and not _is_vague(o)]
    return not framed or any(_is_the_same(chosen.phrase, o.phrase) for o in framed)


def _only_points(c: Candidate, options: Sequence[SubjectOption]) -> bool:
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


def _is_sure(c: Candidate, relation: Relation, p: float, subject: float) -> bool:
    if is_stated(c, relation):
        return subject >= SURE_SUBJECT
    return relation not in {"safe", "status", "compares"} and p >= SURE_ALONE[0] and subject >= SURE_ALONE[1]


def is_stated(c: Candidate, relation: Relation) -> bool:
    """Tell whether a rule or the lead-in above a bullet states the relation that was chosen."""
    if c.row is not None and c.row.value == "risk" and not c.framed:
        return False  # "the risk of cancer": of what, and up or down, another word says
    if relation in {"treats", "prevents", "causes", "improves"}:
        family = {"treats", "improves"} if relation in {"treats", "improves"} else {relation}
        lead = next((m.removeprefix("lead_") for m in c.marks if m.startswith("lead_")), "")
        return (
            any(f"rule_{r}" in c.marks for r in family)
            or lead == relation
            or (lead == "benefits" and relation in {"treats", "improves"})
        )
    if relation == "mechanism":
        return True
    return c.row is not None or bool(c.field_object)


def is_grounded(
    c: Candidate, relation: Relation, p: float, chosen: SubjectOption, options: Sequence[SubjectOption], likely: float
) -> bool:
    """Tell whether a reading is no guess, given its probability and that of its likeliest subject."""
    sure = _is_sure(c, relation, p, likely if "frame" not in chosen.marks else 1.0)
    # "his oil": where rules found but a pointer, what it points to must be a thing that acts.
    known = "is_actor" in chosen.marks or not (relation == "safe" or _only_points(c, options))
    return sure and known and _is_no_guess(chosen, options)
