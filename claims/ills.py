"""Nouns as ills: what people who are known as a group have, and what one wants less of."""

from __future__ import annotations

from claims.concepts import CONDITION_KINDS
from claims.lexicon import fold
from claims.phrases import THE_ILL, Grounded, Phrase
from claims.tokens import Token
from claims.words import word_list


def ill_of(people: Token, g: Grounded) -> Phrase | None:
    """Name what people who are known as a group are ill with: the "COVID-19" of "COVID-19 patients"."""
    hit = g.at.get(people.i)
    if hit is None or g.kind(people) != "population" or people.lemma_.lower() not in THE_ILL:
        return None
    name = fold(g.text[hit[0].start : people.idx].strip())
    concept = g.lexicon.resolve(name)
    return Phrase(name, concept, people.i) if g.lexicon.kind(concept) in CONDITION_KINDS else None


def is_bad_thing(token: Token, g: Grounded) -> bool | None:
    """Tell whether a noun is something one wants less of; None where nothing says so."""
    kind = g.kind(token)
    if kind in CONDITION_KINDS:
        return True
    if kind == "function":
        return False
    if ill_of(token, g):
        return True
    low = token.lemma_.lower()
    if low.endswith(("itis", "osis", "emia", "aemia", "pathy", "algia", "oma", "rrhea", "rrhoea")):
        return True
    if low in _BAD_NOUNS:
        return True
    return None


_BAD_NOUNS = word_list("bad nouns")
