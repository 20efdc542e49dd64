"""Statements that are not worth a parse: each is one claim in its own words, and none is judged."""

from __future__ import annotations

import pytest

from claims.page import survey
from claims.plain import read_plainly
from claims.sentences import split
from pipeline.checker import Checker
from pipeline.read import read_text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Kratom keeps the hands busy.", ("kratom", "kratom", "mechanism", "keeps hands busy")),
        ("Sales of kratom grew by 40 percent.", ("kratom", "kratom", "statistic", "40 percent")),
        ("Much has been written of it.", ("", "", "mechanism", "much written")),
    ],
)
def test_a_statement_that_is_not_parsed_is_a_claim_in_its_own_words(
    text: str, said: tuple[str, str, str, str], checker: Checker
) -> None:
    article = read_text(text)
    (claim,) = read_plainly(survey(article, split(article), checker.lexicon), [0], checker.lexicon)
    assert (claim.subject, claim.subject_id, claim.relation, claim.object) == said
    assert (claim.quote, claim.grounded, claim.trust) == (text, False, 0.0)


def test_it_is_about_what_the_page_spoke_of_last(checker: Checker) -> None:
    article = read_text("Kratom is a tree of the coffee family. Much has been written of it.")
    (claim,) = read_plainly(survey(article, split(article), checker.lexicon), [1], checker.lexicon)
    assert claim.subject_id == "kratom"
