"""The cue table: it loads, says all its faults at once, and look-alikes hide the cues inside them."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.cues import COLUMNS, TYPES, CueError, CueRow, Cues, PhraseCues, default_cues
from claims.lexicon import fold
from claims.words import word_list

CUES = default_cues()
# What a type of cue may decide, and where its phrase may look.
DENIES = {"effect", "evidence"}
DIRECTIONS = {"forward", "backward"}  # of a negation also "verb"


def test_the_shipped_table_loads_with_cues_of_every_type() -> None:
    counts = Counter(r.type for r in CUES.rows)
    assert set(counts) == set(TYPES)
    assert len(CUES.rows) == len(CUES.by_id) >= 1200


def test_no_cue_is_there_twice() -> None:
    same = Counter((r.type, r.pattern, r.value, r.frame) for r in CUES.rows)
    assert [key for key, n in same.items() if n > 1] == []


def test_every_doubtful_rule_is_a_cue_on_a_relation() -> None:
    assert word_list("doubtful rules") <= {r.id for r in CUES.rows if r.type == "relation"}


def test_no_phrase_has_blanks_around_it_or_letters_that_are_folded_away() -> None:
    assert [r.id for r in CUES.rows if r.pattern != " ".join(fold(r.pattern).split())] == []


def test_what_a_negation_denies_and_where_it_looks() -> None:
    negations = [r for r in CUES.rows if r.type == "negation"]
    assert [r.id for r in negations if r.value not in DENIES] == []
    assert [r.id for r in negations if r.frame not in {*DIRECTIONS, "verb"}] == []


def test_where_a_rejection_looks() -> None:
    assert [r.id for r in CUES.rows if r.type == "reject" and r.frame not in DIRECTIONS] == []


def test_where_what_is_open_or_hedged_looks() -> None:
    assert {r.frame for r in CUES.rows if r.type == "open"} == {"", "anywhere", "around"}
    assert {r.frame for r in CUES.rows if r.type == "hedge"} == {"", "forward", "around"}


def test_a_look_alike_holds_a_cue() -> None:
    """A row that hides nothing is dead: its words are in no cue that it stands beside."""
    beside = {"pseudo": {"negation", "reject"}, "nohedge": {"hedge"}, "notabsolute": {"absolute"}, "notopen": {"open"}}
    dead = []
    for kind, types in beside.items():
        true = PhraseCues(r for r in CUES.rows if r.type in types)
        # "nearly 100" hides the "100%" that it runs into.
        rows = [r for r in CUES.rows if r.type == kind]
        dead += [r.id for r in rows if not true.find(r.pattern) and not true.find(f"{r.pattern}%")]
    assert dead == []


def test_cues_of_report_are_told_from_the_others_by_their_ids() -> None:
    """So an explanation leaves out who says so."""
    assert {r.id for r in CUES.rows if r.type == "report"} == {r.id for r in CUES.rows if r.id.startswith("rep-")}


def test_a_phrase_is_no_cue_and_its_own_look_alike() -> None:
    true = {r.pattern for r in CUES.rows if r.type in {"negation", "hedge", "absolute"}}
    assert [r.id for r in CUES.rows if r.type in {"pseudo", "nohedge", "notabsolute", "notopen"} and r.pattern in true] == []


# ---------------------------------------------------------------- finding phrases


@pytest.mark.parametrize(
    ("text", "negations", "why"),
    [
        ("Zinc does not work.", ["not"], "a plain negation"),
        ("Zinc doesn't work.", ["n't"], "a short form"),
        ("Zinc doesn’t work.", ["n't"], "with a curly apostrophe"),
        ("Zinc works not only for colds.", [], "'not only' is no negation"),
        ("Zinc, not to mention tea, works.", [], "'not to mention' neither"),
        ("No doubt zinc works.", [], "'no doubt' neither"),
        ("NOT ONLY zinc works.", [], "in capitals"),
        ("Zinc does not only work.", [], "as part of a longer phrase"),
        ("A knot in the note.", [], "not inside a word"),
    ],
)
def test_look_alikes_hide_the_negation_inside_them(text: str, negations: list[str], why: str) -> None:
    found = [h for h in CUES.negation.find(text) if h.row.type == "negation"]
    assert len(found) == len(negations), (why, found)
    for hit, word in zip(found, negations, strict=True):
        assert word in fold(text)[hit.start : hit.end]


@pytest.mark.parametrize(
    ("text", "hedged"),
    [
        ("It may help.", True),
        ("It might help.", True),
        ("It appears to help.", True),
        ("It is thought to help.", True),
        ("It was sold in May 2020.", False),
        ("It helps.", False),
    ],
)
def test_hedges(text: str, hedged: bool) -> None:
    assert any(h.row.type == "hedge" for h in CUES.hedge.find(text)) is hedged


@pytest.mark.parametrize(
    ("text", "absolute"),
    [
        ("It always works.", True),
        ("It is 100% safe.", True),
        ("It is 100 % safe.", True),
        ("It has no side effects.", True),
        ("It is completely safe.", True),
        ("It does not always work.", False),
        ("It is not completely safe.", False),
        ("It works.", False),
        ("It is proven to work.", False),
    ],
)
def test_totality_words_and_their_look_alikes(text: str, absolute: bool) -> None:
    assert any(h.row.type == "absolute" for h in CUES.absolute.find(text)) is absolute


def phrases(*patterns: str) -> PhraseCues:
    return PhraseCues(CueRow(p, "negation", p, "effect", "forward") for p in patterns)


@pytest.mark.parametrize(
    ("patterns", "text", "spans"),
    [
        (("no", "no evidence"), "No evidence, no.", [(0, 11), (13, 15)]),
        (("no", "no evidence that"), "no evidence of", [(0, 2)]),
        (("a b", "b c"), "a b c", [(0, 3)]),
        (("n't",), "doesn't", [(4, 7)]),
        (("100%",), "is 100%!", [(3, 7)]),
        (("100%",), "is 2100%", []),
        (("may",), "maybe dismay mayo May", [(18, 21)]),
        (("no",), "🌿no🌿 لاno لا no", [(1, 3), (13, 15)]),
        ((), "anything", []),
    ],
)
def test_phrases_are_found_whole_and_longest_first(
    patterns: tuple[str, ...], text: str, spans: list[tuple[int, int]]
) -> None:
    assert [(h.start, h.end) for h in phrases(*patterns).find(text)] == spans


def test_all_rows_of_a_phrase_are_given() -> None:
    rows = [CueRow("a", "negation", "no", "effect", "forward"), CueRow("b", "reject", "no", "", "forward")]
    assert [h.row.id for h in PhraseCues(rows).find("no")] == ["a", "b"]


steady = settings(max_examples=150, deadline=None, derandomize=True, database=None)


@steady
@given(st.text(st.sampled_from("noTevidceİß’'🌿لا \n.,-\u0301"), max_size=50))
def test_cues_stand_where_they_say_in_any_text(text: str) -> None:
    for cues in (CUES.negation, CUES.hedge, CUES.absolute, CUES.report):
        last = 0
        for hit in cues.find(text):
            assert fold(text)[hit.start : hit.end] == hit.row.pattern
            assert hit.start >= last or hit.start == last
            last = hit.start


# ---------------------------------------------------------------- faulty tables


def write(path: Path, *rows: dict[str, str], columns: tuple[str, ...] = COLUMNS) -> Path:
    base = {"id": "neg-no", "type": "negation", "pattern": "no", "value": "effect", "frame": "forward", "note": ""}
    with path.open("w", encoding="utf-8", newline="") as f:
        out = csv.DictWriter(f, fieldnames=columns, extrasaction="ignore")
        out.writeheader()
        out.writerows(base | row for row in rows)
    return path


def faults(path: Path) -> list[str]:
    with pytest.raises(CueError) as caught:
        Cues.load(path)
    return str(caught.value).splitlines()


def test_a_clean_table_loads(tmp_path: Path) -> None:
    assert [
        r.id for r in Cues.load(write(tmp_path / "cues.csv", {}, {"id": "neg-never", "pattern": "never"})).rows
    ] == ["neg-no", "neg-never"]


FAULTY: tuple[tuple[dict[str, str], str], ...] = (
    ({"id": "a", "type": "negatoin"}, "'negatoin'"),
    ({"id": "b", "pattern": ""}, "pattern ''"),
    ({"id": "c", "pattern": "No"}, "'No'"),
    ({"id": "d", "pattern": "no "}, "'no '"),
    ({"id": "e", "pattern": "doesn’t"}, "doesn’t"),
    ({}, "twice"),
)


def test_every_fault_of_a_table_is_reported_at_once_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path / "cues.csv", {}, *(f[0] for f in FAULTY))
    told = faults(path)
    assert len(told) == len(FAULTY)
    for n, (line, (_, word)) in enumerate(zip(told, FAULTY, strict=True), start=3):
        assert line.startswith(f"{path}:{n}: ")
        assert word in line


def test_columns_that_differ_are_told(tmp_path: Path) -> None:
    (line,) = faults(write(tmp_path / "cues.csv", {}, columns=COLUMNS[:-1]))
    assert line.startswith(f"{tmp_path / 'cues.csv'}:1: ")
    assert "note" in line


@pytest.mark.parametrize("content", [b"", ",".join(COLUMNS).encode() + b"\nx,negation\n"])
def test_a_file_that_is_no_table_is_told(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "cues.csv"
    path.write_bytes(content)
    assert faults(path)[0].startswith(str(path))
