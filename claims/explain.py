"""Why a claim has its verdict, in the words of a colleague; ids of row and rule stand beside, not inside."""

from __future__ import annotations

from claims import numbers
from claims.types import Claim, Evidence, Match, Relation, UnverifiedReason, Verdict

_CERTAINTY = {"high": "high", "moderate": "moderate", "low": "low", "very_low": "very low"}
_REASONS: dict[UnverifiedReason, str] = {
    "no_row": "The table has no row on this, so nothing is said about it.",
    "weak_match": "The table only has rows on something similar, which cannot decide this.",
    "too_vague": "This is too vague to be checked against a row.",
    "conflicting": "Rows of equal weight disagree, so both are shown and no side is taken.",
}
_TOLD = "The page only tells or asks about this, so its wording is not judged; the rows on it are shown."
_GUESS = "The sentence could not be read surely enough to be judged; the rows on what it seems to say are shown."
_TAKEN_BACK, _ONLY_TOLD = "and the page itself disputes what it mentions", "and the page only tells or asks about it"
_SAID = {"hedged": "hedges it", "definite": "states it as a fact", "absolute": "allows no exception"}
# What a row backs, as a careful writer would say it: plainly, weakly, very weakly.
_BACKED: dict[Relation, tuple[str, str, str]] = {
    "treats": ("helps", "may help", "might help"),
    "prevents": ("prevents it", "may prevent it", "might prevent it"),
    "improves": ("improves it", "may improve it", "might improve it"),
    "causes": ("causes it", "can cause it", "might cause it"),
    "safe": ("is safe", "seems safe", "is barely studied for safety"),
    "mechanism": ("does so", "seems to do so", "might do so"),
    "compares": ("does compare so", "may compare so", "might compare so"),
    "status": ("holds", "seems to hold", "might hold"),
    "statistic": ("is about so", "may be so", "might be so"),
    "use": ("is right", "may be right", "might be right"),
}
_LEVEL = {"high": 0, "moderate": 0, "low": 1, "very_low": 2}
# What a row found, by its finding and the level of its certainty.
_FOUND = {
    ("supports", 0): "Good evidence bears this out",
    ("supports", 1): "Some evidence bears this out, of low certainty",
    ("supports", 2): "Only very weak evidence points this way",
    ("refutes", 0): "Good evidence shows that this is not so",
    ("refutes", 1): "What evidence there is speaks against this",
    ("refutes", 2): "What little evidence there is speaks against this",
    **{("mixed", level): "Studies of this disagree" for level in range(3)},
    **{("insufficient", level): "There is too little good evidence on this to say" for level in range(3)},
}
_WHO_SAYS_SO = "rep-"  # begins the ids of all cues of report
# Relations whose own name can stand for the page's words where no cue does.
_PLAIN_RELATIONS = frozenset({"treats", "prevents", "improves", "causes", "safe"})


def explain(claim: Claim, verdict: Verdict, reason: UnverifiedReason | None, chosen: Match | None, rule: str) -> str:
    """Say in one sentence why a claim has its verdict."""
    if chosen is None:
        if reason == "weak_match" and not claim.is_sure:
            return _TOLD if claim.grounded and not claim.doubtful else _GUESS
        return _REASONS[reason or "no_row"]
    row = chosen.evidence
    if rule.startswith("S"):
        return _on_safety(claim, verdict, row)
    if rule.startswith("N"):
        return f"The page {numbers.compared(claim, row)}, with {_CERTAINTY[row.certainty]} certainty ({_source(row)})."
    via = f", {chosen.via}" if chosen.via else ""
    return f"{_FOUND[row.finding, _LEVEL[row.certainty]]} ({_source(row)}{via}), {_against(claim, verdict, row)}."


def _source(row: Evidence) -> str:
    return f"{row.publisher}{f', {row.year}' if row.year else ''}"


def _against(claim: Claim, verdict: Verdict, row: Evidence) -> str:
    """Set what the page does beside what the source found."""
    if not claim.is_put_forward:
        return _TAKEN_BACK if claim.voice == "rejected" else _ONLY_TOLD
    denied = claim.polarity == "deny"
    if verdict == "supported":
        if denied and row.finding == "refutes":
            return "and the page says so"
        if denied:
            lacking = "evidence is lacking" if claim.denies == "evidence" else "it is not so"
            return f"and the page says that {lacking}, which it may"
        return f"and the page {_SAID[claim.strength]}, which is fair"
    if denied:
        much = "says that there is no good evidence" if claim.denies == "evidence" else "denies it flatly"
        return f"yet the page {much}" if verdict == "contradicted" else f"so the page goes too far when it {much}"
    if verdict == "contradicted":
        return f"yet the page {_SAID[claim.strength]}"
    if claim.strength == "hedged":
        return "which is too little even for a hedged claim"
    return f"but the page {_SAID[claim.strength]}"


def _on_safety(claim: Claim, verdict: Verdict, row: Evidence) -> str:
    harm, certainty = row.proposition.rstrip("."), _CERTAINTY[row.certainty]
    if claim.polarity == "deny":
        return f"The page warns of harm, and that is borne out with {certainty} certainty ({_source(row)}): {harm}."
    words = f"“{_words(claim)}”" if claim.cues else claim.object or "safe"
    tail = "which contradicts it" if verdict == "contradicted" else "so that is too strong"
    found = f"a serious harm is known with {certainty} certainty ({_source(row)}): {harm}"
    calls = "It is called" if claim.distanced else "The page calls it"
    return f"{calls} {words}, but {found}, {tail}."


def strength_gap(claim: Claim, verdict: Verdict, best: Match | None) -> str:
    """Say what the page says against what the best row backs, or "" where it says no more than that."""
    if best is None or verdict == "supported" or not claim.is_put_forward:
        return ""
    row = best.evidence
    if claim.relation == "statistic" and numbers.side(claim, row) in {"above", "below"}:
        return numbers.compared(claim, row)
    return "" if verdict == "unverified" else f"says “{_words(claim)}”; best evidence: {_backed(claim, row)}"


def _words(claim: Claim) -> str:
    """Give the words of the page that state the claim, from its cues: not those that name who says so."""
    stating = (c for c in claim.cues if not c.id.startswith(_WHO_SAYS_SO))
    spans = sorted({(c.start - claim.start, c.end - claim.start) for c in stating})
    words, last = "", -1
    for start, end in spans:
        if start >= last:
            gap = claim.quote[last:start] if last >= 0 else ""
            words += (gap if len(gap) <= 1 else " … ") * (last >= 0) + claim.quote[start:end]
            last = end
    return words or (claim.relation if claim.relation in _PLAIN_RELATIONS else claim.object)


def _backed(claim: Claim, row: Evidence) -> str:
    certainty = f"{_CERTAINTY[row.certainty]} certainty"
    if claim.relation == "safe" and row.relation == "causes":
        return f"a serious harm, {certainty}"
    if row.finding == "supports":
        return f"{_BACKED[claim.relation][_LEVEL[row.certainty]]}, {certainty}"
    told = {"mixed": "mixed results", "insufficient": "too little to say", "refutes": "it does not hold"}
    return f"{told[row.finding]}, {certainty}"
