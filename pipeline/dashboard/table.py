"""The evidence table and the results that the views look at: read once, again when their files change."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from pipeline.handover import received

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from claims.lint import Sheets
    from claims.types import Evidence

Stamp = tuple[tuple[str, int, int], ...]


def results() -> Path | None:
    """Give the results that the dashboard was started with."""
    return received(os.environ).results


def result(path: Path) -> DuckDBPyConnection:
    """Open a result to be asked, by a cursor of the caller's own; raise ResultsError for what is none."""
    return _opened(path, stamp([path])).cursor()


def topics() -> dict[str, str]:
    """Map each concept of the shipped table to its topic."""
    from pipeline.topics import topics_of

    return topics_of(sheets())


def sheets() -> Sheets:
    """Read the shipped evidence table."""
    return _sheets(_shipped())


def _shipped() -> Stamp:
    from claims.concepts import CONCEPTS
    from claims.evidence import EVIDENCE
    from claims.lint import READINGS

    return stamp([EVIDENCE, CONCEPTS, READINGS])


def evidence() -> Mapping[str, Evidence]:
    """Map the id of each row of the shipped table to the row."""
    return _evidence(_shipped())


def stamp(paths: Iterable[Path]) -> Stamp:
    """Tell one state of files, or of folders of files, from another; what is not whole yet does not count."""
    places = (f for path in paths for f in (path.iterdir() if path.is_dir() else [path]))
    files = sorted(f for f in places if f.is_file() and f.suffix != ".part")
    return tuple((str(f), f.stat().st_mtime_ns, f.stat().st_size) for f in files)


@st.cache_resource(show_spinner=False, max_entries=2)
def _opened(path: Path, stamp: Stamp) -> DuckDBPyConnection:
    from pipeline.query import open_result

    return open_result(path, topics())


@st.cache_resource(show_spinner=False, max_entries=2)
def _sheets(stamp: Stamp) -> Sheets:
    from claims.evidence import EVIDENCE
    from claims.lint import read_sheets

    return read_sheets([EVIDENCE])


@st.cache_resource(show_spinner=False, max_entries=2)
def _evidence(stamp: Stamp) -> Mapping[str, Evidence]:
    from claims.evidence import evidence_of

    read = _sheets(stamp)
    return {} if read.faults else {row.cells["id"]: evidence_of(row) for row in read.rows}
