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
        "stands behind it or passes it on. A page that names a myth in order to reject it is not flagged."
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
    st.subheader("Keyboard", anchor=False)
    st.markdown(
        "On a checked page, `N` and `P` (or `J` and `K`) walk the list, and `?` shows every shortcut."
    )
    st.caption(words.NO_ADVICE)


def _table(left: str, right: str, rows: list[tuple[str, str]]) -> None:
    st.table({left: [row[0] for row in rows], right: [row[1] for row in rows]}, hide_index=True)
