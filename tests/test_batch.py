"""Batches: one line out for each line in, whatever is in it; a data set that says the same."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from claims.types import Report
from pipeline.batch import Scored, count, frames_of, score_entry
from pipeline.checker import Checker
from pipeline.commands.progress import LOG_EVERY_S, Progress, _log
from pipeline.dataset import SCHEMA, arrow_schema, open_output
from pipeline.entries import Entry
from pipeline.limits import MAX_PAGE_BYTES
from pipeline.run import Watch
from tests.conftest import Nostrum
from tests.factories import failed_report, kratom_report
from tests.test_bad_input import GERMAN, write

FLAGGED = "Kratom cures cancer."
PAGE = f"<html><head><title>Leaf</title></head><body><article><p>{FLAGGED}</p></article></body></html>"

# a line of the input, the id of its line in the output, what its error must say ("" for none)
LINES: list[tuple[bytes, str | int, str]] = [
    (
        b'{"id": "text", "text": "Kratom cures cancer.", "url": "https://example.org/a", "title": "A"}',
        "text",
        "",
    ),
    (json.dumps({"id": "html", "html": PAGE}).encode(), "html", ""),
    (b'{"id": 17, "text": "A number is kept."}', 17, ""),
    (b"not json", 4, "line 4: it is no JSON"),
    (b'{"text": "Kratom cures cancer."}', 5, 'line 5: it has no "id"'),
    (b'{"id": "", "text": "Garlic."}', 6, 'line 6: it has no "id"'),
    (b'{"id": true, "text": "Garlic."}', 7, 'line 7: it has no "id"'),
    (b'{"id": "bare"}', "bare", 'line 8: it has neither "text" nor "html"'),
    (b'{"id": "typed", "text": 5}', "typed", 'line 9: "text" must be a string'),
    (b"[1, 2]", 10, "line 10: it holds no object"),
    (b'{"id": "latin", "text": "caf\xe9"}', 11, "line 11: it is no JSON"),
    (b"[" * 100_000, 12, "line 12: it nests too deep"),
    (json.dumps({"id": "german", "text": GERMAN}).encode(), "german", "German"),
    (b'{"id": "empty", "text": ""}', "empty", "no words"),
    (b'{"id": "void", "html": "<p></p>"}', "void", "shows no text"),
    (json.dumps({"id": "deep", "html": "<div>" * 20_000 + "Kratom."}).encode(), "deep", "nests"),
    (json.dumps({"id": "long", "text": "a " * MAX_PAGE_BYTES}).encode(), "long", "4.0 MB"),
    (b'{"id": "\\ud800", "text": "Half a letter \\ud800 cures cancer."}', "\ud800", ""),
    (b'{"id": "last", "text": "Kratom cures cancer."}', "last", ""),
]


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keep every kind of line in one file."""
    return write(
        tmp_path_factory.mktemp("batch") / "in.jsonl", b"\n".join(line for line, _, _ in LINES) + b"\n"
    )


@pytest.fixture(scope="module")
def reports(mixed: Path, nostrum: Nostrum) -> list[dict[str, Any]]:
    """Score the file once."""
    out = mixed.with_name("out.jsonl")
    assert nostrum("batch", mixed, "--out", out).code == 0
    return read(out)


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_one_line_comes_out_for_each_line_in_and_in_its_order(reports: list[dict[str, Any]]) -> None:
    assert [report["id"] for report in reports] == [page_id for _, page_id, _ in LINES]


@pytest.mark.parametrize("at", range(len(LINES)))
def test_a_bad_line_is_an_error_and_a_good_one_is_checked(at: int, reports: list[dict[str, Any]]) -> None:
    says, report = LINES[at][2], reports[at]
    assert list(report) == ["id", "article", "checker", "evidence_digest", "as_of", "error", "claims", "page"]
    if says:
        assert says in report["error"]
        assert "\n" not in report["error"]
        assert report["claims"] == []
    else:
        assert report["error"] is None


def test_text_keeps_its_offsets_and_html_its_words(reports: list[dict[str, Any]]) -> None:
    by_id = {report["id"]: report for report in reports}
    claim = by_id["text"]["claims"][0]
    assert (claim["start"], claim["end"], claim["quote"], claim["flag"]) == (0, len(FLAGGED), FLAGGED, True)
    assert by_id["html"]["claims"][0]["quote"] == FLAGGED
    assert by_id["html"]["article"]["title"] == "Leaf"
    assert by_id["text"]["article"] == {
        "url": "https://example.org/a", "title": "A", "site": "example.org", "published": "",
    }  # fmt: skip


def test_a_packed_file_and_standard_input_are_read(tmp_path: Path, nostrum: Nostrum) -> None:
    line = b'{"id": 1, "text": "Kratom cures cancer."}\n'
    packed = write(tmp_path / "in.jsonl.gz", gzip.compress(line))
    assert nostrum("batch", packed, "--out", tmp_path / "a.jsonl").code == 0
    assert nostrum("batch", "-", "--out", tmp_path / "b.jsonl", stdin=line).code == 0
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()
    assert read(tmp_path / "a.jsonl")[0]["claims"]


def test_the_same_input_gives_the_same_bytes(mixed: Path, reports: object, nostrum: Nostrum) -> None:
    again = mixed.with_name("again.jsonl")
    nostrum("batch", mixed, "--out", again)
    assert again.read_bytes() == mixed.with_name("out.jsonl").read_bytes()


def test_flagged_only_keeps_the_flagged_and_counts_the_rest(mixed: Path, tmp_path: Path, nostrum: Nostrum) -> None:
    assert nostrum("batch", mixed, "--flagged-only", "--no-twins", "--out", f"{tmp_path}/data/").code == 0
    assert nostrum("batch", mixed, "--flagged-only", "--out", tmp_path / "out.jsonl").code == 0
    pages, claims = (pq.read_table(tmp_path / "data" / f"{name}.parquet").to_pylist() for name in ("pages", "claims"))
    assert len(pages) == len(LINES)
    assert claims and all(claim["flag"] for claim in claims)
    assert len(claims) == sum(page["flagged"] for page in pages) < sum(page["claims"] for page in pages) + len(claims)
    assert {page["page_id"] for page in pages if page["text"]} == {claim["page_id"] for claim in claims}
    lines = read(tmp_path / "out.jsonl")
    assert [c["id"] for line in lines for c in line["claims"]] == [c["id"] for c in claims]
    # The numbers of a run are the same whatever is kept, and such a run can be judged again.
    records = [json.loads((tmp_path / name).read_bytes()) for name in ("data/run.json", "out.run.json")]
    assert records[0]["counts"] == records[1]["counts"]
    assert nostrum("rejudge", tmp_path / "data", "--out", f"{tmp_path}/again/").code == 0


@pytest.mark.parametrize("folder", ["data/", "there"])
def test_a_folder_gets_a_data_set_that_says_the_same(
    folder: str, mixed: Path, reports: list[dict[str, Any]], nostrum: Nostrum, tmp_path: Path
) -> None:
    (tmp_path / "there").mkdir()
    assert nostrum("batch", mixed, "--no-twins", "--out", f"{tmp_path}/{folder}").code == 0
    tables = {name: pq.read_table(tmp_path / folder / f"{name}.parquet") for name in SCHEMA}
    assert all(tables[name].schema.equals(arrow_schema(name)) for name in SCHEMA)
    pages, claims, errors = (tables[name].to_pylist() for name in ("pages", "claims", "errors"))
    assert [page["error"] for page in pages] == [report["error"] for report in reports]
    assert [page["claims"] for page in pages] == [len(report["claims"]) for report in reports]
    assert [e["error"] for e in errors] == [report["error"] for report in reports if report["error"]]
    assert all(error["reason"] for error in errors)
    expected = [claim for report in reports for claim in report["claims"]]
    assert [{key: row[key] for key in expected[0]} for row in claims] == expected
    text = {page["page_id"]: page["text"] for page in pages}
    assert all(text[row["page_id"]][row["start"] : row["end"]] == row["quote"] for row in claims)


def test_every_column_of_the_data_set_is_documented() -> None:
    for name in SCHEMA:
        assert all(field.metadata[b"holds"] for field in arrow_schema(name))


def test_many_rows_are_written_in_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.dataset.ROWS_PER_GROUP", 3)
    with open_output(f"{tmp_path}/data/") as write_page:
        for line in range(1, 8):
            write_page(Scored(id=line, line=line, report=kratom_report() if line % 2 else failed_report()))
    pages = pq.ParquetFile(tmp_path / "data" / "pages.parquet")
    assert pages.num_row_groups == 3
    assert pages.read().column("line").to_pylist() == list(range(1, 8))
    assert pq.read_table(tmp_path / "data" / "errors.parquet").num_rows == 3


@given(st.lists(st.integers(), max_size=60), st.integers(1, 25))
def test_frames_hold_every_page_once_and_in_order(lines: list[int], size: int) -> None:
    entries = [Entry(id=i, line=i) for i in lines]
    frames = list(frames_of(iter(entries), size))
    assert [entry for frame in frames for entry in frame.pages] == entries
    assert [frame.number for frame in frames] == list(range(len(frames)))
    assert all(len(frame.pages) == size for frame in frames[:-1])


def test_a_page_that_breaks_the_checker_costs_its_own_line(
    checker: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain_check = Checker.check

    def check(self: Checker, page: Any, *, quick: bool) -> Report:
        if "poison" in page.text:
            raise ValueError("boom\nbang")
        return plain_check(self, page, quick=quick)

    monkeypatch.setattr(Checker, "check", check)
    bad, good = (score_entry(Entry(id=t, line=1, text=t), checker) for t in ("poison", FLAGGED))
    assert (bad.state, good.state) == ("crashed", "checked")
    assert bad.report.error == "checking it failed (ValueError: boom bang); please report the page"
    assert good.report.findings


def test_a_log_gets_a_line_a_minute() -> None:
    said, times = io.StringIO(), iter(range(0, 10_000, int(LOG_EVERY_S / 6)))
    watch, progress = Watch(), Progress(total_bytes=100, clock=lambda: next(times))
    page = Scored(id=1, line=1, report=kratom_report())
    with _log(watch, progress, Console(file=said, width=200)):
        watch.stage("checking")
        for n in range(1, 10):
            watch.frame(count([page]), 10 * n)
    lines = said.getvalue().splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("checking: 50%, 0:01:10 left, 5 pages, ")
    assert f"{5 * len(kratom_report().findings)} claims" in lines[0]
