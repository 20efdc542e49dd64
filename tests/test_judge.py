"""The verdict: every cell of the rule table, which row decides, safety by harms, and what must not matter."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.judge import VAGUE, Rule, column, decide, judge, rank, rules
from claims.lexicon import Lexicon
from claims.match import is_unreserved
from claims.types import (
    FLAGGED_VERDICTS,
    RELATIONS,
    Certainty,
    Claim,
    Concept,
    Cue,
    EvidenceFinding,
    How,
    Match,
    Polarity,
    Relation,
    SourceType,
    Strength,
    Verdict,
    Voice,
)
from tests.examples import examples
from tests.factories import evidence

BENEFITS = ("treats", "prevents", "improves", "compares", "use")
HARMS = ("mechanism", "status", "statistic")
GROUPS: dict[str, tuple[str, ...]] = {"benefit": BENEFITS, "causes": ("causes",), "harm": HARMS, "safe": ("safe",)}
COLUMNS = ("affirm_hedged", "affirm_definite", "affirm_absolute", "deny_effect", "deny_evidence")

# The verdict rule, cell by cell; "a/b/c" are a benefit, a harm (or mechanism, status, number), safety; in "a/b/c/d" what
# a thing causes comes second.
# Denied effects (deny_effect of R2 to R5) are right where the evidence is too little to hold against them.
CELLS = """
supports     high      R1  supported    supported    overstated    contradicted  contradicted
supports     moderate  R1  supported    supported    overstated    contradicted  contradicted
supports     low       R2  supported    overstated/supported/overstated    overstated    supported/overstated/overstated  supported
supports     very_low  R3  overstated/supported/overstated    overstated/supported/overstated/overstated    overstated    supported/overstated/overstated  supported
mixed        high      R4  supported/supported/overstated     overstated    overstated    supported/overstated/supported   supported
mixed        moderate  R4  supported/supported/overstated     overstated    overstated    supported/overstated/supported   supported
mixed        low       R4  supported/supported/overstated     overstated    overstated    supported/overstated/supported   supported
mixed        very_low  R4  supported/supported/overstated     overstated    overstated    supported/overstated/supported   supported
insufficient high      R5  unsupported  unsupported  unsupported   supported     supported
insufficient moderate  R5  unsupported  unsupported  unsupported   supported     supported
insufficient low       R5  unsupported  unsupported  unsupported   supported     supported
insufficient very_low  R5  unsupported  unsupported  unsupported   supported     supported
refutes      high      R6  contradicted contradicted contradicted  supported     supported
refutes      moderate  R6  contradicted contradicted contradicted  supported     supported
refutes      low       R7  unsupported  unsupported  contradicted  supported     supported
refutes      very_low  R7  unsupported  unsupported  contradicted  supported     supported
"""


def cells() -> Iterator[Any]:
    for line in CELLS.split("\n")[1:-1]:
        finding, certainty, rule, *verdicts = line.split()
        for name, verdict in zip(COLUMNS, verdicts, strict=True):
            ways = verdict.split("/") if "/" in verdict else [verdict] * 4
            ways = ways if len(ways) == 4 else [ways[0], ways[1], *ways[1:]]
            for group, expected in zip(GROUPS, ways, strict=True):
                where = (finding, certainty, name, group, expected, f"{rule}/{name}")
                yield pytest.param(*where, id=f"{finding}-{certainty}-{name}-{group}")


def claim(**fields: Any) -> Claim:
    """Make a claim; by default "kratom treats opioid withdrawal", definite and the page's own."""
    quote = fields.get("quote", "Kratom treats opioid withdrawal.")
    given: dict[str, Any] = {
        "start": 0,
        "end": len(quote),
        "quote": quote,
        "subject": "kratom",
        "subject_id": "kratom",
        "relation": "treats",
        "object": "opioid withdrawal",
        "object_id": "opioid_withdrawal",
    }
    return Claim(**(given | fields))


def said(name: str, **fields: Any) -> Claim:
    """Make a claim that falls under a column of the rule table."""
    kind, _, how = name.partition("_")
    return claim(**(({"polarity": "deny", "denies": how} if kind == "deny" else {"strength": how}) | fields))


def row(id: str = "r", *, how: How = "exact", via: str = "", **fields: Any) -> Match:
    held = evidence(id, **({"finding": "supports", "certainty": "high"} | fields))
    return Match(evidence=held, how=how, score=1.0, via=via)


LEXICON = Lexicon(
    Concept(id=id, kind=kind, name=id, risk=risk, broader=("cancer",) if id == "lymphoma" else ())
    for id, kind, risk in (
        ("kratom", "herb", 2),
        ("tea", "drink", 0),
        ("mint", "herb", 1),
        ("mmr", "vaccine", 0),
        ("bleach", "exposure", 3),
        ("opioid_withdrawal", "condition", 2),
        ("cancer", "condition", 3),
        ("lymphoma", "condition", 3),
        ("dry_skin", "symptom", 0),
        ("liver_injury", "condition", 3),
    )
)


def verdict_of(said_: Claim, *rows: Match) -> Verdict:
    return decide(said_, rows)[0]


# ---------------------------------------------------------------- the table


@pytest.mark.parametrize("group", GROUPS)
def test_little_evidence_is_what_a_row_of_low_certainty_has(group: str) -> None:
    for relation in GROUPS[group]:
        given = row(relation=relation, certainty="low")
        denial = said("deny_evidence", relation=relation)
        for strength in ("definite", "hedged"):
            assert verdict_of(replace(denial, strength=strength), given) == "supported"
            assert verdict_of(replace(denial, strength=strength), row(relation=relation)) == "contradicted"


@pytest.mark.parametrize(("finding", "certainty", "name", "group", "expected", "rule"), list(cells()))
def test_every_cell_of_the_rule_table(
    finding: EvidenceFinding, certainty: Certainty, name: str, group: str, expected: Verdict, rule: str
) -> None:
    for relation in GROUPS[group]:
        given = row(relation=relation, finding=finding, certainty=certainty)
        verdict, reason, chosen, by = decide(said(name, relation=relation), [given])
        assert (relation, verdict, reason, by) == (relation, expected, None, rule)
        assert chosen is given


def test_a_property_is_judged_as_the_benefit_that_it_promises() -> None:
    anti_inflammatory = said("affirm_definite", relation="mechanism")
    assert verdict_of(anti_inflammatory, row(relation="mechanism", certainty="low")) == "supported"
    assert verdict_of(anti_inflammatory, row(relation="treats", certainty="low")) == "overstated"


def test_the_cells_above_are_all_there_are() -> None:
    assert {r for group in GROUPS.values() for r in group} == set(RELATIONS)
    pairs = {tuple(line.split()[:2]) for line in CELLS.split("\n")[1:-1]}
    assert pairs == {(f, c) for f in get_args(EvidenceFinding) for c in get_args(Certainty)}
    held = [(r.finding, c) for r in rules() for c in r.certainty]
    assert len(held) == len(set(held)) == len(pairs)
    assert all(tuple(r.cells) == COLUMNS for r in rules())


@pytest.mark.parametrize(
    ("fields", "absolute_row", "name"),
    [
        ({"polarity": "deny", "denies": "effect"}, False, "deny_effect"),
        ({"polarity": "deny", "denies": "evidence"}, False, "deny_evidence"),
        ({"polarity": "deny", "denies": None}, False, "deny_effect"),
        ({"polarity": "deny", "denies": "effect", "strength": "hedged"}, False, "deny_effect"),
        ({"polarity": "deny", "denies": "effect", "strength": "absolute"}, True, "deny_effect"),
        ({"strength": "hedged"}, False, "affirm_hedged"),
        ({"strength": "definite"}, False, "affirm_definite"),
        ({"strength": "absolute"}, False, "affirm_absolute"),
        ({"strength": "absolute"}, True, "affirm_definite"),
        ({"strength": "hedged"}, True, "affirm_hedged"),
    ],
)
def test_a_claim_falls_under_one_column(fields: dict[str, Any], absolute_row: bool, name: str) -> None:
    assert column(claim(**fields), absolute_row) == name


# ---------------------------------------------------------------- several rows


# The first of two rows decides, whatever the other says; `why` is the precedence that is tried.
PRECEDENCE: tuple[tuple[str, dict[str, Any], dict[str, Any]], ...] = (
    ("an own row before a class row", {"certainty": "low"}, {"how": "broader", "certainty": "high"}),
    ("an own row before a narrower one", {"certainty": "low"}, {"how": "narrower", "certainty": "high"}),
    ("certainty: high before moderate", {"certainty": "high"}, {"certainty": "moderate"}),
    ("certainty: moderate before low", {"certainty": "moderate"}, {"certainty": "low"}),
    ("certainty: low before very low", {"certainty": "low"}, {"certainty": "very_low"}),
    ("certainty before source", {"source_type": "case reports"}, {"certainty": "low", "source_type": "guideline"}),
    ("certainty before year", {"year": 1990}, {"certainty": "low", "year": 2026}),
    ("source before year", {"source_type": "guideline", "year": 1990}, {"source_type": "trial", "year": 2026}),
    ("the later year", {"year": 2021}, {"year": 2020}),
    ("a year before none", {"year": 1990}, {"year": None}),
    ("insufficient last, however certain", {"certainty": "very_low", "how": "broader", "year": None}, {"finding": "insufficient", "year": 2026}),
    ("insufficient last, though exact", {"how": "broader", "certainty": "low"}, {"finding": "insufficient", "certainty": "high"}),
)  # fmt: skip
SOURCES: tuple[SourceType, ...] = (
    "systematic review",
    "guideline",
    "regulator",
    "health agency",
    "trial",
    "observational",
    "reference",
    "fact check",
    "case reports",
)
PRECEDENCE += tuple(
    (f"source: {first} before {then}", {"source_type": first}, {"source_type": then})
    for first, then in pairwise(SOURCES)
)


@pytest.mark.parametrize(("first", "then"), [c[1:] for c in PRECEDENCE], ids=[c[0] for c in PRECEDENCE])
@pytest.mark.parametrize("turned", [False, True])
def test_the_row_that_ranks_first_decides(first: dict[str, Any], then: dict[str, Any], turned: bool) -> None:
    """The second row refutes where the first supports, and has the id that sorts first."""
    a = row("z-first", **({"finding": "supports"} | first))
    b = row("a-second", **({"finding": "refutes"} | then))
    _, reason, chosen, _ = decide(claim(), [b, a] if turned else [a, b])
    assert (reason, chosen) == (None, a)
    assert rank(a) < rank(b)


def test_rows_of_equal_rank_that_disagree_are_a_conflict() -> None:
    for_, against = row("a"), row("b", finding="refutes")
    assert decide(claim(), [for_, against]) == ("unverified", "conflicting", None, "")
    found = judge(claim(), [for_, against], LEXICON)
    assert not found.flag
    assert [m.evidence.id for m in found.matches] == ["a", "b"]


def test_rows_of_equal_rank_that_agree_decide_by_the_first_id() -> None:
    rows = [row("b"), row("a"), row("c")]
    assert decide(claim(), rows)[2] == rows[1]


def test_rows_of_equal_rank_may_differ_where_the_claim_gets_the_same_verdict() -> None:
    """A hedged claim is supported by mixed results as by a low-certainty harm, a definite one by the latter alone."""
    rows = [row("a", relation="causes", certainty="low"), row("b", relation="causes", certainty="low", finding="mixed")]
    assert verdict_of(said("affirm_hedged", relation="causes"), *rows) == "supported"
    assert decide(said("affirm_definite", relation="causes"), rows)[1] == "conflicting"


def test_a_conflict_below_the_best_row_is_none() -> None:
    rows = [row("a"), row("b", certainty="low"), row("c", certainty="low", finding="refutes")]
    assert verdict_of(claim(), *rows) == "supported"


# ---------------------------------------------------------------- absolute claims and rows

ABSOLUTE = row("absolute", strength="absolute", finding="refutes", certainty="moderate")
PLAIN = row("plain", certainty="high")


@pytest.mark.parametrize(
    ("name", "rows", "verdict", "chosen", "why"),
    [
        ("affirm_absolute", [PLAIN, ABSOLUTE], "contradicted", "absolute", "absolute rows first"),
        ("affirm_definite", [PLAIN, ABSOLUTE], "supported", "plain", "a definite claim passes absolute rows by"),
        ("affirm_hedged", [PLAIN, ABSOLUTE], "supported", "plain", "so does a hedged one"),
        ("deny_effect", [PLAIN, ABSOLUTE], "contradicted", "plain", "and a denial"),
        ("affirm_absolute", [PLAIN], "overstated", "plain", "no absolute row: the plain one, with reserve"),
        ("affirm_absolute", [row("plain", how="broader")], "overstated", "plain", "a class row is heard as well"),
        ("affirm_definite", [ABSOLUTE], "unverified", None, "an absolute row alone says nothing on plain claims"),
        (
            "affirm_absolute",
            [row("absolute", strength="absolute")],
            "supported",
            "absolute",
            "an absolute row that supports backs the absolute wording",
        ),
        (
            "affirm_absolute",
            [row("absolute", strength="absolute", how="similar"), PLAIN],
            "overstated",
            "plain",
            "a similar absolute row decides nothing",
        ),
        (
            "affirm_absolute",
            [row("absolute", strength="absolute", finding="refutes", how="broader"), PLAIN],
            "overstated",
            "plain",
            "an absolute row on the class does not pass by the thing's own row",
        ),
        (
            "affirm_absolute",
            [row("absolute", strength="absolute", finding="refutes", how="broader"), row("plain", how="broader")],
            "contradicted",
            "absolute",
            "where both are on the class, the absolute one answers",
        ),
        (
            "affirm_absolute",
            [row("z", strength="absolute", finding="refutes", how="broader"), ABSOLUTE, PLAIN],
            "contradicted",
            "absolute",
            "one absolute row of its own is enough",
        ),
    ],
    ids=lambda x: x if isinstance(x, str) and " " in x else None,
)
def test_absolute_claims_look_for_absolute_rows(
    name: str, rows: list[Match], verdict: Verdict, chosen: str | None, why: str
) -> None:
    got, _, match, _ = decide(said(name), rows)
    assert (got, match.evidence.id if match else None) == (verdict, chosen), why


def test_the_rule_that_is_named_says_which_column_was_read() -> None:
    """An absolute row is about the absolute wording, so the claim is not more than what it is about."""
    assert decide(said("affirm_absolute"), [ABSOLUTE])[3] == "R6/affirm_definite"
    assert decide(said("affirm_absolute"), [PLAIN])[3] == "R1/affirm_absolute"


def test_a_denied_absolute_wording_meets_the_absolute_row() -> None:
    denied = said("deny_effect", strength="absolute")
    assert decide(denied, [PLAIN, ABSOLUTE])[::3] == ("supported", "R6/deny_effect")


def test_that_a_thing_is_no_cure_leaves_room_for_help() -> None:
    denied = said("deny_effect", strength="absolute")
    assert decide(denied, [PLAIN]) == ("unverified", "weak_match", None, "")
    assert decide(said("deny_effect"), [PLAIN])[0] == "contradicted"
    assert decide(denied, [row("none", finding="refutes")])[::3] == ("supported", "R6/deny_effect")
    assert decide(denied, [row("cured", strength="absolute")])[0] == "contradicted"
    assert decide(said("affirm_absolute"), [PLAIN])[0] == "overstated"


# ---------------------------------------------------------------- safety by harms


def harm(id: str = "harm", **fields: Any) -> Match:
    return row(id, **({"relation": "causes", "object": "liver_injury"} | fields))


def safe(id: str = "safe", **fields: Any) -> Match:
    return row(id, **({"relation": "safe", "object": ""} | fields))


def on_safety(object: str = "", **fields: Any) -> Claim:
    return claim(relation="safe", object=object, object_id="", **fields)


DENIED: dict[str, Any] = {"polarity": "deny", "denies": "effect"}


@pytest.mark.parametrize(
    ("said_", "rows", "expected", "why"),
    [
        (on_safety(**DENIED), [harm()], ("supported", "S1"), "unsafe, and a harm is known"),
        (on_safety(), [harm()], ("overstated", "S2"), "safe, but a serious harm is known"),
        (on_safety(strength="hedged"), [harm()], ("unverified", ""), "safe on the whole leaves room for a harm"),
        (on_safety("no side effects", strength="hedged"), [harm()], ("unverified", ""), "as a rule there are none"),
        (on_safety(strength="hedged", **DENIED), [harm()], ("supported", "S1"), "perhaps unsafe, and a harm is known"),
        (on_safety(strength="absolute"), [harm()], ("contradicted", "S3"), "safe without reserve"),
        (on_safety("harmless"), [harm()], ("contradicted", "S3"), "harmless"),
        (on_safety("no side effects"), [harm()], ("contradicted", "S3"), "no side effects"),
        (on_safety("without side effects"), [harm()], ("contradicted", "S3"), "without side effects"),
        (on_safety("non-addictive"), [harm(object="dependence")], ("contradicted", "S3"), "non-addictive"),
        (on_safety("non-addictive"), [harm(object="withdrawal")], ("unverified", ""), "withdrawal is no addiction"),
        (on_safety("non-addictive"), [harm(object="liver_injury")], ("unverified", ""), "another harm is no answer"),
        (on_safety(), [harm(), safe(finding="refutes")], ("contradicted", "R6/affirm_definite"), "known not to be safe"),
        (on_safety(), [harm(), safe(finding="refutes", certainty="low")], ("overstated", "S2"), "hardly known"),
        (on_safety("no long-term effects"), [harm()], ("contradicted", "S3"), "no long-term effects"),
        (on_safety("no adverse effects"), [harm()], ("contradicted", "S3"), "no adverse effects"),
        (on_safety("no overdose potential"), [harm()], ("contradicted", "S3"), "no overdose potential"),
        (on_safety("without the side effects of drugs"), [harm()], ("contradicted", "S3"), "without the side effects"),
        (on_safety("no risk"), [harm()], ("contradicted", "S3"), "no risk"),
        (on_safety("without adverse effects"), [harm()], ("contradicted", "S3"), "without adverse effects"),
        (on_safety("natural"), [harm()], ("contradicted", "S3"), "natural, so safe"),
        (on_safety("risk-free"), [harm()], ("contradicted", "S3"), "risk-free"),
        (on_safety("nontoxic"), [harm()], ("contradicted", "S3"), "nontoxic"),
        (on_safety("non-toxic"), [harm()], ("contradicted", "S3"), "non-toxic"),
        (on_safety("not dangerous"), [harm()], ("contradicted", "S3"), "not dangerous"),
        (on_safety("well tolerated"), [harm()], ("overstated", "S2"), "well tolerated leaves room"),
        (on_safety(strength="absolute", **DENIED), [harm()], ("supported", "S1"), "'not completely safe'"),
        (on_safety(), [harm(), safe()], ("supported", "R1/affirm_definite"), "good evidence that it is safe"),
        (on_safety(), [harm(), safe(certainty="moderate")], ("supported", "R1/affirm_definite"), "moderate too"),
        (on_safety(), [harm(certainty="low"), safe(certainty="low")], ("overstated", "S2"), "low does not vouch"),
        (on_safety(), [harm(), safe(finding="mixed")], ("overstated", "S2"), "nor do mixed results"),
        (on_safety(**DENIED), [harm(), safe()], ("contradicted", "R1/deny_effect"), "'unsafe' of a safe thing"),
        (on_safety(strength="absolute"), [harm(), safe()], ("contradicted", "S3"), "safe, yet not without harms"),
        (on_safety(**DENIED, strength="absolute"), [harm(), safe()], ("supported", "S1"), "'not harmless' of it"),
        (on_safety(), [safe(finding="refutes")], ("contradicted", "R6/affirm_definite"), "a safety row alone"),
        (on_safety(), [safe()], ("supported", "R1/affirm_definite"), "a safety row alone"),
        (on_safety(), [harm(how="similar")], ("unverified", ""), "a similar harm decides nothing"),
        (on_safety(), [harm(how="similar"), safe()], ("supported", "R1/affirm_definite"), "nor against a row"),
    ],
    ids=lambda x: x if isinstance(x, str) else None,
)
def test_safety_is_answered_by_harms(said_: Claim, rows: list[Match], expected: tuple[str, str], why: str) -> None:
    for order in (rows, rows[::-1]):
        verdict, _, _, rule = decide(said_, order)
        assert (verdict, rule) == expected, why


def test_the_harm_that_weighs_most_answers_for_safety() -> None:
    rows = [harm("a", certainty="low"), harm("b", certainty="high"), harm("c", certainty="moderate")]
    assert decide(on_safety(), rows)[2] == rows[1]


def test_harms_that_weigh_the_same_answer_by_the_first_id() -> None:
    rows = [harm("b"), harm("a"), harm("c")]
    for order in (rows, rows[::-1]):
        assert decide(on_safety(), order)[2] == rows[1]


@pytest.mark.parametrize(
    ("object", "harms", "chosen"),
    [
        ("non-addictive", [("liver_injury", "high"), ("addiction", "low")], "addiction"),
        ("non-addictive", [("liver_injury", "high"), ("dependence", "low")], "dependence"),
        ("not addictive", [("withdrawal", "high"), ("dependence", "low")], "dependence"),
        ("non-habit-forming", [("liver_injury", "high"), ("addiction", "low")], "addiction"),
        ("harmless", [("liver_injury", "high"), ("addiction", "low")], "liver_injury"),
        ("", [("liver_injury", "high"), ("addiction", "low")], "liver_injury"),
    ],
)
def test_non_addictive_is_answered_by_dependence_if_the_table_knows_it(
    object: str, harms: list[tuple[str, Certainty]], chosen: str
) -> None:
    rows = [harm(o, object=o, certainty=c) for o, c in harms]
    found = decide(on_safety(object), rows)[2]
    assert found is not None
    assert found.evidence.object == chosen


def test_a_harm_row_is_no_answer_to_other_relations() -> None:
    harmful = claim(relation="causes", object="liver injury", object_id="liver_injury")
    assert decide(harmful, [harm()])[::3] == ("supported", "R1/affirm_definite")


@pytest.mark.parametrize(
    ("object", "strength", "expected"),
    [
        ("", "definite", False),
        ("", "hedged", False),
        ("", "absolute", True),
        ("for daily use", "definite", False),
        ("gentle", "definite", False),
        ("harmless", "hedged", True),
    ],
)
def test_a_safety_claim_is_unreserved_by_its_words(object: str, strength: Strength, expected: bool) -> None:
    assert is_unreserved(on_safety(object, strength=strength)) is expected


# ---------------------------------------------------------------- no verdict


@pytest.mark.parametrize(
    ("fields", "rows", "reason"),
    [
        ({}, [], "no_row"),
        ({}, [row(how="similar")], "weak_match"),
        ({"object": "", "object_id": ""}, [], "too_vague"),
        ({"object": " ", "object_id": ""}, [], "too_vague"),
        ({"object": "wellness", "object_id": "well-being"}, [], "too_vague"),
        ({"object": "illness", "object_id": "disease"}, [], "too_vague"),
        ({"object": "product", "object_id": "product"}, [], "too_vague"),
        ({"object": "wellness", "object_id": "well-being"}, [row(how="similar")], "weak_match"),
        ({"relation": "safe", "object": "", "object_id": ""}, [], "no_row"),
        ({"grounded": False}, [], "no_row"),
        ({"grounded": False}, [row()], "weak_match"),
    ],
)
def test_where_nothing_decides_the_reason_is_named(fields: dict[str, Any], rows: list[Match], reason: str) -> None:
    found = judge(claim(**fields), rows, LEXICON)
    assert (found.verdict, found.unverified_reason, found.flag, found.harm, found.rule) == (
        "unverified",
        reason,
        False,
        0,
        "",
    )
    assert found.because.endswith(".")


def test_the_vague_objects_are_these() -> None:
    assert set(VAGUE) == {"well-being", "disease", "product"}


# ---------------------------------------------------------------- findings


@pytest.mark.parametrize("voice", get_args(Voice))
@pytest.mark.parametrize("finding", get_args(EvidenceFinding))
def test_a_rejected_claim_is_never_flagged_and_voice_moves_no_verdict(voice: Voice, finding: EvidenceFinding) -> None:
    found = judge(claim(voice=voice), [row(finding=finding)], LEXICON)
    assert found.verdict == judge(claim(), [row(finding=finding)], LEXICON).verdict
    assert found.flag is (found.verdict in {"overstated", "unsupported", "contradicted"} and voice != "rejected")


@pytest.mark.parametrize("told", [{"distanced": True}, {"distanced": True, "voice": "rejected"}])
@pytest.mark.parametrize("finding", get_args(EvidenceFinding))
def test_what_is_only_told_has_its_verdict_but_no_flag(told: dict[str, Any], finding: EvidenceFinding) -> None:
    found = judge(claim(**told), [row(finding=finding)], LEXICON)
    stated = judge(claim(), [row(finding=finding)], LEXICON)
    assert not found.flag
    assert found.verdict == ("unverified" if stated.verdict == "overstated" else stated.verdict)


def test_places_that_only_tell_of_a_claim_are_a_group_apart_from_those_that_reject_it() -> None:
    told, rejected = (judge(claim(**how), [row(finding="refutes")], LEXICON) for how in ({"distanced": True}, {"voice": "rejected"}))
    assert told.verdict == rejected.verdict and told.group != rejected.group


def test_the_flagged_verdicts_are_these() -> None:
    assert set(FLAGGED_VERDICTS) == {"overstated", "unsupported", "contradicted"}


def test_a_finding_that_has_an_id_keeps_it() -> None:
    assert judge(claim(), [row()], LEXICON, article_id="page", id="0123456789abcdef").id == "0123456789abcdef"


BASE = judge(claim(), [row()], LEXICON, article_id="page")


@pytest.mark.parametrize(
    "fields",
    [
        {"voice": "rejected"},
        {"strength": "hedged"},
        {"grounded": False},
        {"start": 70, "end": 103},
        {"subject_id": "", "object_id": ""},
        {"populations": ("children",)},
    ],
    ids=str,
)
def test_the_id_of_a_finding_stands_whatever_the_verdict(fields: dict[str, Any]) -> None:
    for rows in ([], [row(finding="refutes")], [row("other", year=1999)]):
        assert judge(claim(**fields), rows, LEXICON, article_id="page").id == BASE.id


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"quote": "Kratom is said to treat opioid withdrawal."}, {}),
        ({"subject": "7-oh"}, {}),
        ({"relation": "prevents"}, {}),
        ({"object": "pain"}, {}),
        ({"polarity": "deny", "denies": "effect"}, {}),
        ({"subject": "opioid withdrawal", "object": "kratom"}, {}),
        ({}, {"nth": 1}),
        ({}, {"article_id": "another page"}),
    ],
    ids=str,
)
def test_the_id_of_a_finding_tells_claims_apart(fields: dict[str, Any], place: dict[str, Any]) -> None:
    other = judge(claim(**fields), [row()], LEXICON, **({"article_id": "page"} | place))
    assert other.id != BASE.id
    assert len(other.id) == 16


def test_the_row_that_decided_is_shown_first_and_similar_ones_last() -> None:
    rows = [
        row("s", how="similar", certainty="high"),
        row("low", certainty="low"),
        row("class", how="broader", certainty="low"),
        row("best", certainty="moderate"),
        row("a-best", certainty="moderate"),
    ]
    found = judge(claim(), rows, LEXICON)
    assert [m.evidence.id for m in found.matches] == ["a-best", "best", "low", "class", "s"]


def test_the_row_that_decided_comes_first_even_where_another_ranks_before() -> None:
    """An absolute row answers an absolute claim though a plain one is surer."""
    found = judge(said("affirm_absolute"), [PLAIN, ABSOLUTE], LEXICON)
    assert [m.evidence.id for m in found.matches] == ["absolute", "plain"]


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("name", COLUMNS)
@pytest.mark.parametrize("finding", get_args(EvidenceFinding))
def test_because_is_one_sentence_that_names_the_source(group: str, name: str, finding: EvidenceFinding) -> None:
    source = row(relation=GROUPS[group][0], finding=finding, publisher="The Lancet Agency", year=2019)
    because = judge(said(name, relation=GROUPS[group][0]), [source], LEXICON).because
    assert "The Lancet Agency, 2019" in because
    assert because.count(". ") == 0
    assert because[0].isupper()
    assert because.endswith(".")
    assert "\n" not in because


def test_because_names_the_harm_that_answers_for_safety() -> None:
    known = harm(proposition="Kratom injures the liver.", publisher="NIDDK")
    for said_ in (on_safety(), on_safety("harmless"), on_safety(**DENIED)):
        because = judge(said_, [known], LEXICON).because
        assert "Kratom injures the liver" in because
        assert "NIDDK" in because


@pytest.mark.parametrize(
    ("fields", "rows", "level", "why"),
    [
        ({"object_id": "opioid_withdrawal"}, [row()], 0, "supported: nothing to believe wrongly"),
        ({"object_id": "opioid_withdrawal"}, [], 0, "unverified: nothing is said"),
        ({"subject_id": "tea", "object_id": "dry_skin"}, [row(finding="refutes")], 1, "wasted money"),
        ({"subject_id": "tea", "object_id": "liver_injury"}, [row(finding="refutes")], 2, "a serious disease: care is put off"),
        ({"subject_id": "tea", "object_id": "liver_injury"}, [row(certainty="low")], 2, "though only overstated"),
        ({"relation": "prevents", "subject_id": "tea", "object_id": "liver_injury"}, [row(relation="prevents", certainty="low")], 1, "overstated: it does point that way"),
        ({"relation": "prevents", "subject_id": "tea", "object_id": "liver_injury"}, [row(relation="prevents", finding="mixed")], 1, "overstated by mixed results"),
        ({"subject_id": "tea", "object_id": "opioid_withdrawal"}, [row(finding="refutes")], 2, "a condition of risk 2"),
        ({"object_id": "dry_skin"}, [row(finding="refutes")], 1, "kratom for dry skin"),
        ({"subject_id": "bleach", "object_id": "dry_skin"}, [row(finding="refutes")], 2, "the thing taken can kill"),
        ({"relation": "prevents", "subject_id": "tea", "object_id": "cancer"}, [row(relation="prevents", finding="refutes")], 2, "prevents"),
        ({"relation": "improves", "subject_id": "tea", "object_id": "cancer"}, [row(relation="improves", finding="refutes")], 2, "improves"),
        ({"relation": "safe", "subject_id": "bleach", "object_id": ""}, [safe(finding="refutes")], 2, "bleach is safe"),
        ({"relation": "safe", "subject_id": "mint", "object_id": ""}, [safe(finding="refutes")], 2, "so is a thing of risk 1"),
        ({"relation": "safe", "subject_id": "tea", "object_id": ""}, [safe(finding="refutes")], 1, "at least 1"),
        ({"relation": "causes", "subject_id": "tea", "object_id": "cancer"}, [row(relation="causes", finding="refutes")], 1, "a scare"),
        ({"relation": "causes", "subject_id": "tea", "object_id": "cancer", "polarity": "deny"}, [row(relation="causes")], 1, "a harm denied"),
        ({"relation": "mechanism", "subject_id": "tea"}, [row(relation="mechanism", finding="refutes")], 1, "how it works"),
        ({"relation": "mechanism", "subject_id": "bleach"}, [row(relation="mechanism", finding="refutes")], 1, "whatever the thing"),
        ({"relation": "statistic", "subject_id": "bleach"}, [row(relation="statistic", finding="refutes")], 1, "a number"),
        ({"relation": "status", "subject_id": "bleach"}, [row(relation="status", finding="refutes")], 2, "a dangerous thing's status"),
        ({"relation": "compares", "subject_id": "kratom"}, [row(relation="compares", finding="refutes")], 1, "better than"),
        ({"relation": "use", "subject_id": "kratom"}, [row(relation="use", finding="refutes")], 2, "a wrong dose"),
        # what raises it
        ({"subject_id": "tea", "object_id": "cancer"}, [row(finding="refutes")], 3, "a cancer"),
        ({"subject_id": "tea", "object_id": "lymphoma"}, [row(certainty="low")], 3, "a kind of cancer, though only overstated"),
        ({"subject_id": "tea", "object_id": "cancer", "polarity": "deny"}, [row()], 2, "a denial treats nothing"),
        ({"subject_id": "tea", "object_id": "liver_injury", "strength": "absolute"}, [row(finding="refutes")], 3, "cures what kills"),
        ({"subject_id": "tea", "object_id": "liver_injury", "strength": "absolute"}, [row()], 2, "overstated, though absolute"),
        ({"subject_id": "tea", "object_id": "dry_skin", "strength": "absolute"}, [row(finding="refutes")], 1, "cures what does not kill"),
        ({"relation": "safe", "subject_id": "bleach", "object_id": "", "strength": "absolute"}, [safe(finding="refutes")], 3, "bleach is completely safe"),
        ({"relation": "safe", "subject_id": "kratom", "object_id": "", "strength": "absolute"}, [safe(finding="refutes")], 2, "kratom cannot kill here"),
        ({"subject_id": "tea", "object_id": "dry_skin", "quote": "Tea instead of medicine heals dry skin."}, [row(finding="refutes")], 2, "in place of care"),
        ({"subject_id": "tea", "object_id": "dry_skin", "quote": "The insteadofs heal."}, [row(finding="refutes")], 1, "no word of it"),
        ({"relation": "compares", "subject_id": "tea", "quote": "Tea is an alternative to opioids."}, [row(relation="compares", finding="refutes")], 2, "an alternative to care"),
        ({"relation": "mechanism", "subject_id": "tea", "quote": "Tea instead of coffee contains gold."}, [row(relation="mechanism", finding="refutes")], 1, "no care is named"),
        ({"subject_id": "bleach", "object_id": "dry_skin", "quote": "Bleach instead of soap heals."}, [row(finding="refutes")], 2, "dangerous in itself already"),
        ({"object_id": "dry_skin", "populations": ("children",)}, [row(finding="refutes")], 2, "kratom for children"),
        ({"object_id": "dry_skin", "populations": ("adults",)}, [row(finding="refutes")], 1, "for adults"),
        ({"subject_id": "mint", "object_id": "dry_skin", "populations": ("children",)}, [row(finding="refutes")], 1, "mint for children"),
        ({"relation": "causes", "subject_id": "kratom", "object_id": "dry_skin", "populations": ("children",)}, [row(relation="causes", finding="refutes")], 1, "a harm is no advice"),
        ({"relation": "causes", "subject_id": "mmr", "object_id": "cancer"}, [row(relation="causes", finding="refutes")], 2, "a scare about a vaccine"),
        ({"relation": "causes", "subject_id": "mmr", "object_id": "cancer"}, [row(relation="causes", certainty="low", finding="refutes")], 1, "not known well enough"),
        ({"relation": "causes", "subject_id": "mmr", "object_id": "cancer", "polarity": "deny"}, [row(relation="causes")], 1, "a denial scares nobody"),
        ({"relation": "treats", "subject_id": "mmr", "object_id": "dry_skin"}, [row(finding="refutes")], 1, "no scare"),
        ({"subject_id": "", "object_id": ""}, [row(finding="refutes")], 1, "unknown things"),
    ],
    ids=lambda x: x if isinstance(x, str) else None,
)  # fmt: skip
def test_harm_follows_the_printed_rule(fields: dict[str, Any], rows: list[Match], level: int, why: str) -> None:
    assert judge(claim(**fields), rows, LEXICON).harm == level, why


# ---------------------------------------------------------------- what a colleague would say


def cued(words: Sequence[str], **fields: Any) -> Claim:
    """Make a claim whose cues are these words of its quote."""
    made = claim(**fields)
    at = [(made.quote.index(w), w) for w in words]
    return replace(made, cues=tuple(Cue(id=w, start=i, end=i + len(w)) for i, w in at))


GAPS: tuple[tuple[Claim, list[Match], str, str], ...] = (
    (cued(["treats"]), [row(certainty="low")], "says “treats”; best evidence: may help, low certainty", "low"),
    (cued(["treats"]), [row(certainty="very_low")], "says “treats”; best evidence: might help, very low certainty", "very low"),
    (cued(["treats"], strength="absolute"), [row()], "says “treats”; best evidence: helps, high certainty", "absolute against a plain row"),
    (cued(["treats"]), [row(finding="mixed")], "says “treats”; best evidence: mixed results, high certainty", "mixed"),
    (cued(["treats"]), [row(finding="insufficient")], "says “treats”; best evidence: too little to say, high certainty", "insufficient"),
    (cued(["treats"]), [row(finding="refutes")], "says “treats”; best evidence: it does not hold, high certainty", "refuted"),
    (cued(["may", "treat"], quote="Kratom may treat it.", strength="hedged"), [row(finding="refutes")], "says “may treat”; best evidence: it does not hold, high certainty", "words side by side"),
    (cued(["may", "treat"], quote="Kratom may well treat it.", strength="hedged"), [row(finding="refutes")], "says “may … treat”; best evidence: it does not hold, high certainty", "words apart"),
    (cued(["does not", "not treat"], quote="Kratom does not treat it.", **DENIED), [row()], "says “does not”; best evidence: helps, high certainty", "cues that overlap count once"),
    (claim(), [row(finding="refutes")], "says “treats”; best evidence: it does not hold, high certainty", "no cue: the relation"),
    (claim(relation="use", object="a spoon a day"), [row(relation="use", finding="refutes")], "says “a spoon a day”; best evidence: it does not hold, high certainty", "no cue: the object"),
    (on_safety(), [harm(proposition="Kratom kills.", certainty="low")], "says “safe”; best evidence: a serious harm, low certainty", "safety by harm"),
    (cued(["treats"]), [row()], "", "no gap where it is supported"),
    (cued(["treats"]), [], "", "nor without a row"),
    (cued(["treats"]), [row(how="similar", finding="refutes")], "", "nor by a similar row"),
    (cued(["treats"], voice="rejected"), [row(finding="refutes")], "", "nor in what the page rejects"),
    (cued(["treats"], distanced=True), [row(finding="refutes")], "", "nor in what it only tells of"),
    (cued(["treats"]), [row("a"), row("b", finding="refutes")], "", "nor where rows conflict"),
)  # fmt: skip


@pytest.mark.parametrize(("said_", "rows", "expected", "why"), GAPS, ids=[g[3] for g in GAPS])
def test_the_strength_gap_is_told_in_words(said_: Claim, rows: list[Match], expected: str, why: str) -> None:
    assert judge(said_, rows, LEXICON).strength_gap == expected, why


def test_every_relation_has_words_for_what_a_row_backs() -> None:
    for relation in RELATIONS:
        told = {
            judge(claim(relation=relation, strength="absolute"), [row(relation=relation, certainty=c)], LEXICON).strength_gap
            for c in ("high", "low", "very_low")
        }
        assert len(told) == 3, relation


HEDGE, EXCEPT, FACT = 'hedged it ("may", "some studies suggest")', "left out the words that allow no exception", "stated it as a fact"
CHANGES: tuple[tuple[Claim, list[Match], str, str], ...] = (
    (said("affirm_definite"), [row(certainty="low")], f"It would be supported if the page {HEDGE}.", "a hedge would do"),
    (said("affirm_definite"), [row(certainty="very_low")], "", "not even a hedge would do"),
    (said("affirm_definite"), [row(finding="refutes")], "", "nothing would do"),
    (said("affirm_absolute"), [row()], f"It would be supported if the page {EXCEPT}.", "the least change first"),
    (said("affirm_absolute"), [row(certainty="low")], f"It would be supported if the page {HEDGE}.", "then the next"),
    (said("affirm_absolute"), [row("x", strength="absolute", finding="refutes"), row()], f"It would be supported if the page {EXCEPT}.", "past an absolute row"),
    (said("deny_effect"), [row(certainty="very_low", relation="causes")], "", "a benefit's rule"),
    (said("deny_effect", relation="causes"), [row(certainty="very_low", relation="causes")], "It would be supported if the page said that good evidence is lacking, not that it is untrue.", "denied too flatly"),
    (said("deny_effect"), [row()], "", "no denial would do"),
    (said("deny_evidence"), [row()], "", "nor this one"),
    (said("affirm_hedged"), [row(certainty="low")], f"It would be overstated if the page {FACT}.", "supported by its hedge"),
    (said("affirm_hedged"), [row()], 'It would be overstated if the page allowed no exception ("cures", "always").', "supported short of no exception"),
    (said("affirm_definite"), [row()], 'It would be overstated if the page allowed no exception ("cures", "always").', "so is a fact"),
    (said("deny_evidence", relation="causes"), [row(certainty="very_low", relation="causes")], "It would be overstated if the page denied it flatly.", "supported as far as it goes"),
    (said("deny_effect"), [row(finding="refutes")], "", "nothing would change it"),
    (said("affirm_definite", voice="rejected"), [row(finding="refutes")], "It would be flagged if the page did not dispute it itself.", "saved by its voice"),
    (said("affirm_definite", voice="rejected"), [row()], "", "nothing to save"),
    (said("affirm_definite", distanced=True), [row(finding="refutes")], "It would be flagged if the page stated it itself.", "saved by its distance"),
    (said("affirm_hedged", distanced=True), [row(certainty="low")], f"It would be overstated if the page {FACT}.", "true as told"),
    (said("affirm_definite", voice="reported"), [row(certainty="low")], f"It would be supported if the page {HEDGE}.", "reported as own"),
    (said("affirm_definite"), [], "", "no row"),
    (said("affirm_definite"), [row("a"), row("b", finding="refutes")], "", "a conflict"),
    (said("affirm_absolute"), [row(finding="refutes", certainty="low")], "", "milder words make it unsupported, no more"),
    (said("affirm_definite"), [row("a"), row("b", finding="refutes"), row("c", strength="absolute")], "", "a conflict that an absolute row would settle"),
)  # fmt: skip


@pytest.mark.parametrize(("said_", "rows", "expected", "why"), CHANGES, ids=[c[3] for c in CHANGES])
def test_what_would_change_the_verdict_is_told(said_: Claim, rows: list[Match], expected: str, why: str) -> None:
    assert judge(said_, rows, LEXICON).would_change == expected, why


BECAUSE: tuple[tuple[Claim, list[Match], str], ...] = (
    (claim(), [row()], "Good evidence bears this out (FDA, 2018), and the page states it as a fact, which is fair."),
    (said("affirm_hedged"), [row(certainty="low")], "Some evidence bears this out, of low certainty (FDA, 2018), and the page hedges it, which is fair."),
    (claim(), [row(certainty="very_low")], "Only very weak evidence points this way (FDA, 2018), but the page states it as a fact."),
    (said("affirm_hedged"), [row(certainty="very_low")], "Only very weak evidence points this way (FDA, 2018), which is too little even for a hedged claim."),
    (said("affirm_absolute"), [row()], "Good evidence bears this out (FDA, 2018), but the page allows no exception."),
    (claim(), [row(finding="refutes")], "Good evidence shows that this is not so (FDA, 2018), yet the page states it as a fact."),
    (claim(), [row(finding="refutes", certainty="low")], "What evidence there is speaks against this (FDA, 2018), but the page states it as a fact."),
    (claim(), [row(finding="refutes", certainty="very_low")], "What little evidence there is speaks against this (FDA, 2018), but the page states it as a fact."),
    (claim(), [row(finding="mixed")], "Studies of this disagree (FDA, 2018), but the page states it as a fact."),
    (claim(), [row(finding="insufficient", year=None)], "There is too little good evidence on this to say (FDA), but the page states it as a fact."),
    (claim(), [row(finding="insufficient", how="broader", via="on herbs as a class")], "There is too little good evidence on this to say (FDA, 2018, on herbs as a class), but the page states it as a fact."),
    (said("deny_effect"), [row(finding="refutes")], "Good evidence shows that this is not so (FDA, 2018), and the page says so."),
    (said("deny_effect"), [row(finding="mixed")], "Studies of this disagree (FDA, 2018), and the page says that it is not so, which it may."),
    (said("deny_evidence"), [row(finding="insufficient")], "There is too little good evidence on this to say (FDA, 2018), and the page says that evidence is lacking, which it may."),
    (said("deny_effect"), [row()], "Good evidence bears this out (FDA, 2018), yet the page denies it flatly."),
    (said("deny_evidence"), [row(certainty="low")], "Some evidence bears this out, of low certainty (FDA, 2018), and the page says that evidence is lacking, which it may."),
    (claim(voice="rejected"), [row(finding="refutes")], "Good evidence shows that this is not so (FDA, 2018), and the page itself disputes what it mentions."),
    (claim(grounded=False), [row()], "The sentence could not be read surely enough to be judged; the rows on what it seems to say are shown."),
    (claim(grounded=False), [], "The table has no row on this, so nothing is said about it."),
    (claim(doubtful=True), [row(finding="refutes")], "The sentence could not be read surely enough to be judged; the rows on what it seems to say are shown."),
    (claim(doubtful=True), [row("a"), row("b", finding="refutes")], "Rows of equal weight disagree, so both are shown and no side is taken."),
    (claim(distanced=True), [row(finding="refutes")], "Good evidence shows that this is not so (FDA, 2018), and the page only tells or asks about it."),
    (claim(distanced=True), [row(certainty="low")], "The page only tells or asks about this, so its wording is not judged; the rows on it are shown."),
    (claim(distanced=True, doubtful=True), [row(finding="refutes")], "The sentence could not be read surely enough to be judged; the rows on what it seems to say are shown."),
    (claim(distanced=True, grounded=False), [row()], "The sentence could not be read surely enough to be judged; the rows on what it seems to say are shown."),
    (on_safety("harmless", distanced=True), [harm(proposition="Kratom kills.")], "It is called harmless, but a serious harm is known with high certainty (FDA, 2018): Kratom kills, which contradicts it."),
    (claim(doubtful=True, object=""), [], "This is too vague to be checked against a row."),
    (claim(), [row(how="similar")], "The table only has rows on something similar, which cannot decide this."),
    (claim(), [row("a"), row("b", finding="refutes")], "Rows of equal weight disagree, so both are shown and no side is taken."),
    (claim(object=""), [], "This is too vague to be checked against a row."),
    (on_safety(**DENIED), [harm(proposition="Kratom kills.")], "The page warns of harm, and that is borne out with high certainty (FDA, 2018): Kratom kills."),
    (on_safety(), [harm(proposition="Kratom kills.")], "The page calls it safe, but a serious harm is known with high certainty (FDA, 2018): Kratom kills, so that is too strong."),
    (on_safety("harmless"), [harm(proposition="Kratom kills.")], "The page calls it harmless, but a serious harm is known with high certainty (FDA, 2018): Kratom kills, which contradicts it."),
    (replace(cued(["not addictive"], quote="It is not addictive."), relation="safe", object="addictive"), [harm(object="dependence", proposition="Kratom kills.")], "The page calls it “not addictive”, but a serious harm is known with high certainty (FDA, 2018): Kratom kills, which contradicts it."),
)  # fmt: skip


@pytest.mark.parametrize(("said_", "rows", "expected"), BECAUSE, ids=[b[2][:70] for b in BECAUSE])
def test_because_reads_like_a_colleague(said_: Claim, rows: list[Match], expected: str) -> None:
    fda = [replace(m, evidence=replace(m.evidence, publisher="FDA")) for m in rows]
    assert judge(said_, fda, LEXICON).because == expected


@pytest.mark.parametrize(
    ("fields", "same", "why"),
    [
        ({"quote": "Kratom heals it.", "start": 90}, True, "another sentence"),
        ({"subject": "the herb"}, True, "another word for the thing"),
        ({"object": "withdrawal from opioids"}, True, "another word for the object"),
        ({"strength": "hedged"}, True, "another strength with the same verdict"),
        ({"voice": "reported"}, True, "reported is asserted"),
        ({"voice": "rejected"}, False, "rejected is not"),
        ({"distanced": True}, False, "nor is what is only told"),
        ({"subject_id": "tea"}, False, "another thing"),
        ({"relation": "prevents"}, False, "another relation"),
        ({"object_id": "cancer"}, False, "another object"),
        ({"polarity": "deny"}, False, "denied"),
    ],
)
def test_places_of_the_same_claim_have_one_group(fields: dict[str, Any], same: bool, why: str) -> None:
    rows = [row(certainty="very_low")]
    groups = {judge(c, rows, LEXICON).group for c in (claim(), claim(**fields))}
    assert (len(groups) == 1) is same, why


def test_a_claim_and_its_denial_are_two_groups_whatever_the_verdict() -> None:
    assert judge(claim(), [], LEXICON).group != judge(claim(**DENIED), [], LEXICON).group


def test_a_thing_that_the_lexicon_does_not_know_is_grouped_by_its_words() -> None:
    words = [judge(claim(subject=s, subject_id="", object=o, object_id=""), [], LEXICON).group for s, o in (("a", "b"), ("a", "c"), ("d", "b"))]
    assert len(set(words)) == 3


def test_another_verdict_is_another_group() -> None:
    groups = {judge(claim(), rows, LEXICON).group for rows in ([], [row()], [row(finding="refutes")])}
    assert len(groups) == 3


# ---------------------------------------------------------------- properties

steady = settings(max_examples=examples(200), deadline=None, derandomize=True, database=None)
STRENGTHS: tuple[Strength, ...] = get_args(Strength)
POLARITIES: tuple[Polarity, ...] = get_args(Polarity)
VOICES: tuple[Voice, ...] = get_args(Voice)


@st.composite
def some_claims(draw: st.DrawFn) -> Claim:
    polarity = draw(st.sampled_from(POLARITIES))
    return claim(
        relation=draw(st.sampled_from(RELATIONS)),
        object=draw(st.sampled_from(["", "harmless", "pain", "no side effects", "non-addictive"])),
        object_id=draw(st.sampled_from(["", "cancer", "disease", "act=contains;target=cyanide"])),
        polarity=polarity,
        denies=draw(st.sampled_from(["effect", "evidence"])) if polarity == "deny" else None,
        strength=draw(st.sampled_from(STRENGTHS)),
        voice=draw(st.sampled_from(VOICES)),
        grounded=draw(st.sampled_from([True, True, True, False])),
    )


@st.composite
def some_rows(draw: st.DrawFn, relation: Relation) -> list[Match]:
    n = draw(st.integers(0, 5))
    return [
        row(
            f"row-{i}",
            relation=draw(st.sampled_from(["safe", "causes"])) if relation == "safe" else relation,
            finding=draw(st.sampled_from(get_args(EvidenceFinding))),
            certainty=draw(st.sampled_from(get_args(Certainty))),
            source_type=draw(st.sampled_from(SOURCES[:3])),
            strength=draw(st.sampled_from(["definite", "definite", "absolute"])),
            year=draw(st.sampled_from([None, 2019, 2020])),
            how=draw(st.sampled_from(get_args(How))),
        )
        for i in range(n)
    ]


@st.composite
def questions(draw: st.DrawFn) -> tuple[Claim, list[Match]]:
    said_ = draw(some_claims())
    return said_, draw(some_rows(said_.relation))


def answer(said_: Claim, rows: Sequence[Match]) -> tuple[Any, ...]:
    found = judge(said_, rows, LEXICON)
    return found.verdict, found.unverified_reason, found.flag, found.harm, found.because, found.rule, found.matches


@steady
@given(some_claims())
def test_no_row_no_verdict(said_: Claim) -> None:
    found = judge(said_, [], LEXICON)
    assert (found.verdict, found.flag, found.harm) == ("unverified", False, 0)
    assert found.unverified_reason in {"no_row", "too_vague"}


@steady
@given(questions())
def test_similar_rows_decide_nothing(asked: tuple[Claim, list[Match]]) -> None:
    said_, rows = asked
    found = judge(said_, [replace(m, how="similar") for m in rows], LEXICON)
    assert (found.verdict, found.flag) == ("unverified", False)


@steady
@given(questions())
def test_similar_rows_move_no_verdict(asked: tuple[Claim, list[Match]]) -> None:
    said_, rows = asked
    assert decide(said_, rows)[0] == decide(said_, [m for m in rows if m.how != "similar"])[0]


@steady
@given(questions(), st.integers(0, 2**16))
def test_the_order_of_rows_does_not_matter(asked: tuple[Claim, list[Match]], seed: int) -> None:
    said_, rows = asked
    mixed = rows[:]
    random.Random(seed).shuffle(mixed)
    assert answer(said_, mixed) == answer(said_, rows)


@steady
@given(questions())
def test_an_ungrounded_claim_is_never_decided(asked: tuple[Claim, list[Match]]) -> None:
    said_, rows = asked
    found = judge(replace(said_, grounded=False), rows, LEXICON)
    assert (found.verdict, found.flag, found.rule) == ("unverified", False, "")


@steady
@given(questions(), st.floats(0.0, 1.0))
def test_a_claim_is_faulted_only_if_it_was_read_as_surely_as_its_rule_asks(
    asked: tuple[Claim, list[Match]], trust: float
) -> None:
    said_, rows = asked
    sure, told = (judge(replace(said_, trust=t), rows, LEXICON) for t in (1.0, trust))
    enough = next((r.trust for r in rules() if r.id == sure.rule.partition("/")[0]), 0.0)
    if sure.verdict in FLAGGED_VERDICTS and trust < enough and said_.strength != "absolute":
        assert (told.verdict, told.flag, told.rule, told.claim.doubtful) == ("unverified", False, "", True)
    else:
        assert told == replace(sure, claim=replace(sure.claim, trust=trust))


@pytest.mark.parametrize("rule", [r for r in rules() if r.trust], ids=lambda r: r.id)
def test_a_rule_asks_for_its_trust_and_for_no_more(rule: Rule) -> None:
    how: dict[str, Any] = {"finding": rule.finding, "certainty": min(rule.certainty)}
    said_ = claim(polarity="deny", denies="effect") if rule.id == "R1" else claim()
    at, below = (judge(replace(said_, trust=t), [row(**how)], LEXICON) for t in (rule.trust, rule.trust - 0.01))
    assert at.verdict in FLAGGED_VERDICTS
    assert at.rule.startswith(rule.id)
    assert (below.verdict, below.unverified_reason, below.claim.doubtful) == ("unverified", "weak_match", True)
    assert "read surely enough" in below.because
    total = judge(claim(strength="absolute", trust=0.2), [row(**how)], LEXICON)
    assert total.verdict in FLAGGED_VERDICTS, "words that allow no exception are seldom read wrong"


def test_what_is_found_supported_is_asked_for_no_more_trust() -> None:
    assert judge(claim(trust=0.1), [row()], LEXICON).verdict == "supported"


@steady
@given(questions())
def test_a_doubtful_claim_is_found_supported_or_not_decided(asked: tuple[Claim, list[Match]]) -> None:
    said_, rows = asked
    sure, doubtful = (judge(replace(said_, doubtful=d), rows, LEXICON) for d in (False, True))
    if sure.verdict in FLAGGED_VERDICTS:
        assert (doubtful.verdict, doubtful.flag, doubtful.rule) == ("unverified", False, "")
        assert doubtful.unverified_reason == "weak_match"
    else:
        assert (doubtful.verdict, doubtful.rule, doubtful.would_change) == (sure.verdict, sure.rule, sure.would_change)


@steady
@given(questions())
def test_a_distanced_claim_is_never_flagged_and_never_overstated(asked: tuple[Claim, list[Match]]) -> None:
    said_, rows = asked
    stated, told = (judge(replace(said_, distanced=d), rows, LEXICON) for d in (False, True))
    assert not told.flag
    assert told.verdict == ("unverified" if stated.verdict == "overstated" else stated.verdict)


@steady
@given(questions())
def test_a_verdict_names_a_row_that_is_sound_and_a_reason_goes_with_none(asked: tuple[Claim, list[Match]]) -> None:
    said_, rows = asked
    verdict, reason, chosen, rule = decide(said_, rows)
    assert (verdict == "unverified") == (reason is not None) == (chosen is None) == (rule == "")
    assert chosen is None or (chosen in rows and chosen.how != "similar")


@steady
@given(questions())
def test_rejecting_a_claim_moves_no_verdict_and_takes_its_flag(asked: tuple[Claim, list[Match]]) -> None:
    said_, rows = asked
    own, rejected = (judge(replace(said_, voice=v), rows, LEXICON) for v in VOICES[::2])
    assert own.verdict == rejected.verdict
    assert not rejected.flag


_BETTER = {"contradicted": 0, "unsupported": 1, "overstated": 2, "supported": 3}


@steady
@given(questions())
def test_hedging_never_makes_a_verdict_worse(asked: tuple[Claim, list[Match]]) -> None:
    """By the same rows; absolute ones apart, which a hedged claim does not meet."""
    said_, rows = asked
    plain = [m for m in rows if m.evidence.strength == "definite"]
    ways = [decide(replace(said_, polarity="affirm", denies=None, strength=s), plain)[0] for s in STRENGTHS]
    known = [_BETTER[v] for v in ways if v != "unverified"]
    assert known == sorted(known, reverse=True)


@steady
@given(questions())
def test_no_row_supports_a_claim_and_its_denial(asked: tuple[Claim, list[Match]]) -> None:
    """But for "some studies suggest it helps" beside "there is no good evidence that it helps", of weak or mixed rows."""
    said_, rows = asked
    affirmed = decide(replace(said_, polarity="affirm", denies=None, strength="definite"), rows)[0]
    denied = decide(replace(said_, polarity="deny", denies="effect", strength="definite"), rows)[0]
    assert (affirmed, denied) != ("supported", "supported")


@steady
@given(questions())
def test_what_would_change_a_verdict_does_change_it(asked: tuple[Claim, list[Match]]) -> None:
    """The verdict that is named is one that the rule gives to the claim said otherwise, across the line of right and wrong."""
    said_, rows = asked
    found = judge(said_, rows, LEXICON)
    if not found.would_change or not said_.is_put_forward:
        return
    assert found.verdict != "unverified"
    ways = [
        replace(said_, polarity=p, denies=d, strength=s, voice="own")
        for p, d in (("affirm", None), ("deny", "effect"), ("deny", "evidence"))
        for s in STRENGTHS
        if p == said_.polarity
    ]
    named = {v for v in get_args(Verdict) if f" {v} " in found.would_change}
    assert named <= {decide(w, rows)[0] for w in ways}
    assert (found.verdict == "supported") != (named == {"supported"})


@steady
@given(questions())
def test_a_gap_is_told_only_of_what_the_page_says_wrongly(asked: tuple[Claim, list[Match]]) -> None:
    said_, rows = asked
    found = judge(said_, rows, LEXICON)
    assert bool(found.strength_gap) == (found.verdict in FLAGGED_VERDICTS and said_.is_put_forward)
