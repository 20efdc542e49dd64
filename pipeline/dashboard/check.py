"""The view "Check": hand a page in, read it with its findings, take the report along."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from claims.types import Report
from pipeline.dashboard import deciding, downloads, exposure, inputs, session, words
from pipeline.dashboard.reader import chosen_page, reader, sent_log
from pipeline.dashboard.session import Page
from pipeline.dashboard.sources import SAMPLES
from pipeline.reporting import Page as AuditPage

READER = "reader"
# How often a waiting screen looks whether a page is done.
LOOK_EVERY = 0.5


def view() -> None:
    """Draw the view from the session's pages."""
    exposure.warn()
    with st.sidebar:
        inputs.panel()
    pages, chosen = session.pages(), session.chosen()
    if chosen is None:
        _empty()
        return
    with st.container():  # so that the reader stays in its place, and keeps its state, when the progress goes
        if any(not page.coming.done() for page in pages):
            _waiting(sum(page.coming.done() for page in pages), len(pages))
        _toolbar(chosen, pages)
    _read(chosen.id)


@st.fragment
def _read(drawn: str) -> None:
    """Draw the page and take decisions on it, without drawing the rest of the screen again."""
    chosen = session.chosen()
    if chosen is None or chosen.id != drawn:
        st.rerun()
    reader(
        _page(chosen),
        [_tab(page, chosen) for page in session.pages()],
        _review(chosen),
        key=READER,
        on_page=_turn,
        on_log=_take,
    )


def _turn() -> None:
    wanted = chosen_page(READER)
    if wanted is not None:
        session.turn_to(wanted)


def _take() -> None:
    deciding.take(sent_log(READER), session.scopes())


def _review(page: Page) -> dict[str, Any]:
    opened = session.opened(page)
    if opened is None:
        return deciding.payload(session.scopes(), {}, [])
    return deciding.review_page(session.scopes(), opened)


def _empty() -> None:
    st.header("Nothing to read yet", anchor=False)
    st.markdown(
        "Paste a text, add files or give a link in the sidebar. Nostrum finds the health claims on the page, "
        "compares each with its evidence table and shows you which to look at, and why.",
        width=640,
    )
    if st.button("Open the first sample", type="primary"):
        session.open_once(SAMPLES[0].upload())
        st.rerun()


@st.fragment(run_every=LOOK_EVERY)
def _waiting(done: int, total: int) -> None:
    """Show how far it is; the whole screen is drawn again when another page is done."""
    now = session.pages()
    if sum(page.coming.done() for page in now) != done or len(now) != total:
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(done / total, text=f"{done} of {words.number(total, 'page')} checked")
        if st.button("Stop", help="Stops the page that is being checked and takes the others back."):
            session.stop()
            st.rerun()


def _toolbar(chosen: Page, pages: Sequence[Page]) -> None:
    report = chosen.report
    with st.container(horizontal=True, vertical_alignment="center", key="toolbar"):
        sample = "Sample page · " if chosen.sample else ""
        st.markdown(sample + _summary(chosen), width="stretch")
        if report is not None and not report.error:
            every = [r for page in pages if (r := page.report) is not None]
            found = {"This page": [report]} | ({"All pages": every} if len(every) > 1 else {})
            downloads.menu({of: partial(_audited, some) for of, some in found.items()}, found)


def _audited(reports: Sequence[Report]) -> list[AuditPage]:
    return [AuditPage.of(report) for report in reports]


def _summary(page: Page) -> str:
    """Say in a line what was found; our own words and numbers only."""
    report, opened = page.report, session.opened(page)
    if report is None or opened is None:
        return "Checking…"
    if report.error:
        return "**Not checked**"
    if not report.findings:
        return "**No health claims found**"
    flagged = sum(finding.flag for finding in report.findings)
    claims = words.number(len(report.findings), "claim")
    different = len(opened.payload["flagged"])
    repeats = f", {different} of them different" if different < flagged else ""
    return f"**{flagged} flagged** of {claims}{repeats}" if flagged else f"**Nothing flagged** among {claims}"


def _page(page: Page) -> dict[str, Any]:
    opened = session.opened(page)
    if opened is None:
        return {"id": page.id, "state": "waiting", "title": page.title}
    return {**opened.payload, "id": page.id, "state": "ready", "title": page.title}


def _tab(page: Page, chosen: Page) -> dict[str, Any]:
    report = page.report
    return {
        "id": page.id,
        "title": page.title,
        "chosen": page is chosen,
        "state": "waiting" if report is None else "failed" if report.error else "ready",
        "note": "" if report is None or report.error else str(sum(f.flag for f in report.findings)),
    }
