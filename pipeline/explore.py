"""Ask an opened result: counts and rates, what repeats, two parts of it beside each other.

A rate is always the share of *decided* claims (those with a verdict other than unverified) that are flagged. Beside
it stand its coverage, the share of claims that are decided at all, and Wilson's 95 % interval. The interval takes
claims for independent. Those of one page are not, so where few pages hold many claims it is too narrow: `pages` and
`sites` are counted for that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from models.intervals import difference, wilson

if TYPE_CHECKING:
    import pandas as pd
    from duckdb import DuckDBPyConnection

__all__ = [
    "Filter", "Part", "compare", "count_statements", "harms", "rank_sites", "rates", "repeated", "repeaters",
    "statements", "values",
]  # fmt: skip

# Sites under these are not ranked. With 30 decided claims a rate's interval is at most 0.35 wide; with one claim in
# ten decided, what the table happens to know outweighs what the site says. Neither was fitted to data.
MIN_DECIDED = 30
MIN_COVERAGE = 0.1

Part = Literal["topic", "site", "month", "relation"]
PARTS: tuple[Part, ...] = get_args(Part)
# What stands in a query's text is from here; all else is a parameter.
_COLUMN: Mapping[Part, str] = {part: f"{part}::VARCHAR" for part in PARTS}
Order = Literal["harm", "newest", "site"]
_ORDERS: Mapping[Order, str] = {
    "harm": "flag DESC, harm DESC, id",
    "newest": "month DESC, id",
    "site": "site, page, id",
}
_JUDGED = ("contradicted", "unsupported", "overstated", "supported")
_COUNTS = ", ".join(
    (
        "count(*) AS claims",
        "count(*) FILTER (decided) AS decided",
        "count(*) FILTER (flag) AS flagged",
        *(f"count(*) FILTER (verdict = '{verdict}') AS {verdict}" for verdict in _JUDGED),
        "count(DISTINCT page) AS pages",
        "count(DISTINCT site) AS sites",
    )
)
_CLAIM = "subject, relation, object, polarity"
# The flagged claims wherever they stand: at the site and month of each near-duplicate of their page.
_SAID = (
    "SELECT claims.* EXCLUDE (site, month), copies.* EXCLUDE (page) FROM claims JOIN copies USING (page) WHERE flag"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which claims are asked about; an empty choice is every one. Months are "2026-03", both ends included."""

    sites: Sequence[str] = ()
    topics: Sequence[str] = ()
    relations: Sequence[str] = ()
    voices: Sequence[str] = ()
    since: str = ""
    until: str = ""
    words: str = ""


EVERYTHING = Filter()


def where(chosen: Filter) -> tuple[str, dict[str, Any]]:
    """Give the condition of a filter with its parameters; what a person typed is only ever a parameter."""
    lists = {"site": chosen.sites, "topic": chosen.topics, "relation": chosen.relations, "voice": chosen.voices}
    conditions = {
        f"{column}::VARCHAR IN (SELECT unnest(${column}))": column for column, wanted in lists.items() if wanted
    }
    given: dict[str, Any] = {column: list(lists[column]) for column in conditions.values()}
    for condition, name, value in (
        ("month::VARCHAR >= $since", "since", chosen.since),
        ("month::VARCHAR BETWEEN '0' AND $until", "until", chosen.until),  # no date is before every month
        ("contains(lower(quote), lower($words))", "words", chosen.words),
    ):
        if value:
            conditions[condition] = name
            given[name] = value
    return " AND ".join(conditions) or "true", given


def rates(db: DuckDBPyConnection, by: Part | None = None, chosen: Filter = EVERYTHING) -> pd.DataFrame:
    """Count claims and rate them for each value of a part, the most claims first; for None, all in one row.

    Columns: value, claims, decided, flagged, a count for each verdict, pages, sites, coverage, rate, low, high.
    """
    condition, given = where(chosen)
    value = _COLUMN[by] if by else "''"
    counts = db.execute(
        f"SELECT {value} AS value, {_COUNTS} FROM claims WHERE {condition} "
        f"{'GROUP BY value' if by else ''} ORDER BY claims DESC, value",
        given,
    ).df()
    return _rated(counts)


def _rated(counts: pd.DataFrame) -> pd.DataFrame:
    low, high = wilson(counts["flagged"], counts["decided"])
    return counts.assign(
        coverage=counts["decided"] / counts["claims"],
        rate=counts["flagged"] / counts["decided"],
        low=low,
        high=high,
    )


def harms(db: DuckDBPyConnection, chosen: Filter = EVERYTHING) -> pd.DataFrame:
    """Rate each level of harm: the flagged claims of that level, of all decided ones.

    Only a claim that is judged wrong has a harm, so the decided claims of one level would be no base for its rate.
    """
    condition, given = where(chosen)
    counts = db.execute(
        "SELECT level AS value, count(id) AS flagged, any_value(total.claims) AS claims, "
        "any_value(total.decided) AS decided, count(DISTINCT page) AS pages, count(DISTINCT site) AS sites "
        "FROM (SELECT count(*) AS claims, count(*) FILTER (decided) AS decided "
        f"FROM claims WHERE {condition}) AS total "
        f"CROSS JOIN range(4) AS levels(level) LEFT JOIN (FROM claims WHERE flag AND {condition}) ON harm = level "
        "GROUP BY level ORDER BY level",
        given,
    ).df()
    return _rated(counts)


def rank_sites(
    db: DuckDBPyConnection,
    chosen: Filter = EVERYTHING,
    *,
    min_decided: int = MIN_DECIDED,
    min_coverage: float = MIN_COVERAGE,
) -> tuple[pd.DataFrame, int]:
    """Rank the sites by the lower end of their rate's interval; also count those with too little to be ranked."""
    sites = rates(db, "site", chosen)
    enough = (sites["decided"] >= max(1, min_decided)) & (sites["coverage"] >= min_coverage)
    ranked = sites[enough].sort_values(["low", "rate", "value"], ascending=[False, False, True])
    return ranked.reset_index(drop=True), int((~enough).sum())


def repeated(db: DuckDBPyConnection, chosen: Filter = EVERYTHING, *, limit: int = 500) -> tuple[pd.DataFrame, int]:
    """List flagged claims by how many sites, then pages, repeat them; also count how many there are.

    One that says the same of the same is one claim, however it is worded. `pages` counts near-duplicates, `texts`
    each text once. `id` is that of one of its findings.
    """
    condition, given = where(chosen)
    found = db.execute(
        f"SELECT min(id) AS id, {_CLAIM}, arg_min(topic, id)::VARCHAR AS topic, count(DISTINCT site) AS sites, "
        "count(DISTINCT place) AS pages, count(DISTINCT page) AS texts, count(DISTINCT id) AS claims, "
        "arg_min(verdict, id) AS verdict, max(harm) AS harm, "
        "coalesce(min(nullif(month::VARCHAR, '')), '') AS first_month, max(month::VARCHAR) AS last_month, "
        "arg_min(quote, id) AS example, count(*) OVER () AS there "
        f"FROM ({_SAID}) WHERE {condition} GROUP BY {_CLAIM} "
        f"ORDER BY sites DESC, pages DESC, claims DESC, {_CLAIM} LIMIT $limit",
        {**given, "limit": limit},
    ).df()
    return found.drop(columns="there"), int(found["there"].iloc[0]) if len(found) else 0


def repeaters(db: DuckDBPyConnection, finding: str, chosen: Filter = EVERYTHING) -> pd.DataFrame:
    """List the sites where the claim of a finding is flagged, those that say it most often first."""
    condition, given = where(chosen)
    return db.execute(
        "SELECT site::VARCHAR AS site, count(DISTINCT place) AS pages, count(DISTINCT id) AS claims, "
        "max(month::VARCHAR) AS last_month, arg_min(quote, id) AS example, arg_min(url, id) AS url "
        f"FROM ({_SAID}) WHERE {condition} AND ({_CLAIM}) IN (SELECT ({_CLAIM}) FROM claims WHERE id = $finding) "
        "GROUP BY site ORDER BY pages DESC, claims DESC, site",
        {**given, "finding": finding},
    ).df()


def compare(db: DuckDBPyConnection, a: Filter, b: Filter, by: Part | None = None) -> pd.DataFrame:
    """Set the rates of two filters beside each other, for each value of a part; the most decided claims first.

    The columns of `rates` end in _a and _b; `apart`, `apart_low`, `apart_high` are a less b (Newcombe's interval).
    """
    import pandas as pd

    columns = ["value", "claims", "decided", "flagged"]
    both = pd.merge(
        rates(db, by, a)[columns], rates(db, by, b)[columns], on="value", how="outer", suffixes=("_a", "_b")
    ).fillna(0)
    for side in ("_a", "_b"):
        counts = {f"{column}{side}": column for column in columns[1:]}
        rated = _rated(both[list(counts)].rename(columns=counts))
        for column in ("coverage", "rate", "low", "high"):
            both[f"{column}{side}"] = rated[column]
    apart, low, high = difference(both["flagged_a"], both["decided_a"], both["flagged_b"], both["decided_b"])
    both = both.assign(apart=apart, apart_low=low, apart_high=high)
    order = (both["decided_a"] + both["decided_b"]).sort_values(ascending=False, kind="stable").index
    return both.loc[order].reset_index(drop=True)


def statements(
    db: DuckDBPyConnection,
    chosen: Filter = EVERYTHING,
    *,
    verdicts: Sequence[str] = (),
    order: Order = "harm",
    limit: int = 50,
    offset: int = 0,
) -> pd.DataFrame:
    """List claims with their pages, a stretch of them at a time."""
    condition, given = _judged_as(chosen, verdicts)
    return db.execute(
        f"WITH stretch AS (FROM claims WHERE {condition} ORDER BY {_ORDERS[order]} LIMIT $limit OFFSET $offset) "
        f"SELECT id, verdict, flag, harm, quote, {_CLAIM}, topic::VARCHAR AS topic, voice, site::VARCHAR AS site, "
        f"published, title, url FROM stretch JOIN pages USING (page, site, month) ORDER BY {_ORDERS[order]}",
        {**given, "limit": limit, "offset": offset},
    ).df()


def count_statements(db: DuckDBPyConnection, chosen: Filter = EVERYTHING, *, verdicts: Sequence[str] = ()) -> int:
    """Count the claims that `statements` leafs through."""
    condition, given = _judged_as(chosen, verdicts)
    ((there,),) = db.execute(f"SELECT count(*) FROM claims WHERE {condition}", given).fetchall()
    return int(there)


def _judged_as(chosen: Filter, verdicts: Sequence[str]) -> tuple[str, dict[str, Any]]:
    condition, given = where(chosen)
    if not verdicts:
        return condition, given
    return f"{condition} AND verdict IN (SELECT unnest($verdicts))", {**given, "verdicts": list(verdicts)}


def values(db: DuckDBPyConnection, part: Part, limit: int = 1_000) -> list[str]:
    """List the values of a part: months in their order, else the most claimed first; without the empty one."""
    order = "value" if part == "month" else "count(*) DESC, value"
    rows = db.execute(
        f"SELECT {_COLUMN[part]} AS value FROM claims GROUP BY value HAVING value <> '' ORDER BY {order} LIMIT $limit",
        {"limit": limit},
    ).fetchall()
    return [value for (value,) in rows]
