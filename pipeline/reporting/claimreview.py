"""Decided claims as schema.org ClaimReview, the form that search engines and fact-checkers exchange."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pipeline.links import statement_link
from pipeline.reporting.outcome import outcome
from pipeline.reporting.pages import Audited, Claim
from pipeline.reviews import Held

# On ClaimReview's scale of 1 (false) to 5 (true); what has no rating is not published.
RATING: Mapping[str, tuple[int, str]] = {
    "contradicted": (1, "Contradicted by good evidence"),
    "unsupported": (2, "Unsupported: no good evidence either way"),
    "overstated": (3, "Overstated: the evidence backs less"),
    "supported": (5, "Supported by the evidence"),
}


def claim_reviews(pages: Iterable[Audited]) -> str:
    """Give the decided claims as a JSON-LD graph; it may stand in a script element of a page."""
    graph = [one for page in pages for one in _of(page)]
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=True, indent=1)
    return text.replace("<", "\\u003c") + "\n"


def _of(audited: Audited) -> Iterator[dict[str, Any]]:
    for claim in audited.page.claims:
        decisions = audited.decisions.get(claim["id"], ())
        verdict = outcome(claim, decisions)
        if verdict in RATING:
            yield _review(audited, claim, verdict, decisions)
    for held in audited.missed:
        review = held.review
        if review.verdict in RATING:
            said = {"id": review.finding_id, "quote": review.target.quote, "because": review.note, "evidence": ()}
            yield _review(audited, said, review.verdict, [held])


def _review(audited: Audited, claim: Claim, verdict: str, decisions: Iterable[Held]) -> dict[str, Any]:
    article = audited.page.report["article"]
    rating, name = RATING[verdict]
    reviews = [held.review for held in decisions]
    page = {
        "name": article["title"],
        "url": statement_link(article["url"], claim["quote"]),
        "datePublished": article["published"],
    }
    known = {name: value for name, value in page.items() if value}
    return {
        "@type": "ClaimReview",
        "identifier": claim["id"],
        "claimReviewed": claim["quote"],
        "datePublished": max(review.time for review in reviews)[:10],
        "author": [{"@type": "Person", "name": review.reviewer} for review in reviews],
        "itemReviewed": {
            "@type": "Claim",
            "text": claim["quote"],
            **({"appearance": {"@type": "WebPage"} | known} if known else {}),
            **({"author": {"@type": "Organization", "name": article["site"]}} if article["site"] else {}),
        },
        "reviewRating": {
            "@type": "Rating", "ratingValue": rating, "bestRating": 5, "worstRating": 1, "alternateName": name,
        },
        "reviewBody": claim["because"],
        "citation": [
            {"@type": "CreativeWork", "name": row["source_title"], "url": row["url"]}
            for row in claim["evidence"] or ()
            if row["how"] != "similar" and row["url"]
        ],
    }  # fmt: skip
