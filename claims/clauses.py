"""Clauses that could be a claim in words: what a thing does, holds or counts, with no condition as its object."""

from __future__ import annotations

from collections.abc import Container, Iterator

from claims.candidate import WORDED_RELATIONS, Candidate, label
from claims.lexicon import fold
from claims.phrases import Grounded, Phrase
from claims.tokens import Token

# How many words tell the model that chooses what a clause says; its claim is worded by claims.gist.
_WORDS = 7
# A line without a verb that is longer is a list of things.
_LONGEST_LINE = 14
_OF_ITS_OWN = frozenset({"ROOT", "conj", "relcl", "acl", "advcl"})
_FURTHER = frozenset({"advcl", "conj", "parataxis", "ccomp", "relcl"})
_SKIPPED = frozenset({"DET", "PUNCT", "PRON", "AUX", "CCONJ", "SPACE"})
_TRAILING = frozenset({"ADP", "PART", "SCONJ", "ADV"})


def clauses(index: int, g: Grounded, read: Container[int]) -> Iterator[Candidate]:
    """Yield each clause of sentence `index` whose verb is not `read` yet, or a short line that has no verb."""
    for token in g.tokens:
        if token.i in read or token.pos_ not in {"VERB", "AUX"} or token.dep_ in {"aux", "auxpass"}:
            continue
        subject = next((c for c in token.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
        text = _text(token)
        if text and (subject is not None or token.dep_ in _OF_ITS_OWN):
            c = Candidate(index, token, Phrase(text, "", token.i), None, WORDED_RELATIONS, None)
            c.marks = ["clause", f"words{len(text.split())}", f"verb_{token.lemma_.lower()}"]
            c.marks += [f"has_{w}" for w in text.split()]
            if subject is not None:
                c.framed.append(subject)
                c.marks.append(f"subj_{label(subject, g)}")
            yield c
    if 0 not in read and not any(t.pos_ == "VERB" for t in g.tokens) and len(g.tokens) <= _LONGEST_LINE:
        text = " ".join(fold(t.text) for t in g.tokens if t.pos_ not in {"DET", "PUNCT", "SPACE"})
        if text:
            c = Candidate(index, g.tokens[0], Phrase(text, "", 0), None, WORDED_RELATIONS, None)
            c.marks = ["clause", "verbless", *(f"has_{w}" for w in text.split())]
            yield c


def _text(verb: Token) -> str:
    """Spell the first words of what follows a verb, up to the next clause; "" where nothing does."""
    right = [t for t in verb.subtree if t.i > verb.i]
    stop = next((t.i for t in right if t.dep_ in _FURTHER and t.pos_ in {"VERB", "AUX"}), None)
    words = [t for t in right if (stop is None or t.i < stop) and t.pos_ not in _SKIPPED][:_WORDS]
    while words and words[-1].pos_ in _TRAILING:
        words.pop()
    head = [] if verb.lemma_ in {"be", "have"} else [verb.lemma_.lower()]
    return " ".join([*head, *(fold(w.text) for w in words)]).replace(" - ", "-") if words else ""
