"""Fitted models as plain arrays: taken out of scikit-learn's objects after fitting, kept in files of numpy.

To score takes sums only (models.linear, models.trees). To import scikit-learn, and to build its objects from a file,
took half of every start.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

import numpy as np

__all__ = ["Arrays", "coefficients_digest", "load", "load_models", "named", "names_of", "save"]

# A model: what it is made of, by name.
Arrays = Mapping[str, np.ndarray]

_BREAK = "\n"  # no word holds it: they are cut at white space


def named(names: Iterable[str]) -> np.ndarray:
    """Lay names out as one text in UTF-8, a line a name: an array of strings has the width of its longest."""
    return np.frombuffer(_BREAK.join(names).encode(), dtype=np.uint8)


def names_of(text: np.ndarray) -> list[str]:
    """Read names that `named` laid out."""
    return text.tobytes().decode().split(_BREAK) if text.size else []


def save(model: Arrays, file: Path) -> None:
    """Write a model."""
    with file.open("wb") as f:
        np.savez_compressed(f, allow_pickle=False, **model)


def load(file: Path) -> Arrays:
    """Read a model that `save` wrote; raise ValueError if it holds anything but arrays of numbers and text."""
    with np.load(file, allow_pickle=False) as held:
        return dict(held)


def load_models(folder: Path, names: Iterable[str]) -> dict[str, Arrays]:
    """Read models by the names of their files."""
    return {name: load(folder / name) for name in names}


def coefficients_digest(model: Arrays) -> str:
    """Digest what a model is made of, 16 hex digits; numbers are rounded so that the last bits do not count."""
    told = sha256()
    for name, array in sorted(model.items()):
        rounded = np.round(array, 3) + 0.0 if array.dtype.kind == "f" else array
        told.update(f"{name} {array.dtype.kind} {array.shape}".encode() + rounded.tobytes())
    return told.hexdigest()[:16]
