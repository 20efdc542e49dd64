"""HTML to an article's pieces and what the page says about itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from lxml.etree import ParserError, _Element  # type: ignore[import-untyped]
from lxml.html import HTMLParser, document_fromstring  # type: ignore[import-untyped]
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree

from claims.layout import BULLET, Piece, clean
from pipeline.dom import DomBlock, blocks
from pipeline.limits import LXML_LOCK, ReadError, check_html
from pipeline.maintext import choose, choose_by, is_top_heading, without_navigation
from pipeline.metadata import metadata


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a web page says and says about itself."""

    pieces: tuple[Piece, ...]
    title: str = ""
    site: str = ""
    url: str = ""
    published: str = ""


_DATES = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}  # never the clock
_PAGE_TAG = re.compile(r"<(?:!doctype|html|head|body|title|meta|nav|header|footer|noscript)\b", re.IGNORECASE)
_SELF_CLOSED_ROOT = re.compile(r"(<html\b[^<>]*?)/\s*>", re.IGNORECASE)
_BAD_CHARS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def read_page(html: str, *, url: str = "", quick: bool = False) -> Page:
    """Read a page or a fragment of HTML. Holds the lock of lxml; poison pages may take long all the same.

    `quick` has Resiliparse say what the main text is: five times as fast as trafilatura, a little more by the side.
    """
    check_html(html)
    # A function of its own, so that all of lxml's objects are gone when the lock opens.
    with LXML_LOCK:
        page = _read(html, url, quick)
    if page is None:
        what = "the page shows no text; it may need JavaScript: copy the text out of the browser"
        raise ReadError("no_text", what)
    return page


def read_all(html: str) -> tuple[Piece, ...]:
    """Give all visible text of HTML that is known to be an article (rendered Markdown)."""
    check_html(html)
    with LXML_LOCK:
        return tuple(block.piece for block in _blocks(_parse(html)))


@lru_cache(maxsize=1)
def _whole(html: str) -> tuple[HTMLTree, list[str]]:
    tree = HTMLTree.parse(html)
    return tree, _lines(tree, main_content=False)


def title_of(html: str) -> str:
    """Give the title of a page which `check_html` let pass."""
    return " ".join((_whole(html)[0].title or "").split())


def all_text(html: str) -> str:
    """Give all that HTML shows which `check_html` let pass, navigation and all; a block a line."""
    return "\n".join(_whole(html)[1])


@lru_cache(maxsize=1)  # a page that passed the gates is read next
def main_text(html: str) -> str:
    """Give the main text of HTML that `check_html` let pass, as far as a quick look tells; a block a line.

    Resiliparse leaves out all lists, so its main text only says from where to where the page's whole text is meant.
    """
    tree, everything = _whole(html)
    main = _lines(tree, main_content=True)
    known = set(main)
    places = [i for i, line in enumerate(everything) if line in known]
    if not places:
        return "\n".join(main or everything)
    end = places[-1] + 1
    while end < len(everything) and BULLET.match(everything[end]):
        end += 1
    return "\n".join(everything[places[0] : end])


def _lines(tree: HTMLTree, *, main_content: bool) -> list[str]:
    text: str = extract_plain_text(
        tree, main_content=main_content, alt_texts=False, links=False, form_fields=False, list_bullets=True
    )
    return [line for line in map(str.strip, text.splitlines()) if line]


def _read(html: str, url: str, quick: bool) -> Page | None:
    root = _parse(html)
    found = _blocks(root)
    if root is None or not found:
        return None
    if not _PAGE_TAG.search(html):
        # Somebody cut the article out of its page already.
        return Page(pieces=tuple(without_navigation(found)), title=_headline(found))
    if quick:
        return _quickly(html, root, found)
    import trafilatura  # 0.3 s, which a quick reading saves

    document = trafilatura.bare_extraction(
        root, url=url or None, include_comments=False, with_metadata=True, date_extraction_params=_DATES
    )
    if not isinstance(document, trafilatura.settings.Document):
        return Page(pieces=tuple(without_navigation(found)), title=_title(root))
    return Page(
        pieces=tuple(choose(found, document.body, document.title or "")),
        title=document.title or _title(root),
        site=document.sitename or "",
        url=document.url or "",
        published=document.date or "",
    )


def _quickly(html: str, root: _Element, found: Sequence[DomBlock]) -> Page:
    said = metadata(root)
    lines = [clean(line) for line in main_text(html).splitlines() if line.strip()]
    pieces = choose_by(lines, found, said.title) if lines else without_navigation(found)
    return Page(pieces=tuple(pieces), title=said.title, site=said.site, url=said.url, published=said.published)


def _blocks(root: _Element | None) -> tuple[DomBlock, ...]:
    return tuple(blocks(root)) if root is not None else ()


def _parse(html: str) -> _Element | None:
    # Bytes in a known encoding: lxml refuses text that declares one. libxml2 takes `<html/>` for a whole
    # page. huge_tree lifts its limit of depth 256, beyond which text is lost in silence.
    head = _SELF_CLOSED_ROOT.sub(r"\1>", html[:4096], count=1)
    data = _BAD_CHARS.sub(" ", head + html[4096:]).encode("utf-8")
    parser = HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, huge_tree=True
    )
    try:
        return document_fromstring(data, parser=parser)
    except ParserError:
        return None


def _title(root: _Element) -> str:
    return " ".join((root.findtext(".//title") or "").split())


def _headline(found: Sequence[DomBlock]) -> str:
    return next((block.piece.text for block in found if is_top_heading(block)), "")
