"""One false claim in hundreds of everyday wordings: where a page takes it back, nothing is flagged; where it asserts it, it is.

Rows of tests/cases/wordings.jsonl: debunk (denied, doubted, put to others, only asked or wished), promotion (asserted),
missed (asserted, and not read surely enough), plain (a whole sentence that is true). Placeholders stand for the thing, the illness and the verb.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import pytest

from claims.types import Finding
from pipeline.checker import Checker

FILE = Path(__file__).parent / "cases" / "wordings.jsonl"
ROWS: list[Mapping[str, str]] = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]

# What heals, by rows of the table, nothing of the kind.
HEALERS = (("garlic", "cancer"), ("vitamin c", "cancer"), ("ivermectin", "covid-19"))
VERBS = ("cure cures curing cured cure", "treat treats treating treated treatment", "prevent prevents preventing prevented")
# What causes nothing of the kind, with the verbs that agree with it.
BLAMED = (("vaccines", "autism", "do are have cause"), ("the MMR vaccine", "autism", "does is has causes"))


def spelled(row: Mapping[str, str], n: int) -> Iterator[str]:
    """Spell a row out with each pair of thing and illness; which verb is used depends on its place."""
    text = row["text"]
    if row["about"] == "healing":
        for k, (thing, ill) in enumerate(HEALERS):
            prevents = row["kind"] == "debunk" and "{n}" not in text  # "a prevention for it" is no English
            forms = VERBS[(n + k) % (3 if prevents else 2)].split()
            names = dict(zip(("b", "s", "g", "d", "n"), forms, strict=False))
            yield _capitalised(text.format(S=thing, O=ill, **names))
    elif row["about"] == "causing":
        for thing, ill, forms in BLAMED:
            do, be, have, cause = forms.split()
            yield _capitalised(text.format(S=thing, O=ill, do=do, be=be, have=have, cause=cause))
    else:
        yield text


def _capitalised(text: str) -> str:
    return text[0].upper() + text[1:]


def cases(*kinds: str) -> list[object]:
    rows = [(n, r) for n, r in enumerate(ROWS) if r["kind"] in kinds]
    return [pytest.param(text, id=text) for n, r in rows for text in spelled(r, n)]


Read = Callable[[str], Sequence[Finding]]


@pytest.fixture(scope="session")
def read(checker: Checker) -> Read:
    """Check a text once, for all that is asked of it."""
    return lru_cache(maxsize=None)(lambda text: checker.check(text).findings)


def told(found: Sequence[Finding]) -> list[str]:
    return [f"{f.claim.subject} {f.claim.relation} {f.claim.object}: {f.verdict} by {f.rule}" for f in found]


@pytest.mark.parametrize("text", cases("debunk", "plain"))
def test_what_is_denied_doubted_or_true_is_not_flagged(text: str, read: Read) -> None:
    assert told([f for f in read(text) if f.flag]) == []


@pytest.mark.parametrize("text", cases("debunk"))
def test_no_debunk_backs_what_it_takes_back(text: str, read: Read) -> None:
    backed = [
        f
        for f in read(text)
        if f.verdict == "supported" and f.claim.polarity == "affirm" and f.claim.voice != "rejected"
        and f.claim.relation in {"treats", "prevents", "causes"}
    ]
    assert told(backed) == []


@pytest.mark.parametrize("text", cases("missed", "promotion"))
def test_what_is_asserted_is_never_backed(text: str, read: Read) -> None:
    found = read(text)
    assert not any(f.verdict == "supported" and f.claim.relation in {"treats", "prevents"} for f in found), told(found)


@pytest.mark.parametrize("text", cases("promotion"))
def test_what_is_asserted_is_flagged(text: str, read: Read) -> None:
    found = read(text)
    assert any(f.flag for f in found), told(found)


def test_the_wordings_are_many_and_told_apart() -> None:
    kinds = Counter(r["kind"] for r in ROWS)
    assert kinds["debunk"] >= 800
    assert kinds["promotion"] >= 150
    assert kinds["plain"] >= 300
    assert len({(r["about"], r["text"]) for r in ROWS}) == len(ROWS)
    assert all(r["why"] for r in ROWS)
