"""Which evidence a command checks against: the shipped table, a person's own beside it, or that alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claims.evidence import EvidenceTable
    from pipeline.checker import Checker


class TableError(ValueError):
    """No table to check against; the message is one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """Folders of evidence and a concept table; the checker is loaded when it is asked for."""

    own: Sequence[Path] = ()
    only: bool = False
    concepts: Path | None = None

    def folders(self) -> tuple[Path, ...]:
        """List the evidence folders, the shipped one first."""
        from claims.evidence import EVIDENCE

        if self.only and not self.own:
            raise TableError("--only-evidence needs a table of yours: give its folder with --evidence")
        return tuple(self.own) if self.only else (EVIDENCE, *self.own)

    def concept_table(self) -> Path:
        """Give the concept table that the folders' own add to."""
        from claims.concepts import CONCEPTS

        return self.concepts or CONCEPTS

    def evidence(self) -> EvidenceTable:
        """Load the rows alone, without what reads pages."""
        from claims.evidence import EvidenceTable

        return EvidenceTable.open(self.folders(), self.concept_table())

    def checker(self) -> Checker:
        """Load a checker; raise what says, line by line, what is wrong with a table."""
        from pipeline.checker import Checker

        if not self.own and not self.only and self.concepts is None:
            return Checker.default()
        return Checker.load(self.folders(), self.concept_table())
