"""What forbids judging a reading, however likely it is, and what only forbids faulting a page by it.

It goes another way than it seems, or is of another thing.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import islice

from claims.candidate import Candidate
from claims.concepts import DEATH
from claims.grounds import is_no_guess, is_stated, is_the_same
from claims.lent import has_a_subject, is_about_something_else
from claims.lexicon import Lexicon
from claims.phrases import DEATHS
from claims.subjects import SubjectOption
from claims.tokens import SUBJECT_DEPS, Token
from claims.types import HELPS, Claim, Relation
from claims.words import word_list

_REMOVALS = word_list("removals")
_LESSENERS = word_list("lesseners")
_HINDRANCES = word_list("hindrances")
_SWAYS = word_list("swaying verbs")
_STUDIES = word_list("studies")
_OF_WHAT = frozenset({"after", "due", "from", "of"})
_CARE = word_list("care")
_HARD = word_list("hard")
_PARTS = word_list("parts of a whole")
_FAR = 8  # words up the tree: "is researched for a number of ills, including colds and coughs"
_NAME = 5  # words of a name such as "kratom and 7-OH addiction treatment"


def may_be_judged(claim: Claim, c: Candidate, chosen: SubjectOption) -> bool:
    """Tell whether a reading is about a thing that acts, and about what it does."""
    return not (_goes_wrong(claim, c) or _is_another_thing(claim, c, chosen))


def is_warned_of(
    claim: Claim, c: Candidate, chosen: SubjectOption, options: Sequence[SubjectOption], lexicon: Lexicon
) -> bool:
    """Tell whether something speaks against a reading: it is judged only where the models are sure of it.

    On topics left out 63 of 69 such claims found supported stood from a trust of 0.35 on, and 23 of 26 flags.
    """
    return (
        _goes_another_way(c, claim.relation)
        or is_about_something_else(c, chosen, lexicon, denied=claim.polarity == "deny")
        # "has approved Lovaza, an omega-3 medicine"
        or (claim.relation == "status" and not is_no_guess(chosen, options))
        # "these fats" are those just named
        or (_is_pointed_at(chosen, _SEVERAL) and lexicon.has_members(chosen.phrase.concept))
        # "these receptors" are not the herb
        or any("frame" in o.marks and _is_pointed_at(o) and not is_the_same(o.phrase, chosen.phrase) for o in options)
        # "his oil": where rules found but a pointer, what it points to must be a thing that acts
        or ("is_actor" not in chosen.marks and _only_points(c, options))
    )


def is_said_of_another(c: Candidate, chosen: SubjectOption, options: Sequence[SubjectOption]) -> bool:
    """Tell whether a claim's own clause has a subject, and yet its page lent it one: "loperamide helps with it"."""
    return chosen.token is None and has_a_subject(c, options)


def is_disputed(chosen: SubjectOption, options: Sequence[SubjectOption]) -> bool:
    """Tell whether rules found another thing than the subject chosen: "the virus that causes it", on a page on masks.

    Not where it is part of the chosen one: "garlic contains antioxidants, which heal".
    """
    known = [o for o in options if o.phrase.concept and "is_population" not in o.marks]
    return not is_no_guess(chosen, known) and not any("frame" in o.marks and _is_beside(chosen, o) for o in known)


def _is_beside(chosen: SubjectOption, o: SubjectOption) -> bool:
    return chosen.token is not None and o.token is not None and chosen.token.head == o.token.head


def _goes_wrong(claim: Claim, c: Candidate) -> bool:
    """Tell whether what would be done goes, or may go, another way, or is done to something else."""
    thing, helps = c.object_token, claim.relation in HELPS
    return (
        _is_part_of_a_name(claim, c)
        or _is_death_of(thing, claim)
        or _is_open_risk(c)
        or (claim.relation == "improves" and _is_less(thing))
        or (helps and (_is_hindered(c, claim.relation) or _is_kind_of_care(thing)))
        or (helps and (_is_compared(thing) or _acts_itself(c) or _is_hard_to_heal(c)))
        # "makes blood sugar fall too low" is a harm
        or any(t.lower_ == "too" and t.head.lower_ in {"low", "far", "high"} for t in c.trigger.subtree)
        or (claim.relation == "status" and _is_one_of_many(c.trigger))
    )


def _is_another_thing(claim: Claim, c: Candidate, chosen: SubjectOption) -> bool:
    """Tell whether the chosen subject is not what acts: it is gone, only named, or nothing that could be safe."""
    token = chosen.token
    return (
        (token is not None and _is_absent(token))
        or _is_of_it(c, token)
        or _is_studied(c, token)
        or _is_beside_it(c, token)
        or (claim.relation == "safe" and "is_actor" not in chosen.marks)
    )


def _goes_another_way(c: Candidate, relation: Relation) -> bool:
    """Tell whether a model reads a harm where a rule, if a doubtful one, sees help, or help where it sees a harm."""
    seen = {m.removeprefix("rule_") for m in c.marks if m.startswith("rule_")}
    return bool(seen & (HELPS if relation == "causes" else {"causes"})) and relation not in seen


def _is_absent(thing: Token) -> bool:
    """Tell whether a thing is said not to be there: "by cutting out dairy", "a drug-free therapy", "less sugar"."""
    removed = thing.dep_ in {"dobj", "pobj"} and thing.head.lemma_.lower() in _REMOVALS
    # "Before there was a vaccine".
    awaited = thing.dep_ == "attr" and any(c.dep_ == "expl" for c in thing.head.children)
    return removed or awaited or _lacks(thing) or _is_less(thing)


def _lacks(thing: Token) -> bool:
    """Tell whether a hyphen says that a thing is not there: "drug-free"."""
    behind = thing.parse[thing.i + 1 : thing.i + 3]
    return len(behind) == 2 and behind[0].text == "-" and behind[1].lower_ in {"free", "less"}


def _is_part_of_a_name(claim: Claim, c: Candidate) -> bool:
    """Tell whether "health" only belongs to another word: "health care", "health officials", not "health benefits"."""
    thing = c.object_token
    if thing is None or claim.object_id != "well-being" or thing.dep_ not in {"compound", "nmod"}:
        return False
    return thing.head != c.trigger


def _is_open_risk(c: Candidate) -> bool:
    """Tell whether it stays open which way a risk goes: "influences the risk of autism"."""
    return c.row is not None and c.row.value == "risk" and c.trigger.head.lemma_.lower() in _SWAYS


def _is_one_of_many(approved: Token) -> bool:
    """Tell whether just any approved thing is meant: "they wanted to try an FDA-approved product"."""
    thing = approved.head
    indefinite = any(c.lower_ in {"a", "an", "any"} for c in thing.lefts)
    return approved.dep_ == "amod" and thing.dep_ in {"dobj", "pobj"} and indefinite


def _is_kind_of_care(thing: Token | None) -> bool:
    """Tell whether a condition only says which care is meant: "it binds to cancer drugs", "the headache nurse"."""
    first = thing.first_conjunct if thing is not None else None
    if first is None or not first.modifies or first.head.lemma_.lower() not in _CARE:
        return False
    care = first.head
    some = any(c.lower_ in _PARTS for c in care.lefts)
    return some or care.first_conjunct.dep_ in {"dobj", "pobj", "nsubj", "nsubjpass"}


def _acts_itself(c: Candidate) -> bool:
    """Tell whether a condition is what does something: "the measles virus uses up stores of the vitamin"."""
    thing = c.object_token
    if thing is None or thing.dep_ != "nsubj" or thing.head == c.trigger:
        return False
    return any(x.dep_ == "dobj" for x in thing.head.rights)


def _is_compared(thing: Token | None) -> bool:
    """Tell whether a thing is only what others differ in: "coffee drinkers differ from others in income and health"."""
    above = islice(thing.ancestors, _FAR) if thing is not None else ()
    return any(t.lemma_.lower() in {"differ", "vary"} for t in above)


def _is_hard_to_heal(c: Candidate) -> bool:
    """Tell whether a condition is said to be hard to heal: "makes PTSD hard to overcome with talk therapy"."""
    thing = c.object_token
    behind = c.trigger.parse[thing.i + 1 : thing.i + _FAR] if thing is not None and thing.dep_ in SUBJECT_DEPS else ()
    return any(map(_is_hard, (c.trigger, *(() if thing is None else (thing.head,)), *behind)))


def _is_hard(verb: Token) -> bool:
    to = next((t for t in verb.lefts if t.dep_ == "aux" and t.lower_ == "to"), None)
    return to is not None and to.i > 0 and to.nbor(-1).lower_ in _HARD


def _is_death_of(thing: Token | None, claim: Claim) -> bool:
    """Tell whether an object is death of one cause, or that cause: "deaths from lung cancer" are not all deaths.

    Not where the lexicon knows death of that cause.
    """
    if thing is None:
        return False
    if thing.lemma_.lower() in DEATHS:
        return claim.object_id in {"", DEATH} and any(c.dep_ == "prep" and c.lower_ in _OF_WHAT for c in thing.rights)
    above = thing.first_conjunct.head
    return above.dep_ == "prep" and above.lower_ in _OF_WHAT and above.head.lemma_.lower() in DEATHS


def _is_hindered(c: Candidate, relation: Relation) -> bool:
    """Tell whether a condition stands, by no rule, below a word of hindrance: "interferes with treatment for it"."""
    above = islice(c.object_token.ancestors, _FAR) if c.object_token is not None else ()
    return not is_stated(c, relation) and any(t.lemma_.lower() in _HINDRANCES for t in above)


def _is_of_it(c: Candidate, subject: Token | None) -> bool:
    """Tell whether a subject only names the object: "kratom addiction treatment" does not treat by kratom."""
    thing = c.object_token
    if subject is None or thing is None or subject.dep_ not in {"compound", "nmod"}:
        return False
    return subject.i < thing.i < c.trigger.i and thing.dep_ in {"compound", "nmod"} and c.trigger.i - subject.i <= _NAME


def _is_studied(c: Candidate, subject: Token | None) -> bool:
    """Tell whether it is the studies of a thing that do something: "the adaptogen studies deal with tiredness"."""
    thing = c.object_token
    if subject is None or thing is None or subject.dep_ != "compound" or subject.head.lemma_.lower() not in _STUDIES:
        return False
    verb = next((t for t in thing.ancestors if t.pos_ in {"VERB", "AUX"}), None)
    return subject.head.dep_ == "nsubj" and subject.head.head == verb


def _is_beside_it(c: Candidate, subject: Token | None) -> bool:
    """Tell whether a property is that of another in a row of things: "licorice, anti-inflammatory painkillers"."""
    owner = c.trigger.head
    if subject is None or not c.trigger.modifies or owner.dep_ not in {"conj", "appos"}:
        return False
    others = owner.head.conjuncts  # an apposition stands beside one thing, another of a row beside several
    return subject in {owner.head, *others} and (owner.dep_ == "conj" or bool(others))


def _is_less(thing: Token | None) -> bool:
    """Tell whether there is said to be less of a thing, by no rule: "less calm", "less sugar helps"."""
    return thing is not None and any(t.lemma_.lower() in _LESSENERS for t in thing.lefts)


_SEVERAL = frozenset({"these", "those"})
_POINTERS = _SEVERAL | {"this", "that"}


def _is_pointed_at(option: SubjectOption, words: Set[str] = _POINTERS) -> bool:
    """Tell whether a subject takes up a thing of its own kind: "these receptors"; "this herb" could be any herb."""
    token = option.token
    return token is not None and any(c.lower_ in words for c in token.lefts)


def _only_points(c: Candidate, options: Sequence[SubjectOption]) -> bool:
    """Tell whether rules found but a pointer ("his oil") where a subject would be."""
    return bool(c.framed) and not any("frame" in o.marks for o in options)
