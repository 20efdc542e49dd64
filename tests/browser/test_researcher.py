"""Explore and Evidence in a real browser: addresses that can be shared, what charts and tables draw, looks.

Screenshots are kept in tests/output/ for a person to look at.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import OUTPUT, ROOT, serve
from tests.factories import HOSTILE
from tests.made import Made, Said, write_result

pytest.importorskip("playwright")
from playwright.sync_api import Page, expect

CONTRAST = (Path(__file__).with_name("contrast.js")).read_text(encoding="utf-8").split("\n", 1)[1].strip().rstrip(";")
CHART = "[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg"
TABLE = "[data-testid=stDataFrame]"

# A dozen views in one test; a busy machine takes two minutes for them.
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(400)]
Visit = Callable[..., Page]


def made_pages(pages: int = 300) -> Iterator[Made]:
    """Make pages of twelve sites over a year and a half; one of them is hostile."""
    chance = random.Random(0)
    triples = [
        (s, "treats", o) for s in ("kratom", "garlic", "melatonin", "turmeric") for o in ("pain", "cancer", "insomnia")
    ]
    verdicts = ("unverified", "unverified", "supported", "overstated", "unsupported", "contradicted")
    for n in range(pages):
        said = [
            Said(triple=chance.choice(triples), verdict=chance.choice(verdicts), harm=None)  # type: ignore[arg-type]
            for _ in range(chance.randint(1, 9))
        ]
        year, month = divmod(n % 18, 12)
        site = f"{chance.choice(['leaf', 'herb', 'clinic', 'news'])}-{chance.randint(1, 3)}.example"
        yield Made(id=f"p{n}", site=site, published=f"{2025 + year}-{month + 1:02}-03", said=said)
    bad = Said(
        verdict="contradicted", triple=(HOSTILE, "treats", "ألم"), words=f"{HOSTILE} {'pneumono' * 40} cures.", harm=3
    )
    yield Made(id="bad", site=HOSTILE, title=HOSTILE, url="javascript:document.title='owned'", said=[bad] * 40)


@pytest.fixture(scope="module")
def explorer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app with a made result."""
    result = write_result(tmp_path_factory.mktemp("result") / "data", *made_pages())
    yield from serve(ROOT / "app.py", NOSTRUM_RESULTS=str(result))


def quiet(page: Page) -> None:
    """Wait until the script has run and the charts are drawn."""
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0, timeout=60_000)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=60_000)
    page.mouse.move(5, 500)
    page.wait_for_timeout(700)


def choose(page: Page, label: str, value: str) -> None:
    box = page.get_by_label(label, exact=True).first
    box.click()
    box.fill(value)
    expect(page.get_by_role("option").first).to_have_text(value)
    page.keyboard.press("Enter")
    quiet(page)


def test_a_researchers_way_has_an_address_at_every_step(visit: Visit, explorer: str) -> None:
    page = visit(f"{explorer}/explore", ready=CHART)
    quiet(page)
    choose(page, "Topic", "kratom")
    page.keyboard.press("Escape")
    page.get_by_role("radio", name="Month").click()
    quiet(page)
    assert {"topic=kratom", "by=Month"} <= set(page.url.split("?")[1].split("&"))
    claims = page.get_by_test_id("stMetricValue").first.inner_text()

    other = visit(page.url, ready=CHART)
    quiet(other)
    assert other.get_by_test_id("stMetricValue").first.inner_text() == claims
    with other.expect_download() as download:
        other.get_by_role("button", name="CSV", exact=True).click()
    lines = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("value,claims,decided")
    assert set(lines[1].rpartition(",")[2].split("&")) == {"topic=kratom", "by=Month"}

    other.get_by_role("button", name="Clear filter").click()
    quiet(other)
    assert "topic=" not in other.url
    assert other.get_by_test_id("stMetricValue").first.inner_text() != claims


def test_what_a_hostile_site_says_is_text_and_nothing_else(visit: Visit, explorer: str) -> None:
    page = visit(f"{explorer}/explore", ready="h2")
    for show in ("Repeated+claims", "Statements", "Sites&decided=1&coverage=0"):
        page.goto(f"{explorer}/explore?show={show}")
        expect(page.locator(TABLE).first).to_be_visible(timeout=60_000)
        quiet(page)
        assert page.title() == "Nostrum"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_curator_finds_a_concept_and_checks_a_row(visit: Visit, explorer: str) -> None:
    page = visit(f"{explorer}/evidence?show=Concepts&concept=kratom", ready=TABLE)
    expect(page.get_by_text("mitragyna speciosa")).to_be_visible()
    page.get_by_role("radio", name="Propose a row").click()
    quiet(page)
    choose(page, "What acts", "kratom")
    choose(page, "What is acted on", "acid-reflux")
    page.get_by_role("button", name="Check the row").click()
    expect(page.get_by_text("publisher is blank and must be given").first).to_be_visible(timeout=90_000)
    page.screenshot(path=OUTPUT / "propose-1280-light.png", full_page=True)


VIEWS = {
    "rates": "explore",
    "months": "explore?by=Month",
    "harm": "explore?by=Harm",
    "sites": "explore?show=Sites&decided=5",
    "repeated": "explore?show=Repeated+claims&claim=bad-0",
    "compare": "explore?show=Compare&a=leaf-1.example&b=clinic-1.example",
    "statements": "explore?show=Statements",
    "audit": "explore?show=Audit+sample",
    "rows": "evidence?words=kratom&row=kratom-treats-opioid-withdrawal",
    "concept": "evidence?show=Concepts&concept=kratom",
    "no-result": "explore?site=no-such.example",
    "propose": "evidence?show=Propose+a+row",
}


# test_access looks at the same views in the other two, with less in them.
@pytest.mark.parametrize(("width", "scheme"), [(800, "dark"), (1280, "light")])
def test_looks(visit: Visit, explorer: str, width: int, scheme: Any) -> None:
    low = []
    page = visit(f"{explorer}/explore", width=width, height=900, scheme=scheme, ready="h2")
    for name, address in VIEWS.items():
        page.goto(f"{explorer}/{address}")
        expect(page.locator("h2").first).to_be_visible(timeout=60_000)
        quiet(page)
        page.screenshot(path=OUTPUT / f"{name}-{width}-{scheme}.png")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        assert page.get_by_test_id("stMain").evaluate("node => node.scrollWidth <= node.clientWidth"), name
        low += [f"{name}: {fault}" for fault in page.evaluate(CONTRAST)]
    assert low == []
