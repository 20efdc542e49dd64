"""Run many pages through a checker: frames of pages in, frames of rows out.

A frame is the unit of work that travels between processes and the unit of what is finished or not. Whatever runs
them (this process, a cluster on this machine, a cluster elsewhere) is `score_frames`: frames in, done frames out,
in any order.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from claims.types import Article, Report
from pipeline.entries import Entry, opened, read_entry
from pipeline.limits import ReadError

if TYPE_CHECKING:
    from pipeline.checker import Checker
    from pipeline.gates import Gates

__all__ = ["CHECKED", "Done", "Form", "Frame", "Job", "ScoreFrames", "Scored", "frames_of", "score_entry"]

# Handing a task over costs nothing from 50 pages on (1 to 5 s of work); more would be lost when a run is killed.
FRAME_PAGES = 50
CHECKED = "checked"
_log = logging.getLogger(__name__)

Form = Literal["parquet", "lines"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What every worker must know of a run. `timeout_s` is a plain page's; PDF and long text have more."""

    folders: tuple[Path, ...]
    concepts: Path
    form: Form = "lines"
    thorough: bool = False
    flagged_only: bool = False
    timeout_s: float = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Some pages of a run: to be scored, or only looked at for twins."""

    number: int
    pages: Sequence[Entry]
    look: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A finished frame: what was counted, and the files to keep of it, by name."""

    number: int
    counts: Mapping[str, int]
    files: Mapping[str, bytes]


ScoreFrames = Callable[[Iterable[Frame]], Iterator[Done]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A page that went through. `state` is "checked", or why it was not (a slug); the rest is as in Entry."""

    id: str | int
    line: int
    report: Report
    state: str = CHECKED
    file: str = ""
    offset: int | None = None
    twin: str | int | None = None
    copies: int = 1


def frames_of(entries: Iterable[Entry], size: int = FRAME_PAGES) -> Iterator[Frame]:
    """Cut a stream of pages into numbered frames, the last one shorter."""
    pages, number = iter(entries), 0
    while some := tuple(islice(pages, size)):
        yield Frame(number=number, pages=some)
        number += 1


def score_entry(entry: Entry, checker: Checker, gates: Gates | None = None) -> Scored:
    """Read and check a page; whatever goes wrong with it becomes its report's error.

    With gates, a web page on which they find nothing that a row could answer is not read, the main text of others is
    found quickly, and of a page that is not short only what a row could answer is read.
    """
    try:
        entry = opened(entry)
        settled = entry.settled
        if settled is None and gates and entry.html is not None:
            settled = gates.settle(entry.html)
        if settled:
            return scored(entry, replace(checker.failed(blank(entry), ""), error=None), settled)
        quick = gates is not None
        return scored(entry, checker.check(read_entry(entry, quick=quick), quick=quick))
    except ReadError as err:
        return scored(entry, checker.failed(blank(entry), str(err)), err.reason)
    except MemoryError:
        return scored(entry, checker.failed(blank(entry), "checking it took too much memory"), "memory")
    except Exception as err:  # noqa: BLE001 - the outermost loop: no page kills a run
        _log.debug("failed on line %d", entry.line, exc_info=True)
        fault = f"checking it failed ({type(err).__name__}: {err}); please report the page"
        return scored(entry, checker.failed(blank(entry), " ".join(fault.split())[:500]), "crashed")


def scored(entry: Entry, report: Report, state: str = CHECKED) -> Scored:
    """Put a page's report beside what is known of the page."""
    return Scored(
        id=entry.id,
        line=entry.line,
        report=report,
        state=state,
        file=entry.file,
        offset=entry.offset,
        twin=entry.twin,
        copies=entry.copies,
    )


def blank(entry: Entry) -> Article:
    """Give what is known of a page without reading it."""
    return Article(id=str(entry.id), text="", url=entry.url, title=entry.title, published=entry.published)


def count(pages: Iterable[Scored]) -> Counter[str]:
    """Count pages, claims, flagged claims and, as `state_…`, what became of the pages."""
    counts: Counter[str] = Counter()
    for page in pages:
        findings = page.report.findings
        counts.update(
            {"pages": 1, "claims": len(findings), "flagged": sum(f.flag for f in findings), f"state_{page.state}": 1}
        )
        counts["errors"] += page.report.error is not None
    return counts
