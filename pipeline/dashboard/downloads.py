"""Hand reports over as files: what the checker found, and what reviewers decided about it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from claims.types import Report
from pipeline.dashboard import deciding
from pipeline.export import findings_csv, report_to_dict
from pipeline.reporting import FORMS, Page, audited, write

MIME: Mapping[str, str] = {
    ".html": "text/html",
    ".csv": "text/csv",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".jsonl": "application/jsonl",
}


def menu(
    choices: Mapping[str, Callable[[], Sequence[Page]]], found: Mapping[str, Sequence[Report]] | None = None
) -> None:
    """Offer some pages in every form, with the decisions on them and as the checker found them.

    A file is made when it is asked for: one made ahead would be gone by the time a busy browser looks for it.
    """
    with st.popover("Report", icon=":material/description:"):
        names = list(choices)
        of = names[0] if len(names) == 1 else st.radio("Of", names, horizontal=True)
        for form, what in FORMS.items():
            _button(what, _audit(choices[of], form), f"nostrum-audit{form}", form)
        if found:
            st.caption("What the checker found, without decisions")
            _found(found[of])


def _found(reports: Sequence[Report]) -> None:
    if len(reports) == 1:
        _button("JSON", lambda: json_bytes(reports[0]), "nostrum-report.json", ".json")
    else:
        _button("JSON Lines", lambda: lines_bytes(reports), "nostrum-reports.jsonl", ".jsonl")
    _button("CSV", lambda: csv_bytes(*reports), "nostrum-report.csv", ".csv")


def _audit(pages: Callable[[], Sequence[Page]], form: str) -> Callable[[], bytes]:
    def made() -> bytes:
        store = deciding.store()
        return write([audited(page, store) for page in pages()], form)

    return made


def _button(label: str, data: Callable[[], bytes], name: str, form: str) -> None:
    st.download_button(
        label, data, name, MIME[form], key=name, on_click="ignore", icon=":material/download:", width="stretch"
    )


def json_bytes(report: Report) -> bytes:
    """Write one report as JSON; a broken character becomes its escape."""
    return json.dumps(report_to_dict(report), ensure_ascii=False, indent=2).encode(
        "utf-8", "backslashreplace"
    )


def lines_bytes(reports: Sequence[Report]) -> bytes:
    """Write a report a line."""
    lines = (json.dumps(report_to_dict(report), ensure_ascii=False) for report in reports)
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")


def csv_bytes(*reports: Report) -> bytes:
    """Write the findings for a spreadsheet, which knows UTF-8 by its mark."""
    return findings_csv(*reports).encode("utf-8-sig", "backslashreplace")
