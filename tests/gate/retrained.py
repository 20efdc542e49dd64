"""Whether the shipped models are those that `make train` gives, by the passages that the gate has read already."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

import numpy as np
from sklearn.pipeline import Pipeline

from models.detect import ARTIFACTS
from models.stored import load
from models.train import DIGESTS, Fitted, coefficients_digest, fit
from pipeline.checker import Checker
from tests.gate import corpora

# Where a processor multiplies otherwise than the one that the models were trained on, fits stop at other steps: between
# two makes weights were 0.009 apart on average at most, what trees say of anything 0.03. Trained without a tenth of the
# passages, five of seven models know other marks, and the others are 0.025 and 0.04 to 0.07 apart.
WEIGHTS_APART, TREES_APART = 0.015, 0.05


def faults() -> list[str]:
    """Train again on every labelled passage; name the models that come out otherwise than they are shipped."""
    fitted = fit(corpora.labelled(), corpora.folds(), Checker.default().lexicon).fitted
    shipped: dict[str, str] = json.loads((ARTIFACTS / DIGESTS).read_text(encoding="utf-8"))
    unlike = fitted.keys() ^ shipped.keys()
    if unlike:
        return [f"models: {', '.join(sorted(unlike))}: trained or shipped only; train anew"]
    return list(_apart({name: model for name, model in fitted.items() if coefficients_digest(model) != shipped[name]}))


def _apart(fitted: dict[str, Fitted]) -> Iterator[str]:
    for name, model in fitted.items():
        far, allowed = how_far_apart(model, load(ARTIFACTS / name)), WEIGHTS_APART if is_linear(model) else TREES_APART
        if far > allowed:
            yield f"models: {name} is {far:.3f} from what training gives, {allowed} at most; train anew with make train"


def is_linear(model: Any) -> bool:
    """Tell a linear model on named marks from trees on numbers."""
    return isinstance(model, Pipeline)


def how_far_apart(model: Any, other: Any) -> float:
    """Give the mean difference of two models' weights, or of what trees say of numbers anywhere."""
    if not is_linear(model):
        anywhere = np.random.default_rng(0).uniform(0, 1, (2_000, model.n_features_in_))
        return float(abs(model.predict_proba(anywhere) - other.predict_proba(anywhere)).mean())
    if list(model[0].get_feature_names_out()) != list(other[0].get_feature_names_out()):
        return math.inf
    return float(abs(model[-1].coef_ - other[-1].coef_).mean())
