"""From the component's log to the store, and back to what the screen shows."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.dashboard.deciding import reviews_of
from pipeline.dashboard.opened import open_report
from tests.factories import kratom_report, repeated_report


def entry(finding: str = "", **fields: Any) -> dict[str, Any]:
    given = {"session": "s", "seq": 7, "scope": "p", "finding": finding, "decision": "agree", "reviewer": "Ann"}
    return given | fields


def test_a_press_is_about_every_place_of_the_claim() -> None:
    opened = open_report(repeated_report())
    ids = [f.id for f in repeated_report().findings]
    found = list(reviews_of(entry(ids[0], note="n", seconds=2.5), opened))
    assert [(r.finding_id, r.press, r.note, r.seconds) for r in found] == [(id_, "s.7", "n", 2.5) for id_ in ids]
    assert {r.target.machine_verdict for r in found} == {"unsupported"}
    assert len({r.target.start for r in found}) == 5


@pytest.mark.parametrize(
    ("apart", "want"),
    [
        ({"without": [1, 4], "only": []}, [0, 2, 3]),
        ({"without": [], "only": [2]}, [2]),
        ({"without": [], "only": []}, [0, 1, 2, 3, 4]),
    ],
    ids=["some left out", "some alone", "all"],
)
def test_a_press_is_not_about_places_that_were_left_out(apart: dict[str, list[int]], want: list[int]) -> None:
    ids = [f.id for f in repeated_report().findings]
    given = entry(ids[0], **{name: [ids[n] for n in chosen] for name, chosen in apart.items()})
    assert [r.finding_id for r in reviews_of(given, open_report(repeated_report()))] == [ids[n] for n in want]


def test_a_decision_on_a_finding_that_is_gone_is_kept() -> None:
    (found,) = reviews_of(entry("gone"), open_report(kratom_report()))
    assert (found.finding_id, found.decision, found.target.quote) == ("gone", "agree", "")


def test_an_undo_names_the_press_and_is_one_record() -> None:
    (found,) = reviews_of(entry("f", decision="undo", undoes="s.3"), open_report(repeated_report()))
    assert (found.decision, found.undoes) == ("undo", "s.3")


def test_a_missed_claim_has_the_words_of_the_page() -> None:
    opened = open_report(kratom_report())
    start = opened.text.index("long winter")
    said = {"subject": " winter ", "relation": "causes", "object": "gloom", "polarity": "affirm", "strength": "hedged", "voice": "own"}
    given = entry(decision="missed", verdict="overstated", start=start, end=start + 11, claim=said, quote="not what the page says")
    (found,) = reviews_of(given, opened)
    assert (found.target.quote, found.target.subject, found.verdict) == ("long winter", "winter", "overstated")
    (again,) = reviews_of(given | {"seq": 8, "reviewer": "Ben"}, opened)
    assert again.finding_id == found.finding_id


@pytest.mark.parametrize(("user", "want"), [("", "Ann"), ("Signed In", "Signed In")])
def test_who_signed_in_is_the_reviewer(user: str, want: str) -> None:
    opened = open_report(kratom_report())
    (first, *_) = reviews_of(entry(kratom_report().findings[0].id), opened, user)
    assert first.reviewer == want
