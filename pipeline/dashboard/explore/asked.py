"""What a section is asked about."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from pipeline.explore import EVERYTHING, Filter, rates
from pipeline.query import versions

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, kw_only=True)
class Asked:
    """An open result with the filter that the person chose."""

    db: DuckDBPyConnection
    chosen: Filter
    path: Path

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return self.chosen != EVERYTHING

    @cached_property
    def total(self) -> dict[str, Any]:
        """The counts and the rate of all chosen claims together."""
        (row,) = rates(self.db, None, self.chosen).to_dict("records")
        return {str(name): value for name, value in row.items()}

    @cached_property
    def about(self) -> dict[str, str]:
        """What each file says of itself: the versions, and the address of the view that it came from."""
        query = "&".join(f"{key}={value}" for key in st.query_params for value in st.query_params.get_all(key))
        return {**versions(self.db), "view": query}
