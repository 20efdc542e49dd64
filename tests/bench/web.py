"""Web pages: ours beside the plain way (trafilatura, then a full spaCy parse) and beside the floor.

The floor is what any such program must do: read the archive and find the main text by the quickest library.
All go through the pages in turn, one page each, so that a busy machine slows all alike. The language gate is off,
as the pages are English and the plain way has none.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import spacy
import trafilatura
from fastwarc.warc import ArchiveIterator
from resiliparse.extract.html2text import extract_plain_text
from spacy.language import Language

from claims.parse import pipeline_name
from pipeline.batch import score_entry
from pipeline.checker import Checker
from pipeline.entries import Entry
from pipeline.gates import Gates
from pipeline.warc import read_warc
from tests.bench.spent import Spent, row

EXTRA = os.environ.get("NOSTRUM_EXTRA_DATA", "")
PAGES = Path(EXTRA, "corpora/pages.warc.gz")


def full() -> Language:
    """Load spaCy's pipeline whole, with its entities."""
    return spacy.load(pipeline_name())


def main(limit: int) -> None:
    """Print what a page costs each way."""
    if not EXTRA or not PAGES.exists():
        print("\nweb pages: NOSTRUM_EXTRA_DATA has no corpora/pages.warc.gz")
        return
    checker, parser = Checker.default(), full()
    gates = Gates(checker)
    ours, plain, floor = Spent(), Spent(), Spent()
    records = list(members(PAGES))[:limit]
    entries = [next(iter(read_warc(io.BytesIO(data), ""))) for data in records]
    with patch("pipeline.gates.check_english"), patch("pipeline.read.check_english"):
        checker.check("Garlic lowers blood pressure.")  # what parses is loaded once in a process
        for i, (data, entry) in enumerate(zip(records, entries, strict=True)):
            html = (entry.data or b"").decode("utf-8", "replace")
            works = [
                (ours, lambda d=data: check(d, checker, gates)),
                (plain, lambda h=html: parser(trafilatura.extract(h) or "")),
                (floor, lambda d=data: bare(d)),
            ]
            for spent, work in works[i % 3 :] + works[: i % 3]:
                spent.on(work)
    n = len(records)
    print(f"\n{PAGES.name}: {n} web pages, by processor time")
    row("nostrum, one core", n, ours)
    row("trafilatura, then all of spaCy", n, plain, ours, "25 × at least")
    row("archive and main text only", n, floor, ours, "6 × its time at most")


def members(path: Path) -> Iterator[bytes]:
    """Give an archive record by record, each packed as it is."""
    data = path.read_bytes()
    starts = [record.stream_pos for record in ArchiveIterator(io.BytesIO(data), parse_http=False)]
    for start, end in zip(starts, [*starts[1:], len(data)], strict=True):
        yield data[start:end]


def check(data: bytes, checker: Checker, gates: Gates) -> None:
    """Read a record and score its page."""
    for entry in read_warc(io.BytesIO(data), ""):
        score_entry(entry, checker, gates)


def bare(data: bytes) -> None:
    """Read a record and find its main text."""
    for record in ArchiveIterator(io.BytesIO(data)):
        extract_plain_text(record.reader.read().decode("utf-8", "replace"), main_content=True)


def pages() -> list[Entry]:
    """Give the pages of the archive."""
    with PAGES.open("rb") as file:
        return list(read_warc(file, str(PAGES)))


if __name__ == "__main__":
    main(150)
