"""What the screen calls things: one phrase for each value of the nouns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import isnan
from string import punctuation
from typing import cast

from claims.types import (
    Certainty,
    Denies,
    EvidenceFinding,
    Harm,
    How,
    Polarity,
    Relation,
    Strength,
    UnverifiedReason,
    Verdict,
    Voice,
)

VERDICT: Mapping[Verdict, str] = {
    "contradicted": "Contradicted",
    "unsupported": "Unsupported",
    "overstated": "Overstated",
    "supported": "Supported",
    "unverified": "Unverified",
}
VERDICT_MEANS: Mapping[Verdict, str] = {
    "contradicted": "Good evidence says otherwise.",
    "unsupported": "There is no good evidence either way.",
    "overstated": "The evidence points that way but backs less.",
    "supported": "The evidence backs it as stated.",
    "unverified": "No row of the table settles it. This is not a judgement of the claim.",
}
REASON: Mapping[UnverifiedReason, str] = {
    "no_row": "no row",
    "weak_match": "similar only",
    "too_vague": "too vague",
    "conflicting": "rows disagree",
}
REASON_MEANS: Mapping[UnverifiedReason, str] = {
    "no_row": "The evidence table has no row about this claim.",
    "weak_match": "The table has rows that are similar, but none about exactly this.",
    "too_vague": "The claim is too vague to check.",
    "conflicting": "Rows of equal rank disagree; all of them are shown.",
}
RELATION: Mapping[Relation, str] = {
    "treats": "treats",
    "prevents": "prevents",
    "causes": "causes",
    "improves": "improves",
    "safe": "is safe",
    "mechanism": "works like this:",
    "compares": "compared:",
    "status": "has this status:",
    "statistic": "in numbers:",
    "use": "is used like this:",
}
POLARITY: Mapping[Polarity, str] = {"affirm": "affirms", "deny": "denies"}
DENIES: Mapping[Denies, str] = {
    "effect": "denies the effect",
    "evidence": "denies good evidence",
}
STRENGTH: Mapping[Strength, str] = {
    "hedged": "hedged",
    "definite": "definite",
    "absolute": "absolute",
}
VOICE: Mapping[Voice, str] = {
    "own": "the page itself",
    "reported": "others, undisputed",
    "rejected": "others, disputed",
}
# Small tags in the text itself; the plain case has none.
STRENGTH_TAG: Mapping[Strength, str] = {"hedged": "hedged", "definite": "", "absolute": "absolute"}
VOICE_TAG: Mapping[Voice, str] = {"own": "", "reported": "reported", "rejected": "page disputes this"}
DISTANCED_TAG = "only told of"
HARM: Mapping[Harm, str] = {
    0: "none expected",
    1: "wasted money",
    2: "could delay care or injure",
    3: "could kill",
}
CONFIDENCE: Mapping[str, str] = {
    "high": "high",
    "medium": "medium",
    "low": "low",
    "not calibrated": "not calibrated yet",
}
FINDING: Mapping[EvidenceFinding, str] = {
    "supports": "Supports",
    "refutes": "Refutes",
    "mixed": "Mixed results",
    "insufficient": "Insufficient",
}
CERTAINTY: Mapping[Certainty, str] = {
    "high": "high certainty",
    "moderate": "moderate certainty",
    "low": "low certainty",
    "very_low": "very low certainty",
}
HOW: Mapping[How, str] = {
    "exact": "about exactly this",
    "broader": "about something broader",
    "narrower": "about something narrower",
    "similar": "similar wording only",
}
SEEN: Mapping[str, str] = {
    "primary": "Primary: read at the source",
    "secondary": "Secondary: read in a page that reports it",
}
# Values that stand alone in tables, charts and filters.
NAMES: Mapping[str, str] = dict((*VERDICT.items(), *VOICE.items()))
# What stands in a breakdown where a page or a claim does not say.
BLANK: Mapping[str, str] = {
    "topic": "no topic",
    "site": "no site",
    "month": "no date",
    "relation": "no relation",
}
RATE_MEANS = (
    "Of the claims that the evidence table decides, those that are flagged: judged wrong, and the page says them "
    "itself or reports them. Behind the rate stands its 95 % interval (Wilson)."
)
CHART_MEANS = "Dot: the rate, with its 95 % interval. Bar: coverage, the share of claims that are decided."
SEEN_WORD: Mapping[str, str] = {"primary": "primary source", "secondary": "secondary source"}
DECISION: Mapping[str, str] = {
    "agree": "Agreed",
    "verdict": "Another verdict",
    "not_a_claim": "Not a claim",
    "unsure": "Unsure",
    "no_action": "No action",
    "skip": "Skipped",
    "missed": "Missed claim",
}
DECISION_MEANS: Mapping[str, str] = {
    "agree": "The finding is right.",
    "verdict": "The claim is read rightly, but another verdict is right.",
    "not_a_claim": "It is no health claim, or it is read wrongly.",
    "unsure": "Somebody else should look.",
    "no_action": "Reviewed; nothing needs to be done.",
    "skip": "Left open for now; it comes again.",
    "missed": "A claim that was not found: select its words and say what they claim.",
}
NO_ADVICE = (
    "Nostrum compares statements with published evidence. It is no medical advice: "
    "ask a health professional before you act on anything here."
)


def relation(name: str, object_: str) -> str:
    """Say the relation so that the object, if there is one, can follow."""
    return "is safe:" if name == "safe" and object_ else RELATION.get(cast(Relation, name), name)


def changed(what: str, verdict: str) -> str:
    """Say what is not as the reviewer saw it; `verdict` is what the machine said then."""
    if what == "page":
        return "The page has changed since."
    return f"The finding has changed: it was {VERDICT.get(cast(Verdict, verdict), verdict).lower()}."


def number(count: int, one: str, many: str = "") -> str:
    """Say how many of a thing, in the singular or the plural."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def plain(text: str) -> str:
    """Give a text of others' so that Markdown takes it for what it is: nothing in it is markup."""
    return re.sub(f"([{re.escape(punctuation)}])", r"\\\1", text)


def share(value: float) -> str:
    """Say a share; of nothing there is none."""
    return "none" if isnan(value) else f"{value:.1%}"


def interval(value: float, low: float, high: float) -> str:
    """Say a share with its interval."""
    return share(value) if isnan(value) else f"{share(value)} ({share(low)} to {share(high)})"


def points(value: float, low: float, high: float) -> str:
    """Say a difference of shares with its interval."""
    return "none" if isnan(value) else f"{100 * value:+.1f} points ({100 * low:+.1f} to {100 * high:+.1f})"


def triple(subject: str, name: str, object: str, polarity: str = "affirm") -> str:
    """Say what is claimed, by the ids of things; of fields ("authority=fda;act=approved") by their values."""
    fields = ", ".join(part.rpartition("=")[2] for part in object.split(";"))
    said = " ".join(filter(None, (subject, relation(name, object), fields)))
    return f"not: {said}" if polarity == "deny" else said
