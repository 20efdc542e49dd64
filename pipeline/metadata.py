"""What a web page says about itself in its head: title, site, address, date."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml.etree import _Element  # type: ignore[import-untyped]

__all__ = ["Metadata", "metadata"]

_TITLES = ("og:title", "twitter:title", "dc.title")
_SITES = ("og:site_name",)
_DATES = (
    "article:published_time", "og:published_time", "datepublished", "date", "dc.date", "dcterms.created", "pubdate",
    "publishdate", "parsely-pub-date", "sailthru.date", "citation_publication_date",
)  # fmt: skip
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_JSON_DATE = re.compile(r"\"datePublished\"\s*:\s*\"(\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a page says about itself; "" where it does not."""

    title: str
    site: str
    url: str
    published: str


def metadata(root: _Element) -> Metadata:
    """Read a page's own title, site, canonical address and first date of publication."""
    said: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        said.setdefault(name.lower(), " ".join((meta.get("content") or "").split()))
    title = _first(said, _TITLES) or " ".join((root.findtext(".//title") or "").split())
    return Metadata(title=title, site=_first(said, _SITES), url=_canonical(root), published=_published(root, said))


def _first(said: dict[str, str], names: tuple[str, ...]) -> str:
    return next((said[name] for name in names if said.get(name)), "")


def _canonical(root: _Element) -> str:
    links = (link.get("href") or "" for link in root.iter("link") if link.get("rel") == "canonical")
    return next((href for href in links if href.startswith(("http://", "https://"))), "")


def _published(root: _Element, said: dict[str, str]) -> str:
    for name in _DATES:
        if day := _DAY.match(said.get(name, "")):
            return day.group()
    for script in root.iter("script"):
        if script.get("type") == "application/ld+json" and (found := _JSON_DATE.search(script.text or "")):
            return found.group(1)
    return ""
