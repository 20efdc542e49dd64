"""Many pages: two workers beside one, the memory of a worker, rejudging beside reading, and a larger evidence table."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

from claims.concepts import CONCEPTS
from claims.evidence import EVIDENCE, EvidenceTable
from claims.lexicon import Lexicon
from claims.types import Article
from pipeline.batch import Frame, Job, Scored, frames_of
from pipeline.checker import Checker
from pipeline.curation import rejudge
from pipeline.dataset import json_line
from pipeline.engine import engine
from pipeline.results import read_results
from pipeline.scorer import Scorer
from tests.bench import table, web
from tests.bench.spent import Spent

JOB = Job(folders=(EVIDENCE,), concepts=CONCEPTS, form="lines")
# The contract: what two workers reach of one, the growth of memory, of time by rows; rejudging against reading.
MIN_TWO, MAX_MEMORY, MAX_ROWS, MIN_REJUDGE = 1.6, 1.10, 1.15, 50
ROUNDS = 3


def repeated(n: int) -> Iterator[Frame]:
    """Give the web pages again and again, as so many others."""
    for frame in frames_of(islice(cycle(web.pages()), n)):
        first = frame.number * len(frame.pages)
        yield replace(frame, pages=tuple(replace(e, id=first + i) for i, e in enumerate(frame.pages)))


def workers(pages: int) -> None:
    """Time the same pages with one worker and with two; what starts them is not counted."""
    took = {}
    for n in (1, 2):
        with engine(JOB, workers=n) as made:
            list(made.score_frames(replace(frame, number=-i) for i, frame in enumerate(repeated(200), start=1)))
            started = time.perf_counter()
            done = sum(d.counts["pages"] for d in made.score_frames(repeated(pages)))
            took[n] = time.perf_counter() - started
        assert done == pages
    print(f"\n{pages:,} web pages, by the clock")
    print(f"  one worker {pages / took[1]:7.1f} pages/s; two {pages / took[2]:7.1f}; "
          f"{took[1] / took[2]:.2f} × (at least {MIN_TWO})")  # fmt: skip


def memory(pages: int) -> None:
    """Follow what a worker's child holds, over many pages."""
    scorer, held = Scorer(JOB.folders, JOB.concepts), dict[int, float]()
    done = 0
    for frame in repeated(pages):
        scorer.do(frame, JOB)
        done += len(frame.pages)
        held[done] = scorer.held_bytes() / 1e6
    scorer.close()
    first = max(mb for n, mb in held.items() if n <= 1_000)
    last = max(mb for n, mb in held.items() if n > done - 1_000)
    print(f"\na worker's memory over {done:,} web pages")
    print(f"  first 1,000 {first:.0f} MB at most, last 1,000 {last:.0f} MB: {last / first:.2f} × (at most {MAX_MEMORY})")


def judging(articles: Sequence[Article]) -> None:
    """Judge the claims of past results again, beside reading the articles again."""
    checker, reading, again = Checker.default(), Spent(), Spent()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "out.jsonl")
        scored: list[Scored] = []
        reading.on(lambda: scored.extend(Scored(id=a.id, line=1, report=checker.check(a)) for a in articles))
        out.write_bytes(b"".join(map(json_line, scored)))
        for _ in range(ROUNDS):
            again.on(lambda: [rejudge(page, checker.table) for page in read_results(out)])
    n = len(articles)
    print(f"\n{n} articles judged again, by processor time")
    print(f"  read {1000 * reading.cpu / n:.1f} ms each, judged again {1000 * again.cpu / n / ROUNDS:.2f} ms: "
          f"{reading.cpu * ROUNDS / again.cpu:.0f} × (at least {MIN_REJUDGE})")  # fmt: skip


def rows(articles: Sequence[Article]) -> None:
    """Check articles on tables of 1,000 and 10,000 rows in turn."""
    lexicon = Lexicon.load()
    with tempfile.TemporaryDirectory() as folder:
        files = {n: table.write(Path(folder, f"{n}.csv"), n, lexicon) for n in table.SIZES}
        base = Checker.default()
        checkers = {
            n: Checker(lexicon, EvidenceTable.load(lexicon, (file,)), base.detector, base.slots, base.cues, base.bands)
            for n, file in files.items()
        }
    spent = {n: Spent() for n in checkers}
    for i, article in enumerate(articles):
        for n, checker in sorted(checkers.items(), reverse=bool(i % 2)):
            spent[n].on(lambda c=checker, a=article: c.check(a))
    few, many = (1000 * spent[n].cpu / len(articles) for n in table.SIZES)
    print(f"\n{len(articles)} articles on {table.SIZES[0]:,} and on {table.SIZES[1]:,} evidence rows, by processor time")
    print(f"  {few:.1f} and {many:.1f} ms each: {many / few:.2f} × (at most {MAX_ROWS})")
