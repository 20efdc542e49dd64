"""Time spent on work, and how it is printed."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(slots=True)
class Spent:
    """Wall and processor time, summed up."""

    wall: float = 0.0
    cpu: float = 0.0

    def on(self, work: Callable[[], object]) -> None:
        """Time a piece of work."""
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        self.wall += time.perf_counter() - wall
        self.cpu += time.process_time() - cpu


def row(what: str, pages: int, spent: Spent, ours: Spent | None = None, wanted: str = "") -> None:
    """Print what a page costs one way, and its ratio to ours."""
    ratio = f"{spent.cpu / ours.cpu:8.2f} × ours" if ours else ""
    print(f"  {what:34}{1000 * spent.cpu / pages:9.1f} ms a page{ratio}{f'   ({wanted})' if wanted else ''}")
