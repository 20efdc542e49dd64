"""What an object is called by what is done to it: liver damage, high blood pressure, weight loss, death."""

from __future__ import annotations

from claims.frame import Frame
from claims.lexicon import fold
from claims.phrases import PERSON, THE_ILL, Grounded, Phrase
from claims.tokens import Token
from claims.types import Relation

# Those whose end is death.
_PEOPLE = PERSON | THE_ILL


def kills_people(frame: Frame, killed: Token, g: Grounded) -> bool:
    """Tell whether people are killed: their death is caused."""
    if frame.trigger.lemma_ != "kill":
        return False
    return killed.lemma_.lower() in _PEOPLE or g.kind(killed) == "population"


# What is brought down, and what that is called.
WEIGHT, WEIGHT_LOSS = "weight", "weight loss"


def is_weight_lost(value: str, obj: Token) -> bool:
    """Tell whether weight is brought down."""
    return value == "down" and obj.lemma_.lower() == WEIGHT


def swung(function: Phrase, value: str, relation: Relation, g: Grounded) -> Phrase:
    """Name the state that a function is brought to, or out of: "lowers blood pressure" treats high blood pressure."""
    high = (value == "up") == (relation == "causes")
    text = f"{'high' if high else 'low'} {function.text}"
    return Phrase(text, g.lexicon.inverses.get(function.concept, ""), function.head)


def without_cause(obj: Token, frame: Frame, g: Grounded) -> Phrase:
    """Name what stands after the hyphens: "hair loss" of "kratom-induced hair loss"."""
    text = " ".join(fold(t.text) for t in g.tokens[frame.trigger.i + 1 : obj.i + 1])
    return Phrase(text, g.lexicon.resolve(text) or g.concept(obj), obj.i)


def harmed(organ: Phrase, at: Token, g: Grounded) -> Phrase:
    """Name what harm comes of harming: liver damage, a weak immune system."""
    if g.kind(at) == "function":
        worse = g.lexicon.inverses.get(organ.concept, "")
        return Phrase(f"weak {organ.text}", worse, organ.head) if worse else organ
    if g.kind(at) == "target":
        text = harm_to(organ.text)
        return Phrase(text, g.lexicon.resolve(text), organ.head)
    text = harm_to(at.lemma_.lower())
    known = "" if organ.concept else g.lexicon.resolve(text)
    return Phrase(text, known, organ.head) if known else organ


def harm_to(organ: str) -> str:
    """Name the harm done to a thing: "damages the liver" is liver damage."""
    name = organ.removeprefix("the ").removeprefix("your ")
    return f"{name.removesuffix('s') if name.endswith('eys') else name} damage"


def mechanism_object(frame: Frame, filler: Phrase) -> Phrase:
    """Name what is done to a thing with the verb that does it: "blocks dopamine"."""
    verb = frame.trigger.lemma_.lower() if frame.trigger.pos_ in {"VERB", "AUX"} else frame.trigger.lower_
    words = [verb, frame.particle, filler.text] if frame.trigger.pos_ == "VERB" else [filler.text, verb]
    return Phrase(" ".join(w for w in words if w), filler.concept, filler.head, filler.pronoun)
