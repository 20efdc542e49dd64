"""Where Nostrum keeps what outlives a run, unless it is told another place."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["home"]


def home() -> Path:
    """Give the folder for reviews and fetched pages, by the rule of the XDG base directories."""
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "nostrum"
