"""The command line. Options only: what a command does is in `pipeline.commands`, loaded when it is called."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.evidence import app as evidence_app
from pipeline.commands.options import Concepts, OnlyOwn, Own, clear_faults

app = typer.Typer(
    help="Find the health claims of an article and check each against a curated table of evidence.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(evidence_app, name="evidence")


class Form(StrEnum):
    """How a report is printed."""

    text = "text"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"


@app.command()
@clear_faults
def check(
    inputs: Annotated[
        list[str], typer.Argument(metavar="FILE|URL|-", help="Pages to check; - is standard input.")
    ],
    form: Annotated[
        Form, typer.Option("--format", "-f", help="json prints one object, or a list for several pages.")
    ] = Form.text,
    evidence: Own = None,
    only_evidence: OnlyOwn = False,
    concepts: Concepts = None,
) -> int:
    """Check pages and print what to look at, the most harmful first.

    Exit code: 0 nothing flagged, 1 something flagged, 2 a page or table could not be read.
    """
    from pipeline.commands import check as command
    from pipeline.commands.tables import Tables

    tables = Tables(own=evidence or (), only=only_evidence, concepts=concepts)
    return command.run(inputs, form.value, tables)


@app.command()
@clear_faults
def batch(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE…",
            help="Folders, globs, or files of pages: HTML, text, PDF, DOCX; JSON lines, CSV, Parquet; WARC. "
            "Packed or not. - is standard input: JSON lines or WARC.",
        ),
    ],
    out: Annotated[
        str,
        typer.Option(
            metavar="OUT.jsonl|DIR/", help="JSON lines, or a folder for claims, pages and errors as Parquet."
        ),
    ],
    workers: Annotated[int, typer.Option(min=1, max=256, help="Processes on this machine.")] = 1,
    scheduler: Annotated[
        str, typer.Option(metavar="tcp://HOST:PORT", help="A Dask cluster instead of this machine.")
    ] = "",
    columns: Annotated[
        list[str] | None,
        typer.Option(
            metavar="OURS=YOURS,…", help="Where the input calls id, text, html, url, title, published otherwise."
        ),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="Only the first N pages.")] = None,
    sample: Annotated[
        float | None,
        typer.Option(min=0.0, max=1.0, metavar="SHARE", help="Only this share of the pages, the same each time."),
    ] = None,
    flagged_only: Annotated[bool, typer.Option("--flagged-only", help="Keep flagged claims only.")] = False,
    twins: Annotated[
        bool | None,
        typer.Option("--twins/--no-twins", help="Check near-duplicates once (the default into a folder)."),
    ] = None,
    thorough: Annotated[
        bool, typer.Option("--thorough", help="Read all of a long page, too: also what no row answers.")
    ] = False,
    timeout: Annotated[float, typer.Option(min=0.1, metavar="S", help="Give up on a page after S seconds.")] = 30.0,
    evidence: Own = None,
    only_evidence: OnlyOwn = False,
    concepts: Concepts = None,
) -> int:
    """Check many pages; what is killed or stopped goes on with the same command.

    Into OUT.jsonl, one line comes out for each page in, in the same order; a page that cannot be read has its
    line too, with the reason in "error".
    """
    from pipeline.commands import batch as command
    from pipeline.commands.tables import Tables
    from pipeline.feeds import Feed

    feed = Feed(names=tuple(sources), columns=command.columns_of(columns or ()), limit=limit, sample=sample)
    options = command.Options(
        workers=workers, scheduler=scheduler, thorough=thorough, flagged_only=flagged_only, twins=twins,
        timeout_s=timeout,
    )  # fmt: skip
    return command.run(feed, out, options, Tables(own=evidence or (), only=only_evidence, concepts=concepts))


@app.command()
@clear_faults
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
    only_evidence: OnlyOwn = False,
    concepts: Concepts = None,
) -> int:
    """Score the checker on passages whose claims are known."""
    from pipeline.commands import evaluate as command
    from pipeline.commands.tables import Tables

    tables = Tables(own=evidence or (), only=only_evidence, concepts=concepts)
    return command.run(gold, predicted, as_json=as_json, errors=errors, tables=tables)


@app.command()
@clear_faults
def rejudge(
    results: Annotated[
        Path, typer.Argument(metavar="RESULTS", help="What a batch wrote: JSON lines or a data set.")
    ],
    out: Annotated[
        str, typer.Option(metavar="OUT.jsonl|DIR/", help="The results by today's table; a folder: data set.")
    ],
    flips: Annotated[
        Path | None, typer.Option(metavar="FLIPS.csv", help="Also write what flipped, and why, as a table.")
    ] = None,
    evidence: Own = None,
    only_evidence: OnlyOwn = False,
    concepts: Concepts = None,
) -> int:
    """Judge a past run's claims by today's table, without reading pages; list the verdicts that flip."""
    from pipeline.commands import rejudge as command
    from pipeline.commands.tables import Tables

    tables = Tables(own=evidence or (), only=only_evidence, concepts=concepts)
    return command.run(results, out, flips, tables)


@app.command()
@clear_faults
def diff(
    before: Annotated[Path, typer.Argument(metavar="RUN1", help="What a batch wrote: JSON lines or a data set.")],
    after: Annotated[Path, typer.Argument(metavar="RUN2", help="Another such result.")],
    table: Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Also write the list as a table.")] = None,
) -> int:
    """List the findings that RUN2 gained, lost or judges otherwise."""
    from pipeline.commands import diff as command

    return command.run(before, after, table)


@app.command()
@clear_faults
def top(
    result: Annotated[Path, typer.Argument(metavar="RESULT", help="What a batch wrote: JSON lines or a data set.")],
    n: Annotated[int, typer.Option("-n", min=1, help="How many of each.")] = 20,
    min_decided: Annotated[int, typer.Option(min=1, metavar="N", help="Only sites with so many decided claims.")] = 30,
) -> int:
    """Print the most repeated flagged claims, and the sites by their share of flagged ones."""
    from pipeline.commands import diff as command

    return command.top(result, n, min_decided)


@app.command()
@clear_faults
def dashboard(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE…]", help="Pages to open with.")
    ] = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8501,
    headless: Annotated[bool, typer.Option("--headless/--no-headless", help="Open no browser.")] = True,
    reviews: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Where decisions are kept; made if it is not there. Several may share it."),
    ] = None,
    results: Annotated[
        Path | None, typer.Option(metavar="PATH", help="What a batch wrote, to work through in the queue.")
    ] = None,
) -> int:
    """Serve the dashboard."""
    from pipeline.commands import dashboard as command
    from pipeline.handover import Handover

    return command.run(host, port, headless, Handover(files=tuple(files or ()), reviews=reviews, results=results))


@app.command()
@clear_faults
def audit(
    results: Annotated[
        Path, typer.Argument(metavar="REPORT", help="What was checked: JSON, JSON lines or a data set.")
    ],
    out: Annotated[
        Path,
        typer.Option(
            metavar="FILE",
            help="report.html to read or print, .csv, .json, .jsonld (ClaimReview), .jsonl (labelled passages).",
        ),
    ],
    reviews: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The decisions; by default where the dashboard keeps them.")
    ] = None,
) -> int:
    """Write what reviewers decided: a report to hand in, or data for other programs."""
    from pipeline.commands import audit as command
    from pipeline.handover import Handover

    return command.run(results, Handover(reviews=reviews).reviews_file, out)


@app.command()
def version() -> None:
    """Print the version."""
    from pipeline.about import named_version

    print(named_version())


def main() -> None:
    """Run the console script."""
    from pipeline.commands.terminal import never_fail_to_print

    never_fail_to_print()
    app()
