"""Write audited pages in the form a file's name asks for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from pipeline.export import safe_csv
from pipeline.reporting.claimreview import claim_reviews
from pipeline.reporting.gold import passages
from pipeline.reporting.html import report_html
from pipeline.reporting.outcome import outcome
from pipeline.reporting.pages import Audited, Claim
from pipeline.reviews import Held
from pipeline.store import Review

# Shared with the dashboard's downloads: what a file is for, by its ending.
FORMS: Mapping[str, str] = {
    ".html": "Report to read or print",
    ".csv": "Table for a spreadsheet",
    ".json": "Findings and decisions for programs",
    ".jsonld": "Decided claims as schema.org ClaimReview",
    ".jsonl": "Decided passages, labelled for training and tests",
}


def write(pages: Sequence[Audited], form: str) -> bytes:
    """Write pages in a form, one of `FORMS`; a broken character becomes its escape."""
    text = _WRITERS[form](pages)
    return text.encode("utf-8-sig" if form == ".csv" else "utf-8", "backslashreplace")


def table_csv(pages: Sequence[Audited]) -> str:
    """Give a row for each listed claim and reviewer, and for each missed claim; text is defused."""
    return safe_csv(COLUMNS, (row for page in pages for row in _rows(page)))


COLUMNS = (
    "url", "title", "quote", "start", "end", "subject", "relation", "object", "polarity", "strength", "voice",
    "verdict", "flag", "harm", "confidence", "because", "sources",
    "reviewer", "decision", "reviewers_verdict", "note", "time", "changed_since", "outcome",
    "id", "checker", "evidence_digest",
)  # fmt: skip


def _rows(audited: Audited) -> Iterator[dict[str, object]]:
    report = audited.page.report
    page = {
        "url": report["article"]["url"],
        "title": report["article"]["title"],
        "checker": report["checker"],
        "evidence_digest": report["evidence_digest"],
    }
    for claim in audited.listed:
        decisions = audited.decisions.get(claim["id"], ())
        found = page | _claim(claim) | {"outcome": outcome(claim, decisions)}
        yield from [found | _decision(held) for held in decisions] or [found]
    for held in audited.missed:
        target = held.review.target
        own = {"id": held.review.finding_id, "outcome": held.review.verdict}
        yield page | _claim(vars_of(target)) | own | _decision(held)


def _claim(claim: Claim) -> dict[str, object]:
    sources = [row["url"] for row in claim.get("evidence") or () if row["how"] != "similar" and row["url"]]
    return {name: claim.get(name, "") for name in COLUMNS if name in claim} | {
        "sources": " ".join(dict.fromkeys(sources))
    }


def vars_of(target: object) -> dict[str, Any]:
    """Give what a missed claim says, under the names of a claim."""
    names = ("quote", "start", "end", "subject", "relation", "object", "polarity", "strength", "voice")
    return {name: getattr(target, name) for name in names}


def _decision(held: Held) -> dict[str, object]:
    review = held.review
    return {
        "reviewer": review.reviewer,
        "decision": review.decision,
        "reviewers_verdict": review.verdict,
        "note": review.note,
        "time": review.time,
        "changed_since": " ".join(held.changed),
    }


def everything_json(pages: Sequence[Audited]) -> str:
    """Give every page whole, its reviews beside each claim."""
    return json.dumps([_page(page) for page in pages], ensure_ascii=False, indent=1) + "\n"


def _page(audited: Audited) -> dict[str, Any]:
    claims = [
        claim | {"reviews": [_review(held) for held in audited.decisions.get(claim["id"], ())]}
        for claim in map(dict, audited.page.claims)
    ]
    missed = [vars_of(held.review.target) | _review(held) for held in audited.missed]
    return {**audited.page.report, "claims": claims, "missed": missed}


def _review(held: Held) -> dict[str, Any]:
    review: Review = held.review
    names = ("reviewer", "decision", "verdict", "note", "time", "seconds")
    return {name: getattr(review, name) for name in names} | {"changed_since": list(held.changed)}


_WRITERS: Mapping[str, Callable[[Sequence[Audited]], str]] = {
    ".html": report_html,
    ".csv": table_csv,
    ".json": everything_json,
    ".jsonld": claim_reviews,
    ".jsonl": passages,
}
