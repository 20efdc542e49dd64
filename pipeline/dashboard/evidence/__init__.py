"""The view "Evidence": the table that decides, for those who keep it."""

from __future__ import annotations

import streamlit as st

from pipeline.dashboard import exposure, table, words
from pipeline.dashboard.evidence import concepts, gaps, mend, propose, rows

# The label, which is also the name in the address, and what draws it.
SECTIONS = {
    "Rows": rows.draw,
    "Concepts": concepts.draw,
    "To mend": mend.draw,
    "Gaps": gaps.draw,
    propose.TITLE: propose.draw,
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
        default="Rows",
        required=True,
        label_visibility="collapsed",
    )
    SECTIONS[chosen](sheets)
