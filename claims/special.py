"""Claims whose object is a short phrase with fields: comparisons, official status, numbers, doses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from claims.arguments import actors
from claims.concepts import HEALTH_KINDS
from claims.cues import Cues
from claims.frame import Triple
from claims.lexicon import fold
from claims.phrases import PERSON, Grounded, Phrase, conjuncts, is_pronoun, phrase
from claims.tokens import Token
from claims.words import word_map

_DIRECTIONS = word_map("directions")
_AUTHORITIES = word_map("authorities")
_ACTS = word_map("acts")
# A quick look for what `_NUMBER` needs: three sentences in four have none of it.
_COUNTED = re.compile(
    r"\d|\b(?:one|two|three|four|five|half|most|majority|third|quarter|fifth|thirds) (?:in|of|out of) ", re.I
)
_NUMBER = re.compile(
    r"(?:\b(?:about|around|nearly|almost|over|more than|less than|up to|roughly|approximately|at least|only|some) )?"
    r"(?:\$?\b\d[\d,.]*(?:\s?(?:-|–|to)\s?\d[\d,.]*)?\s?"
    r"(?:%|percent|per cent|percentage points|million|billion|thousand|"
    r"people|adults|children|americans|patients|deaths|cases|women|men|participants|years|fold|times|"
    r"in \d+|out of \d+|of \d+)"
    r"|\b(?:one|two|three|four|five|half|most|majority|a third|a quarter|a fifth|one third"
    r"|two thirds|one in \w+|1 in \d+)"
    r" (?:in|of|out of) (?:\w+ ){0,3}"
    r"(?:people|adults|children|americans|patients|women|men|users|participants|cases)\b)",
    re.I,
)
_DOSE = re.compile(
    r"\b\d[\d,.]*\s?(?:(?:-|–|to)\s?\d[\d,.]*\s?)?(?:"
    r"mg|milligrams?|mcg|µg|micrograms?|g|grams?|iu|ml|drops?|teaspoons?|tablespoons?|"
    r"capsules?|tablets?|cups?|minutes|seconds|times|glasses|pills|hours|weeks)\b"
    r"(?:[^.;,]{0,25}?(?:a|per|each|every) (?:day|week|night)|"
    r"[^.;,]{0,12}?(?:daily|nightly|weekly))?",
    re.I,
)


def comparisons(g: Grounded) -> Iterator[Triple]:
    """Yield claims that one thing is better, safer, stronger or as good as another."""
    for token in g.tokens:
        if token.lower_ in {"than"} and token.dep_ in {"prep", "mark"}:
            yield from _than(token, g)
        elif token.lemma_.lower() in {"alternative", "substitute", "replacement"} and token.pos_ == "NOUN":
            yield from _alternative(token, g)
        elif token.lower_ in {"comparable", "similar", "equivalent", "superior", "inferior", "equal"}:
            yield from _to(token, g)
        elif (
            token.lower_ == "as"
            and token.dep_ == "prep"
            and token.head.pos_ in {"ADJ", "ADV"}
            and token.i > token.head.i
        ):
            yield from _as_as(token, g)


def _compare(label: str, direction: str, other: Token, at: Token, g: Grounded) -> Iterator[Triple]:
    filler = phrase(other, g)
    if (
        filler.pronoun
        or other.lemma_.lower() in PERSON | {"ever", "usual", "expected"}
        or not (other.pos_ in {"NOUN", "PROPN"} or filler.concept)
    ):
        return
    if re.search(r"\d", filler.text):
        return
    fields = f"other={filler.concept};direction={direction}" if filler.concept else ""
    subjects: list[Token | None] = [s for s in actors(at, g) if s.lemma_.lower() not in PERSON] or [None]
    for subject in subjects:
        yield Triple("compares", subject, Phrase(f"{label} {filler.text}", "", other.i), other, at, None, fields)


def _than(token: Token, g: Grounded) -> Iterator[Triple]:
    head = token.head
    other = next((c for c in token.children if c.dep_ == "pobj"), None)
    if other is None or (head.lower_ in {"more", "less"} and head.head.pos_ == "NUM") or head.pos_ == "NUM":
        return
    word = head if head.pos_ in {"ADJ", "ADV"} else next((c for c in head.children if c.tag_ in {"JJR", "RBR"}), head)
    lemma = word.lemma_.lower()
    more = next((c.lower_ for c in word.children if c.lower_ in {"more", "less"}), "")
    label = " ".join(w for w in (more, fold(word.text), "than") if w)
    direction = _DIRECTIONS.get(lemma, "other")
    if more == "less":
        direction = {"riskier": "safer", "better": "worse", "stronger": "weaker", "safer": "riskier"}.get(
            direction, "other"
        )
    for o in conjuncts(other):
        yield from _compare(label, direction, o, word, g)


def _as_as(token: Token, g: Grounded) -> Iterator[Triple]:
    other = next((c for c in token.children if c.dep_ == "pobj"), None)
    if other is not None:
        yield from _compare(f"as {fold(token.head.text)} as", "equal", other, token.head, g)


def _to(token: Token, g: Grounded) -> Iterator[Triple]:
    for c in token.children:
        if c.dep_ == "prep" and c.lower_ in {"to", "with"}:
            for p in c.children:
                if p.dep_ == "pobj":
                    yield from _compare(f"{token.lower_} to", _DIRECTIONS.get(token.lower_, "equal"), p, token, g)


def _alternative(token: Token, g: Grounded) -> Iterator[Triple]:
    for c in token.children:
        if c.dep_ == "prep" and c.lower_ in {"to", "for"}:
            for p in c.children:
                if p.dep_ == "pobj" and p.pos_ in {"NOUN", "PROPN"} and p.lemma_.lower() not in PERSON:
                    yield from _compare(f"{token.lemma_.lower()} {c.lower_}", "equal", p, token, g)


def statuses(g: Grounded, cues: Cues) -> Iterator[Triple]:
    """Yield claims on what an authority has approved, banned, recommended or warned about."""
    for token in g.tokens:
        row = cues.statuses.get(token.lower_) or cues.statuses.get(token.lemma_.lower())
        if row is None or (row.frame.startswith("v") and token.pos_ not in {"VERB"}):
            continue
        authority, name = _authority(g.text)
        act = _ACTS.get(token.lemma_.lower()) or _ACTS.get(token.lower_)
        legal = act in {"legal", "banned", "regulated", "scheduled"}
        if act is None or (not authority and not legal and token.lower_ not in {"unapproved", "licensed"}):
            continue
        subject = _status_subject(token, g, name)
        use = _status_use(token, g)
        label = " ".join(
            w
            for w in (
                name,
                token.lower_,
                f"for {use.text}" if use else "",
            )
            if w
        )
        fields = f"authority={authority or 'law'};act={act}" + (f";for={use.concept}" if use and use.concept else "")
        yield Triple("status", subject, Phrase(label, "", token.i), None, token, row, fields)
        return


@lru_cache(maxsize=64)
def _authority(sentence: str) -> tuple[str, str]:
    text = fold(sentence)
    for name, slug in _AUTHORITIES.items():
        if (
            name in text
            and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
            and (name != "who" or "(who)" in text or "the who" in text)
        ):
            return slug, name
    return "", ""


def _status_subject(token: Token, g: Grounded, name: str) -> Token | None:
    for c in token.children:
        if c.dep_ in {"nsubjpass", "dobj"} and c.lower_ not in name and c.lemma_.lower() not in PERSON:
            return c
        if c.dep_ == "prep" and c.lower_ in {"of", "about", "against", "on"}:
            for p in c.children:
                if p.dep_ == "pobj":
                    return p
    return next((g.tokens[i] for i in sorted(g.at) if g.lexicon.is_actor(g.concept(g.tokens[i]))), None) or next(
        (s for s in actors(token, g) if s.lower_ not in name and s.lemma_.lower() not in PERSON), None
    )


def _status_use(token: Token, g: Grounded) -> Phrase | None:
    """Find what a thing is approved for: "for pain", "as a sleep aid", "to treat pain"."""
    for c in token.subtree:
        named = c.dep_ == "prep" and c.lower_ in {"for", "to", "as", "in"}
        if c.i > token.i and (named or (c.tag_ == "VB" and c.has_to)):
            for p in c.subtree:
                if g.kind(p) in HEALTH_KINDS:
                    return phrase(p, g)
    return None


def statistics(g: Grounded) -> Iterator[Triple]:
    """Yield claims that are a number about people: a share, a count, a rate."""
    text = g.text
    m = _NUMBER.search(text) if _COUNTED.search(text) else None
    if not m or _DOSE.fullmatch(m.group().strip()):
        return
    token = next((t for t in g.tokens if t.idx + len(t.text) > m.start()), None)
    if token is None:
        return
    tail = text[m.start() : min(len(text), m.end() + 60)]
    words = re.split(r"[.;,()—–]\s|[.;,()]$", tail)[0].split()[:10]
    subject = next(
        (
            s
            for s in (t for t in g.tokens if t.dep_ in {"nsubj", "nsubjpass"})
            if s.pos_ != "NUM" and not is_pronoun(s, g)
        ),
        None,
    )
    yield Triple("statistic", subject, Phrase(fold(" ".join(words)).strip(" .,"), "", token.i), None, token, None)


def uses(g: Grounded) -> Iterator[Triple]:
    """Yield claims that a dose or a way of taking is the right one."""
    m = _DOSE.search(g.text)
    if not m or not re.search(
        r"\b(dos|take|taken|daily|a day|per day|recommend|usual|typical|start|should|need|use)", g.text, re.I
    ):
        return
    token = next((t for t in g.tokens if t.idx + len(t.text) > m.start()), None)
    if token is None:
        return
    subject = next((g.tokens[i] for i in sorted(g.at) if g.lexicon.is_actor(g.concept(g.tokens[i]))), None)
    yield Triple("use", subject, Phrase(fold(" ".join(m.group().split())), "", token.i), None, token, None)
