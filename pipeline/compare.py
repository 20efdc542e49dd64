"""Set two runs side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pipeline.results import StoredPage, read_results

if TYPE_CHECKING:
    import duckdb

__all__ = ["Change", "diff"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A finding that only one run has, or that both judge otherwise."""

    kind: Literal["gained", "lost", "changed"]
    id: str
    page: str
    url: str
    quote: str
    claim: str
    before: str
    after: str
    was_flagged: bool
    flag: bool


def diff(before: Path, after: Path) -> Iterator[Change]:
    """List the findings that a second run gained, lost or judged otherwise, in the order of their pages."""
    db = _database(before=before, after=after)
    rows = db.execute(
        """
        SELECT CASE WHEN b.id IS NULL THEN 'gained' WHEN a.id IS NULL THEN 'lost' ELSE 'changed' END,
               coalesce(a.id, b.id), coalesce(a.page, b.page), coalesce(a.url, b.url), coalesce(a.quote, b.quote),
               coalesce(a.claim, b.claim), coalesce(b.verdict, ''), coalesce(a.verdict, ''),
               coalesce(b.flag, false), coalesce(a.flag, false)
        FROM before b FULL JOIN after a ON a.id = b.id
        WHERE a.id IS NULL OR b.id IS NULL OR a.verdict <> b.verdict OR a.flag <> b.flag
        ORDER BY coalesce(a.number, b.number), coalesce(a.id, b.id)
        """
    )
    names = ("kind", "id", "page", "url", "quote", "claim", "before", "after", "was_flagged", "flag")
    while some := rows.fetchmany(1_000):
        yield from (Change(**dict(zip(names, row, strict=True))) for row in some)


def _database(**runs: Path) -> duckdb.DuckDBPyConnection:
    """Open the findings of runs as tables: number, page, copies, url, site and the claim's own columns."""
    import duckdb
    import pyarrow as pa

    db = duckdb.connect()
    for name, path in runs.items():
        findings = pa.Table.from_pylist(list(_findings(path)), schema=pa.schema(_COLUMNS))
        db.register(name, findings)
    return db


_COLUMNS = [
    ("number", "int64"), ("page", "string"), ("copies", "int64"), ("url", "string"), ("site", "string"),
    ("id", "string"), ("quote", "string"), ("claim", "string"), ("verdict", "string"), ("flag", "bool"),
    ("harm", "int64"), ("voice", "string"),
]  # fmt: skip


def _findings(path: Path) -> Iterator[dict[str, Any]]:
    number = 0
    for page in read_results(path):
        for claim in page.claims:
            number += 1
            yield _finding(page, claim, number)


def _finding(page: StoredPage, claim: Any, number: int) -> dict[str, Any]:
    said = (claim["subject"], "not " * (claim["polarity"] == "deny") + claim["relation"], claim["object"])
    return {
        "number": number,
        "page": str(page.id),
        "copies": page.copies,
        "url": page.article.url,
        "site": page.article.site,
        "claim": " · ".join(filter(None, said)),
        **{key: claim[key] for key in ("id", "quote", "verdict", "flag", "harm", "voice")},
    }
