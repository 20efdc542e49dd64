"""What the linter asks of evidence rows beside each other, and of their second readings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from urllib.parse import urlsplit

from claims.evidence import canonical, evidence_of
from claims.judge import rank, rule_for
from claims.lexicon import Lexicon
from claims.rows import Fault, Row
from claims.types import Match

OUTCOMES = frozenset({"agreed", "changed", "draft"})


def check_triples(rows: Sequence[Row], lexicon: Lexicon) -> Iterator[Fault]:
    """Compare current rows about the same thing: said twice, contradicted by their source, equal in rank."""
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if row.cells["status"] == "current":
            groups[_topic(row, lexicon)].append(row)
    for group in groups.values():
        for first, second in combinations(group, 2):
            if _same_source(first, second):
                yield _said_twice(first, second)
        yield from _tie(group)


def _topic(row: Row, lexicon: Lexicon) -> tuple[str, ...]:
    cells = row.cells
    relation, obj = canonical(cells["relation"], cells["object"], lexicon)
    return cells["subject"], relation, obj, cells["strength"], cells["population"]


def _said_twice(first: Row, second: Row) -> Fault:
    other, found = first.cells["id"], second.cells["finding"]
    if first.cells["finding"] == found:
        return second.fault("duplicate", f"says what {other} says, from the same source ({_place(first)})")
    what = f"its finding is {found}, that of {other} from the same source {first.cells['finding']}"
    return second.fault("contradiction", f"{what} ({_place(first)})")


def _place(row: Row) -> str:
    return f"{row.file}:{row.line}"


def _same_source(first: Row, second: Row) -> bool:
    doi = first.cells["doi"].lower()
    return (bool(doi) and doi == second.cells["doi"].lower()) or _page(first) == _page(second)


def _page(row: Row) -> tuple[str, str, str]:
    parts = urlsplit(row.cells["url"])
    return parts.netloc.lower().removeprefix("www."), parts.path.rstrip("/"), parts.query


def _tie(group: Sequence[Row]) -> Iterator[Fault]:
    """Warn of the highest rows of a group where their verdicts differ: no claim is decided by them."""
    if len(group) < 2:
        return
    matches = [Match(evidence=evidence_of(row), how="exact", score=1.0) for row in group]
    best = min(map(rank, matches))
    first, *others = [m.evidence for m in matches if rank(m) == best]
    rows = {row.cells["id"]: row for row in group}
    for other in others:
        if rule_for(other).cells != rule_for(first).cells:
            what = f"{other.finding} as {first.id}, of equal rank, {first.finding}: claims stay unverified"
            yield rows[other.id].warning("tie", f"{what} ({_place(rows[first.id])})")


def check_readings(rows: Sequence[Row], readings: Sequence[Row]) -> Iterator[Fault]:
    """Ask for a second reading of every current row, and a row for every reading."""
    outcomes: dict[str, str] = {}
    ids = {row.cells["id"] for row in rows}
    for reading in readings:
        name, outcome = reading.cells["id"], reading.cells["outcome"]
        if name in outcomes:
            yield reading.fault("reading", f"a second reading of {name} is there already")
        if outcome not in OUTCOMES:
            yield reading.fault("reading", f"outcome {outcome!r} is not one of {', '.join(sorted(OUTCOMES))}")
        if not reading.cells["reason"].strip():
            yield reading.fault("reading", f"the second reading of {name} gives no reason")
        if name not in ids:
            yield reading.warning("reading", f"a second reading of {name}, which is no row")
        outcomes[name] = outcome
    for row in rows:
        if row.cells["status"] != "current":
            continue
        if row.cells["id"] not in outcomes:
            yield row.warning("unread", f"{row.cells['id']} is current without a second reading")
        elif outcomes[row.cells["id"]] == "draft":
            yield row.fault("reading", f"{row.cells['id']} is current, but its second reader made it a draft")
