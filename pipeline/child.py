"""Start a fresh Python that answers on a line: a page that stalls or crashes it costs nobody else.

Not a `multiprocessing.Process`: that runs the caller's `__main__` again, and is refused to Dask's daemonic workers.
The child ends when its line to the parent does.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any

__all__ = ["Serve", "start"]

# What the child runs on its end of the line: a function that can be imported by name.
Serve = Callable[[Connection], None]


def start(
    serve: Serve, env: Mapping[str, str] | None = None, **options: Any
) -> tuple[subprocess.Popen[bytes], Connection]:
    """Start a child that runs `serve`; give its process, and the parent's end of the line.

    `env` adds to the environment, `options` are those of `subprocess.Popen`.
    """
    line, theirs = Pipe()
    fd = theirs.fileno()
    code = (
        "from multiprocessing.connection import Connection\n"
        f"from {serve.__module__} import {serve.__name__} as serve\n"
        f"serve(Connection({fd}))"
    )
    path = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-c", code],
            stdin=subprocess.DEVNULL,
            pass_fds=[fd],
            env=os.environ | path | dict(env or {}),
            **options,
        )
    return process, line
