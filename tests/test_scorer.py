"""Poison costs its own time-out: a page that hangs, swells or crashes is a fault of its own, and the rest goes on."""

from __future__ import annotations

import gzip
import json
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from claims.concepts import CONCEPTS
from claims.evidence import EVIDENCE
from pipeline.batch import Frame, Job
from pipeline.entries import Entry
from pipeline.scorer import Scorer, ScorerError
from tests.scorers import serve_badly
from tests.test_bad_input import write

FLAGGED = "Kratom cures cancer."
JOB = Job(folders=(EVIDENCE,), concepts=CONCEPTS, form="lines")
GOOD = Entry(id="good", line=1, text=FLAGGED)


@pytest.fixture(scope="module")
def scorer() -> Iterator[Scorer]:
    """One scorer for all."""
    scorer = Scorer(JOB.folders, JOB.concepts)
    scorer.versions()
    yield scorer
    scorer.close()


def done(scorer: Scorer, *entries: Entry, job: Job = JOB) -> list[dict[str, Any]]:
    files = scorer.do(Frame(number=0, pages=entries), job).files
    return [json.loads(line) for line in files["pages.jsonl"].splitlines()]


def errors(scorer: Scorer, *entries: Entry, job: Job = JOB) -> list[dict[str, Any]]:
    files = scorer.do(Frame(number=0, pages=entries), job).files
    return [json.loads(line) for line in files["errors.jsonl"].splitlines()]


def html(source: str) -> Entry:
    return Entry(id="poison", line=2, html=source, file="in.warc", offset=77)


# what a page is, why it cannot be checked ("" if it can)
POISON: list[tuple[str, Entry, str]] = [
    ("20,000 nested tags", html("<div>" * 20_000 + "Kratom cures cancer."), "too_deep"),
    ("200,000 sibling tags", html("<p>" * 200_000 + "Kratom cures cancer."), "too_many_tags"),
    ("200,000 attributes", html("<p " + "a=b " * 200_000 + ">Kratom cures cancer."), "too_many_attributes"),
    ("50 MB of one tag", html("<p a='" + "x" * 50_000_000 + "'>Kratom cures cancer."), "too_big"),
    ("a gzip bomb", Entry(id="poison", line=2, data=gzip.compress(b"kratom " * 20_000_000)), "too_big"),
    ("a cut gzip", Entry(id="poison", line=2, data=gzip.compress(os.urandom(9_000))[:-99]), "broken"),
    ("a broken PDF", Entry(id="poison", line=2, data=b"%PDF-1.4 kratom" + b"\\x00" * 99, name="a.pdf"), "broken"),
    ("nothing", Entry(id="poison", line=2, data=b""), "empty"),
    ("a regex killer", Entry(id="poison", line=2, text="a" * 50_000 + "!" + "\\u0301a(" * 20_000), ""),
    ("an endless word", html("<p>Kratom " + "cures" * 300_000 + " cancer."), ""),
    ("a page of commas", html("<p>Kratom cures cancer" + ", garlic" * 100_000 + "."), ""),
]


@pytest.mark.parametrize(("entry", "says"), [row[1:] for row in POISON], ids=[row[0] for row in POISON])
def test_poison_costs_its_own_page(entry: Entry, says: str, scorer: Scorer) -> None:
    started = time.monotonic()
    before, page, after = done(scorer, GOOD, entry, GOOD)
    assert time.monotonic() - started < JOB.timeout_s
    assert before["claims"] == after["claims"] != []
    assert (page["error"] is None) == (says == "")
    if says:
        (ledger,) = errors(scorer, entry)
        assert ledger["reason"] == says
        assert (ledger["file"], ledger["offset"], ledger["line"]) == (entry.file, entry.offset, 2)


def test_ten_thousand_empty_pages_take_no_time(scorer: Scorer) -> None:
    frame = Frame(number=0, pages=[Entry(id=i, line=i, html="<html><body></body></html>") for i in range(10_000)])
    started = time.process_time()
    assert scorer.do(frame, JOB).counts["state_no_text"] == 10_000
    assert time.process_time() - started < 20


@pytest.fixture(scope="module")
def bad_scorer() -> Iterator[Scorer]:
    """A scorer whose child hangs, crashes and swells on demand."""
    scorer = Scorer(JOB.folders, JOB.concepts, serve=serve_badly)
    yield scorer
    scorer.close()


@pytest.mark.parametrize(
    ("text", "reason", "says"),
    [
        ("Please hang here.", "timeout", "took longer than 1"),
        ("Please crash here.", "crashed", "crashed the checker"),
    ],
)
def test_a_page_that_ends_the_child_is_named_and_the_rest_goes_on(
    text: str, reason: str, says: str, bad_scorer: Scorer
) -> None:
    job = replace(JOB, timeout_s=1.0)
    frame = [GOOD, Entry(id="bad", line=2, text=text, file="in.jsonl", offset=9), GOOD, GOOD]
    pages = done(bad_scorer, *frame, job=job)
    assert [page["id"] for page in pages] == ["good", "bad", "good", "good"]
    assert [page["error"] is None for page in pages] == [True, False, True, True]
    assert says in pages[1]["error"]
    assert all(pages[0][key] == pages[1][key] for key in ("checker", "evidence_digest", "as_of"))


def test_a_child_that_is_killed_between_frames_costs_no_page(bad_scorer: Scorer) -> None:
    done(bad_scorer, GOOD)
    assert bad_scorer._child is not None
    os.kill(bad_scorer._child._process.pid, signal.SIGKILL)
    bad_scorer._child._process.wait()
    assert [page["error"] for page in done(bad_scorer, GOOD, GOOD)] == [None, None]


def test_a_child_that_has_grown_is_replaced(bad_scorer: Scorer, monkeypatch: pytest.MonkeyPatch) -> None:
    held = iter([100, 100, 109, 111])
    done(bad_scorer, GOOD)
    first = bad_scorer._child
    assert first is not None
    first._new, first._frames = 0, 0
    monkeypatch.setattr("pipeline.scorer._FIRST_FRAMES", 2)
    monkeypatch.setattr(type(first), "resident", lambda self: next(held))
    for _ in range(3):
        done(bad_scorer, GOOD)
        assert bad_scorer._child is first
    done(bad_scorer, GOOD)
    assert bad_scorer._child is not first


def test_a_table_with_faults_is_told_in_its_own_words(tmp_path: Path) -> None:
    write(tmp_path / "own.csv", b"id,topic\nx,y\n")
    with pytest.raises(ScorerError, match=r"own\.csv"):
        Scorer((tmp_path / "own.csv",), CONCEPTS).versions()
