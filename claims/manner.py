"""How a claim is put: its polarity, strength and voice. Cues say it, and a model of labelled claims corrects them.

What is denied, hedged or put to others is often said without a cue ("the trial came out empty-handed", a quotation
that runs on), and a cue often speaks of something else. The model sees what the cues said, and what stands around.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from claims.candidate import Candidate, Leading, label
from claims.context import Context, read_context, share_taken_back
from claims.cues import Hit
from claims.grounds import is_hoped_for, is_needed, is_stated
from claims.phrases import Grounded
from claims.reading import Reading
from claims.safety import is_left_open, was_observed
from claims.sections import PageContext
from claims.tokens import Token
from claims.types import Relation, Voice
from claims.unproved import is_an_outcome
from claims.words import word_list

# What cues call denied, hedged or rejected stays so down to the first probability; what they do not, counts so from
# the second on. Set on 3,215 labelled passages with topics left out, December 2026.
DENIED, HEDGED, REJECTED = (0.45, 0.65), (0.3, 0.5), (0.15, 0.55)
# Where it is not rejected it is reported from this many times the probability of its being the page's own.
REPORTED = 0.8
# Below this probability of being denied, a claim beside a denial that nothing else takes up may be found supported. Of
# 148 claims that were held back as guesses and that rows would support, 126 are, on topics left out.
NOT_DENIED = 0.1
_SPARES = frozenset({"prevents", "treats"})
_NOBODY = frozenset({"nobody", "none", "one"})
_CONSUME = word_list("consume")
_BEFALLS = frozenset({"catch", "contract", "develop", "experience", "get", "have", "suffer"})
_CAN_BE_TOTAL = frozenset({"treats", "prevents", "causes", "improves", "safe"})
_FAR = 8  # words up the tree
_DEGREES = (0.01, 0.1, 0.2, 0.35, 0.5)


def spelled(polarity: str, strength: str, voice: str) -> str:
    """Spell how a claim is put as the one class that a model tells."""
    return f"{polarity} {strength} {voice}"


class Manner(NamedTuple):
    """How likely a claim is denied, hedged, reported with no pushback, or rejected: probabilities by a model."""

    denied: float
    hedged: float
    reported: float
    rejected: float

    @classmethod
    def of(cls, likely: Mapping[str, float]) -> Manner:
        """Add up the probabilities of the classes of `spelled`."""
        said = dict.fromkeys(("deny", "hedged", "reported", "rejected"), 0.0)
        for name, p in likely.items():
            for word in name.split():
                if word in said:
                    said[word] += p
        return cls(*said.values())


def put_by_cues(
    chosen: Sequence[tuple[Candidate, Relation]], reading: Reading, context: PageContext
) -> list[Context]:
    """Read how each candidate is put with its relation, by the cues around it."""
    hopes = {c.sentence for c, _ in chosen if is_hoped_for(c)}
    return [_by_cues(c, relation, reading, context, c.sentence in hopes) for c, relation in chosen]


def _by_its_lead(lead: Leading, told: Context, reading: Reading, context: PageContext, absolute: bool) -> Context:
    """Read how a line that only names a thing puts it, by the line above its list; cues are told of the line itself."""
    g, setting = reading.grounded[lead.sentence], context.setting(lead.sentence)
    above = read_context(lead.trigger, [lead.object_token], g, context.cues, setting, absolute)
    return replace(above, voice=told.voice if told.voice == "rejected" else above.voice, hits=told.hits)


def _by_cues(c: Candidate, relation: Relation, reading: Reading, context: PageContext, hoped: bool) -> Context:
    g = reading.grounded[c.sentence]
    objects = [c.object_token] if c.object_token is not None else []
    absolute = c.row is not None and c.row.value.endswith("!")
    told = read_context(c.trigger, objects, g, context.cues, context.setting(c.sentence), absolute)
    if c.lead is not None:
        told = _by_its_lead(c.lead, told, reading, context, absolute)
    value = c.row.value if c.row is not None else ""
    unsaid = relation == "status" and c.trigger.lower_.startswith(("un", "non-"))  # "unapproved", "unregulated"
    if unsaid or value == "unsafe":
        told = _turned(told)
    if value in {"sideeffect", "harmless"} and relation == "safe":
        told = _without_harm(told, c.trigger)
    if relation == "safe" and value == "safe" and was_observed(c.trigger):
        told = replace(told, doubtful=True)
    if relation == "safe" and value != "unsafe" and is_left_open(c.trigger):
        told = replace(told, polarity="deny", denies="evidence")
    if told.polarity == "deny" and any(_spares_takers(h, c, g) for h in told.hits):
        told = _turned(told) if relation in _SPARES else replace(told, guessed=True)
    if relation in _SPARES and told.denies == "evidence" and any(is_an_outcome(o) for o in objects):
        told = replace(told, guessed=True)
    if value.startswith("caution"):
        told = replace(told, polarity="deny", denies="effect")
    if is_needed(c):
        told = replace(told, doubtful=True)
    if (hoped and not is_stated(c, relation)) or is_hoped_for(c):
        voice: Voice = "reported" if told.voice == "own" else told.voice
        told = replace(told, strength="hedged", voice=voice, distanced=True)
    if told.strength == "absolute" and (relation not in _CAN_BE_TOTAL or _is_stressed(told)):
        told = replace(told, strength="definite")
    return told


def _without_harm(told: Context, trigger: Token) -> Context:
    """Turn "no side effects" into safe; but "by no means free of side effects", denied twice, into not safe."""
    before = [h for h in told.hits if h.row.type == "negation" and h.start < trigger.idx]
    has_them = told.polarity == "affirm" and len(before) > 1
    doubtful = told.doubtful or was_observed(trigger)
    if has_them:
        return replace(told, polarity="deny", denies="effect", beside_denial=False, doubtful=doubtful)
    return replace(told, polarity="affirm", denies=None, doubtful=doubtful)


def _spares_takers(denial: Hit, c: Candidate, g: Grounded) -> bool:
    """Tell whether those who take a thing are denied an ill: "nobody who takes it gets colds" says that it prevents."""
    word, ill = g.token_at(denial.start), c.object_token
    people = word.head if word is not None and word.dep_ == "det" else word
    if people is None or ill is None or people.dep_ != "nsubj" or people.lower_ not in _NOBODY:
        return False
    takes = any(t.dep_ in {"acl", "relcl"} and t.lemma_.lower() in _CONSUME for t in people.subtree)
    verb = ill.head.head if ill.dep_ == "pobj" else ill.head
    return takes and people.head is verb and verb.lemma_.lower() in _BEFALLS


def _is_stressed(told: Context) -> bool:
    """Tell whether a denial is stressed, not what it denies: "absolutely does not work" is no "not in every case"."""
    total, denial = ([h.start for h in told.hits if h.row.type == kind] for kind in ("absolute", "negation"))
    return told.polarity == "deny" and bool(total and denial) and max(total) < min(denial)


def _turned(told: Context) -> Context:
    """Turn a polarity over."""
    if told.polarity == "affirm":
        return replace(told, polarity="deny", denies="effect")
    return replace(told, polarity="affirm", denies=None)


def settle(told: Context, likely: Manner, relation: Relation) -> Context:
    """Correct what the cues say by what is likely; a polarity that is turned over is a guess.

    What is said not to be safe stays so: "toxic" says it by itself, and labels call the same a harm that is affirmed.
    So does what is not approved, or does not contain: half of the labels affirm that it is "not approved".
    """
    flatly = told.denies == "effect" and relation in {"status", "mechanism"}
    stays = told.polarity == "deny" and (relation == "safe" or flatly)
    denied = stays or likely.denied >= DENIED[told.polarity != "deny"]
    # "Claims that X cures are false": what denies it rejects it, and is counted so.
    if told.voice != "rejected" and denied != (told.polarity == "deny"):
        told = replace(_turned(told), guessed=True)
    if told.beside_denial:
        told = replace(told, guessed=told.guessed or likely.denied >= NOT_DENIED, doubtful=True)
    hedged = likely.hedged >= HEDGED[told.strength != "hedged"]
    if hedged != (told.strength == "hedged"):
        told = replace(told, strength="hedged" if hedged else "definite")
    voice = _voice(told.voice, likely)
    # Cues that are overruled may be right all the same: a page is not faulted for what it may reject.
    return replace(told, voice=voice, doubtful=told.doubtful or (told.voice == "rejected" and voice != "rejected"))


def _voice(told: Voice, likely: Manner) -> Voice:
    if likely.rejected >= REJECTED[told != "rejected"]:
        return "rejected"
    return "reported" if likely.reported >= REPORTED * (1 - likely.reported - likely.rejected) else "own"


def manner_marks(
    chosen: Sequence[tuple[Candidate, Relation]], told: Sequence[Context], reading: Reading, context: PageContext
) -> list[tuple[str, str]]:
    """Describe how each candidate is put, as marks of its own and of its sentence."""
    one_each = {c.sentence: c for c, _ in chosen}
    taken_back = f"page_takes_back{_degree(share_taken_back(told))}"
    settings = {i: f"{_setting_marks(c, reading.grounded[i], context)} {taken_back}" for i, c in one_each.items()}
    return [
        (_own_marks(c, relation, t, reading.grounded[c.sentence]), settings[c.sentence])
        for (c, relation), t in zip(chosen, told, strict=True)
    ]


def _own_marks(c: Candidate, relation: Relation, told: Context, g: Grounded) -> str:
    marks = [
        f"told_{told.polarity}",
        f"told_{told.denies}",
        f"told_{told.strength}",
        f"told_{told.voice}",
        f"relation_{relation}",
        *(f"cue_{h.row.id}" for h in told.hits),
        f"row_{c.row.id if c.row is not None else None}",
        *_above(c.trigger, g),
        *(_around(c.object_token) if c.object_token is not None else ()),
    ]
    return " ".join(m.replace(" ", "_") for m in marks)


def _above(trigger: Token, g: Grounded) -> Iterator[str]:
    """Describe what governs a trigger, and the words beside each of those: subjects, auxiliaries, modifiers."""
    token = trigger
    for step in range(_FAR):
        if token.pos_ in {"VERB", "AUX", "NOUN", "ADJ"}:
            lemma, near = token.lemma_.lower(), min(step, 3)
            yield from (f"up_{lemma}", f"up{near}_{lemma}")
            for child in token.children:
                if child.dep_ in {"nsubj", "nsubjpass"}:
                    yield from (f"who_{label(child, g)}", f"who{near}_{child.lemma_.lower()}")
                elif child.dep_ in {"aux", "auxpass", "neg", "advmod", "det", "mark", "prep"}:
                    yield f"{child.dep_}{near}_{child.lower_}"
        if token.head == token:
            return
        yield f"arc_{token.dep_}"
        token = token.head


def _around(thing: Token) -> Iterator[str]:
    """Describe what stands beside an object and its head."""
    yield from (f"object_{c.lower_}" for c in thing.children if c.dep_ in {"det", "amod", "neg"})
    yield from (f"head_{thing.head.lemma_.lower()}", f"object_is_{thing.dep_}")
    yield from (f"head_{c.dep_}_{c.lower_}" for c in thing.head.children if c.dep_ in {"aux", "neg", "advmod", "det"})


def _setting_marks(c: Candidate, g: Grounded, context: PageContext) -> str:
    """Describe a sentence's wording, and what is quoted, reported and rejected in it, beside it and on its page."""
    around = context.around(c.sentence)
    labels = [label(t, g) for t in g.tokens if not t.is_space]
    marks = [f"pair_{a}_{b}" for a, b in pairwise(["<", *labels, ">"])]
    marks += [f"{where}_{what}" for where, signs in around.signs.items() for what in signs]
    marks += [f"page_{name}{_degree(share)}" for name, share in around.shares.items()]
    return f"{c.sentence_marks} {' '.join(m.replace(' ', '_') for m in marks)}"


def _degree(share: float) -> int:
    return next((n for n, limit in enumerate(_DEGREES) if share < limit), len(_DEGREES))
