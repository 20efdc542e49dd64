"""Lists whose lines name what acts, below one that says what all of it does: "Measures that ease the pain include:"."""

from __future__ import annotations

from collections.abc import Mapping

from claims.candidate import THING_RELATIONS, Candidate, Leading
from claims.cues import Cues
from claims.frames import frames
from claims.lexicon import CONDITION_KINDS, OBJECT_KINDS, Lexicon, fold
from claims.page import Page
from claims.phrases import Grounded, conjuncts, is_pronoun, phrase
from claims.relations import triples
from claims.tokens import Token

# Words of a line that only names a thing; longer ones say something of it.
_LONGEST = 8
_ENDS = (":", "?")
# What stands for too much to be acted on: "these diseases:".
_EMPTY = frozenset({"disease", "symptom", "well-being", "complications"})
# Frames of a thing beside a condition ("back pain relief", "for pain") state too little of a list.
_NO_VERBS = frozenset({"compound", "for"})


def led_lines(page: Page, lexicon: Lexicon, cues: Cues) -> dict[int, int]:
    """Give, by their places, the lines that only name a thing, each with the line that may say what they all do."""
    led: dict[int, int] = {}
    lead = -1
    for i, sentence in enumerate(page.sentences):
        if sentence.kind != "list_item":
            lead = i if _may_lead(page, i, lexicon, cues) else -1
        elif lead >= 0 and _names_a_thing(page, i, lexicon):
            led[i] = lead
    return led


def _may_lead(page: Page, i: int, lexicon: Lexicon, cues: Cues) -> bool:
    sentence = page.sentences[i]
    if not page.leads_a_list(i) or not (sentence.kind == "heading" or sentence.text.rstrip().endswith(_ENDS)):
        return False
    named = {m.concept for m in page.mentions[i]}
    acted_on = any(lexicon.kind(c) in OBJECT_KINDS for c in named)
    acting = any(lexicon.is_actor(c) and lexicon.kind(c) != "class" for c in named)
    return acted_on and not acting and any(cues.relation_stem(w) for w in fold(sentence.text).split())


def _names_a_thing(page: Page, i: int, lexicon: Lexicon) -> bool:
    if len(page.sentences[i].text.split()) > _LONGEST:
        return False
    kinds = (lexicon.kind(m.concept) for m in page.mentions[i])
    return any(lexicon.is_actor(m.concept) for m in page.mentions[i]) or any(kind in CONDITION_KINDS for kind in kinds)


def told_above(led: Mapping[int, int], grounded: Mapping[int, Grounded], cues: Cues) -> dict[int, Leading]:
    """Give each of the `led_lines` what the line above its list says, where that was parsed and says something."""
    leads = {k: _leading(k, grounded[k], cues) for k in set(led.values()) if k in grounded}
    return {i: said for i, k in led.items() if (said := leads.get(k))}


def _leading(at: int, g: Grounded, cues: Cues) -> Leading | None:
    """Read what the line at a place says that the things below it do; None where it speaks of something of its own."""
    for frame in frames(g, cues):
        if frame.row.frame in _NO_VERBS:
            continue
        for t in triples(frame, g):
            named = t.object.concept and t.object.concept not in _EMPTY
            if t.relation in THING_RELATIONS and t.object_token is not None and named and _is_open(t.subject, g):
                return Leading(at, t.relation, t.object, t.object_token, t.trigger, t.row)
    return None


def _is_open(subject: Token | None, g: Grounded) -> bool:
    """Tell whether a subject only says of what kind the things below are: "foods", "the following", "ways to"."""
    concept = g.concept(subject) if subject is not None else ""
    return subject is None or not concept or is_pronoun(subject, g) or g.lexicon.kind(concept) == "class"


def listed(index: int, g: Grounded, lead: Leading) -> Candidate | None:
    """Read a line as saying of the things it names what the line above does; None where it says something else."""
    roots = [t for t in g.tokens if t.dep_ == "ROOT" and not (t.is_punct or t.is_space)]
    if any(c.dep_ in {"nsubj", "nsubjpass"} for root in roots for c in root.lefts):
        return None
    things = [thing for root in roots for thing in conjuncts(root)]
    known = [t for t in things if phrase(t, g).concept and phrase(t, g).concept != lead.object.concept]
    if not known:
        return None
    marks = [f"rule_{lead.relation}", *([f"row_{lead.row.id}"] if lead.row else [])]
    return Candidate(
        index, known[0], lead.object, None, (lead.relation,), lead.row, marks=marks, framed=known, lead=lead
    )
