"""Polarity, strength and voice of a claim: which cues reach it, and which stop before it.

After ConText (Harkema et al. 2009): a cue has a direction and a scope, a scope has terminators, and
look-alikes ("not only") are rows of their own that hide the cue inside them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from claims.cues import Cues, Hit
from claims.distance import is_distanced
from claims.phrases import Grounded
from claims.polarity import read_polarity
from claims.reach import chain, clause
from claims.tokens import Token
from claims.types import Claim, Denies, Polarity, Strength, Voice
from claims.weighed import is_weighed
from claims.words import word_list


@dataclass(frozen=True, slots=True)
class Context:
    """What the cues around a claim say of it, and which rows said so (offsets within the sentence)."""

    polarity: Polarity
    denies: Denies | None
    strength: Strength
    voice: Voice
    attributed: bool  # to those who spread the claim: rejected where the page denies it
    guessed: bool  # rejected and denied at once, or denied twice: never decided
    beside_denial: bool  # beside a denial whose reach is unclear: never faulted
    doubtful: bool  # a line that only says whom something is for: never faulted
    distanced: bool  # asked, weighed, told at a distance, or put to others beside a contrast: never flagged
    hits: tuple[Hit, ...]


def is_taken_back(told: Context | Claim) -> bool:
    """Tell whether what is said is denied or rejected."""
    return told.polarity == "deny" or told.voice == "rejected"


def share_taken_back(told: Sequence[Context | Claim]) -> float:
    """Give the share, 0 to 1, of what is denied or rejected among all that a page says."""
    return sum(map(is_taken_back, told)) / max(1, len(told))


@dataclass(frozen=True, slots=True)
class Setting:
    """What surrounds a sentence on its page, as far as voice depends on it."""

    rejected_stretch: bool = False
    in_quotation: bool = False
    next_denies: bool = False
    next_doubts: bool = False  # the next sentence rejects something, or finds evidence missing
    lists_who: bool = False  # a bullet that says of whom or when something holds: "are pregnant", "have cancer"


def read_context(
    trigger: Token, objects: Sequence[Token], g: Grounded, cues: Cues, setting: Setting, absolute_row: bool
) -> Context:
    """Read polarity, strength and voice of the claim that a trigger makes about its objects."""
    text = g.text
    lo, hi = clause(trigger)
    begin, end = g.tokens[lo].idx, g.tokens[hi - 1].idx + len(g.tokens[hi - 1].text)
    at, stop = trigger.idx, max([trigger.idx + len(trigger.text), *(o.idx + len(o.text) for o in objects)])
    begin = _cut_before(text, begin, at, cues)
    polarity, denies, neg = read_polarity(trigger, objects, g, cues, begin, at, end)
    denials = neg if polarity == "deny" else ()
    strength, hedge = _strength(trigger, objects, g, cues, begin, at, max(stop, at), end, absolute_row, denials)
    voice, said = _voice(trigger, g, cues, setting, begin, end)
    attributed = bool(cues.claimed.find(text))
    found = tuple({(h.row.id, h.start): h for h in (*neg, *hedge, *said)}.values())
    span = (min(at, *(o.idx for o in objects)) if objects else at, max(stop, at))
    return Context(
        polarity,
        denies,
        strength,
        voice,
        attributed=attributed,
        guessed=polarity == "deny" and (voice == "rejected" or _denied_twice(text, len(neg), cues)),
        beside_denial=polarity != "deny" and voice != "rejected" and _denied_nearby(text, span, cues),
        doubtful=setting.lists_who,
        distanced=_is_open(text, begin, at, cues)
        or ((attributed or voice == "reported") and _is_contrasted(text))
        or (
            voice != "rejected"
            and (setting.next_doubts or is_distanced(trigger) or is_weighed(trigger, g.tokens, text))
        ),
        hits=found,
    )


def _denied_twice(text: str, spent: int, cues: Cues) -> bool:
    """Tell whether a denial stands beside another ("it is not true that … do not"): what is left may be the claim."""
    hits = {h.start for h in (*cues.negation.find(text), *cues.reject.find(text)) if h.row.type != "pseudo"}
    return len(hits) > spent


_CONTRAST = re.compile(r"\b(?:but|yet|however|despite|although|though|nevertheless)\b", re.I)


def _is_contrasted(text: str) -> bool:
    """Tell whether a sentence sets one thing against another: what it puts to others it may well dispute."""
    return bool(_CONTRAST.search(text))


_AFTER_A_QUESTION = " \t\n\"'”’)"


def _is_open(text: str, begin: int, at: int, cues: Cues) -> bool:
    """Tell whether a claim is only asked, looked into, feared or wished, or made of some people alone.

    Most words that say so open the claim's own clause; some stand in another one before it, some on either side.
    """
    found = [h for h in cues.open.find(text) if h.row.type == "open"]
    before = (h.start < at and (h.start >= begin or h.row.frame == "anywhere") for h in found)
    return text.rstrip(_AFTER_A_QUESTION).endswith("?") or any(before) or any(h.row.frame == "around" for h in found)


def _denied_nearby(text: str, span: tuple[int, int], cues: Cues) -> bool:
    """Tell whether an unspent negation stands in the same stretch as the claim: between the same terminators."""
    stops = sorted(h.start for h in cues.terminator.find(text))
    lo = max((x for x in stops if x < span[0]), default=0)
    hi = min((x for x in stops if x >= span[1]), default=len(text))
    praise = [(h.start, h.end) for h in cues.absolute.find(text) if " " in h.row.pattern]  # "without side effects"
    return any(
        h.row.type == "negation" and lo <= h.start < hi and not any(a <= h.start < b for a, b in praise)
        for h in cues.negation.find(text)
    )


def _cut_before(text: str, begin: int, at: int, cues: Cues) -> int:
    """Move the start of a scope behind the last terminator before the trigger."""
    cut = begin
    for hit in cues.terminator.find(text[begin:at]):
        cut = begin + hit.end
    return cut


def _strength(
    trigger: Token,
    objects: Sequence[Token],
    g: Grounded,
    cues: Cues,
    begin: int,
    at: int,
    stop: int,
    end: int,
    absolute_row: bool,
    denials: Sequence[Hit],
) -> tuple[Strength, list[Hit]]:
    text = g.text
    # "There is little evidence" leaves room for some.
    little = [h for h in denials if h.row.type == "noproof" and h.row.value == "little"]
    if little:
        return "hedged", little
    chained = {t.i for t in chain(trigger)}
    presupposed = any(
        t.dep_ == "acl" and t.head.lemma_.lower() in {"ability", "power", "capacity"} for t in chain(trigger)
    )
    hedges = []
    for hit in cues.hedge.find(text):
        last = end if hit.row.frame == "around" else max(at, stop)
        if hit.row.type != "hedge" or not begin <= hit.start < last:
            continue
        token = g.token_at(hit.start)
        if token is None:
            continue
        if presupposed and hit.start > at:
            continue
        if presupposed and token.tag_ == "MD":
            continue
        if token.tag_ == "MD" and token.head.i not in chained and not _governs(token.head, chained, g):
            continue
        hedges.append(hit)
    if hedges:
        return "hedged", hedges[:1]
    # What follows the object at once belongs to it, whatever the parser hangs it on: "rid of it once and for all".
    stretch = _END_OF_STRETCH.search(text, stop)
    end = max(end, stretch.start() if stretch else len(text))
    total = [h for h in cues.absolute.find(text) if h.row.type == "absolute" and begin <= h.start < end][:1]
    by_itself = all(h.start == at for h in total)  # only the verb says so: "cures"
    total_in_itself = absolute_row or (bool(denials) and trigger.lemma_.lower() == _CURE)
    if (total or total_in_itself) and not (by_itself and _is_of_some(trigger, objects)):
        return "absolute", total
    return "definite", []


_END_OF_STRETCH = re.compile(r"[.,;:!?()\n–—]|\b(?:and|but|or|that|which|who|if|when|because)\b")
_PARTS = word_list("parts of a whole")
_CURE = "cure"  # "a cure for" may be a remedy; "no cure" says that it does not heal, not that it does not help


def _is_of_some(trigger: Token, objects: Sequence[Token]) -> bool:
    """Tell whether only some of a kind are meant: "cures certain illnesses, strep throat for example"."""
    things = [*objects, *(c for c in trigger.rights if c.dep_ == "dobj")]
    return any(c.lower_ in _PARTS for thing in things for c in _first_of_its_list(thing).lefts)


def _first_of_its_list(thing: Token) -> Token:
    while thing.dep_ in {"appos", "conj"}:
        thing = thing.head
    return thing


def _governs(token: Token, chained: set[int], g: Grounded) -> bool:
    return any(t.i in chained for t in token.subtree) and token.dep_ in {
        "ROOT",
        "ccomp",
        "conj",
        "advcl",
        "relcl",
    }


def _voice(trigger: Token, g: Grounded, cues: Cues, setting: Setting, begin: int, end: int) -> tuple[Voice, list[Hit]]:
    text = g.text
    at = trigger.idx
    for hit in cues.rejections(text):
        if (hit.row.frame == "forward" and hit.start < at) or (hit.row.frame == "backward" and hit.start >= at):
            return "rejected", [hit]
    if _is_scare_quoted(trigger):
        return "rejected", []
    if setting.rejected_stretch or setting.next_denies:
        return "rejected", []
    hits = cues.report.find(text)
    said = [h for h in hits if _reports(h, trigger, g)]
    if said:
        return "reported", said[:1]
    if setting.in_quotation:
        return "reported", []
    return "own", []


_QUOTES = frozenset("\"'“”‘’")


def _is_scare_quoted(word: Token) -> bool:
    """Tell whether a word stands alone between quotation marks: a "safe" alternative."""
    return 0 < word.i < len(word.parse) - 1 and {word.nbor(-1).text, word.nbor(1).text} <= _QUOTES


def _reports(hit: Hit, trigger: Token, g: Grounded) -> bool:
    """Tell whether a reporting cue names a source that speaks the claim, not a thing the claim is about."""
    token = g.token_at(hit.start)
    if token is None:
        return False
    if token.pos_ == "VERB":
        subject = next((c for c in token.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
        if subject is not None and subject.lower_ in {"which", "that", "it"} and token.dep_ != "ROOT":
            return False
        return token.i != trigger.i
    return True


_QUOTE_OR_BREAK = re.compile('["“”\n]')


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """List the stretches of a text inside double quotation marks, at most 1,500 characters each."""
    out, opened = [], -1
    for m in _QUOTE_OR_BREAK.finditer(text):
        i, c = m.start(), m.group()
        if c == "“" or (c == '"' and opened < 0):
            opened = i
        elif c in '”"' and opened >= 0:
            if i - opened <= 1500:
                out.append((opened, i + 1))
            opened = -1
        elif c == "\n" and opened >= 0 and text[i + 1 : i + 2] not in {"“", '"'}:
            out.append((opened, i)) if i - opened <= 1500 and text[opened] == "“" else None
            opened = -1
    return out
