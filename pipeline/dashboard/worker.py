"""The child process of the dashboard: loads one checker, then answers page by page."""

from __future__ import annotations

import logging
from dataclasses import replace
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from claims.types import Article, Report, digest
from pipeline.dashboard.sources import Link, Pasted, Source, Upload, name_of

if TYPE_CHECKING:
    from pipeline.checker import Checker

READY = "ready"
FAULT = "The checker failed on this page. The log of the server says how."
_log = logging.getLogger(__name__)


def serve(line: Connection) -> None:
    """Answer each source with its report, until the line closes."""
    from pipeline.checker import Checker

    checker = Checker.default()
    line.send(READY)
    while True:
        try:
            source: Source = line.recv()
        except EOFError:
            return
        line.send(_answer(source, checker))


def _answer(source: Source, checker: Checker) -> Report:
    try:
        return check(source, checker)
    except Exception:  # the outermost loop: one bad page must not take the others along
        _log.exception("failed on %s", name_of(source))
        return failed(source, FAULT, checker)


def check(source: Source, checker: Checker) -> Report:
    """Read a source and check it; what cannot be read gives a report with one line of `error`."""
    from pipeline.fetch import FetchError
    from pipeline.read import ReadError

    try:
        return checker.check(read(source))
    except (ReadError, FetchError) as error:
        return failed(source, str(error), checker)


def read(source: Source) -> Article:
    """Turn a source into an article."""
    from pipeline.fetch import fetch
    from pipeline.read import read_bytes

    match source:
        case Pasted(name=name, text=text):
            return read_bytes(text.encode("utf-8", "replace"), name=f"{name}.txt")
        case Upload(name=name, data=data):
            return read_bytes(data, name=name)
        case Link(url=url):
            page = fetch(url)
            return replace(read_bytes(page.data, name=page.final_url), url=page.final_url)


def failed(source: Source, fault: str, checker: Checker) -> Report:
    """Report a source that could not be read, under the checker's versions."""
    blank = checker.check(Article(id=digest("failed", name_of(source)), text=""))
    return replace(blank, article=replace(blank.article, title=name_of(source)), findings=(), error=fault)
