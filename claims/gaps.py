"""Gaps of the table: what pages claim and no row settles, grouped, and laid out as draft rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

from claims.evidence import COLUMNS, canonical, object_fields
from claims.lexicon import Lexicon, fold
from claims.rows import Row
from claims.types import Claim

MAX_EXAMPLES = 3
_SAYS = {"treats": "treats", "prevents": "prevents", "causes": "causes", "improves": "improves"}
_FILLERS = re.compile(r"^(?:the|a|an|your|our|their|his|her|its|my|some|any) ")

Key = tuple[str, str, str]


@dataclass(slots=True, kw_only=True)
class Gap:
    """One triple that no row settles; a subject or object that is no concept stands as the page's phrase."""

    subject: str
    relation: str
    object: str
    known: bool
    claims: int = 0
    pages: set[str] = field(default_factory=set)
    examples: list[str] = field(default_factory=list)

    def add(self, claim: Claim, page: str) -> None:
        """Count a claim, and keep it for an example while few are there."""
        self.claims += 1
        self.pages.add(page)
        if len(self.examples) < MAX_EXAMPLES and claim.quote not in self.examples:
            self.examples.append(claim.quote)


def gather(claims: Iterable[tuple[str, Claim]], lexicon: Lexicon) -> list[Gap]:
    """Group claims, each with its page: triples of known concepts first, then the most claimed."""
    gaps: dict[Key, Gap] = {}
    for page, claim in claims:
        subject, relation, obj = key = _key(claim, lexicon)
        if key not in gaps:
            known = is_known(claim, lexicon)
            gaps[key] = Gap(subject=subject, relation=relation, object=obj, known=known)
        gaps[key].add(claim, page)
    return sorted(
        gaps.values(),
        key=lambda g: (not g.known, -g.claims, -len(g.pages), g.subject, g.relation, g.object),
    )


def is_known(claim: Claim, lexicon: Lexicon) -> bool:
    """Tell whether a row could be written on a claim with the concepts at hand."""
    if claim.subject_id not in lexicon.concepts:
        return False
    if claim.relation == "safe" or object_fields(claim.object_id):
        return True
    return claim.object_id in lexicon.concepts


def _key(claim: Claim, lexicon: Lexicon) -> Key:
    subject = claim.subject_id or _phrase(claim.subject)
    if claim.relation == "safe":
        return subject, "safe", claim.object_id
    if not claim.object_id:
        return subject, claim.relation, _phrase(claim.object)
    return subject, *canonical(claim.relation, claim.object_id, lexicon)


def _phrase(text: str) -> str:
    """Fold a phrase, so that "The liver" and "liver" meet."""
    return _FILLERS.sub("", " ".join(fold(text).split()))


def draft_rows(gaps: Sequence[Gap], rows: Sequence[Row], lexicon: Lexicon) -> list[dict[str, str]]:
    """Lay gaps out as draft rows: what is known is filled in, what must be looked up is left empty."""
    taken = {row.cells["id"] for row in rows}
    topics = _topics(rows)
    drafts = []
    for gap in gaps:
        draft = dict.fromkeys(COLUMNS, "")
        draft |= {
            "id": next_id(gap.subject, gap.relation, gap.object, taken),
            "topic": topics.get(gap.subject, ""),
            "subject": slug(gap.subject),
            "relation": gap.relation,
            "object": gap.object if object_fields(gap.object) else slug(gap.object),
            "strength": "definite",
            "proposition": _proposition(gap, lexicon),
            "applies_to": "exact",
            "summary": _summary(gap),
            "status": "draft",
        }
        taken.add(draft["id"])
        drafts.append(draft)
    return drafts


def next_id(subject: str, relation: str, obj: str, taken: Set[str]) -> str:
    """Give the next free id of a triple: subject-relation-object, then -2, -3 and so on."""
    fields = object_fields(obj)
    stem = "-".join(filter(None, (slug(subject), relation, slug(" ".join(fields.values()) or obj))))
    names = (stem if n == 1 else f"{stem}-{n}" for n in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def slug(text: str) -> str:
    """Give a text as lower-case letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


def _topics(rows: Sequence[Row]) -> Mapping[str, str]:
    """Map each subject to the topic that most of its rows have."""
    counts: dict[str, Counter[str]] = {}
    for row in rows:
        counts.setdefault(row.cells["subject"], Counter())[row.cells["topic"]] += 1
    return {subject: c.most_common(1)[0][0] for subject, c in counts.items()}


def _proposition(gap: Gap, lexicon: Lexicon) -> str:
    subject, obj = (_name(part, lexicon) for part in (gap.subject, gap.object))
    if gap.relation == "safe":
        text = f"{subject} is safe{f' ({obj})' if obj else ''}."
    elif gap.relation in _SAYS:
        text = f"{subject} {_SAYS[gap.relation]} {obj}."
    else:
        fields = object_fields(gap.object).values()
        said = " ".join(_name(value, lexicon) for value in fields) or obj
        text = f"{subject}: {gap.relation} {said}."
    return text[:1].upper() + text[1:]


def _name(part: str, lexicon: Lexicon) -> str:
    held = lexicon.concepts.get(part)
    return held.name if held else part


def _summary(gap: Gap) -> str:
    counted = f"{_count(gap.claims, 'claim')} on {_count(len(gap.pages), 'page')}"
    return f"[{counted}, such as: {' / '.join(gap.examples)}]"


def _count(n: int, thing: str) -> str:
    return f"{n} {thing}" + ("" if n == 1 else "s")
