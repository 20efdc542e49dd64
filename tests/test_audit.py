"""The audit sample: drawn at random and blind, and what its marks say of precision and recall."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
import pytest
from duckdb import DuckDBPyConnection

from pipeline.audit import BLIND, MarkError, draw, estimate, read_marks
from pipeline.explore import Filter
from pipeline.query import open_result
from tests.made import ASIDE, page, write_result

PAGES = [page(f"p{n}", "cs-" * 4, site=f"{'ab'[n % 2]}.example", published=f"2026-0{1 + n % 2}-01") for n in range(10)]


@pytest.fixture
def db(tmp_path: Path) -> DuckDBPyConnection:
    return open_result(write_result(tmp_path / "data", *PAGES), {})


def test_each_kind_of_sentence_is_drawn_and_its_number_known(db: DuckDBPyConnection) -> None:
    drawn = draw(db, each=6)
    assert drawn["stratum"].value_counts().to_dict() == {"flagged": 6, "unflagged": 6, "unclaimed": 6}
    sizes = dict(zip(drawn["stratum"], drawn["of"], strict=True))
    # The aside stands twelve times on each page and is one sentence of it.
    assert sizes == {"flagged": 40, "unflagged": 80, "unclaimed": 10}
    assert set(drawn[drawn["stratum"] == "unclaimed"]["sentence"]) == {ASIDE}
    assert drawn["id"].is_unique


def test_the_same_seed_draws_the_same_sample_and_another_another(db: DuckDBPyConnection) -> None:
    assert draw(db, each=5, seed=1).equals(draw(db, each=5, seed=1))
    assert set(draw(db, each=5, seed=1)["id"]) != set(draw(db, each=5, seed=2)["id"])


def test_what_a_person_marks_does_not_show_the_machines_answer(db: DuckDBPyConnection) -> None:
    drawn = draw(db, each=20)
    assert not {"stratum", "of", "verdict", "flag"} & set(BLIND)
    assert drawn["stratum"].tolist() != sorted(drawn["stratum"])
    assert set(drawn["should_flag"]) == {""}


def test_only_sites_and_months_narrow_the_sample(db: DuckDBPyConnection) -> None:
    chosen = Filter(sites=["a.example"], until="2026-01", topics=["none"], relations=["none"], words="none")
    drawn = draw(db, chosen, each=100)
    assert {url.split("/")[2] for url in drawn["url"]} == {"a.example"}
    assert dict(zip(drawn["stratum"], drawn["of"], strict=True)) == {"flagged": 20, "unflagged": 40, "unclaimed": 5}


def test_without_the_pages_texts_no_unclaimed_sentence_is_drawn(tmp_path: Path) -> None:
    drawn = draw(open_result(write_result(tmp_path / "lines.jsonl", *PAGES), {}), each=5)
    assert set(drawn["stratum"]) == {"flagged", "unflagged"}


def test_of_an_empty_result_nothing_is_drawn(tmp_path: Path) -> None:
    drawn = draw(open_result(write_result(tmp_path / "data"), {}))
    assert drawn.empty
    assert math.isnan(estimate(drawn, {}).precision.value)


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("id,should_flag\ns1,yes\ns2,NO\ns3,\n", {"s1": True, "s2": False}),
        ("\ufeffid;sentence;should_flag\r\ns1;a, b;1\r\ns2;c;0\r\n", {"s1": True, "s2": False}),
        ('id\tsentence\tshould_flag\ns1\t"two\nlines"\ty\n', {"s1": True}),
        ("should_flag,id,more\n n ,s1,x\n", {"s1": False}),
    ],
)
def test_marks_are_read_as_spreadsheets_save_them(text: str, marks: dict[str, bool]) -> None:
    assert read_marks(text.encode()) == marks


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xff\xfe", "no UTF-8"),
        (b"a,b\n1,2\n", "no columns id and should_flag"),
        (b"id,should_flag\ns1,perhaps\n", "Row 2: should_flag is 'perhaps'"),
    ],
)
def test_marks_that_cannot_be_read_say_why(data: bytes, says: str) -> None:
    with pytest.raises(MarkError, match=says):
        read_marks(data)


def sample(**sizes: tuple[int, int]) -> pd.DataFrame:
    """Lay out a drawn sample: how many the stratum has, how many were drawn."""
    return pd.DataFrame(
        [
            {"id": f"{stratum}-{n}", "stratum": stratum, "of": of}
            for stratum, (of, drawn) in sizes.items()
            for n in range(drawn)
        ]
    )


def marks(**yes_of: tuple[int, int]) -> dict[str, bool]:
    return {f"{stratum}-{n}": n < yes for stratum, (yes, of) in yes_of.items() for n in range(of)}


def test_recall_weighs_each_kind_by_how_many_there_are() -> None:
    drawn = sample(flagged=(100, 50), unflagged=(1_000, 50), unclaimed=(10_000, 50))
    found = estimate(drawn, marks(flagged=(40, 50), unflagged=(5, 50), unclaimed=(1, 50)))
    assert found.precision.value == 0.8
    assert (found.precision.low, found.precision.high) == pytest.approx((0.6696, 0.8876), abs=1e-4)
    assert found.recall.value == pytest.approx(80 / (80 + 100 + 200))
    assert found.recall.low < 0.15 < found.recall.value < 0.4 < found.recall.high
    assert found.strata["should_flag"].tolist() == [40, 5, 1]


def test_a_kind_that_the_corpus_lacks_does_not_stand_in_the_way() -> None:
    found = estimate(sample(flagged=(10, 10), unflagged=(10, 10)), marks(flagged=(5, 10), unflagged=(5, 10)))
    assert found.recall.value == 0.5


@pytest.mark.parametrize(
    "marked", [{}, marks(flagged=(3, 5)), marks(unflagged=(0, 5), unclaimed=(0, 5)), {"of-another-sample": True}]
)
def test_without_marks_of_every_kind_there_is_no_recall(marked: dict[str, bool]) -> None:
    drawn = sample(flagged=(10, 5), unflagged=(10, 5), unclaimed=(10, 5))
    assert math.isnan(estimate(drawn, marked).recall.value)


def test_where_nothing_should_be_flagged_recall_says_nothing() -> None:
    found = estimate(sample(flagged=(10, 5), unflagged=(10, 5)), marks(flagged=(0, 5), unflagged=(0, 5)))
    assert found.precision.value == 0
    assert math.isnan(found.recall.value)
