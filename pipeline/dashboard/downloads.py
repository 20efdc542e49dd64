"""Hand a report over as a file."""

from __future__ import annotations

import json
from collections.abc import Sequence

import streamlit as st

from claims.types import Report
from pipeline.export import findings_csv, report_to_dict


def buttons(report: Report, every: Sequence[Report]) -> None:
    """Offer the page's report, and all of them together where there are several."""
    _button("JSON", json_bytes(report), "nostrum-report.json", "application/json")
    _button("CSV", csv_bytes(report), "nostrum-report.csv", "text/csv")
    if len(every) > 1:
        with st.popover("All pages"):
            _button("JSON Lines", lines_bytes(every), "nostrum-reports.jsonl", "application/jsonl")
            _button("CSV, one table", csv_bytes(*every), "nostrum-reports.csv", "text/csv")


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
