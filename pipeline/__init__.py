"""How Nostrum runs: the public door is `Checker`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.checker import Checker

__all__ = ["Checker"]


def __getattr__(name: str) -> object:
    """Import the checker only when it is asked for: the command line starts without it."""
    if name == "Checker":
        from pipeline.checker import Checker

        return Checker
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
