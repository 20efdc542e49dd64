"""Run the benchmark: `python -m tests.bench [FILE.jsonl[.gz] …] [--limit N] [--pages N]`.

The plain way runs spaCy's whole pipeline, entities included, over all of every article and does nothing else.
Both go through the articles in turn, one article each, so that a busy machine slows both. The contract asks of
100,000 pages for memory and of 2,000 for workers: `--pages` sets the first, as that takes an hour.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from claims.types import Article
from models.train import LABELLED
from pipeline.checker import Checker
from pipeline.read import ReadError, read_text
from tests.bench import explore, gates, scale, table, web
from tests.bench.spent import Spent

EXTRA = os.environ.get("NOSTRUM_EXTRA_DATA", "")
CORPORA = ("corpora/health.jsonl.gz", "corpora/news.jsonl.gz")
WORDS = 900
COLD_RUNS, WARM_RUNS = 3, 9


def main() -> None:
    """Measure throughput on each corpus, one article cold and warm, memory, the evidence table, and the Explore view."""
    options = _options()
    load = Spent()
    load.on(lambda: Checker.default().check("Garlic lowers blood pressure."))
    print(f"load a checker and check a sentence       {load.wall:6.2f} s")
    for file in options.files or corpora():
        throughput(file, options.limit)
    if not options.files:
        web.main(options.limit)
        gates.main(options.limit)
        if web.PAGES.exists():
            scale.workers(min(2_000, options.pages))
            scale.memory(options.pages)
    some = read((options.files or corpora())[0], options.limit)
    scale.judging(some)
    scale.rows(some)
    one_article()
    table.main()
    explore.main()


def corpora() -> list[Path]:
    """Give the corpora at hand, else the labelled passages of the project."""
    there = [Path(EXTRA, name) for name in CORPORA if EXTRA and Path(EXTRA, name).exists()]
    return there or sorted(LABELLED.glob("*.jsonl"))


def throughput(file: Path, limit: int) -> None:
    """Compare checking with parsing everything, article by article."""
    checker, articles, parser = Checker.default(), read(file, limit), web.full()
    checking, plain = Spent(), Spent()
    sentences = parsed = 0
    gc.collect()
    for i, article in enumerate(articles):
        # Who goes first alternates: the second finds the article's words in the caches.
        works = [(checking, lambda a=article: checker.check(a)), (plain, lambda a=article: parser(a.text))]
        for spent, work in works if i % 2 else reversed(works):
            spent.on(work)
        counts = checker.check(article).counts if i < 20 else {}
        sentences += counts.get("sentences", 0)
        parsed += counts.get("sentences", 0) - counts.get("sentences_not_parsed", 0)
    n = len(articles)
    print(f"\n{file.name}: {n} articles, {sum(len(a.text.split()) for a in articles) / n:.0f} words each")
    print(
        f"  check        {n / checking.wall:7.1f} articles/s   {1000 * checking.cpu / n:6.1f} ms of processor each"
    )
    print(
        f"  all of spaCy    {n / plain.wall:7.1f} articles/s   {1000 * plain.cpu / n:6.1f} ms of processor each"
    )
    print(
        f"  ratio        {plain.wall / checking.wall:7.2f} ×            {plain.cpu / checking.cpu:6.2f} × by processor"
    )
    if sentences:
        print(f"  parsed       {parsed / sentences:7.0%} of the sentences of the first 20")


def read(file: Path, limit: int) -> list[Article]:
    """Read articles, evenly spread over a file; those in another language are left out."""
    data = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    rows = [json.loads(line) for line in data.splitlines() if line.strip()]
    out = []
    for row in rows[:: max(1, len(rows) // limit)][:limit]:
        try:
            out.append(
                read_text(row["text"], id=str(row["id"]), title=row.get("title", ""), url=row.get("url", ""))
            )
        except ReadError:
            continue
    return out


def one_article() -> None:
    """Measure an article of 900 words: in a fresh process, in this one, and what each holds in memory."""
    text = article_of(WORDS)
    checker = Checker.default()
    warm = [Spent() for _ in range(WARM_RUNS)]
    for spent in warm:
        spent.on(lambda: checker.check(text))
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    cold = [cold_run(text) for _ in range(COLD_RUNS)]
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    print(f"\nan article of {len(text.split())} words")
    print(f"  cold         {_seconds(cold)}  (nostrum check, a process of its own; medians of {COLD_RUNS})")
    print(f"  warm         {_seconds(warm)}  (medians of {WARM_RUNS})")
    print(
        f"  memory       {child:6.0f} MB at most, cold; {own:.0f} MB in this process after all of the above"
    )


def _seconds(runs: Sequence[Spent]) -> str:
    wall, cpu = median(run.wall for run in runs), median(run.cpu for run in runs)
    return f"{wall:6.3f} s, {cpu:.3f} s of processor"


def article_of(words: int) -> str:
    """Put labelled passages together to an article of some length."""
    text = ""
    for file in sorted(LABELLED.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            text += json.loads(line)["text"] + "\n\n"
            if len(text.split()) >= words:
                return " ".join(text.split(" ")[:words])
    return text


def cold_run(text: str) -> Spent:
    """Time `nostrum check` on a file, from start to exit."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        command = [sys.executable, "-c", "from pipeline.cli import main; main()", "check", file.name]
        before, started = _children_cpu(), time.perf_counter()
        ran = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
        wall = time.perf_counter() - started
    assert ran.returncode in (0, 1)
    return Spent(wall=wall, cpu=_children_cpu() - before)


def _children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="articles as JSON lines: id, text")
    parser.add_argument("--limit", type=int, default=100, metavar="N", help="at most N articles of each file")
    parser.add_argument("--pages", type=int, default=5_000, metavar="N", help="web pages for memory and workers")
    return parser.parse_args()


if __name__ == "__main__":
    main()
