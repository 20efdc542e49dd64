"""A page as the screen holds it open: what the component draws, and what a decision on it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from claims.types import Report
from pipeline.dashboard.cards import Claim, Payload
from pipeline.dashboard.payload import page_payload
from pipeline.export import report_to_dict
from pipeline.reviews import page_target, target_of
from pipeline.store import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A page that was checked; made once, since a page does not change."""

    payload: Payload
    page: Target
    text: str
    claims: Mapping[str, Claim]

    def places(self, finding: str) -> list[tuple[str, Target]]:
        """Give all findings that a decision on this one is about: the same claim elsewhere on the page."""
        same: Sequence[str] = self.payload["entries"].get(finding, [finding])
        return [(one, target_of(self.page, self.claims[one])) for one in same if one in self.claims]

    def passage(self, start: int, end: int) -> Target:
        """Describe a passage that a reviewer has marked."""
        return replace(self.page, start=start, end=end, quote=self.text[start:end])


def open_report(report: Report) -> Opened:
    """Open a page that was checked."""
    article, described = report.article, report_to_dict(report)
    claims: list[dict[str, Any]] = described["claims"]  # type: ignore[assignment]
    return Opened(
        payload=page_payload(report),
        page=page_target(
            article.id,
            text=article.text,
            evidence_digest=report.evidence_digest,
            url=article.url,
            title=article.title,
        ),
        text=article.text,
        claims={claim["id"]: claim for claim in claims},
    )
