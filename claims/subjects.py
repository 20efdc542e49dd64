"""What a claim could be about: subjects that rules found, that its sentence names, that its page lends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from claims.arguments import examples
from claims.candidate import Candidate, Surroundings
from claims.concepts import OBJECT_KINDS
from claims.lexicon import fold
from claims.phrases import PERSON, Grounded, Phrase, conjuncts, is_pronoun, phrase, seen_through, spelled
from claims.tokens import SUBJECT_DEPS, Token
from claims.words import word_list

_NAMING_NOTHING = word_list("naming nothing")


@dataclass(slots=True)
class SubjectOption:
    """A subject that a candidate could have, with what speaks for it."""

    phrase: Phrase
    token: Token | None
    marks: list[str] = field(default_factory=list)


class _Options:
    """Collects subject options by their words; what speaks for one adds up."""

    def __init__(self, c: Candidate) -> None:
        self.found: dict[str, SubjectOption] = {}
        self._object = c.object.text

    def put(self, filler: Phrase, at: Token | None, *marks: str) -> None:
        """Add an option, or marks to it."""
        if not filler.text or filler.pronoun or filler.text == self._object:
            return
        option = self.found.setdefault(filler.text, SubjectOption(filler, at, []))
        option.marks += marks
        if at is not None and option.token is None:
            option.token = at


def subject_options(c: Candidate, g: Grounded, named: Named, around: Surroundings) -> list[SubjectOption]:
    """List the subjects a candidate could have: those rules named, those its sentence names, those its page lends."""
    options = _Options(c)
    token = c.token
    pointing = _framed(c, g, options)
    if c.lead is None:  # what a line of a list names is what it is about
        _mentioned(token, named, options)
        _other_phrases(token, named, options)
        if named.pointer is not None and not (around.focus or around.topic or around.page_noun):
            called = Phrase(fold(named.pointer.text), g.concept(named.pointer), named.pointer.i)
            options.put(called, named.pointer, "pointer")
        for filler, mark in named.lent:
            options.put(filler, None, mark)
    shared = [
        f"named{min(3, named.actors)}",
        "framed" if c.framed else "unframed",
        "pointing" if pointing else "plain",
    ]
    above = _arcs_above(token)
    for option in options.found.values():
        sources = [f"{m}|{about}" for m in option.marks if m in _SOURCES for about in named.about]
        _finish(option, c, g, around, shared)
        option.marks += sources
        option.marks += _worded(option, above)
    return list(options.found.values())


# What put an option forward.
_SOURCES = frozenset(
    {"frame", "mention", "whole", "condition", "np", "pointer"}
    | {"focus", "topic", "lead", "page_condition", "last_condition", "heading", "spoken", "page_noun"}
)


def _arcs_above(token: Token) -> dict[int, str]:
    """Give the arc by which each word above one leads down to it: of "herbs which heal", to what "heals", a relcl."""
    arcs, below = {}, token
    for above in token.ancestors:
        arcs[above.i], below = below.dep_, above
    return arcs


def _worded(option: SubjectOption, above: Mapping[int, str]) -> Iterator[str]:
    """Name the words of an option, the word it hangs on, and the arc by which the object hangs on it, if it does."""
    yield f"last_{(option.phrase.text.split() or [''])[-1]}"
    t = option.token
    if t is None:
        return
    yield f"head_{t.lemma_.lower()}"
    yield f"on_{t.head.lemma_.lower()}_{t.dep_}"
    yield f"pos_{t.pos_}"
    yield "plural" if t.tag_ in {"NNS", "NNPS"} else "singular"
    if t.i in above:
        yield f"above_{above[t.i]}"


def _framed(c: Candidate, g: Grounded, options: _Options) -> bool:
    """Add the subjects that rules found; tell whether one of them only points back."""
    pointing = False
    for token in c.framed:
        together = list(conjuncts(seen_through(token, g)))  # "the use of yoga and meditation": of both
        if c.token in together:  # "no link between vaccines and autism or asthma"
            together = [token]
        for head in (*together, *(() if is_pronoun(token, g) else examples(token))):
            if _points_back(head, g):
                pointing = pointing or head.lemma_.lower() not in PERSON
            elif not _names_nothing(head) and head.pos_ in {"NOUN", "PROPN", "ADJ", "VERB", "NUM"}:
                options.put(phrase(head, g), head, "frame", f"frame_{head.pos_}")
    return pointing


class _Named(NamedTuple):
    """A mention that a sentence could be about: its place among those that act, and how it is put."""

    first: int  # its first token
    acts: bool
    nth: int  # acting mentions before it
    root: Token
    whole: Phrase  # of the noun phrase around it
    name: Phrase  # of the mention itself


class Named(NamedTuple):
    """What a sentence names, read once for all its claims."""

    mentions: tuple[_Named, ...]
    others: tuple[tuple[Token, Phrase], ...]  # noun phrases, whether a concept covers them or not
    actors: int  # mentions of things that act, those that only point back included
    about: tuple[str, str]  # what points back in it, and what its main clause is about
    pointer: Token | None  # the noun that points back: "the vaccine", which may be all that the page calls it
    lent: tuple[tuple[Phrase, str], ...]  # what its page puts forward, each with why

    @classmethod
    def of(cls, g: Grounded, around: Surroundings) -> Named:
        """Read what a parsed sentence names, and what its page lends it."""
        actors, mentions = 0, []
        for i in sorted(g.at):
            mention, first, last = g.at[i]
            if i != first:
                continue
            acts, nth = g.lexicon.is_actor(mention.concept), actors
            actors += acts
            root = g.tokens.root(first, last)
            if not (acts or g.lexicon.kind(mention.concept) in OBJECT_KINDS):
                continue
            # "the drug" points back, whatever class of drugs the lexicon knows.
            if not is_pronoun(root, g) and not _names_nothing(root):
                name = Phrase(spelled(mention, g), mention.concept, root.i)
                mentions.append(_Named(first, acts, nth, root, phrase(root, g), name))
        others = ((t, phrase(t, g)) for t in g.tokens if _heads_a_phrase(t) and not is_pronoun(t, g))
        pointer = _pointer(g)
        noun = pointer if pointer is not None and pointer.pos_ in {"NOUN", "PROPN"} else None
        return cls(tuple(mentions), tuple(others), actors, (_points(pointer), _main_subject(g)), noun, _lent(g, around))


def _points_back(t: Token, g: Grounded) -> bool:
    """Tell whether a word only points to what was named: a pronoun, or a noun such as "the drug"."""
    return t.pos_ in {"PRON", "DET"} or is_pronoun(t, g)


def _pointer(g: Grounded) -> Token | None:
    """Find the first subject that only points back: a pronoun, or a noun such as "the drug"."""
    return next((t for t in g.tokens if t.dep_ in SUBJECT_DEPS and _points_back(t, g)), None)


def _points(pointer: Token | None) -> str:
    """Name what points back."""
    if pointer is None:
        return "points_none"
    return f"points_{pointer.lower_}" if pointer.pos_ in {"PRON", "DET"} else "points_noun"


def _main_subject(g: Grounded) -> str:
    """Name the kind of subject that the main clause has."""
    for t in g.tokens:
        if t.dep_ in SUBJECT_DEPS and t.head.dep_ == "ROOT":
            if _points_back(t, g):
                return "main_pointer"
            return "main_known" if t.i in g.kinds else "main_unknown"
    return "main_none"


_PHRASE_DEPS = SUBJECT_DEPS | {"pobj", "dobj", "ROOT", "csubj", "attr"}


def _heads_a_phrase(t: Token) -> bool:
    noun = t.pos_ in {"NOUN", "PROPN"} or (t.pos_ == "VERB" and t.dep_ == "csubj")
    return noun and t.dep_ in _PHRASE_DEPS and not _names_nothing(t)


def _names_nothing(t: Token) -> bool:
    """Tell whether a noun is of a person, or only of what is said: "Myth: …", "the best way to sleep is valerian"."""
    lemma = t.lemma_.lower()
    return lemma in PERSON or lemma in _NAMING_NOTHING


def _mentioned(token: Token, named: Named, options: _Options) -> None:
    """Add the things that the sentence names, acting ones and conditions."""
    things = 0
    for m in named.mentions:
        if m.first == token.i:
            continue
        side = "before" if m.first < token.i else "after"
        if m.acts:
            if m.whole.text != m.name.text:
                options.put(m.whole, m.root, "whole", side)
            preposition = f"mprep_{m.root.head.lower_}" if m.root.head.pos_ == "ADP" else "mprep_none"
            distance, arc = f"dist{min(5, abs(m.first - token.i) // 4)}", f"mdep_{m.root.dep_}"
            options.put(m.name, m.root, "mention", f"nth{min(m.nth, 3)}", side, distance, arc, preposition)
        else:
            options.put(m.whole, m.root, "condition", side, f"cdep_{m.root.dep_}", f"cnth{min(things, 3)}")
            things += 1


def _other_phrases(token: Token, named: Named, options: _Options) -> None:
    """Add the noun phrases of the sentence."""
    for t, filler in named.others:
        if t.i != token.i:
            side = "before" if t.i < token.i else "after"
            options.put(filler, t, "np", f"np_{t.dep_}", f"np_{t.dep_}_{side}")


def _lent(g: Grounded, around: Surroundings) -> tuple[tuple[Phrase, str], ...]:
    """List what the page lends a sentence, each with why: its topic, its last subject, its section."""
    words = ((around.heading, "heading"), (around.spoken, "spoken"), (around.page_noun, "page_noun"))
    concepts = (
        (around.focus, "focus"),
        (around.topic, "topic"),
        (around.lead_subject, "lead"),
        (around.condition, "page_condition"),
        (around.last_condition, "last_condition"),
    )
    named = [(Phrase(text, g.lexicon.resolve(text), -1), mark) for text, mark in words if text]
    known = [(Phrase(fold(g.lexicon.name(concept)), concept, -1), mark) for concept, mark in concepts if concept]
    return (*named, *known)


def _finish(o: SubjectOption, c: Candidate, g: Grounded, around: Surroundings, shared: list[str]) -> None:
    """Cross what speaks for an option with what the sentence is like, and say how the page stands to it."""
    kind = g.lexicon.kind(o.phrase.concept)
    group = "actor" if g.lexicon.is_actor(o.phrase.concept) else kind or "unknown"
    crossed = [f"{m}&{s}" for m in o.marks for s in shared if not m.startswith(("m", "d"))]
    o.marks += [f"is_{group}", *crossed, f"rel_{c.allowed[0]}", *_salience(o.phrase, around)]
    if o.phrase.concept and o.phrase.concept == around.topic:
        o.marks.append("is_topic")
    if o.phrase.concept and o.phrase.concept == around.focus:
        o.marks.append("is_focus")
    if group == "unknown":
        o.marks.append(f"long{min(4, len(o.phrase.text.split()))}")


def _salience(filler: Phrase, around: Surroundings) -> list[str]:
    """Say how much a page speaks of a thing: its share of sentences, its place in title and section heading."""
    key = (filler.text, filler.concept)
    if key not in around.salience:
        around.salience[key] = _on_page(filler, around)
    if around.heading and (filler.text in around.heading or around.heading in filler.text):
        return [*around.salience[key], "in_heading"]
    return around.salience[key]


def _on_page(filler: Phrase, around: Surroundings) -> list[str]:
    n = max(around.counts.get(filler.concept, 0), around.text.count(filler.text))
    share = n / max(1, around.total)
    marks = [
        f"share{next((k for k, limit in enumerate((0.03, 0.08, 0.15, 0.3, 0.5)) if share < limit), 5)}",
        f"count{min(n, 4)}",
    ]
    return [*marks, "in_title"] if filler.text in around.title else marks
