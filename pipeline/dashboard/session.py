"""The pages one person has handed in, kept in the session under ids of their own."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass

import streamlit as st

from claims.types import Report
from pipeline.dashboard import jobs
from pipeline.dashboard.opened import Opened, open_report
from pipeline.dashboard.sources import SAMPLES, Local, Source, Upload, name_of
from pipeline.handover import received

_PAGES, _CHOSEN, _NEXT, _OPENED = "nostrum_pages", "nostrum_chosen", "nostrum_next", "nostrum_opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page that was handed in; its report comes when it has been checked."""

    id: str
    source: Source
    coming: Future[Report]

    @property
    def sample(self) -> bool:
        """Whether it is one of our own samples."""
        return isinstance(self.source, Upload) and bool(self.source.sample)

    @property
    def title(self) -> str:
        """The page's own title once it is known, else the name it was handed in under."""
        own = self.report.article.title if self.report and not self.report.error else ""
        given = self.source.sample if isinstance(self.source, Upload) else ""
        return own or given or name_of(self.source)

    @property
    def report(self) -> Report | None:
        """The report, once there is one."""
        return self.coming.result() if self.coming.done() else None


def pages() -> list[Page]:
    """Give the session's pages; a new session opens with the files of the command line, else a sample."""
    if _PAGES not in st.session_state:
        given: list[Source] = [Local(path=file) for file in received().files]
        st.session_state[_PAGES] = [_page(source) for source in given or [SAMPLES[0].upload()]]
        turn_to(st.session_state[_PAGES][0].id)
    kept: list[Page] = st.session_state[_PAGES]
    return kept


def add(*sources: Source) -> None:
    """Queue sources for checking and turn to the first of them."""
    new = [_page(source) for source in sources]
    pages().extend(new)
    turn_to(new[0].id)


def _page(source: Source) -> Page:
    number = st.session_state.setdefault(_NEXT, 1)
    st.session_state[_NEXT] = number + 1
    return Page(id=f"page-{number}", source=source, coming=jobs.desk().submit(source))


def open_once(source: Source) -> None:
    """Turn to the page of this source if it is here and has not failed, else add it."""
    here = (page for page in pages() if page.source == source and not (page.report and page.report.error))
    page = next(here, None)
    if page is None:
        add(source)
    else:
        turn_to(page.id)


def turn_to(page_id: str) -> None:
    """Choose the page to read."""
    st.session_state[_CHOSEN] = page_id


def chosen() -> Page | None:
    """Give the page to read: the chosen one, else the last, else none."""
    kept = pages()
    wanted = st.session_state.get(_CHOSEN)
    return next((page for page in kept if page.id == wanted), kept[-1] if kept else None)


def opened(page: Page) -> Opened | None:
    """Give a page as the screen holds it, once it was checked; made once."""
    kept: dict[str, Opened] = st.session_state.setdefault(_OPENED, {})
    if page.report is not None and page.id not in kept:
        kept[page.id] = open_report(page.report)
    return kept.get(page.id)


def scopes() -> dict[str, Opened]:
    """Give the pages on which decisions can be taken, by the id of their article."""
    every = (opened(page) for page in pages())
    return {one.page.page_id: one for one in every if one is not None}


def stop() -> None:
    """Take back the pages that have not been started, and stop the one that is being checked."""
    st.session_state[_PAGES] = [page for page in pages() if not jobs.desk().stop(page.coming)]


def clear() -> None:
    """Forget every page."""
    stop()
    st.session_state[_PAGES] = []


def pasted_name() -> str:
    """Name the next pasted text."""
    return f"Pasted text {st.session_state.get(_NEXT, 1)}"
