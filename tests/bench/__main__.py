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
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from claims.types import Article
from models.train import LABELLED
from pipeline.batch import score_entry
from pipeline.checker import Checker
from pipeline.entries import Entry
from pipeline.gates import Gates
from pipeline.read import ReadError, read_text
from tests.bench import explore, gates, scale, table, web
from tests.bench.spent import Spent, row

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
    """Compare a batch, and checking every page in full, with parsing everything, article by article."""
    checker, articles, parser = Checker.default(), read(file, limit), web.full()
    gates = Gates(checker)
    batch, checking, plain = Spent(), Spent(), Spent()
    counts: Counter[str] = Counter()
    gc.collect()
    for i, article in enumerate(articles):
        entry = Entry(id=article.id, line=i, text=article.text, title=article.title, url=article.url)
        # Who goes first changes: the second finds the article's words in the caches.
        works = [
            (batch, lambda e=entry: score_entry(e, checker, gates)),
            (plain, lambda a=article: parser(a.text)),
            (checking, lambda a=article: counts.update(checker.check(a).counts)),
        ]
        for spent, work in works[i % 3 :] + works[: i % 3]:
            spent.on(work)
    n, parsed = len(articles), counts["sentences"] - counts["sentences_not_parsed"]
    print(f"\n{file.name}: {n} articles, {sum(len(a.text.split()) for a in articles) / n:.0f} words each")
    row("nostrum batch, one core", n, batch)
    row("all of spaCy", n, plain, batch)
    row("nostrum check, one core", n, checking)
    row("all of spaCy", n, plain, checking)
    print(f"  a check parses {parsed / max(1, counts['sentences']):.0%} of the sentences")


def read(file: Path, limit: int) -> list[Article]:
    """Read articles, evenly spread over a file; those in another language are left out."""
    data = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    lines = [json.loads(line) for line in data.splitlines() if line.strip()]
    out = []
    for line in lines[:: max(1, len(lines) // limit)][:limit]:
        try:
            out.append(
                read_text(line["text"], id=str(line["id"]), title=line.get("title", ""), url=line.get("url", ""))
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
