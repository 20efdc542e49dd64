"""What a page is about, and what "it" and "these symptoms" point to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from claims.concepts import CONDITION_KINDS
from claims.lexicon import Lexicon, Mention

# A mention in the title or a heading weighs as much as several in running text; set by reading the labelled pages.
_TITLE_WEIGHT = 4
_HEADING_WEIGHT = 2


def topic_of(
    title: str, body: Iterable[Mention], headings: Iterable[Mention], lexicon: Lexicon, *, acting: bool = True
) -> str:
    """Give the concept a page is about, title and headings first: the thing that acts named most, or any condition.

    With `acting` false, conditions and functions are looked at in place of things that act. "" where there is none.
    """
    score: Counter[str] = Counter()
    for weight, mentions in (
        (_TITLE_WEIGHT, lexicon.find(title)),
        (_HEADING_WEIGHT, headings),
        (1, body),
    ):
        for m in mentions:
            if lexicon.is_actor(m.concept) == acting and lexicon.kind(m.concept) not in {
                "population",
                "authority",
            }:
                # A class ("supplements") is a topic only where no member is.
                score[m.concept] += weight * (1 if lexicon.kind(m.concept) == "class" else 3)
    if not score:
        return ""
    best = max(score.values())
    return min((c for c, n in score.items() if n == best), key=lambda c: c)


@dataclass(slots=True)
class Focus:
    """What was last spoken of, sentence by sentence."""

    topic: str
    lexicon: Lexicon
    subject: str = ""
    conditions: list[str] = field(default_factory=list)
    age: int = 0

    def actor(self) -> str:
        """Give the concept that "it" or "this herb" points to."""
        return self.subject or self.topic

    def condition(self) -> str:
        """Give the condition that "it" or "these symptoms" points to, or ""."""
        return self.conditions[-1] if self.conditions else ""

    def note(self, mentions: Iterable[Mention], subject: str = "") -> None:
        """Remember a sentence's concepts; a subject read from it outweighs mere mention."""
        ms = list(mentions)
        actors = [m.concept for m in ms if self.lexicon.is_one_actor(m.concept)]
        if subject:
            self.subject, self.age = subject, 0
        elif actors:
            self.subject, self.age = actors[0], 0
        else:
            self.age += 1
            if self.age > 3:
                self.subject = ""
        self.conditions.extend(m.concept for m in ms if self.lexicon.kind(m.concept) in CONDITION_KINDS)
        del self.conditions[:-6]

    def new_section(self) -> None:
        """Forget the last subject at a heading: a bare bullet below it speaks of the page's topic."""
        self.subject = ""
