"""The child process of the dashboard: loads one checker, then answers page by page."""

from __future__ import annotations

import logging
from dataclasses import replace
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from claims.types import Article, Report, digest
from pipeline.dashboard.sources import Link, Local, Pasted, Source, Upload, name_of

if TYPE_CHECKING:
    from pipeline.checker import Checker

READY = ""
FAULT = "The checker failed on this page. The log of the server says how."
_log = logging.getLogger(__name__)


def serve(line: Connection) -> None:
    """Say that the checker is ready, or why not; then answer each source with its report."""
    from pipeline.checker import Checker

    try:
        checker = Checker.default()
    except (ValueError, OSError) as error:  # a table with faults, a file that is missing
        line.send(f"The checker could not start: {error}")
        return
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
    except Exception:  # noqa: BLE001 - the outermost loop: one bad page must not take the others along
        _log.exception("failed on %s", name_of(source))
        return checker.failed(unread(source), FAULT)


def check(source: Source, checker: Checker) -> Report:
    """Read a source and check it; what cannot be read gives a report with one line of `error`."""
    from pipeline.fetch import FetchError
    from pipeline.read import ReadError

    try:
        return named(checker.check(read(source)), source)
    except ReadError as error:
        return checker.failed(unread(source), error.what)
    except FetchError as error:
        return checker.failed(unread(source), str(error))


def read(source: Source) -> Article:
    """Turn a source into an article. This process can be killed, so the plain reader will do."""
    from pipeline.fetch import fetch_kept
    from pipeline.read import load, read_bytes

    match source:
        case Pasted(text=text):
            return read_bytes(text.encode("utf-8", "replace"))
        case Upload(name=name, data=data):
            return read_bytes(data, name=name)
        case Local(path=path):
            return read_bytes(load(path), name=path.name)
        case Link(url=url):
            page = fetch_kept(url)
            return read_bytes(page.data, url=page.final_url, content_type=page.content_type)


def named(report: Report, source: Source) -> Report:
    """Call a page that has no title by the name it was handed in under, so that files tell it from the others."""
    article = report.article
    return report if article.title else replace(report, article=replace(article, title=name_of(source)))


def unread(source: Source) -> Article:
    """Stand in for an article that could not be read."""
    name = name_of(source)
    return Article(id=digest("unread", name), text="", title=name)
