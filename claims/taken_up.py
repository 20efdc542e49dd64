"""What a page has named in full, and a sentence takes up by the last word of the name: "the oil", "attacks"."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from claims.lexicon import Lexicon, fold
from claims.types import Concept

# Where a name holds one of these, its head is not its last word: "inflammation of the heart".
_HEAD_FIRST = frozenset({"for", "from", "in", "of", "on", "to", "with"})


def taken_up(word: str, spoken_of: Iterable[str], lexicon: Lexicon) -> str:
    """Find the first of the concepts spoken of that has a name of several words whose head is this word, or ""."""
    known = (lexicon.concepts[concept] for concept in spoken_of if concept)
    return next((c.id for c in known if word in heads_of(c)), "")


# A page speaks of the same few, claim after claim.
@lru_cache(maxsize=4096)
def heads_of(concept: Concept) -> frozenset[str]:
    """Give the last words of those names of a concept that have several words, and end in their head."""
    names = (fold(name).split() for name in (concept.name, *concept.aliases))
    return frozenset(words[-1] for words in names if len(words) > 1 and _HEAD_FIRST.isdisjoint(words))
