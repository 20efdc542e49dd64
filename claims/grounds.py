"""What speaks for a reading and against it: the grounds on which a learned model trusts it enough to be judged."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from claims.candidate import Candidate
from claims.phrases import LIGHT_MODIFIERS, Phrase
from claims.subjects import SubjectOption
from claims.types import Claim, Relation
from claims.words import word_list

# Heads that measure or stand for another thing.
_VAGUE = word_list("generic") | word_list("measures") | word_list("vehicles") | word_list("empty objects")
_NEEDS = word_list("needs")
_LEAST = 0.001
# The name of a ground: the page lends the subject, and no rule found the relation.
ALL_GUESSED = "all guessed"
# The name of a ground: how likely a relation is that no rule found.
GUESSED_RELATION = "relation"
# The name of a ground: something speaks against the reading.
WARNED = "warned"
# The name of a ground: another subject than the chosen one has a claim to it.
DISPUTED = "disputed"


class Likely(NamedTuple):
    """Probabilities by models: of a claim's relation, of its likeliest subject, that it is denied, and rejected."""

    relation: float
    subject: float
    denied: float
    rejected: float


def grounds(
    claim: Claim, c: Candidate, likely: Likely, chosen: SubjectOption, options: Sequence[SubjectOption]
) -> dict[str, float]:
    """Describe how a claim was read."""
    stated = is_stated(c, claim.relation)
    return {
        "subject": _log_odds(likely.subject),
        "stated relation" if stated else GUESSED_RELATION: _log_odds(likely.relation),
        f"{'stated' if stated else 'chosen'} {claim.relation}": 1.0,
        "no guess": float(is_no_guess(chosen, options)),
        "lent": float(chosen.token is None),
        ALL_GUESSED: float(chosen.token is None and not stated),
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


def is_needed(c: Candidate) -> bool:
    """Tell whether a candidate says that the body needs a thing ("vital for the brain"), not that more of it helps."""
    return c.row is not None and c.row.value == "better" and c.row.pattern in _NEEDS


def is_no_guess(chosen: SubjectOption, options: Sequence[SubjectOption]) -> bool:
    """Tell whether a subject is the one that a rule found, or a part of it; any, where rules found none."""
    framed = [o for o in options if "frame" in o.marks and not _is_vague(o)]
    return not framed or any(is_the_same(chosen.phrase, o.phrase) for o in framed)


def is_the_same(a: Phrase, b: Phrase) -> bool:
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
