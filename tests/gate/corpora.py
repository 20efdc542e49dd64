"""What the gate measures on: the labelled passages, read by models that never saw their topic, and more at hand."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from models.evaluate import Scores, score
from models.train import LABELLED, leave_topics_out, load_labelled
from pipeline.batch import score_entry
from pipeline.checker import Checker
from pipeline.entries import Entry
from pipeline.export import report_to_dict

EXTRA = os.environ.get("NOSTRUM_EXTRA_DATA", "")
EXTRA_FILES = ("gold/seeds.jsonl", "gold/own-*.jsonl", "gold/real-dev.jsonl")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A corpus with the reports on it and their scores; `digests` names the files that it was read from."""

    name: str
    digests: dict[str, str]
    passages: Sequence[Row]
    reports: Sequence[Row]
    scores: Scores


def measure() -> Iterator[Measured]:
    """Measure every corpus that is here, the labelled one first."""
    files = sorted(LABELLED.glob("*.jsonl"))
    passages = [row for file in files for row in read(file)]
    yield _measured("labelled", files, passages, _unseen(passages, files))
    checker, labelled = Checker.default(), {file.read_bytes() for file in files}
    for file in extra_files():
        if file.read_bytes() in labelled:  # trained on, and measured above by models that were not
            continue
        passages = read(file)
        yield _measured(file.stem, [file], passages, [report_on(p, checker) for p in passages])


def extra_files() -> list[Path]:
    """List the gold files that are no part of the project, where they are at hand."""
    return [file for pattern in EXTRA_FILES for file in sorted(Path(EXTRA).glob(pattern))] if EXTRA else []


def read(file: Path) -> list[Row]:
    """Read a file of gold passages."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def report_on(passage: Row, checker: Checker) -> Row:
    """Check a passage as a batch would."""
    entry = Entry(
        id=passage["id"],
        line=0,
        text=passage["text"],
        url=passage.get("url", ""),
        title=passage.get("title", ""),
    )
    return report_to_dict(score_entry(entry, checker).report)


def _unseen(passages: Sequence[Row], files: Sequence[Path]) -> list[Row]:
    """Report on each passage by models trained without its topic; in the order of the passages."""
    shipped, by_id = Checker.default(), {passage["id"]: passage for passage in passages}
    reports: dict[str, Row] = {}
    for models, unseen in leave_topics_out(load_labelled(files, shipped.lexicon), shipped.lexicon):
        checker = Checker(shipped.lexicon, shipped.table, models.detector, models.slots, shipped.cues)
        reports |= {p.id: report_on(by_id[p.id], checker) for p in unseen}
    return [reports[passage["id"]] for passage in passages]


def _measured(name: str, files: Sequence[Path], passages: Sequence[Row], reports: Sequence[Row]) -> Measured:
    crashed = [f"{r['id']}: {r['error']}" for r in reports if r["error"]]
    if crashed:
        raise SystemExit("passages that could not be checked:\n" + "\n".join(crashed))
    digests = {file.name: sha256(file.read_bytes()).hexdigest()[:16] for file in files}
    return Measured(
        name=name, digests=digests, passages=passages, reports=reports, scores=score(passages, reports)[0]
    )
