"""What the quick way of a batch loses against `--thorough`, on real health articles wrapped as web pages.

Each article is put into a page as sites have them: navigation, a sidebar of other headlines, the article's
paragraphs, related links, a footer. Both ways read the same page; counted are the flagged statements of the thorough
one that the quick one flags too, and those that only the quick one flags.
"""

from __future__ import annotations

import gzip
import html
import json
import os
from collections import Counter
from pathlib import Path

from claims.types import Report
from pipeline.batch import score_entry
from pipeline.checker import Checker
from pipeline.entries import Entry
from pipeline.gates import Gates

EXTRA = os.environ.get("NOSTRUM_EXTRA_DATA", "")
ARTICLES = Path(EXTRA, "corpora/health.jsonl.gz")
# The contract: recall of flagged statements.
MIN_RECALL = 0.995


def main(limit: int) -> None:
    """Print what the quick way keeps, loses and adds."""
    if not EXTRA or not ARTICLES.exists():
        print("\ngates: NOSTRUM_EXTRA_DATA has no corpora/health.jsonl.gz")
        return
    checker = Checker.default()
    gates, counts = Gates(checker), Counter[str]()
    rows = [json.loads(line) for line in gzip.decompress(ARTICLES.read_bytes()).splitlines()]
    for i, row in enumerate(rows[:: max(1, len(rows) // limit)][:limit]):
        page = Entry(id=row["id"], line=i, url=row["url"], html=wrapped(row, rows[i - 3 : i] or rows[-3:]))
        thorough, quick = score_entry(page, checker), score_entry(page, checker, gates)
        counts += _compared(thorough.report, quick.report)
        counts[quick.state] += 1
        for quote in sorted(_flagged(thorough.report) - _flagged(quick.report)):
            print(f"  lost on {row['id']} ({quick.state}): {quote}")
    kept, whole = counts["kept"], counts["kept"] + counts["lost"]
    print(f"\n{limit} health articles as web pages: {whole} flagged statements by the thorough way")
    print(f"  the quick way keeps {kept}: {kept / max(1, whole):.1%} (at least {MIN_RECALL:.1%}); it adds {counts['added']}")
    print(f"  pages that the gates drop: {counts['no_candidate']}; decided statements kept {counts['decided_kept']} "
          f"of {counts['decided']}")  # fmt: skip


def wrapped(row: dict[str, str], others: list[dict[str, str]]) -> str:
    """Put an article into a page."""
    said = "".join(f"<p>{html.escape(part)}</p>\n" for part in row["text"].split("\n") if part.strip())
    teasers = "".join(f'<li><a href="/{o["id"]}">{html.escape(o["title"])}</a></li>' for o in others)
    title = html.escape(row["title"])
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} | Daily Health</title>
<meta property="og:title" content="{title}"></head><body>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/diet">Diet</a></li><li><a href="/drugs">Drugs</a></li></ul>
</nav></header><div class="page"><main><article><h1>{title}</h1>
<div class="article-body">{said}</div></article></main>
<aside class="sidebar"><h3>Popular</h3><ul>{teasers}</ul></aside></div>
<section class="related"><h3>Related</h3><ul>{teasers}</ul></section>
<footer><p>Copyright 2026 Daily Health. <a href="/terms">Terms of use</a></p></footer></body></html>"""


def _compared(thorough: Report, quick: Report) -> Counter[str]:
    wanted, got = _flagged(thorough), _flagged(quick)
    decided, held = _decided(thorough), _decided(quick)
    return Counter(
        kept=len(wanted & got),
        lost=len(wanted - got),
        added=len(got - wanted),
        decided=len(decided),
        decided_kept=len(decided & held),
    )


def _flagged(report: Report) -> set[str]:
    return {f.claim.quote for f in report.findings if f.flag}


def _decided(report: Report) -> set[str]:
    return {f.claim.quote for f in report.findings if f.verdict != "unverified"}


if __name__ == "__main__":
    main(400)
