"""Noun phrases of a parsed sentence as the slots of a claim: their words, their concept, their head."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from claims.concepts import ACTOR_KINDS, CONDITION_KINDS
from claims.lexicon import Lexicon, Mention, fold
from claims.tokens import Parse, Token
from claims.words import word_list

# Heads that stand for what follows "of", or for the word before them: "symptoms of X", "X symptoms".
TRANSPARENT = word_list("transparent")
# Heads that stand for the thing before them when it is a substance or practice: "kratom use", "zinc tablets".
VEHICLES = word_list("vehicles")
# Heads that stand for what they suffer from: "migraine sufferers", "50 COVID-19 patients", "measles cases".
THE_ILL = word_list("the ill")
# Words of an end that may be of something: "deaths from heart disease".
DEATHS = frozenset({"death", "die", "mortality"})
# Nouns before which a "that" is left out, which the parser then takes for a part of the name that follows.
_SAID_BEFORE = word_list("said before")
LIGHT_MODIFIERS = word_list("light modifiers")
# How much of a thing, and how it was made up to be sold: "10,000 mcg biotin", "cold-pressed turmeric" are that thing.
_MADE_UP = word_list("made up")
# What is called so is not the thing: "counterfeit Ozempic".
_NOT_REAL = word_list("not real")
_BRANDED = frozenset({"herb", "supplement", "food", "drink", "drug", "product"})
_DROP_LEFT = frozenset({"det", "predet", "cc", "punct", "preconj", "neg", "case", "mark"})
# "Your", "certain", "several": whose it is, or how much, is no part of a name.
_NO_PART = word_list("no part of a name")
_GENERIC = word_list("generic")
# Nouns that say before a name what is so called: "the sleeping pill zolpidem".
_CALLED = word_list("called")
_BEFORE_NAMES = _SAID_BEFORE | _CALLED
PERSON = word_list("person")
_CONSUME = word_list("consume")


class Phrase(NamedTuple):
    """A slot's filler. `concept` is "" where the lexicon does not know the whole of it."""

    text: str
    concept: str
    head: int
    pronoun: bool = False


@dataclass(frozen=True, slots=True)
class Grounded:
    """A parsed sentence with its concept mentions laid over the tokens."""

    tokens: Parse
    lexicon: Lexicon
    text: str
    at: dict[int, tuple[Mention, int, int]]  # token index -> mention, first token, token after the last
    kinds: dict[int, str]  # token index -> kind of the concept that it is part of
    phrases: dict[int, Phrase]  # phrases already read, by their head
    labels: dict[int, str]  # how tokens are named for the models, as far as asked

    @classmethod
    def of(cls, parse: Parse, mentions: list[Mention], lexicon: Lexicon) -> Grounded:
        """Lay mentions (offsets within the sentence) over the tokens of its parse."""
        at = {}
        for m in mentions:
            places = parse.within(m.start, m.end)
            if places is not None:
                at.update(dict.fromkeys(range(*places), (m, *places)))
        kinds = {i: lexicon.kind(hit[0].concept) for i, hit in at.items()}
        return cls(parse, lexicon, parse.text, at, kinds, {}, {})

    def token_at(self, offset: int) -> Token | None:
        """Give the token that covers an offset of the sentence, if one does."""
        return next((t for t in self.tokens if t.idx <= offset < t.idx + len(t.text)), None)

    def concept(self, token: Token) -> str:
        """Give the concept that a token is part of, or ""."""
        hit = self.at.get(token.i)
        return hit[0].concept if hit else ""

    def kind(self, token: Token) -> str:
        """Give the kind of the concept that a token is part of, or ""."""
        return self.kinds.get(token.i, "")


def is_pronoun(token: Token, g: Grounded | None = None) -> bool:
    """Tell whether a noun phrase only points back: "it", "this", "the herb"; "the flu vaccine" is a name in `g`."""
    low = token.lower_
    hit = g.at.get(token.i) if g is not None else None
    if hit is not None and g is not None and hit[2] - hit[1] > 1 and g.kind(token) != "class":
        return False
    if low in {"it", "this", "that", "these", "those", "they", "them", "which", "its", "their"}:
        return True
    if token.lemma_.lower() in _GENERIC:
        kids = [c for c in token.children if c.dep_ not in {"punct", "relcl", "appos", "cc", "conj", "prep", "acl"}]
        words = {c.lower_ for c in kids}
        return bool(words & {"this", "these", "the", "its", "such", "that", "those"}) and all(
            c.dep_ in {"det", "poss", "amod", "predet"} for c in kids
        )
    return False


def conjuncts(token: Token) -> Iterator[Token]:
    """Yield a token and what is coordinated with it, in order."""
    yield token
    for child in token.rights:
        if (child.dep_ == "conj" and (child.pos_ == token.pos_ or child.pos_ in {"NOUN", "PROPN", "ADJ", "PRON"})) or (
            child.dep_ == "appos" and _is_list_appos(token, child)
        ):
            yield from conjuncts(child)


def _is_list_appos(head: Token, child: Token) -> bool:
    """Tell a list that the parser read as apposition ("pain, anxiety, and insomnia") from a real one."""
    return (
        any(c.dep_ == "conj" for c in child.children)
        and any(c.text == "," for c in head.children)
        and (child.pos_ == head.pos_ and not any(c.dep_ == "det" for c in child.children))
    )


def phrase(token: Token, g: Grounded) -> Phrase:
    """Read the noun phrase headed by a token as a slot filler."""
    known = g.phrases.get(token.i)
    if known is None:
        known = g.phrases[token.i] = _read_phrase(token, g)
    return known


def phrase_after(word: Token, token: Token, g: Grounded) -> Phrase:
    """Read a noun phrase from after a word that the parser took into it: the "cancer" of "Cures cancer"."""
    first = min(token.left_edge.i, g.at[token.i][1] if token.i in g.at else token.i)
    return _read_phrase(token, g, after=word.i) if first <= word.i < token.i else phrase(token, g)


def _read_phrase(token: Token, g: Grounded, after: int = -1) -> Phrase:
    if is_pronoun(token, g):
        return Phrase(token.lower_, "", token.i, pronoun=True)
    token = seen_through(token, g)
    hit = g.at.get(token.i)
    hit = hit if hit is not None and hit[1] > after else None
    words = [t for t in _left_words(token, g) if t.i > after]
    tail = _tail(token, g)
    if hit:
        mention, first, last = hit
        outside = [t for t in words if not first <= t.i < last]
        if outside and outside[-1].i == first - 1 and outside[-1].lemma_.lower() in _BEFORE_NAMES:
            outside = []  # "evidence turmeric eases pain" is not of it; "the obesity drug semaglutide" is
        if g.kind(token) in ACTOR_KINDS:
            outside = [t for t in outside if not _only_tells_apart(t, token, g)]
        if not any(_content(t) for t in outside) and not tail:
            # An ill that a verb names is called by its noun: "less likely to die".
            done = token.pos_ == "VERB" and token.tag_ != "VBG" and last - first == 1
            done = done and g.kind(token) in CONDITION_KINDS
            name = fold(g.lexicon.name(mention.concept)) if done else spelled(mention, g)
            return Phrase(name, mention.concept, token.i)
    if token.lemma_.lower() in VEHICLES and not tail:
        inner = [t for t in words if g.concept(t) and g.lexicon.is_actor(g.concept(t))]
        rest = [t for t in words if t not in inner and t.i != token.i and _content(t)]
        if inner and not rest:
            return Phrase(spelled(g.at[inner[-1].i][0], g), g.concept(inner[-1]), token.i)
    if token.lemma_.lower() in TRANSPARENT and not tail:
        inner = [t for t in words if g.concept(t) and t.i != token.i]
        rest = (
            [t for t in words if g.concept(t) != g.concept(inner[-1]) and t.i != token.i and _content(t)]
            if inner
            else []
        )
        if inner and not rest:
            return Phrase(spelled(g.at[inner[-1].i][0], g), g.concept(inner[-1]), token.i)
    if token.lemma_.lower() in THE_ILL and not tail:
        illness = [t for t in words if g.kind(t) in CONDITION_KINDS]
        rest = [t for t in words if t not in illness and t.i != token.i and not t.like_num and _content(t)]
        if illness and not rest:
            return Phrase(spelled(g.at[illness[-1].i][0], g), g.concept(illness[-1]), token.i)
    text = " ".join(fold(t.text) for t in words if _keep(t))
    text = _tidy(text)
    concept = g.lexicon.resolve(text)
    if tail and token.lemma_.lower() in DEATHS:
        of_what = g.lexicon.resolve(f"death from {tail.partition(' ')[2]}")
        if of_what:
            return Phrase(f"{text} {tail}", of_what, token.i)
    if tail and not concept:
        text = f"{text} {tail}".strip()
    return Phrase(text or fold(token.text), concept, token.i)


def _only_tells_apart(word: Token, thing: Token, g: Grounded) -> bool:
    """Tell whether a word before a thing says how much of it, how it was made up, or whose or which kind of it."""
    if word.lower_ in _MADE_UP or (word.like_num and word.nbor(1).lower_ in _MADE_UP):
        return True
    may_be_brand = word.pos_ == "PROPN" and not g.concept(word) and word.lower_ not in _NOT_REAL
    return may_be_brand and g.kind(thing) in _BRANDED  # not "HER2 protein"


def spelled(mention: Mention, g: Grounded) -> str:
    """Spell a mention as the page does, but an abbreviation ("7-OH", "UTI") by the concept's name."""
    surface = g.text[mention.start : mention.end]
    short = len(surface) <= 5 and (surface.isupper() or any(c.isdigit() for c in surface))
    return fold(g.lexicon.concepts[mention.concept].name if short else surface)


# Before "of" only: the use of a herb is the herb, and so are most of them.
_SEEN_THROUGH = (
    TRANSPARENT
    | _MADE_UP
    | {"use", "intake", "consumption", "benefit", "dose", "none", "neither", "most", "some"}
)


def seen_through(token: Token, g: Grounded) -> Token:
    """Step from "symptoms of anxiety" to "anxiety", from "a variety of herbs" to "herbs"."""
    for _ in range(3):
        if _names_a_thing(token, g) or token.lemma_.lower() not in _SEEN_THROUGH:
            return token
        inner = next(
            (p for c in token.rights if c.dep_ == "prep" and c.lower_ == "of" for p in c.children if p.dep_ == "pobj"),
            None,
        )
        if inner is None or any(_names_a_thing(c, g) for c in token.lefts):
            return token
        token = inner
    return token


def _names_a_thing(token: Token, g: Grounded) -> bool:
    """Tell whether a word is of a known name; "long-term use" only says of whom something is true."""
    return bool(g.concept(token)) and g.kind(token) != "population"


_INSIDE = frozenset({"compound", "amod", "nmod", "nummod", "quantmod", "poss", "advmod", "npadvmod"})
_COMPOSED = frozenset({"rich", "packed", "laden"})  # "iron-rich spinach" is spinach


def _left_words(token: Token, g: Grounded) -> list[Token]:
    """List the words of the phrase up to and including its head (the whole of a mention at its head)."""
    hit = g.at.get(token.i)
    first, last = (hit[1], hit[2]) if hit else (token.i, token.i + 1)
    chosen = set(range(first, last))
    for child in token.lefts:
        if child.dep_ in _INSIDE and child.lower_ not in _COMPOSED:
            chosen.update(t.i for t in child.subtree if t.i < last)
    return [g.tokens[i] for i in sorted(chosen)]


def _tail(token: Token, g: Grounded) -> str:
    """Spell what narrows the phrase after its head: "of …", "in …", "during …"; short ones only.

    What belongs to the name narrows nothing: "cups of coffee".
    """
    own = range(*g.at[token.i][1:]) if token.i in g.at else range(0)
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ in {
            "of",
            "in",
            "during",
            "from",
            "among",
            "to",
            "with",
            "for",
        }:
            objs = [c for c in child.children if c.dep_ == "pobj"]
            if not objs or is_pronoun(objs[0]) or objs[0].i in own:
                continue
            inner = [t for t in _left_words(objs[0], g) if _keep(t)]
            if 0 < len(inner) <= 4:
                return f"{child.lower_} {_tidy(' '.join(fold(t.text) for t in inner))}"
    return ""


def _keep(t: Token) -> bool:
    return t.dep_ not in _DROP_LEFT and t.pos_ not in {"DET", "PUNCT", "SPACE"} and t.lower_ not in _NO_PART


def _content(t: Token) -> bool:
    if t.tag_ == "VBG" and t.lemma_.lower() in _CONSUME:
        return False  # "eating garlic"
    return _keep(t) and t.lemma_.lower() not in LIGHT_MODIFIERS and t.pos_ in {"NOUN", "PROPN", "ADJ", "NUM", "VERB"}


def _tidy(text: str) -> str:
    return text.replace(" - ", "-").replace(" 's", "'s").strip(" ,.;:()\"'")
