"""Find the words that state a relation, and who does what to whom by the parse."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from claims.cues import CueRow, Cues
from claims.phrases import PERSON, Grounded, conjuncts, is_pronoun
from claims.words import word_list

_CONSUME = word_list("consume")
_NOUNS = {"NOUN", "PROPN", "PRON", "NUM", "ADJ"}
_DEPTH = 8


@dataclass(slots=True)
class Frame:
    """A relation word with its arguments; `subjects` is empty where the sentence names none."""

    row: CueRow
    trigger: Token
    objects: list[Token] = field(default_factory=list)
    subjects: list[Token] = field(default_factory=list)
    particle: str = ""


def frames(g: Grounded, cues: Cues) -> list[Frame]:
    """List the relation frames of a sentence, in reading order; one trigger gives one frame."""
    out = []
    for token in g.tokens:
        frame = _frame_at(token, g, cues)
        if frame:
            out.append(frame)
    return out


def _frame_at(token: Token, g: Grounded, cues: Cues) -> Frame | None:
    rows = cues.relations.get(_unit(token)) or cues.relations.get(token.lower_)
    if not rows:
        return _affix(token, g, cues)
    best: Frame | None = None
    for row in sorted(rows, key=lambda r: ":" not in r.frame):
        if row.frame in _WHOLE_FRAMES:
            best = _WHOLE_FRAMES[row.frame](token, row, g)
            if best:
                return best
            continue
        shape, _, tails = row.frame.partition(":")
        options = set(tails.split("/")) if tails else set()
        if shape == "v":
            best = _verb(token, row, options, g)
        elif shape == "n":
            best = _noun(token, row, options, g)
        elif shape == "a":
            best = _adjective(token, row, options, g)
        if best:
            return best
    return _affix(token, g, cues)


def _unit(token: Token) -> str:
    """Give a word's lemma, with the word before it where they are one cue: "side effect"."""
    lemma = token.lemma_.lower()
    if lemma in {"effect", "reaction"} and token.i and token.nbor(-1).lower_ in {"side", "adverse", "unwanted"}:
        return f"{token.nbor(-1).lower_} {lemma}"
    return lemma


def _pobj(token: Token, options: set[str]) -> tuple[list[Token], str]:
    """Find the object of a preposition or particle of a word, among those wanted."""
    for child in token.children:
        if child.dep_ in {"prep", "prt", "agent", "dative", "advmod", "mark"} and child.lower_ in options:
            for c in child.children:
                if c.dep_ in {"pobj", "pcomp"}:
                    return list(conjuncts(c)), child.lower_
            if child.dep_ in {"prt", "advmod"}:
                dobj = [c for c in token.children if c.dep_ in {"dobj", "nsubjpass", "obj"}]
                for d in dobj:
                    return list(conjuncts(d)), child.lower_
                for c in child.rights:
                    return list(conjuncts(c)), child.lower_
    return _next_pobj(token, options)


def _next_pobj(token: Token, options: set[str]) -> tuple[list[Token], str]:
    """Take the preposition that follows a noun at once, where the parser hung it on the verb."""
    if token.pos_ != "NOUN" or token.i + 1 >= len(token.doc):
        return [], ""
    after = token.nbor(1)
    if after.dep_ == "prep" and after.lower_ in options and after.head == token.head:
        return [o for c in after.children if c.dep_ == "pobj" for o in conjuncts(c)], after.lower_
    return [], ""


def _verb(token: Token, row: CueRow, options: set[str], g: Grounded) -> Frame | None:
    if token.pos_ not in {"VERB", "AUX"} and not _misread_verb(token, g):
        return None
    passive = any(c.dep_ in {"auxpass", "nsubjpass"} for c in token.children) or (
        token.tag_ == "VBN"
        and token.dep_ in {"acl", "relcl", "amod"}
        and not any(c.dep_ in {"dobj", "aux"} for c in token.children)
    )
    if options:
        objects, particle = _pobj(token, options)
        if not objects and token.dep_ == "relcl":
            return None
        if not objects:
            return None
        subjects = list(patients(token)) if passive else list(actors(token, g))
        if row.value == "caused-by":
            return Frame(row, token, subjects or list(actors(token, g)), objects, particle)
        return Frame(row, token, objects, subjects or list(actors(token, g)), particle)
    if passive:
        agents, _ = _pobj(token, {"by", "with", "through"})
        objects = list(patients(token))
        if not objects:
            return None
        if any(o.lemma_.lower() in PERSON for o in objects):
            objects = [o for o in objects if o.lemma_.lower() not in PERSON]
        return Frame(row, token, objects, agents) if objects else None
    objects = [o for c in token.children if c.dep_ in {"dobj", "obj", "attr", "oprd"} for o in conjuncts(c)]
    if not objects:
        objects = _loose_object(token, g)
    if not objects:
        shared = _shared_object(token)
        objects = list(conjuncts(shared)) if shared is not None else []
    if not objects:
        objects = _next_thing(token, g)
    return Frame(row, token, objects, list(actors(token, g))) if objects else None


def _next_thing(token: Token, g: Grounded) -> list[Token]:
    """Take the condition or function that follows at once, where the parser lost the verb's object."""
    for t in g.doc[token.i + 1 : token.i + 5]:
        if t.is_punct or t.lower_ in {"but", "and", "or", "that", "because"} or t.pos_ in {"VERB", "ADP"}:
            return []
        if g.kind(t) in {"condition", "symptom", "function"}:
            _, first, last = g.at[t.i]
            return list(conjuncts(g.doc[first:last].root))
    return []


def _misread_verb(token: Token, g: Grounded) -> bool:
    """Accept a verb that the tagger took for a noun, by its object or its place at the root."""
    if g.concept(token):
        return False
    kids = {c.dep_ for c in token.children}
    return token.pos_ in {"NOUN", "PROPN", "ADJ"} and (
        "dobj" in kids
        or (token.dep_ == "ROOT" and token.i == token.sent.start and token.i + 1 < len(g.doc) and token.tag_ != "NN")
        or (token.i == token.sent.start and token.dep_ in {"compound", "amod", "nmod"} and token.lower_ != token.lemma_)
    )


def _loose_object(token: Token, g: Grounded) -> list[Token]:
    """Take the next word group as the object of a verb at the start of a bullet that was read as a noun."""
    if (
        token.i == token.sent.start
        and token.dep_ in {"compound", "amod", "nmod"}
        and token.head.pos_ in {"NOUN", "PROPN"}
    ):
        return list(conjuncts(token.head))
    return []


def _shared_object(token: Token) -> Token | None:
    """Find the object that coordinated verbs share: "treats and prevents colds"."""
    for child in token.children:
        if child.dep_ == "conj" and child.pos_ == "VERB":
            for c in child.children:
                if c.dep_ == "dobj":
                    return c
    return None


def _noun(token: Token, row: CueRow, options: set[str], g: Grounded) -> Frame | None:
    if token.pos_ not in {"NOUN", "PROPN"}:
        return None
    hit = g.at.get(token.i)
    if hit and hit[2] - hit[1] > 1 and row.value not in {"treats", "sideeffect"}:
        return None
    if row.value == "safe":
        seeming = token.dep_ == "pobj" and token.head.head.lemma_.lower() in _SEEMINGS
        return Frame(row, token, [], list(actors(token.head.head, g))) if seeming else None
    objects, particle = _pobj(token, options)
    if not objects:
        objects = [
            c
            for c in token.lefts
            if c.dep_ in {"compound", "amod", "nmod"} and g.kind(c) in {"condition", "symptom", "function"}
        ]
        objects = [o for c in objects for o in conjuncts(c)] or [
            g.tokens[i]
            for i in range(max(0, token.i - 3), token.i)
            if g.kind(g.tokens[i]) in {"condition", "symptom"}
            and all(t.dep_ in {"compound", "amod", "nmod", "punct"} for t in g.doc[i : token.i])
        ][:1]
    if not objects:
        objects = [
            o
            for c in token.rights
            if c.dep_ == "acl" and c.pos_ == "VERB"
            for d in c.children
            if d.dep_ == "dobj"
            for o in conjuncts(d)
        ]
    if not objects and row.value not in {"sideeffect", "risk"}:
        return None
    return Frame(row, token, objects, list(actors(token, g)), particle)


def _adjective(token: Token, row: CueRow, options: set[str], g: Grounded) -> Frame | None:
    if token.pos_ not in {"ADJ", "ADV", "NOUN", "VERB", "PROPN"}:
        return None
    objects, particle = _pobj(token, options or {"for", "in", "to", "when", "during", "with"})
    if options and not objects:
        inf = next((c for c in token.children if c.dep_ in {"xcomp", "advcl"} and c.pos_ == "VERB"), None)
        if inf is None and token.dep_ == "amod":
            objects, particle = _pobj(token.head, options)
        if not objects:
            return None
    return Frame(row, token, objects, list(actors(token, g)), particle)


def _named_for(token: Token, row: CueRow, g: Grounded) -> Frame | None:
    """Read a thing named with what it is for ("kratom for pain"), where nothing else is said of it."""
    head = token.head
    if (
        token.dep_ != "prep"
        or not g.lexicon.is_actor(g.concept(head))
        or head.dep_ not in {"ROOT", "compound", "nsubj"}
    ):
        return None
    if any(t.pos_ == "VERB" for t in g.tokens if t.i < token.i) or len(g.doc) > 14:
        return None
    objects = [
        o
        for c in token.children
        if c.dep_ == "pobj"
        for o in conjuncts(c)
        if g.kind(o) in {"condition", "symptom", "function"}
    ]
    return Frame(row, token, objects, list(conjuncts(head))) if objects else None


def _made_likely(token: Token, row: CueRow, g: Grounded) -> Frame | None:
    """Read "makes heart attacks less likely", "people who sleep little are likelier to fall ill"."""
    verb = token.head
    if verb.lemma_.lower() not in {"make", "become", "leave"} or not any(
        c.lower_ in {"more", "less"} for c in token.children
    ):
        return None
    objects = [
        o
        for c in (*verb.children, *token.children)
        if (c.dep_ in {"dobj", "nsubj"} and c.head != verb) or c.dep_ == "dobj"
        for o in conjuncts(c)
    ]
    return Frame(row, token, objects, list(actors(verb, g))) if objects else None


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


_WHOLE_FRAMES: dict[str, Callable[[Token, CueRow, Grounded], Frame | None]] = {
    "for": _named_for,
    "likely": _made_likely,
    "compound": _named_after,
}
_SEEMINGS = frozenset({"sense", "perception", "illusion", "feeling", "impression", "appearance"})


def _affix(token: Token, g: Grounded, cues: Cues) -> Frame | None:
    """Read "anti-cancer", "kratom-induced hair loss", "anxiety-reducing": words joined by hyphens."""
    i = token.i
    if i + 2 < len(g.doc) and g.tokens[i + 1].text == "-":
        row = next((r for r in cues.relations.get(token.lower_, ()) if r.frame == "pre"), None)
        if row:
            return Frame(
                row,
                token,
                [g.tokens[i + 2]],
                list(actors(token.head if token.head.i != i + 2 else token.head.head, g)),
            )
    if token.lower_.startswith("anti") and len(token.lower_) > 6:
        row = next((r for r in cues.relations.get("anti", ()) if r.frame == "pre"), None)
        if row and g.lexicon.kind(g.lexicon.resolve(token.lower_[4:].strip("-"))) == "condition":
            return Frame(row, token, [token], list(actors(token, g)))
    if i >= 2 and g.tokens[i - 1].text == "-":
        row = next((r for r in cues.relations.get(token.lower_, ()) if r.frame == "suf"), None)
        if row:
            left = g.tokens[i - 2]
            if row.value == "causes":
                head = token.head if token.head.i > i else (g.tokens[i + 1] if i + 1 < len(g.doc) else token)
                return Frame(row, token, [head], [left]) if head.pos_ in _NOUNS else None
            return Frame(row, token, [left], list(actors(token.head, g)))
    return None


def patients(verb: Token) -> Iterator[Token]:
    """Yield what a passive verb is done to."""
    own = [c for c in verb.children if c.dep_ in {"nsubjpass", "nsubj"}]
    if own:
        for c in own:
            yield from conjuncts(verb.head if _relative(c) and verb.dep_ == "relcl" else c)
    elif verb.dep_ in {"acl", "relcl"}:
        yield verb.head
    elif verb.dep_ == "conj":
        yield from patients(verb.head)


def actors(token: Token, g: Grounded, depth: int = 0) -> Iterator[Token]:
    """Yield the heads of what acts, climbing from a relation word to the subject it inherits."""
    if depth > _DEPTH:
        return
    if token.pos_ in {"VERB", "AUX"}:
        yield from _verb_actors(token, g, depth)
        return
    found = _owner(token) or _beside(token, g, depth)
    if found is not None:
        yield from found
    elif token.head != token:
        yield from actors(token.head, g, depth + 1)


_OF_ITS_OWNER = frozenset({"ability", "potential", "capacity", "power", "property", "benefit", "effect", "use"})


def _owner(token: Token) -> list[Token] | None:
    """Find whose ability or effect a noun names: "kratom's ability", "the effect of kratom", an apposition."""
    for c in token.children:
        if c.dep_ == "poss" and c.lower_ not in {"your", "our", "my", "his", "her"}:
            return list(conjuncts(c))
    if token.lemma_.lower() in _OF_ITS_OWNER:
        owned, _ = _pobj(token, {"of"})
        if owned:
            return owned
    return list(conjuncts(token.head)) if token.dep_ == "appos" else None


def _beside(token: Token, g: Grounded, depth: int) -> list[Token] | None:
    """Find what acts beside a noun: its clause's other side, its compound, the thing it describes."""
    compound = next(
        (c for c in token.lefts if c.dep_ in {"compound", "nmod"} and g.lexicon.is_actor(g.concept(c))), None
    )
    if token.dep_ in {"nsubj", "nsubjpass"} and token.head.pos_ in {"VERB", "AUX"} and depth == 0:
        return _other_side(token)
    if token.head == token:
        subject = next((c for c in token.children if c.dep_ == "nsubj"), None)
        return [*(conjuncts(subject) if subject is not None else ()), *([compound] if compound is not None else ())]
    if compound is not None and depth == 0:
        return [compound]
    head = token.head
    if token.dep_ == "amod" and head.pos_ in {"NOUN", "PROPN"}:
        return [head] if g.lexicon.is_actor(g.concept(head)) or is_pronoun(head) else None
    return [token] if token.dep_ == "pobj" and depth and g.lexicon.is_actor(g.concept(token)) else None


def _other_side(token: Token) -> list[Token]:
    """Find what brings about a noun that is itself the subject: "relief comes from kratom", "the cure is kratom"."""
    inner, _ = _pobj(token, {"from", "with", "by"})
    by, _ = _pobj(token.head, {"with", "by", "from", "through"})
    attr = next((list(conjuncts(c)) for c in token.head.children if c.dep_ == "attr"), [])
    return inner or by or attr


def _verb_actors(verb: Token, g: Grounded, depth: int) -> Iterator[Token]:
    by, _ = _pobj(verb, {"by"}) if any(c.dep_ == "auxpass" for c in verb.children) else ([], "")
    if by and by[0].pos_ != "VERB":
        yield from by
        return
    consumed = [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"}] if verb.lemma_.lower() in _CONSUME else []
    own = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass", "csubj", "expl"}), None)
    if consumed and depth and (own is None or own.lemma_.lower() in PERSON or own in consumed):
        yield from conjuncts(consumed[0])
        return
    if own is not None and own.dep_ == "csubj":
        inner = next((c for c in own.children if c.dep_ == "dobj"), own)
        yield from conjuncts(inner)
        return
    if own is not None and own.dep_ != "expl":
        if _relative(own) and verb.dep_ in {"relcl", "ccomp", "advcl"}:
            yield from conjuncts(verb.head)
        elif own.lemma_.lower() in PERSON:
            yield from _instrument(verb)
        else:
            yield from conjuncts(own)
        return
    if verb.dep_ in {"acl", "relcl"} and verb.head.pos_ in {"NOUN", "PROPN", "PRON"}:
        head = verb.head
        if g.lexicon.is_actor(g.concept(head)) or is_pronoun(head):
            yield head
        else:
            yield from actors(head, g, depth + 1)
        return
    if verb.head != verb:
        yield from actors(verb.head, g, depth + 1)
        return
    yield from _instrument(verb)


def _instrument(verb: Token) -> Iterator[Token]:
    """Yield what people do something with: "you can ease pain with turmeric", "by taking zinc"."""
    found, _ = _pobj(verb, {"with", "by", "through", "from", "using"})
    for f in found:
        if f.pos_ == "VERB":
            for c in f.children:
                if c.dep_ == "dobj":
                    yield from conjuncts(c)
        else:
            yield f


def _relative(token: Token) -> bool:
    return token.lower_ in {"which", "that", "who"} and token.tag_ in {"WDT", "WP", "IN", "DT"}
