"""What is read from a text, as rows: tests/cases/extraction.jsonl holds, tests/cases/known-gaps.jsonl does not yet.

A row is {"text" or "html", "title"?, "want": [{slot: value}], "never"?: [{slot: value}], "why"}. Only the slots that
matter are named; things go by concept id or by words in which "*" is any text, and a list is any of its values.
`never` is what must not be claimed so that a row of evidence could decide it; an empty `want` without it: nothing.
"""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest

from claims.types import RELATIONS, Claim, Denies, Polarity, Strength, Voice
from pipeline.checker import Checker
from tests.extraction import HOLD, OPEN, Case, cases, faults, move_closed, values

ROWS, GAPS = cases(HOLD), cases(OPEN)
VALUES = {
    "relation": set(RELATIONS),
    "polarity": set(get_args(Polarity)),
    "denies": set(get_args(Denies)),
    "strength": set(get_args(Strength)),
    "voice": set(get_args(Voice)),
}


def name(case: Case) -> str:
    return str(case.get("text") or case["html"])[:60]


@pytest.mark.parametrize("case", ROWS, ids=name)
def test_what_a_text_claims(case: Case, checker: Checker) -> None:
    assert faults(checker, case) == [], case["why"]


def test_known_gaps_are_told_and_one_that_is_closed_is_moved(
    checker: Checker, capsys: pytest.CaptureFixture[str]
) -> None:
    closed = [name(case) for case in GAPS if not faults(checker, case)]
    with capsys.disabled():
        print(f"\nextraction: {len(ROWS)} rows hold, {len(GAPS) - len(closed)} known gaps, {len(closed)} closed")
    assert closed == [], "these pass now: python -m tests.extraction moves them to extraction.jsonl"


@pytest.mark.parametrize(
    ("row", "holds"),
    [
        ({"want": [{"subject": "kratom", "object": "pain", "relation": ["improves", "treats"]}]}, True),
        ({"want": [{"object": "p*"}]}, True),
        ({"want": [{"object": "pain"}, {"object": "pain"}]}, False),
        ({"want": [{"object": "pain", "polarity": "deny"}]}, False),
        ({"want": [{"populations": "children"}]}, False),
        ({"want": []}, False),
        ({"want": [], "never": [{"relation": "causes"}]}, True),
        ({"want": [{"object": "pain"}], "never": [{"relation": "treats"}]}, False),
    ],
    ids=str,
)
def test_what_a_row_asks_for(row: Case, holds: bool, checker: Checker) -> None:
    assert (not faults(checker, {"text": "Kratom relieves pain."} | row)) is holds


def test_gaps_that_closed_are_moved_and_no_others(checker: Checker, tmp_path: Path) -> None:
    held, closed, gap = (
        json.dumps({"text": text, "want": [{"object": "pain"}], "why": "a row"}) + "\n"
        for text in ("Kava relieves pain.", "Kratom relieves pain.", "Kratom relieves fever.")
    )
    (tmp_path / HOLD).write_text(held, encoding="utf-8")
    (tmp_path / OPEN).write_text(closed + gap, encoding="utf-8")
    assert move_closed(checker, tmp_path) == 1
    assert (tmp_path / HOLD).read_text(encoding="utf-8") == held + closed
    assert (tmp_path / OPEN).read_text(encoding="utf-8") == gap


def test_rows_are_well_formed() -> None:
    for case in (*ROWS, *GAPS):
        assert set(case) - {"title", "never"} in ({"text", "want", "why"}, {"html", "want", "why"}), case
        assert case["why"], case
        for slots in (*case["want"], *case.get("never", ())):
            assert slots and set(slots) <= {f.name for f in fields(Claim)}, case
            assert all(set(values(slots[name])) <= known for name, known in VALUES.items() if name in slots), case
    texts = [(c.get("text"), c.get("html"), c.get("title")) for c in (*ROWS, *GAPS)]
    assert len(texts) == len(set(texts))
    assert len(ROWS) >= 400
    assert sum(not c["want"] for c in ROWS) >= 90
