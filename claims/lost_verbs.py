"""Find verbs that the parser took for nouns, and have their sentences parsed again.

So it reads "zinc shortens a cold", where a verb follows a thing, and "to prevent or cure cancer", where it follows
another verb.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property

from claims.cues import Cues
from claims.lexicon import Mention
from claims.phrases import VEHICLES
from claims.tokens import SUBJECT_DEPS, Parse, Token
from claims.words import word_list

# Words that the parser knows by heart, in the place of a thing and of what it does.
_THING, _THINGS, _VERB, _VERBS = "it", "they", "reduces", "reduce"
# The thing where a word describes it: "no vitamin" would make "no it" of it, and deny nothing.
_DESCRIBED, _DESCRIBED_MANY = "drug", "drugs"


def lost_verbs(parse: Parse, mentions: Sequence[Mention], cues: Cues) -> LostVerbs | None:
    """Find the things of a sentence whose verbs the parser took for nouns."""
    found = []
    named = [places for m in mentions if (places := parse.within(m.start, m.end)) is not None]
    for start, after in named:
        # One or many of what a thing comes in: "graviola capsules".
        beyond = (i for i in range(after, len(parse)) if parse[i].lower_.removesuffix("s") not in VEHICLES)
        end = next(beyond, len(parse))
        past = any(first == end + 1 for first, _ in named) and _is_lost_past(parse, end, cues)
        found += [(start, end)] if past or _is_lost_verb(parse, start, end, cues) else []
    if not found and not any(t.dep_ in SUBJECT_DEPS and t.head.pos_ == "VERB" for t in parse):
        # "Flossing prevents gum disease": what the lexicon does not know can open a sentence, too.
        first = next((t.i for t in parse if t.pos_ != "DET"), 0)
        ends = range(first + 1, min(5, len(parse)))
        found = [(first, end) for end in ends if _is_lost_verb(parse, first, end, cues)][:1]
    found += [(t.i + 1, t.i + 1) for t in parse if t.lower_ in _JOINTS and _joins_lost_verb(t, cues)]
    if not any(start == 0 for start, _ in found) and any(first == 1 for first, _ in named) and _opens(parse[0], cues):
        found.append((0, 0))
    return LostVerbs(parse, found) if found else None


@dataclass(frozen=True)
class LostVerbs:
    """A parsed sentence, and the things (first token, token after) that lost verbs follow; a thing may be empty."""

    parse: Parse
    things: Sequence[tuple[int, int]]

    @cached_property
    def _kept(self) -> list[Token]:
        """All tokens but those that are not the last of a thing."""
        inside = {i for start, end in self.things for i in range(start, end - 1)}
        return [t for t in self.parse if t.i not in inside]

    @cached_property
    def _last(self) -> set[int]:
        return {end - 1 for start, end in self.things if start < end}

    @cached_property
    def _verbs(self) -> set[int]:
        return {end for _, end in self.things}

    def with_stand_ins(self) -> tuple[list[str], list[bool]]:
        """Spell the sentence with plain words for its things and their verbs; tell after which there is a space."""
        plural = any(not self.parse[v].lower_.endswith("s") for v in self._verbs)
        words = [
            self._stand_in(t, plural=plural) if t.i in self._last else _verb_form(t) if t.i in self._verbs else t.text
            for t in self._kept
        ]
        return words, [bool(t.whitespace_) for t in self._kept]

    def _stand_in(self, last: Token, *, plural: bool) -> str:
        start = max(start for start, end in self.things if end == last.i + 1)
        if start and self.parse[start - 1].pos_ in _DESCRIBING:
            return _DESCRIBED_MANY if plural else _DESCRIBED
        return _THINGS if plural else _THING

    def laid_over(self, short: Parse, cues: Cues) -> Parse:
        """Lay the parse of that over the sentence's own words.

        The first parse is kept where the second finds no object for a verb, either.
        """
        place = {t.i: n for n, t in enumerate(self._kept)}
        if not all(_has_object(short[place[v]]) for v in self._verbs):
            return self.parse
        heads, tokens = [], []
        for t in self.parse:
            token = copy(t)
            if t.i not in place:
                heads.append(min(end for _, end in self.things if end > t.i) - 1)
                token.dep_ = "compound"
            else:
                like = short[place[t.i]]
                heads.append(self._kept[like.head.i].i)
                token.dep_, token.tag_, token.pos_, token.lemma_ = like.dep_, like.tag_, like.pos_, like.lemma_
            if t.i in self._last:
                token.tag_, token.pos_, token.lemma_ = "NN", "NOUN", t.lower_
            if t.i in self._verbs:
                token.lemma_ = cues.relation_stem(t.lower_)
            tokens.append(token)
        return Parse.linked(tokens, heads)


def _has_object(verb: Token) -> bool:
    """Tell whether a verb has an object of its own, or shares one: "reduces and prevents it"."""
    return any(c.dep_ in {"dobj", "xcomp"} for v in (verb, *verb.conjuncts) for c in v.children)


_JOINTS = frozenset({"and", "or", ","})
_DESCRIBING = frozenset({"DET", "ADJ", "PRON", "NUM"})
_NAMED = frozenset({"NOUN", "PROPN", "DET"})
_ARTICLED = frozenset({"NOUN", "PROPN", "ADJ", "DET", "PRON"})


def _joins_lost_verb(joint: Token, cues: Cues) -> bool:
    """Tell whether the word after an "and" or a comma is one more verb, though the parser took it for a noun."""
    parse, at = joint.parse, joint.i + 1
    if at + 1 >= len(parse) or parse[at + 1].pos_ not in _ARTICLED or not _may_be_verb(parse[at], cues):
        return False
    # "It boosts immunity and cures infections": many things describe no other.
    described = parse[at].tag_ == "NNS" and parse[at + 1].pos_ in _NAMED
    joined = joint.dep_ == "cc" and joint.head.pos_ == "VERB" and parse[at].pos_ in {"NOUN", "PROPN", "ADJ"}
    return described or joined


def _may_be_verb(word: Token, cues: Cues) -> bool:
    return any(r.frame.startswith("v") for r in cues.relations.get(cues.relation_stem(word.lower_), ()))


def _is_lost_verb(parse: Parse, start: int, end: int, cues: Cues) -> bool:
    """Tell whether the word after a thing is its verb, though the parser took it for a noun."""
    if end >= len(parse):
        return False
    verb = parse[end]
    taken = verb.pos_ in {"NOUN", "PROPN", "ADJ"} or verb.modifies or verb.dep_ in {"aux", "prep"}
    # "Kratom extracts are sold": a verb that follows shows the word to be a noun indeed.
    followed = end + 1 < len(parse) and parse[end + 1].tag_ in {"VBZ", "VBD", "VBP", "MD"}
    many = (start > 0 and parse[start - 1].lower_ in {"and", "or"}) or parse[end - 1].lower_.endswith("s")
    return (
        taken
        and not followed
        and (verb.lower_.endswith("s") or many)
        and _may_be_verb(verb, cues)
    )


def _opens(word: Token, cues: Cues) -> bool:
    """Tell whether a line opens with a verb that the parser took for a noun: "Eases bloating after meals"."""
    return word.pos_ in {"NOUN", "PROPN"} and word.lower_.endswith("s") and _may_be_verb(word, cues)


# "Sugar-reduced jam", "kratom-induced nausea" without their hyphens.
_PARTICIPLES = word_list("participles in names")


def _is_lost_past(parse: Parse, at: int, cues: Cues) -> bool:
    """Tell whether a word between two names is a verb in the past: "Ginger relieved nausea"."""
    verb = parse[at]
    past = verb.tag_ in {"VBN", "VBD"} and verb.lower_ not in _PARTICIPLES
    return past and verb.modifies and _may_be_verb(verb, cues)


def _verb_form(verb: Token) -> str:
    return _VERB if verb.lower_.endswith("s") else _VERBS
