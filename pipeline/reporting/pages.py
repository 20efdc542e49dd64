"""A checked page together with what reviewers decided about it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from claims.types import Report
from pipeline.export import report_to_dict
from pipeline.results import ResultsError, StoredPage, read_results
from pipeline.reviews import Held, held, missed, page_target
from pipeline.store import ReviewStore, Target, standing

Claim = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A report as the JSON contract has it, and the page's text where it is known, else ""."""

    report: Mapping[str, Any]
    text: str = ""

    @classmethod
    def of(cls, report: Report) -> Page:
        """Take a page that was just checked."""
        return cls(report=report_to_dict(report), text=report.article.text)

    @property
    def claims(self) -> Sequence[Claim]:
        """What was found on it, in reading order."""
        return sorted(self.report["claims"], key=lambda claim: (claim["start"], claim["end"]))

    @property
    def target(self) -> Target:
        """Describe the page as reviews do."""
        article = self.report["article"]
        return page_target(
            str(self.report["id"]),
            text=self.text,
            evidence_digest=self.report["evidence_digest"],
            url=article["url"],
            title=article["title"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """A page with what holds now: for each finding the last decision of each reviewer, and the missed claims."""

    page: Page
    decisions: Mapping[str, Sequence[Held]]
    missed: Sequence[Held]

    @property
    def listed(self) -> list[Claim]:
        """What a report lists: what was flagged, and what somebody decided about."""
        return [claim for claim in self.page.claims if claim["flag"] or claim["id"] in self.decisions]


def audited(page: Page, store: ReviewStore) -> Audited:
    """Set a page's reviews beside its findings."""
    target, claims = page.target, page.claims
    here = store.of_page(target.page_id, target.url)
    seen = {review.finding_id for review in here}
    # Results may name a page otherwise than the screen did; a finding keeps its id.
    elsewhere = store.of_findings({claim["id"] for claim in claims} - seen)
    reviews = standing([*here, *elsewhere])
    decisions = {
        finding: list({one.review.reviewer: one for one in several if one.review.decision != "skip"}.values())
        for finding, several in held(reviews, target, claims).items()
    }
    return Audited(
        page=page,
        decisions={finding: several for finding, several in decisions.items() if several},
        missed=missed(reviews, target, page.text),
    )


def read_pages(path: Path) -> Iterator[Page]:
    """Read reports: one JSON object or a list of them, JSON lines, or a data set; raise ResultsError."""
    if path.is_dir() or path.suffix == ".gz":
        yield from map(_stored, read_results(path))
        return
    try:
        given = json.loads(path.read_bytes())
    except OSError as err:
        raise ResultsError(f"{path}: the results cannot be read ({err.strerror})") from None
    except (ValueError, RecursionError):  # several objects, a line each
        yield from map(_stored, read_results(path))
        return
    for number, report in enumerate(given if isinstance(given, list) else [given], start=1):
        missing = [key for key in _REPORT if not isinstance(report, dict) or key not in report]
        if missing:
            raise ResultsError(f"{path}: object {number} is no report (it lacks {', '.join(missing)})")
        yield Page(report=report)


def as_a_whole(markers: Sequence[Claim], omissions: Sequence[Claim]) -> Claim:
    """Describe what was seen of a stored page as a whole; a data set names left-out harms by their rows only."""
    told = [o | {"harms": [_harm(row) for row in o["harms"]]} for o in map(dict, omissions)]
    return {"markers": list(markers), "omissions": told}


def _harm(row: str | Claim) -> Claim:
    return {"id": row, "summary": _summaries().get(row, "")} if isinstance(row, str) else row


@cache
def _summaries() -> Mapping[str, str]:
    """Give the summary of each row of the shipped table; a result may name rows that are not in it."""
    from claims.evidence import EVIDENCE
    from claims.lint import read_sheets

    return {row.cells["id"]: row.cells["summary"] for row in read_sheets([EVIDENCE]).rows}


_REPORT = ("id", "article", "checker", "evidence_digest", "error", "claims")


def _stored(stored: StoredPage) -> Page:
    article = stored.article
    report = {
        "id": stored.id,
        "article": {name: getattr(article, name) for name in ("url", "title", "site", "published")},
        "checker": stored.checker,
        "evidence_digest": stored.evidence_digest,
        "as_of": stored.as_of,
        "error": stored.error,
        "claims": stored.claims,
        "page": as_a_whole([asdict(marker) for marker in stored.markers], stored.omissions),
    }
    return Page(report=report, text=article.text)
