"""The evidence table: what is shipped is clean, a faulty file says all that is wrong, and the digest is its version."""

from __future__ import annotations

import csv
import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from claims.evidence import COLUMNS, EvidenceError, EvidenceTable, canonical, object_fields
from claims.lexicon import Lexicon, match_form
from claims.types import Concept, Evidence
from tests.factories import evidence


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


@pytest.fixture(scope="module")
def shipped(lexicon: Lexicon) -> EvidenceTable:
    return EvidenceTable.load(lexicon)


# ---------------------------------------------------------------- what is shipped


def test_the_shipped_table_loads(shipped: EvidenceTable) -> None:
    assert len(shipped.rows) >= 2500
    assert len({r.id for r in shipped.rows}) == len(shipped.rows)
    assert len(shipped.digest) == 16
    assert shipped.as_of == max(r.checked_on for r in shipped.rows)


def test_every_current_row_has_a_source_that_somebody_read(shipped: EvidenceTable) -> None:
    bare = [
        r.id
        for r in shipped.rows
        if r.status == "current"
        and not (r.url and r.source_title and r.publisher and r.summary and r.checked_on and r.seen)
    ]
    assert bare == []


def test_no_cell_has_blanks_around_it_or_lines_inside(shipped: EvidenceTable) -> None:
    odd = [(r.id, c) for r in shipped.rows for c in COLUMNS if (v := str(getattr(r, c))) != " ".join(v.split())]
    assert odd == []


def test_no_row_speaks_of_a_thing_and_itself(shipped: EvidenceTable) -> None:
    assert [r.id for r in shipped.rows if r.subject == r.object] == []


def test_a_benefit_says_nothing_of_members(shipped: EvidenceTable) -> None:
    """It would never go down, so "members" on it is a slip of the pen."""
    benefits = {"treats", "prevents", "improves", "safe", "compares", "use"}
    rows = [r for r in shipped.rows if r.applies_to == "members" and r.finding not in {"refutes", "insufficient"}]
    assert [r.id for r in rows if r.relation in benefits] == []


def test_rows_are_held_in_their_canonical_form_or_meet_there(shipped: EvidenceTable) -> None:
    """Whatever a row's own relation, asking for its canonical form finds it."""
    lost = [
        r.id
        for r in shipped.rows
        if r.status == "current"
        and r not in shipped.about(r.subject, *canonical(r.relation, r.object, shipped.lexicon))
    ]
    assert lost == []


def test_drafts_and_retired_rows_are_kept_and_never_found(shipped: EvidenceTable) -> None:
    others = [r for r in shipped.rows if r.status != "current"]
    assert others
    for r in others:
        assert r not in shipped.about(r.subject, *canonical(r.relation, r.object, shipped.lexicon))
        assert r not in shipped.of_subject(r.subject, r.relation)


def test_field_objects_have_a_name_and_a_value_in_every_part(shipped: EvidenceTable) -> None:
    fields = {"mechanism": {"act", "target"}, "status": {"authority", "act"}, "compares": {"other", "direction"}}
    odd = [
        r.id for r in shipped.rows if r.relation in fields and not fields[r.relation] <= set(object_fields(r.object))
    ]
    assert odd == []
    # A number may have no upper or lower end: "low=150;high=" is 150 or more.
    empty = [
        (r.id, name)
        for r in shipped.rows
        for name, value in object_fields(r.object).items()
        if not value and name not in {"low", "high"}
    ]
    assert empty == []


def test_no_two_rows_of_one_source_say_different_things(shipped: EvidenceTable) -> None:
    """Two rows of equal rank that disagree make every claim on them a conflict; one page cannot be both sides."""
    held: dict[tuple[Any, ...], set[str]] = defaultdict(set)
    for r in shipped.rows:
        if r.status == "current":
            held[r.subject, r.relation, r.object, r.strength, r.population, r.certainty, r.year, r.url].add(r.finding)
    assert [key for key, findings in held.items() if len(findings) > 1] == []


def test_no_name_stands_for_two_concepts(lexicon: Lexicon) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for c in lexicon.concepts.values():
        for alias in (c.name, *c.aliases):
            owners[" ".join(match_form(alias.removeprefix("?")).split())].add(c.id)
    assert {form: sorted(ids) for form, ids in owners.items() if len(ids) > 1} == {}


def test_an_id_is_made_of_small_letters_and_its_name_is_not_empty(lexicon: Lexicon) -> None:
    odd = [c.id for c in lexicon.concepts.values() if not c.id.replace("-", "").isalnum() or c.id != c.id.lower()]
    assert odd == []
    assert [c.id for c in lexicon.concepts.values() if not c.name.strip()] == []


def test_inverses_pair_a_function_with_a_condition(lexicon: Lexicon) -> None:
    for a, b in lexicon.inverses.items():
        kinds = {lexicon.kind(a), lexicon.kind(b)}
        assert "function" in kinds, (a, b)
        assert kinds & {"condition", "symptom"}, (a, b)
        assert lexicon.inverses[b] == a, (a, b)


def test_nothing_is_a_kind_of_itself(lexicon: Lexicon) -> None:
    circles = [
        (a, b)
        for a in lexicon.concepts
        for b in lexicon.ancestors(a)
        if a in lexicon.ancestors(b)
    ]  # fmt: skip
    assert circles == []


# ---------------------------------------------------------------- faulty files

SMALL = Lexicon(
    (
        Concept(id="kratom", kind="herb", name="kratom"),
        Concept(id="pain", kind="symptom", name="pain"),
        Concept(id="opioid-receptor", kind="target", name="opioid receptor"),
        Concept(id="children", kind="population", name="children"),
        Concept(id="hair-loss", kind="condition", name="hair loss"),
        Concept(id="hair-growth", kind="function", name="hair growth", inverse="hair-loss"),
        Concept(id="sleep", kind="function", name="sleep"),
    )
)
GOOD: dict[str, Any] = {"subject": "kratom", "object": "pain", "population": "", "year": "2020"}


def write(path: Path, *rows: Mapping[str, Any], columns: Sequence[str] = COLUMNS) -> Path:
    base = evidence(**GOOD)
    with path.open("w", encoding="utf-8", newline="") as f:
        out = csv.DictWriter(f, fieldnames=list(columns), extrasaction="ignore")
        out.writeheader()
        for i, given in enumerate(rows):
            out.writerow({c: getattr(base, c) for c in COLUMNS} | {"id": f"row-{i}"} | dict(given))
    return path


def faults(*paths: Path) -> list[str]:
    with pytest.raises(EvidenceError) as caught:
        EvidenceTable.load(SMALL, paths)
    return str(caught.value).splitlines()


def test_a_clean_file_loads(tmp_path: Path) -> None:
    table = EvidenceTable.load(SMALL, [write(tmp_path / "a.csv", {}, {"year": "", "doi": "10.1000/x"})])
    assert [(r.id, r.year) for r in table.rows] == [("row-0", 2020), ("row-1", None)]
    assert EvidenceTable.load(SMALL, [tmp_path]).digest == table.digest


# a row's faulty cells, the words that its line must hold
FAULTY: tuple[tuple[dict[str, Any], str], ...] = (
    ({"finding": "proves"}, "finding"),
    ({"certainty": "certain"}, "certainty"),
    ({"relation": "cures"}, "relation"),
    ({"strength": "hedged"}, "strength"),
    ({"applies_to": "all"}, "applies_to"),
    ({"source_type": "blog"}, "source_type"),
    ({"seen": "no"}, "seen"),
    ({"status": "new"}, "status"),
    ({"subject": "Kratom"}, "Kratom"),
    ({"subject": "no-such-herb"}, "no-such-herb"),
    ({"object": "no-such-pain"}, "no-such-pain"),
    ({"population": "children|martians"}, "martians"),
    ({"relation": "mechanism", "object": "act=acts-on;target=no-such-receptor"}, "no-such-receptor"),
    ({"topic": ""}, "topic"),
    ({"proposition": ""}, "proposition"),
    ({"summary": ""}, "summary"),
    ({"source_title": ""}, "source_title"),
    ({"publisher": ""}, "publisher"),
    ({"url": ""}, "url"),
    ({"url": "www.fda.gov"}, "url"),
    ({"url": "javascript:alert(1)"}, "url"),
    ({"doi": "doi:10.1000/x"}, "doi"),
    ({"year": "1789"}, "year"),
    ({"year": "20 20"}, "year"),
    ({"checked_on": "2 May 2026"}, "checked_on"),
    ({"id": "Row 1"}, "id"),
)


def test_every_fault_of_every_file_is_reported_at_once_with_its_line(tmp_path: Path) -> None:
    half = len(FAULTY) // 2
    a = write(tmp_path / "a.csv", {}, *(f[0] for f in FAULTY[:half]))
    b = write(tmp_path / "b.csv", *({"id": f"b-{i}"} | f[0] for i, f in enumerate(FAULTY[half:])))
    told = faults(tmp_path)
    where = [(f"{a}:{n}:", word) for n, (_, word) in enumerate(FAULTY[:half], start=3)]
    where += [(f"{b}:{n}:", word) for n, (_, word) in enumerate(FAULTY[half:], start=2)]
    missing = [w for w in where if not any(line.startswith(w[0]) and w[1] in line for line in told)]
    assert missing == []
    assert not any(line.startswith(f"{a}:2:") for line in told), "the clean row has no fault"


@pytest.mark.parametrize(("cells", "word"), FAULTY, ids=[str(f[0]) for f in FAULTY])
def test_a_fault_alone_is_one_line(cells: dict[str, Any], word: str, tmp_path: Path) -> None:
    told = faults(write(tmp_path / "a.csv", cells))
    assert {line.partition(": ")[0] for line in told} == {f"{tmp_path / 'a.csv'}:2"}
    assert all(word in line for line in told)


def test_an_id_that_is_there_twice_is_told_with_the_place_of_the_first(tmp_path: Path) -> None:
    a, b = write(tmp_path / "a.csv", {}, {"id": "twin"}), write(tmp_path / "b.csv", {"id": "twin"}, {"id": "twin"})
    told = faults(a, b)
    assert [line.partition(": ")[0] for line in told] == [f"{b}:2", f"{b}:3"]
    assert all(f"{a}:3" in line and "twin" in line for line in told)


def test_the_line_of_a_fault_holds_after_cells_of_several_lines(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", {"summary": "one\ntwo\nthree"}, {"finding": "proves"})
    line = next(n for n, text in enumerate(path.read_text().splitlines(), start=1) if "proves" in text)
    assert [told.partition(": ")[0] for told in faults(path) if "proves" in told] == [f"{path}:{line}"]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "cannot be read"),
        (b"\xff\xfe\x00id", "cannot be read"),
        (b"id,topic\nx,y\n", "columns differ"),
        (",".join(reversed(COLUMNS)).encode() + b"\n", "their order"),
        (",".join((*COLUMNS, "note")).encode() + b"\n", "note"),
        (b"a" * 70, "columns differ"),
        (",".join(COLUMNS).encode() + b'\n"open', "cannot be read"),
        (",".join(COLUMNS).encode() + b"\n" + b"x," * 40, "41 cells"),
        (",".join(COLUMNS).encode() + b"\nx,y\n", "2 cells"),
    ],
)
def test_a_file_that_is_no_table_is_told_beside_the_faults_of_others(content: bytes, word: str, tmp_path: Path) -> None:
    (tmp_path / "odd.csv").write_bytes(content)
    other = write(tmp_path / "other.csv", {"finding": "proves"})
    told = faults(tmp_path)
    assert any(line.startswith(f"{tmp_path / 'odd.csv'}") and word in line for line in told)
    assert any(line.startswith(f"{other}:2:") for line in told)


def test_a_folder_without_a_table_is_told(tmp_path: Path) -> None:
    assert str(tmp_path) in faults(tmp_path)[0]


# ---------------------------------------------------------------- the digest


def table(*rows: Evidence, lexicon: Lexicon = SMALL) -> EvidenceTable:
    return EvidenceTable(rows, lexicon)


ROWS = [evidence(f"r{i}", **(GOOD | {"year": 2000 + i})) for i in range(6)]


def test_the_digest_does_not_depend_on_the_order_of_rows_or_files(tmp_path: Path) -> None:
    mixed = ROWS[:]
    random.Random(3).shuffle(mixed)
    assert table(*mixed).digest == table(*ROWS).digest
    both = write(tmp_path / "both.csv", {"id": "a"}, {"id": "b"})
    a, b = write(tmp_path / "a.csv", {"id": "a"}), write(tmp_path / "b.csv", {"id": "b"})
    digests = {EvidenceTable.load(SMALL, files).digest for files in ([both], [a, b], [b, a])}
    assert len(digests) == 1


OTHER: dict[str, Any] = {
    "id": "other", "topic": "mood", "subject": "mint", "relation": "causes", "object": "hair-loss",
    "strength": "absolute", "proposition": "Other.", "finding": "mixed", "certainty": "high", "population": "children",
    "applies_to": "members", "summary": "Other.", "source_title": "Other", "publisher": "Other", "year": 1999,
    "url": "https://other.example", "doi": "10.1000/1", "source_type": "trial", "seen": "secondary",
    "checked_on": "2026-01-01", "status": "draft",
}  # fmt: skip


@pytest.mark.parametrize("column", COLUMNS)
def test_the_digest_changes_with_every_cell(column: str) -> None:
    changed = [replace(ROWS[0], **{column: OTHER[column]}), *ROWS[1:]]
    assert table(*changed).digest != table(*ROWS).digest


def test_the_digest_changes_with_a_row_that_comes_or_goes() -> None:
    assert len({table(*ROWS).digest, table(*ROWS[1:]).digest, table(*ROWS, ROWS[0]).digest}) == 3


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "Mitragyna"},
        {"kind": "drug"},
        {"aliases": ("ketum",)},
        {"broader": ("pain",)},
        {"inverse": "pain"},
        {"risk": 3},
    ],
    ids=str,
)
def test_the_digest_changes_with_a_concept(fields: dict[str, Any]) -> None:
    kratom = replace(SMALL.concepts["kratom"], **fields)
    other = Lexicon([kratom, *(c for c in SMALL.concepts.values() if c.id != "kratom")])
    assert table(*ROWS, lexicon=other).digest != table(*ROWS).digest


def test_the_day_of_the_table_is_the_latest_on_which_a_row_was_checked() -> None:
    assert table(evidence("a", checked_on="2026-03-01"), evidence("b", checked_on="2025-12-31")).as_of == "2026-03-01"
    assert table().as_of == ""


# ---------------------------------------------------------------- canonical forms


@pytest.mark.parametrize(
    ("relation", "object", "expected"),
    [
        ("improves", "hair-growth", ("treats", "hair-loss")),
        ("treats", "hair-growth", ("treats", "hair-loss")),
        ("treats", "hair-loss", ("treats", "hair-loss")),
        ("improves", "hair-loss", ("treats", "hair-loss")),
        ("improves", "pain", ("treats", "pain")),
        ("improves", "sleep", ("improves", "sleep")),
        ("treats", "sleep", ("improves", "sleep")),
        ("treats", "pain", ("treats", "pain")),
        ("causes", "hair-loss", ("causes", "hair-loss")),
        ("causes", "hair-growth", ("causes", "hair-growth")),
        ("prevents", "hair-loss", ("prevents", "hair-loss")),
        ("improves", "no-such-thing", ("improves", "no-such-thing")),
        ("safe", "", ("safe", "")),
        ("mechanism", "act=acts-on;target=pain", ("mechanism", "act=acts-on;target=pain")),
    ],
)
def test_the_form_in_which_two_wordings_meet(relation: str, object: str, expected: tuple[str, str]) -> None:
    assert canonical(relation, object, SMALL) == expected
    assert canonical(*expected, SMALL) == expected, "and it is its own form"


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("act=contains;target=cyanide", {"act": "contains", "target": "cyanide"}),
        ("what=dose;low=1;high=2;unit=mg/day", {"what": "dose", "low": "1", "high": "2", "unit": "mg/day"}),
        ("hair-loss", {}),
        ("", {}),
    ],
)
def test_fields_are_read_from_an_object(text: str, fields: dict[str, str]) -> None:
    assert object_fields(text) == fields


def test_rows_are_found_by_subject_relation_and_object() -> None:
    rows = [
        evidence("a", **GOOD),
        evidence("b", **(GOOD | {"object": "sleep", "relation": "improves"})),
        evidence("c", **(GOOD | {"status": "draft"})),
    ]
    held = table(*rows)
    assert list(held.about("kratom", "treats", "pain")) == [rows[0]]
    assert list(held.of_subject("kratom", "treats")) == [rows[0]]
    assert list(held.of_subject("kratom", "improves")) == [rows[1]]
    assert not held.about("kratom", "treats", "sleep")
    assert not held.of_subject("pain", "treats")
    assert Counter(r.status for r in held.rows) == {"current": 2, "draft": 1}
