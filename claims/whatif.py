"""What would change a verdict: the claim judged again with one slot said otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from claims.types import FLAGGED_VERDICTS, Claim, Verdict


def would_change(claim: Claim, now: Verdict, judged: Callable[[Claim], Verdict]) -> str:
    """Say in a sentence which one word or slot decides the verdict that stands `now`, or "".

    `judged` judges a claim by the same rows.
    """
    if now == "unverified":
        return ""
    if claim.voice == "rejected":
        return "It would be flagged if the page did not dispute it itself." if now in FLAGGED_VERDICTS else ""
    if claim.distanced and now in FLAGGED_VERDICTS:
        return "It would be flagged if the page stated it itself."
    sure = replace(claim, doubtful=False, distanced=False)
    for other, how in _milder(sure) if now in FLAGGED_VERDICTS else _bolder(sure):
        then = judged(other)
        if (then == "supported") != (now == "supported"):
            return f"It would be {then} if the page {how}."
    return ""


def _milder(claim: Claim) -> Iterator[tuple[Claim, str]]:
    if claim.polarity == "deny":
        yield replace(claim, denies="evidence"), "said that good evidence is lacking, not that it is untrue"
        return
    if claim.strength == "absolute":
        yield replace(claim, strength="definite"), "left out the words that allow no exception"
    if claim.strength != "hedged":
        yield replace(claim, strength="hedged"), 'hedged it ("may", "some studies suggest")'


def _bolder(claim: Claim) -> Iterator[tuple[Claim, str]]:
    if claim.polarity == "deny":
        yield replace(claim, denies="effect"), "denied it flatly"
        return
    if claim.strength == "hedged":
        yield replace(claim, strength="definite"), "stated it as a fact"
    if claim.strength != "absolute":
        yield replace(claim, strength="absolute"), 'allowed no exception ("cures", "always")'
