"""The checkable fields of a claim whose object is a phrase: act and target, authority and act, other and direction."""

from __future__ import annotations

from claims.candidates import Candidate
from claims.lexicon import Lexicon
from claims.phrases import Grounded, Phrase
from claims.words import word_map

# Verb lemmas by the act they state; the acts are those of the mechanism rows.
_BY_LEMMA = word_map("mechanism acts")


def object_id(c: Candidate, relation: str, subject: Phrase, g: Grounded, lexicon: Lexicon) -> str:
    """Give the concept id of a claim's object, or its fields; "" where the table could not know it."""
    if relation == "mechanism":
        return _mechanism(c, subject, g, lexicon)
    if relation in {"status", "compares", "statistic", "use"}:
        return c.field_object
    if relation == "safe":
        return c.object.concept if lexicon.kind(c.object.concept) == "population" else ""
    return c.object.concept


def _mechanism(c: Candidate, subject: Phrase, g: Grounded, lexicon: Lexicon) -> str:
    if c.field_object:
        return c.field_object
    act = _BY_LEMMA.get(c.trigger.lemma_.lower(), "")
    found = [m for m in lexicon.find(c.object.text) if m.concept != subject.concept]
    if not act or not found:
        return ""
    # The last thing named is the target: "acts on the brain's opioid receptors".
    target = next(
        (m.concept for m in found if lexicon.kind(m.concept) == "target"),
        found[-1].concept if act != "contains" else found[0].concept,
    )
    return f"act={act};target={target}"
