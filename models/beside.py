"""A second look at the sentences of a page: what is a statement shows by what stands around it, too.

The detector scores each sentence by its own words, with a few marks of its neighbours. Here the scores of the whole
page are laid out: a doubtful line among sure ones, or the one sure line of a page of stories.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import get_args

from claims.lexicon import Lexicon
from claims.page import Page
from claims.types import BlockKind

__all__ = ["NAMES", "PARSE_OF_WHOLE", "Place", "describe_places"]

# Of a page that is read whole, what the gate scores below this is not parsed.
PARSE_OF_WHOLE = 0.25

# What the numbers of a description are; scores are probabilities, means are of log odds.
NAMES = (
    "score", "score before the parse", "one before", "one after", "two before", "two after",
    "mean of six around", "mean of the page", "mean of the block", "block", "words", "place", "sentences",
    "share on health", "concepts", "names what acts", "names the topic", "below a heading", "asks", "leads in",
)  # fmt: skip

Place = tuple[float, ...]

_KINDS = {kind: float(n) for n, kind in enumerate(get_args(BlockKind))}
_NONE, _NO_BLOCK, _LEAST = -1.0, -9.0, 0.001
_AROUND = 3


def describe_places(
    page: Page, gate: Mapping[int, float], confirmed: Mapping[int, float], lexicon: Lexicon
) -> dict[int, Place]:
    """Describe where each confirmed sentence stands, by sentence index, as numbers in the order of `NAMES`.

    `gate` holds the score of every sentence before a parse, `confirmed` the score of those that were parsed.
    """
    n = len(page.sentences)
    scores = [round(confirmed.get(i, gate[i]), 3) for i in range(n)]
    odds = [_log_odds(p) for p in scores]
    total = math.fsum(odds)
    blocks: dict[int, list[int]] = {}
    for i, s in enumerate(page.sentences):
        blocks.setdefault(s.block, []).append(i)

    def score(i: int) -> float:
        return scores[i] if 0 <= i < n else _NONE

    out = {}
    for i in sorted(confirmed):
        sentence, mentions = page.sentences[i], page.mentions[i]
        around = [odds[j] for j in range(max(0, i - _AROUND), min(n, i + _AROUND + 1)) if j != i]
        beside = [odds[j] for j in blocks[sentence.block] if j != i]
        text = sentence.text.rstrip()
        out[i] = (
            scores[i],
            round(gate[i], 3),
            *(score(i + shift) for shift in (-1, 1, -2, 2)),
            _mean(around, 0.0),
            (total - odds[i]) / max(1, n - 1),
            _mean(beside, _NO_BLOCK),
            _KINDS[sentence.kind],
            float(len(text.split())),
            i / n,
            float(n),
            page.on_health,
            float(len(mentions)),
            float(any(lexicon.is_actor(m.concept) for m in mentions)),
            float(any(m.concept == page.topic for m in mentions)),
            float(i > 0 and page.sentences[i - 1].kind == "heading"),
            float(text.endswith("?")),
            float(text.endswith(":")),
        )
    return out


def _log_odds(p: float) -> float:
    p = min(max(p, _LEAST), 1 - _LEAST)
    return math.log(p / (1 - p))


def _mean(numbers: list[float], if_none: float) -> float:
    return round(math.fsum(numbers) / len(numbers), 3) if numbers else if_none
