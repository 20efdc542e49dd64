"""Find verbs that the parser took for nouns, and have their sentences parsed again.

So it reads "zinc shortens a cold", where a verb follows a thing, and "to prevent or cure cancer", where it follows
another verb.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Token

from claims.cues import Cues
from claims.lexicon import Mention
from claims.phrases import VEHICLES

# Words that the parser knows by heart, in the place of a thing and of what it does.
_THING, _THINGS, _VERB, _VERBS = "it", "they", "reduces", "reduce"
# The thing where a word describes it: "no vitamin" would make "no it" of it, and deny nothing.
_DESCRIBED, _DESCRIBED_MANY = "drug", "drugs"


def lost_verbs(doc: Doc, mentions: Sequence[Mention], cues: Cues) -> LostVerbs | None:
    """Find the things of a sentence whose verbs the parser took for nouns."""
    found = []
    for m in mentions:
        thing = doc.char_span(m.start, m.end, alignment_mode="expand")
        if thing is not None:
            end = next((i for i in range(thing.end, len(doc)) if doc[i].lower_ not in VEHICLES), len(doc))
            found += [(thing.start, end)] if _is_lost_verb(doc, thing.start, end, cues) else []
    if not found and not any(t.dep_ in {"nsubj", "nsubjpass"} and t.head.pos_ == "VERB" for t in doc):
        # "Flossing prevents gum disease": what the lexicon does not know can open a sentence, too.
        first = next((t.i for t in doc if t.pos_ != "DET"), 0)
        found = [(first, end) for end in range(first + 1, min(5, len(doc))) if _is_lost_verb(doc, first, end, cues)][:1]
    found += [(t.i + 1, t.i + 1) for t in doc if t.dep_ == "cc" and _joins_lost_verb(t, cues)]
    return LostVerbs(doc, found) if found else None


@dataclass(frozen=True)
class LostVerbs:
    """A parsed sentence, and the things (first token, token after) that lost verbs follow; a thing may be empty."""

    doc: Doc
    things: Sequence[tuple[int, int]]

    @cached_property
    def _kept(self) -> list[Token]:
        """All tokens but those that are not the last of a thing."""
        inside = {i for start, end in self.things for i in range(start, end - 1)}
        return [t for t in self.doc if t.i not in inside]

    @cached_property
    def _last(self) -> set[int]:
        return {end - 1 for start, end in self.things if start < end}

    @cached_property
    def _verbs(self) -> set[int]:
        return {end for _, end in self.things}

    def with_stand_ins(self) -> Doc:
        """Spell the sentence with plain words in the place of its things and their verbs, to be parsed."""
        plural = any(not self.doc[v].lower_.endswith("s") for v in self._verbs)
        words = [
            self._stand_in(t, plural=plural) if t.i in self._last else _verb_form(t) if t.i in self._verbs else t.text
            for t in self._kept
        ]
        return Doc(self.doc.vocab, words=words, spaces=[bool(t.whitespace_) for t in self._kept])

    def _stand_in(self, last: Token, *, plural: bool) -> str:
        start = max(start for start, end in self.things if end == last.i + 1)
        if start and self.doc[start - 1].pos_ in _DESCRIBING:
            return _DESCRIBED_MANY if plural else _DESCRIBED
        return _THINGS if plural else _THING

    def laid_over(self, short: Doc, cues: Cues) -> Doc:
        """Lay the parse of that over the sentence's own words.

        The first parse is kept where the second finds no object for a verb, either.
        """
        place = {t.i: n for n, t in enumerate(self._kept)}
        if not all(_has_object(short[place[v]]) for v in self._verbs):
            return self.doc
        heads, deps, tags, pos, lemmas = [], [], [], [], []
        for t in self.doc:
            if t.i not in place:
                end = min(end for _, end in self.things if end > t.i)
                head, dep, like, lemma = end - 1, "compound", t, t.lemma_
            else:
                like = short[place[t.i]]
                head, dep = self._kept[like.head.i].i, like.dep_
                lemma = t.lower_ if t.i in self._last else like.lemma_
                lemma = cues.relation_stem(t.lower_) if t.i in self._verbs else lemma
            heads.append(head)
            deps.append(dep)
            tags.append("NN" if t.i in self._last else like.tag_)
            pos.append("NOUN" if t.i in self._last else like.pos_)
            lemmas.append(lemma)
        return Doc(
            self.doc.vocab,
            words=[t.text for t in self.doc],
            spaces=[bool(t.whitespace_) for t in self.doc],
            heads=heads,
            deps=deps,
            tags=tags,
            pos=pos,
            lemmas=lemmas,
        )


def _has_object(verb: Token) -> bool:
    """Tell whether a verb has an object of its own, or shares one: "reduces and prevents it"."""
    return any(c.dep_ in {"dobj", "xcomp"} for v in (verb, *verb.conjuncts) for c in v.children)


_DESCRIBING = frozenset({"DET", "ADJ", "PRON", "NUM"})
_ARTICLED = frozenset({"NOUN", "PROPN", "ADJ", "DET", "PRON"})


def _joins_lost_verb(joint: Token, cues: Cues) -> bool:
    """Tell whether the word after an "and" or "or" is one more verb, though the parser took it for a noun."""
    doc, at = joint.doc, joint.i + 1
    return (
        joint.head.pos_ == "VERB"
        and at + 1 < len(doc)
        and doc[at].pos_ in {"NOUN", "PROPN", "ADJ"}
        and doc[at + 1].pos_ in _ARTICLED
        and _may_be_verb(doc[at], cues)
    )


def _may_be_verb(word: Token, cues: Cues) -> bool:
    return any(r.frame.startswith("v") for r in cues.relations.get(cues.relation_stem(word.lower_), ()))


def _is_lost_verb(doc: Doc, start: int, end: int, cues: Cues) -> bool:
    """Tell whether the word after a thing is its verb, though the parser took it for a noun."""
    if end >= len(doc):
        return False
    verb = doc[end]
    taken = verb.pos_ in {"NOUN", "PROPN", "ADJ"} or verb.dep_ in {"compound", "amod", "nmod", "aux", "prep"}
    # "Kratom extracts are sold": a verb that follows shows the word to be a noun indeed.
    followed = end + 1 < len(doc) and doc[end + 1].tag_ in {"VBZ", "VBD", "VBP", "MD"}
    many = (start > 0 and doc[start - 1].lower_ in {"and", "or"}) or doc[end - 1].lower_.endswith("s")
    return (
        taken
        and not followed
        and (verb.lower_.endswith("s") or many)
        and _may_be_verb(verb, cues)
    )


def _verb_form(verb: Token) -> str:
    return _VERB if verb.lower_.endswith("s") else _VERBS
