"""Harms of being without a thing: "too little of it causes cramps" speaks of a deficiency, not of the mineral."""

from __future__ import annotations

import re

from claims.candidate import Candidate
from claims.concepts import CONDITION_KINDS
from claims.lexicon import Lexicon, fold
from claims.page import Page
from claims.phrases import Phrase
from claims.reading import Reading
from claims.subjects import SubjectOption
from claims.types import Relation
from claims.words import word_list


def _any_of(name: str) -> re.Pattern[str]:
    """Find any phrase of a word list, the longest first."""
    phrases = sorted(word_list(name), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b")


_LACKS, _EXCESSES, _GIVINGS_UP = map(_any_of, ("lacks", "excesses", "givings up"))
# A thing that is named with its lack: "a shortage of magnesium".
_LACK_OF = re.compile(r"(?:deficit|lack|shortage|shortfall) (?:in|of) ")


def without(c: Candidate, relation: Relation, chosen: SubjectOption, reading: Reading, lexicon: Lexicon) -> Phrase:
    """Give the subject of a claim: where a harm comes of being without the chosen thing, the lack of it."""
    thing = chosen.phrase
    if not thing.concept:
        lacked = _LACK_OF.match(thing.text)
        return thing._replace(concept=lexicon.resolve(f"{thing.text[lacked.end() :]} deficiency")) if lacked else thing
    if relation != "causes":
        return thing
    deficiency, withdrawal = _state(thing, "deficiency", c, lexicon), _state(thing, "withdrawal", c, lexicon)
    if thing is deficiency is withdrawal:
        return thing  # there is no such state: nothing to look for
    above = fold(_above_list(reading.page, c.sentence)) if chosen.token is None else ""
    told = f"{above} … {fold(_besides(c, reading.page.sentences[c.sentence].text))}"
    if _LACKS.search(told) and not _EXCESSES.search(told):
        return deficiency
    return withdrawal if _GIVINGS_UP.search(above) else thing


def _state(thing: Phrase, state: str, c: Candidate, lexicon: Lexicon) -> Phrase:
    """Name the state of being without a thing, if the lexicon knows it, and it is not what is caused."""
    concept = lexicon.resolve(f"{lexicon.name(thing.concept)} {state}")
    if lexicon.kind(concept) not in CONDITION_KINDS or concept in {thing.concept, c.object.concept}:
        return thing
    return thing._replace(text=f"{thing.text} {state}", concept=concept)


def _besides(c: Candidate, text: str) -> str:
    """Give a sentence without the harms it names, which may be lacks of other things: "leads to a lack of copper"."""
    if c.object_token is None:
        return text
    harms = c.object_token.first_conjunct.subtree
    return f"{text[: harms[0].idx]} … {text[harms[-1].idx + len(harms[-1].text) :]}"


def _above_list(page: Page, i: int) -> str:
    """Give the line above the list that a bullet stands in; "" for what is no bullet."""
    above = page.line_above(i)
    return page.sentences[above].text if above != i else ""
