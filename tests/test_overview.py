"""The page as a whole: counts, markers with their words, harms left out, claims made in several places."""

from __future__ import annotations

import csv

import pytest

from claims.evidence import EvidenceTable
from claims.lexicon import Lexicon, fold
from claims.markers import CURE_ALL, DISEASE, FUNCTION, MARKERS, RELATIVE, marker_rows
from claims.overview import serious_harms
from claims.places import by_claim
from claims.types import VERDICTS, Concept, Report
from pipeline.checker import Checker
from pipeline.export import report_to_dict
from tests.factories import evidence, finding, kratom_report


def marked(report: Report) -> list[tuple[str, str]]:
    return [(m.id.partition(".")[0] if m.id != CURE_ALL else CURE_ALL, m.quote) for m in report.page.markers]


# ---------------------------------------------------------------- the marker table


def test_the_marker_table_is_whole() -> None:
    with MARKERS.open(encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f))
    assert len(marker_rows()) == len(rows)
    patterns = [r["pattern"] for r in rows if r["pattern"]]
    assert len(patterns) == len(set(patterns))
    assert [p for p in patterns if p != " ".join(fold(p).split())] == []
    assert {r["id"] for r in rows if not r["pattern"]} == {CURE_ALL, DISEASE, FUNCTION, RELATIVE}
    assert all(r["label"] and r["where"] in {"", "benefit"} for r in rows)
    assert all(r["source"].startswith("http") and r["seen"] in {"primary", "secondary"} for r in rows if r["id"] != RELATIVE)
    assert {r["id"].partition(".")[0] for r in rows} >= {"cure-all", "miracle", "natural", "testimonial", "quick-fix", "conspiracy"}


WORDS: list[tuple[str, list[tuple[str, str]], str]] = [
    ("This is a miracle cure.", [("miracle", "miracle cure")], "the longest phrase, once"),
    ("There is no miracle cure.", [], "denied"),
    ("It is a myth that this is a miracle cure.", [], "rejected"),
    ("Doctors don't want you to know this.", [("conspiracy", "don't want you to know")], "the denial is the marker's own"),
    ("Because it is natural, garlic is safe.", [("natural", "Because it is natural")], "as the page spells it"),
    ("It saved my life!", [("testimonial", "saved my life")], "a testimonial"),
    ("Order now, while supplies last.", [("hard-sell", "Order now"), ("hard-sell", "while supplies last")], "two of a kind"),
    ("He left within days.", [], "quick, but nothing is claimed"),
    ("A panacea for every ailment.", [("cure-all", "panacea"), ("cure-all", "every ailment")], "cure-all"),
    ("Smoking doubles the risk of death.", [("relative-risk", "doubles the risk of death")], "a relative risk"),
    ("Wash your hands.", [], "nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "why"), WORDS, ids=[r[2] for r in WORDS])
def test_markers_are_words_of_the_page(text: str, expected: list[tuple[str, str]], why: str, checker: Checker) -> None:
    report = checker.check(text)
    assert [m for m in marked(report) if m[0] not in {DISEASE, FUNCTION}] == expected, why
    assert all(report.article.text[m.start : m.end] == m.quote for m in report.page.markers)


CLAIMS: list[tuple[str, list[str], str]] = [
    ("Garlic cures cancer.", [DISEASE], "a disease"),
    ("Garlic cures cancer in days.", [DISEASE, "quick-fix.in-days"], "a quick fix of what is claimed"),
    ("Ginseng improves energy.", [FUNCTION], "a function"),
    ("Garlic does not cure cancer.", [], "denied"),
    ("It is a myth that garlic cures cancer.", [], "rejected"),
    ("Aspirin relieves pain.", [], "a drug may"),
    ("Kratom causes nausea.", [], "a harm is no praise"),
]


@pytest.mark.parametrize(("text", "expected", "why"), CLAIMS, ids=[r[2] for r in CLAIMS])
def test_disease_and_function_claims_are_marked(text: str, expected: list[str], why: str, checker: Checker) -> None:
    assert [m.id for m in checker.check(text).page.markers] == expected, why


def test_one_thing_for_many_diseases_is_a_cure_all(checker: Checker) -> None:
    few = "Kratom cures pain, anxiety, depression and insomnia."
    many = "Kratom cures pain, anxiety, depression, insomnia and diarrhea."
    assert CURE_ALL not in [m.id for m in checker.check(few).page.markers]
    assert (CURE_ALL, many) in marked(checker.check(many))
    assert (CURE_ALL, few) in marked(checker.check(f"{few} It eases diarrhea."))


def test_a_marker_is_no_verdict(checker: Checker) -> None:
    text = "Vitamin C prevents scurvy."
    alone, beside = (checker.check(t) for t in (text, f"{text} This is a miracle cure."))
    assert [(f.verdict, f.flag) for f in alone.findings] == [(f.verdict, f.flag) for f in beside.findings][:1]


# ---------------------------------------------------------------- what a page leaves out

PRAISE = "Kratom eases pain. Kratom improves energy."
LEFT_OUT: list[tuple[str, list[str], str]] = [
    (PRAISE, ["kratom"], "two benefits, no harm"),
    (f"{PRAISE} Kratom has no side effects.", ["kratom"], "a harm denied is no harm named"),
    (f"{PRAISE} Kratom can cause addiction.", [], "it names one itself"),
    (f"{PRAISE} Kratom is not safe.", [], "it warns"),
    (f"{PRAISE} It may be dangerous.", [], "it speaks of danger"),
    (f"{PRAISE} Some people had seizures.", [], "it names what a row names"),
    ("Kratom does not ease pain.", [], "nothing is praised"),
    ("It is a myth that kratom eases pain.", [], "nothing is praised by the page"),
    ("Kratom contains alkaloids.", [], "what it contains is no praise"),
    ("Vitamin B12 prevents anemia.", [], "no serious harm is known"),
    ("The flu vaccine prevents the flu.", [], "an authority recommends it, and it is of no risk"),
    ("Green tea improves memory.", ["green-tea"], "of no risk, but nobody recommends it"),
]


@pytest.mark.parametrize(("text", "subjects", "why"), LEFT_OUT, ids=[r[2] for r in LEFT_OUT])
def test_praise_without_a_word_of_harm_is_told(text: str, subjects: list[str], why: str, checker: Checker) -> None:
    report = checker.check(text)
    assert [o.subject_id for o in report.page.omissions] == subjects, why
    for o in report.page.omissions:
        assert o.subject == checker.lexicon.concepts[o.subject_id].name
        assert set(o.benefits) <= {f.id for f in report.findings if f.claim.relation in {"treats", "improves"}}
        assert o.benefits
        assert o.harms


LEXICON = Lexicon(
    Concept(id=id, kind=kind, name=id, broader=tuple(broader.split()), risk=risk)
    for id, kind, broader, risk in (
        ("herb", "class", "", 0),
        ("mint", "herb", "herb", 0),
        ("death", "condition", "", 3),
        ("burns", "condition", "", 2),
        ("addiction", "condition", "", 1),
        ("itch", "symptom", "", 1),
    )
)


def test_serious_harms_are_listed_once_each_the_gravest_first() -> None:
    def harm(id: str, object: str, **fields: str) -> object:
        given = {"relation": "causes", "finding": "supports", "certainty": "low", "population": "", "subject": "mint"}
        return evidence(id, object=object, **(given | fields))

    rows = [
        harm("burns-low", "burns"),
        harm("burns-high", "burns", certainty="high"),
        harm("itch", "itch"),
        harm("mice", "death", population="animals"),
        harm("dose", "death", proposition="High doses of mint cause death."),
        harm("class", "death", subject="herb", applies_to="members"),
        harm("class-only", "death", subject="herb", certainty="high"),
        harm("refuted", "death", finding="refutes"),
        harm("addiction", "addiction", certainty="moderate"),
    ]
    table = EvidenceTable(rows, LEXICON)  # type: ignore[arg-type]
    assert [r.id for r in serious_harms("mint", table)] == ["class", "burns-high", "addiction"]
    assert serious_harms("itch", table) == ()


# ---------------------------------------------------------------- counts, places, the contract


def test_every_verdict_and_level_of_harm_is_counted(checker: Checker) -> None:
    report = checker.check("Kratom cures cancer. Vaccines do not cause autism. Smoking causes cancer.")
    assert list(report.page.verdicts) == list(VERDICTS)
    assert list(report.page.harm) == [0, 1, 2, 3]
    assert sum(report.page.verdicts.values()) == len(report.findings)
    assert sum(report.page.harm.values()) == sum(f.flag for f in report.findings)


def test_a_claim_made_again_is_one_claim_with_its_places(checker: Checker) -> None:
    text = "It is a myth that kratom eases pain. Kratom eases pain. Tea is nice. Kratom relieves pain! Kratom treats anxiety."
    groups = by_claim(checker.check(text).findings)
    shown = [[f.claim.quote for f in group] for group in groups]
    assert ["Kratom eases pain.", "Kratom relieves pain!"] in shown
    assert ["Kratom treats anxiety."] in shown
    assert ["It is a myth that kratom eases pain."] in shown
    assert [g[0].claim.start for g in groups] == sorted(g[0].claim.start for g in groups)


def test_findings_without_a_group_stand_alone() -> None:
    findings = kratom_report().findings
    assert len(by_claim(findings)) == len(findings)


def test_places_with_another_verdict_are_another_claim(checker: Checker) -> None:
    found = by_claim(checker.check("Ginger may ease nausea. Ginger eases nausea.").findings)
    assert [[f.verdict for f in group] for group in found] == [["supported"], ["overstated"]]


def test_the_json_names_markers_and_omissions(checker: Checker) -> None:
    report = checker.check(f"{PRAISE} It is a miracle.")
    page = report_to_dict(report)["page"]
    assert isinstance(page, dict)
    assert list(page) == ["counts", "markers", "omissions"]
    assert list(page["counts"]) == ["verdicts", "harm"]
    assert list(page["counts"]["harm"]) == ["0", "1", "2", "3"]
    assert {tuple(m) for m in page["markers"]} == {("id", "label", "start", "end", "quote")}
    assert [list(o) for o in page["omissions"]] == [["subject", "subject_id", "benefits", "harms"]]
    assert {tuple(h) for h in page["omissions"][0]["harms"]} == {("id", "summary", "url")}


def test_a_page_that_failed_has_nothing_to_say() -> None:
    checker = Checker.default()
    page = report_to_dict(checker.check(""))["page"]
    assert page == {"counts": {"verdicts": {}, "harm": {}}, "markers": [], "omissions": []}



def test_places_are_in_reading_order_whatever_order_they_come_in() -> None:
    page = kratom_report().article
    quotes = ("It cures chronic pain, with no side effects.", "Kratom eases opioid withdrawal and reduces cravings.")
    late, early = (finding(page, q, ("kratom", "treats", "pain"), group="g") for q in quotes)
    assert by_claim([late, early]) == [[early, late]]
