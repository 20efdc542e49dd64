"""What is read wrongly: every way to be wrong has its kind, and the worst stands first."""

from __future__ import annotations

from typing import Any

import pytest

from models.errors import aligned, lay_out, reading_errors

TEXT = "Kratom eases pain. Kava is safe. Buy it here."
PAIN = {
    "subject": "kratom", "relation": "treats", "object": "pain", "polarity": "affirm", "strength": "definite",
    "voice": "own", "flag": True, "harm": 1,
}  # fmt: skip
SAFE = PAIN | {"subject": "kava", "relation": "safe", "object": "", "harm": 2}
STATEMENTS = [{"quote": "Kratom eases pain.", "claims": [PAIN]}, {"quote": "Kava is safe.", "claims": [SAFE]}]
FIRST, SECOND, THIRD = {"start": 0, "end": 18}, {"start": 19, "end": 32}, {"start": 33, "end": 45}


def found(*claims: dict[str, Any], page: str = "p") -> list[tuple[str, str]]:
    gold = [{"id": page, "text": TEXT, "statements": STATEMENTS}]
    return [(e.kind, e.confusion) for e in reading_errors(gold, [{"id": page, "claims": list(claims)}])]


READ = (PAIN | FIRST, SAFE | SECOND)


@pytest.mark.parametrize(
    ("claims", "want"),
    [
        (READ, []),
        (READ[:1], [("missed statement", "")]),
        ((), [("missed statement", ""), ("missed statement", "")]),
        ((*READ, PAIN | THIRD), [("false statement", "")]),
        ((*READ, PAIN | FIRST | {"object": "fever"}), [("false claim", "")]),
        ((PAIN | FIRST | {"relation": "causes"}, READ[1]), [("relation", "treats read as causes")]),
        ((PAIN | FIRST | {"subject": "willow bark"}, READ[1]), [("subject", "")]),
        ((PAIN | FIRST | {"object": "fever"}, READ[1]), [("object", "")]),
        ((PAIN | FIRST | {"polarity": "deny"}, READ[1]), [("polarity", "affirm read as deny")]),
        ((PAIN | FIRST | {"strength": "hedged"}, READ[1]), [("strength", "definite read as hedged")]),
        ((PAIN | FIRST | {"strength": "absolute"}, READ[1]), []),
        ((PAIN | FIRST | {"voice": "reported"}, READ[1]), [("voice", "own read as reported")]),
    ],
)
def test_every_error_has_its_kind(claims: tuple[dict[str, Any], ...], want: list[tuple[str, str]]) -> None:
    assert found(*claims) == want


def test_a_claim_that_was_not_read_in_a_statement_that_was() -> None:
    gold = [{"id": "p", "text": TEXT, "statements": [{"quote": TEXT[:18], "claims": [PAIN, PAIN | {"object": "fever"}]}]}]
    (error,) = reading_errors(gold, [{"id": "p", "claims": [READ[0]]}])
    assert (error.kind, error.wanted, error.got) == (
        "missed claim", "kratom treats fever (definite, own)", "nothing",
    )  # fmt: skip


def test_a_page_without_a_report_is_missed() -> None:
    gold = [{"id": "p", "text": TEXT, "statements": STATEMENTS}]
    assert [e.kind for e in reading_errors(gold, [])] == ["missed statement"] * 2


def test_the_worst_stands_first() -> None:
    gold = [{"id": "p", "text": TEXT, "statements": STATEMENTS}]
    assert [e.quote for e in reading_errors(gold, [])] == ["Kava is safe.", "Kratom eases pain."]


def test_kinds_are_laid_out_with_counts_examples_and_the_matrix() -> None:
    gold = [{"id": f"p{i}", "text": TEXT, "statements": STATEMENTS} for i in range(3)]
    wrong = (PAIN | FIRST | {"voice": "reported"}, SAFE | SECOND | {"relation": "improves"})
    reports = [{"id": f"p{i}", "claims": list(wrong)} for i in range(3)]
    lines = list(lay_out(reading_errors(gold, reports), aligned(gold, reports), most=2))
    assert "relation: 3 of 6 aligned claims" in lines
    assert "        3  safe read as improves" in lines
    assert "voice: 3 of 6 aligned claims" in lines
    assert lines.count("  p0: Kratom eases pain.") == 1
    assert "  p2: Kratom eases pain." not in lines, "two examples of a kind"
    assert "      wanted  kratom treats pain (definite, own)" in lines
    assert "      got     kratom treats pain (definite, reported)" in lines
    assert lines[-2].split() == ["safe", "3", ".", "."], "labelled safe, read as improves"
    assert lines[-1].split() == ["treats", ".", ".", "3"]


def test_examples_are_spread_over_the_confusions() -> None:
    gold = [{"id": f"p{i}", "text": TEXT, "statements": STATEMENTS[:1]} for i in range(5)]
    voices = ["reported"] * 4 + ["rejected"]
    reports = [{"id": f"p{i}", "claims": [PAIN | FIRST | {"voice": v}]} for i, v in enumerate(voices)]
    shown = [line for line in lay_out(reading_errors(gold, reports), [], most=2) if line.startswith("  p")]
    assert shown == ["  p0: Kratom eases pain.", "  p4: Kratom eases pain."]
