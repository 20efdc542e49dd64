"""Estimate precision and recall on one's own corpus: a random sample that a person marks without seeing the machine.

Sentences are drawn from three strata: those with a flagged claim, those with claims of which none is flagged, and
those without a claim. A person says of each whether it should be flagged. Precision is the share of flagged ones
marked yes. Recall also needs how many were missed, so each stratum's share is taken times its size in the corpus.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from claims.sentences import split
from claims.types import Article, digest
from pipeline.explore import EVERYTHING, Filter, where
from pipeline.intervals import wilson

if TYPE_CHECKING:
    import pandas as pd
    from duckdb import DuckDBPyConnection

__all__ = ["BLIND", "Marks", "Stratum", "draw", "estimate"]

Stratum = Literal["flagged", "unflagged", "unclaimed"]
STRATA: tuple[Stratum, ...] = get_args(Stratum)
Marks: TypeAlias = Mapping[str, bool]

# What a person is given, so that the machine's answer cannot sway theirs.
BLIND = ("id", "sentence", "title", "url", "should_flag")
# Sentences without a claim are drawn from this many pages, split anew (1 ms each); of one page come few.
POOL = 300
# Draws behind the interval of recall: its ends move by less than 0.005.
DRAWS = 20_000


def draw(db: DuckDBPyConnection, chosen: Filter = EVERYTHING, *, each: int = 50, seed: int = 0) -> pd.DataFrame:
    """Draw up to `each` sentences of each stratum, in mixed order; the same seed draws the same ones.

    Columns: id, stratum, of (how many the stratum has), sentence, title, url, should_flag (empty). Only the sites and
    months of the filter count: what a sentence without a claim is about is not known. A result without the pages'
    texts (JSON lines) has no such sentences.
    """
    import pandas as pd

    pages = Filter(sites=chosen.sites, since=chosen.since, until=chosen.until)
    rows = [*_claimed(db, pages, each, seed), *_unclaimed(db, pages, each, seed)]
    drawn = pd.DataFrame(rows, columns=["id", "stratum", "of", "sentence", "title", "url"]).assign(should_flag="")
    order = drawn["id"].map(lambda id: digest(str(seed), "order", id)).sort_values().index
    return drawn.loc[order].reset_index(drop=True)


_Drawn: TypeAlias = tuple[str, Stratum, int, str, str, str]


def _claimed(db: DuckDBPyConnection, pages: Filter, each: int, seed: int) -> Iterator[_Drawn]:
    condition, given = where(pages)
    said = f"SELECT page, quote, bool_or(flag) AS flagged FROM claims WHERE {condition} GROUP BY page, quote"
    for flagged, stratum in ((True, STRATA[0]), (False, STRATA[1])):
        found = db.execute(
            f"SELECT page_id, quote, title, url, of FROM (SELECT *, count(*) OVER () AS of FROM ({said}) "
            "WHERE flagged = $flagged ORDER BY md5($seed || page || quote) LIMIT $each) JOIN pages USING (page)",
            {**given, "flagged": flagged, "seed": f"{seed} ", "each": each},
        ).fetchall()
        for page_id, quote, title, url, of in found:
            yield digest(page_id, quote), stratum, of, quote, title, url


def _unclaimed(db: DuckDBPyConnection, pages: Filter, each: int, seed: int) -> Iterator[_Drawn]:
    """Draw from a pool of random pages; the size of the stratum is their mean times the pages there are."""
    condition, given = where(pages)
    pool = db.execute(
        "SELECT page_id, title, url, any_value(text), count(*) OVER () AS pooled, any_value(there) "
        "FROM (SELECT *, count(*) OVER () AS there FROM pages "
        f"WHERE {condition} ORDER BY md5($seed || page_id) LIMIT {POOL}) JOIN page_file USING (page_id) "
        "WHERE text IS NOT NULL GROUP BY page_id, title, url ORDER BY page_id",
        {**given, "seed": f"{seed} "},
    ).fetchall()
    claimed = db.execute(
        "SELECT page_id, start, \"end\" FROM claim_file WHERE page_id IN (SELECT unnest($pages))",
        {"pages": [page_id for page_id, *_ in pool]},
    ).fetchall()
    spans: dict[str, list[tuple[int, int]]] = {}
    for page_id, start, end in claimed:
        spans.setdefault(page_id, []).append((start, end))
    found = [
        (digest(page_id, str(start), sentence), sentence, title, url)
        for page_id, title, url, text, *_ in pool
        for start, sentence in _plain(text, spans.get(page_id, ()))
    ]
    if found:
        pooled, there = pool[0][-2:]
        of = round(len(found) * there / pooled)
        for id, sentence, title, url in sorted(found, key=lambda s: digest(str(seed), s[0]))[:each]:
            yield id, "unclaimed", of, sentence, title, url


def _plain(text: str, spans: object) -> Iterator[tuple[int, str]]:
    raise NotImplementedError


def estimate(drawn: pd.DataFrame, marks: Marks) -> pd.DataFrame:
    raise NotImplementedError
