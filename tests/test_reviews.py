"""Reviews beside the findings of today: kept through a re-run, a changed table and a changed page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from claims.types import Report
from pipeline.export import report_to_dict
from pipeline.reviews import held, missed, page_target, target_of
from pipeline.store import Review, Target
from tests.factories import article, finding, report, review

QUOTE = "Garlic cures colds."


def checked(text: str = QUOTE, verdict: Any = "unsupported", url: str = "https://a.example") -> Report:
    page = article((("paragraph", 0, text),), url=url)
    return report(page, finding(page, QUOTE, ("garlic", "treats", "colds"), verdict))


def described(given: Report) -> tuple[Target, list[Any]]:
    page = given.article
    target = page_target(page.id, text=page.text, evidence_digest="d", url=page.url, title=page.title)
    claims: Any = report_to_dict(given)["claims"]
    return target, claims


def reviewed(given: Report) -> Review:
    target, (claim,) = described(given)
    return review(1, claim["id"], target=target_of(target, claim))


@pytest.mark.parametrize(
    ("now", "want"),
    [
        (checked(), [()]),
        (checked(verdict="contradicted"), [("finding",)]),
        (checked(f"Hello. {QUOTE}"), [("page",)]),
        (checked(f"Hello. {QUOTE}", verdict="contradicted"), [("page", "finding")]),
        (checked(f"Hello. {QUOTE}", url="https://b.example"), [("page",)]),
    ],
    ids=["same", "table changed", "page changed", "both", "elsewhere, asked for by the caller only"],
)
def test_a_review_stays_and_says_what_has_changed(now: Report, want: list[tuple[str, ...]]) -> None:
    target, claims = described(now)
    about = held([reviewed(checked())], target, claims)
    assert [one.changed for several in about.values() for one in several] == want
    assert set(about) == {claims[0]["id"]}


def test_a_review_of_words_that_are_gone_is_about_nothing() -> None:
    target, claims = described(checked())
    gone = replace(reviewed(checked(f"Hello. {QUOTE}")), finding_id="other")
    assert held([replace(gone, target=replace(gone.target, quote="Else."))], target, claims) == {}


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Well. Garlic cures colds.", [(13, ())]),
        ("Oh well. Garlic cures colds.", [(16, ("page",))]),
        ("Nothing.", []),
        ("", [(13, ())]),
    ],
    ids=["in place", "moved", "gone", "text unknown"],
)
def test_a_missed_claim_is_found_again(text: str, want: list[Any]) -> None:
    was = page_target("p", text="Well. Garlic cures colds.", evidence_digest="d")
    mark = review(1, "m", decision="missed", target=replace(was, quote="cures colds", start=13, end=24))
    found = missed([mark, review(2, "f")], page_target("p", text=text, evidence_digest="d"), text)
    assert [(one.review.target.start, one.changed) for one in found] == want
