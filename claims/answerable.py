"""Which sentences of a page could meet an evidence row at all, told without a parse.

A claim is met by its subject and its object together. So a sentence needs a thing, named by it or near it, and
another that some row joins to the first; or words on safety, on official status, or a number, where rows on the thing
speak of those. Too wide by design: what is let through costs a parse, what is not would be lost.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from claims.candidate import THING_RELATIONS
from claims.cues import Cues
from claims.evidence import EvidenceTable, canonical, object_concepts, object_fields
from claims.lexicon import CONDITION_KINDS, Lexicon, fold
from claims.outcomes import WEIGHT, WEIGHT_LOSS, harm_to
from claims.page import Page
from claims.plain import REACH, is_warning
from claims.safety import SAFETY
from claims.types import Evidence

_NUMBER = re.compile(r"\d|\b(?:percent|half|most|majority|third|quarter|fifth|one in)\b")


class Answerable:
    """Tells of a sentence whether a row of one table could answer it."""

    def __init__(self, table: EvidenceTable, cues: Cues) -> None:
        self._lexicon = table.lexicon
        self._objects: dict[str, set[str]] = defaultdict(set)
        self._said: dict[str, set[str]] = defaultdict(set)
        for row in table.rows:
            if row.status == "current":
                self._objects[row.subject] |= self._named_in(row)
                self._said[row.subject] |= set(_said(row))
        self._telling = _telling_stems(cues)
        self._telling_phrases = {phrase: kinds for phrase, kinds in self._telling.items() if " " in phrase}
        self._harming = {stem for stem, rows in cues.relations.items() if any(row.value == "harms" for row in rows)}
        self._properties = {
            word: frozenset(object_fields(row.value).get("target", "") for row in rows)
            for pattern, rows in cues.properties.items()
            for word in (pattern, pattern.rpartition("-")[2])
        }
        self._ills = _ills(self._lexicon)
        self._healths = {**_healths(self._lexicon), WEIGHT: self._lexicon.resolve(WEIGHT_LOSS)}
        self._cues = cues
        # Asked of the same few thousand concepts again and again.
        self._joined_to = lru_cache(maxsize=None)(self._all_joined_to)
        self._said_of = lru_cache(maxsize=None)(self._all_said_of)
        self._as_object = lru_cache(maxsize=None)(self._all_as_object)

    def among(self, page: Page, sentences: Iterable[int]) -> list[int]:
        """List those of some sentences of a page that a row could answer."""
        return [i for i in sentences if self.could_answer(page, i)]

    def could_answer(self, page: Page, i: int) -> bool:
        """Tell whether a row could answer what sentence `i` of a page claims."""
        named = {m.concept for m in page.mentions[i]}
        text = fold(page.sentences[i].text)
        words = [word.strip(".,;:!?()\"'") for word in text.split()]
        stems = {self._cues.relation_stem(word) or word for word in words}
        # Below "what eases back pain:" a line need only name what does.
        above = {m.concept for m in page.mentions[page.line_above(i)]}
        told_of = named | above | {self._ills[people] for people in named if people in self._ills}
        objects = {o for concept in told_of for o in self._as_object(concept)}
        objects.update(*(self._properties.get(word, ()) for word in words))
        objects.update(*(self._as_object(self._healths[word]) for word in words if word in self._healths))
        if not stems.isdisjoint(self._harming):
            objects.update(self._harm_to(concept) for concept in named)
        told = {kind for stem in stems for kind in self._telling.get(stem, ())}
        told.update(*(kinds for phrase, kinds in self._telling_phrases.items() if phrase in text))
        if is_warning(page, i):
            told.add("safe")
        if _NUMBER.search(text):
            told.add("number")
        return any(
            not objects.isdisjoint(self._joined_to(subject)) or not told.isdisjoint(self._said_of(subject))
            for subject in named | self._near(page, i)
        )

    def _near(self, page: Page, i: int) -> set[str]:
        """List what a sentence could speak of without naming it."""
        sentences, mentions = page.sentences, page.mentions
        before = range(i - 1, -1, -1)
        heading = next((k for k in before if sentences[k].kind == "heading"), 0)
        places = {*before[:REACH], heading, page.line_above(i)}
        return {m.concept for k in places for m in mentions[k]} | ({page.topic, page.condition} - {""})

    def _named_in(self, row: Evidence) -> set[str]:
        """List what a row joins to its subject, in both forms of the same claim."""
        named = set(object_concepts(row.relation, row.object))
        if row.relation in THING_RELATIONS:
            named.add(canonical(row.relation, row.object, self._lexicon)[1])
        return named - {""}

    def _all_joined_to(self, subject: str) -> frozenset[str]:
        return frozenset(o for wider in self._lexicon.kin(subject) for o in self._objects.get(wider, ()))

    def _all_said_of(self, subject: str) -> frozenset[str]:
        return frozenset(kind for wider in self._lexicon.kin(subject) for kind in self._said.get(wider, ()))

    def _harm_to(self, concept: str) -> str:
        return self._lexicon.resolve(harm_to(self._lexicon.name(concept)))

    def _all_as_object(self, concept: str) -> frozenset[str]:
        """List the objects whose rows a claim on a concept meets: itself, wider ones, the other sides of all."""
        kin = self._lexicon.kin(concept)
        other = self._lexicon.inverses.get(concept, "")
        return kin | (self._lexicon.kin(other) if other else frozenset())


def _healths(lexicon: Lexicon) -> dict[str, str]:
    """Map parts of the body to the functions that are their health: "joints" to joint health."""
    functions = [c for c in lexicon.concepts.values() if c.kind == "function"]
    named = [(fold(name), c.id) for c in functions for name in (c.name, *c.aliases)]
    parts = [(name.removesuffix(" health"), cid) for name, cid in named if name.endswith(" health")]
    return {spelled: cid for part, cid in parts for spelled in (part, f"{part}s")}


def _ills(lexicon: Lexicon) -> dict[str, str]:
    """Map groups to what they are ill with: what is done for "COVID-19 patients" is done against COVID-19."""
    groups = ((c.id, fold(c.name)) for c in lexicon.concepts.values() if c.kind == "population")
    ills = ((group, lexicon.resolve(name.removeprefix(_WITH))) for group, name in groups if name.startswith(_WITH))
    return {group: ill for group, ill in ills if lexicon.kind(ill) in CONDITION_KINDS}


_WITH = "people with "


def _said(row: Evidence) -> Iterator[str]:
    """Yield what words a row answers without a second concept: on safety, on status, with a number."""
    if row.relation in {"safe", "causes"}:
        yield "safe"
    elif row.relation == "status":
        yield "status"
    elif row.relation in {"statistic", "use"}:
        yield "number"


def _telling_stems(cues: Cues) -> dict[str, frozenset[str]]:
    """Map the stems of words on safety and status to which of them they tell."""
    stems: dict[str, set[str]] = defaultdict(set)
    for rows in (*cues.relations.values(), *cues.cautions.values()):
        for row in rows:
            if row.value in SAFETY and not row.value.startswith("caution"):
                stems[row.pattern].add("safe")
                stems[f"{row.pattern.removesuffix('e')}er"].add("safe")
            elif row.value == "status":
                stems[row.pattern].add("status")
    return {stem: frozenset(kinds) for stem, kinds in stems.items()}
