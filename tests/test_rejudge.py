"""A past run judged by today's table gives what a fresh check gives, and says which verdicts flip and why."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from claims.evidence import EvidenceTable
from claims.types import Claim
from pipeline.curation import rejudge
from pipeline.dataset import SCHEMA
from pipeline.export import report_to_dict
from pipeline.results import ResultsError, claim_of, read_results
from tests.conftest import Nostrum
from tests.factories import kratom_report
from tests.tables import evidence_csv, row

PAGES: list[dict[str, Any]] = [
    {"id": "one", "url": "https://example.org/1", "title": "A leaf", "text": "Kratom cures cancer. Kratom is harmless for children."},
    {"id": 2, "text": "It is a myth that vaccines cause autism. Kratom may ease opioid withdrawal."},
    {"id": "bad", "text": ""},
    {"id": "same", "text": "Kratom cures cancer. Kratom cures cancer."},
    {"id": "none", "text": "Our shop opens at nine."},
    {"id": "mice", "text": "Kratom treats opioid withdrawal in mice. Does kratom cure cancer?"},
]  # fmt: skip


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, nostrum: Nostrum) -> Path:
    """A past run, as JSON lines and as a data set."""
    folder = tmp_path_factory.mktemp("run")
    lines = "".join(json.dumps(page) + "\n" for page in PAGES)
    (folder / "in.jsonl").write_text(lines, encoding="utf-8")
    assert nostrum("batch", folder / "in.jsonl", "--out", folder / "out.jsonl").code == 0
    assert nostrum("batch", folder / "in.jsonl", "--out", f"{folder}/data/").code == 0
    return folder


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A row that says more on kratom for cancer than the shipped ones."""
    other = row(id="own-1", object="cancer", proposition="Kratom treats cancer.", finding="refutes", certainty="high")
    (tmp_path / "own.csv").write_text(evidence_csv(other), encoding="utf-8")
    return tmp_path / "own.csv"


def claims_of(file: Path) -> list[dict[str, Any]]:
    return [c for line in file.read_text(encoding="utf-8").splitlines() for c in json.loads(line)["claims"]]


def test_the_run_has_claims_of_each_kind(run: Path) -> None:
    """The tests below would say little about a run without flags, groups or guesses."""
    claims = claims_of(run / "out.jsonl")
    assert any(c["flag"] for c in claims)
    assert any(c["populations"] for c in claims)
    assert {"unverified", "contradicted"} <= {c["verdict"] for c in claims}


def test_json_lines_come_out_as_a_fresh_check_gives_them(run: Path, tmp_path: Path, nostrum: Nostrum) -> None:
    ran = nostrum("rejudge", run / "out.jsonl", "--out", tmp_path / "again.jsonl")
    assert (ran.code, ran.out) == (0, "")
    assert (tmp_path / "again.jsonl").read_bytes() == (run / "out.jsonl").read_bytes()
    assert "0 verdicts flipped" in ran.err and "the one of that run" in ran.err


def test_a_data_set_comes_out_as_a_fresh_check_gives_it(run: Path, tmp_path: Path, nostrum: Nostrum) -> None:
    assert nostrum("rejudge", run / "data", "--out", f"{tmp_path}/again/").code == 0
    for name in SCHEMA:
        fresh, again = (pq.read_table(folder / f"{name}.parquet") for folder in (run / "data", tmp_path / "again"))
        assert again.equals(fresh), name


def test_another_table_gives_what_a_fresh_check_by_it_gives(
    run: Path, own: Path, tmp_path: Path, nostrum: Nostrum
) -> None:
    assert nostrum("batch", run / "in.jsonl", "--out", tmp_path / "fresh.jsonl", "--evidence", own).code == 0
    assert nostrum("rejudge", run / "out.jsonl", "--out", tmp_path / "again.jsonl", "--evidence", own).code == 0
    assert (tmp_path / "again.jsonl").read_bytes() == (tmp_path / "fresh.jsonl").read_bytes()
    assert (tmp_path / "again.jsonl").read_bytes() != (run / "out.jsonl").read_bytes()


@pytest.mark.parametrize("name", ["out.jsonl", "data"])
def test_what_flips_is_listed_with_its_reason(
    name: str, run: Path, own: Path, tmp_path: Path, nostrum: Nostrum
) -> None:
    flips = tmp_path / "flips.csv"
    ran = nostrum(
        "rejudge", run / name, "--out", tmp_path / "again.jsonl", "--flips", flips, "--evidence", own
    )  # fmt: skip
    assert ran.code == 0
    assert "https://example.org/1: “Kratom cures cancer.”" in ran.out
    assert "own-1 speaks to it now (refutes, high, exact)" in ran.out
    listed = list(csv.DictReader(flips.open(encoding="utf-8", newline="")))
    before = {c["id"]: c["verdict"] for c in claims_of(run / "out.jsonl")}
    after = {c["id"]: c["verdict"] for c in claims_of(tmp_path / "again.jsonl")}
    assert {r["id"]: (r["before"], r["after"]) for r in listed} == {
        id: (verdict, after[id]) for id, verdict in before.items() if verdict != after[id]
    }
    assert {r["quote"] for r in listed} == {"Kratom cures cancer."}
    assert {r["after"] for r in listed} == {"contradicted"}
    assert f"{len(listed)} verdicts flipped" in ran.err


def test_a_claim_keeps_its_id_so_that_reviews_survive(run: Path, own: Path, tmp_path: Path, nostrum: Nostrum) -> None:
    nostrum("rejudge", run / "out.jsonl", "--out", tmp_path / "again.jsonl", "--only-evidence", "--evidence", own)
    assert [c["id"] for c in claims_of(tmp_path / "again.jsonl")] == [c["id"] for c in claims_of(run / "out.jsonl")]


Change = Callable[[dict[str, Any]], None]


def with_evidence(**cells: Any) -> Change:
    def change(claim: dict[str, Any]) -> None:
        claim["verdict"] = "supported"
        claim["evidence"] = [{**claim["evidence"][0], **cells}, *claim["evidence"][1:]]

    return change


def without_evidence(claim: dict[str, Any]) -> None:
    claim |= {"verdict": "unverified", "evidence": []}


def only_the_verdict(claim: dict[str, Any]) -> None:
    claim["verdict"] = "supported"


# how the stored claim "Kratom cures cancer." differs from today's, what the reason says
REASONS: list[tuple[Change, str]] = [
    (with_evidence(finding="supports"), "finding from supports to "),
    (with_evidence(certainty="high"), "certainty from high to "),
    (with_evidence(year=1901), "year from 1901 to "),
    (with_evidence(summary="It works."), "summary changed"),
    (with_evidence(id="gone-row"), "gone-row is no longer in the table"),
    (with_evidence(id="garlic-treats-common-cold"), "garlic-treats-common-cold no longer speaks to it"),
    (without_evidence, "speaks to it now"),
    (only_the_verdict, "the rules or the concepts changed"),
]


@pytest.mark.parametrize(("change", "says"), REASONS, ids=[says for _, says in REASONS])
def test_a_flip_names_what_changed_behind_it(change: Change, says: str, run: Path, tmp_path: Path) -> None:
    page = json.loads((run / "out.jsonl").read_text(encoding="utf-8").splitlines()[0])
    change(page["claims"][0])
    (tmp_path / "old.jsonl").write_text(json.dumps(page) + "\n", encoding="utf-8")
    (stored,) = read_results(tmp_path / "old.jsonl")
    _, flips = rejudge(stored, EvidenceTable.open())
    assert [says in flip.why for flip in flips] == [True], flips


def test_a_retired_row_is_named_as_retired(run: Path, own: Path, tmp_path: Path, nostrum: Nostrum) -> None:
    nostrum("rejudge", run / "out.jsonl", "--out", tmp_path / "a.jsonl", "--evidence", own)
    own.write_text(own.read_text(encoding="utf-8").replace("current", "retired"), encoding="utf-8")
    ran = nostrum("rejudge", tmp_path / "a.jsonl", "--out", tmp_path / "b.jsonl", "--evidence", own)
    assert "own-1 is now retired" in ran.out


def test_a_claim_is_rebuilt_whole() -> None:
    """Whatever a claim gains, the JSON must gain too."""
    for finding, stored in zip(kratom_report().findings, report_to_dict(kratom_report())["claims"], strict=True):  # type: ignore[call-overload]
        assert {f.name for f in fields(Claim)} <= stored.keys()
        assert claim_of(json.loads(json.dumps(stored)), "here") == finding.claim


def test_a_claim_of_before_the_fields_has_their_defaults() -> None:
    (stored, *_) = report_to_dict(kratom_report())["claims"]  # type: ignore[misc]
    old = {key: value for key, value in stored.items() if key not in {"populations", "grounded"}}
    assert claim_of(old, "here") == kratom_report().findings[0].claim


def test_another_version_that_read_the_page_is_named(run: Path, tmp_path: Path, nostrum: Nostrum) -> None:
    old = (run / "out.jsonl").read_text(encoding="utf-8").replace('"checker": "nostrum ', '"checker": "nostrum 0.0.')
    (tmp_path / "old.jsonl").write_text(old, encoding="utf-8")
    assert nostrum("rejudge", tmp_path / "old.jsonl", "--out", tmp_path / "new.jsonl").code == 0
    checkers = {json.loads(line)["checker"] for line in (tmp_path / "new.jsonl").read_text().splitlines()}
    assert len(checkers) == 1
    assert "(claims read by nostrum 0.0." in checkers.pop()


def test_packed_lines_are_read_too(run: Path, tmp_path: Path, nostrum: Nostrum) -> None:
    (tmp_path / "out.jsonl.gz").write_bytes(gzip.compress((run / "out.jsonl").read_bytes()))
    assert nostrum("rejudge", tmp_path / "out.jsonl.gz", "--out", tmp_path / "again.jsonl").code == 0
    assert (tmp_path / "again.jsonl").read_bytes() == (run / "out.jsonl").read_bytes()


# what the results hold, what the one line says
BAD: list[tuple[bytes, str]] = [
    (b"not json\n", ":1: this is no line that a batch wrote"),
    (b"[1]\n", ":1: this is no line that a batch wrote"),
    (b'{"id": 1}\n', ":1: this is no line that a batch wrote"),
    (b"\xff\xfe\n", ":1: this is no line that a batch wrote"),
]


@pytest.mark.parametrize(("data", "says"), BAD)
@pytest.mark.parametrize("command", [["rejudge"], ["evidence", "gaps"]])
def test_what_no_batch_wrote_is_one_line(
    command: list[str], data: bytes, says: str, tmp_path: Path, nostrum: Nostrum
) -> None:
    (tmp_path / "odd.jsonl").write_bytes(data)
    out = ["--out", tmp_path / "new.jsonl"] if command == ["rejudge"] else []
    ran = nostrum(*command, tmp_path / "odd.jsonl", *out)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert f"odd.jsonl{says}" in ran.err
    assert not (tmp_path / "new.jsonl").exists()


@pytest.mark.parametrize("lost", ["populations", "grounded", "verdict", "evidence", "quote", "cues"])
def test_a_claim_that_lacks_a_part_cannot_be_judged_again(
    lost: str, run: Path, tmp_path: Path, nostrum: Nostrum
) -> None:
    page = json.loads((run / "out.jsonl").read_text(encoding="utf-8").splitlines()[0])
    del page["claims"][0][lost]
    (tmp_path / "old.jsonl").write_text(json.dumps(page) + "\n", encoding="utf-8")
    ran = nostrum("rejudge", tmp_path / "old.jsonl", "--out", tmp_path / "new.jsonl")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "old.jsonl:1: " in ran.err and lost in ran.err


def test_claims_that_lost_their_pages_are_told(run: Path, tmp_path: Path) -> None:
    for name in SCHEMA:
        (tmp_path / f"{name}.parquet").write_bytes((run / "data" / f"{name}.parquet").read_bytes())
    table = pq.read_table(run / "data" / "claims.parquet")
    pq.write_table(table.slice(1), tmp_path / "claims.parquet")
    with pytest.raises(ResultsError, match="its claims are not where the pages say"):
        list(read_results(tmp_path))


@pytest.mark.parametrize(
    ("results", "out", "says"),
    [
        ("gone.jsonl", "new.jsonl", "no such results"),
        ("out.jsonl", "out.jsonl", "another --out"),
        ("data", "data/", "another --out"),
        ("out.jsonl", "new/", "no data set"),
        (".", "new.jsonl", "cannot be read"),
    ],
)
def test_a_wrong_place_is_one_line(results: str, out: str, says: str, run: Path, nostrum: Nostrum) -> None:
    ran = nostrum("rejudge", run / results, "--out", f"{run}/{out}")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert says in ran.err
