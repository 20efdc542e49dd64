"""`nostrum diff` and `nostrum top`: two runs side by side; what one run found most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, fields
from pathlib import Path

from pipeline.commands.screen import Screen
from pipeline.commands.terminal import clean
from pipeline.compare import Change, Repeated, Site, diff, most_repeated, sites
from pipeline.export import safe_csv
from pipeline.results import ResultsError


def run(before: Path, after: Path, table: Path | None) -> int:
    """List what a second run gained, lost and judged otherwise; exit code 0."""
    _check(before, after)
    changes = list(diff(before, after))
    if table is not None:
        columns = [f.name for f in fields(Change)]
        table.write_text(safe_csv(columns, map(asdict, changes)), encoding="utf-8", newline="")
    for change in changes:
        print(clean(f"{change.kind}: {change.url or change.page}: “{change.quote}”"))
        print("    " + clean(f"{change.claim}: {_way(change)}"))
    kinds = Counter(change.kind for change in changes)
    said = ", ".join(f"{kinds[kind]:,} {kind}" for kind in ("gained", "lost", "changed"))
    flags = sum(c.flag for c in changes) - sum(c.was_flagged for c in changes)
    Screen(stderr=True).print(f"{said}; {flags:+,} flagged", soft_wrap=True)
    return 0


def _way(change: Change) -> str:
    return change.after or change.before if change.kind != "changed" else f"{change.before} → {change.after}"


def top(result: Path, n: int, min_decided: int) -> int:
    """Print the most repeated flagged claims, and the sites by their rate; exit code 0."""
    _check(result)
    _print_claims(most_repeated(result, n))
    _print_sites(sites(result, n, min_decided), min_decided)
    return 0


def _check(*results: Path) -> None:
    for path in results:
        if not path.exists():
            raise ResultsError(f"{path}: there are no such results; check the path")


def _print_claims(found: Sequence[Repeated]) -> None:
    print("Most repeated flagged claims (pages with near-duplicates; texts without; sites)")
    for claim in found:
        numbers = f"{claim.pages:6,} {claim.originals:6,} {claim.sites:5,}"
        print(f"{numbers}  {clean(f'{claim.claim}: {claim.verdict}')}")
    if not found:
        print("  none")


def _print_sites(found: Sequence[Site], min_decided: int) -> None:
    print(f"\nSites by the share of wrong claims among those that the table decides (at least {min_decided})")
    for site in found:
        rate = f"{site.rate:4.0%} ({site.low:.0%} to {site.high:.0%})"
        decided = f"of {site.decided:,} decided, {site.coverage:.0%} of its claims"
        print(f"{rate:20} {decided:36} {clean(site.site)}")
    if not found:
        print("  none")
