"""The dashboard in a real browser: what only JavaScript, focus and pixels can show.

Screenshots are kept in tests/output/ for a person to look at.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.dashboard import deciding
from pipeline.dashboard.payload import page_payload
from pipeline.dashboard.reader import SCRIPTS, joined
from tests.browser.pages import CONTRAST, OUTPUT, upload
from tests.factories import kratom_report

pytest.importorskip("playwright")
from playwright.sync_api import Page, expect

HOSTILE = (
    "<!doctype html><html><head><title>&lt;img src=x onerror=\"document.title='owned'\"&gt;</title></head>"
    "<body><main><article>"
    "<h1>Vitamin C prevents colds</h1><p onclick=\"document.title='owned'\">Kratom is completely safe. "
    "<a href=\"javascript:document.title='owned'\">Kratom cures cancer.</a> &lt;script&gt;document.title='owned'"
    "&lt;/script&gt; Vaccines cause autism, say the people who sell detox kits to parents. "
    "![pixel](https://evil.example/p.png) Turmeric cures every kind of cancer in a week.</p>"
    "<script>document.title='owned'</script></article></main></body></html>"
)

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Visit = Callable[..., Page]


def chosen(page: Page) -> str:
    return page.locator(".panel .where").inner_text()


# The whole way, with the real checker


def test_a_reviewers_way_through_a_page(visit: Visit, real_app: str) -> None:
    page = visit(real_app)
    expect(page.get_by_text("Sample page")).to_be_visible()
    flagged = page.locator(".statement.flagged")
    assert flagged.count() >= 3

    flagged.nth(1).click()
    assert page.locator(".card .quote").inner_text() in page.locator("article").inner_text()
    assert flagged.nth(1).get_attribute("aria-pressed") == "true"

    page.locator(".panel .list button").first.click()
    total = chosen(page).split(" of ")[1]
    for key, at in (("n", 2), ("j", 3), ("p", 2), ("k", 1), ("k", int(total))):
        page.keyboard.press(key)
        assert chosen(page) == f"{at} of {total}"

    source = page.locator(".card .source a").first
    assert (source.get_attribute("href") or "").startswith(("https://", "http://"))
    assert source.get_attribute("rel") == "noopener noreferrer"
    assert source.get_attribute("target") == "_blank"

    page.get_by_test_id("stPopoverButton").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="JSON").click()
    report = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert report["error"] is None
    assert sum(claim["flag"] for claim in report["claims"]) >= int(total)


def test_pages_that_come_one_by_one_leave_no_dead_download(visit: Visit, real_app: str) -> None:
    page = visit(real_app)
    upload(page, *((f"{n}.html", f"<h1>Page {n}</h1><p>Kratom cures pain. Garlic cures colds.</p>") for n in range(4)))
    expect(page.locator(".pages button .count")).to_have_text([re.compile(r"\d")] * 5, timeout=60_000)


def test_text_pasted_while_letters_are_also_shortcuts(visit: Visit, real_app: str) -> None:
    page = visit(real_app)
    before = chosen(page)
    field = page.get_by_label("Text of the article")
    field.click()
    page.keyboard.type("jnpk? Vitamin C prevents colds in everybody, say the makers of the pills.")
    assert chosen(page) == before
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Check text").click()
    expect(page.locator("article")).to_contain_text("Vitamin C prevents colds", timeout=30_000)
    expect(page.locator(".pages button[aria-pressed=true]")).to_contain_text("Pasted text 2")
    expect(field).to_have_value("")


def test_a_hostile_file_is_text_and_nothing_else(visit: Visit, real_app: str) -> None:
    page = visit(real_app)
    upload(page, ("<b>x</b>.html", HOSTILE), ("empty.html", ""))
    expect(page.locator(".pages button")).to_have_count(3)
    expect(page.locator(".pages .failed")).to_have_count(1, timeout=30_000)
    expect(page.locator("article")).to_contain_text("Kratom is completely safe", timeout=30_000)
    for statement in page.locator(".statement").all()[:3]:
        statement.click()
    assert page.title() == "Nostrum"
    assert page.locator(".reader :is(img, script, iframe)").count() == 0
    page.keyboard.press("]")
    expect(page.get_by_text("This page could not be checked")).to_be_visible()


# The component, on made-up reports


def test_the_keyboard_stops_where_the_view_ends(visit: Visit, fixture_app: str) -> None:
    page = visit(fixture_app)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    page.keyboard.press("n")
    assert chosen(page) == "1 of 5"
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("l")
    assert chosen(page).endswith("of 11")
    page.get_by_role("link", name="Guide").click()
    expect(page.get_by_text("How to read a report")).to_be_visible()
    page.keyboard.press("?")
    assert page.locator("dialog[open]").count() == 0


def test_pages_turn_by_id_and_keep_their_findings(visit: Visit, fixture_app: str) -> None:
    page = visit(fixture_app)
    upload(page, ("hostile.html", "x"), ("plain.txt", "x"), ("other.html", "x"))
    tabs = page.locator(".pages button")
    expect(tabs).to_have_count(4)
    expect(tabs.nth(1)).to_have_attribute("aria-pressed", "true")
    assert page.title() == "Nostrum"
    tabs.nth(2).click()
    expect(page.locator(".panel .empty")).to_contain_text("No health claims found")
    page.keyboard.press("]")
    expect(page.locator(".panel .where")).to_have_text("1 of 5")
    page.keyboard.press("[")
    expect(page.locator(".panel .empty")).to_be_visible()


def test_many_pages_are_a_list_that_says_which_to_look_at(visit: Visit, fixture_app: str) -> None:
    page = visit(fixture_app)
    upload(page, *((name, "x") for name in ("empty.pdf", "plain.txt", "a.html", "hostile.html", "long.html")))
    bar = page.locator(".pagebar")
    expect(bar.locator("summary")).to_contain_text("Page 2 of 6")
    expect(bar.locator("summary")).to_contain_text("4 with something flagged · 1 not checked")
    expect(bar.locator("nav")).to_be_hidden()
    bar.locator("summary").click()
    expect(bar.locator("nav button")).to_have_count(6)
    page.screenshot(path=OUTPUT / "pages-1280-light.png")
    assert page.evaluate(CONTRAST) == []
    bar.locator("nav button").nth(5).click()
    expect(bar.locator("summary")).to_contain_text("Page 6 of 6")
    expect(bar.locator("nav")).to_be_hidden()
    expect(bar.get_by_role("button", name="Next page")).to_be_disabled()
    bar.get_by_role("button", name="Previous page").click()
    expect(bar.locator("summary")).to_contain_text("Page 5 of 6")


@pytest.mark.parametrize("width", [800, 1280, 1600])
def test_a_low_window_still_shows_both_sides_and_every_button(visit: Visit, fixture_app: str, width: int) -> None:
    page = visit(fixture_app, width=width, height=800)
    page.wait_for_timeout(500)
    card, deciding = (page.locator(part).bounding_box() for part in (".card", ".deciding"))
    assert card and deciding
    assert card["height"] >= 220
    assert deciding["y"] + deciding["height"] <= 800


@pytest.mark.parametrize("order", [["waiting", "ready"], ["ready", "waiting"]], ids=["in order", "overtaken"])
def test_a_call_that_newer_data_overtook_does_no_harm(visit: Visit, fixture_app: str, order: list[str]) -> None:
    """Streamlit cleans an outdated call up at once, and may even make it after the newer one."""
    page = visit(fixture_app)
    data = {
        "ready": page_payload(kratom_report()) | {"id": "page-1", "state": "ready"},
        "waiting": {"id": "page-1", "state": "waiting", "title": "A page"},
        "review": deciding.payload([], {}, []),
    }
    script = """async ([source, data, order]) => {
        const { default: draw } = await import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
        const home = document.body.appendChild(document.createElement("div"));
        const parentElement = home.attachShadow({ mode: "open" });
        const undo = {};
        for (const state of order)
            undo[state] = draw({ data: { page: data[state], pages: [], review: data.review }, parentElement, setTriggerValue() {} });
        undo.waiting();
        const kept = parentElement.querySelectorAll(".panel").length;
        home.remove();
        undo.ready();
        return [kept, parentElement.childElementCount];
    }"""
    assert page.evaluate(script, [joined(SCRIPTS), data, order]) == [1, 0]


def test_a_statement_opens_by_keyboard_alone(visit: Visit, fixture_app: str) -> None:
    page = visit(fixture_app)
    page.locator(".statement.supported").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".card h2")).to_have_text("Supported")
    expect(page.locator(".panel .where")).to_have_text("")
    page.get_by_role("button", name="Next (N)").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator(".panel .where")).to_have_text("2 of 5")
    page.locator(".panel .list button").nth(1).focus()
    page.keyboard.press("n")
    assert page.locator(".panel .list button").nth(2).evaluate("node => node === node.getRootNode().activeElement")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [800, 1280, 1600])
def test_looks(visit: Visit, fixture_app: str, width: int, scheme: str) -> None:
    page = visit(fixture_app, width=width, height=900, scheme=scheme)
    page.keyboard.press("n")
    page.wait_for_timeout(700)
    page.screenshot(path=OUTPUT / f"check-{width}-{scheme}.png")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.get_by_test_id("stMain").evaluate("node => node.scrollWidth <= node.clientWidth")
    assert page.evaluate(CONTRAST) == []
    card = page.locator(".card").bounding_box()
    assert card is not None
    assert card["y"] + card["height"] <= 900


@pytest.mark.parametrize(("width", "scheme"), [(800, "dark"), (1280, "light")])
def test_looks_of_the_other_states(visit: Visit, fixture_app: str, width: int, scheme: str) -> None:
    page = visit(fixture_app, width=width, height=900, scheme=scheme)
    upload(page, ("hostile.html", "x"), ("empty.pdf", "x"), ("plain.txt", "x"))
    for name, state in (("hostile", ".card"), ("failed", ".state.failed"), ("nothing", ".panel .empty")):
        expect(page.locator(state)).to_be_visible()
        page.mouse.move(width - 5, 5)
        page.wait_for_timeout(700)
        page.screenshot(path=OUTPUT / f"{name}-{width}-{scheme}.png")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.evaluate(CONTRAST) == []
        page.keyboard.press("]")
    page.get_by_role("button", name="Clear all pages").click()
    expect(page.get_by_text("Nothing to read yet")).to_be_visible()
    page.screenshot(path=OUTPUT / f"empty-{width}-{scheme}.png")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_looks_with_the_real_checker(visit: Visit, real_app: str, scheme: str) -> None:
    page = visit(real_app, height=900, scheme=scheme)
    page.wait_for_timeout(500)
    page.screenshot(path=OUTPUT / f"sample-1280-{scheme}.png")
    assert page.evaluate(CONTRAST) == []
