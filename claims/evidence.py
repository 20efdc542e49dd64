"""The evidence table: CSV files with one schema, checked whole on load, indexed by what they speak of."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from functools import cached_property
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pandas as pd

from claims.concepts import CONCEPTS, CONDITION_KINDS, DEATH, HEALTH_KINDS
from claims.lexicon import Lexicon
from claims.rows import Fault, Row, read_tables
from claims.types import Evidence, digest

EVIDENCE = Path(__file__).parent / "evidence"
CONCEPTS_FILE, READINGS_FILE = "concepts.csv", "second-readings.csv"
# Files of a table's folder that hold no evidence rows.
BESIDE_ROWS = frozenset({CONCEPTS_FILE, READINGS_FILE})
COLUMNS: tuple[str, ...] = tuple(f.name for f in fields(Evidence))
FIELD_RELATIONS = frozenset({"mechanism", "status", "compares", "statistic", "use"})
_ID = r"[a-z0-9][a-z0-9-]*"
_URL = r"https?://[^\s<>\"]+"
_DOI = r"10\.\d{4,9}/\S+"
_DATE = r"\d{4}-\d{2}-\d{2}"


class EvidenceError(ValueError):
    """An evidence table that cannot be used; the message has a line for every fault."""


def _schema() -> Any:
    import pandera.pandas as pa  # slow to import, and only loading needs it

    def _full(pattern: str, what: str) -> Any:
        return pa.Check.str_matches(f"^(?:{pattern})$", error=f"must be {what}")

    hints = get_type_hints(Evidence)
    one_of = {name: list(get_args(hints[name])) for name in COLUMNS if name != "year" and get_args(hints[name])}
    columns = {}
    for name in COLUMNS:
        checks = []
        if name in one_of:
            checks.append(pa.Check.isin(one_of[name], error=f"must be one of {', '.join(one_of[name])}"))
        if name in {"id", "subject"}:
            checks.append(_full(_ID, "lower case with hyphens"))
        if name in {"topic", "proposition", "summary", "source_title", "publisher"}:
            checks.append(pa.Check.str_length(min_value=1, error="must be given"))
        if name == "year":
            checks.append(_full(r"|(19|20)\d\d", "a year or blank"))
        if name == "url":
            checks.append(_full(_URL, "an address that begins with https://"))
        if name == "doi":
            checks.append(_full(f"|{_DOI}", "a DOI, which begins with 10., or blank"))
        if name == "checked_on":
            checks.append(_full(f"|{_DATE}", "a day such as 2026-03-14"))
        columns[name] = pa.Column(str, checks)
    return pa.DataFrameSchema(columns, strict=True, ordered=True)


def table_files(folders: Iterable[Path]) -> tuple[list[Path], list[Fault]]:
    """List the CSV files of rows in folders, by name; a file may stand for a folder."""
    files: list[Path] = []
    faults = []
    for folder in folders:
        found = [folder]
        if folder.is_dir():
            found = [f for f in sorted(folder.glob("*.csv")) if f.name not in BESIDE_ROWS]
        if not found and not (folder / CONCEPTS_FILE).exists():
            what = "no CSV file here; name a folder that holds an evidence table"
            faults.append(Fault(file=str(folder), line=0, kind="unreadable", what=what))
        files += found
    return files, faults


def concept_files(folders: Iterable[Path]) -> list[Path]:
    """List the concept tables that lie beside the rows in folders."""
    return [folder / CONCEPTS_FILE for folder in folders if (folder / CONCEPTS_FILE).exists()]


def read_evidence(folders: Iterable[Path]) -> tuple[list[Row], list[Fault]]:
    """Read the rows of folders, with the faults of files that are no table."""
    files, missing = table_files(folders)
    rows, faults = read_tables(files, COLUMNS)
    return rows, missing + faults


def row_faults(rows: Sequence[Row], lexicon: Lexicon) -> list[Fault]:
    """Name what keeps rows from being loaded: cells against the schema, ids given twice, unknown concepts."""
    return [*_schema_faults(rows), *_twice(rows), *_reference_faults(rows, lexicon)]


def frame(rows: Sequence[Row]) -> pd.DataFrame:
    """Give rows as one pandas table of strings."""
    return pd.DataFrame([row.cells for row in rows], columns=list(COLUMNS), dtype=str)


def _schema_faults(rows: Sequence[Row]) -> list[Fault]:
    import pandera.errors

    try:
        _schema().validate(frame(rows), lazy=True)
    except pandera.errors.SchemaErrors as err:
        return [
            rows[int(case.index)].fault("schema", f"{case.column} {_held(case.failure_case)} {case.check}")
            for case in err.failure_cases.itertuples()
        ]
    return []


def _held(cell: str) -> str:
    return repr(cell) if cell else "is blank and"


def _twice(rows: Sequence[Row]) -> Iterator[Fault]:
    first: dict[str, Row] = {}
    for row in rows:
        known = first.setdefault(row.cells["id"], row)
        if known is not row:
            yield row.fault("id", f"id {row.cells['id']!r} is there already: {known.file}:{known.line}")


def _reference_faults(rows: Iterable[Row], lexicon: Lexicon) -> Iterator[Fault]:
    """Name rows whose concepts the lexicon does not hold."""
    for row in rows:
        for concept in concepts_of(row.cells):
            if concept not in lexicon.concepts:
                yield row.fault("reference", f"{row.cells['id']} names {concept}, which is no concept")


def concepts_of(cells: Mapping[str, str]) -> list[str]:
    """List the concepts that a row names: subject, object and those in its fields, populations."""
    objects = object_concepts(cells["relation"], cells["object"])
    return [c for c in (cells["subject"], *objects, *cells["population"].split("|")) if c]


def object_fields(text: str) -> dict[str, str]:
    """Read a field object ("act=contains;target=cyanide") as a mapping; {} for a plain concept."""
    return dict(part.split("=", 1) for part in text.split(";") if "=" in part)


def object_concepts(relation: str, text: str) -> list[str]:
    """List the concepts that the object of a row names."""
    if relation not in FIELD_RELATIONS:
        return [text]
    named = object_fields(text)
    return [named[k] for k in ("target", "other", "for") if named.get(k)]


def evidence_of(row: Row) -> Evidence:
    """Make the evidence of a row whose cells are as the schema says."""
    values: dict[str, Any] = {**row.cells, "year": int(row.cells["year"]) if row.cells["year"] else None}
    return Evidence(**values)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep Python's collector of garbage from walking again and again what a table is made of."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class EvidenceTable:
    """Evidence rows, found by subject, relation and object in constant time."""

    def __init__(self, rows: Sequence[Evidence], lexicon: Lexicon) -> None:
        self.rows = tuple(rows)
        self.lexicon = lexicon
        self._index: dict[tuple[str, str, str], list[Evidence]] = defaultdict(list)
        self._by_subject: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
        self._kin_by_subject: dict[tuple[str, str], list[tuple[frozenset[str], Evidence]]] = defaultdict(list)
        for row in self.rows:
            if row.status != "current":
                continue
            relation, obj = canonical(row.relation, row.object, lexicon)
            self._index[row.subject, relation, obj].append(row)
            self._by_subject[row.subject, relation].append(row)
            self._kin_by_subject[row.subject, relation].append((lexicon.kin(row.object), row))

    @classmethod
    def load(cls, lexicon: Lexicon, folders: Sequence[Path] = (EVIDENCE,)) -> EvidenceTable:
        """Load and check the CSV files of some folders; raise EvidenceError with every fault at once."""
        with _uncollected():
            rows, faults = read_evidence(folders)
            faults += row_faults(rows, lexicon)
            if faults:
                raise EvidenceError("\n".join(map(str, faults)))
            return cls([evidence_of(row) for row in rows], lexicon)

    @classmethod
    def open(cls, folders: Sequence[Path] = (EVIDENCE,), concepts: Path = CONCEPTS) -> EvidenceTable:
        """Load folders with a concept table and those that lie in the folders."""
        return cls.load(Lexicon.load(concepts, *concept_files(folders)), folders)

    def row(self, id: str) -> Evidence | None:
        """Give a row by its id, whatever its status."""
        return self._by_id.get(id)

    @cached_property
    def _by_id(self) -> dict[str, Evidence]:
        return {row.id: row for row in self.rows}

    def about(self, subject: str, relation: str, obj: str) -> Sequence[Evidence]:
        """List current rows on exactly this triple, in canonical form."""
        return self._index.get((subject, relation, obj), ())

    def of_subject(self, subject: str, relation: str) -> Sequence[Evidence]:
        """List current rows on a subject with a relation."""
        return self._by_subject.get((subject, relation), ())

    def kin_of_subject(self, subject: str, relation: str) -> Sequence[tuple[frozenset[str], Evidence]]:
        """List these rows with their objects' kin: what the object is, and what it is a kind of."""
        return self._kin_by_subject.get((subject, relation), ())

    @cached_property
    def digest(self) -> str:
        """Digest of rows and concepts, whatever their order: the version of what the table knows."""
        rows = sorted("\x1f".join(str(getattr(r, c)) for c in COLUMNS) for r in self.rows)
        concepts = sorted(
            "\x1f".join((c.id, c.kind, c.name, "|".join(c.aliases), "|".join(c.broader), c.inverse, str(c.risk)))
            for c in self.lexicon.concepts.values()
        )
        return digest(*rows, "\x1e", *concepts)

    @cached_property
    def as_of(self) -> str:
        """The latest day on which a row was checked."""
        return max((r.checked_on for r in self.rows), default="")


def canonical(relation: str, obj: str, lexicon: Lexicon) -> tuple[str, str]:
    """Give the form in which "improves hair growth" and "treats hair loss" are the same claim.

    What lowers a condition treats it, what raises a function improves it: "is anti-inflammatory" treats inflammation.
    Death can only be prevented: so does what improves survival.
    """
    relation, obj = _healed(*(_as_effect(obj, lexicon) if relation == "mechanism" else (relation, obj)), lexicon)
    return ("prevents" if relation == "treats" and DEATH in lexicon.kin(obj) else relation), obj


def _healed(relation: str, obj: str, lexicon: Lexicon) -> tuple[str, str]:
    """Give the ill that is treated where the function beside it is improved, and the other way about."""
    if relation == "improves" and lexicon.kind(obj) in CONDITION_KINDS:
        return "treats", obj
    if relation == "improves" or (relation == "treats" and lexicon.kind(obj) == "function"):
        inverse = lexicon.inverses.get(obj, "")
        return ("treats", inverse) if inverse else ("improves", obj)
    return relation, obj


def _as_effect(obj: str, lexicon: Lexicon) -> tuple[str, str]:
    """Give a mechanism that changes a condition or a function as the effect that it is."""
    fields = object_fields(obj)
    act, kind = fields.get("act"), lexicon.kind(fields.get("target", ""))
    if act in {"lowers", "inhibits"} and kind in CONDITION_KINDS:
        return "treats", fields["target"]
    if act == "raises" and kind in HEALTH_KINDS:
        return "improves" if kind == "function" else "causes", fields["target"]
    # What blocks a thing or kills it leaves less of it at work.
    return "mechanism", f"act=lowers;target={fields['target']}" if act == "inhibits" else obj
