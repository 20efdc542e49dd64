"""Lists whose lines name what acts, below one that says what all of it does: "Measures that ease the pain include:"."""

from __future__ import annotations

from collections.abc import Mapping

from claims.candidate import THING_RELATIONS, Candidate, Leading
from claims.concepts import CONDITION_KINDS
from claims.cues import Cues
from claims.frames import frames
from claims.lexicon import Lexicon, fold
from claims.page import Page
from claims.phrases import Grounded, conjuncts, is_pronoun, phrase
from claims.relations import triples
from claims.tokens import SUBJECT_DEPS, Token
from claims.words import word_list

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
        elif lead >= 0 and _is_one_of_many(page, i) and _names_a_thing(page, i, lexicon):
            led[i] = lead
    return led


def _is_one_of_many(page: Page, i: int) -> bool:
    """Tell whether a list goes on before or after a line; one alone ("1. Zinc") heads the text below it."""
    return page.sentences[i - 1].kind == "list_item" or page.leads_a_list(i)


def _may_lead(page: Page, i: int, lexicon: Lexicon, cues: Cues) -> bool:
    sentence = page.sentences[i]
    if not page.leads_a_list(i) or not (sentence.kind == "heading" or sentence.text.rstrip().endswith(_ENDS)):
        return False
    named = {
        m.concept: cues.relation_stem(fold(sentence.text[m.start : m.end]).split()[0]) for m in page.mentions[i]
    }
    # "To boost your immune system" is the name of a practice, too; "a cold" is a name only to the parse.
    acting = any(lexicon.is_one_actor(c) and not verb for c, verb in named.items())
    return not acting and any(cues.relation_stem(w) for w in fold(sentence.text).split())


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


# A line with one of these names what to do without: "No alcohol", "Avoid salt".
_LEFT_OUT = word_list("removals") | {"no", "not", "n't", "never", "less", "fewer", "without", "instead"}
_CONSUME = word_list("consume")
# What follows says with what, when or for whom: "Take zinc with food".
_BESIDE = frozenset("with before after to in for if when into at on from during".split())


def _taken(g: Grounded) -> list[Token]:
    """List what a line tells its reader to take: "Drink ginger tea", "Eat mushrooms like reishi"; not its manner."""
    first = g.tokens[0]
    if _CONSUME.isdisjoint((first.lower_, first.lemma_.lower())) or first.i in g.at:
        return []
    end = next((t.i for t in g.tokens if t.lower_ in _BESIDE and t.i not in g.at), len(g.tokens))
    named = dict.fromkeys((start, after) for _, start, after in g.at.values() if after <= end)
    roots = (g.tokens.root(*places) for places in sorted(named))
    return [t for t in roots if g.lexicon.is_actor(g.concept(t))]


def listed(index: int, g: Grounded, lead: Leading) -> Candidate | None:
    """Read a line as saying of the things it names what the line above does; None where it says something else."""
    roots = [t for t in g.tokens if t.dep_ == "ROOT" and not (t.is_punct or t.is_space)]
    if any(c.dep_ in SUBJECT_DEPS for root in roots for c in root.lefts):
        return None
    if any(not _LEFT_OUT.isdisjoint((t.lower_, t.lemma_.lower())) for t in g.tokens if t.i not in g.at):
        return None
    things = _taken(g) or [thing for root in roots for thing in conjuncts(root)]
    known = [t for t in things if phrase(t, g).concept and phrase(t, g).concept != lead.object.concept]
    if not known:
        return None
    marks = [f"rule_{lead.relation}", *([f"row_{lead.row.id}"] if lead.row else [])]
    return Candidate(
        index, known[0], lead.object, None, (lead.relation,), lead.row, marks=marks, framed=known, lead=lead
    )
