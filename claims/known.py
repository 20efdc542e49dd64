"""Which relations are claimed between two things: a hint to the reader, such as one has who knows the field.

The pairs are those of the evidence table, without what it finds: that there are rows on whether curcumin treats
inflammation tells that a sentence on the two is hardly about a harm. They are a snapshot, taken when the models are
trained, so that no reading changes with a row: `claims/known.csv`.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from claims.candidate import THING_RELATIONS
from claims.evidence import EvidenceTable
from claims.lexicon import Lexicon

KNOWN = Path(__file__).parent / "known.csv"
COLUMNS = ("subject", "object", "relations")
# What improves a function treats the condition that is its other side, and the other way about.
_ON_THE_OTHER_SIDE = {"treats": "improves", "improves": "treats"}

_Pairs = Mapping[tuple[str, str], frozenset[str]]


def known_relations(subject: str, obj: str, lexicon: Lexicon) -> frozenset[str]:
    """Give the relations that are claimed between two concepts; where there are none, between their classes."""
    if not subject or not obj or subject == obj:
        return frozenset()
    return _known(subject, obj, lexicon)


def known_marks(obj: str, topic: str, focus: str, actors: Iterable[str], lexicon: Lexicon) -> list[str]:
    """Tell a model what is claimed of an object and its page's topic, the thing last spoken of, those of its sentence.

    All are concepts, "" where there is none.
    """
    if not obj:
        return []
    things = {"topic": (topic,), "focus": (focus,) if focus != topic else (), "actor": tuple(actors)}
    marks = []
    for name, some in things.items():
        if any(some):
            told = frozenset[str]().union(*(known_relations(thing, obj, lexicon) for thing in some))
            marks.append(f"known_{name}_{'+'.join(sorted(told)) or 'none'}")
    return marks


@lru_cache(maxsize=50_000)
def _known(subject: str, obj: str, lexicon: Lexicon) -> frozenset[str]:
    pairs = _pairs()
    exact = pairs.get((subject, obj)) or _other_side(subject, obj, pairs, lexicon)
    if exact:
        return exact
    kinds, kinds_of_object = ((c, *lexicon.ancestors(c)) for c in (subject, obj))
    return frozenset[str]().union(
        *(pairs.get((s, o)) or _other_side(s, o, pairs, lexicon) for s in kinds for o in kinds_of_object)
    )


def _other_side(subject: str, obj: str, pairs: _Pairs, lexicon: Lexicon) -> frozenset[str]:
    other = pairs.get((subject, lexicon.inverses.get(obj, "")), frozenset())
    return frozenset(_ON_THE_OTHER_SIDE[r] for r in other if r in _ON_THE_OTHER_SIDE)


@lru_cache(maxsize=1)
def _pairs() -> _Pairs:
    with KNOWN.open(encoding="utf-8", newline="") as f:
        return {(r["subject"], r["object"]): frozenset(r["relations"].split("|")) for r in csv.DictReader(f)}


def take_snapshot(table: EvidenceTable, file: Path = KNOWN) -> None:
    """Write down of which pairs the table's current rows speak, and in which relations."""
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in table.rows:
        if row.status == "current" and row.relation in THING_RELATIONS:
            found[row.subject, row.object].add(row.relation)
    with file.open("w", encoding="utf-8", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(COLUMNS)
        out.writerows((s, o, "|".join(sorted(relations))) for (s, o), relations in sorted(found.items()))
    _pairs.cache_clear()
    _known.cache_clear()


if __name__ == "__main__":
    take_snapshot(EvidenceTable.load(Lexicon.load()))
