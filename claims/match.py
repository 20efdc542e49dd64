"""Find the evidence rows that speak to a claim, and say how; only sound matches decide.

Sound are: the same triple; a class row that goes down to its members (`applies_to: members`, harms and
refutations only); a refutation of a wider condition for a narrower one; safety answered by harms.
Benefits never go down, and nothing goes up.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from claims.evidence import EvidenceTable, canonical, object_fields
from claims.types import Claim, Evidence, How, Match

# Groups whose evidence does not carry over from people in general, and the other way round.
SPECIAL_GROUPS = frozenset(
    "children infants pregnancy breastfeeding animals test-tube older-adults cancer-patients athletes".split()
)
_BENEFITS = frozenset({"treats", "prevents", "improves", "safe", "compares", "use"})
# The relations in which a row may be similar to a claim of a relation.
_NEIGHBOURS = {r: sorted({r, "treats", "improves", "prevents"}) for r in sorted(_BENEFITS)}
_NEGATIVE = frozenset({"refutes", "insufficient"})
SERIOUS_RISK = 2
MAX_SIMILAR = 3
DEPENDENCE = frozenset({"addiction", "dependence", "withdrawal"})
_SCORES: dict[How, float] = {"exact": 1.0, "broader": 0.8, "narrower": 0.6, "similar": 0.3}


def find_matches(claim: Claim, table: EvidenceTable) -> list[Match]:
    """List the rows that speak to a claim, sound ones first; each row once."""
    seen: dict[str, Match] = {}
    similar = 0
    for row, how in _sound(claim, table):
        if row.id not in seen and (how != "similar" or similar < MAX_SIMILAR):
            seen[row.id] = Match(evidence=row, how=how, score=_SCORES[how])
            similar += how == "similar"
    for row in _similar(claim, table, seen, MAX_SIMILAR - similar):
        seen[row.id] = Match(evidence=row, how="similar", score=_SCORES["similar"])
    return list(seen.values())


def _sound(claim: Claim, table: EvidenceTable) -> Iterator[tuple[Evidence, How]]:
    if not claim.subject_id:
        return
    if claim.relation == "safe":
        yield from _safety(claim, table)
        return
    if not claim.object_id:
        return
    for subject, down in _subjects(claim, table):
        for obj, wider in _objects(claim, table):
            for row in table.about(subject, *_key(claim, obj, table)):
                if (down and not _goes_down(row)) or (wider and row.finding not in _NEGATIVE):
                    continue
                yield from _in_scope(claim, row, "broader" if down or wider else "exact")


def _key(claim: Claim, obj: str, table: EvidenceTable) -> tuple[str, str]:
    return canonical(claim.relation, obj, table.lexicon)


def _subjects(claim: Claim, table: EvidenceTable) -> Iterator[tuple[str, bool]]:
    yield claim.subject_id, False
    for wider in table.lexicon.ancestors(claim.subject_id):
        yield wider, True


def _objects(claim: Claim, table: EvidenceTable) -> Iterator[tuple[str, bool]]:
    yield claim.object_id, False
    fields = object_fields(claim.object_id)
    if fields:
        for key in ("target", "other", "for"):
            for wider in table.lexicon.ancestors(fields.get(key, "")):
                yield claim.object_id.replace(f"{key}={fields[key]}", f"{key}={wider}"), True
        if fields.get("for"):
            # What is not approved at all is not approved for this either.
            yield claim.object_id.replace(f";for={fields['for']}", ""), True
        return
    _, obj = canonical(claim.relation, claim.object_id, table.lexicon)
    for wider in table.lexicon.ancestors(obj):
        yield wider, True


def _goes_down(row: Evidence) -> bool:
    """Tell whether a class row holds for members: only where it says so, and never a benefit."""
    return row.applies_to == "members" and (row.finding in _NEGATIVE or row.relation not in _BENEFITS)


def _in_scope(claim: Claim, row: Evidence, how: How) -> Iterator[tuple[Evidence, How]]:
    """Yield the row with how it matches; a row on another group than the claim's is only similar."""
    groups = set(row.population.split("|")) - {""}
    named = set(claim.populations)
    if (groups and not groups & named) or (
        not groups
        and named & SPECIAL_GROUPS
        and not (row.finding in _NEGATIVE and not named & {"animals", "test-tube"})
    ):
        yield row, "similar"
    else:
        yield row, how


def _safety(claim: Claim, table: EvidenceTable) -> Iterator[tuple[Evidence, How]]:
    for subject, down in _subjects(claim, table):
        how: How = "broader" if down else "exact"
        for row in table.about(subject, "safe", claim.object_id):
            if not down or _goes_down(row):
                # A row on the very group that the claim names ("safe in pregnancy") needs no other scope.
                yield from ([(row, how)] if claim.object_id else _in_scope(claim, row, how))
        if claim.object_id:
            for row in table.about(subject, "safe", ""):
                if row.finding in _NEGATIVE and (not down or _goes_down(row)):
                    yield row, "broader"
        for row in table.of_subject(subject, "causes"):
            if is_serious_harm(row, table) and (not down or _goes_down(row)):
                yield from _in_scope(claim, row, how)


def is_serious_harm(row: Evidence, table: EvidenceTable) -> bool:
    """Tell whether a row shows a harm of risk 2 or 3, on more than the weakest evidence."""
    concept = table.lexicon.concepts.get(row.object)
    return (
        row.relation == "causes"
        and row.finding == "supports"
        and row.certainty != "very_low"
        and concept is not None
        and (concept.risk >= SERIOUS_RISK or concept.id in DEPENDENCE)
    )


def _similar(claim: Claim, table: EvidenceTable, seen: Container[str], room: int) -> list[Evidence]:
    """List some other rows on the same subject and relation about a related object, which decide nothing."""
    out: list[Evidence] = []
    if not claim.subject_id or not room:
        return out
    related = table.lexicon.kin(claim.object_id) - {""}
    has_fields = "=" in claim.object_id
    for relation in _NEIGHBOURS.get(claim.relation, (claim.relation,)):
        for kin, row in table.kin_of_subject(claim.subject_id, relation):
            if related.isdisjoint(kin) and not (has_fields and row.object and row.object in claim.object_id):
                continue
            if row.id not in seen:
                out.append(row)
                if len(out) == room:  # most rows of a subject are never looked at
                    return out
    return out
