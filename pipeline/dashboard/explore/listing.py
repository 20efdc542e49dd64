"""The statements behind the figures, one by one, a page at a time."""

from __future__ import annotations

import streamlit as st

from pipeline.dashboard import words
from pipeline.dashboard.explore.asked import Asked
from pipeline.dashboard.frames import count, download, link, table, text, web
from pipeline.explore import Order, count_statements, statements

PER_PAGE = 50
# A file of some 50 MB; `nostrum batch` has written all of them as Parquet.
MOST = 100_000
ORDERS: dict[Order, str] = {"harm": "Most harmful", "newest": "Newest", "site": "By site"}


def draw(asked: Asked) -> None:
    """Leaf through the statements; the database sorts them, so that a million are no burden."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        verdicts = st.multiselect(
            "Verdict", list(words.VERDICT), key="verdict", bind="query-params", placeholder="All", width=320,
            format_func=words.NAMES.__getitem__,
        )  # fmt: skip
        order = st.selectbox(
            "Order", list(ORDERS), key="order", bind="query-params", format_func=ORDERS.__getitem__, width=160
        )
        there = asked.ask(count_statements, asked.chosen, verdicts=verdicts)
        page = _page(there)
    if not there:
        st.markdown("No statement has this verdict.")
        return
    found = asked.ask(
        statements, asked.chosen, verdicts=verdicts, order=order, limit=PER_PAGE, offset=(page - 1) * PER_PAGE
    )
    rows = zip(found["subject"], found["relation"], found["object"], found["polarity"], strict=True)
    found = found.assign(
        judged=found["verdict"].map(words.NAMES),
        said_by=found["voice"].map(words.NAMES),
        claim=[words.triple(*row) for row in rows],
        url=web(found["url"]),
    )
    columns = {
        "quote": text("Statement", wide=True), "judged": text("Verdict"), "harm": count("Harm"), "claim": text("Claim"),
        "said_by": text("Voice"), "site": text("Site"), "published": text("Published"), "url": link("Page"),
    }  # fmt: skip
    table(found, columns, "statements", asked.about)
    if there > PER_PAGE:
        # The browser asks for the file in a thread of its own, which needs a cursor of its own.
        download(
            lambda: statements(asked.db.cursor(), asked.chosen, verdicts=verdicts, order=order, limit=MOST),
            "all-statements",
            asked.about,
            f"CSV of all {there:,}" if there <= MOST else f"CSV of the first {MOST:,}",
        )


def _page(there: int) -> int:
    last = max(1, -(-there // PER_PAGE))
    if st.session_state.get("page", 1) > last:
        st.session_state["page"] = last
    return st.number_input(
        f"Page, of {last:,}", min_value=1, max_value=last, value=1, key="page", bind="query-params", width=160
    )
