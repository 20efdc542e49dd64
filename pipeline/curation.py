"""Put past runs to the table of today: judge their claims again, and find what no row settles yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from claims.evidence import EvidenceTable
from claims.judge import judge
from claims.match import find_matches
from claims.overview import serious_harms, summed_up
from claims.types import Claim, Finding, Match, Omission, Overview, Report
from models.bands import banded, default_bands
from pipeline.about import named_version
from pipeline.batch import Scored
from pipeline.results import ResultsError, StoredPage, claim_of

__all__ = ["Flip", "open_claims", "rejudge"]

# Reasons that a row could remove; the others ask for a clearer page or a choice between rows.
SETTLED_BY_A_ROW = frozenset({"no_row", "weak_match"})
# Of a row that a verdict rests on, what a stored result holds.
_WEIGHED = ("how", "finding", "certainty", "summary", "source_title", "publisher", "year", "url", "seen")


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """A finding whose verdict is another than it was, with what changed in the rows behind it."""

    page: str
    url: str
    before: str
    was_flagged: bool
    finding: Finding
    why: str


def rejudge(page: StoredPage, table: EvidenceTable) -> tuple[Scored, list[Flip]]:
    """Judge the claims of a stored page by a table, as a fresh check of the page would."""
    findings, flips = [], []
    for stored in page.claims:
        finding = _judged_again(stored, table, page.where)
        findings.append(finding)
        if finding.verdict != stored["verdict"]:
            flips.append(_flip(page, stored, finding, table))
    report = Report(
        article=page.article,
        checker=_checker(page.checker),
        evidence_digest=table.digest,
        as_of=table.as_of,
        findings=tuple(findings),
        page=Overview() if page.error else summed_up(findings, page.markers, _omissions(page, table)),
        error=page.error,
    )
    scored = Scored(
        id=page.id,
        line=page.line,
        report=report,
        state=page.state,
        file=page.file,
        offset=page.offset,
        twin=page.twin,
        copies=page.copies,
    )
    return scored, flips


def _omissions(page: StoredPage, table: EvidenceTable) -> list[Omission]:
    """List the harms that today's table knows of the things that the page praised without naming one."""
    found = []
    for o in page.omissions:
        harms = serious_harms(o["subject_id"], table)
        if harms:
            about = {"subject": o["subject"], "subject_id": o["subject_id"]}
            found.append(Omission(**about, benefits=tuple(o["benefits"]), harms=harms))
    return found


def _judged_again(stored: Mapping[str, Any], table: EvidenceTable, where: str) -> Finding:
    missing = [name for name in ("id", "verdict", "flag", "evidence", "populations", "grounded") if name not in stored]
    if missing:
        what = f"a claim lacks {', '.join(missing)}, without which it cannot be judged again"
        raise ResultsError(f"{where}: {what}; check the page again")
    return banded(_judge(claim_of(stored, where), table, stored["id"]), default_bands())


def _judge(claim: Claim, table: EvidenceTable, id: str = "") -> Finding:
    return judge(claim, find_matches(claim, table), table.lexicon, id=id)


def _checker(read_by: str) -> str:
    """Name the version that judges, and the one that read the page where it is another."""
    now = named_version()
    return now if read_by.partition(" (")[0] == now else f"{now} (claims read by {read_by})"


def _flip(page: StoredPage, stored: Mapping[str, Any], finding: Finding, table: EvidenceTable) -> Flip:
    return Flip(
        page=str(page.id),
        url=page.article.url,
        before=stored["verdict"],
        was_flagged=stored["flag"],
        finding=finding,
        why=_why(stored["evidence"] or (), finding.matches, table),
    )


def _why(before: Sequence[Mapping[str, Any]], after: Sequence[Match], table: EvidenceTable) -> str:
    """Say what changed in the rows that decide, else in those that are only similar, else in the rules."""
    old = {row["id"]: row for row in before}
    new = {match.evidence.id: match for match in after}
    names = list(dict.fromkeys((*new, *old)))
    changes = [(name, _change(name, old.get(name), new.get(name), table)) for name in names]
    sound = [what for name, what in changes if what and _decides(old.get(name), new.get(name))]
    similar = [what for _, what in changes if what]
    return "; ".join(sound or similar) or "the same rows weigh otherwise: the rules or the concepts changed"


def _decides(old: Mapping[str, Any] | None, new: Match | None) -> bool:
    return (old is not None and old["how"] != "similar") or (new is not None and new.how != "similar")


def _change(name: str, old: Mapping[str, Any] | None, new: Match | None, table: EvidenceTable) -> str:
    if new is None:
        held = table.row(name)
        gone = "is no longer in the table" if held is None else "no longer speaks to it"
        return f"{name} {gone if held is None or held.status == 'current' else f'is now {held.status}'}"
    row = new.evidence
    if old is None:
        return f"{name} speaks to it now ({row.finding}, {row.certainty.replace('_', ' ')}, {new.how})"
    now = {"how": new.how, **{column: getattr(row, column) for column in _WEIGHED[1:]}}
    moved = [column for column in _WEIGHED if old[column] != now[column]]
    short = [f"{c} from {old[c]} to {now[c]}" for c in moved if c in {"how", "finding", "certainty", "year"}]
    rest = [c.replace("_", " ") for c in moved if c not in {"how", "finding", "certainty", "year"}]
    return f"{name}: {', '.join(short + rest)} changed" if moved else ""


def open_claims(
    pages: Iterable[StoredPage], table: EvidenceTable, left_out: Counter[str]
) -> Iterator[tuple[str, Claim]]:
    """Yield each unverified claim once, with its page, where a row would settle it; count the others."""
    seen: set[str] = set()
    for page in pages:
        for stored in page.claims:
            why_not = _why_not(stored, seen)
            if not why_not:
                claim = claim_of(stored, page.where)
                why_not = "settled since" if _judge(claim, table).verdict != "unverified" else ""
            if why_not:
                left_out[why_not] += 1
            else:
                yield page.article.url or str(page.id), claim


def _why_not(stored: Mapping[str, Any], seen: set[str]) -> str:
    """Say why no row is wanted for a stored claim, or ""."""
    if stored.get("verdict") != "unverified":
        return "verified"
    if stored.get("id") in seen:
        return "seen before"
    seen.add(str(stored.get("id")))
    if not stored.get("grounded", True) or stored.get("doubtful", False) or stored.get("distanced", False):
        return "not read surely"
    reason = str(stored.get("unverified_reason"))
    return "" if reason in SETTLED_BY_A_ROW else reason.replace("_", " ")
