"""What is handed to `check`: a file, a URL or standard input."""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import urlsplit

from claims.types import Article
from pipeline.decode import sniff
from pipeline.guard import read_bytes_guarded
from pipeline.limits import MAX_FILE_BYTES, ReadError, check_size
from pipeline.read import load, read_bytes

__all__ = ["STDIN", "is_url", "name_of", "read_input"]

STDIN = "-"
_GZIP = b"\x1f\x8b"


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
