"""Everything in a sentence that could be a claim, described for a model that chooses: no choice is made here.

A candidate is an object with the words around it and the subjects it could have. Rules propose (frames,
comparisons, numbers, bullets under a lead-in); what they saw is part of the description.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from claims.cues import CueRow, Cues
from claims.discourse import Focus
from claims.frames import frames
from claims.lexicon import CONDITION_KINDS, fold
from claims.phrases import PERSON, Grounded, Phrase, conjuncts, is_bad_thing, is_pronoun, phrase, spelled
from claims.relations import Triple, triples
from claims.special import comparisons, statistics, statuses, uses
from claims.types import Relation, Sentence

OBJECT_KINDS = CONDITION_KINDS | {"function", "target"}
# Relations whose object is a thing; the others have an object made of words.
THING_RELATIONS: frozenset[str] = frozenset({"treats", "prevents", "causes", "improves"})


@dataclass(slots=True)
class SubjectOption:
    """A subject that a candidate could have, with what speaks for it."""

    phrase: Phrase
    token: Token | None
    marks: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Candidate:
    """A possible claim: its object, the relations it could have, the subjects it could have."""

    sentence: int
    trigger: Token
    object: Phrase
    object_token: Token | None
    allowed: tuple[Relation, ...]
    row: CueRow | None
    field_object: str = ""
    mechanism_text: str = ""
    marks: list[str] = field(default_factory=list)
    subjects: list[SubjectOption] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the page lends to a sentence: the subject spoken of, the topic, the lead-in above it."""

    focus: str
    topic: str
    condition: str
    last_condition: str
    lead: str
    lead_subject: str
    heading_lead: str
    heading: str
    spoken: str
    page_noun: str
    title: str
    text: str  # the page's text, folded
    counts: Mapping[str, int]  # mentions of each concept on the page
    total: int  # sentences on the page


_THINGS: tuple[Relation, ...] = ("treats", "prevents", "causes", "improves")


def candidates(index: int, sentence: Sentence, g: Grounded, cues: Cues, around: Surroundings) -> list[Candidate]:
    """List the possible claims of a sentence."""
    found: dict[tuple[str, int], Candidate] = {}
    heads: dict[int, list[Triple]] = {}
    for frame in frames(g, cues):
        for t in triples(frame, g):
            if t.relation in THING_RELATIONS and t.object_token is not None:
                heads.setdefault(t.object_token.i, []).append(t)
            elif t.relation == "mechanism" and t.object_token is not None and g.kind(t.object_token) in OBJECT_KINDS | {"compound"}:
                heads.setdefault(t.object_token.i, []).append(t)
            else:
                _add(found, index, t, (t.relation,))
    for token in _things(g):
        heads.setdefault(token.i, [])
    for i, proposals in sorted(heads.items()):
        token = g.doc[i]
        filler = phrase(token, g)
        best = proposals[0] if proposals else None
        c = Candidate(index, best.trigger if best else token, filler, token, _THINGS, best.row if best else None)
        c.marks = [f"rule_{p.relation}" for p in proposals] + [f"row_{p.row.id}" for p in proposals if p.row]
        found["thing", i] = c
        for p in proposals:
            if p.subject is not None:
                _option(c, p.subject, g, "frame")
    for t in (*comparisons(g), *statuses(g, cues), *uses(g), *statistics(g)):
        _add(found, index, t, (t.relation,))
    out = [*found.values(), *_clauses(index, g)]
    for c in out:
        _describe(c, sentence, g, cues, around)
        _add_subjects(c, g, around)
    return out


def _add(found: dict[tuple[str, int], Candidate], index: int, t: Triple, allowed: tuple[Relation, ...]) -> None:
    key = (t.relation, t.object.head if t.relation != "safe" else t.trigger.i)
    c = found.get(key)
    if c is None:
        c = Candidate(index, t.trigger, t.object, t.object_token, allowed, t.row, t.field_object)
        c.marks = [f"own_{t.relation}", f"row_{t.row.id}" if t.row else "norow"]
        found[key] = c
    if t.subject is not None:
        c.subjects.append(SubjectOption(Phrase("", "", t.subject.i), t.subject, ["frame"]))


def _things(g: Grounded) -> Iterator[Token]:
    """Yield the head of each concept named that can be an object, and of each other noun phrase."""
    seen: set[int] = set()
    for i in sorted(g.at):
        _, first, last = g.at[i]
        if first in seen:
            continue
        seen.add(first)
        root = g.doc[first:last].root
        if g.kind(root) in OBJECT_KINDS:
            yield root
    for token in g.doc:
        if token.pos_ not in {"NOUN", "PROPN"} or token.i in g.at or token.dep_ in {"compound", "nmod", "npadvmod"}:
            continue
        if token.lemma_.lower() not in PERSON and not is_pronoun(token) and not any(c.i in g.at and g.at[c.i][2] == token.i for c in token.lefts if g.kind(c) in OBJECT_KINDS):
            yield token


CLAUSE_RELATIONS: tuple[Relation, ...] = ("mechanism", "status", "statistic", "compares", "use", "safe")


def _clauses(index: int, g: Grounded) -> Iterator[Candidate]:
    """Yield each clause as a possible claim in words: its verb with what follows, longer and shorter."""
    for token in g.doc:
        if token.pos_ not in {"VERB", "AUX"} or token.dep_ in {"aux", "auxpass"}:
            continue
        subject = next((c for c in token.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
        if subject is None and token.dep_ not in {"ROOT", "conj", "relcl", "acl", "advcl"}:
            continue
        for n, text in enumerate(dict.fromkeys(_clause_texts(token, g))):
            c = Candidate(index, token, Phrase(text, "", token.i), None, CLAUSE_RELATIONS, None)
            c.marks = ["clause", f"variant{n}", f"words{min(8, len(text.split()))}", f"verb_{token.lemma_.lower()}"]
            c.marks += [f"has_{w}" for w in text.split()]
            if subject is not None:
                c.subjects.append(SubjectOption(Phrase("", "", subject.i), subject, ["frame"]))
                c.marks.append(f"subj_{_label(subject, g)}")
            yield c
    if not any(t.pos_ == "VERB" for t in g.doc) and len(g.doc) <= 14:
        text = " ".join(fold(t.text) for t in g.doc if t.pos_ not in {"DET", "PUNCT", "SPACE"})
        c = Candidate(index, g.doc[0], Phrase(text, "", 0), None, CLAUSE_RELATIONS, None)
        c.marks = ["clause", "verbless", *(f"has_{w}" for w in text.split())]
        yield c


def _clause_texts(verb: Token, g: Grounded) -> Iterator[str]:
    right = [t for t in verb.subtree if t.i > verb.i]
    clausal = {"advcl", "conj", "parataxis", "ccomp", "relcl"}
    stop = next((t.i for t in right if t.dep_ in clausal and t.pos_ in {"VERB", "AUX"}), 10**6)
    skipped = {"DET", "PUNCT", "PRON", "AUX", "CCONJ", "SPACE"}
    words = [t for t in right if t.i < stop and t.pos_ not in skipped]
    copula = verb.lemma_ in {"be", "have"}
    head = [] if copula else [verb.lemma_.lower()]
    for size in (7, 4):
        part = words[:size]
        while part and part[-1].pos_ in {"ADP", "PART", "SCONJ", "ADV"}:
            part.pop()
        if part:
            yield " ".join([*head, *(fold(w.text) for w in part)]).replace(" - ", "-")
    core = next((c for c in verb.rights if c.dep_ in {"dobj", "attr", "acomp", "oprd"}), None)
    if core is None:
        prep = next((c for c in verb.rights if c.dep_ in {"prep", "agent"}), None)
        core = next((p for p in prep.children if p.dep_ == "pobj"), None) if prep is not None else None
    if core is not None and not is_pronoun(core):
        yield " ".join([*head, phrase(core, g).text])


def _option(c: Candidate, token: Token, g: Grounded, mark: str) -> None:
    c.subjects.append(SubjectOption(Phrase("", "", token.i), token, [mark]))


def _describe(c: Candidate, sentence: Sentence, g: Grounded, cues: Cues, around: Surroundings) -> None:
    """Describe a candidate for the relation model, as tokens."""
    m = c.marks
    token = c.object_token if c.object_token is not None else c.trigger
    kind = g.kind(token) if c.object_token is not None else ""
    m.append(f"kind_{kind or 'none'}")
    m.append(f"bad_{is_bad_thing(token, g)}")
    m.append(f"obj_{token.lemma_.lower()}" if not kind else f"objkind_{kind}")
    m.append(f"block_{sentence.kind}")
    m.append(f"dep_{token.dep_}")
    m += [f"lead_{around.lead}", f"section_{around.heading_lead}"]
    up = token
    for step in range(4):
        if up.head == up:
            m.append(f"root_at_{step}")
            break
        up = up.head
        label = _label(up, g)
        m.append(f"up{step}_{label}")
        m.append(f"up_{label}")
        values = {r.value for r in cues.relations.get(up.lemma_.lower(), ())}
        m += [f"upval{step}_{v}" for v in sorted(values)]
    for shift in (-3, -2, -1, 1, 2):
        first, last = (g.at[token.i][1], g.at[token.i][2]) if token.i in g.at else (token.i, token.i + 1)
        j = first + shift if shift < 0 else last - 1 + shift
        m.append(f"w{shift}_{_label(g.doc[j], g)}" if 0 <= j < len(g.doc) else f"w{shift}_none")
    m += _nearest_values(token, g, cues)
    actors = [i for i in g.at if g.lexicon.is_actor(g.concept(g.doc[i]))]
    m.append("actor_before" if any(i < token.i for i in actors) else "no_actor_before")
    m.append("actor_after" if any(i > token.i for i in actors) else "no_actor_after")
    if sentence.text.rstrip().endswith("?"):
        m.append("question")
    if cues.negation.find(sentence.text):
        m.append("negation")
    if any(t.lower_ in {"you", "your", "we", "our", "i", "my"} for t in g.doc):
        m.append("person")
    m.append(f"n{min(5, len(g.doc) // 6)}")
    m.append(f"first_{_label(g.doc[0], g)}")


def _label(t: Token, g: Grounded) -> str:
    kind = g.kind(t)
    if kind:
        return "KIND_" + ("actor" if g.lexicon.is_actor(g.concept(t)) else kind)
    return "NUM" if t.like_num else t.lemma_.lower().replace(" ", "_")


def _nearest_values(token: Token, g: Grounded, cues: Cues) -> list[str]:
    """Name the relation words nearest on the left and right, with their distance."""
    out = []
    for name, span in (("left", range(token.i - 1, -1, -1)), ("right", range(token.i + 1, len(g.doc)))):
        for j in span:
            t = g.doc[j]
            rows = cues.relations.get(t.lemma_.lower(), ())
            if rows and t.pos_ in {"VERB", "NOUN", "ADJ"} and j not in g.at:
                distance = abs(j - token.i)
                out += [f"{name}_{r.value}" for r in rows] + [f"{name}_{t.lemma_.lower()}", f"{name}_d{min(4, distance // 3)}"]
                break
    return out


def _add_subjects(c: Candidate, g: Grounded, around: Surroundings) -> None:
    """List the subjects a candidate could have: those a rule named, those the sentence names, those the page lends."""
    named: dict[str, SubjectOption] = {}
    token = c.object_token if c.object_token is not None else c.trigger

    def put(filler: Phrase, at: Token | None, marks: list[str]) -> None:
        if not filler.text or filler.pronoun or filler.text == c.object.text:
            return
        option = named.setdefault(filler.text, SubjectOption(filler, at, []))
        option.marks += marks
        if at is not None and option.token is None:
            option.token = at

    framed = [o.token for o in c.subjects if o.token is not None]
    back = False
    for t in framed:
        for head in conjuncts(t):
            if is_pronoun(head) or head.pos_ in {"PRON", "DET"}:
                back = back or head.lemma_.lower() not in PERSON
            elif head.lemma_.lower() not in PERSON and head.pos_ in {"NOUN", "PROPN", "ADJ", "VERB", "NUM"}:
                put(phrase(head, g), head, ["frame", f"frame_{head.pos_}"])
    actors = [g.doc[i] for i in sorted(g.at) if g.at[i][1] == i and g.lexicon.is_actor(g.concept(g.doc[i]))]
    for n, a in enumerate(actors):
        if a.i == token.i:
            continue
        root = g.doc[g.at[a.i][1] : g.at[a.i][2]].root
        if (whole := phrase(root, g)).text != spelled(g.at[a.i][0], g):
            put(whole, root, ["whole", "before" if a.i < token.i else "after"])
        name = Phrase(spelled(g.at[a.i][0], g), g.concept(a), root.i)
        marks = ["mention", f"nth{min(n, 3)}", "before" if a.i < token.i else "after", f"dist{min(5, abs(a.i - token.i) // 4)}"]
        marks += [f"mdep_{root.dep_}", f"mprep_{root.head.lower_}" if root.head.pos_ == "ADP" else "mprep_none"]
        put(name, root, marks)
    for n, i in enumerate(i for i in sorted(g.at) if g.at[i][1] == i and g.kind(g.doc[i]) in OBJECT_KINDS and i != token.i):
        root = g.doc[g.at[i][1] : g.at[i][2]].root
        marks = ["condition", "before" if i < token.i else "after", f"cdep_{root.dep_}", f"cnth{min(n, 3)}"]
        put(phrase(root, g), root, marks)
    for t in g.doc:
        if t.dep_ not in {"nsubj", "nsubjpass", "pobj", "dobj", "ROOT", "csubj", "attr"} or t.pos_ not in {"NOUN", "PROPN", "VERB"}:
            continue
        if t.lemma_.lower() in PERSON or t.i == token.i or is_pronoun(t) or (t.pos_ == "VERB" and t.dep_ != "csubj"):
            continue
        marks = ["np", f"np_{t.dep_}", f"np_{t.dep_}_{'before' if t.i < token.i else 'after'}"]
        put(phrase(t, g), t, marks)
    for text, mark in ((around.heading, "heading"), (around.spoken, "spoken"), (around.page_noun, "page_noun")):
        put(Phrase(text, g.lexicon.resolve(text), -1), None, [mark])
    lent = ((around.focus, "focus"), (around.topic, "topic"), (around.lead_subject, "lead"), (around.condition, "page_condition"), (around.last_condition, "last_condition"))
    for concept, mark in lent:
        if concept:
            put(Phrase(fold(g.lexicon.concepts[concept].name), concept, -1), None, [mark])
    c.subjects = list(named.values())
    shared = [f"named{min(3, len(actors))}", "framed" if framed else "unframed", "pointing" if back else "plain"]
    for o in c.subjects:
        kind = g.lexicon.kind(o.phrase.concept)
        group = "actor" if g.lexicon.is_actor(o.phrase.concept) else kind or "unknown"
        o.marks += [f"is_{group}", *(f"{a}&{s}" for a in list(o.marks) for s in shared if not a.startswith(("m", "d"))), f"rel_{c.allowed[0]}"]
        o.marks += _salience(o.phrase, around)
        if o.phrase.concept and o.phrase.concept == around.topic:
            o.marks.append("is_topic")
        if o.phrase.concept and o.phrase.concept == around.focus:
            o.marks.append("is_focus")
        if group == "unknown":
            o.marks.append(f"long{min(4, len(o.phrase.text.split()))}")


def _salience(filler: Phrase, around: Surroundings) -> list[str]:
    """Say how much a page speaks of a thing: its share of sentences, its place in title and section heading."""
    n = max(around.counts.get(filler.concept, 0), around.text.count(filler.text))
    share = n / max(1, around.total)
    marks = [f"share{next((k for k, limit in enumerate((0.03, 0.08, 0.15, 0.3, 0.5)) if share < limit), 5)}", f"count{min(n, 4)}"]
    if filler.text in around.title:
        marks.append("in_title")
    if around.heading and (filler.text in around.heading or around.heading in filler.text):
        marks.append("in_heading")
    return marks


def frequent_noun(docs: Mapping[int, Doc]) -> str:
    """Give the noun that a page uses most, with the words that stand before it at least half the time."""
    nouns: Counter[str] = Counter()
    for doc in docs.values():
        for t in doc:
            if t.pos_ in {"NOUN", "PROPN"} and t.lemma_.lower() not in PERSON and t.dep_ not in {"compound", "npadvmod"} and len(t) > 2:
                left = [c for c in t.lefts if c.dep_ == "compound"]
                nouns[" ".join(fold(c.text) for c in (*left, t))] += 2 if t.dep_ in {"nsubj", "nsubjpass"} else 1
    best = max(nouns.items(), key=lambda kv: (kv[1], kv[0]), default=("", 0))
    return best[0] if best[1] >= 3 else ""


def grammatical_subject(g: Grounded) -> str:
    """Spell the subject of a sentence's main clause, for the next sentence to point back to; or ""."""
    for t in g.doc:
        if t.dep_ in {"nsubj", "nsubjpass"} and t.head.dep_ == "ROOT" and t.pos_ in {"NOUN", "PROPN"} and t.lemma_.lower() not in PERSON:
            filler = phrase(t, g)
            return "" if filler.pronoun else filler.text
    return ""
