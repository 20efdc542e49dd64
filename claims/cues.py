"""The cue table: the words that decide relation, polarity, strength and voice, as rows with ids."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from claims.lexicon import fold

CUES = Path(__file__).parent / "cues.csv"
COLUMNS = ("id", "type", "pattern", "value", "frame", "note")
TYPES = frozenset(
    "relation negation pseudo terminator hedge nohedge absolute notabsolute report reject rejecthead "
    "facthead noclaim noproof open notopen claimed lead denies caution property".split()
)


_ENDINGS = (
    ("", ""),
    ("s", ""),
    ("es", ""),
    ("ed", ""),
    ("ed", "e"),
    ("d", ""),
    ("ing", ""),
    ("ing", "e"),
    ("ies", "y"),
    ("ied", "y"),
)


class CueError(ValueError):
    """A cue table that cannot be used; the message lists every fault with its line."""


@dataclass(frozen=True, slots=True)
class CueRow:
    """A row of the cue table. `frame` says where it looks: see CONTRIBUTING, "Add a cue"."""

    id: str
    type: str
    pattern: str
    value: str
    frame: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase cue found at `start:end` of a sentence."""

    row: CueRow
    start: int
    end: int


class _Scan:
    """Finds every phrase of many cue types in one pass: what is asked of a sentence by one type, others ask, too."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._phrases = list(dict.fromkeys(phrases))
        self._automaton = AhoCorasick(
            self._phrases, implementation=Implementation.ContiguousNFA, matchkind=MatchKind.Standard
        )
        self.spans = lru_cache(maxsize=256)(self._search)

    def _search(self, text: str) -> list[tuple[int, int, str]]:
        """List where each phrase stands alone in a text: start, minus its end, the phrase; longest first."""
        low = fold(text)
        return sorted(
            (start, -end, self._phrases[key])
            for key, start, end in self._automaton.find_matches_as_indexes(low, overlapping=True)
            if _stands_alone(low, start, end)
        )


class PhraseCues:
    """All phrase cues of some types, longest first where they overlap."""

    def __init__(self, rows: Iterable[CueRow], scan: _Scan | None = None) -> None:
        self._rows: dict[str, list[CueRow]] = defaultdict(list)
        for row in rows:
            self._rows[row.pattern].append(row)
        self._scan = scan or _Scan(self._rows)
        self.find = lru_cache(maxsize=256)(self._find)  # every claim of a sentence asks for what stands in it

    def _find(self, text: str) -> tuple[Hit, ...]:
        """Find cues in a text, in reading order; a phrase inside a longer one is not found."""
        out: list[Hit] = []
        last = 0
        for start, minus_end, phrase in self._scan.spans(text):
            if start >= last and phrase in self._rows:
                last = -minus_end
                out += [Hit(row, start, last) for row in self._rows[phrase]]
        return tuple(out)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether a match is not part of a longer word."""
    # "n't" is a word of its own inside "don't".
    left = start == 0 or not (text[start].isalnum() and text[start - 1].isalnum()) or text.startswith("n't", start)
    right = end == len(text) or not (text[end - 1].isalnum() and text[end].isalnum())
    return left and right


class Cues:
    """The cue table, indexed the ways extraction asks for it."""

    def __init__(self, rows: Iterable[CueRow]) -> None:
        self.rows = tuple(rows)
        self.by_id = {r.id: r for r in self.rows}
        self.relations: dict[str, list[CueRow]] = defaultdict(list)
        self.statuses: dict[str, CueRow] = {}  # the first row of each word that speaks of an official status
        # Common words ("take", "have") that state safety where they forbid: no sign of a relation by themselves.
        self.cautions: dict[str, list[CueRow]] = defaultdict(list)
        # Words that say what a thing is or has, and not what it does to something.
        self.properties: dict[str, list[CueRow]] = defaultdict(list)
        by_word = {"relation": self.relations, "caution": self.cautions, "property": self.properties}
        for r in self.rows:
            if r.type in by_word:
                by_word[r.type][r.pattern].append(r)
            if r.type == "relation" and r.value == "status":
                self.statuses.setdefault(r.pattern, r)
        # The word that a property ends in: "inflammatory" of "anti-inflammatory".
        self.property_words = frozenset(p.rpartition("-")[2] for p in self.properties)
        self._stem_of = lru_cache(maxsize=50_000)(self._stem)
        self._scan = _Scan(r.pattern for r in self.rows if r.type not in by_word)
        # Pseudo cues are matched beside the true ones, so that "not only" hides the "not" inside it.
        self.negation = self._phrases("negation", "pseudo")
        self.no_proof = self._phrases("noproof", "pseudo")
        self.hedge = self._phrases("hedge", "nohedge")
        self.absolute = self._phrases("absolute", "notabsolute")
        self.report = self._phrases("report")
        self.reject = self._phrases("reject", "pseudo")
        self.reject_heading = self._phrases("rejecthead")
        self.fact_heading = self._phrases("facthead")
        self.terminator = self._phrases("terminator")
        self.no_claim = self._phrases("noclaim")
        self.open = self._phrases("open", "notopen")
        self.claimed = self._phrases("claimed")
        self.lead = self._phrases("lead")
        self.denies = self._phrases("denies")

    def rejections(self, text: str) -> list[Hit]:
        """Find what rejects something in a text, look-alikes left out."""
        return [h for h in self.reject.find(text) if h.row.type == "reject"]

    def relation_stem(self, word: str) -> str:
        """Give the relation cue that a word is a regular form of, without a parse; or ""."""
        return self._stem_of(word)

    def _stem(self, word: str) -> str:
        word = word.strip(".,;:!?()\"'")
        for ending, put in _ENDINGS:
            if word.endswith(ending):
                stem = word[: len(word) - len(ending)] + put
                if stem in self.relations:
                    return stem
        return ""

    def _phrases(self, *types: str) -> PhraseCues:
        return PhraseCues((r for r in self.rows if r.type in types), self._scan)

    @classmethod
    def load(cls, path: Path = CUES) -> Cues:
        """Read a cue table; raise CueError with every fault at once."""
        with path.open(encoding="utf-8", newline="") as f:
            reader = csv.DictReader(f)
            if tuple(reader.fieldnames or ()) != COLUMNS:
                raise CueError(f"{path}:1: the columns must be {','.join(COLUMNS)}")
            lines = list(enumerate(reader, start=2))
        faults, seen = [], set()
        for n, line in lines:
            if line["type"] not in TYPES:
                faults.append(f"{path}:{n}: type {line['type']!r} is not one of {', '.join(sorted(TYPES))}")
            if not line["pattern"] or line["pattern"] != fold(line["pattern"]).strip():
                faults.append(f"{path}:{n}: pattern {line['pattern']!r} must be lower case and not empty")
            if line["id"] in seen:
                faults.append(f"{path}:{n}: cue {line['id']} is there twice")
            seen.add(line["id"])
        if faults:
            raise CueError("\n".join(faults))
        return cls(CueRow(r["id"], r["type"], r["pattern"], r["value"], r["frame"]) for _, r in lines)


@lru_cache(maxsize=1)
def default_cues() -> Cues:
    """Load the shipped cue table once."""
    return Cues.load()
