"""The places of a page that make the same claim, put together for a reader's list."""

from __future__ import annotations

from collections.abc import Iterable

from claims.types import Finding


def by_claim(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Put the places of a page together that make the same claim with the same outcome, in reading order."""
    groups: dict[str, list[Finding]] = {}
    for f in sorted(findings, key=lambda f: (f.claim.start, f.claim.end)):
        groups.setdefault(f.group or f.id, []).append(f)
    return list(groups.values())
