"""From a frame to triples: which relation a relation word states depends on what it is said about."""

from __future__ import annotations

from collections.abc import Iterator

from claims.concepts import CONDITION_KINDS, DEATH, HEALTH_KINDS
from claims.frame import Frame, Triple
from claims.ills import ill_of, is_bad_thing
from claims.outcomes import (
    WEIGHT_LOSS,
    harmed,
    is_weight_lost,
    kills_people,
    mechanism_object,
    swung,
    without_cause,
)
from claims.phrases import PERSON, THE_ILL, Grounded, Phrase, conjuncts, phrase, phrase_after, seen_through
from claims.properties import property_name
from claims.safety import SAFETY, safety
from claims.tokens import Token
from claims.types import Relation
from claims.words import word_list

_RISKS = word_list("risks")
_EMPTY_OBJECTS = word_list("empty objects")


def triples(frame: Frame, g: Grounded) -> Iterator[Triple]:
    """Yield a triple for each subject and object of a frame."""
    value = frame.row.value
    subjects: list[Token | None] = [s for s in frame.subjects if s.lemma_.lower() not in PERSON] or [None]
    if value in SAFETY:
        yield from safety(frame, subjects, g)
        return
    if frame.row.type == "property":
        named = Phrase(property_name(frame.trigger), "", frame.trigger.i)
        yield from (Triple("mechanism", s, named, None, frame.trigger, frame.row, value) for s in subjects)
        return
    if value in {"status", "compares"}:
        return
    seen: set[int] = set()
    for obj in _objects(frame, g):
        if (
            obj.i in seen
            or (obj.i == frame.trigger.i and value != "treats" and frame.row.frame != "compound")
            or any(s is not None and s.i == obj.i for s in subjects)
        ):
            continue
        seen.add(obj.i)
        relation = _in_its_name(frame, obj, g) or _relation(value, obj, frame, g)
        if relation is None:
            continue
        filler = _filler(frame, relation, obj, g)
        if frame.row.frame == "pre" and not filler.concept:
            against = obj.lower_.removeprefix("anti").strip("-")
            filler = Phrase(against or filler.text, g.lexicon.resolve(against), obj.i)
        if frame.row.frame == "suf" and value == "causes":
            filler = without_cause(obj, frame, g)
        if value in {"down", "up"} and g.kind(obj) == "function" and relation != "improves":
            filler = swung(filler, value, relation, g)
        if relation == "causes" and value == "harms":
            filler = harmed(filler, obj, g)
        if relation == "mechanism":
            filler = mechanism_object(frame, filler)
        for subject in subjects:
            if value == "caused-by":
                yield Triple(
                    "causes",
                    obj,
                    phrase(subject, g) if subject is not None else filler,
                    subject,
                    frame.trigger,
                    frame.row,
                )
            else:
                yield Triple(relation, subject, filler, obj, frame.trigger, frame.row)


def _filler(frame: Frame, relation: Relation, obj: Token, g: Grounded) -> Phrase:
    """Read an object, from after the verb or the "people with" that stands inside it; less weight is weight loss."""
    if is_weight_lost(frame.row.value, obj):
        return Phrase(WEIGHT_LOSS, g.lexicon.resolve(WEIGHT_LOSS), obj.i)
    if kills_people(frame, obj, g):
        return Phrase(DEATH, g.lexicon.resolve(DEATH), obj.i)
    ill = ill_of(obj, g) if relation == "treats" else None
    if ill is not None:
        return ill
    if g.kind(obj) == "population" and obj.head.lower_ == "with":
        return phrase_after(obj.head, obj, g)
    return phrase_after(frame.trigger, obj, g) if frame.row.frame.startswith("v") else phrase(obj, g)


def _in_its_name(frame: Frame, obj: Token, g: Grounded) -> Relation | None:
    """Tell what is stated where the lexicon knows verb and object as one: "lowers IQ", "boosts immunity".

    So it is with killing people.
    """
    hit, trigger = g.at.get(obj.i), frame.trigger
    if kills_people(frame, obj, g):
        return "causes"
    if hit is None or not hit[1] <= trigger.i < hit[2] or trigger.pos_ != "VERB":
        return None
    return "causes" if g.kind(obj) in CONDITION_KINDS else "improves" if g.kind(obj) == "function" else None


def _objects(frame: Frame, g: Grounded) -> Iterator[Token]:
    for obj in map(_counted, frame.objects):
        if obj.pos_ == "VERB":
            for c in obj.children:
                if c.dep_ == "dobj":
                    yield from conjuncts(c)
            if len(frame.objects) == 1 and g.kind(obj) in CONDITION_KINDS:  # "less likely to die"
                yield obj
            continue
        inner = _inside_risk(obj) or (_suffered(obj, g) if frame.row.value in _HEALING else [])
        if inner:
            yield from inner
            continue
        if obj.lemma_.lower() in _EMPTY_OBJECTS and not g.concept(obj):
            continue
        yield obj


def _counted(number: Token) -> Token:
    """Step from a share to what it is of: the deaths of "one in ten deaths"."""
    if number.pos_ != "NUM" or number.i + 1 >= len(number.parse) or number.nbor(1).lower_ not in {"in", "of"}:
        return number
    return next((c for c in number.nbor(1).children if c.dep_ == "pobj" and c.pos_ == "NOUN"), number)


_HEALING = frozenset({"treats", "treats!", "helps", "better"})


def _suffered(people: Token, g: Grounded) -> list[Token]:
    """Find what people have who are healed: "helps people with cancer", "healed thousands with it"."""
    end = people.right_edge.i + 1
    if not any(t.lemma_.lower() in PERSON | THE_ILL for t in people.subtree):
        return []
    inside = [t for t in people.subtree if t.lower_ == "with"]
    # The parser may hang it on the verb.
    inside += [t for t in people.parse[end : end + 1] if t.lower_ == "with"]
    had = (p for w in inside for p in w.children if p.dep_ == "pobj")
    ills = [p for p in had if g.kind(p) in CONDITION_KINDS | {"population"}]
    return [o for p in ills[:1] for o in conjuncts(p)]


def _inside_risk(obj: Token) -> list[Token]:
    if obj.lemma_.lower() not in _RISKS:
        return []
    for c in obj.children:
        if c.dep_ == "prep" and c.lower_ in {"of", "for"}:
            inner = next((p for p in c.children if p.dep_ in {"pobj", "pcomp"}), None)
            if inner is not None and inner.pos_ == "VERB":
                # "the risk of catching a cold"
                inner = next((d for d in inner.children if d.dep_ == "dobj"), inner)
            return list(conjuncts(inner)) if inner is not None else []
    return [c for c in obj.lefts if c.dep_ in {"compound", "amod"} and c.pos_ in {"NOUN", "PROPN"}]


# What a relation word states of an object that is bad, that is good, that is neither as far as known.
_BY_OBJECT: dict[str, tuple[Relation | None, Relation | None, Relation | None]] = {
    "treats": ("treats", "improves", "treats"),
    "used": ("treats", "improves", "treats"),
    "prevents": ("prevents", "improves", "prevents"),
    "causes": ("causes", "causes", "causes"),
    "caused-by": ("causes", "causes", "causes"),
    "contribute": ("causes", "improves", "causes"),
    "risk": ("causes", "causes", "causes"),
    "down": ("treats", "mechanism", "mechanism"),
    "up": ("causes", "improves", "mechanism"),
    "better": ("treats", "improves", "improves"),
    "helps": ("treats", "improves", None),
    "does": ("causes", None, None),
    "gives": ("causes", "improves", None),
    "stops": ("treats", None, None),
    "kills": ("treats", "causes", "mechanism"),
    "harms": ("causes", "causes", "causes"),
    "worse": ("causes", "causes", "causes"),
}
# Things that strike once: fewer of them were prevented, not treated.
_EVENTS = word_list("events")
# The frames of "linked to", "associated with": fewer cases among those who take a thing, or "a link between".
_ASSOCIATES = "v:with/to"
_LINKS = frozenset({_ASSOCIATES, "between"})
_POOR = word_list("poor")
_KILLING = frozenset({"kill", "attack", "target", "destroy", "remove", "flush", "dissolve", "clear"})


def _relation(value: str, obj: Token, frame: Frame, g: Grounded) -> Relation | None:
    """Decide which relation a frame states of an object; None where it states none."""
    value = value.removesuffix("!")
    if value == "mechanism":
        return "treats" if frame.trigger.lemma_ in _KILLING and g.kind(obj) in CONDITION_KINDS else "mechanism"
    thing = seen_through(obj, g)  # the strokes of "fewer cases of stroke"
    bad, less = is_bad_thing(thing, g), _is_lessened(obj, frame, g)
    risk = _risk_swing(value, obj, frame, less=less)
    if risk:
        return risk
    if less and bad and value in {"causes", "contribute", "affects", "gives"}:
        # "Less pain" was eased, "less asthma" and "fewer colds" did not come.
        seldom = value == "affects" or frame.row.frame == _ASSOCIATES or g.kind(thing) == "condition"
        return "prevents" if seldom else "treats"
    if value in {"down", "stops"} and thing.lemma_.lower() in _EVENTS:
        return "prevents"
    if is_weight_lost(value, obj):
        return "improves"
    if value in {"up", "down", "better"} and obj.lemma_.lower() in _OUTPUTS and g.kind(obj) not in HEALTH_KINDS:
        return "mechanism"
    swung = _function_swing(value, obj, frame, g, less=less)
    if swung or value not in _BY_OBJECT:
        return swung
    on_bad, on_good, unknown = _BY_OBJECT[value]
    return on_bad if bad else on_good if bad is False else unknown


def _risk_swing(value: str, obj: Token, frame: Frame, *, less: bool) -> Relation | None:
    """Read what happens to a risk: "less likely", "a lower risk of", "raises the odds of"; None where none is named."""
    if frame.row.frame == "likely":
        return "prevents" if any(c.lower_ == "less" for c in frame.trigger.children) else "causes"
    if any(o.lemma_.lower() in _RISKS and obj.i in {t.i for t in o.subtree} for o in frame.objects):
        return "prevents" if less or value in {"down", "treats", "prevents", "better"} else "causes"
    return "prevents" if less and value == "risk" else None


# What a body part or gland does: "stimulates the release of dopamine".
_OUTPUTS = word_list("outputs of the body")
_LESSENERS = word_list("lesseners")
_REVERSERS = word_list("reversers")


def _is_lessened(obj: Token, frame: Frame, g: Grounded) -> bool:
    """Tell whether the object, or the risk it stands in, is said to be less: "a lower risk of", "less pain".

    So it is with what is "inversely associated" with it.
    """
    if frame.row.frame == _ASSOCIATES and any(c.lower_ in _REVERSERS for c in frame.trigger.children):
        return True
    heads = [obj, *(o for o in frame.objects if obj.i in {t.i for t in o.subtree})]
    if frame.row.value == "risk":
        heads.append(frame.trigger)
    first = g.at[obj.i][1] if obj.i in g.at else len(g.tokens)  # "low blood oxygen" is the name of a thing
    return any(
        not _LESSENERS.isdisjoint((c.lemma_.lower(), c.lower_)) and not first <= c.i <= obj.i
        for h in heads
        for c in h.children
        if c.dep_ in {"amod", "advmod"}
    )


def _is_poor(function: Token) -> bool:
    """Tell whether a function is said to be a bad one: "linked to poor memory"."""
    return any(not _POOR.isdisjoint((c.lower_, c.lemma_.lower())) for c in function.lefts)


def _function_swing(value: str, obj: Token, frame: Frame, g: Grounded, *, less: bool) -> Relation | None:
    """Read what is done to a function by whether it is better high or low; None where nothing tells.

    "Lowers blood pressure" treats it where high, "raises it" is a harm; what memory is linked to improves it.
    """
    if g.kind(obj) != "function":
        return None
    if value == "causes" and frame.row.frame in _LINKS:
        return None if less or _is_poor(obj) else "improves"
    better_low = g.lexicon.inverses.get(g.concept(obj), "").startswith(("high-", "overweight"))
    if value == "down":
        return "treats" if better_low else "causes"
    return "causes" if value == "up" and better_low else None
