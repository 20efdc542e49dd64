"""Make the result of a batch without a checker: pages of made claims, as a data set or as JSON lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from claims.types import Article, Finding, Relation, Report, Verdict
from pipeline.batch import CHECKED, Scored
from pipeline.dataset import open_output
from tests.factories import article, finding

# What a page says beside its claims.
ASIDE = "The kettle is blue."


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A claim that a page makes, on a sentence of its own."""

    verdict: Verdict = "unverified"
    triple: tuple[str, Relation, str] = ("kratom", "treats", "pain")
    words: str = ""
    claim: Mapping[str, Any] = field(default_factory=dict)
    harm: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A page of a result; one with an error has no claims."""

    id: str
    site: str = "a.example"
    published: str = ""
    title: str = "A page"
    url: str = ""
    said: Sequence[Said] = ()
    error: str | None = None
    twin: str | None = None


def page(id: str, verdicts: str = "", /, **fields: Any) -> Made:
    """Make a page with a claim for each letter: c contradicted, u unsupported, o overstated, s supported, - unverified."""
    named: dict[str, Verdict] = {
        "c": "contradicted", "u": "unsupported", "o": "overstated", "s": "supported", "-": "unverified",
    }  # fmt: skip
    said = [Said(verdict=named[letter]) for letter in verdicts]
    return Made(id=id, said=said, **fields)


def write_result(out: Path, *pages: Made) -> Path:
    """Write pages as `nostrum batch` does: a folder as a data set, a file as JSON lines."""
    with open_output(f"{out}/" if not out.suffix else str(out)) as write:
        for line, made in enumerate(pages, start=1):
            state = "empty" if made.error else CHECKED
            write(Scored(id=made.id, line=line, report=_report(made), state=state, twin=made.twin))
    return out


def _report(made: Made) -> Report:
    quotes = [said.words or f"{' '.join(said.triple)}, number {n}." for n, said in enumerate(made.said)]
    text = " ".join(part for quote in quotes for part in (quote, ASIDE))
    whole = article(
        (("paragraph", 0, text),), site=made.site, published=made.published, title=made.title,
        url=made.url or f"https://{made.site}/{made.id}",
    )  # fmt: skip
    findings = tuple(
        replace(_finding(whole, quote, said), id=f"{made.id}-{n}")
        for n, (quote, said) in enumerate(zip(quotes, made.said, strict=True))
    )
    return Report(
        article=whole, findings=() if made.error else findings, error=made.error,
        checker="nostrum 0.1.0", evidence_digest="0123456789abcdef", as_of="2026-11-27",
    )  # fmt: skip


def _finding(whole: Article, quote: str, said: Said) -> Finding:
    harm = {} if said.harm is None else {"harm": said.harm}
    return finding(whole, quote, said.triple, said.verdict, claim=dict(said.claim), **harm)
