"""Split an article into sentences and list items, by rule and cheaply: nothing is parsed here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import spacy
from spacy.language import Language

from claims.parse import tokenizer
from claims.types import Article, Block, Sentence

# Words after which a full stop seldom ends a sentence; spaCy's tokenizer already knows "Dr.", "e.g." and the like.
_OPEN_END = re.compile(
    r"(?:\b(?:vs|approx|no|[Ff]ig|al|inc|ltd|jr|sr|st|prof|drs|sp|spp|subsp|cf|incl|[Dd]ept|est|max|min)\.|\b[A-Z]\.)$"
)
# Ends that the splitter or the rule above takes for none: "vitamin C. It", "works... It", "works.[1] It".
_SURE_END = re.compile(
    r"(?:\b(?:vitamins?|hepatitis|influenza|types?|groups?|omega|stage|grade)\b[^.;]{0,20}\b[A-Z]\."
    r"|\.\.\.|…|[.!?](?:\[\d{1,3}\])+)(?=\s+[\"“‘(]?[A-Z])"
)
# An end that no rule doubts is one after a plain word, a name longer than any abbreviation, or a number ("in 2019.",
# "COVID-19."). The splitter, which takes far longer, need not see it.
_END = re.compile(r"[.!?][\"”’)]*(?=\s+[\"“‘(]?[A-Z])")
_PLAIN = re.compile(
    r"(?:\b(?!(?:approx|prof|subsp|incl|dept|fig|inc|ltd|drs|spp|est|max|min)$)[a-z]{3,}|\b[A-Z][a-z]{6,}|\d\d)$"
)
_LONG_WORD = 24  # letters
# Where the splitter may see an end: not inside "3.5" or "example.com".
_DOUBTFUL = re.compile(r"[.!?]+(?:\[\w{1,4}\])*(?:\W*\s\W*\w|[^\w\s]*[A-Z])|[…。！？]\W*\w|[!?]\w")
_BULLET = re.compile(r"[ \t]*(?:[-*•‣▪◦·–—✓✔►]|\(?\d{1,2}[.)])[ \t]+")
# A sentence longer than this is a table or a wall of links; it is cut at the limit so that parsing stays bounded.
MAX_CHARS = 1200


@lru_cache(maxsize=1)
def _splitter() -> Language:
    # On the parser's words: what one of them has tokenized, the other need not.
    words = tokenizer()
    nlp = spacy.blank("en", vocab=words.vocab)
    nlp.tokenizer = words
    nlp.add_pipe("sentencizer", config={"punct_chars": [".", "!", "?", "…", "。", "！", "？"]})
    nlp.max_length = 5_000_000
    return nlp


def blocks_of(article: Article) -> tuple[Block, ...]:
    """Give the article's blocks, or its lines as paragraphs where the reader found none."""
    if article.blocks:
        return article.blocks
    out = []
    for m in re.finditer(r"[^\n]+", article.text):
        stripped = m.group().strip()
        if stripped:
            start = m.start() + m.group().index(stripped[0])
            out.append(Block(kind="paragraph", start=start, end=start + len(stripped)))
    return tuple(out)


def split(article: Article) -> list[Sentence]:
    """List the article's sentences in reading order; each lies in one block and one line."""
    out = []
    for i, block in enumerate(blocks_of(article)):
        for start, end in _spans(article.text, block.start, block.end):
            out.append(Sentence(start=start, end=end, text=article.text[start:end], block=i, kind=block.kind))
    return out


def _spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    bullet = _BULLET.match(text, start, end)
    base = bullet.end() if bullet else start
    for s, e in _sentences(text[base:end]):
        while s < e and text[base + s].isspace():
            s += 1
        while e > s and text[base + e - 1].isspace():
            e -= 1
        if any(c.isalnum() for c in text[base + s : base + e]):
            yield base + s, base + e


def _sentences(line: str) -> Iterator[tuple[int, int]]:
    begin = 0
    plain = (m.end() for m in _END.finditer(line) if _PLAIN.search(line, m.start() - _LONG_WORD, m.start()))
    for end in (*plain, len(line)):
        for first, last in _divided(line[begin:end]):
            yield begin + first, begin + last
        begin = end


def _divided(line: str) -> Iterator[tuple[int, int]]:
    if len(line) < MAX_CHARS and not _DOUBTFUL.search(line):
        yield 0, len(line)
        return
    begin = 0
    sure = {m.end() for m in _SURE_END.finditer(line)}
    for end in sorted({*sure, *(sent.end_char for sent in _splitter()(line).sents)}):
        if end not in sure and _OPEN_END.search(line[begin:end]) and end < len(line):
            continue
        for cut in range(begin, end, MAX_CHARS):
            yield cut, min(end, cut + MAX_CHARS)
        begin = end
    if begin < len(line):
        yield begin, len(line)
