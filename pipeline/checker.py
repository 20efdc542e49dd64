"""The public door: a page goes in, a report of checked claims comes out."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path

from claims.answerable import Answerable
from claims.concepts import CONCEPTS
from claims.cues import Cues, default_cues
from claims.evidence import EVIDENCE, EvidenceTable
from claims.extract import places
from claims.judge import judge
from claims.lexicon import Lexicon
from claims.match import find_matches
from claims.overview import overview
from claims.page import survey
from claims.sentences import split
from claims.types import Article, Claim, Finding, Report
from models.bands import Bands, banded, default_bands
from models.detect import Detector
from models.slots import Slots
from pipeline.about import named_version
from pipeline.read import ReadError, read_text
from pipeline.reader import PageReader

# Lists, tuples and the like that are made before the collector looks at them: a page makes thousands, which nearly all
# go by themselves; at Python's own 700 it took a twentieth of the time.
_UNTIL_COLLECTED = 20_000


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
        spare_the_collector()
        return checker

    @cached_property
    def answerable(self) -> Answerable:
        """What tells of a sentence whether a row of the table could answer it."""
        return Answerable(self.table, self.cues)

    def check(self, page: str | Article, *, quick: bool = False) -> Report:
        """Check a text or an article; what cannot be read comes back as a report with an error.

        With `quick`, a long page's statements that no row of the table could answer are left out, which saves parses.
        """
        try:
            article = read_text(page) if isinstance(page, str) else page
        except ReadError as e:
            return self.failed(Article(id="", text=""), str(e))
        surveyed = survey(article, split(article), self.lexicon)
        claims, counts = PageReader(surveyed, self, quick=quick).claims()
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

    def _finding(self, article: Article, claim: Claim, nth: int) -> Finding:
        found = judge(claim, find_matches(claim, self.table), self.lexicon, article_id=article.id, nth=nth)
        return banded(found, self.bands)


def spare_the_collector() -> None:
    """Tell Python's collector of garbage that what is loaded stays, and that it need not look so often.

    Walking what is loaded again and again took a fifth of the time.
    """
    gc.freeze()
    gc.set_threshold(_UNTIL_COLLECTED, *gc.get_threshold()[1:])
