"""The frame around every view: title, logo, menu, and the few styles Streamlit has no setting for."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pipeline.dashboard import words

HERE = Path(__file__).parent


def set_up() -> None:
    """Configure the page; the first call of every run."""
    st.set_page_config(
        page_title="Nostrum",
        page_icon=str(HERE / "assets" / "icon.svg"),
        layout="wide",
        menu_items={"About": f"**Nostrum** checks the health claims of web articles. {words.NO_ADVICE}"},
    )
    st.logo(str(HERE / "assets" / "logo.svg"), size="large")
    st.html(HERE / "assets" / "frame.css")
