"""Send a command of the curator's to work in a child process: what lints or judges much must not stall the screen.

The commands are those of the command line, so that what a person sees here is what they get there.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

import streamlit as st

from pipeline.dashboard.table import Stamp

# How often a waiting screen looks whether the command is done.
LOOK_EVERY = 0.5
_RUN = "from pipeline.cli import main; main()"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a command left behind."""

    code: int
    out: str
    err: str


class Errand:
    """One `nostrum` command at work."""

    def __init__(self, *args: str) -> None:
        # Files, not pipes: nobody reads while it works, and a full pipe would hold it up.
        self._out, self._err = tempfile.TemporaryFile(), tempfile.TemporaryFile()  # noqa: SIM115 - read in `answer`
        self._begun = time.monotonic()
        self._process = subprocess.Popen(
            [sys.executable, "-c", _RUN, *args],
            stdin=subprocess.DEVNULL,
            stdout=self._out,
            stderr=self._err,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )

    @property
    def done(self) -> bool:
        """Whether the answer is there, or the command was stopped."""
        return self._process.poll() is not None

    def stop(self) -> None:
        """Stop the command at once."""
        self._process.kill()
        self._process.wait()

    @property
    def seconds(self) -> int:
        """How long ago it was begun."""
        return int(time.monotonic() - self._begun)

    @property
    def stopped(self) -> bool:
        """Whether it ended without an answer."""
        return (self._process.poll() or 0) < 0

    def answer(self) -> Answer:
        """Wait for the answer."""
        code = self._process.wait()
        texts = []
        for file in (self._out, self._err):
            file.seek(0)
            texts.append(file.read().decode("utf-8", "replace"))
        return Answer(code=code, out=texts[0], err=texts[1])


@st.cache_resource(show_spinner=False, max_entries=8)
def started(args: tuple[str, ...], stamp: Stamp) -> Errand:
    """Give the errand with these words, at work or done; files in another state make another."""
    return Errand(*args)


def fetch(args: tuple[str, ...], stamp: Stamp, doing: str) -> Answer | None:
    """Give the answer once it is there; until then show that it is worked on, with a way to stop it."""
    errand = started(args, stamp)
    if not errand.done:
        _waiting(errand, doing)
        return None
    if errand.stopped:
        st.markdown("This was stopped.")
        if st.button("Start again"):
            started.clear(args, stamp)
            st.rerun()
        return None
    answer = errand.answer()
    if answer.code == 2:
        st.error("This could not be done.")
        st.code(answer.err.strip(), language=None, wrap_lines=True)
        return None
    return answer


@st.fragment(run_every=LOOK_EVERY)
def _waiting(errand: Errand, doing: str) -> None:
    if errand.done:
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/hourglass_top: {doing} {errand.seconds} s")
        if st.button("Stop"):
            errand.stop()
            st.rerun()
