"""`nostrum rejudge`: judge the claims of a past run by the table of today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from claims.evidence import EvidenceTable
from pipeline.commands.batch import is_same_file
from pipeline.commands.screen import Screen
from pipeline.commands.tables import Tables
from pipeline.commands.terminal import clean, complain
from pipeline.curation import Flip, rejudge
from pipeline.dataset import Write, is_dataset, open_output
from pipeline.export import safe_csv
from pipeline.results import read_results

DONE, FAILED = 0, 2


def run(results: Path, out: str, flips_file: Path | None, tables: Tables) -> int:
    """Judge again, write the results in the form they had, and list what flipped."""
    fault = _wrong_output(results, out)
    if fault:
        complain(fault)
        return FAILED
    table, counts = tables.evidence(), Counter[str]()
    with open_output(out) as write:
        flips = list(_flips(results, table, write, counts))
    for flip in flips:
        _print_flip(flip)
    if flips_file is not None:
        flips_file.write_text(safe_csv(FLIP_COLUMNS, map(_row, flips)), encoding="utf-8", newline="")
    _print_totals(counts, flips, out)
    return DONE


def _wrong_output(results: Path, out: str) -> str:
    """Say in a line why results cannot be written there, or ""."""
    if not results.exists():
        return f"{results}: there are no such results; check the path"
    if is_same_file(str(results), out) or (results.is_dir() and Path(out).resolve() == results.resolve()):
        return f"{out}: these are the results to judge again; give another --out"
    if is_dataset(out) and not results.is_dir():
        return f"{out}: JSON lines hold no text, so they make no data set; give a file to --out"
    return ""


def _flips(results: Path, table: EvidenceTable, write: Write, counts: Counter[str]) -> Iterator[Flip]:
    for page in read_results(results):
        scored, flips = rejudge(page, table)
        write(scored)
        counts.update(pages=1, claims=len(page.claims), old_table=page.evidence_digest != table.digest)
        yield from flips


def _print_flip(flip: Flip) -> None:
    claim = flip.finding.claim
    denied = " not:" if claim.polarity == "deny" else ""
    print(clean(f"{flip.url or flip.page}: “{claim.quote}”"))
    print(clean(f"    {claim.subject} —{denied} {claim.relation} {claim.object}: {flip.before} → {_after(flip)}"))
    print(clean(f"    {flip.why}"))


def _after(flip: Flip) -> str:
    reason = flip.finding.unverified_reason
    return flip.finding.verdict + (f" ({reason.replace('_', ' ')})" if reason else "")


FLIP_COLUMNS = (
    "page", "url", "id", "quote", "subject", "relation", "object", "polarity",
    "before", "after", "was_flagged", "flag", "why", "because",
)  # fmt: skip


def _row(flip: Flip) -> dict[str, object]:
    finding, claim = flip.finding, flip.finding.claim
    return {
        "page": flip.page,
        "url": flip.url,
        "id": finding.id,
        "quote": claim.quote,
        "subject": claim.subject,
        "relation": claim.relation,
        "object": claim.object,
        "polarity": claim.polarity,
        "before": flip.before,
        "after": finding.verdict,
        "was_flagged": flip.was_flagged,
        "flag": finding.flag,
        "why": flip.why,
        "because": finding.because,
    }


def _print_totals(counts: Counter[str], flips: Sequence[Flip], out: str) -> None:
    screen = Screen(stderr=True)
    screen.print(
        f"{counts['pages']:,} pages, {counts['claims']:,} claims, {len(flips):,} verdicts flipped: {out}",
        soft_wrap=True,
    )
    ways = Counter(f"{flip.before} → {flip.finding.verdict}" for flip in flips)
    for way, n in ways.most_common():
        screen.print(f"{n:6,}  {way}", soft_wrap=True)
    if counts["old_table"]:
        left_out = "Without --thorough, what no row could answer on long pages was left out: score them again."
        screen.print(left_out, soft_wrap=True)
    elif counts["pages"]:
        screen.print("The table is the one of that run.", soft_wrap=True)
