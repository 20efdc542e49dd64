"""Word a claim that has no thing as its object: the few words of its sentence that say what it says.

A model says of each word how likely it is kept; here words are described for it, and chosen. What a rule read as a
number or a dose keeps its figure, as figures are judged.
"""

from __future__ import annotations

from collections.abc import Sequence

from claims.candidate import Candidate, label
from claims.lexicon import fold
from claims.numbers import figure
from claims.phrases import Grounded
from claims.tokens import Token
from claims.types import Relation
from claims.words import word_list, word_map

# They tell nothing, and nobody asks whether they are kept.
_SMALL = word_list("small words")
# Labelled objects in words have 4.4 on average, one in 140 more than nine.
_LONGEST = 9
_NEAR = (-2, -1, 1, 2)
# Marks of candidates whose rule read a figure.
_FIGURED = frozenset({"own_statistic", "own_use"})


def telling_words(g: Grounded) -> list[Token]:
    """List the words of a sentence that a gist could keep."""
    return [t for t in g.tokens if t.lower_ not in _SMALL and any(x.isalnum() for x in t.text)]


def word_marks(words: Sequence[Token], g: Grounded, topic: str) -> list[str]:
    """Describe each telling word of a sentence by itself, as marks for the model; `topic` is the page's."""
    labels = [label(t, g) for t in g.tokens]
    return [" ".join(_own_marks(t, g, topic, labels)) for t in words]


def _own_marks(t: Token, g: Grounded, topic: str, labels: Sequence[str]) -> list[str]:
    at, head, size = t.i, labels[t.head.i], len(labels)
    return [
        f"word_{labels[at]}",
        f"pos_{t.pos_}",
        f"kind_{g.kind(t)}",
        f"topic_{bool(topic) and g.concept(t) == topic}",
        f"head_{head}",
        f"{t.dep_}_of_{head}",
        f"number_{t.like_num}",
        f"start{min(4, at // 5)}",
        f"end{min(3, (size - 1 - at) // 4)}",
        f"long{min(5, size // 6)}",
        *(f"near{step}_{labels[at + step] if 0 <= at + step < size else None}" for step in _NEAR),
    ]


def claim_marks(c: Candidate, relation: Relation, words: Sequence[Token], g: Grounded) -> list[str]:
    """Describe how each telling word of a sentence stands to a claim that is made in it, as marks for the model."""
    paths = _paths(c.trigger)
    subject = c.subject_words
    said = set(c.object.text.split())
    verb = c.trigger.lemma_.lower()
    out = []
    for t in words:
        told = fold(t.text) in said or t.lemma_.lower() in said
        marks = [f"path_{paths.get(t.i, 'above')}", f"told_{told}", f"framed_{t.i in subject}"]
        shift = t.i - c.trigger.i
        crossed = [
            *marks,
            f"word_{label(t, g)}",
            f"pos_{t.pos_}",
            f"dep_{t.dep_}",
            f"at_{(shift > 0) - (shift < 0)}_{min(5, abs(shift) // 3)}",
            f"{t.pos_}_told_{told}",
            f"{t.pos_}_framed_{t.i in subject}",
        ]
        out.append(" ".join([*marks, *(f"{relation}_{m}" for m in crossed), f"{t.dep_}_in_{verb}"]))
    return out


def _paths(trigger: Token) -> dict[int, str]:
    """Spell the way from a trigger down to each word below it, three steps at most: "dobj/prep/pobj"."""
    paths = {trigger.i: "self"}
    open_: list[tuple[Token, tuple[str, ...]]] = [(trigger, ())]
    while open_:
        head, way = open_.pop()
        for child in head.children:
            paths[child.i] = "/".join([*way, child.dep_][:3]) + "+" * (len(way) > 2)
            open_.append((child, (*way, child.dep_)))
    return paths


def gist(c: Candidate, words: Sequence[Token], likely: Sequence[float], g: Grounded) -> str:
    """Word a candidate's claim, given the telling words of its sentence and how likely each is kept."""
    kept = {words[k].i for k in _best(likely)}
    # Numbers stay with what they count.
    kept |= {t.i for t in words if t.dep_ == "nummod" and t.head.i in kept}
    kept |= {t.i + 1 for t in words if t.i in kept and t.like_num and _is_stuck(t, g)}
    worded = _spelled([t for t in words if t.i in kept], g)
    by_rule = bool(_FIGURED.intersection(c.marks))
    return worded if worded and not (by_rule and figure(worded) != figure(c.object.text)) else c.object.text


# A denial is the claim's polarity, and no word of its object.
_DENYING = frozenset({"neither", "never", "no", "none", "nor", "not"})
_ACTS = word_map("acts")


def undenied(status: str) -> str:
    """Word the status that is denied: "approved by the fda" of "not approved by the fda" and of "unapproved by"."""
    words = [word for word in status.split() if word not in _DENYING] or status.split()
    return " ".join(word.removeprefix("un") if word in _ACTS else word for word in words)


def _best(likely: Sequence[float]) -> list[int]:
    """Choose the places with the best expected F1 against what a reader would keep.

    A reader is expected to keep what is likely here, and a word that the sentence does not have.
    """
    expected = 1 + sum(likely)
    order = sorted(range(len(likely)), key=lambda k: (-likely[k], k))[:_LONGEST]
    best, kept, total = 0.0, 0, 0.0
    for n, place in enumerate(order, start=1):
        total += likely[place]
        score = 2 * total / (n + expected)
        if score > best:
            best, kept = score, n
    return sorted(order[:kept])


def _is_stuck(number: Token, g: Grounded) -> bool:
    """Tell whether a number and its unit are one word: "5mg"."""
    end = number.idx + len(number.text)
    return g.text[end : end + 1].isalpha()


def _spelled(words: Sequence[Token], g: Grounded) -> str:
    """Spell some words of a sentence, with the prepositions, articles and signs that stand between two of them.

    Of "isn't" only what denies is a word to keep: "not".
    """
    out, last = "", None
    for t in words:
        start, end = _with_its_signs(t, g)
        near = last is not None and all(_joins(x) for x in g.tokens[last.i + 1 : t.i])
        out += g.text[_with_its_signs(last, g)[1] : end] if last is not None and near else f" {g.text[start:end]}"
        last = t
    return fold(out).replace(" n't", " not").strip()


def _with_its_signs(t: Token, g: Grounded) -> tuple[int, int]:
    """Give where a word starts and ends, with the "$" before it and the "%" behind it."""
    start, end = t.idx, t.idx + len(t.text)
    return start - (g.text[max(0, start - 1) : start] == "$"), end + (g.text[end : end + 1] == "%")


def _joins(t: Token) -> bool:
    joins = t.pos_ in {"ADP", "DET", "SCONJ"} and t.lower_ not in _DENYING
    return joins or t.lower_ in _SMALL or t.text in {"-", "–", "/", "%", "$", "'"}
