"""What the README prints of the rules is what runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from claims.harm import HarmRule, harm_rules
from claims.judge import rules
from models.bands import default_bands

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def printed(id: str) -> list[str]:
    """Give the cells of a rule's line in the README."""
    (line,) = re.findall(rf"^\| {id} \|.*$", README, re.M)
    return [cell.strip() for cell in line.strip("|").split("|")]


@pytest.mark.parametrize("rule", harm_rules(), ids=lambda r: r.id)
def test_the_harm_table_is_printed_as_it_runs(rule: HarmRule) -> None:
    _, applies, by_thing, by_aim, if_overstated, says = printed(rule.id)
    assert set(applies.split(", ")) == rule.applies
    assert says == rule.says
    if rule.kind == "raise":
        assert (by_thing, by_aim, if_overstated) == ("one higher", "", "")
    else:
        levels = [cell.replace(" ", "") for cell in (by_thing, by_aim, if_overstated)]
        assert levels == [rule.by_thing, rule.by_aim, rule.if_overstated]


@pytest.mark.parametrize("rule", rules(), ids=lambda r: r.id)
def test_the_rule_table_is_printed_as_it_runs(rule: object) -> None:
    """Plain verdicts first, then those of harms, of safety, of what is hedged: "supported; harms¹ overstated"."""
    cells = printed(rule.id)[2:]  # type: ignore[attr-defined]
    for cell, (name, held) in zip(cells, rule.cells.items(), strict=True):  # type: ignore[attr-defined]
        plain, *special = held.split()
        assert cell.split(";")[0] == plain, name
        told = {"harm": "harms¹", "causes": "*causes*", "safe": "*safe*", "hedged": "hedged²"}
        for part in special:
            group, verdict = part.split("=")
            assert told[group] in cell, name
            assert verdict in cell.partition(";")[2], name
        assert (";" in cell) == bool(special), name


def test_the_trust_that_rules_ask_for_is_printed() -> None:
    asked = {trust: " and ".join(r.id for r in rules() if r.trust == trust) for trust in (0.6, 0.5, 0.35)}
    assert f"{asked[0.6]} asks for 0.6, {asked[0.5]} for 0.5, {asked[0.35]} for 0.35" in README
    assert {r.trust for r in rules()} == {0.0, *asked}


def test_the_bands_are_printed_as_they_were_measured() -> None:
    for band, share in default_bands().measured.items():
        assert f"*{band}* {share.stood} of {share.of} ({share.low:.2f} to {share.high:.2f})" in README
