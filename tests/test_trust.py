"""How much trust a reading is asked for before a page is faulted by it, and what forbids judging it at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.grounds import ALL_GUESSED, DISPUTED, GUESSED_RELATION, WARNED
from claims.trust import (
    CONFIRMED,
    SURE,
    TRUSTED,
    TRUSTED_ALL_THE_SAME,
    TRUSTED_TO_DENY,
    TRUSTED_WELL,
    trust_asked,
    trusted,
)
from claims.types import Claim
from pipeline.checker import Checker
from tests.factories import PLAIN_CLAIM

# Nothing speaks for a reading, nor against it.
NOTHING = {ALL_GUESSED: 0.0, WARNED: 0.0, DISPUTED: 0.0}
DENIED = replace(PLAIN_CLAIM, polarity="deny", denies="effect")


@pytest.mark.parametrize(
    ("claim", "guessed", "whole", "asked"),
    [
        (PLAIN_CLAIM, 0.0, False, TRUSTED),
        (PLAIN_CLAIM, 1.0, False, TRUSTED),
        (PLAIN_CLAIM, 0.0, True, TRUSTED),
        (PLAIN_CLAIM, 1.0, True, TRUSTED_WELL),
        (DENIED, 0.0, False, TRUSTED_TO_DENY),
        (DENIED, 0.0, True, TRUSTED_TO_DENY),
    ],
    ids=["a passage", "a guess in one", "an article", "a guess in one", "a denial", "one in an article"],
)
def test_what_is_seldom_read_right_is_asked_for_more(claim: Claim, guessed: float, whole: bool, asked: float) -> None:
    assert trust_asked(claim, NOTHING | {ALL_GUESSED: guessed}, whole) == asked


@pytest.mark.parametrize(("ground", "asked"), [(GUESSED_RELATION, TRUSTED_WELL), ("stated relation", TRUSTED)])
def test_a_harm_that_no_rule_found_is_asked_for_more(ground: str, asked: float) -> None:
    assert trust_asked(replace(PLAIN_CLAIM, relation="causes"), NOTHING | {ground: 1.0}, whole=False) == asked


@pytest.mark.parametrize("against", [WARNED, DISPUTED])
def test_what_something_speaks_against_has_to_be_surer_before_it_is_faulted(against: str) -> None:
    asked = trust_asked(PLAIN_CLAIM, NOTHING | {against: 1.0}, whole=False)
    assert asked == TRUSTED_ALL_THE_SAME > TRUSTED_WELL
    assert trust_asked(DENIED, NOTHING | {against: 1.0}, whole=False) == TRUSTED_TO_DENY
    assert not trusted(PLAIN_CLAIM, asked, asked).doubtful
    assert trusted(PLAIN_CLAIM, asked - 0.01, asked).doubtful


@pytest.mark.parametrize(
    ("claim", "p", "grounded", "doubtful"),
    [
        (PLAIN_CLAIM, 0.5, True, False),
        (PLAIN_CLAIM, 0.25, True, True),
        (PLAIN_CLAIM, CONFIRMED - 0.01, False, True),
        (DENIED, TRUSTED - 0.01, False, True),
        (DENIED, TRUSTED, True, True),
        (replace(PLAIN_CLAIM, doubtful=True), CONFIRMED, False, True),
        (replace(PLAIN_CLAIM, doubtful=True), 0.5, True, True),
        (replace(PLAIN_CLAIM, grounded=False), 0.5, False, False),
    ],
)
def test_a_reading_is_judged_doubted_or_left_by_its_trust(claim: Claim, p: float, grounded: bool, doubtful: bool) -> None:
    told = trusted(claim, p, TRUSTED_WELL)
    assert (told.grounded, told.doubtful, told.trust) == (grounded, doubtful, round(p, 2))


@pytest.mark.parametrize(("p", "grounded"), [(SURE - 0.01, False), (SURE, True)])
def test_what_something_speaks_against_asks_for_more_trust(p: float, grounded: bool) -> None:
    assert trusted(PLAIN_CLAIM, p, TRUSTED, SURE).grounded is grounded
    assert trusted(PLAIN_CLAIM, p, TRUSTED).grounded


@pytest.mark.parametrize(
    "text",
    [
        "Aspirin was taken for ten years, and deaths from esophageal cancer were reduced by half.",
        "Some were keen to try an FDA-approved cannabis product.",
        "Aspartame influences the risk of brain cancer.",
        "The only FDA-approved drug-free therapy for erectile dysfunction is ours.",
        "The adaptogen studies deal with tiredness.",
    ],
)
def test_what_goes_wrong_or_is_of_another_thing_is_not_judged(
    text: str, checker: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def decided() -> list[str]:
        return [f.rule for f in checker.check(text).findings if f.verdict != "unverified"]

    assert decided() == []
    # However surely it is read.
    monkeypatch.setattr("claims.extract.trusted", lambda claim, *_: claim)
    monkeypatch.setattr("claims.extract.may_be_judged", lambda *_: True)
    assert decided() != []


@pytest.mark.parametrize(
    "text",
    [
        "Smoking. There are several things that cause lung cancer.",
        "Ibuprofen. There are many things that relieve headache.",
    ],
)
def test_what_seems_to_be_of_another_thing_is_at_most_found_supported_and_only_if_it_is_read_surely(
    text: str, checker: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found() -> list[tuple[str, bool]]:
        return [(f.verdict, f.claim.doubtful) for f in checker.check(text).findings]

    monkeypatch.setattr("claims.extract.SURE", 2.0)
    assert found() == [("unverified", True)]
    monkeypatch.setattr("claims.extract.SURE", 0.0)
    assert found() == [("supported", True)]


@pytest.mark.parametrize(
    "text",
    [
        "The team measured weight loss, improvement in metabolism and quality of life in 90 patients a year after bariatric surgery.",
        "Pecans were of benefit in obese and overweight adults.",
        "For people who suffer from migraine, acupuncture is a good start.",
        "Acupuncture in clinics. Patients were seen for migraine and headache.",
        "St John's wort has set off mania in a few people who turned out to have bipolar disorder.",
    ],
)
def test_a_page_is_not_faulted_for_an_effect_that_it_does_not_state(
    text: str, checker: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def flagged() -> bool:
        return any(f.flag for f in checker.check(text).findings)

    assert not flagged()
    monkeypatch.setattr("claims.extract.trusted", lambda claim, *_: claim)
    monkeypatch.setattr("claims.extract.says_no_effect", lambda *_: False)
    assert flagged()
