"""Build web archives record by record."""

from __future__ import annotations

from hashlib import sha1


def record(body: bytes, kind: str = "response", content_type: str = "application/http; msgtype=response") -> bytes:
    """Make a WARC record; its id is a digest of what it holds."""
    name = sha1(kind.encode() + body).hexdigest()
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{name}>\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n"
        f"WARC-Target-URI: http://example.org/page\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def response(
    body: bytes, content_type: str = "text/html", status: str = "200 OK", extra: str = "", chunked: bool = False
) -> bytes:
    """Make the record of a server's answer."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n" + (f"{extra}\r\n" if extra else "") + "\r\n"
    if chunked:
        half = len(body) // 2
        parts = (body[:half], body[half:], b"")
        body = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts)
    return record(head.encode() + body)
