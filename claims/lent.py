"""Whether a sentence speaks of something else than the thing that its page lends it as a subject.

Bullets and short sentences are about what their page is about ("Relieves pain"); on a whole page there are others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.candidate import Candidate
from claims.lexicon import Lexicon
from claims.phrases import PERSON
from claims.subjects import SubjectOption
from claims.tokens import Token
from claims.words import word_list

_WAYS = word_list("ways")
_GENERIC = word_list("generic")
_MEASURES = word_list("measures")
_FORMS = _MEASURES | word_list("vehicles") | _GENERIC
# Subjects that leave open what acts: the page says it.
_LENDERS = _FORMS | _WAYS | word_list("studies") | word_list("proofs") | word_list("transparent") | PERSON
_NEEDS = word_list("consume") | {"need", "require"}
_UNHELPED = frozenset(
    {("by", "themselves"), ("by", "itself"), ("on", "own"), ("without", "treatment"), ("without", "help")}
)
_BY = frozenset({"by", "through", "with"})
_MOST = frozenset({"many", "most", "some"})
_OF_NEW = frozenset({"a", "an", "another", "few", "many", "most", "other", "our", "several", "some"})
_CLAUSES = frozenset({"csubj", "csubjpass"})
_SUBJECTS = _CLAUSES | {"nsubj", "nsubjpass", "expl"}
_RELATIVE = frozenset({"WDT", "WP"})
_NEAR = 6  # words: "there are several good treatments"


def is_about_something_else(c: Candidate, chosen: SubjectOption, lexicon: Lexicon, *, denied: bool) -> bool:
    """Tell whether a sentence says of its own what acts on an object, or only what the object is like."""
    lent = chosen.token is None
    elsewhere = lent and (_is_another_way(c.trigger, lexicon) or _is_spoken_of(c) or _stays(c, denied=denied))
    return elsewhere or _is_for_another(c, chosen, lexicon)


def _is_another_way(effect: Token, lexicon: Lexicon) -> bool:
    """Tell whether a sentence says by what an effect is had, and it is nothing that its page lends.

    "One way to prevent it is to eat less", "there are many things that keep it off", "wash your hands to prevent it".
    """
    verb = effect.first_conjunct
    above = verb.head
    if verb.dep_ in {"acl", "relcl"} and above.lemma_.lower() in _WAYS:
        return above.dep_ == "nsubj" or any(c.dep_ == "expl" for c in above.head.children)
    if not (verb.has_to and verb.dep_ in {"advcl", "xcomp", "acl"}):
        return False
    verb = above if above.pos_ == "VERB" else above.head  # the parser may hang it on the verb's object
    return any(c.dep_ == "dobj" and _is_something_else(c, lexicon) for c in verb.rights)


def _is_something_else(thing: Token, lexicon: Lexicon) -> bool:
    """Tell whether a thing is no measure or form of another: "your hands", not "two drops" or "this tea"."""
    plain = thing.pos_ == "NOUN" and thing.lemma_.lower() not in _FORMS
    return plain and not lexicon.is_actor(lexicon.resolve(thing.lemma_.lower()))


def _is_for_another(c: Candidate, chosen: SubjectOption, lexicon: Lexicon) -> bool:
    """Tell whether a sentence has another thing for a condition: "we discourage codeine and other opioids for it".

    Or has treatments for it that it goes on to name: "there are proven treatments for it, such as buprenorphine".
    """
    thing = c.object_token.first_conjunct if c.object_token is not None else None
    if thing is None or thing.dep_ != "pobj" or thing.head.lower_ not in {"for", "against"}:
        return False
    above = thing.head.head
    other = next((x for x in above.rights if x.dep_ == "dobj"), above)
    there = any(x.dep_ == "expl" for x in other.parse[max(0, other.i - _NEAR) : other.i])
    if there and other.lemma_.lower() in _GENERIC:
        return chosen.token is None or chosen.token not in other.subtree
    concept = lexicon.resolve(other.lower_) or lexicon.resolve(other.lemma_.lower())
    acts = lexicon.is_one_actor(concept)
    return acts and chosen.token is None and concept != chosen.phrase.concept


def _is_spoken_of(c: Candidate) -> bool:
    """Tell whether a sentence says what a condition is like: "depression is common and treatable"."""
    thing = c.object_token
    if thing is None or thing.dep_ != "nsubj" or thing.head.lemma_ != "be":
        return False
    return any(x.dep_ in {"acomp", "attr"} for x in thing.head.rights)


def _stays(c: Candidate, *, denied: bool) -> bool:
    """Tell whether a condition is itself what has not gone: "rickets has not disappeared from our cities"."""
    thing = c.object_token
    return denied and thing is not None and thing.dep_ == "nsubj" and thing.head == c.trigger


def has_a_subject(c: Candidate, options: Sequence[SubjectOption]) -> bool:
    """Tell whether the clause of an object says itself what acts, and newly so: its page need lend nothing.

    "A regular routine helps", "hypnosis helps", "is cured by excision", "eating fibre helps", "saquinavir, which treats
    it"; not "it helps", "the herb helps", "taking it helps".
    """
    thing = c.object_token
    verb = _with_a_subject(next((t for t in c.token.ancestors if t.pos_ in {"VERB", "AUX"}), c.token), thing)
    acting = (*_subjects(verb, thing), *_means(verb, thing), *_described(verb), *_done_by_those_with(thing))
    if any(_is_new(t) and t.lemma_.lower() not in _LENDERS for t in acting) or _goes_unhelped(verb, thing):
        return True
    # A name that the parser took for another part of speech, or left without one.
    return any(_opens(t) for t in verb.lefts) or any(
        "is_actor" in o.marks and o.token is not None and o.token in verb.lefts for o in options
    )


def _with_a_subject(verb: Token, thing: Token | None) -> Token:
    """Give the verb whose subject another has, too: "most of these turn out to be harmless", "helps and can heal".

    Or, for what the parser takes for a clause about a thing itself, the verb above: "melanoma found early is cured".
    """
    while _shares_a_subject(verb):
        verb = verb.head
    return verb.head if verb.dep_ in _CLAUSES and thing in verb.lefts else verb


def _shares_a_subject(verb: Token) -> bool:
    second = verb.dep_ == "xcomp" or (verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"})
    return second and not any(t.dep_ in _SUBJECTS for t in verb.lefts)


def _subjects(verb: Token, thing: Token | None) -> Iterator[Token]:
    """Yield the subjects of a verb but the object of the claim; of what is done, to what: "fibre" of "eating fibre"."""
    for subject in verb.lefts:
        if subject.dep_ in {"nsubj", "nsubjpass", "csubj"} and subject != thing and thing not in subject.conjuncts:
            yield _measured(_thing_of(subject))


def _means(verb: Token, thing: Token | None) -> Iterator[Token]:
    """Yield by what something is done: "cured by excision", "eased with a cream", "prevented by giving peanut"."""
    happens = thing is not None and thing.dep_ in _SUBJECTS and thing.head == verb
    for t in verb.rights:
        if t.dep_ == "agent" or (happens and t.dep_ == "prep" and t.lower_ in _BY):
            yield from (_thing_of(p) for p in t.rights if p.dep_ in {"pobj", "pcomp"})


def _thing_of(subject: Token) -> Token:
    """Give what a subject that is a verb is about: of "eating fibre", "gargling with salt water", "ice wrapped in"."""
    if subject.tag_ == "VBG":
        behind = (p for t in subject.rights if t.dep_ == "prep" for p in t.rights if p.dep_ == "pobj")
        return next((t for t in (*subject.rights, *behind) if t.dep_ in {"dobj", "pobj"}), subject)
    return next((t for t in subject.lefts if t.dep_ == "nsubj"), subject) if subject.dep_ in _CLAUSES else subject


def _measured(thing: Token) -> Token:
    """Give what there is so much of: "fibre" of "plenty of fibre"."""
    of = next((t for t in thing.rights if t.lower_ == "of"), None) if thing.lemma_.lower() in _MEASURES else None
    return next((t for t in of.rights if t.dep_ == "pobj"), thing) if of else thing


def _described(verb: Token) -> Iterator[Token]:
    """Yield what a clause describes, where the sentence is about another: "it interferes with X, a drug for Y".

    And what that is, but for a name: "gargling is a remedy that soothes", not "Zincova is the pill that".
    """
    if verb.dep_ not in {"acl", "relcl"} or any(t.dep_ in _SUBJECTS and t.tag_ not in _RELATIVE for t in verb.lefts):
        return
    thing = verb.head
    while thing.dep_ == "appos":
        thing = thing.head
    if thing.first_conjunct.dep_ in {"dobj", "pobj"}:
        yield thing
    elif thing.dep_ == "attr":
        yield from (t for t in _subjects(thing.head, thing) if t.pos_ != "PROPN")


def _done_by_those_with(thing: Token | None) -> Iterator[Token]:
    """Yield what those who have a condition need or take: "people with diabetes need insulin to live"."""
    if thing is None or thing.dep_ != "pobj" or thing.head.lower_ != "with":
        return
    who = thing.head.head
    if who.lemma_.lower() not in PERSON or who.dep_ not in {"nsubj", "nsubjpass"}:
        return
    for t in who.head.subtree:
        if t.dep_ == "dobj" and t.head.lemma_.lower() in _NEEDS:
            yield _measured(t)
        elif t.dep_ == "nsubj" and t.head.dep_ == "ccomp":  # "need insulin to live"
            yield t


def _goes_unhelped(verb: Token, thing: Token | None) -> bool:
    """Tell whether an ill is said to go, and not by what: "sore throats get better by themselves", "most are cured"."""
    behind = ((t.lower_, p.lower_) for t in verb.rights for p in t.rights if p.dep_ == "pobj")
    passive = thing is not None and thing.dep_ == "nsubjpass" and any(t.lower_ in _MOST for t in thing.lefts)
    return passive or any(pair in _UNHELPED for pair in behind)


def _opens(noun: Token) -> bool:
    """Tell whether a noun opens its sentence with no part in it: "Oestrogen on its own can", not "Digestion: it"."""
    return noun.i == 0 and noun.dep_ == "dep" and noun.pos_ in {"NOUN", "PROPN"} and not noun.nbor(1).is_punct


def _is_new(noun: Token) -> bool:
    """Tell whether a noun names what was not spoken of before: "a routine", a bare name such as "loperamide".

    So does what one does or is: "sitting up", "being overweight"; not "taking it".
    """
    if noun.dep_ == "csubj" and noun.tag_ == "VBG":
        return noun.lemma_.lower() not in _NEEDS
    lefts = (t for t in noun.lefts if t.dep_ != "advmod")
    first = next((t for t in lefts if t.dep_ != "compound" or noun.dep_ in _SUBJECTS), None)
    if first is not None:
        return first.lower_ in _OF_NEW and noun.pos_ in {"NOUN", "PROPN"}
    return noun.tag_ in {"NN", "NNP"}
