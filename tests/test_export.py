"""The JSON contract and the CSV of a report."""

from __future__ import annotations

import csv
import io
import json

import pytest

from pipeline.export import CSV_FIELDS, findings_csv, report_to_dict
from tests.factories import article, failed_report, finding, kratom_report, match, plain_report, report

TOP = ["id", "article", "checker", "evidence_digest", "as_of", "error", "claims", "page"]
ARTICLE = ["url", "title", "site", "published"]
CLAIM = [
    "id",
    "start",
    "end",
    "quote",
    "subject",
    "subject_id",
    "relation",
    "object",
    "object_id",
    "polarity",
    "denies",
    "strength",
    "voice",
    "populations",
    "grounded",
    "doubtful",
    "distanced",
    "trust",
    "verdict",
    "unverified_reason",
    "flag",
    "harm",
    "confidence",
    "because",
    "rule",
    "group",
    "strength_gap",
    "would_change",
    "cues",
    "evidence",
]
EVIDENCE = [
    "id",
    "how",
    "via",
    "finding",
    "certainty",
    "summary",
    "source_title",
    "publisher",
    "year",
    "url",
    "seen",
]


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_json_has_the_contracts_keys_in_their_order() -> None:
    given = json.loads(json.dumps(report_to_dict(kratom_report())))
    assert list(given) == TOP
    assert list(given["article"]) == ARTICLE
    assert {tuple(claim) for claim in given["claims"]} == {tuple(CLAIM)}
    assert {tuple(cue) for claim in given["claims"] for cue in claim["cues"]} == {("id", "start", "end")}
    assert {tuple(row) for claim in given["claims"] for row in claim["evidence"]} == {tuple(EVIDENCE)}


def test_json_offsets_find_the_quote_and_the_cue() -> None:
    page = kratom_report()
    for claim in report_to_dict(page)["claims"]:  # type: ignore[attr-defined]
        assert page.article.text[claim["start"] : claim["end"]] == claim["quote"]
        assert all(claim["start"] <= cue["start"] < cue["end"] <= claim["end"] for cue in claim["cues"])


def test_same_report_gives_the_same_bytes() -> None:
    assert json.dumps(report_to_dict(kratom_report())) == json.dumps(report_to_dict(kratom_report()))
    assert findings_csv(kratom_report()) == findings_csv(kratom_report())


def test_a_failed_page_has_its_error_and_no_claims() -> None:
    given = report_to_dict(failed_report("The file is empty."))
    assert given["error"] == "The file is empty."
    assert given["claims"] == []


def test_csv_has_a_row_for_each_finding_and_the_versions() -> None:
    page = kratom_report()
    given = rows(findings_csv(page))
    assert [row["id"] for row in given] == [finding.id for finding in page.findings]
    assert {row["evidence_digest"] for row in given} == {page.evidence_digest}
    assert given[0]["evidence"] == "kratom-001"
    assert given[0]["similar_evidence"] == "kratom-017"


def test_csv_of_several_reports_is_one_table() -> None:
    given = findings_csv(kratom_report(), plain_report(), kratom_report())
    assert len(rows(given)) == 2 * len(kratom_report().findings)
    assert given.count("unverified_reason") == 1


def test_csv_without_findings_is_its_header() -> None:
    assert findings_csv(plain_report()).strip() == ",".join(CSV_FIELDS)


@pytest.mark.parametrize(
    ("quote", "cell"),
    [
        ('=HYPERLINK("https://evil.example","x") heals.', "'="),
        ("+1 heals.", "'+"),
        ("-1 heals.", "'-"),
        ("@SUM(A1) heals.", "'@"),
        ("  =1+1 heals.", "'  ="),
        ("\t=1+1 heals.", "'\t="),
        ("\uff1d1+1 heals.", "'\uff1d"),
        ("Kratom heals.", "Kratom"),
        ("'=1' heals.", "'=1"),
        ("5 - 3 = 2 heals.", "5 -"),
        ('"Quoted", with a comma\nand a line, heals.', '"Quoted"'),
    ],
)
def test_csv_defuses_what_a_spreadsheet_would_run(quote: str, cell: str) -> None:
    page = article((("paragraph", 0, quote),))
    row = match(url="=cmd|'/C calc'!A0")
    given = rows(findings_csv(report(page, finding(page, quote, ("x", "treats", "y"), matches=(row,)))))
    assert len(given) == 1
    assert given[0]["quote"].startswith(cell)
    assert given[0]["sources"].startswith("'=")
    assert given[0]["start"] == "0"
