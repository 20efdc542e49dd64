"""Score frames of pages in a child process that can be killed: a page of poison costs its time-out, not the run.

The child holds the checker and does all the work on a page, from its bytes to its findings, page by page.
"""

from __future__ import annotations

import atexit
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil

from claims.types import Report
from pipeline.batch import Done, Frame, Job, Scored, blank, count, scored
from pipeline.child import Serve, start
from pipeline.entries import Entry
from pipeline.limits import MB, ReadError, Reason
from pipeline.shards import shards_of

if TYPE_CHECKING:
    from pipeline.twins import Look

__all__ = ["Scorer", "ScorerError", "Versions", "scorer_for"]

# Loading the checker takes 2 to 5 s here; a cold disk many times that.
START_TIMEOUT_S = 180.0
# Beside a plain page's time-out: 300 plain pages of PDF take 2 s, pages full of drawings many times that; 2 MB
# of text full of claims take 40 s on a busy machine.
PDF_MORE_S = 60.0
MORE_S_PER_MB = 40.0
# Address space of the child: a checker at work takes 1.5 GB of it (0.5 GB resident), a page some 0.3 GB more.
MAX_MEMORY = 4_000_000_000
# A child that holds this much more than when it was new is replaced, which costs its start. spaCy keeps every new
# word: 100,000 pages are some 40 MB.
GROWTH = 0.10
# How many frames show what a child at work holds.
_FIRST_FRAMES = 10

# The folders of evidence, and the table of concepts.
Tables = tuple[tuple[Path, ...], Path]


class ScorerError(Exception):
    """The child cannot work; the message is one line for the user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """What a checker puts on its reports."""

    checker: str
    evidence_digest: str
    as_of: str


class Scorer:
    """Scores frames on one table; starts its child at the first, and again after it was killed or has grown."""

    def __init__(self, folders: Sequence[Path], concepts: Path, serve: Serve | None = None) -> None:
        self._tables = tuple(folders), concepts
        self._serve = serve or _serve_pages
        self._child: _Child | None = None
        atexit.register(self.close)

    def versions(self) -> Versions:
        """Give the versions of checker and table; raise ScorerError with a table's faults."""
        return self._ready().versions

    def do(self, frame: Frame, job: Job) -> Done:
        """Score a frame, or look at it; there is one answer for each of its pages."""
        if frame.look:
            from pipeline.twins import write_looks

            looks: list[Look] = list(self._answers(frame, job, _unlooked))
            return Done(number=frame.number, counts={"looked": len(looks)}, files={"looks.jsonl": write_looks(looks)})
        pages: list[Scored] = list(self._answers(frame, job, self._failed))
        return Done(number=frame.number, counts=count(pages), files=shards_of(pages, job))

    def held_bytes(self) -> int:
        """Give what the child holds in memory now."""
        return self._child.resident() if self._child else 0

    def close(self) -> None:
        """End the child; the next frame starts another."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()

    def _ready(self) -> _Child:
        if self._child is not None and (not self._child.alive or self._child.has_grown()):
            self.close()
        if self._child is None:
            self._child = _Child(self._tables, self._serve)
        return self._child

    def _answers(self, frame: Frame, job: Job, failed: Callable[[Entry, ReadError], Any]) -> Iterator[Any]:
        """Ask the child page by page, all at once; after a page that ended it, ask a new one for the rest."""
        rest = frame.pages
        while rest:
            child, got = self._ready(), 0
            try:
                child.send((replace(frame, pages=rest), job.thorough))
                for entry in rest:
                    yield child.answer(_patience(entry, job))
                    got += 1
                return
            except TimeoutError:
                reason, what = "timeout", f"it took longer than {_patience(rest[got], job):g} s and was stopped"
            except (EOFError, OSError):
                reason, what = "crashed", "reading it crashed the checker"
            self.close()
            yield failed(rest[got], ReadError(_reason(reason), what))
            rest = rest[got + 1 :]

    def _failed(self, entry: Entry, fault: ReadError) -> Scored:
        versions = self.versions()
        report = Report(
            article=blank(entry),
            checker=versions.checker,
            evidence_digest=versions.evidence_digest,
            as_of=versions.as_of,
            error=str(fault),
        )
        return scored(entry, report, fault.reason)


_scorers: dict[tuple[object, ...], Scorer] = {}


def scorer_for(job: Job) -> Scorer:
    """Give the scorer of this thread for a job's table as it is now; it stays for the next job."""
    files = sorted(f for folder in job.folders for f in (folder.glob("*.csv") if folder.is_dir() else [folder]))
    stamps = tuple((str(f), f.stat().st_mtime_ns) for f in (*files, job.concepts) if f.exists())
    key = threading.get_ident(), job.folders, job.concepts, stamps
    if key not in _scorers:
        _scorers[key] = Scorer(job.folders, job.concepts)
    return _scorers[key]


def _unlooked(entry: Entry, fault: ReadError) -> Look:
    from pipeline.twins import Look

    return Look(fault=fault)


def _reason(slug: str) -> Reason:
    return "timeout" if slug == "timeout" else "crashed"


def _patience(entry: Entry, job: Job) -> float:
    data, text = entry.data or b"", entry.text or entry.html or ""
    more = PDF_MORE_S if b"%PDF-" in data[:1024] else MORE_S_PER_MB * max(len(data), len(text)) / MB
    return job.timeout_s + more


class _Child:
    """A fresh Python that runs `serve` on one end of a line."""

    def __init__(self, tables: Tables, serve: Serve) -> None:
        self._process, self._line = start(
            serve,
            env={"OMP_NUM_THREADS": "1"},
            stdout=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is the parent's to handle
        )
        self.versions = self._greeting(tables)
        self._new, self._frames = 0, 0

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    def _greeting(self, tables: Tables) -> Versions:
        try:
            self._line.send(tables)
            greeting: Versions | str = self.answer(START_TIMEOUT_S)
        except TimeoutError:
            greeting = f"the checker did not start within {START_TIMEOUT_S:g} s; the machine may be overloaded"
        except (EOFError, OSError):
            greeting = "the checker does not start; reinstall with `make run`"
        if isinstance(greeting, str):
            self.kill()
            raise ScorerError(greeting)
        return greeting

    def send(self, task: tuple[Frame, bool]) -> None:
        """Hand a frame over, and whether to be thorough about it."""
        self._line.send(task)

    def answer(self, patience_s: float) -> Any:
        """Wait for the answer to the next page; raise TimeoutError, or EOFError where the child has died."""
        if not self._line.poll(patience_s):
            raise TimeoutError
        return self._line.recv()

    def has_grown(self) -> bool:
        """Tell, between frames, whether the child holds so much that a new one would be better."""
        held = self.resident()
        self._frames += 1
        if self._frames <= _FIRST_FRAMES:
            self._new = max(self._new, held)
        return held > (1 + GROWTH) * self._new

    def resident(self) -> int:
        """Give the bytes of memory that the child holds."""
        try:
            return int(psutil.Process(self._process.pid).memory_info().rss)
        except psutil.Error:  # it has died: its line will tell
            return 0

    def kill(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        self._line.close()


def _serve_pages(line: Connection) -> None:
    """Load a checker, greet, and answer frame by frame until the parent closes the line: the child's whole life."""
    tables: Tables = line.recv()
    _limit_memory()
    from pipeline.batch import score_entry
    from pipeline.checker import Checker, spare_the_collector
    from pipeline.gates import Gates
    from pipeline.twins import look_at

    try:
        checker = Checker.load(*tables)
    except (ValueError, OSError) as err:  # a table with faults, a file that is missing
        line.send(str(err))
        return
    gates = Gates(checker)
    spare_the_collector()
    line.send(Versions(checker=checker.version, evidence_digest=checker.table.digest, as_of=checker.table.as_of))
    while True:
        try:
            frame, thorough = line.recv()
        except EOFError:
            return
        asked = None if thorough else gates
        for entry in frame.pages:
            line.send(look_at(entry, asked) if frame.look else score_entry(entry, checker, asked))


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
