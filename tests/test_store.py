"""The review store: append-only, nothing lost or doubled, several writers at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.store import Review, ReviewStore, StoreError, Target, standing
from tests.factories import review

ROOT = Path(__file__).parents[1]


def test_what_is_saved_comes_back_whole_and_in_order(tmp_path: Path) -> None:
    file = tmp_path / "new" / "reviews.sqlite"
    given = [
        review(1, "f1", decision="verdict", verdict="overstated", note="β 🌿 \n'; DROP TABLE reviews"),
        review(2, "f2", target=Target(page_id="p", url="https://a.example", quote="q", start=3, end=4)),
    ]
    ReviewStore(file).add(given)
    assert ReviewStore(file).all() == given
    assert ReviewStore(file).of_findings({"f2"}) == given[1:]
    assert ReviewStore(file).of_findings(()) == []


def test_the_same_press_is_saved_once_and_never_changed(tmp_path: Path) -> None:
    store = ReviewStore(tmp_path / "reviews.sqlite")
    first = review(1, "f1", decision="agree")
    store.add([first])
    store.add([review(1, "f1", decision="unsure"), review(1, "f2"), first])
    assert [(r.finding_id, r.decision) for r in store.all()] == [("f1", "agree"), ("f2", "agree")]


@pytest.mark.parametrize(
    ("page_id", "url", "want"),
    [
        ("old", "", ["f1"]),
        ("new", "https://a.example", ["f1", "f2"]),
        ("new", "", ["f2"]),
        ("none", "https://b.example", []),
    ],
    ids=["the page", "its earlier version too", "without an address", "another page"],
)
def test_reviews_of_a_page(tmp_path: Path, page_id: str, url: str, want: list[str]) -> None:
    store = ReviewStore(tmp_path / "reviews.sqlite")
    store.add(
        review(n, f"f{n}", target=Target(page_id=page, url="https://a.example"))
        for n, page in enumerate(("old", "new"), start=1)
    )
    assert [r.finding_id for r in store.of_page(page_id, url)] == want


def test_an_undo_comes_with_what_it_takes_back(tmp_path: Path) -> None:
    store = ReviewStore(tmp_path / "reviews.sqlite")
    undo = review(2, "", decision="undo", undoes="s.1", session="t")
    store.add([review(1, "f1", target=Target(page_id="p")), undo, review(3, "f3", decision="undo", undoes="s.9")])
    for found in (store.of_page("p", ""), store.of_findings(["f1"])):
        assert [r.press for r in found] == ["s.1", "t.2"]
        assert standing(found) == []


@pytest.mark.parametrize(
    ("log", "want"),
    [
        ([review(1, "f1"), review(2, "f1", decision="unsure")], ["unsure"]),
        (
            [review(1, "f1"), review(2, "f1", decision="unsure"), review(3, "f1", decision="undo", undoes="s.2")],
            ["agree"],
        ),
        ([review(1, "f1"), review(2, "f1", decision="undo", undoes="s.1")], []),
        ([review(1, "f1"), review(1, "f2"), review(2, "f1", decision="undo", undoes="s.1")], []),
        ([review(1, "f1"), review(2, "f1", decision="undo", undoes="t.1")], ["agree"]),
        ([review(1, "f1"), review(2, "f1", decision="unsure", reviewer="Ben")], ["agree", "unsure"]),
    ],
    ids=[
        "the last holds",
        "undo gives the one before back",
        "undone",
        "one undo for all places",
        "another's press",
        "two reviewers",
    ],
)
def test_what_stands(log: list[Review], want: list[str]) -> None:
    assert [r.decision for r in standing(log)] == want


def test_five_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    file = tmp_path / "reviews.sqlite"
    code = (
        "import sys; from pathlib import Path; from pipeline.store import ReviewStore\n"
        "from tests.factories import review\n"
        "store = ReviewStore(Path(sys.argv[1]))\n"
        "for n in range(40):\n"
        "    store.add([review(n, f'f{n}', session=sys.argv[2], reviewer=sys.argv[2])])"
    )
    writers = [subprocess.Popen([sys.executable, "-c", code, str(file), name], cwd=ROOT) for name in "abcde"]
    assert [writer.wait(60) for writer in writers] == [0] * 5
    saved = ReviewStore(file).all()
    assert {(r.session, r.seq) for r in saved} == {(name, n) for name in "abcde" for n in range(40)}
    assert len(saved) == 200


@pytest.mark.parametrize("broken", ["folder", "no database"])
def test_a_file_that_holds_no_reviews_is_said_in_a_line(tmp_path: Path, broken: str) -> None:
    file = tmp_path / "reviews.sqlite"
    if broken == "folder":
        file.mkdir()
    else:
        file.write_bytes(b"no database at all" * 100)
    with pytest.raises(
        StoreError, match=r"reviews\.sqlite: the reviews cannot be read or written \(.*\); give"
    ) as told:
        ReviewStore(file)
    assert "\n" not in str(told.value)
