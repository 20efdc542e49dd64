"""Builders of realistic nouns for tests: a kratom article with a finding of every kind, and its parts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from claims.candidate import THING_RELATIONS, Candidate
from claims.page import survey
from claims.parse import parse
from claims.phrases import Phrase
from claims.sentences import split
from claims.types import (
    Article,
    Block,
    BlockKind,
    Claim,
    Cue,
    Evidence,
    Finding,
    How,
    Match,
    Relation,
    Report,
    Verdict,
    digest,
)
from pipeline.checker import Checker
from pipeline.store import Review

KRATOM_BLOCKS: tuple[tuple[BlockKind, int, str], ...] = (
    ("heading", 1, "Kratom: the gentle leaf that changed my mornings"),
    (
        "paragraph",
        0,
        (
            "I found kratom three years ago, at the end of a long winter. "
            "Kratom eases opioid withdrawal and reduces cravings. "
            "It works on the same opioid receptors that morphine acts on."
        ),
    ),
    ("heading", 2, "What it may do for you"),
    ("list_item", 1, "Kratom may lift your mood on grey days."),
    ("list_item", 1, "It cures chronic pain, with no side effects."),
    ("list_item", 2, "Red leaf balances hormones and regrows hair."),
    (
        "paragraph",
        0,
        (
            "Some users report that it helped them to stop drinking. "
            "Because it is natural, kratom is completely safe. "
            "Critics say that kratom causes dependence, and regular use does lead to dependence."
        ),
    ),
    ("quote", 0, "It is a myth that kratom is not addictive."),
    ("heading", 2, "Is it for everyone?"),
    (
        "paragraph",
        0,
        (
            "Kratom energises the spirit of the whole family. "
            "Three strains in one blend improve sleep quality. "
            "Talk to your doctor before you start."
        ),
    ),
)


def article(blocks: tuple[tuple[BlockKind, int, str], ...] = KRATOM_BLOCKS, **fields: Any) -> Article:
    """Lay blocks out one after the other, with a blank line between them."""
    text, spans = "", []
    for kind, level, words in blocks:
        text += "\n\n" if text else ""
        spans.append(Block(kind=kind, level=level, start=len(text), end=len(text) + len(words)))
        text += words
    given: dict[str, Any] = {
        "url": "https://leaf-and-light.example/kratom-mornings",
        "title": "Kratom: the gentle leaf that changed my mornings",
        "site": "leaf-and-light.example",
        "published": "2026-03-14",
    }
    return Article(id=digest("article", text), text=text, blocks=tuple(spans), **(given | fields))


def evidence(id: str = "kratom-001", **fields: Any) -> Evidence:
    """Make a row; by default a regulator's on kratom for opioid withdrawal."""
    given: dict[str, Any] = {
        "topic": "kratom",
        "subject": "kratom",
        "relation": "treats",
        "object": "opioid_withdrawal",
        "strength": "definite",
        "proposition": "Kratom relieves opioid withdrawal.",
        "finding": "insufficient",
        "certainty": "very_low",
        "population": "adults",
        "applies_to": "exact",
        "summary": "The agency knows of no adequate, well-controlled study of kratom for opioid withdrawal.",
        "source_title": "Statement on new warning letters to companies that sell kratom",
        "publisher": "U.S. Food and Drug Administration",
        "year": 2018,
        "url": "https://www.fda.example/kratom-warning-letters",
        "doi": "",
        "source_type": "regulator",
        "seen": "primary",
        "checked_on": "2026-11-02",
        "status": "current",
    }
    return Evidence(id=id, **(given | fields))


def match(how: How = "exact", score: float = 1.0, **fields: Any) -> Match:
    """Match a row, `fields` are the row's."""
    return Match(evidence=evidence(**fields), how=how, score=score)


def cue(page: Article, quote: str, words: str, id: str) -> Cue:
    """Find a cue's words inside a quote of the page."""
    start = page.text.index(words, page.text.index(quote))
    return Cue(id=id, start=start, end=start + len(words))


def finding(
    page: Article,
    quote: str,
    triple: tuple[str, Relation, str],
    verdict: Verdict = "supported",
    *,
    cues: tuple[tuple[str, str], ...] = (),
    claim: dict[str, Any] | None = None,
    **fields: Any,
) -> Finding:
    """Judge a quote of the page; `claim` and `fields` override what the claim and the finding say."""
    start = page.text.index(quote)
    subject, relation, object_ = triple
    said = Claim(
        start=start,
        end=start + len(quote),
        quote=quote,
        subject=subject,
        subject_id=subject.replace(" ", "_"),
        relation=relation,
        object=object_,
        object_id=object_.replace(" ", "_"),
        cues=tuple(cue(page, quote, words, id) for words, id in cues),
    )
    said = replace(said, **(claim or {}))
    wrong = verdict in {"overstated", "unsupported", "contradicted"}
    given: dict[str, Any] = {
        "unverified_reason": "no_row" if verdict == "unverified" else None,
        "flag": wrong and said.voice != "rejected",
        "harm": 1 if wrong else 0,
        "confidence": "not calibrated",
        "because": "The table's row on this claim decides.",
    }
    return Finding(
        id=digest(page.id, quote, "1", *triple, said.polarity),
        claim=said,
        verdict=verdict,
        **(given | fields),
    )


def report(page: Article, *findings: Finding, **fields: Any) -> Report:
    """Wrap findings in a report with fixed versions."""
    given: dict[str, Any] = {
        "checker": "0.1.0",
        "evidence_digest": "5f0c9a7e12d4b386",
        "as_of": "2026-11-26",
        "counts": {"sentences": 15, "no_claim": 5},
    }
    return Report(article=page, findings=findings, **(given | fields))


def kratom_report(**fields: Any) -> Report:
    """A page with twelve findings: every verdict, voice, strength and reason, one statement of two claims."""
    page = article()
    return report(page, *_treatment_claims(page), *_safety_claims(page), *_loose_claims(page), **fields)


def _treatment_claims(page: Article) -> tuple[Finding, ...]:
    withdrawal = "Kratom eases opioid withdrawal and reduces cravings."
    survey = match(
        "similar",
        0.81,
        id="kratom-017",
        proposition="Kratom is used by people who quit opioids.",
        finding="supports",
        summary="In an online survey, most of 2,798 users said that kratom had helped them to cut down.",
        source_title="Kratom use among adults: an anonymous survey",
        publisher="Drug and Alcohol Dependence",
        year=2020,
        url="https://journal.example/kratom-survey",
        source_type="observational",
        seen="secondary",
    )
    return (
        finding(
            page,
            withdrawal,
            ("kratom", "treats", "opioid withdrawal"),
            "unsupported",
            harm=2,
            matches=(match(), survey),
            because="Row kratom-001: a regulator found no adequate study, so a definite benefit is unsupported.",
        ),
        finding(
            page,
            withdrawal,
            ("kratom", "treats", "opioid craving"),
            "overstated",
            harm=2,
            matches=(
                match(id="kratom-004", finding="supports", proposition="Kratom reduces opioid craving."),
            ),
            because="Row kratom-004: surveys point that way with very low certainty; the page says it outright.",
        ),
        finding(
            page,
            "It works on the same opioid receptors that morphine acts on.",
            ("kratom", "mechanism", "acts on opioid receptors"),
            matches=(match(id="kratom-040", relation="mechanism", finding="supports", certainty="high"),),
        ),
        finding(
            page,
            "Kratom may lift your mood on grey days.",
            ("kratom", "improves", "mood"),
            "overstated",
            cues=(("may", "hedge.may"),),
            claim={"strength": "hedged"},
            matches=(match(id="kratom-015", relation="improves", finding="supports"),),
        ),
        finding(
            page,
            "It cures chronic pain, with no side effects.",
            ("kratom", "treats", "chronic pain"),
            "overstated",
            cues=(("cures", "totality.cures"),),
            claim={"strength": "absolute"},
            harm=2,
            matches=(
                match("broader", id="kratom-012", finding="supports", proposition="Kratom relieves pain."),
            ),
        ),
    )


def _safety_claims(page: Article) -> tuple[Finding, ...]:
    return (
        finding(
            page,
            "It cures chronic pain, with no side effects.",
            ("kratom", "safe", ""),
            "contradicted",
            cues=(("no side effects", "totality.no_side_effects"),),
            claim={"strength": "absolute"},
            harm=3,
            matches=(match(id="kratom-031", relation="causes", finding="supports", certainty="moderate"),),
            because="Row kratom-031: kratom can injure the liver, so 'no side effects' is contradicted.",
        ),
        finding(
            page,
            "Because it is natural, kratom is completely safe.",
            ("kratom", "safe", ""),
            "contradicted",
            cues=(("completely", "totality.completely"), ("natural", "safe.natural")),
            claim={"strength": "absolute"},
            harm=3,
            matches=(
                match(id="kratom-026", relation="safe", finding="refutes", certainty="moderate"),
                match(
                    id="kratom-055", relation="causes", finding="supports", certainty="low", year=None, url=""
                ),
                match(id="kratom-056", relation="causes", finding="supports", certainty="low"),
                match(
                    id="kratom-057", relation="causes", finding="supports", certainty="low", seen="secondary"
                ),
            ),
        ),
        finding(
            page,
            "Critics say that kratom causes dependence, and regular use does lead to dependence.",
            ("kratom", "causes", "dependence"),
            matches=(match(id="kratom-029", relation="causes", finding="supports", certainty="moderate"),),
        ),
        finding(
            page,
            "It is a myth that kratom is not addictive.",
            ("kratom", "causes", "addiction"),
            "contradicted",
            cues=(("a myth that", "reject.myth"),),
            claim={"polarity": "deny", "denies": "effect", "voice": "rejected"},
            harm=3,
            matches=(match(id="kratom-030", relation="causes", finding="supports", certainty="moderate"),),
        ),
    )


def _loose_claims(page: Article) -> tuple[Finding, ...]:
    return (
        finding(
            page,
            "Red leaf balances hormones and regrows hair.",
            ("kratom", "improves", "hair growth"),
            "unverified",
            unverified_reason="weak_match",
            matches=(match("similar", 0.62, id="diet-088", proposition="Biotin improves hair growth."),),
        ),
        finding(
            page,
            "Some users report that it helped them to stop drinking.",
            ("kratom", "treats", "alcohol use disorder"),
            "unverified",
            claim={"voice": "reported"},
            cues=(("Some users report", "voice.users_report"),),
            because="No row speaks about kratom and alcohol use disorder.",
        ),
        finding(
            page,
            "Kratom energises the spirit of the whole family.",
            ("kratom", "improves", "spirit"),
            "unverified",
            unverified_reason="too_vague",
        ),
    )


def review(seq: int, finding_id: str, **fields: Any) -> Review:
    """Make a review; by default Ann agrees."""
    given: dict[str, Any] = {
        "session": "s",
        "reviewer": "Ann",
        "decision": "agree",
        "time": f"2026-11-27T14:03:{seq % 60:02}+00:00",
    }
    return Review(seq=seq, finding_id=finding_id, **(given | fields))


def long_report(claims: int = 240) -> Report:
    """A page with many flagged claims, no two of them the same."""
    quotes = [f"Herb number {n} cures ailment number {n}." for n in range(claims)]
    page = article(tuple(("paragraph", 0, quote) for quote in quotes), title="A long list", url="", site="")
    return report(
        page,
        *(
            finding(page, quote, (f"herb {n}", "treats", f"ailment {n}"), "unsupported", matches=(match(),))
            for n, quote in enumerate(quotes)
        ),
    )


def repeated_report() -> Report:
    """A page that says one claim five times."""
    quotes = [f"{start} garlic cures colds." for start in ("Yes,", "Again:", "Trust us,", "Really,", "To sum up,")]
    page = article(tuple(("paragraph", 0, quote) for quote in quotes), title="Garlic")
    return report(page, *(finding(page, quote, ("garlic", "treats", "colds"), "unsupported") for quote in quotes))


def plain_report(text: str = "Wash your hands before you cook.") -> Report:
    """A page with no health claim in it."""
    return report(article((("paragraph", 0, text),), title="", url="", site="", published=""))


def failed_report(line: str = "The file holds no text that can be read.", title: str = "empty.pdf") -> Report:
    """A page that could not be read."""
    page = Article(id=digest("failed", title), text="", title=title)
    return report(page, error=line, counts={})


HOSTILE = (
    "<img src=x onerror=\"document.title='owned'\"> **bold** ![x](https://evil.example/p.png) :red[x] $x^2$"
)


def hostile_report() -> Report:
    """A page whose every string tries something: markup, script addresses, right-to-left text, endless words."""
    long_word = "pneumono" * 60
    blocks: tuple[tuple[BlockKind, int, str], ...] = (
        ("heading", 1, HOSTILE),
        ("paragraph", 0, f"{HOSTILE} kratom cures cancer. {long_word} heals all."),
        ("paragraph", 0, "الكركم يعالج السرطان تماما."),
        ("list_item", 9, "\u202egnp.exe kratom is safe\u202c 𝕂𝕣𝕒𝕥𝕠𝕞 🌿 is safe."),
    )
    page = article(
        blocks,
        title=HOSTILE,
        url="javascript:document.title='owned'",
        site=long_word,
        published="<script>document.title='owned'</script>",
    )
    row = match(
        id="<b>row</b>",
        url=" JavaScript:alert(1)",
        source_title=HOSTILE,
        publisher=long_word,
        summary=f"{HOSTILE} {long_word}",
    )
    return report(
        page,
        finding(
            page, f"{HOSTILE} kratom cures cancer.", ("kratom", "treats", HOSTILE), "contradicted",
            harm=3, matches=(row,), because=HOSTILE,
        ),
        finding(page, f"{long_word} heals all.", (long_word, "treats", "all"), "unsupported", matches=(row,)),
        finding(page, "الكركم يعالج السرطان تماما.", ("الكركم", "treats", "السرطان"), "contradicted", harm=3),
        finding(page, "𝕂𝕣𝕒𝕥𝕠𝕞 🌿 is safe.", ("kratom", "safe", ""), "contradicted", cues=(("safe", "safe.safe"),)),
    )  # fmt: skip


def candidate(text: str, thing: str, trigger: str, checker: Checker, *marks: str) -> Candidate:
    """Make a candidate on the words of a sentence."""
    one = Article(id="a", text=text)
    (parsed,) = parse(survey(one, split(one), checker.lexicon), [0], checker.cues)
    words = {t.lower_: t for t in parsed}
    obj = words[thing]
    return Candidate(0, words[trigger], Phrase(thing, "", obj.i), obj, THING_RELATIONS, None, marks=list(marks))


def claims_on(concept: str, text: str, checker: Checker) -> list[Claim]:
    """Read what a text claims about a concept as the object."""
    return [f.claim for f in checker.check(text).findings if f.claim.object_id == concept]


# A claim as plain as can be: "kratom treats pain", the page's own.
PLAIN_CLAIM = Claim(
    start=0,
    end=6,
    quote="quoted",
    subject="kratom",
    subject_id="kratom",
    relation="treats",
    object="pain",
    object_id="pain",
)
