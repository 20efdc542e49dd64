"""What runs the frames of a batch: this process, a cluster of processes on this machine, or any Dask cluster.

Nothing else imports Dask. However frames are run, each is scored by a `Scorer` in a child of its own, so a page
can neither stop nor kill a worker; a worker that is killed from outside loses nothing, as its frames go to others.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.batch import Done, Frame, Job, ScoreFrames
from pipeline.scorer import ScorerError, Versions, scorer_for

if TYPE_CHECKING:
    from distributed import Client, Future

__all__ = ["Engine", "EngineError", "engine"]

# Frames handed out per worker: one in work, one waiting.
AHEAD = 2
CONNECT_TIMEOUT_S = 20
# A frame of 50 large pages is more than the 10 MB of which Dask warns; it travels once.
_DASK = {
    "distributed.admin.large-graph-warning-threshold": "1GB",
    "distributed.comm.timeouts.connect": "60s",
    # Nobody looks at what it samples of itself a hundred times a second.
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.interval": "1s",
    "distributed.admin.tick.cycle": "10s",
    "distributed.admin.system-monitor.interval": "10s",
    "distributed.admin.system-monitor.gil.enabled": False,
}


class EngineError(Exception):
    """The workers are gone or of no use; the message is one line for the user."""


@dataclass(frozen=True, slots=True)
class Engine:
    """What scores frames, and the versions that all its workers have."""

    versions: Versions
    score_frames: ScoreFrames


@contextmanager
def engine(job: Job, *, workers: int = 1, scheduler: str = "") -> Iterator[Engine]:
    """Lend what scores frames: in this process for one worker, else on a cluster; raise EngineError."""
    try:
        if scheduler or workers > 1:
            with _client(workers, scheduler) as client:
                versions = _result(client.submit(_versions, job, pure=False))
                yield Engine(versions, lambda frames: _on_cluster(frames, client, job, versions))
        else:
            scorer = scorer_for(job)
            yield Engine(scorer.versions(), lambda frames: (scorer.do(frame, job) for frame in frames))
    except ScorerError as err:
        raise EngineError(str(err)) from None


@contextmanager
def _client(workers: int, scheduler: str) -> Iterator[Client]:
    import dask
    from distributed import Client, LocalCluster

    with ExitStack() as stack:
        stack.enter_context(dask.config.set(_DASK))
        if not scheduler:
            with _deaf_to_ctrl_c():
                cluster = LocalCluster(
                    n_workers=workers, threads_per_worker=1, dashboard_address=None, memory_limit=0, silence_logs=50
                )
            stack.enter_context(cluster)
        try:
            client = Client(scheduler or cluster, timeout=CONNECT_TIMEOUT_S, set_as_default=False)
        except (OSError, ValueError) as err:
            what = f"no scheduler answers there ({err}); start `dask scheduler`, and workers with Nostrum installed"
            raise EngineError(f"{scheduler}: {what}") from None
        yield stack.enter_context(client)


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Have the processes that are started now ignore Ctrl-C: it is this process's to handle."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _on_cluster(frames: Iterable[Frame], client: Client, job: Job, versions: Versions) -> Iterator[Done]:
    """Keep some frames in work on every worker and give them as they are done."""
    from distributed import as_completed

    pending = as_completed(loop=client.loop)
    for frame in frames:
        while pending.count() >= AHEAD * max(1, sum(client.nthreads().values())):
            yield _result(next(pending))
        pending.add(client.submit(_score, frame, job, versions, pure=False))
    for future in pending:
        yield _result(future)


def _result(future: Future[Any]) -> Any:
    from distributed import KilledWorker
    from distributed.client import FutureCancelledError

    try:
        return future.result()
    except KilledWorker:
        raise EngineError("workers die again and again, perhaps of too little memory; try fewer") from None
    except (FutureCancelledError, OSError) as err:
        raise EngineError(f"the cluster is gone ({err}); start it, and the same command goes on") from None


def _versions(job: Job) -> Versions:
    return scorer_for(job).versions()


def _score(frame: Frame, job: Job, expected: Versions) -> Done:
    scorer = scorer_for(job)
    if scorer.versions() != expected:
        raise ScorerError(f"a worker has {scorer.versions()}, another {expected}; give all the same version and table")
    return scorer.do(frame, job)
