"""Markdown, PDF and DOCX to the pieces of an article."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt

from claims.layout import BULLET, Piece, clean
from claims.types import BlockKind
from pipeline.limits import (
    LXML_LOCK,
    MAX_DOCX_XML_BYTES,
    MAX_FILE_BYTES,
    MAX_PDF_PAGES,
    ReadError,
    check_size,
)
from pipeline.webpage import Page, read_all

if TYPE_CHECKING:
    from pypdf import PdfReader

# What pypdf and python-docx raise on damaged files, besides their own errors: the file is bad, not our code.
_DAMAGE = (
    ValueError, KeyError, IndexError, TypeError, AttributeError, ArithmeticError, AssertionError, EOFError,
    OSError, RuntimeError, SyntaxError, struct.error, zlib.error, zipfile.BadZipFile,
)  # fmt: skip
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(title|date|url|site)[ \t]*:[ \t]*(.+?)[ \t]*$", re.MULTILINE | re.IGNORECASE)


def read_markdown(text: str) -> Page:
    """Read Markdown by rendering it; title and date also come from its front matter."""
    head = _FRONT_MATTER.match(text)
    fields = {k.lower(): v.strip("\"' ") for k, v in _FIELD.findall(head.group(1))} if head else {}
    html = (
        MarkdownIt("commonmark")
        .enable(["table", "strikethrough"])
        .render(text[head.end() :] if head else text)
    )
    pieces = read_all(html)
    headline = next((p.text for p in pieces if p.kind == "heading" and p.level == 1), "")
    return Page(
        pieces=pieces,
        title=fields.get("title", headline),
        site=fields.get("site", ""),
        url=fields.get("url", ""),
        published=fields.get("date", ""),
    )


def read_pdf(data: bytes) -> Page:
    """Read a PDF page by page, its lines joined to paragraphs; running heads and page numbers are dropped."""
    import pypdf  # 0.6 s and 40 MB that only PDFs need

    check_size(len(data), MAX_FILE_BYTES, "the PDF")
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        _unlock(reader)
        count = len(reader.pages)
        if count > MAX_PDF_PAGES:
            raise ReadError("too_big", f"the PDF has {count} pages, the limit is {MAX_PDF_PAGES}; split it")
        pages = [(page.extract_text() or "").translate(_LIGATURES).splitlines() for page in reader.pages]
        title = clean(str(reader.metadata.title or "")) if reader.metadata else ""
    except (pypdf.errors.PyPdfError, *_DAMAGE) as err:
        raise ReadError("broken", f"the PDF is damaged ({type(err).__name__}); save it anew") from err
    pieces = tuple(_paragraphs(_without_running_heads(pages)))
    if not pieces:
        raise ReadError("no_text", "the PDF has no text, only pictures of pages; run OCR over it first")
    return Page(pieces=pieces, title=title)


def _unlock(reader: PdfReader) -> None:
    import pypdf

    if not reader.is_encrypted:
        return
    try:
        opened = reader.decrypt("")
    except (pypdf.errors.PyPdfError, *_DAMAGE):
        opened = pypdf.PasswordType.NOT_DECRYPTED
    if opened == pypdf.PasswordType.NOT_DECRYPTED:
        raise ReadError("encrypted_pdf", "the PDF is encrypted; print it to a new PDF without a password")


_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"})
_PAGE_NUMBER = re.compile(r"(?:page\s*)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?", re.IGNORECASE)
_ENDS = re.compile(r"[.!?:][\"”’')\]]*$")
_LETTERS = re.compile(r"[^\W\d_]+")


def _without_running_heads(pages: Sequence[Sequence[str]]) -> list[str]:
    """Drop the lines at the head and foot of pages that most pages share, and page numbers."""
    pages = [[clean(line) for line in page if line.strip()] for page in pages]
    edges = [Counter({_digitless(line) for line in (*page[:2], *page[-2:])}) for page in pages]
    common = {line for line, n in sum(edges, Counter()).items() if n >= max(3, len(pages) / 2)}
    out: list[str] = []
    for page in pages:
        for i, line in enumerate(page):
            at_edge = i < 2 or i >= len(page) - 2
            if not (at_edge and (_digitless(line) in common or _PAGE_NUMBER.fullmatch(line))):
                out.append(line)
    return [line for line in out if line]


def _digitless(line: str) -> str:
    return re.sub(r"\d+", "#", line)


def _paragraphs(lines: Sequence[str]) -> Iterator[Piece]:
    """Join the lines of a PDF to paragraphs, items and headings, by how they end and how wide they are."""
    width = sorted(map(len, lines))[int(0.9 * len(lines))] if lines else 0
    words = Counter(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", " ".join(lines).lower()))
    run: list[str] = []
    for i, line in enumerate(lines):
        after = lines[i + 1] if i + 1 < len(lines) else ""
        run.append(line)
        short = len(line) < 0.75 * width
        if not after or BULLET.match(after) or (short and (_ENDS.search(line) or _is_title(run, after))):
            yield _piece(_join(run, words), is_heading=bool(after) and _is_title(run, after))
            run = []


def _is_title(run: Sequence[str], after: str) -> bool:
    line = run[0]
    return (
        len(run) == 1
        and not _ENDS.search(line)
        and not line.endswith((",", ";", "-"))
        and not line[0].islower()
        and not after[0].islower()
        and len(line.split()) <= 12
        and any(c.isalpha() for c in line)
    )


def _piece(text: str, *, is_heading: bool) -> Piece:
    mark = BULLET.match(text)
    if mark:
        return Piece(kind="list_item", text=text[mark.end() :], level=1)
    return Piece(kind="heading", text=text, level=2) if is_heading else Piece(kind="paragraph", text=text)


def _join(lines: Sequence[str], words: Counter[str]) -> str:
    """Join lines; a word broken at a line's end loses its hyphen unless the text writes it with one."""
    parts = [lines[0]]
    for line in lines[1:]:
        first = _broken_word(parts[-1])
        rest = _LETTERS.match(line)
        if not first or rest is None or not line[0].islower():
            parts += [" ", line]
            continue
        whole, dashed = f"{first}{rest.group()}".lower(), f"{first}-{rest.group()}".lower()
        if words[dashed] <= words[whole]:
            parts[-1] = parts[-1][:-1]
        parts.append(line)
    return "".join(parts)


def _broken_word(line: str) -> str:
    """Give the letters before a hyphen that ends a line."""
    end = _LETTERS.match(line[-2:-42:-1]) if line.endswith("-") else None
    return end.group()[::-1] if end else ""


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STYLES: tuple[tuple[str, BlockKind], ...] = (
    ("heading", "heading"),
    ("title", "heading"),
    ("subtitle", "heading"),
    ("list", "list_item"),
    ("caption", "caption"),
    ("quote", "quote"),
    ("intense quote", "quote"),
)


def read_docx(data: bytes) -> Page:
    """Read a Word document's body in order; text that a tracked change deleted is left out."""
    check_size(len(data), MAX_FILE_BYTES, "the document")
    _check_zip(data)
    try:
        with LXML_LOCK:
            pieces, title = _docx(data)
    except _DAMAGE as err:
        raise ReadError("broken", f"the DOCX is damaged ({type(err).__name__}); save it anew") from err
    if not any(piece.text for piece in pieces):
        raise ReadError("no_text", "the document has no text")
    headline = next((p.text for p in pieces if p.kind == "heading"), "")
    return Page(pieces=pieces, title=title or headline)


def _docx(data: bytes) -> tuple[tuple[Piece, ...], str]:
    import docx

    document = docx.Document(io.BytesIO(data))
    pieces = tuple(_body(document.element.body, _style_names(document)))
    return pieces, clean(document.core_properties.title or "")


def _check_zip(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, *_DAMAGE) as err:
        raise ReadError("broken", "the file is a damaged DOCX or zip archive; save it anew") from err
    if "word/document.xml" not in {info.filename for info in infos}:
        raise ReadError(
            "not_text", "this is a zip archive, not a Word document; unpack it and give the page itself"
        )
    xml = sum(info.file_size for info in infos if info.filename.endswith((".xml", ".rels")))
    check_size(xml, MAX_DOCX_XML_BYTES, "the unpacked document")


def _style_names(document: Any) -> dict[str, str]:
    return {style.style_id: (style.name or "").lower() for style in document.styles}


def _body(parent: Any, styles: dict[str, str]) -> Iterator[Piece]:
    for element in parent:
        if element.tag == f"{_W}p":
            text = _text(element)
            if text:
                yield _docx_piece(element, text, styles)
        elif element.tag == f"{_W}tbl":
            for row in element.iter(f"{_W}tr"):
                cells = [
                    " ".join(filter(None, map(_text, cell.iter(f"{_W}p")))) for cell in row.iter(f"{_W}tc")
                ]
                yield Piece(kind="table", text=" | ".join(filter(None, cells)))
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _body(element, styles)


def _text(paragraph: Any) -> str:
    parts = []
    for element in paragraph.iter():
        if element.tag == f"{_W}t":
            parts.append(element.text or "")
        elif element.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            parts.append(" ")
        elif element.tag == f"{_W}noBreakHyphen":
            parts.append("-")
    return clean("".join(parts))


def _docx_piece(paragraph: Any, text: str, styles: dict[str, str]) -> Piece:
    node = paragraph.find(f"{_W}pPr/{_W}pStyle")
    style = styles.get(node.get(f"{_W}val"), "") if node is not None else ""
    kind: BlockKind = next((kind for name, kind in _STYLES if style.startswith(name)), "paragraph")
    numbering = paragraph.find(f"{_W}pPr/{_W}numPr")
    if kind == "heading":
        digit = re.search(r"[1-6]", style)
        return Piece(
            kind=kind, text=text, level=int(digit.group()) if digit else 1 if style == "title" else 2
        )
    if kind == "list_item" or (kind == "paragraph" and numbering is not None):
        depth = numbering.find(f"{_W}ilvl") if numbering is not None else None
        deeper = int(depth.get(f"{_W}val", 0)) if depth is not None else 0
        in_style = re.search(r"[2-9]$", style)
        return Piece(
            kind="list_item", text=text, level=1 + deeper if deeper or not in_style else int(in_style.group())
        )
    mark = BULLET.match(text) if kind == "paragraph" else None
    return Piece(kind="list_item", text=text[mark.end() :], level=1) if mark else Piece(kind=kind, text=text)
