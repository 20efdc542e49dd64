"""The child process behind the dashboard, and the samples it reads."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from concurrent.futures import Future
from multiprocessing.connection import Connection
from typing import Any

import pytest

from claims.types import Report
from pipeline.dashboard import jobs
from pipeline.dashboard.sources import SAMPLES, Source, Upload
from tests.factories import kratom_report, plain_report

# The child process


def echo(line: Connection) -> None:
    """A child that answers as the source's name tells it to."""
    line.send("")
    while True:
        source = line.recv()
        match source:
            case Upload(name="hang"):
                line.poll(None)
            case Upload(name="crash"):
                sys.exit(1)
            case _:
                line.send(plain_report())


def faulty(line: Connection) -> None:
    """A child whose table has faults."""
    line.send("kratom.csv, line 7: no source")


def stillborn(line: Connection) -> None:
    """A child that dies before it is ready."""


@pytest.fixture
def desk_of(request: pytest.FixtureRequest) -> Callable[..., jobs.Desk]:
    """Open desks and close them after the test."""

    def opened(*args: Any, **kwargs: Any) -> jobs.Desk:
        desk = jobs.Desk(*args, **kwargs)
        request.addfinalizer(desk.close)
        return desk

    return opened


def ask(desk: jobs.Desk, *names: str) -> list[str | None]:
    coming: list[Future[Report]] = [desk.submit(Upload(name=name, data=b"")) for name in names]
    return [future.result(timeout=60).error for future in coming]


def test_a_page_that_hangs_or_crashes_costs_only_itself(desk_of: Callable[..., jobs.Desk]) -> None:
    errors = ask(desk_of(echo, patience=0.5), "good", "hang", "good", "crash", "good")
    assert errors == [
        None,
        "The page took longer than 0.5 seconds and was stopped.",
        None,
        "The page made the checker stop. It has been started again.",
        None,
    ]


def test_a_table_with_faults_is_named_on_every_page(desk_of: Callable[..., jobs.Desk]) -> None:
    assert ask(desk_of(faulty), "a", "b") == ["kratom.csv, line 7: no source"] * 2


def test_a_checker_that_cannot_start_is_said(desk_of: Callable[..., jobs.Desk]) -> None:
    assert ask(desk_of(stillborn), "a") == ["The checker could not start. The log of the server says why."]


def test_a_page_taken_back_is_not_checked(desk_of: Callable[..., jobs.Desk]) -> None:
    desk = desk_of(echo)
    first: Source = Upload(name="good", data=b"")
    running, waiting = desk.submit(first), desk.submit(first)
    assert waiting.cancel()
    assert running.result(timeout=60).error is None


def test_a_page_that_is_being_checked_can_be_stopped(desk_of: Callable[..., jobs.Desk]) -> None:
    desk = desk_of(echo)
    hanging, next_ = (desk.submit(Upload(name=name, data=b"")) for name in ("hang", "good"))
    while not hanging.running():
        time.sleep(0.01)
    while not hanging.done():
        assert not desk.stop(hanging)
        time.sleep(0.05)
    assert hanging.result().error == "The page was stopped before it was checked."
    assert next_.result(timeout=60).error is None


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.file)
def test_samples_are_articles_with_headings_and_lists(sample: Any) -> None:
    from pipeline.dashboard.worker import read

    page = read(sample.upload())
    assert 300 <= len(page.text.split()) <= 600
    assert {"heading", "paragraph", "list_item"} <= {block.kind for block in page.blocks}


def test_a_page_without_a_title_is_called_as_it_was_handed_in() -> None:
    from pipeline.dashboard.worker import named

    source = Upload(name="leaflet.txt", data=b"")
    assert named(plain_report(), source).article.title == "leaflet.txt"
    assert named(kratom_report(), source) == kratom_report()
