"""The audit report: a page of HTML that a reviewer hands in, reads well on paper, and holds no script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pipeline.links import statement_link, web_link
from pipeline.reporting.outcome import outcome
from pipeline.reporting.pages import Audited, Claim
from pipeline.reviews import Held
from pipeline.store import Review

if TYPE_CHECKING:
    import jinja2

VERDICTS = ("contradicted", "unsupported", "overstated", "supported", "unverified")
HARM = ("none expected", "wasted money", "could delay care or injure", "could kill")
DECISIONS: Mapping[str, str] = {
    "agree": "agrees",
    "not_a_claim": "not a claim",
    "unsure": "unsure",
    "no_action": "reviewed, no action",
    "missed": "missed by the checker",
}
CHANGED: Mapping[str, str] = {
    "page": "the page has changed since",
    "finding": "the finding has changed since",
}


def report_html(pages: Sequence[Audited]) -> str:
    """Give the report on some pages."""
    return _template().render(pages=[_page(page) for page in pages], summary=_summary(pages))


@lru_cache(maxsize=1)
def _template() -> jinja2.Template:
    import jinja2

    loader = jinja2.PackageLoader("pipeline.reporting", ".")
    return jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined).get_template(
        "report.html"
    )


def _summary(pages: Sequence[Audited]) -> dict[str, Any]:
    listed = [(page, claim) for page in pages for claim in page.listed]
    flagged = [claim for _, claim in listed if claim["flag"]]
    reviews = [held.review for page in pages for several in page.decisions.values() for held in several]
    counts = Counter(claim["verdict"] for claim in flagged)
    return {
        "pages": len(pages),
        "failed": sum(page.page.report["error"] is not None for page in pages),
        "flagged": len(flagged),
        "decided": sum(claim["id"] in page.decisions for page, claim in listed if claim["flag"]),
        "missed": sum(len(page.missed) for page in pages),
        "verdicts": [(verdict, counts[verdict]) for verdict in VERDICTS if counts[verdict]],
        "reviewers": sorted({review.reviewer for review in reviews}),
        "days": sorted({review.time[:10] for review in reviews}),
        "versions": sorted({_version(page) for page in pages}),
    }


def _version(page: Audited) -> tuple[str, str, str]:
    report = page.page.report
    return report["checker"], report["evidence_digest"], report.get("as_of") or ""


def _page(audited: Audited) -> dict[str, Any]:
    page, report = audited.page, audited.page.report
    article = report["article"]
    listed = sorted(audited.listed, key=lambda claim: (not claim["flag"], -claim["harm"], claim["start"]))
    return {
        "title": article["title"] or article["url"] or str(report["id"]),
        "url": web_link(article["url"]),
        "facts": [fact for fact in (article["site"], article["published"]) if fact],
        "error": report["error"],
        "found": len(page.claims),
        "claims": list(_told_once(_claim(claim, audited) for claim in listed)),
        "missed": [_missed(held, article["url"]) for held in audited.missed],
        "markers": (report.get("page") or {}).get("markers", []),
        "omissions": (report.get("page") or {}).get("omissions", []),
    }


def _told_once(claims: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Say of each claim whether its evidence stands above: a page that repeats itself must not fill ten sheets."""
    above: set[tuple[str, ...]] = set()
    for claim in claims:
        rows = tuple(row["id"] for row in claim["rows"])
        yield claim | {"told": bool(rows) and rows in above}
        above.add(rows)


def _claim(claim: Claim, audited: Audited) -> dict[str, Any]:
    url = audited.page.report["article"]["url"]
    decisions = audited.decisions.get(claim["id"], ())
    return {
        "quote": claim["quote"],
        "link": statement_link(url, claim["quote"]),
        "place": _place(audited.page.text, claim),
        "said": _said(claim),
        "verdict": claim["verdict"],
        "flag": claim["flag"],
        "harm": f"{claim['harm']}: {HARM[claim['harm']]}",
        "because": claim["because"],
        "gap": claim.get("strength_gap") or "",
        "rows": [_row(row) for row in claim["evidence"] or () if row["how"] != "similar"],
        "decisions": [_decision(held) for held in decisions],
        "outcome": outcome(claim, decisions),
        "id": claim["id"],
    }


def _said(claim: Claim) -> str:
    denied = "not: " if claim["polarity"] == "deny" else ""
    return f"{claim['subject']} — {denied}{claim['relation']} {claim['object']}".rstrip()


def _place(text: str, claim: Claim) -> str:
    """Say where on the page a statement stands, for a reader who has it on paper."""
    at = f"characters {claim['start']:,} to {claim['end']:,}"
    if not text:
        return at
    paragraph = sum(bool(line.strip()) for line in text[: claim["start"]].splitlines()[:-1]) + 1
    return f"paragraph {paragraph}, {at}"


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    facts = (row["publisher"], str(row["year"] or ""), f"{row['seen']} source", f"row {row['id']}")
    return {
        "id": row["id"],
        "finding": row["finding"],
        "certainty": row["certainty"].replace("_", " "),
        "summary": row["summary"],
        "title": row["source_title"],
        "url": web_link(row["url"]),
        "facts": [fact for fact in facts if fact],
    }


def _decision(held: Held) -> dict[str, Any]:
    review: Review = held.review
    return {
        "reviewer": review.reviewer,
        "what": f"{review.verdict} instead" if review.decision == "verdict" else DECISIONS[review.decision],
        "note": review.note,
        "time": review.time[:16].replace("T", " "),
        "changed": [CHANGED[change] for change in held.changed],
    }


def _missed(held: Held, url: str) -> dict[str, Any]:
    target = held.review.target
    said = {name: getattr(target, name) for name in ("subject", "relation", "object", "polarity")}
    return {
        "quote": target.quote,
        "link": statement_link(url, target.quote),
        "said": _said(said),
        "verdict": held.review.verdict,
        "decision": _decision(held),
    }
