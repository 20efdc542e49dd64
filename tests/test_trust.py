"""How much trust a reading is asked for before a page is faulted by it, and what forbids judging it at all."""

from __future__ import annotations

from dataclasses import replace
import pytest

from claims.extract import CONFIRMED, TRUSTED, TRUSTED_IN_WHOLE, TRUSTED_WELL, trust_asked, trusted
from claims.grounds import ALL_GUESSED
from claims.types import Claim
from pipeline.checker import Checker

SAID = Claim(
    start=0, end=6, quote="quoted", subject="kratom", subject_id="kratom", relation="treats", object="pain",
    object_id="pain", polarity="affirm", strength="definite", voice="own", grounded=True,
)
DENIED = replace(SAID, polarity="deny", denies="effect")


@pytest.mark.parametrize(
    ("claim", "guessed", "whole", "asked"),
    [
        (SAID, 0.0, False, TRUSTED),
        (SAID, 1.0, False, TRUSTED),
        (SAID, 0.0, True, TRUSTED_IN_WHOLE),
        (SAID, 1.0, True, TRUSTED_WELL),
        (DENIED, 0.0, False, TRUSTED_WELL),
        (DENIED, 0.0, True, TRUSTED_WELL),
    ],
    ids=["a passage", "a guess in one", "an article", "a guess in one", "a denial", "one in an article"],
)
def test_what_is_seldom_read_right_is_asked_for_more(claim: Claim, guessed: float, whole: bool, asked: float) -> None:
    assert trust_asked(claim, {ALL_GUESSED: guessed}, whole) == asked


@pytest.mark.parametrize(
    ("claim", "p", "grounded", "doubtful"),
    [
        (SAID, 0.5, True, False),
        (SAID, 0.25, True, True),
        (SAID, CONFIRMED - 0.01, False, True),
        (DENIED, TRUSTED_IN_WHOLE - 0.01, False, True),
        (DENIED, TRUSTED_IN_WHOLE, True, True),
        (replace(SAID, doubtful=True), CONFIRMED, False, True),
        (replace(SAID, doubtful=True), 0.5, True, True),
        (replace(SAID, grounded=False), 0.5, False, False),
    ],
)
def test_a_reading_is_judged_doubted_or_left_by_its_trust(claim: Claim, p: float, grounded: bool, doubtful: bool) -> None:
    told = trusted(claim, p, TRUSTED_WELL)
    assert (told.grounded, told.doubtful) == (grounded, doubtful)


@pytest.mark.parametrize(
    "text",
    [
        "Deep brain stimulation is an operation. Its use is being researched for epilepsy, depression and other ills.",
        "The team measured weight loss and improvement in quality of life a year after bariatric surgery.",
        "Aspirin was given for years. Deaths from lung cancer were cut by a third.",
        "For people with heart disease, some say, meditation is worth a try.",
        "Insulin sensitivity got better with pecans in overweight and obese adults.",
        "Trans fats are to be left out. These fats raise the risk of heart disease.",
        "Mammograms help in the detection of breast cancer.",
        "It is a drug-free therapy that is FDA-approved.",
        "Bariatric surgery changed health care.",
        "Which way it influences the risk of autism, folic acid has not told us.",
    ],
)
def test_what_is_of_no_effect_or_of_another_thing_is_not_judged(text: str, checker: Checker) -> None:
    assert [f.rule for f in checker.check(text).findings if f.flag] == []
