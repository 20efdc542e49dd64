"""The plain tokens are spaCy's own, seen once: the same words, attributes and tree."""

from __future__ import annotations

import json
from typing import Any

import pytest
from spacy.language import Language

from claims.parse import _parsed, tokenizer
from claims.tokens import Parse, Token
from models.train import LABELLED

TEXTS = (
    "Kratom isn't approved, and there's no evidence that it helps.",
    "Let's see: y'all ain't gonna get nothin' from it, you've got to do it.",
    "It does what you'd do;  they'd have had two  spaces.",
    "What was it that he was made to take? There are those who don't.",
    "",
    "Vitamin C\tand I: it gets me, and I got it because of that.",
    "That is why it is what they say it is.",
    "Kratom and kava ease pain, anxiety and insomnia; 3 in 10 people with them sleep well.",
    "The herbs, which nobody has tested and which a doctor would not give you, cost $20. They heal.",
)


def parsed(text: str) -> Parse:
    (parse,) = _parsed([tokenizer()(text)])
    return parse


def places(tokens: Any) -> list[int]:
    return [t.i for t in tokens]


def alone(t: Any) -> tuple[object, ...]:
    """What a token is by itself."""
    return t.text, t.lower_, t.whitespace_, t.idx, t.is_space, t.is_punct, t.like_num, t.tag_, t.dep_, t.pos_, t.lemma_


def among(t: Any) -> tuple[object, ...]:
    """Where a token stands among the others."""
    groups = t.children, t.lefts, t.rights, t.subtree, t.ancestors, t.conjuncts
    return t.i, t.head.i, t.left_edge.i, t.right_edge.i, [places(group) for group in groups]


@pytest.mark.parametrize("text", TEXTS)
def test_tokens_are_spacys(text: str, whole: Language) -> None:
    wanted = whole(text)
    for _ in range(2):  # attributes are asked of the ruler first, remembered then
        parse = parsed(text)
        assert parse.text == text
        assert list(map(alone, parse)) == list(map(alone, wanted))
        assert list(map(among, parse)) == list(map(among, wanted))
        assert [t.opens for t in parse] == [bool(t.is_sent_start) for t in wanted]


@pytest.mark.parametrize("text", TEXTS)
def test_spans_are_spacys(text: str, whole: Language) -> None:
    wanted, parse = whole(text), parsed(text)
    for first in range(len(parse)):
        for last in range(first + 1, len(parse) + 1):
            assert parse.root(first, last).i == wanted[first:last].root.i
    words = [(t.idx + 1, t.idx + len(t.text)) for t in parse if len(t.text) > 1]
    for start, end in zip([s for s, _ in words], [e for _, e in words[1:]], strict=False):
        span = wanted.char_span(start, end, alignment_mode="expand")
        assert span is not None
        assert parse.within(start, end) == (span.start, span.end)
    assert parse.within(len(text), len(text) + 5) is None


def test_words_are_cut_as_by_spacys_own_tokenizer(whole: Language) -> None:
    """Though words of letters alone are not searched for what to cut off them."""
    texts = [json.loads(line)["text"] for line in (LABELLED / "topics.jsonl").read_text("utf-8").splitlines()]
    for text in (*texts, "Can't ＡＢ ªº co-op über-safe 5mg naïve Zürich. gonna e.g. US$5 x² Ⅷ 東京タワー a/b (FDA's) www.fda.gov"):
        assert [t.text for t in tokenizer()(text)] == [t.text for t in whole.tokenizer(text)]


def test_a_token_is_itself_only() -> None:
    a, b = parsed("It helps, it helps.")[1], parsed("It helps, it helps.")[1]
    assert isinstance(a, Token)
    assert a == a.nbor(0) != b
    assert a.nbor(1).text == ","
    assert repr(a) == "helps"
