"""The dashboard's entry: `streamlit run app.py`, or `nostrum dashboard`."""

from __future__ import annotations


def main() -> None:
    """Set the page up and run the view that the address names."""
    import streamlit as st

    from pipeline.dashboard import check, evidence, explore, frame, guide, queue

    frame.set_up()
    views = [
        st.Page(check.view, title="Check", url_path="check", default=True),
        st.Page(queue.view, title="Queue", url_path="queue"),
        st.Page(explore.view, title="Explore", url_path="explore"),
        st.Page(evidence.view, title="Evidence", url_path="evidence"),
        st.Page(guide.view, title="Guide", url_path="guide"),
    ]
    st.navigation(views, position="top").run()


if __name__ == "__main__":
    main()
