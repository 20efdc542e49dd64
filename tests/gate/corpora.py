"""What the gate measures on: the labelled passages, read by models that never saw their topic, and more at hand."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from claims.sentences import split
from models.evaluate import Scores, score
from models.train import LABELLED, leave_topics_out, load_labelled
from pipeline.batch import score_entry
from pipeline.checker import Checker
from pipeline.export import report_to_dict
from pipeline.read import read_text
from pipeline.sources import Entry
from tests.gate.floors import IDLE

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


def measure(only: str = "") -> Iterator[Measured]:
    """Measure every corpus that is here, or the one that is named; the labelled one first."""
    if only in ("", "labelled"):
        files = labelled_files()
        passages = [row for file in files for row in read(file)]
        yield _measured("labelled", files, passages, _unseen(passages, files))
    for file in extra_files():
        if only in ("", file.stem):
            passages, checker = read(file), Checker.default()
            yield _measured(file.stem, [file], passages, [report_on(p, checker) for p in passages])


def names() -> list[str]:
    """Name every corpus that is here."""
    return ["labelled", *(file.stem for file in extra_files())]


def labelled_files() -> list[Path]:
    """List the files of labelled passages, which the models are trained on."""
    return sorted(LABELLED.glob("*.jsonl"))


def extra_files() -> list[Path]:
    """List the gold files at hand that the models were not trained on."""
    trained = {file.read_bytes() for file in labelled_files()}
    here = [file for pattern in EXTRA_FILES for file in sorted(Path(EXTRA).glob(pattern))] if EXTRA else []
    return [file for file in here if file.read_bytes() not in trained]


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


def idle_claims(passages: Sequence[Row], reports: Sequence[Row]) -> float | None:
    """Give the claims read per 100 sentences of the passages where nothing is claimed."""
    idle = {p["id"]: len(split(read_text(p["text"]))) for p in passages if not p["statements"]}
    claims = sum(len(r["claims"]) for r in reports if r["id"] in idle)
    return round(100 * claims / sum(idle.values()), 2) if idle else None


def _measured(name: str, files: Sequence[Path], passages: Sequence[Row], reports: Sequence[Row]) -> Measured:
    crashed = [f"{r['id']}: {r['error']}" for r in reports if r["error"]]
    if crashed:
        raise SystemExit("passages that could not be checked:\n" + "\n".join(crashed))
    digests = {file.name: sha256(file.read_bytes()).hexdigest()[:16] for file in files}
    scores = score(passages, reports)[0] | {IDLE: idle_claims(passages, reports)}
    return Measured(name=name, digests=digests, passages=passages, reports=reports, scores=scores)
