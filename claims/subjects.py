"""What a claim could be about: the subjects that rules found, that its sentence names, that its page lends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from spacy.tokens import Token

from claims.candidates import OBJECT_KINDS, Candidate, Surroundings
from claims.lexicon import fold
from claims.phrases import PERSON, Grounded, Phrase, conjuncts, is_pronoun, phrase, spelled


@dataclass(slots=True)
class SubjectOption:
    """A subject that a candidate could have, with what speaks for it."""

    phrase: Phrase
    token: Token | None
    marks: list[str] = field(default_factory=list)


def subject_options(c: Candidate, g: Grounded, around: Surroundings) -> list[SubjectOption]:
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

    back = False
    for t in c.framed:
        for head in conjuncts(t):
            if is_pronoun(head) or head.pos_ in {"PRON", "DET"}:
                back = back or head.lemma_.lower() not in PERSON
            elif head.lemma_.lower() not in PERSON and head.pos_ in {"NOUN", "PROPN", "ADJ", "VERB", "NUM"}:
                put(phrase(head, g), head, ["frame", f"frame_{head.pos_}"])
    actors = [g.tokens[i] for i in sorted(g.at) if g.at[i][1] == i and g.lexicon.is_actor(g.concept(g.tokens[i]))]
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
    for n, i in enumerate(i for i in sorted(g.at) if g.at[i][1] == i and g.kind(g.tokens[i]) in OBJECT_KINDS and i != token.i):
        root = g.doc[g.at[i][1] : g.at[i][2]].root
        marks = ["condition", "before" if i < token.i else "after", f"cdep_{root.dep_}", f"cnth{min(n, 3)}"]
        put(phrase(root, g), root, marks)
    for t in g.tokens:
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
    options = list(named.values())
    shared = [f"named{min(3, len(actors))}", "framed" if c.framed else "unframed", "pointing" if back else "plain"]
    for o in options:
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
    return options


def _salience(filler: Phrase, around: Surroundings) -> list[str]:
    """Say how much a page speaks of a thing: its share of sentences, its place in title and section heading."""
    if filler.text not in around.told:
        around.told[filler.text] = around.text.count(filler.text)
    n = max(around.counts.get(filler.concept, 0), around.told[filler.text])
    share = n / max(1, around.total)
    marks = [f"share{next((k for k, limit in enumerate((0.03, 0.08, 0.15, 0.3, 0.5)) if share < limit), 5)}", f"count{min(n, 4)}"]
    if filler.text in around.title:
        marks.append("in_title")
    if around.heading and (filler.text in around.heading or around.heading in filler.text):
        marks.append("in_heading")
    return marks


def frequent_noun(grounded: Mapping[int, Grounded]) -> str:
    """Give the noun that a page uses most, with the words that stand before it at least half the time."""
    nouns: Counter[str] = Counter()
    for g in grounded.values():
        for t in g.tokens:
            if t.pos_ in {"NOUN", "PROPN"} and t.lemma_.lower() not in PERSON and t.dep_ not in {"compound", "npadvmod"} and len(t) > 2:
                left = [c for c in t.lefts if c.dep_ == "compound"]
                nouns[" ".join(fold(c.text) for c in (*left, t))] += 2 if t.dep_ in {"nsubj", "nsubjpass"} else 1
    best = max(nouns.items(), key=lambda kv: (kv[1], kv[0]), default=("", 0))
    return best[0] if best[1] >= 3 else ""


def grammatical_subject(g: Grounded) -> str:
    """Spell the subject of a sentence's main clause, for the next sentence to point back to; or ""."""
    for t in g.tokens:
        if t.dep_ in {"nsubj", "nsubjpass"} and t.head.dep_ == "ROOT" and t.pos_ in {"NOUN", "PROPN"} and t.lemma_.lower() not in PERSON:
            filler = phrase(t, g)
            return "" if filler.pronoun else filler.text
    return ""
