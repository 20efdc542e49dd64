"""Lay a report out for a terminal: what to look at first, why, and where to look it up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from rich.console import Console
from rich.text import Text

from claims.types import FLAGGED_VERDICTS, Evidence, Finding, Report
from pipeline.commands.terminal import clean

HARM = ("none", "wasted money", "could delay care or injure", "could kill")
_COLOURS = {"contradicted": "bold red", "unsupported": "bold yellow", "overstated": "bold magenta"}
_RELATIONS = {
    "treats": "treats",
    "prevents": "prevents",
    "causes": "causes",
    "improves": "improves",
    "safe": "is safe",
    "mechanism": "works by",
    "compares": "compares",
    "status": "has the status",
    "statistic": "figure",
    "use": "is used",
}


class Line(NamedTuple):
    """A line before it is wrapped; a whole one never is."""

    text: Text
    indent: int = 0
    whole: bool = False


def print_line(line: Line, out: Console) -> None:
    """Print a line, wrapped to the console's width and indented, without trailing spaces."""
    if line.whole:
        out.print(Text(" " * line.indent) + line.text, soft_wrap=True)
        return
    for part in line.text.wrap(out, max(20, out.width - line.indent)) or [line.text]:
        part.rstrip()
        out.print(Text(" " * line.indent) + part if part.plain else part, soft_wrap=True)


def render(report: Report, name: str) -> Iterator[Line]:
    """Give a report's lines: flagged statements by harm, then what else was found, then the versions."""
    article = report.article
    yield Line(Text(clean(article.title) or clean(name), style="bold"))
    about = [clean(part) for part in (article.url, article.published) if part]
    if about:
        yield Line(Text(" · ".join(about), style="dim"), whole=True)
    flagged = [finding for finding in report.findings if finding.flag]
    yield Line(Text(_headline(len(flagged), len(report.findings))))
    for statement in by_harm(flagged):
        yield Line(Text())
        yield from _statement(statement)
    rest = summary(report)
    if rest:
        yield Line(Text())
        yield Line(Text(rest))
    versions = f"{clean(report.checker)} · evidence {report.evidence_digest} as of {report.as_of}"
    yield Line(Text(versions, style="dim"))


def by_harm(flagged: Sequence[Finding]) -> list[list[Finding]]:
    """Group findings by statement, the most harmful first; of equals, in reading order."""
    in_order = sorted(flagged, key=lambda f: (f.claim.start, f.claim.end))
    groups = [list(group) for _, group in groupby(in_order, key=lambda f: (f.claim.start, f.claim.end))]
    return sorted(groups, key=lambda group: -max(f.harm for f in group))


def summary(report: Report) -> str:
    """Count in a sentence what was found and is not flagged."""
    rest = [finding for finding in report.findings if not finding.flag]
    rejected = [finding for finding in rest if finding.verdict in FLAGGED_VERDICTS]
    reasons = Counter(f.unverified_reason for f in rest if f.verdict == "unverified")
    why = ", ".join(f"{n} {str(reason).replace('_', ' ')}" for reason, n in reasons.most_common())
    parts = [
        f"{sum(f.verdict == 'supported' for f in rest)} supported",
        f"{reasons.total()} unverified" + (f" ({why})" if why else ""),
    ]
    if rejected:
        parts.append(f"{len(rejected)} wrong but rejected by the page itself")
    return f"Not flagged: {', '.join(parts)}." if rest else ""


def totals(reports: Sequence[Report]) -> Text:
    """Count over several pages."""
    flagged = sum(f.flag for report in reports for f in report.findings)
    failed = sum(report.error is not None for report in reports)
    end = f", {_count(failed, 'page')} not checked" if failed else ""
    return Text(f"{_count(len(reports), 'page')}: {_count(flagged, 'claim')} flagged{end}.", style="bold")


def _headline(flagged: int, found: int) -> str:
    if not found:
        return "No health claims found."
    return f"{flagged} of {_count(found, 'claim')} flagged." if flagged else "Nothing flagged."


def _count(n: int, thing: str) -> str:
    return f"{n} {thing}" + ("" if n == 1 else "s")


def _statement(findings: Sequence[Finding]) -> Iterator[Line]:
    yield Line(Text(f"“{clean(findings[0].claim.quote)}”", style="italic"))
    for finding in sorted(findings, key=lambda f: -f.harm):
        yield Line(_judged(finding), 2)
        yield Line(Text(clean(finding.because)), 6)
        yield from _source([match.evidence for match in finding.matches if match.how != "similar"])


def _judged(finding: Finding) -> Text:
    claim = finding.claim
    denied = " not:" if claim.polarity == "deny" else ""
    triple = f"{claim.subject} —{denied} {_RELATIONS[claim.relation]} {claim.object}"
    return Text.assemble(
        (finding.verdict.upper(), _COLOURS.get(finding.verdict, "bold")),
        f" · harm {finding.harm} ({HARM[finding.harm]}) · voice {claim.voice} · ",
        (clean(triple), "dim"),
    )


def _source(rows: Sequence[Evidence]) -> Iterator[Line]:
    """Name the row that decided, which is the first, and say how many more there are."""
    if not rows:
        return
    row, more = rows[0], len(rows) - 1
    year = f", {row.year}" if row.year else ""
    seen = ", as reported elsewhere" if row.seen == "secondary" else ""
    rest = f" (and {_count(more, 'more row')})" if more else ""
    yield Line(Text(f"Source: {clean(row.source_title)}, {clean(row.publisher)}{year}{seen}{rest}"), 6)
    if row.url:  # alone on its line and never broken, so that it can be clicked or copied
        yield Line(Text(clean(row.url), style="cyan"), 14, whole=True)
