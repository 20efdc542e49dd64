"""What a page says around its sentences: headings, lead-ins, quotations, and stretches that it rejects."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from claims.context import Setting, quoted_spans
from claims.cues import Cues
from claims.lexicon import fold
from claims.page import Page
from claims.sentences import blocks_of
from claims.types import Claim
from claims.words import word_list

_QUESTION_OPENING = re.compile(
    r"^(?:what (?:is|are)|is|are|does|do|can|how (?:does|do|to)|why|the|benefits of|side effects of|uses of|about"
    r"|\d+[.:)]|myth:?|fact:?)\s+",
    re.I,
)


# A lead-in with care whose bullets say of whom or when it holds: "Ask a doctor first if you:", "Not for people with:".
_WITH_CARE = re.compile(
    r"\b(?:not|avoid|check|tell|talk|speak|ask|consult|see|call|contact|care(?:ful)?|caution|unsafe|unsuitable|stop)\b"
    r"|n[’']t\b",
    re.I,
)
_WHO_OR_WHEN = re.compile(r"\b(?:if|when|unless|who|anyone|people|patients|those)\b[^.:]{0,40}[:…]+\s*$", re.I)
# What a section is on, and not what its lines are about.
_EMPTY_HEADINGS = word_list("empty headings")


def heading_phrase(text: str) -> str:
    """Give the thing that a short heading names, to be the silent subject of what stands below it; or ""."""
    text = fold(text).strip(" ?!.:")
    for _ in range(2):
        text = _QUESTION_OPENING.sub("", text)
    return text if 0 < len(text.split()) <= 3 and text not in _EMPTY_HEADINGS else ""


def lead_relation(text: str, cues: Cues) -> str:
    """Give the relation that a heading or lead-in lends to the bullets below it: causes, prevents, benefits or ""."""
    hits = cues.lead.find(text)
    order = ("causes", "prevents", "benefits")
    return min((h.row.value for h in hits), key=order.index, default="")


@dataclass(frozen=True, slots=True)
class Around:
    """Signs of another voice in a sentence and beside it, and the share of its page's sentences that bear each."""

    signs: Mapping[str, tuple[str, ...]]  # by place: here, before, after
    shares: Mapping[str, float]


class PageContext:
    """What the page says around its sentences: quotations, rejected stretches, denials that follow."""

    def __init__(self, page: Page, cues: Cues) -> None:
        self.cues, self._page = cues, page
        self._quoted = _quoted_sentences(page)
        self._rejected = self._rejected_sentences()
        self._conditions = self._listed_conditions()
        self._signs: dict[int, tuple[str, ...]] = {}
        self._settings: dict[int, Setting] = {}

    def setting(self, i: int) -> Setting:
        """Describe what surrounds a sentence."""
        if i not in self._settings:
            following = self._page.sentences[i + 1].text if i + 1 < len(self._page.sentences) else ""
            self._settings[i] = Setting(
                rejected_stretch=i in self._rejected,
                in_quotation=i in self._quoted,
                next_denies=self._denies(following),
                next_doubts=self._doubts(following),
                lists_who=i in self._conditions,
            )
        return self._settings[i]

    def around(self, i: int) -> Around:
        """Give the signs of another voice in a sentence, beside it and on its page."""
        places = {"here": i, "before": i - 1, "after": i + 1}
        return Around({name: self._signs_of(j) for name, j in places.items()}, self._shares)

    def _signs_of(self, i: int) -> tuple[str, ...]:
        if not 0 <= i < len(self._page.sentences):
            return ("nothing",)
        if i not in self._signs:
            text = self._page.sentences[i].text
            signs = {
                "quoted": i in self._quoted,
                "quoting": any(mark in text for mark in '"“”'),
                "reports": bool(self.cues.report.find(text)),
                "rejects": bool(self.cues.reject.find(text)),
            }
            self._signs[i] = tuple(name for name, there in signs.items() if there) or ("plain",)
        return self._signs[i]

    @cached_property
    def _shares(self) -> Mapping[str, float]:
        every = [self._signs_of(i) for i in range(len(self._page.sentences))]
        return {name: sum(name in s for s in every) / len(every) for name in ("quoted", "reports", "rejects")}

    def is_attributed(self, claim: Claim) -> bool:
        """Tell whether a claim's sentence puts it to others: those who spread it, or any source."""
        return claim.voice == "reported" or bool(self.cues.claimed.find(claim.quote))

    def _denies(self, following: str) -> bool:
        hits = self.cues.denies.find(following)
        return bool(hits) and not following[: hits[0].start].strip(" \"'“”")

    def _doubts(self, following: str) -> bool:
        """Tell whether a sentence rejects something or finds evidence missing: it may well speak of the one before."""
        missing = any(h.row.value == "evidence" for h in self.cues.negation.find(following))
        return missing or bool(self.cues.rejections(following))

    def _listed_conditions(self) -> set[int]:
        """Find the bullets below a lead-in that asks whether they hold of the reader."""
        out, listing = set(), False
        for i, sentence in enumerate(self._page.sentences):
            if sentence.kind == "list_item":
                out |= {i} if listing else set()
            else:
                listing = bool(_WHO_OR_WHEN.search(sentence.text) and _WITH_CARE.search(sentence.text))
        return out

    def _rejected_sentences(self) -> set[int]:
        """Find the sentences that a heading or label such as "Myth:" rejects."""
        out, rejecting = set(), False
        blocks = blocks_of(self._page.article)
        for i, sentence in enumerate(self._page.sentences):
            head = sentence.text[:40]
            facts, rejects = self.cues.fact_heading.find(head), self.cues.reject_heading.find(head)
            opens_block = sentence.start <= blocks[sentence.block].start + 4
            if facts and facts[0].start < 12:
                rejecting = False
            elif rejects and rejects[0].start < 4:
                rejecting = True
            elif sentence.kind == "heading" or (rejecting and opens_block):
                rejecting = False
            if rejecting:
                out.add(i)
        return out


def _quoted_sentences(page: Page) -> set[int]:
    """Find the sentences that stand for the most part inside quotation marks."""
    out, spans, k = set(), quoted_spans(page.article.text), 0
    for i, s in enumerate(page.sentences):
        while k < len(spans) and spans[k][1] <= s.start:
            k += 1
        inside = sum(max(0, min(b, s.end) - max(a, s.start)) for a, b in spans[k : k + 4])
        if inside > 0.6 * (s.end - s.start):
            out.add(i)
    return out
