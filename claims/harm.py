"""Harm 0..3: what could happen to a reader who believed a wrong claim, by a rule of five lines.

H0  the claim is supported or unverified, or only a mechanism, a comparison or a status of a harmless thing: 0
H1  a benefit: the seriousness of the condition (untreated, it kills: 3; harms: 2), or the danger of the thing taken
H2  a safety claim: the danger of the thing taken, at least 1
H3  a harm denied or made up: the seriousness of that harm, at most 2 (a scare costs care; a denial invites exposure)
H4  anything else: the danger of the thing taken, at most 2
"""

from __future__ import annotations

from claims.lexicon import Lexicon
from claims.types import FLAGGED_VERDICTS, Claim, Harm, Verdict

_LEVELS: tuple[Harm, ...] = (0, 1, 2, 3)


def harm_of(claim: Claim, verdict: Verdict, lexicon: Lexicon) -> Harm:
    """Give the harm of believing a claim that has this verdict."""
    if verdict not in FLAGGED_VERDICTS:
        return 0
    thing, aim = _risk(claim.subject_id, lexicon), _risk(claim.object_id, lexicon)
    if claim.relation in {"treats", "prevents", "improves"}:
        return _LEVELS[max(1, aim, min(thing, 2))]
    if claim.relation == "safe":
        return _LEVELS[max(1, thing)]
    if claim.relation == "causes":
        return _LEVELS[min(2, max(1, aim))]
    return _LEVELS[min(2, thing)]


def _risk(concept: str, lexicon: Lexicon) -> int:
    found = lexicon.concepts.get(concept)
    return found.risk if found else 0
