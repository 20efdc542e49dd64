"""What only keeps an ill away is not read as treating it."""

from __future__ import annotations

import pytest

from pipeline.checker import Checker

SAID = [
    ("The flu vaccine fights the flu.", "prevents"),
    ("The vaccine is effective against measles.", "prevents"),
    ("Masks work against COVID-19.", "prevents"),
    ("Sunscreen helps against skin cancer.", "prevents"),
    ("Ibuprofen works against headaches.", "treats"),  # a medicine
    ("The BCG vaccine can cure type 1 diabetes.", "treats"),  # the verb says that the ill is there
    ("The HPV vaccine does not treat HPV infection.", "treats"),
]


@pytest.mark.parametrize(("text", "relation"), SAID, ids=[text for text, _ in SAID])
def test_a_preventive_prevents_what_it_helps_against(text: str, relation: str, checker: Checker) -> None:
    assert {f.claim.relation for f in checker.check(text).findings} == {relation}
