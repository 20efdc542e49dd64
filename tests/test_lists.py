"""Lists whose lines name what acts, below a line that says what it does."""

from __future__ import annotations

import pytest

from pipeline.checker import Checker

LISTS = (
    ("Remedies that help with back pain:", ("Massage", "Paracetamol"), "treats", "back-pain", "definite"),
    ("The following may relieve a sore throat:", ("honey", "paracetamol"), "treats", "sore-throat", "hedged"),
    ("Common causes of hair loss are:", ("stress", "childbirth", "iron deficiency"), "causes", "hair-loss", "definite"),
    ("To ease back pain, try:", ("massage", "acupuncture"), "treats", "back-pain", "definite"),
    ("Foods that fight cancer", ("Turmeric", "Broccoli", "Green tea"), "treats", "cancer", "definite"),
    ("How to boost your immune system:", ("Colloidal silver", "Maca"), "improves", "immune-function", "definite"),
    ("Home remedies for a cold:", ("Garlic", "Honey"), "treats", "common-cold", "definite"),
)


@pytest.mark.parametrize(("lead", "lines", "relation", "obj", "strength"), LISTS, ids=[lead for lead, *_ in LISTS])
def test_each_line_does_what_the_line_above_says(
    lead: str, lines: tuple[str, ...], relation: str, obj: str, strength: str, checker: Checker
) -> None:
    text = "\n".join([lead, *(f"• {line}" for line in lines)])
    found = {f.claim.quote: f.claim for f in checker.check(text).findings}
    for line in lines:
        c = found[line]
        assert (c.subject, c.relation, c.object_id, c.strength) == (line.lower(), relation, obj, strength)
    assert (lead in found) == (not lead.endswith(":"))


@pytest.mark.parametrize(
    ("lead", "line", "subject"),
    [
        ("Kratom can help with:", "pain", "kratom"),  # the thing is named above, and what it acts on below
        ("Side effects of statins include:", "muscle pain", "statins"),
    ],
)
def test_a_thing_named_above_stays_the_subject(lead: str, line: str, subject: str, checker: Checker) -> None:
    found = {f.claim.quote: f.claim for f in checker.check(f"{lead}\n• {line}\n• nausea").findings}
    assert (found[line].subject, found[line].object) == (subject, line)


@pytest.mark.parametrize(
    ("line", "subject"),
    [
        ("Take vitamin C", "vitamin c"),
        ("Drink ginger tea", "ginger tea"),
        ("Get more exercise.", "exercise"),
        ("Eat garlic with honey", "garlic"),  # with what is no part of it
    ],
)
def test_what_a_line_tells_one_to_take_is_its_subject(line: str, subject: str, checker: Checker) -> None:
    found = checker.check(f"To lower your risk of heart disease:\n• {line}\n• Garlic").findings
    assert [f.claim.subject for f in found if f.claim.quote == line] == [subject]


@pytest.mark.parametrize("line", ["No alcohol", "Avoid coffee", "Cut out alcohol", "Tea instead of coffee"])
def test_what_a_line_tells_one_to_leave_prevents_nothing(line: str, checker: Checker) -> None:
    found = checker.check(f"To lower your risk of heart disease:\n• {line}\n• Garlic").findings
    assert [f.claim for f in found if f.claim.quote == line and f.claim.object_id == "heart-disease"] == []


def test_what_the_evidence_is_against_is_faulted_in_a_list(checker: Checker) -> None:
    found = checker.check("These treat autism:\n• bleach\n• chelation").findings
    assert {f.claim.subject: f.verdict for f in found} == {"bleach": "contradicted", "chelation": "unsupported"}


def test_a_line_alone_heads_the_text_below_it(checker: Checker) -> None:
    text = "Minerals that boost immunity\n1. Zinc\nNo cell can do without this metal, of which one needs little."
    assert [f.claim for f in checker.check(text).findings if f.claim.quote == "Zinc"] == []


def test_lists_need_no_marks(checker: Checker) -> None:
    text = "What helps with migraine?\nIbuprofen\nTriptans"
    assert {f.claim.subject for f in checker.check(text).findings} == {"ibuprofen", "triptans"}


def test_what_is_denied_above_is_denied_of_each(checker: Checker) -> None:
    found = checker.check("The following do not cure the common cold:\n• garlic\n• vitamin C").findings
    assert {(f.claim.subject, f.claim.polarity) for f in found} == {("garlic", "deny"), ("vitamin c", "deny")}
    found = checker.check("These do not help hay fever:\n• local honey\n• acupuncture").findings
    assert {(f.claim.subject, f.claim.polarity) for f in found} == {("local honey", "deny"), ("acupuncture", "deny")}


def test_a_line_that_says_something_itself_says_that(checker: Checker) -> None:
    text = "Remedies that help with back pain:\n• Kratom causes liver injury.\n• massage"
    found = {f.claim.quote: f.claim for f in checker.check(text).findings}
    assert found["Kratom causes liver injury."].object_id == "liver-injury"


@pytest.mark.parametrize("quick", [False, True], ids=["in full", "in a batch"])
def test_lists_of_long_pages_are_read(quick: bool, checker: Checker) -> None:
    often = "\n\n".join(f"Study {n} found that most people with gout feel better within weeks." for n in range(30))
    found = checker.check(f"{often}\n\nCommon causes of gout are:\n• beer\n• red meat\n\n{often}", quick=quick).findings
    listed = {(f.claim.subject, f.claim.relation, f.claim.object) for f in found if f.claim.quote in {"beer", "red meat"}}
    assert listed == {("beer", "causes", "gout"), ("red meat", "causes", "gout")}
