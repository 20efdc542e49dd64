"""Addresses that are safe to open, and those that lead to the words on a page."""

from __future__ import annotations

import pytest

from pipeline.links import statement_link, web_link

LONG = "One two three four five six seven eight nine ten eleven, twelve."


@pytest.mark.parametrize(
    ("url", "quote", "want"),
    [
        ("https://a.example/x", "Kratom is safe.", "https://a.example/x#:~:text=Kratom%20is%20safe."),
        ("https://a.example/x#top", "Safe.", "https://a.example/x#top:~:text=Safe."),
        ("https://a.example/", "so-called, & more", "https://a.example/#:~:text=so%2Dcalled%2C%20%26%20more"),
        ("https://a.example/", LONG, "https://a.example/#:~:text=One%20two%20three%20four,nine%20ten%20eleven%2C%20twelve."),
        ("https://a.example/", "a \n b", "https://a.example/#:~:text=a%20b"),
        ("https://a.example/", "half \ud83d", "https://a.example/#:~:text=half%20%3F"),
        ("https://a.example/", "", "https://a.example/"),
        ("javascript:alert(1)", "Safe.", ""),
        ("", "Safe.", ""),
    ],
    ids=["plain", "own fragment", "signs of the syntax", "long", "space", "half a character", "no words", "script", "no page"],
)
def test_a_link_leads_to_the_words(url: str, quote: str, want: str) -> None:
    assert statement_link(url, quote) == want


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://www.fda.gov/x?y=1#z", True),
        ("HTTP://example.org", True),
        ("javascript:alert(1)", False),
        (" java\nscript:alert(1)", False),
        ("data:text/html,<script>", False),
        ("file:///etc/passwd", False),
        ("//example.org/x", False),
        ("https://", False),
        ("http://[broken", False),
        ("", False),
    ],
)
def test_only_addresses_of_the_web_become_links(url: str, shown: bool) -> None:
    assert bool(web_link(url)) is shown
