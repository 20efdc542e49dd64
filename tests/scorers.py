"""A child of a scorer that does to itself what the pages say."""

from __future__ import annotations

import os
import signal
import time
from multiprocessing.connection import Connection

from claims.types import Report
from pipeline.batch import Scored, blank, scored
from pipeline.entries import Entry
from pipeline.scorer import Versions

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
            line.send(answer(entry))


def answer(entry: Entry) -> Scored:
    """Report a page without claims."""
    if "hang" in (entry.text or ""):
        time.sleep(600)
    if "crash" in (entry.text or ""):
        os.kill(os.getpid(), signal.SIGSEGV)
    report = Report(
        article=blank(entry),
        checker=VERSIONS.checker,
        evidence_digest=VERSIONS.evidence_digest,
        as_of=VERSIONS.as_of,
    )
    return scored(entry, report)
