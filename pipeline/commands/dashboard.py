"""`nostrum dashboard`: serve app.py by Streamlit."""

from __future__ import annotations

import errno
import os
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline.commands.terminal import complain

# Pages the dashboard offers beside its own samples: absolute paths, joined as PATH is.
SAMPLES_VARIABLE = "NOSTRUM_SAMPLES"
# What a batch wrote, to explore and to review: an absolute path.
RESULTS_VARIABLE = "NOSTRUM_RESULTS"
ROOT = Path(__file__).parent.parent.parent


def run(host: str, port: int, headless: bool, files: Sequence[Path], results: Path | None = None) -> int:
    """Serve the dashboard in place of this process; give 2 with one line where it cannot listen."""
    missing = [str(file) for file in files if not file.is_file()]
    missing += [str(results)] if results and not results.exists() else []
    if missing:
        complain(f"{name}: there is no such file; check the path" for name in missing)
        return 2
    fault = cannot_listen(host, port)
    if fault:
        complain(fault)
        return 2
    if files:
        os.environ[SAMPLES_VARIABLE] = os.pathsep.join(str(file.resolve()) for file in files)
    if results:
        os.environ[RESULTS_VARIABLE] = str(results.resolve())
    print(f"Nostrum listens on {address(host, port)} (Ctrl-C stops it)", flush=True)
    os.chdir(home())
    os.execv(sys.executable, arguments(host, port, headless))


def arguments(host: str, port: int, headless: bool) -> list[str]:
    """Give the command line that serves the dashboard."""
    settings = {
        "server.address": host,
        "server.port": str(port),
        "server.headless": str(headless).lower(),
        "browser.gatherUsageStats": "false",
    }
    options = [f"--{name}={value}" for name, value in settings.items()]
    return [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), *options]


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
