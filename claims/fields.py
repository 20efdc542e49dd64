"""The checkable fields of a claim whose object is a phrase: act and target, authority and act, other and direction."""

from __future__ import annotations

from claims.candidate import Candidate
from claims.lexicon import Lexicon
from claims.mechanism import mechanism
from claims.phrases import LIGHT_MODIFIERS, Grounded, Phrase


def object_id(c: Candidate, relation: str, subject: Phrase, g: Grounded, lexicon: Lexicon) -> str:
    """Give the concept id of a claim's object, or its fields; "" where the table could not know it."""
    if relation == "mechanism":
        return mechanism(c, subject, g, lexicon)
    if relation in {"status", "compares", "statistic", "use"}:
        return c.field_object
    if relation == "safe":
        return c.object.concept if lexicon.kind(c.object.concept) == "population" else ""
    if relation == "improves" and lexicon.kind(c.object.concept) in {"", "target"}:
        return _health_of(c, lexicon) or c.object.concept
    return c.object.concept


def _health_of(c: Candidate, lexicon: Lexicon) -> str:
    """Give the function that is meant where a part of the body is said to fare better: "good for the joints"."""
    words = [w for w in c.object.text.split() if w not in LIGHT_MODIFIERS]
    if c.object_token is None or len(words) != 1:
        return ""
    health = lexicon.resolve(f"{c.object_token.lemma_.lower()} health")
    return health if lexicon.kind(health) == "function" else ""
