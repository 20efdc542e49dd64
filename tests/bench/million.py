"""Make a Parquet result of a million claims: `python -m tests.bench.million FOLDER`.

The claims are made: shipped concepts in triples drawn as unevenly as those of the web, verdicts by chance but the
same for the same triple, in row groups as the batch writes them. The same seed makes the same file.
Look at it with `nostrum dashboard --results FOLDER`; `tests.bench.explore` measures the view on it.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from claims.concepts import CONDITION_KINDS
from claims.lexicon import Lexicon
from claims.types import digest
from pipeline.dataset import ROWS_PER_GROUP, arrow_schema

CLAIMS = 1_000_000
PER_PAGE = 12
SITES, TRIPLES = 400, 20_000
VERBS = {"treats": "relieves", "prevents": "prevents", "causes": "causes", "improves": "improves"}
VERDICTS = {"unverified": 0.6, "supported": 0.16, "overstated": 0.12, "unsupported": 0.07, "contradicted": 0.05}
TAILS = "in most people|within a week|without side effects|for years|, studies say|, users report|at any age|".split(
    "|"
)
FILLER = "Read on to learn more about it."
VERSIONS = {"checker": "nostrum 0.1.0", "evidence_digest": "0" * 16, "as_of": "2026-11-27"}
Columns = dict[str, list[Any]]


def write(folder: Path, claims: int, seed: int = 0) -> Path:
    """Write a data set of made claims; the same seed gives the same bytes."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder.mkdir(parents=True, exist_ok=True)
    tables = {name: arrow_schema(name) for name in ("claims", "pages", "errors")}
    files = {
        name: pq.ParquetWriter(folder / f"{name}.parquet", schema, compression="zstd")
        for name, schema in tables.items()
    }
    for pages, found in _chunks(claims, random.Random(seed)):
        for name, columns in (("pages", pages), ("claims", found)):
            table = pa.Table.from_pydict(columns, schema=tables[name])
            files[name].write_table(table, row_group_size=ROWS_PER_GROUP)
    for file in files.values():
        file.close()
    return folder


def _chunks(claims: int, chance: random.Random) -> Iterator[tuple[Columns, Columns]]:
    """Yield the columns of pages and of their claims, about a row group of claims at a time."""
    triples, weights = _triples(chance)
    sites = [f"site-{n:03}.example" for n in range(SITES)]
    site_weights = [1 / (n + 3) for n in range(SITES)]
    left, page_no = claims, 0
    while left > 0:
        pages: list[dict[str, Any]] = []
        found: list[dict[str, Any]] = []
        while left > 0 and len(found) < ROWS_PER_GROUP:
            n = min(left, chance.randint(1, 2 * PER_PAGE - 1))
            page_no, left = page_no + 1, left - n
            (site,) = chance.choices(sites, site_weights)
            drawn = chance.choices(triples, cum_weights=weights, k=n)
            page = _page(f"page-{page_no}", page_no, site, chance)
            found += _claims(page, drawn, chance)
            pages.append(page | {"claims": n, "flagged": sum(c["flag"] for c in found[-n:])})
        yield _columns("pages", pages), _columns("claims", found)


def _triples(chance: random.Random) -> tuple[list[dict[str, Any]], list[float]]:
    lexicon = Lexicon.load()
    actors = [c for c in lexicon.concepts.values() if lexicon.is_actor(c.id)]
    ills = [c for c in lexicon.concepts.values() if c.kind in CONDITION_KINDS]
    made: list[dict[str, Any]] = []
    cumulated: list[float] = []
    for n in range(TRIPLES):
        subject, obj, relation = chance.choice(actors), chance.choice(ills), chance.choice(list(VERBS))
        (verdict,) = chance.choices(list(VERDICTS), list(VERDICTS.values()))
        made.append(
            {
                "subject": subject.name, "subject_id": subject.id, "relation": relation,
                "object": obj.name, "object_id": obj.id, "polarity": "affirm", "denies": None,
                "verdict": verdict, "unverified_reason": "no_row" if verdict == "unverified" else None,
                "says": f"{subject.name} {VERBS[relation]} {obj.name}".capitalize(),
            }
        )  # fmt: skip
        cumulated.append((cumulated[-1] if cumulated else 0.0) + 1 / (n + 10))
    return made, cumulated


def _page(page_id: str, line: int, site: str, chance: random.Random) -> dict[str, Any]:
    year, month = chance.randint(2023, 2026), chance.randint(1, 12)
    return {
        "page_id": page_id, "file": "pages.jsonl", "line": line, "offset": 9_000 * line, "state": "checked", "twin": None,
        "copies": 1, "url": f"https://{site}/{page_id}", "site": site, "title": f"Page {line}",
        "published": f"{year}-{month:02}-11" if chance.random() < 0.9 else "", "text": "", "error": None,
        "markers": [], "omissions": [], **VERSIONS,
    }  # fmt: skip


def _claims(page: dict[str, Any], triples: list[dict[str, Any]], chance: random.Random) -> Iterator[dict[str, Any]]:
    """Yield claims that stand one after the other in the page's text, which is written on the way."""
    parts = []
    at = 0
    for nth, triple in enumerate(triples):
        quote = f"{triple['says']} {chance.choice(TAILS)}".strip().replace(" ,", ",") + "."
        voice = chance.choices(("own", "reported", "rejected"), (80, 15, 5))[0]
        flag = triple["verdict"] in {"overstated", "unsupported", "contradicted"} and voice != "rejected"
        rows = [] if triple["verdict"] == "unverified" else [_row(triple)]
        yield {
            **triple, "page_id": page["page_id"], "id": digest(page["page_id"], str(nth), quote), "start": at,
            "end": at + len(quote), "quote": quote, "strength": "definite", "voice": voice, "populations": [],
            "grounded": True, "doubtful": False, "distanced": False, "trust": 0.8,
            "flag": flag, "harm": chance.randint(1, 3) if flag else 0,
            "confidence": "not calibrated", "because": "Made up.", "rule": "", "group": "", "strength_gap": "",
            "would_change": "", "cues": [], "evidence": rows, **VERSIONS,
        }  # fmt: skip
        parts += [quote, FILLER]
        at += len(quote) + len(FILLER) + 2
    page["text"] = " ".join(parts)


def _row(triple: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": f"{triple['subject_id']}-{triple['relation']}-{triple['object_id']}", "how": "exact", "via": "",
        "finding": "supports", "certainty": "low", "summary": "Made up.", "source_title": "A review",
        "publisher": "A journal", "url": "https://journal.example/review", "seen": "primary", "year": 2024,
    }  # fmt: skip


def _columns(name: str, rows: list[dict[str, Any]]) -> Columns:
    return {column: [row[column] for row in rows] for column in arrow_schema(name).names}


if __name__ == "__main__":
    write(Path(sys.argv[1]), CLAIMS)
