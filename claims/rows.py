"""CSV tables read with the place of every row, so that each fault can name its file and line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of a table: every column has its cell, and the line number is where the row begins."""

    file: str
    line: int
    cells: Mapping[str, str]

    def fault(self, kind: str, what: str) -> Fault:
        """Make a fault of this row."""
        return Fault(file=self.file, line=self.line, kind=kind, what=what)

    def warning(self, kind: str, what: str) -> Fault:
        """Make a warning about this row."""
        return Fault(file=self.file, line=self.line, kind=kind, what=what, level="warning")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong in a table and where; line 0 is the file as a whole. `kind` is a slug to count by."""

    file: str
    line: int
    kind: str
    what: str
    level: Literal["fault", "warning"] = "fault"

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.what}"


def read_rows(file: Path, columns: Sequence[str] | None) -> tuple[list[Row], list[Fault]]:
    """Read a table that must have these columns, or any for None; a file that is none gives its faults."""
    name = str(file)
    try:
        lines = _lines(file.read_text(encoding="utf-8-sig"))
        _, header = next(lines, (1, []))
        if not header:
            raise csv.Error("it is empty")
        if columns is not None and tuple(header) != tuple(columns):
            return [], [Fault(file=name, line=1, kind="columns", what=_odd_columns(header, columns))]
        return _rows(name, header, lines)
    except (OSError, UnicodeDecodeError, csv.Error) as err:
        why = getattr(err, "strerror", None) or str(err)
        what = f"cannot be read as a CSV table in UTF-8 ({why})"
        return [], [Fault(file=name, line=0, kind="unreadable", what=what)]


def read_tables(files: Iterable[Path], columns: Sequence[str]) -> tuple[list[Row], list[Fault]]:
    """Read tables of one kind as one, with the faults of files that are none."""
    rows: list[Row] = []
    faults: list[Fault] = []
    for file in files:
        more, wrong = read_rows(file, columns)
        rows += more
        faults += wrong
    return rows, faults


def read_json_rows(file: Path, columns: Sequence[str]) -> tuple[list[Row], list[Fault]]:
    """Read JSON lines, an object each, as rows of these columns; one that is not given is empty."""
    name = str(file)
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as err:
        what = f"cannot be read as JSON lines in UTF-8 ({getattr(err, 'strerror', None) or err})"
        return [], [Fault(file=name, line=0, kind="unreadable", what=what)]
    rows, faults = [], []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        cells, why = _json_cells(line, columns)
        if why:
            faults.append(Fault(file=name, line=number, kind="columns", what=why))
        else:
            rows.append(Row(file=name, line=number, cells=cells))
    return rows, faults


def _json_cells(line: str, columns: Sequence[str]) -> tuple[dict[str, str], str]:
    """Give the cells of a JSON object, or why it has none."""
    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as err:
        return {}, f"is no JSON ({err})"
    if not isinstance(given, dict):
        return {}, "is no JSON object"
    odd = sorted(given.keys() - set(columns))
    odd += sorted(key for key, value in given.items() if not isinstance(value, str | int | None))
    if odd:
        names = ", ".join(dict.fromkeys(odd))
        return {}, f"has no place for {names}: cells are text, under {','.join(columns)}"
    return {c: "" if given.get(c) is None else str(given[c]) for c in columns}, ""


def csv_line(cells: Sequence[str]) -> str:
    """Write cells as a line of a table."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def append_rows(columns: Sequence[str], rows_of: Mapping[Path, Sequence[Mapping[str, str]]]) -> None:
    """Add rows to tables, which are begun where they are missing; each file changes whole or not at all."""
    parts = {}
    for file, rows in rows_of.items():
        held = file.read_bytes() if file.exists() else csv_line(columns).encode()
        lines = "".join(csv_line([cells[column] for column in columns]) for cells in rows)
        part = file.with_name(file.name + ".part")
        part.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(held + (b"" if held.endswith(b"\n") else b"\n") + lines.encode())
        parts[part] = file
    for part, file in parts.items():
        part.replace(file)


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines of a CSV text that are not blank, each with the number it begins at."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    for cells in reader:
        if cells:
            yield begins, cells
        begins = reader.line_num + 1


def _rows(name: str, columns: Sequence[str], lines: Iterator[tuple[int, list[str]]]) -> tuple[list[Row], list[Fault]]:
    rows, faults = [], []
    for line, cells in lines:
        if len(cells) == len(columns):
            rows.append(Row(file=name, line=line, cells=dict(zip(columns, cells, strict=True))))
        else:
            what = f"has {len(cells)} cells where the header has {len(columns)}; is a comma not quoted?"
            faults.append(Fault(file=name, line=line, kind="columns", what=what))
    return rows, faults


def _odd_columns(header: Sequence[str], columns: Sequence[str]) -> str:
    odd = sorted(set(header) ^ set(columns)) or ["their order"]
    return f"columns differ from the schema ({', '.join(odd)}): the columns must be {','.join(columns)}"
