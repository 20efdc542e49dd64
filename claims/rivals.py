"""A second look at what a claim is about: its likeliest subjects side by side.

The first look (`claims.subjects`) scores each option by itself, by the words around it. What only shows beside the
others is described here: a class whose member the page names, a thing last spoken of a section ago, a name that most
claims of the page are about.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from claims.candidate import Candidate
from claims.concepts import KINDS
from claims.lexicon import Lexicon, fold
from claims.page import Page
from claims.reading import Reading
from claims.subjects import SubjectOption
from claims.types import RELATIONS, Relation

# So many of the likeliest are looked at again. The right one is among them in 0.86 of the cases (195 passages that
# two readers labelled, topics left out, November 2026); among all it is in 0.90, and six gave no better choice.
LIKELIEST = 4
# From this score of the first look on, a known thing that a rule found for the subject ("vaccines cause …") stands.
SURE = 0.6
_NEVER = 99.0
_UNKNOWN = -1.0
_KIND_CODES = {kind: float(n) for n, kind in enumerate(sorted(KINDS))}

Standing = tuple[float, ...]


class Contest(NamedTuple):
    """A claim whose subject is sought: its candidate, its relation, its options and what the first look gives each."""

    candidate: Candidate
    relation: Relation
    options: Sequence[SubjectOption]
    scores: Sequence[float]

    @property
    def likeliest(self) -> list[int]:
        """The options that are looked at again, by their places."""
        return sorted(sorted(range(len(self.scores)), key=lambda k: -self.scores[k])[:LIKELIEST])

    @property
    def leader(self) -> str:
        """The words of the option that the first look likes best, or ""."""
        return self.options[self._best].phrase.text if self.options else ""

    @property
    def settled(self) -> int | None:
        """The place of the option that no second look is to move, if there is one."""
        if not self.options or self.scores[self._best] < SURE:
            return None
        best = self.options[self._best]
        return self._best if best.phrase.concept and "frame" in best.marks else None

    @property
    def _best(self) -> int:
        return max(range(len(self.scores)), key=self.scores.__getitem__)


class FirstLook(Protocol):
    """Scores candidates, and what they could be about, one by one."""

    def relations(self, candidates: Sequence[Candidate]) -> list[dict[str, float]]:
        """Give each candidate's probability of each relation it may have, and of "none"."""

    def subjects(self, options: Sequence[SubjectOption]) -> list[float]:
        """Give each subject option's probability of being the one meant."""


def contests(chosen: Sequence[tuple[int, Relation]], reading: Reading, look: FirstLook) -> list[Contest]:
    """List the subjects that each chosen candidate could have, with the scores of the first look."""
    candidates = [(reading.candidates[n], relation) for n, relation in chosen]
    options = [reading.subjects(c) for c, _ in candidates]
    scores = iter(look.subjects([o for group in options for o in group]))
    return [
        Contest(c, relation, group, [next(scores) for _ in group])
        for (c, relation), group in zip(candidates, options, strict=True)
    ]


def describe_rivals(held: Sequence[Contest], page: Page, lexicon: Lexicon) -> list[dict[int, Standing]]:
    """Describe the likeliest options of each contest of a page, by their places, in the order of `NAMES`."""
    scene = _Scene(held, page, lexicon)
    return [{k: scene.described(contest, k) for k in contest.likeliest} for contest in held]


# What the numbers of a description are. Scores are rounded, so that the last bits of a sum decide no split.
NAMES = (
    "score", "best other score", "score of its concept's other name", "score of a narrower one", "score of a broader",
    "relation", "words from the object", "words of its name", "kind", "risk", "classes above", "concepts below",
    "share of claims led", "sentences since named", "named later", "narrower ones named", "in heading", "in title",
)  # fmt: skip


class _Scene:
    """A page as its contests stand on it, looked up once for all of them."""

    def __init__(self, held: Sequence[Contest], page: Page, lexicon: Lexicon) -> None:
        self._page, self._lexicon = page, lexicon
        self._led, self._claims = Counter(contest.leader for contest in held), max(1, len(held))
        self._named: dict[str, list[int]] = {}  # concept -> the sentences that name it
        self._below: Counter[str] = Counter()  # concept -> mentions of what is narrower
        for i, mentions in enumerate(page.mentions):
            for m in mentions:
                places = self._named.setdefault(m.concept, [])
                if not places or places[-1] != i:
                    places.append(i)
                self._below.update(self._lexicon.ancestors(m.concept))
        self._headings = [(i, fold(s.text)) for i, s in enumerate(page.sentences) if s.kind == "heading"]
        self._told: dict[str, list[int]] = {}  # words -> the sentences that hold them
        self._texts: list[str] = []

    def described(self, contest: Contest, k: int) -> Standing:
        """Describe an option of a contest beside its rivals."""
        option, at = contest.options[k], contest.candidate.sentence
        text, concept = option.phrase.text, option.phrase.concept
        places = self._places(text, concept)
        before = bisect_left(places, at)
        return (
            round(contest.scores[k], 3),
            *self._rivals(contest, k),
            float(RELATIONS.index(contest.relation)),
            _distance(contest.candidate, option),
            float(len(text.split())),
            *self._known(concept),
            self._led[text] / self._claims,
            float(at - places[before - 1]) if before else _NEVER,
            float(len(places) - before),
            float(self._below[concept]) if concept else 0.0,
            float(bool(text) and text in self._heading(at)),
            float("in_title" in option.marks),
        )

    def _rivals(self, contest: Contest, k: int) -> tuple[float, float, float, float]:
        """Give the best scores of the others: of all, of the same concept, of narrower and of broader ones."""
        concept = contest.options[k].phrase.concept
        best = same = below = above = _UNKNOWN
        for j, (other, score) in enumerate(zip(contest.options, contest.scores, strict=True)):
            if j == k:
                continue
            best = max(best, score)
            if not concept or not other.phrase.concept:
                continue
            if other.phrase.concept == concept:
                same = max(same, score)
            elif concept in self._lexicon.ancestors(other.phrase.concept):
                below = max(below, score)
            elif other.phrase.concept in self._lexicon.ancestors(concept):
                above = max(above, score)
        return round(best, 3), round(same, 3), round(below, 3), round(above, 3)

    def _known(self, concept: str) -> tuple[float, float, float, float]:
        """Give the kind and risk of a concept, and how many stand above and below it."""
        if concept not in self._lexicon.concepts:
            return _UNKNOWN, _UNKNOWN, _UNKNOWN, _UNKNOWN
        known = self._lexicon.concepts[concept]
        above, below = len(self._lexicon.ancestors(concept)), self._lexicon.sizes.get(concept, 0)
        return _KIND_CODES[known.kind], float(known.risk), float(above), float(below)

    def _places(self, text: str, concept: str) -> list[int]:
        """List the sentences that name an option, by its concept, or else by its words."""
        if concept:
            return self._named.get(concept, [])
        if text not in self._told:
            self._texts = self._texts or [fold(s.text) for s in self._page.sentences]
            self._told[text] = [i for i, told in enumerate(self._texts) if text in told]
        return self._told[text]

    def _heading(self, at: int) -> str:
        """Give the heading that a sentence stands below, or is."""
        n = bisect_left(self._headings, (at + 1, ""))
        return self._headings[n - 1][1] if n else ""


def _distance(c: Candidate, option: SubjectOption) -> float:
    """Give how many words an option stands behind the object, or "never" where only the page names it."""
    if option.token is None:
        return _NEVER
    return float(option.token.i - c.token.i)
