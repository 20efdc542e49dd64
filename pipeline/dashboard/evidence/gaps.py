"""What pages claim and no row settles, by how many findings a row would settle."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import streamlit as st

from claims.concepts import CONCEPTS
from claims.evidence import EVIDENCE
from pipeline.dashboard import table, words
from pipeline.dashboard.evidence import errand, propose
from pipeline.dashboard.frames import count, text
from pipeline.dashboard.frames import table as draw_table

if TYPE_CHECKING:
    from claims.lint import Sheets

# A curator's work for weeks; `nostrum evidence gaps` gives more.
MOST = 1_000


def draw(sheets: Sheets) -> None:
    """List the gaps in the results that the dashboard was started with, and open the form for one."""
    path = table.results()
    if path is None:
        st.subheader("No result is open yet", anchor=False)
        st.markdown("Gaps are found in what a batch wrote. Start the dashboard with it:")
        st.code("nostrum dashboard --results results/", language=None)
        return
    args = ("evidence", "gaps", str(path), "--format", "json", "--limit", str(MOST))
    answer = errand.fetch(
        args, table.stamp([path, EVIDENCE, CONCEPTS]), "Judging what is unverified by today's table …"
    )
    if answer is None:
        return
    gaps = json.loads(answer.out)
    st.caption(words.plain(answer.err.strip()))
    ready = st.toggle(
        "Only what a row can be written on now", value=True, key="ready", bind="query-params",
        help="Of the others, a thing is no concept yet: add the concept first.",
    )  # fmt: skip
    shown = [gap for gap in gaps if gap["known"] or not ready]
    if not shown:
        st.subheader("No gap here", anchor=False)
        st.markdown("Nothing is left that a row on known concepts would settle.")
        return
    _list(shown)
    _choose(shown)


def _list(gaps: list[dict[str, Any]]) -> None:
    import pandas as pd

    frame = pd.DataFrame(gaps).assign(
        on=[len(gap["pages"]) for gap in gaps],
        pages=[" ".join(gap["pages"]) for gap in gaps],
        example=[gap["examples"][0] for gap in gaps],
        examples=[" / ".join(gap["examples"]) for gap in gaps],
    )
    columns = {
        "claims": count("Findings it would settle"), "on": count("Pages"), "subject": text("Subject"),
        "relation": text("Relation"), "object": text("Object"), "example": text("For example", wide=True),
    }  # fmt: skip
    draw_table(frame, columns, "evidence-gaps", {})


def _choose(gaps: list[dict[str, Any]]) -> None:
    known = {(gap["subject"], gap["relation"], gap["object"]): gap for gap in gaps if gap["known"]}
    if not known:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Close a gap", list(known), index=None, key="gap", placeholder="Choose one",
            format_func=lambda triple: words.triple(*triple),
        )  # fmt: skip
        st.button(
            "Propose a row", type="primary", disabled=chosen is None, on_click=propose.begin,
            args=[known[chosen] if chosen else {}],
        )  # fmt: skip
