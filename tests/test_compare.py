"""Two runs side by side, and what `top` prints of one."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from claims.types import Finding, Report
from pipeline.batch import Scored
from pipeline.compare import diff
from pipeline.dataset import open_output
from tests.conftest import Nostrum
from tests.factories import article, finding, report

QUOTES = ("Kratom cures cancer.", "Garlic cures colds.", "Ginger eases nausea.")


def a_page(site: str, *said: tuple[int, str]) -> Report:
    """A page of a site that says some of the quotes, each with its verdict."""
    page = replace(article((("paragraph", 0, " ".join(QUOTES)),)), url=f"https://{site}/", site=site, id=site)
    return report(page, *(_finding(page, QUOTES[i], verdict) for i, verdict in said))


def _finding(page: object, quote: str, verdict: str) -> Finding:
    subject, _, obj = quote.rstrip(".").split(" ")
    return finding(page, quote, (subject.lower(), "treats", obj), verdict)  # type: ignore[arg-type]


def save(out: Path, *pages: Report) -> Path:
    with open_output(f"{out}/" if out.suffix == "" else str(out)) as write:
        for i, page in enumerate(pages):
            write(Scored(id=page.article.id, line=i, report=page))
    return out


@pytest.mark.parametrize("form", ["run", "run.jsonl"])
def test_a_diff_lists_what_was_gained_lost_and_judged_otherwise(form: str, tmp_path: Path) -> None:
    before = save(tmp_path / f"1{form}", a_page("a.org", (0, "contradicted"), (1, "unverified")), a_page("b.org"))
    after = save(tmp_path / f"2{form}", a_page("a.org", (0, "contradicted"), (1, "overstated")), a_page("b.org", (2, "supported")))
    assert [(c.kind, c.quote, c.before, c.after, c.was_flagged, c.flag) for c in diff(before, after)] == [
        ("changed", QUOTES[1], "unverified", "overstated", False, True),
        ("gained", QUOTES[2], "", "supported", False, False),
    ]
    assert [(c.kind, c.quote, c.before, c.after) for c in diff(after, before)] == [
        ("changed", QUOTES[1], "overstated", "unverified"),
        ("lost", QUOTES[2], "supported", ""),
    ]
    assert list(diff(before, before)) == []


def test_the_command_lists_and_counts(tmp_path: Path, nostrum: Nostrum) -> None:
    before = save(tmp_path / "1.jsonl", a_page("a.org", (0, "unverified")))
    after = save(tmp_path / "2.jsonl", a_page("a.org", (0, "contradicted"), (1, "supported")))
    ran = nostrum("diff", before, after, "--csv", tmp_path / "diff.csv")
    assert ran.code == 0
    assert "changed: https://a.org/: “Kratom cures cancer.”\n    kratom · treats · cancer: unverified → contradicted" in ran.out
    assert ran.err.strip() == "1 gained, 0 lost, 1 changed; +1 flagged"
    listed = list(csv.DictReader((tmp_path / "diff.csv").open(encoding="utf-8", newline="")))
    assert [row["kind"] for row in listed] == ["changed", "gained"]


def test_the_command_prints_both_lists(tmp_path: Path, nostrum: Nostrum) -> None:
    result = save(tmp_path / "run", a_page("a.org", (0, "contradicted")), a_page("b.org", (0, "contradicted")))
    ran = nostrum("top", result, "--min-decided", 1)
    assert "Most repeated of 1 flagged claims" in ran.out
    assert "    2      2      2  kratom · treats · cancer: contradicted" in ran.out
    assert "100% (21% to 100%)" in ran.out
    assert nostrum("top", tmp_path / "gone").code == 2
