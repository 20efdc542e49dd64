"""Polarity, strength and voice: which cues reach a claim, and which stop before it. Tables; gaps are in tests/cases.

Each row is read through the checker, whatever the detector thinks of its sentence; the claim looked at is the first
on the row's things.
"""

from __future__ import annotations

import pytest

from claims.types import Claim
from pipeline.checker import Checker

# The things that a row is about, by a letter: subject, relation, object.
THINGS = {
    "A": ("vaccine", {"causes"}, "autism"),
    "M": ("mmr-vaccine", {"causes"}, "autism"),
    "P": ("kratom", {"treats"}, "pain"),
    "C": ("turmeric", {"treats"}, "cancer"),
    "V": ("vitamin-c", {"treats"}, "cancer"),
    "S": ("kratom", {"safe"}, None),
    "G": ("garlic", {"treats", "prevents"}, "common-cold"),
    "K": ("kratom", {"causes"}, "addiction"),
    "I": ("ivermectin", {"treats"}, "covid-19"),
}


@pytest.fixture(autouse=True)
def every_sentence_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is a statement is tested elsewhere, and its thresholds move."""
    for name in ("PARSE", "PARSE_OF_WHOLE", "KEEP"):
        monkeypatch.setattr(f"pipeline.reader.{name}", 0.0)


def claim_on(checker: Checker, letter: str, text: str) -> Claim:
    """Read the claim of a text on the things that a letter stands for."""
    subject, relations, object = THINGS[letter]
    claims = [f.claim for f in checker.check(text).findings]
    for c in claims:
        if c.subject_id == subject and c.relation in relations and object in {None, c.object_id}:
            return c
    pytest.fail(f"{text!r} is read as {[(c.subject, c.relation, c.object) for c in claims]}")


POLARITY = """
A  affirm           Vaccines cause autism.                                             | nothing denies
A  deny effect      Vaccines do not cause autism.                                      | not
A  deny effect      Vaccines never cause autism.                                       | never
A  deny effect      No vaccine causes autism.                                          | a determiner of the subject
A  deny effect      Vaccines do not cause either autism or asthma.                     | over a coordinated object
A  deny effect      Autism is not caused by vaccines.                                  | in the passive
A  deny effect      Vaccines are not linked to autism.                                 | not linked
A  deny evidence    There is no evidence that vaccines cause autism.                   | no evidence that
A  deny evidence    There is no good evidence that vaccines cause autism.              | no good evidence that
A  deny evidence    There is no proof that vaccines cause autism.                      | no proof
A  deny evidence    No evidence shows that vaccines cause autism.                      | no evidence shows
A  deny evidence    There is no convincing evidence that vaccines cause autism.        | no convincing evidence
A  deny evidence    There is no direct link between vaccines and autism.                | adjectives before the evidence
A  deny evidence    Research has turned up no link from vaccines to autism.             | what the evidence is of
A  deny evidence    For a link of vaccines to autism there is no scientific proof.      | what it is of comes first
A  deny evidence    Not a single study has shown that vaccines cause autism.            | not a single study
A  deny effect      Vaccines have nothing to do with autism.                            | nothing to do with
A  affirm           Though there is no evidence for it, vaccines cause autism.          | another clause
A  deny effect      Autism has nothing to do with vaccines.                             | the harm first
A  affirm           Vaccines do nothing but cause autism.                               | nothing but
A  affirm           There is no data on how vaccines cause autism.                      | taken for granted
A  affirm           Doctors did nothing to stop vaccines from causing autism.           | people do nothing
A  deny evidence    There is no evidence that vaccines, which help, cause autism.       | over a relative clause
A  affirm           You need no proof that vaccines cause autism.                       | no proof is needed
A  affirm           There is no shortage of proof that vaccines cause autism.           | no shortage of
A  affirm           There is little doubt that vaccines cause autism.                   | little doubt
A  affirm           Vaccines cause autism, and there is no evidence against it.         | a clause beside it
A  affirm           Vaccines cause autism, and there is no doubt about it.              | no doubt
A  affirm           Vaccines cause autism, and doctors do not deny it.                 | a later clause denies no earlier one
A  affirm           Vaccines cause autism, but they do not cause asthma.               | nor does one after but
A  affirm           There is no doubt that vaccines cause autism.                      | no doubt
A  affirm           Without a doubt, vaccines cause autism.                            | without a doubt
A  affirm           No wonder that people fear them: vaccines cause autism.            | no wonder
A  affirm           Vaccines cause autism in children who do not eat well.             | a clause on the children
A  affirm           If you do not know it yet: vaccines cause autism.                  | a clause before the colon
P  affirm           Kratom relieves pain.                                              | nothing denies
P  deny effect      Kratom does not relieve pain.                                      | not
P  deny effect      Kratom failed to relieve pain.                                     | failed to
P  deny effect      Kratom does nothing for pain.                                      | does nothing
P  deny effect      Against pain kratom did nothing.                                   | on either side of the verb
P  deny effect      Kratom does little to relieve pain.                                | below an infinitive
P  deny effect      Kratom has no effect on pain.                                      | no effect
P  affirm           Kratom has no effect on mood but relieves pain.                    | no effect on something else
P  deny evidence    For kratom against pain there is little evidence.                  | little evidence
P  deny evidence    There are too few studies of kratom for pain.                      | too few studies
P  affirm           There is no evidence that tea, unlike kratom, which eases pain, helps. | said by the way
P  affirm           Kratom not only relieves pain but also lifts mood.                 | not only
P  affirm           Kratom relieves pain and does not cause sleepiness.                | the second verb is denied
P  affirm           Unlike tea, which does not help, kratom relieves pain.             | another thing is denied
P  affirm           Kratom relieves pain without opioids.                              | without something else
C  deny effect      Turmeric does not cure cancer.                                     | not
C  deny effect      Turmeric is not a cure for cancer.                                 | a denied noun
C  deny evidence    There is no evidence that turmeric cures cancer.                   | no evidence that
G  affirm           None of those who take garlic get colds.                           | takers are spared
I  deny effect      None of those who took ivermectin recovered from COVID-19 faster.   | takers are not healed
G  deny effect      Nobody who takes garlic says that it treats colds.                 | takers do not say so
S  affirm           Kratom is safe.                                                    | nothing denies
S  deny effect      Kratom is not safe.                                                | not
S  deny effect      Kratom is not completely safe.                                     | not completely
S  deny effect      Kratom is never safe.                                              | never
S  deny effect      Kratom is by no means free of side effects.                        | denied twice
S  deny effect      Kratom is not without side effects.                                | denied twice
S  affirm           Kratom has no side effects.                                        | side effects are denied
S  deny evidence    It is not known whether kratom is safe.                            | whether
S  deny evidence    Nobody knows how safe kratom is.                                   | how safe
S  affirm           This shows how safe kratom is.                                     | how safe, and shown
S  affirm           Whether at home or not, kratom is safe.                            | whether or not
K  affirm           Kratom causes addiction.                                           | nothing denies
K  deny effect      Kratom does not cause addiction.                                   | not
"""

STRENGTH = """
P  definite  Kratom relieves pain.                                                     | nothing hedges
P  definite  Kratom can relieve pain.                                                  | can is definite
P  definite  Kratom does relieve pain.                                                 | does
P  definite  Kratom will relieve pain.                                                 | will
P  definite  Kratom is proven to relieve pain.                                         | proven is definite
P  definite  Studies show that kratom relieves pain.                                   | studies show
P  hedged    Kratom may relieve pain.                                                  | may
P  hedged    Kratom might relieve pain.                                                | might
P  hedged    Kratom seems to relieve pain.                                             | seems
P  hedged    Kratom appears to relieve pain.                                           | appears
P  hedged    Kratom is thought to relieve pain.                                        | is thought
P  hedged    Kratom is believed to relieve pain.                                       | is believed
P  hedged    Some studies suggest that kratom relieves pain.                           | some studies suggest
P  hedged    Kratom may help to relieve pain.                                          | over a chain of verbs
P  hedged    Kratom possibly relieves pain.                                            | possibly
P  hedged    There is little evidence that kratom relieves pain.                       | little evidence
P  definite  There is no evidence that kratom relieves pain.                           | no evidence
P  definite  There is no doubt that kratom relieves pain.                              | no doubt that
P  hedged    Perhaps kratom relieves pain.                                             | perhaps
P  absolute  Kratom always relieves pain.                                              | always
P  absolute  Kratom is guaranteed to relieve pain.                                     | guaranteed
P  absolute  Kratom completely relieves pain.                                          | completely
P  definite  Kratom relieves pain, and you may like its taste.                         | a hedge of a later clause
P  definite  Kratom relieves pain, but it might cause sleepiness.                      | a hedge after but
P  definite  Kratom relieves pain in May and in June.                                  | the month
V  absolute  Vitamin C cures cancer.                                                    | cures
C  hedged    Turmeric may cure cancer.                                                 | a hedge outweighs cures
V  definite  Vitamin C treats cancer.                                                   | treats
V  absolute  Vitamin C eliminates cancer.                                              | eliminates
V  absolute  Vitamin C is a miracle cure for cancer.                                   | a miracle cure
S  definite  Kratom is safe.                                                           | nothing more
S  absolute  Kratom is completely safe.                                                | completely
S  absolute  Kratom is 100% safe.                                                      | 100%
S  absolute  Kratom is totally safe.                                                   | totally
S  hedged    Kratom may be safe.                                                       | may
S  hedged    Kratom appears safe.                                                      | appears
"""

VOICE = """
A  own       Vaccines cause autism.                                                    | the page says so
A  own       Studies have shown that vaccines cause autism.                            | studies in general are the page's own
A  reported  Dr. Smith says that vaccines cause autism.                                | a person
A  reported  Some doctors say that vaccines cause autism.                              | people
A  reported  According to a new report, vaccines cause autism.                         | according to
A  reported  A study from 1998 found that vaccines cause autism.                       | that study
A  rejected  It is a myth that vaccines cause autism.                                  | a myth that
A  rejected  The myth that vaccines cause autism lives on.                             | the myth that
A  rejected  The claim that vaccines cause autism is false.                            | backwards
A  rejected  The idea that vaccines cause autism has been debunked.                    | backwards
A  rejected  Some people wrongly believe that vaccines cause autism.                   | wrongly
A  rejected  Some people falsely claim that vaccines cause autism.                     | falsely
A  rejected  Vaccines cause autism. This is false.                                     | the next sentence
A  rejected  Vaccines cause autism. That is a myth.                                    | the next sentence
A  own       Vaccines cause autism. That is why we fear them.                          | a next sentence that does not deny
A  rejected  Myth: Vaccines cause autism.                                              | a label
A  own       Fact: Vaccines do not cause autism.                                       | a label that agrees
M  rejected  Contrary to the myth that the MMR vaccine causes autism, it is safe.      | contrary to the myth
P  own       Kratom relieves pain.                                                     | the page says so
P  reported  Many users say that kratom relieves pain.                                 | users
P  reported  Kratom relieves pain, according to its sellers.                           | after the claim
I  own       Ivermectin treats COVID-19.                                               | the page says so
"""


def rows(table: str, width: int) -> list[object]:
    """Read a table: letter, what is expected, text | why."""
    out = []
    for line in table.strip().split("\n"):
        letter, expected, text = line[0], line[3 : 3 + width].strip(), line[3 + width :]
        said, why = (part.strip() for part in text.split("|"))
        out.append(pytest.param(letter, expected, said, id=f"{said[:50]}-{why}"))
    return out


@pytest.mark.parametrize(("letter", "expected", "text"), rows(POLARITY, 17))
def test_polarity(letter: str, expected: str, text: str, checker: Checker) -> None:
    said = claim_on(checker, letter, text)
    assert " ".join(filter(None, (said.polarity, said.denies))) == expected


@pytest.mark.parametrize(("letter", "expected", "text"), rows(STRENGTH, 10))
def test_strength(letter: str, expected: str, text: str, checker: Checker) -> None:
    assert claim_on(checker, letter, text).strength == expected


@pytest.mark.parametrize(("letter", "expected", "text"), rows(VOICE, 10))
def test_voice(letter: str, expected: str, text: str, checker: Checker) -> None:
    assert claim_on(checker, letter, text).voice == expected


# ---------------------------------------------------------------- the page around a claim


def voices(checker: Checker, letter: str, text: str) -> list[tuple[str, str]]:
    subject, relations, object = THINGS[letter]
    return [
        (c.polarity, c.voice)
        for f in checker.check(text).findings
        if (c := f.claim).subject_id == subject and c.relation in relations and object in {None, c.object_id}
    ]


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        (
            "Myth: Vaccines cause autism.\nFact: Vaccines do not cause autism.",
            [("affirm", "rejected"), ("deny", "own")],
            "a fact ends what a myth begins",
        ),
        (
            "Some say that vaccines cause autism. Many studies were made. Vaccines do not cause autism.",
            [("affirm", "rejected"), ("deny", "own")],
            "what others say is rejected where the page denies it",
        ),
        (
            "Vaccines cause autism. Tea is hot. Vaccines cause autism.",
            [("affirm", "own"), ("affirm", "own")],
            "the same claim stands at each place",
        ),
        (
            "“Vaccines cause autism,” he wrote. Vaccines do not cause autism.",
            [("affirm", "rejected"), ("deny", "own")],
            "a quotation that the page denies",
        ),
    ],
    ids=lambda x: x if isinstance(x, str) and "\n" not in x and len(x) < 60 else None,
)
def test_what_a_page_says_elsewhere_counts(
    text: str, expected: list[tuple[str, str]], why: str, checker: Checker
) -> None:
    assert voices(checker, "A", text) == expected, why


@pytest.mark.parametrize(
    "text",
    [
        "Do vaccines cause autism?",
        "We looked into whether vaccines cause autism.",
        "Researchers examined whether vaccines cause autism.",
    ],
)
def test_a_claim_that_is_only_asked_is_neither_flagged_nor_backed(text: str, checker: Checker) -> None:
    assert not any(f.flag or f.verdict == "supported" for f in checker.check(text).findings)


def test_cues_stand_where_they_say(checker: Checker) -> None:
    text = "Some doctors say that turmeric may cure cancer. It is a myth that vaccines cause autism."
    found = [(c.id, text[c.start : c.end].lower()) for f in checker.check(text).findings for c in f.claim.cues]
    assert len(found) >= 4
    patterns = {r.id: r.pattern for r in checker.cues.rows}
    for id, words in found:
        assert id in patterns
        assert words[:3] == patterns[id][:3], (id, words)
