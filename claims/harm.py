"""Harm 0..3: what could happen to a reader who believed a wrong claim, by a table that a person can read.

`harm.csv` gives a level by the risk of the thing taken and by that of the condition it aims at (the digits are the
levels for risk 0, 1, 2 and 3; the higher counts), then what raises it by one. A claim that is not flagged for its
verdict has harm 0. Set on 632 flagged gold claims whose things the lexicon knows: right in 74 %, within one in 97 %.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from claims.lexicon import Lexicon, fold
from claims.types import FLAGGED_VERDICTS, HELPS, Claim, Harm, Verdict
from claims.words import word_list

HARMS = Path(__file__).parent / "harm.csv"
_LEVELS: tuple[Harm, ...] = (0, 1, 2, 3)
_DEADLY = 3
_FRAIL = frozenset(
    "children infants preterm-infants pregnancy breastfeeding older-adults immunocompromised "
    "people-on-medicines".split()
)


@dataclass(frozen=True, slots=True)
class HarmRule:
    """A row of the harm table: levels by risk, or a reason to go one higher."""

    id: str
    kind: str
    applies: frozenset[str]
    by_thing: str
    by_aim: str
    if_overstated: str
    says: str


@lru_cache(maxsize=1)
def harm_rules() -> tuple[HarmRule, ...]:
    """Load the harm table."""
    with HARMS.open(encoding="utf-8", newline="") as f:
        return tuple(
            HarmRule(**{**row, "applies": frozenset(row["applies"].split("|"))})  # type: ignore[arg-type]
            for row in csv.DictReader(f)
        )


def harm_of(claim: Claim, verdict: Verdict, lexicon: Lexicon) -> Harm:
    """Give the harm of believing a claim that has this verdict."""
    if verdict not in FLAGGED_VERDICTS:
        return 0
    rule = next(r for r in harm_rules() if r.kind == "level" and claim.relation in r.applies)
    thing, aim = _risk(claim.subject_id, lexicon), _risk(claim.object_id, lexicon)
    by_aim = rule.if_overstated if verdict == "overstated" else rule.by_aim
    level = max(int(rule.by_thing[thing]), int(by_aim[aim]))
    raised = any(
        _RAISES[name](claim, verdict, lexicon) for r in harm_rules() if r.kind == "raise" for name in r.applies
    )
    return _LEVELS[min(_DEADLY, level + raised)]


def _is_for_cancer(claim: Claim, verdict: Verdict, lexicon: Lexicon) -> bool:
    return claim.relation == "treats" and claim.polarity == "affirm" and "cancer" in lexicon.kin(claim.object_id)


def _is_unreserved(claim: Claim, verdict: Verdict, lexicon: Lexicon) -> bool:
    """Tell of a claim without reserve whether the disease, or for safety the thing, can kill."""
    if claim.strength != "absolute" or verdict == "overstated":
        return False
    at_stake = claim.subject_id if claim.relation == "safe" else claim.object_id
    return claim.relation in {*HELPS, "safe"} and _risk(at_stake, lexicon) == _DEADLY


def _invites_delay(claim: Claim, verdict: Verdict, lexicon: Lexicon) -> bool:
    """Tell whether a benefit of a harmless thing is offered in place of care."""
    rest = claim.relation in HELPS or claim.relation == "compares"
    risky = _risk(claim.subject_id, lexicon) >= _DEADLY
    return rest and not risky and any(re.search(rf"\b{w}\b", fold(claim.quote)) for w in word_list("in place of care"))


def _is_for_the_frail(claim: Claim, verdict: Verdict, lexicon: Lexicon) -> bool:
    benefit = claim.polarity == "affirm" and claim.relation in {*HELPS, "safe", "use"}
    return benefit and not _FRAIL.isdisjoint(claim.populations) and _risk(claim.subject_id, lexicon) >= 2


def _is_scare(claim: Claim, verdict: Verdict, lexicon: Lexicon) -> bool:
    scares = claim.relation == "causes" and claim.polarity == "affirm" and verdict == "contradicted"
    return scares and lexicon.kind(claim.subject_id) in {"vaccine", "test"}


_RAISES: Mapping[str, Callable[[Claim, Verdict, Lexicon], bool]] = {
    "cancer": _is_for_cancer,
    "unreserved": _is_unreserved,
    "delay": _invites_delay,
    "frail": _is_for_the_frail,
    "scare": _is_scare,
}


def _risk(concept: str, lexicon: Lexicon) -> int:
    found = lexicon.concepts.get(concept)
    return found.risk if found else 0
