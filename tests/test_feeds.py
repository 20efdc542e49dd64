"""From names to pages: what scrapers produce is read page by page; what is no page is counted under its reason."""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.entries import Entry, opened
from pipeline.feeds import Feed, fingerprint, inputs_of, kind_of, read_feed, size_of
from pipeline.limits import MAX_PAGE_BYTES, ReadError
from tests.archives import record, response
from tests.test_bad_input import write

PAGE = b"<html><head><title>Leaf</title></head><body><p>Kratom cures cancer.</p></body></html>"
ROWS = [
    {"key": "a", "body": "Kratom cures cancer.", "page": "", "link": "https://example.org/a"},
    {"key": "b", "body": "", "page": PAGE.decode(), "link": ""},
]
COLUMNS = {"id": "key", "text": "body", "html": "page", "url": "link"}


def pages_of(*names: Path | str, columns: Mapping[str, str] | None = None, **options: object) -> list[Entry]:
    feed = Feed(names=[str(name) for name in names], columns=columns or {}, **options)  # type: ignore[arg-type]
    return list(read_feed(feed, inputs_of(feed.names)))


def reason(entry: Entry) -> str:
    return entry.fault.reason if entry.fault else ""


def as_lines(path: Path) -> Path:
    return write(path.with_suffix(".jsonl"), "".join(json.dumps(row) + "\n" for row in ROWS).encode())


def as_csv(path: Path) -> Path:
    file = io.StringIO()
    writer = csv.DictWriter(file, list(ROWS[0]))
    writer.writeheader()
    writer.writerows(ROWS)
    return write(path.with_suffix(".csv.gz"), gzip.compress(file.getvalue().encode()))


def as_parquet(path: Path) -> Path:
    pq.write_table(pa.Table.from_pylist(ROWS), path.with_suffix(".parquet"))
    return path.with_suffix(".parquet")


@pytest.mark.parametrize("form", [as_csv, as_parquet])
def test_columns_may_have_any_name(form: Callable[[Path], Path], tmp_path: Path) -> None:
    first, second = pages_of(form(tmp_path / "in"), columns=COLUMNS)
    assert (first.id, first.text, first.url) == ("a", ROWS[0]["body"], "https://example.org/a")
    assert (second.id, second.text, second.html) == ("b", None, ROWS[1]["page"])


def test_lines_may_have_other_keys_too(tmp_path: Path) -> None:
    first, second = pages_of(as_lines(tmp_path / "in"), columns=COLUMNS)
    assert (first.id, first.text, first.offset) == ("a", ROWS[0]["body"], 0)
    assert second.html == ROWS[1]["page"]
    assert second.offset == len(json.dumps(ROWS[0])) + 1


@pytest.mark.parametrize("form", [as_csv, as_parquet])
@pytest.mark.parametrize(
    ("columns", "says"), [({}, "no column is text or html"), ({"text": "words"}, "no column 'words'; it has key, body")]
)
def test_a_table_without_text_says_what_it_has(
    form: Callable[[Path], Path], columns: dict[str, str], says: str, tmp_path: Path
) -> None:
    (entry,) = pages_of(form(tmp_path / "in"), columns=columns)
    assert says in str(entry.fault)


def test_a_table_may_hold_html_as_bytes_and_no_ids(tmp_path: Path) -> None:
    pq.write_table(pa.table({"html": [PAGE, None]}), tmp_path / "in.parquet")
    first, second = pages_of(tmp_path / "in.parquet")
    assert opened(first).html == PAGE.decode()
    assert first.id == f"{tmp_path}/in.parquet:1"
    assert reason(second) == "empty"


def test_a_table_in_windows_letters_is_read(tmp_path: Path) -> None:
    (entry,) = pages_of(write(tmp_path / "in.csv", "id,text\n1,Café “cures”\n".encode("cp1252")))
    assert entry.text == "Café “cures”"


# a record of an archive, why it is no page ("" if it is one)
RECORDS: list[tuple[bytes, str]] = [
    (response(PAGE), ""),
    (response(PAGE, "text/html; charset=utf-8", extra="Transfer-Encoding: chunked", chunked=True), ""),
    (response(gzip.compress(PAGE), extra="Content-Encoding: gzip"), ""),
    (response("<p>Caf\xe9 cures.".encode("latin-1"), "text/html; charset=iso-8859-1"), ""),
    (response(b"Kratom cures cancer.", "text/plain"), ""),
    (response(PAGE, status="301 Moved"), "redirect"),
    (response(PAGE, status="404 Not Found"), "http_status"),
    (response(b"\x89PNG", "image/png"), "not_html"),
    (response(b"{}", "application/json"), "not_html"),
    (response(b"x" * (MAX_PAGE_BYTES + 1)), "too_big"),
    (record(b"Kratom cures cancer.", "conversion", "text/plain"), ""),
    (record(b"", "revisit", "application/http; msgtype=response"), "revisit"),
]


@pytest.fixture(params=["warc", "warc.gz"])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """All records with a request between, packed one by one or not at all."""
    pack = gzip.compress if request.param == "warc.gz" else bytes
    members = [pack(record(b"GET / HTTP/1.1\r\n\r\n", "request")), *(pack(data) for data, _ in RECORDS)]
    return write(tmp_path / f"in.{request.param}", b"".join(members))


def test_an_archive_gives_a_page_or_a_named_drop_for_each_response(archive: Path) -> None:
    entries = pages_of(archive)
    assert [reason(entry) for entry in entries] == [why for _, why in RECORDS]
    assert opened(entries[1]).html == PAGE.decode()
    assert opened(entries[2]).html == PAGE.decode()
    assert opened(entries[3]).html == "<p>Café cures."
    assert opened(entries[4]).text == "Kratom cures cancer."
    assert entries[0].url == "http://example.org/page"


def test_the_offset_leads_to_the_raw_bytes(archive: Path) -> None:
    entry = pages_of(archive)[4]
    with archive.open("rb") as file:
        file.seek(entry.offset or 0)
        rest = file.read()
    data = gzip.decompress(rest) if archive.suffix == ".gz" else rest
    assert data.startswith(b"WARC/1.0")
    assert f"WARC-Record-ID: <{entry.id}>".encode() in data[:300]


@pytest.mark.parametrize("cut", [0.3, 0.5, 0.97])
def test_what_is_left_of_a_cut_archive_is_read(cut: float, tmp_path: Path) -> None:
    pages = [random.Random(i).randbytes(5_000).hex().encode() for i in range(9)]
    data = b"".join(gzip.compress(response(page)) for page in pages)
    entries = pages_of(write(tmp_path / "in.warc.gz", data[: int(cut * len(data))]), write(tmp_path / "b.html", PAGE))
    reasons = [reason(entry) for entry in entries]
    assert reasons.count("broken") == 1
    assert reasons.index("broken") == len(reasons) - 2
    assert reasons[-1] == ""
    assert len(reasons) == int(9 * cut) + 2


def test_cut_lines_give_what_is_left_and_a_fault(tmp_path: Path) -> None:
    lines = b"".join(b'{"id": %d, "text": "Garlic %d."}\n' % (i, i * i) for i in range(2_000))
    entries = pages_of(write(tmp_path / "in.jsonl.gz", gzip.compress(lines)[:-20]))
    assert len(entries) > 1_000
    assert Counter(map(reason, entries)) == {"": len(entries) - 1, "unreadable": 1}
    assert entries[-1].file == f"{tmp_path}/in.jsonl.gz"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What a scraper leaves: pages in folders, lines, things that are no pages."""
    root = tmp_path / "scraped"
    write(root / "b" / "leaf.html", PAGE)
    write(root / "a.txt", b"Garlic cures colds.")
    write(root / "c.jsonl", b'{"id": 1, "text": "x"}\n{"id": 2, "text": "y"}\n')
    write(root / "logo.png", b"\x89PNG")
    write(root / ".git" / "config", b"x")
    write(root / "_work" / "x.html", PAGE)
    return root


def test_a_folder_is_read_in_the_order_of_its_paths(folder: Path) -> None:
    entries = pages_of(folder)
    assert [(Path(entry.file).name, entry.id, reason(entry)) for entry in entries] == [
        ("a.txt", f"{folder}/a.txt", ""),
        ("leaf.html", f"{folder}/b/leaf.html", ""),
        ("c.jsonl", 1, ""),
        ("c.jsonl", 2, ""),
        ("logo.png", f"{folder}/logo.png:1", "not_html"),
    ]


@pytest.mark.parametrize("pattern", ["**/*.html", "b/l*f.html"])
def test_a_glob_that_no_shell_expanded_is_one(pattern: str, folder: Path) -> None:
    assert "leaf.html" in {Path(entry.file).name for entry in pages_of(f"{folder}/{pattern}")}


@pytest.mark.parametrize("name", ["gone.jsonl", "*.gone", "empty"])
def test_a_name_for_nothing_is_told_before_anything_runs(name: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ReadError):
        inputs_of([f"{tmp_path}/{name}"])


def test_a_limit_is_the_first_pages_and_a_sample_the_same_ones_in_any_order(tmp_path: Path) -> None:
    lines = [b'{"id": %d, "text": "x"}\n' % i for i in range(1_000)]
    there, back = (write(tmp_path / f"{i}.jsonl", b"".join(ls)) for i, ls in enumerate((lines, lines[::-1])))
    assert [entry.id for entry in pages_of(there, limit=3)] == [0, 1, 2]
    some = {entry.id for entry in pages_of(there, sample=0.1)}
    assert 60 < len(some) < 140
    assert {entry.id for entry in pages_of(back, sample=0.1)} == some
    assert some <= {entry.id for entry in pages_of(there, sample=0.2)}


def test_blank_lines_are_no_pages_and_the_last_line_needs_no_end(tmp_path: Path) -> None:
    path = write(tmp_path / "in.jsonl", b'\n{"id": 1, "text": "a"}\n  \r\n\n{"id": 2, "text": "b"}')
    assert [(entry.id, entry.line, entry.offset) for entry in pages_of(path)] == [(1, 2, 1), (2, 5, 29)]


def test_a_page_of_50_mb_is_refused_under_its_own_id(tmp_path: Path) -> None:
    path = write(tmp_path / "in.jsonl", json.dumps({"id": "big", "html": "x" * 50_000_000}).encode())
    (entry,) = pages_of(path)
    assert (entry.id, entry.html, reason(entry)) == ("big", None, "too_big")


def test_a_line_too_long_to_hold_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.tabular.MAX_LINE_BYTES", 100)
    lines = [b'{"id": 1, "text": "' + b"x" * 5_000 + b'"}', b'{"id": 2, "text": "b"}']
    path = write(tmp_path / "in.jsonl", b"\n".join(lines))
    first, second = pages_of(path)
    assert (reason(first), second.id, second.text) == ("too_big", 2, "b")
    assert second.bytes_read == path.stat().st_size


def test_a_changed_file_is_another_input(tmp_path: Path) -> None:
    path = write(tmp_path / "in.txt", b"a")
    before = fingerprint([str(path)])
    assert fingerprint([str(path)]) == before
    write(path, b"ab")
    assert fingerprint([str(path)]) != before


def test_progress_knows_the_size_of_what_is_not_packed(tmp_path: Path) -> None:
    plain, packed = write(tmp_path / "a.jsonl", b"12345"), write(tmp_path / "b.jsonl.gz", b"123")
    assert size_of([str(plain)]) == 5
    assert size_of([str(plain), str(packed)]) == 0
    assert kind_of("b.WARC.gz") == "warc"
