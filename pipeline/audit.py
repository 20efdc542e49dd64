"""Estimate precision and recall on one's own corpus, by a random sample that a person marks without seeing the machine.

Sentences are drawn from three strata: those with a flagged claim, those with claims of which none is flagged, and
those without a claim. A person says of each whether it should be flagged. Precision is the share of the flagged ones
that should be. Recall also needs what was missed: each stratum's share is taken times its size in the corpus.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from claims.sentences import split
from claims.types import Article, digest
from models.intervals import wilson
from pipeline.explore import EVERYTHING, Filter, where

if TYPE_CHECKING:
    import pandas as pd
    from duckdb import DuckDBPyConnection

__all__ = ["BLIND", "Estimate", "MarkError", "Share", "draw", "estimate", "read_marks"]

Stratum = Literal["flagged", "unflagged", "unclaimed"]
STRATA: tuple[Stratum, ...] = get_args(Stratum)
Marks: TypeAlias = Mapping[str, bool]
Span: TypeAlias = tuple[int, int]

# What a person is given, so that the machine's answer cannot sway theirs.
BLIND = ("id", "sentence", "title", "url", "should_flag")
# Sentences without a claim come from this many pages, which are split anew: 5 ms a page of 600 words.
POOL = 200
# Draws behind the interval of recall: another seed moves its ends by less than 0.005.
DRAWS = 20_000
_MARK = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}


class MarkError(ValueError):
    """A file of marks that cannot be read; the message is one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A share with its 95 % interval; NaN where nothing was marked that it could rest on."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What marks say of a corpus; `strata` has a row each: stratum, of, drawn, marked, should_flag."""

    precision: Share
    recall: Share
    strata: pd.DataFrame


def draw(db: DuckDBPyConnection, chosen: Filter = EVERYTHING, *, each: int = 50, seed: int = 0) -> pd.DataFrame:
    """Draw up to `each` sentences of each stratum, in mixed order; the same seed draws the same ones.

    Columns: id, stratum, of (how many the stratum has), sentence, title, url, should_flag (empty). Only the sites and
    months of the filter count, for what a sentence without a claim is about is not known. A result without the pages'
    texts (JSON lines) has no such sentences.
    """
    import pandas as pd

    pages = Filter(sites=chosen.sites, since=chosen.since, until=chosen.until)
    rows = [*_claimed(db, pages, each, seed), *_unclaimed(db, pages, each, seed)]
    rows.sort(key=lambda row: digest(str(seed), "order", row[0]))
    return pd.DataFrame(rows, columns=["id", "stratum", "of", *BLIND[1:-1]]).assign(should_flag="")


_Drawn: TypeAlias = tuple[str, Stratum, int, str, str, str]


def _claimed(db: DuckDBPyConnection, pages: Filter, each: int, seed: int) -> Iterator[_Drawn]:
    """Draw sentences with claims. A sentence that a page repeats counts once."""
    condition, given = where(pages)
    said = f"SELECT page, quote, bool_or(flag) AS flagged FROM claims WHERE {condition} GROUP BY page, quote"
    for flagged, stratum in ((True, STRATA[0]), (False, STRATA[1])):
        found = db.execute(
            f"SELECT page_id, quote, title, url, of FROM (SELECT *, count(*) OVER () AS of FROM ({said}) "
            "WHERE flagged = $flagged ORDER BY md5($seed || page || ' ' || quote) LIMIT $each) JOIN pages USING (page)",
            {**given, "flagged": flagged, "seed": f"{seed} ", "each": each},
        ).fetchall()
        for page_id, quote, title, url, of in found:
            yield _id(page_id, quote), stratum, of, quote, title, url


def _unclaimed(db: DuckDBPyConnection, pages: Filter, each: int, seed: int) -> Iterator[_Drawn]:
    """Draw sentences of random pages; how many the corpus has is reckoned from what these have."""
    condition, given = where(pages)
    pool = db.execute(
        "SELECT page_id, title, url, text, there FROM (SELECT *, count(*) OVER () AS there FROM pages "
        f"WHERE {condition} ORDER BY md5($seed || page_id) LIMIT {POOL}) AS drawn "
        "JOIN (SELECT page_id, arg_min(text, file_row_number) AS text FROM page_file GROUP BY page_id) USING (page_id) "
        "WHERE text IS NOT NULL ORDER BY page_id",
        {**given, "seed": f"{seed} "},
    ).fetchall()
    spans = _spans(db, [page_id for page_id, *_ in pool])
    found = [
        (_id(page_id, sentence), sentence, title, url)
        for page_id, title, url, text, _ in pool
        for sentence in dict.fromkeys(_plain(text, spans.get(page_id, ())))
    ]
    found.sort(key=lambda sentence: digest(str(seed), sentence[0]))
    for id, sentence, title, url in found[:each]:
        yield id, "unclaimed", round(len(found) * pool[0][-1] / len(pool)), sentence, title, url


def _spans(db: DuckDBPyConnection, pages: Sequence[str]) -> dict[str, list[Span]]:
    rows = db.execute(
        'SELECT page_id, list((start, "end")) FROM claim_file '
        "WHERE page_id IN (SELECT unnest($pages)) GROUP BY page_id",
        {"pages": list(pages)},
    ).fetchall()
    return dict(rows)


def _plain(text: str, claimed: Sequence[Span]) -> Iterator[str]:
    """Yield the sentences that no claim was read from; a line without a letter is none."""
    for sentence in split(Article(id="", text=text)):
        if not any(start < sentence.end and sentence.start < end for start, end in claimed) and any(
            map(str.isalpha, sentence.text)
        ):
            yield sentence.text


def _id(page_id: str, sentence: str) -> str:
    """Name a sentence; the letter keeps a spreadsheet from reading a number."""
    return f"s{digest(page_id, sentence)}"


def read_marks(data: bytes) -> dict[str, bool]:
    """Read the marks of a CSV file that `BLIND` was written to, as a spreadsheet saves it; empty is not marked."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise MarkError("The file is no UTF-8 text. Save it as CSV in UTF-8.") from None
    header = text.partition("\n")[0]
    separator = max(",;\t", key=header.count)
    marks: dict[str, bool] = {}
    for number, row in enumerate(csv.DictReader(io.StringIO(text, newline=""), delimiter=separator), start=2):
        if "id" not in row or "should_flag" not in row:
            raise MarkError("The file has no columns id and should_flag. Mark the sample as it was downloaded.")
        mark = (row["should_flag"] or "").strip().lower()
        if mark and mark not in _MARK:
            raise MarkError(f"Row {number}: should_flag is {mark[:40]!r}; write yes or no, or leave it empty.")
        if mark:
            marks[row["id"]] = _MARK[mark]
    return marks


def estimate(drawn: pd.DataFrame, marks: Marks) -> Estimate:
    """Estimate precision and recall from marks of a drawn sample; marks of other sentences are left out.

    The interval of recall comes from draws of each stratum's share (Beta, Jeffreys prior); sizes are taken as known.
    """
    import numpy as np
    import pandas as pd

    marked = drawn.assign(mark=drawn["id"].map(dict(marks)))
    strata = pd.DataFrame([_stratum(marked[marked["stratum"] == name], name) for name in STRATA])
    n, yes, of = (strata[column].to_numpy(dtype=float) for column in ("marked", "should_flag", "of"))
    (low, *_), (high, *_) = wilson(yes, n)
    precision = Share(value=float(yes[0] / n[0]) if n[0] else np.nan, low=float(low), high=float(high))
    needed = of > 0
    if not n[needed].all() or not n[0]:
        return Estimate(precision=precision, recall=Share(value=np.nan, low=np.nan, high=np.nan), strata=strata)
    hits = np.where(needed, yes / np.maximum(n, 1), 0) * of
    shares = np.random.default_rng(0).beta(yes + 0.5, n - yes + 0.5, size=(DRAWS, len(STRATA))) * of
    low, high = np.quantile(shares[:, 0] / shares.sum(axis=1), [0.025, 0.975])
    found = float(hits[0] / hits.sum()) if hits.sum() else np.nan
    return Estimate(precision=precision, recall=Share(value=found, low=float(low), high=float(high)), strata=strata)


def _stratum(rows: pd.DataFrame, name: Stratum) -> dict[str, object]:
    marks = rows["mark"].dropna().astype(bool)
    return {
        "stratum": name,
        "of": int(rows["of"].iloc[0]) if len(rows) else 0,
        "drawn": len(rows),
        "marked": len(marks),
        "should_flag": int(marks.sum()),
    }
