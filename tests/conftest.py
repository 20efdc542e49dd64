"""What all tests share: one checker, and the command line without a process."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from typer.testing import CliRunner

from claims.concepts import CONCEPTS
from claims.evidence import EVIDENCE, EvidenceTable
from claims.parse import pipeline_name
from pipeline.checker import Checker
from pipeline.cli import app


@pytest.fixture(scope="session", autouse=True)
def home_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep reviews and fetched pages of the tests out of the home of whoever runs them."""
    os.environ["XDG_DATA_HOME"] = str(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session", autouse=True)
def shipped_table_is_read_once() -> Iterator[None]:
    """Keep the shipped table, which takes seconds to read, and which a hundred tests ask for."""
    read, shipped = EvidenceTable.open, lru_cache(EvidenceTable.open)

    def opened(folders: Sequence[Path] = (EVIDENCE,), concepts: Path = CONCEPTS) -> EvidenceTable:
        return shipped() if (tuple(folders), concepts) == ((EVIDENCE,), CONCEPTS) else read(folders, concepts)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(EvidenceTable, "open", opened)
        yield


@pytest.fixture(scope="session")
def checker() -> Checker:
    """Load the shipped checker, once for all tests."""
    return Checker.default()


@pytest.fixture(scope="session")
def whole() -> Language:
    """Load spaCy's own pipeline, whole, to hold our quicker parts against."""
    return spacy.load(pipeline_name())


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str


Nostrum = Callable[..., Ran]


@pytest.fixture(scope="session")
def nostrum() -> Nostrum:
    """Run a command in this process; an exception it lets out fails the test."""

    def run(*args: object, stdin: bytes = b"") -> Ran:
        result = CliRunner().invoke(app, [str(arg) for arg in args], input=stdin)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ran(code=result.exit_code, out=result.stdout, err=result.stderr)

    return run
