"""Run many pages through a checker: frames of pages in, frames of reports out, in the same order.

A frame is the unit of work that travels between processes. Whatever runs them (this process, a pool, later a
cluster) is `score_frames`: one function, entries in, scored pages out.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from claims.types import Article, Report
from pipeline.limits import ReadError
from pipeline.sources import Entry, read_entry

if TYPE_CHECKING:
    from pipeline.checker import Checker

__all__ = ["Frame", "Scored", "frames_of", "score_entry", "score_frame", "score_pages"]

# Handing a task over costs nothing from 50 pages on (5 s of work); fewer keep the progress bar moving.
FRAME_PAGES = 20
_log = logging.getLogger(__name__)

Frame = Sequence[Entry]
ScoreFrames = Callable[[Iterable[Frame]], Iterable[Sequence["Scored"]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A page that went through: its id as given, its report, and why it could not be read (a slug, or "")."""

    id: str | int
    line: int
    report: Report
    reason: str = ""
    bytes_read: int = 0


def score_pages(entries: Iterable[Entry], score_frames: ScoreFrames) -> Iterator[Scored]:
    """Score pages in frames; one comes out for each that goes in, in the same order."""
    for frame in score_frames(frames_of(entries)):
        yield from frame


def frames_of(entries: Iterable[Entry], size: int = FRAME_PAGES) -> Iterator[Frame]:
    """Cut a stream of pages into frames, the last one shorter."""
    pages = iter(entries)
    while frame := tuple(islice(pages, size)):
        yield frame


def score_frame(frame: Frame, checker: Checker) -> list[Scored]:
    """Check the pages of a frame, one after the other."""
    return [score_entry(entry, checker) for entry in frame]


def score_entry(entry: Entry, checker: Checker) -> Scored:
    """Read and check a page; whatever goes wrong with it becomes its report's error."""
    try:
        report, reason = checker.check(read_entry(entry)), ""
    except ReadError as err:
        report, reason = checker.failed(_blank(entry), str(err)), err.reason
    except Exception as err:  # noqa: BLE001 - the outermost loop: no page kills a run
        _log.debug("failed on line %d", entry.line, exc_info=True)
        fault = f"checking it failed ({type(err).__name__}: {err}); please report the page"
        report, reason = checker.failed(_blank(entry), " ".join(fault.split())[:500]), "crashed"
    return Scored(id=entry.id, line=entry.line, report=report, reason=reason, bytes_read=entry.bytes_read)


def _blank(entry: Entry) -> Article:
    """Give what is known of a page without reading it."""
    return Article(id=str(entry.id), text="", url=entry.url, title=entry.title, published=entry.published)
