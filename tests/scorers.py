"""A child of a scorer that does to itself what the pages say."""

from __future__ import annotations

import os
import signal
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path

from claims.concepts import CONCEPTS
from claims.evidence import EVIDENCE
from claims.types import Report
from pipeline.batch import Job, Scored, blank, scored
from pipeline.engine import Engine
from pipeline.entries import Entry
from pipeline.feeds import Feed
from pipeline.run import Run
from pipeline.scorer import Scorer, Versions
from pipeline.twins import look_at

VERSIONS = Versions(checker="nostrum test", evidence_digest="0", as_of="2026-11-27")


def serve_badly(line: Connection) -> None:
    """Answer each page; hang or crash at one that says so."""
    line.recv()
    line.send(VERSIONS)
    while True:
        try:
            frame, _ = line.recv()
        except EOFError:
            return
        for entry in frame.pages:
            line.send(look_at(entry, None) if frame.look else answer(entry))


def answer(entry: Entry) -> Scored:
    """Report a page without claims."""
    if "hang" in (entry.text or ""):
        time.sleep(600)
    if "crash" in (entry.text or ""):
        os.kill(os.getpid(), signal.SIGSEGV)
    state = entry.settled or (entry.fault.reason if entry.fault else "checked")
    report = Report(
        article=blank(entry),
        checker=VERSIONS.checker,
        evidence_digest=VERSIONS.evidence_digest,
        as_of=VERSIONS.as_of,
        error=str(entry.fault) if entry.fault else None,
    )
    return scored(entry, report, state)


def main(source: str, out: str) -> None:
    """Run a batch without a checker: twins, resuming and writing are the real ones."""
    job = Job(folders=(EVIDENCE,), concepts=CONCEPTS, form="parquet")
    scorer = Scorer(job.folders, job.concepts, serve=serve_badly)
    engine = Engine(VERSIONS, lambda frames: (scorer.do(frame, job) for frame in frames))
    Run(feed=Feed(names=[source]), job=job, out=Path(out), twins=True, frame_pages=100).do(engine)


if __name__ == "__main__":
    from tests.scorers import main as begin  # so that the child finds `serve_badly` under its name

    begin(*sys.argv[1:])
