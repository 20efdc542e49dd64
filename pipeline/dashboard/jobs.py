"""Check pages in a child process, one after the other: no page can stall or crash the screen."""

from __future__ import annotations

import atexit
import logging
import queue
import threading
from concurrent.futures import Future

import streamlit as st

from claims.types import Report
from pipeline.child import Serve, start
from pipeline.dashboard.sources import Source, name_of
from pipeline.dashboard.worker import READY, serve, unread

# A poison page held an extractor over 25 s; a plain one takes well under 1 s.
PATIENCE = 30.0
# Loading spaCy and the table takes 2 to 5 s here; a cold disk many times that.
START_PATIENCE = 120.0

_log = logging.getLogger(__name__)


class Desk:
    """One child process that keeps a checker loaded, and the queue in front of it."""

    def __init__(self, serve: Serve = serve, patience: float = PATIENCE) -> None:
        self._serve = serve
        self._patience = patience
        self._child: _Child | None = None
        self._running: Future[Report] | None = None
        self._stopped = False
        self._waiting: queue.SimpleQueue[tuple[Source, Future[Report]]] = queue.SimpleQueue()
        threading.Thread(target=self._work, name="nostrum-desk", daemon=True).start()
        atexit.register(self.close)

    def submit(self, source: Source) -> Future[Report]:
        """Queue a page; its report always comes, with `error` set where the page failed."""
        future: Future[Report] = Future()
        self._waiting.put((source, future))
        return future

    def stop(self, future: Future[Report]) -> bool:
        """Take a page back and tell whether it was still waiting; one that is being checked fails at once."""
        if future.cancel():
            return True
        child = self._child
        if future is self._running and child is not None:
            self._stopped = True
            child.kill()
        return False

    def close(self) -> None:
        """Stop the child at once; the next page starts another."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()

    def _work(self) -> None:
        while True:
            source, future = self._waiting.get()
            if future.set_running_or_notify_cancel():
                self._running, self._stopped = future, False
                report = self._check(source)
                self._running = None
                future.set_result(report)

    def _check(self, source: Source) -> Report:
        try:
            if self._child is None or not self._child.alive:
                self.close()
                self._child = _Child(self._serve)
            return self._child.ask(source, self._patience)
        except _Unstarted as fault:
            line = str(fault)
        except TimeoutError:
            line = f"The page took longer than {self._patience:g} seconds and was stopped."
        except (EOFError, OSError):
            if self._stopped:
                self.close()
                return failed(source, "The page was stopped before it was checked.")
            _log.exception("the checker's process ended while it read %s", name_of(source))
            line = "The page made the checker stop. It has been started again."
        self.close()
        return failed(source, line)


class _Unstarted(Exception):
    """The child could not load its checker; the message says why."""


class _Child:
    """A fresh Python that runs `serve` on one end of a line."""

    def __init__(self, serve: Serve) -> None:
        self._process, self._line = start(serve)
        fault = self._greeting()
        if fault != READY:
            self.kill()
            raise _Unstarted(fault)

    def _greeting(self) -> str:
        try:
            if not self._line.poll(START_PATIENCE):
                return f"The checker did not start within {START_PATIENCE:g} seconds."
            greeting: str = self._line.recv()
        except (EOFError, OSError):
            return "The checker could not start. The log of the server says why."
        return greeting

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, source: Source, patience: float) -> Report:
        """Send a page and wait for its report; raise TimeoutError, or EOFError where the child has died."""
        self._line.send(source)
        if not self._line.poll(patience):
            raise TimeoutError
        report: Report = self._line.recv()
        return report

    def kill(self) -> None:
        """End the process; whoever waits for its answer is told at once."""
        self._process.kill()
        self._process.wait()


def failed(source: Source, fault: str) -> Report:
    """Report a page that no checker has seen."""
    return Report(article=unread(source), checker="", evidence_digest="", as_of="", error=fault)


@st.cache_resource(show_spinner=False)
def desk() -> Desk:
    """Give the one desk of this server."""
    return Desk()
