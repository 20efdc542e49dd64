"""The queue's items over both forms of results: order, filters, the same claim across pages."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from claims.types import Report
from pipeline.batch import Scored
from pipeline.dataset import open_output
from pipeline.results import ResultsError
from pipeline.workfilters import Filters
from pipeline.worklist import Worklist
from tests.factories import article, finding, report, review

GARLIC: Any = ("garlic", "treats", "colds")
LEAF: Any = ("kratom", "treats", "pain")
TOPICS = {"kratom": "leaves"}
Open = Callable[..., Worklist]


def page(name: str, *said: tuple[str, Any, str, dict[str, Any]], **fields: Any) -> Report:
    text = article(tuple(("paragraph", 0, quote) for quote, *_ in said), site=name, url=f"https://{name}/", **fields)
    return report(text, *(finding(text, quote, triple, verdict, **more) for quote, triple, verdict, more in said))


def pages() -> list[Report]:
    return [
        page("a.example", ("Garlic cures colds.", GARLIC, "unsupported", {}), ("It is fine.", LEAF, "supported", {}), published="2026-01-10"),
        page("b.example", ("Yes, garlic cures colds.", GARLIC, "unsupported", {}), published="2026-05-01T10:00"),
        page("c.example", ("Kratom ends pain.", LEAF, "contradicted", {"harm": 3}), published=""),
        page("d.example", ("Kratom may end pain.", LEAF, "overstated", {"harm": 1, "confidence": "high", "claim": {"voice": "reported"}})),
    ]  # fmt: skip


@pytest.fixture(params=["data set", "lines"])
def open_(request: pytest.FixtureRequest, tmp_path: Path) -> Open:
    """Write reports as a batch would, and open them."""

    def opened(*reports: Report) -> Worklist:
        out = f"{tmp_path}/run/" if request.param == "data set" else f"{tmp_path}/run.jsonl"
        with open_output(out) as write:
            for line, one in enumerate(reports or pages(), start=1):
                write(Scored(id=f"page-{line}", line=line, report=one))
        return Worklist(Path(out), TOPICS)

    return opened


def test_harm_comes_first_then_confidence_then_how_often(open_: Open) -> None:
    worklist = open_()
    items = worklist.items(worklist.batch(Filters(), [], 25), 1)
    assert [(item.places[0].site, item.count, len(item.places)) for item in items] == [
        ("c.example", 1, 1),
        ("d.example", 1, 1),
        (items[2].places[0].site, 2, 1),
    ]
    assert len(worklist.batch(Filters(), [], 2)) == 2


@pytest.mark.parametrize(
    ("filters", "want"),
    [
        (Filters(sites=("b.example",), reviewed="all"), {"garlic"}),
        (Filters(verdicts=("supported",)), {"supported"}),
        (Filters(verdicts=("overstated", "contradicted")), {"ends", "may"}),
        (Filters(harm=2), {"ends"}),
        (Filters(voices=("reported",)), {"may"}),
        (Filters(topics=("leaves",)), {"ends", "may"}),
        (Filters(since="2026-04-01", reviewed="all"), {"garlic"}),
        (Filters(until="2026-02-01", reviewed="all"), {"garlic"}),
        (Filters(sites=("b.example",), harm=2), set()),
        (Filters(reviewers=("Ann",), reviewed="all"), {"garlic"}),
        (Filters(reviewers=("Ben",), reviewed="all"), set()),
        (Filters(reviewed="reviewed"), {"garlic"}),
        (Filters(), {"ends", "may"}),
    ],
    ids=str,
)
def test_filters(open_: Open, filters: Filters, want: set[str]) -> None:
    worklist = open_()
    leads = worklist.batch(filters, [review(1, page.findings[0].id) for page in pages()[:2]], 25)
    names = {"unsupported": "garlic", "contradicted": "ends", "overstated": "may", "supported": "supported"}
    assert {names[item.places[0].claim["verdict"]] for item in worklist.items(leads, 1)} == want


def test_one_decision_is_about_every_place_whatever_the_filter(open_: Open) -> None:
    worklist = open_()
    (lead,) = worklist.batch(Filters(sites=("b.example",)), [], 25)
    places = worklist.places(lead)
    assert {target.quote for _, target in places} == {"Garlic cures colds.", "Yes, garlic cures colds."}
    assert {id_ for id_, _ in places} == {pages()[0].findings[0].id, pages()[1].findings[0].id}
    assert worklist.places("no such finding") == []
    found = worklist.pages([lead])
    assert [page.report["page"] for page in found] == [{"markers": [], "omissions": []}] * 2
    assert {page.report["as_of"] for page in found} == {"2026-11-26"}


def test_progress_counts_items_and_what_is_decided(open_: Open) -> None:
    worklist = open_()
    both = [review(1, page.findings[0].id) for page in pages()[:2]]
    progress = worklist.progress(Filters(), [*both, review(2, "else", decision="skip")])
    assert (progress.items, progress.claims, progress.decided) == (3, 4, 1)
    skipped = worklist.progress(Filters(), [replace(one, decision="skip") for one in both])
    assert skipped.decided == 0


def test_a_place_that_was_left_out_opens_its_item_again_and_leads_it(open_: Open) -> None:
    worklist = open_()
    done, left = (page.findings[0].id for page in pages()[:2])
    reviews = [review(1, done)]
    assert worklist.progress(Filters(), reviews).decided == 0
    assert left in worklist.batch(Filters(), reviews, 25)
    assert worklist.batch(Filters(reviewed="reviewed"), reviews, 25) == []
    assert worklist.batch(Filters(reviewed="all", reviewers=("Ann",)), reviews, 25) == [left]


def test_of_many_places_some_are_listed_and_one_stands_for_the_rest(open_: Open) -> None:
    worklist = open_()
    (lead,) = worklist.batch(Filters(sites=("b.example",)), [], 25)
    (item,) = worklist.items([lead], 1)
    assert (item.count, len(item.places), item.places[0].claim["id"]) == (2, 1, lead)
    assert item.rest is not None
    assert item.rest.claim["id"] != lead
    (whole,) = worklist.items([lead], 2)
    assert (len(whole.places), whole.rest) == (2, None)


def test_choices_are_what_the_results_hold(open_: Open) -> None:
    choices = open_().choices()
    assert choices["site"][0] == "a.example"
    assert choices["topic"] == ["leaves"]
    assert set(choices["verdict"]) == {"unsupported", "supported", "contradicted", "overstated"}


def test_results_that_are_none_are_said_in_a_line(tmp_path: Path) -> None:
    with pytest.raises(ResultsError, match="this is no data set"):
        Worklist(tmp_path, TOPICS)
    file = tmp_path / "x.jsonl"
    file.write_text(json.dumps({"id": 1}))
    with pytest.raises(ResultsError, match=r"x\.jsonl:1"):
        Worklist(file, TOPICS)
