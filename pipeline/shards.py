"""What is kept of each frame, and how all of it becomes the result: JSON lines, or the tables of a data set."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.batch import Form, Job, Scored
from pipeline.dataset import FLAGGED_ONLY, ROWS_PER_GROUP, SCHEMA, arrow_schema, json_line, rows_of, whole

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["drop_empty_ledger", "merge", "rows_in", "shards_of"]

# In lines, the ledger of errors is a file of its own.
_LEDGER = ("page_id", "file", "line", "offset", "url", "reason", "error", "checker")


def shards_of(pages: Sequence[Scored], job: Job) -> dict[str, bytes]:
    """Lay scored pages out as the files of a frame."""
    rows = [rows_of(page, flagged_only=job.flagged_only) for page in pages]
    if job.form == "parquet":
        return {f"{name}.parquet": _parquet([r for row in rows for r in row[name]], name, job) for name in SCHEMA}
    wanted = [p for p in pages if not job.flagged_only or p.report.error or any(f.flag for f in p.report.findings)]
    errors = [{key: r[key] for key in _LEDGER} for row in rows for r in row["errors"]]
    return {
        "pages.jsonl": b"".join(json_line(page, flagged_only=job.flagged_only) for page in wanted),
        "errors.jsonl": b"".join(json.dumps(error).encode() + b"\n" for error in errors),
    }


def _schema(name: str, job: Job) -> pa.Schema:
    schema = arrow_schema(name)
    return schema.with_metadata({FLAGGED_ONLY: b"1"}) if job.flagged_only else schema


def _parquet(rows: Sequence[Mapping[str, Any]], name: str, job: Job) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    file, schema = io.BytesIO(), _schema(name, job)
    pq.write_table(pa.Table.from_pylist(list(rows), schema=schema), file, compression="zstd")
    return file.getvalue()


def outputs(out: Path, form: Form) -> dict[str, Path]:
    """Name the files of a result by the files of a frame that they are made of."""
    if form == "parquet":
        return {f"{name}.parquet": out / f"{name}.parquet" for name in SCHEMA}
    return {"pages.jsonl": out, "errors.jsonl": out.with_name(f"{out.name.removesuffix('.jsonl')}.errors.jsonl")}


def merge(frames: Sequence[Path], out: Path, job: Job) -> None:
    """Join the files of all frames, in their order; each result takes its name only when all are whole."""
    targets = outputs(out, job.form)
    with ExitStack() as stack:
        parts = {name: stack.enter_context(whole(target)) for name, target in targets.items()}
        for name, part in parts.items():
            files = [frame / name for frame in frames]
            if job.form == "parquet":
                _join_tables(files, part, _schema(name.removesuffix(".parquet"), job))
            else:
                _join_lines(files, part)


def _join_lines(files: Iterable[Path], out: Path) -> None:
    with out.open("wb") as joined:
        for file in files:
            with file.open("rb") as shard:
                shutil.copyfileobj(shard, joined)


def _join_tables(files: Iterable[Path], out: Path, schema: pa.Schema) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    with pq.ParquetWriter(out, schema, compression="zstd") as joined:
        for tables in _grouped(pq.read_table(file, schema=schema) for file in files):
            joined.write_table(pa.concat_tables(tables))


def _grouped(tables: Iterable[pa.Table]) -> Iterator[list[pa.Table]]:
    """Put tables together to groups that compress well; no table at all still makes one."""
    held: list[pa.Table] = []
    rows = 0
    for table in tables:
        held.append(table)
        rows += table.num_rows
        if rows >= ROWS_PER_GROUP:
            yield held
            held, rows = [], 0
    if held:
        yield held


def drop_empty_ledger(out: Path, job: Job) -> None:
    """Leave no file of errors beside lines that have none."""
    ledger = outputs(out, job.form).get("errors.jsonl")
    if ledger is not None and not ledger.stat().st_size:
        ledger.unlink()


def rows_in(out: Path, job: Job) -> dict[str, int]:
    """Count the rows of a result by table; of lines, those that stand for all pages or errors."""
    targets = outputs(out, job.form)
    if job.form == "parquet":
        import pyarrow.parquet as pq

        return {name.removesuffix(".parquet"): pq.read_metadata(file).num_rows for name, file in targets.items()}
    lines = {name.removesuffix(".jsonl"): _lines_in(file) for name, file in targets.items()}
    return {"errors": lines["errors"]} if job.flagged_only else lines


def _lines_in(file: Path) -> int:
    with file.open("rb") as lines:
        return sum(part.count(b"\n") for part in iter(lambda: lines.read(1 << 20), b""))
