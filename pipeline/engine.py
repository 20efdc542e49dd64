"""What runs the frames of a batch: this process, or a pool of processes on this machine."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.batch import Frame, Scored, ScoreFrames, score_frame

if TYPE_CHECKING:
    from pipeline.checker import Checker

__all__ = ["EngineError", "engine"]

# Frames handed out per worker: one in work, one waiting.
AHEAD = 2


class EngineError(Exception):
    """The workers are gone; the message is one line for the user."""


def engine(workers: int, folders: Sequence[Path], concepts: Path) -> ScoreFrames:
    """Give what scores frames on a table: in this process for one worker, in a pool for more."""
    if workers > 1:
        _check_table(folders, concepts)
        return partial(_in_pool, workers=workers, folders=folders, concepts=concepts)
    return partial(_in_process, checker=_load(folders, concepts))


def _check_table(folders: Sequence[Path], concepts: Path) -> None:
    """Report the faults of a table here, once, instead of in every worker."""
    from claims.evidence import EvidenceTable

    EvidenceTable.open(folders, concepts)


def _load(folders: Sequence[Path], concepts: Path) -> Checker:
    from pipeline.checker import Checker  # spaCy and scikit-learn: not before they are needed

    return Checker.load(folders, concepts)


def _in_process(frames: Iterable[Frame], checker: Checker) -> Iterator[list[Scored]]:
    # One page at a time, so that progress and output do not wait for a frame.
    for frame in frames:
        for entry in frame:
            yield score_frame([entry], checker)


def _in_pool(
    frames: Iterable[Frame], workers: int, folders: Sequence[Path], concepts: Path
) -> Iterator[list[Scored]]:
    pool = ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_start_worker, initargs=(folders, concepts)
    )
    try:
        yield from _in_order(pool, frames, workers * AHEAD)
    except BrokenProcessPool:
        raise EngineError("a worker died, perhaps of too little memory; try fewer with --workers") from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _in_order(pool: ProcessPoolExecutor, frames: Iterable[Frame], ahead: int) -> Iterator[list[Scored]]:
    """Keep some frames in work and give their results in the order of the frames."""
    waiting: deque[Future[list[Scored]]] = deque()
    for frame in frames:
        waiting.append(pool.submit(_score_in_worker, frame))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


_checker: Checker | None = None


def _start_worker(folders: Sequence[Path], concepts: Path) -> None:
    global _checker
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # the pool is the parallelism
    _checker = _load(folders, concepts)


def _score_in_worker(frame: Frame) -> list[Scored]:
    assert _checker is not None, "the pool's initializer loads it"
    return score_frame(frame, _checker)
