"""The quick attributes are those of spaCy's own ruler, on every token."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from claims.parse import _parsed, pipeline_name

TEXTS = (
    "Kratom isn't approved, and there's no evidence that it helps.",
    "Let's see: y'all ain't gonna get nothin' from it, you've got to do it.",
    "It does what you'd do;  they'd have had two  spaces.",
    "What was it that he was made to take? There are those who don't.",
    "",
    "Vitamin C\tand I: it gets me, and I got it because of that.",
)


@pytest.fixture(scope="module")
def whole() -> spacy.language.Language:
    return spacy.load(pipeline_name(), exclude=["ner", "senter"])


def told(doc: Doc) -> list[tuple[str, ...]]:
    return [(t.text, t.tag_, t.dep_, t.pos_, str(t.morph), t.lemma_, t.head.text) for t in doc]


@pytest.mark.parametrize("text", TEXTS)
def test_attributes_are_the_rulers(text: str, whole: spacy.language.Language) -> None:
    wanted = told(whole(text))
    for _ in range(2):  # asked of the ruler first, remembered then
        (doc,) = _parsed([text])
        assert told(doc) == wanted
