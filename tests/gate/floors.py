"""Floors under what must not fall and ceilings over what must not rise; a floor is never lowered in silence."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.evaluate import SLOTS, Scores

FILE = Path(__file__).with_name("floors.json")
# Pinned this much under the present number: the last digits move with library versions and processors.
MARGIN = 0.01
FALSE_FLAGS, IDLE = "false flags per 1000 authoritative sentences", "claims per 100 sentences of pages without any"
# Pinned this much over: one in a thousand sentences.
RATES = {FALSE_FLAGS: 1.0, IDLE: 0.1}
# A count is pinned a tenth over, as on another make of processor fits stop elsewhere (24 here were 25 there); 0 stays 0.
COUNT_MARGIN = 0.1

Floors = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A measure beside its bound; one that rises is bad has a ceiling."""

    corpus: str
    measure: str
    bound: float
    now: float | None
    ceiling: bool

    @property
    def holds(self) -> bool:
        """Tell whether the measure is on the right side."""
        return self.now is not None and (self.now <= self.bound if self.ceiling else self.now >= self.bound)


def measures(scores: Scores) -> dict[str, float]:
    """Pick the measures that have a floor; one without data is left out."""
    picked = {
        **{f"statement {key}": scores["statement"][key] for key in ("precision", "recall", "f1")},
        **{f"flag {key}": scores["flag"][key] for key in ("precision", "recall", "f1")},
        "triple f1": scores["claims"]["triple"]["f1"],
        **{f"slot {slot}": scores["slots"][slot] for slot in SLOTS},
        **{f"verdict {key}": value for key, value in scores["verdict"].items()},
        "harm within 1": scores["harm"]["within_1"],
    }
    return {name: value for name, value in picked.items() if value is not None}


def ceilings(scores: Scores) -> dict[str, float]:
    """Pick the measures that must not rise; endorsing what is wrong is the worst that can happen."""
    picked = {
        "flags without a row": scores["flags_without_evidence_row"],
        "contradicted, yet called supported": scores["confusion"].get("contradicted -> supported", 0),
        FALSE_FLAGS: scores["false_flags_per_1000_authoritative_sentences"],
        IDLE: scores.get(IDLE),
    }
    return {name: value for name, value in picked.items() if value is not None}


def load() -> Floors:
    """Read the pinned floors."""
    floors: Floors = (
        json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {"corpora": {}, "lowered": []}
    )
    return floors


def save(floors: Floors) -> None:
    """Write the floors."""
    FILE.write_text(json.dumps(floors, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")


def compare(corpus: str, scores: Scores, pinned: Mapping[str, Any]) -> list[Check]:
    """Set the measures of a corpus beside their bounds."""
    now, above = measures(scores), ceilings(scores)
    checks = [
        Check(corpus=corpus, measure=name, bound=bound, now=now.get(name), ceiling=False)
        for name, bound in pinned["floors"].items()
    ]
    checks += [
        Check(corpus=corpus, measure=name, bound=bound, now=above.get(name), ceiling=True)
        for name, bound in pinned["ceilings"].items()
    ]
    return checks


def pin(
    corpus: str, digests: Mapping[str, str], scores: Scores, floors: Floors, reason: str = ""
) -> list[str]:
    """Pin a corpus slightly under its present numbers; lower what they break only for a reason. Name what was kept."""
    old = floors["corpora"].get(corpus, {"floors": {}, "ceilings": {}})
    kept: list[str] = []
    new: dict[str, Any] = {"digests": dict(digests), "passages": scores["passages"]}
    for kind, present, margin in (
        ("floors", measures(scores), _under),
        ("ceilings", ceilings(scores), ceiling),
    ):
        new[kind] = {}
        for name, value in present.items():
            bound, before = margin(name, value), old[kind].get(name)
            worse = before is not None and (bound < before if kind == "floors" else bound > before)
            breaks = worse and _breaks(kind, value, before)
            if breaks and reason:
                floors["lowered"].append(
                    {"corpus": corpus, "measure": name, "from": before, "to": bound, "reason": reason}
                )
            elif breaks:
                kept.append(f"{corpus}: {name} keeps {before}, now {value}; --lower REASON moves it")
            new[kind][name] = before if worse and not (breaks and reason) else bound
    floors["corpora"][corpus] = new
    return kept


def _breaks(kind: str, value: float, before: float) -> bool:
    return value < before if kind == "floors" else value > before


def _under(name: str, value: float) -> float:
    return max(0.0, math.floor((value - MARGIN) * 1000) / 1000)


def ceiling(name: str, value: float) -> float:
    """Give the ceiling over a present number."""
    return math.ceil((value + RATES[name]) * 10) / 10 if name in RATES else math.ceil(value * (1 + COUNT_MARGIN))


def table(checks: Sequence[Check]) -> Iterator[str]:
    """Lay checks out as lines."""
    for check in checks:
        now = "no data" if check.now is None else f"{check.now:.4f}"
        bound = f"{'at most' if check.ceiling else 'at least'} {check.bound:.3f}"
        mark = "" if check.holds else "  <-- fell below" if not check.ceiling else "  <-- rose above"
        yield f"{check.corpus:12} {check.measure:46} {now:>9}  {bound:>16}{mark}"
