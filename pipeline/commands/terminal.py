"""Say things on a terminal: page text is never interpreted, faults are one line each."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterable

# Controls of C0 and C1, and those that turn the reading direction: a page could move the cursor, rename the
# window or show text in another order than it has.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """Give a text in one line, without what a terminal would obey."""
    return " ".join(_CONTROLS.sub(" ", text).split())


def escape_controls(json_text: str) -> str:
    """Escape in JSON what a terminal would obey; it stays the same JSON. Its own line breaks stay."""
    return _CONTROLS.sub(lambda m: m[0] if m[0] == "\n" else f"\\u{ord(m[0]):04x}", json_text)


def blank_controls(lines: str) -> str:
    """Blank what a terminal would obey, but for line breaks."""
    return _CONTROLS.sub(lambda m: m[0] if m[0] in "\r\n" else " ", lines)


def complain(lines: str | Iterable[str]) -> None:
    """Print faults on standard error, a line each."""
    for line in [lines] if isinstance(lines, str) else lines:
        print(f"nostrum: {clean(line)}", file=sys.stderr)


def never_fail_to_print() -> None:
    """Print a mark for letters that the terminal's encoding does not have."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def write_utf8(text: str) -> None:
    """Write UTF-8 to standard output, whatever the terminal's encoding: programs read this."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()
