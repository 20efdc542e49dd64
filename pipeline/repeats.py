"""When two findings are the same claim in two places, so that one decision holds for both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

__all__ = ["SAME", "claim_key", "grouped"]

Claim = Mapping[str, Any]
# All that the verdict rule looks at, and its answer: where one of these differs, a person may decide otherwise.
SAME = ("subject", "relation", "object", "polarity", "denies", "strength", "voice", "verdict")


def claim_key(claim: Claim) -> tuple[str, ...]:
    """Give what the same claim has in common wherever it stands; things by concept where there is one."""
    return tuple(_value(claim, name) for name in SAME)


def _value(claim: Claim, name: str) -> str:
    return str(claim.get(f"{name}_id") or claim.get(name) or "").lower()


def grouped(claims: Iterable[Claim]) -> list[list[Claim]]:
    """Put the same claims together, groups in the order of their first."""
    groups: dict[tuple[str, ...], list[Claim]] = {}
    for claim in claims:
        groups.setdefault(claim_key(claim), []).append(claim)
    return list(groups.values())
