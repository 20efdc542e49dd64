"""Numbers: what is read as a figure, what is the same measure, on which side of a row it lies, and relative risk."""

from __future__ import annotations

import json
from typing import Any

import pytest

from claims import special
from claims.evidence import EvidenceTable
from claims.judge import judge
from claims.lexicon import Lexicon
from claims.match import find_matches
from claims.numbers import Figure, figure, given_by, is_same_measure, relative_risk, side
from claims.types import Claim, Concept, Evidence, Finding
from models.train import LABELLED
from tests.factories import evidence

LEXICON = Lexicon(
    [
        Concept(id="measles", kind="condition", name="measles", risk=2),
        Concept(id="kratom", kind="herb", name="kratom", risk=2),
        Concept(id="red-kratom", kind="herb", name="red kratom", broader=("kratom",), risk=2),
    ]
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20% of people", Figure(20, 20, "percent")),
        ("20 percent", Figure(20, 20, "percent")),
        ("20 per cent", Figure(20, 20, "percent")),
        ("0.7% of Americans", Figure(0.7, 0.7, "percent")),
        ("10 to 20%", Figure(10, 20, "percent")),
        ("10–20 %", Figure(10, 20, "percent")),
        ("one in five people", Figure(20, 20, "percent")),
        ("9 out of 10 users", Figure(90, 90, "percent")),
        ("nine in ten", Figure(90, 90, "percent")),
        ("half of all users", Figure(50, 50, "percent")),
        ("13 times", Figure(13, 13, "times")),
        ("a 13-fold rise", Figure(13, 13, "times")),
        ("twice as potent", Figure(2, 2, "times")),
        ("36 deaths", Figure(36, 36, "deaths")),
        ("one death", Figure(1, 1, "deaths")),
        ("16,500 cases", Figure(16500, 16500, "cases")),
        ("5.5 million people", Figure(5_500_000, 5_500_000, "people")),
        ("two weeks", Figure(2, 2, "weeks")),
        ("20 of them, then 30%", Figure(30, 30, "percent")),
        ("30% of people, one in five smokers", Figure(30, 30, "percent")),
        ("one in five smokers, 30% of people", Figure(20, 20, "percent")),
        ("in 1999", None),
        ("one in none", None),
        ("1 in 0", None),
        ("deaths", None),
        ("", None),
    ],
)
def test_a_figure_is_a_number_with_a_unit(text: str, expected: Figure | None) -> None:
    assert figure(text) == expected


@pytest.mark.parametrize(
    ("held", "told"),
    [
        (Figure(20, 20, "percent"), "20%"),
        (Figure(0.6, 0.8, "percent"), "0.6 to 0.8%"),
        (Figure(16000, 17000, "cases"), "16,000 to 17,000 cases"),
        (Figure(75, float("inf"), "mg"), "75 or more mg"),
    ],
)
def test_a_figure_is_told_with_its_unit(held: Figure, told: str) -> None:
    assert str(held) == told


def row(measure: str = "hospitalised", low: str = "20", high: str = "20", unit: str = "percent", **fields: Any) -> Evidence:
    given = {"finding": "supports", "certainty": "moderate", "population": "", "subject": "measles"}
    bounds = f"measure={measure};low={low};high={high};unit={unit}"
    return evidence("row", relation="statistic", object=bounds, **(given | fields))


def claim(object: str, **fields: Any) -> Claim:
    quote = fields.pop("quote", f"Measles puts {object} in hospital, hospitalized.")
    slots: dict[str, Any] = {"subject": "measles", "subject_id": "measles", "object_id": "", "relation": "statistic"}
    return Claim(start=0, end=len(quote), quote=quote, object=object, **(slots | fields))


@pytest.mark.parametrize(
    ("said", "held", "same", "why"),
    [
        (claim("20% of people"), row(), True, "the measure is named"),
        (claim("20% of people", quote="Measles kills 20% of people."), row(), False, "another measure"),
        (claim("20 cases"), row(), False, "another unit"),
        (claim("many people"), row(), False, "no number"),
        (claim("20% of people"), row(low=""), False, "the row has no bounds"),
        (claim("20% of people", quote="20% die in hospital of it."), row("deaths-in-hospital"), False, "deaths are not named"),
        (claim("20% of people", quote="20% of deaths were in hospital."), row("deaths-in-hospital"), True, "every word is"),
        (claim("20% of people"), row(measure=""), False, "a row that says not what it measures"),
    ],
    ids=lambda x: x if isinstance(x, str) else None,
)
def test_a_number_meets_a_row_on_the_same_measure_only(said: Claim, held: Evidence, same: bool, why: str) -> None:
    assert is_same_measure(said, held) is same, why


@pytest.mark.parametrize(
    ("object", "low", "high", "expected"),
    [
        ("20% of people", "20", "20", "within"),
        ("22% of people", "20", "20", "within"),
        ("23% of people", "20", "20", "above"),
        ("18% of people", "20", "20", "within"),
        ("17% of people", "20", "20", "below"),
        ("30% of people", "20", "", "within"),
        ("10 to 20% of people", "20", "30", "within"),
        ("10 to 15% of people", "20", "30", "below"),
        ("10 to 30% of people", "20", "20", "within"),
        ("many people", "20", "20", None),
        ("20 cases", "20", "20", None),
    ],
)
def test_a_number_lies_within_above_or_below(object: str, low: str, high: str, expected: str | None) -> None:
    assert side(claim(object), row(low=low, high=high)) == expected


def test_a_row_without_an_upper_bound_has_none() -> None:
    assert given_by(row(high="")) == Figure(20, float("inf"), "percent")


def judged(said: Claim, held: Evidence) -> Finding:
    return judge(said, find_matches(said, EvidenceTable([held], LEXICON)), LEXICON)


@pytest.mark.parametrize(
    ("said", "held", "verdict", "rule", "why"),
    [
        (claim("20% of people"), row(), "supported", "R1/affirm_definite", "N1: within"),
        (claim("20% of people"), row(certainty="low"), "supported", "R2/affirm_definite", "N1, whatever the certainty"),
        (claim("20% of people"), row(finding="refutes"), "contradicted", "R6/affirm_definite", "within what is refuted"),
        (claim("60% of people"), row(), "overstated", "N2", "N2: far above"),
        (claim("5% of people"), row(), "overstated", "N2", "N2: far below"),
        (claim("60% of people"), row(certainty="low"), "unverified", "", "N3: the row is not sure enough"),
        (claim("60% of people"), row(finding="refutes"), "unverified", "", "N3: not the number that is refuted"),
        (claim("900 deaths"), row(unit="deaths"), "unverified", "", "N3: counts grow"),
        (claim("60% of people", polarity="deny", denies="effect"), row(), "unverified", "", "N3: a denied number"),
        (claim("60% of people", quote="60% of people like measles."), row(), "unverified", "", "another measure"),
    ],
    ids=lambda x: x if isinstance(x, str) else None,
)
def test_a_number_is_judged_by_the_printed_rule(said: Claim, held: Evidence, verdict: str, rule: str, why: str) -> None:
    found = judged(said, held)
    assert (found.verdict, found.rule) == (verdict, rule), why


def test_a_number_outside_is_told_beside_what_the_row_gives() -> None:
    for said, held in ((claim("60% of people"), row()), (claim("60% of people"), row(certainty="low"))):
        assert judged(said, held).strength_gap == "says 60%; the row gives 20% (above)"
    assert "says 60%; the row gives 20% (above)" in judged(claim("60% of people"), row()).because
    assert judged(claim("20% of people"), row()).strength_gap == ""


def test_a_number_of_another_group_is_not_held_against_the_page() -> None:
    found = judged(claim("60% of people"), row(population="children"))
    assert ([m.how for m in found.matches], found.strength_gap) == (["similar"], "")


def test_a_number_of_a_class_goes_down_where_the_row_says_so() -> None:
    said = claim("20% of people", subject="red kratom", subject_id="red-kratom")
    assert judged(said, row(subject="kratom", applies_to="members")).matches[0].how == "broader"
    assert judged(said, row(subject="kratom")).matches == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It cuts the risk of a heart attack by 50%.", "cuts the risk of a heart attack by 50%"),
        ("Nuts reduce deaths from heart disease by up to 20 percent.", "reduce deaths from heart disease by up to 20 percent"),
        ("Users had a 36% lower risk.", "36% lower risk"),
        ("Smokers are twice as likely to die.", "twice as likely"),
        ("It halves your risk of stroke.", "halves your risk"),
        ("It raised the odds by half.", "raised the odds by half"),
        ("It cut the risk by 50%, from 2% to 1%.", ""),
        ("It cut the risk by 50%, or 5 in 1,000 people.", ""),
        ("In 2019 it cut the risk of death by 50%.", "cut the risk of death by 50%"),
        ("An absolute reduction of 1%; a 36% lower risk.", ""),
        ("It has 20% more zinc.", ""),
        ("It doubles the time.", ""),
        ("20% of people had headaches.", ""),
        ("", ""),
    ],
)
def test_a_relative_risk_without_what_it_changes_from_is_found(text: str, found: str) -> None:
    at = relative_risk(text)
    assert (text[at[0] : at[1]] if at else "") == found


@pytest.mark.timeout(10)
@pytest.mark.parametrize("text", ["1" * 200_000, "1." * 100_000, "cut " * 50_000, "risk by " * 25_000, "in 1 " * 40_000])
def test_a_page_of_digits_costs_no_time(text: str) -> None:
    figure(text)
    relative_risk(text)


def test_the_quick_look_for_a_number_misses_none() -> None:
    lines = [line for file in sorted(LABELLED.glob("*.jsonl")) for line in file.read_text(encoding="utf-8").splitlines()]
    texts = [s["quote"] for line in lines for s in json.loads(line)["statements"]]
    counted = [text for text in texts if special._NUMBER.search(text)]
    assert counted and all(special._COUNTED.search(text) for text in counted)
