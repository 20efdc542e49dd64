"""Show a frame of rows as a table that can be taken along."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import streamlit as st

from pipeline.export import safe_csv
from pipeline.links import web_link

if TYPE_CHECKING:
    import pandas as pd

# A browser holds this many rows with ease; the download has them all.
MOST_ROWS = 5_000
_C = st.column_config


def share(label: str, help: str = "") -> Any:
    """Configure a column of shares."""
    return _C.NumberColumn(label, help=help or None, format="percent")


def count(label: str, help: str = "") -> Any:
    """Configure a column of counts."""
    return _C.NumberColumn(label, help=help or None, format="localized")


def text(label: str, *, wide: bool = False) -> Any:
    """Configure a column of words."""
    return _C.TextColumn(label, width="large" if wide else None)


def link(label: str) -> Any:
    """Configure a column of addresses, which `web` has checked."""
    return _C.LinkColumn(label, display_text="open")


def web(addresses: pd.Series[str]) -> pd.Series[str]:
    """Keep the addresses of the web; "javascript:" and its like become nothing."""
    return addresses.fillna("").map(lambda url: web_link(url) or None)


def table(frame: pd.DataFrame, columns: Mapping[str, Any], name: str, about: Mapping[str, str]) -> None:
    """Draw some columns of a frame, and offer all of it as CSV; `about` is written into every row of the file."""
    st.dataframe(
        frame.head(MOST_ROWS), column_order=list(columns), column_config=dict(columns), hide_index=True, width="stretch"
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        download(lambda: frame, name, about)
        if len(frame) > MOST_ROWS:
            st.caption(f"The first {MOST_ROWS:,} of {len(frame):,} rows are shown; the file has all of them.")


def download(rows: Callable[[], pd.DataFrame], name: str, about: Mapping[str, str], label: str = "CSV") -> None:
    """Offer rows as CSV that a spreadsheet will not run; they are fetched when the person asks for them."""

    def data() -> bytes:
        whole = rows().assign(**about)
        columns = [str(column) for column in whole.columns]
        cells = whole.astype(object).where(whole.notna(), "").itertuples(index=False, name=None)
        return safe_csv(columns, (dict(zip(columns, row, strict=True)) for row in cells)).encode(
            "utf-8-sig", "backslashreplace"
        )

    st.download_button(
        label, data, f"nostrum-{name}.csv", "text/csv", on_click="ignore", icon=":material/download:", key=f"csv-{name}"
    )
