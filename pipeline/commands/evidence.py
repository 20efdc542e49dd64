"""`nostrum evidence …`: the curator's commands. Options only; what they do is loaded when they are called."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.options import Concepts, OnlyOwn, Own, clear_faults

if TYPE_CHECKING:
    from pipeline.commands.tables import Tables

app = typer.Typer(
    help="Keep the evidence table: look at it, check it, let it grow.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Form(StrEnum):
    """How an answer is printed."""

    text = "text"
    json = "json"


class RowForm(StrEnum):
    """How rows are exported."""

    csv = "csv"
    jsonl = "jsonl"


Format = Annotated[Form, typer.Option("--format", "-f", help="json is for programs.")]
AsOf = Annotated[
    str,
    typer.Option(
        metavar="DATE", help="The day that ages are counted from; by default that of the last check of a row."
    ),
]
Limit = Annotated[int, typer.Option(min=1, metavar="N", help="Show at most N.")]
OutFile = Annotated[Path | None, typer.Option(metavar="FILE", help="Write to a file.")]


def _tables(evidence: list[Path] | None, only: bool, concepts: Path | None) -> Tables:
    from pipeline.commands.tables import Tables

    return Tables(own=evidence or (), only=only, concepts=concepts)


@app.command()
@clear_faults
def lint(
    as_of: AsOf = "",
    warnings: Annotated[bool, typer.Option("--warnings", help="List the warnings too.")] = False,
    form: Format = Form.text,
    evidence: Own = None,
    only_evidence: OnlyOwn = False,
    concepts: Concepts = None,
) -> int:
    """Name what is wrong or weak in the table, with file and line; with --evidence, in yours beside it.

    Exit code: 0 no fault, 1 a fault, 2 the lint could not run.
    """
    from pipeline.commands import lint as command

    return command.run(_tables(evidence, only_evidence, concepts), as_of, form.value, warnings)


@app.command()
@clear_faults
def show(
    name: Annotated[str, typer.Argument(metavar="ID|CONCEPT", help="A row's id, or any name of a concept.")],
    form: Format = Form.text,
    evidence: Own = None,
    only_evidence: OnlyOwn = False,
    concepts: Concepts = None,
) -> int:
    """Show a row whole, or a concept and the rows about it."""
    from pipeline.commands import look

    return look.show(name, _tables(evidence, only_evidence, concepts), form.value)


@app.command()
@clear_faults
def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="All must be in the row.")],
    limit: Limit = 20,
    form: Format = Form.text,
    evidence: Own = None,
    only_evidence: OnlyOwn = False,
    concepts: Concepts = None,
) -> int:
    """Find rows by words in them, in their source, or in the names of their concepts."""
    from pipeline.commands import look

    return look.search_rows(" ".join(words), limit, _tables(evidence, only_evidence, concepts), form.value)


@app.command()
@clear_faults
def stats(
    as_of: AsOf = "",
    form: Format = Form.text,
    evidence: Own = None,
    only_evidence: OnlyOwn = False,
    concepts: Concepts = None,
) -> int:
    """Count rows by status, and current ones by topic, relation, finding, certainty, source and age."""
    from pipeline.commands import look

    return look.print_stats(_tables(evidence, only_evidence, concepts), as_of, form.value)


@app.command()
@clear_faults
def gaps(
    results: Annotated[
        list[Path], typer.Argument(metavar="RESULTS…", help="What batches wrote: JSON lines or data sets.")
    ],
    out: Annotated[
        Path | None, typer.Option(metavar="gaps.csv", help="Write draft rows, to fill in and import.")
    ] = None,
    limit: Limit = 20,
    form: Format = Form.text,
    evidence: Own = None,
    only_evidence: OnlyOwn = False,
    concepts: Concepts = None,
) -> int:
    """List what pages claim and no row settles, the most claimed first; known concepts before others."""
    from pipeline.commands import grow

    tables = _tables(evidence, only_evidence, concepts)
    return grow.list_gaps(results, tables, out=out, limit=limit, form=form.value)


@app.command()
@clear_faults
def add(evidence: Own = None, only_evidence: OnlyOwn = False, concepts: Concepts = None) -> int:
    """Ask for a row, cell by cell, and add it as a draft to your table, else to the shipped one."""
    from pipeline.commands import grow

    return grow.add(_tables(evidence, only_evidence, concepts))


@app.command("import")
@clear_faults
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv|jsonl", help="Rows with the table's columns.")],
    evidence: Own = None,
    only_evidence: OnlyOwn = False,
    concepts: Concepts = None,
) -> int:
    """Add rows to your table, else to the shipped one: all of them, or none where one has a fault.

    A row goes to the file where its topic has most rows. Exit code: 0 added, 1 a fault, 2 the import could not run.
    """
    from pipeline.commands import grow

    return grow.import_file(file, _tables(evidence, only_evidence, concepts))


@app.command()
@clear_faults
def export(
    out: OutFile = None,
    form: Annotated[RowForm, typer.Option("--format", "-f", help="Lines of CSV or of JSON.")] = RowForm.csv,
    evidence: Own = None,
    only_evidence: OnlyOwn = False,
    concepts: Concepts = None,
) -> int:
    """Write all rows as one table."""
    from pipeline.commands import look

    return look.export(_tables(evidence, only_evidence, concepts), out, form.value)


@app.command()
@clear_faults
def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="A folder of a table, or of the project at a commit.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The same at another time.")],
    form: Format = Form.text,
) -> int:
    """Say which rows and concepts were added, changed (and in which columns), retired or removed."""
    from pipeline.commands import look

    return look.print_diff(old, new, form.value)
