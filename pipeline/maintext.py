"""Choose the main text among a page's blocks: trafilatura says what it is, the page's own tree how it stands.

trafilatura finds main text best, but drops captions, some list items and short pages, and merges what it
keeps. So its result only chooses among the blocks of the page; order, kind and words are the page's own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from lxml.etree import _Element  # type: ignore[import-untyped]

from claims.layout import BULLET, Piece, clean
from pipeline.dom import DomBlock, blocks

# A block is main text where this share of its three-word runs is in trafilatura's text.
MIN_SHARE = 0.6
# Below this share of trafilatura's longer words in the page's blocks, it read something else than the visible
# page. One of 145 pages has 0.05 (all its text in a noscript), the others 0.96 and more.
MIN_COVERED = 0.5
# A block with a larger share of link text is navigation, as long as trafilatura did not choose it.
MAX_LINKS = 0.5
# A shorter text may well stand on a page twice.
MIN_REPEAT_WORDS = 8
# "What kratom does" of "What kratom does | Herb Site"; site names have a smaller share of the title.
MIN_ALIKE = 0.5
# A shorter first heading is mostly the name of the site.
MIN_HEADLINE_WORDS = 4
_UNITS = frozenset(
    "p li ul ol dl dt dd table tbody thead tr td th figure figcaption caption blockquote pre".split()
)
_BOILERPLATE_TAGS = frozenset(("nav", "footer", "aside", "header"))
_BOILERPLATE = re.compile(
    r"(?:^|[\s_-])(?:shar(?:e|ing)|social|related|promo|adverts?|ads?|sponsor(?:ed)?|newsletter|subscribe|signup|"
    r"comments?|respond|sidebar|widgets?|cookies?|consent|breadcrumbs?|byline|tags?|toc|popular|recommended|footer|"
    r"menu|nav|navigation|pagination|meta|hidden)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BOILERPLATE_TEXT = re.compile(
    r"(?:advertisements?|ad|share(?: this)?|tags?|related(?: terms?)?|\d+ views)\W*", re.IGNORECASE
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WORD = re.compile(r"\w+")


def choose(found: Sequence[DomBlock], body: _Element, title: str) -> Iterator[Piece]:
    """Choose the blocks of main text by trafilatura's result; lay out that where it is of other text."""
    segments = [clean(text) for element in body.iter() for text in (element.text, element.tail) if text]
    if not _is_of_page(segments, found):
        return (block.piece for block in blocks(_as_html(body)))
    return choose_by(segments, found, title)


def choose_by(segments: Sequence[str], found: Sequence[DomBlock], title: str) -> Iterator[Piece]:
    """Choose the blocks of main text that some extractor found, given as its lines or runs of text."""
    wanted = set(_runs(" ".join(segments)))
    runs = [set(_runs(block.piece.text)) for block in found]
    kept = [bool(own) and len(own & wanted) >= MIN_SHARE * len(own) for own in runs]
    if not any(kept):
        return without_navigation(found)
    _keep_short(found, runs, kept, {_squashed(text) for text in segments})
    flows = _flows(found, kept)
    _fill(found, kept, flows)
    _keep_headline(found, kept, title)
    _drop_repeats(found, kept, flows)
    return (block.piece for block, keep in zip(found, kept, strict=True) if keep)


def is_top_heading(block: DomBlock) -> bool:
    """Say whether a block is a heading of level 1."""
    return block.piece.kind == "heading" and block.piece.level == 1


def _is_of_page(segments: Sequence[str], found: Sequence[DomBlock]) -> bool:
    """Say whether trafilatura's text stands in the visible page: it also reads JSON-LD and noscript."""
    words = _long_words(" ".join(segments))
    visible = _long_words(" ".join(block.piece.text for block in found))
    return len(words & visible) >= MIN_COVERED * len(words)


def _long_words(text: str) -> set[str]:
    return {word for word in _WORD.findall(text.lower()) if len(word) > 4}


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    return zip(words, words[1:], words[2:], strict=False)


def _squashed(text: str) -> str:
    """Reduce a text to its letters and digits, without the mark of a list item."""
    mark = BULLET.match(text)
    text = text[mark.end() :] if mark else text
    return "".join(_WORD.findall(text.lower()))


def _keep_short(
    found: Sequence[DomBlock], runs: Sequence[set[tuple[str, ...]]], kept: list[bool], segments: set[str]
) -> None:
    """Keep blocks too short for three-word runs where trafilatura has just those words."""
    first, last = kept.index(True), len(kept) - kept[::-1].index(True)
    for i in range(max(0, first - 2), min(len(found), last + 2)):
        if len(runs[i]) < 3 and not kept[i]:
            kept[i] = _squashed(found[i].piece.text) in segments


def _unit(block: DomBlock) -> _Element:
    """Give the whole list, table, figure or quote that a block is part of."""
    unit = block.home
    while (parent := unit.getparent()) is not None and parent.tag in _UNITS:
        unit = parent
    return unit


def _flows(found: Sequence[DomBlock], kept: Sequence[bool]) -> set[_Element]:
    """Give the elements that the article's paragraphs stand in: parents of at least two kept blocks."""
    parents = Counter(_unit(block).getparent() for block, keep in zip(found, kept, strict=True) if keep)
    return {parent for parent, n in parents.items() if n >= 2 and parent is not None}


def _fill(found: Sequence[DomBlock], kept: list[bool], flows: set[_Element]) -> None:
    """Keep items, captions, rows and so on that stand between kept blocks in the same flow, or end it."""
    first, last = kept.index(True), len(kept) - 1 - kept[::-1].index(True)
    for i in range(first, last):
        kept[i] = kept[i] or _belongs(found[i], flows)
    for i in range(last + 1, len(found)):
        if found[i].piece.kind in ("paragraph", "heading") or not _belongs(found[i], flows):
            break
        kept[i] = True


def _belongs(block: DomBlock, flows: set[_Element]) -> bool:
    unit = _unit(block)
    in_flow = unit.getparent() in flows or (block.piece.kind == "caption" and _below(unit, flows))
    return (
        in_flow
        and block.links <= MAX_LINKS
        and not _BOILERPLATE_TEXT.fullmatch(block.piece.text)
        and not _is_boilerplate(block.home, unit.getparent())
    )


def _below(element: _Element, flows: set[_Element]) -> bool:
    return any(parent in flows for parent in element.iterancestors())


def _is_boilerplate(element: _Element, until: _Element | None = None) -> bool:
    """Say whether an element is marked as no part of the article, up to what it stands in."""
    while element is not None and element is not until:
        label = f"{element.get('class', '')} {element.get('id', '')}"
        if _is_aside(element) or _BOILERPLATE.search(label):
            return True
        element = element.getparent()
    return False


def _is_aside(element: _Element) -> bool:
    hidden = "hidden" in element.attrib or _HIDDEN_STYLE.search(element.get("style", "")) is not None
    return hidden or element.tag in _BOILERPLATE_TAGS


def _keep_headline(found: Sequence[DomBlock], kept: list[bool], title: str) -> None:
    """Keep the page's headline before the main text: it often makes the boldest claim.

    It is the heading most like the title or, where none is, the only heading of level 1.
    """
    headings = [i for i in range(kept.index(True)) if found[i].piece.kind == "heading"]
    likest = max(headings, key=lambda i: _alike(found[i].piece.text, title), default=None)
    top = [i for i, block in enumerate(found) if is_top_heading(block)]
    if likest is not None and _alike(found[likest].piece.text, title) >= MIN_ALIKE:
        kept[likest] = True
    elif len(top) == 1 and top[0] in headings and len(found[top[0]].piece.text.split()) >= MIN_HEADLINE_WORDS:
        kept[top[0]] = True


def _alike(heading: str, title: str) -> float:
    """Give the share of the shorter in the longer where one holds the other, else 0."""
    short, long = sorted((_squashed(heading), _squashed(title)), key=len)
    return len(short) / len(long) if short and short in long else 0.0


def _drop_repeats(found: Sequence[DomBlock], kept: list[bool], flows: set[_Element]) -> None:
    """Drop copies of what the article says (teasers, its title in a list) that stand outside its flow."""
    in_flow = [keep and _unit(block).getparent() in flows for block, keep in zip(found, kept, strict=True)]
    said = {
        _squashed(block.piece.text)
        for block, keep, inside in zip(found, kept, in_flow, strict=True)
        if inside or (keep and is_top_heading(block))
    }
    for i, block in enumerate(found):
        if (
            kept[i]
            and not in_flow[i]
            and not is_top_heading(block)
            and len(block.piece.text.split()) >= MIN_REPEAT_WORDS
        ):
            kept[i] = _squashed(block.piece.text) not in said


def without_navigation(found: Iterable[DomBlock]) -> Iterator[Piece]:
    """Give everything but navigation: what trafilatura finds too short to judge (a fragment, a list)."""
    everything = tuple(found)
    content = [b for b in everything if b.links <= MAX_LINKS and not any(map(_is_aside, _lineage(b.home)))]
    return (block.piece for block in content or everything)


def _lineage(element: _Element) -> Iterator[_Element]:
    yield element
    yield from element.iterancestors()


_TAGS = {
    "head": "h2",
    "list": "ul",
    "item": "li",
    "quote": "blockquote",
    "row": "tr",
    "cell": "td",
    "lb": "br",
    "ref": "a",
}


def _as_html(body: _Element) -> _Element:
    """Rename the tags of trafilatura's tree to those of HTML."""
    for element in body.iter():
        if element.tag == "head" and re.fullmatch(r"h[1-6]", element.get("rend", "")):
            element.tag = element.get("rend")
        else:
            element.tag = _TAGS.get(element.tag, element.tag)
    return body
