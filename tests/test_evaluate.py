"""The measures agree with the reference scorer, on a frozen sample and, where it is at hand, run side by side.

tests/evaluate/ holds 24 labelled passages (our own words), reports on them that go wrong in every way that
counts, and what the reference scorer said of them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from models.alike import alike
from models.evaluate import (
    align,
    gold_statements,
    overlap,
    pair,
    predicted_statements,
    score,
    stands,
)
from models.risk import risk_coverage
from tests.conftest import Nostrum

ROOT = Path(__file__).parent.parent
FROZEN = Path(__file__).parent / "evaluate"
LABELLED = sorted((ROOT / "claims" / "labelled").glob("*.jsonl"))
REFERENCE = Path(os.environ.get("NOSTRUM_EXTRA_DATA", "nowhere"), "score.py")
VERDICTS = ("supported", "overstated", "unsupported", "contradicted", "unverified")

Row = dict[str, Any]


def rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def spoil(passage: Row, random: Random) -> Row:
    """Make a report on a gold passage that is right in part: a reader of every kind of error."""
    claims: list[Row] = []
    for statement in gold_statements(passage):
        if random.random() < 0.2:
            continue
        start = max(0, statement.span[0] - random.choice([0, 0, 0, 3, 80]))
        end = min(len(passage["text"]), statement.span[1] + random.choice([0, 0, 0, 5, 90]))
        for gold in statement.claims:
            claims += [
                _spoiled(gold, random) | {"start": start, "end": end}
                for _ in range(random.choice([0, 1, 1, 2]))
            ]
    for _ in range(random.choice([0, 0, 1, 3])):
        start = random.randrange(len(passage["text"]))
        other = {
            "subject": "tea",
            "relation": "treats",
            "object": "cold",
            "verdict": "overstated",
            "flag": True,
        }
        claims.append(
            other | {"start": start, "end": start + 60, "evidence": [{"id": "x"}] if start % 2 else []}
        )
    random.shuffle(claims)
    return {"id": passage["id"], "claims": claims}


def _spoiled(gold: Row, random: Random) -> Row:
    claim = {
        key: gold[key] for key in ("subject", "relation", "object", "polarity", "strength", "voice", "harm")
    }
    claim["verdict"] = gold["verdict"] if random.random() < 0.5 else random.choice(VERDICTS)
    claim["flag"] = gold["flag"] if random.random() < 0.7 else not gold["flag"]
    claim["evidence"] = [{"id": "x"}] if random.random() < 0.9 else []
    wrong = {
        "subject": "the " + gold["subject"] + "s", "relation": "causes", "object": "pains of the head",
        "polarity": "deny", "strength": "absolute", "voice": "reported", "harm": 3,
    }  # fmt: skip
    for key, value in wrong.items():
        if random.random() < 0.25:
            claim[key] = value
    if random.random() < 0.05:
        del claim["harm"]
    return claim


def spoiled(passages: list[Row]) -> list[Row]:
    """Report on all passages but one in ten, by chance that is the same every time."""
    random = Random(7)
    return [spoil(passage, random) for passage in passages if random.random() > 0.1]


def test_the_measures_are_those_of_the_reference_scorer() -> None:
    scores, errors = score(rows(FROZEN / "gold.jsonl"), rows(FROZEN / "predicted.jsonl"))
    expected = json.loads((FROZEN / "expected.json").read_text(encoding="utf-8"))
    assert json.loads(json.dumps(scores)) == expected["scores"]
    assert list(scores["confusion"]) == list(expected["scores"]["confusion"])
    assert [list(error) for error in errors] == expected["errors"]


@pytest.mark.skipif(not REFERENCE.is_file(), reason="NOSTRUM_EXTRA_DATA has no score.py")
@pytest.mark.parametrize("gold", [FROZEN / "gold.jsonl", *LABELLED], ids=lambda p: p.stem)
def test_the_reference_scorer_says_the_same_today(gold: Path, tmp_path: Path) -> None:
    reports = spoiled(rows(gold))
    predicted = tmp_path / "predicted.jsonl"
    predicted.write_text("".join(json.dumps(report) + "\n" for report in reports), encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, REFERENCE, gold, predicted, "--json"], capture_output=True, text=True, check=True
    )
    scores, _ = score(rows(gold), reports)
    assert json.dumps(scores) == ran.stdout.strip()


def test_the_command_prints_the_measures_of_given_reports(nostrum: Nostrum) -> None:
    given = (FROZEN / "gold.jsonl", "--predicted", FROZEN / "predicted.jsonl")
    expected = json.loads((FROZEN / "expected.json").read_text(encoding="utf-8"))
    ran = nostrum("evaluate", *given, "--json")
    assert (ran.code, json.loads(ran.out)) == (0, expected["scores"] | {"risk_coverage": []})
    text = nostrum("evaluate", *given, "--errors", 2).out
    for name in expected["scores"]:
        assert name.replace("_", " ") in text
    assert text.splitlines()[-2].startswith(expected["errors"][0][0])


def test_the_command_checks_the_passages_itself(tmp_path: Path, nostrum: Nostrum) -> None:
    text = "Kratom cures cancer. Our shop opens at nine."
    claim = {
        "subject": "kratom", "relation": "treats", "object": "cancer", "polarity": "affirm", "strength": "definite",
        "voice": "own", "verdict": "contradicted", "flag": True, "harm": 3,
    }  # fmt: skip
    passage = {"id": "a", "text": text, "page_type": "promotional"}
    passage["statements"] = [{"quote": "Kratom cures cancer.", "claims": [claim]}]
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps(passage) + "\n", encoding="utf-8")
    scores = json.loads(nostrum("evaluate", gold, "--json").out)
    assert scores["statement"]["f1"] == scores["flag"]["f1"] == 1.0
    assert scores["slots"]["relation"] == 1.0


@pytest.mark.parametrize(
    ("a", "b", "share"),
    [
        ((0, 10), (0, 10), 1.0),
        ((0, 10), (5, 40), 0.5),
        ((0, 10), (10, 20), 0.0),
        ((0, 10), (15, 20), -1.0),
        ((0, 0), (0, 9), 0.0),
        ((3, 5), (0, 100), 1.0),
    ],
)
def test_overlap_is_a_share_of_the_shorter(a: tuple[int, int], b: tuple[int, int], share: float) -> None:
    assert overlap(a, b) == overlap(b, a) == share


@pytest.mark.parametrize(
    ("gold", "predicted", "pairs"),
    [
        ([(0, 10), (10, 20)], [(10, 20), (0, 10)], {(0, 1), (1, 0)}),
        ([(0, 10)], [(0, 4), (0, 10)], {(0, 1)}),
        ([(0, 10)], [(6, 20)], set()),
        ([(0, 10), (0, 10)], [(0, 10)], {(1, 0)}),
        ([], [(0, 10)], set()),
    ],
    ids=["crossed", "best, of equals the last", "less than half", "one to one", "nothing"],
)
def test_spans_are_paired_one_to_one(
    gold: list[tuple[int, int]], predicted: list[tuple[int, int]], pairs: set[tuple[int, int]]
) -> None:
    assert set(pair(gold, predicted)) == pairs


def test_claims_that_overlap_share_a_statement_that_grows() -> None:
    spans = [(0, 10), (50, 60), (4, 16), (12, 20)]
    statements = predicted_statements({"start": start, "end": end} for start, end in spans)
    assert [(s.span, len(s.claims)) for s in statements] == [((0, 20), 3), ((50, 60), 1)]


def test_claims_are_aligned_by_their_things_before_their_relation() -> None:
    gold = [
        {"subject": "a", "object": "pain", "relation": "treats"},
        {"subject": "a", "object": "sleep", "relation": "causes"},
    ]
    found = [
        {"subject": "a", "object": "sleep", "relation": "treats"},
        {"subject": "a", "object": "pain", "relation": "causes"},
    ]
    assert [(gold.index(g), found.index(p)) for g, p in align(gold, found)] == [(0, 1), (1, 0)]


@pytest.mark.parametrize(
    ("a", "b", "right"),
    [
        ("opioid withdrawal", "withdrawal from opioids", lambda f: f >= 0.8),
        ("the common cold", "colds", lambda f: f > 0.6),
        ("pain", "sleep", lambda f: f == 0),
        ("", None, lambda f: f == 1),
        ("", "pain", lambda f: f == 0),
        ("of the", "", lambda f: f == 1),
    ],
)
def test_phrases_are_alike_by_their_words(a: str, b: str | None, right: Callable[[float], bool]) -> None:
    assert right(alike(a, b))
    assert alike(a, b) == alike(b, a)


def test_a_quote_that_is_not_there_is_told() -> None:
    with pytest.raises(ValueError, match="passage p does not hold the quote 'gone'"):
        gold_statements({"id": "p", "text": "here", "statements": [{"quote": "gone", "claims": []}]})


# ---------------------------------------------------------------- what stands, and the curve

TEXT = "Kratom cures cancer. Kratom eases pain. Tea is nice. My cat sleeps."
SAID = {"subject": "kratom", "relation": "treats", "polarity": "affirm", "strength": "definite", "voice": "own"}


def gold_page() -> Row:
    told = (("Kratom cures cancer.", "cancer", "contradicted"), ("Kratom eases pain.", "pain", "supported"))
    statements = [
        {"quote": quote, "claims": [SAID | {"object": o, "verdict": v, "flag": v != "supported", "harm": 1}]}
        for quote, o, v in told
    ]
    vague = {"quote": "Tea is nice.", "claims": [SAID | {"object": "joy", "verdict": "uncheckable", "flag": False, "harm": 0}]}
    return {"id": "p", "text": TEXT, "page_type": "news", "statements": [*statements, vague]}


def told(quote: str, verdict: str, confidence: str = "high", **fields: Any) -> Row:
    start = TEXT.index(quote)
    where = {"id": f"{quote}{verdict}", "start": start, "end": start + len(quote)}
    return SAID | where | {"object": "pain", "verdict": verdict, "confidence": confidence, "flag": False} | fields


@pytest.mark.parametrize(
    ("claim", "expected", "why"),
    [
        (told("Kratom cures cancer.", "contradicted"), [True], "the very verdict"),
        (told("Kratom cures cancer.", "overstated"), [True], "another verdict on the same side"),
        (told("Kratom cures cancer.", "supported"), [False], "the other side"),
        (told("Kratom eases pain.", "supported"), [True], "supported and right"),
        (told("Tea is nice.", "unsupported"), [False], "nobody can check that"),
        (told("My cat sleeps.", "supported"), [False], "no claim at all"),
        (told("Kratom cures cancer.", "unverified"), [], "not decided"),
    ],
    ids=lambda x: x if isinstance(x, str) else None,
)
def test_a_finding_stands_where_the_nearest_gold_claim_is_on_its_side(claim: Row, expected: list[bool], why: str) -> None:
    assert list(stands(gold_page(), {"claims": [claim]}).values()) == expected, why


def test_the_curve_adds_the_bands_from_the_surest_down() -> None:
    claims = [
        told("Kratom eases pain.", "supported", "low"),
        told("Kratom cures cancer.", "contradicted", "high"),
        told("My cat sleeps.", "supported", "not calibrated"),
        told("Tea is nice.", "unverified", "high"),
    ]
    assert risk_coverage([gold_page()], [{"id": "p", "claims": claims}]) == [
        {"down_to": "high", "findings": 1, "coverage": 0.5, "risk": 0.0},
        {"down_to": "low", "findings": 2, "coverage": 1.0, "risk": 0.0},
        {"down_to": "not calibrated", "findings": 3, "coverage": 1.0, "risk": 0.3333},
    ]


def test_reports_without_confidence_give_no_curve() -> None:
    claim = told("Kratom cures cancer.", "contradicted")
    del claim["confidence"]
    assert risk_coverage([gold_page()], [{"id": "p", "claims": [claim]}]) == []
    assert risk_coverage([gold_page()], []) == []
