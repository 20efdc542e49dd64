"""Lay pieces out as the final text of an article, and find the blocks of a text that is given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from claims.types import Block, BlockKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A block before it has offsets: one line of clean text with its role."""

    kind: BlockKind
    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip())


INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")  # soft hyphen, zero-width space, word joiner, BOM
SPACES = re.compile(r"\s+")
BULLET = re.compile(
    r"(?:[-*+•‣▪▫◦·●○■–—✓✔✅➤►]\ufe0f?|\(?\d{1,3}[.)]|\(?[a-z][)])[ \t\xa0]+(?=\S)|[•‣▪◦●✓✔✅➤►]\ufe0f?(?=\w)"
)
_FINAL_STOP = (".", "!", ":", ";", ",", "…", ".”", '."', ".)", "!”", '!"')
# Hard-wrapped text (mail, old .txt) is 60 to 90 columns wide. Of 12,000 lines of 700 articles that are whole
# paragraphs 89 % are longer than 100; none of these articles is taken for hard-wrapped.
WRAP_MIN, WRAP_MAX = 50, 100
# Takes 1,284 lines of the 700 articles: headings, and bylines, which do no harm as headings.
MAX_HEADING_CHARS, MAX_HEADING_WORDS = 90, 14
# Lines that only name something are a list where so many follow each other, or fewer below a line that asks for them.
MAX_ITEM_WORDS, MANY_ITEMS, LED_ITEMS = 6, 4, 2
_LEADS = (":", "?")
_NO_ITEM = (*_FINAL_STOP, "?")


def clean(text: str) -> str:
    """Bring a run of page text to one line: invisible characters out, white space to one space."""
    return SPACES.sub(" ", INVISIBLE.sub("", text)).strip()


def lay_out(pieces: Iterable[Piece]) -> tuple[str, tuple[Block, ...]]:
    """Write pieces one a line, blank lines between; items of a list and rows of a table stay together.

    Pieces without a letter or digit (rules, ornaments) are left out.
    """
    parts: list[str] = []
    blocks: list[Block] = []
    at = 0
    for piece in pieces:
        text = clean(piece.text)
        if not any(map(str.isalnum, text)):
            continue
        if blocks:
            tight = piece.kind == blocks[-1].kind and piece.kind in ("list_item", "table")
            parts.append("\n" if tight else "\n\n")
            at += len(parts[-1])
        parts.append(text)
        blocks.append(Block(kind=piece.kind, start=at, end=at + len(text), level=piece.level))
        at += len(text)
    return "".join(parts), tuple(blocks)


def wrapped(lines: Sequence[str]) -> bool:
    """Say whether lines are one hard-wrapped paragraph: of page width but the last, and one starts small."""
    width = max(map(len, lines), default=0)
    return (
        len(lines) > 1
        and WRAP_MIN <= width <= WRAP_MAX
        and all(len(line) >= 0.7 * width for line in lines[:-1])
        and any(line[0].islower() for line in lines[1:])
        and not any(BULLET.match(line) for line in lines[1:])
    )


def blocks_of_text(text: str) -> tuple[Block, ...]:
    """Find the blocks of a plain text by its lines; the text itself is never changed.

    A line is a block, but hard-wrapped lines are one paragraph. The mark of a list item is not in its block.
    """
    blocks: list[Block] = []
    groups = list(_groups(text))
    unmarked = {line.start for group in groups for line in _unmarked_items(group)}
    for i, group in enumerate(groups):
        if wrapped([line.text.strip() for line in group]):
            blocks.append(_list_item(group, [], 1) or _block("paragraph", group[0], group[-1]))
            continue
        indents: list[int] = []
        for j, line in enumerate(group):
            after = group[j + 1] if j + 1 < len(group) else (groups[i + 1][0] if i + 1 < len(groups) else None)
            if line.start in unmarked:
                blocks.append(_block("list_item", line, line, level=1))
                continue
            blocks.append(_block_of(line, after, indents))
    return tuple(block for block in blocks if block.end > block.start)


def _groups(text: str) -> Iterator[list[_Line]]:
    group: list[_Line] = []
    at = 0
    for raw in text.splitlines(keepends=True):
        if raw.strip() and any(c.isalnum() for c in raw):
            group.append(_Line(at, raw.rstrip()))
        elif group:
            yield group
            group = []
        at += len(raw)
    if group:
        yield group


def _unmarked_items(group: Sequence[_Line]) -> Iterator[_Line]:
    """Yield the lines that are items of a list without marks: short ones below "It helps with:", or many in a row.

    The first of many is the list's heading, and the last before a whole sentence the heading of what follows.
    """
    texts = [line.text.strip() for line in group]
    for is_short, run in groupby(range(len(group)), key=lambda i: _may_be_item(texts[i])):
        if not is_short:
            continue
        items = list(run)
        if items[-1] + 1 < len(group) and texts[items[-1] + 1].endswith(_FINAL_STOP):
            items.pop()
        led = bool(items) and items[0] > 0 and texts[items[0] - 1].endswith(_LEADS)
        if led and len(items) >= LED_ITEMS:
            yield from (group[i] for i in items)
        elif len(items) >= MANY_ITEMS:
            yield from (group[i] for i in items[1:])


def _may_be_item(line: str) -> bool:
    return not line.endswith(_NO_ITEM) and len(line.split()) <= MAX_ITEM_WORDS and not BULLET.match(line)


def _block_of(line: _Line, after: _Line | None, indents: list[int]) -> Block:
    item = _list_item([line], indents, 0)
    if item:
        return item
    indents.clear()
    is_heading = after is not None and _is_heading(line.text.strip(), after.text.strip())
    return _block("heading", line, line, level=2) if is_heading else _block("paragraph", line, line)


def _list_item(group: Sequence[_Line], indents: list[int], level: int) -> Block | None:
    first = group[0]
    mark = BULLET.match(first.text, first.indent)
    if mark is None or not first.text[mark.end() :].strip():
        return None
    while indents and indents[-1] >= first.indent:
        indents.pop()
    indents.append(first.indent)
    return _block("list_item", first, group[-1], skip=mark.end(), level=level or len(indents))


def _block(kind: BlockKind, first: _Line, last: _Line, *, skip: int = 0, level: int = 0) -> Block:
    rest = first.text[skip:]
    start = first.start + skip + len(rest) - len(rest.lstrip())
    return Block(kind=kind, start=start, end=last.start + len(last.text), level=level)


def _is_heading(line: str, after: str) -> bool:
    return (
        len(line) <= MAX_HEADING_CHARS
        and len(line.split()) <= MAX_HEADING_WORDS
        and not line.endswith(_FINAL_STOP)
        and not line[0].islower()
        and (len(after) > len(line) or after.endswith(_FINAL_STOP) or BULLET.match(after) is not None)
    )
