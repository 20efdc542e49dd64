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


def buttons(report: Report, every: Sequence[Report]) -> None:
    """Offer the page's report, and all of them together where there are several."""
    _button("JSON", json_bytes(report), "nostrum-report.json", MIME[".json"])
    _button("CSV", csv_bytes(report), "nostrum-report.csv", MIME[".csv"])
    if len(every) > 1:
        with st.popover("All pages"):
            _button("JSON Lines", lines_bytes(every), "nostrum-reports.jsonl", MIME[".jsonl"])
            _button("CSV, one table", csv_bytes(*every), "nostrum-reports.csv", MIME[".csv"])


def audit_menu(choices: Mapping[str, Callable[[], Sequence[Page]]]) -> None:
    """Offer the decisions on some pages in every form; a file is made when it is asked for."""
    with st.popover("Report", icon=":material/description:"):
        names = list(choices)
        of = names[0] if len(names) == 1 else st.radio("Of", names, horizontal=True)
        for form, what in FORMS.items():
            st.download_button(
                what, _audit(choices[of], form), f"nostrum-audit{form}", MIME[form], key=f"audit{form}",
                on_click="ignore", icon=":material/download:", width="stretch",
            )  # fmt: skip


def _audit(pages: Callable[[], Sequence[Page]], form: str) -> Callable[[], bytes]:
    def made() -> bytes:
        store = deciding.store()
        return write([audited(page, store) for page in pages()], form)

    return made


def _button(label: str, data: bytes, name: str, mime: str) -> None:
    st.download_button(label, data, name, mime, on_click="ignore", icon=":material/download:")


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
