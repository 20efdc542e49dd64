"""What several browser tests do with a page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright")
from playwright.sync_api import Page, expect

HERE = Path(__file__).parent
OUTPUT = HERE.parent / "output"
CONTRAST = (HERE / "contrast.js").read_text(encoding="utf-8").split("\n", 1)[1].strip().rstrip(";")


def upload(page: Page, *files: tuple[str, str]) -> None:
    """Hand files in by the sidebar."""
    page.get_by_role("tab", name="Files").click()
    given: Any = [{"name": name, "mimeType": "text/html", "buffer": text.encode("utf-8")} for name, text in files]
    page.locator("input[type=file]").set_input_files(given)
    expect(page.get_by_text(files[-1][0])).to_be_visible()
    page.get_by_role("button", name="Check files").click()
