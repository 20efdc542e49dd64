"""Read pages from strangers in a child process that can be killed: poison costs a time-out, not the program.

One long-lived child per process, started at the first call and again after it died or was killed. It is a
plain subprocess, not a multiprocessing one: that would run the caller's `__main__` again and is refused to
the daemonic workers of Dask. The two talk in JSON over pipes; the child ends when its input does.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from dataclasses import asdict
from typing import IO, Any

from claims.types import Article, Block
from pipeline.limits import ReadError
from pipeline.read import read_bytes

# The slowest of 145 real pages takes 0.7 s on a busy machine; the slowest that passes the limits took 6 s.
TIMEOUT_S = 10.0
# 300 plain pages take 2 s; pages full of fonts and drawings take many times that.
PDF_TIMEOUT_S = 60.0
# Starting the child takes 0.5 s, several under load; this is no part of a page's time.
START_TIMEOUT_S = 60.0
# Address space of the child. The worst page that passes the limits (2 MB, 49,000 tags) takes 0.26 GB; 725
# real ones left it at 0.11 GB. What is above this is a bomb.
MAX_MEMORY = 2_000_000_000

_MAIN = "import json,sys; sys.path[:] = json.loads(sys.argv[1]); from pipeline.guard import serve; serve()"


def read_bytes_guarded(
    data: bytes,
    *,
    name: str = "",
    url: str = "",
    id: str = "",
    title: str = "",
    published: str = "",
    content_type: str = "",
    timeout_s: float | None = None,
) -> Article:
    """Read bytes as `read_bytes` does, in a child process; `ReadError` timeout or crashed if it fails.

    A PDF may take `PDF_TIMEOUT_S`, anything else `TIMEOUT_S`.
    """
    fields = {"name": name, "url": url, "id": id, "title": title, "published": published}
    limit = timeout_s or (PDF_TIMEOUT_S if b"%PDF-" in data[:1024] else TIMEOUT_S)
    return _reader().ask(data, fields | {"content_type": content_type}, limit)


class _Reader:
    """The child process and the lock that lets one page at a time through to it."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None

    def ask(self, data: bytes, fields: dict[str, str], timeout_s: float) -> Article:
        """Have the child read a page; a child that did not answer to the end is replaced."""
        killed = threading.Event()
        answer: dict[str, Any] | None = None
        with self._lock:
            child = self._ready()
            timer = threading.Timer(timeout_s, _kill, (child, killed))
            timer.start()
            try:
                answer = _exchange(child, {"size": len(data), "fields": fields}, data)
            except (OSError, ValueError):
                answer = None
            finally:
                timer.cancel()
                if answer is None or killed.is_set():
                    self._end()
        where = fields.get("name") or fields["url"]
        if answer is None and killed.is_set():
            what = f"reading took longer than {timeout_s:g} s and was stopped; copy the text and read that"
            raise ReadError("timeout", what, where)
        if answer is None:
            raise ReadError("crashed", "reading it crashed; copy the article's text and read that", where)
        if "reason" in answer:
            raise ReadError(answer["reason"], answer["what"], answer["where"] or where)
        return _article(answer)

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is not None:
            self._end()
        if self._child is None:
            self._child = _start()
        return self._child

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                assert pipe is not None
                try:
                    pipe.close()
                except BrokenPipeError:  # what was still to be written to the dead child
                    continue

    def close(self) -> None:
        """End the child at exit; a forked process leaves its parent's alone."""
        if os.getpid() == self.owner:
            self._end()


_LOCK = threading.Lock()
_current: _Reader | None = None


def _reader() -> _Reader:
    global _current
    with _LOCK:
        if _current is None or _current.owner != os.getpid():
            _current = _Reader()
            atexit.register(_current.close)
        return _current


def _renew_lock() -> None:
    global _LOCK
    _LOCK = threading.Lock()


os.register_at_fork(after_in_child=_renew_lock)


def _start() -> subprocess.Popen[bytes]:
    child = subprocess.Popen(
        [sys.executable, "-c", _MAIN, json.dumps(sys.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C is the parent's to handle
    )
    killed = threading.Event()
    timer = threading.Timer(START_TIMEOUT_S, _kill, (child, killed))
    timer.start()
    assert child.stdout is not None
    ready = child.stdout.readline()
    timer.cancel()
    if not ready:
        child.kill()
        child.wait()
        raise ReadError("crashed", "the reading process does not start; reinstall with `make run`")
    return child


def _kill(child: subprocess.Popen[bytes], killed: threading.Event) -> None:
    killed.set()
    child.kill()


def _exchange(child: subprocess.Popen[bytes], header: dict[str, Any], data: bytes) -> dict[str, Any] | None:
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(json.dumps(header).encode() + b"\n")
    child.stdin.write(data)
    child.stdin.flush()
    line = child.stdout.readline()
    answer: dict[str, Any] | None = json.loads(line) if line.endswith(b"\n") else None
    return answer


def _article(answer: dict[str, Any]) -> Article:
    blocks = tuple(Block(**block) for block in answer.pop("blocks"))
    return Article(**answer, blocks=blocks)


def serve() -> None:
    """Answer the parent, page by page, until it closes the pipe: the child's whole life."""
    _limit_memory()
    # What a library prints must not get between the answers.
    pages, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _send(answers, {"ready": True})
    while line := pages.readline():
        header = json.loads(line)
        _send(answers, _answer(header, pages.read(header["size"])))


def _send(answers: IO[bytes], answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer).encode() + b"\n")
    answers.flush()


def _answer(header: dict[str, Any], data: bytes) -> dict[str, Any]:
    try:
        return asdict(read_bytes(data, **header["fields"]))
    except ReadError as err:
        return {"reason": err.reason, "what": err.what, "where": err.where}
    except Exception as err:  # noqa: BLE001 - the outermost loop: no page kills a run
        what = f"reading it failed ({type(err).__name__}); please report the page"
        return {"reason": "crashed", "what": what, "where": ""}


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
