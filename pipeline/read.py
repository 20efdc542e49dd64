"""The door of reading: bytes, text, HTML or a file in; an Article out, its offsets exact."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

from claims.layout import blocks_of_text, lay_out
from claims.types import Article, digest
from pipeline.decode import Kind, decode, gunzip, kind_of_text, sniff
from pipeline.language import check_english
from pipeline.limits import MAX_FILE_BYTES, MAX_PAGE_BYTES, ReadError, Reason, check_size
from pipeline.webpage import Page, read_page

__all__ = ["ReadError", "open_bytes", "read_bytes", "read_html", "read_path", "read_text"]

_SURROGATE = re.compile("[\ud800-\udfff]")


def read_bytes(
    data: bytes,
    *,
    name: str = "",
    url: str = "",
    id: str = "",
    title: str = "",
    published: str = "",
    content_type: str = "",
) -> Article:
    """Read the bytes of a page or file; its kind and encoding are found by its content first.

    `name` is the file's, `content_type` the header's; what is given of url, title and published wins over
    what the page says of itself.
    """
    try:
        kind, text = open_bytes(data, name=name or urlsplit(url).path, content_type=content_type)
        if kind == "text":
            return read_text(text, url=url, id=id, title=title, published=published)
        if kind == "html":
            return read_html(text, url=url, id=id, title=title, published=published)
        return _article(_document(kind, data, text), url=url, id=id, title=title, published=published)
    except ReadError as err:
        raise err.at(name or url) from err.__cause__


def read_text(text: str, *, url: str = "", id: str = "", title: str = "", published: str = "") -> Article:
    """Read plain text. It is kept as given, so that offsets into it hold; blocks are found by its lines.

    Half a character (a lone surrogate, which no file can store) becomes U+FFFD, one for one.
    """
    try:
        check_size(len(text), MAX_PAGE_BYTES, "the text")
        _check_content(text)
        check_english(text)
    except ReadError as err:
        raise err.at(url) from err.__cause__
    text = _SURROGATE.sub("\ufffd", text)
    return Article(
        id=id or digest("article", url, text),
        text=text,
        blocks=blocks_of_text(text),
        url=url,
        title=title,
        site=site_of(url),
        published=published,
    )


def read_html(
    html: str, *, url: str = "", id: str = "", title: str = "", published: str = "", quick: bool = False
) -> Article:
    """Read a web page or a fragment of one: main text, one block a line, and what it says about itself.

    In this process, one call at a time. Pages from strangers: use `pipeline.guard`, which can give up on one.
    `quick` finds the main text in a fifth of the time, a little less well.
    """
    try:
        check_size(len(html), MAX_PAGE_BYTES, "the page")
        _check_content(html)
        return _article(read_page(html, url=url, quick=quick), url=url, id=id, title=title, published=published)
    except ReadError as err:
        raise err.at(url) from err.__cause__


def read_path(
    path: str | Path, *, url: str = "", id: str = "", title: str = "", published: str = ""
) -> Article:
    """Read a file."""
    path = Path(path)
    return read_bytes(load(path), name=str(path), url=url, id=id, title=title, published=published)


def load(path: Path) -> bytes:
    """Load a file's bytes, no more than any kind of file may have."""
    try:
        if path.is_dir():
            raise ReadError("unreadable", "this is a folder; name a file in it", str(path))
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
        check_size(max(len(data), path.stat().st_size if path.is_file() else 0), MAX_FILE_BYTES, "the file")
    except FileNotFoundError:
        raise ReadError("missing", "there is no such file; check the path", str(path)) from None
    except (OSError, ValueError) as err:
        what = getattr(err, "strerror", None) or str(err)
        raise ReadError(
            "unreadable", f"the file cannot be opened ({what}); check its rights", str(path)
        ) from err
    except ReadError as err:
        raise err.at(str(path)) from None
    return data


def site_of(url: str) -> str:
    """Give the host of a URL without www."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def open_bytes(data: bytes, *, name: str, content_type: str) -> tuple[Kind, str]:
    """Tell the kind of bytes and decode them; PDF and DOCX have no text yet."""
    if not data.strip():
        raise ReadError("empty", "the file is empty; give a page with text")
    check_size(len(data), MAX_FILE_BYTES, "the file")
    data = gunzip(data)
    kind = sniff(data, name=name.removesuffix(".gz"), content_type=content_type)
    if kind in ("pdf", "docx"):
        return kind, ""
    check_size(len(data), MAX_PAGE_BYTES, "the page")
    text = decode(data, content_type=content_type)
    plain = name.endswith(".txt") or content_type.startswith("text/plain")
    return kind or kind_of_text(text, plain=plain), text


def _document(kind: Kind, data: bytes, text: str) -> Page:
    from pipeline.documents import read_docx, read_markdown, read_pdf

    if kind == "markdown":
        return read_markdown(text)
    return read_pdf(data) if kind == "pdf" else read_docx(data)


def _article(page: Page, *, url: str, id: str, title: str, published: str) -> Article:
    text, blocks = lay_out(page.pieces)
    _check_content(text, reason="no_text")
    check_english(text)
    url = url or page.url
    return Article(
        id=id or digest("article", url, text),
        text=text,
        blocks=blocks,
        url=url,
        title=title or page.title,
        site=site_of(url) or page.site,
        published=published or page.published,
    )


def _check_content(text: str, reason: Reason = "empty") -> None:
    if not any(c.isalnum() for c in text):
        raise ReadError(reason, "the page has no words; give one with text")
