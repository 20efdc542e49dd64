"""What a page has named in full, and a sentence takes up by the last word of the name: "the oil", "attacks"."""

from __future__ import annotations

from collections.abc import Iterable

from claims.lexicon import Lexicon, fold

# Where a name holds one of these, its head is not its last word: "inflammation of the heart".
_HEAD_FIRST = frozenset({"for", "from", "in", "of", "on", "to", "with"})


def taken_up(word: str, spoken_of: Iterable[str], lexicon: Lexicon) -> str:
    """Find the first of the concepts spoken of that has a name of several words whose head is this word, or ""."""
    if not word or " " in word:
        return ""
    known = (lexicon.concepts[concept] for concept in spoken_of if concept)
    return next((c.id for c in known if any(_is_headed(fold(name), word) for name in (c.name, *c.aliases))), "")


def _is_headed(name: str, word: str) -> bool:
    return name.endswith(f" {word}") and _HEAD_FIRST.isdisjoint(name.split())
