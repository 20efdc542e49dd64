"""Which sentences carry a health claim: a linear model over words, concept kinds and cues.

Concepts are replaced by their kind ("kratom" becomes ACTOR), so that what is learned on one topic
holds on the next; the model sees the words around them and the page they stand on. On a page that is read whole
boosted trees over `models.beside` look again, at each sentence's score among those of the others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from claims.concepts import ACTOR_KINDS, CONDITION_KINDS
from claims.cues import Cues, default_cues
from claims.lexicon import Lexicon, fold
from claims.page import Page
from claims.phrases import PERSON, Grounded
from models.beside import describe_places
from models.linear import Linear
from models.stored import Arrays, load_models
from models.syntax import syntax_marks
from models.trees import Trees

ARTIFACTS = Path(__file__).parent / "artifacts"
GATE, CONFIRM, BESIDE = "gate.npz", "confirm.npz", "beside.npz"
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+(?:[.,]\d+)*|[%?!$:•]")
_CALL = re.compile(
    r"^(?:click|call|contact|visit|read|learn|sign|shop|buy|order|add|subscribe|book|see|check|find|discover|follow|share|get)\b"
)


@dataclass(frozen=True, slots=True)
class Described:
    """A sentence as the model sees it: its words with concepts replaced, and tokens for what surrounds it."""

    words: str
    marks: str
    syntax: str = ""


def describe(page: Page, lexicon: Lexicon, cues: Cues, wanted: Sequence[int] | None = None) -> list[Described]:
    """Describe the wanted sentences of a page, by default all, in their order; costs no parse."""
    own = {i: _marks(page, i, lexicon, cues) for i in (range(len(page.sentences)) if wanted is None else wanted)}
    lent = {i: [m for m in marks if m in _SHARED] for i, marks in own.items()}
    density = f"page{min(4, int(page.on_health * 5))}"
    out = []
    for i, own_marks in own.items():
        marks = [*own_marks, density]
        for shift, name in ((-1, "prev"), (1, "next")):
            if 0 <= i + shift < len(page.sentences):
                if i + shift not in lent:
                    lent[i + shift] = _lent(page, i + shift, lexicon, cues)
                marks += [f"{name}_{m}" for m in lent[i + shift]]
        out.append(Described(" ".join(_words(page, i, lexicon)), " ".join(marks)))
    return out


_SHARED = frozenset({"actor", "cond", "func", "rel", "heading", "list_item", "question", "call"})


def _lent(page: Page, i: int, lexicon: Lexicon, cues: Cues) -> list[str]:
    """Say of a sentence that is not wanted itself what its neighbours are told by: its shared marks."""
    sentence = page.sentences[i]
    text = fold(sentence.text)
    kinds = {_kind_token(lexicon.kind(m.concept)) for m in page.mentions[i]}
    marks: list[str] = [sentence.kind] if sentence.kind in {"heading", "list_item"} else []
    marks += [name for token, name in (("ACTOR", "actor"), ("COND", "cond"), ("FUNC", "func")) if token in kinds]
    if any(map(cues.relation_stem, text.split())):
        marks.append("rel")
    if text.endswith("?"):
        marks.append("question")
    if _CALL.match(text):
        marks.append("call")
    return marks


def _kind_token(kind: str) -> str:
    if kind in ACTOR_KINDS:
        return "ACTOR"
    if kind in CONDITION_KINDS:
        return "COND"
    return {"function": "FUNC", "target": "TARGET", "population": "GROUP", "authority": "AUTH"}.get(kind, "THING")


def _words(page: Page, i: int, lexicon: Lexicon) -> list[str]:
    text, at, pieces = fold(page.sentences[i].text), 0, []
    for m in page.mentions[i]:
        pieces += _plain(text[at : m.start])
        pieces.append(_kind_token(lexicon.kind(m.concept)))
        at = m.end
    return ["^", *pieces, *_plain(text[at:]), "$"]


def _plain(text: str) -> list[str]:
    return ["NUM" if w[0].isdigit() else w for w in _WORD.findall(text)]


def _marks(page: Page, i: int, lexicon: Lexicon, cues: Cues) -> list[str]:
    sentence, mentions = page.sentences[i], page.mentions[i]
    text = fold(sentence.text)
    kinds = [_kind_token(lexicon.kind(m.concept)) for m in mentions]
    words = text.split()
    marks = [sentence.kind, f"len{min(6, len(words) // 6)}"]
    marks += [
        name
        for token, name in (("ACTOR", "actor"), ("COND", "cond"), ("FUNC", "func"), ("TARGET", "target"))
        if token in kinds
    ]
    marks.append(f"kinds{min(4, len(kinds))}")
    if any(m.concept == page.topic for m in mentions):
        marks.append("topic")
    relations = {r.value.strip("!") for w in words for r in cues.relations.get(cues.relation_stem(w), ())}
    marks += [f"rel_{v}" for v in sorted(relations)] + (["rel"] if relations else [])
    if relations and "ACTOR" in kinds:
        marks.append("rel_actor")
    if relations and ("COND" in kinds or "FUNC" in kinds):
        marks.append("rel_cond")
    if "ACTOR" in kinds and ("COND" in kinds or "FUNC" in kinds):
        marks.append("actor_cond")
    marks += _cue_marks(sentence.text, cues)
    first = words[0].strip("\"'“”.,") if words else ""
    opening = "back" if first in _POINTING else "person" if first in PERSON else "plain"
    named = f"kinds{min(2, len(kinds))}_rel{bool(relations):d}"
    marks += [f"opens_{opening}", f"opens_{opening}&{named}", named, f"{named}&len{min(6, len(words) // 6)}"]
    if sentence.kind == "list_item" and len(words) <= 6 and _explained(page, i):
        marks.append("label")
    if text.endswith("?"):
        marks.append("question")
    if text.endswith(":"):
        marks.append("leadin")
    if _CALL.match(text):
        marks.append("call")
    if re.search(r"\b(?:you|your)\b", text):
        marks.append("you")
    if re.search(r"\b(?:we|our|us|i|my)\b", text):
        marks.append("we")
    if re.search(r"\d", text):
        marks.append("digit")
    if "%" in text or "percent" in text:
        marks.append("percent")
    return marks


_POINTING = frozenset("it this that these those they its their such".split())


def _explained(page: Page, i: int) -> bool:
    """Tell whether a list item is the label of the paragraph below it, not a bullet among bullets."""
    return i + 1 < len(page.sentences) and page.sentences[i + 1].kind == "paragraph"


def _cue_marks(text: str, cues: Cues) -> list[str]:
    kinds = (("hedge", cues.hedge), ("neg", cues.negation), ("report", cues.report))
    marks = [name for name, found in kinds if found.find(text)]
    idle = [f"noclaim_{h.row.id}" for h in cues.no_claim.find(text)]
    return [*marks, "noclaim", *idle] if idle else marks


class Detector:
    """Scores sentences between 0 (no claim) and 1 (a claim): cheaply, then with the parse, then among the others."""

    def __init__(self, models: Mapping[str, Arrays], lexicon: Lexicon, cues: Cues) -> None:
        self._gate, self._confirm, self._beside = Linear(models[GATE]), Linear(models[CONFIRM]), Trees(models[BESIDE])
        self._lexicon, self._cues = lexicon, cues

    @classmethod
    def load(cls, lexicon: Lexicon, cues: Cues | None = None, folder: Path = ARTIFACTS) -> Detector:
        """Load the shipped models."""
        return cls(load_models(folder, (GATE, CONFIRM, BESIDE)), lexicon, cues or default_cues())

    def describe(self, page: Page, wanted: Sequence[int] | None = None) -> list[Described]:
        """Describe the wanted sentences of a page, by default all, for both scores."""
        return describe(page, self._lexicon, self._cues, wanted)

    def gate(self, described: Sequence[Described]) -> list[float]:
        """Score sentences by words and surroundings alone: what to parse."""
        return probabilities(self._gate, described)

    def confirm(self, described: Mapping[int, Described], docs: Mapping[int, Grounded]) -> dict[int, float]:
        """Score the sentences that were parsed, by sentence index."""
        chosen = sorted(docs)
        rows = [replace(described[i], syntax=syntax_marks(docs[i])) for i in chosen]
        return dict(zip(chosen, probabilities(self._confirm, rows), strict=True))

    def beside(self, page: Page, gate: Mapping[int, float], confirmed: Mapping[int, float]) -> dict[int, float]:
        """Score what was parsed again, among the scores of all sentences of a page that is read whole."""
        places = describe_places(page, gate, confirmed, self._lexicon)
        return dict(zip(places, self._beside.probabilities(list(places.values())), strict=True))


def probabilities(model: Linear, described: Sequence[Described]) -> list[float]:
    """Give each sentence's probability of carrying a claim, by one of the detectors."""
    return [p[1] for p in model.probabilities((d.words, d.marks, d.syntax) for d in described)]


def as_rows(described: Sequence[Described]) -> np.ndarray:
    """Lay descriptions out as an array of strings, shape (sentences, 3): words, marks, syntax."""
    return np.array([[d.words, d.marks, d.syntax] for d in described], dtype=object)
