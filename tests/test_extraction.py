"""What is read from a text, as rows: tests/cases/extraction.jsonl holds, tests/cases/known-gaps.jsonl does not yet.

A row is {"text", "title"?, "want": [{slot: value}], "why"}. Only the slots that matter are in `want`; things are
named by concept id or by words, and a list is any of its values. An empty `want` means that nothing is claimed:
no claim that a row of evidence could decide.
"""

from __future__ import annotations

from dataclasses import fields

import pytest

from claims.types import Claim
from pipeline.checker import Checker
from tests.extraction import Case, cases, faults

ROWS, GAPS = cases("extraction.jsonl"), cases("known-gaps.jsonl")


@pytest.mark.parametrize("case", ROWS, ids=lambda c: c["text"][:60])
def test_what_a_text_claims(case: Case, checker: Checker) -> None:
    assert faults(checker, case) == [], case["why"]


def test_known_gaps_are_told_and_one_that_is_closed_is_moved(
    checker: Checker, capsys: pytest.CaptureFixture[str]
) -> None:
    closed = [case["text"] for case in GAPS if not faults(checker, case)]
    with capsys.disabled():
        print(f"\nextraction: {len(ROWS)} rows hold, {len(GAPS) - len(closed)} known gaps, {len(closed)} closed")
    assert closed == [], "these pass now: move them from known-gaps.jsonl to extraction.jsonl"


def test_rows_are_well_formed() -> None:
    slots = {f.name for f in fields(Claim)}
    for case in (*ROWS, *GAPS):
        assert set(case) - {"title"} == {"text", "want", "why"}, case
        assert case["why"], case
        assert all(want and set(want) <= slots for want in case["want"]), case
    texts = [(c["text"], c.get("title")) for c in (*ROWS, *GAPS)]
    assert len(texts) == len(set(texts))
    assert len(ROWS) >= 150
    assert sum(not c["want"] for c in ROWS) >= 20
