"""What a sentence speaks of, though its page would lend it another subject."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from claims.lent import has_a_subject, is_about_something_else
from claims.page import names_on, survey
from claims.phrases import Phrase
from claims.sentences import split
from claims.subjects import SubjectOption
from claims.types import Article, Finding
from pipeline.checker import Checker
from tests.factories import candidate

LENT = SubjectOption(Phrase("garlic", "garlic", -1), None)
OTHERS = [
    json.loads(line)["text"] for line in (Path(__file__).parent / "cases/others.jsonl").read_text("utf-8").splitlines()
]
# A page on {thing}: long enough for what it lends to be looked at twice.
PAGE = (
    "{thing} is sold in every shop. {thing} is cheap. {thing} comes in boxes. People ask us about {thing} a lot. We sell "
    "{thing} ourselves. {thing} has been with us for years. {said} {thing} should be kept from children. {thing} is popular."
)


@pytest.mark.parametrize(
    ("text", "thing", "trigger"),
    [
        ("Cancer is common and treatable.", "cancer", "treatable"),
        ("One way to prevent cancer is to stop smoking.", "cancer", "prevent"),
        ("There are many things that prevent cancer.", "cancer", "prevent"),
        ("You should wash your hands to prevent colds.", "colds", "prevent"),
        ("We discourage codeine for migraine.", "migraine", "migraine"),
        ("There are proven treatments for cancer, such as surgery.", "cancer", "treatments"),
    ],
)
def test_a_sentence_that_says_itself_what_acts_or_what_an_illness_is_like(
    text: str, thing: str, trigger: str, checker: Checker
) -> None:
    assert is_about_something_else(candidate(text, thing, trigger, checker), LENT, checker.lexicon, denied=False)


@pytest.mark.parametrize(
    ("text", "thing", "trigger"),
    [
        ("It prevents cancer.", "cancer", "prevents"),
        ("A natural way to prevent cancer.", "cancer", "prevent"),
        ("Take two drops to prevent colds.", "colds", "prevent"),
        ("Take the tea to prevent colds.", "colds", "prevent"),
        ("A treatment for cancer.", "cancer", "treatment"),
        ("My cancer disappeared.", "cancer", "disappeared"),
    ],
)
def test_a_sentence_that_leaves_it_to_its_page(text: str, thing: str, trigger: str, checker: Checker) -> None:
    assert not is_about_something_else(candidate(text, thing, trigger, checker), LENT, checker.lexicon, denied=False)


def test_an_illness_that_has_not_gone_is_no_denial_of_a_cure(checker: Checker) -> None:
    c = candidate("Rickets has not disappeared from our cities.", "rickets", "disappeared", checker)
    assert is_about_something_else(c, LENT, checker.lexicon, denied=True)


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("A regular routine helps with insomnia.", True),
        ("Our clinic treats insomnia.", True),
        ("Hypnosis helps with insomnia.", True),
        ("Insomnia is treated by surgery.", True),
        ("Insomnia is treated by teaching hypnosis.", True),
        ("Insomnia is treated with two drops.", False),
        ("Eating plenty of fibre helps with insomnia.", True),
        ("Hypnosis is cheap and helps with insomnia.", True),
        ("Being slim helps with insomnia.", True),
        ("Sitting up helps with insomnia.", True),
        ("Ice wrapped in a towel helps with insomnia.", True),
        ("People with insomnia need hypnosis.", True),
        ("People with insomnia are told to take plenty of exercise to help them.", True),
        ("Cutting down on coffee helps with insomnia.", True),
        ("Walking in mountain air is an old remedy that helps with insomnia.", True),
        ("It is an old remedy that helps with insomnia.", False),
        ("Zincova is the pill that helps with insomnia.", False),
        ("People with insomnia need it.", False),
        ("It interacts with zolpidem, which helps with insomnia.", True),
        ("It helps with insomnia.", False),
        ("The berries help with insomnia.", False),
        ("A supplement helps with insomnia.", False),
        ("Taking it daily helps with insomnia.", False),
        ("A cup of tea helps with insomnia.", False),
        ("It is cheap and helps with insomnia.", False),
        ("It is the herb which helps with insomnia.", False),
        ("People find that it helps with insomnia.", False),
    ],
)
def test_a_clause_may_name_something_new(text: str, there: bool, checker: Checker) -> None:
    trigger = next(w for w in ("helps", "help", "treats", "treated", "need") if w in text.split())
    assert has_a_subject(candidate(text, "insomnia", trigger, checker), []) is there


@pytest.mark.parametrize(
    ("thing", "said", "forbids"),
    [
        ("Magnesium", "A regular routine helps with insomnia.", "is_said_of_another"),
        ("Black salve", "Melanoma is mostly cured by excision.", "is_said_of_another"),
        ("Black salve", "Melanoma found early is mostly cured by excision.", "is_said_of_another"),
        ("Berberine", "Most sore throats get better by themselves.", "is_said_of_another"),
        ("Kratom", "Most lymphomas can be treated, and many are cured.", "is_said_of_another"),
        ("Colloidal silver", "Cutting down on salt lowers blood pressure within weeks.", "is_said_of_another"),
        ("Garlic", "It interferes with saquinavir, a drug used to treat HIV.", "is_said_of_another"),
        ("Turmeric", "It may interact with cancer drugs.", "may_be_judged"),
        ("Melatonin", "In children with autism or ADHD, it can help with sleep.", "says_no_effect"),
    ],
)
def test_a_page_is_not_faulted_for_what_it_says_of_other_things(
    thing: str, said: str, forbids: str, checker: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def flagged() -> bool:
        findings = checker.check(PAGE.format(thing=thing, said=said)).findings
        return any(f.flag for f in findings if f.claim.quote == said)

    assert not flagged()
    monkeypatch.setattr(f"claims.extract.{forbids}", lambda *_: forbids == "may_be_judged")
    assert flagged()


@pytest.mark.parametrize("thing", ["Kratom", "Colloidal silver"])
def test_what_a_page_says_of_other_treatments_and_illnesses_is_seldom_laid_to_its_topic(
    thing: str, checker: Checker
) -> None:
    # Careful sentences in everyday words; before rules knew their subjects, 16 and 18 were flagged.
    pages = (checker.check(PAGE.format(thing=thing, said=said)).findings for said in OTHERS)
    faulted = [said for said, found in zip(OTHERS, pages, strict=True) if _is_flagged(said, found)]
    assert len(OTHERS) > 150
    assert len(faulted) <= 11, faulted


def _is_flagged(said: str, findings: Sequence[Finding]) -> bool:
    return any(f.flag and f.claim.quote in said for f in findings)


@pytest.mark.parametrize(
    ("text", "thing", "called"),
    [
        ("Shingrix is a shingles vaccine. Shingrix lasts. Shingrix is given twice.", "shingles-vaccine", "shingrix"),
        ("The shingles vaccine lasts. Shingrix is one. Ask for Shingrix.", "shingles-vaccine", "shingrix"),
        ("The shingles vaccine lasts. Shingrix is one shingles vaccine.", "shingles-vaccine", "shingles vaccine"),
        ("Ask for Shingrix.", "shingles-vaccine", "shingrix"),
        ("7-OH is strong. 7-OH is sold.", "7-hydroxymitragynine", "7-oh"),
        ("7-OH is strong. 7-OH is sold. So is 7-hydroxymitragynine.", "7-hydroxymitragynine", "7-hydroxymitragynine"),
    ],
)
def test_a_page_calls_a_thing_by_its_own_name_unless_it_uses_another_twice_as_often(
    text: str, thing: str, called: str, checker: Checker
) -> None:
    article = Article(id="a", text=text)
    assert names_on(survey(article, split(article), checker.lexicon), checker.lexicon)[thing] == called
