"""The checkable fields of a claim whose object is a phrase: act and target, authority and act, other and direction."""

from __future__ import annotations

from claims.candidate import Candidate
from claims.clauses import core
from claims.lexicon import Lexicon, Mention
from claims.phrases import LIGHT_MODIFIERS, Grounded, Phrase, phrase
from claims.words import word_list, word_map

# Verb lemmas by the act they state; the acts are those of the mechanism rows.
_BY_LEMMA = word_map("mechanism acts")
# What something is, where it tells what it has in it: "is rich in iron", "is a good source of calcium".
_OF_CONTENT = word_list("words of content")


def object_id(c: Candidate, relation: str, subject: Phrase, g: Grounded, lexicon: Lexicon) -> str:
    """Give the concept id of a claim's object, or its fields; "" where the table could not know it."""
    if relation == "mechanism":
        return _mechanism(c, subject, g, lexicon)
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


def _mechanism(c: Candidate, subject: Phrase, g: Grounded, lexicon: Lexicon) -> str:
    if c.field_object:
        return c.field_object
    act = _BY_LEMMA.get(c.trigger.lemma_.lower(), "")
    if act == "is-a" and not _OF_CONTENT.isdisjoint(c.object.text.split()):
        act = "contains"
    if not act:
        return ""
    first = core(c.trigger) if "clause" in c.marks else None
    found = _others_in(phrase(first, g).text, subject, lexicon) if first is not None else []
    found = found or _others_in(c.object.text, subject, lexicon)
    if not found:
        return ""
    # The last thing named is the target: "acts on the brain's opioid receptors".
    target = next(
        (m.concept for m in found if lexicon.kind(m.concept) == "target"),
        found[-1].concept if act != "contains" else found[0].concept,
    )
    return f"act={act};target={target}"


def _others_in(text: str, subject: Phrase, lexicon: Lexicon) -> list[Mention]:
    """List what a text names besides a claim's subject."""
    return [m for m in lexicon.find(text) if m.concept != subject.concept]
