"""What the dashboard's reader component is given, and the files a report is handed over in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, get_args, get_type_hints

import pytest

from claims import types
from claims.types import Block, Report
from pipeline.dashboard import downloads, payload, words
from pipeline.dashboard.cards import card
from pipeline.dashboard.layout import lay_out
from pipeline.export import report_to_dict
from pipeline.store import DECISIONS
from tests.factories import (
    article,
    evidence,
    finding,
    hostile_report,
    kratom_report,
    match,
    plain_report,
    repeated_report,
    report,
)

# What the reader component is given


def claims(report: Report) -> Any:
    return report_to_dict(report)["claims"]


def test_flagged_come_first_by_harm_then_by_place() -> None:
    ordered = payload.by_harm(claims(kratom_report()))
    keys = [(not claim["flag"], -claim["harm"], claim["start"]) for claim in ordered]
    assert keys == sorted(keys)
    assert ordered[0]["harm"] == 3
    assert ordered[0]["flag"]


def test_tally_counts_every_verdict_and_says_why_unverified() -> None:
    tally = {entry["verdict"]: entry for entry in payload.tally(claims(kratom_report()))}
    assert {verdict: entry["count"] for verdict, entry in tally.items()} == {
        "contradicted": 3,
        "unsupported": 1,
        "overstated": 3,
        "supported": 2,
        "unverified": 3,
    }
    assert tally["unverified"]["why"] == "1 no row, 1 similar only, 1 too vague"


def test_a_statement_of_two_claims_is_marked_by_the_one_to_look_at() -> None:
    page = payload.page_payload(kratom_report())
    both = next(s for s in page["statements"] if len(s["findings"]) == 2 and s["tags"])
    assert both["verdict"] == "contradicted"
    assert both["tags"] == ["absolute"]
    card = page["findings"][both["findings"][0]]
    assert card["cues"] == [["no side effects", "totality.no_side_effects"]]


def test_similar_rows_stand_apart() -> None:
    card = next(
        card for card in payload.page_payload(kratom_report())["findings"].values() if card["similar"]
    )
    assert [row["id"] for row in card["evidence"]] == ["kratom-001"]
    assert [row["id"] for row in card["similar"]] == ["kratom-017"]
    assert card["evidence"][0]["seen"] == words.SEEN["primary"]


@pytest.mark.parametrize(("summary", "shown"), [("A review of trials.", "2026-03-01"), ("It said otherwise.", "")])
def test_a_stored_claim_is_told_by_its_row_of_today_unless_the_row_was_changed(summary: str, shown: str) -> None:
    page = article((("paragraph", 0, "Garlic cures colds."),))
    row = match(summary="A review of trials.")
    (claim,) = claims(report(page, finding(page, page.text, ("garlic", "treats", "colds"), "unsupported", matches=(row,))))
    today = evidence(summary=summary, checked_on="2026-03-01", proposition="Garlic cures colds.")
    (told,) = card(claim, details={today.id: today})["evidence"]
    assert (told["checked"], told["proposition"] != "") == (shown, shown != "")


def test_the_same_claim_is_one_entry_with_its_places() -> None:
    page = payload.page_payload(repeated_report())
    (lead,) = page["flagged"]
    assert page["entries"] == {lead: [f.id for f in repeated_report().findings]}
    assert page["all"] == [lead]


def test_what_differs_in_one_thing_is_another_entry() -> None:
    page = article((("paragraph", 0, "Garlic cures colds. Garlic may cure colds."),))
    triple: Any = ("garlic", "treats", "colds")
    said = [
        finding(page, "Garlic cures colds.", triple, "unsupported"),
        finding(page, "Garlic may cure colds.", triple, "unsupported", claim={"strength": "hedged"}),
    ]
    assert len(payload.page_payload(report(page, *said))["entries"]) == 2


def test_what_later_versions_of_a_report_add_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    marker = {"id": "urgency", "label": "Urgency", "start": 0, "end": 3, "quote": "Buy"}
    harms = {"subject": "kratom", "harms": [{"id": "kratom-9", "summary": "Seizures.", "more": "x"}]}

    def described(given: Report) -> dict[str, Any]:
        plain = report_to_dict(given)
        said = [claim | {"strength_gap": "two steps", "would_change": "a trial"} for claim in claims(given)]
        return plain | {"claims": said, "page": {"counts": {}, "markers": [marker], "omissions": [harms]}}

    monkeypatch.setattr(payload, "report_to_dict", described)
    page = payload.page_payload(kratom_report())
    assert {(card["gap"], card["would_change"]) for card in page["findings"].values()} == {("two steps", "a trial")}
    assert page["markers"] == [marker]
    cards = page["findings"].values()
    assert {tuple(card["markers"]) for card in cards if card["statement"] == 0} <= {("Urgency",), ()}
    assert page["omissions"] == [{"subject": "kratom", "harms": [{"id": "kratom-9", "summary": "Seizures."}]}]


@pytest.mark.parametrize(
    "page", [kratom_report(), hostile_report(), plain_report()], ids=lambda r: r.article.id
)
def test_layout_loses_no_word_and_doubles_none(page: Report) -> None:
    given = payload.page_payload(page)
    text = " ".join(
        "".join(run[0] for span in block["spans"] for run in span["runs"]) for block in given["blocks"]
    )
    assert text.split() == page.article.text.split()


@pytest.mark.parametrize(
    ("text", "blocks", "want"),
    [
        ("One.\n\nTwo.", (), [("", "One."), ("", "Two.")]),
        ("- a\n- b", ((2, 3), (6, 7)), [("", "a"), ("", "b")]),
        ("1. a\nb) c", ((3, 4), (8, 9)), [("1.", "a"), ("b)", "c")]),
        ("lost words\n- a", ((13, 14),), [("", "lost words"), ("", "a")]),
        ("two words a", ((10, 11),), [("", "two words"), ("", "a")]),
        ("abcdef", ((0, 4), (2, 6)), [("", "abcd"), ("", "ef")]),
        ("abc", ((0, 2), (0, 2)), [("", "ab"), ("", "c")]),
        ("", (), []),
    ],
)
def test_layout_of_odd_blocks(
    text: str, blocks: tuple[tuple[int, int], ...], want: list[tuple[str, str]]
) -> None:
    page = types.Article(
        id="x",
        text=text,
        blocks=tuple(Block(kind="list_item", start=start, end=end) for start, end in blocks),
    )
    laid = lay_out(page, [], [])
    assert [
        (part.marker, "".join(run.text for span in part.spans for run in span.runs)) for part in laid
    ] == want


def test_every_value_of_the_nouns_has_its_word() -> None:
    pairs: list[tuple[Mapping[Any, str], Any]] = [
        (words.VERDICT, types.Verdict),
        (words.VERDICT_MEANS, types.Verdict),
        (words.REASON, types.UnverifiedReason),
        (words.REASON_MEANS, types.UnverifiedReason),
        (words.RELATION, types.Relation),
        (words.POLARITY, types.Polarity),
        (words.DENIES, types.Denies),
        (words.STRENGTH, types.Strength),
        (words.STRENGTH_TAG, types.Strength),
        (words.VOICE, types.Voice),
        (words.VOICE_TAG, types.Voice),
        (words.HARM, types.Harm),
        (words.FINDING, types.EvidenceFinding),
        (words.CERTAINTY, types.Certainty),
        (words.HOW, types.How),
    ]
    for table, noun in pairs:
        assert set(table) == set(get_args(noun)), noun
    assert set(words.DECISION) == set(words.DECISION_MEANS) == DECISIONS - {"undo"}
    assert set(words.CONFIDENCE) == set(get_args(get_type_hints(types.Finding)["confidence"]))


def test_downloads_survive_half_a_character() -> None:
    page = article((("paragraph", 0, "Kratom heals \ud83d all."),))
    broken = report(page, finding(page, "Kratom heals \ud83d all.", ("kratom", "treats", "all")))
    assert json.loads(downloads.json_bytes(broken))["claims"][0]["quote"] == "Kratom heals \ud83d all."
    assert downloads.lines_bytes([broken, broken]).count(b"\n") == 2
    assert downloads.csv_bytes(broken).startswith(b"\xef\xbb\xbfurl,")
