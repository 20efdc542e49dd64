"""Whether a sentence says that evidence for a claim is missing, wherever the claim stands in it.

"For omega-3 there is little evidence", "there is no good scientific proof that it works", "found no direct link between
bras and cancer". Words for how little there is are cues (`noproof`), what it is of is a list of words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.concepts import CONDITION_KINDS
from claims.cues import Cues, Hit
from claims.phrases import Grounded
from claims.reach import governs
from claims.tokens import Token
from claims.words import word_list

_EVIDENCE = word_list("evidence")  # nouns
_QUALIFIES = frozenset({"ADJ", "ADV", "CCONJ", "NOUN", "PROPN", "VERB"})  # "good", "published"
_FAR = 4  # words between how little there is and what it is of
_SPEAKS_OF = frozenset({"about", "against", "behind", "between", "for", "from", "of", "on", "to"})
_FILLS = frozenset({"attr", "dobj", "nsubj", "nsubjpass", "pobj"})
_WANTS = word_list("wants")  # verbs
_CONTRADICTS = frozenset({"contradict", "deny", "disprove", "dispute", "doubt", "exclude", "refute"})


def is_an_outcome(thing: Token) -> bool:
    """Tell whether a condition is what no sign was seen of: "the patients showed no evidence of cancer"."""
    return thing.dep_ == "pobj" and thing.head.lower_ == "of" and thing.head.head.lemma_.lower() in _EVIDENCE


def unproved(trigger: Token, objects: Sequence[Token], g: Grounded, cues: Cues) -> Hit | None:
    """Find the cue by which evidence is missing for what a word states of some objects; None where it is not."""
    for hit, noun in _missing(g, cues):
        if any(_is_of(noun, word) for word in (trigger, *objects)):
            return hit
    return None


def _missing(g: Grounded, cues: Cues) -> Iterator[tuple[Hit, Token]]:
    """Yield what a sentence has no evidence, no data, no sign of: the cue and the noun."""
    for hit in cues.no_proof.find(g.text):
        last = g.token_at(hit.end - 1) if hit.row.type == "noproof" else None
        noun = _noun_after(last) if last is not None else None
        if noun is not None and noun.lemma_.lower() in _EVIDENCE and not is_no_matter(noun, g):
            yield hit, noun


def is_no_matter(evidence: Token, g: Grounded) -> bool:
    """Tell whether missing evidence says nothing against a claim: none is needed, or what is missing speaks against it.

    "You need no proof that it works", "there is no evidence against its use", "to contradict that".
    """
    unwanted = evidence.dep_ == "dobj" and evidence.head.lemma_.lower() in _WANTS
    below = (t for c in evidence.rights for t in (c, *c.children) if t.dep_ in {"acl", "pcomp", "relcl"})
    against = (p for c in evidence.rights if c.lower_ == "against" for p in c.children if p.dep_ == "pobj")
    return (
        unwanted
        or any(t.lemma_.lower() in _CONTRADICTS for t in below)
        or any(g.kind(p) not in CONDITION_KINDS for p in against)
    )


def _noun_after(word: Token) -> Token | None:
    """Give the head noun that a word stands before, a few qualifying words between: "no good clinical evidence"."""
    for token in word.parse[word.i + 1 : word.i + 2 + _FAR]:
        if token.pos_ in {"NOUN", "PROPN"} and token.dep_ not in {"compound", "nmod"}:
            return token
        if token.pos_ not in _QUALIFIES and token.text != "-":  # "peer-reviewed"
            return None
    return None


def _is_of(evidence: Token, word: Token) -> bool:
    """Tell whether evidence is spoken of with regard to a word: it stands below it, or its verb says what it is for."""
    if governs(evidence, word) is not None:
        return True
    filled = evidence.dep_ in _FILLS and evidence.head.pos_ in {"AUX", "VERB"}
    beside = governs(evidence.head, word) if filled else None
    return beside is not None and _says_what_of(beside, evidence)


def _says_what_of(word: Token, evidence: Token) -> bool:
    """Tell whether what hangs on the same verb says what the evidence is of: "for pain", "that it works"."""
    if word.dep_ == "prep":
        return word.lower_ in _SPEAKS_OF
    if word.dep_ in {"acl", "advcl", "relcl", "xcomp"}:
        return word.has_to and word.i > evidence.i
    return word.dep_ in {"ccomp", "csubj"}
