"""Score by a fitted scikit-learn pipeline without its overhead: the same sums, over dictionaries of words.

scikit-learn's own prediction checks its parameters and builds sparse matrices at every call: 5 ms before the first
of a page's sentences is scored. The order of additions differs, and so may the last bits of a score.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, repeat
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

__all__ = ["Linear"]


class _Column(Protocol):
    """One column of texts, as a fitted vectorizer and the weights of its words."""

    def sums(self, texts: Sequence[str]) -> np.ndarray:
        """Add up what each text says for each class, shape (texts, classes)."""


@dataclass(frozen=True, slots=True)
class _Marks:
    """A column of marks, each of which counts once, for several classes."""

    places: dict[str, int]  # mark -> its row of weights
    weights: np.ndarray  # (marks + 1, classes), floats; the last row is of zeros

    def sums(self, texts: Sequence[str]) -> np.ndarray:
        """Add up the rows of each text's marks."""
        places: list[int] = []
        starts = []
        nowhere = len(self.weights) - 1
        for text in texts:
            starts.append(len(places))
            places.append(nowhere)  # a text without a known mark is a sum, too
            places += map(self.places.get, dict.fromkeys(text.split()), repeat(nowhere))
        return np.add.reduceat(self.weights[places], starts, axis=0)


class _ForOne(ABC):
    """A column for one class: to add up floats takes half as long as to make an array of their places."""

    __slots__ = ()

    def sums(self, texts: Sequence[str]) -> np.ndarray:
        """Add up what each text says, shape (texts, 1)."""
        return np.array([[self._sum(text)] for text in texts])

    @abstractmethod
    def _sum(self, text: str) -> float: ...


@dataclass(frozen=True, slots=True)
class _MarksForOne(_ForOne):
    """A column of marks, each of which counts once."""

    weights: dict[str, float]

    def _sum(self, text: str) -> float:
        return sum(map(self.weights.get, dict.fromkeys(text.split()), repeat(0.0)))


@dataclass(frozen=True, slots=True)
class _Words(_ForOne):
    """A column of words, weighted as TfidfVectorizer does: by rarity, log of count and length 1."""

    terms: dict[str, tuple[float, float]]  # word -> its inverse document frequency, its weight
    pairs: bool

    def _sum(self, text: str) -> float:
        words = text.split()
        if self.pairs:
            words += [f"{a} {b}" for a, b in pairwise(words)]
        known = [word for word in words if word in self.terms]
        counts = dict.fromkeys(known, 1)
        if len(counts) < len(known):  # most texts have no word twice
            counts = Counter(known)
        total = squares = 0.0
        for word, n in counts.items():
            rarity, weight = self.terms[word]
            value = rarity if n == 1 else (math.log(n) + 1.0) * rarity
            total += value * weight
            squares += value * value
        return total / math.sqrt(squares) if squares else 0.0


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
        sums: np.ndarray = sum(map(_sums, self._columns, texts), self._start)
        if sums.shape[1] == 1:
            sums = np.hstack([np.zeros_like(sums), sums])
        shares = np.exp(sums - sums.max(axis=1, keepdims=True))
        out: list[list[float]] = (shares / shares.sum(axis=1, keepdims=True)).tolist()
        return out


def _sums(column: _Column, texts: Sequence[str]) -> np.ndarray:
    """Add up what a column says of texts of which many are the same."""
    distinct = {text: n for n, text in enumerate(dict.fromkeys(texts))}
    return column.sums(list(distinct))[[distinct[text] for text in texts]]


def _columns(first: object, coefficients: np.ndarray) -> Iterable[_Column]:
    """Take a vectorizer, or several side by side, apart; raise TypeError for what this cannot do."""
    from sklearn.compose import ColumnTransformer

    if not isinstance(first, ColumnTransformer):
        yield _column(first, coefficients)
        return
    at = 0
    for place, (name, vectorizer, column) in enumerate(t for t in first.transformers_ if t[0] != "remainder"):
        if column != place:
            raise TypeError(f"column {column} of {name} does not stand in its place")
        size = len(vectorizer.vocabulary_)
        scale = float((first.transformer_weights or {}).get(name, 1.0))
        yield _column(vectorizer, scale * coefficients[:, at : at + size])
        at += size


def _column(vectorizer: object, coefficients: np.ndarray) -> _Column:
    from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

    if not isinstance(vectorizer, CountVectorizer) or vectorizer.lowercase or vectorizer.token_pattern != r"\S+":
        raise TypeError(f"{vectorizer} cannot be read off")
    places = {word: int(i) for word, i in vectorizer.vocabulary_.items()}
    of_one = coefficients[0].tolist() if len(coefficients) == 1 else None
    if isinstance(vectorizer, TfidfVectorizer):
        if of_one is None or not (vectorizer.sublinear_tf and vectorizer.norm == "l2"):
            raise TypeError(f"{vectorizer} cannot be read off")
        rarities = vectorizer.idf_.tolist()
        terms = {word: (rarities[i], of_one[i]) for word, i in places.items()}
        return _Words(terms, pairs=vectorizer.ngram_range == (1, 2))
    if not vectorizer.binary or vectorizer.ngram_range != (1, 1):
        raise TypeError(f"{vectorizer} cannot be read off")
    if of_one is not None:
        return _MarksForOne({mark: of_one[i] for mark, i in places.items()})
    return _Marks(places, np.vstack([coefficients.T, np.zeros(len(coefficients))]))
