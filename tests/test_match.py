"""Which rows speak to a claim, and how: the own triple, a class going down, a wider condition refuted, never up."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.concepts import OBJECT_KINDS
from claims.evidence import EvidenceTable
from claims.judge import judge
from claims.lexicon import Lexicon
from claims.match import MAX_SIMILAR, find_matches, is_serious_harm
from claims.types import RELATIONS, Claim, Concept, Evidence, Polarity, Relation
from claims.words import word_map
from tests.examples import examples
from tests.factories import evidence

# id, kind, broader, inverse, risk
CONCEPTS = """
natural-product    class      -               -               0
herbal-product     class      natural-product -               0
kratom             herb       herbal-product  -               2
7-oh               compound   kratom          -               3
mint               herb       herbal-product  -               0
vitamin-c          nutrient   natural-product -               0
disease            condition  -               -               1
cancer             condition  disease         -               3
breast-cancer      condition  cancer          -               3
opioid-withdrawal  condition  -               -               2
hair-loss          condition  disease         hair-growth     0
scurvy             condition  -               -               2
miscarriage        condition  -               -               1
pain               symptom    -               -               1
hair               target     -               -               0
hair-growth        function   -               -               0
sleep              function   -               -               0
any-health-purpose function   -               -               0
side-effects       condition  -               -               1
immunity           function   -               -               0
liver-injury       condition  -               -               3
upset-stomach      symptom    -               -               1
addiction          condition  -               -               1
dependence         condition  -               -               1
withdrawal         condition  -               -               1
receptor           target     -               -               0
opioid-receptor    target     receptor        -               0
children           population -               -               0
pregnancy          population -               -               0
infants            population -               -               0
breastfeeding      population -               -               0
older-adults       population -               -               0
cancer-patients    population -               -               0
athletes           population -               -               0
adults             population -               -               0
animals            population -               -               0
test-tube          population -               -               0
"""
LEXICON = Lexicon(
    Concept(
        id=id, kind=kind, name=id, broader=tuple(b for b in broader.split("|") if b != "-"),
        inverse=inverse.replace("-", "", inverse == "-"), risk=int(risk),
    )
    for id, kind, broader, inverse, risk in map(str.split, CONCEPTS.split("\n")[1:-1])
)  # fmt: skip


def row(triple: str, finding: str = "supports", /, *, id: str = "", **fields: Any) -> Evidence:
    """Make a row on "subject relation object", of high certainty and on nobody in particular."""
    subject, relation, object = [*triple.split(), ""][:3]
    given = {"finding": finding, "certainty": "high", "population": "", "relation": relation}
    return evidence(id or f"{triple} {finding}", subject=subject, object=object, **(given | fields))


def claim(triple: str, **fields: Any) -> Claim:
    """Make a claim of "subject relation object"; "?" is a thing that the lexicon does not know."""
    subject, relation, object = [*triple.split(), ""][:3]
    ids = {"subject_id": subject.replace("?", ""), "object_id": object.replace("?", "")}
    slots: dict[str, Any] = {"subject": subject, "relation": relation, "object": object} | ids
    return Claim(start=0, end=len(triple), **(slots | {"quote": triple} | fields))


def matches(said: Claim, *rows: Evidence) -> list[tuple[str, str]]:
    return [(m.evidence.id, m.how) for m in find_matches(said, EvidenceTable(rows, LEXICON))]


def how(said: Claim, given_: Evidence) -> str:
    """Say how one row matches, "" where it does not."""
    found = matches(said, given_)
    assert len(found) <= 1
    return found[0][1] if found else ""


MEMBERS = {"applies_to": "members"}

# claim, row, its finding, other fields of the row, how it matches, why
ONE_ROW: tuple[tuple[str, str, str, dict[str, Any], str, str], ...] = (
    ("kratom treats pain", "kratom treats pain", "supports", {}, "exact", "the same triple"),
    ("kratom treats pain", "kratom treats pain", "supports", {"status": "draft"}, "", "a draft decides nothing"),
    ("kratom treats pain", "kratom treats pain", "supports", {"status": "retired"}, "", "nor does a retired row"),
    ("kratom treats pain", "mint treats pain", "supports", {}, "", "another herb"),
    ("kratom causes pain", "kratom treats pain", "supports", {}, "", "another relation"),
    ("kratom prevents pain", "kratom treats pain", "supports", {}, "similar", "a near relation is shown only"),
    ("kratom treats pain", "kratom treats opioid-withdrawal", "supports", {}, "", "another condition"),
    ("mint treats hair-loss", "mint improves hair", "supports", {}, "", "a word inside another"),
    ("pain treats kratom", "kratom treats pain", "supports", {}, "", "the wrong way round"),
    ("? treats pain", "kratom treats pain", "supports", {}, "", "an unknown subject meets nothing"),
    ("kratom treats ?", "kratom treats pain", "supports", {}, "", "nor an unknown object"),
    # A class goes down to its members: harms and refutations that say so, never benefits.
    ("kratom treats cancer", "herbal-product treats cancer", "refutes", MEMBERS, "broader", "a refutation goes down"),
    ("7-oh treats cancer", "natural-product treats cancer", "refutes", MEMBERS, "broader", "over three steps"),
    ("kratom treats cancer", "herbal-product treats cancer", "insufficient", MEMBERS, "broader", "insufficient too"),
    ("kratom treats cancer", "herbal-product treats cancer", "refutes", {}, "", "not where the row does not say so"),
    ("kratom treats pain", "herbal-product treats pain", "supports", MEMBERS, "", "a benefit never goes down"),
    ("kratom prevents pain", "herbal-product prevents pain", "supports", MEMBERS, "", "a benefit: prevents"),
    ("kratom improves sleep", "herbal-product improves sleep", "supports", MEMBERS, "", "a benefit: improves"),
    ("kratom safe", "herbal-product safe", "supports", MEMBERS, "", "a benefit: safe"),
    ("kratom compares other=mint;direction=better", "herbal-product compares other=mint;direction=better", "supports", MEMBERS, "", "a benefit: compares"),
    ("kratom use what=dose;low=1;high=2", "herbal-product use what=dose;low=1;high=2", "supports", MEMBERS, "", "a benefit: use"),
    ("kratom treats pain", "herbal-product treats pain", "mixed", MEMBERS, "", "mixed results are no refutation"),
    ("kratom causes liver-injury", "herbal-product causes liver-injury", "supports", MEMBERS, "broader", "a harm goes down"),
    ("kratom causes liver-injury", "herbal-product causes liver-injury", "supports", {}, "", "a harm that stays"),
    ("kratom status authority=fda;act=approved", "herbal-product status authority=fda;act=approved", "refutes", MEMBERS, "broader", "a status goes down"),
    ("kratom mechanism act=acts-on;target=receptor", "herbal-product mechanism act=acts-on;target=receptor", "supports", MEMBERS, "broader", "a mechanism goes down"),
    # Nothing goes up.
    ("herbal-product treats cancer", "kratom treats cancer", "refutes", MEMBERS, "", "a member says nothing of its class"),
    ("herbal-product causes liver-injury", "kratom causes liver-injury", "supports", MEMBERS, "", "not even a harm"),
    ("herbal-product safe", "kratom safe", "refutes", MEMBERS, "", "nor its safety"),
    ("kratom treats cancer", "7-oh treats cancer", "refutes", MEMBERS, "", "a part says nothing of the whole"),
    # A wider condition: a refutation holds for the narrower one, a benefit does not.
    ("kratom treats breast-cancer", "kratom treats cancer", "refutes", {}, "broader", "cancer refuted, so breast cancer"),
    ("kratom treats breast-cancer", "kratom treats disease", "refutes", {}, "broader", "over two steps"),
    ("kratom treats breast-cancer", "kratom treats cancer", "insufficient", {}, "broader", "insufficient too"),
    ("kratom treats breast-cancer", "kratom treats cancer", "supports", {}, "similar", "a benefit is shown only"),
    ("kratom treats breast-cancer", "kratom treats cancer", "mixed", {}, "similar", "mixed results are shown only"),
    ("kratom treats cancer", "kratom treats disease", "supports", {}, "similar", "a benefit of the wider is shown only"),
    ("kratom causes breast-cancer", "kratom causes cancer", "supports", {}, "similar", "a harm of the wider is shown only"),
    ("kratom treats cancer", "kratom treats breast-cancer", "refutes", {}, "similar", "nothing goes up to the wider"),
    ("7-oh treats breast-cancer", "herbal-product treats cancer", "refutes", MEMBERS, "broader", "class and condition at once"),
    ("7-oh treats breast-cancer", "herbal-product treats cancer", "supports", MEMBERS, "", "but no benefit"),
    # Inverse: the function and the condition that its improvement treats.
    ("mint improves hair-growth", "mint treats hair-loss", "supports", {}, "exact", "hair growth is hair loss treated"),
    ("mint treats hair-loss", "mint improves hair-growth", "supports", {}, "exact", "and the other way round"),
    ("mint treats hair-growth", "mint improves hair-growth", "supports", {}, "exact", "a function that is 'treated'"),
    ("mint improves pain", "mint treats pain", "supports", {}, "exact", "a symptom that is 'improved'"),
    ("mint mechanism act=lowers;target=hair-loss", "mint treats hair-loss", "supports", {}, "exact", "what lowers it treats it"),
    ("mint mechanism act=raises;target=sleep", "mint improves sleep", "supports", {}, "exact", "what raises it improves it"),
    ("mint mechanism act=contains;target=sleep", "mint improves sleep", "supports", {}, "", "to contain is no effect"),
    ("mint treats sleep", "mint improves sleep", "supports", {}, "exact", "a function without inverse"),
    ("mint causes hair-loss", "mint improves hair-growth", "refutes", {}, "", "a harm is no inverse"),
    ("mint prevents hair-loss", "mint improves hair-growth", "refutes", {}, "", "nor is prevention"),
    ("kratom improves hair-growth", "herbal-product treats hair-loss", "refutes", MEMBERS, "broader", "an inverse of the class"),
    ("kratom improves hair-growth", "kratom treats disease", "refutes", {}, "broader", "what treats no disease treats no hair loss"),
    # Objects of fields: all of them the same, or a wider thing where the row refutes.
    ("kratom mechanism act=acts-on;target=opioid-receptor", "kratom mechanism act=acts-on;target=opioid-receptor", "supports", {}, "exact", "the same fields"),
    ("kratom mechanism act=inhibits;target=opioid-receptor", "kratom mechanism act=acts-on;target=opioid-receptor", "supports", {}, "", "another act"),
    ("kratom mechanism act=acts-on;target=opioid-receptor", "kratom mechanism act=acts-on;target=receptor", "refutes", {}, "broader", "a wider target refuted"),
    ("kratom mechanism act=acts-on;target=opioid-receptor", "kratom mechanism act=acts-on;target=receptor", "supports", {}, "", "a wider target backs nothing"),
    # A mechanism told from the other side, and one that tells more closely how a thing acts.
    ("kratom mechanism act=contains;target=7-oh", "7-oh mechanism act=derived-from;target=kratom", "supports", {}, "exact", "what is in a thing comes from it"),
    ("7-oh mechanism act=derived-from;target=kratom", "kratom mechanism act=contains;target=7-oh", "refutes", {}, "exact", "what comes from a thing is in it"),
    ("kratom mechanism act=contains;target=7-oh", "7-oh mechanism act=derived-from;target=kratom", "supports", {"population": "animals"}, "similar", "told of animals"),
    ("kratom mechanism act=acts-on;target=receptor", "kratom mechanism act=lowers;target=receptor", "supports", {}, "narrower", "what lowers a thing acts on it"),
    ("kratom mechanism act=acts-on;target=receptor", "kratom mechanism act=inhibits;target=receptor", "supports", {}, "narrower", "what blocks a thing acts on it"),
    ("kratom mechanism act=acts-on;target=receptor", "kratom mechanism act=raises;target=receptor", "supports", {}, "narrower", "what raises a thing acts on it"),
    ("kratom mechanism act=acts-on;target=receptor", "kratom mechanism act=raises;target=receptor", "refutes", {}, "", "what does not raise a thing may act on it"),
    ("kratom mechanism act=acts-on;target=receptor", "kratom mechanism act=raises;target=receptor", "supports", {"population": "animals"}, "similar", "acts so in animals"),
    ("kratom mechanism act=lowers;target=receptor", "kratom mechanism act=raises;target=receptor", "supports", {}, "", "lowering is no raising"),
    ("kratom mechanism act=raises;target=receptor", "kratom mechanism act=acts-on;target=receptor", "supports", {}, "", "what acts on a thing need not raise it"),
    ("kratom compares other=7-oh;direction=safer", "kratom compares other=kratom;direction=safer", "refutes", {}, "broader", "a wider other refuted"),
    ("kratom status authority=fda;act=approved;for=breast-cancer", "kratom status authority=fda;act=approved;for=cancer", "refutes", {}, "broader", "a wider use refuted"),
    ("kratom status authority=fda;act=approved;for=cancer", "kratom status authority=fda;act=approved", "refutes", {}, "broader", "not approved at all, so not for this"),
    ("kratom status authority=fda;act=approved;for=cancer", "kratom status authority=fda;act=approved", "supports", {}, "similar", "approved, but for what?"),
    ("kratom status authority=fda;act=approved", "kratom status authority=fda;act=approved;for=cancer", "refutes", {}, "", "not for this is not not at all"),
    ("kratom status authority=fda;act=banned;for=cancer", "kratom status authority=fda;act=approved", "refutes", {}, "", "another act"),
    ("kratom status authority=ema;act=approved", "kratom status authority=fda;act=approved", "refutes", {}, "", "another authority"),
    ("7-oh status authority=fda;act=approved;for=cancer", "herbal-product status authority=fda;act=approved", "refutes", MEMBERS, "broader", "no herb is approved, so not for this"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("said", "triple", "finding", "fields", "expected", "why"),
    ONE_ROW,
    ids=[f"{r[0]} | {r[1]} | {r[2]}" for r in ONE_ROW],
)
def test_how_a_row_matches_a_claim(
    said: str, triple: str, finding: str, fields: dict[str, Any], expected: str, why: str
) -> None:
    assert how(claim(said), row(triple, finding, **fields)) == expected, why


def test_no_benefit_ever_reaches_a_member_by_any_relation() -> None:
    """Of all relations, only harms, mechanisms, statuses and numbers go down where a row supports."""
    down = set()
    for relation in RELATIONS:
        object = {"safe": "", "improves": "sleep"}.get(relation, "pain")
        triple = f"herbal-product {relation} {object}"
        if how(claim(f"kratom {relation} {object}"), row(triple, "supports", **MEMBERS)):
            down.add(relation)
    assert down == {"causes", "mechanism", "status", "statistic"}


# ---------------------------------------------------------------- population

# population of the row, groups the claim names, finding of the row, how, why
SCOPE: tuple[tuple[str, tuple[str, ...], str, str, str], ...] = (
    ("", (), "supports", "exact", "people in general"),
    ("", ("adults",), "supports", "exact", "no special group"),
    ("children", ("children",), "supports", "exact", "the row's own group"),
    ("children", (), "supports", "similar", "children say nothing of everybody"),
    ("children", (), "refutes", "similar", "not even a refutation"),
    ("children", ("pregnancy",), "supports", "similar", "another group"),
    ("children|pregnancy", ("pregnancy",), "supports", "exact", "one of the row's groups"),
    ("children", ("children", "pregnancy"), "supports", "exact", "one of the claim's groups"),
    ("", ("children",), "supports", "similar", "a benefit in general says little of children"),
    ("", ("infants",), "supports", "similar", "of infants"),
    ("", ("pregnancy",), "supports", "similar", "of pregnancy"),
    ("", ("breastfeeding",), "supports", "similar", "of breastfeeding"),
    ("", ("older-adults",), "supports", "similar", "of the old"),
    ("", ("cancer-patients",), "supports", "similar", "of cancer patients"),
    ("", ("athletes",), "supports", "similar", "of athletes"),
    ("", ("preterm-infants",), "supports", "similar", "of preterm infants"),
    ("", ("adolescents",), "supports", "similar", "of adolescents"),
    ("", ("at-risk-children",), "supports", "similar", "of children at risk"),
    ("", ("immunocompromised",), "supports", "similar", "of weak immunity"),
    ("", ("people-with-kidney-disease",), "supports", "similar", "of bad kidneys"),
    ("", ("people-with-liver-disease",), "supports", "similar", "of a bad liver"),
    ("", ("people-on-medicines",), "supports", "similar", "of people on medicines"),
    ("", ("people-on-opioid-agonists",), "supports", "similar", "of people on methadone"),
    ("", ("long-term-use",), "supports", "exact", "a duration tells nothing of a benefit"),
    ("", ("children",), "mixed", "similar", "nor do mixed results"),
    ("", ("children",), "refutes", "exact", "what fails in general fails in children"),
    ("", ("children",), "insufficient", "exact", "what nobody knows in general too"),
    ("", ("animals",), "supports", "similar", "people are no mice"),
    ("", ("animals",), "refutes", "similar", "in neither direction"),
    ("", ("test-tube",), "supports", "similar", "nor a test tube"),
    ("", ("test-tube",), "refutes", "similar", "in neither direction"),
    ("animals", ("animals",), "supports", "exact", "mice are mice"),
    ("animals", (), "supports", "similar", "a row on mice is shown only"),
)


# group the claim names, its polarity, relation of claim and row, finding of the row, how, why
HARM_IN_A_GROUP: tuple[tuple[str, str, str, str, str, str], ...] = (
    ("children", "affirm", "causes", "supports", "exact", "what harms people harms children"),
    ("pregnancy", "affirm", "causes", "supports", "exact", "and pregnant women"),
    ("animals", "affirm", "causes", "supports", "similar", "but who knows of mice"),
    ("children", "deny", "causes", "supports", "similar", "children may be spared"),
    ("children", "affirm", "causes", "mixed", "similar", "where studies disagree"),
    ("children", "affirm", "treats", "supports", "similar", "a benefit is no harm"),
)


@pytest.mark.parametrize(
    ("group", "polarity", "relation", "finding", "expected", "why"), HARM_IN_A_GROUP, ids=[r[5] for r in HARM_IN_A_GROUP]
)
def test_a_harm_in_general_is_one_in_every_group(
    group: str, polarity: Polarity, relation: str, finding: str, expected: str, why: str
) -> None:
    said = claim(f"kratom {relation} pain", populations=(group,), polarity=polarity)
    assert how(said, row(f"kratom {relation} pain", finding)) == expected, why


# population of the row, object, groups the claim names, how, why
BEFALLS: tuple[tuple[str, str, tuple[str, ...], str, str], ...] = (
    ("pregnancy", "miscarriage", (), "exact", "who else could miscarry"),
    ("", "miscarriage", ("pregnancy",), "exact", "so it need not be said"),
    ("", "miscarriage", ("children",), "similar", "of another group it says little"),
    ("children", "miscarriage", (), "similar", "a row on another group"),
    ("", "pain", ("pregnancy",), "similar", "pain befalls all"),
)


@pytest.mark.parametrize(("population", "obj", "named", "expected", "why"), BEFALLS, ids=[r[4] for r in BEFALLS])
def test_what_befalls_one_group_need_not_name_it(
    population: str, obj: str, named: tuple[str, ...], expected: str, why: str
) -> None:
    said = claim(f"kratom prevents {obj}", populations=named)
    assert how(said, row(f"kratom prevents {obj}", "supports", population=population)) == expected, why


def test_the_groups_of_conditions_are_concepts_of_the_lexicon() -> None:
    lexicon = Lexicon.load()
    for condition, groups in word_map("groups of conditions").items():
        assert lexicon.kind(condition) in OBJECT_KINDS, condition
        assert {lexicon.kind(g) for g in groups.split("|")} == {"population"}, condition


@pytest.mark.parametrize(("population", "named", "finding", "expected", "why"), SCOPE, ids=[r[4] for r in SCOPE])
def test_a_row_on_another_group_is_shown_and_decides_nothing(
    population: str, named: tuple[str, ...], finding: str, expected: str, why: str
) -> None:
    said = claim("kratom treats pain", populations=named)
    assert how(said, row("kratom treats pain", finding, population=population)) == expected, why


# quote, relation, proposition of the row, finding, how, via, why
FORMS: tuple[tuple[str, str, str, str, str, str], ...] = (
    ("Kratom eases pain.", "treats", "Kratom eases pain.", "supports", "exact", "no form is named"),
    ("Injected kratom eases pain.", "treats", "Kratom eases pain.", "supports", "similar", "P: another form"),
    ("Kratom injections ease pain.", "treats", "Kratom eases pain.", "refutes", "similar", "in either direction"),
    ("High-dose kratom eases pain.", "treats", "Kratom eases pain.", "supports", "similar", "another dose"),
    ("High doses of kratom ease pain.", "treats", "Kratom eases pain.", "supports", "similar", "another dose"),
    ("Kratom extract eases pain.", "treats", "Kratom eases pain.", "supports", "similar", "an extract"),
    ("A kratom cream eases pain.", "treats", "Kratom eases pain.", "supports", "similar", "on the skin"),
    ("Homeopathic kratom eases pain.", "treats", "Kratom eases pain.", "supports", "similar", "homeopathic"),
    ("Injected kratom eases pain.", "treats", "Injected kratom eases pain.", "supports", "exact", "the same form"),
    ("Intravenous kratom eases pain.", "treats", "Kratom injections ease pain.", "supports", "exact", "the same by another word"),
    ("Kratom eases pain.", "treats", "Injected kratom eases pain.", "supports", "similar", "the row names a form"),
    ("Kratom eases pain.", "treats", "Injected kratom eases pain.", "refutes", "similar", "in either direction"),
    ("Kratom eases pain; insulin is injected.", "treats", "Kratom eases pain.", "supports", "exact", "not beside the subject"),
    ("Kratom is a leaf; kratom extract eases pain.", "treats", "Kratom eases pain.", "supports", "similar", "at its second place"),
    ("Injected into veins, kratom eases pain.", "treats", "Kratom eases pain.", "supports", "similar", "three words before"),
    ("Kratom is extracted and eases pain.", "treats", "Kratom eases pain.", "supports", "exact", "a word inside another"),
    ("Kratom causes pain.", "causes", "High doses of kratom cause pain.", "supports", "exact", "P2: a harm of a high dose"),
    ("Kratom causes pain.", "causes", "High doses of kratom cause pain.", "refutes", "similar", "P2 is about harms that are"),
    ("Inhaled kratom causes pain.", "causes", "High doses of kratom cause pain.", "supports", "similar", "P2: a form is named"),
    ("Kratom extract causes pain.", "causes", "Kratom causes pain.", "supports", "exact", "P3: extracts harm as well"),
    ("High-dose kratom causes pain.", "causes", "Kratom causes pain.", "supports", "exact", "P3: more of it too"),
    ("Low-dose kratom causes pain.", "causes", "Kratom causes pain.", "supports", "similar", "P3: less of it may not"),
    ("Kratom extract causes pain.", "causes", "Kratom causes pain.", "refutes", "similar", "P3 is about harms that are"),
)


@pytest.mark.parametrize(("quote", "relation", "proposition", "finding", "expected", "why"), FORMS)
def test_a_row_on_another_form_or_dose_is_shown_and_decides_nothing(
    quote: str, relation: str, proposition: str, finding: str, expected: str, why: str
) -> None:
    said = claim(f"kratom {relation} pain", quote=quote)
    assert how(said, row(f"kratom {relation} pain", finding, proposition=proposition)) == expected, why


def test_safe_for_now_is_not_safe_for_long() -> None:
    said = claim("kratom safe", populations=("long-term-use",))
    assert how(said, row("kratom safe", "supports")) == "similar"
    assert how(said, row("kratom safe", "refutes")) == "exact"
    assert how(said, row("kratom causes liver-injury")) == "exact"


def test_a_harm_of_a_high_dose_does_not_answer_for_safety() -> None:
    given_ = row("kratom causes liver-injury", proposition="High doses of kratom injure the liver.")
    assert how(claim("kratom safe"), given_) == "similar"
    assert how(claim("kratom safe", quote="High-dose kratom is safe."), given_) == "exact"


@pytest.mark.parametrize(
    ("subject", "id", "row_subject", "how_", "why"),
    [
        ("intravenous kratom", "iv", "iv", "exact", "in the concept's name"),
        ("kratom drip", "iv", "iv", "exact", "in one of its aliases"),
        ("kratom injections", "shot", "shot", "exact", "in the page's own word for it"),
        ("kratom drip", "iv", "kratom", "broader", "in a name of the member that a class row reaches"),
        ("kratom", "kratom", "kratom", "similar", "in no name"),
    ],
)
def test_a_form_in_the_things_own_name_is_no_other_form(
    subject: str, id: str, row_subject: str, how_: str, why: str
) -> None:
    drip = Concept(id="iv", kind="product", name="kratom drip", aliases=("intravenous kratom",), broader=("kratom",))
    shot = Concept(id="shot", kind="product", name="shot")
    table = EvidenceTable(
        [row(f"{row_subject} treats pain", "refutes", proposition="It eases pain.", **MEMBERS)],
        Lexicon([*LEXICON.concepts.values(), drip, shot]),
    )
    said = claim(f"{id} treats pain", subject=subject, quote=f"Intravenous infusion of {subject} eases pain.")
    assert [m.how for m in find_matches(said, table)] == [how_], why


def test_a_form_in_the_name_of_a_class_is_no_other_form() -> None:
    homeo = Concept(id="homeo", kind="class", name="homeopathic remedy")
    pill = Concept(id="pill", kind="product", name="sugar pill", broader=("homeo",))
    lexicon = Lexicon([*LEXICON.concepts.values(), homeo, pill])
    given_ = row("homeo treats pain", "refutes", proposition="Homeopathic remedies ease pain.", **MEMBERS)
    said = claim("pill treats pain", subject="sugar pill", quote="Sugar pills ease pain.")
    assert [m.how for m in find_matches(said, EvidenceTable([given_], lexicon))] == ["broader"]


SYMPTOMS: tuple[tuple[str, str, str, str, str], ...] = (
    ("Kratom treats symptoms of cancer.", "cancer", "refutes", "similar", "P4: symptoms may ease though it is not cured"),
    ("Kratom treats the cancer symptoms.", "cancer", "refutes", "similar", "P4: said the other way round"),
    ("Kratom treats symptoms of the cancer.", "cancer", "refutes", "similar", "P4: with an article"),
    ("Kratom treats cancer.", "cancer", "refutes", "exact", "no symptoms"),
    ("Kratom treats cancer and symptoms of age.", "cancer", "refutes", "exact", "symptoms of something else"),
    ("Kratom treats symptoms of cancer.", "cancer", "insufficient", "exact", "what nobody knows of both"),
    ("Kratom treats symptoms of cancer.", "cancer", "supports", "exact", "what is treated has less of them"),
    ("Kratom treats symptoms of opioid-withdrawal.", "opioid-withdrawal", "refutes", "exact", "symptoms are what there is of it"),
)


@pytest.mark.parametrize(("quote", "object", "finding", "expected", "why"), SYMPTOMS, ids=[r[4] for r in SYMPTOMS])
def test_what_does_not_treat_a_deadly_disease_may_ease_its_symptoms(
    quote: str, object: str, finding: str, expected: str, why: str
) -> None:
    assert how(claim(f"kratom treats {object}", quote=quote), row(f"kratom treats {object}", finding)) == expected, why
    prevents = claim(f"kratom prevents {object}", quote=quote)
    assert how(prevents, row(f"kratom prevents {object}", finding)) == "exact"


ANY = "kratom improves any-health-purpose"
# claim, other fields of it, finding of the row on any purpose, another row, how the first matches, why
ANY_USE: tuple[tuple[str, dict[str, Any], str, str, str, str], ...] = (
    ("kratom treats pain", {}, "insufficient", "", "broader", "a symptom"),
    ("kratom prevents cancer", {}, "insufficient", "", "broader", "to prevent is a use"),
    ("kratom improves sleep", {}, "refutes", "", "broader", "a function"),
    ("kratom treats pain", {"polarity": "deny", "denies": "effect"}, "insufficient", "", "broader", "what is denied of one use"),
    ("kratom improves any-health-purpose", {}, "insufficient", "", "exact", "any use itself"),
    ("kratom treats pain", {}, "supports", "", "", "a use that is proven says nothing of another"),
    ("kratom treats pain", {}, "mixed", "", "", "nor does one in dispute"),
    ("kratom causes pain", {}, "insufficient", "", "", "a harm is no use"),
    ("kratom prevents side-effects", {}, "insufficient", "", "", "nor that it has fewer of them than another"),
    ("kratom treats receptor", {}, "insufficient", "", "", "a part of a cell has no health"),
    ("7-oh treats pain", {}, "insufficient", "", "", "a part says what it will of itself"),
    ("kratom treats ?", {"object": "blues"}, "insufficient", "", "broader", "what the lexicon does not know"),
    ("kratom treats ?", {"object": "blues", "strength": "absolute"}, "insufficient", "", "broader", "without exception"),
    ("kratom treats ?", {"object": "blues", "strength": "hedged"}, "insufficient", "", "", "a hedge may be of something closer"),
    ("kratom treats ?", {"object": "blues", "polarity": "deny", "denies": "effect"}, "insufficient", "", "", "nor is it borne out"),
    ("kratom treats ?", {"object": " "}, "insufficient", "", "", "nothing at all"),
    ("kratom treats ?", {"object": "bad attacks"}, "insufficient", "", "", "of which ill is not said"),
    # Where something closer is known, that answers.
    ("kratom treats cancer", {}, "insufficient", "kratom treats cancer supports", "", "a row on the use itself"),
    ("kratom treats cancer", {}, "insufficient", "kratom treats disease refutes", "", "a row on a wider ill"),
    ("kratom treats cancer", {}, "insufficient", "kratom treats breast-cancer supports", "similar", "help with a kind of it"),
    ("kratom treats breast-cancer", {}, "insufficient", "kratom prevents cancer mixed", "similar", "perhaps help with the like"),
    ("kratom improves hair-growth", {}, "insufficient", "kratom prevents hair-loss supports", "similar", "help on the other side"),
    ("kratom treats cancer", {}, "insufficient", "kratom treats breast-cancer refutes", "broader", "none with a kind of it"),
    ("kratom treats cancer", {}, "insufficient", "kratom treats pain supports", "broader", "help with something else"),
    ("kratom treats cancer", {}, "insufficient", "kratom causes breast-cancer supports", "broader", "harm"),
)  # fmt: skip


@pytest.mark.parametrize(("triple", "fields", "finding", "other", "expected", "why"), ANY_USE, ids=[r[5] for r in ANY_USE])
def test_what_no_use_is_proven_of_is_not_proven_for_this_one(
    triple: str, fields: dict[str, Any], finding: str, other: str, expected: str, why: str
) -> None:
    words, _, other_finding = other.rpartition(" ")
    others = [row(words, other_finding, id="other")] if other else []
    found = dict(matches(claim(triple, **fields), row(ANY, finding, id="any"), *others))
    assert found.get("any", "") == expected, why


def test_what_no_use_is_proven_of_answers_where_a_row_on_the_use_is_of_others() -> None:
    rows = (row("kratom treats cancer", population="animals", id="of animals"), row(ANY, "insufficient", id="any"))
    assert matches(claim("kratom treats cancer"), *rows) == [("of animals", "similar"), ("any", "broader")]


@pytest.mark.parametrize(("applies_to", "expected"), [("members", "broader"), ("exact", "")])
def test_that_no_use_is_proven_goes_down_to_members_where_the_row_says_so(applies_to: str, expected: str) -> None:
    wider = row("herbal-product improves any-health-purpose", "insufficient", applies_to=applies_to)
    assert how(claim("kratom treats pain"), wider) == expected


# object, polarity, finding of the row on pain, how, why
PARTS: tuple[tuple[str, str, str, str, str], ...] = (
    ("pain and cancer", "affirm", "refutes", "broader", "what fails for one fails for both"),
    ("cancer, pain and scurvy", "affirm", "refutes", "broader", "of three"),
    ("cancer/pain", "affirm", "insufficient", "broader", "with a stroke"),
    ("pain or cancer", "affirm", "refutes", "broader", "either of them"),
    ("pain and cancer", "affirm", "supports", "similar", "one of two is not yet both"),
    ("pain and cancer", "affirm", "mixed", "similar", "nor mixed"),
    ("pain and cancer", "deny", "refutes", "similar", "a denial of both needs both"),
    ("pain and dragons", "affirm", "refutes", "", "a part that nobody knows"),
    ("pain-related fatigue", "affirm", "refutes", "", "some of the words are not the thing"),
    ("chronic pain", "affirm", "refutes", "", "nor most of them"),
    ("pain", "affirm", "refutes", "", "one thing that was not resolved"),
)


@pytest.mark.parametrize(("object", "polarity", "finding", "expected", "why"), PARTS, ids=[r[4] for r in PARTS])
def test_things_named_together_are_met_part_by_part(
    object: str, polarity: Any, finding: str, expected: str, why: str
) -> None:
    said = claim("kratom treats ?", object=object, polarity=polarity)
    assert how(said, row("kratom treats pain", finding)) == expected, why


def test_a_part_on_another_group_stays_similar() -> None:
    said = claim("kratom treats ?", object="pain and cancer", populations=("animals",))
    assert how(said, row("kratom treats pain", "refutes")) == "similar"


RESTRICTED: tuple[tuple[str, str, str, str], ...] = (
    ("for people with phenylketonuria", "supports", "similar", "a group that the lexicon does not know"),
    ("after an allergic reaction", "supports", "similar", "a condition"),
    ("for people with phenylketonuria", "refutes", "exact", "not safe at all, so not for them"),
    ("for people with phenylketonuria", "mixed", "similar", "nor do mixed results"),
    ("without side effects", "supports", "exact", "no group: a wording"),
    ("no risk for you", "supports", "exact", "no group: a wording"),
    ("well tolerated", "supports", "exact", "no group: a wording"),
)


@pytest.mark.parametrize(("object", "finding", "expected", "why"), RESTRICTED, ids=[f"{r[3]}-{r[1]}" for r in RESTRICTED])
def test_safety_under_a_condition_is_not_safety_in_general(object: str, finding: str, expected: str, why: str) -> None:
    assert how(claim("kratom safe", object=object), row("kratom safe", finding)) == expected, why


VIA: tuple[tuple[str, dict[str, Any], str, dict[str, Any], str], ...] = (
    ("kratom treats pain", {}, "kratom treats pain", {}, ""),
    ("kratom treats cancer", {}, "herbal-product treats cancer", MEMBERS, "on herbal-product as a class"),
    ("kratom treats breast-cancer", {}, "kratom treats cancer", {}, "on cancer in general"),
    ("kratom improves hair-growth", {}, "kratom treats hair-loss", {}, "as the other side of hair-growth"),
    ("kratom treats pain", {"populations": ("animals",)}, "kratom treats pain", {}, "on people in general, not on animals"),
    ("kratom treats pain", {}, "kratom treats pain", {"population": "animals"}, "on animals only"),
    ("kratom treats pain", {"quote": "Injected kratom treats pain."}, "kratom treats pain", {}, "not on the form or dose that the page names (injected)"),
    ("kratom treats pain", {}, "kratom treats pain", {"proposition": "A low dose of kratom."}, "on another form or dose (low dose)"),
    ("kratom treats cancer", {"quote": "It treats symptoms of cancer."}, "kratom treats cancer", {}, "on the disease, not on its symptoms"),
    ("kratom prevents pain", {}, "kratom treats pain", {}, "on something related"),
    ("kratom safe", {}, "kratom causes liver-injury", {"finding": "supports"}, "a serious harm, against its safety"),
    ("kratom safe", {}, "herbal-product causes liver-injury", {"finding": "supports", **MEMBERS}, "on herbal-product as a class"),
    ("kratom safe", {}, "herbal-product safe", MEMBERS, "on herbal-product as a class"),
    ("kratom safe pregnancy", {}, "kratom safe", {}, "on its safety in general"),
    ("kratom status authority=fda;act=approved;for=cancer", {}, "kratom status authority=fda;act=approved", {}, "on more than the claim names"),
)  # fmt: skip


@pytest.mark.parametrize(("said", "slots", "triple", "fields", "via"), VIA, ids=[f"{r[0]} | {r[4]}" for r in VIA])
def test_a_match_says_how_it_was_made(
    said: str, slots: dict[str, Any], triple: str, fields: dict[str, Any], via: str
) -> None:
    given_ = {"finding": "refutes"} | fields
    finding = given_.pop("finding")
    (found,) = find_matches(claim(said, **slots), EvidenceTable([row(triple, finding, **given_)], LEXICON))
    assert found.via == via


def test_a_class_row_on_another_group_is_similar_too() -> None:
    said = claim("kratom treats cancer", populations=("animals",))
    assert how(said, row("herbal-product treats cancer", "refutes", **MEMBERS)) == "similar"


@pytest.mark.parametrize(
    ("own", "children", "expected", "why"),
    [
        ({}, True, "similar", "melatonin is known to help people: that most supplements do not is no answer for children"),
        ({"finding": "refutes"}, True, "broader", "where the thing itself was found not to help, both say the same"),
        ({"population": "older-adults"}, True, "broader", "help in one group says nothing of another"),
        ({}, False, "broader", "a claim on people in general is answered by its own row first, and the class may agree"),
    ],
)
def test_a_class_does_not_answer_for_a_group_what_its_member_is_known_for(
    own: dict[str, Any], children: bool, expected: str, why: str
) -> None:
    said = claim("kratom treats pain", populations=("children",) if children else ())
    rows = [row("kratom treats pain", **{"finding": "supports", "id": "own"} | own), row("herbal-product treats pain", "refutes", id="class", **MEMBERS)]
    assert dict(matches(said, *rows))["class"] == expected, why


def test_a_class_answers_for_a_form_where_its_member_failed_in_another() -> None:
    said = claim("kratom treats pain", quote="Injected kratom eases pain.")
    own = row("kratom treats pain", "refutes", id="own", proposition="Kratom eases pain.")
    of_class = row("herbal-product treats pain", "refutes", id="class", proposition="Injected herbs ease pain.", **MEMBERS)
    assert matches(said, own, of_class) == [("own", "similar"), ("class", "broader")]


@pytest.mark.parametrize(
    ("quote", "fields", "polarity", "expected", "why"),
    [
        ("Vitamin C is vital against pain.", {}, "affirm", "similar", "the nutrient is in food and in the body, too"),
        ("Vitamin C pills ease pain.", {}, "affirm", "broader", "pills are what the row speaks of"),
        ("Take vitamin C for pain.", {}, "affirm", "broader", "so is what is taken"),
        ("Vitamin C does not ease pain.", {}, "deny", "broader", "what is denied of the nutrient is so of pills"),
        ("Vitamin C cures pain.", {"strength": "absolute"}, "affirm", "broader", "a cure is none in any form"),
    ],
)
def test_what_fails_as_a_supplement_is_no_answer_for_a_nutrient(
    quote: str, fields: dict[str, Any], polarity: Polarity, expected: str, why: str
) -> None:
    said = claim("vitamin-c treats pain", quote=quote, polarity=polarity)
    assert how(said, row("natural-product treats pain", "insufficient", **MEMBERS, **fields)) == expected, why
    assert how(said, row("vitamin-c treats pain", "insufficient")) == "exact", "its own row speaks of the nutrient"


# ---------------------------------------------------------------- safety

SAFETY: tuple[tuple[str, str, str, dict[str, Any], str, str], ...] = (
    ("kratom safe", "kratom safe", "supports", {}, "exact", "its own safety row"),
    ("kratom safe", "kratom safe", "refutes", {}, "exact", "its own safety row"),
    ("kratom safe", "herbal-product safe", "refutes", MEMBERS, "broader", "a class that is not safe"),
    ("kratom safe", "herbal-product safe", "refutes", {}, "", "a class row that stays"),
    ("kratom safe pregnancy", "kratom safe pregnancy", "refutes", {}, "exact", "safe for a group"),
    ("kratom safe pregnancy", "kratom safe", "refutes", {}, "broader", "what is not safe at all is not in pregnancy"),
    ("kratom safe pregnancy", "kratom safe", "insufficient", {}, "broader", "what nobody knows of all"),
    ("kratom safe pregnancy", "kratom safe", "supports", {}, "", "safe in general is not safe in pregnancy"),
    ("kratom safe pregnancy", "herbal-product safe", "refutes", MEMBERS, "broader", "a class that is not safe at all"),
    ("kratom safe pregnancy", "herbal-product safe", "refutes", {}, "", "a class row that stays"),
    ("kratom safe", "kratom safe pregnancy", "refutes", {}, "", "not safe in pregnancy is not not safe"),
    ("kratom safe", "kratom causes liver-injury", "supports", {}, "exact", "a harm of risk 3"),
    ("kratom safe", "kratom causes opioid-withdrawal", "supports", {}, "exact", "a harm of risk 2"),
    ("kratom safe", "kratom causes addiction", "supports", {}, "exact", "addiction, whatever its risk"),
    ("kratom safe", "kratom causes dependence", "supports", {}, "exact", "dependence"),
    ("kratom safe", "kratom causes withdrawal", "supports", {}, "exact", "withdrawal"),
    ("kratom safe", "kratom causes upset-stomach", "supports", {}, "", "a harm of risk 1"),
    ("kratom safe", "kratom causes liver-injury", "supports", {"certainty": "moderate"}, "exact", "moderate"),
    ("kratom safe", "kratom causes liver-injury", "supports", {"certainty": "low"}, "exact", "low"),
    ("kratom safe", "kratom causes liver-injury", "supports", {"certainty": "very_low"}, "", "very low"),
    ("kratom safe", "kratom causes liver-injury", "refutes", {}, "", "a harm that is refuted"),
    ("kratom safe", "kratom causes liver-injury", "mixed", {}, "", "a harm that is unclear"),
    ("kratom safe", "kratom treats liver-injury", "supports", {}, "", "a benefit is no harm"),
    ("kratom safe", "herbal-product causes liver-injury", "supports", MEMBERS, "broader", "a harm of the class"),
    ("kratom safe", "herbal-product causes liver-injury", "supports", {}, "", "a harm of the class that stays"),
    ("kratom safe", "kratom causes ?", "supports", {}, "", "a harm that the lexicon does not know"),
    ("? safe", "kratom safe", "refutes", {}, "", "an unknown subject"),
)


@pytest.mark.parametrize(
    ("said", "triple", "finding", "fields", "expected", "why"),
    SAFETY,
    ids=[f"{r[5]}-{n}" for n, r in enumerate(SAFETY)],
)
def test_safety_is_matched_by_safety_and_by_serious_harms(
    said: str, triple: str, finding: str, fields: dict[str, Any], expected: str, why: str
) -> None:
    assert how(claim(said), row(triple, finding, **fields)) == expected, why


@pytest.mark.parametrize(
    ("subject", "fields", "expected", "why"),
    [
        ("kratom", {}, "exact", "what is risky is not safe"),
        ("7-oh", {}, "exact", "of risk 3"),
        ("vitamin-c", {}, "similar", "of all that is harmless, too, some harm is known"),
        ("vitamin-c", {"strength": "absolute"}, "exact", "safe without reserve"),
        ("vitamin-c", {"object": "no side effects", "object_id": ""}, "exact", "words without reserve"),
        ("vitamin-c", {"polarity": "deny", "denies": "effect"}, "exact", "not safe: its harm says why"),
    ],
)
def test_one_harm_answers_for_the_safety_of_what_is_risky(
    subject: str, fields: dict[str, Any], expected: str, why: str
) -> None:
    assert how(claim(f"{subject} safe", **fields), row(f"{subject} causes liver-injury")) == expected, why


@pytest.mark.parametrize("triple", ["kratom causes liver-injury", "kratom safe"])
def test_a_harm_in_mice_answers_no_question_of_safety(triple: str) -> None:
    finding = "supports" if "causes" in triple else "refutes"
    assert how(claim("kratom safe"), row(triple, finding, population="animals")) == "similar"


@pytest.mark.parametrize("finding", ["supports", "refutes", "mixed", "insufficient"])
def test_a_safety_row_on_a_group_answers_for_that_group(finding: str) -> None:
    """A row says its group in its object ("safe in pregnancy"); a claim names it there and in its populations."""
    said = claim("kratom safe pregnancy", populations=("pregnancy",))
    assert how(said, row("kratom safe pregnancy", finding)) == "exact"


def test_a_serious_harm_is_of_a_row_that_speaks_of_causes() -> None:
    table = EvidenceTable((), LEXICON)
    assert is_serious_harm(row("kratom causes liver-injury"), table)
    assert not is_serious_harm(row("kratom prevents liver-injury"), table)


# ---------------------------------------------------------------- similar rows, several rows


def test_similar_rows_are_on_the_same_subject_and_a_related_object() -> None:
    said = claim("kratom treats breast-cancer")
    shown = [
        row("kratom treats cancer"),
        row("kratom prevents breast-cancer"),
        row("kratom prevents cancer", "refutes"),
    ]
    hidden = [row("mint treats cancer"), row("kratom treats pain"), row("kratom causes cancer")]
    assert sorted(matches(said, *shown, *hidden)) == sorted((r.id, "similar") for r in shown)


def test_a_harm_is_not_similar_to_a_benefit() -> None:
    assert matches(claim("kratom causes cancer"), row("kratom treats breast-cancer")) == []
    assert matches(claim("kratom causes cancer"), row("kratom causes breast-cancer")) == [
        ("kratom causes breast-cancer supports", "similar")
    ]


def test_similar_rows_decide_nothing() -> None:
    table = EvidenceTable([row("kratom treats cancer", "supports")], LEXICON)
    said = claim("kratom treats breast-cancer")
    found = judge(said, find_matches(said, table), LEXICON)
    assert (found.verdict, found.unverified_reason, found.flag) == ("unverified", "weak_match", False)


def test_few_similar_rows_are_shown() -> None:
    rows = [row("kratom prevents cancer", id=f"r{i}") for i in range(9)]
    assert MAX_SIMILAR == 3
    assert matches(claim("kratom treats cancer"), *rows) == [(f"r{i}", "similar") for i in range(3)]


def test_rows_on_other_groups_are_among_the_few() -> None:
    others = [row("kratom treats cancer", id=f"o{i}", population="animals") for i in range(5)]
    near = [row("kratom prevents cancer", id=f"n{i}") for i in range(5)]
    said = claim("kratom treats cancer")
    assert matches(said, *others, *near) == [(f"o{i}", "similar") for i in range(3)]
    assert matches(said, *others[:2], *near) == [(id, "similar") for id in ("o0", "o1", "n0")]


def test_a_row_is_matched_once_and_as_sound_where_it_is() -> None:
    rows = [row("kratom treats cancer", "refutes", id="own"), row("kratom treats disease", "refutes", id="wide")]
    assert matches(claim("kratom treats cancer"), *rows) == [("own", "exact"), ("wide", "broader")]


def test_every_sound_row_is_listed_with_its_score() -> None:
    rows = [
        row("kratom treats cancer", "refutes", id="a"),
        row("kratom treats cancer", "supports", id="b"),
        row("herbal-product treats cancer", "refutes", id="c", **MEMBERS),
        row("kratom prevents cancer", id="d"),
    ]
    found = find_matches(claim("kratom treats cancer"), EvidenceTable(rows, LEXICON))
    assert [(m.evidence.id, m.how, m.score) for m in found] == [
        ("a", "exact", 1.0),
        ("b", "exact", 1.0),
        ("c", "broader", 0.8),
        ("d", "similar", 0.3),
    ]


def test_rows_on_other_groups_do_not_crowd_out_a_sound_one() -> None:
    """Four rows on mice and children stand before the class row that decides."""
    others = [row("kratom treats cancer", id=f"o{i}", population=p) for i, p in enumerate(["animals", "children"] * 2)]
    sound = row("herbal-product treats cancer", "refutes", id="sound", **MEMBERS)
    assert ("sound", "broader") in matches(claim("kratom treats cancer"), *others, sound)


def test_an_own_row_is_heard_before_the_class_row() -> None:
    """Herbs do not treat cancer, yet what a row says of one herb stands."""
    rows = [row("herbal-product treats cancer", "refutes", **MEMBERS), row("mint treats cancer", certainty="low")]
    said = claim("mint treats cancer", strength="hedged")
    assert judge(said, find_matches(said, EvidenceTable(rows, LEXICON)), LEXICON).verdict == "supported"


# ---------------------------------------------------------------- properties

steady = settings(max_examples=examples(120), deadline=None, derandomize=True, database=None)
SUBJECTS = ("natural-product", "herbal-product", "kratom", "7-oh", "mint")
OBJECTS = ("disease", "cancer", "breast-cancer", "hair-loss", "hair-growth", "pain", "liver-injury", "")
THINGS: tuple[Relation, ...] = ("treats", "prevents", "improves", "causes", "safe")
GROUPS = ("", "", "", "children", "animals")


@st.composite
def some_rows(draw: st.DrawFn) -> list[Evidence]:
    n = draw(st.integers(0, 12))
    return [
        row(
            f"{draw(st.sampled_from(SUBJECTS))} {draw(st.sampled_from(THINGS))} {draw(st.sampled_from(OBJECTS))}",
            draw(st.sampled_from(["supports", "refutes", "mixed", "insufficient"])),
            id=f"row-{i}",
            certainty=draw(st.sampled_from(["high", "low"])),
            applies_to=draw(st.sampled_from(["exact", "members"])),
            population=draw(st.sampled_from(GROUPS)),
        )
        for i in range(n)
    ]


@st.composite
def some_claims(draw: st.DrawFn) -> Claim:
    group = draw(st.sampled_from(GROUPS))
    triple = (draw(st.sampled_from(SUBJECTS)), draw(st.sampled_from(THINGS)), draw(st.sampled_from(OBJECTS)))
    return claim(" ".join(triple), populations=(group,) if group else ())


def sound(said: Claim, rows: Sequence[Evidence]) -> set[tuple[str, str]]:
    return {(id, how_) for id, how_ in matches(said, *rows) if how_ != "similar"}


@steady
@given(some_claims(), some_rows(), st.integers(0, 2**16))
def test_the_order_of_the_table_does_not_matter(said: Claim, rows: list[Evidence], seed: int) -> None:
    mixed = rows[:]
    random.Random(seed).shuffle(mixed)
    assert sound(said, mixed) == sound(said, rows)


@steady
@given(some_claims(), some_rows())
def test_a_sound_row_speaks_of_the_claim_or_of_something_wider(said: Claim, rows: list[Evidence]) -> None:
    by_id = {r.id: r for r in rows}
    for id, how_ in sound(said, rows):
        found = by_id[id]
        assert found.subject in {said.subject_id, *LEXICON.ancestors(said.subject_id)}
        own = found.subject == said.subject_id
        assert own or (found.applies_to == "members" and how_ == "broader")
        assert own or found.finding in {"refutes", "insufficient"} or found.relation == "causes"


@steady
@given(some_claims(), some_rows(), some_rows())
def test_more_rows_take_no_sound_row_away(said: Claim, rows: list[Evidence], more: list[Evidence]) -> None:
    others = [evidence(f"more-{r.id}", **{k: getattr(r, k) for k in r.__slots__ if k != "id"}) for r in more]
    assert sound(said, rows) <= sound(said, [*others, *rows])
