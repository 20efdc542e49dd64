"""Write reports for other programs: the JSON contract and a CSV that is safe to open as a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from claims.types import Article, Claim, Cue, Finding, Match, Overview, Report

__all__ = ["findings_csv", "report_to_dict", "safe_csv"]

# A spreadsheet takes a cell that opens with one of these for a formula; the last four are full-width.
FORMULA_OPENERS = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


def report_to_dict(report: Report) -> dict[str, object]:
    """Give the report as the JSON contract's object; the keys keep their order."""
    return {
        "id": report.article.id,
        "article": _article(report.article),
        "checker": report.checker,
        "evidence_digest": report.evidence_digest,
        "as_of": report.as_of,
        "error": report.error,
        "claims": [_finding(finding) for finding in report.findings],
        "page": _page(report.page),
    }


def _page(page: Overview) -> dict[str, object]:
    return {
        "counts": {"verdicts": page.verdicts, "harm": {str(level): n for level, n in page.harm.items()}},
        "markers": [
            {"id": m.id, "label": m.label, "start": m.start, "end": m.end, "quote": m.quote} for m in page.markers
        ],
        "omissions": [
            {
                "subject": o.subject,
                "subject_id": o.subject_id,
                "benefits": list(o.benefits),
                "harms": [{"id": row.id, "summary": row.summary, "url": row.url} for row in o.harms],
            }
            for o in page.omissions
        ],
    }


def findings_csv(*reports: Report) -> str:
    """Give one row for each finding, with the versions that found it; the text is quoted and defused."""
    return safe_csv(CSV_FIELDS, (row for report in reports for row in _rows(report)))


def safe_csv(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Give rows as CSV for a spreadsheet; text that it would run is defused."""
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _defused(value) for name, value in row.items()} for row in rows)
    return out.getvalue()


def _article(article: Article) -> dict[str, object]:
    return {"url": article.url, "title": article.title, "site": article.site, "published": article.published}


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "id": finding.id,
        **_said(finding.claim),
        "populations": list(finding.claim.populations),
        "grounded": finding.claim.grounded,
        "doubtful": finding.claim.doubtful,
        "distanced": finding.claim.distanced,
        "trust": finding.claim.trust,
        **_judged(finding),
        "cues": [_cue(cue) for cue in finding.claim.cues],
        "evidence": [_match(match) for match in finding.matches],
    }


def _said(claim: Claim) -> dict[str, object]:
    return {
        "start": claim.start,
        "end": claim.end,
        "quote": claim.quote,
        "subject": claim.subject,
        "subject_id": claim.subject_id,
        "relation": claim.relation,
        "object": claim.object,
        "object_id": claim.object_id,
        "polarity": claim.polarity,
        "denies": claim.denies,
        "strength": claim.strength,
        "voice": claim.voice,
    }


def _judged(finding: Finding) -> dict[str, object]:
    return {
        "verdict": finding.verdict,
        "unverified_reason": finding.unverified_reason,
        "flag": finding.flag,
        "harm": finding.harm,
        "confidence": finding.confidence,
        "because": finding.because,
        "rule": finding.rule,
        "group": finding.group,
        "strength_gap": finding.strength_gap,
        "would_change": finding.would_change,
    }


def _cue(cue: Cue) -> dict[str, object]:
    return {"id": cue.id, "start": cue.start, "end": cue.end}


def _match(match: Match) -> dict[str, object]:
    row = match.evidence
    return {
        "id": row.id,
        "how": match.how,
        "via": match.via,
        "finding": row.finding,
        "certainty": row.certainty,
        "summary": row.summary,
        "source_title": row.source_title,
        "publisher": row.publisher,
        "year": row.year,
        "url": row.url,
        "seen": row.seen,
    }


CSV_FIELDS = (
    "url", "title", "site", "published",
    "id", "start", "end", "quote", "subject", "subject_id", "relation", "object", "object_id",
    "polarity", "denies", "strength", "voice",
    "verdict", "unverified_reason", "flag", "harm", "confidence", "because", "rule", "group",
    "strength_gap", "would_change",
    "evidence", "sources", "similar_evidence",
    "checker", "evidence_digest", "as_of",
)  # fmt: skip


def _rows(report: Report) -> Iterator[dict[str, object]]:
    for finding in report.findings:
        speaking = [match.evidence for match in finding.matches if match.how != "similar"]
        similar = [match.evidence for match in finding.matches if match.how == "similar"]
        yield {
            **_article(report.article),
            "id": finding.id,
            **_said(finding.claim),
            **_judged(finding),
            "evidence": " ".join(row.id for row in speaking),
            "sources": " ".join(dict.fromkeys(row.url for row in speaking if row.url)),
            "similar_evidence": " ".join(row.id for row in similar),
            "checker": report.checker,
            "evidence_digest": report.evidence_digest,
            "as_of": report.as_of,
        }


def _defused(value: object) -> object:
    """Put an apostrophe before text that a spreadsheet would run; numbers stay numbers."""
    if not isinstance(value, str):
        return value
    opener = value[:1], value.lstrip()[:1]
    return f"'{value}" if FORMULA_OPENERS.intersection(opener) else value
