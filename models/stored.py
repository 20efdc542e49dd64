"""Fitted models on disk: scikit-learn's own objects, written and read by skops, which builds no others.

skops writes each word of a vocabulary as an object of its own, and reading a quarter of a million of them back took
8 s and more of every start. So a vocabulary is written as one text, a line a word, in the order of the words' numbers.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED

from models.trees import TREES

if TYPE_CHECKING:
    from sklearn.feature_extraction.text import CountVectorizer

__all__ = ["load", "load_models", "save"]

_BREAK = "\n"  # no word holds it: they are cut at white space


def save(model: Any, file: Path) -> None:
    """Write a fitted model."""
    from skops.io import dump

    packed = copy.deepcopy(model)
    for vectorizer in _vectorizers(packed):
        numbers = vectorizer.vocabulary_
        vectorizer.vocabulary_ = _BREAK.join(sorted(numbers, key=numbers.__getitem__))
    dump(packed, file, compression=ZIP_DEFLATED, compresslevel=9)


def load(file: Path) -> Any:
    """Read a model that `save` wrote; raise skops' UntrustedTypesFoundException if it holds anything else."""
    from skops.io import load as load_skops

    model = load_skops(file, trusted=list(TREES))
    for vectorizer in _vectorizers(model):
        vectorizer.vocabulary_ = {word: n for n, word in enumerate(vectorizer.vocabulary_.split(_BREAK))}
    return model


def load_models(folder: Path, names: Iterable[str]) -> dict[str, Any]:
    """Read models by the names of their files."""
    return {name: load(folder / name) for name in names}


def _vectorizers(model: Any) -> Iterator[CountVectorizer]:
    """Yield what turns texts into counts of words: the first step of a pipeline, or what stands side by side in it."""
    from sklearn.compose import ColumnTransformer
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.pipeline import Pipeline

    if not isinstance(model, Pipeline):
        return
    first = model[0]
    columns = [v for _, v, _ in first.transformers_] if isinstance(first, ColumnTransformer) else [first]
    yield from (v for v in columns if isinstance(v, CountVectorizer))
