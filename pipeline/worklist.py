"""Work through a batch's results: the same claim on many pages is one item, the most harmful first.

DuckDB holds one slim row for each claim; quotes, evidence and page texts are read only for the items on screen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.reporting import Page
from pipeline.reporting.pages import as_a_whole
from pipeline.reviews import page_target, target_of
from pipeline.store import Review, Target
from pipeline.workfilters import IS_DECIDED, Filters, conditions
from pipeline.worktable import ARTICLE_COLUMNS, WHOLE_COLUMNS, open_claims

if TYPE_CHECKING:
    import duckdb

__all__ = ["Item", "Place", "Progress", "Worklist"]

# Far more places than one claim of a corpus has.
_ALL = 10_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a claim stands: the claim as stored, and its page; `text` is "" where the run kept none."""

    claim: Mapping[str, Any]
    page_id: str
    url: str
    site: str
    title: str
    published: str
    text: str
    markers: Sequence[Mapping[str, Any]]
    omissions: Sequence[Mapping[str, Any]]

    @property
    def target(self) -> Target:
        """Describe the finding for a review."""
        page = page_target(
            self.page_id,
            text=self.text,
            evidence_digest=self.claim.get("evidence_digest") or "",
            url=self.url,
            title=self.title,
        )
        return target_of(page, self.claim)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One claim with some of its places; `count` is how many there are, `rest` the first that is not among them."""

    lead: str
    count: int
    places: tuple[Place, ...]
    rest: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How many items fit the filters, how many claims they stand for, and how many have been decided."""

    items: int
    claims: int
    decided: int


class Worklist:
    """The claims of a data set or of JSON lines, grouped into items."""

    def __init__(self, path: Path, topics: Mapping[str, str]) -> None:
        """Open results, with the topic of each concept; raise ResultsError where they cannot be read."""
        self._db = open_claims(path, topics)

    def choices(self) -> dict[str, list[str]]:
        """List what can be filtered by, the most frequent first."""
        db = self._db.cursor()
        return {
            name: [
                row[0]
                for row in db.execute(
                    f"SELECT {name} FROM slim WHERE {name} <> '' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 500"
                ).fetchall()
            ]
            for name in ("site", "topic", "verdict", "voice")
        }

    def batch(self, filters: Filters, reviews: Iterable[Review], size: int) -> list[str]:
        """Give the first items that fit, by their leading finding: harm, then confidence, then how often."""
        having, values = conditions(filters)
        rows = self._reviewed(reviews).execute(
            f"""SELECT coalesce(min(id) FILTER (reviewers IS NULL), min(id))
                FROM slim LEFT JOIN decided USING (id) GROUP BY item HAVING {having}
                ORDER BY bool_or(flag) DESC, max(harm) DESC, min(band), count(*) DESC, 1 LIMIT {int(size)}""",
            values,
        )
        return [row[0] for row in rows.fetchall()]

    def progress(self, filters: Filters, reviews: Iterable[Review]) -> Progress:
        """Count what fits the filters, decided or not."""
        having, values = conditions(filters, open_too=True)
        row = self._reviewed(reviews).execute(
            f"""SELECT count(*), coalesce(sum(n), 0), coalesce(sum(done), 0)::INT FROM (
                SELECT count(*) AS n, {IS_DECIDED} AS done FROM slim LEFT JOIN decided USING (id)
                GROUP BY item HAVING {having})""",
            values,
        )
        items, claims, decided = row.fetchone() or (0, 0, 0)
        return Progress(items=int(items), claims=int(claims), decided=int(decided))

    def items(self, leads: Sequence[str], shown: int) -> list[Item]:
        """Read items in the order given, each with so many of its places."""
        db = self._db.cursor()
        rows = db.execute(
            f"""WITH leads AS (SELECT id AS lead, item FROM slim WHERE id IN (SELECT unnest(?)))
                SELECT lead, count(*), array_agg(id ORDER BY (id <> lead), page_id)[:{int(shown) + 1}]
                FROM slim JOIN leads USING (item) GROUP BY lead""",
            [list(leads)],
        ).fetchall()
        found = {lead: (count, ids) for lead, count, ids in rows}
        places = self._places({id_ for _, ids in found.values() for id_ in ids})
        items = []
        for lead in (lead for lead in leads if lead in found):
            count, ids = found[lead]
            first, rest = ids[:shown], ids[shown:]
            items.append(
                Item(
                    lead=lead,
                    count=count,
                    places=tuple(places[id_] for id_ in first),
                    rest=places[rest[0]] if rest else None,
                )
            )
        return items

    def pages(self, leads: Sequence[str]) -> list[Page]:
        """Give the pages on which some items stand, each with the claims of these items only."""
        places: dict[str, list[Place]] = {}
        for item in self.items(leads, _ALL):
            for place in item.places:
                places.setdefault(place.page_id, []).append(place)
        return [_page(several) for several in places.values()]

    def places(self, finding: str) -> list[tuple[str, Target]]:
        """Give every finding that is the same claim as this one, wherever it stands."""
        db = self._db.cursor()
        rows = db.execute(
            "SELECT id FROM slim WHERE item = (SELECT any_value(item) FROM slim WHERE id = ?) ORDER BY id", [finding]
        ).fetchall()
        found = self._places({row[0] for row in rows})
        return [(id_, place.target) for id_, place in found.items()]

    def passage(self, start: int, end: int) -> None:
        """Mark nothing: a worklist shows claims, not pages."""

    def _places(self, ids: Collection[str]) -> dict[str, Place]:
        db = self._db.cursor()
        columns = ", ".join(f"p.{name} AS page_{name}" for name in (*ARTICLE_COLUMNS, *WHOLE_COLUMNS))
        rows = db.execute(
            f"SELECT c.*, {columns} FROM claims c JOIN pages p USING (page_id) WHERE c.id IN (SELECT unnest(?))",
            [sorted(ids)],
        )
        names = [column[0] for column in rows.description or ()]
        found = (dict(zip(names, row, strict=True)) for row in rows.fetchall())
        return {claim["id"]: _place(claim) for claim in sorted(found, key=lambda claim: str(claim["id"]))}

    def _reviewed(self, reviews: Iterable[Review]) -> duckdb.DuckDBPyConnection:
        """Put what was decided beside the claims, for one query."""
        import pyarrow as pa

        reviewers: dict[str, set[str]] = {}
        for review in reviews:
            if review.decision not in ("skip", "missed"):
                reviewers.setdefault(review.finding_id, set()).add(review.reviewer)
        table = pa.table(
            {"id": list(reviewers), "reviewers": [sorted(names) for names in reviewers.values()]},
            schema=pa.schema([("id", pa.string()), ("reviewers", pa.list_(pa.string()))]),
        )
        db = self._db.cursor()
        db.register("decided", table)
        return db


def _place(row: dict[str, Any]) -> Place:
    article: dict[str, Any] = {name: row.pop(f"page_{name}") or "" for name in ARTICLE_COLUMNS}
    whole: dict[str, Any] = {name: row.pop(f"page_{name}") or [] for name in WHOLE_COLUMNS}
    return Place(claim=row, page_id=str(row["page_id"]), **article, **whole)


def _page(places: Sequence[Place]) -> Page:
    first = places[0]
    versions = {name: first.claim.get(name) or "" for name in ("checker", "evidence_digest", "as_of")}
    article = {name: getattr(first, name) for name in ("url", "title", "site", "published")}
    report = {
        "id": first.page_id,
        "article": article,
        **versions,
        "error": None,
        "claims": [place.claim for place in places],
        "page": as_a_whole(first.markers, first.omissions),
    }
    return Page(report=report, text=first.text)
