"""What is left out of a statement's claims beside surer ones."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.surplus import TRUSTED_BESIDE_OTHERS, without_surplus
from claims.types import Claim
from tests.factories import PLAIN_CLAIM

SURE = replace(PLAIN_CLAIM, trust=0.6)
WEAK = replace(SURE, object="sleep", object_id="sleep", trust=TRUSTED_BESIDE_OTHERS - 0.01)
TOLD = replace(SURE, relation="mechanism", object="blocks pain receptors", object_id="", trust=0.5)
ACTS = replace(TOLD, object_id="act=inhibits;target=opioid-receptor")


def test_what_is_hardly_trusted_stands_only_alone() -> None:
    assert without_surplus([WEAK, SURE]) == [SURE]
    assert without_surplus([WEAK]) == [WEAK]
    elsewhere = replace(WEAK, start=10, end=16)
    assert without_surplus([SURE, elsewhere]) == [SURE, elsewhere]
    just = replace(WEAK, trust=TRUSTED_BESIDE_OTHERS)
    assert without_surplus([just, SURE]) == [just, SURE]


def test_of_those_hardly_trusted_the_best_stands() -> None:
    worse = replace(WEAK, object="mood", object_id="mood", trust=0.05)
    assert without_surplus([worse, WEAK]) == [WEAK]


def test_numbers_stand_however_unsure() -> None:
    number = replace(WEAK, relation="statistic", object="40 percent", object_id="", trust=0.01)
    assert without_surplus([SURE, number]) == [SURE, number]


@pytest.mark.parametrize(
    ("other", "stays"),
    [
        (replace(TOLD, object="blocks the pain receptors", trust=0.4), False),
        (replace(TOLD, object="blocks pain", trust=0.6), False),
        (replace(TOLD, object="tastes bitter", trust=0.4), True),
        (replace(TOLD, object="blocks pain", subject="7-oh", trust=0.4), True),
        (replace(TOLD, object="blocks pain", polarity="deny", trust=0.4), True),
        (replace(TOLD, object="blocks pain receptors", relation="use", trust=0.4), True),
        (replace(TOLD, object="blocks pain", start=10, end=16, trust=0.4), True),
        (replace(TOLD, object="blocks pain", object_id="act=inhibits;target=pain", trust=0.4), True),
    ],
    ids=["less sure", "surer", "other words", "of another", "denied", "as a use", "elsewhere", "with fields"],
)
def test_one_thing_is_told_once(other: Claim, stays: bool) -> None:
    kept = without_surplus([TOLD, other])
    assert kept == ([TOLD, other] if stays else [max(TOLD, other, key=lambda c: c.trust)])


def test_fields_that_another_has_add_nothing() -> None:
    again = replace(ACTS, object="blocks receptors", trust=0.4)
    assert without_surplus([ACTS, again]) == [ACTS]


def test_things_that_are_alike_are_not_the_same() -> None:
    back, neck = (replace(SURE, object=f"{place} pain", object_id=f"{place}-pain") for place in ("back", "neck"))
    assert without_surplus([back, neck]) == [back, neck]
