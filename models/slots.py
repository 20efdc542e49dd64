"""Choose among candidate claims: relation, subject, how they are put; and how far to trust the reading.

Logistic regressions over the descriptions of `claims.candidates` and `claims.subjects` rank what the rules and the
lexicon propose; one over those of `claims.manner` says how likely a candidate is denied, hedged, reported or rejected;
one over those of `claims.gist` which words of its sentence say a claim. Boosted trees over those of `claims.rivals`
look at the likeliest subjects again, side by side, where one thing counts for what it is beside another. A last
regression says from `claims.grounds` how likely a reading is right. Of the evidence table they know
which relations it speaks of (`claims.known`), never what it found, and they never make a verdict.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from claims.candidate import Candidate
from claims.manner import Manner
from claims.rivals import Standing
from claims.subjects import SubjectOption
from models.align import NONE, SlotExamples
from models.detect import ARTIFACTS
from models.linear import Linear, arrays_of
from models.stored import Arrays, load_models, named, names_of
from models.trees import Trees

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

RELATIONS, SUBJECTS, TRUST = "relations.npz", "subjects.npz", "trust.npz"
MANNER, GIST, RIVALS = "manner.npz", "gist.npz", "rivals.npz"
# Inverse regularisation: topics left out, 0.03 to 0.1 gave voice, strength and polarity the same to 0.005.
MANNER_C = 0.05
SUBJECT_C = 0.1  # with the words of options among the marks
SHIPPED = (RELATIONS, SUBJECTS, MANNER, GIST, RIVALS, TRUST)


class FirstLook:
    """Scores the relations and subjects of candidates, how they are put, and the words that say them."""

    def __init__(self, models: Mapping[str, Arrays]) -> None:
        self._relations, self._subjects = Linear(models[RELATIONS]), Linear(models[SUBJECTS])
        self._manner, self._gist = Linear(models[MANNER]), Linear(models[GIST])
        self._classes = [str(c) for c in self._relations.classes]
        self._manners = [str(c) for c in self._manner.classes]

    def relations(self, candidates: Sequence[Candidate]) -> list[dict[str, float]]:
        """Give each candidate's probability of each relation it may have, and of being no claim ("none")."""
        p = self._relations.probabilities(c.columns for c in candidates)
        out = []
        for c, probabilities in zip(candidates, p, strict=True):
            by_class = dict(zip(self._classes, probabilities, strict=True))
            out.append({r: by_class.get(r, 0.0) for r in (*c.allowed, NONE)})
        return out

    def subjects(self, options: Sequence[SubjectOption]) -> list[float]:
        """Give each option's probability of being the subject meant."""
        return [p[1] for p in self._subjects.probabilities([" ".join(o.marks)] for o in options)]

    def manners(self, marks: Sequence[tuple[str, str]]) -> list[Manner]:
        """Give the probabilities of how each candidate is put, by its marks."""
        return [Manner.of(dict(zip(self._manners, p, strict=True))) for p in self._manner.probabilities(marks)]

    def kept_words(self, marks: Sequence[tuple[str, str]]) -> list[float]:
        """Give each word's probability of being kept in the gist of its claim, by its marks."""
        return [p[1] for p in self._gist.probabilities(marks)]


class Ranks(FirstLook):
    """Looks a second time at the likeliest subjects."""

    def __init__(self, models: Mapping[str, Arrays]) -> None:
        super().__init__(models)
        self._rivals = Trees(models[RIVALS])

    def rivals(self, rows: Sequence[Standing]) -> list[float]:
        """Give the probability of each of the likeliest subjects again, by how it stands beside the others."""
        return self._rivals.probabilities(rows)


class Slots(Ranks):
    """Scores the relations and subjects of candidates, and the readings that are made of them."""

    def __init__(self, models: Mapping[str, Arrays]) -> None:
        super().__init__(models)
        trust = models[TRUST]
        self._weights = dict(zip(names_of(trust["grounds"]), trust["weights"].tolist(), strict=True))
        self._start = float(trust["start"])

    @classmethod
    def load(cls, folder: Path = ARTIFACTS) -> Slots:
        """Load the shipped models."""
        return cls(load_models(folder, SHIPPED))

    def trust(self, readings: Sequence[Mapping[str, float]]) -> list[float]:
        """Give each reading's probability of being right, by its grounds."""
        return [1 / (1 + math.exp(-self._sum(grounds))) for grounds in readings]

    def _sum(self, grounds: Mapping[str, float]) -> float:
        return self._start + math.fsum(self._weights.get(name, 0.0) * value for name, value in grounds.items())


def blank_model(columns: int, c: float = 0.1) -> Pipeline:
    """Make an untrained model over columns of marks.

    Newton's steps end where the likelihood does. Those of `lbfgs` ended before, and on another make of processor
    elsewhere: on a fifth of the topics left out, relations were 0.813 right and not 0.812, how a claim is put 0.786 and
    not 0.782, the words kept 0.849 and not 0.847 (November 2026). C from half to twice these gave no more.
    """
    from sklearn.compose import ColumnTransformer
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import Pipeline

    vectorizers = [
        (f"marks{k}", CountVectorizer(token_pattern=r"\S+", binary=True, lowercase=False, min_df=4), k)
        for k in range(columns)
    ]
    logit = LogisticRegression(C=c, solver="newton-cg", max_iter=1000, tol=5e-4)
    return Pipeline([("columns", ColumnTransformer(vectorizers)), ("logit", logit)])


def fit_first_look(examples: SlotExamples) -> dict[str, Arrays]:
    """Fit the models of relation, subject, manner and gist, by the names of their files."""
    relations, subjects = np.array(examples.relation_rows, dtype=object), np.array(examples.subject_rows, dtype=object)
    manners, words = np.array(examples.manner_rows, dtype=object), np.array(examples.word_rows, dtype=object)
    return {
        RELATIONS: arrays_of(blank_model(3).fit(relations, np.array(examples.relations))),
        SUBJECTS: arrays_of(blank_model(1, SUBJECT_C).fit(subjects[:, None], np.array(examples.right))),
        MANNER: arrays_of(blank_model(2, MANNER_C).fit(manners, np.array(examples.manners))),
        GIST: arrays_of(blank_model(2).fit(words, np.array(examples.kept))),
    }


def fit_trust(readings: Sequence[Mapping[str, float]], right: Sequence[bool]) -> Arrays:
    """Fit the model of trust on readings by models that never saw their topics."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    grounds = DictVectorizer()
    # C from 0.03 to 1 gave the same decided share and precision.
    logit = LogisticRegression(C=0.1, max_iter=1000, tol=1e-6).fit(grounds.fit_transform(readings), np.array(right))
    return {
        "grounds": named(map(str, grounds.get_feature_names_out())),
        "weights": logit.coef_[0],
        "start": logit.intercept_[0],
    }
