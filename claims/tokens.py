"""The words of a parsed sentence as plain objects that know each other, read off spaCy's once.

spaCy makes a new Token at every look and spells its attributes anew: 0.1 to 0.3 µs each, 1.5 µs for its children. The
rules look at every word of a sentence hundreds of times; here a look is 0.02 µs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from spacy.tokens import Doc

from claims.attributes import Told

_MODIFIERS = frozenset({"amod", "compound", "nmod"})
# How the subject of a verb hangs on it, in the active and in the passive.
SUBJECT_DEPS = frozenset({"nsubj", "nsubjpass"})


class Token:
    """One word of a parsed sentence; its attributes have the names and the meaning of those of spaCy's Token."""

    __slots__ = (
        "_subtree",
        "children",
        "dep_",
        "head",
        "i",
        "idx",
        "is_punct",
        "is_space",
        "lefts",
        "lemma_",
        "like_num",
        "lower_",
        "parse",
        "pos_",
        "rights",
        "tag_",
        "text",
        "whitespace_",
    )

    parse: Parse  # the whole sentence
    head: Token  # of a root: itself
    i: int
    idx: int  # characters of the sentence before it
    _subtree: tuple[Token, ...] | None  # made when it is first asked for
    children: tuple[Token, ...]
    lefts: tuple[Token, ...]
    rights: tuple[Token, ...]

    def __init__(self, told: Told, space: str) -> None:
        """Take what a token is by itself, and the space after it; what it is among others is set by their `Parse`."""
        (
            self.text,
            self.lower_,
            self.lemma_,
            self.pos_,
            self.tag_,
            self.dep_,
            self.is_space,
            self.is_punct,
            self.like_num,
        ) = told
        self.whitespace_ = space

    def __repr__(self) -> str:
        return self.text

    @property
    def subtree(self) -> tuple[Token, ...]:
        """The token and all below it, as they stand."""
        if self._subtree is None:
            whole: list[Token] = []
            for child in self.lefts:
                whole += child.subtree
            whole.append(self)
            for child in self.rights:
                whole += child.subtree
            self._subtree = tuple(whole)
        return self._subtree

    @property
    def has_to(self) -> bool:
        """Whether "to" makes it an infinitive."""
        return any(c.dep_ == "aux" and c.lower_ == "to" for c in self.lefts)

    @property
    def has_modal(self) -> bool:
        """Whether a verb such as "can" or "should" stands beside it."""
        return any(c.dep_ == "aux" and c.tag_ == "MD" for c in self.children)

    @property
    def modifies(self) -> bool:
        """Whether it only narrows the noun it belongs to: "breast" or "mild" of cancer."""
        return self.dep_ in _MODIFIERS

    @property
    def opens(self) -> bool:
        """Whether it is the first of what the parser took for a sentence."""
        *_, root = self, *self.ancestors
        return root.left_edge is self

    @property
    def left_edge(self) -> Token:
        """The first of the subtree."""
        return min(self.subtree, key=_place)

    @property
    def right_edge(self) -> Token:
        """The last of the subtree."""
        return max(self.subtree, key=_place)

    @property
    def ancestors(self) -> Iterator[Token]:
        """What stands above, the head first."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    @property
    def first_conjunct(self) -> Token:
        """The first of those that the token is coordinated with, itself where it is none's."""
        token = self
        while token.dep_ == "conj" and token.head is not token:
            token = token.head
        return token

    @property
    def conjuncts(self) -> list[Token]:
        """What the token is coordinated with, itself left out."""
        out = [self.first_conjunct]
        for token in out:  # grows on the way
            out += [c for c in token.rights if c.dep_ == "conj"]
        return [t for t in out if t is not self]

    def nbor(self, steps: int) -> Token:
        """Give the token so many places on, or back."""
        return self.parse[self.i + steps]


class Parse(list[Token]):
    """The tokens of a parsed sentence, in order."""

    @classmethod
    def of(cls, doc: Doc, told: Iterable[Told]) -> Parse:
        """Read the tree off a parsed document, given what each of its tokens is."""
        rows: list[list[int]] = doc.to_array(["SPACY", "HEAD"]).astype(np.int64).tolist()
        tokens = [Token(t, " " if space else "") for t, (space, _) in zip(told, rows, strict=True)]
        return cls.linked(tokens, [i + step for i, (_, step) in enumerate(rows)])

    @classmethod
    def linked(cls, tokens: Iterable[Token], heads: Sequence[int]) -> Parse:
        """Make one of tokens and the places of their heads; a root is its own."""
        parse, at = cls(tokens), 0
        for i, (token, head) in enumerate(zip(parse, heads, strict=True)):
            token.parse, token.head, token.i, token.idx = parse, parse[head], i, at
            token.lefts = token.rights = token.children = ()
            token._subtree = None
            at += len(token.text) + len(token.whitespace_)
        for token in parse:
            above = token.head
            if token.i < above.i:
                above.lefts += (token,)
            elif token is not above:
                above.rights += (token,)
        for token in parse:
            if token.lefts or token.rights:
                token.children = token.lefts + token.rights
        return parse

    @property
    def text(self) -> str:
        """The sentence as it is written."""
        return "".join(t.text + t.whitespace_ for t in self)

    def within(self, start: int, end: int) -> tuple[int, int] | None:
        """Give first token and token after the last of those that some characters touch, if any does."""
        touched = [t.i for t in self if t.idx < end and start < t.idx + len(t.text)]
        return (touched[0], touched[-1] + 1) if touched else None

    def root(self, first: int, last: int) -> Token:
        """Give the highest of the tokens from `first` to before `last`, of several the first that is no lone mark."""
        some = self[first:last]
        heads = [t for t in some if t.head is t or not first <= t.head.i < last]
        return min(heads, key=_depth, default=some[0])


def _place(token: Token) -> int:
    return token.i


def _depth(token: Token) -> int:
    if token.head is not token and (token.is_punct or token.is_space) and not token.children:
        return len(token.parse)
    return sum(1 for _ in token.ancestors)
