"""What is handed to the checker: a file, a URL or standard input for `check`, JSON lines for `batch`."""

from __future__ import annotations

import gzip
import json
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast
from urllib.parse import urlsplit

from claims.types import Article
from pipeline.decode import sniff
from pipeline.guard import read_bytes_guarded, read_html_guarded
from pipeline.limits import MAX_FILE_BYTES, MAX_PAGE_BYTES, MB, ReadError, check_size
from pipeline.read import load, read_bytes, read_text

__all__ = ["Entry", "name_of", "read_entry", "read_input", "read_jsonl"]

STDIN = "-"
# A page of 50 MB is still refused under its own id; what is longer than this is not even held in memory.
MAX_LINE_BYTES = 128 * MB
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A page of a batch as it was handed in, or the fault for which its line cannot be used.

    `id` is as given, a string or a number; where a line has none, its number. `bytes_read` counts all bytes
    up to the line's end, for progress.
    """

    id: str | int
    line: int
    text: str | None = None
    html: str | None = None
    url: str = ""
    title: str = ""
    published: str = ""
    fault: ReadError | None = None
    bytes_read: int = 0


def read_input(name: str) -> Article:
    """Read a file, a URL or standard input ("-"); raise ReadError or FetchError with one clear line.

    Anything but plain text goes through a child process that can be killed.
    """
    if name == STDIN:
        return _read_bytes(_read_stdin(), name="standard input")
    if is_url(name):
        from pipeline.fetch import fetch_kept  # brings httpx along

        page = fetch_kept(name)
        path = urlsplit(page.final_url).path
        return _read_bytes(page.data, name=path, url=page.final_url, content_type=page.content_type)
    return _read_bytes(load(Path(name)), name=name)


def is_url(name: str) -> bool:
    """Tell a URL from a path; a scheme that cannot be fetched is still a URL."""
    scheme, rest, _ = name.partition("://")
    return bool(rest) and scheme.isalnum()


def name_of(name: str) -> str:
    """Give the name by which messages call an input."""
    return "standard input" if name == STDIN else name


def _read_stdin() -> bytes:
    data = sys.stdin.buffer.read(MAX_FILE_BYTES + 1)
    try:
        check_size(len(data), MAX_FILE_BYTES, "the input")
    except ReadError as err:
        raise err.at("standard input") from None
    return data


def _read_bytes(data: bytes, *, name: str, url: str = "", content_type: str = "") -> Article:
    reader = read_bytes if _is_plain(data, name=name, content_type=content_type) else read_bytes_guarded
    return reader(data, name=name, url=url, content_type=content_type)


def _is_plain(data: bytes, *, name: str, content_type: str) -> bool:
    """Tell text that no parser needs to see: no markup, nothing packed; this saves the child's start."""
    try:
        return (
            sniff(data, name=name, content_type=content_type) is None
            and b"<" not in data
            and data[:2] != _GZIP
        )
    except ReadError:
        return True  # read_bytes refuses it the same way, at once


def read_entry(entry: Entry) -> Article:
    """Read a page of a batch; HTML goes through a child process that can be killed. Raise ReadError."""
    if entry.fault:
        raise entry.fault
    read = read_html_guarded if entry.text is None else read_text
    page = entry.text if entry.text is not None else entry.html or ""
    return read(page, url=entry.url, id=str(entry.id), title=entry.title, published=entry.published)


def read_jsonl(name: str) -> Iterator[Entry]:
    """Read one page a line, from a file, gzipped or not, or standard input ("-"); blank lines are no pages.

    A line that cannot be used becomes an entry with its fault. Raise ReadError where the file cannot be read.
    """
    try:
        with _open(name) as file:
            yield from _entries(file)
    except FileNotFoundError:
        raise ReadError("missing", "there is no such file; check the path", name) from None
    except (OSError, EOFError, zlib.error) as err:
        what = getattr(err, "strerror", None) or str(err) or type(err).__name__
        raise ReadError("unreadable", f"the file cannot be read ({what})", name) from err


@contextmanager
def _open(name: str) -> Iterator[IO[bytes]]:
    if name == STDIN:
        yield sys.stdin.buffer
        return
    with Path(name).open("rb") as file:  # once only: a pipe cannot be opened again
        if file.peek(2)[:2] == _GZIP:
            with gzip.open(file) as unpacked:
                yield cast("IO[bytes]", unpacked)
        else:
            yield file


def _entries(file: IO[bytes]) -> Iterator[Entry]:
    number, at = 0, 0
    while line := file.readline(MAX_LINE_BYTES + 1):
        number += 1
        at += len(line)
        if too_long := len(line) > MAX_LINE_BYTES:
            at += _skip_line(file)
        if too_long or line.strip():
            yield _entry(line, number, at, too_long=too_long)


def _skip_line(file: IO[bytes]) -> int:
    """Read on to the end of a line that is too long to hold; give its length."""
    skipped = 0
    while part := file.readline(1_000_000):
        skipped += len(part)
        if part.endswith(b"\n"):
            break
    return skipped


def _entry(line: bytes, number: int, at: int, *, too_long: bool) -> Entry:
    page_id: str | int = number
    try:
        if too_long:
            raise ReadError(
                "too_big", f"the line has more than {MAX_LINE_BYTES / MB:.0f} MB; leave the page out"
            )
        given = _object(line)
        page_id = _id(given)
        fields = {key: _string(given, key) for key in ("text", "html", "url", "title", "published")}
        if fields["text"] is None and fields["html"] is None:
            raise ReadError("bad_line", 'it has neither "text" nor "html"; give one')
        check_size(max(map(len, filter(None, fields.values())), default=0), MAX_PAGE_BYTES, "the page")
    except ReadError as err:
        return Entry(id=page_id, line=number, fault=err.at(f"line {number}"), bytes_read=at)
    return Entry(
        id=page_id,
        line=number,
        text=fields["text"],
        html=fields["html"],
        url=fields["url"] or "",
        title=fields["title"] or "",
        published=fields["published"] or "",
        bytes_read=at,
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


def _id(given: dict[str, Any]) -> str | int:
    page_id = given.get("id")
    if isinstance(page_id, bool) or not isinstance(page_id, str | int) or page_id == "":
        raise ReadError("bad_line", 'it has no "id"; give each page its own string or number')
    return page_id


def _string(given: dict[str, Any], key: str) -> str | None:
    value = given.get(key)
    if value is not None and not isinstance(value, str):
        raise ReadError("bad_line", f'"{key}" must be a string')
    return value
