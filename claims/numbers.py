"""Numbers: what a statistic says, and whether it lies within what a row gives.

N1  within the row's bounds, or a tenth off them: judged by the row as any other claim
N2  a share or a multiple further off, against a row of high or moderate certainty: overstated
N3  any other number outside the bounds: shown with what the row gives, never decided (counts grow with the years)
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from claims.evidence import object_fields
from claims.lexicon import fold
from claims.types import Claim, Evidence

Side = Literal["within", "above", "below"]

# Pages round: "one in five" for 18 %, "over 90 %" for 93 %.
SLACK = 0.1
# Units that do not grow with the years.
STEADY = frozenset({"percent", "times"})
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twenty": 20, "hundred": 100,
}  # fmt: skip
# Bounded, so that a page of digits costs no time.
_N = r"(?:\d[\d,]{0,14}(?:\.\d{1,4})?|" + "|".join(_WORDS) + ")"
_SCALE = {"thousand": 1e3, "million": 1e6, "billion": 1e9}
_UNIT = re.compile(
    rf"(?P<low>{_N})(?:\s?(?:-|–|to)\s?(?P<high>{_N}))?\s?(?P<scale>thousand|million|billion)?\s?-?"
    r"(?P<unit>%|(?:percent|per cent|times|fold|deaths?|cases|people|hours?|days?|weeks?|months?|years?)\b)"
)
_RATIO = re.compile(rf"(?P<part>{_N})(?: in | out of | of every )(?P<whole>{_N})\b")
_FRACTIONS = {"half": 50.0, "a third": 100 / 3, "a quarter": 25.0, "a fifth": 20.0, "two thirds": 200 / 3}
_TIMES = {"twice": 2.0, "double": 2.0, "doubles": 2.0, "triple": 3.0, "triples": 3.0}
# Words of a measure that say nothing by themselves.
_LOOSE = frozenset("in of vs per us a the and with rise year".split())


@dataclass(frozen=True, slots=True)
class Figure:
    """A number or range with its unit; shares are in percent."""

    low: float
    high: float
    unit: str

    def __str__(self) -> str:
        ends = [f"{x:,.1f}".removesuffix(".0") for x in dict.fromkeys((self.low, self.high)) if x < math.inf]
        span = " to ".join(ends) if self.high < math.inf else f"{ends[0]} or more"
        return f"{span}%" if self.unit == "percent" else f"{span} {self.unit}".strip()


def figure(text: str) -> Figure | None:
    """Read the first number of a text that has a unit, or None."""
    low = fold(text)
    found = [m for m in (_UNIT.search(low), _RATIO.search(low)) if m]
    if found:
        m = min(found, key=lambda m: m.start())
        return _ratio(m) if m.re is _RATIO else _with_unit(m)
    for words, unit in ((_FRACTIONS, "percent"), (_TIMES, "times")):
        for word, value in words.items():
            if re.search(rf"\b{word}\b", low):
                return Figure(value, value, unit)
    return None


def _ratio(m: re.Match[str]) -> Figure | None:
    whole = _number(m["whole"])
    share = 100 * _number(m["part"]) / whole if whole else 0.0
    return Figure(share, share, "percent") if whole else None


def _with_unit(m: re.Match[str]) -> Figure:
    scale = _SCALE.get(m["scale"] or "", 1.0)
    low = _number(m["low"]) * scale
    return Figure(low, _number(m["high"]) * scale if m["high"] else low, _unit(m["unit"]))


def _number(text: str) -> float:
    return float(_WORDS[text]) if text in _WORDS else float(text.replace(",", ""))


def _unit(text: str) -> str:
    known = {"%": "percent", "per cent": "percent", "fold": "times"}
    return known.get(text) or (text if text in {"percent", "times", "people"} or text.endswith("s") else f"{text}s")


def given_by(row: Evidence) -> Figure | None:
    """Give the bounds of a statistic's row; None where it has none."""
    fields = object_fields(row.object)
    if not fields.get("low"):
        return None
    low = float(fields["low"])
    return Figure(low, float(fields["high"]) if fields.get("high") else math.inf, fields.get("unit", ""))


def is_same_measure(claim: Claim, row: Evidence) -> bool:
    """Tell whether a claim gives a number for what a row measures: the same unit, and every word of the measure."""
    said, given = figure(claim.object), given_by(row)
    if said is None or given is None or said.unit != given.unit:
        return False
    wanted = _words_of_measure(row.object)
    return bool(wanted) and wanted <= _stems(f"{claim.quote} {claim.subject}")


@lru_cache(maxsize=8192)
def _words_of_measure(obj: str) -> frozenset[str]:
    words = {w for w in re.split(r"[^a-z0-9]+", object_fields(obj).get("measure", "")) if w} - _LOOSE
    return frozenset(map(_stem, words))


@lru_cache(maxsize=64)  # asked of one claim for each row on its thing
def _stems(text: str) -> frozenset[str]:
    return frozenset(map(_stem, re.findall(r"[a-z0-9]+", fold(text))))


def _stem(word: str) -> str:
    for end in ("ised", "ized", "ation", "ing", "ed", "es", "s", "e"):
        if word.endswith(end) and len(word) - len(end) >= 4:
            return word[: -len(end)]
    return word


def side(claim: Claim, row: Evidence) -> Side | None:
    """Say on which side of a row's bounds a claim's number lies; None where one of them has none."""
    said, given = figure(claim.object), given_by(row)
    if said is None or given is None or said.unit != given.unit:
        return None
    if said.low > given.high * (1 + SLACK):
        return "above"
    return "below" if said.high < given.low * (1 - SLACK) else "within"


def compared(claim: Claim, row: Evidence) -> str:
    """Say a claim's number beside a row's: "says 36 deaths; the row gives 91 deaths (below)"."""
    where = side(claim, row)
    return f"says {figure(claim.object)}; the row gives {given_by(row)} ({where})" if where else ""


_SHARE = r"\d[\d.]{0,6}\s?(?:%|percent|per cent)"
_RISK = r"(?:risk|chances?|odds|likelihood|deaths?|cases)"
_CHANGE = r"(?:cut|lower|reduc|slash|decreas|rais|increas|boost)\w*"
_RELATIVE_RISK = re.compile(
    rf"\b{_CHANGE}\b[^.;]{{0,60}}?\b{_RISK}\b[^.;]{{0,60}}?\bby (?:[a-z]+ ){{0,3}}(?:{_SHARE}|half|a third|two thirds)"
    rf"|\b{_SHARE} (?:lower|higher|less|more|greater|reduced|increased|reduction in|increase in|drop in)"
    rf" (?:the )?(?:{_RISK}|likely)"
    rf"|\b(?:halv|doubl|tripl)(?:e|es|ed) (?:\w+ ){{1,3}}{_RISK}"
    r"|\b(?:twice|(?:two|three|four|\d+) times) (?:as likely|more likely|the risk|higher risk)"
)
_ABSOLUTE_RISK = re.compile(
    r"\b(?:per|in|of) (?:every )?(?!(?:19|20)\d\d\b)(?:\d[\d,]{0,14}|ten|(?:a )?hundred|(?:a )?thousand)\b"
    r"|percentage points?|absolute"
    r"|\bfrom (?:about )?\d[^.;]{0,30}\bto \d|number needed"
)


def relative_risk(text: str) -> tuple[int, int] | None:
    """Find a change of risk that a sentence gives without what it changes from: its offsets, or None."""
    low = fold(text)
    m = _RELATIVE_RISK.search(low)
    return None if m is None or _ABSOLUTE_RISK.search(low) else m.span()
