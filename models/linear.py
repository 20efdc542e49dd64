"""Score as a fitted scikit-learn pipeline does, without its overhead: the same sums, over dictionaries of words.

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

from models.stored import Arrays, named, names_of

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

__all__ = ["Linear", "arrays_of"]


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
    """A logistic regression over columns of text, by the arrays that `arrays_of` takes off a fitted pipeline."""

    def __init__(self, model: Arrays) -> None:
        self.classes: list[object] = model["classes"].tolist()
        self._start = model["start"]
        self._columns = [_column(model, n) for n in range(int(model["columns"]))]

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


def _column(model: Arrays, n: int) -> _Column:
    words, weights = names_of(model[f"words {n}"]), model[f"weights {n}"]
    places = dict(zip(words, range(len(words)), strict=True))
    if len(weights) > 1:
        return _Marks(places, np.vstack([weights.T, np.zeros(len(weights))]))
    of_one = weights[0].tolist()
    if f"rarities {n}" not in model:
        return _MarksForOne(dict(zip(words, of_one, strict=True)))
    terms = dict(zip(words, zip(model[f"rarities {n}"].tolist(), of_one, strict=True), strict=True))
    return _Words(terms, pairs=bool(model[f"pairs {n}"]))


def arrays_of(pipeline: Pipeline) -> Arrays:
    """Take a vectorizer of texts, or several side by side, and its regression apart; raise TypeError for any other.

    `classes` and `start` are one number a class (one for two classes); column n has its `words n`, their `weights n`,
    shape (classes, words), and if it is weighted by rarity `rarities n`, and in `pairs n` whether pairs of words count.
    """
    from sklearn.compose import ColumnTransformer

    first, logit = pipeline[0], pipeline[-1]
    held = {"classes": np.array(list(logit.classes_)), "start": np.asarray(logit.intercept_, dtype=float)}
    if not isinstance(first, ColumnTransformer):
        return {**held, "columns": np.array(1), **_arrays_of_column(0, first, logit.coef_)}
    columns = [t for t in first.transformers_ if t[0] != "remainder"]
    at = 0
    for n, (name, vectorizer, place) in enumerate(columns):
        if place != n:
            raise TypeError(f"column {place} of {name} does not stand in its place")
        size = len(vectorizer.vocabulary_)
        scale = float((first.transformer_weights or {}).get(name, 1.0))
        held |= _arrays_of_column(n, vectorizer, scale * logit.coef_[:, at : at + size])
        at += size
    return {**held, "columns": np.array(len(columns))}


def _arrays_of_column(n: int, vectorizer: object, coefficients: np.ndarray) -> Arrays:
    from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

    if not isinstance(vectorizer, CountVectorizer) or vectorizer.lowercase or vectorizer.token_pattern != r"\S+":
        raise TypeError(f"{vectorizer} cannot be read off")
    places = vectorizer.vocabulary_
    held = {f"words {n}": named(sorted(places, key=places.__getitem__)), f"weights {n}": np.asarray(coefficients)}
    if isinstance(vectorizer, TfidfVectorizer):
        if len(coefficients) > 1 or not (vectorizer.sublinear_tf and vectorizer.norm == "l2"):
            raise TypeError(f"{vectorizer} cannot be read off")
        return {**held, f"rarities {n}": vectorizer.idf_, f"pairs {n}": np.array(vectorizer.ngram_range == (1, 2))}
    if not vectorizer.binary or vectorizer.ngram_range != (1, 1):
        raise TypeError(f"{vectorizer} cannot be read off")
    return held
