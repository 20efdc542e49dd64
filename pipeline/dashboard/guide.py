"""The view "Guide": how to read a report, for someone who opens Nostrum for the first time."""

from __future__ import annotations

import streamlit as st

from pipeline.dashboard import words

# About 75 letters a line.
WIDTH = 680


def view() -> None:
    """Explain the words on the screen; every definition comes from where the screen takes it."""
    with st.container(width=WIDTH):
        _page()


def _page() -> None:
    st.header("How to read a report", anchor=False)
    st.markdown(
        "Nostrum reads a page, finds the statements that claim something about health, and looks each one up "
        "in a table of published evidence. The table decides; where it has no row about exactly the claim, "
        "Nostrum says so and gives no verdict."
    )
    _table("Verdict", "It means", [(words.VERDICT[key], words.VERDICT_MEANS[key]) for key in words.VERDICT])
    st.subheader("What is flagged", anchor=False)
    st.markdown(
        "A statement is flagged when its verdict is contradicted, unsupported or overstated and the page "
        "stands behind it or passes it on. A page that names a myth in order to reject it is not flagged. Nor is one "
        "that only tells what people believe, asks, or weighs: it shows the verdict, with the tag “only told of”."
    )
    st.subheader("Harm", anchor=False)
    st.markdown(
        "What could happen to a reader who believed the claim. The flagged list starts with the worst."
    )
    _table("Harm", "If believed", [(str(level), word.capitalize()) for level, word in words.HARM.items()])
    st.subheader("Unverified, and why", anchor=False)
    _table(
        "Reason",
        "It means",
        [(words.REASON[key].capitalize(), words.REASON_MEANS[key]) for key in words.REASON],
    )
    st.subheader("Deciding", anchor=False)
    st.markdown(
        "What you decide is saved at once, under your name, and stays through a reload, another run of the "
        "checker and a changed table. Nothing is overwritten: taking a decision back is a record too. Where the "
        "page or the finding has changed since, the card says so. A claim that stands in several places, on one "
        "page or on many, is decided once."
    )
    _table(
        "Decision",
        "It means",
        [(words.DECISION[key], words.DECISION_MEANS[key]) for key in words.DECISION],
    )
    st.subheader("Keyboard", anchor=False)
    st.markdown(
        "Every button shows its key: `Enter` agrees, `1` to `5` give another verdict, `Z` takes the last decision "
        "back. `N` and `P` (or `J` and `K`) walk the list, and `?` shows every shortcut."
    )
    st.subheader("Handing in", anchor=False)
    st.markdown(
        "Report, above a page or a batch, gives what was found and decided: to read or print, as a table, as JSON, "
        "as schema.org ClaimReview, and as labelled passages that train and test Nostrum."
    )
    st.caption(words.NO_ADVICE)


def _table(left: str, right: str, rows: list[tuple[str, str]]) -> None:
    st.table({left: [row[0] for row in rows], right: [row[1] for row in rows]}, hide_index=True)
