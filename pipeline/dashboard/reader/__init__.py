"""The reader: our one Streamlit component, plain JavaScript and CSS, which draws pages and takes decisions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from typing import Any

import streamlit as st

__all__ = ["chosen_page", "reader", "sent_log"]

SCRIPTS = (
    "dom.js", "article.js", "card.js", "log.js", "judged.js", "decide.js", "panel.js", "places.js", "frame.js",
    "missed.js", "who.js", "desk.js", "keys.js", "reader.js",
)  # fmt: skip
STYLES = ("base.css", "article.css", "panel.css", "card.css", "decide.css")


def joined(names: Sequence[str]) -> str:
    """Read the component's files as one."""
    here = files(__package__)
    return "\n".join(here.joinpath(name).read_text(encoding="utf-8") for name in names)


_component = st.components.v2.component("nostrum_reader", js=joined(SCRIPTS), css=joined(STYLES))


def reader(
    page: Mapping[str, Any],
    pages: Sequence[Mapping[str, Any]],
    review: Mapping[str, Any],
    *,
    key: str,
    on_log: Callable[[], None],
    on_page: Callable[[], None] = lambda: None,
) -> None:
    """Draw the chosen page; `on_log` runs when decisions come, `on_page` when the person turns to another page."""
    _component(
        key=key,
        data={"page": page, "pages": pages, "review": review},
        on_page_change=on_page,
        on_log_change=on_log,
    )


def chosen_page(key: str) -> str | None:
    """Give the id of the page the person has just turned to."""
    page = getattr(st.session_state.get(key), "page", None)
    return page if isinstance(page, str) else None


def sent_log(key: str) -> list[Mapping[str, Any]]:
    """Give the decisions that the component has just sent."""
    log = getattr(st.session_state.get(key), "log", None)
    return list(log["entries"]) if log else []
