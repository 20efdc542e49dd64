"""`nostrum dashboard`: where it listens, and what it says when it cannot."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.commands import dashboard
from pipeline.handover import Handover, received
from tests.conftest import Nostrum
from tests.test_bad_input import write


def test_the_dashboard_is_served_where_it_was_asked_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(os, "execv", lambda _, args: started.append(args))
    monkeypatch.chdir(tmp_path)
    page = write(tmp_path / "page.txt", b"Garlic.")
    given = Handover(files=(Path("page.txt"),), reviews=Path("r.sqlite"), results=tmp_path)
    monkeypatch.setattr(os, "environ", dict(os.environ))
    dashboard.run("127.0.0.1", free_port(), False, given)
    (args,) = started
    assert args[1:3] == ["-m", "pipeline.dashboard"]
    assert Path(args[3]).is_file()
    assert {"--server.address=127.0.0.1", "--server.headless=false"} <= set(args)
    assert received(os.environ) == Handover(files=(page,), reviews=tmp_path / "r.sqlite", results=tmp_path)
    assert (Path.cwd() / ".streamlit" / "config.toml").is_file()


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:80"),
        ("0.0.0.0", "http://127.0.0.1:80"),
        ("::", "http://[::1]:80"),
        ("example.org", "http://example.org:80"),
    ],
)
def test_the_address_can_be_opened(host: str, url: str) -> None:
    assert dashboard.address(host, 80) == url


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (lambda port: ("--host", "no-such-host.invalid", "--port", port), "no-such-host.invalid"),
        (lambda port: ("--port", port, "no-such-page.txt"), "no-such-page.txt: there is no such file"),
        (lambda port: ("--port", port, "--results", "no-such-run"), "no-such-run: there are no such results"),
        (lambda port: ("--port", port, "--reviews", "tests"), "tests: this is a folder"),
    ],
)
def test_a_dashboard_that_cannot_start_says_why(
    args: Callable[[int], tuple[object, ...]], says: str, nostrum: Nostrum
) -> None:
    ran = nostrum("dashboard", *args(free_port()))
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert says in ran.err


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
