"""How far a verdict can be trusted: bands of findings, with the share that stood on topics left out of training.

A finding stands where the labelled claim nearest to it is on the same side (right or wrong). Findings are grouped
by the rule that decided and the verdict, or by the verdict alone where a rule decided too few. A group's share sets
its band; a band's share is measured on topics that did not set it. Bands that do not keep apart are one band.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path

from claims.types import Confidence, Finding
from models.detect import ARTIFACTS
from models.intervals import wilson

__all__ = ["BANDS", "Bands", "Outcome", "Share", "banded", "calibrate", "default_bands", "group_of"]

BANDS = "bands.json"
# Fewer findings than this say nothing of a group: the 95 % interval of 15 in 20 is 0.53 to 0.89.
FEW = 20
# From these shares on a group is high or medium: nine in ten, or two in three, stand.
HIGH, MEDIUM = 0.85, 0.65
_ORDER: tuple[Confidence, ...] = ("high", "medium", "low")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A decided finding on a labelled passage: whether it stood."""

    topic: str
    group: str
    verdict: str
    stands: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many of how many stood, with Wilson's 95 % interval."""

    stood: int
    of: int
    share: float
    low: float
    high: float

    @classmethod
    def count(cls, stood: int, of: int) -> Share:
        """Work out the share and its interval."""
        low, high = (round(float(end), 3) for end in wilson(stood, of))
        return cls(stood=stood, of=of, share=round(stood / of, 3), low=low, high=high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """The band of each group of findings, and what was measured of each band; `digest` is of the data it was set on."""

    digest: str
    groups: Mapping[str, Confidence]
    measured: Mapping[Confidence, Share]

    @classmethod
    def load(cls, folder: Path = ARTIFACTS) -> Bands:
        """Load the shipped bands."""
        held = json.loads((folder / BANDS).read_text(encoding="utf-8"))
        measured = {name: Share(**share) for name, share in held["measured"].items()}
        return cls(digest=held["digest"], groups=held["groups"], measured=measured)

    def save(self, folder: Path = ARTIFACTS) -> None:
        """Write the bands as a small file that a person can read."""
        (folder / BANDS).write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")

    def of(self, finding: Finding) -> Confidence:
        """Give the band of a finding; an unverified one has none."""
        return self.groups.get(group_of(finding)) or self.groups.get(finding.verdict) or "not calibrated"


@lru_cache(maxsize=1)
def default_bands() -> Bands:
    """Load the shipped bands once."""
    return Bands.load()


def banded(finding: Finding, bands: Bands) -> Finding:
    """Give a finding its band."""
    band = bands.of(finding)
    return finding if band == finding.confidence else replace(finding, confidence=band)


def group_of(finding: Finding) -> str:
    """Name the group of a finding: the rule that decided, the verdict, and whether it was doubtful or only told."""
    doubt = "/doubtful" if finding.claim.doubtful else "/told" if finding.claim.distanced else ""
    return f"{finding.rule.partition('/')[0]}/{finding.verdict}{doubt}"


def calibrate(outcomes: Sequence[Outcome], folds: Mapping[str, int], digest: str) -> Bands:
    """Set bands on all outcomes, and measure them on the topics of each fold by bands set on the others."""
    counts: dict[Confidence, Counter[bool]] = defaultdict(Counter)
    for fold in sorted(set(folds.values())):
        groups = _groups(o for o in outcomes if folds[o.topic] != fold)
        for o in outcomes:
            band = groups.get(o.group) or groups.get(o.verdict)
            if folds[o.topic] == fold and band:
                counts[band][o.stands] += 1
    merged = _merged(counts)
    measured = {
        band: Share.count(sum(counts[b][True] for b in parts), sum(counts[b].total() for b in parts))
        for band, parts in merged.items()
    }
    name = {part: band for band, parts in merged.items() for part in parts}
    groups = {group: name[band] for group, band in _groups(outcomes).items() if band in name}
    return Bands(digest=digest, groups=groups, measured=measured)


def _groups(outcomes: Iterable[Outcome]) -> dict[str, Confidence]:
    """Give each group with enough outcomes its band."""
    counts: dict[str, Counter[bool]] = defaultdict(Counter)
    for o in outcomes:
        for group in (o.group, o.verdict):
            counts[group][o.stands] += 1
    return {group: _band(c[True] / c.total()) for group, c in sorted(counts.items()) if c.total() >= FEW}


def _band(share: float) -> Confidence:
    return "high" if share >= HIGH else "medium" if share >= MEDIUM else "low"


def _merged(counts: Mapping[Confidence, Counter[bool]]) -> dict[Confidence, list[Confidence]]:
    """Put bands together that do not keep apart, and name each by the share that was measured.

    They keep apart where a band's share lies above the interval of the one below it.
    """
    runs: list[list[Confidence]] = []
    for band in (b for b in _ORDER if counts[b].total()):
        if runs and _pooled(runs[-1], counts).share <= _pooled([band], counts).high:
            runs[-1].append(band)
        else:
            runs.append([band])
    out: dict[Confidence, list[Confidence]] = {}
    for run in runs:
        name = _band(_pooled(run, counts).share)
        out[name] = out.get(name, []) + run
    return out


def _pooled(bands: Sequence[Confidence], counts: Mapping[Confidence, Counter[bool]]) -> Share:
    return Share.count(sum(counts[b][True] for b in bands), sum(counts[b].total() for b in bands))
