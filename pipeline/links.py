"""Addresses that are safe to open, and those that lead to the very words on a page."""

from __future__ import annotations

from urllib.parse import quote as percent
from urllib.parse import urlsplit

__all__ = ["statement_link", "web_link"]

# A browser looks for the whole text, or for its first and last words: shorter addresses, as sure to be found.
_WHOLE_WORDS, _EDGE_WORDS = 10, 4


def web_link(url: str) -> str:
    """Give the address back if it is one of the web, else ""."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme in {"http", "https"} and parts.netloc else ""


def statement_link(url: str, quote: str) -> str:
    """Give the address of a statement on its page, as a text fragment; "" where the page has no address."""
    page = web_link(url)
    words = quote.encode("utf-8", "replace").decode().split()
    if not page or not words:
        return page
    edges = [words] if len(words) <= _WHOLE_WORDS else [words[:_EDGE_WORDS], words[-_EDGE_WORDS:]]
    fragment = ",".join(_escaped(" ".join(edge)) for edge in edges)
    return f"{page}{'' if '#' in page else '#'}:~:text={fragment}"


def _escaped(text: str) -> str:
    """Escape all that has a meaning in a fragment; a dash would set a prefix or suffix apart."""
    return percent(text, safe="").replace("-", "%2D")
