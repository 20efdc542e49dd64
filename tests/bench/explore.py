"""Measure the Explore view on a result of a million claims, in a browser: `python -m tests.bench.explore [FOLDER]`.

The browser and the server share the machine's cores. What Streamlit takes for a page of one line is measured beside
it: no view can be faster.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.handover import RESULTS_VARIABLE
from tests.bench.million import CLAIMS, write

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# What a researcher should wait at most, in seconds.
MAX_PAINT, MAX_FILTER = 2.0, 1.0
# The server loads libraries and result when it starts, not when somebody comes.
STARTED = 8.0
VISITS = 3
FILTERS = {"Site": "site-003.example", "Topic": "kratom", "Relation": "treats", "Voice": "the page itself"}
SECTIONS = ("Sites", "Repeated claims", "Compare", "Statements", "Audit sample")
ONE_LINE = "import streamlit as st\nst.header('Hello')\nst.metric('One', 1)"


def main(folder: str = "") -> None:
    """Print what a visit takes until something is painted, and until the figures are; then each filter."""
    from playwright.sync_api import sync_playwright

    from tests.browser.conftest import ROOT, launch

    with tempfile.TemporaryDirectory() as kept, sync_playwright() as playwright:
        browser = launch(playwright)
        result = Path(folder) if folder else write(Path(kept) / "result", CLAIMS)
        bare = Path(kept) / "bare.py"
        bare.write_text(ONE_LINE, encoding="utf-8")
        print("\na page of one line")
        with _served(browser, bare, "") as page:
            _visits(page)
        print(f"the Explore view on {CLAIMS:,} claims (at most {MAX_PAINT:g} s to the first paint, {MAX_FILTER:g} s a filter)")
        with _served(browser, ROOT / "app.py", "explore", result) as page:
            _visits(page)
            for label, value in FILTERS.items():
                print(f"  filter by {label.lower():34}{_filter(page, label, value):6.2f} s")
            for section in SECTIONS:
                print(f"  open {section:39}{_section(page, section):6.2f} s")


@contextmanager
def _served(browser: Browser, script: Path, view: str, result: Path | None = None) -> Iterator[Page]:
    """Lend a page at the address of a view, not opened yet."""
    from tests.browser.conftest import serve

    server = serve(script, **{RESULTS_VARIABLE: str(result or "")})
    page = browser.new_page(viewport={"width": 1280, "height": 900}, base_url=f"{next(server)}/{view}")
    time.sleep(STARTED)
    yield page
    page.close()
    server.close()  # type: ignore[attr-defined]


def _visits(page: Page) -> None:
    for visit in range(1, VISITS + 1):
        since = time.perf_counter()
        page.goto("", wait_until="commit")
        page.get_by_test_id("stMetricValue").first.wait_for()
        figures = time.perf_counter() - since
        _done(page)
        painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime") / 1000
        print(f"  {f'visit {visit}':44}{painted:6.2f} s to the first paint, {figures:.2f} s to the figures")


def _filter(page: Page, label: str, value: str) -> float:
    """Choose a value in a fresh page and time the change of the figures."""
    from playwright.sync_api import expect

    page.goto("")
    _done(page)
    figures = page.get_by_test_id("stMetricValue").first
    whole = figures.inner_text()
    page.get_by_label(label, exact=True).first.fill(value)
    expect(page.get_by_role("option").first).to_have_text(value)
    since = time.perf_counter()
    page.keyboard.press("Enter")
    expect(figures).not_to_have_text(whole)
    took = time.perf_counter() - since
    return took


def _section(page: Page, section: str) -> float:
    """Open a section at its address, and wait for what it offers to download."""
    since = time.perf_counter()
    page.goto(f"?show={section}", wait_until="commit")
    page.get_by_test_id("stDownloadButton").first.wait_for()
    return time.perf_counter() - since


def _done(page: Page) -> None:
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(timeout=60_000)


if __name__ == "__main__":
    main(*sys.argv[1:])
