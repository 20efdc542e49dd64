"""Work through a batch's results: the same claim on many pages is one item, the most harmful first.

DuckDB holds one slim row for each claim; quotes, evidence and page texts are read only for the items on screen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.repeats import SAME
from pipeline.reporting import Page
from pipeline.results import ResultsError, read_results
from pipeline.reviews import page_target, target_of
from pipeline.store import Review, Target

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

__all__ = ["Filters", "Item", "Place", "Progress", "Worklist"]

# Surer findings first: of two equally harmful ones the reviewer's time is better spent on those.
_BANDS = ("high", "medium", "low")
# Far more places than one claim of a corpus has.
_ALL = 10_000_000
_PAGE = ("url", "site", "title", "published", "text")


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
    """One claim with some of its places; `count` is how many there are."""

    lead: str
    count: int
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How many items fit the filters, how many claims they stand for, and how many have been decided."""

    items: int
    claims: int
    decided: int


class Worklist:
    """The claims of a data set or of JSON lines, grouped into items."""

    def __init__(self, path: Path) -> None:
        """Open results; raise ResultsError where they cannot be read."""
        import duckdb

        from claims.evidence import EVIDENCE  # brings pandas along

        self._db = duckdb.connect()
        if path.is_dir():
            self._open_dataset(path)
        else:
            self._open_lines(path)
        same = ", ".join(f"lower(coalesce({_value(name)}, ''))" for name in SAME)
        bands = " ".join(f"WHEN '{band}' THEN {i}" for i, band in enumerate(_BANDS))
        topics = f"read_csv('{EVIDENCE}/*.csv', all_varchar = true)"
        self._db.execute(
            f"""CREATE TABLE slim AS
                SELECT c.id, c.page_id, hash({same}) AS item, c.flag, c.harm, c.verdict, c.voice, p.site,
                    coalesce(t.topic, '') AS topic, left(coalesce(p.published, ''), 10) AS published,
                    CASE c.confidence {bands} ELSE {len(_BANDS)} END AS band
                FROM claims c JOIN (SELECT DISTINCT ON (page_id) * FROM pages) p USING (page_id)
                LEFT JOIN {topics} t ON t.id = c.evidence[1].id"""
        )

    def _open_dataset(self, folder: Path) -> None:
        import duckdb

        try:
            for name in ("claims", "pages"):
                file = str(folder / f"{name}.parquet").replace("'", "''")
                self._db.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{file}')")
        except duckdb.Error as err:
            raise ResultsError(f"{folder}: this is no data set that a batch wrote ({_line(err)})") from None

    def _open_lines(self, path: Path) -> None:
        pages, claims = _tables(path)
        # Tables, not registered frames: those are seen by one connection only.
        for name, table in (("pages", pages), ("claims", claims)):
            self._db.register(f"given_{name}", table)
            self._db.execute(f"CREATE TABLE {name} AS SELECT * FROM given_{name}")

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
        having, values = _conditions(filters)
        rows = self._reviewed(reviews).execute(
            f"""SELECT {_LEAD} FROM slim LEFT JOIN decided USING (id) GROUP BY item HAVING {having}
                ORDER BY bool_or(flag) DESC, max(harm) DESC, min(band), count(*) DESC, 1 LIMIT {int(size)}""",
            values,
        )
        return [row[0] for row in rows.fetchall()]

    def progress(self, filters: Filters, reviews: Iterable[Review]) -> Progress:
        """Count what fits the filters, decided or not."""
        having, values = _conditions(filters, open_too=True)
        row = self._reviewed(reviews).execute(
            f"""SELECT count(*), coalesce(sum(n), 0), coalesce(sum(done), 0)::INT FROM (
                SELECT count(*) AS n, {_IS_DECIDED} AS done FROM slim LEFT JOIN decided USING (id)
                GROUP BY item HAVING {having})""",
            values,
        )
        items, claims, decided = row.fetchone() or (0, 0, 0)
        return Progress(items=int(items), claims=int(claims), decided=int(decided))

    def items(self, leads: Sequence[str], shown: int) -> list[Item]:
        """Read items in the order given, each with some of its places."""
        db = self._db.cursor()
        rows = db.execute(
            f"""WITH leads AS (SELECT id AS lead, item FROM slim WHERE id IN (SELECT unnest(?)))
                SELECT lead, count(*), array_agg(id ORDER BY (id <> lead), page_id)[:{int(shown)}]
                FROM slim JOIN leads USING (item) GROUP BY lead""",
            [list(leads)],
        ).fetchall()
        found = {lead: (count, ids) for lead, count, ids in rows}
        places = self._places({id_ for _, ids in found.values() for id_ in ids})
        return [
            Item(lead=lead, count=found[lead][0], places=tuple(places[id_] for id_ in found[lead][1]))
            for lead in leads
            if lead in found
        ]

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
        columns = ", ".join(f"p.{name} AS page_{name}" for name in _PAGE)
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


_LEAD = "min(id)"
_IS_DECIDED = "bool_or(reviewers IS NOT NULL)"


def _conditions(filters: Filters, *, open_too: bool = False) -> tuple[str, list[Any]]:
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
        having.append(_IS_DECIDED if filters.reviewed == "reviewed" else f"NOT {_IS_DECIDED}")
    return " AND ".join(having), values


def _value(name: str) -> str:
    """Name a thing by its concept where it has one, as `repeats.claim_key` does."""
    return f"coalesce(nullif(c.{name}_id, ''), c.{name})" if name in ("subject", "object") else f"c.{name}"


def _place(row: dict[str, Any]) -> Place:
    page = {name: row.pop(f"page_{name}") or "" for name in _PAGE}
    return Place(claim=row, page_id=str(row["page_id"]), **page)


def _page(places: Sequence[Place]) -> Page:
    first = places[0]
    versions = {name: first.claim.get(name) or "" for name in ("checker", "evidence_digest", "as_of")}
    article = {name: getattr(first, name) for name in ("url", "title", "site", "published")}
    claims = [place.claim for place in places]
    report = {"id": first.page_id, "article": article, **versions, "error": None, "claims": claims}
    return Page(report=report, text=first.text)


def _tables(path: Path) -> tuple[pa.Table, pa.Table]:
    """Read JSON lines into the tables of a data set."""
    import pyarrow as pa

    from pipeline.dataset import arrow_schema

    pages: list[dict[str, Any]] = []
    claims: list[dict[str, Any]] = []
    for page in read_results(path):
        page_id = str(page.id)
        about = {name: getattr(page.article, name) for name in _PAGE}
        pages.append({"page_id": page_id, "line": page.line, **about})
        version = {"page_id": page_id, "checker": page.checker, "evidence_digest": page.evidence_digest}
        claims.extend({**claim, **version} for claim in page.claims)
    return (
        pa.Table.from_pylist(pages, schema=arrow_schema("pages")),
        pa.Table.from_pylist(claims, schema=arrow_schema("claims")),
    )


def _line(err: Exception) -> str:
    return " ".join(str(err).split())[:200]
