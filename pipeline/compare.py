"""Set two runs side by side, and rank what one found: the most repeated claims, the sites by their rate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from claims.types import FLAGGED_VERDICTS
from models import intervals
from pipeline.results import StoredPage, read_results

if TYPE_CHECKING:
    import duckdb

__all__ = ["Change", "Repeated", "Site", "diff", "most_repeated", "sites", "wilson"]

# A rate of fewer decided claims says nothing: of 20, its interval is still 0.4 wide.
MIN_DECIDED = 20


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """A flagged claim with how often pages make it; `pages` counts near-duplicates, `originals` each text once."""

    claim: str
    verdict: str
    harm: int
    pages: int
    originals: int
    sites: int
    quote: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """How much of what a site says is wrong, of what the table decides; `low` and `high` hold 95 % (Wilson).

    `coverage` is the share of its claims that the table decides: the rate says nothing about the others.
    """

    site: str
    pages: int
    claims: int
    decided: int
    wrong: int
    rate: float
    low: float
    high: float
    coverage: float


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


def most_repeated(result: Path, n: int = 20) -> list[Repeated]:
    """Rank flagged claims by how many pages make them; wordings of one triple count together."""
    rows = _database(run=result).execute(
        """
        SELECT claim, mode(verdict), max(harm), sum(copies), count(*), count(DISTINCT site), min(quote), min(url)
        FROM (SELECT DISTINCT ON (claim, page) * FROM run WHERE flag ORDER BY claim, page, id)
        GROUP BY claim ORDER BY sum(copies) DESC, max(harm) DESC, claim LIMIT ?
        """,
        [n],
    )
    names = ("claim", "verdict", "harm", "pages", "originals", "sites", "quote", "url")
    return [Repeated(**dict(zip(names, row, strict=True))) for row in rows.fetchall()]


def sites(result: Path, n: int = 20, min_decided: int = MIN_DECIDED) -> list[Site]:
    """Rank sites by the low end of their rate of wrong claims, so that few claims cannot lead the list.

    Claims that a page rejects itself are left out, near-duplicates count once.
    """
    wrong = ", ".join(f"'{verdict}'" for verdict in sorted(FLAGGED_VERDICTS))
    rows = _database(run=result).execute(
        f"""
        SELECT site, count(DISTINCT page), count(*), count_if(verdict <> 'unverified'), count_if(verdict IN ({wrong}))
        FROM run WHERE voice <> 'rejected' AND site <> '' GROUP BY site
        HAVING count_if(verdict <> 'unverified') >= ? ORDER BY site
        """,
        [min_decided],
    )
    found = [_site(*row) for row in rows.fetchall()]
    return sorted(found, key=lambda site: (-site.low, site.site))[:n]


def _site(site: str, pages: int, claims: int, decided: int, wrong: int) -> Site:
    low, high = wilson(wrong, decided)
    return Site(
        site=site,
        pages=pages,
        claims=claims,
        decided=decided,
        wrong=wrong,
        rate=wrong / decided,
        low=low,
        high=high,
        coverage=decided / claims,
    )


def wilson(hits: int, n: int) -> tuple[float, float]:
    """Give the Wilson interval of one share; of nothing, all that a share can be."""
    if not n:
        return 0.0, 1.0
    low, high = intervals.wilson(hits, n)
    return float(low), float(high)


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
