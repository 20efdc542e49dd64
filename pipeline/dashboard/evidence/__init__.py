"""The view "Evidence": the table that decides, for those who keep it."""

from __future__ import annotations

import streamlit as st

from pipeline.dashboard import exposure, table, words
from pipeline.dashboard.evidence import concepts, gaps, mend, propose, rows

# The name in the address -> the label, and what draws it.
SECTIONS = {
    "rows": ("Rows", rows.draw),
    "concepts": ("Concepts", concepts.draw),
    "mend": ("To mend", mend.draw),
    "gaps": ("Gaps", gaps.draw),
    "propose": ("Propose a row", propose.draw),
}


def view() -> None:
    """Draw the section that the address names."""
    exposure.warn()
    st.header("Evidence", anchor=False)
    sheets = table.sheets()
    if sheets.faults:
        st.error("The evidence table cannot be read.")
        st.code("\n".join(map(str, sheets.faults)), language=None, wrap_lines=True)
        return
    current = sum(row.cells["status"] == "current" for row in sheets.rows)
    st.caption(
        f"{words.number(len(sheets.rows), 'row')}, {current:,} of them current, on "
        f"{words.number(len(sheets.lexicon.concepts), 'concept')}. Last checked on {sheets.as_of}."
    )
    chosen = st.segmented_control(
        "What to look at",
        list(SECTIONS),
        key="show",
        bind="query-params",
        default="rows",
        required=True,
        format_func=lambda name: SECTIONS[name][0],
        label_visibility="collapsed",
    )
    SECTIONS[chosen][1](sheets)
