"""The public door: a page goes in, a report of checked claims comes out."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from claims.cues import Cues, default_cues
from claims.evidence import EVIDENCE, EvidenceTable
from claims.extract import extract, places
from claims.judge import judge
from claims.lexicon import CONCEPTS, Lexicon
from claims.match import find_matches
from claims.overview import overview
from claims.page import Page, survey
from claims.parse import parse
from claims.plain import is_idle, is_worth_parsing, names_a_claim, read_plainly, states_a_claim
from claims.reading import ground, survey_candidates
from claims.sentences import split
from claims.types import Article, Claim, Finding, Report
from models.bands import Bands, banded, default_bands
from models.detect import Detector
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

    def check(self, page: str | Article, *, plain: bool = True) -> Report:
        """Check a text or an article; what cannot be read comes back as a report with an error.

        Without `plain`, statements that no row could answer are left out: they cost as much as all others.
        """
        try:
            article = read_text(page) if isinstance(page, str) else page
        except ReadError as e:
            return self.failed(Article(id="", text=""), str(e))
        counts: Counter[str] = Counter()
        surveyed = survey(article, split(article), self.lexicon)
        claims = self.read_claims(surveyed, counts, plain=plain)
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

    def read_claims(self, page: Page, counts: Counter[str], *, plain: bool = True) -> list[Claim]:
        """Find and read the claims of a page, without judging them; count what is dropped."""
        sentences, lexicon, cues = page.sentences, self.lexicon, self.cues
        least, named, keep = thresholds(page)
        worth = {i for i in range(len(sentences)) if is_worth_parsing(page, i, lexicon, cues)}
        asked = range(len(sentences)) if plain and not is_elsewhere(page) else sorted(worth)
        described = dict(zip(asked, self.detector.describe(page, asked), strict=True))
        gate = {
            i: p
            for i, p in zip(asked, self.detector.gate(list(described.values())), strict=True)
            if p >= named and not is_idle(page, i, cues)
        }
        chosen = [i for i, p in gate.items() if i in worth and (p >= least or names_a_claim(page, i, lexicon, cues))]
        docs = dict(zip(chosen, parse(page, chosen, cues), strict=True))
        grounded = ground(page, docs, self.lexicon)
        scores = self.detector.confirm(described, grounded)
        told = (i for i, p in scores.items() if keep > p >= TOLD and states_a_claim(grounded[i], self.cues))
        statements = {*(i for i, p in scores.items() if p >= keep), *told}
        reading = survey_candidates(page, grounded, statements, self.lexicon, self.cues)
        claims = extract(reading, self.lexicon, self.slots, self.cues)
        others = [i for i, p in gate.items() if p >= keep and i not in docs]
        claims = sorted([*claims, *read_plainly(page, others, self.lexicon)], key=lambda c: c.start)
        statements.update(others)
        counts.update(
            sentences=len(sentences),
            sentences_not_parsed=len(sentences) - len(chosen),
            sentences_not_statements=len(sentences) - len(statements),
            statements_without_claim=len(statements) - len({(c.start, c.end) for c in claims}),
            claims=len(claims),
        )
        return claims

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
