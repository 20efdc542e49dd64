"""The verdict: a claim judged by the rows about the same thing, by a rule table that a person can read."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import get_args

from claims import numbers
from claims.evidence import canonical
from claims.explain import explain, strength_gap
from claims.harm import harm_of
from claims.lexicon import Lexicon
from claims.match import DEPENDENCE, is_unreserved
from claims.types import (
    FLAGGED_VERDICTS,
    VERDICTS,
    Certainty,
    Claim,
    Evidence,
    EvidenceFinding,
    Finding,
    Match,
    SourceType,
    UnverifiedReason,
    Verdict,
    digest,
)
from claims.whatif import would_change

RULES = Path(__file__).parent / "rules.csv"
# Verdict, reason for abstaining, the match that decided, the cell of the rule table.
Decision = tuple[Verdict, UnverifiedReason | None, Match | None, str]
CERTAINTIES: tuple[Certainty, ...] = get_args(Certainty)
SURE: frozenset[Certainty] = frozenset({"high", "moderate"})
SOURCE_TYPES: tuple[SourceType, ...] = get_args(SourceType)
# Claims that do not promise a benefit: a low-certainty row may carry them as stated.
_HARM_RELATIONS = frozenset({"causes", "mechanism", "status", "statistic"})
# Objects that stand for too much to be checked.
VAGUE = frozenset({"well-being", "disease", "product"})


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the rule table: what a finding of some certainty means for a claim of each kind.

    A reading of less `trust` may not be faulted by it. That a claim says more than its row, or the contrary, hangs on
    each of its slots: of the readings below these values every second flag was wrong (labelled topics left out, 2,200
    flags), of the others that the trust model lets through every fourth.
    """

    id: str
    finding: EvidenceFinding
    certainty: frozenset[str]
    cells: dict[str, str]
    trust: float

    def verdict(self, claim: Claim, absolute_row: bool = False) -> Verdict:
        """Read the cell for a claim; "overstated harm=supported" (causes=) gives harms another verdict."""
        plain, *exceptions = self.cells[column(claim, absolute_row)].split()
        special = dict(e.split("=", 1) for e in exceptions)
        group = "harm" if claim.relation in _HARM_RELATIONS else claim.relation
        name = next((special[key] for key in (claim.relation, group) if key in special), plain)
        return next(v for v in VERDICTS if v == name)


def column(claim: Claim, absolute_row: bool = False) -> str:
    """Name the column of the rule table that a claim falls under."""
    if claim.polarity == "deny":
        return f"deny_{claim.denies or 'effect'}"
    # An absolute claim meets an absolute row on its own terms.
    return "affirm_definite" if absolute_row and claim.strength == "absolute" else f"affirm_{claim.strength}"


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """Load the rule table."""
    with RULES.open(encoding="utf-8", newline="") as f:
        return tuple(
            Rule(
                id=row["id"],
                finding=next(x for x in get_args(EvidenceFinding) if x == row["finding"]),
                certainty=frozenset(row["certainty"].split("|")),
                cells={k: v for k, v in row.items() if k.startswith(("affirm_", "deny_"))},
                trust=float(row["trust"]),
            )
            for row in csv.DictReader(f)
        )


def rule_for(row: Evidence) -> Rule:
    """Find the rule for a row's finding and certainty."""
    return next(r for r in rules() if r.finding == row.finding and row.certainty in r.certainty)


def rank(match: Match) -> tuple[int, ...]:
    """Rank a match: the own row before a class row, then certainty, source type, year; insufficient last."""
    row = match.evidence
    return (
        row.finding == "insufficient",
        match.how != "exact",
        CERTAINTIES.index(row.certainty),
        SOURCE_TYPES.index(row.source_type),
        -(row.year or 0),
    )


def decide(claim: Claim, matches: Sequence[Match]) -> Decision:
    """Choose the row that answers a claim and read its cell; abstain where none does, they disagree, or in doubt."""
    if not claim.grounded:
        return "unverified", "weak_match" if matches else "no_row", None, ""
    decision = _answer(claim, matches)
    if claim.doubtful and decision[0] in FLAGGED_VERDICTS:
        return "unverified", "weak_match", None, ""
    # That something is overstated says how the page puts it, and the page puts nothing forward here.
    if claim.distanced and decision[0] == "overstated":
        return "unverified", "weak_match", None, ""
    return decision


def _answer(claim: Claim, matches: Sequence[Match]) -> Decision:
    sound = [m for m in matches if m.how != "similar"]
    if claim.relation == "safe":
        harms = [m for m in sound if m.evidence.relation == "causes"]
        sound = [m for m in sound if m.evidence.relation == "safe"]
        refuted = any(m.evidence.finding == "refutes" and m.evidence.certainty in SURE for m in sound)
        if harms and not refuted and (is_unreserved(claim) or not any(_vouches(m.evidence) for m in sound)):
            asked = _to_the_point(claim, harms)
            if not asked or _leaves_room(claim):
                return "unverified", "weak_match", None, ""
            return _judge_safety(claim, min(asked, key=lambda m: (rank(m), m.evidence.id)))
    pool = _pool(claim, sound)
    if not pool:
        return "unverified", _why_unverified(claim, matches), None, ""
    best = min(rank(m) for m in pool)
    top = [m for m in pool if rank(m) == best]
    if claim.polarity == "deny" and claim.strength == "absolute":
        # That it is no cure, or not always one, leaves room for help.
        top = [m for m in top if m.evidence.strength == "absolute" or _verdict(claim, m) not in FLAGGED_VERDICTS]
        if not top:
            return "unverified", "weak_match", None, ""
    verdicts = {_verdict(claim, m) for m in top}
    if len(verdicts) > 1:
        return "unverified", "conflicting", None, ""
    chosen = min(top, key=lambda m: m.evidence.id)
    if claim.relation == "statistic" and numbers.side(claim, chosen.evidence) in {"above", "below"}:
        return _judge_number(claim, chosen)
    rule = rule_for(chosen.evidence)
    return (
        _verdict(claim, chosen),
        None,
        chosen,
        f"{rule.id}/{column(claim, chosen.evidence.strength == 'absolute')}",
    )


def _judge_number(claim: Claim, match: Match) -> Decision:
    """Answer a number that lies outside what a row gives: N2 overstated, or N3 shown and not decided."""
    row = match.evidence
    figure = numbers.figure(claim.object)
    steady = figure is not None and figure.unit in numbers.STEADY
    if steady and claim.polarity == "affirm" and _vouches(row):
        return "overstated", None, match, "N2"
    return "unverified", "weak_match", None, ""


def _verdict(claim: Claim, match: Match) -> Verdict:
    row = match.evidence
    # "Anti-inflammatory" promises what "treats inflammation" does, and is judged as that.
    meant = replace(claim, relation=row.relation) if claim.relation == "mechanism" else claim
    return rule_for(row).verdict(meant, row.strength == "absolute")


def _pool(claim: Claim, sound: Sequence[Match]) -> list[Match]:
    """Choose the rows that may decide: absolute rows answer absolute claims only, and not past a closer plain row."""
    absolute = [m for m in sound if m.evidence.strength == "absolute"]
    plain = [m for m in sound if m.evidence.strength == "definite"]
    if claim.strength != "absolute" or not absolute:
        return plain
    closer = any(m.how == "exact" for m in plain) and all(m.how != "exact" for m in absolute)
    return plain if closer else absolute


def _vouches(row: Evidence) -> bool:
    """Tell whether a row finds a thing safe on good evidence: then single harms do not make "safe" too strong."""
    return row.finding == "supports" and row.certainty in SURE


def _to_the_point(claim: Claim, harms: Sequence[Match]) -> Sequence[Match]:
    """Keep the harms that a claim denies by name: "non-addictive" is answered by dependence alone."""
    if "addict" not in claim.object and "habit" not in claim.object:
        return harms
    # Many drugs that nobody craves have to be tapered off: withdrawal is no addiction.
    return [m for m in harms if m.evidence.object in DEPENDENCE - {"withdrawal"}]


def _leaves_room(claim: Claim) -> bool:
    """Tell whether a thing is only called safe on the whole ("as a rule it is safe"), which a single harm permits."""
    return claim.polarity == "affirm" and claim.strength == "hedged"


def _judge_safety(claim: Claim, harm: Match) -> Decision:
    """Answer a safety claim by the harm that weighs most: S1 denied, S2 affirmed, S3 affirmed without reserve."""
    if claim.polarity == "deny":
        return "supported", None, harm, "S1"
    return ("contradicted", None, harm, "S3") if is_unreserved(claim) else ("overstated", None, harm, "S2")


def _why_unverified(claim: Claim, matches: Sequence[Match]) -> UnverifiedReason:
    if matches:
        return "weak_match"
    if claim.relation != "safe" and (not claim.object.strip() or claim.object_id in VAGUE):
        return "too_vague"
    return "no_row"


def judge(
    claim: Claim, matches: Sequence[Match], lexicon: Lexicon, *, article_id: str = "", nth: int = 0, id: str = ""
) -> Finding:
    """Judge a claim by the rows about the same thing; abstain unless they agree. Its id is made, unless it has one."""
    decision = decide(claim, matches)
    if _is_faulted_unsurely(claim, decision):
        claim = replace(claim, doubtful=True)
        decision = decide(claim, matches)
    verdict, reason, chosen, rule = decision
    flag = verdict in FLAGGED_VERDICTS and claim.is_put_forward
    ordered = sorted(matches, key=lambda m: (m is not chosen, m.how == "similar", rank(m), m.evidence.id))
    best = next((m for m in ordered if m.how != "similar"), None)
    return Finding(
        id=id or digest(article_id, claim.quote, str(nth), claim.subject, claim.relation, claim.object, claim.polarity),
        claim=claim,
        verdict=verdict,
        unverified_reason=reason,
        flag=flag,
        harm=harm_of(claim, verdict, lexicon),
        confidence="not calibrated",
        because=explain(claim, verdict, reason, chosen, rule),
        rule=rule,
        group=_group(claim, verdict, lexicon),
        strength_gap=strength_gap(claim, verdict, best),
        would_change=would_change(claim, verdict, lambda other: decide(other, matches)[0]),
        matches=tuple(ordered),
    )


def _is_faulted_unsurely(claim: Claim, decision: Decision) -> bool:
    """Tell whether a claim was not read surely enough for the rule that would fault it.

    Words that allow no exception leave less to misread: of 22 such flags 14 were right, of the 415 others 209.
    """
    verdict, _, _, cell = decision
    asked = next((r.trust for r in rules() if r.id == cell.partition("/")[0]), 0.0)
    return verdict in FLAGGED_VERDICTS and claim.strength != "absolute" and claim.trust < asked


def _group(claim: Claim, verdict: Verdict, lexicon: Lexicon) -> str:
    """Give one id to the places that make the same claim with the same outcome."""
    relation, obj = canonical(claim.relation, claim.object_id, lexicon)
    put = "asserted" if claim.is_put_forward else "told" if claim.distanced else "rejected"
    return digest(claim.subject_id or claim.subject, relation, obj or claim.object, claim.polarity, put, verdict)
