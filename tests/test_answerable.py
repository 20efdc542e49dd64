"""What a row could answer is told without a parse: nothing that a verdict was given on may be missing."""

from __future__ import annotations

import json

import pytest

from claims.answerable import Answerable
from claims.page import Page, survey
from claims.sentences import split
from models.train import LABELLED
from pipeline.checker import Checker
from pipeline.read import read_text

# a text, its sentence that is asked about, whether some row could answer it
CASES: list[tuple[str, int, bool]] = [
    ("Kratom cures cancer.", 0, True),
    ("Turmeric fights cancer.", 0, True),  # on a class, or a wider condition
    ("Kratom supports hair growth.", 0, True),  # as the other side of hair loss
    ("Kratom is a plant. It cures cancer.", 1, True),  # the thing is named before
    ("Kava is natural. It is completely safe.", 1, True),
    ("Kava has no side effects.", 0, True),
    ("Kratom is safer than coffee.", 0, True),
    ("The FDA approved kratom.", 0, True),
    ("Alcohol damages the liver.", 0, True),
    ("Ivermectin was given to COVID-19 patients.", 0, True),  # who have what a row speaks of
    ("Turmeric is anti-inflammatory.", 0, True),
    ("Pregnant women should never take kava.", 0, True),
    ("The council met on Monday.", 0, False),
    ("Garlic and rickets are words.", 0, False),
    ("Kratom and rickets are words.", 0, True),  # of all that kratom is used for, no use is proven
    ("Kratom heals a heavy heart.", 0, True),
    ("It is completely safe.", 0, False),
    ("Kratom comes from Thailand.", 0, False),
]


def surveyed(text: str, checker: Checker) -> Page:
    article = read_text(text)
    return survey(article, split(article), checker.lexicon)


@pytest.mark.parametrize(("text", "sentence", "could"), CASES)
def test_a_sentence_is_answerable_where_a_row_joins_what_it_names(
    text: str, sentence: int, could: bool, checker: Checker
) -> None:
    assert checker.answerable.could_answer(surveyed(text, checker), sentence) is could


def test_a_claim_could_meet_a_row_on_its_object_and_effect(checker: Checker) -> None:
    page = surveyed("Kratom grows in Thailand.", checker)
    meets = checker.answerable.could_meet
    assert meets(page, 0, "treats", "cancer")
    assert meets(page, 0, "improves", "hair-growth")  # the other side of hair loss
    assert meets(page, 0, "safe", "")
    assert not meets(page, 0, "causes", "rickets")


def test_nothing_is_answerable_without_rows(checker: Checker) -> None:
    empty = Answerable(type(checker.table)([], checker.lexicon), checker.cues)
    page = surveyed("Kratom cures cancer. Kava is safe.", checker)
    assert empty.among(page, range(len(page.sentences))) == []


# "Gas", "cold" and "balance" are ones of the body only where the parse makes them an object, "the rejection of a
# transplant" and "movement disorders" are named by it alone; what others speak of was named far above.
TOLD_OTHERWISE = (
    "This and some yoga nidra put me back in balance",
    "It is best known as a remedy for gas in infants",
    "If you are short of iron, you will probably get very tired",
    "On long flights, a different trial suggested, elderberry may shorten a cold",
    "Craving ice, clay or dirt",
    "Cyclosporine, which prevents the rejection of a transplant",
    "Researchers have noted that some chemicals in graviola may cause nerve changes",
    "ulcers in the mouth",
    "Many are rid of them altogether",
    "Eating less, together with the drug, can leave you",
)


@pytest.mark.parametrize("file", sorted(LABELLED.glob("*.jsonl")), ids=lambda f: f.stem)
def test_all_that_gets_a_verdict_is_answerable(file, checker: Checker) -> None:  # type: ignore[no-untyped-def]
    missed = []
    for line in file.read_text(encoding="utf-8").splitlines()[::3]:
        text = json.loads(line)["text"]
        page = surveyed(text, checker)
        answerable = {s.start for i, s in enumerate(page.sentences) if checker.answerable.could_answer(page, i)}
        decided = [f.claim for f in checker.check(text).findings if f.verdict != "unverified"]
        missed += [c.quote for c in decided if c.start not in answerable]
    assert [quote for quote in missed if not quote.startswith(TOLD_OTHERWISE)] == []
