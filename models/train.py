"""Train the detector on the labelled passages of the repository; the same data give the same coefficients."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline

from claims.cues import default_cues
from claims.extract import Page, survey
from claims.lexicon import Lexicon
from claims.sentences import split
from claims.types import Article, digest
from models.detect import ARTIFACT, Detector, as_rows, describe

LABELLED = Path(__file__).parent.parent / "claims" / "labelled"
DIGEST = ARTIFACT.with_suffix(".json")
# C and the n-gram range were set by leave-one-topic-out F1 on the labelled passages (see `nostrum-train --search`).
C = 1.0


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled passage: its page, and which of its sentences carry a claim."""

    id: str
    topic: str
    page: Page
    labels: tuple[bool, ...]


def load_labelled(paths: Iterable[Path], lexicon: Lexicon) -> list[Labelled]:
    """Read gold passages and label each sentence that overlaps a statement by half."""
    out = []
    for path in sorted(paths):
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.strip():
                continue
            raw = json.loads(line)
            article = Article(id=raw["id"], text=raw["text"], title=raw.get("title", ""), url=raw.get("url", ""))
            article = with_blocks(article)
            sentences = split(article)
            spans = statement_spans(raw)
            labels = tuple(any(_overlap(s.start, s.end, a, b) >= 0.5 for a, b in spans) for s in sentences)
            out.append(Labelled(raw["id"], f"{path.stem}:{raw['topic']}", survey(article, sentences, lexicon), labels))
    return out


def with_blocks(article: Article) -> Article:
    """Lay out plain text in blocks as the reader does; replaced by the reader where there is one."""
    return article


def statement_spans(raw: dict[str, Any]) -> list[tuple[int, int]]:
    """Find where each statement of a gold passage stands in its text."""
    out, at = [], 0
    for s in raw["statements"]:
        at = raw["text"].index(s["quote"], at)
        out.append((at, at + len(s["quote"])))
    return out


def _overlap(a: int, b: int, c: int, d: int) -> float:
    return (min(b, d) - max(a, c)) / max(1, min(b - a, d - c))


def build_model() -> Pipeline:
    """Make an untrained detector."""
    return Pipeline(
        [
            ("tfidf", TfidfVectorizer(token_pattern=r"\S+", ngram_range=(1, 2), min_df=2, sublinear_tf=True, lowercase=False)),
            ("logit", LogisticRegression(C=C, max_iter=2000, class_weight=None)),
        ]
    )


def rows_of(passages: Sequence[Labelled], lexicon: Lexicon) -> tuple[list[str], list[bool]]:
    """Describe all sentences of some passages, with their labels."""
    cues = default_cues()
    rows, labels = [], []
    for p in passages:
        rows += as_rows(describe(p.page, lexicon, cues))
        labels += p.labels
    return rows, labels


def fit(passages: Sequence[Labelled], lexicon: Lexicon) -> Pipeline:
    """Fit a detector on labelled passages."""
    rows, labels = rows_of(passages, lexicon)
    return build_model().fit(rows, np.array(labels))


def coefficients_digest(model: Pipeline) -> str:
    """Digest the vocabulary and the coefficients, rounded so that rounding in the last bits does not count."""
    vocabulary = sorted(model["tfidf"].vocabulary_)
    weights = np.round(model["logit"].coef_.ravel(), 4).tolist()
    return digest(*vocabulary, *(f"{w:.4f}" for w in weights))


def main() -> None:
    """Train on everything labelled, save the model and its digest."""
    from skops.io import dump

    lexicon = Lexicon.load()
    passages = load_labelled(LABELLED.glob("*.jsonl"), lexicon)
    model = fit(passages, lexicon)
    ARTIFACT.parent.mkdir(exist_ok=True)
    dump(model, ARTIFACT)
    facts = {
        "coefficients": coefficients_digest(model),
        "passages": len(passages),
        "sentences": sum(len(p.labels) for p in passages),
        "features": len(model["tfidf"].vocabulary_),
    }
    DIGEST.write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8")
    print(f"trained on {facts['sentences']} sentences of {facts['passages']} passages, digest {facts['coefficients']}")


def leave_topics_out(passages: Sequence[Labelled], lexicon: Lexicon) -> dict[str, list[float]]:
    """Score each passage's sentences by a detector that never saw its topic; by passage id."""
    out = {}
    for topic in sorted({p.topic for p in passages}):
        inside = [p for p in passages if p.topic == topic]
        detector = Detector(fit([p for p in passages if p.topic != topic], lexicon), lexicon, default_cues())
        for p in inside:
            out[p.id] = detector.scores(p.page)
    return out


if __name__ == "__main__":
    main()
