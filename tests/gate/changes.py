"""Which statements of the labelled passages are read or judged otherwise than when the gate was pinned."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("verdicts.jsonl")

Key = tuple[str, int, str, str, str, str]
Judged = tuple[str, str, str, bool]
Row = Mapping[str, Any]


def judged(reports: Sequence[Row]) -> dict[Key, Judged]:
    """Give verdict, strength, voice and flag of each claim, by page, place and triple."""
    return {
        (report["id"], c["start"], c["subject"], c["relation"], c["object"], c["polarity"]): (
            c["verdict"],
            c["strength"],
            c["voice"],
            c["flag"],
        )
        for report in reports
        for c in report["claims"]
    }


def load() -> dict[Key, Judged]:
    """Read the verdicts of the last pin."""
    if not FILE.exists():
        return {}
    lines = FILE.read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return {(r[0], r[1], r[2], r[3], r[4], r[5]): (r[6], r[7], r[8], r[9]) for r in rows}


def save(now: Mapping[Key, Judged]) -> None:
    """Write the verdicts, one claim a line."""
    lines = (json.dumps([*key, *value], ensure_ascii=False) for key, value in sorted(now.items()))
    FILE.write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def changes(
    before: Mapping[Key, Judged], now: Mapping[Key, Judged], passages: Sequence[Row]
) -> Iterator[str]:
    """Name each claim whose verdict, strength, voice or flag changed, and each that came or went; flags first."""
    text = {passage["id"]: passage["text"] for passage in passages}
    keys = [key for key in before.keys() | now.keys() if before.get(key) != now.get(key)]
    for key in sorted(keys, key=lambda key: (not _flag_changed(before.get(key), now.get(key)), key)):
        page, start, subject, relation, object_, polarity = key
        quote = " ".join(text.get(page, "")[start : start + 90].split())
        triple = f"{subject} {'does not ' if polarity == 'deny' else ''}{relation} {object_}"
        yield f"{page}: {_words(before.get(key))} -> {_words(now.get(key))}: {triple} | {quote}"


def _flag_changed(before: Judged | None, now: Judged | None) -> bool:
    return (before is not None and before[-1]) != (now is not None and now[-1])


def _words(judged: Judged | None) -> str:
    if judged is None:
        return "not read"
    verdict, strength, voice, flag = judged
    return f"{verdict} ({strength}, {voice}{', flagged' if flag else ''})"
