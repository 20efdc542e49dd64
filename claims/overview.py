"""What shows only in a page as a whole: counts, markers, and harms that it leaves out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from claims.cues import Cues
from claims.evidence import EvidenceTable, object_fields
from claims.judge import CERTAINTIES
from claims.lexicon import fold
from claims.markers import find_markers
from claims.match import DEPENDENCE, is_serious_harm
from claims.page import Page
from claims.scope import is_of_plain_use
from claims.types import HELPS, VERDICTS, Evidence, Finding, Marker, Omission, Overview
from claims.words import word_list


def overview(page: Page, findings: Sequence[Finding], table: EvidenceTable, cues: Cues) -> Overview:
    """Look at a page as a whole, given what was found on it."""
    claims = [f.claim for f in findings]
    markers = find_markers(page.article, page.sentences, claims, table.lexicon, cues)
    return summed_up(findings, markers, tuple(_omissions(page, findings, table, cues)))


def summed_up(findings: Sequence[Finding], markers: Sequence[Marker], omissions: Sequence[Omission]) -> Overview:
    """Count findings by verdict and flagged ones by harm, every verdict and level named."""
    verdicts = Counter(f.verdict for f in findings)
    harm = Counter(f.harm for f in findings if f.flag)
    return Overview(
        verdicts={v: verdicts[v] for v in VERDICTS},
        harm={level: harm[level] for level in (0, 1, 2, 3)},
        markers=tuple(markers),
        omissions=tuple(omissions),
    )


def serious_harms(subject: str, table: EvidenceTable) -> tuple[Evidence, ...]:
    """List the rows on serious harms of a thing as people take it, one a harm, the gravest and surest first."""
    own = [r for r in table.of_subject(subject, "causes") if _is_general(r, table)]
    of_class = [
        r
        for wider in table.lexicon.ancestors(subject)
        for r in table.of_subject(wider, "causes")
        if r.applies_to == "members" and _is_general(r, table)
    ]
    ranked = sorted((*own, *of_class), key=lambda r: (-_risk(r, table), CERTAINTIES.index(r.certainty), r.id))
    by_harm: dict[str, Evidence] = {}
    for row in ranked:
        by_harm.setdefault(row.object, row)
    return tuple(by_harm.values())


def _is_general(row: Evidence, table: EvidenceTable) -> bool:
    return is_of_plain_use(row, table.lexicon) and is_serious_harm(row, table)


def _risk(row: Evidence, table: EvidenceTable) -> int:
    risk = table.lexicon.concepts[row.object].risk
    return max(risk, 2) if row.object in DEPENDENCE else risk


def _omissions(page: Page, findings: Sequence[Finding], table: EvidenceTable, cues: Cues) -> Iterator[Omission]:
    """Find the things that a page praises while it says nothing of a harm that the table knows."""
    praised: dict[str, list[Finding]] = {}
    for f in findings:
        c = f.claim
        if c.subject_id and c.is_sure and c.relation in HELPS and c.polarity == "affirm" and c.voice != "rejected":
            praised.setdefault(c.subject_id, []).append(f)
    if not praised or _warns(page, [f for benefits in praised.values() for f in benefits], cues):
        return
    for subject, benefits in sorted(praised.items()):
        if _is_harmless_and_recommended(subject, table):
            continue
        harms = serious_harms(subject, table)
        if harms and not _names_a_harm(page, harms) and not _claims_a_harm(subject, findings):
            ids = tuple(f.id for f in benefits)
            yield Omission(subject=table.lexicon.name(subject), subject_id=subject, benefits=ids, harms=harms)


def _is_harmless_and_recommended(subject: str, table: EvidenceTable) -> bool:
    """Tell whether an authority recommends a thing of no risk, as flu shots: careful pages leave its rare harms out."""
    return table.lexicon.concepts[subject].risk == 0 and any(
        object_fields(row.object).get("act") == "recommended" and row.finding == "supports"
        for row in table.of_subject(subject, "status")
    )


def _warns(page: Page, praise: Sequence[Finding], cues: Cues) -> bool:
    """Tell whether a page speaks of side effects or dangers at all, otherwise than to deny them or in its praise."""
    praised = {(f.claim.start, f.claim.end) for f in praise}
    return any((s.start, s.end) not in praised and _speaks_of_danger(fold(s.text), cues) for s in page.sentences)


def _speaks_of_danger(text: str, cues: Cues) -> bool:
    denied = [h.start for h in cues.negation.find(text)]
    words = ((at, at + len(w)) for w in word_list("warnings") if (at := text.find(w)) >= 0)
    return any(all(start <= d < end for d in denied) for start, end in words)  # "not safe" denies nothing but safety


def _names_a_harm(page: Page, harms: Sequence[Evidence]) -> bool:
    named = {m.concept for mentions in page.mentions for m in mentions}
    return any(h.object in named for h in harms)


def _claims_a_harm(subject: str, findings: Sequence[Finding]) -> bool:
    """Tell whether a page says itself that a thing harms or is not safe.

    A doubtful reading counts only where what is caused is known: "it is a miracle" may be read as causing one.
    """
    return any(
        f.claim.subject_id == subject
        and (f.claim.relation, f.claim.polarity) in {("causes", "affirm"), ("safe", "deny")}
        and (f.claim.is_sure or bool(f.claim.object_id))
        for f in findings
    )
