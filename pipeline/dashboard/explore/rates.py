"""Counts and rates by topic, site, month, relation and harm; and the sites ranked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import streamlit as st

from pipeline.dashboard import charts, words
from pipeline.dashboard.explore.asked import Asked
from pipeline.dashboard.frames import count, share, table, text
from pipeline.explore import MIN_COVERAGE, MIN_DECIDED, PARTS, Part, harms, rank_sites, rates

if TYPE_CHECKING:
    import pandas as pd

BY: dict[Part | Literal["harm"], str] = {part: part.capitalize() for part in PARTS} | {"harm": "Harm"}


def draw(asked: Asked) -> None:
    """Break the claims down by what the person chose."""
    by = st.segmented_control(
        "By", list(BY), key="by", bind="query-params", default="topic", required=True, format_func=BY.__getitem__,
        label_visibility="collapsed",
    )  # fmt: skip
    if by == "harm":
        _harms(asked)
        return
    frame = rated(asked, by)
    if by == "month":
        frame = frame.sort_values("value", key=lambda month: month.replace("", "no date"))
    drawn = frame[(frame["decided"] > 0) & ((frame["value"] != "") | (by != "month"))]
    if drawn.empty:
        st.markdown("None of these claims is decided, or no page has a date: there is no rate to draw.")
    else:
        _charts(drawn, by)
    table(frame, _columns(BY[by]), f"rates-by-{by}", asked.about)


def rated(asked: Asked, by: Part = "topic") -> pd.DataFrame:
    """Rate the claims by a part."""
    return labelled(asked.ask(rates, by, asked.chosen), by)


def _charts(frame: pd.DataFrame, by: Part) -> None:
    rate, verdict = (charts.months, charts.verdict_months) if by == "month" else (charts.rates, charts.verdicts)
    st.caption(words.CHART_MEANS)
    with st.container(horizontal=True, key="pair"):
        with st.container():
            st.subheader("Flagged, of decided claims", anchor=False)
            st.altair_chart(rate(frame), key=f"rates-{by}", alt=f"The rate for each {by}, as in the table below")
        with st.container():
            st.subheader("How decided claims were judged", anchor=False)
            st.altair_chart(verdict(frame), key=f"verdicts-{by}", alt=f"Verdicts for each {by}, as in the table below")
    if by != "month":
        _more(frame)


def draw_sites(asked: Asked) -> None:
    """Rank the sites that have enough to go by."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        least = st.number_input(
            "Decided claims, at least", min_value=1, value=MIN_DECIDED, step=10, key="decided", bind="query-params",
            width=200, help="A rate of few claims says little.",
        )  # fmt: skip
        cover = st.number_input(
            "Coverage in %, at least", min_value=0, max_value=100, value=round(100 * MIN_COVERAGE), step=5,
            key="coverage", bind="query-params", width=200,
            help="Where few claims are decided, the rate says more about the evidence table than about the site.",
        )  # fmt: skip
    ranked, left_out = asked.ask(rank_sites, asked.chosen, min_decided=least, min_coverage=cover / 100)
    short = words.number(left_out, "site has", "sites have")
    if ranked.empty:
        st.subheader("No site has enough to be ranked", anchor=False)
        st.markdown(f"{short} fewer decided claims, or less coverage, than asked for above.")
        return
    frame = labelled(ranked, "site")
    _title(
        "Sites by how much they are flagged",
        f"Ranked by the lower end of the interval. {short} too little to be ranked.",
    )
    st.altair_chart(charts.rates(frame), key="rank", alt="The rate of each site, as in the table below")
    _more(frame)
    table(frame, _columns("Site"), "sites-ranked", asked.about)


def _harms(asked: Asked) -> None:
    frame = asked.ask(harms, asked.chosen)
    frame = frame.assign(label=[f"{level} {words.HARM[level]}" for level in frame["value"]])
    _title("Flagged at each level of harm, of all decided claims", words.CHART_MEANS)
    st.altair_chart(charts.rates(frame), key="harms", alt="The rate of each level, as in the table below")
    columns = _columns("Harm")
    table(frame, {name: columns[name] for name in columns if name in frame.columns}, "rates-by-harm", asked.about)


def labelled(frame: pd.DataFrame, by: str) -> pd.DataFrame:
    """Name each value; the empty one as a person would."""
    return frame.assign(label=frame["value"].replace("", words.BLANK[by]))


def _title(text: str, caption: str) -> None:
    st.subheader(text, anchor=False)
    st.caption(caption)


def _more(frame: pd.DataFrame) -> None:
    if len(frame) > charts.MOST_BARS:
        st.caption(f"The charts show the first {charts.MOST_BARS} of {len(frame):,}; the table goes on.")


def _columns(label: str) -> dict[str, Any]:
    return {
        "label": text(label),
        "flagged": count("Flagged"),
        "decided": count("Decided"),
        "rate": share("Rate", words.RATE_MEANS),
        "low": share("at least", "Lower end of the 95 % interval"),
        "high": share("at most", "Upper end of the 95 % interval"),
        "coverage": share("Coverage", "Of all claims, those that are decided"),
        "claims": count("Claims"),
        "contradicted": count(words.VERDICT["contradicted"]),
        "unsupported": count(words.VERDICT["unsupported"]),
        "overstated": count(words.VERDICT["overstated"]),
        "supported": count(words.VERDICT["supported"]),
        "pages": count("Pages"),
        "sites": count("Sites"),
    }
