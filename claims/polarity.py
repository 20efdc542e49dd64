"""Polarity of a claim: which denials reach it, of the effect or of the evidence, and which cancel out."""

from __future__ import annotations

from collections.abc import Sequence, Set

from claims.concepts import CONDITION_KINDS
from claims.cues import Cues, Hit
from claims.phrases import PERSON, Grounded
from claims.reach import chain, governs, granted_clause
from claims.tokens import SUBJECT_DEPS, Token
from claims.types import Denies, Polarity
from claims.unproved import is_no_matter, unproved


def read_polarity(
    trigger: Token, objects: Sequence[Token], g: Grounded, cues: Cues, begin: int, at: int, end: int
) -> tuple[Polarity, Denies | None, list[Hit]]:
    """Read whether a claim is denied, the effect or the evidence, and by which cues.

    The claim's clause is `begin` to `end` of the sentence, the trigger that states it stands `at`. Denials that cancel
    each other out are given, too: "not without side effects".
    """
    hits = cues.negation.find(g.text)
    missing = unproved(trigger, objects, g, cues)
    evidence = [missing] if missing else _denials_of_evidence(hits, trigger, objects, g, begin, at, end)[:1]
    if evidence:
        return "deny", "evidence", evidence
    effect = []
    chained = {t.i for t in chain(trigger)}
    rejecting = cues.rejections(g.text)
    for hit in hits:
        if hit.row.value != "effect" or hit.row.type == "pseudo":
            continue
        # What rejects the sentence denies nothing in it: "it is not true that vaccines cause autism".
        if any(r.start <= hit.start and hit.end <= r.end for r in rejecting):
            continue
        words = _words_of(hit, g)
        token = _negating(words)
        if token is None:
            continue
        if _frees_people(hit, token, objects, g) or any(_is_inside(token, o, g) for o in objects):
            continue
        if hit.row.frame == "verb":
            if _is_of_verb(hit, (trigger, *objects), g):
                effect.append(hit)
        elif hit.row.frame == "backward":
            if at <= hit.start < end:
                effect.append(hit)
        elif (begin <= hit.start < end and _governs(hit, words, token, chained, objects, at)) or _turns(token, chained):
            effect.append(hit)
    if len(_apart(effect, trigger, g)) % 2:
        return "deny", "effect", effect
    return "affirm", None, effect


def _denials_of_evidence(
    hits: Sequence[Hit], trigger: Token, objects: Sequence[Token], g: Grounded, begin: int, at: int, end: int
) -> list[Hit]:
    """List the cues by which evidence is denied for a claim, those that stand before what they deny first."""
    told = [h for h in hits if h.row.value == "evidence"]
    forward = [h for h in told if h.row.frame == "forward" and begin <= h.start < at and not _is_no_matter(h, g)]
    granted = granted_clause(trigger) if forward else None
    return [
        *(h for h in forward if granted is None or h.start >= granted.idx),
        *(h for h in told if at <= h.start < end and (h.row.frame == "backward" or _is_of_a_sham(h, g))),
        *(h for h in told if _is_of_verb(h, (trigger, *objects), g)),
    ]


def _is_inside(word: Token, thing: Token, g: Grounded) -> bool:
    """Tell whether a negation belongs to the name of a thing: "it causes no appetite"."""
    named = g.at.get(thing.i)
    return named is not None and named[1] <= word.i < named[2]


def _frees_people(hit: Hit, free: Token, objects: Sequence[Token], g: Grounded) -> bool:
    """Tell whether it is people who are free of an illness: they are healed, and nothing is denied."""
    if not hit.row.pattern.startswith("free ") or not any(g.kind(o) in CONDITION_KINDS for o in objects):
        return False
    who = next((c for c in free.head.lefts if c.dep_ in SUBJECT_DEPS), None)
    return who is not None and not (g.lexicon.is_actor(g.concept(who)) or who.lower_ in _IT)


_IT = frozenset({"it", "they", "this", "that", "these", "those", "which"})


def _is_no_matter(hit: Hit, g: Grounded) -> bool:
    """Tell whether the evidence that a cue names is none that would speak for a claim."""
    noun = g.token_at(hit.end - 1)
    return noun is not None and noun.pos_ == "NOUN" and is_no_matter(noun, g)


def _is_of_verb(hit: Hit, words: Sequence[Token], g: Grounded) -> bool:
    """Tell whether a verb that denies ("does nothing", "has no effect") says it of a word on either side of it.

    Not where people do nothing: "doctors did nothing to treat it with exercise".
    """
    verb = g.token_at(hit.start) if hit.row.frame == "verb" else None
    if verb is None or any(c.dep_ == "nsubj" and c.lemma_.lower() in _PEOPLE for c in verb.lefts):
        return False
    either = hit.row.pattern.endswith(_TO_DO_WITH)  # "autism has nothing to do with vaccines"
    below = [b for b in (governs(verb, word) for word in words) if b is not None]
    return verb in words or any(either or b.dep_ != "nsubj" for b in below)


_TO_DO_WITH = "to do with"
_PEOPLE = PERSON - {"they"} | {"government", "authority"}


def _words_of(hit: Hit, g: Grounded) -> list[Token]:
    """List the words of a cue."""
    return [t for t in g.tokens if t.idx < hit.end and t.idx + len(t.text) > hit.start]


def _negating(words: Sequence[Token]) -> Token | None:
    """Find the word of a cue that negates: the "not" of "cannot"."""
    return next((t for t in words if t.dep_ == "neg"), words[0] if words else None)


def _apart(hits: Sequence[Hit], trigger: Token, g: Grounded) -> list[Hit]:
    """Leave out denials that only say one again: "neither … nor", "do not and cannot", "do not use it; it fails"."""
    words = [(h, _negating(_words_of(h, g))) for h in hits]
    own = any(t is not None and t.head == trigger and t.dep_ == "neg" for _, t in words)
    opening = [t for _, t in words if t is not None and t.lower_ in _OPENING]
    near = [h for h, _ in words if ";" not in _between(h, trigger, g)]
    return [
        h
        for h, t in words
        if (h in near or not near)
        and (t is None or not (_goes_on(t, opening) or (own and t.dep_ == "neg" and t.head != trigger)))
    ]


_OPENING = frozenset({"neither", "no", "not", "n't", "n’t", "cannot"})


def _goes_on(word: Token, opening: Sequence[Token]) -> bool:
    """Tell whether a word only goes on with a denial: "neither … nor", "does not cure it, and neither does zinc"."""
    return word.lower_ in {"nor", "neither"} and any(o.i < word.i for o in opening)


def _turns(word: Token, chained: Set[int]) -> bool:
    """Tell whether a "nor" denies what follows it with a subject of its own: "nor can it cure a cold"."""
    following = (c for c in word.head.children if c.dep_ == "conj" and c.i > word.i)
    return word.lower_ == "nor" and any(c.i in chained for c in following)


def _between(hit: Hit, trigger: Token, g: Grounded) -> str:
    """Give the text between a cue and a trigger."""
    return g.text[min(hit.end, trigger.idx) : max(hit.start, trigger.idx)]


def _governs(
    hit: Hit, words: Sequence[Token], token: Token, chained: set[int], objects: Sequence[Token], at: int
) -> bool:
    """Tell whether a cue governs the trigger: a phrase ("no more likely to") by any of its words, else its one word."""
    if " " in hit.row.pattern or token.pos_ == "VERB":
        return hit.start < at and any(t.i in chained or t.head.i in chained for t in words)
    return _negates(token, chained, objects)


def _negates(token: Token, chained: set[int], objects: Sequence[Token]) -> bool:
    """Tell whether a negation word governs the trigger: on its chain, its object or its subject."""
    if token.dep_ == "neg" or token.lower_ in {"never", "hardly", "scarcely", "barely", "not"}:
        # "does not get rid of it": where the parser takes "get" for an auxiliary
        verb = token.head.head if token.head.dep_ in {"aux", "auxpass"} else token.head
        return token.head.i in chained or verb.i in chained
    if token.dep_ in {"det", "preconj", "cc"}:
        head = token.head
        if head.i in chained or (
            head.head.i in chained and head.dep_ in {"nsubj", "nsubjpass", "dobj", "attr", "pobj"}
        ):
            return not (head.dep_ == "pobj" and head.head.lower_ == "in")
        return any(head.i == o.i for o in objects)
    if token.dep_ in {"nsubj", "nsubjpass", "expl"}:
        return token.head.i in chained and not any(_likens(c) for c in token.head.subtree)
    if token.lower_ == "without":
        return any(o.i in {t.i for t in token.subtree} for o in objects) or any(c.i in chained for c in token.children)
    return token.i in chained


def _likens(word: Token) -> bool:
    """Tell whether a word likens to a thing that is praised by it: "nothing cures it like soursop", "than soursop"."""
    likened = {c.lemma_.lower() for c in word.children if c.dep_ == "pobj"}
    return word.dep_ == "prep" and word.lower_ in {"like", "than"} and likened.isdisjoint(_SHAMS)


_SHAMS = frozenset({"placebo", "sham", "dummy", "fake"})


def _is_of_a_sham(hit: Hit, g: Grounded) -> bool:
    """Tell whether a thing is said to do no more than a sham: "eased pain no better than a placebo"."""
    after = g.token_at(hit.end + 1)
    words = after.parse[after.i : after.i + 2] if after is not None else []
    return hit.row.pattern.endswith(" than") and any(t.lemma_.lower() in _SHAMS for t in words)
