"""How many examples a property is tried with: fewer in a first look at a mutant."""

from __future__ import annotations

import os

MOST = "NOSTRUM_MOST_EXAMPLES"


def examples(asked: int) -> int:
    """Give the examples to try of those asked for: no more than the environment allows."""
    return min(asked, int(os.environ.get(MOST, asked)))
