"""The second look at subjects: what shows only when the likeliest stand side by side."""

from __future__ import annotations

import pytest

from claims.choose import choose
from claims.page import survey
from claims.parse import parse
from claims.reading import Reading, ground, survey_candidates
from claims.rivals import LIKELIEST, NAMES, SURE, Contest, Standing, contests, describe_rivals
from claims.sentences import split
from pipeline.checker import Checker
from pipeline.read import read_text

PAGE = """Red light therapy

Lamps of this kind are sold for the skin. Red light therapy relieves joint pain. It may also cause headaches.

Garlic

Garlic is another matter. The herb lowers high blood pressure. Garlic can cause heartburn."""


def read(checker: Checker, text: str) -> tuple[Reading, list[Contest]]:
    """Read every sentence of a text, and list the subjects its claims could have."""
    article = read_text(text)
    page = survey(article, split(article), checker.lexicon)
    every = range(len(page.sentences))
    grounded = ground(page, dict(zip(every, parse(page, every, checker.cues), strict=True)), checker.lexicon)
    reading = survey_candidates(page, grounded, set(every), checker.lexicon, checker.cues)
    chosen = choose(reading, checker.slots.relations(reading.candidates))
    return reading, contests(chosen, reading, checker.slots)


def named(row: Standing) -> dict[str, float]:
    return dict(zip(NAMES, row, strict=True))


@pytest.fixture(scope="module")
def described(checker: Checker) -> dict[tuple[str, str], dict[str, float]]:
    """How each subject of the page stands, by the claim's object and the subject's words."""
    reading, held = read(checker, PAGE)
    rows = describe_rivals(held, reading.page, checker.lexicon)
    return {
        (contest.candidate.object.text, contest.options[k].phrase.text): named(row)
        for contest, group in zip(held, rows, strict=True)
        for k, row in group.items()
    }


def test_only_the_likeliest_are_looked_at_again(checker: Checker) -> None:
    _, held = read(checker, PAGE)
    assert any(len(contest.options) > LIKELIEST for contest in held)
    for contest in held:
        out = set(range(len(contest.options))) - set(contest.likeliest)
        assert len(contest.likeliest) == min(LIKELIEST, len(contest.options))
        assert all(contest.scores[k] <= min(contest.scores[j] for j in contest.likeliest) for k in out)


def test_a_contest_without_options_has_neither_likeliest_nor_leader(checker: Checker) -> None:
    candidate = read(checker, PAGE)[1][0].candidate
    empty = Contest(candidate, "treats", [], [])
    assert (empty.likeliest, empty.leader, empty.settled) == ([], "", None)


def test_what_was_named_is_told_from_what_comes_later(described: dict[tuple[str, str], dict[str, float]]) -> None:
    there, later = described["skin", "red light therapy"], described["skin", "garlic"]
    assert there["sentences since named"] == 1
    assert later["sentences since named"] == 99
    assert later["named later"] > there["named later"] > 0
    assert (there["in heading"], later["in heading"]) == (1, 0)
    assert there["share of claims led"] > 0


def test_the_known_say_what_they_are_and_the_unknown_that_they_are_not(
    described: dict[tuple[str, str], dict[str, float]],
) -> None:
    known, unknown = described["skin", "garlic"], described["skin", "lamps of kind"]
    assert known["classes above"] > 0
    assert known["risk"] >= 0
    assert unknown["kind"] == unknown["risk"] == unknown["classes above"] == unknown["concepts below"] == -1


def test_a_class_sees_the_member_that_is_its_rival(checker: Checker) -> None:
    reading, held = read(checker, "Vaccines are given to children. The HPV vaccine can cause a headache. Vaccines prevent disease.")
    rows = describe_rivals(held, reading.page, checker.lexicon)
    seen = {
        contest.options[k].phrase.concept: named(row)
        for contest, group in zip(held, rows, strict=True)
        for k, row in group.items()
    }
    (wider,) = (c for c in checker.lexicon.ancestors("hpv-vaccine") if c in seen)
    assert seen[wider]["score of a narrower one"] >= 0
    assert seen["hpv-vaccine"]["score of a broader"] >= 0
    assert seen[wider]["narrower ones named"] >= 1


def test_what_a_rule_finds_for_a_sure_subject_is_not_moved(checker: Checker) -> None:
    """Only what is known, found by a rule and liked best; any other choice is open to the second look."""
    _, held = read(checker, PAGE)
    contest = next(c for c in held if c.candidate.object.text == "heartburn")
    assert contest.options[contest.scores.index(max(contest.scores))].phrase.text == contest.leader == "garlic"
    assert contest.settled == contest.scores.index(max(contest.scores))
    unsure = contest._replace(scores=[min(s, SURE - 0.01) for s in contest.scores])
    assert unsure.settled is None
    lent = next(c for c in held if c.candidate.object.text == "skin")
    assert lent._replace(scores=[0.9 if o.phrase.text == "garlic" else 0.1 for o in lent.options]).settled is None


def test_the_page_decides_between_the_two_it_speaks_of(checker: Checker) -> None:
    """The first look goes by the words of a sentence; beside its rivals, what the section is on wins."""
    claims = [f.claim for f in checker.check(read_text(PAGE)).findings]
    assert ("red light therapy", "joint pain") in {(c.subject, c.object) for c in claims}
    assert ("garlic", "heartburn") in {(c.subject, c.object) for c in claims}
