"""The queue's filters: widgets whose values stand in the address, so that a view can be shared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from pipeline.dashboard import words
from pipeline.workfilters import Filters

REVIEWED: Mapping[str, str] = {"open": "Open", "reviewed": "Decided", "all": "All"}


def panel(choices: Mapping[str, Sequence[str]], reviewers: Sequence[str]) -> Filters:
    """Draw the filters and give what was chosen."""
    st.subheader("Show", anchor=False)
    reviewed = st.segmented_control(
        "Decisions", list(REVIEWED), format_func=REVIEWED.__getitem__, default="open", required=True,
        key="reviewed", bind="query-params",
    )  # fmt: skip
    return Filters(
        reviewed=reviewed or "open",
        verdicts=_several("Verdict", choices["verdict"], words.VERDICT, placeholder="Flagged"),
        harm=_harm(),
        topics=_several("Topic", choices["topic"]),
        sites=_several("Site", choices["site"]),
        voices=_several("Voice", choices["voice"], words.VOICE),
        reviewers=_several("Reviewer", reviewers),
        since=_day("Published since"),
        until=_day("Published until"),
    )


def _several(
    label: str, options: Sequence[str], named: Mapping[Any, str] | None = None, placeholder: str = "Any"
) -> tuple[str, ...]:
    names = named or {}
    chosen = st.multiselect(
        label, options, format_func=lambda value: names.get(value, value), key=label.lower(),
        bind="query-params", placeholder=placeholder,
    )  # fmt: skip
    return tuple(chosen)


def _harm() -> int:
    levels: dict[int, str] = {level: f"{level} or more: {word}" for level, word in words.HARM.items()}
    levels[0] = "Any"
    chosen = st.selectbox("Harm", list(levels), format_func=levels.__getitem__, key="harm", bind="query-params")
    return int(chosen)


def _day(label: str) -> str:
    chosen = st.date_input(label, value=None, key=label.lower().replace(" ", "_"), bind="query-params")
    return chosen.isoformat() if isinstance(chosen, date) else ""
