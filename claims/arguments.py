"""The arguments of a word by the parse: who acts, what it is done to, what its prepositions govern."""

from __future__ import annotations

from collections.abc import Iterator, Set

from claims.phrases import PERSON, Grounded, conjuncts, is_pronoun
from claims.tokens import Token
from claims.words import word_list

_CONSUME = word_list("consume")
_DEPTH = 8
_WAYS = frozenset({"way", "method", "secret", "key", "trick", "answer", "solution", "means"})


def complements(token: Token, options: Set[str]) -> tuple[list[Token], str]:
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


def _next_pobj(token: Token, options: Set[str]) -> tuple[list[Token], str]:
    """Take the preposition that follows a noun at once, where the parser hung it on the verb."""
    if token.pos_ != "NOUN" or token.i + 1 >= len(token.parse):
        return [], ""
    after = token.nbor(1)
    if after.dep_ == "prep" and after.lower_ in options and after.head == token.head:
        return [o for c in after.children if c.dep_ == "pobj" for o in conjuncts(c)], after.lower_
    # "the benefits of omega-3 for the heart"
    owners = (p for c in token.rights if c.lower_ == "of" for p in c.children if p.dep_ == "pobj")
    inner = next((c for o in owners for c in o.rights if c.dep_ == "prep" and c.lower_ in options), None)
    if inner is not None and "of" not in options:
        return [o for c in inner.children if c.dep_ == "pobj" for o in conjuncts(c)], inner.lower_
    return [], ""


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
        owned, _ = complements(token, {"of"})
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
        return [head] if g.lexicon.is_actor(g.concept(head)) or is_pronoun(head, g) else None
    return [token] if token.dep_ == "pobj" and depth and g.lexicon.is_actor(g.concept(token)) else None


def _other_side(token: Token) -> list[Token]:
    """Find what brings about a noun that is itself the subject: "relief comes from kratom", "the cure is kratom"."""
    inner, _ = complements(token, {"from", "with", "by"})
    by, _ = complements(token.head, {"with", "by", "from", "through"})
    attr = next((list(conjuncts(c)) for c in token.head.children if c.dep_ == "attr"), [])
    return inner or by or attr


def _verb_actors(verb: Token, g: Grounded, depth: int) -> Iterator[Token]:
    by, _ = complements(verb, {"by"}) if any(c.dep_ == "auxpass" for c in verb.children) else ([], "")
    if by and by[0].pos_ != "VERB":
        yield from by
        return
    if verb.dep_ == "csubj":
        yield from _instrument(verb)
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
            yield from _named(verb.head, g)
        elif own.lemma_.lower() in PERSON:
            yield from list(_instrument(verb)) or exposures(verb, g)
        elif tools := _tools(verb, own, g):
            yield from tools
        else:
            if verb.dep_ == "conj" and verb.head.dep_ == "ROOT" and verb.head.pos_ in {"NOUN", "PROPN"}:
                yield verb.head  # "Kratom and kava ease pain", read as "Kratom, and kava eases pain"
            yield from conjuncts(own)
        return
    if verb.dep_ in {"acl", "relcl"} and verb.head.pos_ in {"NOUN", "PROPN", "PRON"}:
        yield from _described_by(verb.head, g, depth)
        return
    if verb.head != verb:
        yield from actors(verb.head, g, depth + 1)
        return
    yield from _instrument(verb)


def _described_by(head: Token, g: Grounded, depth: int) -> Iterator[Token]:
    """Yield what acts where a verb only describes a noun: the noun, or what it belongs to."""
    if named := _named_way(head, g):
        yield from named
    elif g.lexicon.is_actor(g.concept(head)) or is_pronoun(head, g):
        yield head
    else:
        yield from actors(head, g, depth + 1)


def _named_way(noun: Token, g: Grounded) -> list[Token]:
    """Find the thing that a way or secret is said to be: "the best way to treat it is garlic"."""
    if noun.dep_ != "nsubj" or noun.head.lemma_ != "be" or noun.lemma_.lower() not in _WAYS:
        return []
    said = next((c for c in noun.head.children if c.dep_ == "attr"), None)
    return list(conjuncts(said)) if said is not None and g.lexicon.is_actor(g.concept(said)) else []


def _named(noun: Token, g: Grounded) -> Iterator[Token]:
    """Yield what a noun says of another thing, where it only names its kind: "spirulina is an alga that …"."""
    if noun.dep_ == "attr":
        subject = next((c for c in noun.head.children if c.dep_ == "nsubj"), None)
        thing = g.concept(subject) if subject is not None else ""
        if subject is not None and g.lexicon.is_actor(thing) and _is_kind(noun, thing, g):
            yield from conjuncts(subject)
            return
    if not g.concept(noun) and noun.dep_ == "appos" and g.lexicon.is_actor(g.concept(noun.head)):
        yield noun.head
        return
    yield from conjuncts(noun)


def _is_kind(noun: Token, thing: str, g: Grounded) -> bool:
    """Tell whether a noun names no thing of its own, but what another thing is: "an alga", "an antimalarial"."""
    return not g.concept(noun) or g.kind(noun) == "class" or g.concept(noun) in g.lexicon.ancestors(thing)


def _tools(verb: Token, own: Token, g: Grounded) -> list[Token]:
    """Find what acts where the subject only uses it: "hospitals treat the flu with vitamin C"."""
    if g.concept(own) or is_pronoun(own, g) or own.pos_ not in {"NOUN", "PROPN"} or verb.lemma_.lower() != "treat":
        return []
    return [t for t in complements(verb, {"with", "using"})[0] if g.lexicon.is_actor(g.concept(t))]


def exposures(verb: Token, g: Grounded) -> Iterator[Token]:
    """Yield what the people that a verb is about take or meet: "people who use X", "X users", "after taking X"."""
    who = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    around = [c for c in verb.children if c.dep_ in _CIRCUMSTANCES]
    places = [t for c in (who, *around) if c is not None for t in c.subtree]
    for t in places:
        hit = g.at.get(t.i)
        if hit and g.lexicon.is_one_actor(hit[0].concept) and t.dep_ in _EXPOSED:
            yield from conjuncts(t)
            return


_CIRCUMSTANCES = frozenset({"prep", "advcl"})
_EXPOSED = frozenset({"dobj", "pobj", "compound", "nsubj", "nmod"})


EXAMPLES = frozenset({"like", "as", "including"})


def examples(noun: Token, words: Set[str] = EXAMPLES) -> Iterator[Token]:
    """Yield the things that a noun names as its kind: "remedies like kratom", "herbs such as kava"."""
    for c in noun.rights:
        if c.dep_ == "prep" and c.lower_ in words:
            yield from (o for p in c.children if p.dep_ == "pobj" for o in conjuncts(p))


def _instrument(verb: Token) -> Iterator[Token]:
    """Yield what people do something with: "you can ease pain with turmeric", "by taking zinc"."""
    found, _ = complements(verb, {"with", "by", "through", "from", "using"})
    for f in found:
        if f.pos_ == "VERB":
            for c in f.children:
                if c.dep_ == "dobj":
                    yield from conjuncts(c)
        else:
            yield f


def _relative(token: Token) -> bool:
    return token.lower_ in {"which", "that", "who"} and token.tag_ in {"WDT", "WP", "IN", "DT"}
