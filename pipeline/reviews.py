"""Set reviews beside the findings of today: what they judged, and what has changed since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from claims.types import digest
from pipeline.store import Review, Target

__all__ = ["Held", "held", "missed", "page_target", "target_of"]

Claim = Mapping[str, Any]
Change = Literal["page", "finding"]
_SAID = ("quote", "subject", "relation", "object", "polarity")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A review of a finding of today; `changed` says what is not as the reviewer saw it."""

    review: Review
    changed: tuple[Change, ...] = ()


def page_target(page_id: str, *, text: str, evidence_digest: str, url: str = "", title: str = "") -> Target:
    """Describe a page for the reviews of its findings."""
    return Target(
        page_id=page_id,
        url=url,
        title=title,
        text_hash=digest(text) if text else "",
        evidence_digest=evidence_digest,
    )


def target_of(page: Target, claim: Claim) -> Target:
    """Describe a finding of a page as it is now."""
    said = {name: claim[name] for name in (*_SAID, "start", "end", "strength", "voice")}
    return replace(page, **said, machine_verdict=claim["verdict"])


def held(reviews: Iterable[Review], page: Target, claims: Sequence[Claim]) -> dict[str, list[Held]]:
    """Give each finding the reviews about it, in their order: also those of an earlier version of the page."""
    by_id = {claim["id"]: claim for claim in claims}
    by_words = {_said(claim): claim for claim in reversed(claims)}
    found: dict[str, list[Held]] = {}
    for review in reviews:
        claim = by_id.get(review.finding_id)
        if claim is None and review.target.page_id != page.page_id and review.decision != "missed":
            claim = by_words.get(tuple(getattr(review.target, name) for name in _SAID))
        if claim is not None:
            kept = Held(review=review, changed=tuple(_changes(review.target, page, claim)))
            found.setdefault(claim["id"], []).append(kept)
    return found


def missed(reviews: Iterable[Review], page: Target, text: str) -> list[Held]:
    """Give the claims that reviewers marked as missed, but those whose words are no longer on the page."""
    found = []
    for review in reviews:
        was = review.target
        if review.decision != "missed":
            continue
        here = not text or text[was.start : was.end] == was.quote
        at = was.start if here else text.find(was.quote)
        if at >= 0:
            moved = replace(was, start=at, end=at + len(was.quote))
            found.append(Held(review=replace(review, target=moved), changed=tuple(_page_changed(was, page))))
    return found


def _said(claim: Claim) -> tuple[str, ...]:
    return tuple(claim[name] for name in _SAID)


def _changes(was: Target, page: Target, claim: Claim) -> Iterator[Change]:
    yield from _page_changed(was, page)
    if was.machine_verdict and was.machine_verdict != claim["verdict"]:
        yield "finding"


def _page_changed(was: Target, page: Target) -> Iterator[Change]:
    if was.text_hash and page.text_hash and was.text_hash != page.text_hash:
        yield "page"
