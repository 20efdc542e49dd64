"""Show how far a batch is: a bar on a terminal, a line a minute in a log. Both go to standard error."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.batch import Scored
from pipeline.commands.screen import Screen

if TYPE_CHECKING:
    from rich.console import Console

LOG_EVERY_S = 60.0


@dataclass(slots=True)
class Count:
    """What a batch has done so far."""

    pages: int = 0
    claims: int = 0
    flagged: int = 0
    errors: int = 0
    started: float = field(default_factory=time.monotonic)

    def add(self, scored: Scored) -> None:
        """Count a page."""
        findings = scored.report.findings
        self.pages += 1
        self.claims += len(findings)
        self.flagged += sum(f.flag for f in findings)
        self.errors += scored.report.error is not None

    def line(self) -> str:
        """Say it in a line."""
        seconds = max(time.monotonic() - self.started, 1e-9)
        return (
            f"{self.pages:,} pages, {self.claims:,} claims, {self.flagged:,} flagged, "
            f"{self.errors:,} errors, {self.pages / seconds:.1f} pages/s"
        )


def track(pages: Iterable[Scored], count: Count, total_bytes: int) -> Iterator[Scored]:
    """Pass pages on and show progress; `total_bytes` of the input, 0 where that is not known."""
    out = Screen(stderr=True)
    yield from (_bar if out.is_terminal else _log)(pages, count, total_bytes, out)


Clock = Callable[[], float]


def _log(
    pages: Iterable[Scored], count: Count, total_bytes: int, out: Console, clock: Clock = time.monotonic
) -> Iterator[Scored]:
    said = clock()
    for scored in pages:
        count.add(scored)
        yield scored
        if clock() - said >= LOG_EVERY_S:
            said = clock()
            out.print(f"{_share(scored.bytes_read, total_bytes)}{count.line()}", soft_wrap=True)


def _share(done: int, total: int) -> str:
    return f"{done / total:.0%}, " if total else ""


def _bar(pages: Iterable[Scored], count: Count, total_bytes: int, out: Console) -> Iterator[Scored]:
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), TaskProgressColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=out, transient=True) as progress:
        task = progress.add_task("reading", total=total_bytes or None)
        for scored in pages:
            count.add(scored)
            yield scored
            progress.update(task, completed=scored.bytes_read, description=count.line())
