"""Two sites, or two periods, beside each other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from pipeline.dashboard import charts, words
from pipeline.dashboard.explore.asked import Asked
from pipeline.dashboard.explore.rates import labelled
from pipeline.dashboard.frames import count, share, table, text
from pipeline.explore import Filter, compare, values

if TYPE_CHECKING:
    import pandas as pd

KINDS = {"sites": "Two sites", "periods": "Two periods"}


def draw(asked: Asked) -> None:
    """Let the person choose two sides, and set them beside each other."""
    kind = st.segmented_control(
        "Compare", list(KINDS), key="kind", bind="query-params", default="sites", required=True,
        format_func=KINDS.__getitem__, label_visibility="collapsed",
    )  # fmt: skip
    sides = _sites(asked) if kind == "sites" else _periods(asked)
    if sides is None:
        return
    (name_a, a), (name_b, b) = sides
    if name_a == name_b:
        st.markdown("Both sides are the same. Choose another for one of them.")
        return
    whole = asked.ask(compare, a, b)
    _figures(whole, name_a, name_b)
    frame = labelled(asked.ask(compare, a, b, "topic"), "topic")
    frame = frame[(frame["decided_a"] > 0) & (frame["decided_b"] > 0)]
    if frame.empty:
        st.markdown("They have no topic in common on which claims are decided.")
        return
    st.subheader("Flagged, of decided claims, on the topics of both", anchor=False)
    st.caption("Two sides may differ because they write about different things: look at the same topic.")
    st.altair_chart(charts.pairs(frame, name_a, name_b), key="pairs", alt="Both rates, as in the table below")
    table(frame, _columns(), "compared", asked.about | {"a": name_a, "b": name_b})


Sides = tuple[tuple[str, Filter], tuple[str, Filter]]


def _sites(asked: Asked) -> Sides | None:
    known = asked.ask(values, "site")
    if len(known) < 2:
        st.markdown("This result has no two sites.")
        return None
    left, right = st.columns(2)
    with left:
        a = _site("Site A", "a", known, 0)
    with right:
        b = _site("Site B", "b", known, 1)
    return (a, replace(asked.chosen, sites=(a,))), (b, replace(asked.chosen, sites=(b,)))


def _site(label: str, key: str, known: list[str], index: int) -> str:
    return st.selectbox(
        label, known, index=index, key=key, bind="query-params", accept_new_options=True, placeholder="Choose a site"
    ) or known[index]  # fmt: skip


def _periods(asked: Asked) -> Sides | None:
    months = asked.ask(values, "month", limit=10_000)
    if len(months) < 2:
        st.markdown("The pages of this result are of fewer than two months.")
        return None
    half = len(months) // 2
    left, right = st.columns(2)
    with left:
        a = _period("Period A", "a", months, 0, half - 1)
    with right:
        b = _period("Period B", "b", months, half, len(months) - 1)
    return tuple((f"{f} to {t}", replace(asked.chosen, since=f, until=t)) for f, t in (a, b))  # type: ignore[return-value]


def _period(label: str, key: str, months: list[str], first: int, last: int) -> tuple[str, str]:
    ends = st.columns(2)
    with ends[0]:
        since = st.selectbox(f"{label}, from", months, index=first, key=f"{key}-from", bind="query-params")
    with ends[1]:
        until = st.selectbox(f"{label}, to", months, index=last, key=f"{key}-to", bind="query-params")
    return since, until


def _figures(whole: pd.DataFrame, name_a: str, name_b: str) -> None:
    (row,) = whole.to_dict("records")
    with st.container(horizontal=True, key="figures-sides"):
        for side, name in (("_a", "A"), ("_b", "B")):
            rate = words.interval(row[f"rate{side}"], row[f"low{side}"], row[f"high{side}"])
            help = f"{row[f'decided{side}']:,.0f} of {row[f'claims{side}']:,.0f} claims decided"
            st.metric(f"{name}, flagged of decided", rate, width="content", help=help)
            st.metric(f"{name}, coverage", words.share(row[f"coverage{side}"]), width="content")
        apart = words.points(row["apart"], row["apart_low"], row["apart_high"])
        st.metric("A less B", apart, width="content", help="With its 95 % interval (Newcombe)")


def _columns() -> dict[str, Any]:
    sides: dict[str, Any] = {}
    for side, name in (("_a", "A"), ("_b", "B")):
        sides |= {
            f"rate{side}": share(f"{name}: rate"), f"low{side}": share("at least"), f"high{side}": share("at most"),
            f"coverage{side}": share(f"{name}: coverage"), f"decided{side}": count(f"{name}: decided"),
        }  # fmt: skip
    apart = {"apart": share("A less B"), "apart_low": share("at least"), "apart_high": share("at most")}
    return {"label": text("Topic"), **apart, **sides}
