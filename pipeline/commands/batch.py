"""`nostrum batch`: score what scrapers produce; no page stops it, and what was killed goes on."""

from __future__ import annotations

import shutil
import signal
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from pipeline.batch import Form, Job
from pipeline.commands.progress import Progress, shown
from pipeline.commands.screen import Screen
from pipeline.commands.tables import Tables
from pipeline.commands.terminal import complain
from pipeline.dataset import is_dataset
from pipeline.engine import engine
from pipeline.feeds import Feed, inputs_of, size_of
from pipeline.run import Run, RunError, Stopped, Watch, work_of
from pipeline.sources import STDIN

DONE, FAILED, STOPPED = 0, 2, 130


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a batch is run. `twins` is on for data sets and off for lines unless said."""

    workers: int = 1
    scheduler: str = ""
    thorough: bool = False
    flagged_only: bool = False
    twins: bool | None = None
    timeout_s: float = 30.0


def run(feed: Feed, out: str, options: Options, tables: Tables) -> int:
    """Score the pages of a feed; give the exit code: 0, also where single pages could not be read."""
    files = inputs_of(feed.names)  # before anything is loaded or written
    if any(is_same_file(name, out) for name in files):
        complain(f"{out}: this is the input; give another --out")
        return FAILED
    form: Form = "parquet" if is_dataset(out) else "lines"
    twins = form == "parquet" if options.twins is None else options.twins
    if twins and not all(Path(name).is_file() for name in files):
        if options.twins:
            raise RunError("standard input and pipes are read once, and twins take two goes; save them to a file")
        twins = False
    job = Job(
        folders=tuple(tables.folders()),
        concepts=tables.concept_table(),
        form=form,
        thorough=options.thorough,
        flagged_only=options.flagged_only,
        timeout_s=options.timeout_s,
    )
    watch = Watch()
    with _place(out) as place, shown(watch, size_of(files)) as progress:
        batch = Run(feed=feed, job=job, out=place, twins=twins, watch=watch)
        try:
            with engine(job, workers=options.workers, scheduler=options.scheduler) as made, _stoppable(watch):
                counts = batch.do(made)
        except Stopped:
            work = work_of(place, form)
            _say(f"stopped; {progress.line()} are kept in {work}: the same command goes on")
            return STOPPED
    _say_done(counts, progress, out.rstrip("/") + "/" if form == "parquet" else out)
    return DONE


def is_same_file(source: str, out: str) -> bool:
    """Tell whether the output would replace the input."""
    return source != STDIN and Path(out).is_file() and Path(source).exists() and Path(out).samefile(source)


@contextmanager
def _place(out: str) -> Iterator[Path]:
    """Give where to write; for standard output, a device or a pipe, a file that is copied there when it is whole."""
    path = Path(out)
    if out != STDIN and (path.is_dir() or path.is_file() or not path.exists()):
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="nostrum-") as folder:
        place = Path(folder, "out.jsonl")
        yield place
        if place.exists():
            with place.open("rb") as lines:
                if out == STDIN:
                    shutil.copyfileobj(lines, sys.stdout.buffer)
                else:
                    with path.open("wb") as target:
                        shutil.copyfileobj(lines, target)


@contextmanager
def _stoppable(watch: Watch) -> Iterator[None]:
    """Have Ctrl-C end the run after the frames in work, and a second one at once."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(signum: int, frame: FrameType | None) -> None:
        if watch.stop:
            raise KeyboardInterrupt
        watch.stop = True
        _say("finishing the pages in work; Ctrl-C again stops at once")

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _say(line: str) -> None:
    Screen(stderr=True).print(line, soft_wrap=True)


def _say_done(counts: Counter[str], progress: Progress, where: str) -> None:
    _say(f"{progress.line()}: {where}")
    states = {key.removeprefix("state_"): n for key, n in counts.items() if key.startswith("state_")}
    dropped = [f"{n:,} {name}" for name, n in Counter(states).most_common() if name != "checked"]
    if dropped:
        _say(f"of these: {states.get('checked', 0):,} checked, {', '.join(dropped)}")


def columns_of(given: Sequence[str]) -> dict[str, str]:
    """Read --columns: "text=body"; raise RunError for what is no such pair."""
    from pipeline.entries import COLUMNS

    pairs = {}
    for part in (p for value in given for p in value.split(",")):
        ours, is_pair, theirs = part.partition("=")
        if not is_pair or ours not in COLUMNS or not theirs:
            raise RunError(f"--columns {part}: give OURS=YOURS, with ours one of {', '.join(COLUMNS)}")
        pairs[ours] = theirs
    return pairs
