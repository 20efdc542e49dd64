"""Whether a claim is told at a distance: as what is believed, sold, heard or said by somebody, not as what is so.

"The idea that garlic cures cancer began with a paperback", "he was jailed for telling families that it would". What a
page goes on to say of such a claim takes any form, and no list of denials holds them all.
"""

from __future__ import annotations

from itertools import islice, pairwise

from claims.tokens import Token
from claims.words import word_list

_BELIEFS = word_list("beliefs")  # nouns
_TELLERS = word_list("tellers")  # verbs, and what is made of them
_PROOFS = word_list("proofs")
_BELOW_A_TELLER = frozenset({"ccomp", "xcomp", "prep", "oprd", "pcomp", "advcl"})
_ANOTHER_CLAUSE = frozenset({"conj", "parataxis"})
_FAR = 12  # words up the tree


def is_distanced(trigger: Token) -> bool:
    """Tell whether the word that states a claim stands below one that puts it in other mouths."""
    way = islice(trigger.ancestors, _FAR)
    by_preposition = False  # "marketed garlic as a cure": of what is done to garlic, not of garlic
    for below, above in pairwise((trigger, *way)):
        if below.dep_ in _ANOTHER_CLAUSE:
            return False
        by_preposition = by_preposition or below.dep_ == "prep"
        if above.pos_ == "NOUN" and above.lemma_.lower() in _BELIEFS and below.dep_ != "compound":
            return True
        told = below.dep_ in _BELOW_A_TELLER or (by_preposition and below.dep_ == "dobj")
        if told and above.lemma_.lower() in _TELLERS:
            return True
        if below.dep_ == "ccomp" and _is_told_of(above):
            return True
    return False


def _is_told_of(saying: Token) -> bool:
    """Tell whether somebody's saying is itself what is spoken of: "those who say that", "to suggest that … is wrong".

    Not where it speaks for the page: "studies showing that".
    """
    if saying.dep_ in {"relcl", "acl"}:
        return saying.head.lemma_.lower() not in _PROOFS
    return saying.dep_ in {"csubj", "csubjpass"}
