"""The public door: a page goes in, a report of checked claims comes out."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path

from claims.answerable import Answerable
from claims.cues import Cues, default_cues
from claims.evidence import EVIDENCE, EvidenceTable
from claims.extract import extract, places
from claims.judge import judge
from claims.lexicon import CONCEPTS, Lexicon
from claims.match import find_matches
from claims.overview import overview
from claims.page import Page, survey
from claims.parse import parse
from claims.phrases import Grounded
from claims.plain import is_idle, names_a_claim, read_plainly, states_a_claim, worth_parsing
from claims.reading import ground, survey_candidates
from claims.sentences import split
from claims.types import Article, Claim, Finding, Report
from models.bands import Bands, banded, default_bands
from models.detect import Described, Detector
from models.slots import Slots
from pipeline.about import named_version
from pipeline.read import ReadError, read_text

# A sentence that the gate scores below PARSE is not parsed; one that the parse confirms below KEEP carries no claim.
# Set by leave-one-topic-out statement F1 on the labelled passages: from 0.4 to 0.8, PARSE gives the same to 0.002, as
# what names a claim is parsed anyway; KEEP gives 0.82 from 0.4 to 0.5, where precision is best, and 0.81 at 0.55. A
# page that names a condition or a function in fewer sentences than OFTEN (a recipe, terms of use) asks KEEP_SELDOM.
PARSE = 0.5
KEEP = 0.5
OFTEN, KEEP_SELDOM = 0.25, 0.6
# The labelled passages were cut where claims are dense (0.62 of their sentences); three whole articles held 0.43.
# The odds shift as much: a page of WHOLE sentences or more asks PARSE_IN_WHOLE and KEEP_IN_WHOLE.
WHOLE, PARSE_IN_WHOLE, KEEP_IN_WHOLE = 40, 0.7, 0.68
# A page of more than a few sentences that seldom names a condition or a thing that acts (foods apart) is about
# something else: only what names one is asked, and far more surely. On labelled passages without a claim, with topics
# left out, that and KEEP_SELDOM make 2.4 claims in 100 sentences; without both it is 6.3, at the same statement F1.
FEW, ON_HEALTH, PARSE_ELSEWHERE, KEEP_ELSEWHERE = 10, 0.22, 0.8, 0.8
# Below those, where the words alone, and then the rules alone, make a whole claim ("Kratom may relieve pain").
NAMED, NAMED_ELSEWHERE, TOLD = 0.1, 0.45, 0.12


class Checker:
    """Checks articles against one evidence table; loads everything once, then `check` as often as you like."""

    def __init__(
        self, lexicon: Lexicon, table: EvidenceTable, detector: Detector, slots: Slots, cues: Cues, bands: Bands
    ) -> None:
        self.lexicon, self.table, self.cues = lexicon, table, cues
        self.detector, self.slots, self.bands = detector, slots, bands
        self.version = named_version()

    @classmethod
    def load(cls, folders: Sequence[Path] = (EVIDENCE,), concepts: Path = CONCEPTS) -> Checker:
        """Load a checker on some evidence folders; raise EvidenceError or LexiconError with all faults."""
        table, cues = EvidenceTable.open(folders, concepts), default_cues()
        return cls(table.lexicon, table, Detector.load(table.lexicon, cues), Slots.load(), cues, default_bands())

    @staticmethod
    @lru_cache(maxsize=1)
    def default() -> Checker:
        """Load the shipped table, once in a process."""
        checker = Checker.load()
        gc.freeze()  # it stays: the collector, which would walk it again and again, took a fifth of the time
        return checker

    @cached_property
    def answerable(self) -> Answerable:
        """What tells of a sentence whether a row of the table could answer it."""
        return Answerable(self.table, self.cues)

    def check(self, page: str | Article) -> Report:
        """Check a text or an article; what cannot be read comes back as a report with an error."""
        try:
            article = read_text(page) if isinstance(page, str) else page
        except ReadError as e:
            return self.failed(Article(id="", text=""), str(e))
        counts: Counter[str] = Counter()
        surveyed = survey(article, split(article), self.lexicon)
        claims = self.read_claims(surveyed, counts)
        findings = [self._finding(article, c, nth) for c, nth in places(claims)]
        for f in findings:
            counts[f"verdict_{f.verdict}"] += 1
            counts["flagged"] += f.flag
        return Report(
            article=article,
            checker=self.version,
            evidence_digest=self.table.digest,
            as_of=self.table.as_of,
            findings=tuple(findings),
            page=overview(surveyed, findings, self.table, self.cues),
            counts=dict(sorted(counts.items())),
        )

    def failed(self, article: Article, error: str) -> Report:
        """Report a page that could not be read or checked, with one clear line."""
        return Report(
            article=article,
            checker=self.version,
            evidence_digest=self.table.digest,
            as_of=self.table.as_of,
            error=error,
        )

    def may_meet_a_row(self, page: Page, slack: float) -> bool:
        """Tell whether a page that was split roughly may make a claim to which a row speaks.

        `slack` below 1 lowers what is asked of a score. A page with more than a few likely sentences is not parsed.
        """
        worth = self.answerable.among(page, worth_parsing(page, self.lexicon, self.cues))
        gate, described = self._gate(page, worth, slack)
        chosen = self._chosen(page, gate, worth, slack)
        if len(chosen) > FEW or not chosen:
            return bool(chosen)
        grounded = self._parsed(page, chosen)
        claims = self._read(page, grounded, self._confirmed(page, described, grounded, slack))
        return any(find_matches(claim, self.table) for claim in claims)

    def read_claims(self, page: Page, counts: Counter[str]) -> list[Claim]:
        """Find and read the claims of a page, without judging them; count what is dropped."""
        sentences = page.sentences
        worth = worth_parsing(page, self.lexicon, self.cues)
        gate, described = self._gate(page, worth if is_elsewhere(page) else range(len(sentences)))
        grounded = self._parsed(page, self._chosen(page, gate, worth))
        statements = self._confirmed(page, described, grounded)
        claims = self._read(page, grounded, statements)
        keep = thresholds(page)[2]
        others = [i for i, p in gate.items() if p >= keep and i not in grounded]
        claims = sorted([*claims, *read_plainly(page, others, self.lexicon)], key=lambda c: c.start)
        statements.update(others)
        counts.update(
            sentences=len(sentences),
            sentences_not_parsed=len(sentences) - len(grounded),
            sentences_not_statements=len(sentences) - len(statements),
            statements_without_claim=len(statements) - len({(c.start, c.end) for c in claims}),
            claims=len(claims),
        )
        return claims

    def _gate(
        self, page: Page, asked: Sequence[int], slack: float = 1.0
    ) -> tuple[dict[int, float], dict[int, Described]]:
        """Score some sentences without a parse, and describe them; what is scored too low to matter is left out."""
        described = dict(zip(asked, self.detector.describe(page, asked), strict=True))
        scores = zip(asked, self.detector.gate(list(described.values())), strict=True)
        named = slack * thresholds(page)[1]
        return {i: p for i, p in scores if p >= named and not is_idle(page, i, self.cues)}, described

    def _chosen(self, page: Page, gate: Mapping[int, float], worth: Sequence[int], slack: float = 1.0) -> list[int]:
        """Choose what to parse: what is likely a statement, and what names a whole claim."""
        least = slack * thresholds(page)[0]
        possible = [i for i in worth if i in gate]
        return [i for i in possible if gate[i] >= least or names_a_claim(page, i, self.lexicon, self.cues)]

    def _parsed(self, page: Page, chosen: Sequence[int]) -> dict[int, Grounded]:
        return ground(page, dict(zip(chosen, parse(page, chosen, self.cues), strict=True)), self.lexicon)

    def _read(self, page: Page, grounded: Mapping[int, Grounded], statements: set[int]) -> list[Claim]:
        reading = survey_candidates(page, grounded, statements, self.lexicon, self.cues)
        return extract(reading, self.lexicon, self.slots, self.cues)

    def _confirmed(
        self, page: Page, described: Mapping[int, Described], grounded: Mapping[int, Grounded], slack: float = 1.0
    ) -> set[int]:
        """Choose the statements among parsed sentences: what the parse confirms, and what the rules read whole."""
        keep = slack * thresholds(page)[2]
        scores = self.detector.confirm(described, grounded)
        told = (i for i, p in scores.items() if keep > p >= TOLD and states_a_claim(grounded[i], self.cues))
        return {*(i for i, p in scores.items() if p >= keep), *told}

    def _finding(self, article: Article, claim: Claim, nth: int) -> Finding:
        found = judge(claim, find_matches(claim, self.table), self.lexicon, article_id=article.id, nth=nth)
        return banded(found, self.bands)


def is_elsewhere(page: Page) -> bool:
    """Tell whether a page is about something else than health."""
    return len(page.sentences) > FEW and page.on_health < ON_HEALTH


def thresholds(page: Page) -> tuple[float, float, float]:
    """Give the scores from which on a sentence is parsed, is parsed where it names a claim, and is a statement."""
    if is_elsewhere(page):
        return PARSE_ELSEWHERE, NAMED_ELSEWHERE, KEEP_ELSEWHERE
    if len(page.sentences) >= WHOLE:
        return PARSE_IN_WHOLE, NAMED, KEEP_IN_WHOLE
    seldom = len(page.sentences) > FEW and page.on_conditions < OFTEN
    return PARSE, NAMED, KEEP_SELDOM if seldom else KEEP
