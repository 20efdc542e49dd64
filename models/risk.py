"""How much is decided at which risk: the curve over the confidence bands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args

from claims.types import Confidence
from models.evaluate import DECIDED, Claim, align, gold_statements, pair, predicted_statements, share, stands

__all__ = ["risk_coverage"]

CONFIDENCES: tuple[Confidence, ...] = get_args(Confidence)


def risk_coverage(gold: Sequence[Mapping[str, Any]], reports: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Give the curve of risk against coverage: each point adds a confidence band, the surest first.

    Coverage is the share of checkable gold claims that meet a decided one, risk the share of decided findings that
    do not stand. Reports without ids and confidence give no curve.
    """
    by_id = {report["id"]: report for report in reports}
    checkable = sum(c["verdict"] != "uncheckable" for p in gold for s in p["statements"] for c in s["claims"])
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for passage in gold:
        claims = by_id.get(passage["id"], {}).get("claims", ())
        if claims and all("confidence" in c and "id" in c for c in claims):
            _count_bands(passage, claims, counts)
    so_far: Counter[str] = Counter()
    points = []
    for band in (b for b in CONFIDENCES if b in counts):
        so_far += counts[band]
        shares = {"coverage": share(so_far["met"], checkable), "risk": share(so_far["fell"], so_far["decided"])}
        points.append({"down_to": band, "findings": so_far["decided"], **shares})
    return points


def _count_bands(passage: Mapping[str, Any], claims: Sequence[Claim], counts: Mapping[str, Counter[str]]) -> None:
    told = stands(passage, {"claims": claims})
    for claim in claims:
        if claim["id"] in told:
            counts[claim["confidence"]].update(decided=1, fell=not told[claim["id"]])
    gold, found = gold_statements(passage), predicted_statements(claims)
    for i, j in pair([s.span for s in gold], [s.span for s in found]):
        for g, p in align(gold[i].claims, found[j].claims):
            counts[p["confidence"]]["met"] += g["verdict"] != "uncheckable" and p["verdict"] in DECIDED
