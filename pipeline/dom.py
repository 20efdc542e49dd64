"""Walk a parsed page and give its visible text as blocks, in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree  # type: ignore[import-untyped]
from lxml.etree import _Element  # type: ignore[import-untyped]

from claims.layout import BULLET, Piece, clean, wrapped
from claims.types import BlockKind

# Never shown, or no part of what an article says.
_SKIP = frozenset(
    "script style noscript template svg math button select textarea iframe object video audio canvas map "
    "head datalist title input img".split()
)
_BLOCK = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search "
    "section summary table tbody td tfoot th thead tr ul".split()
)
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6, "summary": 4}
_LISTS = frozenset(("ul", "ol", "dl", "menu"))
_CAPTION_CLASS = re.compile(r"(?:^|[\s_-])captions?(?:$|[\s_-])", re.IGNORECASE)
_NOTE_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡§])(?:\s*[,–-]\s*\d{1,3})*[\])]?")
_BEFORE_NOTE = re.compile(r"(?:[^\W\d_]{3}|[.,;:!?)”\"])\s*$")
# What marks a table that only arranges a page: blocks inside its cells.
_CELL_BLOCKS = ("table", "ul", "ol", "dl", "blockquote", "h1", "h2", "h3", "h4", "form", "article", "section")
_MAX_CELL_CHARS = 500
_OPEN_LINE = re.compile(
    r"(?:,|\b(?:an?|and|are|as|at|by|for|from|in|is|of|on|or|that|the|to|with))$", re.IGNORECASE
)
_PARAGRAPH_BREAK = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class DomBlock:
    """A block with the element it stands in and the share of its letters that are links."""

    piece: Piece
    links: float
    home: _Element


@dataclass(slots=True)
class _Walk:
    """Where the walk is: open blocks and their roles, text since the last block's end, the row being read."""

    open: list[tuple[_Element, BlockKind, int]] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    linked: int = 0
    anchors: int = 0
    lists: int = 0
    table: _Element | None = None
    cells: list[str] | None = None


def blocks(root: _Element) -> Iterator[DomBlock]:
    """Give a tree's text block by block; a row of a data table is one block, its cells apart by " | "."""
    walk = _Walk()
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        tag = element.tag
        if event == "end":
            if walk.open and walk.open[-1][0] is element:
                yield from _close(walk, element)
            elif tag == "a":
                walk.anchors = max(0, walk.anchors - 1)
            elif tag == "q":
                walk.text.append("”")
            _add(walk, element.tail)
        elif not isinstance(tag, str) or tag in _SKIP or (tag == "sup" and _is_note_mark(element)):
            events.skip_subtree()
        else:
            if tag in _BLOCK:
                yield from _open(walk, element)
            _begin(walk, element, tag)
            _add(walk, element.text)
    yield from _flush(walk, root)


def _begin(walk: _Walk, element: _Element, tag: str) -> None:
    if tag == "a":
        walk.anchors += 1
    elif tag == "br":
        walk.text.append("\n")
    elif tag == "q":
        walk.text.append("“")
    elif tag == "sup" and walk.text and walk.text[-1][-1:].isdigit():
        walk.text.append("^")


def _is_note_mark(element: _Element) -> bool:
    """Say whether a superscript is the number of a note: it would run into the word before it."""
    text = "".join(element.itertext()).strip()
    if not _NOTE_MARK.fullmatch(text):
        return False
    if not text.isdigit() or element.find(".//a") is not None:
        return True
    before, parent = element.getprevious(), element.getparent()
    ahead = before.tail if before is not None else parent.text if parent is not None else ""
    return _BEFORE_NOTE.search((ahead or "")[-80:]) is not None


def _add(walk: _Walk, text: str | None) -> None:
    if text:
        # Line ends of the source are white space; only <br> breaks a line.
        walk.text.append(text.replace("\n", " ").replace("\r", " "))
        if walk.anchors:
            walk.linked += len(text.strip())


def _open(walk: _Walk, element: _Element) -> Iterator[DomBlock]:
    yield from _flush(walk, element)
    tag = element.tag
    walk.lists += tag in _LISTS
    if walk.table is None and tag == "table" and _is_data(element):
        walk.table = element
    elif walk.table is not None and tag == "tr":
        walk.cells = []
    elif walk.cells is not None and tag in ("td", "th"):
        walk.cells.append("")
    kind, level = walk.open[-1][1:] if walk.open else ("paragraph", 0)
    walk.open.append((element, *_role(element, kind, level, walk.lists)))


def _close(walk: _Walk, element: _Element) -> Iterator[DomBlock]:
    linked = walk.linked
    yield from _flush(walk, element)
    walk.open.pop()
    walk.lists -= element.tag in _LISTS
    if walk.table is element:
        walk.table = None
    elif element.tag == "tr" and walk.cells is not None:
        row = " | ".join(filter(None, walk.cells))
        walk.cells = None
        walk.linked = 0
        if row:
            yield DomBlock(
                piece=Piece(kind="table", text=row), links=min(1.0, linked / len(row)), home=element
            )


def _flush(walk: _Walk, element: _Element) -> Iterator[DomBlock]:
    raw = "".join(walk.text)
    walk.text.clear()
    if walk.cells is not None:
        if walk.cells:
            walk.cells[-1] = f"{walk.cells[-1]} {clean(raw)}".strip()
        return
    links = min(1.0, walk.linked / max(1, len(clean(raw))))
    walk.linked = 0
    home, kind, level = walk.open[-1] if walk.open else (element, "paragraph", 0)
    for line, is_item in _lines(clean(raw) if kind == "heading" else raw):
        as_item = is_item and kind == "paragraph"
        piece = (
            Piece(kind="list_item", text=line, level=1)
            if as_item
            else Piece(kind=kind, text=line, level=level)
        )
        yield DomBlock(piece=piece, links=links, home=home)


def _role(element: _Element, kind: BlockKind, level: int, lists: int) -> tuple[BlockKind, int]:
    """Give the role of text in an element: its own, or else that of what it stands in."""
    tag = element.tag
    if tag in _HEADINGS:
        return "heading", _HEADINGS[tag]
    if tag in ("li", "dt", "dd"):
        return "list_item", max(1, lists)
    if tag in ("figcaption", "caption") or (
        tag in ("p", "div") and _CAPTION_CLASS.search(element.get("class", ""))
    ):
        return "caption", 0
    return ("quote", 0) if tag == "blockquote" else (kind, level)


def _lines(raw: str) -> Iterator[tuple[str, bool]]:
    """Cut a block at its <br>, unless the sentence runs on there; lines with bullets are items."""
    for part in _PARAGRAPH_BREAK.split(raw):
        lines = [line for line in map(clean, part.split("\n")) if line]
        for line in [" ".join(lines)] if wrapped(lines) else _joined(lines):
            mark = BULLET.match(line)
            yield (line[mark.end() :], True) if mark else (line, False)


def _joined(lines: Iterable[str]) -> list[str]:
    out: list[str] = []
    for line in lines:
        if out and not BULLET.match(line) and (line[0].islower() or _OPEN_LINE.search(out[-1])):
            out[-1] += f" {line}"
        else:
            out.append(line)
    return out


def _is_data(table: _Element) -> bool:
    """Say whether a table holds data; others only arrange a page, and their cells are ordinary blocks."""
    if table.get("role") == "presentation" or next(table.iterdescendants(*_CELL_BLOCKS), None) is not None:
        return False
    widest = 0
    for row in table.iterdescendants("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        widest = max(widest, len(cells))
        if any(len("".join(cell.itertext())) > _MAX_CELL_CHARS for cell in cells):
            return False
    return widest > 1
