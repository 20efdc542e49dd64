"""`nostrum evidence lint`: print what is wrong or weak in a table."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

from claims.lint import Sheets, lint, read_sheets
from claims.rows import Fault
from pipeline.commands.tables import TableError, Tables
from pipeline.commands.terminal import clean, escape_controls, write_utf8

CLEAN, FAULTY = 0, 1


def run(tables: Tables, as_of: str, form: str, list_warnings: bool) -> int:
    """Lint a table and print its faults; give the exit code."""
    sheets = read_sheets(tables.folders(), tables.concept_table())
    day = given_day(as_of) or sheets.as_of
    found = [shown(fault) for fault in lint(sheets, day) if _is_asked_for(fault, tables)]
    faults = [fault for fault in found if fault.level == "fault"]
    warnings = [fault for fault in found if fault.level == "warning"]
    if form == "json":
        _print_json(faults, warnings, sheets, day)
    else:
        print_faults(faults)
        print_faults(warnings if list_warnings else ())
        _print_totals(faults, warnings, sheets, day, listed=list_warnings)
    return FAULTY if faults else CLEAN


def given_day(text: str) -> str:
    """Check a day given as an option; raise TableError for what is none."""
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise TableError(f"--as-of {text}: this is no day; write it as 2026-11-27") from None


def _is_asked_for(fault: Fault, tables: Tables) -> bool:
    """Tell whether a fault lies in a person's own files, where some were named."""
    own = {*tables.own, *([tables.concepts] if tables.concepts else [])}
    return not own or bool(own & {Path(fault.file), Path(fault.file).parent})


def shown(fault: Fault) -> Fault:
    """Name files from here, where they lie below."""
    here = f"{Path.cwd()}{os.sep}"
    return replace(fault, file=fault.file.removeprefix(here), what=fault.what.replace(here, ""))


def print_faults(faults: Sequence[Fault]) -> None:
    """Print faults, a line each."""
    for fault in faults:
        place = f"{fault.file}:{fault.line}" if fault.line else fault.file
        print(clean(f"{place}: {fault.level}: [{fault.kind}] {fault.what}"))


def _print_json(faults: Sequence[Fault], warnings: Sequence[Fault], sheets: Sheets, day: str) -> None:
    whole = {
        "as_of": day,
        "rows": len(sheets.rows),
        "concepts": len(sheets.lexicon.concepts),
        "faults": [asdict(fault) for fault in faults],
        "warnings": [asdict(fault) for fault in warnings],
    }
    write_utf8(escape_controls(json.dumps(whole, ensure_ascii=False, indent=2)) + "\n")


def _print_totals(
    faults: Sequence[Fault], warnings: Sequence[Fault], sheets: Sheets, day: str, *, listed: bool
) -> None:
    for kind, n in Counter(fault.kind for fault in warnings).most_common():
        print(f"{n:6,} warnings: {kind}")
    hint = "" if listed or not warnings else "; --warnings lists them"
    print(
        f"{len(faults):,} faults, {len(warnings):,} warnings in {len(sheets.rows):,} rows and "
        f"{len(sheets.lexicon.concepts):,} concepts as of {day or 'no day'}{hint}"
    )
