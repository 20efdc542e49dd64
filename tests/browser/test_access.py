"""Every view for everybody: no serious finding of axe, AA contrast, nothing wider than the window."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.pages import CONTRAST, OUTPUT

pytest.importorskip("playwright")
pytest.importorskip("axe_playwright_python")
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

# A dozen views in one test; a busy machine takes two minutes for them.
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(400)]
Visit = Callable[..., Page]


OTHERS = (
    ("rates", "explore", "stDataFrame"),
    ("sites", "explore?show=Sites&decided=1&coverage=0", "stDataFrame"),
    ("repeated", "explore?show=Repeated+claims", "stDataFrame"),
    ("compare", "explore?show=Compare", "stMain"),
    ("statements", "explore?show=Statements", "stDataFrame"),
    ("audit", "explore?show=Audit+sample", "stDownloadButton"),
    ("rows", "evidence", "stDataFrame"),
    ("concept", "evidence?show=Concepts&concept=kratom", "stDataFrame"),
    ("gaps", "evidence?show=Gaps", "stDataFrame"),
    ("mend", "evidence?show=To+mend", "stMain"),
    ("propose", "evidence?show=Propose+a+row", "stMain"),
)


def faults(page: Page) -> list[str]:
    """Give the serious and critical findings of axe, a line each."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['target']} {node['html'][:120]}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


def check(page: Page, name: str) -> None:
    at_rest = page.locator("[data-testid=stApp][data-test-script-state=notRunning]")
    at_rest.wait_for(timeout=60_000)
    page.mouse.move(640, 5)
    page.wait_for_timeout(600)
    # On a busy machine the script may only now have begun; what it is about to replace is faded, and fails on contrast.
    at_rest.wait_for(timeout=60_000)
    page.wait_for_function("!document.querySelector('[data-stale=true]')", timeout=60_000)
    page.screenshot(path=OUTPUT / f"{name}.png")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(CONTRAST) == []
    assert faults(page) == []


# test_looks of test_researcher has the other two.
@pytest.mark.parametrize(("width", "scheme"), [(800, "light"), (1280, "dark")])
def test_every_view(visit: Visit, fixture_app: str, width: int, scheme: str) -> None:
    page = visit(fixture_app, width=width, height=900, scheme=scheme, reviewer="Access")
    page.keyboard.press("d")
    check(page, f"deciding-{width}-{scheme}")
    page.keyboard.press("?")
    check(page, f"shortcuts-{width}-{scheme}")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Queue").click()
    expect(page.locator(".contexts mark").first).to_be_visible()
    check(page, f"queue-{width}-{scheme}")
    for name, address, ready in OTHERS:
        page.goto(f"{fixture_app.rstrip('/')}/{address}")
        expect(page.get_by_test_id(ready).first).to_be_visible(timeout=60_000)
        check(page, f"access-{name}-{width}-{scheme}")
    page.goto(f"{fixture_app.rstrip('/')}/guide")  # a narrow window has its link in a menu
    expect(page.get_by_text("How to read a report")).to_be_visible()
    check(page, f"guide-{width}-{scheme}")
