"""Write reports as they come: JSON lines, or a Parquet data set of claims, pages and errors.

Both are written under a name that ends in `.part` until they are whole, and only then take their own.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from pipeline.batch import Scored
from pipeline.export import report_to_dict
from pipeline.read import site_of

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["FLAGGED_ONLY", "SCHEMA", "Write", "arrow_schema", "is_dataset", "json_line", "open_output", "rows_of"]

Write = Callable[[Scored], None]
# Set in the claims file of a run that kept only what is flagged.
FLAGGED_ONLY = b"nostrum.flagged_only"
# Rows held before they are written as one row group: 20 MB of pages, enough for good compression.
ROWS_PER_GROUP = 5_000

# table -> column -> (Arrow type, what it holds). Every file names the versions that made it.
SCHEMA: dict[str, dict[str, tuple[str, str]]] = {
    "claims": {
        "page_id": ("string", "the page's id, as in pages"),
        "id": ("string", "the finding's id; the same in every run while page, quote and triple stay"),
        "start": ("int32", "offset of the statement in pages.text, in characters"),
        "end": ("int32", "offset behind the statement"),
        "quote": ("string", "the statement: pages.text[start:end]"),
        "subject": ("string", "what acts"),
        "subject_id": ("string", "its concept, or empty"),
        "relation": (
            "string",
            "treats, prevents, causes, improves, safe, mechanism, compares, status, statistic, use",
        ),
        "object": ("string", "what is acted on"),
        "object_id": ("string", "its concept or fields, or empty"),
        "polarity": ("string", "affirm or deny"),
        "denies": ("string", "of a denial: effect or evidence"),
        "strength": ("string", "hedged, definite or absolute"),
        "voice": ("string", "own, reported or rejected"),
        "populations": ("strings", "the groups that the statement names, as concepts"),
        "grounded": ("bool", "false where the reading is a guess, which is shown but never decided"),
        "doubtful": ("bool", "true where the reading may be found supported, but is never flagged"),
        "distanced": ("bool", "true where the page only tells of it, asks or weighs it: has its verdict, but no flag"),
        "trust": ("float", "probability, 0 to 1, that it was read right; some rules ask for more of it than others"),
        "verdict": ("string", "supported, overstated, unsupported, contradicted or unverified"),
        "unverified_reason": ("string", "no_row, weak_match, too_vague or conflicting"),
        "flag": ("bool", "a reviewer should look at it"),
        "harm": ("int8", "0 none to 3 could kill, if a reader believed it"),
        "confidence": ("string", "a calibrated band, or not calibrated"),
        "because": ("string", "the reason, in one sentence"),
        "rule": ("string", "the cell of the rule table that decided, or empty"),
        "group": ("string", "the same for the places of a page that make the same claim with the same outcome"),
        "strength_gap": ("string", "what the page says against what the best row backs, or empty"),
        "would_change": ("string", "the one word or slot that decides, or empty"),
        "cues": ("cues", "the rows of the cue table that decided, with their offsets"),
        "evidence": ("evidence", "the rows of the evidence table that speak to it"),
        "checker": ("string", "version of the checker"),
        "evidence_digest": ("string", "version of the evidence table"),
        "as_of": ("string", "the day the table was last checked"),
    },
    "pages": {
        "page_id": ("string", "the id as given, or the line's number"),
        "file": ("string", "the input that it stands in"),
        "line": ("int64", "the how manieth there: line, row, record"),
        "offset": ("int64", "its first byte there: of unpacked lines, of packed WARC; null in tables"),
        "state": (
            "string",
            "checked; no_health_word or no_candidate: nothing to check; twin: see there; else the error's reason",
        ),
        "twin": ("string", "page_id of the near-duplicate under which its claims are listed, or null"),
        "copies": ("int32", "for how many pages it stands, itself among them; 0 for a twin"),
        "url": ("string", "where the page was"),
        "site": ("string", "its host"),
        "title": ("string", "its title"),
        "published": ("string", "its date, as given or as the page says"),
        "text": ("string", "the text that offsets refer to"),
        "claims": ("int32", "claims found"),
        "flagged": ("int32", "claims flagged"),
        "markers": ("markers", "words that a careful reader stops at, with their offsets in text"),
        "omissions": ("omissions", "things praised without their serious harms: findings, and rows by id"),
        "error": ("string", "why it was not checked, or null"),
        "checker": ("string", "version of the checker"),
        "evidence_digest": ("string", "version of the evidence table"),
        "as_of": ("string", "the day the table was last checked"),
    },
    "errors": {
        "page_id": ("string", "the id as given, or the line's number"),
        "file": ("string", "the input that it stands in"),
        "line": ("int64", "the how manieth there: line, row, record"),
        "offset": ("int64", "its first byte there: of unpacked lines, of packed WARC; null in tables"),
        "url": ("string", "where the page was"),
        "reason": ("string", "a slug to count by"),
        "error": ("string", "the reason, in one line"),
        "checker": ("string", "version of the checker"),
    },
}


def is_dataset(out: str) -> bool:
    """Tell a folder for Parquet files from a file of JSON lines."""
    return out.endswith(("/", os.sep)) or Path(out).is_dir()


@contextmanager
def open_output(out: str) -> Iterator[Write]:
    """Open a JSON lines file ("-": standard output) or a data set folder; give what writes a page to it."""
    if is_dataset(out):
        with _open_dataset(Path(out)) as write:
            yield write
    elif out == "-":
        yield _json_writer(sys.stdout.buffer)
    elif Path(out).exists() and not Path(out).is_file():  # a device or a pipe cannot be renamed to
        with Path(out).open("wb") as file:
            yield _json_writer(file)
    else:
        with whole(Path(out)) as part, part.open("wb") as file:
            yield _json_writer(file)


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Lend a name to write under; the file takes its own name when all went well."""
    part = path.with_name(path.name + ".part")
    path.parent.mkdir(parents=True, exist_ok=True)
    yield part
    part.replace(path)


def _json_writer(file: IO[bytes]) -> Write:
    def write(scored: Scored) -> None:
        file.write(json_line(scored))

    return write


def json_line(scored: Scored, *, flagged_only: bool = False) -> bytes:
    """Give a page's line of JSON."""
    report = report_to_dict(scored.report) | {"id": scored.id}
    if flagged_only:
        report["claims"] = [claim for claim in _claims(report) if claim["flag"]]
    if scored.twin is not None:
        report["twin"] = scored.twin
    # Half a character, which UTF-8 cannot hold, becomes its JSON escape.
    return json.dumps(report, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"


def _claims(report: Mapping[str, Any]) -> list[dict[str, Any]]:
    claims: list[dict[str, Any]] = report["claims"]
    return claims


@contextmanager
def _open_dataset(folder: Path) -> Iterator[Write]:
    with ExitStack() as stack:
        tables = {
            name: stack.enter_context(_table(stack.enter_context(whole(folder / f"{name}.parquet")), name))
            for name in SCHEMA
        }

        def write(scored: Scored) -> None:
            for name, rows in rows_of(scored).items():
                for row in rows:
                    tables[name](row)

        yield write


@contextmanager
def _table(path: Path, name: str) -> Iterator[Callable[[Mapping[str, Any]], None]]:
    """Open a Parquet file to which rows are added one by one, and written in groups."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = arrow_schema(name)
    rows: list[Mapping[str, Any]] = []
    with pq.ParquetWriter(path, schema, compression="zstd") as file:

        def add(row: Mapping[str, Any]) -> None:
            rows.append(row)
            if len(rows) >= ROWS_PER_GROUP:
                file.write_table(pa.Table.from_pylist(rows, schema=schema))
                rows.clear()

        yield add
        file.write_table(pa.Table.from_pylist(rows, schema=schema))


def arrow_schema(name: str) -> pa.Schema:
    """Give the Arrow schema of a table of the data set; what a column holds is in its metadata."""
    import pyarrow as pa

    strings = ("id", "how", "via", "finding", "certainty", "summary", "source_title", "publisher", "url", "seen")
    evidence = [(key, pa.string()) for key in strings] + [("year", pa.int16())]
    places = [("start", pa.int32()), ("end", pa.int32())]
    lists = [("benefits", pa.list_(pa.string())), ("harms", pa.list_(pa.string()))]
    types = {
        "string": pa.string(),
        "bool": pa.bool_(),
        "float": pa.float64(),
        "int8": pa.int8(),
        "int32": pa.int32(),
        "int64": pa.int64(),
        "strings": pa.list_(pa.string()),
        "cues": pa.list_(pa.struct([("id", pa.string()), *places])),
        "evidence": pa.list_(pa.struct(evidence)),
        "markers": pa.list_(pa.struct([*((key, pa.string()) for key in ("id", "label", "quote")), *places])),
        "omissions": pa.list_(pa.struct([("subject", pa.string()), ("subject_id", pa.string()), *lists])),
    }
    return pa.schema(
        [pa.field(key, types[kind], metadata={"holds": holds}) for key, (kind, holds) in SCHEMA[name].items()]
    )


def rows_of(scored: Scored, *, flagged_only: bool = False) -> dict[str, list[dict[str, Any]]]:
    """Lay a page out in rows of each table; if asked, with its flagged claims only, and its text only beside those."""
    report = scored.report
    told: dict[str, Any] = report_to_dict(report)
    claims, whole = _claims(told), told["page"]
    flagged = [claim for claim in claims if claim["flag"]]
    versions = {
        "checker": report.checker,
        "evidence_digest": report.evidence_digest,
        "as_of": report.as_of,
    }
    page_id = _storable(str(scored.id))
    page = {
        "page_id": page_id,
        "file": scored.file,
        "line": scored.line,
        "offset": scored.offset,
        "state": scored.state,
        "twin": None if scored.twin is None else str(scored.twin),
        "copies": scored.copies,
        "url": report.article.url,
        "site": report.article.site or site_of(report.article.url),
        "title": report.article.title,
        "published": report.article.published,
        "text": report.article.text if flagged or not flagged_only else "",
        "claims": len(claims),
        "flagged": len(flagged),
        "markers": whole["markers"],
        "omissions": [o | {"harms": [row["id"] for row in o["harms"]]} for o in whole["omissions"]],
        "error": report.error,
        "reason": scored.state,
    } | versions
    page = {key: _storable(value) for key, value in page.items()}
    return {
        "claims": [{"page_id": page_id} | claim | versions for claim in (flagged if flagged_only else claims)],
        "pages": [page],
        "errors": [page] if report.error else [],
    }


def _storable(value: Any) -> Any:
    """Replace half a character, which no file can store; an article's text has none."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
