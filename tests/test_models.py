"""What is learned: the same data give the same coefficients, and a model file builds nothing but models."""

from __future__ import annotations

import json
import math
import zipfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from skops.io import get_untrusted_types

from models.alike import alike, bag
from models.bands import BANDS
from models.detect import ARTIFACTS, BESIDE, CONFIRM, GATE, as_rows
from models.linear import Linear
from models.slots import GIST, MANNER, RELATIONS, RIVALS, SUBJECTS
from models.stored import load, save
from models.train import DIGESTS, LABELLED, as_unseen, coefficients_digest, fit, load_labelled
from models.trees import TREES
from pipeline.checker import Checker

SHIPPED: dict[str, str] = json.loads((ARTIFACTS / DIGESTS).read_text(encoding="utf-8"))
FILES = sorted(ARTIFACTS.glob("*.skops"))
TREE_FILES = {RIVALS, BESIDE}


def test_every_model_file_has_its_digest_and_the_other_way_round() -> None:
    assert {f.name for f in FILES} == set(SHIPPED)
    assert {f.name for f in ARTIFACTS.iterdir()} == {*SHIPPED, DIGESTS, BANDS}


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_a_model_file_holds_no_type_that_must_be_trusted_but_the_nodes_of_trees(file: Path) -> None:
    assert get_untrusted_types(file=file) == (list(TREES) if file.name in TREE_FILES else [])


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_a_model_file_holds_no_pickle(file: Path) -> None:
    with zipfile.ZipFile(file) as held:
        names = held.namelist()
        assert names
        for name in names:
            assert Path(name).suffix in {".json", ".npy", ".npz"}, name
            if name.endswith(".npy"):
                header = held.read(name)[:128]
                assert b"'|O'" not in header, "an array of objects is a pickle"


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_a_model_file_is_the_one_whose_digest_is_kept(file: Path) -> None:
    assert coefficients_digest(load(file)) == SHIPPED[file.name]


def test_no_two_labelled_passages_share_an_id() -> None:
    """Reports are laid over passages by it."""
    ids = Counter(json.loads(line)["id"] for file in LABELLED.glob("*.jsonl") for line in file.open(encoding="utf-8"))
    assert [i for i, n in ids.items() if n > 1] == []


def test_training_twice_on_few_passages_gives_the_same_and_other_data_do_not(checker: Checker) -> None:
    few = load_labelled([LABELLED / "mood.jsonl"], checker.lexicon)[:8]
    first, second, other = (
        fit(some, as_unseen(some, checker.lexicon), checker.lexicon).fitted for some in (few, few, few[1:])
    )
    digests = [{name: coefficients_digest(m) for name, m in models.items()} for models in (first, second, other)]
    assert digests[0] == digests[1]
    assert all(digests[0][name] != digests[2][name] for name in digests[0])


def test_a_model_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    words = Pipeline([("words", TfidfVectorizer(token_pattern=r"\S+", ngram_range=(1, 2))), ("logit", LogisticRegression())])
    texts = ["eases pain", "cures a cold", "opens at noon", "costs ten dollars"]
    words.fit(texts, [1, 1, 0, 0])
    save(words, tmp_path / "words.skops")
    again = load(tmp_path / "words.skops")
    assert again[0].vocabulary_ == words[0].vocabulary_
    assert (again.predict_proba(texts) == words.predict_proba(texts)).all()


@pytest.mark.parametrize("file", [f for f in FILES if f.name not in TREE_FILES], ids=lambda f: f.name)
def test_a_model_has_weights_and_they_are_finite(file: Path) -> None:
    weights = load(file)[-1].coef_
    assert weights.any()
    assert math.isfinite(abs(weights).sum())


# ---------------------------------------------------------------- scores without scikit-learn's overhead


def test_scores_are_those_of_scikit_learn_to_the_last_bits(checker: Checker) -> None:
    """On every sentence and candidate of a labelled file; a threshold is never that close."""
    passages = load_labelled([LABELLED / "mood.jsonl", LABELLED / "kratom.jsonl"], checker.lexicon)
    described = as_rows([d for p in passages for d in p.described])
    candidates = [c for p in passages for c in p.reading.candidates]
    options = [o for p in passages for c in p.reading.candidates for o in p.reading.subjects(c)]
    asked: dict[str, Sequence[Any]] = {
        GATE: described,
        CONFIRM: described,
        RELATIONS: [c.columns for c in candidates],
        SUBJECTS: [(" ".join(o.marks),) for o in options],
        MANNER: [row for p in passages for row in p.examples.manner_rows],
        GIST: [row for p in passages for row in p.examples.word_rows],
    }
    for name, rows in asked.items():
        model = load(ARTIFACTS / name)
        quick = Linear(model).probabilities(rows)
        assert len(rows) > 400
        assert abs(model.predict_proba(rows) - np.array(quick)).max() < 1e-12, name


def test_a_sentence_is_described_the_same_whichever_others_are_wanted(checker: Checker) -> None:
    """Its neighbours lend it marks, whether they are described themselves or only looked at."""
    for p in load_labelled([LABELLED / "mood.jsonl", LABELLED / "products-and-others.jsonl"], checker.lexicon):
        page = p.reading.page
        for i, beside_all in enumerate(checker.detector.describe(page)):
            (alone,) = checker.detector.describe(page, [i])
            assert alone.words == beside_all.words
            assert sorted(alone.marks.split()) == sorted(beside_all.marks.split())


def test_a_text_without_a_known_word_is_scored_too() -> None:
    model = load(ARTIFACTS / GATE)
    rows = [["", "", ""], ["zzzz zzzz", "zzzz", ""], ["zzzz ^ ^ cures", "actor actor", ""]]
    assert abs(model.predict_proba(np.array(rows, dtype=object)) - Linear(model).probabilities(rows)).max() < 1e-12


def test_a_model_of_another_make_is_refused(checker: Checker) -> None:
    other = Pipeline([("marks", TfidfVectorizer(norm="l1")), ("logit", LogisticRegression())])
    other.fit(["kratom cures", "shop opens"], [True, False])
    with pytest.raises(TypeError, match="cannot be read off"):
        Linear(other)


# ---------------------------------------------------------------- likeness of phrases

steady = settings(max_examples=100, deadline=None, derandomize=True, database=None)


@steady
@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_has_no_side_and_a_phrase_is_like_itself(a: str, b: str) -> None:
    assert alike(a, b) == alike(b, a)
    assert 0 <= alike(a, b) <= 1
    assert alike(a, a) == 1
    assert bag(a) == bag(a.upper()) or not a.isascii()
