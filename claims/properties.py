"""Properties that one word ascribes to a thing: "is anti-inflammatory", "has antioxidant properties"."""

from __future__ import annotations

from claims.arguments import actors
from claims.cues import Cues
from claims.frame import Frame
from claims.lexicon import fold
from claims.phrases import Grounded
from claims.tokens import Token
from claims.words import word_list

# Nouns that only carry an adjective: "antiviral properties", "an anti-inflammatory agent".
_CARRIERS = word_list("carriers of properties")
_SAID_OF = frozenset({"attr", "acomp", "oprd", "appos", "conj"})


def ascribed(token: Token, cues: Cues, g: Grounded) -> Frame | None:
    """Read a property and what has it; None where a word names none, or only what something else is made of."""
    if token.lower_.removesuffix("s") not in cues.property_words:
        return None
    row = next(iter(cues.properties.get(property_name(token), ())), None)
    if row is None:
        return None
    noun = token.head if token.modifies and token.head.i > token.i else token
    # "Antioxidants protect cells", "antiviral drugs help": a name, of which something else is said.
    said = noun.dep_ in _SAID_OF or (noun is token and noun.dep_ == "ROOT")
    if noun.lemma_.lower() not in _CARRIERS and not said:
        return None
    return Frame(row, token, [token], list(actors(noun, g)))


def property_name(token: Token) -> str:
    """Spell a word with the "anti-" before it, as the cue table has it."""
    word = token.lemma_.lower() if token.pos_ == "NOUN" else token.lower_
    before = token.nbor(-1).lower_ if token.i else ""
    if before == "-" and token.i >= 2:
        return f"{token.nbor(-2).lower_}-{word}"
    return f"anti-{word}" if before == "anti" else fold(word)
