"""Which evidence a command checks against: the shipped table, a person's own beside it, or that alone."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.checker import Checker


class TableError(ValueError):
    """A concept table that cannot be opened; the message is one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """Folders of evidence and a concept table; the checker is loaded when it is asked for."""

    own: Sequence[Path] = ()
    only_own: bool = False
    concepts: Path | None = None

    def folders(self) -> tuple[Path, ...]:
        """List the evidence folders, the shipped one first."""
        from claims.evidence import EVIDENCE

        if self.only_own and not self.own:
            raise TableError("--only-own needs a table of yours: give its folder with --evidence")
        return tuple(self.own) if self.only_own else (EVIDENCE, *self.own)

    def concept_table(self) -> Path:
        """Give the concept table, checked to be readable."""
        from claims.lexicon import CONCEPTS

        path = self.concepts or CONCEPTS
        try:
            with path.open(encoding="utf-8", newline="") as file:
                for _ in csv.reader(file):
                    pass
        except (OSError, UnicodeDecodeError, csv.Error) as err:
            what = getattr(err, "strerror", None) or str(err)
            raise TableError(f"{path}: cannot be read as a CSV table in UTF-8 ({what})") from None
        return path

    def checker(self) -> Checker:
        """Load a checker; raise what says, line by line, what is wrong with a table."""
        from pipeline.checker import Checker

        if not self.own and not self.only_own and self.concepts is None:
            return Checker.default()
        return Checker.load(self.folders(), self.concept_table())
