"""What reviewers came to: one verdict, or none where they differ or left it open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.reviews import Held
from pipeline.store import Review

NO_CLAIM = "not a claim"


def outcome(claim: Mapping[str, Any], decisions: Sequence[Held]) -> str:
    """Give the verdict all reviewers came to, NO_CLAIM, or "" where they differ or left it open."""
    found = {_one(claim, held.review) for held in decisions}
    return found.pop() if len(found) == 1 else ""


def _one(claim: Mapping[str, Any], review: Review) -> str:
    match review.decision:
        case "agree":
            return str(claim["verdict"])
        case "verdict":
            return review.verdict
        case "not_a_claim":
            return NO_CLAIM
        case _:
            return ""
