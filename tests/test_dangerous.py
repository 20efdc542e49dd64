"""What must never happen: a false claim endorsed, a debunk flagged, a true thing flagged. Over 300 wordings, in our own words.

Rows of tests/cases/dangerous.jsonl: false (as a page would assert it), debunk (as a page would set it right), true
(what stands close to a false claim).
"""

from __future__ import annotations

from collections import Counter

import pytest

from claims.types import Finding
from pipeline.checker import Checker
from tests.extraction import Case, cases, findings, shown
from tests.gate.dangerous import FILE, wrongs

ROWS = cases(FILE)


def told(found: list[Finding]) -> list[str]:
    return [f"{shown(f.claim)}: {f.verdict} by {f.rule}, {[m.evidence.id for m in f.matches][:1]}" for f in found]


def of_kind(*kinds: str) -> list[object]:
    return [pytest.param(r, id=r["id"]) for r in ROWS if r["kind"] in kinds]


@pytest.mark.parametrize("case", of_kind("false"))
def test_no_false_claim_is_supported(case: Case, checker: Checker) -> None:
    assert told(wrongs("false", findings(checker, case))) == [], case


@pytest.mark.parametrize("case", of_kind("debunk", "true"))
def test_no_debunk_and_no_true_neighbour_is_flagged(case: Case, checker: Checker) -> None:
    assert told(wrongs(case["kind"], findings(checker, case))) == [], case


def test_the_set_is_whole() -> None:
    assert len({r["text"] for r in ROWS}) == len({r["id"] for r in ROWS}) == len(ROWS) >= 300
    kinds = Counter(r["kind"] for r in ROWS)
    assert set(kinds) == {"false", "debunk", "true"}
    assert min(kinds.values()) >= 75
    assert all(r["why"] for r in ROWS)


def test_most_false_claims_are_flagged(checker: Checker) -> None:
    """Silence would pass all of the above: more than four in ten are flagged (52 % in November 2026)."""
    false = [r for r in ROWS if r["kind"] == "false"][::4]
    flagged = sum(any(f.flag for f in findings(checker, r)) for r in false)
    assert flagged >= 0.4 * len(false)
