"""The curated dangerous statements: no false one endorsed, no debunk and no true neighbour flagged. Pinned at zero."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from claims.types import Finding
from pipeline.checker import Checker
from tests.extraction import cases, findings
from tests.gate.floors import Check

FILE = "dangerous.jsonl"
_MEASURES = {"false": "false claims supported", "debunk": "debunks flagged", "true": "true neighbours flagged"}


def wrongs(kind: str, found: Sequence[Finding]) -> list[Finding]:
    """List the findings that must never be: what the page itself rejects is not the page's, and endorses nothing."""
    if kind == "false":
        return [f for f in found if f.verdict == "supported" and f.claim.voice != "rejected"]
    return [f for f in found if f.flag]


def checks(checker: Checker) -> Iterator[Check]:
    """Count the statements of each kind that come out wrong, against zero."""
    counts = Counter(case["kind"] for case in cases(FILE) if wrongs(case["kind"], findings(checker, case)))
    for kind, measure in _MEASURES.items():
        yield Check(corpus="dangerous", measure=measure, bound=0.0, now=float(counts[kind]), ceiling=True)
