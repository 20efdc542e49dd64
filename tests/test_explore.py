"""Questions to the result of a batch: what is counted, what a rate rests on, who is ranked, who repeats."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

from claims.lexicon import Lexicon
from claims.lint import Sheets
from claims.rows import Row
from claims.types import Concept
from models.intervals import difference, wilson
from pipeline.explore import (
    Filter,
    compare,
    count_statements,
    harms,
    rank_sites,
    rates,
    repeated,
    repeaters,
    statements,
    values,
)
from pipeline.query import open_result, versions
from pipeline.results import ResultsError
from pipeline.topics import topics_of
from tests.made import Made, Said, page, write_result
from tests.tables import row

HOSTILE = "x'; DROP TABLE claims; --"
TOPICS = {"kratom": "herbs", "garlic": "food"}
Open = Callable[..., DuckDBPyConnection]


@pytest.fixture(params=["data", "lines.jsonl"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Open:
    """Open pages as a data set and as JSON lines: every question has the same answer on both."""
    return lambda *pages: open_result(write_result(tmp_path / request.param, *pages), TOPICS)


@pytest.fixture
def dataset(tmp_path: Path) -> Open:
    return lambda *pages: open_result(write_result(tmp_path / "data", *pages), TOPICS)


def said(subject: str, relation: str = "treats", obj: str = "pain", **fields: object) -> Said:
    return Said(triple=(subject, relation, obj), **fields)  # type: ignore[arg-type]


# Intervals


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (5, 10, 0.2366, 0.7634),
        (1, 1, 0.2065, 1.0),
        (81, 263, 0.2553, 0.3662),  # Newcombe 1998, table I
        (15, 148, 0.0624, 0.1605),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_is_as_published(hits: int, n: int, low: float, high: float) -> None:
    got_low, got_high = wilson([hits], [n])
    assert (got_low[0], got_high[0]) == pytest.approx((low, high), abs=6e-5)


def test_of_nothing_there_is_no_interval() -> None:
    assert all(math.isnan(end[0]) for end in wilson([0], [0]))
    assert all(math.isnan(part[0]) for part in difference([0], [0], [1], [2]))


@pytest.mark.parametrize(
    ("a", "b", "want"),
    [
        ((56, 70), (48, 80), (0.2, 0.0524, 0.3339)),  # Newcombe 1998, table II, method 10
        ((9, 10), (3, 10), (0.6, 0.1705, 0.8090)),
        ((10, 10), (0, 10), (1.0, 0.6075, 1.0)),
    ],
)
def test_the_interval_of_a_difference_is_as_published(
    a: tuple[int, int], b: tuple[int, int], want: tuple[float, float, float]
) -> None:
    got = [float(part) for part in difference(*a, *b)]
    assert got == pytest.approx(want, abs=6e-5)


# Opening


def test_the_topic_of_a_concept_is_that_of_most_current_rows_else_of_its_nearest_class() -> None:
    concepts = (
        Concept(id="herb", kind="class", name="herb"),
        Concept(id="mint", kind="herb", name="mint", broader=("herb",)),
        Concept(id="peppermint", kind="herb", name="peppermint", broader=("mint",)),
        Concept(id="stone", kind="product", name="stone"),
    )
    cells = [
        ("herb", "plants", "current"), ("mint", "tea", "current"), ("mint", "oil", "current"), ("mint", "tea", "current"),
        ("stone", "minerals", "draft"),
    ]  # fmt: skip
    rows = [
        Row(file="t.csv", line=n, cells=row(subject=s, topic=t, status=status))
        for n, (s, t, status) in enumerate(cells)
    ]
    sheets = Sheets(rows=rows, concepts=(), readings=(), lexicon=Lexicon(concepts), faults=())
    assert topics_of(sheets) == {"herb": "plants", "mint": "tea", "peppermint": "tea"}


def test_of_topics_with_as_many_rows_the_first_by_the_alphabet_counts() -> None:
    rows = [Row(file="t.csv", line=n, cells=row(subject="mint", topic=t)) for n, t in enumerate(("tea", "oil"))]
    lexicon = Lexicon([Concept(id="mint", kind="herb", name="mint")])
    assert topics_of(Sheets(rows=rows, concepts=(), readings=(), lexicon=lexicon, faults=())) == {"mint": "oil"}


def test_pages_that_could_not_be_read_are_left_out_and_twins_count_once(opened: Open) -> None:
    db = opened(
        page("p1", "c", site="a.example"),
        page("p2", error="The page is empty."),
        page("p1", "s", site="b.example"),
    )
    assert db.execute("SELECT page_id, site FROM pages").fetchall() == [("p1", "a.example")]
    assert rates(db)[["claims", "pages", "sites"]].values.tolist() == [[2, 1, 1]]


def test_versions_are_named(opened: Open) -> None:
    assert versions(opened(page("p1"))) == {
        "checker": "nostrum 0.1.0",
        "evidence_digest": "0123456789abcdef",
        "as_of": "2026-11-27",
    }


@pytest.mark.parametrize(
    ("name", "content"),
    [("none", None), ("a.jsonl", b"no json\n"), ("b.jsonl", b'{"id": 1, "claims": 3}\n'), ("c.jsonl", b"{}\n"), ("folder", "folder")],
)
def test_what_no_batch_wrote_is_refused_in_a_line(tmp_path: Path, name: str, content: bytes | str | None) -> None:
    path = tmp_path / name
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content:
        path.mkdir()
    with pytest.raises(ResultsError) as err:
        open_result(path, {})
    assert str(err.value).startswith(str(path))
    assert "\n" not in str(err.value)


def test_an_empty_result_can_be_asked_everything(opened: Open) -> None:
    db = opened(page("p1"))
    assert rates(db).to_dict("records")[0]["claims"] == 0
    assert rates(db, "topic").empty
    assert harms(db)["flagged"].tolist() == [0, 0, 0, 0]
    assert rank_sites(db)[0].empty
    assert repeated(db)[1] == 0
    assert statements(db).empty
    assert values(db, "site") == []


# Rates


def test_a_rate_is_of_decided_claims_and_coverage_stands_beside_it(opened: Open) -> None:
    (total,) = rates(opened(page("p1", "cuos------"))).to_dict("records")
    assert (total["claims"], total["decided"], total["flagged"]) == (10, 4, 3)
    assert (total["coverage"], total["rate"]) == (0.4, 0.75)
    assert (total["low"], total["high"]) == pytest.approx((0.3006, 0.9544), abs=1e-4)
    assert [total[verdict] for verdict in ("contradicted", "unsupported", "overstated", "supported")] == [1, 1, 1, 1]


def test_a_wrong_claim_that_the_page_rejects_is_decided_and_not_flagged(opened: Open) -> None:
    rejected = Said(verdict="contradicted", claim={"voice": "rejected"})
    (total,) = rates(opened(Made(id="p1", said=[rejected]))).to_dict("records")
    assert (total["decided"], total["flagged"], total["rate"]) == (1, 0, 0.0)


def test_where_nothing_is_decided_there_is_no_rate(opened: Open) -> None:
    (total,) = rates(opened(page("p1", "--"))).to_dict("records")
    assert total["coverage"] == 0
    assert all(math.isnan(total[name]) for name in ("rate", "low", "high"))


PARTS = (
    Made(id="p1", site="a.example", published="2026-01-31", said=[said("kratom", verdict="contradicted")]),
    Made(id="p2", site="b.example", published="2026-02", said=[said("garlic", "prevents"), said("moon dust")]),
    Made(id="p3", site="", published="yesterday", said=[said("kratom", "safe", "", verdict="supported")]),
)


@pytest.mark.parametrize(
    ("by", "claims"),
    [
        ("site", {"b.example": 2, "": 1, "a.example": 1}),
        ("month", {"2026-02": 2, "": 1, "2026-01": 1}),
        ("topic", {"herbs": 2, "": 1, "food": 1}),
        ("relation", {"treats": 2, "prevents": 1, "safe": 1}),
    ],
)
def test_claims_are_counted_by_each_part_the_most_first(opened: Open, by: str, claims: dict[str, int]) -> None:
    found = rates(opened(*PARTS), by)  # type: ignore[arg-type]
    assert dict(zip(found["value"], found["claims"], strict=True)) == claims
    assert found["value"].tolist() == list(claims)


@pytest.mark.parametrize(
    ("chosen", "claims"),
    [
        (Filter(), 4),
        (Filter(sites=["a.example", "b.example"]), 3),
        (Filter(sites=["c.example"]), 0),
        (Filter(topics=["herbs"], relations=["safe"]), 1),
        (Filter(since="2026-02"), 2),
        (Filter(until="2026-01"), 1),
        (Filter(since="1999-01", until="2099-12"), 3),
        (Filter(words="GARLIC"), 1),
        (Filter(words="%"), 0),
        (Filter(words="number 1"), 1),
        (Filter(voices=["reported"]), 0),
        (Filter(sites=[HOSTILE], topics=[HOSTILE], relations=[HOSTILE], words=HOSTILE, since=HOSTILE), 0),
    ],
)
def test_a_filter_leaves_what_it_says(opened: Open, chosen: Filter, claims: int) -> None:
    db = opened(*PARTS)
    assert rates(db, None, chosen)["claims"].tolist() == [claims]
    assert count_statements(db, chosen) == claims == len(statements(db, chosen))


def test_hostile_names_are_names(opened: Open) -> None:
    db = opened(Made(id=HOSTILE, site=HOSTILE, title=HOSTILE, said=[said(HOSTILE, obj=HOSTILE, verdict="contradicted")]))
    chosen = Filter(sites=[HOSTILE], words=HOSTILE)
    assert rates(db, "site", chosen)["value"].tolist() == [HOSTILE]
    (claim,) = repeated(db, chosen)[0].to_dict("records")
    assert repeaters(db, claim["id"], chosen)["site"].tolist() == [HOSTILE]
    assert repeaters(db, HOSTILE).empty
    assert statements(db, chosen)["title"].tolist() == [HOSTILE]


def test_a_level_of_harm_is_rated_of_all_decided_claims(opened: Open) -> None:
    levels = [Said(verdict="contradicted", harm=level) for level in (3, 3, 1)]
    found = harms(opened(Made(id="p1", said=[*levels, Said(verdict="supported"), Said()])))
    assert found["flagged"].tolist() == [0, 1, 0, 2]
    assert found["decided"].tolist() == [4, 4, 4, 4]
    assert found["rate"].tolist() == [0, 0.25, 0, 0.5]


# Ranking


SITES = (
    page("p1", "cc" + "s" * 2, site="half.example"),
    page("p2", "cccc" + "s" * 4, site="half-of-more.example"),
    page("p3", "c" * 3, site="few.example"),
    page("p4", "c" * 9 + "-" * 81, site="uncovered.example"),
    page("p5", "s" * 5, site="clean.example"),
)


@pytest.mark.parametrize(
    ("min_decided", "min_coverage", "ranked", "left_out"),
    [
        (4, 0.5, ["half-of-more.example", "half.example", "clean.example"], 2),
        (4, 0.1, ["uncovered.example", "half-of-more.example", "half.example", "clean.example"], 1),
        (1, 0.5, ["few.example", "half-of-more.example", "half.example", "clean.example"], 1),
        (5, 0.5, ["half-of-more.example", "clean.example"], 3),
        (9, 0.11, [], 5),
    ],
)
def test_sites_are_ranked_only_with_enough_decided_and_covered(
    opened: Open, min_decided: int, min_coverage: float, ranked: list[str], left_out: int
) -> None:
    found, others = rank_sites(opened(*SITES), min_decided=min_decided, min_coverage=min_coverage)
    assert (found["value"].tolist(), others) == (ranked, left_out)


def test_by_default_a_site_needs_thirty_decided_claims_and_a_tenth_covered(opened: Open) -> None:
    db = opened(
        page("p1", "c" * 30 + "-" * 270, site="enough.example"),
        page("p2", "c" * 29, site="too-few.example"),
        page("p3", "c" * 30 + "-" * 271, site="too-little.example"),
    )
    found, left_out = rank_sites(db)
    assert (found["value"].tolist(), left_out) == (["enough.example"], 2)


# Repeats


REPEATS = (
    Made(id="p1", site="a.example", published="2026-01-01", said=[said("kratom", verdict="overstated", words="Kratom eases pain.")]),
    Made(id="p2", site="b.example", published="2026-03-01", said=[said("kratom", verdict="overstated", words="Pain? Kratom!")]),
    Made(id="p3", site="b.example", said=[said("kratom", verdict="overstated"), said("kratom", verdict="overstated")]),
    Made(id="p4", site="c.example", said=[said("garlic", verdict="contradicted"), said("garlic", verdict="contradicted")]),
    Made(id="p5", site="c.example", said=[said("kratom"), said("kratom", verdict="supported")]),
    Made(id="p6", site="d.example", said=[said("kratom", verdict="overstated", claim={"polarity": "deny", "denies": "effect"})]),
)  # fmt: skip


def test_a_claim_counts_as_one_however_it_is_worded(opened: Open) -> None:
    found, there = repeated(opened(*REPEATS))
    assert found[["subject", "polarity", "sites", "pages", "claims"]].values.tolist() == [
        ["kratom", "affirm", 2, 3, 4],
        ["garlic", "affirm", 1, 1, 2],
        ["kratom", "deny", 1, 1, 1],
    ]
    assert (there, found["first_month"][0], found["last_month"][0]) == (3, "2026-01", "2026-03")


def test_near_duplicates_repeat_what_they_stand_for(opened: Open) -> None:
    """They are counted as pages and sites that say so, and their text once; a rate counts it once, too."""
    twins = (Made(id="t1", site="e.example", published="2026-05-01", twin="p1"), Made(id="t2", site="a.example", twin="p1"))
    db = opened(*REPEATS, *twins)
    (first, *_) = repeated(db)[0].to_dict("records")
    assert (first["sites"], first["pages"], first["texts"], first["claims"], first["last_month"]) == (3, 5, 3, 4, "2026-05")
    assert repeaters(db, "p2-0")[["site", "pages", "claims"]].values.tolist() == [
        ["b.example", 2, 3],
        ["a.example", 2, 1],
        ["e.example", 1, 1],
    ]
    (there,) = repeated(db, Filter(sites=["e.example"]))[0].to_dict("records")
    assert (there["sites"], there["pages"]) == (1, 1)
    assert rates(db)[["pages", "sites"]].values.tolist() == [[6, 4]]


def test_of_many_the_most_repeated_are_listed_and_all_counted(opened: Open) -> None:
    found, there = repeated(opened(*REPEATS), limit=1)
    assert (len(found), there) == (1, 3)


def test_who_repeats_a_claim_is_found_by_the_id_of_a_finding(opened: Open) -> None:
    db = opened(*REPEATS)
    found = repeaters(db, "p2-0")
    assert found[["site", "pages", "claims"]].values.tolist() == [["b.example", 2, 3], ["a.example", 1, 1]]
    assert repeaters(db, "p2-0", Filter(sites=["a.example"]))["site"].tolist() == ["a.example"]
    assert repeaters(db, "no-such-finding").empty


# Two sides


def test_two_sites_are_set_beside_each_other_on_every_topic(opened: Open) -> None:
    db = opened(
        Made(id="p1", site="a.example", said=[said("kratom", verdict="contradicted"), said("kratom", verdict="supported")]),
        Made(id="p2", site="b.example", said=[said("kratom", verdict="supported"), said("garlic"), said("garlic", verdict="supported")]),
    )  # fmt: skip
    a, b = Filter(sites=["a.example"]), Filter(sites=["b.example"])
    (whole,) = compare(db, a, b).to_dict("records")
    assert (whole["rate_a"], whole["rate_b"], whole["apart"]) == (0.5, 0.0, 0.5)
    assert (whole["coverage_a"], whole["coverage_b"]) == (1.0, pytest.approx(2 / 3))
    assert whole["apart_low"] < 0 < whole["apart_high"]
    topics = compare(db, a, b, "topic").set_index("value")
    assert topics.index.tolist() == ["herbs", "food"]
    assert topics.loc["food", "claims_a"] == 0
    assert math.isnan(topics.loc["food", "apart"])  # type: ignore[arg-type]


def test_two_periods_share_no_claim(opened: Open) -> None:
    db = opened(page("p1", "cc", published="2026-01-05"), page("p2", "s", published="2026-02-05"), page("p3", "c"))
    (whole,) = compare(db, Filter(until="2026-01"), Filter(since="2026-02")).to_dict("records")
    assert (whole["decided_a"], whole["decided_b"]) == (2, 1)


# Statements


def test_statements_are_leafed_through_without_loss(opened: Open) -> None:
    db = opened(page("p1", "c-us"), page("p2", "so-"))
    ids = [id for offset in range(0, 7, 2) for id in statements(db, limit=2, offset=offset)["id"]]
    assert len(ids) == len(set(ids)) == 7
    assert statements(db, limit=2, offset=6).shape[0] == 1
    assert statements(db, limit=2, offset=8).empty


def test_the_most_harmful_flagged_statement_comes_first(opened: Open) -> None:
    rejected = {"voice": "rejected"}
    db = opened(
        Made(id="p1", published="2026-02-01", said=[Said(verdict="overstated", harm=1), Said()]),
        Made(id="p2", said=[Said(verdict="contradicted", harm=3), Said(verdict="contradicted", harm=3, claim=rejected)]),
    )
    assert statements(db)["id"].tolist() == ["p2-0", "p1-0", "p2-1", "p1-1"]
    assert statements(db, order="newest")["id"].tolist()[:2] == ["p1-0", "p1-1"]
    assert statements(db, verdicts=["overstated", "unverified"])["id"].tolist() == ["p1-0", "p1-1"]
    assert count_statements(db, verdicts=["supported"]) == 0


def test_values_are_offered_without_the_empty_one(opened: Open) -> None:
    db = opened(*PARTS)
    assert values(db, "site") == ["b.example", "a.example"]
    assert values(db, "month") == ["2026-01", "2026-02"]
    assert values(db, "site", limit=1) == ["b.example"]


def test_a_part_is_one_of_four_and_never_text_of_a_query(opened: Open) -> None:
    db = opened(*PARTS)
    for ask in (rates, values):
        with pytest.raises(KeyError):
            ask(db, "site, page")  # type: ignore[arg-type]
