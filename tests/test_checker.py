"""The public door: the same page gives the same bytes, offsets hold, and what is said elsewhere moves nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.judge import judge
from claims.match import find_matches
from claims.types import FLAGGED_VERDICTS, VERDICTS, Article, Finding, Report
from pipeline.checker import Checker
from pipeline.read import read_text

ROOT = Path(__file__).parent.parent
LABELLED = sorted((ROOT / "claims" / "labelled").glob("*.jsonl"))
# One passage in this many of each file is read here.
EVERY = 12

PAGE = """\
# Kratom: what to know

Kratom is a tree of the coffee family. Kratom eases opioid withdrawal. It is completely safe.
It is a myth that vaccines cause autism. Some doctors say that turmeric may ease arthritis.

- Kratom causes addiction.
- Vitamin C prevents scurvy.

Coffee does not cause cancer. Smoking causes cancer. Smoking causes cancer.
"""


def passages() -> Iterator[dict[str, Any]]:
    for file in LABELLED:
        lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
        yield from map(json.loads, lines[::EVERY])


def bytes_of(report: Report) -> bytes:
    return json.dumps(asdict(report), ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")


def told(report: Report) -> list[tuple[Any, ...]]:
    """Say what was found, wherever on the page it stands."""
    return [_told(f) for f in report.findings]


def _told(f: Finding) -> tuple[Any, ...]:
    c = f.claim
    slots = (c.quote, c.subject, c.relation, c.object, c.polarity, c.denies, c.strength, c.voice)
    return (*slots, f.verdict, f.flag, f.harm, f.rule, f.because, [m.evidence.id for m in f.matches])


def check_offsets(report: Report) -> None:
    text = report.article.text
    for f in report.findings:
        c = f.claim
        assert 0 <= c.start < c.end <= len(text)
        assert text[c.start : c.end] == c.quote
        for cue in c.cues:
            assert c.start <= cue.start < cue.end <= c.end


# ---------------------------------------------------------------- the same bytes


def test_the_same_text_gives_the_same_bytes(checker: Checker) -> None:
    assert bytes_of(checker.check(PAGE)) == bytes_of(checker.check(PAGE))


def test_a_page_checked_between_others_gives_the_same_bytes(checker: Checker) -> None:
    alone = bytes_of(checker.check(PAGE))
    for other in ("Zinc shortens colds.", "", "Turmeric cures cancer. It is safe.", PAGE[::-1]):
        checker.check(other)
        assert bytes_of(checker.check(PAGE)) == alone


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_two_processes_with_other_hash_seeds_give_the_same_bytes(checker: Checker) -> None:
    code = (
        "import sys; from hashlib import sha256; from pipeline.checker import Checker\n"
        "from tests.test_checker import PAGE, bytes_of\n"
        "print(sha256(bytes_of(Checker.default().check(PAGE))).hexdigest())"
    )
    ran = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True, env=os.environ | {"PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert ran[0] == ran[1]


def test_a_report_names_its_versions(checker: Checker) -> None:
    report = checker.check(PAGE)
    assert report.checker.startswith("nostrum ")
    assert report.evidence_digest == checker.table.digest
    assert report.as_of == checker.table.as_of


# ---------------------------------------------------------------- findings


def test_what_a_page_gives(checker: Checker) -> None:
    found = {(f.claim.subject_id, f.claim.relation, f.claim.object_id): f for f in checker.check(PAGE).findings}
    myth = found["vaccine", "causes", "autism"]
    assert (myth.verdict, myth.claim.voice, myth.flag) == ("contradicted", "rejected", False)
    scurvy = found["vitamin-c", "prevents", "scurvy"]
    assert (scurvy.verdict, scurvy.flag) == ("supported", False)
    cancer = found["smoking", "causes", "cancer"]
    assert (cancer.verdict, cancer.harm) == ("supported", 0)


def test_the_same_statement_twice_has_two_ids(checker: Checker) -> None:
    ids = [f.id for f in checker.check(PAGE).findings]
    assert len(ids) == len(set(ids))
    places = [f.claim.start for f in checker.check(PAGE).findings if f.claim.quote == "Smoking causes cancer."]
    assert len(set(places)) == 2


def test_counts_add_up(checker: Checker) -> None:
    report = checker.check(PAGE)
    counts = report.counts
    assert counts["claims"] == len(report.findings)
    assert sum(n for name, n in counts.items() if name.startswith("verdict_")) == len(report.findings)
    assert counts["flagged"] == sum(f.flag for f in report.findings)
    assert counts["sentences_not_statements"] <= counts["sentences"]


@pytest.mark.parametrize("passage", list(passages()), ids=lambda p: p["id"])
def test_on_labelled_passages(passage: dict[str, Any], checker: Checker) -> None:
    """Offsets hold, no flag without a row, nothing rejected is flagged, every verdict has its reason."""
    report = checker.check(replace(read_text(passage["text"]), title=passage.get("title", "")))
    assert report.article.text == passage["text"]
    check_offsets(report)
    assert len({f.id for f in report.findings}) == len(report.findings)
    for f in report.findings:
        sound = [m for m in f.matches if m.how != "similar"]
        assert f.verdict in VERDICTS
        assert (f.verdict == "unverified") == (f.unverified_reason is not None) == (f.rule == "")
        assert f.verdict == "unverified" or (sound and f.claim.grounded)
        assert f.flag == (f.verdict in FLAGGED_VERDICTS and f.claim.is_put_forward)
        assert (f.claim.denies is not None) == (f.claim.polarity == "deny")
        assert f.because


# ---------------------------------------------------------------- what must move nothing

UNRELATED = (
    "The shop opens at nine.",
    "My neighbour painted his fence green last week.",
    "Trains run every hour on weekdays.",
    "She closed the window and went to bed.",
    "Click here to read more.",
)
SETTLED = (
    "Vitamin C cures cancer.",
    "Vaccines do not cause autism.",
    "It is a myth that vaccines cause autism.",
    "Smoking causes cancer.",
    "Some doctors say that ivermectin treats COVID-19.",
)


@pytest.mark.parametrize("unrelated", UNRELATED)
@pytest.mark.parametrize("place", ["before", "after", "paragraph before", "paragraph after"])
def test_an_unrelated_sentence_changes_nothing_about_the_others(unrelated: str, place: str, checker: Checker) -> None:
    for text in SETTLED:
        gap = "\n\n" if "paragraph" in place else " "
        whole = f"{unrelated}{gap}{text}" if "before" in place else f"{text}{gap}{unrelated}"
        alone = told(checker.check(text))
        assert alone
        assert [t for t in told(checker.check(whole)) if t[0] == text] == alone


# A settled sentence as subject, verb in its plain form, object; rows of every finding stand behind them.
PLAIN = (
    ("Vitamin C", "prevent", "scurvy"),
    ("Vitamin C", "cure", "cancer"),
    ("Kratom", "treat", "anxiety"),
    ("Kratom", "treat", "depression"),
    ("Kratom", "cause", "addiction"),
    ("Kratom", "prevent", "cancer"),
    ("Smoking", "cause", "cancer"),
    ("Vaccines", "cause", "autism"),
    ("Ginger", "relieve", "nausea"),
    ("Ginkgo", "improve", "memory"),
    ("Ivermectin", "treat", "COVID-19"),
    ("Garlic", "cure", "cancer"),
)
WAYS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("{s} may {v} {o}.", {"strength": "hedged"}),
    ("{s} {does} not {v} {o}.", {"polarity": "deny", "denies": "effect"}),
    ("There is no good evidence that {s} {vs} {o}.", {"polarity": "deny", "denies": "evidence"}),
    ("It is a myth that {s} {vs} {o}.", {"voice": "rejected"}),
    ("According to Dr. Lee, {s} {vs} {o}.", {"voice": "reported"}),
)


def spell(way: str, subject: str, verb: str, object: str) -> str:
    one = not subject.endswith("es")
    return way.format(s=subject, v=verb, vs=f"{verb}s" if one else verb, o=object, does="does" if one else "do")


@pytest.mark.parametrize("plain", PLAIN, ids=" ".join)
@pytest.mark.parametrize(("way", "slots"), WAYS, ids=[w for w, _ in WAYS])
def test_saying_it_otherwise_moves_the_verdict_as_the_rule_says(
    plain: tuple[str, str, str], way: str, slots: dict[str, Any], checker: Checker
) -> None:
    """Hedged, negated, denied for want of evidence, rejected or reported: the same rows, another column, no more."""
    (base, *_) = checker.check(spell("{s} {vs} {o}.", *plain)).findings
    said = checker.check(spell(way, *plain)).findings
    about = (base.claim.subject_id, base.claim.object_id)
    other = next((f for f in said if f.claim.grounded and (f.claim.subject_id, f.claim.object_id) == about), None)
    if other is None:
        assert not any(f.flag for f in said)
        return
    # A denial has no strength of its own.
    strength = other.claim.strength if "polarity" in slots else slots.get("strength", base.claim.strength)
    expected = replace(base.claim, **(slots | {"strength": strength}))
    now = judge(expected, find_matches(expected, checker.table), checker.lexicon)
    assert (other.verdict, other.flag, other.rule) == (now.verdict, now.flag, now.rule)


def test_an_unrelated_paragraph_changes_nothing_about_a_whole_page(checker: Checker) -> None:
    alone = told(checker.check(PAGE))
    for added in (f"{PAGE}\n{UNRELATED[0]}\n", PAGE.replace("- Kratom causes", f"{UNRELATED[1]}\n\n- Kratom causes")):
        assert told(checker.check(added)) == alone


def test_the_id_of_an_article_is_in_the_ids_of_its_findings(checker: Checker) -> None:
    one, other = (checker.check(Article(id=id, text=SETTLED[0])) for id in ("one", "other"))
    assert told(one) == told(other)
    assert {f.id for f in one.findings}.isdisjoint(f.id for f in other.findings)


# ---------------------------------------------------------------- any text

WEIRD = (
    "🌿🌿 Vitamin C cures cancer. 👩🏽‍⚕️ Vaccines cause autism! 🌿",
    "الكركم يعالج السرطان. Turmeric may ease arthritis. זה בטוח. Smoking causes cancer.",
    "\u202eVaccines cause autism.\u202c Smoking causes cancer.",
    "Vita\u0301min C cures cancer. Smoking\u0301 causes cancer. Vitamin C cures cancer.",
    "İİİ Vitamin C cures cancer. ßſ Smoking causes cancer. ﬁne.",
    "Vitamin\u00a0C\u2009cures\u202fcancer.\u2028Smoking causes cancer.\u2029Vaccines cause autism.",
    "\ufeffVitamin C cures can\u00adcer.\u200b Smoking causes cancer.",
    "𝕍𝕚𝕥𝕒𝕞𝕚𝕟 ℂ 𝕔𝕦𝕣𝕖𝕤 𝕔𝕒𝕟𝕔𝕖𝕣. Smoking causes cancer.",
    "Smoking causes cancer.\r\nVitamin C cures cancer.\rVaccines cause autism.\x0cSmoking causes cancer.\x85Tea.",
    "Smoking causes cancer" + "!" * 500 + " Vitamin C cures cancer.",
    "  \t Smoking causes cancer.  \n\n\n   \u3000Vitamin C cures cancer.\t\t",
    "Smoking causes 癌症. 吸烟会导致癌症。Smoking causes cancer.",
    "“Vitamin C cures cancer,” he said… ‘Smoking causes cancer’—so they say.",
    "Smoking causes cancer.\nSmoking causes cancer.\nSmoking causes cancer.",
)  # fmt: skip


@pytest.mark.parametrize("text", WEIRD)
def test_offsets_hold_in_weird_text(text: str, checker: Checker) -> None:
    report = checker.check(Article(id="weird", text=text))
    assert report.error is None
    assert report.findings
    assert report.article.text == text
    check_offsets(report)


PARTS = (
    *SETTLED, *UNRELATED, "🌿", "👩🏽‍⚕️ says", "الكركم آمن", "זה בטוח", "e\u0301", "İ", "\u202e", "\u200b", "- ", "• ", "# Kratom",
    "Myth:", "Fact:", "\x00", "?", "“", "”", "It is safe.", "This is false.",
)  # fmt: skip
GLUE = (" ", "\n", "\n\n", ". ", "\r\n", "\u2028", "\t", "")


@settings(max_examples=25, deadline=None, derandomize=True, database=None)
@given(st.lists(st.tuples(st.sampled_from(PARTS), st.sampled_from(GLUE)), max_size=8))
def test_offsets_hold_in_any_text(parts: list[tuple[str, str]]) -> None:
    text = "".join(a + b for a, b in parts)
    report = Checker.default().check(Article(id="any", text=text))
    assert report.error is None
    check_offsets(report)
    assert bytes_of(report) == bytes_of(Checker.default().check(Article(id="any", text=text)))


def test_half_a_character_is_mended_by_the_reader(checker: Checker) -> None:
    """JSON may hold one: half of a pair that was cut in two."""
    report = checker.check("Vitamin C cures cancer. \ud800 Smoking causes cancer.")
    assert report.error is None
    check_offsets(report)
    assert {f.claim.subject_id for f in report.findings} >= {"vitamin-c", "smoking"}


@pytest.mark.parametrize("text", ["", " \n\n ", "!!!", "🌿"])
def test_a_text_that_says_nothing(text: str, checker: Checker) -> None:
    report = checker.check(Article(id="empty", text=text))
    assert (report.findings, report.error) == ((), None)


def test_what_cannot_be_read_is_a_report_with_one_line(checker: Checker) -> None:
    report = checker.check("")
    assert report.findings == ()
    assert report.error
    assert "\n" not in report.error
