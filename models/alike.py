"""How alike two short phrases are: the measure by which a slot counts as read right."""

from __future__ import annotations

import re

from claims.words import word_list

# Two phrases are the same slot from this word overlap on (F1 of their word sets).
ALIKE = 0.5
_IDLE = word_list("small words")
_ENDINGS = ("ing", "es", "ed", "s")
_NOT_A_WORD = re.compile(r"[^a-z0-9 ]+")


def bag(text: str | None) -> frozenset[str]:
    """Give the words of a phrase without idle ones and regular endings."""
    words = _NOT_A_WORD.sub(" ", (text or "").lower()).split()
    return frozenset(_bare(word) for word in words if word not in _IDLE)


def alike(a: str | None, b: str | None) -> float:
    """F1 of two phrases' words, 0 to 1; two empty phrases are alike."""
    x, y = bag(a), bag(b)
    if not x or not y:
        return float(not x and not y)
    return 2 * len(x & y) / (len(x) + len(y))


def _bare(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word
