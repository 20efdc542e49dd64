"""What a page has named in full, and a sentence takes up by the last word of the name: "the oil", "attacks"."""

from __future__ import annotations

from collections.abc import Sequence

from claims.candidate import THING_RELATIONS, Candidate, Surroundings
from claims.lexicon import Lexicon, fold
from claims.phrases import Phrase
from claims.types import Relation

# Where a name holds one of these, its head is not its last word: "inflammation of the heart".
_HEAD_FIRST = frozenset({"for", "from", "in", "of", "on", "to", "with"})


def taken_up(subject: Phrase, around: Surroundings, lexicon: Lexicon) -> Phrase:
    """Know a thing by the last word of its name: "the oil", where the page is on castor oil."""
    return subject._replace(concept=_headed(subject.text, (around.focus, around.topic), lexicon))


def ill_taken_up(c: Candidate, relation: Relation, around: Surroundings, lexicon: Lexicon) -> str:
    """Know an ill by the last word of its name ("attacks", below "Asthma attacks"); give its concept, or ""."""
    if relation not in THING_RELATIONS:
        return ""
    return _headed(c.object.text, (around.last_condition, around.condition), lexicon)


def _headed(word: str, concepts: Sequence[str], lexicon: Lexicon) -> str:
    """Find the first of some concepts that has a name of several words whose head is this word, or ""."""
    if not word or " " in word:
        return ""
    known = (lexicon.concepts[concept] for concept in concepts if concept)
    return next((c.id for c in known if any(_is_headed(fold(name), word) for name in (c.name, *c.aliases))), "")


def _is_headed(name: str, word: str) -> bool:
    return name.endswith(f" {word}") and _HEAD_FIRST.isdisjoint(name.split())
