"""What a token is told to be, as spaCy's attribute ruler and lemmatizer tell it, but quickly.

The ruler matches 179 patterns on every token; the lemmatizer looks each word up in its tables, token by token. What
they give depends on little of a token and its neighbours, so they are asked once for each such case, and remembered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc, Token
from spacy.vocab import Vocab

_COLUMNS: list[int | str] = ["TAG", "DEP", "POS", "MORPH", "LEMMA"]
_ASKED: list[int | str] = ["TAG", "DEP", "IS_SPACE", "LOWER", "ORTH", "IS_PUNCT", "LIKE_NUM"]
# Spellings behind the ruler's regular expressions: "^n'?t$", "^n[ou]thin'$", "^y'?$".
_SPELLED = frozenset({"n't", "nt", "nothin'", "nuthin'", "y", "y'"})
# Words come without end on a long run: beyond so many, what they are is asked for again.
_MOST = 50_000
# What the ruler can ask of a token: tag, kind of arc, space, word, words beside it, whether an expletive is before it.
_Case = tuple[int, int, int, int, int, int, bool]
_Values = tuple[int, int, int, int, int]


class Told(NamedTuple):
    """What a token is by itself, spelled as spaCy spells it."""

    text: str
    lower: str
    lemma: str
    pos: str
    tag: str
    dep: str
    is_space: bool
    is_punct: bool
    like_num: bool


_NEVER: frozenset[int] = frozenset()
_NOTHING = [0, 0, 0, 0]
# An arc of no pattern, in the place of all such.
_PLAIN_ARC = "amod"


class Attributes:
    """Tells of a tagged and parsed document what its attribute ruler and its lemmatizer would set."""

    def __init__(self, ruler: AttributeRuler, lemmatizer: Any, vocab: Vocab, tags: Iterable[str] = ()) -> None:
        """Take the two of a pipeline; the ruler is asked at once of the words that it knows, and of plain ones."""
        self._ruler, self._lemmatizer, self._strings = ruler, lemmatizer, vocab.strings
        index = lemmatizer.lookups.get_table("lemma_index")
        for part_of_speech, words in list(index.items()):
            index[part_of_speech] = frozenset(words)  # a list of thousands, searched for every form of a word
        entries: list[Any] = list(ruler.patterns)
        patterns: list[list[dict[str, Any]]] = [p for entry in entries for p in entry["patterns"]]
        pairs = [p for p in patterns if len(p) > 1]
        self._firsts = self._numbers(_SPELLED, *(_named(p[0].get("LOWER")) for p in pairs))
        self._seconds = self._numbers(_SPELLED, *(_named(p[1].get("LOWER")) for p in pairs))
        # The tags under which a word is asked for by name (None: any), the arcs told apart for a word, or for all (0).
        self._tags: dict[int, frozenset[int] | None] = dict.fromkeys(self._firsts | self._seconds)
        self._arcs: defaultdict[int, frozenset[int]] = defaultdict(frozenset)
        for asked in (token for pattern in patterns for token in pattern):
            words, arcs = (self._numbers(_named(asked.get(name))) for name in ("LOWER", "DEP"))
            self._note(words, arcs, _required(asked.get("TAG")))
        self._expletive = vocab.strings.add("expl")
        self._paired = self._firsts | self._seconds
        self._told: dict[tuple[int | _Case, ...], Told] = {}
        self._known: dict[_Case, _Values] = {}
        self._ask_in_advance(vocab, list(tags))

    def __call__(self, doc: Doc) -> list[Told]:
        """Tell what each token of a document is."""
        if not len(doc):
            return []
        asked: list[list[int]] = doc.to_array(_ASKED).tolist()
        keys = list(self._keys(asked))
        if len(self._told) > _MOST:
            self._told.clear()
        new = {key: i for i, key in enumerate(keys) if key not in self._told}
        if new:
            self._told.update(zip(new, self._tell(doc, asked, new.values()), strict=True))
        return [self._told[key] for key in keys]

    def _keys(self, asked: list[list[int]]) -> Iterator[tuple[int | _Case, ...]]:
        """Name of each token what it is told to be depends on: its neighbours count for few words."""
        for i, (tag, dep, _, word, orth, *_) in enumerate(asked):
            alone = word not in self._paired and dep != self._expletive
            yield (tag, dep, orth) if alone else (dep, orth, self._case(asked, i))

    def _tell(self, doc: Doc, asked: list[list[int]], places: Iterable[int]) -> list[Told]:
        """Tell what the tokens at some places of a document are."""
        cases = [self._case(asked, i) for i in range(len(asked))]
        if not all(case in self._known for case in cases):
            self._ask(doc, cases)
        # The ruler names the arc of a space anew, and of nothing else.
        values = [
            (v[0], v[1] if row[2] else row[1], *v[2:])
            for row, v in zip(asked, (self._known[case] for case in cases), strict=True)
        ]
        array: Any = np.array(values, dtype=np.uint64)
        doc.from_array(_COLUMNS, array)  # the lemmatizer looks at the token
        return [self._told_of(doc[i], asked[i], values[i]) for i in places]

    def _told_of(self, token: Token, row: list[int], values: _Values) -> Told:
        name = self._spelled
        return Told(
            text=name(row[4]),
            lower=name(row[3]),
            lemma=name(values[4]) or self._lemmatizer.lemmatize(token)[0],
            pos=name(values[2]),
            tag=name(values[0]),
            dep=name(values[1]),
            is_space=bool(row[2]),
            is_punct=bool(row[5]),
            like_num=bool(row[6]),
        )

    def _spelled(self, number: int) -> str:
        return self._strings[number] if number else ""

    def _note(self, words: frozenset[int], arcs: frozenset[int], tags: frozenset[str] | None) -> None:
        """Note what a pattern asks of one token."""
        for word in words or (0,):
            self._arcs[word] |= arcs
        for word in words:
            known = self._tags.get(word, frozenset())
            self._tags[word] = None if known is None or tags is None else known | self._numbers(tags)

    def _ask_in_advance(self, vocab: Vocab, tags: list[str]) -> None:
        """Ask the ruler of the words that it knows under their tags, and of a plain word under each tag."""
        name = self._strings.__getitem__
        named = [(word, tag) for word, some in self._tags.items() for tag in sorted(some or ())]
        asked = [(name(word), name(tag), arc) for word, tag in named for arc in self._told_apart(word)]
        asked += [("x", tag, arc) for tag in tags for arc in self._told_apart(0)]
        if asked:
            words, each_tag, arcs = map(list, zip(*asked, strict=True))
            doc = Doc(vocab, words=words, tags=each_tag, deps=arcs, heads=[0] * len(asked))
            asked_of: list[list[int]] = doc.to_array(_ASKED).tolist()
            self._ask(doc, [self._case(asked_of, i) for i in range(len(doc))])

    def _told_apart(self, word: int) -> list[str]:
        return [_PLAIN_ARC, *sorted(self._strings[arc] for arc in self._arcs[word] | self._arcs[0] if arc)]

    def _ask(self, doc: Doc, cases: list[_Case]) -> None:
        self._ruler(doc)
        self._known.update(zip(cases, map(tuple, doc.to_array(_COLUMNS).tolist()), strict=True))

    def _case(self, asked: list[list[int]], i: int) -> _Case:
        """Name of a token all that a pattern of the ruler can ask for."""
        tag, dep, space, word, *_ = asked[i]
        _, arc_before, _, before, *_ = asked[i - 1] if i else _NOTHING
        after = asked[i + 1][3] if i + 1 < len(asked) else 0
        opens, ends = word in self._firsts or dep == self._expletive, word in self._seconds
        under = self._tags.get(word, _NEVER)
        named = word if under is None or tag in under else 0
        return (
            tag,
            dep if dep in self._arcs[0] or (named and dep in self._arcs[named]) else bool(dep),
            space,
            named,
            before if ends and before in self._firsts else 0,
            after if opens and after in self._seconds else 0,
            ends and arc_before == self._expletive,
        )

    def _numbers(self, *words: Iterable[str]) -> frozenset[int]:
        return frozenset(self._strings.add(word) for some in words for word in some)


def _required(asked: Any) -> frozenset[str] | None:
    """List the tags of which a condition asks for one; None where others may do."""
    if isinstance(asked, str):
        return frozenset([asked])
    return frozenset(asked["IN"]) if isinstance(asked, dict) and "IN" in asked else None


def _named(asked: Any) -> Iterator[str]:
    """Yield the words that a condition of a pattern names."""
    if isinstance(asked, str):
        yield asked
    elif isinstance(asked, dict):
        yield from asked.get("IN", ())
        yield from asked.get("NOT_IN", ())
