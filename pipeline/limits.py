"""What the reader refuses, and the limits it refuses by: each number stands with its history."""

from __future__ import annotations

import logging
import re
import threading
from typing import Literal

Reason = Literal[
    "empty",
    "too_big",
    "too_many_tags",
    "too_many_attributes",
    "too_deep",
    "not_text",
    "no_text",
    "other_language",
    "timeout",
    "crashed",
    "missing",
    "unreadable",
    "broken",
    "encrypted_pdf",
    "bad_line",
    "redirect",
    "http_status",
    "not_html",
    "revisit",
    "memory",
]

MB = 1_000_000
# 2 MB keeps every page of a corpus of 1,032 (the largest of our own 145 has 0.29 MB).
# Also the limit of plain text: the longest of 700 articles has 0.045 MB.
MAX_PAGE_BYTES = 2 * MB
# PDF and DOCX are mostly pictures and fonts, so their bytes say little about the work; pages do.
MAX_FILE_BYTES = 20 * MB
# A report of 300 pages is no web article. pypdf reads 150 plain pages a second.
MAX_PDF_PAGES = 300
# The XML inside a DOCX, which a zip bomb swells 1000:1.
MAX_DOCX_XML_BYTES = 20 * MB
# The largest of 145 pages has 7,105 tags, the deepest 136 levels; 200,000 `<p>` hold trafilatura over 25 s,
# 49,000 take 6 s. Beyond depth 2,045 libxml2 loses the text without an error.
MAX_TAGS = 50_000
MAX_DEPTH = 2_000
# libxml2 compares every attribute of a tag with every other: 200,000 in one tag (1.5 MB) held it 58 s, a page
# full of tags with 990 each 2 s. The most in 145 pages is 37.
MAX_ATTRIBUTES = 1_000

# lxml in two threads of one process kills it (SIGSEGV in 27 of 48 runs, lxml 5.4 to 6.1): every call of lxml,
# trafilatura and python-docx anywhere in the project holds this lock.
LXML_LOCK = threading.RLock()

# These report what they dislike about a page on stderr; we report it once, as a ReadError.
for _name in ("trafilatura", "htmldate", "pypdf", "charset_normalizer", "markdown_it"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


class ReadError(Exception):
    """A page that cannot be read. `reason` is a stable slug; the message says what, where, how to mend it."""

    def __init__(self, reason: Reason, what: str, where: str = "") -> None:
        super().__init__(f"{where}: {what}" if where else what)
        self.reason: Reason = reason
        self.what = what
        self.where = where

    def __reduce__(self) -> tuple[type[ReadError], tuple[Reason, str, str]]:
        """Let it travel between processes."""
        return ReadError, (self.reason, self.what, self.where)

    def at(self, where: str) -> ReadError:
        """Say where it happened, unless that is known already."""
        return self if self.where or not where else ReadError(self.reason, self.what, where)


_TAG = re.compile(r"<!--|<(/?)([a-zA-Z][^\s/>]*+)")
# As the HTML standard reads attributes: a quote opens a value only after "=". Possessive, so linear.
_ATTRIBUTE = r"[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+)?+)?+"
_ATTRIBUTES = re.compile(rf"(?:[\s/]++|{_ATTRIBUTE})*+")
_ONE_ATTRIBUTE = re.compile(_ATTRIBUTE)
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
# The parser closes these itself when the next one opens, so that leaving them open adds no depth.
_SELF_CLOSING = frozenset(
    "p li dt dd tr td th thead tbody tfoot option optgroup colgroup html head body".split()
)
_RAW_TEXT = frozenset("script style textarea title xmp noembed noframes".split())


def check_html(html: str) -> None:
    """Refuse a page that would hold a parser: too many tags, too deep, too many attributes.

    A scan of 1.2 ms per 100 kB, before any parser sees the page. Depth is an upper bound.
    """
    tags = depth = at = 0
    while m := _TAG.search(html, at):
        at = m.end()
        if m.group() == "<!--":
            at = _after(html, at, "-->")
            continue
        name = m.group(2).lower()
        tags += 1
        if tags > MAX_TAGS:
            raise ReadError("too_many_tags", f"the page has more than {MAX_TAGS:,} tags; {_MEND}")
        if m.group(1):
            depth = max(0, depth - (name not in _SELF_CLOSING))
            continue
        at = _attributes_end(html, at)
        if name in _RAW_TEXT:
            at = _after(html, at, f"</{name}")
        elif name not in _VOID and name not in _SELF_CLOSING:
            depth += 1
            if depth > MAX_DEPTH:
                raise ReadError("too_deep", f"the page nests more than {MAX_DEPTH:,} tags; {_MEND}")


_MEND = "copy the article's text out of the browser and read that"


def _after(html: str, at: int, end: str) -> int:
    m = re.compile(re.escape(end), re.IGNORECASE).search(html, at)
    return m.end() if m else len(html)


def _attributes_end(html: str, at: int) -> int:
    m = _ATTRIBUTES.match(html, at)
    end = m.end() if m else at
    if end - at > 2 * MAX_ATTRIBUTES:
        count = sum(1 for _ in _ONE_ATTRIBUTE.finditer(html, at, end))
        if count > MAX_ATTRIBUTES:
            raise ReadError(
                "too_many_attributes", f"a tag has more than {MAX_ATTRIBUTES:,} attributes; {_MEND}"
            )
    return end


def check_size(size: int, limit: int, what: str) -> None:
    """Refuse what is larger than the limit."""
    if size > limit:
        raise ReadError(
            "too_big",
            f"{what} has {size / MB:.1f} MB, the limit is {limit / MB:.0f} MB; save the article alone",
        )
