"""Each bad input costs one clear line and exit code 2, never a traceback; in a batch its own line's `error`."""

from __future__ import annotations

import io
import json
import socket
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from pypdf import PdfWriter

from claims.evidence import EVIDENCE
from tests.conftest import Nostrum, Ran

GERMAN = (
    "Die Katze sitzt auf dem Tisch und trinkt die Milch, während der Hund vor der Tür schläft und von einem "
    "langen Spaziergang im Wald träumt. Danach gehen sie gemeinsam in den Garten und spielen dort, bis die "
    "Sonne untergeht und alle müde sind. Am nächsten Morgen wollen sie wieder hinaus, aber es regnet, und so "
    "bleiben sie zu Hause am warmen Ofen und hören den Geschichten der alten Frau zu.\n"
)


def blank_pdf() -> bytes:
    """Make a PDF of one page with nothing on it, as a scan without its picture."""
    writer = PdfWriter()
    writer.add_blank_page(width=99, height=99)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


# name of the file, its bytes, what the line must say
FILES: list[tuple[str, bytes, str]] = [
    ("empty.txt", b"", "empty"),
    ("blank.html", b" \n\t ", "empty"),
    ("no-words.txt", b"--- ... !!!", "no words"),
    ("junk.bin", bytes(range(256)) * 40, "no text in any known encoding"),
    ("junk.html", Random(0).randbytes(3000), "no text in any known encoding"),
    ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "PNG"),
    ("big.html", b"<p>" + b"garlic " * 7_200_000, "50.4 MB"),
    ("big.txt", b"garlic " * 400_000, "2.8 MB"),
    ("markup-only.html", b"<html><body><div><img src=x></div></body></html>", "shows no text"),
    ("deep.html", b"<div>" * 20_000 + b"garlic", "nests"),
    ("tags.html", b"<p>garlic" * 60_000, "tags"),
    ("german.txt", GERMAN.encode(), "German"),
    ("german.html", f"<html><body><article><p>{GERMAN * 3}</p></article></body></html>".encode(), "German"),
    ("scan.pdf", blank_pdf(), "no text"),
    ("cut.pdf", b"%PDF-1.7\n garbage", "PDF"),
    ("cut.docx", b"PK\x03\x04 garbage", "DOCX"),
]


@pytest.mark.parametrize(("name", "data", "says"), FILES, ids=[f[0] for f in FILES])
def test_check_refuses_a_bad_file_in_one_line(
    name: str, data: bytes, says: str, tmp_path: Path, nostrum: Nostrum
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    ran = nostrum("check", path)
    assert ran.code == 2
    assert_one_line(ran.err, str(path), says)
    assert ran.out == ""


def assert_one_line(err: str, *says: str) -> None:
    assert err.startswith("nostrum: ")
    assert err.count("\n") == 1, err
    assert "Traceback" not in err
    for words in says:
        assert words in err


def test_wrong_encoding_and_broken_html_are_read_all_the_same(tmp_path: Path, nostrum: Nostrum) -> None:
    text = "<p>Vaccines cause autism – “naturally”. <b>It is caf\u00e9-grade.<p>Garlic is a plant.<div></span>"
    (tmp_path / "latin.html").write_bytes(text.encode("cp1252"))
    ran = nostrum("check", tmp_path / "latin.html", "--format", "json")
    assert (ran.code, ran.err) == (1, "")
    assert "“naturally”" in json.loads(ran.out)["claims"][0]["quote"]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("no-such-file.txt", "no such file"),
        (".", "folder"),
        ("\x00", "cannot be opened"),
        ("file:///etc/passwd", "only http and https"),
        ("ftp://example.org/x", "only http and https"),
        ("http://127.0.0.1/x", "not on the public internet"),
        ("http://[::1]:8080/", "not on the public internet"),
        ("http://", "no host"),
        ("http://user:secret@example.org/", "password"),
    ],
)
def test_check_refuses_a_bad_place_in_one_line(name: str, says: str, nostrum: Nostrum) -> None:
    ran = nostrum("check", name)
    assert ran.code == 2
    assert_one_line(ran.err, says)


def test_standard_input_is_named(nostrum: Nostrum) -> None:
    ran = nostrum("check", "-", stdin=b"")
    assert ran.code == 2
    assert_one_line(ran.err, "standard input", "empty")


def test_a_bad_file_does_not_keep_the_next_from_being_checked(tmp_path: Path, nostrum: Nostrum) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "good.txt").write_text("Kratom cures cancer.", encoding="utf-8")
    ran = nostrum(
        "check", tmp_path / "empty.txt", tmp_path / "good.txt", tmp_path / "gone.txt", "--format", "jsonl"
    )
    assert ran.code == 2
    assert ran.err.count("\n") == 2
    errors = [json.loads(line)["error"] for line in ran.out.splitlines()]
    assert [bool(e) for e in errors] == [True, False, True]


HEADER = (EVIDENCE / "kratom.csv").read_text(encoding="utf-8").splitlines()[0]
ROW = (
    "own-1,kratom,kratom,treats,opioid-withdrawal,definite,Kratom relieves withdrawal.,insufficient,very_low,,"
    "exact,Nobody has tried.,A title,A publisher,2020,https://example.org/a,,regulator,primary,2026-11-01,current"
)
# bytes of a table, what each line of the fault must say, in order
TABLES: list[tuple[str, bytes, list[str]]] = [
    ("binary", bytes(range(256)), ["cannot be read"]),
    ("empty", b"", ["cannot be read"]),
    ("columns", b"id,what\nx,y\n", ["columns differ"]),
    (
        "two faults",
        f"{HEADER}\n{ROW}\n{ROW.replace('own-1,', 'own-2,').replace('very_low', 'tiny')}\n".encode(),
        [":3: certainty 'tiny' must be one of high, moderate, low, very_low"],
    ),
    (
        "a concept that is none",
        f"{HEADER}\n{ROW.replace('opioid-withdrawal', 'no-such-thing')}\n".encode(),
        [":2: own-1 names no-such-thing"],
    ),
]


@pytest.mark.parametrize(("name", "table", "says"), TABLES, ids=[t[0] for t in TABLES])
@pytest.mark.parametrize("command", ["check", "batch", "evaluate"])
def test_a_faulty_evidence_table_is_told_line_by_line(
    command: str, name: str, table: bytes, says: list[str], tmp_path: Path, nostrum: Nostrum
) -> None:
    ran = run_on_table(
        command, tmp_path, nostrum, "--evidence", write(tmp_path / "own" / "table.csv", table).parent
    )
    assert ran.code == 2
    assert_lines(ran.err, says)


def test_every_fault_of_a_table_is_told(tmp_path: Path, nostrum: Nostrum) -> None:
    rows = [
        ROW.replace("own-1", "Bad Id"),
        ROW.replace("2020", "soon"),
        ROW.replace("kratom,treats", "nil,heals"),
    ]
    table = write(tmp_path / "own" / "table.csv", "\n".join([HEADER, *rows, ""]).encode())
    ran = nostrum("check", write(tmp_path / "a.txt", b"Garlic."), "--only-evidence", "--evidence", table)
    assert ran.code == 2
    told = ran.err.splitlines()
    for words in (":2: id 'Bad Id'", ":3: year 'soon'", ":4: relation 'heals'", ":4: own-1 names nil"):
        assert any(f"table.csv{words}" in line for line in told), words


CONCEPTS: list[tuple[str, bytes, list[str]]] = [
    ("binary", bytes(range(256)), ["cannot be read"]),
    ("columns", b"id,name\nx,y\n", ["the columns must be"]),
    (
        "two faults",
        b"id,kind,name,aliases,broader,inverse,risk\nx,nonsense,x,,,,0\ny,herb,y,,gone,,0\n",
        ["kind 'nonsense'", "names gone"],
    ),
]


@pytest.mark.parametrize(("name", "table", "says"), CONCEPTS, ids=[t[0] for t in CONCEPTS])
def test_a_faulty_concept_table_is_told_line_by_line(
    name: str, table: bytes, says: list[str], tmp_path: Path, nostrum: Nostrum
) -> None:
    ran = run_on_table("check", tmp_path, nostrum, "--concepts", write(tmp_path / "concepts.csv", table))
    assert ran.code == 2
    assert_lines(ran.err, says)


@pytest.mark.parametrize("option", ["--evidence", "--concepts"])
def test_a_table_that_is_not_there_is_told(option: str, tmp_path: Path, nostrum: Nostrum) -> None:
    ran = run_on_table("check", tmp_path, nostrum, option, tmp_path / "gone.csv")
    assert ran.code == 2
    assert_one_line(ran.err, "gone.csv", "cannot be read")


def run_on_table(command: str, folder: Path, nostrum: Nostrum, *options: object) -> Ran:
    text = write(folder / "a.txt", b"Kratom cures cancer.")
    pages = write(folder / "a.jsonl", b'{"id": "a", "text": "Kratom cures cancer."}\n')
    gold = write(
        folder / "gold.jsonl",
        b'{"id": "a", "text": "Kratom cures cancer.", "page_type": "news", "statements": []}\n',
    )
    given = {"check": [text], "batch": [pages, "--out", folder / "out.jsonl"], "evaluate": [gold]}
    return nostrum(command, *given[command], *options)


def write(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def assert_lines(err: str, says: list[str]) -> None:
    lines = err.splitlines()
    assert len(lines) == len(says), err
    for line, words in zip(lines, says, strict=True):
        assert line.startswith("nostrum: ")
        assert words in line


@pytest.mark.parametrize(
    ("prepare", "says"),
    [
        (lambda p: p, "no such file"),
        (lambda p: p.mkdir() or p, "folder"),
    ],
    ids=["missing", "folder"],
)
def test_batch_refuses_a_bad_source_in_one_line(
    prepare: Callable[[Path], Path], says: str, tmp_path: Path, nostrum: Nostrum
) -> None:
    source = prepare(tmp_path / "in.jsonl")
    ran = nostrum("batch", source, "--out", tmp_path / "out.jsonl")
    assert ran.code == 2
    assert_one_line(ran.err, str(source), says)
    assert not (tmp_path / "out.jsonl").exists()


def test_batch_does_not_write_over_its_input(tmp_path: Path, nostrum: Nostrum) -> None:
    source = write(tmp_path / "in.jsonl", b'{"id": 1, "text": "Garlic."}\n')
    ran = nostrum("batch", source, "--out", source)
    assert ran.code == 2
    assert_one_line(ran.err, "this is the input")
    assert source.read_bytes() == b'{"id": 1, "text": "Garlic."}\n'


@pytest.mark.parametrize(
    ("gold", "says"),
    [
        (b"not json\n", ":1: this is no JSON"),
        (b'{"text": "x"}\n', 'no object with an "id"'),
        (b'{"id": 1, "text": "x"}\n', "lacks page_type, statements"),
        (
            b'{"id": 1, "text": "x", "page_type": "news", "statements": [{"quote": "y", "claims": []}]}\n',
            "does not hold the quote 'y'",
        ),
        (b"\xff\xfe", "cannot be read"),
    ],
)
def test_evaluate_refuses_bad_gold_in_one_line(
    gold: bytes, says: str, tmp_path: Path, nostrum: Nostrum
) -> None:
    path = write(tmp_path / "gold.jsonl", gold)
    ran = nostrum("evaluate", path, "--predicted", write(tmp_path / "none.jsonl", b""))
    assert ran.code == 2
    assert_one_line(ran.err, str(path), says)


def test_a_busy_port_is_told_in_one_line(nostrum: Nostrum) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ran = nostrum("dashboard", "--port", port)
    assert ran.code == 2
    assert_one_line(ran.err, f"port {port} on 127.0.0.1 is taken", "--port")
