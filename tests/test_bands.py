"""Confidence bands: set by what stood on other topics, silent where too few did, one band where two do not keep apart."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from models.bands import FEW, HIGH, MEDIUM, Bands, Outcome, Share, banded, calibrate, default_bands, group_of
from pipeline.checker import Checker
from tests.factories import kratom_report

TOPICS = {"a": 0, "b": 1, "c": 2, "d": 0}


def outcomes(group: str, stood: int, of: int) -> list[Outcome]:
    """Deal outcomes of a group evenly over the topics."""
    verdict = group.partition("/")[2]
    return [
        Outcome(topic=list(TOPICS)[i % len(TOPICS)], group=group, verdict=verdict, stands=(i * stood) // of < ((i + 1) * stood) // of)
        for i in range(of)
    ]


@pytest.mark.parametrize(
    ("stood", "of", "share", "low", "high"),
    [(15, 20, 0.75, 0.531, 0.888), (0, 10, 0.0, 0.0, 0.278), (10, 10, 1.0, 0.722, 1.0), (1, 1, 1.0, 0.207, 1.0)],
)
def test_the_interval_is_wilsons(stood: int, of: int, share: float, low: float, high: float) -> None:
    held = Share.count(stood, of)
    assert (held.stood, held.of, held.share) == (stood, of, share)
    assert (held.low, held.high) == pytest.approx((low, high), abs=0.0015)


def test_groups_that_keep_apart_have_bands_of_their_own() -> None:
    found = [*outcomes("R1/supported", 95, 100), *outcomes("R3/overstated", 40, 100)]
    bands = calibrate(found, TOPICS, "digest")
    assert bands.groups == {"R1/supported": "high", "R3/overstated": "low", "overstated": "low", "supported": "high"}
    assert {band: (s.stood, s.of) for band, s in bands.measured.items()} == {"high": (95, 100), "low": (40, 100)}
    assert bands.digest == "digest"


def test_bands_that_do_not_keep_apart_are_one_by_what_was_measured() -> None:
    bands = calibrate([*outcomes("R1/supported", 88, 100), *outcomes("R5/unsupported", 84, 100)], TOPICS, "")
    assert set(bands.groups.values()) == {"high"}
    assert bands.measured["high"].of == 200


def test_too_few_outcomes_set_no_band() -> None:
    assert calibrate(outcomes("R1/supported", FEW - 1, FEW - 1), TOPICS, "").groups == {}
    assert calibrate([], TOPICS, "") == Bands(digest="", groups={}, measured={})


def test_a_rule_with_few_outcomes_has_the_band_of_its_verdict() -> None:
    found = [*outcomes("R1/supported", 95, 100), *outcomes("R2/supported", 3, 3)]
    bands = calibrate(found, TOPICS, "")
    assert set(bands.groups) == {"R1/supported", "supported"}


def test_a_band_is_measured_on_topics_that_did_not_set_it() -> None:
    """One topic on which nothing stands: the others set the band, and it is held against them."""
    good = [Outcome(topic=t, group="R1/supported", verdict="supported", stands=True) for t in "abc" for _ in range(40)]
    bad = [Outcome(topic="e", group="R1/supported", verdict="supported", stands=False) for _ in range(10)]
    bands = calibrate([*good, *bad], {"a": 0, "b": 1, "c": 2, "e": 3}, "")
    share = bands.measured["high"]
    assert (share.stood, share.of) == (120, 130)


def test_the_band_of_a_finding_goes_by_rule_then_verdict_then_none() -> None:
    decided = replace(kratom_report().findings[0], rule="R5/affirm_definite", verdict="unsupported")
    assert group_of(decided) == "R5/unsupported"
    for groups, expected in (
        ({"R5/unsupported": "high", "unsupported": "low"}, "high"),
        ({"R3/unsupported": "high", "unsupported": "low"}, "low"),
        ({"R5/contradicted": "high"}, "not calibrated"),
        ({}, "not calibrated"),
    ):
        bands = Bands(digest="", groups=groups, measured={})  # type: ignore[arg-type]
        assert banded(decided, bands) == replace(decided, confidence=expected)


def test_bands_are_read_as_they_were_written(tmp_path: Path) -> None:
    bands = calibrate([*outcomes("R1/supported", 95, 100), *outcomes("R3/overstated", 40, 100)], TOPICS, "x")
    bands.save(tmp_path)
    assert Bands.load(tmp_path) == bands


def test_the_shipped_bands_say_what_was_measured(checker: Checker) -> None:
    bands = default_bands()
    assert set(bands.groups.values()) <= set(bands.measured)
    for band, share in bands.measured.items():
        assert share.low <= share.share <= share.high
        assert share.of >= FEW
        assert {"high": HIGH, "medium": MEDIUM, "low": 0.0}[band] <= share.share
    shares = [bands.measured[b].share for b in ("high", "medium", "low") if b in bands.measured]
    assert shares == sorted(shares, reverse=True)


def test_a_finding_has_its_band_and_an_unverified_one_none(checker: Checker) -> None:
    report = checker.check("Smoking causes cancer. Vitamin C cures cancer. Kratom heals the moon.")
    for f in report.findings:
        assert f.confidence == default_bands().of(f)
        assert f.verdict != "unverified" or f.confidence == "not calibrated"
