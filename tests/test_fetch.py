"""Fetching, with no network: public addresses only at every hop, limits, one clear line for what fails."""

from __future__ import annotations

import gzip
import json
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import httpx
import pytest

from pipeline.fetch import Fetched, FetchError, fetch, is_public, save_fetched
from pipeline.read import read_bytes

PUBLIC = "93.184.216.34"
PAGE = b"<p>Kratom cures cancer.</p>"
HOSTS = {
    "a.example": [PUBLIC],
    "b.example": ["151.101.1.69"],
    "six.example": ["2606:2800:220:1:248:1893:25c8:1946"],
    "private.example": ["10.0.0.5"],
    "mixed.example": [PUBLIC, "127.0.0.1"],
    "xn--bcher-kva.example": [PUBLIC],
}
Handler = Callable[[httpx.Request], httpx.Response]


def resolver(host: str, port: int) -> list[str]:
    if host.replace(".", "").isdigit() or ":" in host:
        return [host]
    if host not in HOSTS:
        raise socket.gaierror("not known")
    return HOSTS[host]


def get(url: str, handler: Handler | None = None, **limits: float) -> Fetched:
    transport = httpx.MockTransport(handler or (lambda request: httpx.Response(200, content=PAGE)))
    clock = datetime(2026, 11, 27, 12, 30, tzinfo=UTC)
    return fetch(url, resolver=resolver, transport=transport, now=lambda: clock, **limits)  # type: ignore[arg-type]


def reason_of(url: str, handler: Handler | None = None, **limits: float) -> str:
    with pytest.raises(FetchError) as failure:
        get(url, handler, **limits)
    assert "\n" not in str(failure.value)
    return failure.value.reason


def test_a_page_comes_with_its_time_hash_and_final_url() -> None:
    def site(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/old":
            return httpx.Response(301, headers={"location": "/new#part"})
        return httpx.Response(200, content=PAGE, headers={"content-type": "text/html; charset=utf-8"})

    assert get("https://a.example/old", site) == Fetched(
        url="https://a.example/old",
        final_url="https://a.example/new#part",
        data=PAGE,
        content_type="text/html; charset=utf-8",
        fetched_at="2026-11-27T12:30:00+00:00",
        sha256=sha256(PAGE).hexdigest(),
    )


CONNECTS = [
    ("https://a.example/x?y=1", PUBLIC, "a.example", "a.example", "/x?y=1"),
    ("http://a.example:8080/", PUBLIC, "a.example:8080", "a.example", "/"),
    ("https://six.example/", "2606:2800:220:1:248:1893:25c8:1946", "six.example", "six.example", "/"),
    ("https://bücher.example/", PUBLIC, "xn--bcher-kva.example", "xn--bcher-kva.example", "/"),
    ("  https://A.example ", PUBLIC, "a.example", "a.example", "/"),
]


@pytest.mark.parametrize(
    ("url", "address", "host", "sni", "path"), CONNECTS, ids=[row[0] for row in CONNECTS]
)
def test_it_connects_to_the_checked_address_under_the_host_s_name(
    url: str, address: str, host: str, sni: str, path: str
) -> None:
    asked: list[httpx.Request] = []

    def site(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, content=PAGE)

    get(url, site)
    (request,) = asked
    assert request.url.host == address
    assert request.headers["host"] == host
    assert request.extensions["sni_hostname"] == sni
    assert request.url.raw_path.decode() == path


def test_a_name_is_looked_up_once_a_hop() -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"]])  # a rebinding server
    fetched = fetch(
        "http://a.example/",
        resolver=lambda host, port: next(answers),
        transport=httpx.MockTransport(lambda request: httpx.Response(200, content=request.url.host.encode())),
    )
    assert fetched.data == PUBLIC.encode()


ADDRESSES = [
    (PUBLIC, True), ("2606:2800:220:1:248:1893:25c8:1946", True), ("1.1.1.1", True),
    ("172.32.0.1", True), ("127.0.0.1", False), ("127.9.9.9", False), ("0.0.0.0", False),
    ("10.1.2.3", False), ("172.16.0.1", False), ("192.168.1.1", False), ("169.254.169.254", False),
    ("100.64.0.1", False), ("192.0.0.8", False), ("192.0.2.1", False), ("198.18.0.1", False),
    ("203.0.113.9", False), ("224.0.0.1", False), ("239.1.1.1", False), ("240.0.0.1", False),
    ("255.255.255.255", False), ("192.88.99.1", False), ("::1", False), ("::", False),
    ("fe80::1", False), ("fe80::1%eth0", False), ("fc00::1", False), ("fd12::1", False),
    ("ff02::1", False), ("fec0::1", False), ("2001:db8::1", False), ("::ffff:127.0.0.1", False),
    ("::ffff:93.184.216.34", False), ("::127.0.0.1", False), ("64:ff9b::7f00:1", False),
    ("64:ff9b:1::1", False), ("2002:7f00:1::", False), ("2001:0:4136:e378:8000:63bf:3fff:fdd2", False),
    ("not an address", False),
]  # fmt: skip


@pytest.mark.parametrize(("address", "want"), ADDRESSES, ids=[row[0] for row in ADDRESSES])
def test_only_the_public_internet_is_public(address: str, want: bool) -> None:
    assert is_public(address) is want


REFUSED = [
    ("ftp://a.example/", "scheme"),
    ("file:///etc/passwd", "scheme"),
    ("data:text/html,x", "scheme"),
    ("a.example/page", "scheme"),
    ("", "scheme"),
    ("http://", "bad_url"),
    ("http://[::1", "bad_url"),
    ("http://a.example:port/", "bad_url"),
    ("https://me:secret@a.example/", "bad_url"),
    ("http://a.example/\x00", "bad_url"),
    ("http://" + "a" * 300 + ".example/", "unknown_host"),
    ("https://nobody.example/", "unknown_host"),
    ("http://private.example/", "private_address"),
    ("http://mixed.example/", "private_address"),
    ("http://127.0.0.1/", "private_address"),
    ("http://[::1]/", "private_address"),
    ("http://[::ffff:10.0.0.1]/", "private_address"),
    ("http://169.254.169.254/latest/meta-data/", "private_address"),
]


@pytest.mark.parametrize(("url", "want"), REFUSED, ids=[row[0][:40] for row in REFUSED])
def test_what_must_not_be_asked_is_not_asked(url: str, want: str) -> None:
    def site(request: httpx.Request) -> httpx.Response:
        raise AssertionError("it was asked")

    assert reason_of(url, site) == want


REDIRECTS = [
    ("http://private.example/", "private_address"),
    ("//127.0.0.1/", "private_address"),
    ("http://169.254.169.254/", "private_address"),
    ("http://2130706433/", "private_address"),
    ("file:///etc/passwd", "scheme"),
    ("http://[::1", "unreachable"),
    ("/again", "redirects"),
]


@pytest.mark.parametrize(("location", "want"), REDIRECTS, ids=[row[0] for row in REDIRECTS])
def test_a_redirect_is_checked_like_the_first_url(
    location: str, want: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(HOSTS, "2130706433", ["127.0.0.1"])  # as the system's resolver reads it
    sites: list[str] = []

    def site(request: httpx.Request) -> httpx.Response:
        sites.append(request.url.host)
        return httpx.Response(302, headers={"location": location})

    assert reason_of("https://a.example/", site) == want
    assert set(sites) == {PUBLIC}
    assert len(sites) == (6 if want == "redirects" else 1)


def test_redirects_across_hosts_and_up_to_the_limit_are_followed() -> None:
    def site(request: httpx.Request) -> httpx.Response:
        step = int(request.url.path.strip("/") or 0)
        host = "b.example" if step % 2 == 0 else "a.example"
        return (
            httpx.Response(307, headers={"location": f"https://{host}/{step + 1}"})
            if step < 5
            else httpx.Response(200, content=request.headers["host"].encode())
        )

    fetched = get("https://a.example/", site)
    assert (fetched.final_url, fetched.data) == ("https://b.example/5", b"b.example")


def raw_deflate(data: bytes) -> bytes:
    pack = zlib.compressobj(wbits=-15)
    return pack.compress(data) + pack.flush()


PACKED = [
    ("gzip", gzip.compress(PAGE)),
    ("x-gzip", gzip.compress(PAGE)),
    ("deflate", zlib.compress(PAGE)),
    ("deflate", raw_deflate(PAGE)),
    ("identity", PAGE),
    ("", PAGE),
]


@pytest.mark.parametrize(("coding", "data"), PACKED)
def test_packed_pages_are_unpacked(coding: str, data: bytes) -> None:
    assert get("https://a.example/", lambda _: stream(200, data, {"content-encoding": coding})).data == PAGE


def stream(status: int, data: bytes, headers: dict[str, str]) -> httpx.Response:
    """Answer with raw bytes; `content=` would have httpx unpack them."""

    def chunks() -> Iterator[bytes]:
        for i in range(0, len(data), 1_000):
            yield data[i : i + 1_000]

    return httpx.Response(status, content=chunks(), headers=headers)


FAILURES = [
    ("not found", lambda _: httpx.Response(404), "status"),
    ("server error", lambda _: httpx.Response(503), "status"),
    ("redirect to nowhere", lambda _: httpx.Response(302), "status"),
    ("not modified", lambda _: httpx.Response(304), "status"),
    ("empty page", lambda _: httpx.Response(200), "empty"),
    ("large page", lambda _: stream(200, b"x" * 3_000_000, {}), "too_big"),
    (
        "gzip bomb",
        lambda _: stream(200, gzip.compress(bytes(200_000_000)), {"content-encoding": "gzip"}),
        "too_big",
    ),
    ("gzip in gzip", lambda _: stream(200, b"", {"content-encoding": "gzip, gzip"}), "encoding"),
    ("brotli", lambda _: stream(200, PAGE, {"content-encoding": "br"}), "encoding"),
    ("damaged gzip", lambda _: stream(200, PAGE, {"content-encoding": "gzip"}), "encoding"),
]


@pytest.mark.parametrize(("why", "site", "want"), FAILURES, ids=[row[0] for row in FAILURES])
def test_what_fails_says_so(why: str, site: Handler, want: str) -> None:
    assert reason_of("https://a.example/", site, max_bytes=2_000_000) == want


ERRORS = [
    (httpx.ConnectError("refused"), "unreachable"),
    (httpx.RemoteProtocolError("junk\nfrom the server"), "unreachable"),
    (httpx.ConnectTimeout("slow"), "timeout"),
    (httpx.ReadTimeout("slow"), "timeout"),
]


@pytest.mark.parametrize(("error", "want"), ERRORS, ids=[type(row[0]).__name__ for row in ERRORS])
def test_network_errors_are_one_clear_line(error: Exception, want: str) -> None:
    def site(request: httpx.Request) -> httpx.Response:
        raise error

    assert reason_of("https://a.example/", site) == want


class ToLoopback(httpx.HTTPTransport):
    """Send what would go to a public address to a server of the test."""

    def __init__(self, port: int) -> None:
        super().__init__(trust_env=False)
        self.port = port

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.url = request.url.copy_with(host="127.0.0.1", port=self.port)
        return super().handle_request(request)


@pytest.mark.parametrize("phase", ["header", "body"])
def test_a_site_that_drips_is_cut_off_in_time(phase: str) -> None:
    server = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def drip() -> None:
        connection, _ = server.accept()
        with connection:
            connection.recv(65_536)
            connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: " + (b"1\r\n\r\n" if phase == "body" else b""))
            while not stop.wait(0.05):
                try:
                    connection.sendall(b"x")
                except OSError:
                    return

    thread = threading.Thread(target=drip)
    thread.start()
    began = time.monotonic()
    with pytest.raises(FetchError) as failure:
        fetch(
            "http://a.example/",
            resolver=resolver,
            transport=ToLoopback(server.getsockname()[1]),
            timeout_s=0.5,
        )
    assert failure.value.reason == "timeout"
    assert time.monotonic() - began < 3
    stop.set()
    thread.join()
    server.close()


def test_what_was_fetched_is_kept_and_can_be_read(tmp_path: Path) -> None:
    fetched = get("https://a.example/page")
    path = save_fetched(fetched, tmp_path / "kept")
    assert path.read_bytes() == PAGE
    assert json.loads(path.with_suffix(".json").read_text("utf-8")) == {
        "url": "https://a.example/page",
        "final_url": "https://a.example/page",
        "content_type": "",
        "fetched_at": "2026-11-27T12:30:00+00:00",
        "sha256": sha256(PAGE).hexdigest(),
        "bytes": len(PAGE),
    }
    article = read_bytes(fetched.data, url=fetched.final_url, content_type=fetched.content_type)
    assert (article.text, article.site) == ("Kratom cures cancer.", "a.example")
