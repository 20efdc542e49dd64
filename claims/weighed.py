"""Whether a sentence weighs what is known: it calls studies few or small, an effect slight, or results mixed.

"Small trials found that garlic lowers cholesterol", "it lowers cholesterol slightly", "it is popular for bruising, but
trials have given mixed results": how far the evidence goes, the reader is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.tokens import Token
from claims.words import word_list

_THIN = word_list("thin")  # adjectives
_STUDIES = word_list("studies")
_EFFECTS = word_list("effects")
_SLIGHTLY = word_list("slightly")
_PROVES = frozenset({"prove", "proven", "confirm", "establish"})
_LONG_AGO = re.compile(r"\bin (?:the )?(?:1[0-8]\d\d|19[0-4]\d)(?:s|[’']s)?\b", re.I)
_POINTERS = frozenset({"those", "these", "they", "most"})
_AFTER_ALL = re.compile(
    r"\b(?:but|yet|though|although|however)\b[^.;]*\b(?:trials?|stud(?:y|ies)|evidence|results?|data)\b", re.I
)


def is_weighed(trigger: Token, sentence: Sequence[Token], text: str) -> bool:
    """Tell whether the sentence around the word that states a claim says how little is known, or how little it does.

    What was done long ago is history: "in the 1850s a Londoner treated cancer with it".
    """
    slight = any(c.lower_ in _SLIGHTLY for c in trigger.children)
    history = trigger.tag_ in {"VBD", "VBN"} and bool(_LONG_AGO.search(text))
    return slight or history or _rests_on_little(sentence) or bool(_AFTER_ALL.search(text, trigger.idx))


def _rests_on_little(sentence: Sequence[Token]) -> bool:
    """Tell whether studies are called few or small, or what they found, and are not taken for proof all the same."""
    if any(t.lemma_.lower() in _PROVES for t in sentence):
        return False
    of_studies = any(t.lemma_.lower() in _STUDIES for t in sentence)
    return any(t.lemma_.lower() in _THIN and _is_evidence(_qualified(t), of_studies) for t in sentence)


def _qualified(adjective: Token) -> Token | None:
    """Give what is called so: "a handful of small trials", "pilot studies", "the benefit seems small"."""
    if adjective.dep_ in {"amod", "compound"}:
        return adjective.head
    if adjective.dep_ in {"acomp", "oprd"}:
        return next((c for c in adjective.head.lefts if c.dep_ == "nsubj"), None)
    return None


def _is_evidence(noun: Token | None, of_studies: bool) -> bool:
    if noun is None or any(c.lower_ in {"side", "adverse"} for c in noun.lefts):
        return False
    word = noun.lemma_.lower()
    return word in _STUDIES or word in _EFFECTS or (of_studies and noun.lower_ in _POINTERS)
