"""Markers of health fraud and of regulated claims: words that a careful reader stops at, never verdicts.

`markers.csv` has a phrase a row, after lists of the FDA, and four that are worked out from what is claimed:
one thing for many diseases, disease claims, structure/function claims, and a change of risk without what it
changes from.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from claims.concepts import CONDITION_KINDS
from claims.cues import CueRow, Cues, PhraseCues
from claims.lexicon import Lexicon
from claims.numbers import relative_risk
from claims.types import HELPS, Article, Claim, Marker, Sentence

MARKERS = Path(__file__).parent / "markers.csv"
CURE_ALL, DISEASE, FUNCTION, RELATIVE = "cure-all.many", "disease-claim", "structure-function-claim", "relative-risk"
# So many diseases of one product make it a cure-all: on the labelled passages 3 of 42 promotional ones have as many.
MANY = 5
# What is sold as a supplement or food, to which the rules on such claims apply.
_SUPPLEMENTS = frozenset({"herb", "supplement", "nutrient", "food", "drink", "product", "compound", "class"})


@dataclass(frozen=True, slots=True)
class MarkerRow:
    """A row of the marker table; `where` is "benefit" for a phrase that counts only beside a benefit claimed."""

    id: str
    label: str
    pattern: str
    where: str
    source: str
    seen: str


@lru_cache(maxsize=1)
def marker_rows() -> Mapping[str, MarkerRow]:
    """Load the marker table, by id."""
    with MARKERS.open(encoding="utf-8", newline="") as f:
        return {row["id"]: MarkerRow(**row) for row in csv.DictReader(f)}


@lru_cache(maxsize=1)
def _phrases() -> PhraseCues:
    return PhraseCues(CueRow(r.id, "marker", r.pattern, "", "") for r in marker_rows().values() if r.pattern)


def find_markers(
    article: Article, sentences: Sequence[Sentence], claims: Sequence[Claim], lexicon: Lexicon, cues: Cues
) -> list[Marker]:
    """List the markers of a page in reading order; each kind once a place."""
    asserted = [c for c in claims if c.polarity == "affirm" and c.voice != "rejected"]
    found = {
        *_in_words(sentences, asserted, cues),
        *_in_claims(asserted, lexicon),
        *_cure_alls(asserted, lexicon),
        *((RELATIVE, s.start + at[0], s.start + at[1]) for s in sentences if (at := relative_risk(s.text))),
    }
    return [
        Marker(id=id, label=marker_rows()[id].label, start=start, end=end, quote=article.text[start:end])
        for id, start, end in sorted(found, key=lambda f: (f[1], f[2], f[0]))
    ]


Place = tuple[str, int, int]


def _in_words(sentences: Sequence[Sentence], asserted: Sequence[Claim], cues: Cues) -> Iterator[Place]:
    praised = {(c.start, c.end) for c in asserted if c.relation in HELPS}
    for s in sentences:
        for hit in _phrases().find(s.text):
            beside = marker_rows()[hit.row.id].where != "benefit" or (s.start, s.end) in praised
            if beside and not _is_disputed(s.text, hit.start, hit.end, cues):
                yield hit.row.id, s.start + hit.start, s.start + hit.end


def _is_disputed(text: str, start: int, end: int, cues: Cues) -> bool:
    """Tell whether a sentence denies or rejects something outside the marker's own words ("no miracle cure")."""
    hits = (*cues.negation.find(text), *cues.reject.find(text))
    return any(h.row.type != "pseudo" and not start <= h.start < end for h in hits)


def _in_claims(asserted: Sequence[Claim], lexicon: Lexicon) -> Iterator[Place]:
    """Find disease claims and structure/function claims, at the words that state them."""
    for c in asserted:
        if c.is_sure and lexicon.kind(c.subject_id) in _SUPPLEMENTS and c.relation in HELPS:
            kind = lexicon.kind(c.object_id)
            id = DISEASE if kind in CONDITION_KINDS else FUNCTION if kind == "function" else ""
            if id:
                yield id, min((q.start for q in c.cues), default=c.start), max((q.end for q in c.cues), default=c.end)


def _cure_alls(asserted: Sequence[Claim], lexicon: Lexicon) -> Iterator[Place]:
    """Find things that are said to help with many diseases, at the statement that names the most of them."""
    said: dict[str, dict[tuple[int, int], set[str]]] = defaultdict(lambda: defaultdict(set))
    for c in asserted:
        healing = c.relation in {"treats", "prevents"} and lexicon.kind(c.object_id) in CONDITION_KINDS
        if healing and c.is_sure and c.strength != "hedged" and lexicon.kind(c.subject_id) in _SUPPLEMENTS:
            said[c.subject_id][c.start, c.end].add(c.object_id)
    for places in said.values():
        if len(set().union(*places.values())) >= MANY:
            start, end = max(places, key=lambda p: (len(places[p]), -p[0]))
            yield CURE_ALL, start, end
