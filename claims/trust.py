"""How likely a reading must be right before anything is judged by it, and before a page is faulted by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from claims.grounds import ALL_GUESSED, DISPUTED, GUESSED_RELATION, WARNED
from claims.types import Claim

# From this probability on that it is right, a page may be faulted by a reading, if the rule asks for no more. Of the
# flags between 0.15 and this one half are right (labelled topics left out, November 2026), of those above it three of
# four.
TRUSTED = 0.2
# From this one on what is seldom read right: a harm that no rule found (of 21 flags below it 10 were wrong), and in a
# whole article a claim whose subject its page lends and whose relation no rule found.
TRUSTED_WELL = 0.3
# From this one on what something speaks against: of 55 such flags above it (with those of another thing, never made)
# 45 were right, of 232 below it 133.
TRUSTED_ALL_THE_SAME = 0.5
# From this one on a denial: of 17 flags below it 13 were wrong, of 6 above it one.
TRUSTED_TO_DENY = 0.7
# From this one on it may be found supported: of 211 such verdicts between the two, 163 stand, of 154 flags 87.
CONFIRMED = 0.1
# From this one on what something speaks against may be found supported; by what is below it nothing is judged.
SURE = 0.35


def trust_asked(claim: Claim, told: Mapping[str, float], whole: bool) -> float:
    """Give the probability, 0 to 1, from which on a page may be faulted by a claim read on such grounds."""
    if claim.polarity == "deny":
        return TRUSTED_TO_DENY
    if told[WARNED] or told[DISPUTED]:
        return TRUSTED_ALL_THE_SAME
    harm_guessed = claim.relation == "causes" and GUESSED_RELATION in told
    if harm_guessed or (whole and told[ALL_GUESSED]):
        return TRUSTED_WELL
    return TRUSTED


def trusted(claim: Claim, p: float, enough: float, least: float = 0.0) -> Claim:
    """Leave a claim grounded if it is trusted enough, and mark it doubtful if not enough to fault the page by it.

    `least` is asked for any verdict.
    A denial has to be sure in any case: who promises a cure must not be read as denying it, and be found right.
    """
    to_be_sure = claim.doubtful or claim.polarity == "deny"
    grounded = claim.grounded and p >= max(least, TRUSTED if to_be_sure else CONFIRMED)
    return replace(claim, grounded=grounded, doubtful=claim.doubtful or p < enough, trust=round(p, 2))
