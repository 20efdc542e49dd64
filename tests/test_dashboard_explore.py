"""The view "Explore" in every state, without a browser."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pipeline.audit import draw
from pipeline.dashboard import frames, words
from pipeline.dashboard.explore import SECTIONS
from pipeline.handover import RESULTS_VARIABLE
from pipeline.query import open_result
from tests.factories import HOSTILE
from tests.made import Made, Said, page, write_result

VIEW = "from pipeline.dashboard import explore\nexplore.view()"
Open = Callable[..., AppTest]


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open the view on some pages, at an address."""

    def open_view(*pages: Made, out: str = "data", **query: str | list[str]) -> AppTest:
        monkeypatch.setenv(RESULTS_VARIABLE, str(write_result(tmp_path / out, *pages)))
        at = AppTest.from_string(VIEW, default_timeout=60)
        for key, value in query.items():
            at.query_params[key] = value
        return run(at)

    return open_view


def run(at: AppTest) -> AppTest:
    at.run()
    assert not at.exception
    return at


def says(at: AppTest) -> str:
    kinds = (at.markdown, at.caption, at.subheader, at.header, at.error, at.warning, at.code, at.metric)
    return " ".join(str(element.value) for kind in kinds for element in kind)


def figures(at: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in at.metric}


def tables(at: AppTest) -> list[pd.DataFrame]:
    return [table.value for table in at.dataframe]


def charts(at: AppTest) -> int:
    return len(at.get("arrow_vega_lite_chart")) + len(at.get("vega_lite_chart"))


PAGES = (
    page("p1", "cuos------", site="a.example", published="2026-01-10"),
    page("p2", "cc" + "s" * 38, site="b.example", published="2026-02-10"),
    Made(
        id="p3", site="c.example", published="2026-03-10",
        said=[Said(verdict="overstated", triple=("garlic", "prevents", "cold"), words="Garlic wards off colds."), Said()],
    ),
)  # fmt: skip


def test_without_a_result_it_says_how_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(RESULTS_VARIABLE, raising=False)
    at = run(AppTest.from_string(VIEW, default_timeout=60))
    assert "No result is open yet" in says(at)
    assert "nostrum dashboard --results results/" in at.code[0].value
    assert not at.dataframe


@pytest.mark.parametrize("content", [b"{}\n", b"no json"])
def test_a_file_that_no_batch_wrote_is_said_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_bytes(content)
    monkeypatch.setenv(RESULTS_VARIABLE, str(path))
    at = run(AppTest.from_string(VIEW, default_timeout=60))
    assert "cannot be opened" in says(at)
    assert at.code[0].value.startswith(f"{path}: ")
    assert not at.dataframe


def test_a_result_without_claims_says_so(opened: Open) -> None:
    assert "This result has no claims" in says(opened(page("p1")))


def test_figures_are_of_all_claims_and_the_rate_of_decided_ones(opened: Open) -> None:
    assert figures(opened(*PAGES)) == {
        "Claims": "52",
        "On": "3 pages",
        "Coverage": "86.5%",
        "Flagged, of decided": "13.3% (6.3% to 26.2%)",
    }


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("out", ["data", "lines.jsonl"])
def test_every_section_opens_at_its_address(opened: Open, section: str, out: str) -> None:
    at = opened(*PAGES, out=out, show=section)
    assert at.segmented_control(key="show").value == section


@pytest.mark.parametrize("by", ["Topic", "Site", "Month", "Relation", "Harm"])
def test_every_breakdown_has_charts_its_table_and_a_download(opened: Open, by: str) -> None:
    at = opened(*PAGES, by=by)
    assert charts(at) == (1 if by == "Harm" else 2)
    (table,) = tables(at)
    assert {"label", "claims", "decided", "coverage", "rate", "low", "high"} <= set(table.columns)
    assert [button.label for button in at.get("download_button")] == ["CSV"]


def test_the_address_holds_the_filter(opened: Open) -> None:
    at = opened(*PAGES, site=["a.example", "c.example"], words="garlic")
    assert figures(at)["Claims"] == "1"
    at.text_input(key="words").set_value("")
    assert figures(run(at))["Claims"] == "12"
    next(button for button in at.button if button.label == "Clear filter").click()
    assert figures(run(at))["Claims"] == "52"


def test_a_filter_that_leaves_nothing_is_said(opened: Open) -> None:
    at = opened(*PAGES, site="no-such.example")
    assert "No claim fits the filter" in says(at)
    assert not at.dataframe


def test_sites_are_ranked_above_bounds_that_the_person_sees(opened: Open) -> None:
    at = opened(*PAGES, show="Sites")
    assert (at.number_input(key="decided").value, at.number_input(key="coverage").value) == (30, 10)
    assert tables(at)[0]["label"].tolist() == ["b.example"]
    assert "2 sites have too little to be ranked" in says(at)
    at.number_input(key="decided").set_value(1)
    assert tables(run(at))[0]["label"].tolist() == ["a.example", "c.example", "b.example"]
    at.number_input(key="decided").set_value(1_000)
    assert "No site has enough to be ranked" in says(run(at))


def test_who_repeats_a_claim_is_named_in_the_address_by_id(opened: Open) -> None:
    at = opened(*PAGES, show="Repeated claims", claim="p2-0")
    assert tables(at)[1]["site"].tolist() == ["a.example", "b.example"]
    at = opened(*PAGES, show="Repeated claims")
    assert len(tables(at)) == 1
    at.selectbox(key="who").set_value("p3-0")
    run(at)
    assert tables(at)[1]["site"].tolist() == ["c.example"]
    assert at.query_params["claim"] == "p3-0"


def test_a_claim_that_is_not_in_the_list_is_still_found(opened: Open) -> None:
    """The address may name a finding that another stands for in the list."""
    assert tables(opened(*PAGES, show="Repeated claims", claim="p1-1"))[1]["site"].tolist() == ["a.example", "b.example"]
    assert "no site says so" in says(opened(*PAGES, show="Repeated claims", claim="gone"))


def test_nothing_flagged_is_no_list(opened: Open) -> None:
    assert "Nothing is flagged" in says(opened(page("p1", "s-"), show="Repeated claims"))


def test_two_sites_are_compared_on_the_topics_of_both(opened: Open) -> None:
    at = opened(*PAGES, show="Compare", a="a.example", b="b.example")
    shown = figures(at)
    assert shown["A, flagged of decided"] == "75.0% (30.1% to 95.4%)"
    assert shown["A less B"].startswith("+70.0 points (")
    assert charts(at) == 1
    at.selectbox(key="b").set_value("a.example")
    assert "Both sides are the same" in says(run(at))


def test_two_periods_are_compared(opened: Open) -> None:
    at = opened(*PAGES, show="Compare", kind="Two periods")
    assert figures(at)["A, coverage"] == "40.0%"
    assert figures(at)["B, coverage"] == "97.6%"


@pytest.mark.parametrize(("kind", "line"), [("Two sites", "no two sites"), ("Two periods", "fewer than two months")])
def test_what_cannot_be_compared_is_said(opened: Open, kind: str, line: str) -> None:
    assert line in says(opened(page("p1", "c"), show="Compare", kind=kind))


def test_statements_are_leafed_through_and_a_lesser_filter_turns_back(opened: Open) -> None:
    at = opened(*PAGES, show="Statements", page="2")
    assert len(tables(at)[0]) == 2
    at.multiselect(key="verdict").set_value(["contradicted"])
    run(at)
    assert at.number_input(key="page").value == 1
    assert set(tables(at)[0]["judged"]) == {"Contradicted"}


def test_all_statements_can_be_taken_along_where_they_fill_more_than_a_page(opened: Open) -> None:
    labels = [button.label for button in opened(*PAGES, show="Statements").get("download_button")]
    assert labels == ["CSV", "CSV of all 52"]


@pytest.mark.parametrize(("pages", "by"), [((page("p1", "--"),), "Topic"), ((page("p1", "cs"),), "Month")])
def test_where_there_is_no_rate_nothing_is_drawn_and_the_counts_stay(opened: Open, pages: tuple[Made], by: str) -> None:
    at = opened(*pages, by=by)
    assert "there is no rate to draw" in says(at)
    assert charts(at) == 0
    assert tables(at)[0]["claims"].tolist() == [2]


def test_marks_of_the_drawn_sample_give_precision_and_recall(opened: Open) -> None:
    at = opened(*PAGES, show="Audit sample", each="20")
    drawn = draw(open_result(Path(os.environ[RESULTS_VARIABLE]), {}), each=20)
    marked = drawn.assign(should_flag=["yes" if stratum == "flagged" else "no" for stratum in drawn["stratum"]])
    at.file_uploader[0].set_value(("marked.csv", csv(marked), "text/csv"))
    run(at)
    assert figures(at)["Precision"].startswith("100.0% (")
    assert figures(at)["Recall"].startswith("100.0% (")


def test_another_result_has_a_sample_of_its_own(opened: Open) -> None:
    labels = [
        next(b.label for b in opened(page("p1", said), out=out, show="Audit sample").get("download_button"))
        for out, said in (("one", "c"), ("two", "cs"))
    ]
    assert labels == ["Sample of 2 sentences", "Sample of 3 sentences"]


@pytest.mark.parametrize(
    ("data", "line"),
    [(b"id,should_flag\ns1,perhaps\n", "write yes or no"), (b"id,should_flag\ns1,yes\n", "None of the marks is of this sample")],
)
def test_marks_that_do_not_fit_are_said(opened: Open, data: bytes, line: str) -> None:
    at = opened(*PAGES, show="Audit sample")
    at.file_uploader[0].set_value(("marked.csv", data, "text/csv"))
    assert line in says(run(at))


def csv(frame: pd.DataFrame) -> bytes:
    out = io.StringIO()
    frame.to_csv(out, index=False)
    return out.getvalue().encode()


@pytest.mark.parametrize("section", SECTIONS)
def test_what_pages_say_reaches_no_markdown(opened: Open, section: str) -> None:
    bad = Made(
        id=HOSTILE, site=HOSTILE, title=HOSTILE, url="javascript:alert(1)", published="2026-01-01",
        said=[Said(verdict="contradicted", triple=(HOSTILE, "treats", HOSTILE), words=f"{HOSTILE} cures."), Said()],
    )  # fmt: skip
    at = opened(bad, page("p2", "c"), show=section, claim=f"{HOSTILE}-0", decided="1")
    assert "evil.example" not in says(at)
    for table in tables(at):
        assert not any("javascript:" in str(url) for url in table.get("url", []))


def test_a_file_names_the_versions_and_the_view_and_runs_no_formula(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, Any] = {}
    monkeypatch.setattr(frames.st, "download_button", lambda label, data, *_, **__: given.update(data=data()))
    frame = pd.DataFrame({"quote": ["=1+1", None], "n": [1, 2]})
    frames.download(lambda: frame, "x", {"checker": "nostrum 0.1.0", "view": "by=Site"})
    lines = given["data"].decode("utf-8-sig").splitlines()
    assert lines == ["quote,n,checker,view", "'=1+1,1,nostrum 0.1.0,by=Site", ",2,nostrum 0.1.0,by=Site"]


@pytest.mark.parametrize(
    ("text", "plain"),
    [("a *b* [c](d)", r"a \*b\* \[c\]\(d\)"), ("1. x_y", r"1\. x\_y"), ("Ω $x$ <b>", r"Ω \$x\$ \<b\>"), ("", "")],
)
def test_text_of_others_is_no_markup(text: str, plain: str) -> None:
    assert words.plain(text) == plain


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        (("aspirin", "prevents", "stroke"), "aspirin prevents stroke"),
        (("aspirin", "safe", ""), "aspirin is safe"),
        (("aspirin", "safe", "children"), "aspirin is safe: children"),
        (("garlic", "treats", "cold", "deny"), "not: garlic treats cold"),
        (("mdma", "status", "authority=fda;act=approved;for=ptsd"), "mdma has this status: fda, approved, ptsd"),
    ],
)
def test_a_claim_is_said_in_words(claim: tuple[str, ...], said: str) -> None:
    assert words.triple(*claim) == said
