"""What a sentence takes up by the last word of a name that its page has given in full."""

from __future__ import annotations

import pytest

from claims.taken_up import taken_up
from pipeline.checker import Checker


@pytest.mark.parametrize(
    ("word", "spoken_of", "meant"),
    [
        ("oil", ("", "castor-oil"), "castor-oil"),
        ("oil", ("coconut-oil", "castor-oil"), "coconut-oil"),
        ("oil", ("kratom",), ""),
        ("oil", (), ""),
        ("castor oil", ("castor-oil",), ""),
        ("", ("castor-oil",), ""),
        ("attacks", ("asthma-attack",), "asthma-attack"),
        ("flashes", ("menopause-symptoms",), "menopause-symptoms"),
        ("heart", ("myocarditis",), ""),
    ],
)
def test_the_last_word_of_a_name_takes_up_what_has_it_for_a_head(
    word: str, spoken_of: tuple[str, ...], meant: str, checker: Checker
) -> None:
    assert set(spoken_of) - {""} <= set(checker.lexicon.concepts)
    assert taken_up(word, spoken_of, checker.lexicon) == meant


def test_a_thing_is_known_by_the_last_word_of_its_name(checker: Checker) -> None:
    (claim,) = checker.check("Castor oil is sold in every shop.\n\nThe oil cures cancer.").findings
    assert (claim.claim.subject_id, claim.verdict) == ("castor-oil", "unsupported")
    assert not any(f.claim.subject_id for f in checker.check("Many shops are new.\n\nThe oil cures cancer.").findings)


def test_an_ill_is_known_by_the_last_word_of_its_name(checker: Checker) -> None:
    page = "Asthma attacks are frightening. {}"
    assert claimed(page.format("Garlic prevents attacks."), checker) == {"asthma-attack"}
    assert claimed("Garlic prevents attacks.", checker) == {""}


def claimed(text: str, checker: Checker) -> set[str]:
    """Give what a text says that garlic prevents, by concept."""
    return {f.claim.object_id for f in checker.check(text).findings if f.claim.relation == "prevents"}
