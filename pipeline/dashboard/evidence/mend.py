"""What the lint finds wrong or weak: rows that have gone stale first of all."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from claims.concepts import CONCEPTS
from claims.evidence import EVIDENCE
from claims.lint import READINGS
from claims.row_checks import STALE_YEARS
from pipeline.dashboard import words
from pipeline.dashboard.evidence import errand
from pipeline.dashboard.evidence.rows import one
from pipeline.dashboard.frames import count, table, text
from pipeline.dashboard.table import stamp

if TYPE_CHECKING:
    from claims.lint import Sheets

STALE = "stale"


def draw(sheets: Sheets) -> None:
    """List what to mend of the kind that the person chose; rows age by the day given."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        day = st.date_input(
            "As of", value=date.fromisoformat(sheets.as_of), key="day", bind="query-params", format="YYYY-MM-DD",
            width=180,
            help=f"A row is stale when it was last checked over {STALE_YEARS} years before this day.",
        )  # fmt: skip
        slot = st.container()
    args = ("evidence", "lint", "--format", "json", "--warnings", "--as-of", day.isoformat())
    answer = errand.fetch(args, stamp([EVIDENCE, CONCEPTS, READINGS]), "Linting the table …")
    if answer is None:
        return
    found = json.loads(answer.out)
    every = [*found["faults"], *found["warnings"]]
    kinds = Counter(fault["kind"] for fault in every)
    with slot:
        kind = st.selectbox(
            "Kind", [STALE, *sorted(set(kinds) - {STALE}, key=lambda k: -kinds[k])], key="kind", bind="query-params",
            width=240,
        )  # fmt: skip
    st.caption(", ".join(f"{kind} {n:,}" for kind, n in kinds.most_common()))
    if not kinds[kind]:
        st.subheader("No row is stale", anchor=False)
        oldest = min(row.cells["checked_on"] for row in sheets.rows if row.cells["status"] == "current")
        st.markdown(f"The row that was checked longest ago was checked on {oldest}. Look ahead with a later day.")
        return
    _list([fault for fault in every if fault["kind"] == kind], kind, sheets)


def _list(faults: list[dict[str, object]], kind: str, sheets: Sheets) -> None:
    import pandas as pd

    at = {(row.file, row.line): row for row in sheets.rows}
    whole = _whole_names({str(fault["file"]) for fault in faults}, {row.file for row in sheets.rows})
    rows = [at.get((whole[str(fault["file"])], int(str(fault["line"])))) for fault in faults]
    frame = pd.DataFrame(faults).assign(id=[row.cells["id"] if row else "" for row in rows])
    st.caption(f"{words.number(len(frame), 'finding')} of this kind. Mend a row in its file, or retire it.")
    columns = {
        "id": text("Row"), "what": text("What", wide=True), "level": text("Level"), "file": text("File"),
        "line": count("Line"),
    }  # fmt: skip
    table(frame, columns, f"lint-{kind}", {"as_of": sheets.as_of})
    one([row for row in rows if row], sheets)


def _whole_names(files: Iterable[str], whole: Collection[str]) -> dict[str, str]:
    """Name files as the rows do: the lint shortens what lies below the folder that it runs in."""
    return {file: next((name for name in whole if name.endswith(file)), file) for file in files}
