"""Which items of a worklist are shown, and the SQL that says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

__all__ = ["IS_DECIDED", "Filters", "conditions"]

# Beside each claim stand the reviewers who decided on it. A place that was left out, or is new, opens its item again.
IS_DECIDED = "bool_and(reviewers IS NOT NULL)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which items are shown; an empty choice leaves everything in, but for verdicts: there it means flagged.

    An item is shown whole if one of its places fits. `reviewed` is "open", "reviewed" or "all"; dates are the
    pages', as ISO days.
    """

    sites: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()
    harm: int = 0
    reviewed: str = "open"
    since: str = ""
    until: str = ""


def conditions(filters: Filters, *, open_too: bool = False) -> tuple[str, list[Any]]:
    """Say what must hold of an item, as SQL with its values."""
    fits: list[str] = [] if filters.verdicts else ["flag"]
    values: list[Any] = []
    for column, wanted in (
        ("site", filters.sites),
        ("topic", filters.topics),
        ("verdict", filters.verdicts),
        ("voice", filters.voices),
    ):
        if wanted:
            fits.append(f"list_contains(?, {column})")
            values.append(list(wanted))
    if filters.harm:
        fits.append("harm >= ?")
        values.append(filters.harm)
    if filters.since:
        fits.append("published >= ?")
        values.append(filters.since)
    if filters.until:
        fits.append("published BETWEEN '0' AND ?")
        values.append(filters.until)
    if filters.reviewers:
        fits.append("list_has_any(reviewers, ?)")
        values.append(list(filters.reviewers))
    having = [f"bool_or({' AND '.join(fits) or 'true'})"]
    if filters.reviewed != "all" and not open_too:
        having.append(IS_DECIDED if filters.reviewed == "reviewed" else f"NOT {IS_DECIDED}")
    return " AND ".join(having), values
