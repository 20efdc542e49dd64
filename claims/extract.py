"""Read claims from an article's candidate sentences: frames, slots, context, and the page around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from claims.context import Setting, quoted_spans, read_context
from claims.cues import Cues, default_cues
from claims.discourse import Focus, topic_of
from claims.frames import frames
from claims.lexicon import CONDITION_KINDS, Lexicon, Mention, fold
from claims.phrases import PERSON, Grounded, Phrase, conjuncts, is_bad_thing, is_pronoun, phrase
from claims.relations import Triple, triples
from claims.sentences import blocks_of
from claims.special import comparisons, statistics, statuses, uses
from claims.types import Article, Claim, Cue, Sentence

_LEAD_IN = re.compile(r":\s*$")
_CORE = frozenset({"treats", "prevents", "causes", "improves", "safe"})


@dataclass(frozen=True, slots=True)
class Page:
    """An article ready for reading: its sentences and, sentence by sentence, the concepts they name."""

    article: Article
    sentences: Sequence[Sentence]
    mentions: Sequence[Sequence[Mention]]  # offsets within the sentence
    topic: str
    headings: frozenset[int]  # indices of sentences in headings


def survey(article: Article, sentences: Sequence[Sentence], lexicon: Lexicon) -> Page:
    """Find the concepts of a page and what it is about; nothing is parsed."""
    found = lexicon.find_in_page(article.text)
    per: list[list[Mention]] = [[] for _ in sentences]
    i = 0
    for m in found:
        while i < len(sentences) and sentences[i].end <= m.start:
            i += 1
        if i < len(sentences) and m.start >= sentences[i].start and m.end <= sentences[i].end:
            base = sentences[i].start
            per[i].append(Mention(m.concept, m.start - base, m.end - base, m.ambiguous))
    headings = frozenset(i for i, s in enumerate(sentences) if s.kind == "heading")
    topic = topic_of(article.title, found, [m for i in headings for m in per[i]], lexicon)
    return Page(article, sentences, per, topic, headings)


@dataclass(slots=True)
class _Lead:
    """A lead-in that lends its relation and subject to the bullets below it."""

    relation: str
    subject: str
    subject_id: str
    lends_object: str = ""
    object_id: str = ""


def extract(page: Page, docs: Mapping[int, Doc], lexicon: Lexicon, cues: Cues | None = None) -> list[Claim]:
    """Read the claims of the sentences that were parsed (`docs`, by sentence index), in reading order."""
    return list(_Reader(page, docs, lexicon, cues or default_cues()).read())


class _Reader:
    def __init__(self, page: Page, docs: Mapping[int, Doc], lexicon: Lexicon, cues: Cues) -> None:
        self.page, self.docs, self.lexicon, self.cues = page, docs, lexicon, cues
        self.focus = Focus(topic=page.topic, lexicon=lexicon)
        self.quotations = quoted_spans(page.article.text)
        self.rejecting = False
        self.lead: _Lead | None = None

    def read(self) -> Iterator[Claim]:
        for i, sentence in enumerate(self.page.sentences):
            mentions = self.page.mentions[i]
            if sentence.kind == "heading":
                self.focus.new_section()
            self._turn(sentence)
            claims: list[Claim] = []
            if i in self.docs:
                claims = self._sentence(i, sentence, self.docs[i])
                yield from claims
            self._remember_lead(i, sentence, claims)
            subject = next((c.subject_id for c in claims if lexicon_actor(self.lexicon, c.subject_id)), "")
            self.focus.note(mentions, subject)

    def _turn(self, sentence: Sentence) -> None:
        """Enter or leave a stretch that a heading or label such as "Myth:" rejects."""
        head = sentence.text[:40]
        rejects, facts = self.cues.reject_heading.find(head), self.cues.fact_heading.find(head)
        if facts and facts[0].start < 12:
            self.rejecting = False
        elif rejects and rejects[0].start < 4:
            self.rejecting = True
        elif sentence.kind == "heading" or (self.rejecting and self._new_block(sentence)):
            self.rejecting = False

    def _new_block(self, sentence: Sentence) -> bool:
        block = blocks_of(self.page.article)[sentence.block]
        return sentence.start <= block.start + 3

    def _sentence(self, i: int, sentence: Sentence, doc: Doc) -> list[Claim]:
        g = Grounded.of(doc, list(self.page.mentions[i]), self.lexicon)
        setting = self._setting(i, sentence)
        found: list[Triple] = []
        for frame in frames(g, self.cues):
            found.extend(triples(frame, g))
        found.extend(comparisons(g))
        found.extend(statuses(g, self.cues))
        found.extend(uses(g))
        found.extend(statistics(g))
        found = _prefer(found)
        if not found:
            found = list(self._under_lead(sentence, g)) or list(self._fallback(g))
        claims: list[Claim] = []
        for t in found:
            claim = self._claim(t, g, sentence, setting)
            if claim and not any(_same(claim, c) for c in claims):
                claims.append(claim)
        return claims

    def _setting(self, i: int, sentence: Sentence) -> Setting:
        following = self.page.sentences[i + 1].text if i + 1 < len(self.page.sentences) else ""
        denies = bool(re.match(r"\s*(?:this is (?:false|not true|untrue|a myth|wrong)|not true|false\b|wrong\b|nope\b|(?:that|it) is (?:false|not true|untrue|a myth|wrong|nonsense)|that's (?:false|not true|a myth)|no,? (?:it|they|that) )", following, re.I))
        quoted = any(a <= sentence.start and sentence.end <= b + 1 or a <= sentence.start < b and sentence.end - sentence.start > 0 and min(b, sentence.end) - sentence.start > 0.6 * (sentence.end - sentence.start) for a, b in self.quotations)
        return Setting(rejected_stretch=self.rejecting, in_quotation=quoted, next_denies=denies)

    def _claim(self, t: Triple, g: Grounded, sentence: Sentence, setting: Setting) -> Claim | None:
        subject = self._subject(t.subject, g, t)
        if subject is None:
            return None
        obj = self._object(t, g, subject)
        if obj is None:
            return None
        objects = [t.object_token] if t.object_token is not None else []
        absolute = t.row is not None and t.row.value.endswith("!")
        c = read_context(t.trigger, objects, g, self.cues, setting, absolute)
        cues = [Cue(id=h.row.id, start=sentence.start + h.start, end=sentence.start + h.end) for h in c.hits]
        if t.row is not None:
            at = sentence.start + t.trigger.idx
            cues.insert(0, Cue(id=t.row.id, start=at, end=at + len(t.trigger.text)))
        polarity, denies = c.polarity, c.denies
        if t.row is not None and t.row.value == "unsafe":
            polarity = "affirm" if polarity == "deny" else "deny"
            denies = None if polarity == "affirm" else "effect"
        if t.relation == "safe" and t.row is not None and t.row.value == "sideeffect":
            polarity, denies = "affirm", None
        return Claim(
            start=sentence.start,
            end=sentence.end,
            quote=sentence.text,
            subject=subject.text,
            subject_id=subject.concept,
            relation=t.relation,
            object=obj.text,
            object_id=t.field_object or obj.concept,
            polarity=polarity,
            denies=denies,
            strength=c.strength,
            voice=c.voice,
            cues=tuple(cues),
        )

    def _subject(self, token: Token | None, g: Grounded, t: Triple) -> Phrase | None:
        if token is not None and not is_pronoun(token) and token.pos_ not in {"PRON", "ADV", "VERB", "DET"}:
            filler = phrase(token, g)
            if filler.text and not filler.pronoun:
                return filler
        if token is not None and token.pos_ == "VERB" and g.concept(token):
            return phrase(token, g)
        if token is not None and token.pos_ == "VERB":
            inner = next((c for c in token.children if c.dep_ == "dobj"), None)
            if inner is not None and not is_pronoun(inner):
                return phrase(inner, g)
        before = [g.doc[i] for i in sorted(g.at) if i < t.trigger.i and self.lexicon.is_actor(g.concept(g.doc[i]))]
        if token is None and before and before[-1].i != (t.object_token.i if t.object_token is not None else -1):
            return self._named(g.concept(before[-1]))
        if token is not None and token.lower_ in {"it", "they", "which", "that", "this"} and before:
            return self._named(g.concept(before[0]))
        concept = self.focus.actor() if token is not None else (self.focus.actor() or self.focus.topic)
        if not concept:
            after = next((g.doc[i] for i in sorted(g.at) if self.lexicon.is_actor(g.concept(g.doc[i]))), None)
            return phrase(after, g) if after is not None and after is not t.object_token else None
        return self._named(concept)

    def _named(self, concept: str) -> Phrase:
        return Phrase(fold(self.lexicon.concepts[concept].name), concept, -1)

    def _object(self, t: Triple, g: Grounded, subject: Phrase) -> Phrase | None:
        obj = t.object
        if obj.pronoun:
            concept = self.focus.condition() if t.relation in _CORE else ""
            if not concept:
                return None
            obj = self._named(concept)
        if obj.concept and obj.concept == subject.concept and t.relation in _CORE:
            return None
        if t.relation in {"treats", "prevents", "causes", "improves"}:
            if t.object_token is not None and t.object_token.lemma_.lower() in PERSON and not obj.concept:
                return None
        if not obj.text and t.relation not in {"safe"}:
            return None
        return obj

    def _remember_lead(self, i: int, sentence: Sentence, claims: Sequence[Claim]) -> None:
        if sentence.kind == "list_item":
            return
        next_kind = self.page.sentences[i + 1].kind if i + 1 < len(self.page.sentences) else ""
        if sentence.kind != "heading" and not _LEAD_IN.search(sentence.text) and next_kind != "list_item":
            self.lead = None
            return
        relation = _lead_relation(sentence.text)
        if relation:
            actors = [m for m in self.page.mentions[i] if self.lexicon.is_actor(m.concept)]
            concept = actors[0].concept if actors else self.focus.actor() or self.page.topic
            self.lead = _Lead(relation, fold(self.lexicon.concepts[concept].name) if concept else "", concept)
        elif sentence.kind == "heading":
            self.lead = None

    def _under_lead(self, sentence: Sentence, g: Grounded) -> Iterator[Triple]:
        """Read a bullet that is only a thing ("Constipation") by the lead-in above it."""
        if self.lead is None or not self.lead.relation or len(g.doc) > 14:
            return
        root = next((t for t in g.doc if t.dep_ == "ROOT"), None)
        heads = [t for t in conjuncts(root)] if root is not None and root.pos_ in {"NOUN", "PROPN"} else []
        heads = heads or [g.doc[i] for i in sorted(g.at) if g.kind(g.doc[i]) in CONDITION_KINDS | {"function"}][:3]
        for h in heads:
            bad = is_bad_thing(h, g)
            relation = self.lead.relation
            if relation == "benefits":
                relation = "treats" if bad else "improves"
            yield Triple(relation, None, phrase(h, g), h, h, None)  # type: ignore[arg-type]

    def _fallback(self, g: Grounded) -> Iterator[Triple]:
        """Read a statement whose relation word the table does not know."""
        for i in sorted(g.at):
            t = g.doc[i]
            if g.kind(t) in CONDITION_KINDS and g.at[i][1] == i:
                left = g.doc[i - 1] if i else None
                if left is not None and self.lexicon.is_actor(g.concept(left)):
                    yield Triple("causes", left, phrase(t, g), t, t, None)
                    return
        root = next((t for t in g.doc if t.dep_ == "ROOT"), None)
        if root is None:
            return
        subject = next((c for c in root.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
        if subject is not None and subject.lemma_.lower() in PERSON:
            return
        if root.pos_ in {"VERB", "AUX"} and subject is not None:
            words = [t for t in g.doc[root.i :] if t.pos_ not in {"DET", "PUNCT", "AUX", "PRON"}][:7]
            text = " ".join(fold(w.text) for w in words)
            if text:
                yield Triple("mechanism", subject, Phrase(text, "", root.i), None, root, None)


def lexicon_actor(lexicon: Lexicon, concept: str) -> bool:
    """Tell whether an id names a thing that acts."""
    return bool(concept) and lexicon.is_actor(concept)


def _prefer(found: list[Triple]) -> list[Triple]:
    """Drop readings that a better one of the same words makes idle."""
    numbers = [t for t in found if t.relation == "statistic"]
    others = [t for t in found if t.relation != "statistic"]
    core = [t for t in others if t.relation in _CORE | {"status", "compares"}]
    if numbers and core:
        found = others
    spoken = {t.object.head for t in core}
    return [t for t in found if not (t.relation == "mechanism" and t.object.head in spoken)]


def _same(a: Claim, b: Claim) -> bool:
    return (a.subject, a.relation, a.object, a.polarity) == (b.subject, b.relation, b.object, b.polarity)


_LEADS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b(side effects?|adverse effects?|risks?|dangers?|symptoms? of|can cause|may cause|harms?|withdrawal symptoms|warnings?)\b", re.I), "causes"),
    (re.compile(r"\b(prevent|protects? against|reduces? the risk|lowers? the risk)\b", re.I), "prevents"),
    (re.compile(r"\b(benefits?|helps?|uses?|used for|treats?|good for|relie[fv]|remed|cures?|advantages)\b", re.I), "benefits"),
)


def _lead_relation(text: str) -> str:
    return next((relation for pattern, relation in _LEADS if pattern.search(text)), "")


def places(claims: Iterable[Claim]) -> Iterator[tuple[Claim, int]]:
    """Yield each claim with how often its statement and triple were seen before: the nth occurrence."""
    seen: dict[tuple[str, ...], int] = {}
    for c in claims:
        key = (c.quote, c.subject, c.relation, c.object, c.polarity)
        n = seen.get(key, 0)
        seen[key] = n + 1
        yield replace(c), n
