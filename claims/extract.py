"""Compose claims from the candidates of a page: the likeliest relation and subject, and the context around them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from spacy.tokens import Doc, Token

from claims.candidates import Candidate, Surroundings, candidates
from claims.context import is_contrasted, read_context
from claims.cues import Cues
from claims.discourse import Focus
from claims.fields import object_id
from claims.lexicon import Lexicon, fold
from claims.page import Page
from claims.phrases import LIGHT_MODIFIERS, Grounded, Phrase, conjuncts
from claims.sections import PageContext, heading_phrase, lead_relation
from claims.subjects import SubjectOption, frequent_noun, grammatical_subject, subject_options
from claims.types import Claim, Cue, Relation
from claims.words import word_list

_LEAD_IN = re.compile(r":\s*$")


class SlotModel(Protocol):
    """Ranks candidates: what extraction needs of a learned model."""

    def relations(self, candidates: Sequence[Candidate]) -> list[dict[str, float]]:
        """Give each candidate's probability of each relation it may have, and of "none"."""

    def subjects(self, options: Sequence[SubjectOption]) -> list[float]:
        """Give each subject option's probability of being the one meant."""


# A candidate less likely than this to be a claim at all is dropped where its sentence has a better one.
# Set by leave-one-topic-out triples F1 on the labelled passages.
ACCEPT = 0.35


@dataclass(frozen=True, slots=True)
class Reading:
    """The candidates of a page with their parsed sentences, in reading order."""

    page: Page
    grounded: Mapping[int, Grounded]
    candidates: Sequence[Candidate]
    around: Mapping[int, Surroundings]

    def subjects(self, c: Candidate) -> list[SubjectOption]:
        """List the subjects that one of the candidates could have."""
        return subject_options(c, self.grounded[c.sentence], self.around[c.sentence])


def ground(page: Page, docs: Mapping[int, Doc], lexicon: Lexicon) -> dict[int, Grounded]:
    """Lay the concepts of each parsed sentence over its tokens."""
    return {i: Grounded.of(doc, list(page.mentions[i]), lexicon) for i, doc in docs.items()}


def survey_candidates(
    page: Page, grounded: Mapping[int, Grounded], statements: Container[int], lexicon: Lexicon, cues: Cues
) -> Reading:
    """List everything that could be a claim in the statements of a page, given its parsed sentences."""
    focus = Focus(topic=page.topic, lexicon=lexicon)
    lead, lead_subject, heading_lead, heading, spoken = "", "", "", "", ""
    found: list[Candidate] = []
    surroundings: dict[int, Surroundings] = {}
    page_noun = frequent_noun(grounded)
    told: dict[str, int] = {}
    counts = Counter(m.concept for ms in page.mentions for m in ms)
    title, text = fold(page.article.title), fold(page.article.text)
    for i, sentence in enumerate(page.sentences):
        if sentence.kind == "heading":
            focus.new_section()
            heading_lead = lead_relation(sentence.text, cues)
            lead, lead_subject = "", ""
            heading = heading_phrase(sentence.text)
        if i in grounded:
            g = grounded[i]
        if i in grounded and i in statements:
            bullet = sentence.kind == "list_item"
            surroundings[i] = Surroundings(
                focus=focus.actor(),
                topic=page.topic,
                condition=page.condition,
                last_condition=focus.condition(),
                lead=lead if bullet else "",
                lead_subject=lead_subject if bullet else "",
                heading_lead=heading_lead,
                heading=heading,
                spoken=spoken,
                page_noun=page_noun,
                title=title,
                text=text,
                counts=counts,
                total=len(page.sentences),
                told=told,
            )
            found += candidates(i, sentence, g, cues, surroundings[i])
        if i in grounded:
            spoken = grammatical_subject(g) or spoken
        if sentence.kind not in {"list_item", "heading"}:
            lead = lead_relation(sentence.text, cues) if _LEAD_IN.search(sentence.text) or _before_list(page, i) else ""
            actors = [m.concept for m in page.mentions[i] if lexicon.is_actor(m.concept)]
            lead_subject = actors[0] if lead and actors else ""
        if sentence.kind != "list_item" or len(sentence.text) > 60:
            focus.note(page.mentions[i])
    return Reading(page, grounded, found, surroundings)


def _before_list(page: Page, i: int) -> bool:
    return i + 1 < len(page.sentences) and page.sentences[i + 1].kind == "list_item"


def extract(reading: Reading, lexicon: Lexicon, slots: SlotModel, cues: Cues) -> list[Claim]:
    """Compose the claims of the sentences in a reading, in reading order.

    Every sentence with a candidate gives at least its best: which sentences count is decided before.
    """
    page = reading.page
    relations = slots.relations(reading.candidates)
    chosen = _choose(reading, relations)
    options = [reading.subjects(reading.candidates[n]) for n, _ in chosen]
    scores = iter(slots.subjects([o for group in options for o in group]))
    context = PageContext(page, cues)
    out: list[Claim] = []
    for (n, relation), group in zip(chosen, options, strict=True):
        c = reading.candidates[n]
        ranked = [(next(scores), k) for k in range(len(group))]
        best = max((score for score, _ in ranked), default=0.0)
        for option in _subjects(group, ranked):
            sure = _is_sure(c, relation, relations[n][relation], best if "frame" not in option.marks else 1.0)
            # "his oil": where rules found but a pointer, what it points to must be a thing that acts.
            known = "is_actor" in option.marks or not (relation == "safe" or _only_points(c, group))
            stated = sure and known and _is_no_guess(option, group)
            claim = _claim(c, relation, option.phrase, reading, context, lexicon, stated)
            if claim is not None and not any(_same(claim, other) for other in out[-12:]):
                out.append(claim)
    return _reject_what_the_page_denies(out, context)


def _reject_what_the_page_denies(claims: list[Claim], context: PageContext) -> list[Claim]:
    """Read a claim that is put to others as rejected where the page itself denies it elsewhere."""
    denied = {_about(c) for c in claims if c.polarity == "deny" and c.voice != "rejected" and c.object_id}
    return [
        replace(c, voice="rejected")
        if c.polarity == "affirm" and c.voice != "rejected" and _about(c) in denied and context.is_attributed(c)
        else c
        for c in claims
    ]


def _about(c: Claim) -> tuple[str, str, str]:
    relation = "treats" if c.relation in {"treats", "improves", "prevents"} else c.relation
    return c.subject_id or c.subject, relation, c.object_id


_NONE = "none"
_VAGUE = word_list("generic") | word_list("measures") | word_list("vehicles") | word_list("empty objects")
# When a reading may be judged, by how often it was right on topics left out (195 passages, November 2026):
# stated by a rule with a subject from 0.35 on: 6 in 10 by the strict measure; chosen by the model alone: 6 in 10
# only from 0.75 on with a subject from 0.6 on, 2 in 10 below.
SURE_SUBJECT = 0.35
SURE_ALONE = (0.75, 0.6)


def _is_no_guess(chosen: SubjectOption, options: Sequence[SubjectOption]) -> bool:
    """Tell whether a subject is the one that a rule found, or a part of it; any, where rules found none."""
    framed = [o for o in options if "frame" in o.marks and not _is_vague(o)]
    return not framed or any(_is_the_same(chosen.phrase, o.phrase) for o in framed)


def _only_points(c: Candidate, options: Sequence[SubjectOption]) -> bool:
    return bool(c.framed) and not any("frame" in o.marks for o in options)


def _is_the_same(a: Phrase, b: Phrase) -> bool:
    """Tell whether two phrases name one thing: "kratom" and "kratom tea", but not "lemon" and "lemon balm"."""
    if a.text == b.text or (a.concept and a.concept == b.concept):
        return True
    apart = set(a.text.split()) ^ set(b.text.split())
    return bool(set(a.text.split()) & set(b.text.split())) and apart <= _VAGUE | LIGHT_MODIFIERS


def _is_vague(option: SubjectOption) -> bool:
    """Tell whether a subject only measures or stands for another: "two cups", "a spoonful of gel", "the way"."""
    token = option.token
    unnamed = not option.phrase.concept or "is_population" in option.marks
    return token is not None and unnamed and token.lemma_.lower() in _VAGUE


def _is_sure(c: Candidate, relation: Relation, p: float, subject: float) -> bool:
    if is_stated(c, relation):
        return subject >= SURE_SUBJECT
    return relation not in {"safe", "status", "compares"} and p >= SURE_ALONE[0] and subject >= SURE_ALONE[1]


def is_stated(c: Candidate, relation: Relation) -> bool:
    """Tell whether a rule or the lead-in above a bullet states the relation that was chosen."""
    if c.row is not None and c.row.value == "risk" and not c.framed:
        return False  # "the risk of cancer": of what, and up or down, another word says
    if relation in {"treats", "prevents", "causes", "improves"}:
        family = {"treats", "improves"} if relation in {"treats", "improves"} else {relation}
        lead = next((m.removeprefix("lead_") for m in c.marks if m.startswith("lead_")), "")
        return (
            any(f"rule_{r}" in c.marks for r in family)
            or lead == relation
            or (lead == "benefits" and relation in {"treats", "improves"})
        )
    if relation == "mechanism":
        return True
    return c.row is not None or bool(c.field_object)


def _choose(reading: Reading, relations: Sequence[dict[str, float]]) -> list[tuple[int, Relation]]:
    """Choose the candidates of each sentence: all that are likely, else the likeliest one."""
    by_sentence: dict[int, list[int]] = {}
    for n, c in enumerate(reading.candidates):
        by_sentence.setdefault(c.sentence, []).append(n)
    chosen: list[tuple[int, Relation]] = []
    for everything in by_sentence.values():
        together = [reading.candidates[n] for n in everything]
        members = [n for n in everything if not _is_retold(reading.candidates[n], together)]
        likely = [n for n in members if 1 - relations[n][_NONE] >= ACCEPT or _ruled(reading.candidates[n])]
        likely = likely or [max(members, key=lambda n: (1 - relations[n][_NONE], -n))]
        for n in _without_twins(likely, reading, relations):
            c = reading.candidates[n]
            chosen.append((n, max(_ruled(c) or c.allowed, key=lambda r: relations[n][r])))
    return chosen


def _ruled(c: Candidate) -> tuple[Relation, ...]:
    """List the relations that rules state of a candidate; the model chooses among them, and never past them.

    On topics left out a stated candidate was right as often where the model doubted it as where it did not.
    """
    if c.field_object or "own_statistic" in c.marks:
        return c.allowed
    return tuple(r for r in c.allowed if f"rule_{r}" in c.marks or (r == "safe" and f"own_{r}" in c.marks))


def _is_retold(c: Candidate, members: Sequence[Candidate]) -> bool:
    """Tell whether a clause in words only says again what a rule read from its verb."""
    return "clause" in c.marks and any(_ruled(o) and c.trigger in {o.trigger, o.trigger.head} for o in members)


def _without_twins(members: list[int], reading: Reading, relations: Sequence[dict[str, float]]) -> list[int]:
    """Drop a wordy candidate that only repeats the object of a likelier one."""
    out: list[int] = []
    for n in sorted(members, key=lambda n: (not _ruled(reading.candidates[n]), relations[n][_NONE])):
        c = reading.candidates[n]
        if not any(_repeats(c, reading.candidates[k]) for k in out):
            out.append(n)
    return sorted(out)


def _repeats(c: Candidate, other: Candidate) -> bool:
    words = set(c.object.text.split())
    if not words or c.allowed != other.allowed:
        return False
    if c.object.concept and other.object.concept:
        return c.object.concept == other.object.concept
    return len(words & set(other.object.text.split())) >= 0.6 * len(words)


def _subjects(options: Sequence[SubjectOption], ranked: Sequence[tuple[float, int]]) -> list[SubjectOption]:
    """Take the likeliest subject and what is coordinated with it."""
    if not ranked:
        return []
    best = max(ranked, key=lambda r: (r[0], -r[1]))[1]
    first = options[best]
    out = [first]
    if first.token is not None:
        together = {t.i for t in conjuncts(first.token)} | {t.i for t in conjuncts(_first_conjunct(first.token))}
        for score, k in ranked:
            o = options[k]
            apart = o.token is not None and o.token.i != first.token.i and o.token.i in together
            if k != best and apart and (score >= 0.3 or "frame" in o.marks):
                out.append(o)
    return out


def _first_conjunct(token: Token) -> Token:
    while token.dep_ == "conj" and token.head != token:
        token = token.head
    return token


def _claim(
    c: Candidate,
    relation: Relation,
    subject: Phrase,
    reading: Reading,
    context: PageContext,
    lexicon: Lexicon,
    stated: bool,
) -> Claim | None:
    sentence, g = reading.page.sentences[c.sentence], reading.grounded[c.sentence]
    obj = c.object
    if relation in {"treats", "prevents", "causes", "improves"} and (
        obj.pronoun or (obj.concept and obj.concept == subject.concept)
    ):
        return None
    objects = [c.object_token] if c.object_token is not None else []
    absolute = c.row is not None and c.row.value.endswith("!")
    around = read_context(c.trigger, objects, g, context.cues, context.setting(c.sentence), absolute)
    polarity, denies = around.polarity, around.denies
    unsaid = relation == "status" and c.trigger.lower_.startswith(("un", "non-"))  # "unapproved", "unregulated"
    if unsaid or (c.row is not None and c.row.value == "unsafe"):
        polarity, denies = ("deny", "effect") if polarity == "affirm" else ("affirm", None)
    if c.row is not None and c.row.value == "sideeffect" and relation == "safe":
        polarity, denies = "affirm", None
    strength, voice = around.strength, around.voice
    if c.row is not None and c.row.value == "used":
        # "People take it for pain" tells what others hope for.
        strength, voice = "hedged", "reported" if voice == "own" else voice
        stated = stated and not is_contrasted(sentence.text)
    if strength == "absolute" and relation not in _CAN_BE_TOTAL:
        strength = "definite"
    cues = [Cue(id=h.row.id, start=sentence.start + h.start, end=sentence.start + h.end) for h in around.hits]
    if c.row is not None:
        at = sentence.start + c.trigger.idx
        cues.insert(0, Cue(id=c.row.id, start=at, end=at + len(c.trigger.text)))
    return Claim(
        start=sentence.start,
        end=sentence.end,
        quote=sentence.text,
        subject=subject.text,
        subject_id=subject.concept,
        relation=relation,
        object=obj.text,
        object_id=object_id(c, relation, subject, g, lexicon),
        polarity=polarity,
        denies=denies,
        strength=strength,
        voice=voice,
        grounded=stated and not around.doubtful,
        populations=tuple(
            sorted({m.concept for m in reading.page.mentions[c.sentence] if lexicon.kind(m.concept) == "population"})
        ),
        cues=tuple(cues),
    )


_CAN_BE_TOTAL = frozenset({"treats", "prevents", "causes", "improves", "safe"})


def _same(a: Claim, b: Claim) -> bool:
    if a.relation == b.relation == "safe" and (a.start, a.subject) == (b.start, b.subject):
        return True
    return (a.start, a.subject, a.relation, a.object, a.polarity) == (
        b.start,
        b.subject,
        b.relation,
        b.object,
        b.polarity,
    )


def places(claims: Iterable[Claim]) -> Iterator[tuple[Claim, int]]:
    """Yield each claim with how often its statement and triple were seen before: the nth occurrence."""
    seen: dict[tuple[str, ...], int] = {}
    for c in claims:
        key = (c.quote, c.subject, c.relation, c.object, c.polarity)
        n = seen.get(key, 0)
        seen[key] = n + 1
        yield replace(c), n
