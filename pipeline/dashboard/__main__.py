"""Serve the dashboard, what a first visitor would wait for made ready: `python -m pipeline.dashboard APP OPTION…`."""

from __future__ import annotations

import importlib
import sys
import threading

# What every view imports, and what Explore draws with: 3 s of a first visit.
_HEAVY = ("pandas", "duckdb", "pipeline.dashboard.check", "pipeline.dashboard.evidence", "altair")


def main() -> None:
    """Hand over to Streamlit, which listens at once; the rest is made ready beside it."""
    from streamlit.web import cli

    threading.Thread(target=make_ready, daemon=True).start()
    cli.main(["run", *sys.argv[1:]], prog_name="streamlit")


def make_ready() -> None:
    """Load the libraries, and open the results that were handed over, with what Explore shows of them first."""
    from pipeline.dashboard import explore, table
    from pipeline.results import ResultsError

    for name in _HEAVY:
        importlib.import_module(name)
    path = table.results()
    if path is not None:
        try:
            explore.make_ready(path)
        except ResultsError:
            return  # the views say what is wrong


if __name__ == "__main__":
    main()
