"""Safety that no adjective states: who should not take a thing ("avoid it in pregnancy"), which harm it is without."""

from __future__ import annotations

from collections.abc import Iterator

from claims.arguments import actors
from claims.concepts import CONDITION_KINDS
from claims.cues import CueRow
from claims.frame import Frame
from claims.lexicon import fold
from claims.phrases import PERSON, Grounded, Phrase, conjuncts
from claims.tokens import SUBJECT_DEPS, Token
from claims.words import word_list

_MODALS = frozenset({"should", "must", "can", "may", "ought", "do"})
_NOTS = frozenset({"not", "n't", "never"})
_OPENING = frozenset({"if", "when", "while", "during", "in", "for", "with", "by"})


def warned_off(token: Token, row: CueRow, g: Grounded) -> Frame | None:
    """Read who should leave a thing alone: "pregnant women should not take it", "skip it if you have diabetes".

    A row whose value is `caution` forbids by itself, one of `caution-not` where it is negated.
    """
    if token.pos_ not in {"VERB", "ADJ"} or _is_negated(token) != row.value.endswith("-not"):
        return None
    if token.lemma_ in {"stay", "steer"} and not {"away", "clear"} & {c.lower_ for c in token.children}:
        return None
    own = list(_warned(token, g))
    if any(c.lower_ == "do" for c in token.children) and any(c.lower_ != "you" for c in own):
        return None  # "people with asthma do not take it" tells what they do
    groups = list(_groups(token, own, g))
    return Frame(row, token, groups, list(_things(token))) if groups else None


def _warned(token: Token, g: Grounded) -> Iterator[Token]:
    """Yield who is warned: the subject, that of "are advised to", or the people of "children should not be given"."""
    yield from (c for c in token.children if c.dep_ == "nsubj")
    if token.dep_ == "xcomp" and token.head.lemma_ in _WARNING:
        yield from (c for c in token.head.children if c.dep_ in SUBJECT_DEPS | {"dobj"})
    if any(c.dep_ == "dobj" for c in token.children):
        yield from (c for c in token.children if c.dep_ == "nsubjpass" and g.kind(c) == "population")


_WARNING = word_list("warning verbs")


def _is_negated(token: Token) -> bool:
    """Tell whether a verb is forbidden, an adjective denied: "should not take", "isn't suitable"."""
    words = {c.lower_ for c in token.children}
    if token.pos_ == "ADJ":
        return bool(words & _NOTS) or (token.head.pos_ == "AUX" and any(c.lower_ in _NOTS for c in token.head.children))
    passive = any(c.dep_ == "auxpass" for c in token.children)
    return bool(words & _NOTS) and (passive or bool(words & _MODALS))


def _things(token: Token) -> Iterator[Token]:
    """Yield what is to be left alone: the object, what a passive or an adjective says it of, "stay away from X"."""
    if token.pos_ == "ADJ":
        found = [c for c in token.head.children if c.dep_ == "nsubj"]
    else:
        objects, passive = ([c for c in token.children if c.dep_ == dep] for dep in ("dobj", "nsubjpass"))
        from_it = (p for c in token.subtree if c.lower_ in {"from", "of"} for p in c.children if p.dep_ == "pobj")
        found = objects or passive or list(from_it)
    for c in found:
        yield from conjuncts(c)


def _groups(token: Token, own: list[Token], g: Grounded) -> Iterator[Token]:
    """Yield the groups and conditions that a warning is for: its subject, "if you have X", "in pregnancy"."""
    # "Panic attacks stay away": people are warned, not conditions.
    places = [c for c in own if token.pos_ == "VERB" and g.kind(c) not in CONDITION_KINDS]
    opening = _OPENING | {"to"} if token.lemma_ == "give" else _OPENING
    for c in (*token.children, *(token.head.children if token.pos_ == "ADJ" else ())):
        opens = c.dep_ in {"prep", "advcl", "agent", "dative"} and (
            c.lower_ in opening or any(m.lower_ in opening for m in c.children if m.dep_ in {"mark", "advmod"})
        )
        if opens:
            places.append(c)
    for place in places:
        yield from _groups_in(place, g)


def _groups_in(place: Token, g: Grounded) -> Iterator[Token]:
    for t in place.subtree:
        if g.kind(t) in CONDITION_KINDS | {"population"} and g.at[t.i][2] - 1 == t.i:
            yield t


def group_phrase(token: Token, g: Grounded) -> Phrase:
    """Name whom a warning is for: a group by its concept, "people with" a condition otherwise."""
    concept = g.concept(token)
    name = fold(g.lexicon.name(concept))
    if g.kind(token) == "population":
        return Phrase(name, concept, token.i)
    mention = g.at[token.i][0]
    people = [f"people with {called}" for called in (fold(g.text[mention.start : mention.end]), name)]
    known = next((p for p in people if g.lexicon.resolve(p)), people[-1])
    return Phrase(known, g.lexicon.resolve(known), token.i)


_NONE = frozenset({"no", "zero", "neither", "without", "none"})


def lacking(token: Token, row: CueRow, g: Grounded) -> Frame | None:
    """Read a harm that a thing is said to be without: "no addiction", "none of the dependence", "free of toxicity"."""
    if token.pos_ not in {"NOUN", "PROPN"}:
        return None
    head = token
    while head.dep_ == "conj" or (head.dep_ == "compound" and head.head.i > head.i):
        head = head.head
    words = {c.lower_ for c in head.children} | {c.lower_ for c in token.children}
    if not (words & _NONE or (head.dep_ == "pobj" and _is_lack(head.head))):
        return None
    return Frame(row, token, [token], [a for a in actors(head, g) if a.lemma_.lower() not in PERSON])


def _is_lack(preposition: Token) -> bool:
    """Tell whether a preposition says that something is not there: "without", "none of", "is free of"."""
    of = preposition.head
    if preposition.lower_ != "of":
        return preposition.lower_ in _NONE
    return of.lower_ in {"none", "lack", "devoid"} or (of.lower_ == "free" and of.head.lemma_ == "be")
