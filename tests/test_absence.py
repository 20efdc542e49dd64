"""Harms of being without a thing: of its deficiency, of withdrawal from it; not of the thing itself."""

from __future__ import annotations

import pytest

from pipeline.checker import Checker
from tests.factories import claims_on

MAGNESIUM = "Magnesium is a mineral. Nuts and seeds are full of magnesium. {said}"
IN_WORDS = (
    ("Too little of it causes insomnia.", "insomnia", "magnesium-deficiency"),
    ("Magnesium deficiency can cause insomnia.", "insomnia", "magnesium-deficiency"),
    ("A shortage of magnesium can cause headaches.", "headache", "magnesium-deficiency"),
    ("Not getting enough magnesium can cause insomnia.", "insomnia", "magnesium-deficiency"),
    ("If you lack it, it can cause muscle cramps and fatigue.", "fatigue", "magnesium-deficiency"),
    ("Magnesium supplements can cause diarrhea.", "diarrhea", "magnesium"),
    ("Too much magnesium can cause diarrhea and a shortage of calcium.", "diarrhea", "magnesium"),
    ("Magnesium helps with insomnia, which many lack the means to treat.", "insomnia", "magnesium"),
)
LIST = "Kratom\n\nKratom is a leaf that people chew.\n\n{above}\n\n- Nausea\n- Insomnia\n"


@pytest.mark.parametrize(("said", "obj", "subject"), IN_WORDS, ids=[said for said, _, _ in IN_WORDS])
def test_a_harm_of_too_little_is_one_of_the_deficiency(said: str, obj: str, subject: str, checker: Checker) -> None:
    found = claims_on(obj, MAGNESIUM.format(said=said), checker)
    assert found and {c.subject_id for c in found} == {subject}


@pytest.mark.parametrize(
    ("above", "subject"),
    [
        ("Symptoms of withdrawal:", "kratom-withdrawal"),
        ("Those who stop taking it can get:", "kratom-withdrawal"),
        ("Side effects:", "kratom"),
    ],
)
def test_bullets_below_a_line_on_withdrawal_are_of_withdrawal(above: str, subject: str, checker: Checker) -> None:
    found = claims_on("nausea", LIST.format(above=above), checker)
    assert found and {c.subject_id for c in found} == {subject}


def test_what_has_no_known_deficiency_is_itself_the_subject(checker: Checker) -> None:
    found = claims_on("insomnia", "Kratom is a plant. Being low in it causes insomnia.", checker)
    assert found and {c.subject_id for c in found} == {"kratom"}
