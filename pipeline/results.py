"""Read what a past batch wrote, JSON lines or a Parquet data set, back as pages with their claims."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any

from claims.types import Article, Claim, Cue, Marker

__all__ = ["ResultsError", "StoredPage", "claim_of", "read_results"]

_BATCH_ROWS = 2_000


class ResultsError(ValueError):
    """Results that cannot be read; the message is one line: file, line, what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPage:
    """A page of a past run. `article` has its text only where the run kept it: in a data set."""

    where: str
    id: str | int
    line: int
    article: Article
    checker: str
    evidence_digest: str
    as_of: str
    error: str | None
    claims: Sequence[Mapping[str, Any]]
    markers: Sequence[Marker] = ()
    omissions: Sequence[Mapping[str, Any]] = ()
    state: str = ""
    file: str = ""
    offset: int | None = None
    twin: str | int | None = None
    copies: int = 1


def read_results(path: Path) -> Iterator[StoredPage]:
    """Yield the pages of a past run in their order; a folder is a data set, a file JSON lines (.gz too)."""
    return _read_dataset(path) if path.is_dir() else _read_jsonl(path)


def claim_of(stored: Mapping[str, Any], where: str) -> Claim:
    """Rebuild a claim; what versions before the fields did not write has their defaults."""
    try:
        plain = {name: stored[name] for name in _CLAIM}
        cues = tuple(Cue(id=c["id"], start=c["start"], end=c["end"]) for c in stored["cues"] or ())
        populations = tuple(stored.get("populations") or ())
        read = {name: stored.get(name, default) for name, default in _READ.items()}
        return Claim(**plain, cues=cues, populations=populations, **read)
    except (KeyError, TypeError, AttributeError) as err:
        raise ResultsError(f"{where}: this is no claim that a batch wrote ({err!r})") from None


_CLAIM = (
    "start", "end", "quote", "subject", "subject_id", "relation", "object", "object_id",
    "polarity", "denies", "strength", "voice",
)  # fmt: skip

_READ = {"grounded": True, "doubtful": False, "distanced": False, "trust": 1.0}


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        yield file  # type: ignore[misc]


def _read_jsonl(path: Path) -> Iterator[StoredPage]:
    try:
        with _opened(path) as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield _page(line, number, f"{path}:{number}")
    except (OSError, EOFError) as err:
        why = getattr(err, "strerror", None) or str(err)
        raise ResultsError(f"{path}: the results cannot be read ({why})") from None


def _page(line: bytes, number: int, where: str) -> StoredPage:
    try:
        page = json.loads(line)
        article = page["article"]
        return StoredPage(
            where=where,
            id=page["id"],
            line=number,
            article=Article(id=str(page["id"]), text="", **{key: article[key] for key in _ARTICLE}),
            checker=page["checker"],
            evidence_digest=page["evidence_digest"],
            as_of=page.get("as_of") or "",
            error=page["error"],
            claims=page["claims"],
            **_whole(page.get("page") or {}),
            twin=page.get("twin"),
        )
    except (ValueError, KeyError, TypeError, RecursionError) as err:
        raise ResultsError(f"{where}: this is no line that a batch wrote ({err!r})") from None


def _whole(page: Mapping[str, Any]) -> dict[str, Any]:
    """Read what was seen of a page as a whole; versions before wrote none."""
    markers = tuple(Marker(**{key: m[key] for key in _MARKER}) for m in page.get("markers") or ())
    return {"markers": markers, "omissions": tuple(page.get("omissions") or ())}


_MARKER = ("id", "label", "start", "end", "quote")
_ARTICLE = ("url", "title", "site", "published")


def _read_dataset(folder: Path) -> Iterator[StoredPage]:
    """Join claims to pages by their order: both tables are in that of the pages."""
    claims = _table(folder / "claims.parquet")
    reasons = {(row["page_id"], row["line"]): row["reason"] for row in _table(folder / "errors.parquet")}
    kept = "flagged" if _is_flagged_only(folder / "claims.parquet") else "claims"
    for row in _table(folder / "pages.parquet"):
        where = f"{folder}: page {row.get('page_id')!r}"
        try:
            state = row.get("state") or reasons.get((row["page_id"], row["line"]), "checked")
            yield _stored(row, list(islice(claims, row[kept])), row[kept], state, where)
        except (KeyError, TypeError, ValueError) as err:
            raise ResultsError(f"{where}: this is no data set that a batch wrote ({err!r})") from None


def _stored(
    row: Mapping[str, Any], claims: Sequence[Mapping[str, Any]], expected: int, state: str, where: str
) -> StoredPage:
    if len(claims) != expected or any(claim["page_id"] != row["page_id"] for claim in claims):
        raise ValueError("its claims are not where the pages say")
    return StoredPage(
        where=where,
        id=row["page_id"],
        line=row["line"],
        article=Article(id=row["page_id"], text=row["text"], **{key: row[key] for key in _ARTICLE}),
        checker=row["checker"],
        evidence_digest=row["evidence_digest"],
        as_of=row.get("as_of") or "",
        error=row["error"],
        claims=claims,
        **_whole(row),
        state=state,
        file=row.get("file") or "",
        offset=row.get("offset"),
        twin=row.get("twin"),
        copies=1 if row.get("copies") is None else row["copies"],
    )


def _is_flagged_only(file: Path) -> bool:
    import pyarrow.parquet as pq

    from pipeline.dataset import FLAGGED_ONLY

    try:
        return FLAGGED_ONLY in (pq.read_schema(file).metadata or {})
    except (OSError, ValueError):
        return False  # the reader of the table says what is wrong


def _table(file: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a Parquet file, a few held at a time."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(file) as table:
            for batch in table.iter_batches(batch_size=_BATCH_ROWS):
                yield from batch.to_pylist()
    except (OSError, pa.ArrowException) as err:
        why = getattr(err, "strerror", None) or str(err).splitlines()[0]
        raise ResultsError(f"{file}: the results cannot be read ({why})") from None
