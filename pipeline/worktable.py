"""Open a batch's results in DuckDB: one slim row for each claim, with the item it belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.repeats import SAME
from pipeline.results import ResultsError, read_results
from pipeline.topics import name_topics

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

__all__ = ["ARTICLE_COLUMNS", "WHOLE_COLUMNS", "open_claims"]

# What stands beside a claim of its article, as text; and of its page as a whole, as lists.
ARTICLE_COLUMNS = ("url", "site", "title", "published", "text")
WHOLE_COLUMNS = ("markers", "omissions")
# Surer findings first: of two equally harmful ones the reviewer's time is better spent on those.
_BANDS = ("high", "medium", "low")


def open_claims(path: Path, topics: Mapping[str, str]) -> duckdb.DuckDBPyConnection:
    """Open a data set or JSON lines; raise ResultsError where they cannot be read.

    The connection has `claims` and `pages` as the batch wrote them, and `slim`, by which items are found. Each
    thread takes a cursor of its own.
    """
    import duckdb

    db = duckdb.connect()
    if path.is_dir():
        _open_dataset(db, path)
    else:
        _open_lines(db, path)
    name_topics(db, topics)
    same = ", ".join(f"lower(coalesce({_value(name)}, ''))" for name in SAME)
    bands = " ".join(f"WHEN '{band}' THEN {i}" for i, band in enumerate(_BANDS))
    db.execute(
        f"""CREATE TABLE slim AS
            SELECT c.id, c.page_id, hash({same}) AS item, c.flag, c.harm, c.verdict, c.voice, p.site,
                coalesce(n.topic, '') AS topic, left(coalesce(p.published, ''), 10) AS published,
                CASE c.confidence {bands} ELSE {len(_BANDS)} END AS band
            FROM claims c JOIN (SELECT DISTINCT ON (page_id) * FROM pages) p USING (page_id)
            LEFT JOIN named n ON n.concept = c.subject_id"""
    )
    return db


def _open_dataset(db: duckdb.DuckDBPyConnection, folder: Path) -> None:
    import duckdb

    try:
        for name in ("claims", "pages"):
            db.read_parquet(str(folder / f"{name}.parquet")).create_view(name)
    except duckdb.Error as err:
        line = " ".join(str(err).split())[:200]
        raise ResultsError(f"{folder}: this is no data set that a batch wrote ({line})") from None


def _open_lines(db: duckdb.DuckDBPyConnection, path: Path) -> None:
    # Tables, not registered frames: those are seen by one connection only.
    for name, table in zip(("pages", "claims"), _tables(path), strict=True):
        db.register(f"given_{name}", table)
        db.execute(f"CREATE TABLE {name} AS SELECT * FROM given_{name}")


def _value(name: str) -> str:
    """Name a thing by its concept where it has one, as `repeats.claim_key` does."""
    return f"coalesce(nullif(c.{name}_id, ''), c.{name})" if name in ("subject", "object") else f"c.{name}"


def _tables(path: Path) -> tuple[pa.Table, pa.Table]:
    """Read JSON lines into the tables of a data set."""
    import pyarrow as pa

    from pipeline.dataset import arrow_schema

    pages: list[dict[str, Any]] = []
    claims: list[dict[str, Any]] = []
    for page in read_results(path):
        page_id = str(page.id)
        about = {name: getattr(page.article, name) for name in ARTICLE_COLUMNS}
        whole = {
            "markers": [asdict(marker) for marker in page.markers],
            "omissions": [{**o, "harms": [row["id"] for row in o["harms"]]} for o in page.omissions],
        }
        pages.append({"page_id": page_id, "line": page.line, **about, **whole})
        version = {name: getattr(page, name) for name in ("checker", "evidence_digest", "as_of")}
        claims.extend({**claim, "page_id": page_id, **version} for claim in page.claims)
    return (
        pa.Table.from_pylist(pages, schema=arrow_schema("pages")),
        pa.Table.from_pylist(claims, schema=arrow_schema("claims")),
    )
