"""`nostrum diff` and `nostrum top`: two runs side by side; what one run found most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from pipeline.commands.screen import Screen
from pipeline.commands.terminal import clean
from pipeline.compare import Change, diff
from pipeline.export import safe_csv
from pipeline.results import ResultsError

if TYPE_CHECKING:
    import pandas as pd


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
    """Print the most repeated flagged claims, and the sites by their rate, as Explore does; exit code 0."""
    from pipeline.explore import rank_sites, repeated
    from pipeline.query import open_result

    db = open_result(result, {})
    claims, there = repeated(db, limit=n)
    _print_claims(_rows(claims), there)
    sites, left_out = rank_sites(db, min_decided=min_decided)
    _print_sites(_rows(sites.head(n)), min_decided, left_out)
    return 0


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", frame.to_dict("records"))


def _check(*results: Path) -> None:
    for path in results:
        if not path.exists():
            raise ResultsError(f"{path}: there are no such results; check the path")


def _print_claims(found: Sequence[Mapping[str, Any]], there: int) -> None:
    print(f"Most repeated of {there:,} flagged claims (sites; pages with near-duplicates; texts without)")
    for claim in found:
        numbers = f"{claim['sites']:5,} {claim['pages']:6,} {claim['texts']:6,}"
        said = (claim["subject"], "not " * (claim["polarity"] == "deny") + claim["relation"], claim["object"])
        print(f"{numbers}  {clean(' · '.join(filter(None, said)))}: {claim['verdict']}")
    if not found:
        print("  none")


def _print_sites(found: Sequence[Mapping[str, Any]], min_decided: int, left_out: int) -> None:
    bounds = f"at least {min_decided}; {left_out:,} sites have too little"
    print(f"\nSites by their share of flagged claims among the decided ({bounds})")
    for site in found:
        rate = f"{site['rate']:4.0%} ({site['low']:.0%} to {site['high']:.0%})"
        decided = f"of {site['decided']:,} decided, {site['coverage']:.0%} of its claims"
        print(f"{rate:20} {decided:36} {clean(site['value'])}")
    if not found:
        print("  none")
