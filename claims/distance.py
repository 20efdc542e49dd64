"""Whether a claim is told at a distance: as what is believed, sold, heard, sought or asked for, not as what is so.

"The idea that garlic cures cancer began with a paperback", "he was jailed for telling families that it would", "drugs
that attempt to fight cancer". What a page goes on to say of such a claim takes any form, and no list of denials holds
them all.
"""

from __future__ import annotations

from collections.abc import Container
from itertools import islice, pairwise

from claims.tokens import Token
from claims.words import word_list

_BELIEFS = word_list("beliefs")  # nouns
_TELLERS = word_list("tellers")  # verbs, and what is made of them
_PRESENTING = word_list("presenting")  # nouns: "promotion of garlic as a cure", which "promotion of growth" is not
_SALESMEN = word_list("salesmen")
_SAYINGS = word_list("sayings")
_CONSUME = word_list("consume")
_FOLK = word_list("folk")
_AIMS = word_list("aims")  # verbs and adjectives: "tries to", "willing to"
_GOALS = word_list("goals")  # nouns
_PROOFS = word_list("proofs")
_WANTS = word_list("wants")  # verbs: what they want is not there yet
_BELOW_A_TELLER = frozenset({"ccomp", "xcomp", "prep", "oprd", "pcomp", "advcl"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_FAR = 12  # words up the tree


def is_distanced(trigger: Token) -> bool:
    """Tell whether the word that states a claim stands below one that puts it in other mouths."""
    way = islice(trigger.ancestors, _FAR)
    by_preposition = False  # "marketed garlic as a cure": of what is done to garlic, not of garlic
    for below, above in pairwise((trigger, *way)):
        if _opens_another_clause(below):
            return False
        by_preposition = by_preposition or below.dep_ == "prep"
        word = above.lemma_.lower()
        if above.pos_ == "NOUN" and _is_believed(below, word):
            return True
        told = below.dep_ in _BELOW_A_TELLER or (by_preposition and below.dep_ == "dobj")
        if told and (word in _TELLERS or _is_said_by_who_gains(above, _SAYINGS) or _is_told_to_us(above)):
            return True
        if below.dep_ == "dobj" and _is_said_by_who_gains(above, _TELLERS):
            return True
        if below.has_to and _is_sought(below, above):
            return True
        if _says_what(above, _GOALS) or (below.dep_ == "ccomp" and (_is_told_of(above) or _says_what(above, _BELIEFS))):
            return True
        if word in _PROOFS and (_is_wanted(above) or (by_preposition and _is_weighed(above))):
            return True
    return False


def _is_believed(below: Token, noun: str) -> bool:
    """Tell whether a noun makes a belief, or a way of presenting a thing, of what stands below it."""
    return (noun in _BELIEFS and below.dep_ != "compound") or (noun in _PRESENTING and below.lower_ == "as")


def _opens_another_clause(word: Token) -> bool:
    """Tell whether a word begins a clause of its own: not in "try to cure or prevent it", "non-toxic or harmless"."""
    if word.dep_ == "conj" and word.pos_ in {"ADJ", "VERB"}:
        return any(c.dep_ in _SUBJECTS for c in word.lefts) or word.head.dep_ == "ROOT"
    return word.dep_ in {"conj", "parataxis"}


def _is_sought(infinitive: Token, verb: Token) -> bool:
    """Tell whether something is but tried ("drugs that try to fight it"), or the hope in which people do a thing."""
    aims = verb.lemma_.lower() in _AIMS
    if infinitive.dep_ == "advcl":  # "are working to perfect it", not "try garlic to fight it"
        return _is_done_by_people(verb) or (aims and not any(c.dep_ == "dobj" for c in verb.rights))
    return aims and infinitive.dep_ == "xcomp"


def _is_said_by_who_gains(verb: Token, sayings: Container[str]) -> bool:
    """Tell whether a thing is said by who sells it, or by what only passes it on: "the label says", "sellers state"."""
    said = verb.lemma_.lower() in sayings
    return said and any(c.dep_ == "nsubj" and c.lemma_.lower() in _SALESMEN for c in verb.children)


def _is_told_to_us(verb: Token) -> bool:
    """Tell whether a thing is what somebody was told: "they'll tell me it cures asthma"."""
    return verb.lemma_ == "tell" and any(c.lower_ in {"me", "us"} for c in verb.rights)


def _is_done_by_people(verb: Token) -> bool:
    """Tell whether some people do a thing in the hope of something: "many people take fish oil to prevent it"."""
    if verb.has_modal:
        return False  # "men should take aspirin to ward it off" advises it
    return verb.lemma_.lower() in _CONSUME and any(
        c.dep_ == "nsubj" and c.lemma_.lower() in _FOLK for c in verb.lefts
    )


def _says_what(verb: Token, nouns: Container[str]) -> bool:
    """Tell whether a clause says what a belief or a goal is: "a prevailing concern has been that", "our aim is to"."""
    subjects = (c for c in verb.lefts if c.dep_ in _SUBJECTS)
    return verb.lemma_ == "be" and any(s.lemma_.lower() in nouns for s in subjects)


def _is_wanted(proof: Token) -> bool:
    """Tell whether a proof is asked for: "needed proof that it was safe"."""
    return proof.dep_ == "dobj" and proof.head.lemma_.lower() in _WANTS


def _is_weighed(proof: Token) -> bool:
    """Tell whether a sentence is about how good some proof is: "the data on aspirin for preventing cancer are thin"."""
    return proof.dep_ in _SUBJECTS and proof.head.lemma_ == "be"


def _is_told_of(saying: Token) -> bool:
    """Tell whether somebody's saying is itself what is spoken of: "those who say that", "to suggest that … is wrong".

    Not where it speaks for the page: "studies showing that".
    """
    if saying.dep_ in {"relcl", "acl"}:
        return saying.head.lemma_.lower() not in _PROOFS
    return saying.dep_ in {"csubj", "csubjpass"}
