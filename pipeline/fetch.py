"""Fetch a page from the web, from public addresses only, and keep what was fetched."""

from __future__ import annotations

import hashlib
import ipaddress
import json
import logging
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import httpx

from claims.types import digest
from pipeline.home import home

FetchReason = Literal[
    "bad_url", "scheme", "private_address", "unknown_host", "unreachable", "timeout", "too_big", "redirects",
    "status", "encoding", "empty",
]  # fmt: skip
Resolver = Callable[[str, int], Sequence[str]]
Clock = Callable[[], datetime]
_log = logging.getLogger(__name__)

# The largest file that can be read (pipeline.limits), after decompression.
MAX_BYTES = 20_000_000
# Of the whole fetch, redirects included; slow sites answer within 10 s, a person waits no longer than this.
TIMEOUT_S = 20.0
MAX_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; Nostrum/0.1; health-claim checker)",
    "Accept": "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.5",
    "Accept-Language": "en",
    "Accept-Encoding": "gzip, deflate",
}
# Public by Python's tables, but they lead elsewhere: protocol assignments, 6to4 relays, NAT64, benchmarking.
_ELSEWHERE = tuple(
    ipaddress.ip_network(net)
    for net in (
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "fec0::/10",
    )
)


class FetchError(Exception):
    """A page that was not fetched. `reason` is a stable slug; the message is one line for the user."""

    def __init__(self, reason: FetchReason, url: str, what: str) -> None:
        super().__init__(f"{url}: {what}")
        self.reason: FetchReason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a URL gave: the bytes after decompression, when, and their SHA-256."""

    url: str
    final_url: str
    data: bytes
    content_type: str
    fetched_at: str
    sha256: str


@dataclass(frozen=True, slots=True)
class _Hop:
    """A URL whose host was looked up, and the one checked address that may be connected to."""

    url: httpx.URL
    address: str


def resolve(host: str, port: int) -> list[str]:
    """List a host's addresses by the system's resolver."""
    return [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def _now() -> datetime:
    return datetime.now(UTC)


def fetch(
    url: str,
    *,
    resolver: Resolver = resolve,
    transport: httpx.BaseTransport | None = None,
    now: Clock = _now,
    timeout_s: float = TIMEOUT_S,
    max_bytes: int = MAX_BYTES,
) -> Fetched:
    """Fetch a URL over http or https, following redirects, from public addresses only.

    Every hop is looked up once, checked, and connected to at the very address that was checked; no proxy is
    used. Raises `FetchError`.
    """
    deadline = time.monotonic() + timeout_s
    target = url.strip()
    # Not `trust_env`: a proxy would look the host up again.
    with httpx.Client(transport=transport or httpx.HTTPTransport(trust_env=False), trust_env=False) as client:
        for _ in range(MAX_REDIRECTS + 1):
            hop = _check(target, resolver)
            with _failing_clearly(target, client, deadline) as left, _send(client, hop, left) as response:
                if response.status_code in _REDIRECTS and "location" in response.headers:
                    target = str(hop.url.join(response.headers["location"]))
                    continue
                data = _read(response, target, deadline, max_bytes)
                return Fetched(
                    url=url,
                    final_url=target,
                    data=data,
                    content_type=response.headers.get("content-type", ""),
                    fetched_at=now().isoformat(timespec="seconds"),
                    sha256=hashlib.sha256(data).hexdigest(),
                )
    raise FetchError(
        "redirects", url, f"more than {MAX_REDIRECTS} redirects; open it in a browser and save the page"
    )


def fetch_kept(url: str) -> Fetched:
    """Fetch a URL and keep what it gave, since the page may change after it was judged. Raises `FetchError`."""
    fetched = fetch(url)
    folder = home() / "pages"
    try:
        save_fetched(fetched, folder)
    except OSError as err:  # a home that cannot be written to is no reason not to check
        _log.warning("%s was not kept in %s (%s)", fetched.final_url, folder, err.strerror)
    return fetched


def save_fetched(fetched: Fetched, folder: Path) -> Path:
    """Keep the bytes in a folder, a JSON file of url, time and hash beside them; give the bytes' path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{digest(fetched.final_url, fetched.fetched_at, fetched.sha256)}.page"
    about = {k: v for k, v in asdict(fetched).items() if k != "data"} | {"bytes": len(fetched.data)}
    path.write_bytes(fetched.data)
    path.with_suffix(".json").write_text(
        json.dumps(about, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    return path


def is_public(address: str) -> bool:
    """Say whether an IP address is on the public internet, whatever it is wrapped in."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None:
            return False
    special = ip.is_multicast or ip.is_reserved or ip.is_loopback or ip.is_link_local or ip.is_unspecified
    return (
        ip.is_global and not special and not any(ip in net for net in _ELSEWHERE if net.version == ip.version)
    )


def _check(target: str, resolver: Resolver) -> _Hop:
    try:
        url = httpx.URL(target)
        host = url.raw_host.decode("ascii")
    except (httpx.InvalidURL, UnicodeError, ValueError):
        raise FetchError(
            "bad_url", target[:200], "this is no URL; give one like https://example.org/page"
        ) from None
    if url.scheme not in ("http", "https"):
        raise FetchError(
            "scheme", target[:200], "only http and https can be fetched; save the page and give the file"
        )
    if not host or url.userinfo:
        raise FetchError(
            "bad_url", target[:200], "the URL has no host, or a password in it; give the plain address"
        )
    try:
        addresses = list(resolver(host, url.port or (443 if url.scheme == "https" else 80)))
    except (OSError, UnicodeError):
        addresses = []
    if not addresses:
        raise FetchError("unknown_host", target, f"the host {host} is not known; check the spelling")
    # One private address among public ones is how rebinding starts: the name as a whole is refused.
    if not all(map(is_public, addresses)):
        raise FetchError(
            "private_address",
            target,
            f"{host} is not on the public internet; save the page and give the file",
        )
    return _Hop(url, next((a for a in addresses if ":" not in a), addresses[0]))


@contextmanager
def _send(client: httpx.Client, hop: _Hop, left: float) -> Iterator[httpx.Response]:
    """Ask the checked address, under the name of the host in Host, SNI and certificate."""
    request = client.build_request(
        "GET",
        hop.url.copy_with(host=hop.address, fragment=None),
        headers={**_HEADERS, "Host": hop.url.netloc.decode("ascii")},
        extensions={"sni_hostname": hop.url.raw_host.decode("ascii")},
        timeout=left,
    )
    client.cookies.clear()
    response = client.send(request, stream=True, follow_redirects=False)
    try:
        yield response
    finally:
        response.close()


@contextmanager
def _failing_clearly(url: str, client: httpx.Client, deadline: float) -> Iterator[float]:
    """Turn what httpx raises into one clear line, and end a fetch that drips beyond its time."""
    left = deadline - time.monotonic()
    late = FetchError(
        "timeout", url, "the site took too long to answer; try again, or save the page and give the file"
    )
    if left <= 0:
        raise late
    # httpx limits each read, not all of them: a site that sends a byte now and then would never end.
    timer = threading.Timer(left, client.close)
    timer.start()
    try:
        yield left
    except httpx.TimeoutException:
        raise late from None
    except (httpx.HTTPError, OSError) as err:
        if time.monotonic() >= deadline:
            raise late from None
        raise FetchError(
            "unreachable", url, f"the site cannot be reached ({_why(err)}); try again later"
        ) from err
    except (httpx.StreamError, AttributeError, ValueError):
        # A client that is closed while it reads fails in ways of its own.
        if time.monotonic() >= deadline:
            raise late from None
        raise
    finally:
        timer.cancel()


def _why(err: Exception) -> str:
    return " ".join(str(err).split())[:120] or type(err).__name__


def _read(response: httpx.Response, url: str, deadline: float, max_bytes: int) -> bytes:
    if not response.is_success:
        raise FetchError(
            "status", url, f"the site answered {response.status_code} {response.reason_phrase}".rstrip()
        )
    out = bytearray()
    for chunk in _decoded(response, url, max_bytes):
        out += chunk
        if len(out) > max_bytes:
            raise FetchError(
                "too_big", url, f"the page has more than {max_bytes / 1e6:g} MB; save the article alone"
            )
        if time.monotonic() > deadline:
            raise FetchError(
                "timeout", url, "the page took too long to arrive; try again, or save it and give the file"
            )
    if not out:
        raise FetchError("empty", url, "the site sent an empty page")
    return bytes(out)


def _decoded(response: httpx.Response, url: str, max_bytes: int) -> Iterator[bytes]:
    """Unpack the stream ourselves: httpx unpacks a chunk whole, however large it becomes."""
    if response.is_stream_consumed:  # an answer made in memory, by a transport of a test
        yield response.content
        return
    coding = response.headers.get("content-encoding", "identity").strip().lower() or "identity"
    if coding == "identity":
        yield from response.iter_raw(65_536)
        return
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise FetchError("encoding", url, f"the site packs the page as {coding}, which it was not asked to")
    unpack = None
    try:
        for chunk in response.iter_raw(65_536):
            if unpack is None:
                # Some sites send deflate without its zlib header.
                bare = coding == "deflate" and chunk[:1] != b"\x78"
                unpack = zlib.decompressobj(wbits=-15 if bare else 47)
            yield unpack.decompress(chunk, max_bytes + 1)
    except zlib.error:
        raise FetchError("encoding", url, "the page arrived damaged; try again") from None
