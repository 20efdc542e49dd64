"""The one sentence that tells a reviewer why: plain words, the row and the rule."""

from __future__ import annotations

from claims.types import Claim, Evidence, Match, UnverifiedReason, Verdict

_CERTAINTY = {"high": "high", "moderate": "moderate", "low": "low", "very_low": "very low"}
_FOUND = {
    "supports": "finds that this holds",
    "refutes": "finds that this does not hold",
    "mixed": "finds mixed results",
    "insufficient": "finds too little evidence to say",
}
_SAYS = {"hedged": "hedges it", "definite": "states it as a fact", "absolute": "states it without limits"}
_REASONS: dict[UnverifiedReason, str] = {
    "no_row": "The table has no row on this claim, so nothing is said about it.",
    "weak_match": "The table only has rows on something similar, which cannot decide this claim.",
    "too_vague": "The claim is too vague to be checked against a row.",
    "conflicting": "Rows of equal weight disagree, so both are shown and no side is taken.",
}


def explain(claim: Claim, verdict: Verdict, reason: UnverifiedReason | None, chosen: Match | None, rule: str) -> str:
    """Say in one sentence why a claim has its verdict."""
    if chosen is None:
        return _REASONS[reason or "no_row"]
    row = chosen.evidence
    source = f"{row.publisher}{f' ({row.year})' if row.year else ''}"
    if rule.startswith("S"):
        return _on_safety(claim, verdict, row, source)
    scope = " for the whole class" if chosen.how == "broader" else ""
    base = f"{source} {_FOUND[row.finding]}{scope} ({_CERTAINTY[row.certainty]} certainty)"
    says = f"the page {'denies it' if claim.polarity == 'deny' else _SAYS[claim.strength]}"
    if verdict == "supported":
        return f"{base}, and {says}."
    if verdict == "overstated" and claim.strength == "hedged" and claim.polarity == "affirm":
        return f"{base}, which is less than the page suggests, even hedged."
    if verdict == "overstated":
        return f"{base}, but {says}, which is more than that evidence bears."
    if verdict == "unsupported":
        return f"{base}, yet {says}."
    return f"{base}, but {says}, which contradicts it."


def _on_safety(claim: Claim, verdict: Verdict, row: Evidence, source: str) -> str:
    harm = row.proposition.rstrip(".")
    if claim.polarity == "deny":
        return f"The page warns of harm, and {source} bears that out: {harm} ({_CERTAINTY[row.certainty]} certainty)."
    tail = "which contradicts it" if verdict == "contradicted" else "which makes that claim too strong"
    return f"The page calls it {claim.object or 'safe'}, but {source} reports a serious harm: {harm}, {tail}."
