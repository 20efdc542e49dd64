"""Sort what is read wrongly by kind, the worst first: where the next person should look.

Worst is what a reviewer would be shown wrongly or would miss: flagged before unflagged, then by harm.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from models.evaluate import SLOTS, Claim, Statement, align, gold_statements, pair, predicted_statements, slot_right

__all__ = ["KINDS", "ReadingError", "aligned", "lay_out", "reading_errors"]

KINDS = ("missed statement", "false statement", "missed claim", "false claim", *SLOTS)
# Free text: what stood where is a list of pairs that occur once, so they are counted as one.
_TEXTS = frozenset({"subject", "object"})
_WIDTH = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingError:
    """Something that was read otherwise than labelled; `confusion` is the pair of values of a slot."""

    kind: str
    confusion: str
    page: str
    quote: str
    wanted: str
    got: str
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Passage:
    id: str
    text: str
    gold: Sequence[Statement]
    found: Sequence[Statement]

    @property
    def pairs(self) -> list[tuple[Statement, Statement]]:
        """The statements that were found, as labelled and as read."""
        at = pair([s.span for s in self.gold], [s.span for s in self.found])
        return [(self.gold[i], self.found[j]) for i, j in sorted(at)]

    def quote(self, s: Statement) -> str:
        """Give a statement's words on one line."""
        return " ".join(self.text[slice(*s.span)].split())


def reading_errors(gold: Sequence[Mapping[str, Any]], reports: Iterable[Mapping[str, Any]]) -> list[ReadingError]:
    """List all that is read otherwise than labelled: by kind, then the worst first."""
    found = [error for passage in _passages(gold, reports) for error in _errors(passage)]
    return sorted(found, key=lambda e: (KINDS.index(e.kind), -e.weight, e.page, e.quote))


def aligned(gold: Sequence[Mapping[str, Any]], reports: Iterable[Mapping[str, Any]]) -> list[tuple[Claim, Claim]]:
    """Pair the claims of statements that were found, as labelled and as read."""
    return [
        both
        for passage in _passages(gold, reports)
        for wanted, got in passage.pairs
        for both in align(wanted.claims, got.claims)
    ]


def _passages(gold: Sequence[Mapping[str, Any]], reports: Iterable[Mapping[str, Any]]) -> Iterator[_Passage]:
    claims = {report["id"]: report.get("claims", ()) for report in reports}
    for raw in gold:
        yield _Passage(
            id=raw["id"],
            text=raw["text"],
            gold=gold_statements(raw),
            found=predicted_statements(claims.get(raw["id"], ())),
        )


def _errors(passage: _Passage) -> Iterator[ReadingError]:
    pairs = passage.pairs
    met, right = [g for g, _ in pairs], [p for _, p in pairs]
    for s in passage.gold:
        if s not in met:
            yield _lone("missed statement", passage, s)
    for s in passage.found:
        if s not in right:
            yield _lone("false statement", passage, s)
    for wanted, got in pairs:
        yield from _claim_errors(passage, wanted, got)


def _lone(kind: str, passage: _Passage, s: Statement) -> ReadingError:
    claims = "; ".join(map(shown, s.claims))
    missed = kind.startswith("missed")
    return ReadingError(
        kind=kind,
        confusion="",
        page=passage.id,
        quote=passage.quote(s),
        wanted=claims if missed else "no claim",
        got="nothing" if missed else claims,
        weight=max(map(_weight, s.claims)),
    )


def _claim_errors(passage: _Passage, wanted: Statement, got: Statement) -> Iterator[ReadingError]:
    both = align(wanted.claims, got.claims)
    quote = passage.quote(wanted)
    for kind, all_of, some in (
        ("missed claim", wanted.claims, [g for g, _ in both]),
        ("false claim", got.claims, [p for _, p in both]),
    ):
        for c in all_of:
            if not any(c is other for other in some):
                yield _lone(kind, passage, Statement(span=wanted.span, claims=(c,)))
    for g, p in both:
        for slot in SLOTS:
            if not slot_right(slot, g, p):
                yield ReadingError(
                    kind=slot,
                    confusion="" if slot in _TEXTS else f"{g.get(slot)} read as {p.get(slot)}",
                    page=passage.id,
                    quote=quote,
                    wanted=shown(g),
                    got=shown(p),
                    weight=max(_weight(g), _weight(p)),
                )


def _weight(c: Claim) -> int:
    return 4 * bool(c.get("flag")) + int(c.get("harm") or 0)


def shown(c: Claim) -> str:
    """Show a claim on a line."""
    denied = "NOT " if c.get("polarity") == "deny" else ""
    return f"{c.get('subject')} {denied}{c.get('relation')} {c.get('object')} ({c.get('strength')}, {c.get('voice')})"


def lay_out(errors: Sequence[ReadingError], pairs: Sequence[tuple[Claim, Claim]], most: int) -> Iterator[str]:
    """Give each kind with its `most` frequent confusions and worst examples, then relations against one another."""
    for kind in KINDS:
        of_kind = [e for e in errors if e.kind == kind]
        if not of_kind:
            continue
        share = f" of {len(pairs)} aligned claims" if kind in SLOTS else ""
        yield f"{kind}: {len(of_kind)}{share}"
        for confusion, n in Counter(e.confusion for e in of_kind if e.confusion).most_common(most):
            yield f"    {n:5}  {confusion}"
        for e in _spread(of_kind, most):
            yield f"  {e.page}: {e.quote}"
            yield f"      wanted  {e.wanted}"
            yield f"      got     {e.got}"
        yield ""
    yield from _matrix(Counter((str(g.get("relation")), str(p.get("relation"))) for g, p in pairs))


def _spread(errors: Sequence[ReadingError], most: int) -> Iterator[ReadingError]:
    """Take the worst of each confusion in turn, the most frequent confusion first."""
    queues: defaultdict[str, list[ReadingError]] = defaultdict(list)
    for e in errors:
        queues[e.confusion].append(e)
    ranked = sorted(queues.values(), key=len, reverse=True)
    return islice((queue[i] for i in range(most) for queue in ranked if i < len(queue)), most)


def _matrix(counts: Counter[tuple[str, str]]) -> Iterator[str]:
    names = sorted({name for both in counts for name in both})
    yield "relations of aligned claims: a row as labelled, a column as read"
    yield " " * _WIDTH + "".join(f"{name[: _WIDTH - 2]:>{_WIDTH}}" for name in names)
    for wanted in names:
        yield f"{wanted:{_WIDTH}}" + "".join(f"{counts[wanted, got] or '.':>{_WIDTH}}" for got in names)
