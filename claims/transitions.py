"""spaCy's transition parser, step by step with its own parts, in half the time.

Its compiled loop gives Python's lock away, and takes it back several times for each step of each sentence (spaCy 3.8
is compiled so that a function without the lock asks with it whether an error occurred): half of its time goes there.
The same steps taken with the lock held need not ask.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from spacy.tokens import Doc


class Transitions:
    """Sets the dependencies of documents as their pipeline's parser would, but for rounding."""

    def __init__(self, parser: Any) -> None:
        """Take a greedy parser (a beam of 1) of spaCy's architecture TransitionBasedParser.v2, all its labels seen."""
        self._parser, upper = parser, parser.model.get_ref("upper")
        self._weights = np.ascontiguousarray(upper.get_param("W").T)
        self._bias = upper.get_param("b")

    def __call__(self, docs: Sequence[Doc]) -> None:
        """Parse documents that have their vectors, all of them at once."""
        states = self._parser.moves.init_batch(docs)
        steps = self._parser.model.predict(docs)
        left = [state for state in states if not state.is_final()]
        while left:
            scores = steps.state2vec.predict(steps.get_token_ids(left)) @ self._weights
            scores += self._bias
            left = self._parser.transition_states(left, scores)
        self._parser.set_annotations(docs, states)
