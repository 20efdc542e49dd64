"""Check pages in a child process, one after the other: no page can stall or crash the screen."""

from __future__ import annotations

import atexit
import logging
import multiprocessing
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

import streamlit as st

from claims.types import Article, Report, digest
from pipeline.dashboard.sources import Source, name_of
from pipeline.dashboard.worker import READY, serve

# A poison page held an extractor over 25 s; a plain one takes well under 1 s.
PATIENCE = 30.0
# Loading spaCy and the table takes 2 to 5 s here; a cold disk many times that.
START_PATIENCE = 120.0

Serve = Callable[[Connection], None]
_log = logging.getLogger(__name__)


class Desk:
    """One child process that keeps a checker loaded, and the queue in front of it."""

    def __init__(self, serve: Serve = serve, patience: float = PATIENCE) -> None:
        self._serve = serve
        self._patience = patience
        self._child: BaseProcess | None = None
        self._line: Connection | None = None
        self._waiting: queue.SimpleQueue[tuple[Source, Future[Report]]] = queue.SimpleQueue()
        threading.Thread(target=self._work, name="nostrum-desk", daemon=True).start()
        atexit.register(self.close)

    def submit(self, source: Source) -> Future[Report]:
        """Queue a page; its report always comes, with `error` set where the page failed."""
        future: Future[Report] = Future()
        self._waiting.put((source, future))
        return future

    def close(self) -> None:
        """Stop the child at once."""
        if self._child is not None:
            self._child.kill()
            self._child.join()
        if self._line is not None:
            self._line.close()
        self._child = self._line = None

    def _work(self) -> None:
        while True:
            source, future = self._waiting.get()
            if future.set_running_or_notify_cancel():
                future.set_result(self._check(source))

    def _check(self, source: Source) -> Report:
        try:
            line = self._open()
            line.send(source)
            if line.poll(self._patience):
                report: Report = line.recv()
                return report
            fault = f"The page took longer than {self._patience:g} seconds and was stopped."
        except (EOFError, OSError):
            _log.exception("the checker's process ended while it read %s", name_of(source))
            fault = "The page made the checker stop. It has been started again."
        self.close()
        return failed(source, fault)

    def _open(self) -> Connection:
        if self._line is not None and self._child is not None and self._child.is_alive():
            return self._line
        self.close()
        context = multiprocessing.get_context("spawn")
        self._line, theirs = context.Pipe()
        self._child = context.Process(target=self._serve, args=(theirs,), name="nostrum-checker")
        self._child.start()
        theirs.close()
        if not self._line.poll(START_PATIENCE) or self._line.recv() != READY:
            raise EOFError
        return self._line


def failed(source: Source, fault: str) -> Report:
    """Report a page that no checker has seen."""
    name = name_of(source)
    article = Article(id=digest("failed", name, fault), text="", title=name)
    return Report(article=article, checker="", evidence_digest="", as_of="", error=fault)


@st.cache_resource(show_spinner=False)
def desk() -> Desk:
    """Give the one desk of this server."""
    return Desk()
