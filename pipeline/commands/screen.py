"""Consoles that take no text for markup."""

from __future__ import annotations

from rich.console import Console

# Of what is written to a file.
WIDTH = 110


class Screen(Console):
    """A console that leaves a closed pipe to its caller; rich would exit with 1, which means "flagged"."""

    def __init__(self, *, stderr: bool = False) -> None:
        super().__init__(stderr=stderr, markup=False, highlight=False, emoji=False)
        if not self.is_terminal:
            self.width = WIDTH

    def on_broken_pipe(self) -> None:
        """Raise what a plain print would."""
        raise BrokenPipeError
