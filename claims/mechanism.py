"""The fields of a claim on what a thing is, holds or does in the body: its act, and the target of that.

The first word above a target that states an act is the one that is meant: in "contains a compound that blocks DHT"
the compound is held, and DHT blocked.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from claims.candidate import Candidate
from claims.concepts import ACTOR_KINDS, CONDITION_KINDS, HEALTH_KINDS
from claims.lexicon import Lexicon
from claims.phrases import Grounded, Phrase
from claims.tokens import Token
from claims.words import word_list, word_map

# Verb lemmas by the act they state, and nouns and adjectives with their preposition ("rich in", "inhibitor of"); "" is
# none, whatever stands above. The acts are those of the mechanism rows.
_BY_VERB, _BY_NOUN = word_map("mechanism acts"), word_map("mechanism nouns")
_BEING = word_list("words of being")  # "counts as", "is known as"
_PUSHES = word_list("pushes")  # "brings down", "keeps up"
_WAYS = {"down": "lowers", "up": "raises"}
_NOT_REACHED = frozenset({"nsubj", "csubj", "poss"})
_IN_THE_PASSIVE = frozenset({"inhibits", "lowers", "raises", "acts-on"})  # "is lowered by", not "is absorbed"
_PARTS = word_list("parts of a target")  # "dopamine levels", "GABA receptors"
_FAR = 8  # words up the tree
# What each act can be done to; a body part or a substance in it ("target") to any.
_THINGS = ACTOR_KINDS - {"practice", "diet", "test"}
_DONE_TO = {
    "contains": _THINGS,
    "derived-from": _THINGS,
    "converts-to": _THINGS,
    "absorbs": _THINGS,
    "is-a": _THINGS | CONDITION_KINDS,
    "acts-on": HEALTH_KINDS | {"supplement", "nutrient", "compound"},
    "measures": HEALTH_KINDS,
}
_ANYTHING = ACTOR_KINDS | HEALTH_KINDS


def mechanism(c: Candidate, subject: Phrase, g: Grounded, lexicon: Lexicon) -> str:
    """Give act and target of a candidate as the fields of its object, "" where no act reaches a thing that is known."""
    if c.field_object:
        return c.field_object
    found = list(_found(c, subject, g, lexicon))
    best = next((f for f in found if f[2] is c.object_token), next(iter(found), None))
    return f"act={best[0]};target={best[1]}" if best else ""


def _found(c: Candidate, subject: Phrase, g: Grounded, lexicon: Lexicon) -> Iterator[tuple[str, str, Token]]:
    """Yield acts, what they are done to, and its word, as a clause names them."""
    within = {t.i for t in _clause(c.trigger).subtree}
    for i in sorted(g.at):
        mention, first, last = g.at[i]
        if i != first or i not in within or mention.concept == subject.concept:
            continue
        root, kind = g.tokens.root(first, last), lexicon.kind(mention.concept)
        act = _act_on(root)
        if act and (kind == "target" or kind in _DONE_TO.get(act, _ANYTHING)):
            yield act, mention.concept, root


def _clause(trigger: Token) -> Token:
    """Give the verb in whose clause a trigger stands, itself where there is none."""
    return next((t for t in (trigger, *trigger.ancestors) if t.pos_ in {"VERB", "AUX"}), trigger)


def _act_on(target: Token) -> str:
    """Read what is done to a thing, or what it is to what does so: "lowers", "is-a"; "" where nothing says so."""
    below, preposition = target, ""
    for above in islice(target.ancestors, _FAR):
        if below.dep_ in _NOT_REACHED or (below.modifies and above.lemma_.lower() not in _PARTS):
            return ""
        if above.pos_ in {"VERB", "AUX"}:
            # "Is high in fat": parsers hang the preposition on the verb as well.
            beside = (c for c in above.rights if c.dep_ in {"acomp", "attr"} and c.i == below.i - 1)
            stated = next((_BY_NOUN.get(f"{c.lemma_.lower()} {preposition}") for c in beside), None)
            return stated or _by_verb(above, below, preposition)
        if above.dep_ in {"prep", "agent"}:
            preposition = above.lower_
        elif below.dep_ not in {"conj", "appos"} and not below.modifies:
            act = _BY_NOUN.get(f"{above.lemma_.lower()} {preposition}")
            if act is not None:
                return act
            preposition = ""
        below = above
    return ""


def _by_verb(verb: Token, below: Token, preposition: str) -> str:
    lemma = verb.lemma_.lower()
    act = _BY_VERB.get(lemma, "")
    if any(c.dep_ == "expl" for c in verb.lefts) or (below.dep_ == "nsubjpass" and act not in _IN_THE_PASSIVE):
        return ""
    if preposition == "by" and verb.tag_ == "VBN":
        return ""  # "receptors are blocked by naltrexone", which does it
    if below.dep_ in {"attr", "oprd"} or (lemma in _BEING and preposition == "as"):
        if act in {"is-a", "converts-to"}:
            return act
        return "is-a" if lemma in _BEING else ""
    if lemma in _PUSHES and not preposition:
        act = next((_WAYS[c.lower_] for c in verb.children if c.lower_ in _WAYS), act)
    if act == "derived-from":
        return {"from": act, "of": "contains"}.get(preposition, "")
    if act == "converts-to":
        return act if preposition in {"into", "to"} else ""
    if lemma == "find" and preposition == "in":
        return "derived-from"
    return act if act != "is-a" or preposition == "to" else ""  # "belongs to the opioids"
