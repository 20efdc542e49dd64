"""Warn when the dashboard can be reached by others who have not signed in."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

import streamlit as st

WARNING = (
    "**Others can open this page.** It is served to other machines without sign-in, and what is checked here "
    "may be confidential. Serve it on 127.0.0.1, or put sign-in in front of it."
)


def warn() -> None:
    """Show the warning where it applies."""
    if reachable():
        st.warning(WARNING)


def reachable() -> bool:
    """Tell whether others reach this session's server without sign-in."""
    signed_in = bool(getattr(st.user, "is_logged_in", False))
    return exposed(str(st.get_option("server.address") or ""), st.context.url or "", signed_in=signed_in)


def exposed(address: str, url: str, *, signed_in: bool) -> bool:
    """Tell whether others reach the server: it listens on, or was opened at, more than this machine."""
    if signed_in:
        return False
    return not _loopback(address) or (url != "" and not _loopback(urlsplit(url).hostname or ""))


def _loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
