"""Turn a report into what the reader component draws: plain lists and strings, every phrase in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from claims.types import VERDICTS, Article, Cue, Report
from pipeline.dashboard import words
from pipeline.dashboard.cards import Claim, Payload, card
from pipeline.dashboard.layout import Laid, lay_out
from pipeline.export import report_to_dict
from pipeline.links import web_link
from pipeline.repeats import grouped

Range = tuple[int, int]


def page_payload(report: Report) -> Payload:
    """Describe one page: its blocks, statements, claims and tally; a failed page has only its error."""
    described: Mapping[str, Any] = report_to_dict(report)
    claims: list[Claim] = described["claims"]
    ordered = by_harm(claims)
    statements = _statements(claims, ordered)
    index = {place: i for i, place in enumerate(statements)}
    cues = [Cue(**cue) for claim in claims for cue in claim["cues"]]
    laid = lay_out(report.article, list(statements), cues)
    details = {match.evidence.id: match.evidence for finding in report.findings for match in finding.matches}
    page = described.get("page") or {}
    return {
        **_head(report.article, laid),
        "error": report.error,
        "blocks": [_block(part) for part in laid],
        "statements": [_statement(found) for found in statements.values()],
        "findings": {
            claim["id"]: card(
                claim,
                text=report.article.text,
                url=report.article.url,
                details=details,
                markers=page.get("markers", ()),
            )
            | {"statement": index[_place(claim)]}
            for claim in claims
        },
        **entries(ordered, claims),
        "tally": tally(claims),
        "markers": [_marker(marker) for marker in page.get("markers", ())],
        "omissions": [_omission(omitted) for omitted in page.get("omissions", ())],
        "about": _about(report),
    }


def entries(ordered: Sequence[Claim], in_order: Sequence[Claim]) -> Payload:
    """List what a reviewer decides: a claim that stands in five places is one entry, led by its first."""
    leads = {claim["id"]: group for group in grouped(ordered) for claim in group[:1]}
    places = [group[0]["id"] for group in grouped(sorted(in_order, key=_place))]
    lead_of = {claim["id"]: lead for lead, group in leads.items() for claim in group}
    return {
        "entries": {lead: [claim["id"] for claim in group] for lead, group in leads.items()},
        "flagged": [lead for lead, group in leads.items() if group[0]["flag"]],
        "all": [lead_of[first] for first in places],
    }


def by_harm(claims: Iterable[Claim]) -> list[Claim]:
    """Order as a reviewer reads: flagged before the rest, most harmful first, then as on the page."""
    return sorted(claims, key=lambda claim: (not claim["flag"], -claim["harm"], *_place(claim)))


def tally(claims: Sequence[Claim]) -> list[Payload]:
    """Count by verdict, none left out; unverified says why."""
    counts = Counter(claim["verdict"] for claim in claims)
    reasons = Counter(claim["unverified_reason"] for claim in claims if claim["unverified_reason"])
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


def _place(claim: Claim) -> Range:
    return claim["start"], claim["end"]


def _statements(claims: Iterable[Claim], ordered: Iterable[Claim]) -> Mapping[Range, list[Claim]]:
    """Group claims by statement, in reading order; the one a reviewer should see leads its statement."""
    places: dict[Range, list[Claim]] = {place: [] for place in sorted(map(_place, claims))}
    for claim in ordered:
        places[_place(claim)].append(claim)
    return places


def _head(article: Article, laid: Sequence[Laid]) -> Payload:
    first = laid[0] if laid else None
    opening = "".join(run.text for span in first.spans for run in span.runs) if first else ""
    titled = first is not None and first.block.kind == "heading" and opening.strip() == article.title.strip()
    return {
        "id": article.id,
        "article": article.id,
        "title": article.title,
        "title_in_text": titled,
        "byline": [part for part in (article.site, article.published) if part],
        "url": web_link(article.url),
    }


def _block(laid: Laid) -> Payload:
    return {
        "kind": laid.block.kind,
        "level": laid.block.level,
        "start": laid.block.start,
        "marker": laid.marker,
        "spans": [
            {"statement": span.statement, "runs": [[run.text, run.cue] for run in span.runs]}
            for span in laid.spans
        ],
    }


def _statement(claims: Sequence[Claim]) -> Payload:
    lead = claims[0]
    told = words.DISTANCED_TAG if lead.get("distanced") and lead["voice"] != "rejected" else ""
    tags = (told or words.VOICE_TAG[lead["voice"]], words.STRENGTH_TAG[lead["strength"]])
    return {
        "findings": [claim["id"] for claim in claims],
        "verdict": lead["verdict"],
        "word": words.VERDICT[lead["verdict"]],
        "flag": lead["flag"],
        "tags": [tag for tag in tags if tag],
    }


def _marker(marker: Mapping[str, Any]) -> Payload:
    return {key: marker[key] for key in ("id", "label", "start", "end", "quote")}


def _omission(omitted: Mapping[str, Any]) -> Payload:
    return {
        "subject": omitted["subject"],
        "harms": [{"id": harm["id"], "summary": harm["summary"]} for harm in omitted["harms"]],
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
