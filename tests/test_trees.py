"""Boosted trees: gone down all at once, they say what scikit-learn says."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.rivals import NAMES as STANDING
from models.beside import NAMES as PLACE
from models.detect import ARTIFACTS, BESIDE
from models.slots import RIVALS
from models.stored import load
from models.trees import Trees, fit_trees, spelled


@pytest.mark.parametrize(("file", "names"), [(RIVALS, STANDING), (BESIDE, PLACE)])
def test_trees_are_those_of_scikit_learn(file: str, names: Sequence[str]) -> None:
    """On numbers anywhere, whole ones and probabilities among them: the same to the last bits."""
    model = load(ARTIFACTS / file)
    assert model.n_features_in_ == len(names)
    anywhere = np.random.default_rng(0).uniform(-2, 100, (500, len(names)))
    shares = np.random.default_rng(1).uniform(-1, 1, (500, len(names)))
    for some in (anywhere, np.round(anywhere), shares, np.round(shares, 3)):
        ours = Trees(model).probabilities(some.tolist())
        assert len(set(ours)) > 10
        assert abs(model.predict_proba(some)[:, 1] - np.array(ours)).max() < 1e-12
    assert Trees(model).probabilities([]) == []


ROWS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=120, max_size=200)


@settings(max_examples=10, deadline=None)
@given(ROWS)
def test_any_trees_are_gone_down_as_scikit_learn_does(rows: Sequence[tuple[int, int]]) -> None:
    """Where nothing can be split a tree is one leaf; numbers that stand on a threshold go left."""
    right = [a + b > 9 for a, b in rows]
    if len(set(right)) < 2:
        return
    model = fit_trees(rows, right)
    theirs = model.predict_proba(np.array(rows, float))[:, 1]
    assert abs(theirs - np.array(Trees(model).probabilities(rows))).max() < 1e-12
    assert list(spelled(model)) == list(spelled(fit_trees(rows, right)))
