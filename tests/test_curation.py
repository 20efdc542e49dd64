"""The curator's commands: look at a table, find its gaps, let it grow."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from claims.curate import diff, search, stats
from claims.evidence import COLUMNS, EvidenceTable
from claims.gaps import Gap, draft_rows, gather, next_id
from claims.lexicon import Lexicon
from claims.lint import read_sheets
from claims.rows import Row
from claims.types import Claim
from pipeline.checker import Checker
from tests.conftest import Nostrum, Ran
from tests.tables import CLEAN, Cells, evidence_csv, no_concepts, row, write_table

CANCER = row(id="kratom-treats-cancer", object="cancer", proposition="Kratom treats cancer.", topic="oncology")
SAFE = row(
    id="ibuprofen-safe", topic="pain", subject="ibuprofen", relation="safe", object="", proposition="Advil is safe.",
    finding="supports", certainty="moderate", source_type="guideline", seen="secondary", year="1999", status="draft",
    doi="", url="https://other.example.org/", source_title="Painkillers",
)  # fmt: skip
READ = (CLEAN["id"], "agreed", "The review says so.")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A table of three rows with concepts and a second reading of its own."""
    return write_table(tmp_path / "own", CLEAN, CANCER, SAFE, readings=[READ])


@pytest.fixture
def on_own(own: Path, nostrum: Nostrum) -> Callable[..., Ran]:
    """Run an evidence command on that table alone."""
    options = ("--only-evidence", "--evidence", own, "--concepts", no_concepts(own.parent))
    return lambda command, *args, stdin=b"": nostrum("evidence", command, *args, *options, stdin=stdin)


def rows_of(*cells: Cells) -> list[Row]:
    return [Row(file="rows.csv", line=line, cells=c) for line, c in enumerate(cells, start=2)]


def test_show_gives_a_row_whole_with_its_second_reading(on_own: Callable[..., Ran]) -> None:
    ran = on_own("show", CLEAN["id"])
    assert ran.code == 0
    for cell in (*CLEAN.values(), "agreed: The review says so."):
        assert cell in ran.out
    given = json.loads(on_own("show", CLEAN["id"], "--format", "json").out)
    assert given == {**CLEAN, "second_reading": dict(zip(("id", "outcome", "reason"), READ, strict=True))}


@pytest.mark.parametrize("name", ["kratom", "Mitragyna", "KRATOM"])
def test_show_gives_a_concept_by_any_name_with_its_rows(name: str, on_own: Callable[..., Ran]) -> None:
    given = json.loads(on_own("show", name, "--format", "json").out)
    assert given["id"] == "kratom"
    assert given["broader"] == ["herbal-product"]
    assert [held["id"] for held in given["rows"]] == [CANCER["id"], CLEAN["id"]]
    assert CLEAN["proposition"] in on_own("show", name).out


def test_show_of_a_class_names_its_members(on_own: Callable[..., Ran]) -> None:
    assert json.loads(on_own("show", "herbs", "--format", "json").out)["members"] == ["kratom"]


def test_show_of_nothing_names_what_is_near(on_own: Callable[..., Ran]) -> None:
    ran = on_own("show", "kratom-treats-insomnja")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert CLEAN["id"] in ran.err


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("kratom", [CLEAN["id"], CANCER["id"]]),
        ("Kratom insom", [CLEAN["id"]]),
        ("sleeplessness", [CLEAN["id"]]),
        ("advil", [SAFE["id"]]),
        ("kratom advil", []),
        ("sleep journal", [CLEAN["id"], CANCER["id"], SAFE["id"]]),
        ("tom", []),
        ("", []),
        ("?", []),
    ],
)  # fmt: skip
def test_search_finds_rows_by_the_beginnings_of_all_words(words: str, ids: list[str], own: Path) -> None:
    sheets = read_sheets((own,), no_concepts(own.parent))
    assert sorted(r.cells["id"] for r in search(sheets.rows, sheets.lexicon, words)) == sorted(ids)


def test_search_puts_what_a_row_is_about_before_its_source(own: Path) -> None:
    sheets = read_sheets((own,), no_concepts(own.parent))
    found = [r.cells["id"] for r in search(sheets.rows, sheets.lexicon, "sleep")]
    assert found == [CLEAN["id"], CANCER["id"], SAFE["id"]]


def test_search_shows_a_limit(on_own: Callable[..., Ran]) -> None:
    ran = on_own("search", "sleep", "--limit", "1")
    assert CLEAN["id"] in ran.out and CANCER["id"] not in ran.out
    assert "3 rows; the first 1 are shown" in ran.out
    assert len(json.loads(on_own("search", "sleep", "-f", "json").out)) == 3


def test_stats_count_current_rows_and_all_by_status() -> None:
    given = stats(rows_of(CLEAN, CANCER, SAFE, row(id="x", checked_on="2024-01-01")), "2026-11-01")
    assert given["status"] == {"current": 3, "draft": 1}
    assert given["topic"] == {"kratom": 2, "oncology": 1}
    assert given["certainty"] == {"low": 3}
    assert given["seen"] == {"primary": 3}
    assert given["checked"] == {"under a year ago": 2, "over 2 years ago": 1}
    assert given["source_year"] == {"2020s": 3}


@pytest.mark.parametrize(
    ("checked", "as_of", "age"),
    [
        ("2026-11-01", "2026-11-01", "under a year ago"),
        ("2025-11-02", "2026-11-01", "under a year ago"),
        ("2025-11-01", "2026-11-01", "over 1 year ago"),
        ("2020-02-29", "2024-02-28", "over 3 years ago"),
        ("", "2026-11-01", "never"),
    ],
)
def test_an_age_is_in_full_years(checked: str, as_of: str, age: str) -> None:
    assert stats(rows_of(row(checked_on=checked)), as_of)["checked"] == {age: 1}


def test_stats_of_a_table_and_as_json(on_own: Callable[..., Ran]) -> None:
    assert "3 rows, 8 concepts as of 2026-11-01" in on_own("stats").out
    given = json.loads(on_own("stats", "--format", "json", "--as-of", "2030-01-01").out)
    assert given["as_of"] == "2030-01-01"
    assert given["checked"] == {"over 3 years ago": 2}


# what a row was and is, what is said of it
CHANGES: list[tuple[Cells | None, Cells | None, tuple[str, list[str]] | None]] = [
    (None, CLEAN, ("added", [])),
    (CLEAN, None, ("removed", [])),
    (CLEAN, CLEAN, None),
    (CLEAN, row(finding="supports", year="2025"), ("changed", ["finding", "year"])),
    (CLEAN, row(status="retired"), ("retired", ["status"])),
    (row(status="draft"), CLEAN, ("changed", ["status"])),
    (row(status="retired"), row(status="retired", year="1999"), ("changed", ["year"])),
]


@pytest.mark.parametrize(("was", "now", "change"), CHANGES)
def test_diff_says_what_became_of_a_row(
    was: Cells | None, now: Cells | None, change: tuple[str, list[str]] | None
) -> None:
    old, new = (rows_of(CANCER, *([cells] if cells else [])) for cells in (was, now))
    given = [(c.id, c.how, list(c.columns)) for c in diff(old, new)]
    assert given == ([(CLEAN["id"], *change)] if change else [])


def test_diff_of_a_column_that_is_new_names_it() -> None:
    old = {column: cell for column, cell in CLEAN.items() if column != "seen"}
    (change,) = diff(rows_of(old), rows_of(CLEAN))
    assert change.columns == {"seen": ("", "primary")}


@pytest.mark.parametrize("inside", ["", "evidence", "claims/evidence"])
def test_diff_takes_folders_as_git_exports_them(inside: str, tmp_path: Path, nostrum: Nostrum) -> None:
    concepts = tmp_path / "old" / inside if not inside else (tmp_path / "old" / inside).parent
    write_table(tmp_path / "old" / inside, CLEAN, SAFE)
    (tmp_path / "old" / inside / "concepts.csv").rename(concepts / "concepts.csv")
    write_table(tmp_path / "new", CANCER, row(status="retired"), concepts="khat,herb,khat,,,,2\n")
    ran = nostrum("evidence", "diff", tmp_path / "old", tmp_path / "new")
    assert ran.code == 0
    assert ran.out.splitlines() == [
        f"removed row {SAFE['id']}",
        f"added row {CANCER['id']}",
        f"retired row {CLEAN['id']}; status: 'current' -> 'retired'",
        "added concept khat",
        "rows: 1 added, 0 changed, 1 retired, 1 removed",
        "concepts: 1 added, 0 changed, 0 retired, 0 removed",
    ]
    given = json.loads(nostrum("evidence", "diff", tmp_path / "old", tmp_path / "new", "-f", "json").out)
    assert [change["how"] for change in given["rows"]] == ["removed", "added", "retired"]


def test_diff_of_no_table_is_one_line(tmp_path: Path, nostrum: Nostrum) -> None:
    ran = nostrum("evidence", "diff", tmp_path, tmp_path / "gone")
    assert (ran.code, ran.err.count("\n")) == (2, 1)


def test_export_gives_what_import_takes(on_own: Callable[..., Ran], own: Path, tmp_path: Path) -> None:
    assert list(csv.DictReader(io.StringIO(on_own("export").out))) == [CLEAN, CANCER, SAFE]
    lines = on_own("export", "--format", "jsonl").out.splitlines()
    assert [json.loads(line) for line in lines] == [CLEAN, CANCER, SAFE]
    assert on_own("export", "--out", tmp_path / "all.csv").code == 0
    assert (tmp_path / "all.csv").read_text(encoding="utf-8") == (own / "rows.csv").read_text(encoding="utf-8")


def imported(folder: Path, text: str, on_own: Callable[..., Ran], name: str = "new.csv") -> Ran:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return on_own("import", file)


NEW = row(id="kratom-treats-insomnia-2", url="https://other.example.org/1", doi="")


def test_import_adds_rows_to_the_file_of_their_topic(on_own: Callable[..., Ran], own: Path) -> None:
    other = row(id="kratom-causes-cancer", relation="causes", object="cancer", topic="oncology",
                proposition="Kratom causes cancer.")  # fmt: skip
    (own / "oncology.csv").write_text(evidence_csv(CANCER), encoding="utf-8")
    (own / "rows.csv").write_text(evidence_csv(CLEAN, SAFE), encoding="utf-8")
    ran = imported(own.parent, evidence_csv(NEW, other), on_own)
    assert (ran.code, ran.err) == (0, "")
    assert (own / "rows.csv").read_text(encoding="utf-8") == evidence_csv(CLEAN, SAFE, NEW)
    assert (own / "oncology.csv").read_text(encoding="utf-8") == evidence_csv(CANCER, other)
    assert not list(own.glob("*.part"))


def test_import_takes_json_lines(on_own: Callable[..., Ran], own: Path) -> None:
    given: dict[str, Any] = {**NEW, "year": 2024, "doi": None}
    del given["population"]
    assert imported(own.parent, json.dumps(given) + "\n\n", on_own, "new.jsonl").code == 0
    assert (own / "rows.csv").read_text(encoding="utf-8") == evidence_csv(CLEAN, CANCER, SAFE, NEW)


# what is imported beside a good row, the line of the fault, what it says
BAD: list[tuple[str, str, str]] = [
    ("csv", evidence_csv(NEW, row(id="x", finding="proves")), ":3: fault: [schema] finding 'proves'"),
    ("csv", evidence_csv(NEW, CLEAN), f":3: fault: [id] id '{CLEAN['id']}' is there already"),
    ("csv", evidence_csv(NEW, NEW), ":3: fault: [id]"),
    ("csv", evidence_csv(NEW, row(id="kratom-treats-x", object="elves")), ":3: fault: [reference]"),
    ("csv", evidence_csv(row(id="kratom-treats-insomnia-2")), ":2: fault: [duplicate]"),
    ("csv", evidence_csv(row(id="a", proposition="Kratom does not relieve insomnia.")), ":2: fault: [negated]"),
    ("csv", "id,finding\nx,supports\n", ":1: fault: [columns]"),
    ("csv", "", ": fault: [unreadable]"),
    ("jsonl", json.dumps(NEW) + "\nnot json\n", ":2: fault: [columns] is no JSON"),
    ("jsonl", json.dumps(NEW) + "\n[]\n", ":2: fault: [columns] is no JSON object"),
    ("jsonl", json.dumps({**NEW, "mood": "good"}), ":1: fault: [columns] has no place for mood"),
    ("jsonl", json.dumps({**NEW, "summary": ["a"]}), ":1: fault: [columns] has no place for summary"),
    ("jsonl", json.dumps({"id": "x"}), ":1: fault: [schema]"),
]


@pytest.mark.parametrize(("form", "text", "says"), BAD, ids=[says for *_, says in BAD])
def test_import_writes_nothing_on_a_fault(
    form: str, text: str, says: str, on_own: Callable[..., Ran], own: Path
) -> None:
    before = {file: file.read_bytes() for file in own.iterdir()}
    ran = imported(own.parent, text, on_own, f"new.{form}")
    assert ran.code == 1
    assert f"new.{form}{says}" in ran.out
    assert {file: file.read_bytes() for file in own.iterdir()} == before


def test_import_begins_a_table_that_is_not_there(tmp_path: Path, nostrum: Nostrum) -> None:
    new = row(id="own-1", subject="kratom", topic="My own: kratom & co")
    (tmp_path / "new.csv").write_text(evidence_csv(new), encoding="utf-8")
    ran = nostrum("evidence", "import", tmp_path / "new.csv", "--evidence", tmp_path / "mine")
    assert ran.code == 0
    assert (tmp_path / "mine" / "my-own-kratom-co.csv").read_text(encoding="utf-8") == evidence_csv(new)
    ran = nostrum("evidence", "import", tmp_path / "new.csv", "--evidence", tmp_path / "one.csv")
    assert (tmp_path / "one.csv").read_text(encoding="utf-8") == evidence_csv(new)


def test_a_line_end_that_is_missing_is_added(on_own: Callable[..., Ran], own: Path) -> None:
    (own / "rows.csv").write_text(evidence_csv(CLEAN).rstrip("\n"), encoding="utf-8")
    assert imported(own.parent, evidence_csv(NEW), on_own).code == 0
    assert (own / "rows.csv").read_text(encoding="utf-8") == evidence_csv(CLEAN, NEW)


def answers(*lines: str) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


SOURCE = ("A review", "A journal", "2024", "https://example.org/review", "", "trial", "primary", "", "2026-11-02")


def test_add_asks_for_a_row_and_adds_it_as_a_draft(on_own: Callable[..., Ran], own: Path) -> None:
    ran = on_own(
        "add",
        stdin=answers(
            "nonsense", "Mitragyna", "cures", "treats", "tumours", "", "", "refutes", "low", "kids", "",
            "A trial found nothing.", *SOURCE,
        ),
    )  # fmt: skip
    assert ran.code == 0, ran.out
    assert "'nonsense' is no concept" in ran.out
    added = list(csv.DictReader((own / "rows.csv").open(encoding="utf-8")))[-1]
    assert added == {
        **dict.fromkeys(COLUMNS, ""), "id": "kratom-treats-cancer-2", "topic": "kratom", "subject": "kratom",
        "relation": "treats", "object": "cancer", "strength": "definite", "proposition": "Kratom treats cancer.",
        "finding": "refutes", "certainty": "low", "population": "children", "applies_to": "exact",
        "summary": "A trial found nothing.", "source_title": "A review", "publisher": "A journal", "year": "2024",
        "url": "https://example.org/review", "source_type": "trial", "seen": "primary",
        "checked_on": "2026-11-02", "status": "draft",
    }  # fmt: skip


# relation and the answers for its object, the object
OBJECTS: list[tuple[tuple[str, ...], str]] = [
    (("safe", ""), ""),
    (("safe", "kids"), "children"),
    (("mechanism", "inhibits", "opioid receptor"), "act=inhibits;target=opioid-receptor"),
    (("status", "fda", "approved", ""), "authority=fda;act=approved"),
    (("status", "fda", "approved", "cancer"), "authority=fda;act=approved;for=cancer"),
    (("compares", "advil", "safer", ""), "other=ibuprofen;direction=safer"),
    (("statistic", "users", "", "2", "percent"), "measure=users;low=;high=2;unit=percent"),
    (("use", "dose", "1", "3", "g/day"), "what=dose;low=1;high=3;unit=g/day"),
    (("use", "way", "by-mouth"), "what=way;phrase=by-mouth"),
]


@pytest.mark.parametrize(("given", "obj"), OBJECTS)
def test_add_asks_for_the_fields_of_an_object(
    given: tuple[str, ...], obj: str, on_own: Callable[..., Ran], own: Path
) -> None:
    rest = ("", "Kratom is what it is.", "mixed", "low", "", "", "A trial says so.", *SOURCE)
    ran = on_own("add", stdin=answers("kratom", *given, *rest))
    assert ran.code == 0, ran.out
    assert list(csv.DictReader((own / "rows.csv").open(encoding="utf-8")))[-1]["object"] == obj


def test_add_refuses_what_the_lint_refuses(on_own: Callable[..., Ran], own: Path) -> None:
    before = (own / "rows.csv").read_bytes()
    rest = ("", "Kratom never treats cancer.", "refutes", "low", "", "", "A trial.", *SOURCE)
    ran = on_own("add", stdin=answers("kratom", "treats", "cancer", *rest))
    assert ran.code == 1
    assert "this row: fault: [negated]" in ran.out
    assert (own / "rows.csv").read_bytes() == before


def test_add_without_answers_adds_nothing(on_own: Callable[..., Ran], own: Path) -> None:
    before = (own / "rows.csv").read_bytes()
    assert on_own("add", stdin=answers("kratom")).code == 1
    assert (own / "rows.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("triple", "taken", "id"),
    [
        (("kratom", "treats", "cancer"), set(), "kratom-treats-cancer"),
        (("kratom", "treats", "cancer"), {"kratom-treats-cancer"}, "kratom-treats-cancer-2"),
        (
            ("kratom", "treats", "cancer"),
            {"kratom-treats-cancer", "kratom-treats-cancer-2"},
            "kratom-treats-cancer-3",
        ),
        (("kratom", "safe", ""), set(), "kratom-safe"),
        (("kratom", "status", "authority=fda;act=approved"), set(), "kratom-status-fda-approved"),
        (("Grandma's tea", "treats", "the blues"), set(), "grandma-s-tea-treats-the-blues"),
    ],
)
def test_a_new_row_gets_the_next_free_id(triple: tuple[str, str, str], taken: set[str], id: str) -> None:
    assert next_id(*triple, taken) == id


def claim(subject: str, relation: Any, obj: str, quote: str = "A quote.", **ids: str) -> Claim:
    given = {"subject_id": subject, "object_id": obj, **ids}
    return Claim(start=0, end=8, quote=quote, subject=subject, relation=relation, object=obj, **given)


def small_lexicon(folder: Path) -> Lexicon:
    return read_sheets((write_table(folder / "small", CLEAN),), no_concepts(folder)).lexicon


def test_gaps_put_known_concepts_first_then_the_most_claimed(tmp_path: Path) -> None:
    unknown = claim("the yellow tea", "treats", "insomnia", subject_id="")
    claims = [
        *[("p", unknown)] * 3,
        ("p", claim("kratom", "treats", "cancer")),
        ("p", claim("ibuprofen", "prevents", "cancer", "Once.")),
        ("q", claim("ibuprofen", "prevents", "cancer", "Twice.")),
    ]
    found = gather(claims, small_lexicon(tmp_path))
    assert [(g.subject, g.known, g.claims, len(g.pages)) for g in found] == [
        ("ibuprofen", True, 2, 2),
        ("kratom", True, 1, 1),
        ("yellow tea", False, 3, 1),
    ]
    assert found[0].examples == ["Once.", "Twice."]


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        (claim("kratom", "improves", "sleep"), claim("kratom", "treats", "insomnia"), True),
        (claim("The tea", "treats", "x", subject_id=""), claim("tea", "treats", "x", subject_id=""), True),
        (claim("kratom", "safe", "harmless", object_id=""), claim("kratom", "safe", "", object_id=""), True),
        (claim("kratom", "safe", "children"), claim("kratom", "safe", "", object_id=""), False),
        (claim("kratom", "treats", "cancer"), claim("kratom", "prevents", "cancer"), False),
        (claim("kratom", "causes", "cancer"), claim("cancer", "causes", "kratom"), False),
    ],
)
def test_claims_of_one_triple_are_one_gap(first: Claim, second: Claim, one: bool, tmp_path: Path) -> None:
    assert (len(gather([("p", first), ("p", second)], small_lexicon(tmp_path))) == 1) is one


def test_a_gap_is_laid_out_as_a_draft_row(tmp_path: Path) -> None:
    lexicon = small_lexicon(tmp_path)
    gap = Gap(subject="kratom", relation="treats", object="insomnia", known=True)
    gap.add(claim("kratom", "treats", "insomnia", "Kratom cured my insomnia."), "https://example.org/a")
    (draft,) = draft_rows([gap], rows_of(CLEAN), lexicon)
    assert draft == {
        **dict.fromkeys(COLUMNS, ""), "id": "kratom-treats-insomnia-2", "topic": "kratom", "subject": "kratom",
        "relation": "treats", "object": "insomnia", "strength": "definite",
        "proposition": "Kratom treats insomnia.", "applies_to": "exact",
        "summary": "[1 claim on 1 page, such as: Kratom cured my insomnia.]", "status": "draft",
    }  # fmt: skip


PAGES = (
    "Kratom cures arthritis of the knee in dogs. Kratom prevents arthritis. Kratom treats cancer.",
    "Kratom prevents arthritis, said the man. Garlic prevents gout.",
)


@pytest.fixture(scope="session")
def past(tmp_path_factory: pytest.TempPathFactory, nostrum: Nostrum) -> Path:
    """What a batch wrote on two pages, as JSON lines."""
    folder = tmp_path_factory.mktemp("past")
    pages = [{"id": f"p{i}", "url": f"https://example.org/{i}", "text": text} for i, text in enumerate(PAGES)]
    (folder / "in.jsonl").write_text("".join(json.dumps(page) + "\n" for page in pages), encoding="utf-8")
    assert nostrum("batch", folder / "in.jsonl", "--out", folder / "out.jsonl").code == 0
    assert nostrum("batch", folder / "in.jsonl", "--out", f"{folder}/data/").code == 0
    return folder


def stored(past: Path) -> list[dict[str, Any]]:
    lines = (past / "out.jsonl").read_text(encoding="utf-8").splitlines()
    return [c for line in lines for c in json.loads(line)["claims"]]


@pytest.mark.parametrize("name", ["out.jsonl", "data"])
def test_gaps_of_a_past_run_are_its_unverified_claims(
    name: str, past: Path, tmp_path: Path, nostrum: Nostrum, checker: Checker
) -> None:
    ran = nostrum("evidence", "gaps", past / name, "--out", tmp_path / "gaps.csv", "--format", "json")
    assert ran.code == 0
    given = json.loads(ran.out)
    wanted = [
        c for c in stored(past)
        if c["verdict"] == "unverified" and c["grounded"] and c["unverified_reason"] in {"no_row", "weak_match"}
    ]  # fmt: skip
    assert wanted, "the pages of this test claim something that no row settles"
    assert sum(gap["claims"] for gap in given) == len(wanted)
    assert {quote for gap in given for quote in gap["examples"]} <= {c["quote"] for c in wanted}
    drafts = list(csv.DictReader((tmp_path / "gaps.csv").open(encoding="utf-8")))
    assert len(drafts) == len(given)
    assert {tuple(draft) for draft in drafts} == {COLUMNS}
    assert {draft["status"] for draft in drafts} == {"draft"}
    assert {draft["id"] for draft in drafts}.isdisjoint(row.id for row in checker.table.rows)


def test_the_same_run_twice_is_counted_once(past: Path, nostrum: Nostrum) -> None:
    once = nostrum("evidence", "gaps", past / "out.jsonl", "-f", "json")
    twice = nostrum("evidence", "gaps", past / "out.jsonl", past / "data", "-f", "json")
    assert json.loads(once.out) == json.loads(twice.out)


def test_what_a_row_settles_since_is_no_gap(past: Path, tmp_path: Path, nostrum: Nostrum) -> None:
    """The rows of an own table close the gap."""
    gap = next(g for g in json.loads(nostrum("evidence", "gaps", past / "out.jsonl", "-f", "json").out) if g["known"])
    own = tmp_path / "own.csv"
    settled = row(id="own-1", subject=gap["subject"], relation=gap["relation"], object=gap["object"])
    own.write_text(evidence_csv(settled), encoding="utf-8")
    ran = nostrum("evidence", "gaps", past / "out.jsonl", "--evidence", own, "-f", "json")
    triples = [(g["subject"], g["relation"], g["object"]) for g in json.loads(ran.out)]
    assert (gap["subject"], gap["relation"], gap["object"]) not in triples
    assert "settled since" in ran.err


def test_concepts_of_an_own_table_are_added_to_the_shipped_ones(tmp_path: Path) -> None:
    """A line on a known concept adds names and classes; it cannot change the concept."""
    own = tmp_path / "own"
    own.mkdir()
    lines = [
        "id,kind,name,aliases,broader,inverse,risk",
        "kratom,,,leafy thing,drug,,",
        "blue-tea,drink,blue tea,,kratom,,1",
    ]
    (own / "concepts.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (own / "rows.csv").write_text(evidence_csv(row(id="own-1", subject="blue-tea")), encoding="utf-8")
    shipped, table = EvidenceTable.open(), EvidenceTable.open((own,))
    kratom = table.lexicon.concepts["kratom"]
    assert table.lexicon.resolve("leafy thing") == "kratom"
    assert table.lexicon.resolve("blue tea") == "blue-tea"
    assert set(kratom.broader) > set(shipped.lexicon.concepts["kratom"].broader)
    assert kratom.name == shipped.lexicon.concepts["kratom"].name
    assert table.digest != shipped.digest
    (own / "concepts.csv").write_text("\n".join([lines[0], "kratom,food,,,,,"]) + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"concepts.csv:2: concept kratom is there already, with kind 'herb'"):
        EvidenceTable.open((own,))
