"""The command line. Options only: what a command does is in `pipeline.commands`, loaded when it is called."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import Annotated, ParamSpec

import typer

FAILED = 2
BROKEN_PIPE = 141  # as the shell reports a program that a closed pipe ended
DEBUG_VARIABLE = "NOSTRUM_DEBUG"

P = ParamSpec("P")


def _clear_faults(command: Callable[P, int]) -> Callable[P, None]:
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
        except Exception as err:
            from pipeline.commands.faults import lines
            from pipeline.commands.terminal import complain

            if os.environ.get(DEBUG_VARIABLE):
                raise
            complain(lines(err))
            code = FAILED
        raise typer.Exit(code)

    return run


app = typer.Typer(
    help="Find the health claims of an article and check each against a curated table of evidence.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Form(StrEnum):
    """How a report is printed."""

    text = "text"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"


Own = Annotated[
    list[Path] | None,
    typer.Option(
        "--evidence",
        metavar="DIR",
        help="A table of yours beside the shipped one; may be given more than once.",
    ),
]
OnlyOwn = Annotated[bool, typer.Option("--only-own", help="Check against your table alone.")]
Concepts = Annotated[
    Path | None,
    typer.Option("--concepts", metavar="FILE", help="A concept table instead of the shipped one."),
]


@app.command()
@_clear_faults
def check(
    inputs: Annotated[
        list[str], typer.Argument(metavar="FILE|URL|-", help="Pages to check; - is standard input.")
    ],
    form: Annotated[
        Form, typer.Option("--format", "-f", help="json prints one object, or a list for several pages.")
    ] = Form.text,
    evidence: Own = None,
    only_own: OnlyOwn = False,
    concepts: Concepts = None,
) -> int:
    """Check pages and print what to look at, the most harmful first.

    Exit code: 0 nothing flagged, 1 something flagged, 2 a page or table could not be read.
    """
    from pipeline.commands import check as command
    from pipeline.commands.tables import Tables

    tables = Tables(own=evidence or (), only_own=only_own, concepts=concepts)
    return command.run(inputs, form.value, tables)


@app.command()
@_clear_faults
def batch(
    source: Annotated[
        str,
        typer.Argument(
            metavar="IN.jsonl",
            help='One object a line: id, text or html, url, title, published; "-" is stdin.',
        ),
    ],
    out: Annotated[
        str,
        typer.Option(
            metavar="OUT.jsonl|DIR/", help="JSON lines, or a folder for claims, pages and errors as Parquet."
        ),
    ],
    workers: Annotated[int, typer.Option(min=1, max=256, help="Processes; 1 works in this one.")] = 1,
    evidence: Own = None,
    only_own: OnlyOwn = False,
    concepts: Concepts = None,
) -> int:
    """Check many pages: one line out for each line in, in the same order.

    A page that cannot be read has its line too, with the reason in "error".
    """
    from pipeline.commands import batch as command
    from pipeline.commands.tables import Tables

    tables = Tables(own=evidence or (), only_own=only_own, concepts=concepts)
    return command.run(source, out, workers, tables)


@app.command()
@_clear_faults
def evaluate(
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD.jsonl", help="Passages with their claims marked by hand.")
    ],
    predicted: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Score these reports instead of checking the passages now."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    errors: Annotated[int, typer.Option(min=0, metavar="N", help="Also list N flags missed or wrong.")] = 0,
    evidence: Own = None,
    only_own: OnlyOwn = False,
    concepts: Concepts = None,
) -> int:
    """Score the checker on passages whose claims are known."""
    from pipeline.commands import evaluate as command
    from pipeline.commands.tables import Tables

    tables = Tables(own=evidence or (), only_own=only_own, concepts=concepts)
    return command.run(gold, predicted, as_json=as_json, errors=errors, tables=tables)


@app.command()
@_clear_faults
def dashboard(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE…]", help="Pages to offer beside the samples.")
    ] = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8501,
    headless: Annotated[bool, typer.Option("--headless/--no-headless", help="Open no browser.")] = True,
) -> int:
    """Serve the dashboard."""
    from pipeline.commands import dashboard as command

    return command.run(host, port, headless, files or ())


@app.command()
def version() -> None:
    """Print the version."""
    from importlib.metadata import version as installed

    print(f"nostrum {installed('nostrum')}")


def main() -> None:
    """Run the console script."""
    from pipeline.commands.terminal import never_fail_to_print

    never_fail_to_print()
    app()
