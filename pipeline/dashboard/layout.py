"""Cut an article into what a screen draws: blocks as the author laid them out, statements and cues inside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from claims.types import Article, Block, Cue


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A piece of text of one kind; `cue` is the id of the cue it is part of, or ""."""

    text: str
    cue: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Runs that stand in the same statement; `statement` is its index, None outside of statements."""

    statement: int | None
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """A block with its text cut into spans; `marker` is the number its author put before it, or ""."""

    block: Block
    spans: tuple[Span, ...]
    marker: str = ""


Range = tuple[int, int]


def lay_out(article: Article, statements: Sequence[Range], cues: Sequence[Cue]) -> list[Laid]:
    """Cut each block at the edges of statements and cues; no word of the text is lost."""
    return [
        Laid(block=block, marker=marker, spans=tuple(_spans(article.text, block, statements, cues)))
        for marker, block in _covering(article)
    ]


def _covering(article: Article) -> Iterator[tuple[str, Block]]:
    """Yield the blocks in order without overlap, and words that stand between them as paragraphs."""
    text, at = article.text, 0
    for block in sorted(article.blocks, key=lambda block: (block.start, block.end)):
        start = max(block.start, at)
        prefix = _prefix(text, at, start)
        yield from _paragraphs(text, at, start - len(prefix))
        if start < block.end:
            yield _number(prefix), Block(kind=block.kind, level=block.level, start=start, end=block.end)
        at = max(at, block.end)
    yield from _paragraphs(text, at, len(text))


def _prefix(text: str, at: int, start: int) -> str:
    """Give what stands before a block on its own line, if that is a bullet or a number: "- ", "## 3. "."""
    before = text[max(at, text.rfind("\n", 0, start) + 1) : start]
    return before if sum(map(_has_word, before.split())) <= 1 else ""


def _number(prefix: str) -> str:
    return next(filter(_has_word, prefix.split()), "")


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[str, Block]]:
    for line in text[start:end].splitlines(keepends=True):
        stop = start + len(line)
        if _has_word(line):
            yield "", Block(kind="paragraph", start=start, end=start + len(line.rstrip()))
        start = stop


def _has_word(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _spans(text: str, block: Block, statements: Sequence[Range], cues: Sequence[Cue]) -> Iterator[Span]:
    inside = {i: r for i, r in enumerate(statements) if r[0] < block.end and block.start < r[1]}
    marks = [cue for cue in cues if cue.start < block.end and block.start < cue.end]
    edges = {block.start, block.end}
    edges.update(edge for r in inside.values() for edge in r)
    edges.update(edge for cue in marks for edge in (cue.start, cue.end))
    cuts = sorted(edge for edge in edges if block.start <= edge <= block.end)
    owner: int | None = None
    runs: list[Run] = []
    for start, end in pairwise(cuts):
        statement = _owner(start, inside)
        if runs and statement != owner:
            yield Span(statement=owner, runs=tuple(runs))
            runs = []
        owner = statement
        cue = _cue(start, marks) if statement is not None else ""
        runs.append(Run(text=text[start:end], cue=cue))
    if runs:
        yield Span(statement=owner, runs=tuple(runs))


def _owner(at: int, statements: Mapping[int, Range]) -> int | None:
    return next((i for i, (start, end) in statements.items() if start <= at < end), None)


def _cue(at: int, cues: Sequence[Cue]) -> str:
    return next((cue.id for cue in cues if cue.start <= at < cue.end), "")
