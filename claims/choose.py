"""Choose among the candidates of a sentence: which are claims, of which relation, about which subjects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from claims.candidate import Candidate
from claims.lexicon import Lexicon
from claims.phrases import conjuncts
from claims.reading import Reading
from claims.subjects import SubjectOption
from claims.tokens import Token
from claims.types import Relation
from claims.words import word_list

# A candidate less likely than this to be a claim at all is dropped where its sentence has a better one. Set by
# leave-one-topic-out triples F1, which is the same to 0.002 from 0.3 to 0.4, and from 0.45 to 0.5.
ACCEPT, ACCEPT_CLAUSE = 0.35, 0.5
# One whose relation a rule states is kept down to the first; it is read as another relation where that is so many times
# likelier: "the risk of dying was lower" names a risk, and prevents. Set in the same way in December 2026: triples F1
# is the same to 0.001 from 0.2 to 0.35, and from two to three times.
ACCEPT_STATED, _OUTWEIGHS = 0.2, 3.0
# What harms does no good; it may prevent, as risks go up and down: "memory fades with it", "the risk fell".
_OPPOSED = ({"causes", "treats"}, {"causes", "improves"})
_NONE = "none"


def choose(reading: Reading, relations: Sequence[dict[str, float]]) -> list[tuple[int, Relation]]:
    """Choose the candidates of each sentence: all that are likely, else the likeliest one."""
    by_sentence: dict[int, list[int]] = {}
    for n, c in enumerate(reading.candidates):
        by_sentence.setdefault(c.sentence, []).append(n)
    chosen: list[tuple[int, Relation]] = []
    for members in by_sentence.values():
        likely = [n for n in members if _is_likely(reading.candidates[n], 1 - relations[n][_NONE])]
        likely = likely or [max(members, key=lambda n: (_best(relations[n]), -n))]
        for n in _without_twins(likely, reading, relations):
            chosen.append((n, _relation(reading.candidates[n], relations[n])))
    return chosen


def _relation(c: Candidate, relations: Mapping[str, float]) -> Relation:
    """Choose the relation of a candidate: the one that a rule states, unless another is far likelier."""
    likeliest = max(_under_its_lead(c), key=relations.__getitem__)
    stated = max(c.stated, key=relations.__getitem__, default=likeliest)
    outweighed = relations[likeliest] >= _OUTWEIGHS * relations[stated] and {stated, likeliest} not in _OPPOSED
    return likeliest if outweighed else stated


def _best(relations: Mapping[str, float]) -> float:
    """Give the probability of a candidate's likeliest relation."""
    return max((p for relation, p in relations.items() if relation != _NONE), default=0.0)


# What a lead-in says of the bullets below it: "it can cause:", "benefits:".
_BY_LEAD: dict[str, tuple[Relation, ...]] = {
    "lead_causes": ("causes",),
    "lead_prevents": ("prevents",),
    "lead_benefits": ("treats", "improves", "prevents"),
}


def _under_its_lead(c: Candidate) -> tuple[Relation, ...]:
    """Give the relations that a candidate may have below the lead-in of its list, if it names a thing at all."""
    led = next((relations for mark, relations in _BY_LEAD.items() if mark in c.marks), ())
    return tuple(r for r in c.allowed if r in led) or c.allowed


def _is_likely(c: Candidate, p: float) -> bool:
    if c.stated:
        return p >= ACCEPT_STATED
    return p >= (ACCEPT_CLAUSE if c.object_token is None else ACCEPT)


def _without_twins(members: list[int], reading: Reading, relations: Sequence[dict[str, float]]) -> list[int]:
    """Drop a wordy candidate that only repeats the object of a likelier one."""
    out: list[int] = []
    for n in sorted(members, key=lambda n: (not reading.candidates[n].stated, relations[n][_NONE])):
        c = reading.candidates[n]
        if not any(_repeats(c, reading.candidates[k]) for k in out):
            out.append(n)
    return sorted(out)


def _repeats(c: Candidate, other: Candidate) -> bool:
    words = set(c.object.text.split())
    if not words or c.allowed != other.allowed:
        return False
    if c.object_token is not None and c.object_token == other.object_token:
        return False  # "prevents and treats" it
    if c.object.concept and other.object.concept:
        return c.object.concept == other.object.concept
    return len(words & set(other.object.text.split())) >= 0.6 * len(words)


def choose_subjects(
    c: Candidate, options: Sequence[SubjectOption], scores: Sequence[float], lexicon: Lexicon
) -> list[SubjectOption]:
    """Take the likeliest subject and what is coordinated with it, if a rule found that, too, it is likely, or both act.

    Where the object is so, too, only what a rule found: "no link between vaccines and autism, asthma or diabetes".
    """
    if not options:
        return []
    best = max(range(len(options)), key=scores.__getitem__)
    first = options[best]
    out = [first]
    if first.token is not None:
        head = first.token.parse[first.phrase.head]  # of "the use of yoga and meditation", yoga
        together = {t.i for t in conjuncts(head)} | {t.i for t in conjuncts(head.first_conjunct)}
        is_object = c.token.i in together
        enough = 1.0 if is_object else 0.3
        are_things = not is_object and lexicon.is_one_actor(first.phrase.concept) and not _is_mixed(first.token)
        for k, (o, score) in enumerate(zip(options, scores, strict=True)):
            apart = o.token is not None and o.token.i != first.token.i and o.token.i in together
            stated = "frame" in o.marks or (are_things and lexicon.is_one_actor(o.phrase.concept))
            if k != best and apart and (score >= enough or stated):
                out.append(o)
    return out


_MIXTURES = word_list("mixtures")


def _is_mixed(thing: Token) -> bool:
    """Tell whether a thing is said to act together with what is coordinated with it: "a mix of ginger and honey"."""
    return thing.head.lower_ == "of" and thing.head.head.lemma_.lower() in _MIXTURES
