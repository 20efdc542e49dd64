"""A page of a batch as it was handed in, and how it is read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from claims.types import Article
from pipeline.limits import ReadError
from pipeline.read import open_bytes, read_bytes, read_html, read_text

__all__ = ["COLUMNS", "Entry", "opened", "read_entry"]

# What a row or an object of the input may say of a page.
COLUMNS = ("id", "text", "html", "url", "title", "published")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A page of a batch: plain text, HTML, or the bytes of a file; or the fault for which it cannot be used.

    `id` is as given, a string or a number. `file`, `line` and `offset` say where it stands: in which input, the
    how manieth there, and at which byte (of the unpacked lines, or of the packed WARC; None in tables).
    `name` and `content_type` help to tell what `data` is. `bytes_read` counts all bytes up to the page's end,
    for progress. What a first look found: `settled` says why the page need not be read (a slug; "": it must
    be), `twin` whose near-duplicate it is, `copies` for how many pages it stands.
    """

    id: str | int
    line: int
    text: str | None = None
    html: str | None = None
    data: bytes | None = None
    name: str = ""
    content_type: str = ""
    url: str = ""
    title: str = ""
    published: str = ""
    file: str = ""
    offset: int | None = None
    fault: ReadError | None = None
    bytes_read: int = 0
    settled: str | None = None
    twin: str | int | None = None
    copies: int = 1


def opened(entry: Entry) -> Entry:
    """Decode the bytes of a page of text or HTML; others stay bytes. Raise ReadError."""
    if entry.data is None or entry.fault:
        return entry
    name = entry.name or urlsplit(entry.url).path
    kind, text = open_bytes(entry.data, name=name, content_type=entry.content_type)
    if kind == "html":
        return replace(entry, html=text, data=None)
    return replace(entry, text=text, data=None) if kind == "text" else entry


def read_entry(entry: Entry, *, quick: bool = False) -> Article:
    """Read a page of a batch in this process; raise ReadError. Poison may hold or crash it: see `scorer`."""
    if entry.fault:
        raise entry.fault
    given = {"url": entry.url, "id": str(entry.id), "title": entry.title, "published": entry.published}
    if entry.text is not None:
        return read_text(entry.text, **given)
    if entry.html is not None:
        return read_html(entry.html, quick=quick, **given)
    return read_bytes(entry.data or b"", name=entry.name, content_type=entry.content_type, **given)
