"""Open what a past batch wrote, a Parquet data set or JSON lines, as tables that can be queried."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.results import ResultsError
from pipeline.topics import name_topics

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["open_result", "versions"]

# An ill-formed date says nothing about its month. A near-duplicate has its claims under the page that was checked.
_PAGES = r"""
CREATE TABLE readable AS
SELECT row_number() OVER (ORDER BY first)::INTEGER AS page, page_id, twin, url, site, title, published, month FROM (
    SELECT page_id, min(file_row_number) AS first, arg_min(twin, file_row_number) AS twin,
        arg_min(coalesce(url, ''), file_row_number) AS url, arg_min(coalesce(site, ''), file_row_number) AS site,
        arg_min(coalesce(title, ''), file_row_number) AS title,
        arg_min(coalesce(published, ''), file_row_number) AS published,
        regexp_extract(arg_min(coalesce(published, ''), file_row_number), '^\d{4}-(0[1-9]|1[0-2])') AS month
    FROM page_file WHERE error IS NULL GROUP BY page_id
);
CREATE TABLE pages AS SELECT * EXCLUDE (twin) FROM readable WHERE twin IS NULL
"""
# Topics, sites and months are many times the same word: as numbers of a list they group twice as fast.
_LISTS = """
CREATE TYPE topic_name AS ENUM (SELECT '' UNION SELECT topic FROM named ORDER BY ALL);
CREATE TYPE site_name AS ENUM (SELECT DISTINCT site FROM readable ORDER BY site);
CREATE TYPE month_name AS ENUM (SELECT DISTINCT month FROM readable ORDER BY month);
CREATE TABLE places AS SELECT page_id, page, site::site_name AS site, month::month_name AS month FROM pages;
CREATE TABLE topics AS SELECT concept, topic::topic_name AS topic FROM named
"""
# What is said is the same where these four are: a thing that is no concept counts by its words.
_CLAIMS = """
CREATE TABLE claims AS
SELECT id, page, site, month, coalesce(topic, ''::topic_name) AS topic,
    coalesce(nullif(subject_id, ''), lower(subject)) AS subject, relation,
    coalesce(nullif(object_id, ''), lower(object)) AS object, polarity,
    voice, verdict, verdict <> 'unverified' AS decided, flag, harm, quote
FROM claim_file JOIN places USING (page_id) LEFT JOIN topics ON concept = subject_id
"""
# Where a page's text stands: at its own address, and at that of each near-duplicate.
_COPIES = """
CREATE TABLE copies AS
SELECT pages.page, copy.page AS place, copy.url, copy.site::site_name AS site, copy.month::month_name AS month
FROM readable copy JOIN pages ON pages.page_id = coalesce(copy.twin, copy.page_id)
"""
_ONCE = ("places", "topics", "named", "readable")


def open_result(path: Path, topics: Mapping[str, str]) -> DuckDBPyConnection:
    """Open a result; raise ResultsError with one line for what is none.

    The connection has `claims` (what is asked about, one row each), `pages` that could be read, `copies` (where each
    page's text stands, near-duplicates too), and the views `claim_file` and `page_file` on all that the batch wrote.
    Pages with the same id count as one, the first.
    Each thread must take a cursor of its own. JSON lines are laid out in a temporary folder, which lives as long
    as the connection.
    """
    import duckdb

    if not path.exists():
        raise ResultsError(f"{path}: there is no such file or folder; check the path")
    db = duckdb.connect()
    try:
        db.execute("SET autoinstall_known_extensions = false")  # nothing is fetched from anywhere
        folder = path if path.is_dir() else _laid_out(db, path)
        for view, name in (("claim_file", "claims"), ("page_file", "pages")):
            file = folder / f"{name}.parquet"
            db.read_parquet(str(file), file_row_number=True).create_view(view)
        _make_tables(db, topics)
    except duckdb.Error as err:
        raise ResultsError(f"{path}: this is nothing that a batch wrote ({str(err).splitlines()[0]})") from None
    return db


def _make_tables(db: DuckDBPyConnection, topics: Mapping[str, str]) -> None:
    name_topics(db, topics)
    for statement in (_PAGES, _LISTS, _CLAIMS, _COPIES, *(f"DROP TABLE {name}" for name in _ONCE)):
        db.execute(statement)


def versions(db: DuckDBPyConnection) -> dict[str, str]:
    """Name the checker, the evidence table and its day; several where the result was put together."""
    columns = ", ".join(f"string_agg(DISTINCT {name}, '; ' ORDER BY {name}) AS {name}" for name in _VERSIONS)
    (found,) = db.execute(f"SELECT {columns} FROM page_file").fetchall()
    return {name: value or "" for name, value in zip(_VERSIONS, found, strict=True)}


def _laid_out(db: DuckDBPyConnection, path: Path) -> Path:
    """Write JSON lines as a data set; give its folder."""
    folder = Path(tempfile.mkdtemp(prefix="nostrum-"))
    weakref.finalize(db, shutil.rmtree, folder, ignore_errors=True)
    kinds = {name: _kinds(db, name) for name in ("claims", "pages")}
    said = [column for column in kinds["claims"] if column not in {"page_id", *_VERSIONS}]
    claim = ", ".join(f'"{column}" {kinds["claims"][column]}' for column in said)
    columns = {
        "id": "VARCHAR",
        "article": "STRUCT(url VARCHAR, site VARCHAR, title VARCHAR, published VARCHAR)",
        "error": "VARCHAR",
        "twin": "VARCHAR",
        "claims": f"STRUCT({claim})[]",
        **dict.fromkeys(_VERSIONS, "VARCHAR"),
    }
    db.read_json(str(path), columns=columns, format="newline_delimited").create("lines")
    ((odd,),) = db.execute("SELECT count(*) FROM lines WHERE id IS NULL OR claims IS NULL").fetchall()
    if odd:
        raise ResultsError(f"{path}: {odd:,} lines are none that a batch wrote: they lack id or claims")
    versions = ", ".join(_VERSIONS)
    for name, rows in (
        ("pages", f"SELECT id AS page_id, article.*, NULL::VARCHAR AS text, error, twin, {versions} FROM lines"),
        (
            "claims",
            f"SELECT page_id, claim.*, {versions} FROM "
            f"(SELECT id AS page_id, unnest(claims) AS claim, {versions} FROM lines)",
        ),
    ):
        db.sql(rows).write_parquet(str(folder / f"{name}.parquet"))
    db.execute("DROP TABLE lines")
    return folder


_VERSIONS = ("checker", "evidence_digest", "as_of")


def _kinds(db: DuckDBPyConnection, table: str) -> dict[str, str]:
    """Give the columns of a table of the data set with their types, as the database names them."""
    from pipeline.dataset import arrow_schema  # brings what reads pages, which nothing else here needs

    empty = db.from_arrow(arrow_schema(table).empty_table())
    return dict(zip(empty.columns, map(str, empty.types), strict=True))
