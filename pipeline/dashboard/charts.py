"""Draw rates and counts in the theme's colours; every chart stands above the table that it is drawn from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from claims.types import Verdict
from pipeline.dashboard import words

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

# Bars that can be told apart at a glance; the table below has the rest.
MOST_BARS = 20
_ROW = 24
_TIMELINE = 260
_PERCENT = ".0%"
_TONES: dict[Verdict, str] = {
    "contradicted": "redTextColor",
    "unsupported": "orangeTextColor",
    "overstated": "yellowTextColor",
    "supported": "greenTextColor",
}


def colour(name: str) -> str:
    """Give a colour of the theme that the person sees."""
    mode = st.context.theme.type or "light"
    return str(st.get_option(f"theme.{mode}.{name}"))


def rates(frame: pd.DataFrame) -> alt.LayerChart:
    """Draw a rate with its interval for each value, above a bar for its coverage."""
    import altair as alt

    shown = frame.head(MOST_BARS)
    base = alt.Chart(shown, height=alt.Step(_ROW)).encode(y=_names(shown), tooltip=_tips("Flagged"))
    return _styled(
        base.mark_bar(color=colour("borderColor"), height=14, cornerRadius=2).encode(x=_shares("coverage")),
        base.mark_rule(color=colour("primaryColor"), strokeWidth=2).encode(x="low:Q", x2="high:Q"),
        base.mark_point(color=colour("primaryColor"), filled=True, size=80, opacity=1).encode(x="rate:Q"),
    )


def months(frame: pd.DataFrame) -> alt.LayerChart:
    """Draw the rate of each month with its interval, above a bar for the month's coverage."""
    import altair as alt

    base = alt.Chart(_dated(frame), height=_TIMELINE).encode(x=_when(), tooltip=_tips("Flagged"))
    tone = colour("primaryColor")
    return _styled(
        base.mark_bar(color=colour("borderColor")).encode(y=_upright("coverage")),
        base.mark_area(color=tone, opacity=0.18).encode(y="low:Q", y2="high:Q"),
        base.mark_line(color=tone, point=alt.OverlayMarkDef(size=40, color=tone)).encode(y="rate:Q"),
    )


def verdicts(frame: pd.DataFrame) -> alt.LayerChart:
    """Draw how the decided claims of each value were judged, in shares."""
    import altair as alt

    shown = frame.head(MOST_BARS)
    bars = alt.Chart(_judged(shown), height=alt.Step(_ROW)).mark_bar(height=14)
    return _styled(bars.encode(x=_shares("share"), y=_names(shown), **_toned()))


def verdict_months(frame: pd.DataFrame) -> alt.LayerChart:
    """Draw how the decided claims of each month were judged, in shares."""
    import altair as alt

    bars = alt.Chart(_judged(_dated(frame)), height=_TIMELINE).mark_bar()
    return _styled(bars.encode(x=_when(), y=_upright("share"), **_toned()))


def pairs(frame: pd.DataFrame, a: str, b: str) -> alt.LayerChart:
    """Draw two rates for each value, with their intervals."""
    import altair as alt
    import pandas as pd

    shown = frame.head(MOST_BARS)
    sides = []
    for side, name in (("_a", a), ("_b", b)):
        columns = {
            f"{column}{side}": column for column in ("claims", "decided", "flagged", "coverage", "rate", "low", "high")
        }
        sides.append(shown[["label", *columns]].rename(columns=columns).assign(side=name))
    long = pd.concat(sides)
    tones = alt.Scale(domain=[a, b], range=[colour("primaryColor"), colour("orangeTextColor")])
    base = alt.Chart(long, height=alt.Step(12)).encode(
        y=_names(shown),
        yOffset=alt.YOffset("side:N", sort=[a, b]),
        color=alt.Color("side:N", scale=tones, legend=alt.Legend(title=None, orient="top", labelLimit=320)),
        shape=alt.Shape("side:N", scale=alt.Scale(domain=[a, b], range=["circle", "diamond"])),
        tooltip=[alt.Tooltip("side:N", title=" "), *_tips("Flagged")],
    )
    return _styled(
        base.mark_rule(strokeWidth=2).encode(x=_shares("low"), x2="high:Q"),
        base.mark_point(filled=True, size=70, opacity=1).encode(x="rate:Q"),
    )


def _styled(*layers: alt.Chart) -> alt.LayerChart:
    """Lay charts over each other, with the theme's own text and lines: Streamlit's grey is too light to read."""
    import altair as alt

    text, line = colour("textColor"), colour("borderColor")
    axis = alt.AxisConfig(labelColor=text, gridColor=line, labelFontSize=12)
    legend = alt.LegendConfig(labelColor=text, labelFontSize=12)
    return alt.LayerChart(layer=list(layers), config=alt.Config(axis=axis, legend=legend))


def _judged(frame: pd.DataFrame) -> pd.DataFrame:
    """Give a row for each value and verdict."""
    import pandas as pd

    parts = [
        frame.assign(
            verdict=words.VERDICT[verdict], order=order, judged=frame[verdict], share=frame[verdict] / frame["decided"]
        )
        for order, verdict in enumerate(_TONES)
    ]
    return pd.concat(parts)


def _toned() -> dict[str, Any]:
    import altair as alt

    tones = alt.Scale(
        domain=[words.VERDICT[verdict] for verdict in _TONES], range=[colour(tone) for tone in _TONES.values()]
    )
    return {
        "color": alt.Color("verdict:N", scale=tones, legend=alt.Legend(title=None, orient="bottom", columns=2)),
        "order": "order:Q",
        "tooltip": [
            alt.Tooltip("label:N", title=" "),
            alt.Tooltip("verdict:N", title="Verdict"),
            alt.Tooltip("judged:Q", title="Claims", format=","),
            alt.Tooltip("share:Q", title="Of decided", format=".1%"),
        ],
    }


def _dated(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(day=frame["value"] + "-01")


def _when() -> Any:
    import altair as alt

    axis = alt.Axis(format="%b %Y", labelOverlap=True, tickCount=6)
    return alt.X("utcyearmonth(day):T", title=None, scale=alt.Scale(type="utc"), axis=axis)


def _names(frame: pd.DataFrame) -> Any:
    import altair as alt

    return alt.Y("label:N", sort=list(frame["label"]), title=None, axis=alt.Axis(labelLimit=170, ticks=False))


def _shares(column: str) -> Any:
    import altair as alt

    axis = alt.Axis(format=_PERCENT, tickCount=5, domain=False)
    return alt.X(f"{column}:Q", title=None, scale=alt.Scale(domain=[0, 1]), axis=axis)


def _upright(column: str) -> Any:
    import altair as alt

    axis = alt.Axis(format=_PERCENT, tickCount=5, domain=False)
    return alt.Y(f"{column}:Q", title=None, scale=alt.Scale(domain=[0, 1]), axis=axis)


def _tips(what: str) -> list[Any]:
    import altair as alt

    return [
        alt.Tooltip("label:N", title=" "),
        alt.Tooltip("rate:Q", title=what, format=".1%"),
        alt.Tooltip("low:Q", title="at least", format=".1%"),
        alt.Tooltip("high:Q", title="at most", format=".1%"),
        alt.Tooltip("decided:Q", title="Decided claims", format=","),
        alt.Tooltip("claims:Q", title="Claims", format=","),
        alt.Tooltip("coverage:Q", title="Coverage", format=".1%"),
    ]
