"""`nostrum dashboard`: serve app.py by Streamlit."""

from __future__ import annotations

import errno
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

from pipeline.commands.terminal import complain
from pipeline.handover import Handover

ROOT = Path(__file__).parent.parent.parent


def run(host: str, port: int, headless: bool, handover: Handover) -> int:
    """Serve the dashboard in place of this process; give 2 with one line where it cannot listen."""
    faults = list(missing(handover)) or list(filter(None, [cannot_listen(host, port)]))
    if faults:
        complain(faults)
        return 2
    os.environ.update(handover.as_environment())
    print(f"Nostrum listens on {address(host, port)} (Ctrl-C stops it)", flush=True)
    os.chdir(home())
    os.execv(sys.executable, arguments(host, port, headless))


def missing(handover: Handover) -> Iterator[str]:
    """Name what was handed over and is not there; a file of reviews is made when it is needed."""
    for file in handover.files:
        if not file.is_file():
            yield f"{file}: there is no such file; check the path"
    if handover.results is not None and not handover.results.exists():
        yield f"{handover.results}: there are no such results; check the path"
    if handover.reviews is not None and handover.reviews.is_dir():
        yield f"{handover.reviews}: this is a folder; give a file to --reviews"


def arguments(host: str, port: int, headless: bool) -> list[str]:
    """Give the command line that serves the dashboard."""
    settings = {
        "server.address": host,
        "server.port": str(port),
        "server.headless": str(headless).lower(),
        "browser.gatherUsageStats": "false",
    }
    options = [f"--{name}={value}" for name, value in settings.items()]
    return [sys.executable, "-m", "pipeline.dashboard", str(ROOT / "app.py"), *options]


def home() -> Path:
    """Give the folder with Streamlit's settings: app.py's own, or where an installed package keeps them."""
    installed = Path(sys.prefix) / "share" / "nostrum"
    return ROOT if (ROOT / ".streamlit").is_dir() or not installed.is_dir() else installed


def cannot_listen(host: str, port: int) -> str:
    """Say in a line why nobody can listen there, or ""."""
    try:
        family, kind, proto, _, where = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, proto) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(where)
    except OSError as err:
        if err.errno == errno.EADDRINUSE:
            return f"port {port} on {host} is taken; give another with --port"
        return f"port {port} on {host} cannot be used ({err.strerror}); give others with --host and --port"
    return ""


def address(host: str, port: int) -> str:
    """Give the URL to open; one that listens everywhere is opened at this machine."""
    shown = "127.0.0.1" if host in ("0.0.0.0", "") else "::1" if host == "::" else host
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"
