"""A run that was killed goes on; neither the size of frames nor the order of pages changes a finding."""

from __future__ import annotations

import contextlib
import json
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.concepts import CONCEPTS
from claims.evidence import EVIDENCE
from pipeline.batch import Done, Job
from pipeline.engine import Engine
from pipeline.feeds import Feed
from pipeline.run import Run, RunError, Stopped, Watch, work_of
from pipeline.scorer import Scorer, scorer_for
from tests.scorers import VERSIONS, serve_badly
from tests.test_bad_input import write

CLAIMS = (
    "Kratom cures cancer.", "Vaccines do not cause autism.", "Garlic may lower blood pressure.",
    "Our shop opens at nine.", "Ginger is completely safe.", "It is a myth that sugar causes hyperactivity.",
)  # fmt: skip


def line(i: int) -> bytes:
    """A short page; every seventh is broken, every fifth says what another one says."""
    if i % 7 == 3:
        return b"{broken\n"
    text = " ".join(CLAIMS[(i - i % 5) % len(CLAIMS) :][:3])
    return json.dumps({"id": f"page-{i}", "text": text if i % 5 else f"Note {i}. {text}"}).encode() + b"\n"


@pytest.fixture(scope="module")
def bare() -> Iterator[Engine]:
    """An engine that finds nothing, at once."""
    scorer = Scorer((EVIDENCE,), CONCEPTS, serve=serve_badly)
    yield Engine(VERSIONS, lambda frames: (scorer.do(frame, JOB) for frame in frames))
    scorer.close()


JOB = Job(folders=(EVIDENCE,), concepts=CONCEPTS, form="lines")


def a_run(source: Path, out: Path, **fields: Any) -> Run:
    return Run(**({"feed": Feed(names=[str(source)]), "job": JOB, "out": out, "frame_pages": 3} | fields))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write(tmp_path / "in.jsonl", b"".join(line(i) for i in range(40)))


def test_every_page_in_is_a_page_out_or_a_named_drop(source: Path, tmp_path: Path, bare: Engine) -> None:
    counts = a_run(source, tmp_path / "out.jsonl").do(bare)
    record = json.loads((tmp_path / "out.run.json").read_bytes())
    assert record["counts"]["pages"] == sum(record["states"].values()) == counts["pages"] == 40
    assert record["evidence_digest"] == VERSIONS.evidence_digest
    assert record["options"]["inputs"] == [str(source)]
    assert not work_of(tmp_path / "out.jsonl", "lines").exists()
    ids = [json.loads(line)["id"] for line in (tmp_path / "out.jsonl").read_bytes().splitlines()]
    assert ids == [i + 1 if i % 7 == 3 else f"page-{i}" for i in range(40)]


class Killed(Exception):
    """Stands in for a kill."""


def killed_after(engine: Engine, frames: int) -> Engine:
    """Work on some frames, then be gone."""

    def score(todo: Any) -> Iterator[Done]:
        for n, done in enumerate(engine.score_frames(todo)):
            if n >= frames:
                raise Killed
            yield done

    return Engine(engine.versions, score)


@given(kills=st.lists(st.integers(0, 9), max_size=4))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_however_often_a_run_is_killed_the_result_is_the_same(
    kills: list[int], source: Path, tmp_path: Path, bare: Engine
) -> None:
    whole, out = tmp_path / "whole.jsonl", tmp_path / "killed.jsonl"
    a_run(source, whole).do(bare)
    out.unlink(missing_ok=True)
    worked: list[int] = []

    def watched(todo: Any) -> Iterator[Done]:
        for done in bare.score_frames(todo):
            worked.append(done.number)
            yield done

    engine = Engine(bare.versions, watched)
    for frames in kills:
        with contextlib.suppress(Killed):
            a_run(source, out).do(killed_after(engine, frames))
    if not out.exists():
        a_run(source, out).do(engine)
        # What was not kept when the kill came is done again, nothing else.
        assert len(worked) <= 14 + len(kills)
    assert out.read_bytes() == whole.read_bytes()


def test_ctrl_c_keeps_the_frames_in_work_and_the_same_command_goes_on(
    source: Path, tmp_path: Path, bare: Engine
) -> None:
    watch = Watch()
    watch.frame = lambda counts, at: setattr(watch, "stop", True)
    with pytest.raises(Stopped):
        a_run(source, tmp_path / "out.jsonl", watch=watch).do(bare)
    kept = work_of(tmp_path / "out.jsonl", "lines") / "score"
    assert [folder.name for folder in kept.iterdir()] == ["0000000"]
    assert not (tmp_path / "out.jsonl").exists()
    a_run(source, tmp_path / "out.jsonl").do(bare)
    a_run(source, tmp_path / "whole.jsonl").do(bare)
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda run: {"feed": Feed(names=run.feed.names, limit=5)}, "options"),
        (lambda run: {"frame_pages": 4}, "options"),
        (lambda run: Path(run.feed.names[0]).write_bytes(line(1)) and {}, "inputs_digest"),
    ],
    ids=["limit", "frames", "input"],
)
def test_another_command_does_not_go_on_with_an_unfinished_run(
    change: Callable[[Run], dict[str, Any]], says: str, source: Path, tmp_path: Path, bare: Engine
) -> None:
    run = a_run(source, tmp_path / "out.jsonl")
    with pytest.raises(Killed):
        run.do(killed_after(bare, 2))
    with pytest.raises(RunError, match=says) as caught:
        a_run(source, tmp_path / "out.jsonl", **change(run)).do(bare)
    assert "\n" not in str(caught.value)


def test_two_processes_do_not_write_one_result(source: Path, tmp_path: Path, bare: Engine) -> None:
    run = a_run(source, tmp_path / "out.jsonl")

    def second(todo: Any) -> Iterator[Done]:
        with pytest.raises(RunError, match="another process"):
            run.do(bare)
        yield from bare.score_frames(todo)

    run.do(Engine(bare.versions, second))


def test_a_page_that_is_lost_is_told(source: Path, tmp_path: Path, bare: Engine) -> None:
    def lossy(todo: Any) -> Iterator[Done]:
        for done in bare.score_frames(todo):
            yield Done(number=done.number, counts={**done.counts, "pages": done.counts["pages"] + 1}, files=done.files)

    with pytest.raises(RunError, match="the sums do not agree"):
        a_run(source, tmp_path / "out.jsonl").do(Engine(bare.versions, lossy))


def test_a_full_disk_is_one_line_and_costs_nothing_that_was_done(
    source: Path, tmp_path: Path, bare: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, written = Path.write_bytes, []

    def write_bytes(self: Path, data: bytes) -> int:
        written.append(self)
        if len(written) == 12:
            raise OSError(28, "No space left on device", str(self))
        return plain(self, data)

    monkeypatch.setattr(Path, "write_bytes", write_bytes)
    with pytest.raises(OSError, match="No space left"):
        a_run(source, tmp_path / "out.jsonl").do(bare)
    assert not (tmp_path / "out.jsonl").exists()
    kept = len(list((work_of(tmp_path / "out.jsonl", "lines") / "score").glob("???????")))
    assert kept == 5
    a_run(source, tmp_path / "out.jsonl").do(bare)
    assert len((tmp_path / "out.jsonl").read_bytes().splitlines()) == 40


@pytest.fixture(scope="module")
def shipped() -> Engine:
    """The shipped checker."""
    scorer = scorer_for(JOB)
    return Engine(scorer.versions(), lambda frames: (scorer.do(frame, JOB) for frame in frames))


def findings(out: Path) -> set[tuple[str, ...]]:
    """What was found on which page."""
    pages = [json.loads(line) for line in out.read_bytes().splitlines()]
    return {
        (str(page["id"]), str(page.get("twin")), json.dumps(page["claims"]), str(page["error"] is None))
        for page in pages
        if not isinstance(page["id"], int)
    }


@given(order=st.permutations(range(24)), size=st.integers(1, 24), split=st.integers(0, 24))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_sharding_and_order_never_change_a_finding(
    order: list[int], size: int, split: int, tmp_path: Path, shipped: Engine
) -> None:
    plain = write(tmp_path / "plain.jsonl", b"".join(line(i) for i in range(24)))
    if not (tmp_path / "plain.out").exists():
        a_run(plain, tmp_path / "plain.out", twins=True).do(shipped)
    some = write(tmp_path / "a.jsonl", b"".join(line(i) for i in order[:split]))
    rest = write(tmp_path / "b.jsonl", b"".join(line(i) for i in order[split:]))
    feed = Feed(names=[str(some), str(rest)])
    a_run(some, tmp_path / "out", feed=feed, twins=True, frame_pages=size).do(shipped)
    assert findings(tmp_path / "out") == findings(tmp_path / "plain.out")
    assert any(twin != "None" for _, twin, _, _ in findings(tmp_path / "out"))


def begin(*command: object) -> subprocess.Popen[bytes]:
    args = [sys.executable, *map(str, command)]
    return subprocess.Popen(args, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=Path(__file__).parent.parent)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_twenty_kills_at_random_moments_leave_the_result_as_it_was(tmp_path: Path) -> None:
    """A program of its own, kill -9, wherever it is: starting, reading, looking for twins, scoring, joining."""
    source = write(tmp_path / "in.jsonl", b"".join(line(i) for i in range(1_000)))
    started = time.monotonic()
    assert begin("-m", "tests.scorers", source, tmp_path / "whole").wait() == 0
    whole_s = time.monotonic() - started
    chance, kills, out = random.Random(7), 0, tmp_path / "killed"
    while kills < 20:
        ran = begin("-m", "tests.scorers", source, out)
        try:
            ran.wait(timeout=chance.uniform(0.2, 0.5) * whole_s)
        except subprocess.TimeoutExpired:
            ran.kill()
            ran.wait()
            kills += 1
        else:
            assert ran.returncode == 0, ran.stderr and ran.stderr.read()
            assert same(tmp_path / "whole", out)
            shutil.rmtree(out)
    assert begin("-m", "tests.scorers", source, out).wait() == 0
    assert same(tmp_path / "whole", out)
    assert sorted(file.name for file in out.iterdir()) == ["claims.parquet", "errors.parquet", "pages.parquet", "run.json"]


def same(a: Path, b: Path) -> bool:
    names = ("claims.parquet", "pages.parquet", "errors.parquet")
    return all(pq.read_table(a / name).equals(pq.read_table(b / name)) for name in names)


@pytest.mark.slow
def test_ctrl_c_ends_with_a_line_that_says_how_to_go_on(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", b"".join(line(i) for i in range(200)))
    out, code = tmp_path / "out.jsonl", "from pipeline.cli import main; main()"
    ran = begin("-c", code, "batch", source, "--out", out)
    while not list((work_of(out, "lines") / "score").glob("???????")):
        time.sleep(0.05)
        assert ran.poll() is None
    ran.send_signal(signal.SIGINT)
    _, err = ran.communicate(timeout=60)
    assert ran.returncode == 130
    assert b"the same command goes on" in err.splitlines()[-1]
    assert begin("-c", code, "batch", source, "--out", out).wait() == 0
    assert len(out.read_bytes().splitlines()) == 200
