"""Lay labelled claims over candidates: what the slot models learn from, and what triples are scored by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from claims.candidate import WORDED_RELATIONS, Candidate
from claims.choose import choose
from claims.cues import Cues
from claims.gist import claim_marks, telling_words, word_marks
from claims.lexicon import Lexicon
from claims.manner import manner_marks, put_by_cues, spelled
from claims.reading import Reading
from claims.rivals import FirstLook, Standing, contests, describe_rivals
from claims.sections import PageContext
from claims.types import Claim
from models.alike import ALIKE, alike, bag

NONE = "none"


@dataclass(slots=True)
class SlotExamples:
    """Rows and labels for the models of relation, subject, manner and gist."""

    relation_rows: list[tuple[str, str, str]]  # marks of the candidate, of its place, of its sentence
    relations: list[str]
    subject_rows: list[str]
    right: list[bool]
    manner_rows: list[tuple[str, str]]  # marks of the candidate, of its sentence
    manners: list[str]
    word_rows: list[tuple[str, str]]  # marks of a word of a sentence, and of how it stands to a claim in words
    kept: list[bool]

    @classmethod
    def none(cls) -> SlotExamples:
        """Make a set without any."""
        return cls([], [], [], [], [], [], [], [])

    def extend(self, other: SlotExamples) -> None:
        """Add another passage's examples."""
        self.relation_rows += other.relation_rows
        self.relations += other.relations
        self.subject_rows += other.subject_rows
        self.right += other.right
        self.manner_rows += other.manner_rows
        self.manners += other.manners
        self.word_rows += other.word_rows
        self.kept += other.kept


def slot_examples(reading: Reading, gold: Mapping[int, Sequence[Mapping[str, Any]]], cues: Cues) -> SlotExamples:
    """Label the candidates of statements by the gold claims of their sentence (`gold`, by sentence index).

    Sentences that carry no claim teach nothing here: whether a sentence is a statement is the detector's to say.
    """
    out = SlotExamples.none()
    # The line above a list tells what the models are asked for.
    read = [(c, _gold_for(c, gold[c.sentence])) for c in reading.candidates if c.lead is None]
    lost = _lost(gold, {id(best) for _, best in read if best})
    matched = []
    for c, best in read:
        if best is None and not lost[c.sentence].isdisjoint(c.allowed):
            continue  # it may be the claim that is lost: to call it none would teach what is wrong
        out.relation_rows.append(c.columns)
        out.relations.append(str(best["relation"]) if best else NONE)
        if best:
            matched.append((c, best))
            for o in reading.subjects(c):
                out.subject_rows.append(" ".join(o.marks))
                out.right.append(alike(o.phrase.text, str(best["subject"])) >= ALIKE)
    _add_manners(out, matched, reading, cues)
    _add_words(out, matched, reading)
    return out


def _lost(gold: Mapping[int, Sequence[Mapping[str, Any]]], read: Set[int]) -> dict[int, frozenset[str]]:
    """Give the relations of each sentence's gold claims that no candidate reads, as their words are others."""
    return {i: frozenset(str(g["relation"]) for g in claims if id(g) not in read) for i, claims in gold.items()}


def rival_examples(
    reading: Reading, gold: Mapping[int, Sequence[Mapping[str, Any]]], look: FirstLook, lexicon: Lexicon
) -> tuple[list[Standing], list[bool]]:
    """Describe the likeliest subjects of the claims that a first look chooses, and tell which are meant.

    The look must come from models that never saw the passage, or it is surer than it will be of other pages.
    """
    chosen = choose(reading, look.relations(reading.candidates))
    held = contests(chosen, reading, look)
    rows: list[Standing] = []
    right: list[bool] = []
    for contest, described in zip(held, describe_rivals(held, reading.page, lexicon), strict=True):
        best = _gold_for(contest.candidate, gold[contest.candidate.sentence])
        if best:
            rows += described.values()
            right += [alike(contest.options[k].phrase.text, str(best["subject"])) >= ALIKE for k in described]
    return rows, right


def _add_manners(
    out: SlotExamples, matched: Sequence[tuple[Candidate, Mapping[str, Any]]], reading: Reading, cues: Cues
) -> None:
    """Add how each candidate is put, as cues say it and as its gold claim has it."""
    context, chosen = PageContext(reading.page, cues), [(c, best["relation"]) for c, best in matched]
    out.manner_rows += manner_marks(chosen, put_by_cues(chosen, reading, context), reading, context)
    out.manners += [spelled(best["polarity"], best["strength"], best["voice"]) for _, best in matched]


def _add_words(out: SlotExamples, matched: Sequence[tuple[Candidate, Mapping[str, Any]]], reading: Reading) -> None:
    """Add which words of its sentence the object of each gold claim in words keeps."""
    for c, best in matched:
        if best["relation"] in WORDED_RELATIONS:
            g, gold = reading.grounded[c.sentence], bag(best["object"])
            words = telling_words(g)
            own, of_claim = word_marks(words, g, reading.page.topic), claim_marks(c, best["relation"], words, g)
            out.word_rows += zip(own, of_claim, strict=True)
            out.kept += [not gold.isdisjoint(bag(t.text)) for t in words]


def is_right(claim: Claim, gold: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether a claim reads one of its sentence's gold claims right, but for its strength.

    "Treats" and "improves" count as one here, as rows on the one answer the other.
    """
    return any(
        _family(claim.relation) == _family(g["relation"])
        and alike(claim.subject, g["subject"]) >= ALIKE
        and (claim.relation == "safe" or alike(claim.object, g["object"]) >= ALIKE)
        and claim.polarity == g["polarity"]
        and (claim.voice == "rejected") == (g["voice"] == "rejected")
        for g in gold
    )


def _family(relation: str) -> str:
    return "treats" if relation == "improves" else relation


def _gold_for(c: Candidate, claims: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Find the gold claim that a candidate reads: an allowed relation, an object that is alike, the closest one.

    Of claims on one object ("prevents and treats it") it reads the one that its rule states.
    """
    meant = [(i, g) for i, g in enumerate(claims) if g["relation"] in c.allowed]
    scored = [(_closeness(c, g), g["relation"] in c.stated, -i) for i, g in meant]
    best = max(scored, default=(0.0, False, 0))
    return claims[-best[2]] if best[0] >= ALIKE else None


def _closeness(c: Candidate, g: Mapping[str, Any]) -> float:
    if g["relation"] == "safe":
        return 1.0
    near = alike(c.object.text, str(g["object"]))
    if g["relation"] in WORDED_RELATIONS and "clause" not in c.marks:
        return max(near, ALIKE) if near else 0.0  # a rule told its relation
    if g["relation"] in WORDED_RELATIONS:
        # Its words are chosen later: what counts is how many of the gold ones it has to choose from.
        sayable, gold = _sayable(c), bag(g["object"])
        share = len(gold & sayable) / max(1, len(gold))
        return max(near, share if share < ALIKE else (1 + near) / 2)
    return near


def _sayable(c: Candidate) -> frozenset[str]:
    """Give the words below a clause's verb, but for its subject; those of the line where there is no verb."""
    if "verbless" in c.marks:
        return bag(c.trigger.parse.text)
    return bag(" ".join(t.text for t in c.trigger.subtree if t.i not in c.subject_words))
