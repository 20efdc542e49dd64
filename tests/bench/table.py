"""Measure an evidence table of 1,000 and of 10,000 rows side by side: loading, memory, matching a claim.

The rows are made: the shipped concepts in random triples, kinds of finding and source as often as in the shipped
table. The small table is the beginning of the large one, so that both hold the rows that the claims are about;
the large one has ten times the rows on each subject, where a real one would also have more subjects.
Each table is loaded in a process of its own, for its memory; the claims are matched in turn on both.
"""

from __future__ import annotations

import csv
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from claims.concepts import CONDITION_KINDS
from claims.evidence import COLUMNS, EVIDENCE, EvidenceTable, read_evidence
from claims.lexicon import Lexicon
from claims.match import find_matches
from claims.types import Claim

SIZES = (1_000, 10_000)
CLAIMS = 500
ROUNDS = 15
# The contract (issue 4): load of 10,000 rows, and growth of matching from 1,000 to 10,000.
MAX_SECONDS, MAX_MB, MAX_GROWTH = 1.0, 200, 1.5


def main() -> None:
    """Print what two tables cost, side by side."""
    lexicon = Lexicon.load()
    with tempfile.TemporaryDirectory() as folder:
        files = {n: write(Path(folder, f"{n}.csv"), n, lexicon) for n in SIZES}
        loads = {n: load_apart(file) for n, file in files.items()}
        matching = match_in_turn({n: EvidenceTable.load(lexicon, (file,)) for n, file in files.items()})
    print("\nan evidence table of                  " + "".join(f"{n:>12,} rows" for n in SIZES))
    _print("load, s", [loads[n]["wall"] for n in SIZES], f"at most {MAX_SECONDS} for {SIZES[-1]:,}")
    _print("load, s of processor", [loads[n]["processor"] for n in SIZES])
    _print("memory for it, MB", [loads[n]["mb"] for n in SIZES], f"at most {MAX_MB} for {SIZES[-1]:,}")
    growth = matching[SIZES[1]] / matching[SIZES[0]]
    _print("match a claim, µs", [matching[n] for n in SIZES], f"grows {growth:.2f}-fold, at most {MAX_GROWTH}")


def _print(what: str, values: Sequence[float], note: str = "") -> None:
    print(f"  {what:36}" + "".join(f"{value:17.2f}" for value in values) + (f"   ({note})" if note else ""))


def write(file: Path, n: int, lexicon: Lexicon) -> Path:
    """Write a table of made rows; a larger one begins with the rows of a smaller."""
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows(n, lexicon))
    return file


def rows(n: int, lexicon: Lexicon) -> Iterator[dict[str, str]]:
    """Yield shipped rows with other triples of the same concepts."""
    shipped, _ = read_evidence((EVIDENCE,))
    chance = random.Random(0)
    actors = sorted(c for c in lexicon.concepts if lexicon.is_actor(c))
    ills = sorted(c.id for c in lexicon.concepts.values() if c.kind in CONDITION_KINDS)
    relations = ("treats", "prevents", "causes")
    for i in range(n):
        cells = dict(shipped[i % len(shipped)].cells)
        triple = chance.choice(actors), chance.choice(relations), chance.choice(ills)
        yield cells | dict(zip(("subject", "relation", "object"), triple, strict=True)) | {
            "id": f"row-{i}", "population": "", "applies_to": "exact", "status": "current",
        }  # fmt: skip


def claims(table: EvidenceTable, n: int) -> list[Claim]:
    """Make claims about rows of a table, and as many that none is about."""
    chance = random.Random(1)
    made = []
    for i in range(n):
        row, other = chance.choice(table.rows), chance.choice(table.rows)
        obj = row.object if i % 2 else other.object
        made.append(
            Claim(
                start=0, end=1, quote="x", subject=row.subject, subject_id=row.subject, relation=row.relation,
                object=obj, object_id=obj,
            )
        )  # fmt: skip
    return made


def match_in_turn(tables: dict[int, EvidenceTable]) -> dict[int, float]:
    """Match the same claims on each table in turn; give the least microseconds for one claim."""
    asked = claims(tables[SIZES[0]], CLAIMS)
    spent: dict[int, list[float]] = {n: [] for n in tables}
    for _ in range(ROUNDS):
        for n, table in tables.items():
            started = time.process_time()
            for claim in asked:
                find_matches(claim, table)
            spent[n].append((time.process_time() - started) / len(asked) * 1e6)
    return {n: min(values) for n, values in spent.items()}


def load_apart(file: Path) -> dict[str, float]:
    """Load a table in a fresh process whose libraries and concepts are there already."""
    code = f"from tests.bench.table import measure_load; measure_load({str(file)!r})"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(ran.stdout)
    return found


def measure_load(file: str) -> None:
    """Print what loading a table takes: seconds, those of the processor, and the megabytes that it added."""
    import pandera.pandas  # noqa: F401 - as in a running checker

    lexicon = Lexicon.load()
    before = _peak_mb()
    wall, processor = time.perf_counter(), time.process_time()
    EvidenceTable.load(lexicon, (Path(file),))
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    print(json.dumps({"wall": wall, "processor": processor, "mb": _peak_mb() - before}))


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


if __name__ == "__main__":
    main()
