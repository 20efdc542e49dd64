"""Put what went wrong into words for a person."""

from __future__ import annotations

from claims.cues import CueError
from claims.evidence import EvidenceError
from claims.lexicon import LexiconError
from pipeline.commands.evaluate import GoldError
from pipeline.commands.tables import TableError
from pipeline.engine import EngineError
from pipeline.fetch import FetchError
from pipeline.limits import ReadError
from pipeline.results import ResultsError
from pipeline.run import RunError
from pipeline.scorer import ScorerError
from pipeline.store import StoreError

# Their messages are written for a person, a line for each fault.
FORESEEN = (
    CueError, EngineError, EvidenceError, FetchError, GoldError, LexiconError, ReadError, ResultsError, RunError,
    ScorerError, StoreError, TableError,
)  # fmt: skip


def lines(err: Exception) -> list[str]:
    """Give a line for each fault; one that nobody foresaw says that it is ours."""
    if isinstance(err, FORESEEN):
        return str(err).splitlines() or [type(err).__name__]
    if isinstance(err, OSError):
        what = err.strerror or type(err).__name__
        return [f"{err.filename}: {what}" if err.filename else what]
    what = " ".join(str(err).split())[:200]
    fault = f"a fault of Nostrum's own ({type(err).__name__}: {what})"
    return [f"{fault}; NOSTRUM_DEBUG=1 shows where, please report it"]
