"""Claims that a page puts in other mouths: read, perhaps found supported, never flagged."""

from __future__ import annotations

import pytest

from pipeline.checker import Checker
from tests.factories import claims_on

AT_A_DISTANCE = (
    "The idea that garlic cures cancer began with a paperback.",
    "Many people swear that garlic cures cancer.",
    "They were marketing garlic as a cure for cancer.",
    "Anyone who says that garlic cures cancer is selling something.",
    "Posts announcing that garlic cures cancer are everywhere.",
    "Garlic's reputation for curing cancer is old.",
    "A common concern has been that garlic causes cancer.",
    "The agency needed proof that garlic cures cancer.",
    "The data on garlic for preventing cancer are thin.",
    "Many people eat garlic to prevent cancer.",
    "The label says that garlic cures cancer.",
    "Garlic is one of the herbs that attempt to fight cancer.",
    "They seek to breed a garlic that prevents or cures cancer.",
    "Garlic is vital for fighting cancer.",
    "Manufacturers promise relief from cancer by garlic.",
    "They'll tell me that garlic cures cancer.",
    "She had been eating garlic to treat her cancer.",
    "The aim is to cure cancer with garlic.",
    "The portrayal of garlic as a cure for cancer is old.",
)
PUT_FORWARD = (
    "Studies show that garlic cures cancer.",
    "There is proof that garlic cures cancer.",
    "Garlic cures cancer, and people believe in it.",
    "Taking garlic cures cancer.",
    "You should eat garlic to prevent cancer.",
    "Men should eat garlic to prevent cancer.",
    "Try garlic to fight cancer.",
)


@pytest.mark.parametrize("text", AT_A_DISTANCE)
def test_what_is_believed_sold_or_said_by_others_is_not_put_forward(text: str, checker: Checker) -> None:
    said = claims_on("cancer", text, checker)
    assert said and not any(c.is_sure for c in said)
    assert not any(f.flag for f in checker.check(text).findings)


@pytest.mark.parametrize("text", PUT_FORWARD)
def test_what_the_page_puts_forward_is(text: str, checker: Checker) -> None:
    assert any(c.is_sure for c in claims_on("cancer", text, checker))


def test_what_is_true_may_be_found_supported_at_a_distance(checker: Checker) -> None:
    (found, *_) = checker.check("Many people believe that vaccines prevent measles.").findings
    assert (found.claim.distanced, found.verdict, found.flag) == (True, "supported", False)


def test_what_is_false_is_told_to_be_so_and_not_flagged(checker: Checker) -> None:
    (found, *_) = checker.check("Many people believe that vaccines cause autism.").findings
    assert (found.claim.distanced, found.verdict, found.flag) == (True, "contradicted", False)


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("Antibiotics can cure many bacterial infections.", "definite"),
        ("Chemotherapy can cure some cancers.", "definite"),
        ("Antibiotics cure pneumonia.", "absolute"),
        ("Chemotherapy always cures some cancers.", "absolute"),
    ],
)
def test_a_cure_of_some_of_a_kind_is_not_absolute(text: str, strength: str, checker: Checker) -> None:
    assert checker.check(text).findings[0].claim.strength == strength
