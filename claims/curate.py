"""Look at an evidence table as a curator does: find rows, count them, compare two states of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Literal

from claims.evidence import concepts_of
from claims.lexicon import Lexicon, match_form
from claims.rows import Row

# By how many of the words stand in them: what a row is about, then what its source says.
_FRONT = ("id", "proposition")
_BACK = ("summary", "source_title", "publisher", "topic", "url", "doi")
_COUNTED = ("topic", "relation", "finding", "certainty", "source_type", "seen")


def search(rows: Sequence[Row], lexicon: Lexicon, words: str) -> list[Row]:
    """Find the rows that have every word, at the beginning of one of theirs; names of concepts count."""
    wanted = [f" {word}" for word in re.findall(r"\w+", match_form(words))]

    @cache
    def names(concept: str) -> str:
        held = lexicon.concepts.get(concept)
        return " ".join((held.name, *held.aliases)) if held else ""

    ranked = []
    for row in rows:
        front = _words(" ".join((*(row.cells[c] for c in _FRONT), *map(names, concepts_of(row.cells)))))
        back = _words(" ".join(row.cells[c] for c in _BACK))
        if wanted and all(word in front + back for word in wanted):
            ranked.append((-sum(word in front for word in wanted), row.cells["status"] != "current", row))
    return [row for *_, row in sorted(ranked, key=lambda r: (*r[:2], r[2].cells["id"]))]


def _words(text: str) -> str:
    """Give the words of a text, each behind a space, so that one can be looked up by its beginning."""
    return "".join(f" {word}" for word in re.findall(r"\w+", match_form(text)))


def rows_about(rows: Sequence[Row], concept: str) -> list[Row]:
    """List the rows that name a concept, those that are about it first."""
    return sorted(
        (row for row in rows if concept in concepts_of(row.cells)),
        key=lambda row: (row.cells["subject"] != concept, row.cells["relation"], row.cells["id"]),
    )


Counts = Mapping[str, Mapping[str, int]]


def stats(rows: Sequence[Row], as_of: str) -> Counts:
    """Count all rows by status, and current ones by what a curator weighs; ages are counted from a day."""
    current = [row for row in rows if row.cells["status"] == "current"]
    by: dict[str, Callable[[Row], str]] = {column: partial(_cell, column) for column in _COUNTED}
    by["checked"] = lambda row: _age(row.cells["checked_on"], as_of)
    by["source_year"] = lambda row: _decade(row.cells["year"])
    counts = {"status": Counter(row.cells["status"] for row in rows)}
    counts |= {name: Counter(map(value, current)) for name, value in by.items()}
    return {name: dict(sorted(c.items(), key=lambda kv: (-kv[1], kv[0]))) for name, c in counts.items()}


def _cell(column: str, row: Row) -> str:
    return row.cells[column]


def _age(checked: str, as_of: str) -> str:
    """Name the full years between two days."""
    if not checked or not as_of:
        return "never" if not checked else "unknown"
    years = int(as_of[:4]) - int(checked[:4]) - (as_of[4:] < checked[4:])
    return "under a year ago" if years < 1 else f"over {years} year{'s' if years > 1 else ''} ago"


def _decade(year: str) -> str:
    return f"{year[:3]}0s" if year else "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of a row between two states; `columns` holds old and new cell of each that differs."""

    id: str
    how: Literal["added", "changed", "retired", "removed"]
    columns: Mapping[str, tuple[str, str]]


def diff(old: Sequence[Row], new: Sequence[Row]) -> list[Change]:
    """Compare two states of a table by its ids, in the order of ids."""
    before, after = ({row.cells["id"]: row.cells for row in rows} for rows in (old, new))
    changes = []
    for name in sorted(before.keys() | after.keys()):
        was, now = before.get(name), after.get(name)
        if was is None:
            changes.append(Change(id=name, how="added", columns={}))
        elif now is None:
            changes.append(Change(id=name, how="removed", columns={}))
        elif columns := _differing(was, now):
            retired = columns.get("status", ("", ""))[1] == "retired"
            changes.append(Change(id=name, how="retired" if retired else "changed", columns=columns))
    return changes


def _differing(was: Mapping[str, str], now: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    columns = dict.fromkeys((*was, *now))
    pairs = {c: (was.get(c, ""), now.get(c, "")) for c in columns}
    return {column: pair for column, pair in pairs.items() if pair[0] != pair[1]}
