"""Compose claims from the candidates of a page: the likeliest relation and subject, and the context around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Protocol

from claims.absence import without
from claims.answerable import Answerable
from claims.apart import apart, without_parts
from claims.candidate import THING_RELATIONS, WORDED_RELATIONS, Candidate
from claims.choose import choose, choose_subjects
from claims.concepts import HEALTH_KINDS
from claims.context import Context, is_taken_back, share_taken_back
from claims.cues import Cues
from claims.fields import object_id
from claims.gist import claim_marks, gist, telling_words, undenied, word_marks
from claims.grounds import DISPUTED, WARNED, Likely, grounds
from claims.lexicon import TOGETHER, Lexicon, fold
from claims.manner import Manner, manner_marks, put_by_cues, settle
from claims.no_effect import says_no_effect
from claims.page import LONGEST_PASSAGE, PASSAGE
from claims.phrases import Phrase
from claims.preventives import as_prevention
from claims.reading import Reading
from claims.rivals import Contest, FirstLook, Standing, contests, describe_rivals
from claims.sections import PageContext
from claims.surplus import without_surplus
from claims.taken_up import taken_up
from claims.trust import SURE, trust_asked, trusted
from claims.types import HELPS, Claim, Cue, Relation
from claims.vetoes import is_disputed, is_said_of_another, is_warned_of, may_be_judged


class Ranks(FirstLook, Protocol):
    """Ranks candidates: what composing claims needs of a learned model."""

    def rivals(self, rows: Sequence[Standing]) -> list[float]:
        """Give the probability of each of the likeliest subjects again, by how it stands beside the others."""

    def manners(self, marks: Sequence[tuple[str, str]]) -> list[Manner]:
        """Give the probabilities of how each candidate is put, by its marks."""

    def kept_words(self, marks: Sequence[tuple[str, str]]) -> list[float]:
        """Give each word's probability of being kept in the gist of its claim, by its marks."""


class SlotModel(Ranks, Protocol):
    """Ranks candidates, and says how far a reading can be trusted."""

    def trust(self, readings: Sequence[Mapping[str, float]]) -> list[float]:
        """Give each reading's probability of being right, by its grounds."""


def extract(
    reading: Reading, lexicon: Lexicon, slots: SlotModel, cues: Cues, answerable: Answerable | None = None
) -> list[Claim]:
    """Compose the claims of the sentences in a reading, in reading order; what is not trusted is not grounded.

    Every sentence with a candidate gives at least its best: which sentences count is decided before. With `answerable`,
    what no row could answer is left out.
    """
    context = PageContext(reading.page, cues)
    composed = compose(reading, lexicon, slots, context, answerable)
    trust = slots.trust([told for _, told in composed])
    whole = len(reading.page.sentences) > LONGEST_PASSAGE
    claims = [
        trusted(claim, p, trust_asked(claim, told, whole), SURE if told[WARNED] else 0.0)
        for (claim, told), p in zip(composed, trust, strict=True)
    ]
    return _reject_what_the_page_denies(without_parts(without_surplus(claims), lexicon), context)


# The relation of a line that only names a thing, and that it is the subject, are told by the line above its list, which
# the models do not see. So sure are they taken to be that what the evidence is against or silent on is faulted, and
# what it backs a little is not: of the few such claims that are labelled, nine of ten are read right.
_UNTOLD = 0.7


def compose(
    reading: Reading, lexicon: Lexicon, slots: Ranks, context: PageContext, answerable: Answerable | None = None
) -> list[tuple[Claim, dict[str, float]]]:
    """Compose claims with the grounds of each reading."""
    relations = slots.relations(reading.candidates)
    chosen = choose(reading, relations)
    if answerable:
        chosen = [(n, r) for n, r in chosen if _could_be_met(reading.candidates[n], r, reading, lexicon, answerable)]
    held = contests(chosen, reading, slots)
    ranked = _second_look(held, reading, lexicon, slots)
    manners = _manners([(reading.candidates[n], relation) for n, relation in chosen], reading, slots, context)
    gists = _gists(chosen, reading, slots)
    out: list[tuple[Claim, dict[str, float]]] = []
    for (n, relation), contest, scores, (told, put) in zip(chosen, held, ranked, manners, strict=True):
        options = contest.options
        likely = Likely(relations[n][relation], max(scores, default=0.0), put.denied, put.rejected)
        if reading.candidates[n].lead is not None:
            likely = likely._replace(relation=_UNTOLD, subject=_UNTOLD)
        subjects = choose_subjects(contest.candidate, options, scores, lexicon)
        for option, c in product(subjects, apart(contest.candidate, relation, lexicon)):
            subject = without(c, relation, option, reading, lexicon)
            around = reading.around[c.sentence]
            if option.token is None:
                subject = _as_its_page_says(subject, around.names)
            elif not subject.concept:
                subject = subject._replace(concept=taken_up(subject.text, (around.focus, around.topic), lexicon))
            if _is_empty(c, relation, subject):
                continue
            claim = _claim(c, relation, subject, gists.get(n, c.object.text), told, reading, lexicon)
            claim = as_prevention(claim, c, lexicon)
            if not any(_same(claim, other) for other, _ in out[-12:]):
                sound = claim.grounded and may_be_judged(claim, c, option)
                warned = is_warned_of(claim, c, option, options, lexicon)
                elsewhere = is_said_of_another(c, option, options)
                doubtful = claim.doubtful or elsewhere or says_no_effect(claim, c)
                claim = replace(claim, grounded=sound, doubtful=doubtful)
                against = {WARNED: float(warned), DISPUTED: float(elsewhere or is_disputed(option, options))}
                out.append((claim, grounds(claim, c, likely, option, options) | against))
    return _with_its_page(out)


# A page that takes back a tenth of its claims says much; a linear model asks for numbers of about one.
_TAKEN_BACK_SCALE = 5.0


def _with_its_page(composed: Sequence[tuple[Claim, dict[str, float]]]) -> list[tuple[Claim, dict[str, float]]]:
    """Add to the grounds of what a page asserts how much it takes back: where much is denied, the rest may be, too."""
    scaled = _TAKEN_BACK_SCALE * share_taken_back([claim for claim, _ in composed])
    return [(claim, told | {"page takes back": 0.0 if is_taken_back(claim) else scaled}) for claim, told in composed]


_NOBODY = Phrase("", "", -1)


def _could_be_met(c: Candidate, relation: Relation, reading: Reading, lexicon: Lexicon, answerable: Answerable) -> bool:
    """Tell whether a row could answer a candidate, whatever its subject."""
    if TOGETHER.search(c.object.text):
        return True
    named = _known_object(c, relation, _NOBODY, reading, lexicon)
    return answerable.could_meet(reading.page, c.sentence, relation, named)


def _second_look(held: Sequence[Contest], reading: Reading, lexicon: Lexicon, slots: Ranks) -> list[list[float]]:
    """Score the options of each contest by how the likeliest stand beside each other; the others are out.

    On a page shorter than any passage that this was learned from, the first look stands.
    """
    if len(reading.page.sentences) < PASSAGE:
        return [list(contest.scores) for contest in held]
    described = describe_rivals(held, reading.page, lexicon)
    scores = iter(slots.rivals([row for rows in described for row in rows.values()]))
    out = []
    for contest, rows in zip(held, described, strict=True):
        again = [0.0] * len(contest.options)
        for k in rows:
            again[k] = next(scores)
        best = contest.settled
        if best is not None:
            again[best] = max(contest.scores[best], *again)
        out.append(again)
    return out


def _manners(
    chosen: Sequence[tuple[Candidate, Relation]], reading: Reading, slots: Ranks, context: PageContext
) -> list[tuple[Context, Manner]]:
    """Read how each candidate is put: as the cues say, corrected by what is likely, with those probabilities."""
    told = put_by_cues(chosen, reading, context)
    marks = manner_marks(chosen, told, reading, context)
    likely = slots.manners(marks)
    # What is likely is told by the words of the line itself, which say nothing where the line above its list does.
    return [
        (t if c.lead is not None else settle(t, p, relation), p)
        for t, p, (c, relation) in zip(told, likely, chosen, strict=True)
    ]


def _gists(chosen: Sequence[tuple[int, Relation]], reading: Reading, slots: Ranks) -> dict[int, str]:
    """Word those of the chosen candidates that have no thing as their object, by candidate number."""
    worded = [(n, reading.candidates[n], relation) for n, relation in chosen if relation in WORDED_RELATIONS]
    words = {i: telling_words(reading.grounded[i]) for i in {c.sentence for _, c, _ in worded}}
    own = {i: word_marks(some, reading.grounded[i], reading.page.topic) for i, some in words.items()}
    marks: list[tuple[str, str]] = []
    for _, c, relation in worded:
        of_claim = claim_marks(c, relation, words[c.sentence], reading.grounded[c.sentence])
        marks += zip(own[c.sentence], of_claim, strict=True)
    likely = iter(slots.kept_words(marks))
    return {
        n: gist(c, words[c.sentence], [next(likely) for _ in words[c.sentence]], reading.grounded[c.sentence])
        for n, c, _ in worded
    }


def _reject_what_the_page_denies(claims: list[Claim], context: PageContext) -> list[Claim]:
    """Read a claim that is put to others as rejected where the page itself denies it elsewhere."""
    denied = {_about(c) for c in claims if c.polarity == "deny" and c.voice != "rejected" and c.object_id}
    return [
        replace(c, voice="rejected")
        if c.polarity == "affirm" and c.voice != "rejected" and _about(c) in denied and context.is_attributed(c)
        else c
        for c in claims
    ]


def _about(c: Claim) -> tuple[str, str, str]:
    relation = "treats" if c.relation in HELPS else c.relation
    return c.subject_id or c.subject, relation, c.object_id


def _known_object(c: Candidate, relation: Relation, subject: Phrase, reading: Reading, lexicon: Lexicon) -> str:
    """Give the id of a claim's object, or of the ill that it takes up."""
    known = object_id(c, relation, subject, reading.grounded[c.sentence], lexicon)
    if known or relation not in THING_RELATIONS:
        return known
    around = reading.around[c.sentence]
    return taken_up(c.object.text, (around.last_condition, around.condition), lexicon)


# "Anxious", "relaxes": what they say of somebody has a name.
_SAID_OF_SOMEBODY = frozenset({"ADJ", "ADV", "VERB"})


def _as_a_noun(c: Candidate, obj: str, lexicon: Lexicon) -> str:
    """Call an ill or a function by its name where the sentence has only an adjective or a verb for it."""
    token, concept = c.object_token, c.object.concept
    if token is None or token.pos_ not in _SAID_OF_SOMEBODY or lexicon.kind(concept) not in HEALTH_KINDS:
        return obj
    return fold(lexicon.name(concept)) if lexicon.resolve(obj) == concept else obj


def _as_its_page_says(lent: Phrase, names: Mapping[str, str]) -> Phrase:
    """Call a thing that the page lends by a name that the page uses."""
    return lent._replace(text=names.get(lent.concept, lent.text))


def _is_empty(c: Candidate, relation: Relation, subject: Phrase) -> bool:
    """Tell whether a claim would say nothing: its object only points, or is its subject."""
    obj = c.object
    return relation in THING_RELATIONS and (obj.pronoun or bool(obj.concept and obj.concept == subject.concept))


def _claim(
    c: Candidate, relation: Relation, subject: Phrase, obj: str, told: Context, reading: Reading, lexicon: Lexicon
) -> Claim:
    sentence = reading.page.sentences[c.sentence]
    if relation == "status" and told.polarity == "deny":
        obj = undenied(obj)
    cues = [Cue(id=h.row.id, start=sentence.start + h.start, end=sentence.start + h.end) for h in told.hits]
    if c.row is not None:
        at = sentence.start + c.trigger.idx
        cues.insert(0, Cue(id=c.row.id, start=at, end=at + len(c.trigger.text)))
    return Claim(
        start=sentence.start,
        end=sentence.end,
        quote=sentence.text,
        subject=subject.text,
        subject_id=subject.concept,
        relation=relation,
        object=_as_a_noun(c, obj, lexicon),
        object_id=_known_object(c, relation, subject, reading, lexicon),
        polarity=told.polarity,
        denies=told.denies,
        strength=told.strength,
        voice=told.voice,
        grounded=not told.guessed,
        doubtful=told.doubtful,
        distanced=told.distanced,
        populations=tuple(
            sorted({m.concept for m in reading.page.mentions[c.sentence] if lexicon.kind(m.concept) == "population"})
        ),
        cues=tuple(cues),
    )


def _same(a: Claim, b: Claim) -> bool:
    return _said(a) == _said(b)


def _said(c: Claim) -> tuple[int | str, ...]:
    """Give what tells a claim of a sentence from its others; an object in fields counts by those, not by its words."""
    in_fields = c.relation == "safe" or "=" in c.object_id
    return (c.start, c.subject, c.relation, c.object_id if in_fields else c.object, c.polarity)


def places(claims: Iterable[Claim]) -> Iterator[tuple[Claim, int]]:
    """Yield each claim with how often its statement and triple were seen before: the nth occurrence."""
    seen: dict[tuple[str, ...], int] = {}
    for c in claims:
        key = (c.quote, c.subject, c.relation, c.object, c.polarity)
        n = seen.get(key, 0)
        seen[key] = n + 1
        yield c, n
