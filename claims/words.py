"""Closed lists of words that reading relies on, as rows: what each list is for stands where it is used."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

WORDS = Path(__file__).parent / "words.csv"


@lru_cache(maxsize=1)
def _lists() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    with WORDS.open(encoding="utf-8", newline="") as f:
        for row in csv.DictReader(f):
            found.setdefault(row["list"], {})[row["word"]] = row["value"]
    return found


def word_list(name: str) -> frozenset[str]:
    """Give the words of a list; KeyError where there is none of that name."""
    return frozenset(_lists()[name])


def word_map(name: str) -> Mapping[str, str]:
    """Give the words of a list with what each stands for, in the order of the rows."""
    return _lists()[name]
