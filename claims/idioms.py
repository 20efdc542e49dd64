"""Relations that a whole construction states, not one word: "makes bones stronger", "gives you a headache"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from claims.arguments import actors, complements, exposures
from claims.cautions import lacking, warned_off
from claims.concepts import CONDITION_KINDS, HEALTH_KINDS
from claims.cues import CueRow
from claims.frame import Frame
from claims.ills import is_bad_thing
from claims.phrases import PERSON, Grounded, conjuncts
from claims.tokens import SUBJECT_DEPS, Token
from claims.words import word_list


def _named_for(token: Token, row: CueRow, g: Grounded) -> Frame | None:
    """Read a thing named with what it is for ("kratom for pain"), where nothing else is said of it."""
    head = token.head
    if (
        token.dep_ != "prep"
        or not g.lexicon.is_actor(g.concept(head))
        or head.dep_ not in {"ROOT", "compound", "nsubj"}
    ):
        return None
    if any(t.pos_ == "VERB" for t in g.tokens if t.i < token.i) or len(g.tokens) > 14:
        return None
    objects = [o for c in token.children if c.dep_ == "pobj" for o in conjuncts(c) if g.kind(o) in HEALTH_KINDS]
    return Frame(row, token, objects, list(conjuncts(head))) if objects else None


def _made_likely(token: Token, row: CueRow, g: Grounded) -> Frame | None:
    """Read "makes heart attacks less likely", "people who sleep little are likelier to fall ill"."""
    verb = token.head
    if not any(c.lower_ in {"more", "less"} for c in token.children):
        return None
    if verb.lemma_ == "be":
        return _befalling(token, row, g)
    if verb.lemma_.lower() not in {"make", "become", "leave"}:
        return None
    objects = [
        o
        for c in (*verb.children, *token.children)
        if (c.dep_ in {"dobj", "nsubj"} and c.head != verb) or c.dep_ == "dobj"
        for o in conjuncts(c)
    ]
    return Frame(row, token, objects, list(actors(verb, g))) if objects else None


def _befalling(token: Token, row: CueRow, g: Grounded) -> Frame | None:
    """Read what those who take a thing are likely to have: "who took folic acid were less likely to have …"."""
    suffered = next((c for c in token.children if c.dep_ in {"xcomp", "ccomp"} and c.pos_ in {"VERB", "AUX"}), None)
    exposed = list(exposures(token.head, g))
    if suffered is None or not exposed:
        return None
    objects = [t for t in suffered.subtree if g.kind(t) in CONDITION_KINDS and g.at[t.i][2] - 1 == t.i]
    return Frame(row, token, objects, exposed) if objects else None


def _named_after(token: Token, row: CueRow, g: Grounded) -> Frame | None:
    """Read a harm named after its cause: "kratom dependence", "opioid overdose"."""
    hit = g.at.get(token.i)
    first = hit[1] if hit else token.i
    cause = g.tokens[first - 1] if first and g.lexicon.is_actor(g.concept(g.tokens[first - 1])) else None
    if cause is None and hit and hit[2] - hit[1] > 1:
        # The lexicon knows the two words as one condition; its first words still name the cause.
        named = g.lexicon.resolve(" ".join(t.text for t in g.tokens[first : token.i]))
        cause = g.tokens[first] if g.lexicon.is_actor(named) else None
    if cause is None or g.kind(cause) == "class":
        return None
    return Frame(row, token, [token], [cause])


def _dative(token: Token, row: CueRow, g: Grounded) -> Frame | None:
    """Read what something gives to people: "gives you a headache", "provides relief from pain"."""
    objects = _things_done(token)
    return Frame(row, token, objects, list(actors(token, g))) if objects else None


def _undergone(token: Token, row: CueRow, g: Grounded) -> Frame | None:
    """Read what happens to those exposed: "people who take kratom have seizures", "users feel less pain"."""
    objects = _things_done(token)
    own = next((c for c in token.children if c.dep_ == "nsubj"), None)
    if not objects or (own is not None and own.lemma_.lower() not in PERSON):
        return None
    exposed = list(exposures(token, g))
    return Frame(row, token, objects, exposed) if exposed else None


def _things_done(verb: Token) -> list[Token]:
    """List a verb's direct objects, people left out."""
    return [o for c in verb.children if c.dep_ == "dobj" for o in conjuncts(c) if o.lemma_.lower() not in PERSON]


_BETTER_STATE, _WORSE_STATE = word_list("better states"), word_list("worse states")
_GROWTH = word_list("growth states")


def _made_so(token: Token, row: CueRow, g: Grounded) -> Frame | None:
    """Read what something makes of a thing: "makes bones stronger", "keeps the mind sharp", "leaves hair brittle"."""
    for state in token.children:
        thing = next((c for c in state.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
        if thing is None and state.dep_ in {"oprd", "acomp", "xcomp"}:
            thing = next((c for c in token.children if c.dep_ == "dobj"), None)
        if thing is None or thing.lemma_.lower() in PERSON or state.dep_ not in _STATE_DEPS:
            continue
        word = state.lemma_.lower()
        value = "better" if word in _BETTER_STATE else "worse" if word in _WORSE_STATE else ""
        if word in _GROWTH and is_bad_thing(thing, g):
            value = "worse"  # "makes cancer grow"
        if value:
            return Frame(replace(row, value=value), token, list(conjuncts(thing)), list(actors(token, g)))
    return None


_STATE_DEPS = frozenset({"ccomp", "oprd", "acomp", "xcomp"})
_SOURCES = frozenset({"with", "after", "from", "by", "on", "under", "following", "through"})


def _by_itself(token: Token, row: CueRow, g: Grounded) -> Frame | None:
    """Read a thing that changes by itself: "sleep improves with magnesium", "blood pressure goes up after coffee"."""
    gone = token.lower_ == _GONE  # the parser takes "it is gone" for a passive
    barred = {"dobj", "ccomp"} if gone else {"dobj", "ccomp", "nsubjpass"}
    if token.pos_ not in {"VERB", "AUX"} or any(c.dep_ in barred for c in token.children):
        return None
    its_own = {"nsubj", "nsubjpass"}
    changing = [c for c in token.children if c.dep_ in its_own and g.kind(c) in HEALTH_KINDS]
    _, _, wanted = row.frame.partition(":")
    particles = {c.lower_ for c in token.rights if c.dep_ in {"prt", "advmod", "prep"}} | ({_GONE} if gone else set())
    if not changing or (particles & _PARTICLES and not wanted) or (wanted and not particles & set(wanted.split("/"))):
        return None
    if row.value == "treats" and g.kind(changing[0]) not in CONDITION_KINDS:
        row = replace(row, value="down")  # an illness that fades is healed; a memory that fades gets worse
    sources, _ = complements(token, _SOURCES)
    return Frame(row, token, list(conjuncts(changing[0])), [s for s in sources if s.pos_ in {"NOUN", "PROPN"}])


_GONE = "gone"
_PARTICLES = frozenset({"out", "off", "up", "down"})


def _between(token: Token, row: CueRow, g: Grounded) -> Frame | None:
    """Read "a link between vaccines and autism": what is named first causes what is named last.

    The parser may hang it on the verb: "no link was found between them".
    """
    found, _ = complements(token, frozenset({"between"}))
    if not found and token.dep_ in SUBJECT_DEPS:
        found, _ = complements(token.head, frozenset({"between"}))
    return Frame(row, token, found[1:], found[:1]) if len(found) > 1 else None


def _owed_to(token: Token, row: CueRow, g: Grounded) -> Frame | None:
    """Read a condition with its cause: "hair loss due to stress", "deaths because of vaping"."""
    causes, _ = complements(token, frozenset({"to", "of"}))
    if token.pos_ == "ADP" and not causes:
        causes = [o for c in token.children if c.dep_ == "pobj" for o in conjuncts(c)]
    thing = token.head
    if not causes or g.kind(thing) not in CONDITION_KINDS:
        return None
    return Frame(row, token, list(conjuncts(thing)), causes)


_ROLES = frozenset({"role", "part"})


def _taking_part(token: Token, row: CueRow, g: Grounded) -> Frame | None:
    """Read "smoking plays a role in heart disease", "diet has a part in it"."""
    role = next((c for c in token.children if c.dep_ == "dobj" and c.lemma_.lower() in _ROLES), None)
    if role is None:
        return None
    found = complements(role, {"in"})[0] or complements(token, {"in"})[0]
    objects = [o for o in found if o.lemma_.lower() not in _DONE_TO_ILLS]
    return Frame(row, token, objects, list(actors(token, g))) if objects else None


# "A role in the prevention of colds" is told by that word.
_DONE_TO_ILLS = word_list("done to ills")


WHOLE_FRAMES: dict[str, Callable[[Token, CueRow, Grounded], Frame | None]] = {
    "for": _named_for,
    "likely": _made_likely,
    "compound": _named_after,
    "give": _dative,
    "undergo": _undergone,
    "make": _made_so,
    "itself": _by_itself,
    "between": _between,
    "due": _owed_to,
    "role": _taking_part,
    "caution": warned_off,
    "lack": lacking,
}
