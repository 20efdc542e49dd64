"""`nostrum evidence gaps, add, import`: find rows that are wanted, and add rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from claims.evidence import COLUMNS, EVIDENCE
from claims.gaps import Gap, draft_rows, gather, slug
from claims.lint import Sheets, lint
from claims.rows import Fault, Row, append_rows, csv_line, read_json_rows, read_rows
from pipeline.commands.lint import CLEAN, FAULTY, print_faults, shown
from pipeline.commands.look import open_sheets, print_json
from pipeline.commands.screen import Screen
from pipeline.commands.tables import Tables
from pipeline.commands.terminal import clean
from pipeline.curation import open_claims
from pipeline.results import read_results


def list_gaps(results: Sequence[Path], tables: Tables, *, out: Path | None, limit: int, form: str) -> int:
    """Print what no row settles, and write it all as draft rows."""
    table, left_out = tables.evidence(), Counter[str]()
    pages = chain.from_iterable(read_results(path) for path in results)
    found = gather(open_claims(pages, table, left_out), table.lexicon)
    if out is not None:
        _write_drafts(draft_rows(found, open_sheets(tables).rows, table.lexicon), out)
    if form == "json":
        print_json([_as_dict(gap) for gap in found[:limit]])
    else:
        _print_gaps(found, limit)
    claims = sum(gap.claims for gap in found)
    others = "".join(f", {n:,} {why}" for why, n in left_out.most_common())
    Screen(stderr=True).print(
        f"{len(found):,} gaps in {claims:,} claims ({sum(gap.known for gap in found):,} of known concepts); "
        f"left out{others or ' none'}".replace("left out, ", "left out: "),
        soft_wrap=True,
    )
    return CLEAN


def _write_drafts(rows: Sequence[Mapping[str, str]], out: Path) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    lines = [csv_line(COLUMNS), *(csv_line([row[column] for column in COLUMNS]) for row in rows)]
    out.write_text("".join(lines), encoding="utf-8", newline="")


def _as_dict(gap: Gap) -> dict[str, object]:
    return {
        "subject": gap.subject,
        "relation": gap.relation,
        "object": gap.object,
        "known": gap.known,
        "claims": gap.claims,
        "pages": sorted(gap.pages),
        "examples": gap.examples,
    }


def _print_gaps(gaps: Sequence[Gap], limit: int) -> None:
    for gap in gaps[:limit]:
        triple = " | ".join((gap.subject, gap.relation, gap.object))
        mark = "" if gap.known else "  (no such concept yet)"
        print(clean(f"{gap.claims:5,} claims {len(gap.pages):5,} pages   {triple}{mark}"))
        print(clean(f"      e.g. “{gap.examples[0]}”"))


def add(tables: Tables) -> int:
    """Ask for a row and add it as a draft."""
    from pipeline.commands.ask import ask_row

    sheets = open_sheets(tables, begun_only=True)
    return _add([Row(file="this row", line=0, cells=ask_row(sheets))], sheets, tables)


def import_file(file: Path, tables: Tables) -> int:
    """Add the rows of a file, or none where one has a fault."""
    read = read_json_rows if file.suffix in {".jsonl", ".json"} else read_rows
    rows, faults = read(file, COLUMNS)
    if faults:
        print_faults([shown(fault) for fault in faults])
        return FAULTY
    return _add(rows, open_sheets(tables, begun_only=True), tables)


def _add(rows: Sequence[Row], sheets: Sheets, tables: Tables) -> int:
    found = [shown(fault) for fault in new_faults(rows, sheets)]
    print_faults(found)
    if any(fault.level == "fault" for fault in found):
        print("nothing was added")
        return FAULTY
    places = _places(rows, sheets, tables.own[-1] if tables.own else EVIDENCE)
    append_rows(COLUMNS, places)
    for place, cells in places.items():
        print(clean(f"{len(cells):,} rows added to {place}"))
    return CLEAN


def new_faults(rows: Sequence[Row], sheets: Sheets) -> list[Fault]:
    """Lint rows as if they stood at the end of a table."""
    files = {row.file for row in rows}
    whole = replace(sheets, rows=[*sheets.rows, *rows])
    return [fault for fault in lint(whole, sheets.as_of) if fault.file in files and fault.kind != "unread"]


def _places(rows: Sequence[Row], sheets: Sheets, home: Path) -> dict[Path, list[Mapping[str, str]]]:
    """Name the file of each row in a folder: where its topic or its subject has most rows, else a new one."""
    places: dict[Path, list[Mapping[str, str]]] = defaultdict(list)
    for row in rows:
        places[home if home.suffix == ".csv" else _file(row, sheets, home)].append(row.cells)
    return places


def _file(row: Row, sheets: Sheets, home: Path) -> Path:
    there = [held for held in sheets.rows if Path(held.file).parent == home]
    for column in ("topic", "subject"):
        files = Counter(held.file for held in there if held.cells[column] == row.cells[column])
        if files:
            return Path(files.most_common(1)[0][0])
    return home / f"{slug(row.cells['topic']) or 'rows'}.csv"
