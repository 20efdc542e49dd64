"""`nostrum evaluate`: check gold passages, or take reports that are there, and print the measures."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from models.evaluate import FlagError, Scores, score
from models.risk import risk_coverage
from pipeline.commands.tables import Tables
from pipeline.commands.terminal import clean

Row = dict[str, Any]
_PASSAGE = ("id", "text", "page_type", "statements")
_CLAIM = ("relation", "subject", "object", "polarity", "strength", "voice", "verdict", "flag", "harm")


class GoldError(ValueError):
    """A file of passages or reports that cannot be scored; the message is one line."""


def run(gold: Path, predicted: Path | None, *, as_json: bool, errors: int, tables: Tables) -> int:
    """Score reports against gold passages and print the measures; give the exit code."""
    passages = read_rows(gold)
    for number, passage in passages:
        _check_passage(passage, f"{gold}:{number}")
    pages = [passage for _, passage in passages]
    reports = list(_predicted(predicted) if predicted else reports_on(pages, tables))
    try:
        scores, wrong = score(pages, reports)
        scores["risk_coverage"] = risk_coverage(pages, reports)
    except ValueError as err:
        raise GoldError(f"{gold}: {err}") from None
    print_scores(scores, wrong[:errors], as_json=as_json)
    return 0


def read_rows(path: Path) -> list[tuple[int, Row]]:
    """Read JSON lines with their numbers; raise GoldError with the line that is none."""
    out = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as err:
        what = getattr(err, "strerror", None) or str(err)
        raise GoldError(f"{path}: the file cannot be read ({what})") from None
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as err:
            raise GoldError(f"{path}:{number}: this is no JSON ({err})") from None
        if not isinstance(row, dict) or "id" not in row:
            raise GoldError(f'{path}:{number}: this is no object with an "id"')
        out.append((number, row))
    return out


def reports_on(passages: Sequence[Row], tables: Tables) -> Iterator[Mapping[str, Any]]:
    """Check passages as `nostrum batch` would."""
    from pipeline.batch import score_entry
    from pipeline.entries import Entry
    from pipeline.export import report_to_dict

    checker = tables.checker()
    for line, p in enumerate(passages, start=1):
        entry = Entry(id=p["id"], line=line, text=p["text"], url=p.get("url", ""), title=p.get("title", ""))
        yield report_to_dict(score_entry(entry, checker).report) | {"id": p["id"]}


def _check_passage(passage: Row, where: str) -> None:
    missing = [key for key in _PASSAGE if key not in passage]
    for statement in passage.get("statements", ()):
        missing += [key for key in ("quote", "claims") if key not in statement]
        for claim in statement.get("claims", ()):
            missing += [key for key in _CLAIM if key not in claim]
    if missing:
        raise GoldError(f"{where}: this gold passage lacks {', '.join(sorted(set(missing)))}")


def _predicted(path: Path) -> Iterator[Row]:
    for number, report in read_rows(path):
        claims = report.get("claims", [])
        if not all(isinstance(c, dict) and {"start", "end"} <= c.keys() for c in claims):
            raise GoldError(f"{path}:{number}: a claim lacks start or end")
        yield report


def print_scores(scores: Scores, errors: Sequence[FlagError], *, as_json: bool) -> None:
    """Print the measures, and flags that were missed or wrong."""
    if as_json:
        print(json.dumps(scores))
        return
    from pipeline.commands.screen import Screen

    out = Screen()
    for line in lay_out(scores):
        out.print(line, soft_wrap=True)
    for error in errors:
        out.print(" | ".join(clean(part) for part in error), soft_wrap=True)


def lay_out(scores: Scores) -> Iterator[str]:
    """Give the measures as lines to read."""
    for name, value in scores.items():
        title = name.replace("_", " ")
        if name == "risk_coverage":
            yield from _curve(value)
        elif not isinstance(value, dict):
            yield f"{title:26} {value}"
        elif "precision" in value:
            yield f"{title:26} {_f1(value)}"
        else:
            yield title
            yield from (f"    {key:22} {_f1(v) if isinstance(v, dict) else v}" for key, v in value.items())


def _curve(points: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Lay the curve out as a table; one line where reports name no confidence."""
    if not points:
        yield f"{'risk coverage':26} none: the reports name no confidence"
        return
    yield "risk coverage              decided so far, of checkable claims, of them fallen"
    for p in points:
        where = f"down to {p['down_to']}"
        risk, coverage = ("–" if p[key] is None else f"{p[key]:.1%}" for key in ("risk", "coverage"))
        yield f"    {where:22} {p['findings']:14} {coverage:>20} {risk:>15}"


def _f1(v: Mapping[str, float]) -> str:
    return (
        f"precision {v['precision']:.4f}  recall {v['recall']:.4f}  F1 {v['f1']:.4f}"
        f"  ({v['tp']} right of {v['predicted']} predicted, {v['gold']} gold)"
    )
