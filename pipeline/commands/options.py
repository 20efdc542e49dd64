"""Options that several commands share, and what turns a command's faults into lines and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, ParamSpec

import typer

FAILED = 2
BROKEN_PIPE = 141  # as the shell reports a program that a closed pipe ended
DEBUG_VARIABLE = "NOSTRUM_DEBUG"

P = ParamSpec("P")

Own = Annotated[
    list[Path] | None,
    typer.Option(
        "--evidence",
        metavar="DIR",
        help="A table of yours beside the shipped one, with a concepts.csv of its own; may be repeated.",
    ),
]
OnlyOwn = Annotated[bool, typer.Option("--only-evidence", help="Use your tables instead of the shipped one.")]
Concepts = Annotated[
    Path | None,
    typer.Option("--concepts", metavar="FILE", help="A concept table instead of the shipped one."),
]


def clear_faults(command: Callable[P, int]) -> Callable[P, None]:
    """Exit with a command's code; what goes wrong is a line for each fault and 2, since 1 means "flagged"."""

    @wraps(command)
    def run(*args: P.args, **options: P.kwargs) -> None:
        try:
            code = command(*args, **options)
            sys.stdout.flush()
        except BrokenPipeError:
            # Nobody reads on (`| head`), nor may the interpreter try to flush at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = BROKEN_PIPE
        except typer.Abort:  # Ctrl-C or the end of the answers at a prompt: typer says so
            raise
        except Exception as err:
            from pipeline.commands.faults import lines
            from pipeline.commands.terminal import complain

            if os.environ.get(DEBUG_VARIABLE):
                raise
            complain(lines(err))
            code = FAILED
        raise typer.Exit(code)

    return run
