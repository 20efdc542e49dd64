"""The sidebar: hand in text, files or a link, or open a sample."""

from __future__ import annotations

import streamlit as st

from pipeline.dashboard import session
from pipeline.dashboard.sources import SAMPLES, Link, Pasted, Sample, Upload

# The kinds that the reader knows; the uploader only helps to pick them.
FILE_TYPES = ["txt", "md", "html", "htm", "pdf", "docx"]


def panel() -> None:
    """Offer every way to hand a page in."""
    st.subheader("Check a page", anchor=False)
    text, files, link = st.tabs(["Text", "Files", "Link"])
    with text:
        _paste()
    with files:
        _upload()
    with link:
        _address()
    st.subheader("Samples", anchor=False)
    for sample in SAMPLES:
        _sample(sample)
    if st.button("Clear all pages", type="tertiary", help="Forgets every page of this session."):
        session.clear()
        st.rerun()


def _paste() -> None:
    with st.form("paste", clear_on_submit=True, border=False):
        text = st.text_area("Text of the article", height=200, placeholder="Paste an article, or part of one")
        sent = st.form_submit_button("Check text", type="primary", width="stretch")
    if not sent:
        return
    if not text or not text.strip():
        st.warning("There is no text yet. Paste some first.")
        return
    session.add(Pasted(name=session.pasted_name(), text=text))
    st.rerun()


def _upload() -> None:
    with st.form("upload", clear_on_submit=True, border=False):
        given = st.file_uploader("Files", type=FILE_TYPES, accept_multiple_files=True)
        sent = st.form_submit_button("Check files", type="primary", width="stretch")
    if not sent:
        return
    if not given:
        st.warning("No file is chosen yet. Add one or more first.")
        return
    session.add(*(Upload(name=file.name, data=file.getvalue()) for file in given))
    st.rerun()


def _address() -> None:
    with st.form("link", clear_on_submit=True, border=False):
        url = st.text_input("Address of the page", placeholder="https://")
        sent = st.form_submit_button("Fetch and check", type="primary", width="stretch")
    st.caption(
        "The page is fetched once, by the machine that runs Nostrum. Pages behind a sign-in cannot be read."
    )
    if not sent:
        return
    if not url or not url.strip():
        st.warning("There is no address yet. Paste one first.")
        return
    session.add(Link(url=url.strip()))
    st.rerun()


def _sample(sample: Sample) -> None:
    if st.button(sample.label, key=f"sample-{sample.file}", help=sample.about, width="stretch"):
        session.open_once(sample.upload())
        st.rerun()
