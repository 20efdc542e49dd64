"""Find the words that state a relation, and who does what to whom by the parse."""

from __future__ import annotations

from collections.abc import Iterator

from claims.arguments import actors, complements, examples, patients
from claims.concepts import CONDITION_KINDS, HEALTH_KINDS
from claims.cues import CueRow, Cues
from claims.frame import Frame
from claims.idioms import WHOLE_FRAMES
from claims.phrases import PERSON, Grounded, conjuncts, is_pronoun
from claims.properties import ascribed, property_name
from claims.tokens import Token
from claims.words import word_list

_NOUNS = {"NOUN", "PROPN", "PRON", "NUM", "ADJ"}


def frames(g: Grounded, cues: Cues) -> list[Frame]:
    """List the relation frames of a sentence, in reading order; one trigger gives one frame."""
    out = []
    for token in g.tokens:
        frame = _frame_at(token, g, cues)
        if frame:
            out.append(frame)
    return out


def _frame_at(token: Token, g: Grounded, cues: Cues) -> Frame | None:
    # "Avoid it if you are pregnant" forbids before it prevents anything.
    for row in cues.cautions.get(token.lemma_.lower(), ()):
        caution = WHOLE_FRAMES[row.frame](token, row, g)
        if caution:
            return caution
    has = ascribed(token, cues, g)
    if has:
        return has
    rows = cues.relations.get(_unit(token)) or cues.relations.get(token.lower_)
    if not rows:
        return _affix(token, g, cues)
    best: Frame | None = None
    for row in sorted(rows, key=lambda r: ":" not in r.frame):
        shape, _, tails = row.frame.partition(":")
        if shape in WHOLE_FRAMES:
            best = WHOLE_FRAMES[shape](token, row, g)
            if best:
                return best
            continue
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


def _verb(token: Token, row: CueRow, options: set[str], g: Grounded) -> Frame | None:
    if token.pos_ not in {"VERB", "AUX"} and not _misread_verb(token, g):
        return None
    passive = _is_passive(token)
    if options:
        objects, particle = complements(token, options)
        if not objects and token.dep_ == "relcl":
            return None
        if not objects:
            return None
        subjects = list(patients(token)) if passive else list(actors(token, g))
        if row.value == "caused-by" and any(s.lemma_.lower() in PERSON for s in subjects):
            return None  # "people suffer from pain" says nothing of what pain causes
        return Frame(row, token, objects, subjects or list(actors(token, g)), particle)
    if passive:
        agents, _ = complements(token, {"by", "with", "through"})
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


def _is_passive(verb: Token) -> bool:
    if any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children):
        return True
    if verb.tag_ != "VBN" or any(c.dep_ in {"dobj", "aux", "nsubj"} for c in verb.children):
        return False
    # "it can be prevented and treated"
    joined = verb.dep_ == "conj" and verb.head.tag_ == "VBN" and _is_passive(verb.head)
    return joined or verb.dep_ in {"acl", "relcl", "amod"}


def _next_thing(token: Token, g: Grounded) -> list[Token]:
    """Take the condition or function that follows at once, where the parser lost the verb's object."""
    for t in g.tokens[token.i + 1 : token.i + 5]:
        if g.kind(t) in HEALTH_KINDS:
            _, first, last = g.at[t.i]
            return list(conjuncts(g.tokens.root(first, last)))
        if t.is_punct or t.lower_ in {"but", "and", "or", "that", "because"} or t.pos_ in {"VERB", "ADP"}:
            return []
    return []


def _misread_verb(token: Token, g: Grounded) -> bool:
    """Accept a verb that the tagger took for a noun, by its object or its place at the root."""
    if g.concept(token):
        return False
    kids = {c.dep_ for c in token.children}
    return token.pos_ in {"NOUN", "PROPN", "ADJ"} and (
        "dobj" in kids
        or (token.dep_ == "ROOT" and token.opens and token.i + 1 < len(g.tokens) and token.tag_ != "NN")
        or (token.opens and token.modifies and token.lower_ != token.lemma_)
    )


def _loose_object(token: Token, g: Grounded) -> list[Token]:
    """Take the next word group as the object of a verb at the start of a bullet that was read as a noun."""
    if (
        token.opens
        and token.modifies
        and token.head.pos_ in {"NOUN", "PROPN"}
    ):
        return list(conjuncts(token.head))
    return []


def _shared_object(token: Token) -> Token | None:
    """Find the object that coordinated verbs share: "treats and prevents colds"."""
    verbs = (v for v in token.conjuncts if v.i > token.i and v.pos_ == "VERB")
    return next((c for v in verbs for c in v.children if c.dep_ == "dobj"), None)


def _noun(token: Token, row: CueRow, options: set[str], g: Grounded) -> Frame | None:
    if token.pos_ not in {"NOUN", "PROPN"}:
        return None
    hit = g.at.get(token.i)
    if hit and hit[2] - hit[1] > 1 and row.value not in {"treats", "sideeffect"}:
        return None
    if row.value == "safe":
        seeming = token.dep_ == "pobj" and token.head.head.lemma_.lower() in _SEEMINGS
        return Frame(row, token, [], list(actors(token.head.head, g))) if seeming else None
    if token.dep_ == "pobj" and token.head.lower_ in _APART and row.value != "sideeffect":
        return None
    if row.value == "treats" and _is_hindered(token):
        return None
    objects, particle = complements(token, options)
    if not objects:
        objects = [c for c in token.lefts if c.modifies and g.kind(c) in HEALTH_KINDS]
        objects = [o for c in objects for o in conjuncts(c)] or [
            g.tokens[i]
            for i in range(max(0, token.i - 3), token.i)
            if g.kind(g.tokens[i]) in CONDITION_KINDS
            and all(t.modifies or t.dep_ == "punct" for t in g.tokens[i : token.i])
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
    # "Pain relief such as ibuprofen".
    subjects = list(actors(token, g)) or [t for t in examples(token) if g.lexicon.is_actor(g.concept(t))]
    return Frame(row, token, objects, subjects, particle)


# "He chose herbs over cancer treatment": what stands behind these is set apart from the subject.
_APART = frozenset("over than without from about into between among during after before".split())


def _adjective(token: Token, row: CueRow, options: set[str], g: Grounded) -> Frame | None:
    if token.pos_ not in {"ADJ", "ADV", "NOUN", "VERB", "PROPN"}:
        return None
    particles = options or {"for", "in", "to", "when", "during", "with"}
    objects, particle = complements(token, particles)
    if not objects and row.value in {"safe", "unsafe"} and token.dep_ == "acomp":
        objects, particle = complements(token.head, particles)  # "is not safe | during pregnancy"
    if options and not objects:
        inf = next((c for c in token.children if c.dep_ in {"xcomp", "advcl"} and c.pos_ == "VERB"), None)
        if inf is None and token.dep_ == "amod":
            objects, particle = complements(token.head, options)
        if not objects:
            return None
    if row.value == "harms":
        objects = [o for o in objects if g.kind(o) in {"function", "target"}]
        if not objects:
            return None
    return Frame(row, token, objects, list(actors(token, g)), particle)


_HINDRANCES = word_list("hindrances")


def _is_hindered(treatment: Token) -> bool:
    """Tell whether a treatment is only what something gets in the way of: "interferes with treatment for cancer"."""
    above = treatment.head.head if treatment.dep_ == "pobj" else treatment.head
    lessened = treatment.dep_ == "nsubj" and any(c.lower_ == "less" for c in above.children)
    return lessened or (treatment.dep_ in {"dobj", "pobj", "nsubjpass"} and above.lemma_.lower() in _HINDRANCES)


_SEEMINGS = frozenset({"sense", "perception", "illusion", "feeling", "impression", "appearance"})


def _affix(token: Token, g: Grounded, cues: Cues) -> Frame | None:
    """Read "anti-cancer", "kratom-induced hair loss", "anxiety-reducing": words joined by hyphens."""
    i = token.i
    if i + 2 < len(g.tokens) and g.tokens[i + 1].text == "-" and property_name(g.tokens[i + 2]) not in cues.properties:
        row = next((r for r in cues.relations.get(token.lower_, ()) if r.frame == "pre"), None)
        if row:
            return Frame(
                row,
                token,
                [g.tokens[i + 2]],
                list(_described(token.head if token.head.i != i + 2 else token.head.head, g)),
            )
    if token.lower_.startswith("anti") and len(token.lower_) > 6:
        row = next((r for r in cues.relations.get("anti", ()) if r.frame == "pre"), None)
        if row and g.lexicon.kind(g.lexicon.resolve(token.lower_[4:].strip("-"))) == "condition":
            return Frame(row, token, [token], list(_described(token, g)))
    if i >= 2 and g.tokens[i - 1].text == "-":
        row = next((r for r in cues.relations.get(token.lower_, ()) if r.frame == "suf"), None)
        if row:
            left = g.tokens[i - 2]
            if row.value == "causes":
                head = token.head if token.head.i > i else (g.tokens[i + 1] if i + 1 < len(g.tokens) else token)
                return Frame(row, token, [head], [left]) if head.pos_ in _NOUNS else None
            return Frame(row, token, [left], list(actors(token.head, g)))
    return None


def _described(word: Token, g: Grounded) -> Iterator[Token]:
    """Yield what an adjective describes: its noun if that acts, else what is said to be or to have that noun."""
    noun = word.head if word.modifies else word
    if g.lexicon.is_actor(g.concept(noun)) or is_pronoun(noun, g):
        yield noun
    elif noun.dep_ in {"attr", "acomp", "appos", "dobj", "ROOT", "nsubj"}:
        yield from actors(noun, g)
