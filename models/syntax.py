"""A parsed sentence as tokens for the detector: its dependencies, with concepts replaced by their kind."""

from __future__ import annotations

from claims.candidate import label
from claims.phrases import PERSON, Grounded
from claims.tokens import Token

_KEPT = frozenset(
    "nsubj nsubjpass dobj attr acomp pobj xcomp ccomp relcl conj amod compound prep aux neg advmod ROOT".split()
)
_LOUD = frozenset({"nsubj", "nsubjpass", "dobj", "attr", "acomp", "aux"})


def syntax_marks(g: Grounded) -> str:
    """Describe a sentence's dependencies, its main verb, its tense and modals."""
    marks: list[str] = []
    for t in g.tokens:
        if t.pos_ in {"PUNCT", "DET", "SPACE"} or t.dep_ not in _KEPT:
            continue
        label, head = _label(t, g), _label(t.head, g)
        marks.append(f"{t.dep_}_{head}_{label}")
        if t.dep_ in _LOUD:
            marks += [f"{t.dep_}_{label}", f"{t.dep_}h_{head}"]
        if t.dep_ == "ROOT":
            marks += _root_marks(t, g)
        if t.tag_ == "MD":
            marks.append(f"modal_{t.lower_}")
        if t.tag_ == "VBD":
            marks.append("past")
        if t.pos_ == "PROPN" and t.i not in g.at:
            marks.append("name")
    return " ".join(marks) or "nothing"


def _root_marks(root: Token, g: Grounded) -> list[str]:
    subject = next((c for c in root.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    label = _label(subject, g) if subject is not None else "none"
    return [
        f"root_{_label(root, g)}",
        f"roottag_{root.tag_}",
        f"rootsubject_{label}",
        f"rootsubject_{label}_{root.tag_}",
    ]


def _label(t: Token, g: Grounded) -> str:
    return "PERSON" if t.lemma_.lower() in PERSON else label(t, g)
