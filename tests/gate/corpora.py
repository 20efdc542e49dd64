"""What the gate measures on: the labelled passages, read by models that never saw their topic, and more at hand."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from claims.sentences import split
from models.evaluate import Scores, score
from models.train import LABELLED, WORDINGS, Fold, Labelled, as_unseen, load_labelled
from pipeline.calibrate import report_on, unseen_reports
from pipeline.checker import Checker
from pipeline.export import report_to_dict
from pipeline.read import read_text
from tests.gate.floors import IDLE

EXTRA = os.environ.get("NOSTRUM_EXTRA_DATA", "")
EXTRA_FILES = ("gold/seeds.jsonl", "gold/own-*.jsonl", "gold/real-dev.jsonl")
# Labelled passages are three corpora: what was read twice, or settled by others; what one reader labelled; and lines in
# the manner of many desks, put together by what they are about, read twice and settled.
ONCE = frozenset(
    f"{name}.jsonl"
    for name in ("articles", "few-claims", "kinds-of-pages", "more-topics", "noted-topics", "topics", "web-pages")
)
LABELLED_CORPORA = ("labelled", "labelled once", "wordings")

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
    """Measure every corpus that is here, or the one that is named; the labelled ones first."""
    if only in ("", *LABELLED_CORPORA):
        yield from (corpus for corpus in _labelled() if only in ("", corpus.name))
    # What the models were trained on is measured above, by models that were not.
    labelled = {file.read_bytes() for file in labelled_files()}
    for file in extra_files():
        if only in ("", file.stem) and file.read_bytes() not in labelled:
            passages, checker = read(file), Checker.default()
            yield _measured(file.stem, [file], passages, [report_to_dict(report_on(p, checker)) for p in passages])


def names() -> list[str]:
    """Name every corpus that is here."""
    return [*LABELLED_CORPORA, *(file.stem for file in extra_files())]


def labelled_files() -> list[Path]:
    """List the files of labelled passages, which the models are trained on."""
    return sorted(LABELLED.glob("*.jsonl"))


@lru_cache(maxsize=1)
def labelled() -> list[Labelled]:
    """Read the labelled passages as far as the models need it, which takes minutes."""
    return load_labelled(labelled_files(), Checker.default().lexicon)


@lru_cache(maxsize=1)
def folds() -> list[Fold]:
    """Give the labelled passages by topics, as models see them that were fitted without those."""
    return as_unseen(labelled(), Checker.default().lexicon)


def extra_files() -> list[Path]:
    """List the gold files at hand that the models were not trained on."""
    trained = {file.read_bytes() for file in labelled_files()}
    here = [file for pattern in EXTRA_FILES for file in sorted(Path(EXTRA).glob(pattern))] if EXTRA else []
    return [file for file in here if file.read_bytes() not in trained]


def read(file: Path) -> list[Row]:
    """Read a file of gold passages."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def _labelled() -> Iterator[Measured]:
    """Measure the labelled passages by reports of models that were trained without their topic."""
    files = labelled_files()
    rows = {file: read(file) for file in files}
    reports = unseen_reports([row for file in files for row in rows[file]], folds())
    for name in LABELLED_CORPORA:
        chosen = [file for file in files if _corpus_of(file) == name]
        passages = [row for file in chosen for row in rows[file]]
        yield _measured(name, chosen, passages, [report_to_dict(reports[row["id"]]) for row in passages])


def _corpus_of(file: Path) -> str:
    return "wordings" if file.name == WORDINGS else "labelled once" if file.name in ONCE else "labelled"


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
