"""What is handed in: the report, the tables, ClaimReview and labelled passages, hostile pages included."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from claims.types import Marker, Omission, Overview, Report
from pipeline.batch import Scored
from pipeline.dataset import open_output
from pipeline.export import report_to_dict
from pipeline.reporting import FORMS, Audited, Page, audited, write
from pipeline.reviews import target_of
from pipeline.store import ReviewStore
from tests.conftest import Nostrum
from tests.factories import (
    HOSTILE,
    article,
    evidence,
    finding,
    hostile_report,
    kratom_report,
    long_report,
    match,
    report,
    review,
)

FIRST, SECOND, THIRD = "Garlic cures colds.", "Leeks may ease coughs.", "Onions cause joy."


def three() -> Report:
    """Three paragraphs with one claim each."""
    page = article(tuple(("paragraph", 0, quote) for quote in (FIRST, SECOND, THIRD)))
    return report(
        page,
        finding(page, FIRST, ("garlic", "treats", "colds"), "unsupported", matches=(match(),), harm=1),
        finding(page, SECOND, ("leek", "treats", "cough"), "supported", claim={"strength": "hedged"}),
        finding(page, THIRD, ("onion", "causes", "joy"), "unverified"),
    )


def decided(given: Report, tmp_path: Path, *log: tuple[int, dict[str, Any]]) -> Audited:
    """Audit a page on which findings, by number, were decided; -1 is a missed claim."""
    store = ReviewStore(tmp_path / "reviews.sqlite")
    page = Page.of(given)
    for seq, (nth, fields) in enumerate(log):
        claim = report_to_dict(given)["claims"][nth]  # type: ignore[index]
        target = target_of(page.target, claim)
        if fields.get("decision") == "missed":
            start = page.text.index(fields.pop("words"))
            target = replace(target, start=start, end=start + 5, quote=page.text[start : start + 5])
        store.add([review(seq, claim["id"] if fields.get("decision") != "missed" else "m", target=target, **fields)])
    return audited(page, store)


def rows(page: Audited) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(write([page], ".csv").decode("utf-8-sig"))))


def test_the_table_has_a_row_for_each_reviewer_and_each_missed_claim(tmp_path: Path) -> None:
    page = decided(
        three(),
        tmp_path,
        (0, {"note": "=SUM(A1)"}),
        (0, {"reviewer": "Ben", "decision": "verdict", "verdict": "contradicted"}),
        (1, {"decision": "skip"}),
        (0, {"decision": "missed", "words": "Leeks", "note": "why", "verdict": "overstated"}),
    )
    found = [(row["quote"], row["reviewer"], row["decision"], row["outcome"]) for row in rows(page)]
    assert found == [
        (FIRST, "Ann", "agree", ""),
        (FIRST, "Ben", "verdict", ""),
        ("Leeks", "Ann", "missed", "overstated"),
    ]
    assert rows(page)[0]["note"] == "'=SUM(A1)"


@pytest.mark.parametrize(
    ("fields", "rating"),
    [
        ({}, 2),
        ({"decision": "verdict", "verdict": "contradicted"}, 1),
        ({"decision": "verdict", "verdict": "unverified"}, None),
        ({"decision": "not_a_claim"}, None),
        ({"decision": "unsure"}, None),
        ({"decision": "no_action"}, None),
    ],
    ids=str,
)
def test_only_what_got_a_verdict_becomes_a_claim_review(tmp_path: Path, fields: dict[str, Any], rating: int | None) -> None:
    graph = json.loads(write([decided(three(), tmp_path, (0, fields))], ".jsonld"))["@graph"]
    assert [one["reviewRating"]["ratingValue"] for one in graph] == ([rating] if rating else [])
    for one in graph:
        assert one["claimReviewed"] == FIRST
        assert one["itemReviewed"]["appearance"]["url"].endswith("#:~:text=Garlic%20cures%20colds.")


@pytest.mark.parametrize(
    ("log", "texts"),
    [
        ([], []),
        ([(0, {})], [FIRST]),
        ([(0, {}), (2, {})], [FIRST, THIRD]),
        ([(0, {}), (1, {})], [f"{FIRST}\n\n{SECOND}"]),
        ([(0, {}), (1, {}), (2, {"decision": "not_a_claim"})], [f"{FIRST}\n\n{SECOND}\n\n{THIRD}"]),
        ([(0, {"decision": "unsure"})], []),
        ([(0, {}), (0, {"reviewer": "Ben", "decision": "not_a_claim"})], []),
    ],
    ids=["nothing", "one", "two apart", "two together", "the whole page", "left open", "they differ"],
)
def test_passages_hold_no_claim_that_was_left_open(tmp_path: Path, log: list[Any], texts: list[str]) -> None:
    lines = write([decided(three(), tmp_path, *log)], ".jsonl").decode().splitlines()
    found = [json.loads(line) for line in lines]
    assert [passage["text"] for passage in found] == texts
    for passage in found:
        for statement in passage["statements"]:
            assert statement["quote"] in passage["text"]


@pytest.mark.parametrize(("verdict", "rating"), [("contradicted", 1), ("", None), ("unverified", None)])
def test_a_missed_claim_is_handed_in_with_the_verdict_it_deserves(tmp_path: Path, verdict: str, rating: int | None) -> None:
    page = decided(three(), tmp_path, (0, {"decision": "missed", "words": "Leeks", "verdict": verdict, "note": "No trial."}))
    assert ("(the reviewer’s verdict)" in write([page], ".html").decode()) == bool(verdict)
    (told,) = json.loads(write([page], ".json"))[0]["missed"]
    assert (told["quote"], told["verdict"]) == ("Leeks", verdict)
    graph = json.loads(write([page], ".jsonld"))["@graph"]
    assert [(one["claimReviewed"], one["reviewRating"]["ratingValue"]) for one in graph] == ([("Leeks", rating)] if rating else [])


def test_passages_can_be_scored(tmp_path: Path, nostrum: Nostrum) -> None:
    page = decided(
        three(),
        tmp_path,
        (0, {"decision": "verdict", "verdict": "contradicted", "note": "Trials say no."}),
        (1, {}),
        (2, {}),
        (0, {"decision": "missed", "words": "Onion", "verdict": "unsupported"}),
    )
    file = tmp_path / "gold.jsonl"
    file.write_bytes(write([page], ".jsonl"))
    (passage,) = map(json.loads, file.read_text().splitlines())
    labels = [
        (s["quote"], c["verdict"], c["flag"], c["strength"]) for s in passage["statements"] for c in s["claims"]
    ]
    assert labels == [
        (FIRST, "contradicted", True, "definite"),
        (SECOND, "supported", False, "hedged"),
        (THIRD, "uncheckable", False, "definite"),
        (THIRD, "unsupported", True, "definite"),
    ]
    assert passage["statements"][0]["claims"][0]["why"] == "Trials say no."
    assert nostrum("evaluate", file, "--predicted", file_of(three(), tmp_path)).code == 0


def file_of(given: Report, tmp_path: Path) -> Path:
    file = tmp_path / "run.jsonl"
    with open_output(str(file)) as out:
        out(Scored(id=given.article.id, line=1, report=given))
    return file


def test_the_report_says_what_was_found_and_decided(tmp_path: Path) -> None:
    page = decided(kratom_report(), tmp_path, (0, {"note": "Seen."}), (1, {"decision": "verdict", "verdict": "supported"}))
    html = write([page], ".html").decode()
    for words in ("Ann</b>: agrees. Seen.", "supported instead", "Not decided", "paragraph 2", "evidence table 5f0c9a7e12d4b386"):
        assert words in html
    assert html.count("<article") == sum(f.flag for f in kratom_report().findings)


def test_evidence_of_a_repeated_claim_is_told_once(tmp_path: Path) -> None:
    html = write([decided(long_report(3), tmp_path)], ".html").decode()
    assert html.count("<blockquote") == 3
    assert html.count('class="source"') == 1
    assert html.count("Evidence as told above: row kratom-001.") == 2


@pytest.mark.parametrize("form", FORMS)
def test_a_hostile_page_stays_text(tmp_path: Path, form: str) -> None:
    page = decided(hostile_report(), tmp_path, (0, {"note": HOSTILE, "reviewer": "<script>x</script>"}))
    text = write([page], form).decode()
    if form in (".html", ".jsonld"):
        assert "<img" not in text
        assert "<script" not in text
    if form == ".html":
        assert "javascript:" not in text.lower()
        assert "&lt;script&gt;x&lt;/script&gt;" in text


def test_the_command_audits_every_form_of_results(tmp_path: Path, nostrum: Nostrum) -> None:
    sign = Marker(id="cure-word", label="Promises a cure", start=7, end=12, quote="cures")
    left_out = Omission(subject="kratom", subject_id="kratom", benefits=(), harms=(evidence(id="kratom-causes-addiction"),))
    given = replace(three(), page=Overview(markers=(sign,), omissions=(left_out,)))
    decided(given, tmp_path, (0, {}))
    reviews = tmp_path / "reviews.sqlite"
    one = tmp_path / "one.json"
    one.write_text(json.dumps(report_to_dict(given)))
    lines = file_of(given, tmp_path)
    with open_output(f"{tmp_path}/run/") as out:
        out(Scored(id=given.article.id, line=1, report=given))
    for results in (one, lines, tmp_path / "run"):
        ran = nostrum("audit", results, "--reviews", reviews, "--out", tmp_path / "out" / "a.html")
        assert (ran.code, ran.out.startswith("1 pages, 1 decided claims")) == (0, True)
        html = (tmp_path / "out" / "a.html").read_text()
        for said in ("Ann</b>: agrees", "Promises a cure: “cures”", "(row kratom-causes-addiction)", "as of 2026-11-26"):
            assert said in html, results


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (("one.json", "--reviews", "reviews.sqlite", "--out", "a.pdf"), "the ending says what to write"),
        (("none.json", "--reviews", "reviews.sqlite", "--out", "a.html"), "there are no such results"),
        (("one.json", "--reviews", "none.sqlite", "--out", "a.html"), "there is no such file of reviews"),
        (("one.json", "--reviews", "reviews.sqlite", "--out", "one.json"), "this would overwrite"),
        (("bad.json", "--reviews", "reviews.sqlite", "--out", "a.html"), "is no report"),
        (("one.json", "--reviews", "one.json", "--out", "a.html"), "cannot be read or written"),
    ],
)
def test_what_cannot_be_audited_is_said_in_a_line(
    tmp_path: Path, nostrum: Nostrum, monkeypatch: pytest.MonkeyPatch, given: tuple[str, ...], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    decided(three(), tmp_path)
    Path("one.json").write_text(json.dumps(report_to_dict(three())))
    Path("bad.json").write_text('[{"id": 1}]')
    ran = nostrum("audit", *given)
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert says in ran.err
