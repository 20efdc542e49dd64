"""Small evidence tables for tests of the curator's tools: clean ones, to which each test adds its fault."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from claims.concepts import CONCEPT_COLUMNS
from claims.evidence import COLUMNS
from claims.lint import READING_COLUMNS
from claims.rows import csv_line

Cells = Mapping[str, str]

CLEAN: Cells = {
    "id": "kratom-treats-insomnia",
    "topic": "kratom",
    "subject": "kratom",
    "relation": "treats",
    "object": "insomnia",
    "strength": "definite",
    "proposition": "Kratom relieves insomnia.",
    "finding": "insufficient",
    "certainty": "low",
    "population": "",
    "applies_to": "exact",
    "summary": "Two small trials were too poor to say.",
    "source_title": "Kratom for sleep: a review",
    "publisher": "Sleep Journal",
    "year": "2024",
    "url": "https://journal.example.org/kratom",
    "doi": "10.1000/kratom.1",
    "source_type": "systematic review",
    "seen": "primary",
    "checked_on": "2026-11-01",
    "status": "current",
}

# id, kind, name, aliases, broader, inverse, risk
CONCEPTS = """\
herbal-product,class,herbal product,herbal medicine|herbs,,,1
kratom,herb,kratom,mitragyna|?leaf,herbal-product,,2
ibuprofen,drug,ibuprofen,advil,,,1
insomnia,condition,insomnia,sleeplessness,,,1
cancer,condition,cancer,tumours,,,3
sleep,function,sleep,sleep quality,,insomnia,0
opioid-receptor,target,opioid receptor,,,,0
children,population,children,kids,,,0
"""


def row(**cells: str) -> dict[str, str]:
    """Make a row: the clean one with some cells changed."""
    return {**CLEAN, **cells}


def evidence_csv(*rows: Cells) -> str:
    """Write rows as a table."""
    return "".join(
        csv_line(cells) for cells in (COLUMNS, *([cells[c] for c in COLUMNS] for cells in rows))
    )  # fmt: skip


def write_table(folder: Path, *rows: Cells, concepts: str = "", readings: Sequence[tuple[str, str, str]] = ()) -> Path:
    """Write a table with concepts and second readings of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "rows.csv").write_text(evidence_csv(*rows), encoding="utf-8")
    (folder / "concepts.csv").write_text(csv_line(CONCEPT_COLUMNS) + CONCEPTS + concepts, encoding="utf-8")
    lines = [csv_line(READING_COLUMNS), *map(csv_line, readings)]
    (folder / "second-readings.csv").write_text("".join(lines), encoding="utf-8")
    return folder


def no_concepts(folder: Path) -> Path:
    """Write a concept table without concepts, so that those of the small table are all there are."""
    file = folder / "none.csv"
    file.write_text(csv_line(CONCEPT_COLUMNS), encoding="utf-8")
    return file
