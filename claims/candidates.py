"""Everything in a sentence that could be a claim, described for a model that chooses: no choice is made here.

A candidate is an object with the words around it and the subjects it could have. Rules propose (frames,
comparisons, numbers, bullets under a lead-in); what they saw is part of the description.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from claims.candidate import THING_RELATIONS, Candidate, Surroundings, label
from claims.clauses import clauses
from claims.concepts import CONDITION_KINDS, OBJECT_KINDS
from claims.cues import Cues
from claims.frame import Triple
from claims.frames import frames
from claims.ills import is_bad_thing
from claims.known import known_marks
from claims.lexicon import fold
from claims.lists import listed
from claims.phrases import PERSON, Grounded, Phrase, is_pronoun, phrase
from claims.relations import triples
from claims.special import comparisons, statistics, statuses, uses
from claims.tokens import Token
from claims.types import Relation, Sentence
from claims.words import word_list

# How far one looks: a "quick" look leaves out clauses in words, which no row can answer; "every" takes in clauses whose
# verb a rule has read already, of which no claim is made, but a model learns.
Looks = Literal["quick", "usual", "every"]


def candidates(
    index: int, sentence: Sentence, g: Grounded, cues: Cues, around: Surroundings, looks: Looks = "usual"
) -> list[Candidate]:
    """List the possible claims of a sentence."""
    told_above = listed(index, g, around.leading) if around.leading else None
    if told_above is not None:
        return _described([told_above], sentence, g, cues, around)
    found: dict[tuple[str, int], Candidate] = {}
    heads: dict[int, list[Triple]] = {}
    special = [*comparisons(g), *statuses(g, cues), *uses(g), *statistics(g)]
    # What an authority recommends a thing for is its status, and no claim that it helps.
    official = {i for t in special if t.relation == "status" for i in _official_words(t)}
    for frame in frames(g, cues):
        for t in triples(frame, g):
            if t.trigger.i in official:
                continue
            if t.relation in THING_RELATIONS and t.object_token is not None:
                heads.setdefault(t.object_token.i, []).append(t)
            else:
                _add(found, index, t, (t.relation,))
    for token in _things(g):
        heads.setdefault(token.i, [])
    for i, proposals in sorted(heads.items()):
        token = g.tokens[i]
        if not proposals and ("safe", i) in found:
            continue  # "no side effects" are not treated
        # A harm named after its cause says so only where nothing else is said of it,
        # and "a risk of X" only where no verb says what happens to the risk.
        verbal = [p for p in proposals if p.row is None or (p.row.frame != "compound" and p.row.value != "risk")]
        proposals = verbal or proposals
        for n, group in enumerate(_apart(proposals)):
            best = next((p for p in group if p.object.concept), group[0] if group else None)
            filler = best.object if best else phrase(token, g)
            if best and filler.pronoun and best.relation in _HEALS:
                filler = _pointed_at(token, g, around) or filler
            trigger, row = (best.trigger, best.row) if best else (token, None)
            c = Candidate(index, trigger, filler, token, THING_RELATIONS, row)
            c.marks = [f"rule_{p.relation}" for p in group] + [f"row_{p.row.id}" for p in group if p.row]
            c.framed = [p.subject for p in group if p.subject is not None]
            found[f"thing{n}", i] = c
    for t in special:
        _add(found, index, t, (t.relation,))
    # A clause in words would only say again what a rule read from its verb.
    told = found.values() if looks == "usual" else ()
    read = {t.i for c in told if c.stated for t in (c.trigger, c.trigger.head)}
    out = [*found.values(), *(clauses(index, g, read) if looks != "quick" else ())]
    return _described(out, sentence, g, cues, around)


def _described(
    out: list[Candidate], sentence: Sentence, g: Grounded, cues: Cues, around: Surroundings
) -> list[Candidate]:
    """Describe candidates for the relation model."""
    shared = _Shared.of(sentence, g, cues, around)
    acting = tuple(g.at[i][0].concept for i in shared.actors)
    places: dict[tuple[int, bool], str] = {}  # many candidates stand in one place
    for c in out:
        c.marks.append(f"lead_{around.lead}")
        if c.allowed == THING_RELATIONS:
            c.marks += known_marks(c.object.concept, around.topic, around.focus, acting, g.lexicon)
        at = (c.token.i, c.object_token is not None)
        if at not in places:
            places[at] = " ".join(_place_marks(c.token, g, cues, shared, named=at[1]))
        c.place, c.sentence_marks = places[at], shared.marks
    return out


def _apart(proposals: list[Triple]) -> Iterator[list[Triple]]:
    """Part what "prevents or treats" says of one object: each is a claim. Other verbs are left to the model.

    So is each of "eases nausea caused by chemotherapy".
    """
    caused = [p for p in proposals if p.row is not None and p.row.value == "caused-by"]
    done = [p for p in proposals if p.relation != "causes"]
    if caused and done:
        yield from (done, caused)
        return
    prevented = [p for p in proposals if p.relation == "prevents"]
    other = [p for p in proposals if p.relation == "treats"]
    if any(_are_joined(p.trigger, o.trigger) for p in prevented for o in other):
        yield from (prevented, other)
    else:
        yield proposals


def _are_joined(a: Token, b: Token) -> bool:
    return a.i in {t.i for t in b.conjuncts}


_HEALS = frozenset({"treats", "prevents"})


def _pointed_at(pronoun: Token, g: Grounded, around: Surroundings) -> Phrase | None:
    """Name the illness that an "it" points to where it is healed: the last one named."""
    if pronoun.lower_ not in {"it", "them"}:
        return None
    before = [g.concept(g.tokens[i]) for i in sorted(g.at) if i < pronoun.i and g.kind(g.tokens[i]) in CONDITION_KINDS]
    concept = before[-1] if before else around.last_condition
    return Phrase(fold(g.lexicon.name(concept)), concept, pronoun.i) if concept else None


def _official_words(status: Triple) -> Iterator[int]:
    """Yield the words of an official act, and of what a thing is approved or recommended for."""
    yield status.trigger.i
    if "act=warned" not in status.field_object:
        yield from (t.i for t in status.trigger.subtree if t.i > status.trigger.i)


def _add(found: dict[tuple[str, int], Candidate], index: int, t: Triple, allowed: tuple[Relation, ...]) -> None:
    warns = t.row is not None and t.row.value.startswith("caution")
    key = (t.relation, t.object.head if t.relation != "safe" or warns else t.trigger.i)
    c = found.get(key)
    if c is None:
        c = Candidate(index, t.trigger, t.object, t.object_token, allowed, t.row, t.field_object)
        c.marks = [f"own_{t.relation}", f"row_{t.row.id}" if t.row else "norow"]
        found[key] = c
    if t.subject is not None:
        c.framed.append(t.subject)


def _things(g: Grounded) -> Iterator[Token]:
    """Yield the head of each concept named that can be an object, and of each other noun phrase."""
    seen: set[int] = set()
    for i in sorted(g.at):
        _, first, last = g.at[i]
        if first in seen:
            continue
        seen.add(first)
        root = g.tokens.root(first, last)
        if g.kind(root) in OBJECT_KINDS:
            yield root
    for token in g.tokens:
        if token.pos_ not in {"NOUN", "PROPN"} or token.i in g.at or token.dep_ in {"compound", "nmod", "npadvmod"}:
            continue
        if (
            token.lemma_.lower() not in PERSON
            and not is_pronoun(token, g)
            and not _names_a_risk(token)
            and not any(c.i in g.at and g.at[c.i][2] == token.i for c in token.lefts if g.kind(c) in OBJECT_KINDS)
        ):
            yield token


_RISKS = word_list("risks")


def _names_a_risk(token: Token) -> bool:
    """Tell whether a noun only stands before what there is a risk of."""
    return token.lemma_.lower() in _RISKS and any(c.dep_ == "prep" and c.lower_ in {"of", "for"} for c in token.rights)


@dataclass(frozen=True, slots=True)
class _Shared:
    """What all candidates of a sentence have in common, worked out once."""

    marks: str
    labels: tuple[str, ...]
    relation_words: tuple[tuple[int, str, tuple[str, ...]], ...]  # token, lemma, values of its cue rows
    actors: tuple[int, ...]

    @classmethod
    def of(cls, sentence: Sentence, g: Grounded, cues: Cues, around: Surroundings) -> _Shared:
        """Describe a sentence."""
        tokens = g.tokens
        labels = tuple(label(t, g) for t in tokens)
        marks = [f"block_{sentence.kind}", f"section_{around.heading_lead}"]
        if sentence.text.rstrip().endswith("?"):
            marks.append("question")
        if cues.negation.find(sentence.text):
            marks.append("negation")
        if any(t.lower_ in {"you", "your", "we", "our", "i", "my"} for t in tokens):
            marks.append("person")
        marks += [f"n{min(5, len(tokens) // 6)}", f"first_{labels[0]}"]
        # What a sentence says as a whole tells its relation, too.
        marks += [f"says_{w}" for w in dict.fromkeys(labels) if any(x.isalpha() for x in w)]
        words = []
        for t in tokens:
            rows = cues.relations.get(t.lemma_.lower(), ())
            if rows and t.pos_ in {"VERB", "NOUN", "ADJ"} and t.i not in g.at:
                words.append((t.i, t.lemma_.lower(), tuple(r.value for r in rows)))
        actors = tuple(i for i in g.at if g.lexicon.is_actor(g.at[i][0].concept))
        return cls(" ".join(marks), labels, tuple(words), actors)


def _place_marks(token: Token, g: Grounded, cues: Cues, shared: _Shared, *, named: bool) -> list[str]:
    """Describe a place for the relation model, as tokens; whether it is an object that is named, or only a verb."""
    at = token.i
    kind = g.kind(token) if named else ""
    m = [f"kind_{kind or 'none'}", f"bad_{is_bad_thing(token, g)}", f"dep_{token.dep_}"]
    m.append(f"obj_{token.lemma_.lower()}" if not kind else f"objkind_{kind}")
    up = token
    for step in range(4):
        if up.head == up:
            m.append(f"root_at_{step}")
            break
        up = up.head
        name = shared.labels[up.i]
        m += [f"up{step}_{name}", f"up_{name}"]
        values = {r.value for r in cues.relations.get(up.lemma_.lower(), ())}
        m += [f"upval{step}_{v}" for v in sorted(values)]
    first, last = (g.at[at][1], g.at[at][2]) if at in g.at else (at, at + 1)
    for shift in (-3, -2, -1, 1, 2):
        j = first + shift if shift < 0 else last - 1 + shift
        m.append(f"w{shift}_{shared.labels[j]}" if 0 <= j < len(shared.labels) else f"w{shift}_none")
    m += _nearest_values(at, shared)
    m.append("actor_before" if any(i < at for i in shared.actors) else "no_actor_before")
    m.append("actor_after" if any(i > at for i in shared.actors) else "no_actor_after")
    return m


def _nearest_values(at: int, shared: _Shared) -> list[str]:
    """Name the relation words nearest on the left and right, with their distance."""
    left = max((w for w in shared.relation_words if w[0] < at), default=None)
    right = min((w for w in shared.relation_words if w[0] > at), default=None)
    out = []
    for name, word in (("left", left), ("right", right)):
        if word is not None:
            i, lemma, values = word
            out += [f"{name}_{v}" for v in values] + [
                f"{name}_{lemma}",
                f"{name}_d{min(4, abs(i - at) // 3)}",
            ]
    return out
