"""Show how far a batch is: a bar on a terminal, a line a minute in a log. Both go to standard error."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.commands.screen import Screen
from pipeline.run import Watch

if TYPE_CHECKING:
    from rich.console import Console

LOG_EVERY_S = 60.0
_NAMED = ("state_checked", "state_twin")

Clock = Callable[[], float]


@dataclass(slots=True)
class Progress:
    """What a run has done so far in its present stage."""

    total_bytes: int = 0
    clock: Clock = time.monotonic
    name: str = ""
    done_bytes: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    started: float = 0.0

    def begin(self, name: str) -> None:
        """Begin a stage."""
        self.name, self.done_bytes, self.counts, self.started = name, 0, Counter(), self.clock()

    def add(self, counts: Mapping[str, int], bytes_read: int) -> None:
        """Count a finished frame."""
        self.counts.update(counts)
        # Frames are done in any order.
        self.done_bytes = max(self.done_bytes, bytes_read)

    def line(self) -> str:
        """Say it in a line."""
        pages = self.counts["pages"] + self.counts["looked"]
        speed = pages / max(self.clock() - self.started, 1e-9)
        said = [f"{pages:,} pages"]
        if not self.counts["looked"]:
            said += [f"{self.counts[key]:,} {key}" for key in ("claims", "flagged", "errors")]
            said.append(f"{self._unread():,} with nothing to check")
            said += [f"{self.counts['state_twin']:,} twins"] if self.counts["state_twin"] else []
        return ", ".join([*said, f"{speed:.1f} pages/s"])

    def _unread(self) -> int:
        return self.counts["state_no_health_word"] + self.counts["state_no_candidate"]

    def eta(self) -> str:
        """Say how far it is and how long it will take, where the input's size is known."""
        if not self.total_bytes or not self.done_bytes:
            return ""
        share = min(1.0, self.done_bytes / self.total_bytes)
        left = int((self.clock() - self.started) * (1 - share) / share)
        return f"{share:.0%}, {left // 3600}:{left // 60 % 60:02d}:{left % 60:02d} left, "


@contextmanager
def shown(watch: Watch, total_bytes: int) -> Iterator[Progress]:
    """Show what a run tells by its watch."""
    out, progress = Screen(stderr=True), Progress(total_bytes=total_bytes)
    with (_bar if out.is_terminal else _log)(watch, progress, out):
        yield progress


@contextmanager
def _log(watch: Watch, progress: Progress, out: Console) -> Iterator[None]:
    said = progress.clock()

    def frame(counts: Mapping[str, int], bytes_read: int) -> None:
        nonlocal said
        progress.add(counts, bytes_read)
        if progress.clock() - said >= LOG_EVERY_S:
            said = progress.clock()
            out.print(f"{progress.name}: {progress.eta()}{progress.line()}", soft_wrap=True)

    watch.stage, watch.frame = progress.begin, frame
    yield


@contextmanager
def _bar(watch: Watch, progress: Progress, out: Console) -> Iterator[None]:
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn(),
        TextColumn("{task.fields[line]}"),
    )  # fmt: skip
    with Bar(*columns, console=out, transient=True) as bar:
        task = bar.add_task("reading", total=progress.total_bytes or None, line="")

        def stage(name: str) -> None:
            progress.begin(name)
            bar.reset(task, description=name, total=progress.total_bytes or None, line="")

        def frame(counts: Mapping[str, int], bytes_read: int) -> None:
            progress.add(counts, bytes_read)
            bar.update(task, completed=progress.done_bytes, line=progress.line())

        watch.stage, watch.frame = stage, frame
        yield
