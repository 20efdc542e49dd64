"""A claim without a thing as its object is worded by its own sentence: in order, with its numbers."""

from __future__ import annotations

import json

import pytest

from claims.candidate import WORDED_RELATIONS
from claims.gist import _best, telling_words
from claims.lexicon import fold
from claims.numbers import figure
from claims.page import survey
from claims.parse import parse
from claims.reading import ground
from claims.sentences import split
from claims.types import Claim
from models.train import LABELLED
from pipeline.checker import Checker
from pipeline.read import read_text


def worded(checker: Checker, text: str) -> list[Claim]:
    """Check a text and give its claims whose object is made of words."""
    found = [finding.claim for finding in checker.check(read_text(text)).findings]
    return [claim for claim in found if claim.relation in WORDED_RELATIONS]


def test_a_gist_says_what_its_sentence_says_in_its_order(checker: Checker) -> None:
    lines = (LABELLED / "mood.jsonl").read_text(encoding="utf-8").splitlines()
    claims = [claim for line in lines for claim in worded(checker, json.loads(line)["text"])]
    assert len(claims) > 100
    for claim in claims:
        left = fold(claim.quote)
        for word in claim.object.split():
            _, there, left = left.partition(word)
            assert there, (claim.object, claim.quote)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Kratom contains mitragynine and over 40 other alkaloids.", "40"),
        ("About 36 percent of kratom users report withdrawal symptoms.", "36"),
        ("Take 500 mg of turmeric twice daily with food.", "500"),
    ],
)
def test_numbers_stay_with_what_they_count(checker: Checker, text: str, number: str) -> None:
    assert any(number in claim.object.split() for claim in worded(checker, text))


def test_a_share_keeps_its_sign_and_so_its_figure(checker: Checker) -> None:
    (claim,) = (c for c in worded(checker, "Kratom was used by 12% of adults last year.") if c.relation == "statistic")
    assert figure(claim.object) == figure("12%")


def test_small_words_and_signs_are_not_asked_about(checker: Checker) -> None:
    article = read_text("The risk of death, for heavy users, is 10% lower!")
    page = survey(article, split(article), checker.lexicon)
    (doc,) = parse(page, [0], checker.cues)
    assert [t.text for t in telling_words(ground(page, {0: doc}, checker.lexicon)[0])] == (
        "risk death heavy users is 10 lower".split()
    )


@pytest.mark.parametrize(
    ("likely", "fixed", "kept"),
    [
        ([0.9, 0.9, 0.1, 0.1], [False] * 4, [0, 1]),
        ([0.9, 0.9, 0.1, 0.1], [False, False, False, True], [0, 1, 3]),
        ([0.2, 0.1], [False] * 2, [0, 1]),
        ([], [], []),
    ],
)
def test_as_many_words_are_kept_as_a_reader_would(likely: list[float], fixed: list[bool], kept: list[int]) -> None:
    assert _best(likely, fixed) == kept
