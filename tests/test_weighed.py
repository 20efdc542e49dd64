"""Sentences that say how far the evidence goes, or how little a thing does: read, never flagged."""

from __future__ import annotations

import pytest

from pipeline.checker import Checker
from tests.factories import claims_on

WEIGHED = (
    "Small trials have found that garlic fights cancer.",
    "Garlic has fought cancer in a handful of early studies.",
    "In studies garlic fought cancer, but those were small.",
    "The benefit of garlic in cancer seems small.",
    "Garlic slightly prevents cancer.",
    "Garlic fights cancer, but trials have given mixed results.",
    "In the 1850s garlic cured cancer.",
    "There is a weak link between garlic and cancer.",
)
NOT_WEIGHED = (
    "Small trials have proven that garlic cures cancer.",
    "Large trials have found that garlic fights cancer.",
    "Garlic fights cancer with few side effects.",
    "With little effort garlic fights cancer.",
    "In 1998 garlic cured cancer.",
)


@pytest.mark.parametrize("text", WEIGHED)
def test_what_is_weighed_is_not_put_forward(text: str, checker: Checker) -> None:
    said = claims_on("cancer", text, checker)
    assert said and not any(c.is_sure for c in said)
    assert not any(f.flag for f in checker.check(text).findings)


@pytest.mark.parametrize("text", NOT_WEIGHED)
def test_what_is_promised_is(text: str, checker: Checker) -> None:
    assert any(c.is_sure for c in claims_on("cancer", text, checker))


@pytest.mark.parametrize(
    ("lead", "flagged"),
    [
        ("Ask your doctor before you take turmeric if you:", False),
        ("Turmeric is not for people with:", False),
        ("Benefits of turmeric for people:", True),
    ],
)
def test_bullets_that_say_whom_care_is_meant_for(lead: str, flagged: bool, checker: Checker) -> None:
    text = f"{lead}\n\n- treated for cancer\n- cured of heart disease"
    assert any(f.flag for f in checker.check(text).findings) is flagged
