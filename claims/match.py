"""Find the evidence rows that speak to a claim, and say how; only sound matches decide.

Sound are: the same triple; a mechanism told from the other side ("comes from turmeric"), or more closely; a class row
that goes down to its members (`applies_to: members`, harms and refutations only); a refutation of a wider condition for
a narrower one, or of one of several things that a claim names together; what is not known to help with anything, for
any ill or function of which nothing closer speaks; a number of the same measure and unit; safety answered by harms.
Benefits never go down, and nothing goes up. A row on another scope (claims.scope), or on a part of
the object's words, is only similar; so is what is wider than the claim, where the thing's own row finds help in people
in general, not in the claim's group or form.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import replace

from claims.concepts import HEALTH_KINDS
from claims.evidence import EvidenceTable, canonical, object_fields
from claims.lexicon import TOGETHER, Lexicon
from claims.numbers import is_same_measure
from claims.scope import NEGATIVE, difference, is_known_to_help
from claims.types import BENEFITS, HELPS, Claim, Evidence, How, Match
from claims.words import word_list

# The relations in which a row may be similar to a claim of a relation.
_NEIGHBOURS = {r: sorted({r, *HELPS}) for r in sorted(BENEFITS)}
SERIOUS_RISK = 2
MAX_SIMILAR = 3
DEPENDENCE = frozenset({"addiction", "dependence", "withdrawal"})
_SCORES: dict[How, float] = {"exact": 1.0, "broader": 0.8, "narrower": 0.6, "similar": 0.3}
# "Safe for people with …", "safe after …": a restriction that the lexicon does not know.
_RESTRICTED = re.compile(r"^(?!.*\b(?:no|not|without|free)\b).*\b(?:with|for|in|during|after|when|while|if|who)\b")

# That a thing has fewer of them than another is no use of it.
_SIDE_EFFECTS = "side-effects"
# "Attacks", "symptoms": of some ill, which another word says.
_OF_ANY_ILL = word_list("of any ill")

# "Harmless", "no side effects", "non-addictive": words that leave no room for harm.
UNRESERVED = word_list("unreserved")

Met = tuple[Evidence, How, str]
# The object of rows that say of all that a thing is used for that no use is proven.
ANY_PURPOSE = "any-health-purpose"
# Why a wider row does not answer a claim (P7 of claims.scope).
_SPOKEN_FOR = "on something wider, while the thing itself was found to help people in general"


def find_matches(claim: Claim, table: EvidenceTable) -> list[Match]:
    """List the rows that speak to a claim, sound ones first; each row once."""
    seen: dict[str, Match] = {}
    similar = 0
    for row, how, via in _sound(claim, table):
        if row.id not in seen and (how != "similar" or similar < MAX_SIMILAR):
            seen[row.id] = Match(evidence=row, how=how, score=_SCORES[how], via=via)
            similar += how == "similar"
    for row in _similar(claim, table, seen, MAX_SIMILAR - similar):
        seen[row.id] = Match(evidence=row, how="similar", score=_SCORES["similar"], via="on something related")
    return list(seen.values())


def _sound(claim: Claim, table: EvidenceTable) -> Iterator[Met]:
    if not claim.subject_id:
        return
    if claim.relation == "safe":
        yield from _safety(claim, table)
        return
    met = [*_on_object(claim, table), *_on_the_act(claim, table)] if claim.object_id else [*_on_parts(claim, table)]
    yield from met
    if all(how == "similar" for _, how, _ in met):
        yield from _on_any_purpose(claim, table)
    if claim.relation == "statistic":
        yield from _numbers(claim, table)


def _on_object(claim: Claim, table: EvidenceTable) -> Iterator[Met]:
    spoken_for = False
    for subject, down in _subjects(claim, table):
        for obj, wider in _objects(claim, table):
            relation, key = canonical(claim.relation, obj, table.lexicon)
            for row in table.about(subject, relation, key):
                if (down and not goes_down(row)) or (wider and row.finding not in NEGATIVE):
                    continue
                if spoken_for and (down or wider):
                    yield row, "similar", _SPOKEN_FOR
                    continue
                via = _via(claim, row, table, down=down, wider=wider)
                met = _in_scope(claim, row, "broader" if down or wider else "exact", via, table)
                spoken_for = spoken_for or (met[1] == "similar" and is_known_to_help(row))
                yield met


def _via(claim: Claim, row: Evidence, table: EvidenceTable, *, down: bool, wider: bool) -> str:
    """Say in words how a row met a claim where it is not plainly about the same."""
    name = table.lexicon.name
    if down:
        return f"on {name(row.subject)} as a class"
    if wider:
        return "on more than the claim names" if "=" in row.object else f"on {name(row.object)} in general"
    if "=" not in row.object and row.object != claim.object_id:
        return f"as the other side of {name(claim.object_id)}"
    return ""


# What is in a thing comes from it.
_TURNED = {"contains": "derived-from", "derived-from": "contains"}


def _on_the_act(claim: Claim, table: EvidenceTable) -> Iterator[Met]:
    """Meet a mechanism that is told from the other side, and one that tells more closely how a thing acts."""
    fields = object_fields(claim.object_id)
    act, target = fields.get("act", ""), fields.get("target", "")
    if act in _TURNED:
        for row in table.about(target, "mechanism", f"act={_TURNED[act]};target={claim.subject_id}"):
            yield _in_scope(claim, row, "exact", f"as told of {table.lexicon.name(target)}", table)
    for closer in ("lowers", "raises") if act == "acts-on" else ():
        relation, key = canonical("mechanism", f"act={closer};target={target}", table.lexicon)
        for row in table.about(claim.subject_id, relation, key):
            if row.finding == "supports":
                yield _in_scope(claim, row, "narrower", "on the way it acts", table)


def _on_any_purpose(claim: Claim, table: EvidenceTable) -> Iterator[Met]:
    """Meet what is said of all uses of a thing; where it was found to help with the like, that is only similar.

    Of what the lexicon does not know, that is met by what the page states as a fact: what it hedges ("early trials
    suggest that it eases mucositis") is mostly a finding that the source had no need to name. "Attacks" may be of an
    ill that it does help with.
    """
    if claim.relation not in HELPS or not _is_a_use(claim, table.lexicon):
        return
    for subject, down in _subjects(claim, table):
        for row in table.about(subject, "improves", ANY_PURPOSE):
            if row.finding not in NEGATIVE or (down and not goes_down(row)):
                continue
            like = _helps_with_the_like(claim, table)
            via = "on any use for health" + (f" of {table.lexicon.name(subject)} as a class" if down else "")
            yield (row, "similar", _SPOKEN_FOR) if like else _in_scope(claim, row, "broader", via, table)


def _is_a_use(claim: Claim, lexicon: Lexicon) -> bool:
    if claim.object_id:
        return lexicon.kind(claim.object_id) in HEALTH_KINDS and _SIDE_EFFECTS not in lexicon.kin(claim.object_id)
    *_, last = claim.object.split() or [""]
    stated = claim.polarity == "affirm" and claim.strength != "hedged"
    return bool(last) and stated and last not in _OF_ANY_ILL


def _helps_with_the_like(claim: Claim, table: EvidenceTable) -> bool:
    """Tell whether a thing was found to help with what is a kind of a claim's object, or of which that is one."""
    other = canonical(claim.relation, claim.object_id, table.lexicon)[1]
    like = (table.lexicon.kin(claim.object_id) | table.lexicon.kin(other)) - {""}
    rows = (met for relation in HELPS for met in table.kin_of_subject(claim.subject_id, relation))
    return any(is_known_to_help(row) and not like.isdisjoint(kin) for kin, row in rows)


def _on_parts(claim: Claim, table: EvidenceTable) -> Iterator[Met]:
    """Meet things named together: what fails for one fails for "both"; what one row backs is not yet both."""
    parts = [table.lexicon.resolve(part) for part in TOGETHER.split(claim.object) if part]
    if len(parts) < 2 or not all(parts):
        return
    for part in parts:
        alone = replace(claim, object=table.lexicon.name(part), object_id=part)
        for row, how, _ in _on_object(alone, table):
            sound = how != "similar" and row.finding in NEGATIVE and claim.polarity == "affirm"
            yield row, "broader" if sound else "similar", f"on {alone.object}, a part of it"


def _numbers(claim: Claim, table: EvidenceTable) -> Iterator[Met]:
    for subject, down in _subjects(claim, table):
        for row in table.of_subject(subject, "statistic"):
            if is_same_measure(claim, row) and (not down or goes_down(row)):
                via = _via(claim, row, table, down=down, wider=False) if down else ""
                yield _in_scope(claim, row, "broader" if down else "exact", via, table)


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


def goes_down(row: Evidence) -> bool:
    """Tell whether a class row holds for members: only where it says so, and never a benefit."""
    return row.applies_to == "members" and (row.finding in NEGATIVE or row.relation not in BENEFITS)


def _in_scope(claim: Claim, row: Evidence, how: How, via: str, table: EvidenceTable) -> Met:
    """Give the row with how it matches; one on another scope than the claim's is only similar."""
    other = difference(claim, row, table.lexicon)
    return (row, "similar", other) if other else (row, how, via)


def _safety(claim: Claim, table: EvidenceTable) -> Iterator[Met]:
    for subject, down in _subjects(claim, table):
        how: How = "broader" if down else "exact"
        via = f"on {table.lexicon.name(subject)} as a class" if down else ""
        for row in table.about(subject, "safe", claim.object_id):
            if down and not goes_down(row):
                continue
            if claim.object_id:  # the very group that the claim names ("safe in pregnancy") needs no other scope
                yield row, how, via
            elif row.finding not in NEGATIVE and _RESTRICTED.search(claim.object):
                yield row, "similar", f"on its safety in general, not {claim.object}"
            else:
                yield _in_scope(claim, row, how, via, table)
        if claim.object_id:
            for row in table.about(subject, "safe", ""):
                if row.finding in NEGATIVE and (not down or goes_down(row)):
                    yield row, "broader", "on its safety in general"
        for row in table.of_subject(subject, "causes"):
            if is_serious_harm(row, table) and (not down or goes_down(row)):
                _, kind, said = _in_scope(claim, row, how, via or "a serious harm, against its safety", table)
                yield row, kind if _is_answered_by_harm(claim, table) else "similar", said


def _is_answered_by_harm(claim: Claim, table: EvidenceTable) -> bool:
    """Tell whether one harm answers what a claim says of safety.

    Of calcium or an antibiotic, too, some harm is known: that it is safe is too much to say only of what is risky.
    """
    if claim.polarity == "deny" or is_unreserved(claim):
        return True
    return table.lexicon.concepts[claim.subject_id].risk >= SERIOUS_RISK


def is_unreserved(claim: Claim) -> bool:
    """Tell whether a safety claim leaves no room for harm."""
    return claim.strength == "absolute" or any(w in claim.object for w in UNRESERVED)


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
