"""Score by a fitted scikit-learn pipeline without its overhead: the same sums, over dictionaries of words.

scikit-learn's own prediction checks its parameters and builds sparse matrices at every call: 5 ms before the first
of a page's sentences is scored. The order of additions differs, and so may the last bits of a score.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

__all__ = ["Linear"]


@dataclass(frozen=True, slots=True)
class _Column:
    """One text column: the weights of its words for each class; `idf` where they are weighted and of length 1."""

    weights: dict[str, tuple[float, ...]]
    idf: dict[str, float] | None
    pairs: bool
    scale: float

    def add_to(self, sums: list[float], text: str) -> None:
        """Add what a text says to the sum of each class."""
        words = text.split()
        if self.pairs:
            words += [f"{a} {b}" for a, b in pairwise(words)]
        known = Counter(word for word in words if word in self.weights)
        if not known:
            return
        values = dict.fromkeys(known, self.scale)
        if self.idf is not None:
            values = {word: (math.log(n) + 1.0) * self.idf[word] for word, n in known.items()}
            length = math.sqrt(math.fsum(v * v for v in values.values())) / self.scale
            values = {word: v / length for word, v in values.items()}
        if len(sums) == 1:
            sums[0] += math.fsum(value * self.weights[word][0] for word, value in values.items())
            return
        for word, value in values.items():
            for k, weight in enumerate(self.weights[word]):
                sums[k] += value * weight


class Linear:
    """A logistic regression over columns of text, read off a fitted pipeline."""

    def __init__(self, model: Pipeline) -> None:
        first, logit = model[0], model[-1]
        self.classes: list[object] = list(logit.classes_)
        self._start = [float(b) for b in logit.intercept_]
        self._columns = list(_columns(first, np.asarray(logit.coef_)))

    def probabilities(self, rows: Iterable[Sequence[str]]) -> list[list[float]]:
        """Give the probability of each class for each row of texts, one text a column."""
        return [self._of(row) for row in rows]

    def _of(self, row: Sequence[str]) -> list[float]:
        sums = list(self._start)
        for column, text in zip(self._columns, row, strict=False):
            column.add_to(sums, text)
        if len(sums) == 1:
            p = 1.0 / (1.0 + math.exp(-sums[0])) if sums[0] > -700 else 0.0
            return [1.0 - p, p]
        top = max(sums)
        shares = [math.exp(s - top) for s in sums]
        whole = math.fsum(shares)
        return [share / whole for share in shares]


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
    weights = coefficients.T.tolist()
    words = vectorizer.vocabulary_.items()
    return _Column(
        weights={word: tuple(weights[i]) for word, i in words},
        idf={word: float(vectorizer.idf_[i]) for word, i in words} if weighted else None,
        pairs=vectorizer.ngram_range == (1, 2),
        scale=scale,
    )
