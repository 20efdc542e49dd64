"""A possible claim of a sentence, what its page lends it, and how the words of both are named for the models."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from claims.cues import CueRow
from claims.phrases import Grounded, Phrase
from claims.tokens import Token
from claims.types import Relation
from claims.words import word_list

# Relations whose object is a thing, and those whose object is made of words; "safe" speaks of its subject, or a group.
THING_RELATIONS: tuple[Relation, ...] = ("treats", "prevents", "causes", "improves")
WORDED_RELATIONS: tuple[Relation, ...] = ("mechanism", "status", "statistic", "compares", "use")

_DOUBTFUL = word_list("doubtful rules")


class Leading(NamedTuple):
    """What a line says that the things listed below it do."""

    sentence: int
    relation: Relation
    object: Phrase
    object_token: Token
    trigger: Token
    row: CueRow | None


@dataclass(slots=True)
class Candidate:
    """A possible claim: its object, the relations it could have, what rules saw of its subject."""

    sentence: int
    trigger: Token
    object: Phrase
    object_token: Token | None
    allowed: tuple[Relation, ...]
    row: CueRow | None
    field_object: str = ""
    marks: list[str] = field(default_factory=list)
    place: str = ""  # marks of where its object stands in the sentence
    sentence_marks: str = ""
    framed: list[Token] = field(default_factory=list)  # the subjects that rules found
    lead: Leading | None = None  # the line above its list that says it

    @property
    def columns(self) -> tuple[str, str, str]:
        """What the relation model looks at: marks of its own, of its place, of its sentence."""
        return " ".join(self.marks), self.place, self.sentence_marks

    @property
    def token(self) -> Token:
        """The word of its object, or the word that says it where its object is made of words."""
        return self.object_token if self.object_token is not None else self.trigger

    @property
    def subject_words(self) -> frozenset[int]:
        """The places of the words of the subject that a rule found first; none where it found none."""
        return frozenset(t.i for t in self.framed[0].subtree) if self.framed else frozenset()

    @property
    def is_doubtful(self) -> bool:
        """Whether its rule is one that labelled claims seldom bear out."""
        return self.row is not None and self.row.id in _DOUBTFUL

    @property
    def stated(self) -> tuple[Relation, ...]:
        """The relations that rules state of it; a model chooses among them, and past them where it is surer by far.

        Doubtful rules, which labelled claims bear out less than one time in four, state nothing.
        """
        if self.is_doubtful:
            return ()
        if self.field_object or "own_statistic" in self.marks:
            return self.allowed
        return tuple(r for r in self.allowed if f"rule_{r}" in self.marks or (r == "safe" and "own_safe" in self.marks))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the page lends to a sentence: the subject spoken of, the topic, the lead-in above it."""

    focus: str
    topic: str
    condition: str
    last_condition: str
    lead: str
    lead_subject: str
    leading: Leading | None
    heading_lead: str
    heading: str
    spoken: str
    page_noun: str
    title: str
    text: str  # the page's text, folded
    names: Mapping[str, str]  # how the page calls each concept that it names
    counts: Mapping[str, int]  # mentions of each concept on the page
    total: int  # sentences on the page
    salience: dict[tuple[str, str], list[str]]  # marks of a phrase and its concept on the page, filled as asked


def label(t: Token, g: Grounded) -> str:
    """Name a word for the models: its concept's kind, or its lemma."""
    name = g.labels.get(t.i)
    if name is None:
        name = g.labels[t.i] = _labelled(t, g)
    return name


def _labelled(t: Token, g: Grounded) -> str:
    kind = g.kind(t)
    if kind:
        return "KIND_" + ("actor" if g.lexicon.is_actor(g.concept(t)) else kind)
    return "NUM" if t.like_num else t.lemma_.lower().replace(" ", "_")
