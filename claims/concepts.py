"""The concept tables: what kinds of concepts there are, and how tables are read and put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from claims.rows import Fault, Row, read_tables
from claims.types import Concept

CONCEPTS = Path(__file__).parent / "concepts.csv"
CONCEPT_COLUMNS = ("id", "kind", "name", "aliases", "broader", "inverse", "risk")
RISKS = ("0", "1", "2", "3")
_ID = r"[a-z0-9][a-z0-9-]*"

ACTOR_KINDS = frozenset(
    "herb supplement nutrient food drink drug vaccine compound product practice device diet exposure test "
    "organism class".split()
)
ONE_ACTOR_KINDS = ACTOR_KINDS - {"class"}
CONDITION_KINDS = frozenset({"condition", "symptom"})
# The concept that can only be prevented, by its name.
DEATH = "death"
# What a thing can be good or bad for, and what it can act on.
HEALTH_KINDS = CONDITION_KINDS | {"function"}
OBJECT_KINDS = HEALTH_KINDS | {"target"}
KINDS = ACTOR_KINDS | OBJECT_KINDS | {"population", "authority"}


def read_concepts(tables: Iterable[Path]) -> tuple[list[Row], list[Fault]]:
    """Read the lines of concept tables, with the faults of files that are none."""
    return read_tables(tables, CONCEPT_COLUMNS)


def merge_concepts(rows: Sequence[Row]) -> tuple[dict[str, Concept], list[Fault]]:
    """Put concepts together by id: a line of a later table adds aliases and classes to a known one."""
    concepts: dict[str, Concept] = {}
    home: dict[str, str] = {}
    faults: list[Fault] = []
    for row in rows:
        cid = row.cells["id"]
        if cid not in concepts:
            home[cid] = row.file
            faults += _concept_faults(row)
            concepts[cid] = _concept(row.cells)
        elif home[cid] == row.file:
            faults.append(row.fault("id", f"concept {cid} is there twice"))
        else:
            faults += _addition_faults(row, concepts[cid])
            concepts[cid] = _added(concepts[cid], _concept(row.cells))
    return concepts, faults + _reference_faults(rows, concepts)


def _concept(cells: Mapping[str, str]) -> Concept:
    return Concept(
        id=cells["id"],
        kind=cells["kind"],
        name=cells["name"],
        aliases=_split(cells["aliases"]),
        broader=_split(cells["broader"]),
        inverse=cells["inverse"],
        risk=int(cells["risk"]) if cells["risk"] in RISKS else 0,
    )


def _added(known: Concept, more: Concept) -> Concept:
    return replace(
        known,
        aliases=tuple(dict.fromkeys((*known.aliases, *more.aliases))),
        broader=tuple(dict.fromkeys((*known.broader, *more.broader))),
    )


def _concept_faults(row: Row) -> Iterator[Fault]:
    cells = row.cells
    if not re.fullmatch(_ID, cells["id"]):
        yield row.fault("id", f"concept id {cells['id']!r} must be lower-case letters, digits and hyphens")
    if cells["kind"] not in KINDS:
        yield row.fault("kind", f"kind {cells['kind']!r} is not one of {', '.join(sorted(KINDS))}")
    if not cells["name"].strip():
        yield row.fault("name", f"concept {cells['id']} has no name")
    if cells["risk"] not in RISKS:
        yield row.fault("risk", f"risk {cells['risk']!r} must be 0, 1, 2 or 3")


def _addition_faults(row: Row, known: Concept) -> Iterator[Fault]:
    """Name cells that would change a concept of another table: only aliases and classes can be added."""
    held = {"kind": known.kind, "name": known.name, "inverse": known.inverse, "risk": str(known.risk)}
    for column, value in held.items():
        if row.cells[column] not in ("", value):
            yield row.fault("id", f"concept {known.id} is there already, with {column} {value!r}")


def _reference_faults(rows: Iterable[Row], concepts: Mapping[str, Concept]) -> list[Fault]:
    return [
        row.fault("reference", f"{row.cells['id']} names {ref}, which is no concept")
        for row in rows
        for ref in (*_split(row.cells["broader"]), *_split(row.cells["inverse"]))
        if ref not in concepts
    ]


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())
