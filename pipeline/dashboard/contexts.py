"""Describe the items of a worklist for the reader component: cards, and places with the words around them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from claims.types import Article, Block, Cue, digest
from pipeline.dashboard import words
from pipeline.dashboard.cards import Details, Payload, card
from pipeline.dashboard.layout import lay_out
from pipeline.links import statement_link
from pipeline.worklist import Item, Place

# Two sentences or so on each side: what a reviewer needs to understand the statement.
AROUND = 240


def batch_payload(items: Sequence[Item], scope: str, details: Details) -> Payload:
    """Describe a batch as the component draws it: a page of kind "queue"."""
    leads = [item.lead for item in items]
    return {
        "id": digest(scope, *leads),
        "article": scope,
        "state": "ready",
        "kind": "queue",
        "title": "",
        "error": None,
        "findings": {item.lead: _card(item, details) for item in items},
        "entries": {item.lead: [str(place.claim["id"]) for place in listed(item)] for item in items},
        "counts": {item.lead: item.count for item in items},
        "rest": {
            item.lead: {"id": item.rest.claim["id"], "count": item.count - len(item.places)}
            for item in items
            if item.rest
        },
        "places": {item.lead: [_place(place) for place in item.places] for item in items},
        "flagged": leads,
        "all": leads,
        "about": {"versions": _versions(items), "counts": [], "advice": words.NO_ADVICE},
    }


def listed(item: Item) -> list[Place]:
    """Give the places that decisions are shown of; of those that have no line of their own, one stands for all."""
    return [*item.places, *([item.rest] if item.rest else [])]


def _card(item: Item, details: Details) -> Payload:
    first = item.places[0]
    return card(first.claim, text=first.text, url=first.url, details=details, markers=first.markers)


def _versions(items: Sequence[Item]) -> list[list[str]]:
    names = (("Checker", "checker"), ("Evidence table", "evidence_digest"), ("As of", "as_of"))
    found = ((label, {place.claim.get(key) for item in items for place in item.places}) for label, key in names)
    return [[label, ", ".join(sorted(filter(None, values)))] for label, values in found if any(values)]


def _place(place: Place) -> Payload:
    start, end = place.claim["start"], place.claim["end"]
    return {
        "id": place.claim["id"],
        "page": place.page_id,
        "title": place.title,
        "site": place.site,
        "published": place.published,
        "link": statement_link(place.url, place.claim["quote"]),
        "before": _before(place.text[:start]),
        "after": _after(place.text[end:]) if place.text else "",
        "runs": _runs(place.claim),
    }


def _before(text: str) -> str:
    """Give the end of what stands before, in whole words, from the same block where that is long enough."""
    near = text[-AROUND:]
    return near if near == text else "… " + near.partition(" ")[2]


def _after(text: str) -> str:
    near = text[:AROUND]
    return near if near == text else near.rpartition(" ")[0] + " …"


def _runs(claim: Any) -> list[list[str]]:
    """Cut a quote at its cues."""
    quote, at = claim["quote"], claim["start"]
    cues = [Cue(id=cue["id"], start=cue["start"] - at, end=cue["end"] - at) for cue in claim["cues"] or ()]
    inside = [cue for cue in cues if cue.start >= 0 and cue.end <= len(quote)]
    whole = Article(id="", text=quote, blocks=(Block(kind="paragraph", start=0, end=len(quote)),))
    (laid,) = lay_out(whole, [(0, len(quote))], inside)
    return [[run.text, run.cue] for span in laid.spans for run in span.runs]
