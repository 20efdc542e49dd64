"""The dashboard in every state, without a browser: what it draws is a function of the reports it is given."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pipeline.dashboard import exposure, jobs, words
from pipeline.dashboard.sources import SAMPLES, Link, Pasted
from tests.desks import InstantDesk, SlowDesk
from tests.factories import (
    article,
    failed_report,
    finding,
    hostile_report,
    kratom_report,
    plain_report,
    report,
)

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
    assert "Sample page · **6 flagged** of 12 claims" in says(at)
    assert drawn(at)["page"]["state"] == "ready"
    assert [button.label for button in at.get("download_button")] == ["JSON", "CSV"]


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
    labels = [button.label for button in at.get("download_button")]
    assert labels == ["JSON", "CSV", "JSON Lines", "CSV, one table"]


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
    for word in (*words.VERDICT.values(), *words.REASON_MEANS.values(), *words.HARM.values()):
        assert word.lower() in shown


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
