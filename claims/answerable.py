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
from typing import NamedTuple

from claims.candidate import THING_RELATIONS
from claims.concepts import CONDITION_KINDS, HEALTH_KINDS
from claims.cues import Cues
from claims.evidence import EvidenceTable, canonical, object_concepts, object_fields
from claims.lexicon import Lexicon, fold
from claims.match import ANY_PURPOSE, goes_down
from claims.outcomes import WEIGHT, WEIGHT_LOSS, harm_to
from claims.page import Page
from claims.plain import REACH, is_warning
from claims.safety import SAFETY
from claims.scope import NEGATIVE
from claims.taken_up import heads_of
from claims.types import HELPS, Evidence, Relation

_NUMBER = re.compile(r"\d|\b(?:percent|half|most|majority|third|quarter|fifth|one in)\b")


class _Meant(NamedTuple):
    """The objects that a claim could have."""

    exact: set[str]
    wider: set[str]  # what those are kinds of: only what fails for them fails for these


class _Told(NamedTuple):
    """What the rows that decide on a thing tell of it, by effect; of any effect as ""."""

    said: set[str]  # of what they speak without a second concept
    objects: dict[str, set[str]]
    refuted: dict[str, set[str]]

    def joins(self, meant: _Meant, effect: str = "") -> bool:
        """Tell whether a row joins the thing to one of some objects."""
        exact, wider = self.objects.get(effect, ()), self.refuted.get(effect, ())
        return not (meant.exact.isdisjoint(exact) and meant.wider.isdisjoint(wider))


class Answerable:
    """Tells of a sentence whether a row of one table could answer it."""

    def __init__(self, table: EvidenceTable, cues: Cues) -> None:
        self._lexicon = table.lexicon
        self._rows: dict[str, list[Evidence]] = defaultdict(list)
        for row in table.rows:
            if row.status == "current":
                self._rows[row.subject].append(row)
        self._telling = _telling_stems(cues)
        self._telling_phrases = {phrase: kinds for phrase, kinds in self._telling.items() if " " in phrase}
        self._harming = {stem for stem, rows in cues.relations.items() if any(row.value == "harms" for row in rows)}
        self._properties = {
            word: frozenset(object_fields(row.value).get("target", "") for row in rows)
            for pattern, rows in cues.properties.items()
            for word in (pattern, pattern.rpartition("-")[2])
        }
        self._ills = _ills(self._lexicon)
        self._healths = {**_of_parts(self._lexicon, "function", "health"), WEIGHT: self._lexicon.resolve(WEIGHT_LOSS)}
        self._damages = _of_parts(self._lexicon, "condition", "damage")
        self._headed = _headed(self._lexicon)
        self._cues = cues
        # Asked of the same few thousand concepts again and again.
        self._told_of = lru_cache(maxsize=None)(self._all_told_of)
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
        objects = named | above | {self._ills[people] for people in named if people in self._ills}
        objects.update(*(self._properties.get(word, ()) for word in words))
        objects.update(self._healths[word] for word in words if word in self._healths)
        objects.update(*(self._headed[word] & page.ills for word in words if word in self._headed))
        if not stems.isdisjoint(self._harming):
            objects.update(self._harm_to(concept) for concept in named)
            objects.update(self._damages[word] for word in words if word in self._damages)
        meant = self._meant(objects)
        told = {kind for stem in stems for kind in self._telling.get(stem, ())}
        told.update(*(kinds for phrase, kinds in self._telling_phrases.items() if phrase in text))
        if is_warning(page, i):
            told.add("safe")
        if _NUMBER.search(text):
            told.add("number")
        tellings = map(self._told_of, named | self._near(page, i))
        return any(rows.joins(meant) or not told.isdisjoint(rows.said) for rows in tellings)

    def could_meet(self, page: Page, i: int, relation: Relation, object_id: str) -> bool:
        """Tell whether a row could answer a claim of sentence `i` on this object, whatever its subject."""
        about = {m.concept for m in page.mentions[i]} | self._near(page, i)
        said = "use" if relation in HELPS and not object_id else _ON_THE_THING.get(relation)
        if said:
            return any(said in self._told_of(subject).said for subject in about)
        meant, effect = self._meant(object_concepts(relation, object_id)), _effect(relation)
        if relation == "mechanism":
            # What is in a thing comes from it, and how a thing acts is an effect of it, too.
            about |= meant.exact
            meant, effect = self._meant(about), ""
        return any(self._told_of(subject).joins(meant, effect) for subject in about)

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

    def _all_told_of(self, subject: str) -> _Told:
        """Gather what is told of a thing: by its own rows, and by those on its classes that hold for members."""
        classes = self._lexicon.ancestors(subject)
        down = (row for wider in classes for row in self._rows.get(wider, ()) if goes_down(row))
        told = _Told(set(), defaultdict(set), defaultdict(set))
        for row in (*self._rows.get(subject, ()), *down):
            told.said.update(_said(row))
            named = self._named_in(row)
            for effect in {"", _effect(row.relation), _effect(canonical(row.relation, row.object, self._lexicon)[0])}:
                told.objects[effect] |= named
                if row.finding in NEGATIVE:
                    told.refuted[effect] |= named
        return told

    def _harm_to(self, concept: str) -> str:
        return self._lexicon.resolve(harm_to(self._lexicon.name(concept)))

    def _meant(self, concepts: Iterable[str]) -> _Meant:
        """Give what could be meant by some concepts."""
        each = list(map(self._as_object, concepts))
        return _Meant({o for exact, _ in each for o in exact}, {o for _, wider in each for o in wider})

    def _all_as_object(self, concept: str) -> tuple[frozenset[str], frozenset[str]]:
        """List the objects whose rows a claim on a concept meets: itself and its other side; what both are kinds of."""
        exact = frozenset((concept, self._lexicon.inverses.get(concept, ""))) - {""}
        wider = {wider for one in exact for wider in self._lexicon.ancestors(one)}
        if self._lexicon.kind(concept) in HEALTH_KINDS:
            wider.add(ANY_PURPOSE)
        return exact, frozenset(wider)


def _of_parts(lexicon: Lexicon, kind: str, what: str) -> dict[str, str]:
    """Map parts of the body to what is called after them: "joints" to joint health, "eyes" to eye damage."""
    known = [c for c in lexicon.concepts.values() if c.kind == kind]
    named = [(fold(name), c.id) for c in known for name in (c.name, *c.aliases)]
    parts = [(name.removesuffix(f" {what}"), cid) for name, cid in named if name.endswith(f" {what}")]
    return {spelled: cid for part, cid in parts for spelled in (part, f"{part}s")}


def _headed(lexicon: Lexicon) -> dict[str, set[str]]:
    """Map words to the conditions and functions whose names they are the heads of, by which a sentence takes one up."""
    out: dict[str, set[str]] = defaultdict(set)
    for concept in lexicon.concepts.values():
        for head in heads_of(concept) if concept.kind in HEALTH_KINDS else ():
            out[head].add(concept.id)
    return out


def _ills(lexicon: Lexicon) -> dict[str, str]:
    """Map groups to what they are ill with: what is done for "COVID-19 patients" is done against COVID-19."""
    groups = ((c.id, fold(c.name)) for c in lexicon.concepts.values() if c.kind == "population")
    ills = ((group, lexicon.resolve(name.removeprefix(_WITH))) for group, name in groups if name.startswith(_WITH))
    return {group: ill for group, ill in ills if lexicon.kind(ill) in CONDITION_KINDS}


_WITH = "people with "
# Claims that a row answers without a second concept, by what it says of the thing.
_ON_THE_THING = {"safe": "safe", "statistic": "number", "status": "status"}
# Values of cues that state a help of any kind.
_HELPING = frozenset({"treats", "treats!", "prevents", "better", "stops", "helps"})


def _effect(relation: str) -> str:
    """Name what is done: what treats an ill and what prevents it meet the same rows."""
    return "helps" if relation in HELPS else relation


def _said(row: Evidence) -> Iterator[str]:
    """Yield what words a row answers without a second concept: on safety, on status, with a number, on any use."""
    if row.object == ANY_PURPOSE:
        yield "use"
    elif row.relation in {"safe", "causes"}:
        yield "safe"
    elif row.relation == "status":
        yield "status"
    elif row.relation in {"statistic", "use"}:
        yield "number"


def _telling_stems(cues: Cues) -> dict[str, frozenset[str]]:
    """Map the stems of words on safety, status and use to which of them they tell."""
    stems: dict[str, set[str]] = defaultdict(set)
    for rows in (*cues.relations.values(), *cues.cautions.values()):
        for row in rows:
            if row.value in SAFETY and not row.value.startswith("caution"):
                stems[row.pattern].add("safe")
                for ending in ("er", "est"):
                    stems[f"{row.pattern.removesuffix('e')}{ending}"].add("safe")
            elif row.value == "status":
                stems[row.pattern].add("status")
            elif row.value in _HELPING:
                stems[row.pattern].add("use")
    return {stem: frozenset(kinds) for stem, kinds in stems.items()}
