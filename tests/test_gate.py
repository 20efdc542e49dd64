"""The gate itself: a floor that is broken is named, none is lowered in silence, a changed verdict is listed."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import pytest
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline

from models import trees
from models.detect import ARTIFACTS
from models.evaluate import score
from models.linear import arrays_of
from models.stored import Arrays, load
from tests.factories import article, finding
from tests.gate import changes, corpora, dangerous, floors, retrained


def scores_of(*, read: int, of: int = 10) -> dict[str, Any]:
    """Score reports that read some of ten statements right."""
    claim = {
        "subject": "kratom", "relation": "treats", "object": "pain", "polarity": "affirm", "strength": "definite",
        "voice": "own", "verdict": "overstated", "flag": True, "harm": 1,
    }  # fmt: skip
    statements = [{"quote": f"Sentence {i}.", "claims": [claim]} for i in range(of)]
    text = " ".join(s["quote"] for s in statements)
    passage = {"id": "p", "page_type": "authoritative", "text": text, "statements": statements}
    found = [claim | {"start": 12 * i, "end": 12 * i + 11, "evidence": [{"id": "x"}]} for i in range(read)]
    return score([passage], [{"id": "p", "claims": found}])[0]


def pinned(read: int, scores: dict[str, Any] | None = None) -> dict[str, Any]:
    held: dict[str, Any] = {"corpora": {}, "lowered": []}
    floors.pin("c", {"f": "1"}, scores_of(read=read) | (scores or {}), held)
    return held


def broken(read: int, held: dict[str, Any], scores: dict[str, Any] | None = None) -> set[str]:
    now = scores_of(read=read) | (scores or {})
    return {c.measure for c in floors.compare("c", now, held["corpora"]["c"]) if not c.holds}


def test_what_was_pinned_holds_and_what_is_better_too() -> None:
    assert broken(8, pinned(8)) == broken(9, pinned(8)) == set()


def test_what_falls_is_named() -> None:
    assert broken(7, pinned(8)) >= {"statement recall", "statement f1", "flag recall", "verdict coverage"}
    assert "statement precision" not in broken(7, pinned(8))


def test_a_measure_that_lost_its_data_breaks_its_floor() -> None:
    assert "verdict exact" in broken(0, pinned(8))


def test_a_count_has_a_margin_but_none_stays_none() -> None:
    """The same fits stop elsewhere on another processor."""
    assert [floors.ceiling("contradicted, yet called supported", n) for n in (0, 2, 24)] == [0, 3, 27]
    assert floors.ceiling(floors.FALSE_FLAGS, 8.6) == pytest.approx(9.6)


def test_pinning_again_raises_floors_and_never_lowers_one() -> None:
    held = pinned(8)
    assert floors.pin("c", {}, scores_of(read=9), held) == []
    assert held["corpora"]["c"]["floors"]["statement recall"] == pytest.approx(0.89)
    kept = floors.pin("c", {}, scores_of(read=5), held)
    assert any(line.startswith("c: statement recall keeps 0.89, now 0.5") for line in kept)
    assert held["corpora"]["c"]["floors"]["statement recall"] == pytest.approx(0.89)
    assert held["lowered"] == []


def test_a_floor_is_lowered_for_a_reason_that_is_kept() -> None:
    held = pinned(8)
    assert floors.pin("c", {}, scores_of(read=5), held, reason="the gold was wrong") == []
    assert broken(5, held) == set()
    lowered = {entry["measure"]: entry for entry in held["lowered"]}
    assert lowered["statement recall"]["reason"] == "the gold was wrong"
    assert lowered["statement recall"]["from"] > lowered["statement recall"]["to"]


def test_a_reason_lowers_no_floor_that_still_holds() -> None:
    held = pinned(8)
    lower_by_a_margin = held["corpora"]["c"]["floors"] | {"statement recall": 0.795}
    held["corpora"]["c"]["floors"] = dict(lower_by_a_margin)
    assert floors.pin("c", {}, scores_of(read=8), held, reason="a reason") == []
    assert held["lowered"] == []
    assert held["corpora"]["c"]["floors"]["statement recall"] == pytest.approx(0.795)


def test_endorsing_what_is_wrong_has_a_ceiling() -> None:
    scores = scores_of(read=8)
    held = pinned(8)
    worse = scores | {"confusion": {"contradicted -> supported": 1}, "flags_without_evidence_row": 1}
    over = {c.measure for c in floors.compare("c", worse, held["corpora"]["c"]) if not c.holds}
    assert over == {"contradicted, yet called supported", "flags without a row"}


def test_the_shipped_floors_name_every_measure() -> None:
    labelled = floors.load()["corpora"]["labelled"]
    scores = scores_of(read=8) | {floors.IDLE: 0.5}
    assert set(labelled["floors"]) == set(floors.measures(scores))
    assert set(labelled["ceilings"]) == set(floors.ceilings(scores))
    assert labelled["ceilings"]["flags without a row"] == 0


@pytest.mark.parametrize(
    ("pages", "want"),
    [
        ([("Bats hunt at night. They hear well.", [], 1)], 50.0),
        ([("Bats hunt at night. They hear well.", [], 0), ("They sleep by day. They hang.", [], 1)], 25.0),
        ([("Tea treats colds.", [{"quote": "Tea treats colds."}], 3)], None),
    ],
)
def test_claims_are_counted_on_pages_that_make_none(pages: list[tuple[str, list[Any], int]], want: float | None) -> None:
    passages = [{"id": str(i), "text": text, "statements": made} for i, (text, made, _) in enumerate(pages)]
    reports = [{"id": str(i), "claims": [{}] * read} for i, (_, _, read) in enumerate(pages)]
    assert corpora.idle_claims(passages, reports) == want


def test_a_rate_may_move_by_one_in_a_thousand_and_no_more() -> None:
    held = pinned(8, scores={floors.IDLE: 0.5})
    bounds = {0.55: set(), 0.6: set(), 0.7: {floors.IDLE}}
    assert {now: broken(8, held, scores={floors.IDLE: now}) for now in bounds} == bounds


def test_changed_verdicts_are_listed_flags_first() -> None:
    def report(page: str, verdict: str, flag: bool, **fields: Any) -> dict[str, Any]:
        claim = {"start": 0, "subject": "tea", "relation": "treats", "object": "colds", "polarity": "affirm"}
        judged = {"verdict": verdict, "strength": "definite", "voice": "own", "flag": flag}
        return {"id": page, "claims": [claim | judged | fields]}

    before = changes.judged([report("a", "supported", False), report("b", "unverified", False)])
    now = changes.judged(
        [
            report("a", "supported", False, strength="hedged"),
            report("b", "overstated", True),
            report("c", "supported", False),
        ]
    )
    passages = [{"id": page, "text": "Tea treats colds."} for page in "abc"]
    assert list(changes.changes(before, now, passages)) == [
        "b: unverified (definite, own) -> overstated (definite, own, flagged): tea treats colds | Tea treats colds.",
        "a: supported (definite, own) -> supported (hedged, own): tea treats colds | Tea treats colds.",
        "c: not read -> supported (definite, own): tea treats colds | Tea treats colds.",
    ]
    assert list(changes.changes(now, now, passages)) == []


def test_the_verdicts_of_the_last_pin_are_kept_in_order() -> None:
    assert list(changes.load()) == sorted(changes.load())


@pytest.mark.parametrize(
    ("kind", "quote", "verdict", "fields", "wrong"),
    [
        ("false", "Kratom eases opioid withdrawal and reduces cravings.", "supported", {}, True),
        ("false", "Kratom eases opioid withdrawal and reduces cravings.", "overstated", {}, False),
        ("false", "Kratom eases opioid withdrawal and reduces cravings.", "unverified", {}, False),
        ("false", "Kratom eases opioid withdrawal and reduces cravings.", "supported", {"voice": "rejected"}, False),
        ("debunk", "Kratom eases opioid withdrawal and reduces cravings.", "overstated", {}, True),
        ("debunk", "Kratom eases opioid withdrawal and reduces cravings.", "supported", {}, False),
        ("true", "Kratom eases opioid withdrawal and reduces cravings.", "contradicted", {}, True),
        ("true", "Kratom eases opioid withdrawal and reduces cravings.", "unverified", {}, False),
    ],
)
def test_what_must_never_be(kind: str, quote: str, verdict: Any, fields: dict[str, Any], wrong: bool) -> None:
    found = finding(article(), quote, ("kratom", "treats", "opioid withdrawal"), verdict, claim=fields)
    assert bool(dangerous.wrongs(kind, [found])) is wrong


# The models


def words(texts: list[str], right: list[int], known: int = 1) -> Arrays:
    marks = CountVectorizer(token_pattern=r"\S+", binary=True, lowercase=False, min_df=known)
    return arrays_of(Pipeline([("words", marks), ("logit", LogisticRegression())]).fit(texts, right))


def test_linear_models_are_apart_by_their_weights_or_by_what_they_know() -> None:
    texts = ["eases pain", "eases colds", "costs pain", "costs money"]
    model = words(texts, [1, 1, 0, 0])
    assert retrained.how_far_apart(model, words(texts, [1, 1, 0, 0])) == 0
    assert 0 < retrained.how_far_apart(model, words(texts, [1, 0, 0, 1])) < math.inf
    assert retrained.how_far_apart(model, words(texts, [1, 1, 0, 0], known=2)) == math.inf


def test_trees_are_apart_by_what_they_say_of_numbers() -> None:
    rows = [[n / 100] for n in range(100)]
    model, same, other = (
        trees.arrays_of_trees(trees.fit_trees(rows, [n > bound for n in range(100)])) for bound in (50, 50, 20)
    )
    assert retrained.how_far_apart(model, same) == 0
    assert retrained.how_far_apart(model, other) > retrained.TREES_APART


def test_a_model_that_training_does_not_give_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpora, "labelled", list)
    monkeypatch.setattr(corpora, "folds", list)
    shipped = {file.name: load(file) for file in ARTIFACTS.glob("*.npz")}
    name = min(name for name, model in shipped.items() if retrained.is_linear(model))
    for fitted, faulty in ((shipped, []), (shipped | {name: words(["eases pain", "costs money"], [1, 0])}, [name]), ({}, list(shipped))):
        monkeypatch.setattr(retrained, "fit", lambda *_, fitted=fitted: SimpleNamespace(fitted=fitted))
        told = retrained.faults()
        assert len(told) == bool(faulty)
        assert all(name in told[0] for name in faulty)
