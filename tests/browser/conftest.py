"""A browser, the two servers and a page that watches for faults, for the browser tests."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

pytest.importorskip("playwright")
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Playwright,
    Request,
    expect,
    sync_playwright,
)

from pipeline.batch import Scored
from pipeline.dataset import open_output
from pipeline.handover import Handover
from tests.factories import article, finding, hostile_report, kratom_report, repeated_report, report

ROOT = Path(__file__).parents[2]
OUTPUT = ROOT / "tests" / "output"
DEBIAN = Path("/usr/bin/chromium")
# A watch that stops requests would keep the browser from storing what it loads.
LOCAL_ONLY = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
Visit = Callable[..., Page]


def launch(playwright: Playwright) -> Browser:
    """Start Debian's Chromium, else Playwright's own; the sandbox needs rights a container does not have."""
    found = {"executable_path": str(DEBIAN)} if DEBIAN.exists() else {}
    try:
        return playwright.chromium.launch(args=["--no-sandbox", LOCAL_ONLY], **found)
    except Error as error:
        where = DEBIAN if found else "Playwright's own"
        pytest.fail(
            f"no browser: {where} did not start ({str(error).splitlines()[0]}); "
            "install Debian's `chromium`, or run `playwright install --with-deps chromium`",
            pytrace=False,
        )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def reviews_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file in which both servers keep reviews."""
    return tmp_path_factory.mktemp("reviews") / "reviews.sqlite"


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a batch wrote, for the queue."""
    folder = tmp_path_factory.mktemp("results")
    page = article((("paragraph", 0, "Kratom causes acid reflux."),))
    gap = finding(page, page.text, ("kratom", "causes", "acid reflux"), "unverified", claim={"object_id": "acid-reflux"})
    with open_output(f"{folder}/") as write:
        for line, one in enumerate((kratom_report(), repeated_report(), hostile_report(), report(page, gap)), start=1):
            write(Scored(id=f"page-{line}", line=line, report=one))
    return folder


def serve(script: Path, **settings: str) -> Iterator[str]:
    """Serve a script on a free port until the tests of this file are done; settings go to its environment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "pipeline.dashboard", str(script), "--server.port", str(port)]
    command += ["--server.headless", "true", "--server.fileWatcherType", "none"]
    log = OUTPUT / f"{script.stem}.log"
    OUTPUT.mkdir(exist_ok=True)
    with log.open("w") as out:
        server = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=out, env=os.environ | settings)
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health", server, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server answers."""
    for _ in range(120):
        if server.poll() is not None:
            pytest.fail(f"the dashboard did not start:\n{log.read_text()[-2000:]}", pytrace=False)
        try:
            with urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.25)
    pytest.fail(f"the dashboard did not answer within 30 s:\n{log.read_text()[-2000:]}", pytrace=False)


@pytest.fixture(scope="module")
def real_app(reviews_file: Path, results: Path) -> Iterator[str]:
    """The app as it ships, with the real checker."""
    yield from serve(ROOT / "app.py", **Handover(reviews=reviews_file, results=results).as_environment())


@pytest.fixture(scope="module")
def fixture_app(reviews_file: Path, results: Path) -> Iterator[str]:
    """The app in front of made-up reports."""
    yield from serve(Path(__file__).with_name("fixture_app.py"), **Handover(reviews=reviews_file, results=results).as_environment())


@pytest.fixture(scope="module")
def profile(browser: Browser) -> Iterator[BrowserContext]:
    """What the pages of a file share: what the browser has loaded once, it need not load again."""
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture
def visit(profile: BrowserContext) -> Iterator[Visit]:
    """Open a page; afterwards: nothing was asked of another host, no script failed, and nothing is stored."""
    faults: list[str] = []
    pages: list[Page] = []

    def watch(message: ConsoleMessage) -> None:
        # Streamlit looks for its server below the address of a view first, and then at the root.
        asks = message.location.get("url", "").endswith(("/_stcore/health", "/_stcore/host-config"))
        if message.type == "error" and not asks:
            faults.append(message.text)

    def local_only(request: Request) -> None:
        if request.url.startswith("http") and "://127.0.0.1:" not in request.url:
            faults.append(f"asked another host: {request.url}")

    def opened(
        url: str,
        *,
        width: int = 1280,
        height: int = 800,
        scheme: Any = "light",
        ready: str = ".panel",
        reviewer: str = "",
    ) -> Page:
        page = profile.new_page()
        pages.append(page)
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        if reviewer:
            page.add_init_script(f"localStorage.setItem('nostrum.reviewer', {reviewer!r})")
        page.on("request", local_only)
        page.on("console", watch)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(url)
        expect(page.locator(ready).first).to_be_visible(timeout=60_000)
        return page

    yield opened
    for page in pages:
        page.evaluate("localStorage.clear()")
        page.close()
    profile.clear_cookies()
    assert not faults
