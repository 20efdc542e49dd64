"""The view "Explore": what a batch found over many pages, in counts and rates, for a researcher."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import streamlit as st

from pipeline.dashboard import charts, exposure, table, words
from pipeline.dashboard.explore import audit, compare, filters, listing, rates, repeated
from pipeline.dashboard.explore.asked import Asked
from pipeline.query import versions
from pipeline.results import ResultsError

# The label, which is also the name in the address, and what draws it.
SECTIONS = {
    "Rates": rates.draw,
    "Sites": rates.draw_sites,
    "Repeated claims": repeated.draw,
    "Compare": compare.draw,
    "Statements": listing.draw,
    "Audit sample": audit.draw,
}


def make_ready(path: Path) -> None:
    """Ask what a first visitor sees, and draw it for nobody: the answers are kept, and the libraries are loaded."""
    asked = Asked(db=table.result(path), state=table.stamp([path]))
    filters.offered(asked)
    asked.ask(versions)
    if asked.total["claims"]:
        charts.rates(rates.rated(asked)).to_dict()


def view() -> None:
    """Draw the section that the address names."""
    exposure.warn()
    st.header("Explore", anchor=False)
    path = table.results()
    if path is None:
        _nothing()
        return
    place = st.empty()
    place.caption("Opening the result …")
    try:
        db = table.result(path)
    except ResultsError as err:
        place.empty()
        _failed(err)
        return
    place.empty()
    asked = Asked(db=db, state=table.stamp([path]))
    _draw(replace(asked, chosen=filters.panel(asked)))


def _draw(asked: Asked) -> None:
    if not asked.total["claims"]:
        _none(asked)
        return
    _head(asked)
    chosen = st.segmented_control(
        "What to look at",
        list(SECTIONS),
        key="show",
        bind="query-params",
        default="Rates",
        required=True,
        label_visibility="collapsed",
    )
    SECTIONS[chosen](asked)


def _head(asked: Asked) -> None:
    """Say in four figures what all that follows is about."""
    total = asked.total
    with st.container(horizontal=True, key="figures"):
        st.metric("Claims", f"{total['claims']:,.0f}", width="content")
        st.metric("On", words.number(int(total["pages"]), "page"), width="content")
        st.metric(
            "Coverage", f"{total['coverage']:.1%}", width="content",
            help="Of all claims, those that the evidence table decides. The others are unverified.",
        )  # fmt: skip
        st.metric(
            "Flagged, of decided", words.interval(total["rate"], total["low"], total["high"]), width="content",
            help=words.RATE_MEANS,
        )  # fmt: skip


def _none(asked: Asked) -> None:
    if asked.narrowed:
        st.subheader("No claim fits the filter", anchor=False)
        st.markdown("Take a choice back in the sidebar, or clear them all.")
    else:
        st.subheader("This result has no claims", anchor=False)
        st.markdown("Its pages were read, and nothing on them claims anything about health.")


def _nothing() -> None:
    st.subheader("No result is open yet", anchor=False)
    st.markdown(
        "Explore looks at what a batch found over many pages. Check your pages first, then start the dashboard "
        "with what came out:"
    )
    st.code("nostrum batch pages.jsonl --out results/\nnostrum dashboard --results results/", language=None)


def _failed(err: ResultsError) -> None:
    st.error("The results cannot be opened. Check that a batch has written them to its end.")
    st.code(str(err), language=None, wrap_lines=True)
