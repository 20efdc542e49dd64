"""The flagged claims that are repeated most, and who repeats them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pipeline.dashboard import words
from pipeline.dashboard.explore.asked import Asked
from pipeline.dashboard.frames import count, link, table, text, web
from pipeline.explore import repeated, repeaters

if TYPE_CHECKING:
    import pandas as pd


def draw(asked: Asked) -> None:
    """List the claims, and the sites that say the one that the person chose."""
    frame, there = asked.ask(repeated, asked.chosen)
    if not there:
        st.subheader("Nothing is flagged", anchor=False)
        st.markdown("None of these claims is flagged, so none is repeated.")
        return
    left = f" The first {len(frame):,} of {there:,} are listed." if there > len(frame) else ""
    st.caption(
        "One claim says the same of the same things, however it is worded. Those on most sites come first; a text that "
        f"several pages have counts once under “Texts”.{left}"
    )
    frame = frame.assign(claim=_says(frame), judged=frame["verdict"].map(words.NAMES))
    columns = {
        "claim": text("Claim"), "sites": count("Sites"), "pages": count("Pages"), "texts": count("Texts"),
        "judged": text("Verdict"), "harm": count("Harm"), "first_month": text("First"), "last_month": text("Last"),
        "example": text("For example", wide=True),
    }  # fmt: skip
    table(frame, columns, "repeated-claims", asked.about)
    _who(asked, frame)


def _who(asked: Asked, frame: pd.DataFrame) -> None:
    """Show who says a claim; it is chosen, and named in the address, by the id of one of its findings."""
    names = dict(zip(frame["id"], frame["claim"], strict=True))
    linked = st.query_params.get("claim")
    options = [*names, *([linked] if linked and linked not in names else [])]
    chosen = st.selectbox(
        "Who repeats it?",
        options,
        index=options.index(linked) if linked else None,
        key="who",
        placeholder="Choose a claim",
        format_func=lambda id: names.get(id, f"Claim of finding {id}"),
    )
    if chosen != linked:
        _link(chosen)
    if not chosen:
        return
    sites = asked.ask(repeaters, chosen, asked.chosen)
    if sites.empty:
        st.caption("Within the filter, no site says so.")
        return
    st.caption(f"{words.number(len(sites), 'site says', 'sites say')} so, in these or other words.")
    sites = sites.assign(site=sites["site"].replace("", words.BLANK["site"]), url=web(sites["url"]))
    columns = {
        "site": text("Site"), "pages": count("Pages"), "claims": count("Times"), "last_month": text("Last"),
        "example": text("For example", wide=True), "url": link("Page"),
    }  # fmt: skip
    table(sites, columns, "who-repeats-it", asked.about | {"claim": names.get(chosen, chosen)})


def _link(finding: str | None) -> None:
    """Name a claim in the address. A bound widget would name it by its label, which the next result may not have."""
    if finding:
        st.query_params["claim"] = finding
    else:
        del st.query_params["claim"]


def _says(frame: pd.DataFrame) -> list[str]:
    rows = zip(frame["subject"], frame["relation"], frame["object"], frame["polarity"], strict=True)
    return [words.triple(*row) for row in rows]
