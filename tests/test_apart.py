"""What is named under one word is several things: "breast and colon cancer"."""

from __future__ import annotations

import pytest

from pipeline.checker import Checker

TAKEN_APART = (
    ("Alcohol causes breast and colon cancer.", {"breast-cancer", "colorectal-cancer"}),
    ("Alcohol causes cancers of the breast and liver.", {"breast-cancer", "liver-cancer"}),
    ("Alcohol raises the risk of cancer of the breast.", {"breast-cancer"}),
    ("Smoking can cause heart and lung disease.", {"heart-disease", "lung-disease"}),
    ("Smoking can cause heart disease.", {"heart-disease"}),
    ("Smoking causes mouth, lung and bladder cancers.", {"mouth-cancer", "lung-cancer", "bladder-cancer"}),
    ("Ginkgo improves memory, heart and lung function.", {"memory", "heart-health", "lung-function"}),
    ("Ginger eases anxiety, migraine and joint pain.", {"anxiety", "migraine", "joint-pain"}),
    ("Exercise improves muscle, memory and weight loss.", {"muscle-function", "memory", "weight-loss"}),
    ("Turmeric helps against all sorts of diseases.", {"disease"}),
    ("Turmeric treats hundreds of diseases.", {"disease"}),
    ("Kratom relieves the symptoms of opioid withdrawal.", {"opioid-withdrawal"}),
    ("Kratom relieves lasting and persistent pain.", {""}),
)


@pytest.mark.parametrize(("text", "objects"), TAKEN_APART, ids=[text for text, _ in TAKEN_APART])
def test_things_under_one_word(text: str, objects: set[str], checker: Checker) -> None:
    found = [f.claim for f in checker.check(text).findings]
    assert {c.object_id for c in found} == objects
    assert len({c.object for c in found}) == len(objects)


def test_each_is_judged_by_its_own_rows(checker: Checker) -> None:
    found = checker.check("Vitamin D prevents hip and spine fractures.").findings
    assert {f.claim.object for f in found} == {"hip fracture", "spine fracture"}
    assert all(f.matches and f.verdict != "unverified" for f in found)
