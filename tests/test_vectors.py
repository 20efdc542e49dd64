"""The quick vectors of tokens are those of spaCy's own layer."""

from __future__ import annotations

import numpy as np
import pytest
from spacy.language import Language
from spacy.tokens import Doc

from claims import vectors
from claims.vectors import TokenVectors

TEXTS = (
    "Kratom isn't approved, and there's no evidence that it helps.",
    "",
    "Sleep",
    "Vitamin C\tand I:  it gets me — 12.5 % of the time, at $40 a bottle (see the FDA's letter).",
    "Kratom isn't approved.",
)


@pytest.fixture
def quick(whole: Language) -> TokenVectors:
    return TokenVectors(whole.get_pipe("tok2vec").model)  # type: ignore[attr-defined]


def wanted(whole: Language, docs: list[Doc]) -> list[np.ndarray]:
    return whole.get_pipe("tok2vec").model.predict(docs)  # type: ignore[attr-defined, no-any-return]


def docs_of(whole: Language) -> list[Doc]:
    return [whole.make_doc(text) for text in TEXTS]


def assert_same(whole: Language, docs: list[Doc]) -> None:
    for doc, vector in zip(docs, wanted(whole, docs), strict=True):
        assert doc.tensor.shape == vector.shape if len(doc) else doc.tensor.size == 0
        np.testing.assert_allclose(doc.tensor if len(doc) else vector, vector, atol=1e-5)


def test_vectors_are_those_of_the_layer(whole: Language, quick: TokenVectors) -> None:
    for _ in range(2):  # embedded first, remembered then
        docs = docs_of(whole)
        quick(docs)
        assert_same(whole, docs)


def test_no_sentence_sees_another(whole: Language, quick: TokenVectors) -> None:
    together, alone = docs_of(whole), docs_of(whole)
    quick(together)
    for doc in alone:
        quick([doc])
    for one, other in zip(together, alone, strict=True):
        np.testing.assert_allclose(one.tensor, other.tensor, atol=1e-5)


@pytest.mark.parametrize("most", [1, 8, 30])
def test_vectors_hold_where_not_all_words_can_be_remembered(
    whole: Language, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(vectors, "_MOST", most)
    quick = TokenVectors(whole.get_pipe("tok2vec").model)  # type: ignore[attr-defined]
    for text in TEXTS * 2:
        docs = [whole.make_doc(text)]
        quick(docs)
        assert_same(whole, docs)
