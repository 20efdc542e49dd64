"""Near-duplicates: pages that say the same are checked once, and the others are listed under that one.

Which page stands for its twins depends on what the pages say and on their ids, never on their order or on who
read them: so it is decided once, when all pages have been looked at.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import rensa

from claims.lexicon import fold
from claims.types import digest
from pipeline.entries import Entry, opened
from pipeline.limits import ReadError, check_html
from pipeline.read import read_text

if TYPE_CHECKING:
    from pipeline.gates import Gates

__all__ = ["TWIN", "Look", "Twins", "find_twins", "look_at", "read_looks", "write_looks"]

TWIN = "twin"
# Pages as alike as this (of their runs of four words) are twins: two thousand words of which forty in one place are
# others have 0.96, an article and its rewrite 0.3 and less.
MIN_ALIKE = 0.9
RUN_WORDS = 4
# Below this many runs one word weighs too much: "does" or "does not" makes another page. Such are twins only if equal.
MIN_RUNS = 60
# 96 hashes estimate the share to 0.03. Bands of six find 0.9 with 0.9999, and 0.5 with 0.2 (then MIN_ALIKE refuses).
HASHES, BAND = 96, 6
SEED = 1
# Makes one number of a band's hashes; any large odd numbers would do.
_MIX = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xFF51AFD7ED558CCD,
                 0xC4CEB9FE1A85EC53], dtype=np.uint64)  # fmt: skip
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a first look at a page found: a fault, why it need not be read (a slug), or what it says as hashes."""

    fault: ReadError | None = None
    settled: str = ""
    content: str = ""
    hashes: bytes = b""


def look_at(entry: Entry, gates: Gates | None) -> Look:
    """Look at a page: through the cheap gates, if there are any, and for what it says."""
    from pipeline.webpage import main_text

    try:
        if entry.fault:
            raise entry.fault
        entry = opened(entry)
        if entry.data is not None:  # PDF and DOCX: equal bytes, or no twins
            return Look(content=digest("bytes", entry.data.hex()))
        if entry.html is None:
            text = read_text(entry.text or "").text
        else:
            settled = gates.settle(entry.html) if gates else ""
            if settled:
                return Look(settled=settled)
            check_html(entry.html)
            text = main_text(entry.html)
        return look_at_text(text)
    except ReadError as err:
        return Look(fault=err)
    except MemoryError:
        return Look(fault=ReadError("memory", "looking at it took too much memory"))
    except Exception as err:  # noqa: BLE001 - the outermost loop: no page kills a run
        return Look(fault=ReadError("crashed", f"reading it failed ({type(err).__name__}); please report the page"))


def look_at_text(text: str) -> Look:
    """Hash what a text says: its words, whatever stands between them."""
    words = _WORD.findall(fold(text))
    if not words:
        return Look()
    runs = {" ".join(words[i : i + RUN_WORDS]) for i in range(len(words) - RUN_WORDS + 1)}
    content = digest("words", " ".join(words))
    if len(runs) < MIN_RUNS:
        return Look(content=content)
    hashes = rensa.RMinHash(num_perm=HASHES, seed=SEED)
    hashes.update(sorted(runs))
    return Look(content=content, hashes=np.array(hashes.digest(), dtype="<u4").tobytes())


def write_looks(looks: Iterable[Look]) -> bytes:
    """Write looks as JSON lines."""
    return b"".join(json.dumps(_as_dict(look)).encode() + b"\n" for look in looks)


def _as_dict(look: Look) -> dict[str, Any]:
    fault = look.fault and (look.fault.reason, look.fault.what, look.fault.where)
    return {"fault": fault, "settled": look.settled, "content": look.content, "hashes": look.hashes.hex()}


def read_looks(data: bytes) -> Iterator[Look]:
    """Read what `write_looks` wrote."""
    for line in data.splitlines():
        held = json.loads(line)
        fault = ReadError(*held["fault"]) if held["fault"] else None
        yield Look(fault=fault, settled=held["settled"], content=held["content"], hashes=bytes.fromhex(held["hashes"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Twins:
    """Page number -> id of the page that it is listed under, and page number -> for how many pages it stands."""

    of: Mapping[int, str | int]
    copies: Mapping[int, int]


def find_twins(pages: Iterable[tuple[int, str | int, Look]]) -> Twins:
    """Find the twins among pages, each given with its number, its id and its look.

    In the order of what they say, a page joins the first earlier one that it is alike to, or stands for itself.
    """
    there = sorted((look.content, str(id), number, id, look.hashes) for number, id, look in pages if look.content)
    leaders: dict[str, int] = {}
    buckets: dict[tuple[int, int], list[int]] = defaultdict(list)
    of: dict[int, str | int] = {}
    copies: Counter[int] = Counter()
    for i, ((content, _, number, _, own), bands) in enumerate(zip(there, _shared_bands(there), strict=True)):
        leader = leaders.get(content)
        if leader is None:
            near = dict.fromkeys(other for band in bands for other in buckets.get(band, ()))
            leader = next((other for other in near if _alike(own, there[other][4]) >= MIN_ALIKE), None)
        if leader is None:
            leaders[content] = i
            for band in bands:
                buckets[band].append(i)
        else:
            of[number] = there[leader][3]
            copies[there[leader][2]] += 1
    return Twins(of=of, copies={number: n + 1 for number, n in copies.items()})


def _shared_bands(pages: Sequence[tuple[str, str, int, str | int, bytes]]) -> list[list[tuple[int, int]]]:
    """Give each page's bands of hashes that another page has too: of most pages there are none."""
    hashed = [i for i, page in enumerate(pages) if page[4]]
    out: list[list[tuple[int, int]]] = [[] for _ in pages]
    if hashed:
        hashes = np.frombuffer(b"".join(pages[i][4] for i in hashed), dtype="<u4").reshape(len(hashed), HASHES)
        for at in range(0, HASHES, BAND):
            keys = (hashes[:, at : at + BAND].astype(np.uint64) * _MIX).sum(axis=1, dtype=np.uint64)
            _, place, n = np.unique(keys, return_inverse=True, return_counts=True)
            for k in np.flatnonzero(n[place] > 1):
                out[hashed[k]].append((at, int(keys[k])))
    return out


def _alike(a: bytes, b: bytes) -> float:
    """Estimate which share of the runs of two pages is in both."""
    return float((np.frombuffer(a, dtype="<u4") == np.frombuffer(b, dtype="<u4")).mean()) if a and b else 0.0
