"""The reader: our one Streamlit component, plain JavaScript and CSS, which draws pages and their findings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from typing import Any

import streamlit as st

__all__ = ["chosen_page", "reader"]

SCRIPTS = ("dom.js", "article.js", "card.js", "panel.js", "frame.js", "keys.js", "reader.js")
STYLES = ("base.css", "article.css", "panel.css")


def joined(names: Sequence[str]) -> str:
    """Read the component's files as one."""
    here = files(__package__)
    return "\n".join(here.joinpath(name).read_text(encoding="utf-8") for name in names)


_component = st.components.v2.component("nostrum_reader", js=joined(SCRIPTS), css=joined(STYLES))


def reader(
    page: Mapping[str, Any],
    pages: Sequence[Mapping[str, Any]],
    *,
    key: str,
    on_page: Callable[[], None],
) -> None:
    """Draw the chosen page; `on_page` runs when the person turns to another one."""
    _component(key=key, data={"page": page, "pages": pages}, on_page_change=on_page)


def chosen_page(key: str) -> str | None:
    """Give the id of the page the person has just turned to."""
    page = getattr(st.session_state.get(key), "page", None)
    return page if isinstance(page, str) else None
