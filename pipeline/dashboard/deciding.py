"""Take decisions from the reader component into the store, and give back what stands.

The component sends its log until it is told that it was saved, so an entry may come twice, never not at all;
the store keeps it once.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import streamlit as st

from claims.types import digest
from pipeline.dashboard import words
from pipeline.dashboard.opened import Opened
from pipeline.handover import received
from pipeline.reviews import Held, held, missed
from pipeline.store import DECISIONS, Review, ReviewStore, StoreError, Target, not_undone, standing

_LAST = "nostrum_last_saved"
_log = logging.getLogger(__name__)
Entry = Mapping[str, Any]


class Scope(Protocol):
    """What decisions are made on: a page, or a list of claims of many pages."""

    def places(self, finding: str) -> Sequence[tuple[str, Target]]:
        """Give the findings that a decision on this one is about, with what they are."""

    def passage(self, start: int, end: int) -> Target | None:
        """Describe a passage that a reviewer has marked; None where there is no text to mark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What became of the last log: the presses that are safe now, or the fault."""

    presses: tuple[str, ...] = ()
    fault: str = ""


@st.cache_resource(show_spinner=False)
def _open_store(path: Path) -> ReviewStore:
    return ReviewStore(path)


def store() -> ReviewStore:
    """Give the file of reviews; raise StoreError where it cannot be opened."""
    return _open_store(received().reviews_file)


def take(log: Sequence[Entry], scopes: Mapping[str, Scope]) -> None:
    """Save a log and remember, for `saved`, what became of it."""
    user = _signed_in()
    known = [entry for entry in log if entry["scope"] in scopes and entry["decision"] in DECISIONS]
    try:
        store().add(review for entry in known for review in reviews_of(entry, scopes[entry["scope"]], user))
        last = Saved(presses=tuple(f"{entry['session']}.{entry['seq']}" for entry in known))
    except StoreError as fault:
        _log.exception("decisions were not saved")
        last = Saved(fault=str(fault))
    st.session_state[_LAST] = last


def reviews_of(entry: Entry, scope: Scope, user: str = "") -> Iterator[Review]:
    """Turn a press into a review for each place it is about; `user` wins over the name in the entry."""
    review = Review(
        session=entry["session"],
        seq=entry["seq"],
        finding_id=entry["finding"],
        reviewer=user or entry["reviewer"],
        decision=entry["decision"],
        verdict=entry.get("verdict", ""),
        note=entry.get("note", ""),
        undoes=entry.get("undoes", ""),
        seconds=entry.get("seconds", 0.0),
        time=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    if review.decision == "undo":
        yield review
    elif review.decision == "missed":
        passage = scope.passage(entry["start"], entry["end"])
        if passage is None:
            return
        target = _missed(entry["claim"], passage)
        said = (target.subject, target.relation, target.object, target.polarity)
        id_ = digest("missed", target.page_id, str(target.start), str(target.end), *said)
        yield replace(review, finding_id=id_, target=target)
    else:
        # A finding that another run no longer makes is kept all the same, without what it was.
        for finding, target in scope.places(entry["finding"]) or [(entry["finding"], Target())]:
            if _concerns(entry, finding):
                yield replace(review, finding_id=finding, target=target)


def _concerns(entry: Entry, finding: str) -> bool:
    """Tell whether a press was about this place of its claim, or the reviewer took it out."""
    only = entry.get("only")
    return finding in only if only else finding not in entry.get("without", ())


def _missed(said: Mapping[str, str], passage: Target) -> Target:
    """Join what a reviewer says that a passage claims to the passage."""
    return replace(
        passage,
        subject=said["subject"].strip(),
        relation=said["relation"],
        object=said["object"].strip(),
        polarity=said["polarity"],
        strength=said["strength"],
        voice=said["voice"],
    )


def review_page(scopes: Iterable[str], opened: Opened) -> dict[str, Any]:
    """Describe for the component the reviews of a page."""
    try:
        reviews = store().of_page(opened.page.page_id, opened.page.url)
    except StoreError as fault:
        return payload(scopes, {}, [], fault=str(fault))
    about = held(not_undone(reviews), opened.page, list(opened.claims.values()))
    return payload(scopes, about, missed(standing(reviews), opened.page, opened.text))


def payload(
    scopes: Iterable[str], about: Mapping[str, Sequence[Held]], missed: Sequence[Held], fault: str = ""
) -> dict[str, Any]:
    """Describe for the component what was saved, and the reviews of the findings on screen, as they were saved."""
    last: Saved = st.session_state.get(_LAST) or Saved()
    return {
        "scopes": list(scopes),
        "saved": list(last.presses),
        "fault": fault or last.fault,
        "user": _signed_in(),
        "reviews": sorted(
            (_said(one) | {"finding": finding} for finding, several in about.items() for one in several),
            key=lambda said: (said["time"], said["seq"]),
        ),
        "missed": [_said(one) | _passage(one.review.target) for one in missed],
        "words": {"decision": words.DECISION, "verdict": words.VERDICT, "relation": words.RELATION},
    }


def _said(one: Held) -> dict[str, Any]:
    review = one.review
    return {
        "press": review.press,
        "seq": review.seq,
        "reviewer": review.reviewer,
        "decision": review.decision,
        "verdict": review.verdict,
        "note": review.note,
        "time": review.time,
        "changed": [words.changed(change, review.target.machine_verdict) for change in one.changed],
    }


def _passage(target: Target) -> dict[str, Any]:
    return {
        "start": target.start,
        "end": target.end,
        "quote": target.quote,
        "claim": [target.subject, words.relation(target.relation, target.object), target.object],
    }


def _signed_in() -> str:
    """Give the name of the person who signed in, or ""."""
    if not getattr(st.user, "is_logged_in", False):
        return ""
    return str(st.user.get("name") or st.user.get("email") or "")
