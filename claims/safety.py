"""How safe a thing is said to be: by an adjective ("toxic", "not safe in pregnancy"), by its side effects, or none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from claims.arguments import EXAMPLES, examples
from claims.cautions import group_phrase
from claims.concepts import CONDITION_KINDS
from claims.frame import Frame, Triple
from claims.ills import is_bad_thing
from claims.lexicon import fold
from claims.phrases import Grounded, Phrase, conjuncts, is_pronoun, phrase
from claims.tokens import Token
from claims.words import word_list, word_map

SAFETY = frozenset({"safe", "unsafe", "sideeffect", "harmless", "caution", "caution-not"})


def safety(frame: Frame, subjects: Sequence[Token | None], g: Grounded) -> Iterator[Triple]:
    """Yield what a frame says of the safety of its subjects."""
    trigger, value = frame.trigger, frame.row.value
    if value == "sideeffect":
        yield from _side_effects(frame, subjects, g)
        return
    if value == "harmless":
        without = Phrase(f"no {phrase(trigger, g).text}", "", trigger.i)
        yield from (Triple("safe", thing, without, None, trigger, frame.row) for thing in subjects)
        return
    if value.startswith("caution"):
        named = [(group, group_phrase(group, g)) for group in frame.objects]
        yield from (Triple("safe", thing, p, at, trigger, frame.row) for at, p in named for thing in subjects)
        return
    if trigger.lemma_ == _TOLERATE and trigger.tag_ != "VBN":
        return  # "tolerating stress"
    if any(c.lower_ in {"than", "as"} for c in trigger.children):
        return  # a comparison, which says nothing of either alone
    if trigger.dep_ == "amod" and not any(s is not None and s == trigger.head for s in subjects):
        return  # "dangerous heart rhythms"
    text = fold(trigger.text)
    groups: list[Token | None] = [o for o in frame.objects if o.pos_ in {"NOUN", "PROPN"}] or [None]
    for subject in subjects:
        for obj in groups:
            if value == "unsafe":
                yield _harmful(trigger, subject, frame, g) or _unsafe(trigger, subject, obj, frame, g)
                continue
            said = text if text != "safe" else ""
            yield Triple("safe", subject, _narrowed(said, obj, trigger, g), obj, trigger, frame.row)


_HARM_ADJECTIVES = word_map("harm adjectives")


def _harmful(trigger: Token, subject: Token | None, frame: Frame, g: Grounded) -> Triple | None:
    """Read an adjective that names its harm as causing it, unless denied: "not addictive" says that a thing is safe."""
    harm = _HARM_ADJECTIVES.get(trigger.lemma_.lower(), "")
    around = {t.lower_ for t in (*trigger.children, *trigger.head.children) if t.i < trigger.i}
    if not harm or (around | {_before_hyphen(trigger)}) & _DENIALS:
        return None
    row = replace(frame.row, value="causes")
    return Triple("causes", subject, Phrase(harm, g.lexicon.resolve(harm), trigger.i), trigger, trigger, row)


_DENIALS = frozenset({"not", "n't", "non", "neither", "nor", "no", "never", "hardly"})


def _before_hyphen(word: Token) -> str:
    """Give the word that a hyphen joins to one, or "": the "non" of "non-toxic"."""
    return word.nbor(-2).lower_ if word.i >= 2 and word.nbor(-1).text == "-" else ""


def _narrowed(said: str, group: Token | None, trigger: Token, g: Grounded) -> Phrase:
    """Name a thing's safety by its own word, if it is not "safe", and by whom it is for."""
    narrow = phrase(group, g) if group is not None else Phrase("", "", trigger.i)
    concept = narrow.concept if g.lexicon.kind(narrow.concept) == "population" else ""
    return Phrase(f"{said} {narrow.text}".strip(), concept, trigger.i)


def _unsafe(trigger: Token, subject: Token | None, group: Token | None, frame: Frame, g: Grounded) -> Triple:
    """Read "toxic" as unsafe, and "non-toxic" as safe: its row is that of the whole word, if there is one."""
    negated = _before_hyphen(trigger) == "non"
    text = f"non-{fold(trigger.text)}" if negated else fold(trigger.text)
    row = replace(frame.row, value="safe") if negated else frame.row
    return Triple("safe", subject, _narrowed(text, group, trigger, g), None, trigger, row)


def _side_effects(frame: Frame, subjects: Sequence[Token | None], g: Grounded) -> Iterator[Triple]:
    """Read "side effects include X" as causes X, and "no side effects" as safe."""
    trigger = frame.trigger
    listed: list[Token] = []
    verb = trigger.head if trigger.dep_ in {"nsubj", "nsubjpass"} else None
    if verb is not None and verb.lemma_.lower() in {"include", "be", "range", "comprise", "consist"}:
        listed = [o for c in verb.children if c.dep_ in {"dobj", "attr"} for o in conjuncts(c)]
    for c in trigger.rights:
        if c.dep_ == "appos":
            listed += list(conjuncts(c))
    named_as = examples(trigger, EXAMPLES | {"of"})
    listed += [o for o in named_as if not g.lexicon.is_actor(g.concept(o))]
    if trigger.dep_ == "pobj" and trigger.head.lower_ == "among" and trigger.head.head.lemma_ == "be":
        listed = [o for c in trigger.head.head.children if c.dep_ in {"nsubj", "attr"} for o in conjuncts(c)]
    colon = next((t for t in trigger.parse[trigger.i :] if t.text == ":"), None)
    if not listed and colon is not None and colon.i - trigger.i <= 3:
        listed = [t for t in trigger.parse[colon.i :] if g.kind(t) in CONDITION_KINDS and g.at[t.i][1] == t.i]
    if not listed:
        # "kratom hair loss side effects"
        named = [g.at[t.i] for t in trigger.subtree if t.i < trigger.i and g.kind(t) in CONDITION_KINDS]
        listed = [g.tokens.root(first, last) for mention, first, last in dict.fromkeys(named) if last <= trigger.i]
    if verb is not None and not listed and g.kind(trigger.head) in CONDITION_KINDS:
        listed = [trigger.head]
    if trigger.dep_ in {"attr"}:
        listed = [o for c in trigger.head.children if c.dep_ == "nsubj" and is_bad_thing(c, g) for o in conjuncts(c)]
    for subject in [s for s in subjects if s not in listed] or [None]:  # "the side effects are X and Y"
        if listed:
            for obj in listed:
                if not is_pronoun(obj, g) and obj.pos_ in {"NOUN", "PROPN"}:
                    yield Triple("causes", subject, phrase(obj, g), obj, trigger, frame.row)
        elif how_many := _how_few(trigger):
            yield Triple("safe", subject, Phrase(f"{how_many} side effects", "", trigger.i), None, trigger, frame.row)


_SEEN = word_list("seen")
_TOLERATE = "tolerate"


_IN_MOST = word_list("in most cases")


def was_observed(trigger: Token) -> bool:
    """Tell whether safety is counted, not promised: "there were no side effects in the trial", "was well tolerated".

    "It is otherwise well tolerated" is as well: it tells what is seen in most, as does
    "most people have no side effects".
    """
    if trigger.lemma_ == _TOLERATE:
        near = (trigger.head, *trigger.lefts)
        counted = any(t.lemma_ == "be" and t.tag_ == "VBD" for t in near)
        return counted or any(t.lower_ in _IN_MOST for t in (*near, *trigger.head.lefts))
    verb = trigger.head
    if trigger.dep_ == "nsubjpass":
        return verb.lemma_.lower() in _SEEN
    if trigger.dep_ == "dobj" and any(_is_most(c) for c in verb.lefts if c.dep_ == "nsubj"):
        return True
    there_were = trigger.dep_ == "attr" and any(c.dep_ == "expl" for c in verb.lefts)
    counted = trigger.dep_ == "dobj" and verb.lemma_.lower() in _SEEN
    return (there_were or counted) and any(t.tag_ in {"VBD", "VBN"} for t in (verb, *verb.lefts))


_MOST = frozenset({"majority", "many", "most"})


def _is_most(who: Token) -> bool:
    """Tell whether most are spoken of, not all: "most people who take it", "the majority of patients"."""
    return who.lower_ in _MOST or any(c.lower_ in _MOST for c in who.lefts)


_ASKED = frozenset({"ccomp", "csubj", "csubjpass", "nsubj", "pcomp"})
_UNKNOWN = frozenset("no nobody none not n't little never hardly unknown unclear uncertain".split())


def is_left_open(trigger: Token) -> bool:
    """Tell whether safety is only asked about: "whether the drug is safe", "nobody knows how safe it is"."""
    clause = trigger if trigger.dep_ in _ASKED else trigger.head
    asks = {c.lower_ for word in {trigger, clause} for c in word.lefts}
    if clause.dep_ not in _ASKED or not asks & {"how", "whether"}:
        return False
    above = clause.head
    return "whether" in asks or any(t.lower_ in _UNKNOWN for t in (above, *above.children))


_NONE = frozenset({"no", "without", "any", "zero", "free", "none"})
_FEW = frozenset({"few", "minimal"})


def _how_few(trigger: Token) -> str:
    """Tell how few side effects there are said to be: "no" ("side effects are missing"), "few", or "" where not."""
    first = max(0, trigger.left_edge.i - 2, trigger.i - 8)
    near = {t.lower_ for t in trigger.parse[first : trigger.i + 2]}
    said = {t.lower_ for t in (trigger.head, *trigger.head.children)} if trigger.dep_ == "nsubj" else set()
    if near & _NONE or said & {"missing", "absent"}:
        return "no"
    return "few" if near & _FEW else ""
