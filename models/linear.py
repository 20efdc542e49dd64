"""Score by a fitted scikit-learn pipeline without its overhead: the same sums, over dictionaries of words.

scikit-learn's own prediction checks its parameters and builds sparse matrices at every call: 5 ms before the first
of a page's sentences is scored. The order of additions differs, and so may the last bits of a score.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, repeat
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

__all__ = ["Linear"]


@dataclass(frozen=True, slots=True)
class _Column:
    """One text column: the weights of its words for each class; `idf` where they are weighted and of length 1."""

    places: dict[str, int]  # word -> its row of weights
    weights: np.ndarray  # (words + 1, classes), floats; the last row is of zeros
    alone: list[float] | None  # the weights where there is one class
    idf: list[float] | None
    pairs: bool
    scale: float

    def sums(self, texts: Sequence[str]) -> np.ndarray:
        """Add up what each text says for each class, shape (texts, classes)."""
        distinct = {text: n for n, text in enumerate(dict.fromkeys(texts))}
        sums = self._sums(distinct) if self.alone is None else np.array([[self._sum(text)] for text in distinct])
        return self.scale * sums[[distinct[text] for text in texts]]

    def _sum(self, text: str) -> float:
        """Add up what a text says for the one class: a third of the time that a row of many classes takes."""
        assert self.alone is not None
        if self.idf is None:
            found = map(self.places.get, dict.fromkeys(self._words(text)), repeat(-1))
            return sum(map(self.alone.__getitem__, found))
        lengths = self._weighted(Counter(map(self.places.get, self._words(text))), self.idf)
        return sum(self.alone[place] * value for place, value in lengths.items())

    def _sums(self, texts: Iterable[str]) -> np.ndarray:
        places: list[int] = []
        values: list[float] = []
        starts = []
        nowhere = len(self.weights) - 1
        for text in texts:
            starts.append(len(places))
            places.append(nowhere)  # a text without a known word is a sum, too
            if self.idf is None:
                places += map(self.places.get, dict.fromkeys(self._words(text)), repeat(nowhere))
            else:
                lengths = self._weighted(Counter(map(self.places.get, self._words(text))), self.idf)
                places += lengths
                values += (0.0, *lengths.values())
        terms = self.weights[places]
        if values:
            terms *= np.array(values)[:, None]
        return np.add.reduceat(terms, starts, axis=0)

    def _words(self, text: str) -> list[str]:
        words = text.split()
        return words + [f"{a} {b}" for a, b in pairwise(words)] if self.pairs else words

    @staticmethod
    def _weighted(counts: Counter[int | None], idf: Sequence[float]) -> dict[int, float]:
        values = {place: (math.log(n) + 1.0) * idf[place] for place, n in counts.items() if place is not None}
        length = math.sqrt(math.fsum(v * v for v in values.values()))
        return {place: v / length for place, v in values.items()}


class Linear:
    """A logistic regression over columns of text, read off a fitted pipeline."""

    def __init__(self, model: Pipeline) -> None:
        first, logit = model[0], model[-1]
        self.classes: list[object] = list(logit.classes_)
        self._start = np.asarray(logit.intercept_, dtype=float)
        self._columns = list(_columns(first, np.asarray(logit.coef_)))

    def probabilities(self, rows: Iterable[Sequence[str]]) -> list[list[float]]:
        """Give the probability of each class for each row of texts, one text a column."""
        texts = list(zip(*rows, strict=True))
        if not texts:
            return []
        sums: np.ndarray = sum((c.sums(t) for c, t in zip(self._columns, texts, strict=False)), self._start)
        if sums.shape[1] == 1:
            sums = np.hstack([np.zeros_like(sums), sums])
        shares = np.exp(sums - sums.max(axis=1, keepdims=True))
        out: list[list[float]] = (shares / shares.sum(axis=1, keepdims=True)).tolist()
        return out


def _columns(first: object, coefficients: np.ndarray) -> Iterable[_Column]:
    """Take a vectorizer, or several side by side, apart; raise TypeError for what this cannot do."""
    from sklearn.compose import ColumnTransformer

    if not isinstance(first, ColumnTransformer):
        yield _column(first, coefficients, 1.0)
        return
    at = 0
    for place, (name, vectorizer, column) in enumerate(t for t in first.transformers_ if t[0] != "remainder"):
        if column != place:
            raise TypeError(f"column {column} of {name} does not stand in its place")
        size = len(vectorizer.vocabulary_)
        scale = float((first.transformer_weights or {}).get(name, 1.0))
        yield _column(vectorizer, coefficients[:, at : at + size], scale)
        at += size


def _column(vectorizer: object, coefficients: np.ndarray, scale: float) -> _Column:
    from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

    if not isinstance(vectorizer, CountVectorizer) or vectorizer.lowercase or vectorizer.token_pattern != r"\S+":
        raise TypeError(f"{vectorizer} cannot be read off")
    weighted = isinstance(vectorizer, TfidfVectorizer)
    if weighted and not (vectorizer.sublinear_tf and vectorizer.norm == "l2"):
        raise TypeError(f"{vectorizer} cannot be read off")
    if not weighted and not vectorizer.binary:
        raise TypeError(f"{vectorizer} cannot be read off")
    weights = np.vstack([coefficients.T, np.zeros(len(coefficients))])
    return _Column(
        places={word: int(i) for word, i in vectorizer.vocabulary_.items()},
        weights=weights,
        alone=weights[:, 0].tolist() if len(coefficients) == 1 else None,
        idf=vectorizer.idf_.tolist() if weighted else None,
        pairs=vectorizer.ngram_range == (1, 2),
        scale=scale,
    )
