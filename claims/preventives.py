"""What only keeps an ill away: a vaccine, a mask and clean hands "fight" and "work against" what they prevent."""

from __future__ import annotations

from dataclasses import replace

from claims.candidate import Candidate
from claims.concepts import CONDITION_KINDS
from claims.lexicon import Lexicon
from claims.types import Claim
from claims.words import word_list

_PREVENTIVES = word_list("preventives")
# Words that say of an ill that it is there.
_HEALING = word_list("healing")


def as_prevention(claim: Claim, c: Candidate, lexicon: Lexicon) -> Claim:
    """Read a thing that only prevents as preventing what it is said to help against; "does not treat it" stays.

    Of labelled claims of this kind 183 of vaccines are of prevention and 8 of treatment.
    """
    thing = claim.subject_id
    if claim.relation != "treats" or not (lexicon.kind(thing) == "vaccine" or thing in _PREVENTIVES):
        return claim
    said = {c.trigger.lemma_.lower(), *(t.lemma_.lower() for t in c.trigger.ancestors)}
    if lexicon.kind(claim.object_id) not in CONDITION_KINDS or said & _HEALING:
        return claim
    return replace(claim, relation="prevents")
