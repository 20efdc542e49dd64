"""The checkable fields of a claim whose object is a phrase: act and target, authority and act, other and direction."""

from __future__ import annotations

import re

from claims.candidates import Candidate
from claims.lexicon import Lexicon
from claims.phrases import Grounded, Phrase

# Verb lemmas by the act they state; the acts are those of the evidence table's mechanism rows.
_ACTS = {
    "acts-on": "act bind interact activate latch attach stimulate target affect influence work respond engage trigger hit mimic regulate".split(),
    "contains": "contain include have hold carry pack possess comprise".split(),
    "derived-from": "derive extract come make obtain isolate produce".split(),
    "converts-to": "convert metabolize metabolise turn transform become".split(),
    "is-a": ["be"],
    "inhibits": "inhibit block prevent suppress stop antagonize".split(),
    "raises": "raise increase boost elevate stimulate release promote".split(),
    "lowers": "lower reduce decrease drop cut deplete suppress".split(),
    "absorbs": "absorb".split(),
    "measures": "measure detect".split(),
}
_BY_LEMMA = {lemma: act for act, lemmas in reversed(list(_ACTS.items())) for lemma in lemmas}


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
    act = _BY_LEMMA.get(c.trigger.lemma_.lower(), "")
    found = [m for m in lexicon.find(c.object.text) if m.concept != subject.concept]
    if not act or not found:
        return ""
    # The last thing named is the target: "acts on the brain's opioid receptors".
    target = next((m.concept for m in found if lexicon.kind(m.concept) == "target"), found[-1].concept if act != "contains" else found[0].concept)
    return f"act={act};target={target}"


def words(text: str) -> set[str]:
    """Split a phrase into its words."""
    return set(re.findall(r"[a-z0-9]+", text.lower()))
