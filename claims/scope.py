"""Scope: whether a row speaks of the same people, form and dose as a claim.

A row on another scope is shown and decides nothing, but for these rules:

P1  what fails, or is unknown, in people in general fails in every group of them; not so in animals or a test tube
P2  a harm of a high dose or another form answers a claim of that harm that names none; not a claim of safety
P3  a harm of a thing is one of its extracts and high doses
P4  what does not treat a deadly disease may still ease its symptoms
P5  a harm seen in people in general is one in every group of them, where that is what a claim says
P6  what befalls one group alone (spina bifida the unborn) needs not name it

And, of rows on a class:

P7  where a thing's own row finds help in people in general, its class does not answer for a group or another form of it
    (asked by claims.match, which sees both rows)
P8  what fails as a supplement is no answer for a nutrient, which is in food and in the body, unless the page speaks of
    taking it
"""

from __future__ import annotations

import re
from functools import lru_cache

from claims.concepts import CONDITION_KINDS
from claims.lexicon import Lexicon, fold
from claims.types import Claim, Evidence
from claims.words import word_list, word_map

# Groups whose evidence does not carry over from people in general, and the other way round.
SPECIAL_GROUPS = frozenset(
    "children infants preterm-infants adolescents at-risk-children pregnancy breastfeeding older-adults animals "
    "test-tube cancer-patients athletes immunocompromised people-with-kidney-disease people-with-liver-disease "
    "people-on-medicines people-on-opioid-agonists".split()
)
# Safe for now is not yet safe for long; of other claims the words tell nothing ("no long-term effects").
LONG_TERM = frozenset({"long-term-use"})
NOT_PEOPLE = frozenset({"animals", "test-tube"})
NEGATIVE = frozenset({"refutes", "insufficient"})
# Conditions by the groups that they befall.
_BEFALLS = word_map("groups of conditions")
_TAKEN = word_list("taken as supplements")
_PRAISED = frozenset({"treats", "prevents", "improves", "compares", "use"})
_WORD = re.compile(r"[a-z]+")
# More of the thing itself: what it harms, they harm.
_STRONGER = frozenset({"extract", "high dose"})
DEADLY = 3
NEAR = 60  # characters, more than three words


def difference(claim: Claim, row: Evidence, lexicon: Lexicon) -> str:
    """Say in words how the scope of a row is another than the claim's; "" where it is the same."""
    apart = _other_people(claim, row, lexicon) or _other_form(claim, row, lexicon) or _other_aim(claim, row, lexicon)
    return _other_source(claim, row, lexicon) or apart


def is_of_plain_use(row: Evidence, lexicon: Lexicon) -> bool:
    """Tell whether a row speaks of a thing as people at large take it: no group, no form, no dose."""
    return not row.population and not _forms(fold(row.proposition)) - _named_forms(row.subject, lexicon)


def is_known_to_help(row: Evidence) -> bool:
    """Tell whether a row finds help in people in general, so that a class row does not answer for a group (P7)."""
    return row.finding not in NEGATIVE and not row.population


def _other_source(claim: Claim, row: Evidence, lexicon: Lexicon) -> str:
    """Tell a class row on supplements from a claim that praises a nutrient, and nothing that is taken of it (P8)."""
    plainly_of_class = row.subject != claim.subject_id and row.relation in _PRAISED and row.strength != "absolute"
    if not plainly_of_class or claim.polarity == "deny" or lexicon.kind(claim.subject_id) != "nutrient":
        return ""
    taken = not _TAKEN.isdisjoint(_WORD.findall(fold(claim.quote)))
    return "" if taken else "on what is taken as a supplement, not on the nutrient in food and in the body"


def _other_people(claim: Claim, row: Evidence, lexicon: Lexicon) -> str:
    groups, named = set(row.population.split("|")) - {""}, set(claim.populations)
    meant = set(_BEFALLS.get(claim.object_id, "").split("|")) - {""}  # P6
    if groups:
        return "" if groups & (named | meant) else f"on {_names(groups, lexicon)} only"
    apart = named & (SPECIAL_GROUPS | LONG_TERM if row.relation == "safe" else SPECIAL_GROUPS) - meant
    if not apart or (not apart & NOT_PEOPLE and (row.finding in NEGATIVE or _warns_of_it(claim, row))):  # P1, P5
        return ""
    return f"on people in general, not on {_names(apart, lexicon)}"


def _warns_of_it(claim: Claim, row: Evidence) -> bool:
    return claim.relation == "causes" and claim.polarity == "affirm" and row.finding == "supports"


def _names(groups: set[str], lexicon: Lexicon) -> str:
    return " or ".join(lexicon.concepts[g].name if g in lexicon.concepts else g for g in sorted(groups))


def _other_form(claim: Claim, row: Evidence, lexicon: Lexicon) -> str:
    # A form that is part of the thing's own name ("homeopathic remedies") is no other form.
    own = _forms(fold(claim.subject)) | _named_forms(row.subject, lexicon) | _named_forms(claim.subject_id, lexicon)
    said, found = _forms_of_claim(claim) - own, _forms(fold(row.proposition)) - own
    is_harm = row.relation == "causes" and row.finding == "supports"
    if is_harm and claim.relation == "causes" and not said:  # P2
        return ""
    unmet = said - found - (_STRONGER if is_harm else frozenset())  # P3
    if unmet:
        return f"not on the form or dose that the page names ({', '.join(sorted(unmet))})"
    return f"on another form or dose ({', '.join(sorted(found - said))})" if found - said else ""


def _named_forms(concept: str, lexicon: Lexicon) -> frozenset[str]:
    held = lexicon.concepts.get(concept)
    return _forms(fold(" ".join((held.name, *held.aliases)))) if held else frozenset()


def _forms_of_claim(claim: Claim) -> frozenset[str]:
    """Find the forms and doses that stand beside the subject in the statement: three words before it, two behind."""
    thing, text = fold(claim.subject), fold(claim.quote)
    found: set[str] = set()
    at = text.find(thing) if thing else -1
    while at >= 0:
        end = at + len(thing)
        before, behind = text[max(0, at - NEAR) : at].split()[-3:], text[end : end + NEAR].split()[:2]
        found |= _forms(" ".join((*before, thing, *behind)))
        at = text.find(thing, end)
    return frozenset(found)


@lru_cache(maxsize=4096)
def _forms(text: str) -> frozenset[str]:
    return frozenset(form for word, form in word_map("forms").items() if re.search(rf"\b{word}\b", text))


def _other_aim(claim: Claim, row: Evidence, lexicon: Lexicon) -> str:
    disease = lexicon.concepts.get(claim.object_id)
    if disease is None or disease.kind not in CONDITION_KINDS or disease.risk < DEADLY or row.finding != "refutes":
        return ""
    thing = re.escape(fold(claim.object))
    on_symptoms = rf"symptoms? of (?:[\w-]+ ){{0,2}}{thing}|{thing} symptoms?"
    if claim.relation == "treats" and re.search(on_symptoms, fold(claim.quote)):  # P4
        return "on the disease, not on its symptoms"
    return ""
