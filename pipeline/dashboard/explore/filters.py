"""The sidebar of Explore: which claims are asked about, kept in the address."""

from __future__ import annotations

import streamlit as st

from claims.types import RELATIONS, Voice
from pipeline.dashboard import words
from pipeline.dashboard.explore.asked import Asked
from pipeline.explore import Filter, values

_LISTS = ("site", "topic", "relation", "voice")
_VOICES: tuple[Voice, ...] = ("own", "reported", "rejected")


def panel(asked: Asked) -> Filter:
    """Draw the filter and give what is chosen."""
    sites_there, topics_there, months = offered(asked)
    with st.sidebar:
        st.subheader("Filter", anchor=False)
        sites = _several("Site", "site", sites_there, new=True)
        topics = _several("Topic", "topic", topics_there)
        relations = _several("Relation", "relation", RELATIONS)
        voices = _several("Voice", "voice", _VOICES)
        since, until = st.columns(2)
        with since:
            first = _month("From", "from", months)
        with until:
            last = _month("To", "to", months)
        said = st.text_input("Words in the statement", key="words", bind="query-params", type="search")
        st.button("Clear filter", type="tertiary", on_click=_clear)
    return Filter(
        sites=sites,
        topics=topics,
        relations=relations,
        voices=voices,
        since=first,
        until=last,
        words=(said or "").strip(),
    )


def offered(asked: Asked) -> tuple[list[str], list[str], list[str]]:
    """Give the sites, topics and months that there are."""
    return asked.ask(values, "site"), asked.ask(values, "topic"), asked.ask(values, "month", limit=10_000)


def _several(label: str, key: str, options: list[str] | tuple[str, ...], *, new: bool = False) -> tuple[str, ...]:
    """Offer a list; of sites only the first are listed, and others can be typed."""
    chosen = st.multiselect(
        label, options, key=key, bind="query-params", placeholder="All", accept_new_options=new, select_all=False,
        format_func=lambda value: words.NAMES.get(value, value),
    )  # fmt: skip
    return tuple(chosen)


def _month(label: str, key: str, months: list[str]) -> str:
    return st.selectbox(label, months, index=None, key=key, bind="query-params", placeholder="Any") or ""


def _clear() -> None:
    for key in _LISTS:
        st.session_state[key] = []
    st.session_state["from"] = st.session_state["to"] = None
    st.session_state["words"] = ""
