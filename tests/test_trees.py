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
from models.stored import coefficients_digest, load
from models.trees import Trees, arrays_of_trees, fit_trees


@pytest.mark.parametrize(("file", "names"), [(RIVALS, STANDING), (BESIDE, PLACE)])
def test_the_shipped_trees_are_of_the_numbers_that_they_are_given(file: str, names: Sequence[str]) -> None:
    model = load(ARTIFACTS / file)
    assert int(model["features"]) == len(names)
    anywhere = np.random.default_rng(0).uniform(0, 1, (500, len(names)))
    assert len(set(Trees(model).probabilities(anywhere.tolist()))) > 10
    assert Trees(model).probabilities([]) == []


def test_trees_are_those_of_scikit_learn() -> None:
    """On numbers anywhere, whole ones and probabilities among them: the same to the last bits."""
    seen = np.random.default_rng(2).uniform(-1, 9, (3_000, 12))
    model = fit_trees(seen.tolist(), (seen[:, 0] * seen[:, 3] > 9 + seen[:, 5]).tolist())
    anywhere = np.random.default_rng(0).uniform(-2, 100, (500, 12))
    shares = np.random.default_rng(1).uniform(-1, 1, (500, 12))
    for some in (anywhere, np.round(anywhere), shares, np.round(shares, 3)):
        ours = Trees(arrays_of_trees(model)).probabilities(some.tolist())
        assert len(set(ours)) > 10
        assert abs(model.predict_proba(some)[:, 1] - np.array(ours)).max() < 1e-12


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
    assert abs(theirs - np.array(Trees(arrays_of_trees(model)).probabilities(rows))).max() < 1e-12
    assert coefficients_digest(arrays_of_trees(model)) == coefficients_digest(arrays_of_trees(fit_trees(rows, right)))
