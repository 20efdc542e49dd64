"""The cheap gates: what they drop could give no claim, and what they pass is read as if they were not there."""

from __future__ import annotations

import pytest

from pipeline.batch import score_entry
from pipeline.checker import Checker
from pipeline.entries import Entry
from pipeline.gates import NO_CLAIM, NO_WORD, Gates
from pipeline.limits import ReadError
from pipeline.reader import SHORT
from tests.test_bad_input import GERMAN

FILLER = "<p>The council met on Monday. It will vote on the bridge next week. Nobody expects a surprise.</p>" * 20


def page(body: str) -> str:
    return f"<html><head><title>News</title></head><body><article>{body}</article></body></html>"


@pytest.fixture(scope="module")
def gates(checker: Checker) -> Gates:
    return Gates(checker)


# what a page says, what the gates say ("" if it must be read)
PAGES: list[tuple[str, str]] = [
    (page("<p>Kratom cures cancer.</p>"), ""),
    (page(f"{FILLER}<p>Studies show that garlic lowers blood pressure.</p>{FILLER}"), ""),
    (page("<h2>Benefits of ginger</h2><ul><li>relieves nausea</li><li>prevents cancer</li></ul>"), ""),
    (page("<p>KRATOM&nbsp;is completely <b>safe</b> and has no side effects.</p>"), ""),
    (page(FILLER), NO_CLAIM),
    (page("<p>She drank her coffee and looked at the rain.</p>"), NO_CLAIM),
    ("<p>Zyx qwv ghk.</p>", NO_WORD),
    ("<p></p>", ""),
]


@pytest.mark.parametrize(("html", "says"), PAGES)
def test_only_pages_without_a_candidate_are_dropped(html: str, says: str, gates: Gates) -> None:
    assert gates.settle(html) == says


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        (page(f"<p>{GERMAN}</p>"), "other_language"),
        ("<div>" * 20_000 + "Kratom cures cancer.", "too_deep"),
        ("x" * 2_000_001, "too_big"),
    ],
)
def test_what_reading_would_refuse_the_gates_refuse(html: str, reason: str, gates: Gates) -> None:
    with pytest.raises(ReadError) as caught:
        gates.settle(html)
    assert caught.value.reason == reason


def test_a_page_that_passes_has_the_findings_of_the_full_path(checker: Checker, gates: Gates) -> None:
    entry = Entry(id="a", line=1, html=page(f"{FILLER}<p>Kratom cures cancer.</p><p>Vaccines cause autism.</p>"))
    thorough, quick = score_entry(entry, checker), score_entry(entry, checker, gates)
    decided = [f for f in thorough.report.findings if f.verdict != "unverified"]
    assert [f for f in quick.report.findings if f.verdict != "unverified"] == decided
    assert len(decided) == 2


def test_of_plain_text_all_is_read_that_a_row_could_answer(checker: Checker, gates: Gates) -> None:
    text = "Popcorn relieves hiccups. Melatonin is natural. It is completely safe." + " A shop in the town sold melatonin." * SHORT
    entry = Entry(id="a", line=1, text=text)
    thorough, quick = score_entry(entry, checker).report, score_entry(entry, checker, gates).report
    # How much its page takes back, of the claims that are read, moves the trust of the others a little.
    decided, quickly = (
        [(f.id, f.verdict, f.rule) for f in report.findings if f.verdict != "unverified"] for report in (thorough, quick)
    )
    assert quickly == decided != []
    assert len(quick.findings) < len(thorough.findings)


def test_a_short_text_is_read_whole(checker: Checker, gates: Gates) -> None:
    entry = Entry(id="a", line=1, text="Kombucha relieves hiccups. Kava is natural. It is completely safe.")
    assert score_entry(entry, checker, gates).report.findings == score_entry(entry, checker).report.findings


def test_a_page_that_is_dropped_says_so_and_is_no_error(checker: Checker, gates: Gates) -> None:
    scored = score_entry(Entry(id="a", line=1, html=page(FILLER)), checker, gates)
    assert (scored.state, scored.report.error, scored.report.findings) == (NO_CLAIM, None, ())
