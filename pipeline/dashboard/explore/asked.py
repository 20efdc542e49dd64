"""What a section is asked about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from types import FunctionType
from typing import TYPE_CHECKING, Any, TypeVar

import streamlit as st

from pipeline.dashboard.table import Stamp
from pipeline.explore import EVERYTHING, Filter, rates
from pipeline.query import versions

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Answer = TypeVar("Answer")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """An open result with the filter that the person chose."""

    db: DuckDBPyConnection
    state: Stamp
    chosen: Filter = EVERYTHING

    def ask(self, question: Callable[..., Answer], *about: Any, **options: Any) -> Answer:
        """Ask the result; what was asked before, by anybody, is not counted again."""
        return _answer(self.db, self.state, question, about, options)

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return self.chosen != EVERYTHING

    @cached_property
    def total(self) -> dict[str, Any]:
        """The counts and the rate of all chosen claims together."""
        (row,) = self.ask(rates, None, self.chosen).to_dict("records")
        return {str(name): value for name, value in row.items()}

    @cached_property
    def about(self) -> dict[str, str]:
        """What each file says of itself: the versions, and the address of the view that it came from."""
        query = "&".join(f"{key}={value}" for key in st.query_params for value in st.query_params.get_all(key))
        return {**self.ask(versions), "view": query}


@st.cache_data(show_spinner=False, max_entries=100, hash_funcs={Filter: repr, FunctionType: lambda f: f.__qualname__})
def _answer(
    _db: DuckDBPyConnection,
    state: Stamp,
    question: Callable[..., Answer],
    about: tuple[Any, ...],
    options: dict[str, Any],
) -> Answer:
    return question(_db, *about, **options)
