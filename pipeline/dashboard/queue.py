"""The view "Queue": work through a batch's results, a frozen batch at a time, the most harmful first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from pipeline.dashboard import deciding, downloads, exposure, filters, table, words
from pipeline.dashboard.contexts import batch_payload, listed
from pipeline.dashboard.reader import reader, sent_log
from pipeline.handover import received
from pipeline.results import ResultsError
from pipeline.reviews import Held, held
from pipeline.store import Review, StoreError, not_undone, standing
from pipeline.workfilters import Filters
from pipeline.worklist import Item, Progress, Worklist

READER = "queue-reader"
_BATCH = "nostrum_batch"
# An end in sight: what a reviewer does in half an hour.
SIZE = 25
# Each can be taken out of the decision; those beyond only all together.
PLACES_SHOWN = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What a reviewer works through; its order stays, whatever is decided meanwhile."""

    filters: Filters
    leads: tuple[str, ...]


def view() -> None:
    """Draw the view from the results that were handed over."""
    exposure.warn()
    path = received().results
    if path is None:
        _without_results()
        return
    if not path.exists():
        _fault(f"{path}: there are no such results; check the path")
        return
    try:
        worklist = _open(path, path.stat().st_mtime_ns)
        reviews = standing(deciding.store().all())
    except (ResultsError, StoreError) as fault:
        _fault(str(fault))
        return
    with st.sidebar:
        wanted = filters.panel(worklist.choices(), sorted({review.reviewer for review in reviews}))
    batch = _batch(worklist, wanted, reviews)
    _head(worklist.progress(wanted, reviews), batch, worklist)
    if batch.leads:
        _read(path, batch)


@st.cache_resource(show_spinner="Reading the results…", max_entries=2)
def _open(path: Path, _changed: int) -> Worklist:
    return Worklist(path, table.topics())


def _fault(line: str) -> None:
    st.header("The queue cannot be shown", anchor=False)
    st.text(line)


def _without_results() -> None:
    st.header("No results to work through", anchor=False)
    st.markdown("Check many pages with `nostrum batch`, then hand its results to the dashboard:", width=640)
    st.code("nostrum batch pages.jsonl --out results/\nnostrum dashboard --results results/", language="bash")


def _batch(worklist: Worklist, wanted: Filters, reviews: Sequence[Review]) -> Batch:
    """Give the batch in hand; other filters begin another, and so does `_turn`."""
    kept: Batch | None = st.session_state.get(_BATCH)
    if kept is None or kept.filters != wanted:
        kept = Batch(filters=wanted, leads=tuple(worklist.batch(wanted, reviews, SIZE)))
        st.session_state[_BATCH] = kept
    return kept


def _turn() -> None:
    """Put the batch away, so that the next is taken."""
    st.session_state.pop(_BATCH, None)


def _head(progress: Progress, batch: Batch, worklist: Worklist) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="toolbar"):
        st.markdown(_summary(progress), width="stretch")
        if batch.leads:
            st.button("Next batch", help=f"The next {SIZE} that fit the filters", on_click=_turn)
            downloads.menu({"This batch": lambda: worklist.pages(batch.leads)})
    if not batch.leads:
        st.subheader("Nothing is left to decide", anchor=False)
        st.markdown("Every claim that fits these filters has been decided, or none fits. Change the filters.")


def _summary(progress: Progress) -> str:
    claims = words.number(progress.items, "different claim")
    times = words.number(progress.claims, "time")
    return f"**{claims}**, said {times}; {progress.decided:,} decided before this batch"


@st.fragment
def _read(path: Path, batch: Batch) -> None:
    """Draw the batch and take decisions on it, without counting everything again."""
    if st.session_state.get(_BATCH) is None:
        st.rerun()
    items = _open(path, path.stat().st_mtime_ns).items(batch.leads, PLACES_SHOWN)
    scope = str(path)
    payload = batch_payload(items, scope, table.evidence())
    reader(payload, [], _review(scope, items), key=READER, on_log=_take, on_page=_turn)


def _take() -> None:
    path = received().results
    if path is not None:
        deciding.take(sent_log(READER), {str(path): _open(path, path.stat().st_mtime_ns)})


def _review(scope: str, items: Sequence[Item]) -> dict[str, Any]:
    places = {str(place.claim["id"]): place for item in items for place in listed(item)}
    try:
        reviews = not_undone(deciding.store().of_findings(places))
    except StoreError as fault:
        return deciding.payload([scope], {}, [], fault=str(fault))
    about: dict[str, list[Held]] = {}
    for review in reviews:
        place = places[review.finding_id]
        for finding, several in held([review], place.target, [place.claim]).items():
            about.setdefault(finding, []).extend(several)
    return deciding.payload([scope], about, [])
