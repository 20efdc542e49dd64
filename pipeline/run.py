"""A run of a batch from its inputs to its result, in frames that are each finished or not.

While a run is not whole, its finished frames lie in a folder beside the result, one folder a frame, which takes its
name only when all its files are written. So a run that was killed at any moment goes on where it was.
"""

from __future__ import annotations

import json
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from claims.types import digest
from pipeline.batch import FRAME_PAGES, Done, Frame, Job, frames_of
from pipeline.engine import Engine
from pipeline.feeds import Feed, fingerprint, inputs_of, read_feed
from pipeline.shards import drop_empty_ledger, merge, rows_in
from pipeline.twins import TWIN, Look, Twins, find_twins, read_looks

__all__ = ["Run", "RunError", "Stopped", "Watch", "work_of"]

_COUNTS = "counts.json"


class RunError(Exception):
    """A run that cannot be; the message is one line for the user."""


class Stopped(Exception):
    """The user asked to stop; what is finished is kept."""


@dataclass(slots=True)
class Watch:
    """What a run tells while it goes, and by which it is told to stop after the frames in work."""

    stage: Callable[[str], None] = lambda name: None
    frame: Callable[[Mapping[str, int], int], None] = lambda counts, bytes_read: None
    stop: bool = False


def work_of(out: Path, form: str) -> Path:
    """Give the folder of a run that is not whole yet."""
    return out / "_work" if form == "parquet" else out.with_name(f"{out.name}.work")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run: what goes in, how, where to. `twins` lists near-duplicates under the page that is checked."""

    feed: Feed
    job: Job
    out: Path
    twins: bool = False
    frame_pages: int = FRAME_PAGES
    watch: Watch = field(default_factory=Watch)

    def do(self, engine: Engine) -> Counter[str]:
        """Do what is not done yet and write the result; give the counts. Raise Stopped, RunError, ReadError."""
        started = time.time()
        files = inputs_of(self.feed.names)
        plan = self._plan(files, engine)
        work = work_of(self.out, self.job.form)
        with _opened(work, plan):
            twins = self._find_twins(files, work / "look", engine) if self.twins else None
            self.watch.stage("checking")
            done = self._do_frames(self._frames(files, twins), work / "score", engine)
            counts = sum((_counts(frame) for frame in done), Counter[str]())
            merge(done, self.out, self.job)
            _check_sums(rows_in(self.out, self.job), counts, self.job)
            drop_empty_ledger(self.out, self.job)
            _write_run(self._record(), plan | _closing(counts, started))
            shutil.rmtree(work)
        return counts

    def _plan(self, files: list[str], engine: Engine) -> dict[str, Any]:
        versions = engine.versions
        options = {
            "inputs": list(self.feed.names),
            "columns": dict(self.feed.columns),
            "limit": self.feed.limit,
            "sample": self.feed.sample,
            "thorough": self.job.thorough,
            "flagged_only": self.job.flagged_only,
            "twins": self.twins,
            "timeout_s": self.job.timeout_s,
            "frame_pages": self.frame_pages,
        }
        return {
            "checker": versions.checker,
            "evidence_digest": versions.evidence_digest,
            "as_of": versions.as_of,
            "inputs_digest": fingerprint(files),
            "files": len(files),
            "options": options,
        }

    def _record(self) -> Path:
        if self.job.form == "parquet":
            return self.out / "run.json"
        return self.out.with_name(f"{self.out.name.removesuffix('.jsonl')}.run.json")

    def _frames(self, files: list[str], twins: tuple[Twins, dict[int, Look]] | None) -> Iterator[Frame]:
        frames = frames_of(read_feed(self.feed, files), self.frame_pages)
        return frames if twins is None else (_settled(frame, self.frame_pages, *twins) for frame in frames)

    def _find_twins(self, files: list[str], stage: Path, engine: Engine) -> tuple[Twins, dict[int, Look]]:
        """Look at all pages; give the twins among them, and the looks of those that need not be read."""
        self.watch.stage("looking for twins")
        ids: dict[int, str | int] = {}

        def frames() -> Iterator[Frame]:
            for frame in self._frames(files, None):
                ids.update(enumerate((entry.id for entry in frame.pages), frame.number * self.frame_pages))
                yield replace(frame, look=True)

        done = self._do_frames(frames(), stage, engine)
        looks = dict(enumerate(look for frame in done for look in read_looks((frame / "looks.jsonl").read_bytes())))
        twins = find_twins((number, ids[number], look) for number, look in looks.items())
        return twins, {number: look for number, look in looks.items() if look.fault or look.settled}

    def _do_frames(self, frames: Iterable[Frame], stage: Path, engine: Engine) -> list[Path]:
        """Do the frames that are not done; give the folders of all, in their order."""
        stage.mkdir(exist_ok=True)
        whole: list[Path] = []
        read_to: dict[int, tuple[int, str]] = {}

        def undone() -> Iterator[Frame]:
            for frame in frames:
                if self.watch.stop:
                    return
                folder = stage / f"{frame.number:07d}"
                whole.append(folder)
                ids = digest("ids", *(str(entry.id) for entry in frame.pages))
                at = frame.pages[-1].bytes_read
                if folder.exists():
                    self.watch.frame(_counts(folder, ids), at)
                else:
                    read_to[frame.number] = at, ids
                    yield frame

        for done in engine.score_frames(undone()):
            at, ids = read_to.pop(done.number)
            _keep(stage / f"{done.number:07d}", done, ids)
            self.watch.frame(done.counts, at)
        if self.watch.stop:
            raise Stopped
        return whole


def _settled(frame: Frame, size: int, twins: Twins, looks: Mapping[int, Look]) -> Frame:
    """Put what the first look found on the pages of a frame; what need not be read travels without its content."""
    pages = []
    for number, entry in enumerate(frame.pages, frame.number * size):
        look = looks.get(number, Look())
        if number in twins.of:
            entry = replace(entry, settled=TWIN, twin=twins.of[number], copies=0)
        else:
            entry = replace(entry, settled=look.settled, copies=twins.copies.get(number, 1), fault=look.fault)
        if entry.settled or entry.fault:
            entry = replace(entry, text=None, html=None, data=None)
        pages.append(entry)
    return replace(frame, pages=tuple(pages))


@contextmanager
def _opened(work: Path, plan: Mapping[str, Any]) -> Iterator[None]:
    """Begin a run or go on with the one that lies there, which must be the same; one process at a time."""
    work.mkdir(parents=True, exist_ok=True)
    with _locked(work / "lock"):
        held, now = work / "plan.json", json.dumps(plan, indent=1)
        before = held.read_text(encoding="utf-8") if held.exists() else ""
        if before and json.loads(before) != json.loads(now):
            old = json.loads(before)
            moved = ", ".join(key for key in plan if old.get(key) != plan[key])
            what = f"another run is not finished there (not the same: {moved}); finish it, or delete that folder"
            raise RunError(f"{work}: {what}")
        if not before:
            _write(held, now.encode())
        yield


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        try:
            import fcntl
        except ImportError:  # not on Windows
            yield
            return
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise RunError(f"{path.parent}: another process is at work there; wait for it") from None
        yield


def _write(path: Path, data: bytes) -> None:
    """Write a file that is there whole or not at all."""
    part = path.with_name(path.name + ".part")
    part.write_bytes(data)
    part.replace(path)


def _keep(folder: Path, done: Done, ids: str) -> None:
    """Keep a frame's files; the folder's name is the marker that it is whole."""
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    for name, data in done.files.items():
        (part / name).write_bytes(data)
    (part / _COUNTS).write_text(json.dumps({"ids": ids, "counts": dict(done.counts)}), encoding="utf-8")
    part.rename(folder)


def _counts(folder: Path, ids: str | None = None) -> Counter[str]:
    """Give what was counted of a finished frame; its pages must be the same as now."""
    held = json.loads((folder / _COUNTS).read_bytes())
    if ids is not None and held["ids"] != ids:
        what = "the pages are others than those of the unfinished run; give the same input, or delete that folder"
        raise RunError(f"{folder.parent.parent}: {what}")
    return Counter(held["counts"])


def _check_sums(rows: Mapping[str, int], counts: Counter[str], job: Job) -> None:
    """Make sure that every page that went in came out, or was dropped under a name."""
    states = sum(n for key, n in counts.items() if key.startswith("state_"))
    claims = counts["flagged"] if job.flagged_only else counts["claims"]
    expected = {"pages": counts["pages"], "claims": claims, "errors": counts["errors"]}
    wrong = [f"{name}: {n:,} counted, {rows[name]:,} written" for name, n in expected.items() if rows.get(name, n) != n]
    if states != counts["pages"]:
        wrong.append(f"pages: {counts['pages']:,} in, {states:,} with a fate")
    if wrong:
        raise RunError(f"the sums do not agree ({'; '.join(wrong)}); please report this")


def _closing(counts: Counter[str], started: float) -> dict[str, Any]:
    states = {key.removeprefix("state_"): n for key, n in sorted(counts.items()) if key.startswith("state_")}
    numbers = {key: counts[key] for key in ("pages", "claims", "flagged", "errors")}
    finished = time.time()
    stamp = "%Y-%m-%dT%H:%M:%SZ"
    return {
        "counts": numbers,
        "states": states,
        "started": time.strftime(stamp, time.gmtime(started)),
        "finished": time.strftime(stamp, time.gmtime(finished)),
        "seconds": round(finished - started, 1),
    }


def _write_run(path: Path, record: Mapping[str, Any]) -> None:
    _write(path, json.dumps(record, indent=1, ensure_ascii=False).encode() + b"\n")
