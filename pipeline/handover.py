"""What `nostrum dashboard` hands over to the dashboard, which runs in another process: environment variables."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.home import home

__all__ = ["Handover", "received"]

FILES_VARIABLE, REVIEWS_VARIABLE, RESULTS_VARIABLE = "NOSTRUM_FILES", "NOSTRUM_REVIEWS", "NOSTRUM_RESULTS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """Pages to open with, the file of reviews, and a batch's results to work through."""

    files: tuple[Path, ...] = ()
    reviews: Path | None = None
    results: Path | None = None

    @property
    def reviews_file(self) -> Path:
        """The file of reviews; the reviewer's own where none was named."""
        return self.reviews or home() / "reviews.sqlite"

    def as_environment(self) -> dict[str, str]:
        """Give the variables, paths absolute: the dashboard starts in another folder."""
        return {
            FILES_VARIABLE: os.pathsep.join(str(file.resolve()) for file in self.files),
            REVIEWS_VARIABLE: str(self.reviews.resolve()) if self.reviews else "",
            RESULTS_VARIABLE: str(self.results.resolve()) if self.results else "",
        }


def received(environment: Mapping[str, str] = os.environ) -> Handover:
    """Read what was handed over."""
    files, reviews, results = (
        environment.get(name, "") for name in (FILES_VARIABLE, REVIEWS_VARIABLE, RESULTS_VARIABLE)
    )
    return Handover(
        files=tuple(Path(file) for file in files.split(os.pathsep) if file),
        reviews=Path(reviews) if reviews else None,
        results=Path(results) if results else None,
    )
