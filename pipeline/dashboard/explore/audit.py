"""A random sample to mark, and what the marks say of precision and recall."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pipeline.dashboard import words
from pipeline.dashboard.explore.asked import Asked
from pipeline.dashboard.frames import count, download, table, text

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.audit import Share

_STRATUM = {
    "flagged": "Has a flagged claim",
    "unflagged": "Has claims, none flagged",
    "unclaimed": "No claim was read from it",
}


def draw(asked: Asked) -> None:
    """Walk through the three steps: draw, mark elsewhere, bring the marks back."""
    st.markdown(
        "How good is Nostrum on *these* pages? Draw sentences at random, say of each whether it should be flagged, "
        "and bring the file back. The sample does not show what Nostrum thought. "
        "Of the filter, only sites and months count here.",
        width=720,
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        each = st.number_input(
            "Sentences of each kind",
            min_value=5,
            max_value=1_000,
            value=50,
            step=10,
            key="each",
            bind="query-params",
            width=200,
        )
        seed = st.number_input(
            "Seed",
            min_value=0,
            value=0,
            key="seed",
            bind="query-params",
            width=160,
            help="The same seed draws the same sample.",
        )
    with st.spinner("Drawing sentences …"):
        from pipeline.audit import BLIND  # brings what splits sentences
        from pipeline.audit import draw as draw_sample

        drawn = asked.ask(draw_sample, asked.chosen, each=each, seed=seed)
    st.subheader("1. Take the sample and mark it", anchor=False)
    st.caption("Write yes or no in the column should_flag. Rows that you leave empty do not count.")
    label = f"Sample of {words.number(len(drawn), 'sentence')}"
    download(lambda: drawn[list(BLIND)], "audit-sample", asked.about, label)
    if not (drawn["stratum"] == "unclaimed").any():
        st.caption("This result does not hold the pages' texts, so sentences without a claim cannot be drawn.")
    st.subheader("2. Bring the marks back", anchor=False)
    given = st.file_uploader("Marked sample", type="csv", label_visibility="collapsed")
    if given is not None:
        _estimate(drawn, given.getvalue(), asked)


def _estimate(drawn: pd.DataFrame, data: bytes, asked: Asked) -> None:
    from pipeline.audit import MarkError, estimate, read_marks

    try:
        marks = read_marks(data)
    except MarkError as err:
        st.error("The marks cannot be read.")
        st.code(str(err), language=None, wrap_lines=True)
        return
    known = sum(id in marks for id in drawn["id"])
    if not known:
        st.warning("None of the marks is of this sample. Set the seed, the number and the filter it was drawn with.")
        return
    found = estimate(drawn, marks)
    with st.container(horizontal=True, key="figures-audit"):
        st.metric(
            "Precision", _say(found.precision), width="content", help="Of the flagged sentences, those that should be."
        )
        st.metric(
            "Recall",
            _say(found.recall),
            width="content",
            help="Of the sentences that should be flagged, those that are.",
        )
    st.caption(
        f"{words.number(known, 'mark')} counted; intervals are of 95 %. Recall needs marks of every kind of sentence."
    )
    strata = found.strata.assign(kind=found.strata["stratum"].map(_STRATUM))
    columns = {
        "kind": text("Sentences"), "of": count("There are"), "drawn": count("Drawn"), "marked": count("Marked"),
        "should_flag": count("Should be flagged"),
    }  # fmt: skip
    table(strata, columns, "audit", asked.about)


def _say(share: Share) -> str:
    return words.interval(share.value, share.low, share.high)
