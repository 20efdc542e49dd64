"""The reviewer's way in a real browser: keys, decisions, undo, notes, missed claims, reload."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from pipeline.store import Review, ReviewStore, standing
from tests.browser.pages import OUTPUT, upload
from tests.factories import kratom_report, long_report, repeated_report

pytest.importorskip("playwright")
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Visit = Callable[..., Page]
Reviews = Callable[[], list[Review]]
# Presses keys from inside the page, so that a gap of 30 ms is one.
PRESS = """([keys, times, gap]) => new Promise((done) => {
    let n = 0;
    const timer = setInterval(() => {
        if (n === times) return clearInterval(timer), done();
        const key = keys[n++ % keys.length];
        document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, composed: true }));
    }, gap);
})"""


@pytest.fixture
def reviews(reviews_file: Path) -> Reviews:
    """Give what was saved since the test began."""
    before = len(ReviewStore(reviews_file).all())
    return lambda: ReviewStore(reviews_file).all()[before:]


def all_saved(page: Page) -> None:
    expect(page.locator(".standing span.saved")).to_have_text(re.compile(r"Saved \d\d:\d\d:\d\d"), timeout=20_000)


def quote(page: Page) -> str:
    return page.locator(".card .quote").inner_text()


def select(page: Page, words: str) -> None:
    """Select words of the article as a mouse would."""
    page.evaluate(
        """(words) => {
            const host = [...document.querySelectorAll("*")].find((node) => node.shadowRoot?.querySelector(".article"));
            const nodes = document.createTreeWalker(host.shadowRoot.querySelector(".article"), NodeFilter.SHOW_TEXT);
            for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
                const at = node.data.indexOf(words);
                if (at < 0) continue;
                const selection = host.shadowRoot.getSelection?.() ?? document.getSelection();
                return selection.setBaseAndExtent(node, at, node, at + words.length);
            }
            throw new Error("no such words");
        }""",
        words,
    )


def test_240_decisions_at_30_ms_are_saved_once_and_on_the_right_claim(
    visit: Visit, fixture_app: str, reviews: Reviews
) -> None:
    page = visit(fixture_app, reviewer="Fast")
    upload(page, ("long.html", "x"))
    expect(page.locator(".panel .where")).to_have_text("1 of 240")
    keys = {"Enter": "agree", "u": "unsure", "x": "not_a_claim", "0": "no_action", "4": "verdict", "a": "agree"}
    page.evaluate(PRESS, [list(keys), 240, 30])
    expect(page.locator(".panel .empty")).to_contain_text("All 240 decided")
    all_saved(page)
    wanted = [(f.id, list(keys.values())[n % 6]) for n, f in enumerate(long_report().findings)]
    assert [(r.finding_id, r.decision) for r in reviews()] == wanted
    page.evaluate(PRESS, [["a"], 3, 30])
    page.evaluate(PRESS, [["z"], 20, 30])
    expect(page.locator(".panel .where")).to_have_text("221 of 240")
    all_saved(page)
    assert [(r.finding_id, r.decision) for r in standing(reviews())] == wanted[:220]


def test_a_decision_is_made_corrected_and_survives_a_reload(
    visit: Visit, fixture_app: str, reviews: Reviews
) -> None:
    page = visit(fixture_app)
    first = quote(page)
    page.keyboard.press("d")
    page.keyboard.press("3")
    expect(page.get_by_label("Your name")).to_be_focused()
    page.keyboard.type("Ann")
    page.keyboard.press("Enter")
    second = quote(page)
    assert second != first
    page.keyboard.press("e")
    page.keyboard.type("jku: a note, with keys in it")
    page.keyboard.press("Enter")
    page.keyboard.press("u")
    page.keyboard.press("z")
    assert quote(page) == second
    expect(page.locator(".answer")).to_have_text("Taken back: Unsure")
    expect(page.locator(".note")).to_have_value("jku: a note, with keys in it")
    page.keyboard.press("Enter")
    all_saved(page)
    presses = {r.press: (r.decision, r.verdict, r.note) for r in reviews() if r.decision != "undo"}
    assert list(presses.values()) == [
        ("verdict", "overstated", ""),
        ("unsure", "", "jku: a note, with keys in it"),
        ("agree", "", "jku: a note, with keys in it"),
    ]
    page.reload()
    expect(page.locator(".standing .done")).to_contain_text("2 of 5 decided")
    page.keyboard.press("f")
    page.locator(".panel .list button").first.click()
    expect(page.locator(".answer")).to_contain_text("Overstated instead")
    assert {r.reviewer for r in reviews()} == {"Ann"}


def test_a_claim_in_five_places_is_one_entry_and_one_decision(
    visit: Visit, fixture_app: str, reviews: Reviews
) -> None:
    page = visit(fixture_app, reviewer="Group")
    upload(page, ("repeated.html", "x"))
    expect(page.locator(".panel .where")).to_have_text("1 of 1")
    expect(page.locator(".places li")).to_have_count(5)
    page.keyboard.press("a")
    all_saved(page)
    assert {r.finding_id for r in reviews()} == {f.id for f in repeated_report().findings}
    page.keyboard.press("z")
    expect(page.locator(".answer")).to_have_text("Taken back: Agreed")
    all_saved(page)
    assert standing(reviews()) == []
    page.reload()
    upload(page, ("repeated.html", "x"))
    expect(page.locator(".standing .done")).to_have_text("0 of 1 decided")


def test_a_place_is_taken_out_and_decided_by_itself(visit: Visit, fixture_app: str, reviews: Reviews) -> None:
    ids = [f.id for f in repeated_report().findings]
    page = visit(fixture_app, reviewer="Apart")
    upload(page, ("repeated.html", "x"))
    boxes = page.locator(".places .tick")
    expect(boxes).to_have_count(5)
    boxes.nth(1).uncheck()
    page.keyboard.press("a")  # a box that has the focus takes no letters
    expect(page.locator(".standing .done")).to_contain_text("0 of 1 decided")
    assert [boxes.nth(n).is_checked() for n in range(5)] == [False, True, False, False, False]
    page.screenshot(path=OUTPUT / "place-left-out.png")
    page.keyboard.press("x")
    expect(page.locator(".standing .done")).to_contain_text("1 of 1 decided")
    all_saved(page)
    assert {r.finding_id: r.decision for r in standing(reviews())} == {
        id_: "not_a_claim" if id_ == ids[1] else "agree" for id_ in ids
    }
    page.keyboard.press("z")
    assert [boxes.nth(n).is_checked() for n in range(5)] == [False, True, False, False, False]
    all_saved(page)
    assert {r.finding_id for r in standing(reviews())} == {*ids} - {ids[1]}


def test_a_missed_claim_is_marked_and_taken_back(visit: Visit, fixture_app: str, reviews: Reviews) -> None:
    page = visit(fixture_app, reviewer="Miss")
    words = "at the end of a long winter"
    select(page, words)
    expect(page.locator(".marking")).to_be_visible()
    page.keyboard.press("m")
    page.get_by_label("What acts").fill("winter")
    page.get_by_label("Does what").select_option("causes")
    page.get_by_label("To what").fill("low mood")
    page.get_by_label("The verdict it deserves").select_option("unsupported")
    page.screenshot(path=OUTPUT / "missed-dialog.png")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Missed").click()
    expect(page.locator(".panel .list")).to_contain_text("winter causes low mood")
    all_saved(page)
    (review,) = reviews()
    text = kratom_report().article.text
    assert (review.decision, review.verdict, review.target.quote) == ("missed", "unsupported", words)
    assert text[review.target.start : review.target.end] == words
    page.keyboard.press("z")
    expect(page.get_by_role("button", name="Missed")).to_have_count(0)
    all_saved(page)
    assert standing(reviews()) == []


def test_what_cannot_be_saved_is_shown_kept_and_sent_again(
    visit: Visit, fixture_app: str, reviews: Reviews, reviews_file: Path
) -> None:
    page = visit(fixture_app, reviewer="Red")
    with holding(reviews_file):
        page.keyboard.press("a")
        expect(page.locator(".standing .bad")).to_contain_text("1 decision kept in this browser", timeout=30_000)
        page.screenshot(path=OUTPUT / "not-saved.png")
        page.keyboard.press("u")
    all_saved(page)
    assert list({r.press: r.decision for r in reviews()}.values()) == ["agree", "unsure"]


@contextmanager
def holding(file: Path) -> Iterator[None]:
    """Hold the file as another writer would, until the block ends."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield


def test_a_queue_is_worked_through_and_handed_in(visit: Visit, fixture_app: str, reviews: Reviews) -> None:
    page = visit(fixture_app, reviewer="Queue")
    page.get_by_role("link", name="Queue").click()
    expect(page.locator(".contexts mark").first).to_be_visible()
    where = page.locator(".panel .where")
    total = int(where.inner_text().split(" of ")[1])
    repeated = page.locator(".panel .list button", has_text="garlic")
    repeated.click()
    expect(page.locator(".contexts mark")).to_have_count(5)
    page.keyboard.press("x")
    all_saved(page)
    assert {r.finding_id for r in reviews()} == {f.id for f in repeated_report().findings}
    page.keyboard.press("z")
    expect(page.locator(".answer")).to_have_text("Taken back: Not a claim")
    page.evaluate(PRESS, [["a"], total, 30])
    expect(page.locator(".panel .empty")).to_contain_text(f"All {total} decided")
    all_saved(page)
    page.screenshot(path=OUTPUT / "queue-done.png")
    page.get_by_role("button", name="Report").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Report to read or print").click()
    report = Path(download.value.path()).read_text(encoding="utf-8")
    assert report.count("<b>Queue</b>: agrees") == len(standing(reviews()))
    page.keyboard.press("Escape")
    page.keyboard.press("]")
    expect(page.get_by_text("Nothing is left to decide")).to_be_visible()


def test_in_the_queue_a_place_is_taken_out_and_comes_again(visit: Visit, fixture_app: str, reviews: Reviews) -> None:
    page = visit(fixture_app, reviewer="Some")
    page.goto(f"{fixture_app.rstrip('/')}/queue?reviewed=All")
    expect(page.locator(".contexts mark").first).to_be_visible()
    item = page.locator(".panel .list button", has_text="garlic")
    item.click()
    boxes = page.locator(".contexts .tick")
    expect(boxes).to_have_count(5)
    boxes.nth(4).uncheck()
    page.screenshot(path=OUTPUT / "queue-place-left-out.png")
    page.keyboard.press("u")
    all_saved(page)
    assert len(standing(reviews())) == 4
    item.click()
    assert [boxes.nth(n).is_checked() for n in range(5)] == [False] * 4 + [True]
    page.keyboard.press("a")
    all_saved(page)
    assert sorted(r.decision for r in standing(reviews())) == ["agree", "unsure", "unsure", "unsure", "unsure"]
