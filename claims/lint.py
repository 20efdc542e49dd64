"""Lint an evidence table: what is wrong or weak in rows, concepts and second readings, with its place.

Loading refuses a table that cannot be used; the linter also names what would make a wrong or a lost verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from claims.concept_checks import check_concepts
from claims.concepts import CONCEPTS, merge_concepts, read_concepts
from claims.evidence import EVIDENCE, READINGS_FILE, concept_files, read_evidence, row_faults
from claims.lexicon import Lexicon
from claims.row_checks import check_row
from claims.rows import Fault, Row, read_tables
from claims.table_checks import check_readings, check_triples

READINGS = Path(__file__).parent / READINGS_FILE
READING_COLUMNS = ("id", "outcome", "reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """A table as it stands in its files; `faults` are those of reading and of putting concepts together."""

    rows: Sequence[Row]
    concepts: Sequence[Row]
    readings: Sequence[Row]
    lexicon: Lexicon
    faults: Sequence[Fault]

    @property
    def as_of(self) -> str:
        """The latest day on which a row was checked."""
        return max((row.cells["checked_on"] for row in self.rows), default="")


def read_sheets(folders: Sequence[Path], concepts: Path = CONCEPTS) -> Sheets:
    """Read the files of a table without judging them."""
    rows, faults = read_evidence(folders)
    concept_rows, wrong = read_concepts((concepts, *concept_files(folders)))
    merged, odd = merge_concepts(concept_rows)
    readings, unread = _read_readings(folders)
    return Sheets(
        rows=rows,
        concepts=concept_rows,
        readings=readings,
        lexicon=Lexicon(merged.values()),
        faults=(*faults, *wrong, *odd, *unread),
    )


def _read_readings(folders: Iterable[Path]) -> tuple[list[Row], list[Fault]]:
    """Read the second readings of folders: the shipped table's lie one folder up."""
    files = (READINGS if folder == EVIDENCE else folder / READINGS_FILE for folder in folders)
    return read_tables((file for file in files if file.exists()), READING_COLUMNS)


def lint(sheets: Sheets, as_of: str = "") -> list[Fault]:
    """List faults and warnings in the order of files and lines; ages are counted from `as_of`."""
    found = {*sheets.faults, *_checked(sheets, as_of or sheets.as_of)}
    return sorted(found, key=lambda f: (f.file, f.line, f.level, f.kind, f.what))


def _checked(sheets: Sheets, as_of: str) -> Iterator[Fault]:
    unusable = row_faults(sheets.rows, sheets.lexicon)
    yield from unusable
    places = {(fault.file, fault.line) for fault in unusable}
    usable = [row for row in sheets.rows if (row.file, row.line) not in places]
    for row in sheets.rows:
        yield from check_row(row, sheets.lexicon, as_of)
    yield from check_triples(usable, sheets.lexicon)
    yield from check_readings(sheets.rows, sheets.readings)
    yield from check_concepts(sheets.concepts, sheets.rows, sheets.lexicon)
