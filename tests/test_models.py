"""What is learned: the same data give the same coefficients, and a model file holds nothing but arrays."""

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

from models.align import SlotExamples
from models.alike import alike, bag
from models.bands import BANDS
from models.detect import ARTIFACTS, BESIDE, CONFIRM, GATE, as_rows
from models.linear import Linear, arrays_of
from models.slots import GIST, MANNER, RELATIONS, RIVALS, SUBJECTS, blank_model
from models.stored import coefficients_digest, load, named, names_of, save
from models.train import DIGESTS, LABELLED, WORDINGS, as_unseen, blank_detector, fit, load_labelled
from pipeline.checker import Checker

SHIPPED: dict[str, str] = json.loads((ARTIFACTS / DIGESTS).read_text(encoding="utf-8"))
FILES = sorted(ARTIFACTS.glob("*.npz"))
TREE_FILES = {RIVALS, BESIDE}


def test_every_model_file_has_its_digest_and_the_other_way_round() -> None:
    assert {f.name for f in FILES} == set(SHIPPED)
    assert {f.name for f in ARTIFACTS.iterdir()} == {*SHIPPED, DIGESTS, BANDS}


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_a_model_file_holds_arrays_of_numbers_and_text_and_no_pickle(file: Path) -> None:
    with zipfile.ZipFile(file) as held:
        assert {Path(name).suffix for name in held.namelist()} == {".npy"}
    assert {array.dtype.kind for array in load(file).values()} <= set("bfiuU")


def test_what_is_no_array_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "odd.npz").open("wb") as f:
        np.savez(f, allow_pickle=True, odd=np.array([{"a": 1}], dtype=object))
    with pytest.raises(ValueError, match="pickle"):
        load(tmp_path / "odd.npz")
    with pytest.raises(ValueError, match="pickle"):
        save({"odd": np.array([{"a": 1}], dtype=object)}, tmp_path / "new.npz")


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


def test_single_lines_teach_how_a_claim_is_worded_and_not_what_stands_on_a_page(checker: Checker, tmp_path: Path) -> None:
    few = load_labelled([LABELLED / "mood.jsonl"], checker.lexicon)[:8]
    some = (LABELLED / WORDINGS).read_text(encoding="utf-8").splitlines()[:8]
    (tmp_path / WORDINGS).write_text("\n".join(some), encoding="utf-8")
    lines = load_labelled([tmp_path / WORDINGS], checker.lexicon)
    pages, both = (
        fit(some, as_unseen(some, checker.lexicon), checker.lexicon).fitted for some in (few, [*few, *lines])
    )
    taught = {name for name in pages if coefficients_digest(pages[name]) != coefficients_digest(both[name])}
    assert {GATE, CONFIRM} & taught == set()
    assert {RELATIONS, SUBJECTS, MANNER, GIST} <= taught


def pipeline(texts: Sequence[str], labels: Sequence[Any]) -> Pipeline:
    words = TfidfVectorizer(token_pattern=r"\S+", ngram_range=(1, 2), sublinear_tf=True, lowercase=False)
    return Pipeline([("words", words), ("logit", LogisticRegression())]).fit(texts, labels)


def test_a_model_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    texts = ["eases pain", "cures a cold", "opens at noon", "costs ten dollars and ten cents", "ease é"]
    model = pipeline(texts, [True, True, False, False, True])
    held = arrays_of(model)
    save(held, tmp_path / "words.npz")
    again = load(tmp_path / "words.npz")
    assert held.keys() == again.keys()
    assert all((again[name] == array).all() for name, array in held.items())
    assert coefficients_digest(again) == coefficients_digest(held)
    assert dict.fromkeys(names_of(again["words 0"])) == dict.fromkeys(sorted(model[0].vocabulary_, key=model[0].vocabulary_.get))
    assert abs(model.predict_proba(texts) - Linear(again).probabilities([[t] for t in texts])).max() < 1e-12


def test_names_are_read_back_as_they_were_laid_out() -> None:
    for names in ([], ["a"], ["eases pain", "é", "a=b"]):
        assert names_of(named(names)) == names


def test_a_digest_is_of_names_and_of_numbers_but_for_their_last_bits() -> None:
    held = arrays_of(pipeline(["eases pain", "costs money"], [1, 0]))
    told = coefficients_digest(held)
    assert coefficients_digest({**held, "weights 0": held["weights 0"] + 1e-9}) == told
    assert coefficients_digest({**held, "weights 0": held["weights 0"] + 0.01}) != told
    assert coefficients_digest({**held, "words 0": named(["other", *names_of(held["words 0"])[1:]])}) != told
    assert coefficients_digest(dict(reversed(held.items()))) == told


@pytest.mark.parametrize("file", [f for f in FILES if f.name not in TREE_FILES], ids=lambda f: f.name)
def test_a_model_has_weights_and_they_are_finite(file: Path) -> None:
    weights = [array for name, array in load(file).items() if name.startswith("weights")]
    assert weights
    assert all(w.any() and math.isfinite(abs(w).sum()) for w in weights)


# ---------------------------------------------------------------- scores without scikit-learn's overhead


def test_scores_are_those_of_scikit_learn_to_the_last_bits(checker: Checker) -> None:
    """Of models of each make, fitted on a labelled file, on every row of others."""
    files = (["mood.jsonl"], ["kratom.jsonl", "cancer.jsonl"])
    mood, elsewhere = (load_labelled([LABELLED / name for name in names], checker.lexicon) for names in files)
    seen, asked = (as_rows([d for p in passages for d in p.described]) for passages in (mood, elsewhere))
    labels = np.array([label for p in mood for label in p.labels])
    examples, others = SlotExamples.none(), SlotExamples.none()
    for p in mood:
        examples.extend(p.examples)
    for p in elsewhere:
        others.extend(p.examples)
    rows: list[tuple[Pipeline, Any, Any, Any]] = [
        (blank_detector(syntax=False), seen, labels, asked),
        (blank_detector(syntax=True), seen, labels, asked),
        (blank_model(3), examples.relation_rows, examples.relations, others.relation_rows),
        (blank_model(1), [[r] for r in examples.subject_rows], examples.right, [[r] for r in others.subject_rows]),
        (blank_model(2), examples.manner_rows, examples.manners, others.manner_rows),
        (blank_model(2), examples.word_rows, examples.kept, others.word_rows),
    ]
    for blank, known, right, unknown in rows:
        model, unknown = blank.fit(np.array(known, dtype=object), np.array(right)), np.array(unknown, dtype=object)
        quick = Linear(arrays_of(model)).probabilities(unknown.tolist())
        assert len(unknown) > 400
        assert abs(model.predict_proba(unknown) - np.array(quick)).max() < 1e-12


def test_a_sentence_is_described_the_same_whichever_others_are_wanted(checker: Checker) -> None:
    """Its neighbours lend it marks, whether they are described themselves or only looked at."""
    for p in load_labelled([LABELLED / "mood.jsonl", LABELLED / "products-and-others.jsonl"], checker.lexicon):
        page = p.reading.page
        for i, beside_all in enumerate(checker.detector.describe(page)):
            (alone,) = checker.detector.describe(page, [i])
            assert alone.words == beside_all.words
            assert sorted(alone.marks.split()) == sorted(beside_all.marks.split())


def test_a_text_without_a_known_word_is_scored_too() -> None:
    model = pipeline(["eases pain", "costs money"], [1, 0])
    texts = ["", "zzzz zzzz", "zzzz eases"]
    assert abs(model.predict_proba(texts) - Linear(arrays_of(model)).probabilities([[t] for t in texts])).max() < 1e-12


def test_a_model_of_another_make_is_refused(checker: Checker) -> None:
    other = Pipeline([("marks", TfidfVectorizer(norm="l1")), ("logit", LogisticRegression())])
    other.fit(["kratom cures", "shop opens"], [True, False])
    with pytest.raises(TypeError, match="cannot be read off"):
        arrays_of(other)


# ---------------------------------------------------------------- likeness of phrases

steady = settings(max_examples=100, deadline=None, derandomize=True, database=None)


@steady
@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_has_no_side_and_a_phrase_is_like_itself(a: str, b: str) -> None:
    assert alike(a, b) == alike(b, a)
    assert 0 <= alike(a, b) <= 1
    assert alike(a, a) == 1
    assert bag(a) == bag(a.upper()) or not a.isascii()
