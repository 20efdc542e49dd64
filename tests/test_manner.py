from __future__ import annotations

from dataclasses import replace

import pytest

from claims.context import Context
from claims.manner import DENIED, HEDGED, NOT_DENIED, REJECTED, Manner, settle, spelled
from claims.types import Polarity, Strength
from pipeline.checker import Checker

PLAIN = Context(
    "affirm", None, "definite", "own", attributed=False, guessed=False, beside_denial=False, doubtful=False,
    distanced=False, hits=(),
)  # fmt: skip
SURE = Manner(denied=0.0, hedged=0.0, reported=0.0, rejected=0.0)


def test_the_classes_of_a_model_add_up() -> None:
    likely = {spelled("deny", "hedged", "own"): 0.5, spelled("affirm", "hedged", "reported"): 0.25}
    assert Manner.of(likely) == Manner(denied=0.5, hedged=0.75, reported=0.25, rejected=0.0)


def test_what_is_sure_stays_as_the_cues_say() -> None:
    assert settle(PLAIN, SURE, "treats") == PLAIN


@pytest.mark.parametrize(("told", "least"), [("affirm", DENIED[1]), ("deny", DENIED[0])])
def test_a_polarity_turns_at_its_threshold_and_is_then_not_judged(told: Polarity, least: float) -> None:
    context = replace(PLAIN, polarity=told, denies="effect" if told == "deny" else None)
    under, over = (settle(context, SURE._replace(denied=least + d), "treats") for d in (-0.01, 0.01))
    assert (under.polarity, over.polarity) == ("affirm", "deny")
    assert (under.denies, over.denies) == (None, "effect")
    turned = under if told == "deny" else over
    assert turned.guessed and (under, over).count(context) == 1


def test_what_is_said_not_to_be_safe_stays_so() -> None:
    unsafe = replace(PLAIN, polarity="deny", denies="effect")
    assert settle(unsafe, SURE, "safe") == unsafe
    assert settle(unsafe, SURE, "causes").polarity == "affirm"


@pytest.mark.parametrize(("denied", "guessed"), [(NOT_DENIED - 0.01, False), (NOT_DENIED, True)])
def test_what_stands_beside_a_denial_is_never_faulted_and_decided_only_if_not_denied(denied: float, guessed: bool) -> None:
    put = settle(replace(PLAIN, beside_denial=True), SURE._replace(denied=denied), "treats")
    assert (put.guessed, put.doubtful) == (guessed, True)


@pytest.mark.parametrize("told", ["definite", "absolute", "hedged"])
def test_a_hedge_stays_longer_than_it_takes_to_make_one(told: Strength) -> None:
    context = replace(PLAIN, strength=told)
    between = (HEDGED[0] + HEDGED[1]) / 2
    assert settle(context, SURE._replace(hedged=between), "treats").strength == told
    assert settle(context, SURE._replace(hedged=0.9), "treats").strength == "hedged"
    assert settle(context, SURE, "treats").strength == ("definite" if told == "hedged" else told)


def test_a_rejection_by_cues_stands_with_its_polarity_until_it_is_hardly_likely() -> None:
    context = replace(PLAIN, voice="rejected")
    likely = SURE._replace(denied=0.99, reported=0.8, rejected=REJECTED[0])
    assert settle(context, likely, "treats") == context


def test_a_page_is_not_faulted_where_the_cues_that_reject_are_overruled() -> None:
    put = settle(replace(PLAIN, voice="rejected"), SURE._replace(rejected=REJECTED[0] - 0.01), "treats")
    assert (put.voice, put.doubtful, put.polarity) == ("own", True, "affirm")


def test_the_likelier_of_own_and_reported_is_the_voice() -> None:
    assert settle(PLAIN, SURE._replace(reported=0.6), "treats").voice == "reported"
    assert settle(replace(PLAIN, voice="reported"), SURE._replace(reported=0.4), "treats").voice == "own"
    assert settle(PLAIN, SURE._replace(reported=0.45), "treats").voice == "reported", "own is told too often"
    assert settle(PLAIN, SURE._replace(rejected=REJECTED[1] + 0.01), "treats").voice == "rejected"


def test_voice_is_read_where_no_cue_says_it(checker: Checker) -> None:
    text = (
        "“Zinc shortens the common cold,” Dr. Ames told the newspaper on Tuesday. “Zinc eases a sore throat, too,” she added.\n"
        "Garlic lowers blood pressure."
    )
    voices = {f.claim.subject_id: f.claim.voice for f in checker.check(text).findings}
    assert voices["zinc"] == "reported"
    assert voices["garlic"] == "own"
