"""Score reports against gold passages: what was found, what was flagged, how it was read and judged.

A predicted statement matches a gold one when they overlap by at least half of the shorter. Inside a matched
statement claims are aligned one to one, the closest first. Gold claims that are "uncheckable" count for
statements and slots, not for verdicts. Reports are dicts in the JSON contract: `id` and `claims` are read.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from models.alike import ALIKE, alike

__all__ = ["FlagError", "Scores", "score", "stands"]

Claim = Mapping[str, Any]
Span = tuple[int, int]
Scores = dict[str, Any]

BAD = frozenset({"overstated", "unsupported", "contradicted"})
DECIDED = BAD | {"supported"}
SLOTS = ("relation", "subject", "object", "polarity", "strength", "voice")
OVERLAP = 0.5
# How a plain reader counts sentences; the unit of the rate of false flags.
_SENTENCE_END = re.compile(r"[.!?](?:\s|$)|\n")


class FlagError(NamedTuple):
    """A statement that was flagged wrongly or missed; `detail` holds the verdicts that it was given."""

    page: str
    kind: str
    quote: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A stretch of a passage with the claims that share it."""

    span: Span
    claims: tuple[Claim, ...]

    @property
    def flagged(self) -> bool:
        """Tell whether a reviewer would be shown it."""
        return any(claim.get("flag") for claim in self.claims)

    @property
    def verdicts(self) -> str:
        """List the verdicts that its claims were given."""
        return str([claim.get("verdict") for claim in self.claims])


@dataclass(slots=True)
class Tally:
    """Counts over all passages, from which every measure is worked out."""

    n: Counter[str] = field(default_factory=Counter)
    by_type: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    confusion: Counter[tuple[str, Any]] = field(default_factory=Counter)
    errors: list[FlagError] = field(default_factory=list)


def score(gold: Sequence[Mapping[str, Any]], reports: Iterable[Mapping[str, Any]]) -> tuple[Scores, list[FlagError]]:
    """Score reports against gold passages by id; also list every flag that was missed or wrong."""
    by_id = {report["id"]: report for report in reports}
    tally = Tally()
    for passage in gold:
        report = by_id.get(passage["id"])
        tally.n["missing"] += report is None
        _count_passage(passage, report or {}, tally)
    return _scores(len(gold), tally), tally.errors


def stands(passage: Mapping[str, Any], report: Mapping[str, Any]) -> dict[str, bool]:
    """Tell of each decided claim of a report whether it stands: the nearest gold claim is on the same side.

    One on a sentence without a gold claim, or nearest to one that is uncheckable, does not stand.
    """
    gold, found = gold_statements(passage), predicted_statements(report["claims"])
    partner = {j: i for i, j in pair([s.span for s in gold], [s.span for s in found])}
    told: dict[str, bool] = {}
    for j, statement in enumerate(found):
        near = gold[partner[j]].claims if j in partner else ()
        for claim in (c for c in statement.claims if c["verdict"] in DECIDED):
            best = max(near, key=lambda g: closeness(g, claim), default=None)
            told[claim["id"]] = best is not None and _same_side(best["verdict"], claim["verdict"])
    return told


def _same_side(gold: str, predicted: str) -> bool:
    return gold in DECIDED and (gold in BAD) == (predicted in BAD)


def gold_statements(passage: Mapping[str, Any]) -> list[Statement]:
    """Find where each gold statement stands in its passage; raise ValueError for a quote not there."""
    out, at = [], 0
    for statement in passage["statements"]:
        quote = statement["quote"]
        at = passage["text"].find(quote, at)
        if at < 0:
            raise ValueError(f"passage {passage['id']} does not hold the quote {quote[:60]!r} (in reading order)")
        out.append(Statement(span=(at, at + len(quote)), claims=tuple(statement["claims"])))
    return out


def predicted_statements(claims: Iterable[Claim]) -> list[Statement]:
    """Group claims by statement: spans that overlap by half are one, and grow together."""
    groups: list[tuple[Span, list[Claim]]] = []
    for claim in sorted(claims, key=lambda c: (c["start"], c["end"])):
        span = (claim["start"], claim["end"])
        at = next((i for i, (other, _) in enumerate(groups) if overlap(other, span) >= OVERLAP), None)
        if at is None:
            groups.append((span, [claim]))
        else:
            (start, end), held = groups[at]
            groups[at] = ((min(start, span[0]), max(end, span[1])), [*held, claim])
    return [Statement(span=span, claims=tuple(held)) for span, held in groups]


def overlap(a: Span, b: Span) -> float:
    """Give the share of the shorter span that both cover."""
    return (min(a[1], b[1]) - max(a[0], b[0])) / max(1, min(a[1] - a[0], b[1] - b[0]))


def pair(gold: Sequence[Span], predicted: Sequence[Span]) -> list[tuple[int, int]]:
    """Pair spans that overlap by half one to one, the best first; of equals, the last."""
    ranked = sorted(((overlap(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(predicted)), reverse=True)
    return list(_one_to_one((i, j) for covered, i, j in ranked if covered >= OVERLAP))


def align(gold: Sequence[Claim], predicted: Sequence[Claim]) -> list[tuple[Claim, Claim]]:
    """Align the claims of a statement one to one, the closest first; of equals, the first."""
    ranked = sorted(
        ((-closeness(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(predicted)),
    )
    return [(gold[i], predicted[j]) for i, j in _one_to_one((i, j) for _, i, j in ranked)]


def _one_to_one(ranked: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    lefts: set[int] = set()
    rights: set[int] = set()
    for i, j in ranked:
        if i not in lefts and j not in rights:
            lefts.add(i)
            rights.add(j)
            yield i, j


def closeness(gold: Claim, predicted: Claim) -> float:
    """Say how much two claims look like the same one, 0 to 5.5: their things first."""
    things = alike(gold.get("subject"), predicted.get("subject")) + alike(gold.get("object"), predicted.get("object"))
    relation = gold.get("relation") == predicted.get("relation")
    return 2 * things + relation + 0.5 * (gold.get("polarity") == predicted.get("polarity"))


def slot_right(slot: str, gold: Claim, predicted: Claim) -> bool:
    """Tell whether a slot was read as the gold has it; the gold knows no "absolute"."""
    if slot in ("subject", "object"):
        return alike(gold.get(slot), predicted.get(slot)) >= ALIKE
    got = predicted.get(slot)
    return bool(gold.get(slot) == ("definite" if got == "absolute" else got))


def _count_passage(passage: Mapping[str, Any], report: Mapping[str, Any], tally: Tally) -> None:
    gold, found = gold_statements(passage), predicted_statements(report.get("claims", ()))
    pairs = pair([s.span for s in gold], [s.span for s in found])
    n = tally.n
    n.update(statement_tp=len(pairs), statement_gold=len(gold), statement_predicted=len(found))
    n["gold_claims"] += sum(len(s.claims) for s in gold)
    n["checkable"] += sum(c["verdict"] != "uncheckable" for s in gold for c in s.claims)
    n["predicted_claims"] += sum(len(s.claims) for s in found)
    n["no_row"] += sum(bool(c.get("flag")) and not c.get("evidence") for s in found for c in s.claims)
    _count_flags(passage, gold, found, pairs, tally)
    for i, j in pairs:
        for g, p in align(gold[i].claims, found[j].claims):
            _count_claim(g, p, tally)


def _count_flags(
    passage: Mapping[str, Any],
    gold: Sequence[Statement],
    found: Sequence[Statement],
    pairs: Sequence[tuple[int, int]],
    tally: Tally,
) -> None:
    by_type = tally.by_type[passage["page_type"]]
    hits = {(i, j) for i, j in pairs if gold[i].flagged and found[j].flagged}
    for counter in (tally.n, by_type):
        counter["flag_tp"] += len(hits)
        counter["flag_gold"] += sum(s.flagged for s in gold)
        counter["flag_predicted"] += sum(s.flagged for s in found)
    by_type["sentences"] += max(1, len(_SENTENCE_END.findall(passage["text"])))
    right, met, partner = {j for _, j in hits}, {i for i, _ in hits}, dict(pairs)
    for j, s in enumerate(found):
        if s.flagged and j not in right:
            quote = passage["text"][s.span[0] : s.span[1]]
            tally.errors.append(FlagError(passage["id"], "false flag", quote, s.verdicts))
    for i, s in enumerate(gold):
        if s.flagged and i not in met:
            quote = passage["text"][s.span[0] : s.span[1]]
            detail = found[partner[i]].verdicts if i in partner else "not found"
            tally.errors.append(FlagError(passage["id"], "missed flag", quote, detail))


def _count_claim(gold: Claim, predicted: Claim, tally: Tally) -> None:
    n = tally.n
    right = {slot: slot_right(slot, gold, predicted) for slot in SLOTS}
    n["aligned"] += 1
    n.update({f"slot_{slot}": ok for slot, ok in right.items()})
    n["triple"] += right["relation"] and right["subject"] and right["object"]
    if gold["flag"] and predicted.get("flag") and predicted.get("harm") is not None:
        n["harm"] += 1
        n["harm_exact"] += gold["harm"] == predicted["harm"]
        n["harm_near"] += abs(gold["harm"] - predicted["harm"]) <= 1
    _count_verdict(gold["verdict"], predicted.get("verdict"), tally)


def _count_verdict(gold: str, predicted: str | None, tally: Tally) -> None:
    if gold == "uncheckable":
        return
    tally.confusion[gold, predicted] += 1
    if predicted in DECIDED:
        tally.n["decided"] += 1
        tally.n["verdict_exact"] += gold == predicted
        tally.n["verdict_side"] += (gold in BAD) == (predicted in BAD)


def _scores(passages: int, tally: Tally) -> Scores:
    n = tally.n
    return {
        "passages": passages,
        "not_predicted": n["missing"],
        "statement": _f1(n["statement_tp"], n["statement_predicted"], n["statement_gold"]),
        "flag": _flag_f1(n),
        "flag_by_page_type": {kind: _flag_f1(c) for kind, c in sorted(tally.by_type.items())},
        "claims": {
            "aligned": n["aligned"],
            "triple": _f1(n["triple"], n["predicted_claims"], n["gold_claims"]),
        },
        "flags_without_evidence_row": n["no_row"],
        "slots": {slot: share(n[f"slot_{slot}"], n["aligned"]) for slot in SLOTS},
        "verdict": {
            "coverage": share(n["decided"], n["checkable"]),
            "exact": share(n["verdict_exact"], n["decided"]),
            "good_or_bad": share(n["verdict_side"], n["decided"]),
        },
        "harm": {
            "exact": share(n["harm_exact"], n["harm"]),
            "within_1": share(n["harm_near"], n["harm"]),
            "claims": n["harm"],
        },
        "confusion": {f"{gold} -> {got}": k for (gold, got), k in tally.confusion.most_common()},
        "false_flags_per_1000_authoritative_sentences": _false_flags_per_1000(tally.by_type.get("authoritative")),
    }


def _flag_f1(c: Counter[str]) -> dict[str, float]:
    return _f1(c["flag_tp"], c["flag_predicted"], c["flag_gold"])


def _f1(right: int, predicted: int, gold: int) -> dict[str, float]:
    precision = right / predicted if predicted else 0.0
    recall = right / gold if gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(f1, 4),
        "tp": right,
        "predicted": predicted,
        "gold": gold,
    }


def share(part: int, whole: int) -> float | None:
    """Give a share to four digits; None of nothing."""
    return round(part / whole, 4) if whole else None


def _false_flags_per_1000(clean: Counter[str] | None) -> float | None:
    if clean is None:
        return None
    return round(1000 * (clean["flag_predicted"] - clean["flag_tp"]) / clean["sentences"], 2)
