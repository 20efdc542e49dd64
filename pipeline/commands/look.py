"""`nostrum evidence show, search, stats, export, diff`: look at a table."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from claims.curate import Change, diff, rows_about, search, stats
from claims.evidence import COLUMNS, CONCEPTS_FILE, table_files
from claims.lexicon import Lexicon
from claims.lint import Sheets, read_sheets
from claims.rows import Row, csv_line, read_rows
from claims.types import Concept
from pipeline.commands.lint import given_day
from pipeline.commands.tables import TableError, Tables
from pipeline.commands.terminal import clean, complain, escape_controls, write_utf8

DONE, FAILED = 0, 2


def open_sheets(tables: Tables, *, begun_only: bool = False) -> Sheets:
    """Read a table's files; raise TableError where one is none. Places not begun yet may be left out."""
    folders = [folder for folder in tables.folders() if folder.exists() or not begun_only]
    sheets = read_sheets(folders, tables.concept_table())
    if sheets.faults:
        raise TableError("\n".join(map(str, sheets.faults)))
    return sheets


def show(name: str, tables: Tables, form: str) -> int:
    """Print a row by its id, or a concept by any of its names with the rows about it."""
    sheets = open_sheets(tables)
    row = next((row for row in sheets.rows if row.cells["id"] == name), None)
    if row is not None:
        _print_row(row, _reading(name, sheets), form)
        return DONE
    concept = name if name in sheets.lexicon.concepts else sheets.lexicon.resolve(name)
    if not concept:
        complain(_no_such(name, sheets))
        return FAILED
    _print_concept(sheets.lexicon.concepts[concept], sheets, form)
    return DONE


def _no_such(name: str, sheets: Sheets) -> str:
    close = get_close_matches(name, [*(row.cells["id"] for row in sheets.rows), *sheets.lexicon.concepts], n=3)
    return f"{name}: no row has this id, no concept this name" + (f"; near: {', '.join(close)}" if close else "")


def _reading(name: str, sheets: Sheets) -> Mapping[str, str]:
    return next((reading.cells for reading in sheets.readings if reading.cells["id"] == name), {})


def _print_row(row: Row, reading: Mapping[str, str], form: str) -> None:
    if form == "json":
        print_json({**row.cells, "second_reading": dict(reading) or None})
        return
    for column, cell in row.cells.items():
        print(f"{column:13} {clean(cell)}")
    read = f"{reading['outcome']}: {reading['reason']}" if reading else "none"
    print(f"{'second read':13} {clean(read)}")


def _print_concept(concept: Concept, sheets: Sheets, form: str) -> None:
    rows = rows_about(sheets.rows, concept.id)
    wider, narrower = sheets.lexicon.ancestors(concept.id), _members(concept.id, sheets.lexicon)
    if form == "json":
        whole = asdict(concept) | {
            "ancestors": wider,
            "members": narrower,
            "rows": [row.cells for row in rows],
        }
        print_json(whole)
        return
    about = asdict(concept) | {"ancestors": wider, "members": narrower}
    for name, value in about.items():
        if value not in ("", ()):
            print(f"{name:13} {clean(', '.join(value) if isinstance(value, tuple) else str(value))}")
    print_rows(rows)


def _members(concept: str, lexicon: Lexicon) -> tuple[str, ...]:
    return tuple(c.id for c in lexicon.concepts.values() if concept in c.broader)


def search_rows(words: str, limit: int, tables: Tables, form: str) -> int:
    """Print the rows that have some words, the fullest hits first."""
    sheets = open_sheets(tables)
    found = search(sheets.rows, sheets.lexicon, words)
    if form == "json":
        print_json([row.cells for row in found[:limit]])
        return DONE
    print_rows(found[:limit])
    print(f"{len(found):,} rows" + (f"; the first {limit} are shown" if len(found) > limit else ""))
    return DONE


def print_rows(rows: Sequence[Row]) -> None:
    """Print rows, a line each: id, finding, proposition."""
    for row in rows:
        cells = row.cells
        status = "" if cells["status"] == "current" else f" [{cells['status']}]"
        found = f"{cells['finding']}, {cells['certainty'].replace('_', ' ')}"
        print(clean(f"{cells['id']}{status} | {found} | {cells['proposition']}"))


def print_stats(tables: Tables, as_of: str, form: str) -> int:
    """Print how many rows there are of each kind."""
    sheets = open_sheets(tables)
    day = given_day(as_of) or sheets.as_of
    counts = stats(sheets.rows, day)
    if form == "json":
        print_json({"as_of": day, "rows": len(sheets.rows), "concepts": len(sheets.lexicon.concepts), **counts})
        return DONE
    print(f"{len(sheets.rows):,} rows, {len(sheets.lexicon.concepts):,} concepts as of {day or 'no day'}")
    for name, by in counts.items():
        print(name.replace("_", " ") + ("" if name == "status" else " (of current rows)"))
        for value, n in by.items():
            print(f"{n:8,}  {n / (sum(by.values()) or 1):4.0%}  {clean(value)}")
    return DONE


def export(tables: Tables, out: Path | None, form: str) -> int:
    """Write all rows as lines of CSV or JSON."""
    text = "".join(_lines(open_sheets(tables).rows, form))
    if out is None:
        write_utf8(text)
    else:
        part = out.with_name(out.name + ".part")
        part.write_text(text, encoding="utf-8", newline="")
        part.replace(out)
    return DONE


def _lines(rows: Sequence[Row], form: str) -> Iterator[str]:
    if form == "jsonl":
        yield from (json.dumps(row.cells, ensure_ascii=False) + "\n" for row in rows)
        return
    yield csv_line(COLUMNS)
    yield from (csv_line([row.cells[column] for column in COLUMNS]) for row in rows)


def print_diff(old: Path, new: Path, form: str) -> int:
    """Print what became of rows and concepts between two states."""
    rows = diff(_state(old), _state(new))
    concepts = diff(_concepts(old), _concepts(new))
    if form == "json":
        print_json({"rows": [asdict(c) for c in rows], "concepts": [asdict(c) for c in concepts]})
        return DONE
    for name, changes in (("row", rows), ("concept", concepts)):
        for change in changes:
            print(clean(f"{change.how} {name} {change.id}{_columns(change)}"))
    for name, changes in (("rows", rows), ("concepts", concepts)):
        hows = [change.how for change in changes]
        counted = ", ".join(f"{hows.count(how)} {how}" for how in ("added", "changed", "retired", "removed"))
        print(f"{name}: {counted}")
    return DONE


def _columns(change: Change) -> str:
    return "".join(f"; {column}: {was!r} -> {now!r}" for column, (was, now) in change.columns.items())


def _state(folder: Path) -> list[Row]:
    """Read rows as they are, whatever the columns were at the time."""
    files, faults = table_files([_rows_folder(folder)])
    rows: list[Row] = []
    for file in files:
        more, wrong = read_rows(file, None)
        rows += more
        faults += wrong
    if any("id" not in row.cells for row in rows):
        raise TableError(f"{folder}: rows without an id cannot be compared")
    if faults:
        raise TableError("\n".join(map(str, faults)))
    return rows


def _rows_folder(folder: Path) -> Path:
    """Find the rows in a folder, in a project's claims/, or in a project."""
    places = (folder / "claims" / "evidence", folder / "evidence", folder)
    return next(place for place in places if place.is_dir() or place == folder)


def _concepts(folder: Path) -> list[Row]:
    rows_folder = _rows_folder(folder)
    place = folder if rows_folder == folder else rows_folder.parent
    file = place / CONCEPTS_FILE
    return read_rows(file, None)[0] if file.exists() else []


def print_json(whole: Any) -> None:
    """Print JSON that is safe for a terminal."""
    write_utf8(escape_controls(json.dumps(whole, ensure_ascii=False, indent=2)) + "\n")
