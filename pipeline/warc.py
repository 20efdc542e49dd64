"""Pages from web archives (WARC, WET), packed or not: every response is a page or a named drop."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any

from pipeline.entries import Entry
from pipeline.limits import MAX_FILE_BYTES, MAX_PAGE_BYTES, ReadError, Reason, check_size

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

__all__ = ["read_warc"]

_PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain", "application/pdf", ""})
_OK = 200
_REDIRECT = range(300, 400)


def read_warc(stream: IO[bytes], name: str) -> Iterator[Entry]:
    """Read the responses, resources and converted texts of an archive; other records are no pages.

    Raise ReadError where the archive is damaged; what came before was read.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion | WarcRecordType.revisit
    number, at = 0, 0
    try:
        for record in ArchiveIterator(stream, record_types=wanted, parse_http=True):
            number += 1
            at = record.stream_pos
            yield _entry(record, number, at)
    except (OSError, ValueError, EOFError) as err:
        what = f"the archive cannot be read on behind byte {at:,} ({err}); fetch it again"
        raise ReadError("broken", what, name) from None


def _entry(record: WarcRecord, number: int, at: int) -> Entry:
    url = record.headers.get("WARC-Target-URI", "") or ""
    page_id = (record.record_id or "").strip("<>") or f"{number}@{at}"
    fields: dict[str, Any] = {"id": page_id, "line": number, "url": url.strip("<>"), "offset": at, "bytes_read": at}
    try:
        media = _media(record)
        limit = MAX_FILE_BYTES if media == "application/pdf" else MAX_PAGE_BYTES
        data = record.reader.read(limit + 1)
        check_size(len(data), limit, "the page")
        if len(data) < record.content_length:
            raise ReadError("broken", "the record ends too early; fetch the page again")
        if record.http_headers and "chunked" in (record.http_headers.get("Transfer-Encoding") or "").lower():
            data = _dechunked(data)
    except ReadError as err:
        return Entry(**fields, fault=err)
    return Entry(**fields, data=data, content_type=_content_type(record) or media)


def _media(record: WarcRecord) -> str:
    """Give the media type of a page; raise ReadError for a record that is none."""
    from fastwarc.warc import WarcRecordType

    if record.record_type == WarcRecordType.revisit:
        raise _drop("revisit", "the record says that the page was the same as before; its first copy is checked")
    if record.record_type == WarcRecordType.conversion:
        return "text/plain"
    status = record.http_headers.status_code if record.http_headers else _OK
    if status in _REDIRECT:
        raise _drop("redirect", f"the server answered {status}: the page is elsewhere")
    if status != _OK:
        raise _drop("http_status", f"the server answered {status}: this is no page")
    media = _content_type(record).partition(";")[0].strip().lower()
    if media not in _PAGES:
        raise _drop("not_html", f"this is {media}, not a page of text")
    return media


def _drop(reason: Reason, what: str) -> ReadError:
    return ReadError(reason, what)


def _content_type(record: WarcRecord) -> str:
    headers = record.http_headers or record.headers
    return headers.get("Content-Type", "") or ""


_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r\n")


def _dechunked(data: bytes) -> bytes:
    """Join the chunks of a payload; one that is in one piece already, whatever its header says, passes."""
    out, at = [], 0
    while m := _CHUNK.match(data, at):
        size = int(m.group(1), 16)
        out.append(data[m.end() : m.end() + size])
        at = m.end() + size + len(b"\r\n")
        if not size:
            break
    return b"".join(out) if out else data
