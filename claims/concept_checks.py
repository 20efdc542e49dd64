"""What the linter asks of the concepts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.concepts import CONDITION_KINDS
from claims.evidence import concepts_of, object_fields
from claims.lexicon import Lexicon, match_form
from claims.rows import Fault, Row


def check_concepts(concepts: Sequence[Row], rows: Sequence[Row], lexicon: Lexicon) -> Iterator[Fault]:
    """Yield names that two concepts share, circles of classes, odd inverses, concepts without rows."""
    yield from _collisions(concepts)
    home: dict[str, Row] = {}
    for row in concepts:
        home.setdefault(row.cells["id"], row)
    for row in home.values():
        yield from _circle(row, lexicon)
        yield from _inverse(row, lexicon)
    spoken_of = _spoken_of(rows, lexicon)
    for cid, row in home.items():
        if cid not in spoken_of:
            yield row.warning("unused", f"no row speaks of {cid}, nor is it a class or an inverse of another")


def _collisions(concepts: Sequence[Row]) -> Iterator[Fault]:
    """Yield names that belong to two concepts; both may have it where both mark it as ambiguous."""
    holders: dict[str, list[tuple[Row, str, bool]]] = {}
    for row in concepts:
        cid = row.cells["id"]
        for name in (row.cells["name"], *row.cells["aliases"].split("|")):
            form = " ".join(match_form(name.strip().removeprefix("?")).split())
            ambiguous = name.strip().startswith("?")
            known = holders.setdefault(form, []) if form else []
            for first, other, also in known:
                if other != cid and not (ambiguous and also):
                    what = f"{cid} is called {form!r}, as is {other} ({first.file}:{first.line})"
                    yield row.fault("alias", what)
            known.append((row, cid, ambiguous))


def _circle(row: Row, lexicon: Lexicon) -> Iterator[Fault]:
    cid = row.cells["id"]
    for wider in (cid, *lexicon.ancestors(cid)):
        if cid in lexicon.concepts[wider].broader:
            yield row.fault("circle", f"{cid} is a kind of itself, by way of {wider}")


def _inverse(row: Row, lexicon: Lexicon) -> Iterator[Fault]:
    cid, inverse = row.cells["id"], row.cells["inverse"]
    if not inverse or inverse not in lexicon.concepts:
        return
    kinds = {lexicon.kind(cid), lexicon.kind(inverse)}
    if "function" not in kinds or not kinds & CONDITION_KINDS:
        yield row.fault("inverse", f"inverse pairs a function with a condition, not {cid} with {inverse}")


def _spoken_of(rows: Sequence[Row], lexicon: Lexicon) -> set[str]:
    named = {concept for row in rows for concept in concepts_of(row.cells)}
    named.update(object_fields(row.cells["object"]).get("authority", "") for row in rows)
    for concept in lexicon.concepts.values():
        named.update((*concept.broader, concept.inverse))
    return named
