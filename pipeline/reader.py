"""Find and read the claims of one page: cheap looks decide what is parsed, the parse what is a statement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from claims.candidates import Looks
from claims.extract import extract
from claims.lists import led_lines, told_above
from claims.match import find_matches
from claims.page import LONGEST_PASSAGE, PASSAGE, Page
from claims.parse import parse
from claims.phrases import Grounded
from claims.plain import is_idle, names_a_claim, read_plainly, states_a_claim, worth_parsing
from claims.reading import ground, survey_candidates
from claims.types import Claim
from models.beside import PARSE_OF_WHOLE
from models.detect import Described

if TYPE_CHECKING:
    from pipeline.checker import Checker

# A sentence that the gate scores below PARSE is not parsed; one that the parse confirms below KEEP carries no claim.
# Set by leave-one-topic-out statement F1 on the labelled passages: KEEP gives the same to 0.005 from 0.35 to 0.5, the
# less it is the more of what is found is none.
PARSE, KEEP = 0.7, 0.44
# A page of up to SHORT sentences is always read whole, and what the words leave open is parsed. It costs little, the
# gate is told little ("Nausea" below "Side effects of kratom:"), and statement F1 rises from 0.844 to 0.857.
SHORT = LONGEST_PASSAGE
# Passages are cut where claims are dense, whole articles hold fewer: a page of WHOLE sentences or more asks
# PARSE_IN_WHOLE and KEEP_IN_WHOLE.
WHOLE, PARSE_IN_WHOLE, KEEP_IN_WHOLE = 40, 0.7, 0.6
# A page of more than a few sentences that seldom names a condition or a thing that acts (foods apart) is about
# something else, and asks for more; if it is long, only what a row could answer is asked. Topics left out, 1 in 100
# sentences of labelled passages without a claim is then taken for a statement; if all pages asked the same, 3.5.
FEW, ON_HEALTH, PARSE_ELSEWHERE, KEEP_ELSEWHERE = 10, 0.25, 0.8, 0.9
# Of short ones, parsing what the gate scores from 0.25 on finds no more than from here on, and takes twice the parses.
PARSE_OF_WHOLE_ELSEWHERE = 0.5
# Below those, where the words alone, and then the rules alone, make a whole claim ("Kratom may relieve pain"). Of 100
# sentences parsed by a quick look at real articles 8 scored less than NAMED_IF_QUICK, and none of them was decided.
NAMED, NAMED_ELSEWHERE, NAMED_IF_QUICK, TOLD = 0.1, 0.45, 0.45, 0.12


class PageReader:
    """Reads the claims of a page; what is worked out for one question serves the next.

    Of a page that is not short, a `quick` one reads only what a row could answer, and leaves out what else it says.
    `slack` below 1 lowers what is asked of a score, for a page that was split roughly.
    """

    def __init__(self, page: Page, checker: Checker, *, quick: bool = False, slack: float = 1.0) -> None:
        self.page, self._quick = page, quick and not is_short(page)
        self._checker, self._lexicon, self._cues = checker, checker.lexicon, checker.cues
        self._parse, named, self._keep = (slack * least for least in thresholds(page))
        self._named = max(named, slack * NAMED_IF_QUICK) if self._quick else named
        self._described: dict[int, Described] = {}
        self._scores: dict[int, float] = {}
        self._gated: dict[int, float] = {}  # what the gate scores, though it be too low to matter
        self._grounded: dict[int, Grounded] = {}

    def may_meet_a_row(self, at_most: int | None = None) -> bool:
        """Tell whether the page makes a claim that a row answers, by the sentences that one could answer.

        Where there are more such sentences than `at_most`, it is held for likely, and nothing is parsed.
        """
        chosen = self._chosen(self.answerable)
        if at_most is not None and len(chosen) > at_most:
            return True
        claims = self._read(chosen, self._statements(chosen)) if chosen else []
        return any(m.how != "similar" for claim in claims for m in find_matches(claim, self._checker.table))

    def claims(self) -> tuple[list[Claim], Counter[str]]:
        """Read the page's claims, without judging them; count what is dropped."""
        page, chosen = self.page, self._chosen(self.answerable if self._quick else self._asked)
        statements = self._statements(chosen, whole=is_short(page) and len(page.sentences) >= PASSAGE)
        claims = self._read(chosen, statements)
        others = [] if self._quick else self._unparsed()
        claims = sorted([*claims, *read_plainly(page, others, self._lexicon)], key=lambda c: c.start)
        statements.update(others)
        counts = Counter(
            sentences=len(page.sentences),
            sentences_not_parsed=len(page.sentences) - len(self._grounded),
            sentences_not_statements=len(page.sentences) - len(statements),
            statements_without_claim=len(statements) - len({(c.start, c.end) for c in claims}),
            claims=len(claims),
        )
        return claims, counts

    def _unparsed(self) -> list[int]:
        """List the statements that are not worth a parse; on a page about something else, nobody asks for them."""
        asked = self._asked if is_elsewhere(self.page) else range(len(self.page.sentences))
        return [i for i, p in self._gate(asked).items() if p >= self._keep and i not in self._grounded]

    @cached_property
    def _worth(self) -> list[int]:
        """The sentences that could meet a row of some table."""
        return sorted({*worth_parsing(self.page, self._lexicon, self._cues), *self._led})

    @cached_property
    def answerable(self) -> list[int]:
        """The sentences that could meet a row of this table."""
        return self._checker.answerable.among(self.page, self._worth)

    @property
    def _asked(self) -> Sequence[int]:
        """The sentences that are read: of a long page about something else, only what this table could answer."""
        if is_short(self.page):
            return range(len(self.page.sentences))
        return self.answerable if is_elsewhere(self.page) else self._worth

    def _gate(self, asked: Iterable[int]) -> dict[int, float]:
        """Score some sentences without a parse; what is scored too low to matter is left out."""
        asked, detector = list(asked), self._checker.detector
        new = [i for i in asked if i not in self._described]
        described = detector.describe(self.page, new)
        self._described.update(zip(new, described, strict=True))
        for i, p in zip(new, detector.gate(described), strict=True):
            self._gated[i] = p
            if p >= self._named and not is_idle(self.page, i, self._cues):
                self._scores[i] = p
        return {i: self._scores[i] for i in asked if i in self._scores}

    def _chosen(self, worth: Iterable[int]) -> list[int]:
        """Choose what to parse: what is likely a statement, and what names a whole claim."""
        worth = list(worth)
        led = {i: self._led[i] for i in worth if i in self._led}
        scores = self._gate(sorted({*worth, *led.values()})).items()
        chosen = {i for i, p in scores if p >= self._parse or names_a_claim(self.page, i, self._lexicon, self._cues)}
        return sorted(chosen.union(led, led.values()))

    @cached_property
    def _led(self) -> dict[int, int]:
        """The lines of lists that the line above them says something of, each with that line."""
        return led_lines(self.page, self._lexicon, self._cues)

    def _statements(self, chosen: list[int], *, whole: bool = False) -> set[int]:
        """Parse some sentences, and choose the statements: what the parse confirms, and what the rules read whole.

        Where the `whole` page has been scored, it is confirmed with an eye to the sentences around it.
        """
        new = [i for i in chosen if i not in self._grounded]
        parses = dict(zip(new, parse(self.page, new, self._cues), strict=True))
        self._grounded.update(ground(self.page, parses, self._lexicon))
        grounded = {i: self._grounded[i] for i in chosen}
        scores = self._checker.detector.confirm(self._described, grounded)
        if whole:
            scores = self._checker.detector.beside(self.page, self._gated, scores)
        told = {i for i, p in scores.items() if self._keep > p >= TOLD and states_a_claim(grounded[i], self._cues)}
        found = told.union(i for i, p in scores.items() if p >= self._keep)
        above = told_above(self._led, grounded, self._cues)
        found |= above.keys() & grounded.keys()
        leads = {said.sentence for said in above.values()}
        return found - {k for k in leads if self.page.sentences[k].text.rstrip().endswith(":")}

    def _read(self, chosen: list[int], statements: set[int]) -> list[Claim]:
        grounded = {i: self._grounded[i] for i in chosen}
        looks: Looks = "quick" if self._quick else "usual"
        reading = survey_candidates(self.page, grounded, statements, self._lexicon, self._cues, looks)
        answerable = self._checker.answerable if self._quick else None
        return extract(reading, self._lexicon, self._checker.slots, self._cues, answerable)


def is_short(page: Page) -> bool:
    """Tell whether a page is read whole."""
    return len(page.sentences) <= SHORT


def is_elsewhere(page: Page) -> bool:
    """Tell whether a page is about something else than health."""
    return len(page.sentences) > FEW and page.on_health < ON_HEALTH


def thresholds(page: Page) -> tuple[float, float, float]:
    """Give the scores from which on a sentence is parsed, is parsed where it names a claim, and is a statement."""
    if is_elsewhere(page):
        return PARSE_OF_WHOLE_ELSEWHERE if is_short(page) else PARSE_ELSEWHERE, NAMED_ELSEWHERE, KEEP_ELSEWHERE
    if len(page.sentences) >= WHOLE:
        return PARSE_IN_WHOLE, NAMED, KEEP_IN_WHOLE
    if is_short(page):
        return PARSE_OF_WHOLE, NAMED, KEEP
    return PARSE, NAMED, KEEP
