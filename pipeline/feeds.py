"""From names to pages: folders, globs, files of every kind, standard input; limited or sampled if asked.

The order is that of the names as given; inside a folder or glob that of the paths.
"""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import IO, Literal, cast

from claims.types import digest
from pipeline.entries import Entry
from pipeline.limits import ReadError
from pipeline.read import load
from pipeline.sources import STDIN
from pipeline.tabular import Columns, read_csv, read_lines, read_parquet, unpacked
from pipeline.warc import read_warc

__all__ = ["Feed", "fingerprint", "inputs_of", "read_feed"]

Kind = Literal["lines", "csv", "parquet", "warc", "page", "other"]

_KINDS: dict[str, Kind] = {
    ".jsonl": "lines", ".ndjson": "lines", ".json": "lines",
    ".csv": "csv",
    ".parquet": "parquet",
    ".warc": "warc", ".wet": "warc",
    ".html": "page", ".htm": "page", ".xhtml": "page", ".txt": "page", ".md": "page", ".markdown": "page",
    ".pdf": "page", ".docx": "page",
}  # fmt: skip
# What is looked at to tell an archive from JSON lines on standard input.
_HEAD_BYTES = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """Where a batch's pages come from. `sample` keeps that share of the pages, the same ones in any order."""

    names: Sequence[str]
    columns: Columns = field(default_factory=dict)
    limit: int | None = None
    sample: float | None = None


def inputs_of(names: Iterable[str]) -> list[str]:
    """Resolve folders and globs to files, in order; raise ReadError for a name that stands for none."""
    return [path for name in names for path in _resolve(name)]


def _resolve(name: str) -> list[str]:
    path = Path(name)
    if name == STDIN:
        return [name]
    if path.is_dir():
        found = sorted(p for p in path.rglob("*") if p.is_file() and not _is_hidden(p.relative_to(path)))
        if not found:
            raise ReadError("missing", "the folder holds no files", name)
        return [str(p) for p in found]
    if path.exists():
        return [name]
    if any(c in name for c in "*?["):
        root = Path(path.anchor or ".")
        found = sorted(p for p in root.glob(str(path.relative_to(root) if path.anchor else path)) if p.is_file())
        if found:
            return [str(p) for p in found]
        raise ReadError("missing", "no file matches", name)
    raise ReadError("missing", "there is no such file; check the path", name)


def _is_hidden(path: Path) -> bool:
    return any(part.startswith((".", "_")) for part in path.parts)


def fingerprint(files: Sequence[str]) -> str:
    """Digest which files there are, of what size and date: the same as long as nobody changed them."""
    parts = []
    for name in files:
        stat = None if name == STDIN else Path(name).stat()
        parts.append(f"{name} {stat.st_size} {stat.st_mtime_ns}" if stat else name)
    return digest("inputs", *parts)


def size_of(files: Sequence[str]) -> int:
    """Give the bytes of all files together; 0 where that is not known, or says little: packed lines."""
    paths = [Path(name) for name in files]
    known = all(p.is_file() and _is_measured(p) for p in paths) and STDIN not in files
    return sum(p.stat().st_size for p in paths) if known else 0


def _is_measured(path: Path) -> bool:
    return path.suffix != ".gz" or kind_of(path.name) in ("warc", "page")


def kind_of(name: str) -> Kind:
    """Tell how a file is read, by its name."""
    path = Path(name.lower().removesuffix(".gz"))
    return _KINDS.get(path.suffix, "other")


def read_feed(feed: Feed, files: Sequence[str]) -> Iterator[Entry]:
    """Read the pages of all files; what cannot be read is an entry with its fault, and the next one follows."""
    pages = _entries(files, feed)
    if feed.sample is not None:
        pages = (e for e in pages if _share(e) < feed.sample)
    return islice(pages, feed.limit)


def _share(entry: Entry) -> float:
    """Give a page's place between 0 and 1, by its id alone."""
    return int(digest("sample", str(entry.id)), 16) / 2**64


def _entries(files: Sequence[str], feed: Feed) -> Iterator[Entry]:
    before = 0
    for name in files:
        last = 0
        try:
            for entry in _read(name, feed.columns, alone=len(files) == 1):
                last = entry.line
                yield replace(entry, file=name, bytes_read=before + entry.bytes_read)
        except ReadError as err:
            yield Entry(id=f"{name}:{last + 1}", line=last + 1, file=name, fault=err, bytes_read=before)
        before += 0 if name == STDIN else Path(name).stat().st_size


def _read(name: str, columns: Columns, *, alone: bool) -> Iterator[Entry]:
    kind = kind_of(name)
    if name == STDIN:
        stdin = sys.stdin.buffer
        peekable = stdin if hasattr(stdin, "peek") else io.BufferedReader(cast("io.RawIOBase", stdin))
        yield from _read_stream(peekable, "standard input", columns)
    elif kind == "page":
        yield _page(name)
    elif kind == "parquet":
        yield from read_parquet(Path(name), columns)
    elif kind == "other" and not alone:
        raise ReadError("not_html", "no kind of file that holds pages", name)
    else:
        yield from _read_open(name, kind, columns)


def _read_open(name: str, kind: Kind, columns: Columns) -> Iterator[Entry]:
    try:
        with Path(name).open("rb") as file:  # once only: a pipe cannot be opened again
            if kind == "warc":
                yield from read_warc(file, name)
            elif kind == "csv":
                yield from read_csv(unpacked(file), name, columns)
            elif kind == "lines":
                yield from read_lines(unpacked(file), columns)
            else:
                yield from _read_stream(file, name, columns)
    except (OSError, EOFError, zlib.error) as err:
        what = getattr(err, "strerror", None) or str(err) or type(err).__name__
        raise ReadError("unreadable", f"the file cannot be read ({what})", name) from err


def _read_stream(file: IO[bytes], name: str, columns: Columns) -> Iterator[Entry]:
    """Read a stream without a name that tells: a web archive by its first bytes, else JSON lines."""
    head = cast("gzip.GzipFile", file).peek(_HEAD_BYTES)[:_HEAD_BYTES]
    if head.startswith(b"\x1f\x8b"):
        head = zlib.decompressobj(wbits=31).decompress(head, _HEAD_BYTES)
    if head.startswith(b"WARC/"):
        yield from read_warc(file, name)
    else:
        yield from read_lines(unpacked(file), columns)


def _page(name: str) -> Entry:
    path = Path(name)
    try:
        return Entry(id=path.as_posix(), line=1, name=name, data=load(path), offset=0)
    except ReadError as err:
        return Entry(id=path.as_posix(), line=1, offset=0, fault=err)
