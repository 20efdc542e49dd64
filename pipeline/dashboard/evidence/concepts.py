"""A page for each concept: its names, where it stands among the others, and all rows about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

import streamlit as st

from claims.curate import rows_about
from claims.evidence import concepts_of
from pipeline.dashboard import words
from pipeline.dashboard.evidence.rows import listing, one
from pipeline.dashboard.frames import count, table, text

if TYPE_CHECKING:
    from claims.lint import Sheets
    from claims.types import Concept

# Of a class with many members, those that a screen holds; the table of all concepts has the rest.
MOST_LINKS = 40


def draw(sheets: Sheets) -> None:
    """Show the chosen concept, else all of them."""
    named = st.selectbox(
        "Concept",
        sorted(sheets.lexicon.concepts),
        index=None,
        key="concept",
        bind="query-params",
        accept_new_options=True,
        placeholder="Its id, or any of its names",
    )
    if not named:
        _all(sheets)
        return
    concepts = sheets.lexicon.concepts
    concept = concepts.get(named) or concepts.get(sheets.lexicon.resolve(named))
    if concept is None:
        near = get_close_matches(named, list(concepts), n=3)
        st.markdown("No concept has this name." + (f" Near: {', '.join(near)}." if near else ""))
        return
    _page(concept, sheets)


def _page(concept: Concept, sheets: Sheets) -> None:
    st.subheader(words.plain(concept.name), anchor=False)
    plain = [alias for alias in concept.aliases if not alias.startswith("?")]
    unsure = [alias.removeprefix("?") for alias in concept.aliases if alias.startswith("?")]
    st.markdown(f"{concept.kind.capitalize()} · risk {concept.risk}, of 3 · id `{concept.id}`")
    _names("Also written", plain)
    _names("Counts only beside a plain name", unsure)
    members = [c.id for c in sheets.lexicon.concepts.values() if concept.id in c.broader]
    _links("Is a kind of", sheets.lexicon.ancestors(concept.id))
    _links("Kinds of it", members)
    _links("Improving it treats", [concept.inverse] if concept.inverse else [])
    rows = rows_about(sheets.rows, concept.id)
    if not rows:
        st.markdown("No row names it yet.")
        return
    st.subheader(words.number(len(rows), "row"), anchor=False)
    listing(rows, f"evidence-{concept.id}", sheets.as_of)
    one(rows, sheets)


def _names(label: str, names: Sequence[str]) -> None:
    if names:
        st.markdown(f"**{label}:** {words.plain(', '.join(names))}")


def _links(label: str, ids: Sequence[str]) -> None:
    if not ids:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{label}:**", width="content")
        for id in ids[:MOST_LINKS]:
            st.button(words.plain(id), key=f"to-{label}-{id}", type="tertiary", on_click=_open, args=[id])
        if len(ids) > MOST_LINKS:
            st.markdown(f"and {len(ids) - MOST_LINKS} more", width="content")


def _open(id: str) -> None:
    st.session_state["concept"] = id


def _all(sheets: Sheets) -> None:
    import pandas as pd

    current = Counter(c for row in sheets.rows if row.cells["status"] == "current" for c in set(concepts_of(row.cells)))
    frame = pd.DataFrame(
        [
            {
                "name": c.name,
                "kind": c.kind,
                "rows": current[c.id],
                "aliases": ", ".join(c.aliases),
                "risk": c.risk,
                "id": c.id,
            }
            for c in sheets.lexicon.concepts.values()
        ]
    ).sort_values(["rows", "id"], ascending=[False, True])
    columns = {
        "name": text("Name"),
        "kind": text("Kind"),
        "rows": count("Current rows"),
        "risk": count("Risk"),
        "aliases": text("Also written", wide=True),
        "id": text("Id"),
    }
    table(frame, columns, "concepts", {"as_of": sheets.as_of})
