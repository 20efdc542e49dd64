"""Pages from JSON lines, CSV and Parquet. A line or row that cannot be used becomes an entry with its fault."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any, cast

from pipeline.entries import COLUMNS, Entry
from pipeline.limits import MAX_PAGE_BYTES, MB, ReadError, check_size

__all__ = ["read_csv", "read_lines", "read_parquet"]

# A page of 50 MB is still refused under its own id; what is longer than this is not even held in memory.
MAX_LINE_BYTES = 128 * MB
# What is looked at to tell UTF-8 from Windows-1252.
_SAMPLE_BYTES = MB
_PARQUET_ROWS = 100

# Our name of a column -> the input's.
Columns = Mapping[str, str]


def read_lines(file: IO[bytes], columns: Columns | None = None) -> Iterator[Entry]:
    """Read one page a line; blank lines are no pages."""
    number, at = 0, 0
    while line := file.readline(MAX_LINE_BYTES + 1):
        number += 1
        start = at
        at += len(line)
        if too_long := len(line) > MAX_LINE_BYTES:
            at += _skip_line(file)
        if too_long or line.strip():
            yield _entry(line, number, start, at, columns or {}, too_long=too_long)


def _skip_line(file: IO[bytes]) -> int:
    """Read on to the end of a line that is too long to hold; give its length."""
    skipped = 0
    while part := file.readline(1_000_000):
        skipped += len(part)
        if part.endswith(b"\n"):
            break
    return skipped


def _entry(line: bytes, number: int, start: int, end: int, columns: Columns, *, too_long: bool) -> Entry:
    page_id: str | int = number
    try:
        if too_long:
            raise ReadError("too_big", f"the line has more than {MAX_LINE_BYTES / MB:.0f} MB; leave the page out")
        given = _object(line)
        page_id = _id(given, columns.get("id", "id"))
        fields = {key: _string(given, columns.get(key, key)) for key in COLUMNS[1:]}
        if fields["text"] is None and fields["html"] is None:
            text, html = (columns.get(key, key) for key in ("text", "html"))
            raise ReadError("bad_line", f'it has neither "{text}" nor "{html}"; give one')
        check_size(max(map(len, filter(None, fields.values())), default=0), MAX_PAGE_BYTES, "the page")
    except ReadError as err:
        fault = err.at(f"line {number}")
        return Entry(id=page_id, line=number, offset=start, fault=fault, bytes_read=end)
    return Entry(
        id=page_id,
        line=number,
        text=fields["text"],
        html=fields["html"],
        url=fields["url"] or "",
        title=fields["title"] or "",
        published=fields["published"] or "",
        offset=start,
        bytes_read=end,
    )


def _object(line: bytes) -> dict[str, Any]:
    try:
        given = json.loads(line)
    except RecursionError:
        raise ReadError("bad_line", "it nests too deep; give one object a line") from None
    except ValueError as err:
        what = getattr(err, "msg", "") or str(err).splitlines()[0]
        raise ReadError("bad_line", f"it is no JSON ({what}); give one object a line") from None
    if not isinstance(given, dict):
        raise ReadError("bad_line", f"it holds no object but {type(given).__name__}; give one object a line")
    return given


def _id(given: dict[str, Any], key: str) -> str | int:
    page_id = given.get(key)
    if isinstance(page_id, bool) or not isinstance(page_id, str | int) or page_id == "":
        raise ReadError("bad_line", f'it has no "{key}"; give each page its own string or number')
    return page_id


def _string(given: dict[str, Any], key: str) -> str | None:
    value = given.get(key)
    if value is not None and not isinstance(value, str):
        raise ReadError("bad_line", f'"{key}" must be a string')
    return value


def read_csv(file: IO[bytes], name: str, columns: Columns | None = None) -> Iterator[Entry]:
    """Read one page a row; raise ReadError where the header names no text."""
    csv.field_size_limit(MAX_LINE_BYTES)
    head = cast("io.BufferedReader", file).peek(_SAMPLE_BYTES) if hasattr(file, "peek") else b""
    text = io.TextIOWrapper(file, encoding=_encoding(head), errors="replace", newline="")
    rows = csv.DictReader(text)
    held = _held(rows.fieldnames or (), name, columns or {})
    try:
        for number, row in enumerate(rows, start=1):
            yield _of_row({key: row.get(column) for key, column in held.items()}, number, name)
    except csv.Error as err:
        raise ReadError("broken", f"the table cannot be read on ({err})", f"{name}:{rows.line_num}") from None


def _encoding(head: bytes) -> str:
    try:
        # The end of the sample may cut a letter.
        head[: max(0, len(head) - 4)].decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def read_parquet(path: Path, columns: Columns | None = None) -> Iterator[Entry]:
    """Read one page a row; HTML may be text or bytes. Raise ReadError where no column holds text."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as table:
            held = _held(table.schema_arrow.names, str(path), columns or {})
            number = 0
            for batch in table.iter_batches(batch_size=_PARQUET_ROWS, columns=[*held.values()]):
                for row in batch.to_pylist():
                    number += 1
                    yield _of_row({key: row[column] for key, column in held.items()}, number, str(path))
    except (pa.ArrowException, OSError) as err:
        raise ReadError("broken", f"the table cannot be read ({str(err).splitlines()[0]})", str(path)) from None


def _held(names: Any, name: str, columns: Columns) -> dict[str, str]:
    """Say which columns of a table hold what; a column named by hand must be there."""
    missing = [column for column in columns.values() if column not in names]
    if missing:
        there = ", ".join(names)
        raise ReadError("broken", f"it has no column {missing[0]!r}; it has {there}", name)
    held = {key: columns.get(key, key) for key in COLUMNS if columns.get(key, key) in names}
    if not {"text", "html"} & held.keys():
        there = ", ".join(names)
        raise ReadError("broken", f"no column is text or html; name one: --columns text=NAME (it has {there})", name)
    return held


def _of_row(row: Mapping[str, Any], number: int, name: str) -> Entry:
    page_id = row.get("id")
    if page_id is None or page_id == "":
        page_id = f"{name}:{number}"
    elif not isinstance(page_id, int) or isinstance(page_id, bool):
        page_id = str(page_id)
    html = row.get("html") or None
    data = html if isinstance(html, bytes) else None
    try:
        text = _cell(row.get("text"))
        if text is None and html is None:
            raise ReadError("empty", "the row has no text")
        check_size(max(len(text or ""), len(html or "")), MAX_PAGE_BYTES, "the page")
        return Entry(
            id=page_id,
            line=number,
            text=text,
            html=None if data is not None else _cell(html),
            data=data,
            content_type="text/html" if data is not None else "",
            url=_cell(row.get("url")) or "",
            title=_cell(row.get("title")) or "",
            published=str(row.get("published") or ""),
        )
    except ReadError as err:
        return Entry(id=page_id, line=number, fault=err.at(f"row {number}"))


def _cell(value: Any) -> str | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise ReadError("bad_line", f"a cell holds no text but {type(value).__name__}")
    return value


def unpacked(file: IO[bytes]) -> IO[bytes]:
    """Unpack a gzipped stream; others pass."""
    packed = cast("io.BufferedReader", file).peek(2)[:2] == b"\x1f\x8b"
    return cast("IO[bytes]", gzip.open(file)) if packed else file
