"""Train the detector and the slot models on the labelled passages; the same data give the same coefficients."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from threadpoolctl import threadpool_limits

from claims.cues import Cues, default_cues
from claims.extract import compose
from claims.layout import blocks_of_text
from claims.lexicon import Lexicon
from claims.page import Page, survey
from claims.parse import parse
from claims.reading import Reading, ground, survey_candidates
from claims.sections import PageContext
from claims.sentences import split
from claims.types import Article, digest
from models.align import SlotExamples, is_right, rival_examples, slot_examples
from models.beside import PARSE_OF_WHOLE, describe_places
from models.detect import ARTIFACTS, BESIDE, CONFIRM, GATE, Described, Detector, as_rows, describe, probabilities
from models.linear import Linear, arrays_of
from models.slots import RIVALS, TRUST, FirstLook, Ranks, Slots, fit_first_look, fit_trust
from models.stored import Arrays, coefficients_digest, save
from models.syntax import syntax_marks
from models.trees import arrays_of_trees, fit_trees

LABELLED = Path(__file__).parent.parent / "claims" / "labelled"
# Single lines, nearly all of them statements and put with force: they teach how a claim is worded, but not what else
# stands on a page, nor how far a reading of a page is to be trusted.
WORDINGS = "wordings.jsonl"
DIGESTS = "digests.json"
# Rows of numbers, and which of them are right.
_Examples: TypeAlias = tuple[list[tuple[float, ...]], list[bool]]
# Inverse regularisation and the weight of marks against words, set by leave-one-topic-out statement F1
# on 195 passages in November 2026: 0.814 without syntax, 0.823 with; C from 1 to 3 gives the same to 0.005.
C = 2.0
MARKS_WEIGHT = 0.3
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled passage, read as far as the models need it."""

    id: str
    topic: str
    reading: Reading
    described: tuple[Described, ...]  # with syntax, one a sentence
    gold: Mapping[int, Sequence[Mapping[str, Any]]]  # sentence index -> its claims; absent: no statement
    examples: SlotExamples  # what it teaches the slot models, which are fitted many times
    is_page: bool  # whether it follows a page

    @property
    def labels(self) -> list[bool]:
        """Whether each sentence carries a claim."""
        return [i in self.gold for i in range(len(self.described))]


@dataclass(frozen=True, slots=True)
class Models:
    """Everything that is learned."""

    detector: Detector
    slots: Slots
    fitted: Mapping[str, Arrays]  # artifact name -> fitted model


def load_labelled(paths: Iterable[Path], lexicon: Lexicon) -> list[Labelled]:
    """Read and parse gold passages; a sentence that overlaps a statement by half carries its claims."""
    cues = default_cues()
    return [
        _labelled(json.loads(line), lexicon, cues, is_page=path.name != WORDINGS)
        for path in sorted(paths)
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


def _labelled(raw: Mapping[str, Any], lexicon: Lexicon, cues: Cues, *, is_page: bool) -> Labelled:
    article = Article(
        id=raw["id"],
        text=raw["text"],
        title=raw.get("title", ""),
        url=raw.get("url", ""),
        blocks=blocks_of_text(raw["text"]),
    )
    sentences = split(article)
    page = survey(article, sentences, lexicon)
    parses = dict(enumerate(parse(page, range(len(sentences)), cues)))
    grounded, gold = ground(page, parses, lexicon), _gold(raw, page)
    reading = survey_candidates(page, grounded, gold, lexicon, cues, "every")
    described = tuple(replace(d, syntax=syntax_marks(grounded[i])) for i, d in enumerate(describe(page, lexicon, cues)))
    examples = slot_examples(reading, gold, cues)
    return Labelled(raw["id"], raw["topic"], reading, described, gold, examples, is_page)


def _gold(raw: Mapping[str, Any], page: Page) -> dict[int, list[Mapping[str, Any]]]:
    out: dict[int, list[Mapping[str, Any]]] = {}
    for (start, end), statement in zip(statement_spans(raw), raw["statements"], strict=True):
        for i, s in enumerate(page.sentences):
            if _overlap(s.start, s.end, start, end) >= 0.5:
                out.setdefault(i, []).extend(statement["claims"])
    return out


def statement_spans(raw: Mapping[str, Any]) -> Iterator[tuple[int, int]]:
    """Find where each statement of a gold passage stands in its text."""
    at = 0
    for s in raw["statements"]:
        at = raw["text"].index(s["quote"], at)
        yield at, at + len(s["quote"])


def _overlap(a: int, b: int, c: int, d: int) -> float:
    return (min(b, d) - max(a, c)) / max(1, min(b - a, d - c))


def blank_detector(*, syntax: bool) -> Pipeline:
    """Make an untrained detector over words and marks, and the dependencies where there is a parse."""
    columns = [
        ("words", _tfidf(ngram_range=(1, 2)), 0),
        ("marks", CountVectorizer(token_pattern=r"\S+", binary=True, lowercase=False, min_df=3), 1),
    ]
    if syntax:
        columns.append(("syntax", _tfidf(), 2))
    return Pipeline(
        [
            ("columns", ColumnTransformer(columns, transformer_weights={"marks": MARKS_WEIGHT})),
            ("logit", LogisticRegression(C=C, max_iter=3000)),
        ]
    )


def _tfidf(ngram_range: tuple[int, int] = (1, 1)) -> TfidfVectorizer:
    # Words seen twice only would nearly double the models, at the same F1.
    return TfidfVectorizer(token_pattern=r"\S+", ngram_range=ngram_range, min_df=3, sublinear_tf=True, lowercase=False)


@dataclass(slots=True)
class Fold:
    """Passages of some topics, as models see them that were fitted without those."""

    passages: Sequence[Labelled]
    detectors: dict[str, Arrays]
    ranks: dict[str, Arrays]
    places: _Examples  # sentences among the others of their page, and which are statements
    rivals: _Examples  # subjects side by side, and which of them are meant
    readings: list[tuple[dict[str, float], bool]] = field(default_factory=list)  # grounds, and whether it is right


def fit(passages: Sequence[Labelled], folds: Sequence[Fold], lexicon: Lexicon) -> Models:
    """Fit every model on labelled passages; second looks and trust on topics that what they go by never saw."""
    detectors = {**_fit_detectors(passages), BESIDE: _fit_trees([f.places for f in folds])}
    ranks = {**_fit_first_look(passages), RIVALS: _fit_trees([f.rivals for f in folds])}
    return _models(detectors, ranks, [r for fold in folds for r in fold.readings], lexicon)


def leave_topics_out(folds: Sequence[Fold], lexicon: Lexicon) -> Iterator[tuple[Models, Sequence[Labelled]]]:
    """Yield models with the passages of the topics they never saw.

    Second looks and trust are fitted on the other folds alone, as the models that are fitted without each of those
    see them; these saw the topics that are left out, as fitting them anew for each pair of folds would take five times
    as long.
    """
    for k, fold in enumerate(folds):
        elsewhere = [r for j, other in enumerate(folds) if j != k for r in other.readings]
        yield _models(fold.detectors, fold.ranks, elsewhere, lexicon), fold.passages


def as_unseen(passages: Sequence[Labelled], lexicon: Lexicon) -> list[Fold]:
    """Look at each fold of topics with models of the others: first, then side by side, then at whole readings."""
    folds = []
    for others, some in _dealt(passages):
        detectors, ranks = _fit_detectors(others), _fit_first_look(others)
        look = FirstLook(ranks)
        rivals = [rival_examples(p.reading, p.gold, look, lexicon) for p in some]
        folds.append(Fold(some, detectors, ranks, _places(_pages(some), detectors, lexicon), _joined(rivals)))
    for k, one in enumerate(folds):
        elsewhere = [f for j, f in enumerate(folds) if j != k]
        one.detectors[BESIDE] = _fit_trees([f.places for f in elsewhere])
        one.ranks[RIVALS] = _fit_trees([f.rivals for f in elsewhere])
        one.readings = _readings(_pages(one.passages), Ranks(one.ranks), lexicon)
    return folds


def _pages(passages: Iterable[Labelled]) -> list[Labelled]:
    return [p for p in passages if p.is_page]


def _joined(examples: Sequence[_Examples]) -> _Examples:
    return [row for rows, _ in examples for row in rows], [label for _, labels in examples for label in labels]


def _places(passages: Sequence[Labelled], detectors: Mapping[str, Arrays], lexicon: Lexicon) -> _Examples:
    """Describe the sentences of passages that would be parsed among the others, and tell which are statements."""
    described = [d for p in passages for d in p.described]
    gates, confirms = (iter(probabilities(Linear(detectors[name]), described)) for name in (GATE, CONFIRM))
    examples = []
    for p in passages:
        gate, confirm = ({i: next(scores) for i in range(len(p.described))} for scores in (gates, confirms))
        confirmed = {i: score for i, score in confirm.items() if gate[i] >= PARSE_OF_WHOLE}
        places = describe_places(p.reading.page, gate, confirmed, lexicon)
        examples.append((list(places.values()), [i in p.gold for i in places]))
    return _joined(examples)


def _fit_trees(examples: Sequence[_Examples]) -> Arrays:
    with threadpool_limits(1):
        return arrays_of_trees(fit_trees(*_joined(examples)))


def _fit_detectors(passages: Sequence[Labelled]) -> dict[str, Arrays]:
    pages = _pages(passages)
    rows = as_rows([d for p in pages for d in p.described])
    labels = np.array([label for p in pages for label in p.labels])
    with threadpool_limits(1):
        return {name: arrays_of(blank_detector(syntax=name == CONFIRM).fit(rows, labels)) for name in (GATE, CONFIRM)}


def _models(
    detectors: Mapping[str, Arrays],
    ranks: Mapping[str, Arrays],
    readings: Sequence[tuple[dict[str, float], bool]],
    lexicon: Lexicon,
) -> Models:
    with threadpool_limits(1):
        slots = {**ranks, TRUST: fit_trust([told for told, _ in readings], [right for _, right in readings])}
    return Models(
        detector=Detector(detectors, lexicon, default_cues()), slots=Slots(slots), fitted={**detectors, **slots}
    )


def _fit_first_look(passages: Iterable[Labelled]) -> dict[str, Arrays]:
    examples = SlotExamples.none()
    for p in passages:
        examples.extend(p.examples)
    # On one thread the slot models fit in a quarter of the time that two take, which wait for each other.
    with threadpool_limits(1):
        return fit_first_look(examples)


def _readings(unseen: Iterable[Labelled], ranks: Ranks, lexicon: Lexicon) -> list[tuple[dict[str, float], bool]]:
    """Read passages whose topics some ranks never saw: the grounds of each reading, and whether it is right."""
    out = []
    for p in unseen:
        spans = {(s.start, s.end): i for i, s in enumerate(p.reading.page.sentences)}
        for claim, told in compose(p.reading, lexicon, ranks, PageContext(p.reading.page, default_cues())):
            out.append((told, is_right(claim, p.gold[spans[claim.start, claim.end]])))
    return out


def folds_of(topics: Iterable[str]) -> dict[str, int]:
    """Deal topics into five folds by their digest."""
    return {topic: int(digest(topic), 16) % FOLDS for topic in topics}


def _dealt(passages: Sequence[Labelled]) -> Iterator[tuple[list[Labelled], list[Labelled]]]:
    """Yield the passages outside each fold of topics, and those in it."""
    dealt = folds_of({p.topic for p in passages})
    for k in range(FOLDS):
        unseen = [p for p in passages if dealt[p.topic] == k]
        others = [p for p in passages if dealt[p.topic] != k]
        if unseen and others:
            yield others, unseen


def main() -> None:
    """Train on everything labelled; save the models and their digests."""
    lexicon = Lexicon.load()
    passages = load_labelled(LABELLED.glob("*.jsonl"), lexicon)
    models = fit(passages, as_unseen(passages, lexicon), lexicon)
    ARTIFACTS.mkdir(exist_ok=True)
    digests = {name: coefficients_digest(model) for name, model in models.fitted.items()}
    for name, model in models.fitted.items():
        save(model, ARTIFACTS / name)
    (ARTIFACTS / DIGESTS).write_text(json.dumps(digests, indent=2) + "\n", encoding="utf-8")
    sentences = sum(len(p.described) for p in passages)
    print(f"trained on {sentences} sentences of {len(passages)} passages")
    for name, value in digests.items():
        print(f"  {name} {value}")


if __name__ == "__main__":
    main()
