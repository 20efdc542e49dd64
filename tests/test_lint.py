"""Each fault of a table is named with its file and line, and what is near it but right is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from claims.evidence import EVIDENCE, EvidenceTable
from claims.lint import lint, read_sheets
from claims.row_checks import denial_in
from tests.conftest import Nostrum
from tests.tables import CLEAN, Cells, evidence_csv, no_concepts, row, write_table

Found = list[tuple[str, int, str, str]]
READ = ("agreed", "The review says so.")


def found(folder: Path, as_of: str = "") -> Found:
    """Lint a small table; concepts that no row speaks of are left out."""
    sheets = read_sheets((folder,), no_concepts(folder.parent))
    faults = lint(sheets, as_of)
    return [(Path(f.file).name, f.line, f.level, f.kind) for f in faults if f.kind != "unused"]


def lint_rows(folder: Path, *rows: Cells, as_of: str = "") -> Found:
    """Lint rows that were all read a second time."""
    readings = [(name, *READ) for name in dict.fromkeys(cells["id"] for cells in rows)]
    return found(write_table(folder / "own", *rows, readings=readings), as_of)


def test_a_clean_table_has_no_fault(tmp_path: Path) -> None:
    assert lint_rows(tmp_path, CLEAN) == []


def test_the_shipped_table_can_be_linted_and_loaded() -> None:
    sheets = read_sheets((EVIDENCE,))
    kinds = {fault.kind for fault in lint(sheets) if fault.level == "fault"}
    assert kinds.isdisjoint({"schema", "id", "reference", "columns", "unreadable", "alias", "negated", "object"})


NEXT_SAFE = {"id": "kratom-safe", "relation": "safe", "object": "", "proposition": "Kratom is safe."}
MECHANISM = {"id": "kratom-mechanism", "relation": "mechanism", "proposition": "Kratom acts on opioid receptors."}
STATUS = {"id": "kratom-status", "relation": "status", "proposition": "Kratom is approved by the FDA."}
COMPARES = {"id": "kratom-compares", "relation": "compares", "proposition": "Kratom is safer than ibuprofen."}
STATISTIC = {"id": "kratom-statistic", "relation": "statistic", "proposition": "Kratom is used by 1% of adults."}
USE = {"id": "kratom-use", "relation": "use", "proposition": "Kratom is taken at 3 g a day."}

# cells of the one row, the faults of its line ("" for none), why
ROWS: list[tuple[Cells, str, str]] = [
    ({"certainty": ""}, "fault schema", "a certainty is needed"),
    ({"certainty": "tiny"}, "fault schema", "and must be one of GRADE's"),
    ({"finding": "proves"}, "fault schema", "a finding is one of four"),
    ({"summary": ""}, "fault schema", "a row says what its source says"),
    ({"id": "Kratom treats"}, "fault schema, warning id", "ids are lower case with hyphens"),
    ({"id": "kratom-treats-insomnia-2"}, "", "a number may follow"),
    ({"id": "insomnia-kratom"}, "warning id", "ids begin with subject and relation"),
    ({"object": "cough"}, "fault reference, warning unnamed", "cough is no concept"),
    ({"subject": "khat", "id": "khat-treats-insomnia"}, "fault reference, warning unnamed", "nor is khat"),
    ({"population": "children|pilots"}, "fault reference", "nor are pilots"),
    ({"population": "children"}, "", "children are"),
    ({"population": "cancer"}, "fault population", "cancer is no group of people"),
    # dates
    ({"checked_on": ""}, "fault date", "a current row was checked on a day"),
    ({"checked_on": "", "status": "draft"}, "", "a draft need not have been"),
    ({"checked_on": "2026-02-30"}, "fault date", "that is no day"),
    ({"checked_on": "01/02/2026"}, "fault date, fault schema", "nor the form of one"),
    ({"year": "2027"}, "fault date", "nobody reads a source before it is there"),
    ({"year": ""}, "warning undated", "a source has a year"),
    ({"checked_on": "2024-10-31"}, "warning stale", "over two years before 2026-11-01"),
    ({"checked_on": "2024-11-01"}, "", "two years to the day are not over two"),
    ({"checked_on": "2020-01-01", "year": "2019", "status": "retired"}, "", "a retired row may be old"),
    # links
    ({"url": "journal.example.org/kratom"}, "fault schema, fault url", "no scheme"),
    ({"url": "https://journal/kratom"}, "fault url", "no public host"),
    ({"url": "https://journal.example.org./kratom"}, "fault url", "a stray dot"),
    ({"url": "https://me:pw@example.org/"}, "fault url", "a password"),
    ({"url": "https://example.org/a."}, "fault url", "the sentence's full stop"),
    ({"url": "https://example.org/a)"}, "fault url", "the sentence's bracket"),
    ({"url": "https://example.org/Kratom_(plant)"}, "", "a bracket of its own"),
    ({"url": "https://example.org:443/a"}, "", "a port is allowed"),
    ({"doi": "https://doi.org/10.1000/x"}, "fault schema", "a DOI is not its address"),
    ({"doi": "10.1000/x."}, "fault doi", "the sentence's full stop"),
    ({"doi": ""}, "", "not every source has one"),
    ({"doi": "10.1000/x", "url": "https://doi.org/10.1000/y"}, "fault doi", "two DOIs"),
    ({"doi": "10.1000/X", "url": "https://doi.org/10.1000/x"}, "", "DOIs have no case"),
    # objects
    ({"object": ""}, "fault object", "treats what?"),
    (NEXT_SAFE, "", "safe needs no object"),
    ({**NEXT_SAFE, "object": "children"}, "", "but may have a group"),
    ({**NEXT_SAFE, "object": "cancer"}, "fault object", "not a condition"),
    ({**MECHANISM, "object": "act=acts-on;target=opioid-receptor"}, "", "its two fields"),
    ({**MECHANISM, "object": "target=opioid-receptor;act=acts-on"}, "fault object", "objects match as written"),
    ({**MECHANISM, "object": "opioid-receptor"}, "fault object", "no fields"),
    ({**MECHANISM, "object": "act=tickles;target=opioid-receptor"}, "fault object", "no such act"),
    ({**MECHANISM, "object": "act=acts-on;target=elf"}, "fault reference", "no such concept in a field"),
    ({**STATUS, "object": "authority=fda;act=approved;for=cancer"}, "", "a use may follow"),
    ({**STATUS, "object": "authority=fda;act=approved;for=elves"}, "fault reference", "of a concept"),
    ({**STATUS, "object": "authority=;act=approved"}, "fault object", "whose approval?"),
    ({**STATUS, "object": "authority=fda;act=unapproved"}, "fault object", "acts are affirmative"),
    ({**COMPARES, "object": "other=ibuprofen;direction=safer"}, "", "other and direction"),
    ({**COMPARES, "object": "other=ibuprofen;direction=nicer"}, "fault object", "no such direction"),
    ({**COMPARES, "object": "other=elves;direction=safer"}, "fault reference", "no such concept"),
    ({**STATISTIC, "object": "measure=users;low=1;high=2;unit=percent"}, "", "a range"),
    ({**STATISTIC, "object": "measure=users;low=;high=2;unit=percent"}, "", "open below"),
    ({**STATISTIC, "object": "measure=users;low=2;high=1;unit=percent"}, "fault object", "upside down"),
    ({**STATISTIC, "object": "measure=users;low=few;high=many;unit=people"}, "fault object", "no numbers"),
    ({**USE, "object": "what=dose;low=1;high=3;unit=g/day"}, "", "a dose"),
    ({**USE, "object": "what=way;phrase=by-mouth"}, "", "a way"),
    ({**USE, "object": "what=mood;phrase=by-mouth"}, "fault object", "no such use"),
    # scope
    ({"applies_to": "members"}, "warning members", "nothing is a kind of kratom"),
    ({"applies_to": "members", "finding": "supports"}, "fault members", "a benefit never goes down"),
    # wording
    ({"proposition": "Kratom does not relieve insomnia."}, "fault negated", "a denial"),
    ({"proposition": "There is no evidence that kratom relieves insomnia."}, "fault negated", "a denial too"),
    ({"proposition": "The leaf relieves insomnia."}, "", "an ambiguous name is a name"),
    ({"proposition": "Mitragynine relieves insomnia."}, "warning unnamed", "nothing says that this is kratom"),
    ({"proposition": "Kratom relieves sleep loss at night."}, "", "the object's inverse names it"),
    ({"proposition": "Kratom relieves nerves."}, "warning unnamed", "nothing says insomnia"),
    ({"proposition": "Kratom cures insomnia."}, "warning strength", "absolute words, definite row"),
    ({"proposition": "Kratom cures insomnia.", "strength": "absolute"}, "", "an absolute row"),
    ({"strength": "absolute"}, "warning strength", "an absolute row without the words"),
    # sources
    ({"source_type": "fact check"}, "warning weak-source", "far from the data"),
    ({"source_type": "reference", "status": "draft"}, "", "a draft decides nothing"),
    ({"seen": "secondary"}, "warning secondary", "nobody read the source"),
    ({"source_title": "[a review of kratom]"}, "warning untitled", "a description"),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "faults", "why"), ROWS, ids=[why for *_, why in ROWS])
def test_a_fault_of_a_row_is_named_with_its_line(cells: Cells, faults: str, why: str, tmp_path: Path) -> None:
    first = row(id="kratom-treats-cancer", object="cancer", proposition="Kratom treats cancer.")
    given = lint_rows(tmp_path, first, row(**cells), as_of="2026-11-01")
    assert {(file, line) for file, line, *_ in given} <= {("rows.csv", 3)}, why
    assert sorted(f"{level} {kind}" for *_, level, kind in given) == sorted(filter(None, faults.split(", "))), why


SLEEP = {
    "relation": "improves",
    "object": "sleep",
    "proposition": "Kratom improves sleep.",
    "id": "kratom-improves-sleep",
}
OTHER = {"id": "kratom-treats-insomnia-2", "url": "https://other.example.org/", "doi": ""}
# cells of a second row beside the clean one, the fault of its line, why
PAIRS: list[tuple[Cells, str, str]] = [
    (OTHER, "", "another source may say the same"),
    ({"id": CLEAN["id"]}, "fault id", "an id is given once"),
    ({**OTHER, "url": CLEAN["url"]}, "fault duplicate", "the same page says it twice"),
    ({**OTHER, "url": "http://www.journal.example.org/kratom/"}, "fault duplicate", "nor does www."),
    ({**OTHER, "url": "http://journal.example.org/kratom/"}, "fault duplicate", "http and / make no other page"),
    ({**OTHER, "doi": "10.1000/KRATOM.1"}, "fault duplicate", "the same DOI"),
    ({**OTHER, **SLEEP, "url": CLEAN["url"]}, "fault duplicate", "the inverse form is the same claim"),
    ({**OTHER, "url": CLEAN["url"], "population": "children"}, "", "another group"),
    ({**OTHER, "url": CLEAN["url"], "status": "draft"}, "", "a draft decides nothing"),
    ({**OTHER, "url": CLEAN["url"], "finding": "supports"}, "fault contradiction", "one source, two findings"),
    ({**OTHER, "finding": "supports"}, "", "insufficient ranks below"),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "fault", "why"), PAIRS, ids=[why for *_, why in PAIRS])
def test_rows_are_held_against_each_other(cells: Cells, fault: str, why: str, tmp_path: Path) -> None:
    given = lint_rows(tmp_path, CLEAN, row(**cells))
    assert [f"{level} {kind}" for *_, level, kind in given] == list(filter(None, [fault])), why
    assert {line for _, line, *_ in given} <= {3}


@pytest.mark.parametrize(
    ("first", "second", "kinds"),
    [
        ({"finding": "supports"}, {"finding": "refutes"}, ["tie"]),
        ({"finding": "supports"}, {"finding": "refutes", "certainty": "moderate"}, []),
        ({"finding": "supports"}, {"finding": "refutes", "year": "2023"}, []),
        ({"finding": "supports"}, {"finding": "supports"}, []),
    ],
)
def test_rows_of_equal_rank_that_disagree_are_a_warning(
    first: Cells, second: Cells, kinds: list[str], tmp_path: Path
) -> None:
    given = lint_rows(tmp_path, row(**first), row(**{**OTHER, **second}))
    assert [kind for *_, kind in given] == kinds


# a line of concepts.csv beside the small table's eight, the faults of line 10, why
CONCEPTS: list[tuple[str, list[str], str]] = [
    ("khat,herb,khat,qat,herbal-product,,2", ["warning unused"], "no row speaks of it"),
    ("khat,herb,khat,Mitragyna,,,2", ["fault alias", "warning unused"], "kratom has this name"),
    ("khat,herb,Kratom,,,,2", ["fault alias", "warning unused"], "case makes no other name"),
    ("khat,herb,khat,?leaf,,,2", ["warning unused"], "both say that it is ambiguous"),
    ("khat,herb,khat,leaf,,,2", ["fault alias", "warning unused"], "one does not"),
    ("khat,herb,khat,khat,,,2", ["warning unused"], "a name may be its own alias"),
    ("khat,plant,khat,,,,2", ["fault kind", "warning unused"], "no such kind"),
    ("khat,herb,khat,,,,9", ["fault risk", "warning unused"], "risk ends at 3"),
    ("khat,herb,,,,,2", ["fault name", "warning unused"], "a concept has a name"),
    ("Khat,herb,khat,,,,2", ["fault id", "warning unused"], "ids are lower case"),
    ("khat,herb,khat,,plants,,2", ["fault reference", "warning unused"], "no such class"),
    ("khat,herb,khat,,khat,,2", ["fault circle"], "a kind of itself"),
    ("kratom,herb,kratom,ketum,,,2", ["fault id"], "a concept is there once in a file"),
    ("calm,function,calm,,,cancer,0", ["warning unused"], "a function and a condition"),
    ("calm,function,calm,,,sleep,0", ["fault inverse", "warning unused"], "two functions"),
    ("khat,herb", ["fault columns"], "cells are missing"),
]


@pytest.mark.parametrize(("line", "faults", "why"), CONCEPTS, ids=[why for *_, why in CONCEPTS])
def test_a_fault_of_a_concept_is_named_with_its_line(line: str, faults: list[str], why: str, tmp_path: Path) -> None:
    folder = write_table(tmp_path / "own", CLEAN, concepts=line + "\n", readings=[(CLEAN["id"], *READ)])
    given = lint(read_sheets((folder,), no_concepts(tmp_path)))
    assert sorted(f"{f.level} {f.kind}" for f in given if f.line == 10) == sorted(faults), why
    assert {f.kind for f in given if f.line != 10} <= {"unused"}


# second readings of the clean row, where the fault is, its kind, why
READINGS: list[tuple[list[tuple[str, str, str]], tuple[str, int], str, str]] = [
    ([], ("rows.csv", 2), "warning unread", "nobody read it again"),
    ([(CLEAN["id"], "draft", "The source is gone.")], ("rows.csv", 2), "fault reading", "current against it"),
    ([(CLEAN["id"], "liked", "x")], ("second-readings.csv", 2), "fault reading", "no such outcome"),
    ([(CLEAN["id"], "agreed", " ")], ("second-readings.csv", 2), "fault reading", "a reason is needed"),
    ([(CLEAN["id"], *READ), ("gone", *READ)], ("second-readings.csv", 3), "warning reading", "of no row"),
    ([(CLEAN["id"], *READ)] * 2, ("second-readings.csv", 3), "fault reading", "read twice"),
]


@pytest.mark.parametrize(("readings", "place", "fault", "why"), READINGS, ids=[why for *_, why in READINGS])
def test_second_readings_are_asked_for(
    readings: list[tuple[str, str, str]], place: tuple[str, int], fault: str, why: str, tmp_path: Path
) -> None:
    given = found(write_table(tmp_path / "own", CLEAN, readings=readings))
    assert [(file, line, f"{level} {kind}") for file, line, level, kind in given] == [(*place, fault)], why


def test_a_draft_needs_no_second_reading(tmp_path: Path) -> None:
    assert found(write_table(tmp_path / "own", row(status="draft"))) == []


@pytest.mark.parametrize(
    ("proposition", "denial"),
    [
        ("Kratom does not treat cancer.", "does not"),
        ("Kratom doesn’t treat cancer.", "doesn't"),
        ("Kratom cannot treat cancer.", "cannot"),
        ("Kratom never treats cancer.", "never"),
        ("Kratom fails to treat cancer.", "fails to"),
        ("Kratom has no effect on cancer.", "no effect"),
        ("Laetrile is ineffective against cancer.", "is ineffective"),
        ("The claim is a myth.", "is a myth"),
        ("Kratom is not approved by the FDA.", "is not"),
        ("Antibiotics breed resistance when they are not needed.", ""),
        ("Kratom has no side effects.", ""),
        ("Unproven stem cell treatments cause blindness.", ""),
        ("Antidepressants are no better than placebo.", ""),
        ("Lack of vitamin C causes scurvy.", ""),
        ("Adults should take no more than 4 g a day.", ""),
        ("Knots are harmless.", ""),
    ],
)
def test_a_proposition_is_plain_and_affirmative(proposition: str, denial: str) -> None:
    assert denial_in(proposition) == denial


def test_lines_are_counted_as_an_editor_shows_them(tmp_path: Path) -> None:
    """A cell may hold a line break, and lines may be blank."""
    text = evidence_csv(row(summary="Two\nlines."), row(id="kratom-treats-insomnia-2", finding="proves"))
    folder = write_table(tmp_path / "own", CLEAN)
    (folder / "rows.csv").write_text(text.replace("\nkratom-treats-insomnia-2", "\n\nkratom-treats-insomnia-2"))
    assert ("rows.csv", 5, "fault", "schema") in found(folder)


@pytest.mark.parametrize(
    ("data", "line", "kind"),
    [
        (b"", 0, "unreadable"),
        (b"\xff\xfe\x00", 0, "unreadable"),
        (b"id,what\n", 1, "columns"),
        (evidence_csv(CLEAN).encode() + b"a,b\n", 3, "columns"),
        (evidence_csv(CLEAN).encode() + b'"open', 0, "unreadable"),
    ],
)
def test_a_file_that_is_no_table_is_named(data: bytes, line: int, kind: str, tmp_path: Path) -> None:
    folder = write_table(tmp_path / "own", readings=[(CLEAN["id"], *READ)])
    (folder / "rows.csv").write_bytes(data)
    assert ("rows.csv", line, "fault", kind) in found(folder)


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    folder = write_table(tmp_path / "own", readings=[(CLEAN["id"], *READ)])
    (folder / "rows.csv").write_bytes(b"\xef\xbb\xbf" + evidence_csv(CLEAN).encode())
    assert found(folder) == []


def test_the_command_prints_each_fault_with_its_place(tmp_path: Path, nostrum: Nostrum) -> None:
    own = write_table(tmp_path / "own", row(certainty=""), row(**OTHER, seen="secondary"))
    options = ("--only-evidence", "--evidence", own, "--concepts", no_concepts(tmp_path))
    ran = nostrum("evidence", "lint", *options)
    assert ran.code == 1
    assert f"{own}/rows.csv:2: fault: [schema] certainty is blank and must be one of high, moderate, low, very_low" in ran.out
    assert "secondary" in ran.out and f"{own}/rows.csv:3: warning" not in ran.out
    assert f"{own}/rows.csv:3: warning: [secondary]" in nostrum("evidence", "lint", "--warnings", *options).out
    given = json.loads(nostrum("evidence", "lint", "--format", "json", *options).out)
    assert [(f["line"], f["kind"]) for f in given["faults"]] == [(2, "schema")]
    assert (given["rows"], given["concepts"], given["as_of"]) == (2, 8, "2026-11-01")


def test_warnings_alone_are_no_fault(tmp_path: Path, nostrum: Nostrum) -> None:
    own = write_table(tmp_path / "own", row(seen="secondary"))
    options = ("--only-evidence", "--evidence", own, "--concepts", no_concepts(tmp_path))
    assert nostrum("evidence", "lint", *options).code == 0


def test_an_own_table_is_linted_beside_the_shipped_one(tmp_path: Path, nostrum: Nostrum) -> None:
    """Its ids must not be there already; faults of the shipped table are none of its owner's."""
    shipped = EvidenceTable.open().rows[0]
    own = tmp_path / "own"
    own.mkdir()
    taken = row(id=shipped.id, object="cancer", proposition="Kratom treats cancer.")
    (own / "rows.csv").write_text(evidence_csv(taken), encoding="utf-8")
    ran = nostrum("evidence", "lint", "--evidence", own)
    assert ran.code == 1
    faults = [line for line in ran.out.splitlines() if ": fault: " in line]
    assert len(faults) == 1
    assert faults[0].startswith(f"{own}/rows.csv:2: fault: [id]")


def test_a_day_that_is_none_is_told(nostrum: Nostrum) -> None:
    ran = nostrum("evidence", "lint", "--as-of", "soon")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "--as-of soon" in ran.err
