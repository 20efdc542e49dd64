"""What is left out of a statement's claims: what is hardly trusted beside better ones, and what only says one again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from claims.candidate import WORDED_RELATIONS
from claims.types import Claim

# A claim trusted less stands only where its statement has no better one: of those below it, beside others, one in seven
# is right, and without them triples F1 is 0.007 to 0.014 higher (labelled topics left out, real articles and the
# founding ones, November 2026), as at any limit from 0.15 to 0.25.
TRUSTED_BESIDE_OTHERS = 0.2
# Two wordings that share more than this much of their words say the same thing.
_RETOLD = 0.5


def without_surplus(claims: Sequence[Claim]) -> list[Claim]:
    """Keep, in their order, what each statement surely says, its best claim at least, and every number."""
    best: dict[int, float] = defaultdict(float)
    for c in claims:
        best[c.start] = max(best[c.start], c.trust)
    likely = [c for c in claims if c.relation == "statistic" or c.trust >= min(TRUSTED_BESIDE_OTHERS, best[c.start])]
    retold = set(_retold(likely))
    return [c for n, c in enumerate(likely) if n not in retold]


def _retold(claims: Sequence[Claim]) -> Iterable[int]:
    """Yield the places of claims in words that a surer one of their statement tells, too."""
    surer: dict[tuple[int, str, str, str], list[Claim]] = defaultdict(list)
    for n, c in sorted(enumerate(claims), key=lambda pair: -pair[1].trust):
        if c.relation not in WORDED_RELATIONS:
            continue
        beside = surer[c.start, c.subject, c.relation, c.polarity]
        if any(_says_again(c, other) for other in beside):
            yield n
        else:
            beside.append(c)


def _says_again(c: Claim, other: Claim) -> bool:
    """Tell whether a claim adds no fields to another, and few words."""
    ours, theirs = set(c.object.split()), set(other.object.split())
    shared = 2 * len(ours & theirs) / max(1, len(ours) + len(theirs))
    return c.object_id in {"", other.object_id} and shared > _RETOLD
