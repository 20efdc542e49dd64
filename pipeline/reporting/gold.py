"""Decisions as labelled passages, so that a reviewer's work can train and test the checker.

In a labelled passage what is not marked is no claim. So only such paragraphs become one whose every claim was
decided, with one outcome; of a page where all were decided, the whole text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from claims.types import FLAGGED_VERDICTS, Article
from pipeline.reporting.outcome import NO_CLAIM, outcome
from pipeline.reporting.pages import Audited, Claim
from pipeline.reviews import Held

Marked = Mapping[str, Any]


def passages(pages: Iterable[Audited]) -> str:
    """Give the passages, a line each; a page without its text gives none."""
    lines = (json.dumps(passage, ensure_ascii=False) for page in pages for passage in _passages(page))
    return "".join(f"{line}\n" for line in lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paragraph:
    """A line of the text; `settled` unless a claim in it was left open, `claims` by the span they stand in."""

    start: int
    end: int
    settled: bool
    touched: bool
    claims: tuple[tuple[tuple[int, int], Marked], ...]


def _passages(audited: Audited) -> Iterator[dict[str, Any]]:
    text, report = audited.page.text, audited.page.report
    paragraphs = list(_paragraphs(audited))
    whole = all(paragraph.settled for paragraph in paragraphs)
    number = 0
    for usable, run in groupby(paragraphs, key=lambda one: one.settled and (whole or one.touched)):
        part = list(run)
        if not usable or not any(paragraph.touched for paragraph in part):
            continue
        number += 1
        start, end = part[0].start, part[-1].end
        yield {
            "id": f"{report['id']}-{number}",
            "url": report["article"]["url"],
            "title": report["article"]["title"],
            "topic": "",
            "page_type": "informational",
            "text": text[start:end],
            "statements": _statements(text, [pair for paragraph in part for pair in paragraph.claims]),
        }


def _paragraphs(audited: Audited) -> Iterator[_Paragraph]:
    text, at = audited.page.text, 0
    missed = [_from_missed(audited.page.text, held) for held in audited.missed]
    for line in text.splitlines(keepends=True):
        start, end, at = at, at + len(line.rstrip()), at + len(line)
        if not line.strip():
            continue
        found = [claim for claim in audited.page.claims if start <= claim["start"] < at]
        here = [pair for pair in missed if start <= pair[0][0] < at]
        outcomes = [outcome(claim, audited.decisions.get(claim["id"], ())) for claim in found]
        marked = [
            ((claim["start"], claim["end"]), _marked(claim, verdict, audited.decisions[claim["id"]]))
            for claim, verdict in zip(found, outcomes, strict=True)
            if verdict not in ("", NO_CLAIM)
        ]
        yield _Paragraph(
            start=start,
            end=end,
            settled=all(outcomes),
            touched=bool(found or here),
            claims=(*marked, *here),
        )


def _statements(text: str, claims: Sequence[tuple[tuple[int, int], Marked]]) -> list[dict[str, Any]]:
    ordered = sorted(claims, key=lambda pair: pair[0])
    return [
        {"quote": text[span[0] : span[1]], "claims": [claim for _, claim in same]}
        for span, same in groupby(ordered, key=lambda pair: pair[0])
    ]


def _marked(claim: Claim, verdict: str, decisions: Sequence[Held]) -> Marked:
    notes = [held.review.note for held in decisions if held.review.note]
    return _labels(claim, verdict, claim["harm"], notes[-1] if notes else claim["because"])


def _from_missed(text: str, held: Held) -> tuple[tuple[int, int], Marked]:
    """Mark the whole sentence that a reviewer's selection lies in."""
    from claims.sentences import split  # brings spaCy along

    target = held.review.target
    said = {name: getattr(target, name) for name in ("subject", "relation", "object", "polarity", "strength", "voice")}
    inside = [
        sentence
        for sentence in split(Article(id="", text=text))
        if sentence.start < target.end and target.start < sentence.end
    ]
    span = (inside[0].start, inside[-1].end) if inside else (target.start, target.end)
    return span, _labels(said, held.review.verdict, 0, held.review.note)


def _labels(said: Mapping[str, Any], verdict: str, harm: int, why: str) -> Marked:
    """Give a claim as the passages label it: two strengths, and "uncheckable" for what has no verdict."""
    checkable = verdict not in ("", "unverified")
    return {
        "subject": said["subject"],
        "relation": said["relation"],
        "object": said["object"],
        "polarity": said["polarity"],
        "strength": "hedged" if said["strength"] == "hedged" else "definite",
        "voice": said["voice"],
        "verdict": verdict if checkable else "uncheckable",
        "flag": verdict in FLAGGED_VERDICTS and said["voice"] != "rejected",
        "harm": harm,
        "why": why,
    }
