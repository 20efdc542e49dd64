"""Bytes to text: what kind of file it is, by its content first, and how its letters are encoded."""

from __future__ import annotations

import codecs
import re
import zlib
from pathlib import PurePath
from typing import Literal

from charset_normalizer import from_bytes
from resiliparse.parse.encoding import map_encoding_to_html5

from pipeline.limits import MAX_PAGE_BYTES, ReadError, check_size

Kind = Literal["pdf", "docx", "html", "markdown", "text"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NOT_TEXT = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a sound, film or WebP file"),
    (b"\x00\x00\x00\x18ftyp", "a film"),
    (b"\x00\x00\x00\x20ftyp", "a film"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound or film file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database"),
    (b"PAR1", "a Parquet file (nostrum batch reads those)"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office file (.doc, .xls); save it as .docx or PDF"),
    (b"{\\rtf", "an RTF file; save it as .docx or PDF"),
)
_META = re.compile(
    rb"<(?:meta\b[^>]*?\bcharset|\?xml\b[^>]*?\bencoding)\s*=\s*[\"']?\s*([\w:.-]+)", re.IGNORECASE
)
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w:.-]+)", re.IGNORECASE)
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_TAG = re.compile(
    r"<(/?)(?:p|div|span|ul|ol|li|table|tr|td|h[1-6]|article|section|main|a|b|i|em|strong|blockquote|br|img|figure)"
    r"(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)
_ANY_TAG = re.compile(r"\s*<(?:[a-z][a-z0-9]*(?:[\s/][^<>]*)?|[!?][^<>]*)(?:>|\Z)", re.IGNORECASE)
_CONTROLS = bytes([*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20)])
# How much is looked at to tell what a file is.
_HEAD = 4096
# charset-normalizer takes 35 ms for these.
_SAMPLE = 100_000


def sniff(data: bytes, *, name: str = "", content_type: str = "") -> Kind | None:
    """Tell a file's kind: by its first bytes, then its media type and name; None leaves it to the text."""
    head = data[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "docx"
    for magic, what in _NOT_TEXT:
        if head.startswith(magic):
            raise ReadError("not_text", f"this is {what}, not a page of text")
    suffix, media = (
        PurePath(name.split("?", maxsplit=1)[0]).suffix.lower(),
        content_type.partition(";")[0].strip().lower(),
    )
    if suffix in (".md", ".markdown") or media == "text/markdown":
        return "markdown"
    if suffix in (".html", ".htm", ".xhtml") or media in ("text/html", "application/xhtml+xml"):
        return "html"
    return None


def kind_of_text(text: str, *, plain: bool = False) -> Kind:
    """Tell HTML from plain text. `plain` says that its name or media type claims plain text."""
    head = text[:_HEAD]
    if _HTML_START.match(head):
        return "html"
    if plain:
        return "text"
    tags = [m.group(1) for m in _HTML_TAG.finditer(head)]
    opens = _ANY_TAG.match(head) is not None
    return "html" if opens or (len(tags) >= 3 and "/" in tags) else "text"


def gunzip(data: bytes) -> bytes:
    """Unpack a gzip file, bounded; other bytes pass."""
    if not data.startswith(b"\x1f\x8b\x08"):
        return data
    unpack = zlib.decompressobj(wbits=31)
    try:
        out = unpack.decompress(data, MAX_PAGE_BYTES + 1)
    except zlib.error as err:
        raise ReadError("broken", f"the gzip file is damaged ({err}); fetch it again") from err
    check_size(len(out), MAX_PAGE_BYTES, "the unpacked page")
    if not unpack.eof:
        raise ReadError("broken", "the gzip file ends too early; fetch it again")
    return out


def decode(data: bytes, *, content_type: str = "") -> str:
    """Decode bytes of unknown encoding: BOM, UTF-8, what the page declares, then a guess.

    UTF-8 goes before the declaration: text in another encoding is hardly ever valid UTF-8 by chance,
    while pages that declare Latin-1 and are UTF-8 are common.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _checked(data[len(bom) :].decode(name, "replace"))
    wide = _utf16_without_bom(data)
    if wide:
        return _checked(data.decode(wide, "replace"))
    declared = _declared(data, content_type)
    if declared is not None and data.isascii() and declared.startswith("iso-2022"):
        return _checked(data.decode(declared, "replace"))
    return _checked(_utf8(data) or _by_name(data, declared) or _guess(data))


def _declared(data: bytes, content_type: str) -> str | None:
    m = _META.search(data[:_HEAD])
    header = _HEADER_CHARSET.search(content_type)
    label = header.group(1) if header else m.group(1).decode("ascii") if m else ""
    name = map_encoding_to_html5(label, fallback_utf8=False) if label else None
    return (
        None
        if name is None or name in ("utf-16le", "utf-16be", "utf-16", "replacement", "x-user-defined")
        else name
    )


def _utf8(data: bytes) -> str | None:
    """Decode UTF-8, letting pass a broken letter among many good ones."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
        broken = text.count("\ufffd")
        good = sum(1 for c in text if c > "\x7f") - broken
        return text if good >= 4 * broken else None


def _by_name(data: bytes, name: str | None) -> str | None:
    if name is None:
        return None
    try:
        return data.decode(name)
    except (LookupError, UnicodeDecodeError):
        return None


def _guess(data: bytes) -> str:
    """Guess by charset-normalizer, preferring Windows-1252 (our pages are English) where it reads clean."""
    western = _by_name(data, "cp1252")
    if western is not None and _mostly_ascii(western) and not _control_share(western):
        return western
    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        raise ReadError("not_text", "the bytes are no text in any known encoding; save the page as UTF-8")
    return data.decode(best.encoding, "replace")


def _mostly_ascii(text: str) -> bool:
    return sum(1 for c in text if c > "\x7f") <= 0.3 * len(text)


def _utf16_without_bom(data: bytes) -> str | None:
    sample = data[:_HEAD]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) < 0.3 * len(sample) / 2 or min(even, odd) > 0.02 * len(sample):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _control_share(text: str) -> float:
    sample = text[:_SAMPLE].encode("utf-8", "surrogatepass")
    return (len(sample) - len(sample.translate(None, _CONTROLS))) / max(1, len(sample))


def _checked(text: str) -> str:
    """Refuse text that holds control characters or undecodable places as only binary junk does."""
    junk = _control_share(text) + text[:_SAMPLE].count("\ufffd") / max(1, min(len(text), _SAMPLE))
    if junk > 0.02:
        raise ReadError("not_text", "this is binary data, not text; give the page as HTML, text, PDF or DOCX")
    return text
