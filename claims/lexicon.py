"""The lexicon: which concepts a text names, and how concepts stand to each other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from claims.concepts import ACTOR_KINDS, CONCEPTS, ONE_ACTOR_KINDS, merge_concepts, read_concepts
from claims.types import Concept

# What stands between things that are named together: "anxiety and depression".
TOGETHER = re.compile(r"\s*(?:,\s*(?:and|or)?|\band\b|\bor\b|/|&)\s*")

_FOLD = tuple(zip("‘’ʼ′“”\u00a0\u2009\u202f\u2010\u2011", "''''\"\"   --", strict=True))


def fold(text: str) -> str:
    """Lower the text and unify its quotes, spaces and hyphens, one character for one: offsets hold."""
    if text.isascii():
        return text.lower()
    for spelled, plain in _FOLD:  # six times as fast as `str.translate`
        text = text.replace(spelled, plain)
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def match_form(text: str) -> str:
    """Fold the text and read hyphens and apostrophe-s marks as spaces, so that spellings meet."""
    return fold(text).replace("-", " ").replace("\n", " ")


class Mention(NamedTuple):
    """A concept named at `start:end`; an ambiguous one counts only beside a plain one on the page."""

    concept: str
    start: int
    end: int
    ambiguous: bool = False


class LexiconError(ValueError):
    """A concept table that cannot be used; the message lists every fault with its line."""


def _plurals(alias: str) -> set[str]:
    """Spell the regular plural or singular of an alias's last word."""
    if len(alias) < 4 or not alias[-1].isalpha():
        return set()
    if alias.endswith(("ss", "us", "is", "ous")):
        return set()
    if alias.endswith("ies"):
        return {alias[:-3] + "y"}
    if alias.endswith("s"):
        return {alias[:-1]} if len(alias.rsplit(" ", 1)[-1]) > 4 else set()
    if alias.endswith("y") and alias[-2] not in "aeiou":
        return {alias[:-1] + "ies"}
    return {alias + ("es" if alias.endswith(("x", "ch", "sh")) else "s")}


class Lexicon:
    """Concepts by id, and the exact search for their names in a text."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self.concepts: Mapping[str, Concept] = {c.id: c for c in concepts}
        forms: dict[str, tuple[str, bool]] = {}
        self._cased: dict[str, str] = {}
        spelled: list[tuple[str, str, bool]] = []
        for c in self.concepts.values():
            for alias in (c.name, *c.aliases):
                # A concept's own name is ambiguous, too, where it is listed so.
                ambiguous = alias.startswith("?") or f"?{alias}" in c.aliases
                alias = alias.removeprefix("?")
                form = " ".join(match_form(alias).split())
                if not form:
                    continue
                if alias.isupper() and len(alias) <= 5 and alias != c.name:
                    self._cased[form] = alias
                forms.setdefault(form, (c.id, ambiguous))
                spelled.append((form, c.id, ambiguous))
        for form, cid, ambiguous in spelled:
            if form not in self._cased:
                for variant in _plurals(form):
                    forms.setdefault(variant, (cid, ambiguous))
        self._forms = forms
        self._keys = list(forms)
        self._automaton = AhoCorasick(
            self._keys, implementation=Implementation.ContiguousNFA, matchkind=MatchKind.Standard
        )

    @classmethod
    def load(cls, *tables: Path) -> Lexicon:
        """Read concept tables as one, by default the shipped one; raise LexiconError with all faults."""
        rows, faults = read_concepts(tables or (CONCEPTS,))
        concepts, wrong = merge_concepts(rows)
        if faults or wrong:
            raise LexiconError("\n".join(map(str, (*faults, *wrong))))
        return cls(concepts.values())

    def find(self, text: str) -> list[Mention]:
        """Find the concepts that a text names, longest first where names overlap, in reading order."""
        form = match_form(text)
        hits = []
        for key, start, end in self._automaton.find_matches_as_indexes(form, overlapping=True):
            if (start and form[start - 1].isalnum()) or (end < len(form) and form[end].isalnum()):
                continue
            name = self._keys[key]
            if name in self._cased and text[start:end] != self._cased[name]:
                continue
            hits.append((start, -end, name))
        hits.sort()
        out: list[Mention] = []
        last = 0
        for start, minus_end, name in hits:
            if start >= last:
                concept, ambiguous = self._forms[name]
                last = -minus_end
                out.append(Mention(concept, start, last, ambiguous))
        return out

    def find_in_page(self, text: str) -> list[Mention]:
        """Find concepts, keeping an ambiguous name only where the page also names its concept plainly."""
        mentions = self.find(text)
        plain = {m.concept for m in mentions if not m.ambiguous}
        return [m for m in mentions if not m.ambiguous or m.concept in plain]

    def resolve(self, phrase: str) -> str:
        """Give the id of the concept whose name is exactly this phrase, or ""."""
        form = " ".join(match_form(phrase).split())
        hit = self._forms.get(form)
        return hit[0] if hit else ""

    def ancestors(self, concept: str) -> tuple[str, ...]:
        """List what a concept is a kind of, nearest first, without itself."""
        return self._ancestors.get(concept, ())

    def kin(self, concept: str) -> frozenset[str]:
        """Give a concept with all that it is a kind of."""
        return self._kin.get(concept) or frozenset((concept,))

    @cached_property
    def _kin(self) -> dict[str, frozenset[str]]:
        return {cid: frozenset((cid, *wider)) for cid, wider in self._ancestors.items()}

    def has_members(self, concept: str) -> bool:
        """Tell whether other concepts are kinds of this one."""
        return concept in self._classes

    @cached_property
    def _classes(self) -> frozenset[str]:
        return frozenset(wider for c in self.concepts.values() for wider in c.broader)

    @cached_property
    def sizes(self) -> dict[str, int]:
        """Map each class to how many concepts stand below it, at any depth."""
        return Counter(wider for every in self._ancestors.values() for wider in every)

    @cached_property
    def _ancestors(self) -> dict[str, tuple[str, ...]]:
        out = {}
        for cid in self.concepts:
            seen: dict[str, None] = {}
            queue = list(self.concepts[cid].broader)
            while queue:
                nxt = queue.pop(0)
                if nxt not in seen and nxt != cid and nxt in self.concepts:
                    seen[nxt] = None
                    queue.extend(self.concepts[nxt].broader)
            out[cid] = tuple(seen)
        return out

    @cached_property
    def inverses(self) -> dict[str, str]:
        """Map both ways between a function and the condition that its improvement treats."""
        pairs = {c.id: c.inverse for c in self.concepts.values() if c.inverse}
        return {**{v: k for k, v in pairs.items()}, **pairs}

    def kind(self, concept: str) -> str:
        """Give a concept's kind, or "" for an unknown id."""
        c = self.concepts.get(concept)
        return c.kind if c else ""

    def name(self, concept: str) -> str:
        """Give a concept's name, or the id itself where it is unknown."""
        c = self.concepts.get(concept)
        return c.name if c else concept

    def is_actor(self, concept: str) -> bool:
        """Tell whether a concept is a thing that acts: a substance, product, practice or exposure."""
        return self.kind(concept) in ACTOR_KINDS

    def is_one_actor(self, concept: str) -> bool:
        """Tell whether a concept is a thing that acts, and no class of things."""
        return self.kind(concept) in ONE_ACTOR_KINDS
