"""`nostrum check`: read pages, check them, print the reports."""

from __future__ import annotations

import json
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING

from claims.types import Article, Report, digest
from pipeline.about import named_version
from pipeline.commands.tables import Tables
from pipeline.commands.terminal import blank_controls, complain, escape_controls, write_utf8
from pipeline.sources import is_url, name_of, read_input

if TYPE_CHECKING:
    from pipeline.checker import Checker

NOTHING_FLAGGED, FLAGGED, FAILED = 0, 1, 2
# A fault that shows within this time (no such file) is told before a checker is loaded for nothing.
AT_ONCE_S = 0.1

Named = tuple[str, Report]


def run(inputs: Sequence[str], form: str, tables: Tables) -> int:
    """Check inputs and print the reports in a form; give the exit code."""
    reports: list[Report] = []
    for name, report in check(inputs, tables):
        reports.append(report)
        if report.error:
            complain(report.error)
        if form == "text":
            _print_text(name, report, len(reports))
        elif form == "jsonl":
            _print_json(report)
    if form == "json":
        _print_all_json(reports)
    elif form == "csv":
        _print_csv(reports)
    elif form == "text" and len(reports) > 1:
        _print_totals(reports)
    return exit_code(reports)


def exit_code(reports: Sequence[Report]) -> int:
    """Say how it went, for a script: 2 where a page could not be checked, 1 where one is flagged, else 0."""
    if any(report.error for report in reports):
        return FAILED
    return FLAGGED if any(f.flag for report in reports for f in report.findings) else NOTHING_FLAGGED


def check(inputs: Sequence[str], tables: Tables) -> Iterator[Named]:
    """Check inputs in order; the checker loads while the first is read, the next is read meanwhile."""
    checker: Checker | None = None
    for name, coming in _reading(inputs):
        wait([coming], timeout=AT_ONCE_S)
        if checker is None and not (coming.done() and coming.exception()):
            checker = tables.checker()
        yield name, _report(name, coming, checker)


def _reading(inputs: Sequence[str]) -> Iterator[tuple[str, Future[Article]]]:
    """Read inputs in a thread, one ahead."""
    pool = ThreadPoolExecutor(1)
    coming: deque[Future[Article]] = deque()
    try:
        for i, name in enumerate(inputs):
            coming.extend(pool.submit(read_input, ahead) for ahead in inputs[i + len(coming) : i + 2])
            yield name, coming.popleft()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _report(name: str, coming: Future[Article], checker: Checker | None) -> Report:
    from pipeline.read import ReadError

    faults: tuple[type[Exception], ...] = (ReadError,)
    if is_url(name):
        from pipeline.fetch import FetchError

        faults = (ReadError, FetchError)
    try:
        article = coming.result()
    except faults as err:
        return _failed(name, str(err), checker)
    assert checker is not None, "loaded, since the page could be read"
    report = checker.check(article)
    return report if report.error is None else _failed(name, report.error, checker)


def _failed(name: str, fault: str, checker: Checker | None) -> Report:
    article = Article(id=digest("failed", name), text="", url=name if is_url(name) else "")
    line = fault if name in fault else f"{name_of(name)}: {fault}"
    if checker is not None:
        return checker.failed(article, line)
    return Report(
        article=article, checker=named_version(), evidence_digest="", as_of="", error=line
    )


def _print_text(name: str, report: Report, number: int) -> None:
    from pipeline.commands.render import print_line, render
    from pipeline.commands.screen import Screen

    if report.error:
        return
    out = Screen()
    if number > 1:
        out.print()
    for line in render(report, name_of(name)):
        print_line(line, out)


def _print_totals(reports: Sequence[Report]) -> None:
    from pipeline.commands.render import totals
    from pipeline.commands.screen import Screen

    out = Screen()
    out.print()
    out.print(totals(reports))


def _print_json(report: Report) -> None:
    from pipeline.export import report_to_dict

    write_utf8(escape_controls(json.dumps(report_to_dict(report), ensure_ascii=False)) + "\n")


def _print_all_json(reports: Sequence[Report]) -> None:
    """Print one object for one input, a list for several."""
    from pipeline.export import report_to_dict

    objects = [report_to_dict(report) for report in reports]
    whole = objects[0] if len(objects) == 1 else objects
    write_utf8(escape_controls(json.dumps(whole, ensure_ascii=False, indent=2)) + "\n")


def _print_csv(reports: Sequence[Report]) -> None:
    from pipeline.export import findings_csv

    table = findings_csv(*reports)
    write_utf8(blank_controls(table) if sys.stdout.isatty() else table)
