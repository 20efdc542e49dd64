"""Describe one claim for the screen: what the page says beside what the table says, every phrase in words.

A claim is an object of the JSON contract, fresh from the checker or from a stored result; what an older
result does not have is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from claims.types import Evidence
from pipeline.dashboard import words
from pipeline.links import statement_link, web_link

Payload = dict[str, Any]
Claim = Mapping[str, Any]
# Rows of today's table, which say what the JSON contract leaves out.
Details = Mapping[str, Evidence]


def card(
    claim: Claim, *, text: str = "", url: str = "", details: Details | None = None, markers: Sequence[Claim] = ()
) -> Payload:
    """Describe a claim; `text` is the article's, `url` and `markers` are the page's, where they are known."""
    reason = claim["unverified_reason"]
    rows = [(row["how"], _row(row, details or {})) for row in claim["evidence"] or ()]
    return {
        "id": claim["id"],
        "quote": claim["quote"],
        "link": statement_link(url, claim["quote"]),
        "verdict": claim["verdict"],
        "word": words.VERDICT[claim["verdict"]],
        "means": words.REASON_MEANS[reason] if reason else words.VERDICT_MEANS[claim["verdict"]],
        "flag": claim["flag"],
        "harm": claim["harm"],
        "harm_word": words.HARM[claim["harm"]],
        "confidence": words.CONFIDENCE.get(claim["confidence"], claim["confidence"]),
        "because": claim["because"],
        "gap": claim.get("strength_gap") or "",
        "would_change": claim.get("would_change") or "",
        "claim": triple(claim),
        "says": _says(claim),
        "cues": _cue_words(claim, text),
        "markers": _signs(claim, markers),
        "evidence": [row for how, row in rows if how != "similar"],
        "similar": [row for how, row in rows if how == "similar"],
    }


def triple(claim: Claim) -> list[str]:
    """Say in three parts who does what to whom, a denial by its own word."""
    relation = words.relation(claim["relation"], claim["object"])
    denied = "not: " if claim["polarity"] == "deny" else ""
    return [claim["subject"], denied + relation, claim["object"]]


def _says(claim: Claim) -> list[list[str]]:
    denies = claim["denies"]
    return [
        ["Polarity", words.DENIES[denies] if denies else words.POLARITY[claim["polarity"]]],
        ["Strength", words.STRENGTH[claim["strength"]]],
        ["Voice", words.VOICE[claim["voice"]] + (f", {words.DISTANCED_TAG}" if claim.get("distanced") else "")],
    ]


def _cue_words(claim: Claim, text: str) -> list[list[str]]:
    """Give each cue's words once, in the order of the page, with the ids of the rows that found them."""
    found: dict[tuple[int, int], list[str]] = {}
    for cue in sorted(claim["cues"] or (), key=lambda cue: (cue["start"], cue["end"])):
        found.setdefault((cue["start"], cue["end"]), []).append(cue["id"])
    source, at = (text, 0) if text else (claim["quote"], claim["start"])
    shown = [[source[max(0, s - at) : max(0, e - at)], ", ".join(ids)] for (s, e), ids in found.items()]
    return [pair for pair in shown if pair[0]]


def _signs(claim: Claim, markers: Sequence[Claim]) -> list[str]:
    """Name the markers that stand in the claim's statement, each once."""
    here = (m["label"] for m in markers if m["start"] < claim["end"] and claim["start"] < m["end"])
    return list(dict.fromkeys(here))


def _row(row: Claim, details: Details) -> Payload:
    held = details.get(row["id"])
    if held and held.summary != row["summary"]:
        held = None  # the row has been changed since: what it says today is not what this claim was judged by
    kind = held.source_type if held else ""
    return {
        "id": row["id"],
        "finding": row["finding"],
        "finding_word": words.FINDING[row["finding"]],
        "certainty": words.CERTAINTY[row["certainty"]],
        "how": words.HOW[row["how"]],
        "proposition": held.proposition if held else "",
        "summary": row["summary"],
        "title": row["source_title"],
        "url": web_link(row["url"]),
        "facts": [fact for fact in (row["publisher"], str(row["year"] or ""), kind) if fact],
        "year": str(row["year"] or ""),
        "seen": words.SEEN[row["seen"]],
        "seen_word": words.SEEN_WORD[row["seen"]],
        "checked": held.checked_on if held else "",
    }
