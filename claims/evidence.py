"""The evidence table: CSV files with one schema, checked whole on load, indexed by what they speak of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from functools import cached_property
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pandas as pd

from claims.lexicon import Lexicon
from claims.types import Evidence, digest

EVIDENCE = Path(__file__).parent / "evidence"
COLUMNS: tuple[str, ...] = tuple(f.name for f in fields(Evidence))
FIELD_RELATIONS = frozenset({"mechanism", "status", "compares", "statistic", "use"})
_ID = r"[a-z0-9][a-z0-9-]*"
_URL = r"https?://[^\s<>\"]+"
_DOI = r"10\.\d{4,9}/\S+"
_DATE = r"\d{4}-\d{2}-\d{2}"


class EvidenceError(ValueError):
    """An evidence table that cannot be used; the message has a line for every fault: file, line, column, what."""


def _schema() -> Any:
    import pandera.pandas as pa  # slow to import, and only loading needs it

    def _full(pattern: str) -> Any:
        return pa.Check.str_matches(f"^(?:{pattern})$", error=f"must match {pattern}")

    hints = get_type_hints(Evidence)
    one_of = {name: list(get_args(hints[name])) for name in COLUMNS if get_args(hints[name]) and name != "year"}
    columns = {}
    for name in COLUMNS:
        checks = []
        if name in one_of:
            checks.append(pa.Check.isin(one_of[name]))
        if name in {"id", "subject"}:
            checks.append(_full(_ID))
        if name in {"topic", "proposition", "summary", "source_title", "publisher"}:
            checks.append(pa.Check.str_length(min_value=1, error="must not be empty"))
        if name == "year":
            checks.append(_full(r"|(19|20)\d\d"))
        if name == "url":
            checks.append(_full(_URL))
        if name == "doi":
            checks.append(_full(f"|{_DOI}"))
        if name == "checked_on":
            checks.append(_full(f"|{_DATE}"))
        columns[name] = pa.Column(str, checks, unique=name == "id")
    return pa.DataFrameSchema(columns, strict=True, ordered=True)


def read_tables(folders: Iterable[Path], lexicon: Lexicon) -> pd.DataFrame:
    """Read every CSV file of the folders as one table of strings; raise EvidenceError with all faults."""
    files = [f for folder in folders for f in (sorted(folder.glob("*.csv")) if folder.is_dir() else [folder])]
    if not files:
        where = ", ".join(str(f) for f in folders)
        raise EvidenceError(f"{where or 'evidence'}: no CSV file here; name a folder that holds an evidence table")
    parts, faults = [], []
    for file in files:
        try:
            part = pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8")
        except (OSError, UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as e:
            faults.append(f"{file}: cannot be read as a CSV table in UTF-8 ({str(e).splitlines()[0]})")
            continue
        if tuple(part.columns) != COLUMNS:
            odd = sorted(set(part.columns) ^ set(COLUMNS)) or ["their order"]
            faults.append(f"{file}:1: columns differ from the schema: {', '.join(odd)}")
            continue
        part["_file"], part["_line"] = str(file), range(2, len(part) + 2)
        parts.append(part)
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=[*COLUMNS, "_file", "_line"])
    faults += _schema_faults(table) + _reference_faults(table, lexicon)
    if faults:
        raise EvidenceError("\n".join(faults))
    return table


def _schema_faults(table: pd.DataFrame) -> list[str]:
    import pandera.errors

    try:
        _schema().validate(table[list(COLUMNS)], lazy=True)
    except pandera.errors.SchemaErrors as e:
        out = []
        for case in e.failure_cases.itertuples():
            where = table.iloc[int(case.index)] if case.index is not None and str(case.index) != "nan" else None
            place = f"{where['_file']}:{where['_line']}" if where is not None else "evidence"
            out.append(f"{place}: {case.column} {case.failure_case!r} fails {case.check}")
        return out
    return []


def _reference_faults(table: pd.DataFrame, lexicon: Lexicon) -> list[str]:
    """Name rows whose concepts the lexicon does not hold."""
    out = []
    for row in table.to_dict("records"):
        needed = [row["subject"], *row["population"].split("|"), *_object_concepts(row["relation"], row["object"])]
        for concept in needed:
            if concept and concept not in lexicon.concepts:
                out.append(f"{row['_file']}:{row['_line']}: {row['id']} names {concept}, which is no concept")
    return out


def object_fields(text: str) -> dict[str, str]:
    """Read a field object ("act=contains;target=cyanide") as a mapping; {} for a plain concept."""
    return dict(part.split("=", 1) for part in text.split(";") if "=" in part)


def _object_concepts(relation: str, text: str) -> list[str]:
    if relation not in FIELD_RELATIONS:
        return [text]
    named = object_fields(text)
    return [named[k] for k in ("target", "other", "for") if named.get(k)]


def _evidence(row: Mapping[str, Any]) -> Evidence:
    values = {name: row[name] for name in COLUMNS}
    values["year"] = int(row["year"]) if row["year"] else None
    return Evidence(**values)


class EvidenceTable:
    """Evidence rows, found by subject, relation and object in constant time."""

    def __init__(self, rows: Sequence[Evidence], lexicon: Lexicon) -> None:
        self.rows = tuple(rows)
        self.lexicon = lexicon
        self._index: dict[tuple[str, str, str], list[Evidence]] = defaultdict(list)
        self._by_subject: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
        for row in self.rows:
            if row.status != "current":
                continue
            relation, obj = canonical(row.relation, row.object, lexicon)
            self._index[row.subject, relation, obj].append(row)
            self._by_subject[row.subject, relation].append(row)

    @classmethod
    def load(cls, lexicon: Lexicon, folders: Sequence[Path] = (EVIDENCE,)) -> EvidenceTable:
        """Load and check the CSV files of some folders; raise EvidenceError with every fault at once."""
        table = read_tables(folders, lexicon)
        return cls([_evidence(r) for r in table.to_dict("records")], lexicon)

    def about(self, subject: str, relation: str, obj: str) -> Sequence[Evidence]:
        """List current rows on exactly this triple, in canonical form."""
        return self._index.get((subject, relation, obj), ())

    def of_subject(self, subject: str, relation: str) -> Sequence[Evidence]:
        """List current rows on a subject with a relation."""
        return self._by_subject.get((subject, relation), ())

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
    """Give the form in which "improves hair growth" and "treats hair loss" are the same claim."""
    if relation == "improves":
        if lexicon.kind(obj) in {"condition", "symptom"}:
            return "treats", obj
        inverse = lexicon.inverses.get(obj, "")
        return ("treats", inverse) if inverse else ("improves", obj)
    if relation == "treats" and lexicon.kind(obj) == "function":
        inverse = lexicon.inverses.get(obj, "")
        return ("treats", inverse) if inverse else ("improves", obj)
    return relation, obj

