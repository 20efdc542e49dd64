"""Near-duplicates: a syndicated article is one, a rewrite and a denial are not; the order decides nothing."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.entries import Entry
from pipeline.limits import ReadError
from pipeline.twins import Look, find_twins, look_at, look_at_text, read_looks, write_looks

WORDS = [f"word{i}" for i in range(400)]


def an_article(seed: int, words: int = 500) -> list[str]:
    return random.Random(seed).choices(WORDS, k=words)


ARTICLE = an_article(0)
# what a page says, whether it is a twin of the article
PAGES: list[tuple[str, str, bool]] = [
    ("the same", " ".join(ARTICLE), True),
    ("other case, other lines", "\n".join(ARTICLE).upper(), True),
    ("a line before and after", "By our staff. " + " ".join(ARTICLE) + " Read more on our site.", True),
    ("one word in another place", " ".join([*ARTICLE[:200], "not", *ARTICLE[200:]]), True),
    ("half of it", " ".join(ARTICLE[:250]), False),
    ("every tenth word another", " ".join("x" if i % 10 == 0 else w for i, w in enumerate(ARTICLE)), False),
    ("another article", " ".join(an_article(1)), False),
]


@pytest.mark.parametrize(("text", "is_twin"), [row[1:] for row in PAGES], ids=[row[0] for row in PAGES])
def test_a_page_that_says_the_same_is_a_twin(text: str, is_twin: bool) -> None:
    looks = [(0, "a", look_at_text(" ".join(ARTICLE))), (1, "b", look_at_text(text))]
    twins = find_twins(looks)
    assert (len(twins.of) == 1) == is_twin
    assert sum(twins.copies.values()) == (2 if is_twin else 0)


@pytest.mark.parametrize(
    ("a", "b", "is_twin"),
    [
        ("Kratom cures cancer.", "kratom cures cancer", True),
        ("Kratom cures cancer.", "Kratom does not cure cancer.", False),
        ("!!!", "???", False),
    ],
)
def test_short_pages_are_twins_only_if_they_are_equal(a: str, b: str, is_twin: bool) -> None:
    assert bool(find_twins([(0, "a", look_at_text(a)), (1, "b", look_at_text(b))]).of) == is_twin


@given(order=st.permutations(range(12)))
@settings(max_examples=30, deadline=None)
def test_the_order_of_pages_decides_nothing(order: list[int]) -> None:
    texts = [" ".join([*ARTICLE[: 40 * (i % 3)], f"n{i}", *ARTICLE[40 * (i % 3) :]]) for i in range(9)]
    texts += [" ".join(an_article(i)) for i in range(3)]
    looks = [look_at_text(text) for text in texts]

    def listed(numbers: list[int]) -> tuple[dict[str, object], dict[str, int]]:
        twins = find_twins((at, f"page-{n}", looks[n]) for at, n in enumerate(numbers))
        names = {at: f"page-{n}" for at, n in enumerate(numbers)}
        return {names[at]: of for at, of in twins.of.items()}, {names[at]: n for at, n in twins.copies.items()}

    assert listed(order) == listed(list(range(12)))
    assert len(listed(order)[0]) == 9


def test_a_look_comes_back_as_it_was_written() -> None:
    looks = [Look(fault=ReadError("empty", "no words", "a.html")), Look(settled="no_candidate"), look_at_text("a b c")]
    again = list(read_looks(write_looks(looks)))
    assert again[1:] == looks[1:]
    assert str(again[0].fault) == str(looks[0].fault)


def test_what_cannot_be_read_is_nobodys_twin() -> None:
    looks = [look_at(Entry(id=i, line=i, text=""), None) for i in range(3)]
    assert [look.fault and look.fault.reason for look in looks] == ["empty"] * 3
    assert not find_twins(enumerate_looks(looks)).of


def enumerate_looks(looks: list[Look]) -> list[tuple[int, int, Look]]:
    return [(i, i, look) for i, look in enumerate(looks)]
