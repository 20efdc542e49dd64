"""Keep what people decide: an append-only file of reviews, safe with several reviewers at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal, get_args

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from claims.types import Verdict

__all__ = ["DECISIONS", "Review", "ReviewStore", "StoreError", "Target", "not_undone", "standing"]

Decision = Literal["agree", "verdict", "not_a_claim", "unsure", "no_action", "skip", "missed", "undo"]
DECISIONS: frozenset[Decision] = frozenset(get_args(Decision))
# A writer holds the file for some milliseconds; five at once were never kept waiting for 1 s.
BUSY_MS = 15_000
# SQLite takes 32,766 parameters in a statement.
_ASKED_AT_ONCE = 5_000


class StoreError(ValueError):
    """A file of reviews that cannot be read or written; the message is one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a review judged, as it was then: enough to tell later that the page or the finding has changed.

    `text_hash` is "" where the page's text was not at hand. For a missed claim, the triple is the reviewer's.
    """

    page_id: str = ""
    url: str = ""
    title: str = ""
    text_hash: str = ""
    start: int = 0
    end: int = 0
    quote: str = ""
    subject: str = ""
    relation: str = ""
    object: str = ""
    polarity: str = ""
    strength: str = ""
    voice: str = ""
    machine_verdict: str = ""
    evidence_digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One press of a reviewer on one finding. A press on a claim with many places has one `seq` for all.

    `verdict` is set where the decision is "verdict", and may be for a missed claim; `undoes` names the press
    that an undo takes back, as `press` does. `seconds` is how long the card was on screen before.
    """

    session: str
    seq: int
    finding_id: str
    reviewer: str
    decision: Decision
    time: str
    verdict: Verdict | Literal[""] = ""
    note: str = ""
    undoes: str = ""
    seconds: float = 0.0
    target: Target = Target()

    @property
    def press(self) -> str:
        """Name the press that made this review."""
        return f"{self.session}.{self.seq}"


_OWN = tuple(field.name for field in fields(Review) if field.name != "target")
_TARGETS = tuple(field.name for field in fields(Target))
_KINDS: dict[str, type[sa.types.TypeEngine[Any]]] = {
    "seq": sa.Integer, "start": sa.Integer, "end": sa.Integer, "seconds": sa.Float,
}  # fmt: skip

_metadata = sa.MetaData()
_reviews = sa.Table(
    "reviews",
    _metadata,
    sa.Column("n", sa.Integer, primary_key=True),
    *(sa.Column(name, _KINDS.get(name, sa.Text), nullable=False) for name in (*_OWN, *_TARGETS)),
    sa.UniqueConstraint("session", "seq", "finding_id"),
)
_INDEXES = [
    sa.Index("reviews_finding", _reviews.c.finding_id),
    sa.Index("reviews_page", _reviews.c.page_id),
    sa.Index("reviews_url", _reviews.c.url),
    sa.Index("reviews_undoes", _reviews.c.undoes),
]


class ReviewStore:
    """A SQLite file of reviews, made if it is not there; nothing in it is ever changed or removed."""

    def __init__(self, path: Path) -> None:
        """Open the file; raise StoreError where that cannot be."""
        self.path = path
        self._engine = sa.create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY_MS / 1000})
        sa.event.listen(self._engine, "connect", _prepare)
        with self._faults():
            path.parent.mkdir(parents=True, exist_ok=True)
            with self._engine.begin() as connection:
                connection.execute(sa.schema.CreateTable(_reviews, if_not_exists=True))
                for index in _INDEXES:
                    connection.execute(sa.schema.CreateIndex(index, if_not_exists=True))

    def add(self, reviews: Iterable[Review]) -> None:
        """Append reviews, all or none; those that are there already are left as they are."""
        rows = [_row(review) for review in reviews]
        if rows:
            with self._faults(), self._engine.begin() as connection:
                connection.execute(sqlite.insert(_reviews).on_conflict_do_nothing(), rows)

    def all(self) -> list[Review]:
        """Give every review, in the order they were saved."""
        return self._select(sa.true())

    def of_findings(self, ids: Collection[str]) -> list[Review]:
        """Give the reviews of some findings, in the order they were saved, and what took them back."""
        return self._with_undos(self._among(_reviews.c.finding_id, ids))

    def of_page(self, page_id: str, url: str) -> list[Review]:
        """Give the reviews of a page and of earlier versions of it, which had the same address, and their undos."""
        here = _reviews.c.page_id == page_id
        return self._with_undos(self._select(sa.or_(here, _reviews.c.url == url) if url else here))

    def _with_undos(self, reviews: list[Review]) -> list[Review]:
        """Add what takes reviews back: an undo names a press, not a page."""
        undos = self._among(_reviews.c.undoes, {review.press for review in reviews})
        return list(dict.fromkeys([*reviews, *undos]))

    def _among(self, column: sa.Column[Any], values: Collection[str]) -> list[Review]:
        wanted = sorted(values)
        parts = (wanted[i : i + _ASKED_AT_ONCE] for i in range(0, len(wanted), _ASKED_AT_ONCE))
        return [review for part in parts for review in self._select(column.in_(part))]

    def _select(self, where: sa.ColumnElement[bool]) -> list[Review]:
        with self._faults(), self._engine.connect() as connection:
            rows = connection.execute(sa.select(_reviews).where(where).order_by(_reviews.c.n)).mappings()
            return [_review(row) for row in rows]

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except (sa.exc.SQLAlchemyError, OSError) as err:
            why = getattr(err, "orig", None) or getattr(err, "strerror", None) or err
            what = f"the reviews cannot be read or written ({' '.join(str(why).split())})"
            raise StoreError(f"{self.path}: {what}; give another file with --reviews") from err


def not_undone(reviews: Iterable[Review]) -> list[Review]:
    """Leave out what was taken back, and what took it back."""
    reviews = list(reviews)
    undone = {review.undoes for review in reviews if review.decision == "undo"}
    return [review for review in reviews if review.decision != "undo" and review.press not in undone]


def standing(reviews: Iterable[Review]) -> list[Review]:
    """Give what holds now: of each finding and reviewer the last review that was not undone."""
    last: dict[tuple[str, str], Review] = {}
    for review in not_undone(reviews):
        last.pop((review.finding_id, review.reviewer), None)
        last[review.finding_id, review.reviewer] = review
    return list(last.values())


def _prepare(connection: Any, _: object) -> None:
    """Let readers and a writer work at once; wait for other writers before anything else."""
    connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")
    connection.execute("PRAGMA journal_mode=WAL")


def _row(review: Review) -> dict[str, Any]:
    own = {name: getattr(review, name) for name in _OWN}
    row = own | {name: getattr(review.target, name) for name in _TARGETS}
    return {name: _storable(value) for name, value in row.items()}


def _storable(value: Any) -> Any:
    """Replace half a character, which no file can store."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _review(row: Any) -> Review:
    target = Target(**{name: row[name] for name in _TARGETS})
    return Review(**{name: row[name] for name in _OWN}, target=target)
