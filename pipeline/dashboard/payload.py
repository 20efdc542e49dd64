"""Turn reports into what the reader component draws: plain lists and strings, every phrase in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from claims.types import VERDICTS, Cue, Finding, Match, Report
from pipeline.dashboard import words
from pipeline.dashboard.layout import Laid, lay_out

Payload = dict[str, Any]


def page_payload(report: Report) -> Payload:
    """Describe one page: its blocks, statements, findings and tally; a failed page has only its error."""
    ordered = by_harm(report.findings)
    statements = _statements(report.findings, ordered)
    index = {place: i for i, place in enumerate(statements)}
    cues = [cue for finding in report.findings for cue in finding.claim.cues]
    laid = lay_out(report.article, list(statements), cues)
    return {
        **_head(report, laid),
        "blocks": [_block(part) for part in laid],
        "statements": [_statement(findings) for findings in statements.values()],
        "findings": {f.id: _card(f, index[_place(f)], report) for f in report.findings},
        "flagged": [finding.id for finding in ordered if finding.flag],
        "all": [finding.id for finding in sorted(report.findings, key=_place)],
        "tally": tally(report.findings),
        "about": _about(report),
    }


def by_harm(findings: Sequence[Finding]) -> list[Finding]:
    """Order as a reviewer reads: flagged before the rest, most harmful first, then as on the page."""
    return sorted(findings, key=lambda f: (not f.flag, -f.harm, *_place(f)))


def tally(findings: Sequence[Finding]) -> list[Payload]:
    """Count by verdict, none left out; unverified says why."""
    counts = Counter(finding.verdict for finding in findings)
    reasons = Counter(finding.unverified_reason for finding in findings if finding.unverified_reason)
    why = ", ".join(f"{reasons[key]} {words.REASON[key]}" for key in words.REASON if reasons[key])
    return [
        {
            "verdict": verdict,
            "word": words.VERDICT[verdict],
            "means": words.VERDICT_MEANS[verdict],
            "count": counts[verdict],
            "why": why if verdict == "unverified" else "",
        }
        for verdict in sorted(VERDICTS, key=list(words.VERDICT).index)
    ]


def web_link(url: str) -> str:
    """Give the address back if it is one of the web, else ""."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme in {"http", "https"} and parts.netloc else ""


def _place(finding: Finding) -> tuple[int, int]:
    return finding.claim.start, finding.claim.end


def _statements(
    findings: Sequence[Finding], ordered: Sequence[Finding]
) -> Mapping[tuple[int, int], list[Finding]]:
    """Group findings by statement, in reading order; the one a reviewer should see leads its statement."""
    places: dict[tuple[int, int], list[Finding]] = {place: [] for place in sorted(map(_place, findings))}
    for finding in ordered:
        places[_place(finding)].append(finding)
    return places


def _head(report: Report, laid: Sequence[Laid]) -> Payload:
    article = report.article
    first = laid[0] if laid else None
    opening = "".join(run.text for span in first.spans for run in span.runs) if first else ""
    titled = first is not None and first.block.kind == "heading" and opening.strip() == article.title.strip()
    return {
        "id": article.id,
        "title": article.title,
        "title_in_text": titled,
        "byline": [part for part in (article.site, article.published) if part],
        "url": web_link(article.url),
        "error": report.error,
    }


def _block(laid: Laid) -> Payload:
    return {
        "kind": laid.block.kind,
        "level": laid.block.level,
        "marker": laid.marker,
        "spans": [
            {"statement": span.statement, "runs": [[run.text, run.cue] for run in span.runs]}
            for span in laid.spans
        ],
    }


def _statement(findings: Sequence[Finding]) -> Payload:
    lead = findings[0]
    tags = (words.VOICE_TAG[lead.claim.voice], words.STRENGTH_TAG[lead.claim.strength])
    return {
        "findings": [finding.id for finding in findings],
        "verdict": lead.verdict,
        "word": words.VERDICT[lead.verdict],
        "flag": lead.flag,
        "tags": [tag for tag in tags if tag],
    }


def _card(finding: Finding, statement: int, report: Report) -> Payload:
    claim, reason = finding.claim, finding.unverified_reason
    return {
        "id": finding.id,
        "statement": statement,
        "quote": claim.quote,
        "verdict": finding.verdict,
        "word": words.VERDICT[finding.verdict],
        "means": words.REASON_MEANS[reason] if reason else words.VERDICT_MEANS[finding.verdict],
        "flag": finding.flag,
        "harm": finding.harm,
        "harm_word": words.HARM[finding.harm],
        "confidence": words.CONFIDENCE[finding.confidence],
        "because": finding.because,
        "claim": [claim.subject, words.relation(claim), claim.object],
        "says": _says(finding),
        "cues": _cue_words(claim.cues, report.article.text),
        "evidence": [_row(match) for match in finding.matches if match.how != "similar"],
        "similar": [_row(match) for match in finding.matches if match.how == "similar"],
    }


def _says(finding: Finding) -> list[list[str]]:
    claim = finding.claim
    polarity = words.DENIES[claim.denies] if claim.denies else words.POLARITY[claim.polarity]
    return [
        ["Polarity", polarity],
        ["Strength", words.STRENGTH[claim.strength]],
        ["Voice", words.VOICE[claim.voice]],
    ]


def _cue_words(cues: Sequence[Cue], text: str) -> list[list[str]]:
    """Give each cue's words once, in the order of the page, with the ids of the rows that found them."""
    found: dict[tuple[int, int], list[str]] = {}
    for cue in sorted(cues, key=lambda cue: (cue.start, cue.end)):
        found.setdefault((cue.start, cue.end), []).append(cue.id)
    return [[text[start:end], ", ".join(ids)] for (start, end), ids in found.items()]


def _row(match: Match) -> Payload:
    row = match.evidence
    return {
        "id": row.id,
        "finding": row.finding,
        "finding_word": words.FINDING[row.finding],
        "certainty": words.CERTAINTY[row.certainty],
        "how": words.HOW[match.how],
        "proposition": row.proposition,
        "summary": row.summary,
        "title": row.source_title,
        "url": web_link(row.url),
        "facts": [fact for fact in (row.publisher, str(row.year or ""), row.source_type) if fact],
        "seen": words.SEEN[row.seen],
        "checked": row.checked_on,
    }


def _about(report: Report) -> Payload:
    return {
        "versions": [
            ["Checker", report.checker],
            ["Evidence table", report.evidence_digest],
            ["As of", report.as_of],
        ],
        "counts": [[name.replace("_", " "), count] for name, count in report.counts.items()],
        "advice": words.NO_ADVICE,
    }
