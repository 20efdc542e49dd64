"""Which candidates of a sentence are claims, and of which relation, by rules and by what is likely."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest

from claims.candidate import THING_RELATIONS
from claims.choose import ACCEPT_STATED, choose
from claims.reading import Reading
from claims.types import Relation
from pipeline.checker import Checker
from tests.factories import candidate

_NONE = "none"
TEXT = "The risk of stroke falls with garlic."


def chosen(checker: Checker, rule: str, likely: dict[str, float], other: dict[str, float] | None = None) -> list[str]:
    """Choose of a candidate of which a rule states a relation, and of one beside it; give the first one's relations."""
    both = [candidate(TEXT, "stroke", "risk", checker, f"rule_{rule}"), candidate(TEXT, "garlic", "falls", checker)]
    relations = [{**dict.fromkeys([*THING_RELATIONS, _NONE], 0.0), **p} for p in (likely, other or {_NONE: 1.0})]
    reading = cast("Reading", SimpleNamespace(candidates=both))
    return [relation for n, relation in choose(reading, relations) if n == 0]


@pytest.mark.parametrize(
    ("rule", "likely", "relation", "why"),
    [
        ("causes", {"causes": 0.5, "prevents": 0.4}, "causes", "what a rule states stands"),
        ("causes", {"causes": 0.3, "prevents": 0.6}, "causes", "even where another is twice as likely"),
        ("causes", {"causes": 0.1, "prevents": 0.8}, "prevents", "not where it is likelier by far: a risk that falls"),
        ("causes", {"causes": 0.1, "treats": 0.8}, "causes", "what is stated to harm does no good"),
        ("treats", {"treats": 0.1, "causes": 0.8}, "treats", "nor does harm what is stated to do good"),
        ("treats", {"treats": 0.1, "prevents": 0.8}, "prevents", "ills are kept away or got rid of"),
    ],
)
def test_what_a_rule_states_gives_way_only_to_what_is_far_likelier(
    rule: Relation, likely: dict[str, float], relation: Relation, why: str, checker: Checker
) -> None:
    assert chosen(checker, rule, likely) == [relation], why


@pytest.mark.parametrize(("p", "kept"), [(ACCEPT_STATED + 0.01, True), (ACCEPT_STATED - 0.01, False)])
def test_what_a_rule_states_is_dropped_where_it_is_hardly_a_claim_beside_another(
    p: float, kept: bool, checker: Checker
) -> None:
    likely = {"causes": p, _NONE: 1 - p}
    assert bool(chosen(checker, "causes", likely, {"treats": 0.9, _NONE: 0.1})) == kept


def test_the_only_candidate_of_a_sentence_stands_however_unlikely(checker: Checker) -> None:
    assert chosen(checker, "causes", {"causes": 0.05, _NONE: 0.95}) == ["causes"]
