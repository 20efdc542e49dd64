"""Lay a report out for a terminal: what to look at first, why, and where to look it up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from rich.console import Console
from rich.text import Text

from claims.places import by_claim
from claims.types import FLAGGED_VERDICTS, Evidence, Finding, Overview, Report
from pipeline.commands.terminal import clean

HARM = ("none", "wasted money", "could delay care or injure", "could kill")
_COLOURS = {"contradicted": "bold red", "unsupported": "bold yellow", "overstated": "bold magenta"}
# Of a claim made again and again, so many other places are quoted.
MORE_PLACES = 2
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
    claims = {places[0].id: places for places in by_claim(flagged)}
    yield Line(Text(_headline(len(flagged), len(report.findings))))
    for statement in by_harm([places[0] for places in claims.values()]):
        yield Line(Text())
        yield from _statement(statement, claims)
    rest = summary(report)
    if rest:
        yield Line(Text())
        yield Line(Text(rest))
    yield from _whole_page(report.page)
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
    taken_back = sum(f.verdict in FLAGGED_VERDICTS for f in rest)
    reasons = Counter(f.unverified_reason for f in rest if f.verdict == "unverified")
    why = ", ".join(f"{n} {str(reason).replace('_', ' ')}" for reason, n in reasons.most_common())
    parts = [
        f"{sum(f.verdict == 'supported' for f in rest)} supported",
        f"{reasons.total()} unverified" + (f" ({why})" if why else ""),
    ]
    if taken_back:
        parts.append(f"{taken_back} wrong but rejected, or only told of, by the page itself")
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


def _statement(findings: Sequence[Finding], claims: Mapping[str, Sequence[Finding]]) -> Iterator[Line]:
    yield Line(Text(f"“{clean(findings[0].claim.quote)}”", style="italic"))
    for finding in sorted(findings, key=lambda f: -f.harm):
        yield Line(_judged(finding), 2)
        yield Line(Text(clean(" ".join((finding.because, finding.would_change)).strip())), 6)
        if finding.strength_gap:
            yield Line(Text(clean(f"The page {finding.strength_gap}."), style="dim"), 6)
        yield from _source([match.evidence for match in finding.matches if match.how != "similar"])
        yield Line(Text(_ids(finding), style="dim"), 6)
        yield from _other_places(claims[finding.id][1:])


def _ids(finding: Finding) -> str:
    row = finding.matches[0].evidence.id if finding.matches else ""
    return clean(f"rule {finding.rule} · row {row} · confidence {finding.confidence}")


def _other_places(findings: Sequence[Finding]) -> Iterator[Line]:
    """Name where else the page makes the claim; each place stands in the JSON."""
    for finding in findings[:MORE_PLACES]:
        yield Line(Text(f"also: “{clean(finding.claim.quote)}”", style="italic dim"), 6)
    if len(findings) > MORE_PLACES:
        yield Line(Text(f"and {_count(len(findings) - MORE_PLACES, 'more place')}", style="dim"), 6)


def _whole_page(page: Overview) -> Iterator[Line]:
    """Say in a few quiet lines what the page as a whole shows."""
    by_label: dict[str, dict[str, None]] = {}
    for marker in page.markers:
        by_label.setdefault(marker.label, {})[clean(marker.quote)] = None
    for label, quotes in by_label.items():
        shown = ", ".join(f"“{_short(q)}”" for q in list(quotes)[:3])
        more = f" and {len(quotes) - 3} more" if len(quotes) > 3 else ""
        yield Line(Text(f"Marker, no verdict: {label}: {shown}{more}", style="dim"))
    for o in page.omissions:
        harms = ", ".join(row.object.replace("-", " ") for row in o.harms[:4])
        more = f" and {len(o.harms) - 4} more" if len(o.harms) > 4 else ""
        told = f"Left out: {clean(o.subject)} is praised without a word of its serious harms ({harms}{more})"
        yield Line(Text(told, style="dim"))


def _short(quote: str) -> str:
    return quote if len(quote) <= 60 else f"{quote[:57]}…"


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
