"""Splitting: what is one sentence, what is two, and offsets that hold in any text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.layout import blocks_of_text
from claims.sentences import MAX_CHARS, blocks_of, split
from claims.types import Article, Block
from tests.factories import article


def page(text: str, *, laid: bool = False) -> Article:
    """Make an article of a text; `laid` finds its blocks, as the reader does."""
    return Article(id="a", text=text, blocks=blocks_of_text(text) if laid else ())


def sentences(text: str, *, laid: bool = False) -> list[str]:
    return [s.text for s in split(page(text, laid=laid))]


ONE = """
Dr. Lee says that zinc shortens colds.
Prof. Lee and St. John's wort do not mix.
Herbs, e.g. kratom, are sold as tea.
It is a herb, i.e. a plant, of the coffee family.
The U.S. Food and Drug Administration warned of kratom.
Kratom vs. coffee is no fair match.
Take 2.5 mg a day.
It costs approx. 20 dollars.
Ask the Dept. of Health for a list.
See fig. 3 of Smith et al. for the numbers.
J. Smith found that Mitragyna sp. and M. speciosa differ.
Vitamin no. 1 is vitamin C.
Visit www.example.com for more.
Rises of 3.5 to 4.2 percent were seen at 0.05 per cent.
The drug (approved in 2019) works.
""".strip().split("\n")


@pytest.mark.parametrize("text", ONE)
def test_a_stop_that_ends_no_sentence(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Zinc works. Kratom does not.", ["Zinc works.", "Kratom does not."]),
        ("Does it work? No! It does not…", ["Does it work?", "No!", "It does not…"]),
        ('"It works." She smiled.', ['"It works."', "She smiled."]),
        ("It works (mostly). It is safe.", ["It works (mostly).", "It is safe."]),
        ('He said it works. "It is safe," he said.', ["He said it works.", '"It is safe," he said.']),
        (
            'So says Lee of Stanford. "It is safe," he adds.',
            ["So says Lee of Stanford.", '"It is safe," he adds.'],
        ),
        ("It began in 2019. Kratom was new to us all.", ["It began in 2019.", "Kratom was new to us all."]),
        ("A cure for COVID-19. None is known.", ["A cure for COVID-19.", "None is known."]),
        ("It rose by 3.5 percent. (More below.)", ["It rose by 3.5 percent.", "(More below.)"]),
        ("Take 5 mg. Then wait.", ["Take 5 mg.", "Then wait."]),
        ("Kratom is safe.It is natural.", ["Kratom is safe.", "It is natural."]),
        ("It works! 🌿 It is safe.", ["It works!", "🌿 It is safe."]),
        ("It is vitamin C. It helps.", ["It is vitamin C.", "It helps."]),
        ("It is hepatitis B. Kratom is no cure.", ["It is hepatitis B.", "Kratom is no cure."]),
        ("It works.[1] It is safe.[2]", ["It works.[1]", "It is safe.[2]"]),
        ("It works... It is safe.", ["It works...", "It is safe."]),
        ("It is vitamin C. elegans is a worm.", ["It is vitamin C. elegans is a worm."]),
        ("It works.\nIt is safe.", ["It works.", "It is safe."]),
        ("No stop here\nNor here", ["No stop here", "Nor here"]),
        ("   \n\n  . \n -- \n", []),
        ("", []),
    ],
)
def test_what_is_split(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("- eases pain\n- helps sleep", ["eases pain", "helps sleep"]),
        ("• eases pain\n• helps sleep. It is safe.", ["eases pain", "helps sleep.", "It is safe."]),
        ("* eases pain", ["eases pain"]),
        ("1. eases pain\n2) helps sleep\n(3) calms", ["eases pain", "helps sleep", "calms"]),
        ("✓ eases pain\n✔ helps sleep\n► calms", ["eases pain", "helps sleep", "calms"]),
        ("Benefits:\n  - eases pain", ["Benefits:", "eases pain"]),
        ("– eases pain — fast", ["eases pain — fast"]),
        ("-5 degrees is cold", ["-5 degrees is cold"]),
        ("12 people were helped", ["12 people were helped"]),
        ("2.5 mg eases pain", ["2.5 mg eases pain"]),
    ],
)
@pytest.mark.parametrize("laid", [False, True])
def test_the_mark_of_a_bullet_is_no_part_of_it(text: str, parts: list[str], laid: bool) -> None:
    assert sentences(text, laid=laid) == parts


WRAPPED = """\
Kratom is a tree of the coffee family, and its leaves have been chewed for
hundreds of years. It is sold as powder and tea. Nobody knows whether it
eases pain, although many people who take it say so.

Zinc lozenges shorten a cold by a day or two if they are taken early enough,
which is more than most remedies can say of themselves."""


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    found = sentences(WRAPPED, laid=True)
    assert [s.split()[0] for s in found] == ["Kratom", "It", "Nobody", "Zinc"]
    assert [s.count("\n") for s in found] == [1, 0, 1, 1]


def test_a_list_that_is_wrapped_keeps_its_items() -> None:
    text = "- Kratom eases pain.\n- Zinc shortens colds.\n"
    assert sentences(text, laid=True) == ["Kratom eases pain.", "Zinc shortens colds."]


def test_a_sentence_knows_the_block_it_stands_in() -> None:
    held = article(
        (("heading", 1, "Kratom. What is it?"), ("paragraph", 0, "A tree. It grows."), ("list_item", 1, "Eases pain"))
    )
    found = split(held)
    assert [(s.block, s.kind, s.text) for s in found] == [
        (0, "heading", "Kratom."),
        (0, "heading", "What is it?"),
        (1, "paragraph", "A tree."),
        (1, "paragraph", "It grows."),
        (2, "list_item", "Eases pain"),
    ]


def test_blocks_that_are_given_are_kept() -> None:
    held = Article(id="a", text="One. Two.", blocks=(Block(kind="quote", start=5, end=9),))
    assert blocks_of(held) == held.blocks
    assert [(s.text, s.kind) for s in split(held)] == [("Two.", "quote")]


def test_lines_are_blocks_where_none_are_given() -> None:
    found = blocks_of(page("One.\n\n  Two. \n"))
    assert [(b.kind, b.start, b.end) for b in found] == [("paragraph", 0, 4), ("paragraph", 8, 12)]


def test_a_wall_of_words_is_cut() -> None:
    found = split(page("kratom " * 1000))
    assert max(len(s.text) for s in found) <= MAX_CHARS
    assert sum(s.text.count("kratom") for s in found) >= 1000 - len(found)


def test_many_sentences_take_little_time() -> None:
    assert len(sentences("Kratom eases pain. " * 3000)) == 3000


# ---------------------------------------------------------------- properties

steady = settings(max_examples=150, deadline=None, derandomize=True, database=None)
PARTS = (
    "Kratom eases pain", "It is safe", "الكركم آمن", "זה בטוח", "👩🏽‍⚕️ says so", "🌿", "e\u0301clair", "n\u0303o", "İ", "\u202egnp.exe\u202c",
    "Dr. Lee", "e.g. tea", "U.S.", "2.5 mg", "\u200b", "\ufeff", "\u00ad", "𝕂𝕣𝕒𝕥𝕠𝕞",
)  # fmt: skip
GLUE = (
    ". ",
    "! ",
    "? ",
    "… ",
    ".\n",
    "\n",
    "\n- ",
    "\n• ",
    "\r\n",
    " ",
    ", ",
    ".",
    "。",
    "\n\n",
    "\u2028",
    "\u00a0",
    "\t",
    "\x0c",
    "\x85",
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    n = draw(st.integers(0, 12))
    return "".join(draw(st.sampled_from(PARTS)) + draw(st.sampled_from(GLUE)) for _ in range(n))


@steady
@given(texts() | st.text(max_size=200), st.booleans())
def test_offsets_hold_and_sentences_stand_in_order(text: str, laid: bool) -> None:
    held = page(text, laid=laid)
    found = split(held)
    blocks = blocks_of(held)
    for s in found:
        assert text[s.start : s.end] == s.text
        assert s.text == s.text.strip()
        assert any(c.isalnum() for c in s.text)
        assert blocks[s.block].start <= s.start < s.end <= blocks[s.block].end
    for s, then in pairwise(found):
        assert s.end <= then.start


@steady
@given(texts() | st.text(max_size=200), st.booleans())
def test_no_letter_is_lost(text: str, laid: bool) -> None:
    """But for the marks of a list: "1." and "(2)"."""
    kept = "".join(s.text for s in split(page(text, laid=laid)))
    letters = [c for c in text if c.isalpha()]
    assert [c for c in kept if c.isalpha()] == letters


@steady
@given(texts())
def test_a_text_is_split_the_same_after_another(text: str) -> None:
    alone = [s.text for s in split(page(text))]
    after = [s.text for s in split(page("Tea is hot.\n\n" + text))]
    assert after == ["Tea is hot.", *alone]
