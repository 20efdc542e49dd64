"""What a thing is, holds or does in the body, as an act and its target."""

from __future__ import annotations

import pytest

from claims.evidence import canonical
from pipeline.checker import Checker

READ = (
    ("Naltrexone blocks opioid receptors.", "act=inhibits;target=opioid-receptor"),
    ("Opioid receptors are blocked by naltrexone.", "act=inhibits;target=opioid-receptor"),
    ("Ashwagandha brings cortisol down.", "act=lowers;target=cortisol"),
    ("Alcohol can push up estrogen.", "act=raises;target=estrogen"),
    ("Vinegar slows the emptying of the stomach.", "act=lowers;target=stomach-emptying"),
    ("Kava acts on neurotransmitter levels in the blood.", "act=acts-on;target=neurotransmitters"),
    ("Mitragynine latches on to the brain's opioid receptors.", "act=acts-on;target=opioid-receptor"),
    ("Coconut oil is rich in saturated fat.", "act=contains;target=saturated-fat"),
    ("Broccoli is a good source of vitamin C.", "act=contains;target=vitamin-c"),
    ("Sea moss works as a prebiotic.", "act=is-a;target=prebiotic"),
    ("Nicotine is a stimulant.", "act=is-a;target=stimulant"),
    ("THC is extracted from cannabis.", "act=derived-from;target=cannabis"),
    ("Curcumin is a compound in turmeric.", "act=derived-from;target=turmeric"),
    ("Laetrile turns into cyanide in the body.", "act=converts-to;target=cyanide"),
)
NOT_READ = (
    "The vitamin is essential for the stomach and works as it should.",  # "is" makes nothing of what follows "for"
    "Kratom does not work the way morphine does.",
    "Melatonin does what the body's own hormone does.",
    "Influenza goes on for a week, and there are deaths.",
)


@pytest.mark.parametrize(("text", "fields"), READ, ids=[text for text, _ in READ])
def test_an_act_reaches_its_target(text: str, fields: str, checker: Checker) -> None:
    found = {f.claim.object_id for f in checker.check(text).findings if f.claim.relation == "mechanism"}
    assert found - {""} == {fields}


@pytest.mark.parametrize("text", NOT_READ)
def test_what_no_act_reaches_is_no_target(text: str, checker: Checker) -> None:
    found = {f.claim.object_id for f in checker.check(text).findings if f.claim.relation == "mechanism"}
    assert found <= {""}


def test_what_blocks_a_thing_lowers_it(checker: Checker) -> None:
    blocks, lowers = (f"act={act};target=dht" for act in ("inhibits", "lowers"))
    assert canonical("mechanism", blocks, checker.lexicon) == canonical("mechanism", lowers, checker.lexicon)


@pytest.mark.parametrize(
    ("text", "judged"),
    [
        ("Curcumin, an anti-inflammatory compound, is popular.", True),
        ("Some push pressure up: turmeric, decongestants, anti-inflammatory painkillers, and salt.", False),
    ],
)
def test_a_property_is_that_of_what_it_stands_before(text: str, judged: bool, checker: Checker) -> None:
    of_it = [f for f in checker.check(text).findings if f.claim.subject_id in {"curcumin", "turmeric"}]
    assert any(f.verdict != "unverified" for f in of_it) is judged
