"""The view "Evidence", without a browser: rows, concepts, what to mend, gaps, and the form for a row."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from claims.evidence import COLUMNS, EvidenceTable
from claims.rows import read_rows
from pipeline.dashboard.evidence import SECTIONS, concepts, errand, propose
from pipeline.dashboard.frames import MOST_ROWS
from pipeline.handover import RESULTS_VARIABLE
from tests.conftest import Nostrum
from tests.made import Made, Said, write_result
from tests.tables import evidence_csv, row
from tests.test_dashboard_explore import figures, run, says, tables

VIEW = "from pipeline.dashboard import evidence\nevidence.view()"
@pytest.fixture(autouse=True)
def _no_result(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(RESULTS_VARIABLE, raising=False)


def opened(**query: str | list[str]) -> AppTest:
    at = AppTest.from_string(VIEW, default_timeout=60)
    for key, value in query.items():
        at.query_params[key] = value
    return run(at)


def settled(at: AppTest) -> AppTest:
    """Wait until a command in a child process is done."""
    for _ in range(200):
        if not any(button.label == "Stop" for button in at.button):
            return at
        time.sleep(0.25)
        run(at)
    raise AssertionError("the command did not come to an end")


def test_rows_are_found_by_words_in_the_address_as_the_command_line_finds_them(nostrum: Nostrum) -> None:
    at = opened(words="kratom pain")
    ids = tables(at)[0]["id"].tolist()
    assert ids[:3] == [line.split(" | ")[0].split(" [")[0] for line in nostrum("evidence", "search", "kratom", "pain").out.splitlines()[:3]]
    assert f"{len(ids)} rows fit" in says(at)


def test_rows_are_filtered_and_the_filter_can_be_cleared() -> None:
    at = opened(status="draft", relation=["treats", "prevents"])
    found = tables(at)[0]
    assert set(found["status"]) == {"draft"}
    assert set(found["relation"]) <= {"treats", "prevents"}
    next(button for button in at.button if button.label == "Clear").click()
    rows = len(EvidenceTable.open().rows)
    assert len(tables(run(at))[0]) == min(rows, MOST_ROWS)
    assert f"{rows:,} rows fit" in says(at)


def test_no_row_fits_is_said() -> None:
    assert "No row fits" in says(opened(words="qwertyuiop"))


def test_a_row_is_read_whole_at_its_address() -> None:
    at = opened(row="kratom-treats-opioid-withdrawal")
    held = EvidenceTable.open().row("kratom-treats-opioid-withdrawal")
    assert held is not None
    shown = says(at).replace("\\", "")
    for text in (held.proposition, held.summary, held.source_title, "insufficient".capitalize()):
        assert text in shown
    assert at.get("link_button")[0].proto.url == held.url
    facts = dict(at.table[0].value.values.tolist())
    assert {"Topic", "Second reading", "Checked on"} <= set(facts)


@pytest.mark.parametrize("name", ["kratom", "Mitragyna speciosa", "KRATOM"])
def test_a_concept_is_found_by_any_name_with_all_rows_and_aliases(name: str) -> None:
    at = opened(show="Concepts", concept=name)
    table = EvidenceTable.open()
    shown = says(at).replace("\\", "")
    for alias in table.lexicon.concepts["kratom"].aliases:
        assert alias.removeprefix("?") in shown
    ids = set(tables(at)[0]["id"])
    assert {held.id for held in table.rows if "kratom" in (held.subject, held.object)} <= ids


def test_a_concept_leads_to_its_classes() -> None:
    at = opened(show="Concepts", concept="kratom")
    next(button for button in at.button if button.key == "to-Is a kind of-herbal-product").click()
    run(at)
    assert at.selectbox(key="concept").value == "herbal-product"
    members = [c for c in EvidenceTable.open().lexicon.concepts.values() if "herbal-product" in c.broader]
    assert sum(button.key.startswith("to-Kinds of it") for button in at.button) == concepts.MOST_LINKS < len(members)
    assert f"and {len(members) - concepts.MOST_LINKS} more" in says(at)


def test_an_unknown_name_brings_what_is_near() -> None:
    assert "Near: kratom" in says(opened(show="Concepts", concept="kratomm"))


def test_all_concepts_are_listed_with_their_rows() -> None:
    found = tables(opened(show="Concepts"))[0]
    assert found["rows"].iloc[0] == found["rows"].max()
    assert len(found) == len(EvidenceTable.open().lexicon.concepts)


@pytest.mark.slow
def test_rows_go_stale_by_the_day_that_is_asked_about() -> None:
    at = settled(opened(show="To mend"))
    assert "No row is stale" in says(at)
    at = settled(opened(show="To mend", day="2032-01-01"))
    found = tables(at)[0]
    assert set(found["kind"]) == {"stale"}
    stale = sum(held.status == "current" for held in EvidenceTable.open().rows)
    assert len(found) == min(stale, MOST_ROWS)
    assert found["id"].all()


@pytest.mark.slow
def test_gaps_come_by_how_many_findings_a_row_would_settle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    often, seldom = ("kratom", "causes", "acid-reflux"), ("honey", "causes", "acid-reflux")
    unknown = Said(triple=("moon dust", "treats", "acid-reflux"))
    pages = [
        Made(id="p1", said=[Said(triple=often), Said(triple=seldom), unknown, unknown, unknown, unknown]),
        Made(id="p2", said=[Said(triple=often), Said(triple=often)]),
    ]
    monkeypatch.setenv(RESULTS_VARIABLE, str(write_result(tmp_path / "data", *(with_ids(made) for made in pages))))
    at = settled(opened(show="Gaps"))
    assert tables(at)[0][["subject", "claims", "on"]].values.tolist() == [["kratom", 3, 2], ["honey", 1, 1]]
    at.toggle[0].set_value(False)
    run(at)
    assert "moon dust" in set(tables(at)[0]["subject"])
    at.selectbox(key="gap").set_value(often)
    run(at)
    next(button for button in at.button if button.label == "Propose a row").click()
    run(at)
    assert at.segmented_control(key="show").value == propose.TITLE
    assert [at.selectbox(key=key).value for key in ("subject", "about", "object")] == list(often)


def with_ids(made: Made) -> Made:
    """Give the claims the ids of concepts as they are, hyphens and all."""
    said = [
        Said(triple=s.triple, claim={"subject_id": s.triple[0] if " " not in s.triple[0] else "", "object_id": s.triple[2]})
        for s in made.said
    ]
    return Made(id=made.id, said=said)


def test_without_a_result_gaps_say_how_to_get_one() -> None:
    assert "nostrum dashboard --results results/" in opened(show="Gaps").code[0].value


def filled(at: AppTest, **cells: str) -> AppTest:
    """Fill the form for a row on kratom and hair loss."""
    at.selectbox(key="subject").set_value("kratom")
    at.selectbox(key="object").set_value("acid-reflux")
    run(at)
    key = "kratom-treats-acid-reflux"
    texts = {
        "summary": "One small trial saw nothing.", "title": "Kratom and hair", "publisher": "Hair Journal",
        "year": "2024", "url": "https://journal.example.org/hair",
    }  # fmt: skip
    for name, value in (texts | cells).items():
        fields = at.text_area if name == "summary" else at.text_input
        fields(key=f"{name}-{key}").set_value(value)
    chosen = {"finding": "insufficient", "certainty": "low", "source": "trial", "seen": "primary"}
    for name, choice in chosen.items():
        at.selectbox(key=f"{name}-{key}").set_value(choice)
    return run(at)


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click()
    return run(at)


@pytest.mark.slow
def test_a_row_is_linted_and_appended_as_a_draft(tmp_path: Path) -> None:
    at = filled(opened(show=propose.TITLE))
    assert "has been checked as it stands" in says(at)
    at = press(at, "Check the row")
    assert "The row has no fault" in " ".join(element.value for element in at.success)
    assert [button.label for button in at.get("download_button")] == ["Row as CSV"]
    at.text_input(key="folder").set_value(str(tmp_path / "none"))
    assert "There is no such folder" in says(press(at, "Append the draft"))
    own = tmp_path / "own"
    own.mkdir()
    at.text_input(key="folder").set_value(str(own))
    press(at, "Append the draft")
    (held,) = read_rows(next(own.glob("*.csv")), COLUMNS)[0]
    assert (held.cells["id"], held.cells["status"]) == ("kratom-treats-acid-reflux", "draft")
    assert held.cells["summary"] == "One small trial saw nothing."


@pytest.mark.slow
def test_a_row_with_faults_is_not_handed_over_and_a_changed_one_is_checked_again() -> None:
    at = press(filled(opened(show=propose.TITLE), url="https://journal.example.org/hair.", publisher=""), "Check the row")
    faults = " ".join(error.value for error in at.error).replace("\\", "")
    assert "publisher is blank and must be given" in faults
    assert len(at.error) == 1
    assert "ends in '.'" in faults
    assert not at.get("download_button")
    at.text_input(key="publisher-kratom-treats-acid-reflux").set_value("Hair Journal")
    assert "has been checked as it stands" in says(run(at))


def test_no_row_is_written_where_others_can_open_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    cells = row(id="x", status="draft")
    monkeypatch.setattr(propose.exposure, "reachable", lambda: True)
    at = AppTest.from_string(
        f"from pipeline.dashboard.evidence import propose\npropose._hand_over({dict(cells)!r}, [])", default_timeout=60
    )
    run(at)
    assert not at.text_input
    assert "only where nobody else can open this page" in says(at)


def test_the_csv_of_a_row_is_a_table_of_its_own() -> None:
    cells = row(summary='He said "no",\nand left.')
    assert propose.as_csv(cells) == evidence_csv(cells)
    assert next(csv.DictReader(propose.as_csv(cells).splitlines(keepends=True)))["summary"] == cells["summary"]


def test_a_command_can_be_stopped_and_started_again() -> None:
    work = errand.Errand("evidence", "lint")
    work.stop()
    assert (work.done, work.stopped) == (True, True)


def test_a_command_that_fails_says_why() -> None:
    answer = errand.Errand("evidence", "gaps", "no-such-results").answer()
    assert answer.code == 2
    assert "no-such-results: the results cannot be read" in answer.err


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_opens_at_its_address(section: str) -> None:
    at = opened(show=section)
    assert at.segmented_control(key="show").value == section
    assert not figures(at)
