"""The command line: what is printed, where, and with which exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from claims.types import Report
from pipeline import cli, fetch
from pipeline.checker import Checker
from pipeline.commands.check import exit_code
from pipeline.commands.options import BROKEN_PIPE, DEBUG_VARIABLE
from pipeline.commands.render import by_harm, print_line, render, summary
from pipeline.commands.terminal import clean, escape_controls
from tests.conftest import Nostrum
from tests.factories import failed_report, hostile_report, kratom_report, plain_report
from tests.test_bad_input import HEADER, ROW, write

FLAGGED = "Kratom cures cancer."
HARMLESS = "It is a myth that vaccines cause autism."
NO_CLAIM = "Our shop opens at nine and closes at five."


def show(report: Report, width: int = 100) -> str:
    """Render a report as a terminal without colours would show it."""
    out = Console(file=io.StringIO(), width=width, markup=False, highlight=False, emoji=False)
    for line in render(report, "page.txt"):
        print_line(line, out)
    file = out.file
    assert isinstance(file, io.StringIO)
    return file.getvalue()


@pytest.mark.parametrize(("text", "code"), [(FLAGGED, 1), (HARMLESS, 0), (NO_CLAIM, 0), ("", 2)])
@pytest.mark.parametrize("form", ["text", "json", "jsonl", "csv"])
def test_check_tells_a_script_by_its_exit_code(text: str, code: int, form: str, nostrum: Nostrum) -> None:
    assert nostrum("check", "-", "--format", form, stdin=text.encode()).code == code


@pytest.mark.parametrize(
    ("reports", "code"),
    [
        ([plain_report()], 0),
        ([plain_report(), kratom_report()], 1),
        ([kratom_report(), failed_report()], 2),
        ([], 0),
    ],
)
def test_an_error_outweighs_a_flag(reports: list[Report], code: int) -> None:
    assert exit_code(reports) == code


def test_check_prints_verdict_voice_harm_reason_and_source(nostrum: Nostrum, checker: Checker) -> None:
    ran = nostrum("check", "-", stdin=f"{FLAGGED} {NO_CLAIM}".encode())
    finding = next(f for f in checker.check(FLAGGED).findings if f.flag)
    row = finding.matches[0].evidence
    shown = " ".join(ran.out.split())
    for part in (
        f"“{FLAGGED}”",
        finding.verdict.upper(),
        f"harm {finding.harm}",
        f"voice {finding.claim.voice}",
        finding.because,
        row.source_title,
        row.publisher,
        row.url,
    ):
        assert " ".join(part.split()) in shown
    assert ran.err == ""


def test_the_most_harmful_statement_comes_first_and_its_claims_stay_together() -> None:
    report = kratom_report()
    groups = by_harm([f for f in report.findings if f.flag])
    assert [max(f.harm for f in group) for group in groups] == sorted(
        (max(f.harm for f in group) for group in groups), reverse=True
    )
    assert len({g[0].claim.quote for g in groups}) == len(groups)
    assert sum(map(len, groups)) == sum(f.flag for f in report.findings)
    text = show(report)
    assert text.index("no side effects") < text.index("Because it is natural") < text.index("lift your mood")


def test_what_is_not_flagged_is_counted() -> None:
    assert summary(kratom_report()) == (
        "Not flagged: 2 supported, 3 unverified (1 weak match, 1 no row, 1 too vague), "
        "1 wrong but rejected, or only told of, by the page itself."
    )
    assert summary(plain_report()) == ""
    assert "No health claims found." in show(plain_report())


def test_page_text_is_never_interpreted() -> None:
    text = show(hostile_report(), width=400)
    assert "**bold** ![x](https://evil.example/p.png) :red[x] $x^2$" in text
    assert not {c for c in text if ord(c) < 32 and c != "\n"}
    assert "\u202e" not in text


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("[red]Kratom[/red] cures cancer.", "[red]Kratom[/red] cures cancer."),
        ("Kratom cures cancer [/] now.", "Kratom cures cancer [/] now."),
        ("Kratom cures :skull: cancer.", "Kratom cures :skull: cancer."),
        ("Kratom \x1b[31mcures\x1b[0m cancer.", "Kratom [31mcures [0m cancer."),
        ("Kratom cures \x9b5m\u202ecancer\u202c.", "Kratom cures 5m cancer ."),
        ("Kratom\u2028cures\tcancer.", "Kratom cures cancer."),
    ],
)
def test_a_terminal_is_not_steered_by_a_page(page: str, shown: str) -> None:
    assert clean(page) == shown


def test_json_for_a_terminal_is_the_same_json() -> None:
    value = {"a": "x\x9b\x7f\u202ey", "b": ["\n", "\x1b"]}
    text = json.dumps(value, ensure_ascii=False, indent=2)
    safe = escape_controls(text)
    assert json.loads(safe) == value
    assert not {"\x9b", "\x7f", "\u202e"} & set(safe)


def test_lines_fit_the_terminal_but_links_stay_whole() -> None:
    text = show(kratom_report(), width=50)
    links = [line.strip() for line in text.splitlines() if "https://" in line]
    assert "https://www.fda.example/kratom-warning-letters" in links
    assert all(len(line) <= 50 for line in text.splitlines() if "https://" not in line)
    assert all(line == line.rstrip() for line in text.splitlines())


def test_one_page_is_a_json_object_and_several_are_a_list(tmp_path: Path, nostrum: Nostrum) -> None:
    path = write(tmp_path / "a.txt", FLAGGED.encode())
    one, two = (json.loads(nostrum("check", *paths, "-f", "json").out) for paths in ([path], [path, path]))
    assert isinstance(one, dict)
    assert two == [one, one]
    lines = nostrum("check", path, path, "-f", "jsonl").out.splitlines()
    assert [json.loads(line) for line in lines] == two


def test_json_follows_the_contract(nostrum: Nostrum) -> None:
    report = json.loads(nostrum("check", "-", "-f", "json", stdin=FLAGGED.encode()).out)
    assert list(report) == ["id", "article", "checker", "evidence_digest", "as_of", "error", "claims", "page"]
    claim = report["claims"][0]
    assert FLAGGED[claim["start"] : claim["end"]] == claim["quote"]
    assert claim["evidence"]


def test_csv_has_a_row_for_each_finding_of_all_pages(tmp_path: Path, nostrum: Nostrum) -> None:
    path = write(tmp_path / "a.txt", FLAGGED.encode())
    rows = list(csv.DictReader(io.StringIO(nostrum("check", path, path, "-f", "csv").out, newline="")))
    assert [row["quote"] for row in rows] == [FLAGGED, FLAGGED]


def test_html_is_read_and_its_offsets_hold(tmp_path: Path, nostrum: Nostrum) -> None:
    page = (
        f"<html><head><title>On leaves</title></head><body><article><p>{FLAGGED}</p></article></body></html>"
    )
    report = json.loads(nostrum("check", write(tmp_path / "a.html", page.encode()), "-f", "json").out)
    assert report["article"]["title"] == "On leaves"
    assert report["claims"][0]["quote"] == FLAGGED


def test_a_url_is_fetched(nostrum: Nostrum, monkeypatch: pytest.MonkeyPatch) -> None:
    url = "https://example.org/leaf"

    def fetched(given: str) -> fetch.Fetched:
        return fetch.Fetched(
            url=given,
            final_url=url + "s",
            data=FLAGGED.encode(),
            content_type="text/plain",
            fetched_at="",
            sha256="",
        )

    monkeypatch.setattr(fetch, "fetch", fetched)
    report = json.loads(nostrum("check", url, "-f", "json").out)
    assert report["article"]["url"] == url + "s"
    assert report["claims"][0]["quote"] == FLAGGED


def own_table(folder: Path, finding: str, certainty: str) -> Path:
    row = ROW.replace("own-1,kratom,kratom,treats,opioid-withdrawal", "own-1,kratom,kratom,treats,cancer")
    row = row.replace("insufficient,very_low", f"{finding},{certainty}")
    return write(folder / "own.csv", f"{HEADER}\n{row}\n".encode()).parent


@pytest.mark.parametrize(
    ("options", "rows"), [(["--only-evidence"], {"own-1"}), ([], {"own-1", "kratom-treats-cancer"})]
)
def test_an_own_table_stands_beside_the_shipped_one_or_alone(
    options: list[str], rows: set[str], tmp_path: Path, nostrum: Nostrum
) -> None:
    ran = nostrum(
        "check", "-", "-f", "json", "--evidence", own_table(tmp_path, "refutes", "high"), *options,
        stdin=FLAGGED.encode(),
    )  # fmt: skip
    (claim,) = json.loads(ran.out)["claims"]
    assert rows <= {row["id"] for row in claim["evidence"]}
    assert claim["verdict"] == "contradicted"
    assert options == [] or {row["id"] for row in claim["evidence"]} == rows


def test_an_own_table_alone_needs_one(nostrum: Nostrum) -> None:
    ran = nostrum("check", "-", "--only-evidence", stdin=FLAGGED.encode())
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "--evidence" in ran.err


def test_version(nostrum: Nostrum) -> None:
    ran = nostrum("version")
    assert ran.code == 0
    assert ran.out.startswith("nostrum ")


@pytest.mark.parametrize("args", [["--no-such-option"], ["check"], ["check", "-f", "xml", "-"], ["nonsense"]])
def test_wrong_use_is_told_and_exits_with_2(args: list[str], nostrum: Nostrum) -> None:
    ran = nostrum(*args)
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err


def test_a_fault_of_our_own_is_one_line_and_never_reads_as_flagged(
    nostrum: Nostrum, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> Report:
        raise TypeError("no such\nthing")

    monkeypatch.setattr(Checker, "check", broken)
    ran = nostrum("check", "-", stdin=b"Garlic.")
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert "a fault of Nostrum's own (TypeError: no such thing)" in ran.err
    monkeypatch.setenv(DEBUG_VARIABLE, "1")
    with pytest.raises(TypeError):
        nostrum("check", "-", stdin=b"Garlic.")


def test_a_reader_that_goes_away_is_no_fault(tmp_path: Path) -> None:
    gold = write(tmp_path / "gold.jsonl", b"")
    command = [
        sys.executable,
        "-c",
        "from pipeline.cli import main; main()",
        "evaluate",
        gold,
        "--predicted",
        gold,
    ]
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as closed:
        ran = subprocess.run(
            command, stdout=closed, stderr=subprocess.PIPE, cwd=Path(cli.__file__).parents[1], timeout=60
        )
    assert ran.returncode == BROKEN_PIPE
    assert ran.stderr == b""
