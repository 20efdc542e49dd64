"""The dashboard in every state, without a browser: what it draws is a function of the reports it is given."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from claims.types import Report
from pipeline.batch import Scored
from pipeline.dashboard import exposure, jobs, table, words
from pipeline.dashboard.opened import open_report
from pipeline.dashboard.sources import SAMPLES, Link, Local, Pasted
from pipeline.dataset import open_output
from pipeline.handover import RESULTS_VARIABLE, REVIEWS_VARIABLE, Handover
from pipeline.reporting import FORMS
from pipeline.reviews import target_of
from pipeline.store import ReviewStore
from tests.desks import InstantDesk, SlowDesk
from tests.factories import (
    article,
    evidence,
    failed_report,
    finding,
    hostile_report,
    kratom_report,
    long_report,
    plain_report,
    repeated_report,
    report,
)
from tests.factories import review as make_review

APP = str(Path(__file__).parents[1] / "app.py")
Open = Callable[[InstantDesk], AppTest]


@pytest.fixture
def open_app(monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open the app in front of a desk."""

    def opened(desk: InstantDesk) -> AppTest:
        monkeypatch.setattr(jobs, "desk", lambda: desk)
        return run(AppTest.from_file(APP, default_timeout=30))

    return opened


def run(at: AppTest) -> AppTest:
    at.run()
    assert not at.exception
    return at


def drawn(at: AppTest) -> dict[str, Any]:
    """What the reader component was given."""
    given: dict[str, Any] = json.loads(at.get("bidi_component")[0].proto.json)
    return given


def says(at: AppTest) -> str:
    return " ".join(element.value for kind in (at.markdown, at.warning, at.header) for element in kind)


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click()
    return run(at)


# What it shows


def test_opens_with_a_sample_already_checked(open_app: Open) -> None:
    desk = InstantDesk()
    at = open_app(desk)
    assert desk.seen == [SAMPLES[0].upload()]
    assert "Sample page · **6 flagged** of 12 claims, 5 of them different" in says(at)
    assert drawn(at)["page"]["state"] == "ready"
    assert [button.label for button in at.get("download_button")] == [*FORMS.values(), "JSON", "CSV"]


def test_pasted_text_is_checked_and_shown(open_app: Open) -> None:
    desk = InstantDesk(**{"Pasted text 2": plain_report()})
    at = open_app(desk)
    at.text_area[0].input("Wash your hands.")
    press(at, "Check text")
    assert desk.seen[-1] == Pasted(name="Pasted text 2", text="Wash your hands.")
    assert "No health claims found" in says(at)
    assert [page["title"] for page in drawn(at)["pages"]] == [kratom_report().article.title, "Pasted text 2"]


def test_several_files_come_in_order_and_the_first_is_opened(open_app: Open) -> None:
    at = open_app(InstantDesk())
    files = [(name, b"...", "text/html") for name in ("hostile.html", "empty.pdf", "plain.txt")]
    at.file_uploader[0].set_value(files)
    press(at, "Check files")
    pages = drawn(at)["pages"]
    assert [page["state"] for page in pages] == ["ready", "ready", "failed", "ready"]
    assert [page["note"] for page in pages] == ["6", "4", "", "0"]
    assert [page["chosen"] for page in pages] == [False, True, False, False]
    at.radio[0].set_value("All pages")
    labels = [button.label for button in run(at).get("download_button")]
    assert labels == [*FORMS.values(), "JSON Lines", "CSV"]


def test_a_link_is_handed_on_as_it_is(open_app: Open) -> None:
    desk = InstantDesk()
    at = open_app(desk)
    at.text_input[0].input("  https://example.org/a?b=c  ")
    press(at, "Fetch and check")
    assert desk.seen[-1] == Link(url="https://example.org/a?b=c")


@pytest.mark.parametrize(
    ("button", "line"),
    [
        ("Check text", "There is no text yet"),
        ("Check files", "No file is chosen yet"),
        ("Fetch and check", "There is no address yet"),
    ],
)
def test_nothing_handed_in_is_said_in_a_line(open_app: Open, button: str, line: str) -> None:
    desk = InstantDesk()
    assert line in says(press(open_app(desk), button))
    assert len(desk.seen) == 1


def test_a_page_that_failed_shows_its_line_and_offers_no_report(open_app: Open) -> None:
    at = open_app(InstantDesk(**{SAMPLES[0].file: failed_report("The file is empty.")}))
    assert "Not checked" in says(at)
    assert drawn(at)["page"]["error"] == "The file is empty."
    assert not at.get("download_button")


def test_nothing_flagged_is_said(open_app: Open) -> None:
    page = article()
    good = finding(
        page, "Kratom energises the spirit of the whole family.", ("kratom", "improves", "x"), "unverified"
    )
    at = open_app(InstantDesk(**{SAMPLES[0].file: report(page, good)}))
    assert "**Nothing flagged** among 1 claim" in says(at)
    assert drawn(at)["page"]["flagged"] == []


def test_clearing_leaves_the_empty_state_and_a_way_back(open_app: Open) -> None:
    at = press(open_app(InstantDesk()), "Clear all pages")
    assert "Nothing to read yet" in says(at)
    assert not at.get("bidi_component")
    assert drawn(press(at, "Open the first sample"))["page"]["state"] == "ready"


def test_a_sample_is_opened_once_and_tried_again_when_it_failed(open_app: Open) -> None:
    desk = InstantDesk(**{SAMPLES[1].file: failed_report()})
    at = open_app(desk)
    for label in (SAMPLES[0].label, SAMPLES[1].label, SAMPLES[1].label, SAMPLES[0].label):
        press(at, label)
    assert [page["state"] for page in drawn(at)["pages"]] == ["ready", "failed", "failed"]
    assert drawn(at)["page"]["id"] == "page-1"


def test_pages_on_their_way_show_progress_and_can_be_stopped(open_app: Open) -> None:
    desk = SlowDesk()
    at = open_app(desk)
    assert drawn(at)["page"] == {"id": "page-1", "state": "waiting", "title": SAMPLES[0].label}
    press(at, SAMPLES[1].label)
    press(at, SAMPLES[2].label)
    desk.finish()
    run(at)
    assert [page["state"] for page in drawn(at)["pages"]] == ["ready", "waiting", "waiting"]
    assert at.get("progress")[0].proto.text == "1 of 3 pages checked"
    desk.open[0][1].set_running_or_notify_cancel()
    press(at, "Stop")
    assert [page["state"] for page in drawn(at)["pages"]] == ["ready", "waiting"]


def test_hostile_pages_reach_no_markdown_and_no_link(open_app: Open) -> None:
    at = open_app(InstantDesk(**{SAMPLES[0].file: hostile_report()}))
    assert "owned" not in says(at)
    page = drawn(at)["page"]
    assert page["url"] == ""
    assert {row["url"] for card in page["findings"].values() for row in card["evidence"]} == {""}


def test_the_guide_explains_every_verdict_reason_and_harm() -> None:
    at = run(AppTest.from_string("from pipeline.dashboard import guide\nguide.view()", default_timeout=30))
    shown = " ".join(str(table.value.values.tolist()) for table in at.table).lower()
    means = (words.REASON_MEANS, words.HARM, words.DECISION_MEANS)
    for word in (*words.VERDICT.values(), *(word for meaning in means for word in meaning.values())):
        assert word.lower() in shown


def test_opens_with_the_files_of_the_command_line(
    open_app: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    given = Handover(files=(tmp_path / "plain.txt", tmp_path / "hostile.html"))
    for name, value in given.as_environment().items():
        monkeypatch.setenv(name, value)
    desk = InstantDesk()
    at = open_app(desk)
    assert desk.seen == [Local(path=file) for file in given.files]
    assert [page["chosen"] for page in drawn(at)["pages"]] == [True, False]
    assert "Sample page" not in says(at)


def test_reviews_that_cannot_be_opened_are_said_where_they_are_made(
    open_app: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(REVIEWS_VARIABLE, str(tmp_path))
    review = drawn(open_app(InstantDesk()))["review"]
    assert "the reviews cannot be read or written" in review["fault"]
    assert review["reviews"] == []


def test_reviews_of_the_page_come_with_it(
    open_app: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "reviews.sqlite"
    monkeypatch.setenv(REVIEWS_VARIABLE, str(file))
    opened = open_report(kratom_report())
    finding_id = kratom_report().findings[0].id
    was = target_of(replace(opened.page, text_hash="other"), opened.claims[finding_id])
    ReviewStore(file).add(
        [
            make_review(1, finding_id, target=was),
            make_review(2, finding_id, decision="unsure"),
            make_review(3, finding_id, decision="undo", undoes="s.2"),
        ]
    )
    (shown,) = drawn(open_app(InstantDesk()))["review"]["reviews"]
    assert (shown["decision"], shown["finding"], shown["press"]) == ("agree", finding_id, "s.1")
    assert shown["changed"] == ["The page has changed since."]


# The queue


@pytest.fixture
def open_queue(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[Path | None], AppTest]:
    """Open the queue over results."""

    def opened(results: Path | None) -> AppTest:
        monkeypatch.setenv(RESULTS_VARIABLE, str(results or ""))
        monkeypatch.setenv(REVIEWS_VARIABLE, str(tmp_path / "reviews.sqlite"))
        return run(AppTest.from_string("from pipeline.dashboard import queue\nqueue.view()", default_timeout=30))

    return opened


def results_of(tmp_path: Path, *reports: Report) -> Path:
    with open_output(f"{tmp_path}/run/") as write:
        for line, one in enumerate(reports, start=1):
            write(Scored(id=line, line=line, report=one))
    return tmp_path / "run"


def test_the_queue_shows_items_with_their_places(open_queue: Callable[..., AppTest], tmp_path: Path) -> None:
    at = open_queue(results_of(tmp_path, kratom_report(), repeated_report(), hostile_report()))
    given = drawn(at)
    page = given["page"]
    assert (page["kind"], page["findings"][page["flagged"][0]]["harm"]) == ("queue", 3)
    assert max(page["counts"].values()) == 5
    place = page["places"][page["flagged"][0]][0]
    assert "".join(text for text, _ in place["runs"]) == page["findings"][page["flagged"][0]]["quote"]
    assert "owned" not in says(at)
    assert given["review"]["scopes"] == [str(tmp_path / "run")]


def test_the_queue_tells_of_a_row_what_the_table_says_of_it(
    open_queue: Callable[..., AppTest], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "evidence", lambda: {"kratom-001": evidence(checked_on="2026-05-04")})
    page = drawn(open_queue(results_of(tmp_path, long_report(1))))["page"]
    (row,) = page["findings"][page["flagged"][0]]["evidence"]
    assert (row["id"], row["checked"]) == ("kratom-001", "2026-05-04")


def test_filters_choose_what_the_queue_shows(open_queue: Callable[..., AppTest], tmp_path: Path) -> None:
    at = open_queue(results_of(tmp_path, kratom_report(), repeated_report()))
    assert "**6 different claims**, said 11 times; 0 decided" in says(at)
    at.multiselect(key="verdict").set_value(["unverified"])
    run(at)
    assert {card["verdict"] for card in drawn(at)["page"]["findings"].values()} == {"unverified"}
    at.selectbox(key="harm").set_value(3)
    run(at)
    assert "Nothing is left to decide" in " ".join(element.value for element in at.subheader)


def test_a_batch_keeps_its_order_until_the_next_is_taken(
    open_queue: Callable[..., AppTest], tmp_path: Path
) -> None:
    at = open_queue(results_of(tmp_path, long_report(40)))
    first = drawn(at)["page"]["flagged"]
    assert len(first) == 25
    ReviewStore(tmp_path / "reviews.sqlite").add(make_review(n, id_) for n, id_ in enumerate(first))
    assert drawn(run(at))["page"]["flagged"] == first
    rest = drawn(press(at, "Next batch"))["page"]["flagged"]
    assert len(rest) == 15
    assert not set(rest) & set(first)


@pytest.mark.parametrize(
    ("results", "line"),
    [(None, "No results to work through"), ("folder", "this is no data set"), ("gone", "there are no such results")],
)
def test_a_queue_without_results_says_what_to_do(
    open_queue: Callable[..., AppTest], tmp_path: Path, results: str | None, line: str
) -> None:
    path = None if results is None else tmp_path / results
    if results == "folder":
        (tmp_path / results).mkdir()
    at = open_queue(path)
    assert line in says(at) + " ".join(element.value for element in at.text)


# Who may look


@pytest.mark.parametrize(
    ("address", "url", "signed_in", "warned"),
    [
        ("127.0.0.1", "http://127.0.0.1:8501/", False, False),
        ("localhost", "http://localhost:8501/", False, False),
        ("::1", "http://[::1]:8501/", False, False),
        ("127.0.0.1", "", False, False),
        ("0.0.0.0", "http://127.0.0.1:8501/", False, True),
        ("", "http://localhost:8501/", False, True),
        ("192.168.1.7", "http://192.168.1.7:8501/", False, True),
        ("127.0.0.1", "https://nostrum.example.org/", False, True),
        ("127.0.0.1", "https://localhost.example.org/", False, True),
        ("0.0.0.0", "https://nostrum.example.org/", True, False),
    ],
)
def test_warns_when_others_can_open_it(address: str, url: str, signed_in: bool, warned: bool) -> None:
    assert exposure.exposed(address, url, signed_in=signed_in) is warned
