"""The lexicon: which concepts a text names, however they are spelled, and how concepts stand to each other."""

from __future__ import annotations

import csv
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.concepts import CONCEPT_COLUMNS
from claims.lexicon import Lexicon, LexiconError, fold, match_form
from claims.types import Concept

SMALL = Lexicon(
    (
        Concept(id="vitamin-c", kind="nutrient", name="vitamin C", aliases=("ascorbic acid",), broader=("vitamin",)),
        Concept(id="vitamin", kind="class", name="vitamin", broader=("supplement",)),
        Concept(id="supplement", kind="class", name="supplement"),
        Concept(id="7-oh", kind="compound", name="7-hydroxymitragynine", aliases=("7-oh",), broader=("kratom",)),
        Concept(id="kratom", kind="herb", name="kratom", aliases=("mitragyna speciosa", "?thang"), broader=("herb",)),
        Concept(id="herb", kind="class", name="herb", broader=("supplement",)),
        Concept(id="hiv", kind="condition", name="HIV infection", aliases=("HIV",)),
        Concept(id="aids", kind="condition", name="acquired immunodeficiency syndrome", aliases=("AIDS",)),
        Concept(id="st-johns-wort", kind="herb", name="St John's wort", aliases=("St. John's wort",)),
        Concept(id="allergy", kind="condition", name="allergy"),
        Concept(id="cold", kind="condition", name="common cold", aliases=("cold",)),
        Concept(id="hair-loss", kind="condition", name="hair loss"),
        Concept(id="hair-growth", kind="function", name="hair growth", inverse="hair-loss"),
        Concept(id="headache", kind="symptom", name="headache"),
        Concept(id="arthritis", kind="condition", name="arthritis"),
        Concept(id="children", kind="population", name="children"),
    )
)


@pytest.mark.parametrize(
    ("text", "found", "why"),
    [
        ("Kratom eases pain.", ["kratom"], "a name, whatever its case"),
        ("KRATOM!", ["kratom"], "in capitals"),
        ("ascorbic acid", ["vitamin-c"], "an alias"),
        ("vitamin C and vitamin D", ["vitamin-c", "vitamin"], "the longest name at a place, then the rest"),
        ("Vitamin-C tablets", ["vitamin-c"], "a hyphen for a blank"),
        ("vitamin‑C and vitamin C", ["vitamin-c", "vitamin-c"], "typographic hyphen and blank"),
        ("St John’s wort", ["st-johns-wort"], "a curly apostrophe"),
        ("St. John's wort", ["st-johns-wort"], "a stop inside the name"),
        ("kratoms, vitamins, allergies, headaches", ["kratom", "vitamin", "allergy", "headache"], "plurals"),
        ("arthriti", [], "no singular is made up"),
        ("herbal shepherds", [], "not inside a longer word"),
        ("the herbs", ["herb"], "but in the plural"),
        ("coldness and scolding", [], "nor at its beginning or end"),
        ("kratom_leaf", ["kratom"], "an underscore ends a word"),
        ("7-OH, 7-oh and 7 OH", ["7-oh", "7-oh", "7-oh"], "a name with a digit"),
        ("17-OH", [], "not inside a longer number"),
        ("AIDS is not what aids digestion", ["aids"], "a short name in capitals is meant in capitals only"),
        ("hiv", [], "even where it is no word"),
        ("Hiv infection", ["hiv"], "the long name has no such rule"),
        ("", [], "nothing"),
        ("🌿kratom🌿 كراتوم kratom", ["kratom", "kratom"], "beside an emoji and Arabic"),
        ("CHILDREN", ["children"], "a long alias in capitals"),
    ],
)
def test_the_concepts_that_a_text_names(text: str, found: list[str], why: str) -> None:
    assert [m.concept for m in SMALL.find(text)] == found, why


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("We like St. John’s wort, daily.", "St. John’s wort"),
        ("🌿🌿 Vitamin‑C", "Vitamin‑C"),
        ("İstanbul’da kratom", "kratom"),
        ("a\u0301 kratom", "kratom"),
        ("\u200fالكراتوم\u200f kratom", "kratom"),
        ("ﬁne kratom", "kratom"),
    ],
)
def test_a_mention_stands_where_its_name_does(text: str, name: str) -> None:
    (mention,) = SMALL.find(text)
    assert text[mention.start : mention.end] == name


@pytest.mark.parametrize("gap", ["\n"])
def test_a_name_is_found_over_a_line_break(gap: str) -> None:
    """Mail and old text files are hard-wrapped: a name may go on in the next line."""
    text = f"Take vitamin{gap}C daily."
    assert [m.concept for m in SMALL.find(text)] == ["vitamin-c"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Thang is sold here.", []),
        ("Kratom, or thang, is sold here.", ["kratom", "kratom"]),
        ("Mitragyna speciosa is thang.", ["kratom", "kratom"]),
    ],
)
def test_an_ambiguous_name_counts_beside_a_plain_one_only(text: str, found: list[str]) -> None:
    assert [m.concept for m in SMALL.find_in_page(text)] == found


@pytest.mark.parametrize(
    ("phrase", "concept"),
    [
        ("Vitamin C", "vitamin-c"),
        ("  ascorbic   acid ", "vitamin-c"),
        ("vitamin-c", "vitamin-c"),
        ("headaches", "headache"),
        ("severe headache", ""),
        ("", ""),
        ("vitamin", "vitamin"),
    ],
)
def test_a_phrase_that_is_a_name(phrase: str, concept: str) -> None:
    assert SMALL.resolve(phrase) == concept


def test_how_concepts_stand_to_each_other() -> None:
    assert SMALL.ancestors("7-oh") == ("kratom", "herb", "supplement")
    assert SMALL.ancestors("vitamin-c") == ("vitamin", "supplement")
    assert SMALL.ancestors("headache") == SMALL.ancestors("no-such-thing") == ()
    assert SMALL.inverses == {"hair-growth": "hair-loss", "hair-loss": "hair-growth"}
    assert (SMALL.kind("kratom"), SMALL.kind("no-such-thing")) == ("herb", "")
    assert SMALL.is_actor("kratom")
    assert not SMALL.is_actor("headache")
    assert not SMALL.is_actor("no-such-thing")


def test_a_circle_of_classes_comes_to_an_end() -> None:
    ring = Lexicon(Concept(id=a, kind="class", name=a, broader=(b, "gone")) for a, b in ("ab", "bc", "ca"))
    assert ring.ancestors("a") == ("b", "c")


steady = settings(max_examples=200, deadline=None, derandomize=True, database=None)
# Letters whose lower case is longer, combining marks, right-to-left, emoji of several parts, ligatures, blanks.
WEIRD = st.text(st.sampled_from("aZİßŁſK’‘“”–‑\u00a0\u200d\u0301\u0345ﬁالكשלום🌿👩🏽‍⚕️ \n.,-kratomvinC7OH"), max_size=60)


@steady
@given(WEIRD | st.text(max_size=60))
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(match_form(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@steady
@given(WEIRD, WEIRD)
def test_mentions_keep_their_offsets_and_order_in_any_text(before: str, after: str) -> None:
    text = f"{before} Kratom {after}"
    mentions = SMALL.find(text)
    assert any(m.start == len(before) + 1 and text[m.start : m.end] == "Kratom" for m in mentions)
    for m, then in pairwise(mentions):
        assert m.start < m.end <= then.start
    for m in mentions:
        assert SMALL.resolve(text[m.start : m.end]) == m.concept


# ---------------------------------------------------------------- the table


def write(path: Path, *rows: dict[str, str], columns: tuple[str, ...] = CONCEPT_COLUMNS) -> Path:
    base = {"id": "kratom", "kind": "herb", "name": "kratom", "aliases": "", "broader": "", "inverse": "", "risk": "2"}
    with path.open("w", encoding="utf-8", newline="") as f:
        out = csv.DictWriter(f, fieldnames=columns, extrasaction="ignore")
        out.writeheader()
        out.writerows(base | row for row in rows)
    return path


def faults(path: Path) -> list[str]:
    with pytest.raises(LexiconError) as caught:
        Lexicon.load(path)
    return str(caught.value).splitlines()


def test_a_table_loads(tmp_path: Path) -> None:
    path = write(
        tmp_path / "c.csv", {}, {"id": "mint", "name": "mint", "aliases": " menta | pfefferminze ", "broader": "kratom"}
    )
    held = Lexicon.load(path)
    assert held.concepts["mint"] == Concept(
        id="mint", kind="herb", name="mint", aliases=("menta", "pfefferminze"), broader=("kratom",), risk=2
    )


FAULTY: tuple[tuple[dict[str, str], str], ...] = (
    ({"id": "a", "kind": "thing"}, "kind 'thing'"),
    ({"id": "b", "risk": "4"}, "risk '4'"),
    ({"id": "c", "risk": ""}, "risk ''"),
    ({"id": "d", "broader": "kratom|nowhere"}, "nowhere"),
    ({"id": "e", "inverse": "nothing"}, "nothing"),
    ({}, "twice"),
    ({"id": "f", "name": " "}, "name"),
    ({"id": "G H"}, "'G H'"),
)


def test_every_fault_of_a_table_is_reported_at_once_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path / "c.csv", {}, *(f[0] for f in FAULTY))
    told = faults(path)
    missing = [
        (n, word) for n, (_, word) in enumerate(FAULTY, start=3)
        if not any(line.startswith(f"{path}:{n}: ") and word in line for line in told)
    ]  # fmt: skip
    assert missing == []
    assert not any(line.startswith(f"{path}:2:") for line in told), "the clean row has no fault"


@pytest.mark.parametrize(("cells", "word"), FAULTY[:5] + FAULTY[6:], ids=[str(f[0]) for f in FAULTY[:5] + FAULTY[6:]])
def test_a_fault_alone_is_one_line(cells: dict[str, str], word: str, tmp_path: Path) -> None:
    (line,) = faults(write(tmp_path / "c.csv", {}, cells))
    assert line.startswith(f"{tmp_path / 'c.csv'}:3: ")
    assert word in line


def test_columns_that_differ_are_told(tmp_path: Path) -> None:
    (line,) = faults(write(tmp_path / "c.csv", {}, columns=CONCEPT_COLUMNS[:-1]))
    assert line.startswith(f"{tmp_path / 'c.csv'}:1: ")
    assert "risk" in line


def test_a_file_that_is_no_table_is_told(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_bytes(b"\xff\xfe\x00\x00")
    assert faults(path)[0].startswith(str(path))


# ---------------------------------------------------------------- what is shipped


@pytest.fixture(scope="module")
def shipped() -> Lexicon:
    return Lexicon.load()


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("Mitragyna speciosa", "kratom"),
        ("7-OH", "7-hydroxymitragynine"),
        ("SARS-CoV-2 infection", "covid-19"),
        ("MMS", "chlorine-dioxide"),
        ("Miracle Mineral Solution", "chlorine-dioxide"),
        ("ascorbic acid", "vitamin-c"),
        ("St. John’s wort", "st-johns-wort"),
        ("Tylenol", "paracetamol"),
        ("acetaminophen", "paracetamol"),
        ("omega-3 fatty acids", "omega-3"),
        ("tumours", "cancer"),
        ("tumors", "cancer"),
        ("baking soda", "baking-soda"),
        ("B17", "laetrile"),
        ("high blood pressure", "high-blood-pressure"),
        ("hypertension", "high-blood-pressure"),
        ("heart attacks", "heart-attack"),
        ("Prozac", "antidepressant"),
        ("type 2 diabetes", "diabetes"),
        ("breastfeeding", "breastfeeding"),
        ("mice", "animals"),
        ("in vitro", "test-tube"),
    ],
)
def test_the_shipped_lexicon_knows_names_people_use(text: str, concept: str, shipped: Lexicon) -> None:
    found = {m.concept for m in shipped.find(text)}
    wide = found | {a for c in found for a in shipped.ancestors(c)}
    assert concept in wide, f"{text!r} names {sorted(found)}"


@pytest.mark.parametrize(
    "text",
    [
        "Who says so? I may, and you can; it is all in one.",
        "The led light aids the reader at the back of the room.",
        "She was born in may and lives in the us with her son.",
    ],
)
def test_everyday_words_name_nothing_that_acts_or_ails(text: str, shipped: Lexicon) -> None:
    kinds = {shipped.kind(m.concept) for m in shipped.find_in_page(text)}
    assert kinds <= {"population", "authority", "target", "function"}
