"""Whether the shipped models are those that `make train` gives, by the passages that the gate has read already."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator

import numpy as np

from models.detect import ARTIFACTS
from models.stored import Arrays, coefficients_digest, load
from models.train import DIGESTS, fit
from models.trees import Trees
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


def _apart(fitted: dict[str, Arrays]) -> Iterator[str]:
    for name, model in fitted.items():
        far, allowed = how_far_apart(model, load(ARTIFACTS / name)), WEIGHTS_APART if is_linear(model) else TREES_APART
        if far > allowed:
            yield f"models: {name} is {far:.3f} from what training gives, {allowed} at most; train anew with make train"


def is_linear(model: Arrays) -> bool:
    """Tell a linear model on named marks from trees on numbers."""
    return "roots" not in model


def how_far_apart(model: Arrays, other: Arrays) -> float:
    """Give the mean difference of two models' weights, or of what trees say of numbers anywhere."""
    if not is_linear(model):
        anywhere = np.random.default_rng(0).uniform(0, 1, (2_000, int(model["features"]))).tolist()
        ours, theirs = (np.array(Trees(m).probabilities(anywhere)) for m in (model, other))
        return float(abs(ours - theirs).mean())
    if any(not np.array_equal(model[name], other.get(name)) for name in model if model[name].dtype == np.uint8):
        return math.inf
    weights = [(model[name], other[name]) for name in model if name.startswith("weights")]
    return float(np.concatenate([abs(ours - theirs).ravel() for ours, theirs in weights]).mean())
