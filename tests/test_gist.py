"""A claim without a thing as its object is worded by its own sentence: in order, with its numbers."""

from __future__ import annotations

import json
import re

import pytest

from claims.candidate import WORDED_RELATIONS, Candidate
from claims.gist import _best, _spelled, gist, telling_words, undenied
from claims.lexicon import fold
from claims.numbers import figure
from claims.page import survey
from claims.parse import parse
from claims.phrases import Grounded
from claims.reading import ground
from claims.sentences import split
from claims.special import statistics
from claims.types import Claim
from models.train import LABELLED
from pipeline.checker import Checker
from pipeline.read import read_text


def worded(checker: Checker, text: str) -> list[Claim]:
    """Check a text and give its claims whose object is made of words."""
    found = [finding.claim for finding in checker.check(read_text(text)).findings]
    return [claim for claim in found if claim.relation in WORDED_RELATIONS]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text).replace("n't", " not"))


def test_a_gist_says_what_its_sentence_says_in_its_order(checker: Checker) -> None:
    lines = (LABELLED / "mood.jsonl").read_text(encoding="utf-8").splitlines()
    claims = [claim for line in lines for claim in worded(checker, json.loads(line)["text"])]
    assert len(claims) > 90
    for claim in claims:
        left = iter(words(claim.quote))
        assert all(word in left for word in words(claim.object)), (claim.object, claim.quote)


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


def grounded(checker: Checker, text: str) -> Grounded:
    """Parse a text of one sentence."""
    article = read_text(text)
    page = survey(article, split(article), checker.lexicon)
    (doc,) = parse(page, [0], checker.cues)
    return ground(page, {0: doc}, checker.lexicon)[0]


def test_small_words_and_signs_are_not_asked_about(checker: Checker) -> None:
    g = grounded(checker, "The risk of death, for heavy users, is 10% lower!")
    assert [t.text for t in telling_words(g)] == "risk death heavy users is 10 lower".split()


@pytest.mark.parametrize(
    ("likely", "kept"),
    [([0.9, 0.9, 0.1, 0.1], [0, 1]), ([0.9, 0.1, 0.1, 0.9], [0, 3]), ([0.2, 0.1], [0, 1]), ([], [])],
)
def test_as_many_words_are_kept_as_a_reader_would(likely: list[float], kept: list[int]) -> None:
    assert _best(likely) == kept


@pytest.mark.parametrize(
    ("text", "kept", "spelled"),
    [
        ("About 36% of kratom users report withdrawal.", "36 users withdrawal", "36% users withdrawal"),
        ("The market grew to $5 billion in a year.", "5 billion year", "$5 billion in a year"),
        ("A risk of death that is 10% lower.", "risk death 10", "risk of death 10%"),
        ("An over-the-counter drug.", "counter drug", "counter drug"),
        ("Kratom works as a stimulant.", "works stimulant", "works as a stimulant"),
        ("Relief without any drug.", "Relief drug", "relief without any drug"),
        ("It contains no live virus.", "contains live virus", "contains live virus"),
    ],
)
def test_signs_and_what_joins_two_words_are_spelled_with_them(checker: Checker, text: str, kept: str, spelled: str) -> None:
    g = grounded(checker, text)
    assert _spelled([t for t in g.tokens if t.text in kept.split()], g) == spelled


@pytest.mark.parametrize(
    "text",
    ["About 36% of kratom users report withdrawal.", "Of 250 people in 10 towns, 12% took kratom within two years."],
)
def test_no_wording_changes_the_figure_that_a_rule_read(checker: Checker, text: str) -> None:
    """Whatever the model would keep: figures are judged."""
    g = grounded(checker, text)
    (triple,) = statistics(g)
    c = Candidate(0, triple.trigger, triple.object, None, ("statistic",), None, marks=["own_statistic"])
    told = telling_words(g)
    for n in range(len(told)):
        likely = [float(k == n) for k in range(len(told))]
        assert figure(gist(c, told, likely, g)) == figure(triple.object.text)


@pytest.mark.parametrize(
    ("status", "worded"),
    [
        ("not approved by the fda", "approved by the fda"),
        ("unregulated in the united states", "regulated in the united states"),
        ("approved under the law", "approved under the law"),
        ("no", "no"),
    ],
)
def test_a_status_that_is_denied_is_worded_without_its_denial(status: str, worded: str) -> None:
    assert undenied(status) == worded


def test_a_page_that_says_what_is_not_approved_is_not_read_as_denying_that(checker: Checker) -> None:
    (claim,) = worded(checker, "Kratom is not approved by the FDA.")
    assert (claim.polarity, claim.object) == ("deny", "approved by the fda")
