"""Choose among candidate claims: which relation an object has, if any, and which subject.

Two logistic regressions over the descriptions of `claims.candidates`. They rank what the rules and the
lexicon propose; they never see the evidence table, and never make a verdict.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from claims.candidates import Candidate
from claims.subjects import SubjectOption
from models.align import NONE, SlotExamples
from models.detect import ARTIFACTS
from models.linear import Linear

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

RELATIONS, SUBJECTS = "relations.skops", "subjects.skops"


class Slots:
    """Scores the relations and subjects of candidates."""

    def __init__(self, relations: Pipeline, subjects: Pipeline) -> None:
        self.relation_model, self.subject_model = relations, subjects
        self._relations, self._subjects = Linear(relations), Linear(subjects)
        self._classes = [str(c) for c in self._relations.classes]

    @classmethod
    def load(cls, folder: Path = ARTIFACTS) -> Slots:
        """Load the shipped models; only scikit-learn's own types are built."""
        from skops.io import load

        return cls(load(folder / RELATIONS), load(folder / SUBJECTS))

    def relations(self, candidates: Sequence[Candidate]) -> list[dict[str, float]]:
        """Give each candidate's probability of each relation it may have, and of being no claim ("none")."""
        p = self._relations.probabilities((" ".join(c.marks), c.sentence_marks) for c in candidates)
        out = []
        for c, probabilities in zip(candidates, p, strict=True):
            by_class = dict(zip(self._classes, probabilities, strict=True))
            out.append({r: by_class.get(r, 0.0) for r in (*c.allowed, NONE)})
        return out

    def subjects(self, options: Sequence[SubjectOption]) -> list[float]:
        """Give each option's probability of being the subject meant."""
        return [p[1] for p in self._subjects.probabilities([" ".join(o.marks)] for o in options)]


def blank_model(columns: int) -> Pipeline:
    """Make an untrained model over columns of marks.

    Leave-one-topic-out triples F1 was the same from C = 0.05 to 0.3 (195 passages, November 2026).
    """
    from sklearn.compose import ColumnTransformer
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import Pipeline

    vectorizers = [
        (f"marks{k}", CountVectorizer(token_pattern=r"\S+", binary=True, lowercase=False, min_df=2), k)
        for k in range(columns)
    ]
    return Pipeline(
        [("columns", ColumnTransformer(vectorizers)), ("logit", LogisticRegression(C=0.1, max_iter=1000, tol=1e-4))]
    )


def fit_slots(examples: SlotExamples) -> Slots:
    """Fit both models."""
    relations, subjects = np.array(examples.relation_rows, dtype=object), np.array(examples.subject_rows, dtype=object)
    return Slots(
        blank_model(2).fit(relations, np.array(examples.relations)),
        blank_model(1).fit(subjects[:, None], np.array(examples.right)),
    )
