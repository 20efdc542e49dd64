"""Browse, search and filter the rows; open one to read it whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, get_args

import streamlit as st

from claims.curate import search
from claims.row_checks import check_row
from claims.types import RELATIONS, Certainty, EvidenceFinding
from pipeline.dashboard import words
from pipeline.dashboard.frames import link, table, text, web
from pipeline.links import web_link

if TYPE_CHECKING:
    from claims.lint import Sheets
    from claims.rows import Row

STATUSES = ("current", "draft", "retired")
_PLAIN = ("topic", "population", "applies_to", "strength", "doi", "checked_on", "status")


def draw(sheets: Sheets) -> None:
    """List the rows that fit, and the one that is open."""
    found = _chosen(sheets)
    with st.sidebar:
        st.caption(f"{words.number(len(found), 'row fits', 'rows fit')}.")
    if not found:
        st.subheader("No row fits", anchor=False)
        st.markdown("Take a filter back, or search for fewer words. Each word must begin a word of the row.")
        return
    listing(found, "evidence-rows", sheets.as_of)
    one(found, sheets)


def _chosen(sheets: Sheets) -> list[Row]:
    topics = sorted({row.cells["topic"] for row in sheets.rows})
    with st.sidebar:
        st.subheader("Find rows", anchor=False)
        said = st.text_input("Words", key="words", bind="query-params", type="search", placeholder="kratom pain")
        wanted = {
            "topic": _several("Topic", "topic", topics),
            "relation": _several("Relation", "relation", RELATIONS),
            "finding": _several("Finding", "finding", get_args(EvidenceFinding)),
            "certainty": _several("Certainty", "certainty", get_args(Certainty)),
            "status": _several("Status", "status", STATUSES),
        }
        st.button("Clear", type="tertiary", on_click=_clear, args=[list(wanted)])
    rows = search(sheets.rows, sheets.lexicon, said) if said and said.strip() else sheets.rows
    return [row for row in rows if all(not chosen or row.cells[c] in chosen for c, chosen in wanted.items())]


def _several(label: str, key: str, options: Sequence[str]) -> list[str]:
    return st.multiselect(
        label,
        options,
        key=key,
        bind="query-params",
        placeholder="All",
        format_func=lambda value: value.replace("_", " "),
    )


def _clear(keys: Sequence[str]) -> None:
    for key in keys:
        st.session_state[key] = []
    st.session_state["words"] = ""


def listing(rows: Sequence[Row], name: str, as_of: str) -> None:
    """Show rows as a table."""
    import pandas as pd

    frame = pd.DataFrame([row.cells for row in rows])
    shown = frame.assign(url=web(frame["url"]), certainty=frame["certainty"].str.replace("_", " "))
    columns: dict[str, Any] = {
        "proposition": text("Proposition", wide=True),
        "finding": text("Finding"),
        "certainty": text("Certainty"),
        "publisher": text("Source"),
        "year": text("Year"),
        "url": link("Link"),
        "topic": text("Topic"),
        "status": text("Status"),
        "id": text("Row"),
    }
    table(shown, columns, name, {"as_of": as_of})


def one(rows: Sequence[Row], sheets: Sheets) -> None:
    """Open the row that the person chose by its id."""
    by_id = {row.cells["id"]: row for row in rows}
    chosen = st.selectbox("Read a row", list(by_id), index=None, key="row", bind="query-params", placeholder="Its id")
    if chosen:
        with st.container(border=True):
            _whole(by_id[chosen], sheets)


def _whole(row: Row, sheets: Sheets) -> None:
    cells = row.cells
    st.subheader(words.plain(cells["proposition"]), anchor=False)
    finding, certainty = cells["finding"], cells["certainty"]
    st.markdown(f"**{finding.capitalize()}**, {certainty.replace('_', ' ')} certainty. {words.plain(cells['summary'])}")
    source = ", ".join(filter(None, (cells["source_title"], cells["publisher"], cells["year"])))
    seen = words.SEEN.get(cells["seen"], cells["seen"])
    st.markdown(f"{words.plain(source)} ({words.plain(cells['source_type'])}). {seen}.")
    address = web_link(cells["url"])
    if address:
        st.link_button("Open the source", address, icon=":material/open_in_new:")
    facts = {name: cells[name] for name in _PLAIN if cells[name]}
    facts["second reading"] = _reading(cells["id"], sheets)
    noted = [fault.what for fault in check_row(row, sheets.lexicon, sheets.as_of)]
    if noted:
        facts["to mend"] = "; ".join(noted)
    left = [name.replace("_", " ").capitalize().replace("Doi", "DOI") for name in facts]
    right = [words.plain(fact) for fact in facts.values()]
    st.table({"": left, " ": right}, hide_index=True, hide_header=True, border="horizontal")


def _reading(id: str, sheets: Sheets) -> str:
    found = next((reading.cells for reading in sheets.readings if reading.cells["id"] == id), None)
    return f"{found['outcome']}: {found['reason']}" if found else "none yet"
