"""The public door: a page goes in, a report of checked claims comes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from claims.cues import Cues, default_cues
from claims.evidence import EVIDENCE, EvidenceTable
from claims.extract import Page, extract, places, survey
from claims.judge import judge
from claims.lexicon import CONCEPTS, Lexicon
from claims.match import find_matches
from claims.parse import parse
from claims.sentences import split
from claims.types import Article, Claim, Finding, Report
from models.detect import Detector
from pipeline.read import ReadError, read_text

# A sentence scored below PARSE is not parsed; one below KEEP is dropped unless its claim is grounded:
# a known thing, a known relation and a known condition. Set by leave-topic-out F1 on the labelled passages.
PARSE = 0.15
KEEP = 0.45


class Checker:
    """Checks articles against one evidence table; loads everything once, then `check` as often as you like."""

    def __init__(self, lexicon: Lexicon, table: EvidenceTable, detector: Detector, cues: Cues) -> None:
        self.lexicon, self.table, self.detector, self.cues = lexicon, table, detector, cues
        self.version = f"nostrum {version('nostrum')}"

    @classmethod
    def load(cls, folders: Sequence[Path] = (EVIDENCE,), concepts: Path = CONCEPTS) -> Checker:
        """Load a checker on some evidence folders; raise EvidenceError or LexiconError with all faults."""
        lexicon, cues = Lexicon.load(concepts), default_cues()
        return cls(lexicon, EvidenceTable.load(lexicon, folders), Detector.load(lexicon, cues), cues)

    @staticmethod
    @lru_cache(maxsize=1)
    def default() -> Checker:
        """Load the shipped table, once in a process."""
        return Checker.load()

    def check(self, page: str | Article) -> Report:
        """Check a text or an article; what cannot be read comes back as a report with an error."""
        try:
            article = read_text(page) if isinstance(page, str) else page
        except ReadError as e:
            return self.failed(Article(id="", text=""), str(e))
        counts: Counter[str] = Counter()
        claims = self.read_claims(article, counts)
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

    def read_claims(self, article: Article, counts: Counter[str] | None = None) -> list[Claim]:
        """Find and read the claims of an article, without judging them."""
        counts = Counter() if counts is None else counts
        sentences = split(article)
        page = survey(article, sentences, self.lexicon)
        scores = self.detector.scores(page)
        chosen = [i for i in range(len(sentences)) if scores[i] >= PARSE]
        docs = dict(zip(chosen, parse(sentences[i].text for i in chosen), strict=True))
        claims = extract(page, docs, self.lexicon, self.cues)
        kept = _keep(page, claims, scores, self.lexicon)
        counts.update(
            sentences=len(sentences),
            sentences_parsed=len(chosen),
            sentences_below_detector=len(sentences) - len(chosen),
            claims=len(kept),
            claims_dropped_weak=len(claims) - len(kept),
        )
        return kept

    def _finding(self, article: Article, claim: Claim, nth: int) -> Finding:
        return judge(claim, find_matches(claim, self.table), self.lexicon, article_id=article.id, nth=nth)


def _keep(page: Page, claims: Sequence[Claim], scores: Sequence[float], lexicon: Lexicon) -> list[Claim]:
    """Keep the claims of sentences that the detector or a grounded claim vouches for."""
    by_span = {(s.start, s.end): scores[i] for i, s in enumerate(page.sentences)}
    return [c for c in claims if by_span[c.start, c.end] >= KEEP or is_grounded(c, lexicon)]


def is_grounded(claim: Claim, lexicon: Lexicon) -> bool:
    """Tell whether a claim's slots are all known: a thing that acts, a relation word, a condition or function."""
    return (
        claim.relation in {"treats", "prevents", "causes", "improves"}
        and lexicon.is_actor(claim.subject_id)
        and lexicon.kind(claim.object_id) in {"condition", "symptom", "function"}
        and any(c.id.startswith("rel-") for c in claim.cues)
    )
