"""The second look at sentences: what the others of their page say of them."""

from __future__ import annotations

import pytest

from claims.page import Page, survey
from claims.sentences import split
from models.beside import NAMES, describe_places
from pipeline.checker import Checker
from pipeline.read import read_text
from pipeline.reader import SHORT, PageReader

PAGE = """Kratom and pain

Kratom relieves pain. It helps with sleep. Is it for you?

- Less worry
- A calm evening

The shop is open until six: come in."""


def page_of(checker: Checker, text: str) -> Page:
    article = read_text(text)
    return survey(article, split(article), checker.lexicon)


def named(place: tuple[float, ...]) -> dict[str, float]:
    return dict(zip(NAMES, place, strict=True))


def test_a_sentence_is_described_by_the_scores_around_it(checker: Checker) -> None:
    page = page_of(checker, PAGE)
    gate = {i: 0.1 * (i + 1) for i in range(len(page.sentences))}
    at = next(i for i, s in enumerate(page.sentences) if s.text.startswith("It helps"))
    place = named(describe_places(page, gate, {at: 0.9}, checker.lexicon)[at])
    assert place["score"] == 0.9
    assert place["score before the parse"] == round(gate[at], 3)
    assert (place["one before"], place["one after"]) == (round(gate[at - 1], 3), round(gate[at + 1], 3))
    assert place["mean of the block"] < 0 < place["score"]
    assert place["sentences"] == len(page.sentences)
    assert place["names the topic"] == 0


def test_what_was_parsed_counts_as_confirmed_for_its_neighbours(checker: Checker) -> None:
    page = page_of(checker, PAGE)
    gate = dict.fromkeys(range(len(page.sentences)), 0.5)
    told = describe_places(page, gate, {1: 0.9, 2: 0.2}, checker.lexicon)
    assert named(told[1])["one after"] == 0.2
    assert named(told[2])["one before"] == 0.9
    assert sorted(told) == [1, 2]


def test_a_sure_page_lifts_a_doubtful_line_and_a_page_of_stories_does_not(checker: Checker) -> None:
    """The same line with the same score of its own, among sure statements and among none."""
    page = page_of(checker, PAGE)
    at = next(i for i, s in enumerate(page.sentences) if s.text.startswith("A calm"))
    sure, none = ({i: p if i != at else 0.65 for i in range(len(page.sentences))} for p in (0.95, 0.05))
    among = [checker.detector.beside(page, scores, scores)[at] for scores in (sure, none)]
    assert among[0] > among[1] + 0.1


@pytest.mark.parametrize(("copies", "whole"), [(1, True), (SHORT, False)])
def test_only_a_page_that_is_read_whole_is_looked_at_so(
    checker: Checker, monkeypatch: pytest.MonkeyPatch, copies: int, whole: bool
) -> None:
    asked = []
    look = checker.detector.beside
    monkeypatch.setattr(checker.detector, "beside", lambda *a: asked.append(1) or look(*a))
    PageReader(page_of(checker, "\n\n".join([PAGE] * copies)), checker).claims()
    assert bool(asked) == whole
