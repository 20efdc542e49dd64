"""What is claimed between two things, as the models are told: the relations of rows, never what they found."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from claims import known
from claims.known import KNOWN, known_marks, known_relations, take_snapshot
from pipeline.checker import Checker


@pytest.fixture
def of_two_rows(checker: Checker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Know only that kratom is said to treat pain, and to cause seizures."""
    file = tmp_path / "known.csv"
    file.write_text("subject,object,relations\nkratom,pain,treats\nkratom,seizures,causes|treats\n", encoding="utf-8")
    monkeypatch.setattr(known, "KNOWN", file)
    _forget()
    yield
    _forget()


def _forget() -> None:
    known._pairs.cache_clear()
    known._known.cache_clear()


@pytest.mark.usefixtures("of_two_rows")
@pytest.mark.parametrize(
    ("subject", "obj", "relations"),
    [
        ("kratom", "pain", {"treats"}),
        ("kratom", "seizures", {"treats", "causes"}),
        ("kratom", "chronic-pain", {"treats"}),
        ("kratom", "cancer", set()),
        ("pain", "kratom", set()),
        ("kratom", "kratom", set()),
        ("", "pain", set()),
    ],
    ids=["exact", "two relations", "a kind of it", "unknown", "turned round", "itself", "nothing"],
)
def test_relations_of_a_pair(subject: str, obj: str, relations: set[str], checker: Checker) -> None:
    assert known_relations(subject, obj, checker.lexicon) == relations


def test_what_treats_a_condition_improves_its_other_side(checker: Checker) -> None:
    assert "improves" in known_relations("minoxidil", "hair-growth", checker.lexicon)
    assert "treats" in known_relations("minoxidil", "hair-loss", checker.lexicon)


@pytest.mark.usefixtures("of_two_rows")
def test_marks_name_topic_focus_and_actors_that_are_there(checker: Checker) -> None:
    told = known_marks("seizures", "kratom", "", ("kava",), checker.lexicon)
    assert told == ["known_topic_causes+treats", "known_actor_none"]
    assert known_marks("", "kratom", "kava", (), checker.lexicon) == []
    assert known_marks("pain", "kratom", "kratom", (), checker.lexicon) == ["known_topic_treats"]


def test_a_snapshot_tells_no_finding(checker: Checker, tmp_path: Path) -> None:
    file = tmp_path / "known.csv"
    rows = [r for r in checker.table.rows if r.subject == "kratom"]
    take_snapshot(type(checker.table)(rows, checker.lexicon), file)
    other = [replace(r, finding="refutes" if r.finding == "supports" else "supports") for r in rows]
    told = file.read_text(encoding="utf-8")
    take_snapshot(type(checker.table)(other, checker.lexicon), file)
    assert told == file.read_text(encoding="utf-8")
    assert told.startswith("subject,object,relations\n") and "kratom,pain,treats\n" in told


def test_the_shipped_snapshot_is_of_concepts_and_relations() -> None:
    with KNOWN.open(encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f))
    assert len(rows) > 1_000
    assert all(set(r["relations"].split("|")) <= {"treats", "prevents", "causes", "improves"} for r in rows)
