"""Workers of every kind give the same result; one that is killed loses nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from claims.concepts import CONCEPTS
from claims.evidence import EVIDENCE
from pipeline.batch import Done, Frame, Job
from pipeline.engine import EngineError, engine
from pipeline.entries import Entry
from tests.conftest import Nostrum
from tests.test_bad_input import write

ROOT = Path(__file__).parent.parent
JOB = Job(folders=(EVIDENCE,), concepts=CONCEPTS, form="lines")
TEXTS = ("Kratom cures cancer.", "Garlic may lower blood pressure.", "Our shop opens at nine.")


def begin(*command: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-m", "distributed.cli." + command[0], *command[1:]], cwd=ROOT, text=True)


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[tuple[str, list[subprocess.Popen[str]]]]:
    """Start a scheduler and workers on loopback, each a program of its own."""
    file = folder / "scheduler.json"
    started = [begin("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file))]
    options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(folder))
    try:
        while not file.exists() or not file.read_text():
            assert started[0].poll() is None
            time.sleep(0.05)
        address = json.loads(file.read_text())["address"]
        started += [begin("dask_worker", address, *options) for _ in range(workers)]
        yield address, started[1:]
    finally:
        for process in started:
            process.kill()
            process.wait()


def frames(n: int, pages: int = 2) -> Iterator[Frame]:
    for number in range(n):
        texts = [f"Note {number}-{i}. {TEXTS[(number + i) % 3]}" for i in range(pages)]
        yield Frame(number=number, pages=[Entry(id=f"{number}-{i}", line=i, text=t) for i, t in enumerate(texts)])


def by_number(done: Iterator[Done]) -> dict[int, bytes]:
    return {d.number: d.files["pages.jsonl"] for d in done}


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_worker_that_is_killed_loses_nothing(tmp_path: Path) -> None:
    """A real scheduler and real workers; one is killed while it has work."""
    with engine(JOB) as alone:
        expected = by_number(alone.score_frames(frames(30)))
    with cluster(tmp_path, 2) as (address, workers), engine(JOB, scheduler=address) as made:
        assert made.versions == alone.versions
        got: dict[int, bytes] = {}
        for done in made.score_frames(frames(30)):
            assert done.number not in got
            got[done.number] = done.files["pages.jsonl"]
            if len(got) == 5:
                os.kill(workers[0].pid, signal.SIGKILL)
        assert workers[0].wait(5) == -signal.SIGKILL
    assert got == expected


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_two_workers_give_the_same_bytes_as_one(tmp_path: Path, nostrum: Nostrum) -> None:
    lines = b"".join(b'{"id": %d, "text": "Note %d. Kratom cures cancer."}\n' % (i, i) for i in range(120))
    source = write(tmp_path / "in.jsonl", lines)
    for workers in (1, 2):
        out = tmp_path / f"{workers}.jsonl"
        assert nostrum("batch", source, "--out", out, "--workers", workers).code == 0
    assert (tmp_path / "1.jsonl").read_bytes() == (tmp_path / "2.jsonl").read_bytes()


def test_a_scheduler_that_is_not_there_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.engine.CONNECT_TIMEOUT_S", 0.5)
    with pytest.raises(EngineError, match="no scheduler answers there") as caught, engine(JOB, scheduler="tcp://127.0.0.1:9"):
        pass
    assert "\n" not in str(caught.value)
