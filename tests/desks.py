"""Stand-ins for the dashboard's desk, which answer without a checker."""

from __future__ import annotations

from concurrent.futures import Future

from claims.types import Report
from pipeline.dashboard.sources import Source, name_of
from tests.factories import (
    failed_report,
    hostile_report,
    kratom_report,
    long_report,
    plain_report,
    repeated_report,
)


class InstantDesk:
    """Stands in for the dashboard's desk: answers at once, by the name of what was handed in."""

    def __init__(self, **answers: Report) -> None:
        self.answers = {
            "empty.pdf": failed_report(),
            "hostile.html": hostile_report(),
            "long.html": long_report(),
            "repeated.html": repeated_report(),
            "plain.txt": plain_report(),
        } | answers
        self.seen: list[Source] = []

    def submit(self, source: Source) -> Future[Report]:
        """Answer with the report kept under the source's name, else with the kratom page."""
        self.seen.append(source)
        future: Future[Report] = Future()
        future.set_result(self.answers.get(name_of(source)) or kratom_report())
        return future

    def stop(self, future: Future[Report]) -> bool:
        """Take a page back if it is still waiting."""
        return future.cancel()


class SlowDesk(InstantDesk):
    """Answers nothing by itself: `finish` does, page by page."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[Source, Future[Report]]] = []

    def submit(self, source: Source) -> Future[Report]:
        """Keep the source waiting."""
        self.open.append((source, Future()))
        return self.open[-1][1]

    def finish(self) -> None:
        """Answer the page that has waited longest."""
        source, future = self.open.pop(0)
        future.set_result(InstantDesk().submit(source).result())
