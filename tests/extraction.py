"""Rows of tests/cases: what a text says, and whether a report says the same; run it to move the gaps that closed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from claims.types import Claim, Finding
from pipeline.checker import Checker
from pipeline.read import read_html, read_text

CASES = Path(__file__).parent / "cases"
HOLD, OPEN = "extraction.jsonl", "known-gaps.jsonl"
PAGE = "<html><body><article>{}</article></body></html>"
Case = dict[str, Any]


def cases(name: str) -> list[Case]:
    """Read the rows of a file."""
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def findings(checker: Checker, case: Mapping[str, Any]) -> Sequence[Finding]:
    """Check a row's text or page, under its title if it has one."""
    article = read_html(PAGE.format(case["html"])) if "html" in case else read_text(case["text"])
    report = checker.check(replace(article, title=case.get("title", "")))
    assert report.error is None
    return report.findings


def meets(claim: Claim, want: Mapping[str, Any]) -> bool:
    """Tell whether a claim has the wanted slots.

    Things go by concept id or words, where "*" stands for any text; a list is any of its values.
    """
    return all(
        any(fnmatchcase(held, value) for held in _held(claim, slot) for value in values(wanted))
        for slot, wanted in want.items()
    )


def _held(claim: Claim, slot: str) -> Sequence[str]:
    if slot == "populations":
        return claim.populations
    return [str(getattr(claim, slot)), str(getattr(claim, f"{slot}_id", ""))]


def values(wanted: str | Sequence[str]) -> Sequence[str]:
    """List the values of a slot of a row."""
    return [wanted] if isinstance(wanted, str) else wanted


def missing(claims: Iterable[Claim], wants: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """List what is wanted and not claimed; one claim meets one want."""
    free = list(claims)
    lost = []
    for want in wants:
        hit = next((c for c in free if meets(c, want)), None)
        if hit is None:
            lost.append(want)
        else:
            free.remove(hit)
    return lost


def faults(checker: Checker, case: Mapping[str, Any]) -> list[str]:
    """Say how a text is read otherwise than its row wants; [] where it is read right."""
    claims = [f.claim for f in findings(checker, case)]
    sure = [c for c in claims if c.is_sure]
    banned = case.get("never", () if case["want"] else [{}])
    lost = missing(claims, case["want"])
    return [
        *(f"lost {want} among {[shown(c) for c in claims]}" for want in lost),
        *(f"should not claim: {shown(c)}" for c in sure if any(meets(c, ban) for ban in banned)),
    ]


def shown(c: Claim) -> str:
    """Show a claim's slots in a line."""
    things = f"{c.subject_id or c.subject!r} {c.relation} {c.object_id or c.object!r}"
    return f"{things} {c.polarity} {c.denies or ''} {c.strength} {c.voice}{'' if c.is_sure else ' unsure'}"


def move_closed(checker: Checker, folder: Path = CASES) -> int:
    """Move the known gaps that closed to the rows that hold; give their number."""
    lines = (folder / OPEN).read_text(encoding="utf-8").splitlines(keepends=True)
    closed = [line for line in lines if line.strip() and not faults(checker, json.loads(line))]
    with (folder / HOLD).open("a", encoding="utf-8") as hold:
        hold.writelines(closed)
    (folder / OPEN).write_text("".join(line for line in lines if line not in closed), encoding="utf-8")
    return len(closed)


if __name__ == "__main__":
    print(f"{move_closed(Checker.default())} known gaps closed and were moved to {HOLD}")
