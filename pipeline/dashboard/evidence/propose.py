"""Propose a row: a form, the same lint as the command line, and a draft to take along or to append to a table."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import streamlit as st

from claims.evidence import COLUMNS, FIELD_RELATIONS
from claims.gaps import Gap, draft_rows, slug
from claims.row_checks import FIELDS, VALUES
from claims.rows import csv_line
from claims.types import RELATIONS, Certainty, EvidenceFinding, Relation, SourceType
from pipeline.dashboard import exposure, words
from pipeline.dashboard.evidence.errand import Errand

if TYPE_CHECKING:
    from claims.lint import Sheets

Cells = dict[str, str]
TITLE = "Propose a row"
_CHECKED = "nostrum_checked_row"


def begin(gap: Mapping[str, Any]) -> None:
    """Open the form with what a gap says."""
    st.session_state["show"] = TITLE
    st.session_state["subject"] = gap["subject"]
    st.session_state["about"] = gap["relation"]
    object_key = "fields" if gap["relation"] in FIELD_RELATIONS else "object"
    st.session_state[object_key] = gap["object"] or None


def draw(sheets: Sheets) -> None:
    """Ask for a row, lint it, and hand it over."""
    st.markdown(
        "A proposed row is a draft: it decides nothing until a second reader has opened its source and agreed. "
        "Read the source first, and write only what you saw.",
        width=720,
    )
    cells = _ask(sheets)
    if cells is None:
        return
    if st.button("Check the row", type="primary"):
        with st.spinner("Linting the row beside the table …"):
            st.session_state[_CHECKED] = (cells, _lint(cells))
    checked, found = st.session_state.get(_CHECKED, (None, []))
    if checked != cells:
        st.caption("The row can be taken along once it has been checked as it stands.")
        return
    _hand_over(cells, found)


def _ask(sheets: Sheets) -> Cells | None:
    """Ask for every cell; the subject, relation and object first, for the rest is offered by them."""
    triple = _triple(sheets)
    if triple is None:
        st.caption("Choose what acts, the relation and what is acted on.")
        return None
    subject, relation, obj = triple
    gap = Gap(subject=subject, relation=relation, object=obj, known=True)
    (draft,) = draft_rows([gap], sheets.rows, sheets.lexicon)
    # The offers below belong to one triple: another brings its own.
    key = draft["id"]
    cells = draft | _found(draft, key, sheets) | _source(key)
    return {column: " ".join(cells[column].split()) for column in COLUMNS}


def _triple(sheets: Sheets) -> tuple[str, Relation, str] | None:
    concepts = sorted(sheets.lexicon.concepts)
    left, middle, right = st.columns([3, 2, 3])
    with left:
        subject = st.selectbox("What acts", concepts, index=None, key="subject", placeholder="A concept")
    with middle:
        relation: Relation = st.selectbox("Relation", RELATIONS, key="about")
    with right:
        obj = _object(relation, concepts, sheets)
    if subject is None or obj is None:
        return None
    return subject, relation, obj


def _object(relation: Relation, concepts: list[str], sheets: Sheets) -> str | None:
    """Ask for the object; None where one is wanted and none is given yet."""
    if relation in FIELD_RELATIONS:
        forms = " or ".join(";".join(f"{name}=…" for name in form) for form in sorted(FIELDS[relation]))
        allowed = [f"{name}: {values}" for (of, name), values in VALUES.items() if of == relation]
        given = st.text_input("Object", key="fields", placeholder=forms, help=". ".join([forms, *allowed]))
        return given or None
    if relation == "safe":
        groups = [c for c in concepts if sheets.lexicon.kind(c) == "population"]
        return st.selectbox("For whom", groups, index=None, key="object", placeholder="Everybody") or ""
    return st.selectbox("What is acted on", concepts, index=None, key="object", placeholder="A concept")


def _found(draft: Cells, key: str, sheets: Sheets) -> Cells:
    proposition = st.text_input("The claim in one plain, affirmative sentence", draft["proposition"], key=f"says-{key}")
    left, middle, right = st.columns(3)
    with left:
        finding = st.selectbox(
            "What the source finds of it", get_args(EvidenceFinding), index=None, key=f"finding-{key}"
        )
    with middle:
        certainty = st.selectbox(
            "Certainty",
            get_args(Certainty),
            index=None,
            key=f"certainty-{key}",
            format_func=lambda c: c.replace("_", " "),
        )
    with right:
        strength = st.selectbox("Strength of the claim", ("definite", "absolute"), key=f"strength-{key}")
    summary = st.text_area(
        "What the source says, in your own words, with its numbers", key=f"summary-{key}", height=100, max_chars=1_000
    )
    groups = sorted(c for c in sheets.lexicon.concepts if sheets.lexicon.kind(c) == "population")
    left, middle, right = st.columns(3)
    with left:
        population = st.multiselect("Only for these groups", groups, key=f"population-{key}", placeholder="Everybody")
    with middle:
        applies_to = st.selectbox("Applies to", ("exact", "members"), key=f"applies-{key}")
    with right:
        topic = st.text_input("Topic", draft["topic"], key=f"topic-{key}")
    return {
        "proposition": proposition, "finding": finding or "", "certainty": certainty or "", "strength": strength,
        "summary": summary, "population": "|".join(population), "applies_to": applies_to, "topic": topic,
    }  # fmt: skip


def _source(key: str) -> Cells:
    title = st.text_input("Title of the source", key=f"title-{key}")
    left, right = st.columns([3, 1])
    with left:
        publisher = st.text_input("Publisher", key=f"publisher-{key}")
    with right:
        year = st.text_input("Year", key=f"year-{key}", max_chars=4, placeholder="if you saw it")
    left, right = st.columns([3, 2])
    with left:
        url = st.text_input("Address", key=f"url-{key}", placeholder="https://")
    with right:
        doi = st.text_input("DOI", key=f"doi-{key}", placeholder="if you saw it")
    left, middle, right = st.columns(3)
    with left:
        kind = st.selectbox("Kind of source", get_args(SourceType), index=None, key=f"source-{key}")
    with middle:
        seen = st.selectbox(
            "You read", ("primary", "secondary"), index=None, key=f"seen-{key}",
            format_func={"primary": "the source itself", "secondary": "a page that reports it"}.__getitem__,
        )  # fmt: skip
    with right:
        checked = st.date_input("Read on", value=date.today(), key=f"checked-{key}", format="YYYY-MM-DD")
    return {
        "source_title": title, "publisher": publisher, "year": year, "url": url, "doi": doi, "source_type": kind or "",
        "seen": seen or "", "checked_on": checked.isoformat(),
    }  # fmt: skip


def as_csv(cells: Mapping[str, str]) -> str:
    """Write a row as a table of its own."""
    return csv_line(COLUMNS) + csv_line([cells[column] for column in COLUMNS])


def _lint(cells: Cells) -> list[dict[str, str]]:
    """Lint a row as `nostrum evidence lint` does, beside the shipped table."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "row.csv")
        file.write_text(as_csv(cells), encoding="utf-8", newline="")
        answer = Errand("evidence", "lint", "--evidence", str(file), "--format", "json", "--warnings").answer()
    if answer.code == 2:
        return [{"level": "fault", "kind": "lint", "what": answer.err.strip()}]
    found = json.loads(answer.out)
    return [*found["faults"], *found["warnings"]]


def _hand_over(cells: Cells, found: list[dict[str, str]]) -> None:
    faults, warnings = [
        [f"- {words.plain(fault['what'])}" for fault in found if (fault["level"] == "fault") == wanted]
        for wanted in (True, False)
    ]
    if warnings:
        st.warning("\n".join(["To look at:", *warnings]))
    if faults:
        st.error("\n".join([f"{words.number(len(faults), 'fault')} to mend before the row can be added:", *faults]))
        return
    st.success("The row has no fault.")
    st.download_button(
        "Row as CSV", as_csv(cells), f"{cells['id']}.csv", "text/csv", on_click="ignore", icon=":material/download:"
    )
    _append(cells)


def _append(cells: Cells) -> None:
    """Append the row to a table on this machine; a page that others can open writes no files."""
    if exposure.reachable():
        st.caption("Rows are appended to a table only where nobody else can open this page.")
        return
    with st.form("append", border=False):
        folder = st.text_input("Folder of your table, on this machine", key="folder", placeholder="my-evidence/")
        sent = st.form_submit_button("Append the draft")
    if not sent:
        return
    place = Path(folder or "").expanduser()
    if not folder or not place.is_dir():
        st.error("There is no such folder. Make it first, or check the path.")
        return
    with tempfile.TemporaryDirectory() as away, st.spinner("Appending …"):
        file = Path(away, "row.csv")
        file.write_text(as_csv(cells), encoding="utf-8", newline="")
        answer = Errand("evidence", "import", str(file), "--evidence", str(_table(place.resolve(), cells))).answer()
    said = "\n".join(line for line in (answer.out + answer.err).splitlines() if ": warning: " not in line)
    (st.success if answer.code == 0 else st.error)("Appended." if answer.code == 0 else "The row was not appended.")
    st.code(said.strip(), language=None, wrap_lines=True)


def _table(folder: Path, cells: Cells) -> Path:
    """Name the table to append to: the folder's, or where it has none yet, the file to begin it with."""
    return folder if any(folder.glob("*.csv")) else folder / f"{slug(cells['topic']) or 'rows'}.csv"
