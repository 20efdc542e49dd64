"""Ask a curator for a row, cell by cell, in the order in which it is thought of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from difflib import get_close_matches
from typing import get_args

import typer

from claims.evidence import COLUMNS, FIELD_RELATIONS
from claims.gaps import Gap, draft_rows
from claims.lint import Sheets
from claims.row_checks import VALUES
from claims.types import RELATIONS, Certainty, EvidenceFinding, SourceType

# The fields asked for, by relation; "?" may be left empty, "@" is a concept.
_FIELDS: Mapping[str, Sequence[str]] = {
    "mechanism": ("act", "@target"),
    "status": ("authority", "act", "@for?"),
    "compares": ("@other", "direction", "@for?"),
    "statistic": ("measure", "low", "high", "unit"),
    "use": ("what",),
}


def ask_row(sheets: Sheets) -> dict[str, str]:
    """Ask for every cell of a draft row; what can be guessed is offered."""
    subject = _concept("What acts (subject)", sheets)
    relation = _choice("relation", RELATIONS)
    obj = _object(relation, sheets)
    gap = Gap(subject=subject, relation=relation, object=obj, known=True)
    (draft,) = draft_rows([gap], sheets.rows, sheets.lexicon)
    draft |= {
        "strength": _choice("strength", ("definite", "absolute"), "definite"),
        "proposition": _text("The claim in one plain, affirmative sentence (proposition)", draft["proposition"]),
        "finding": _choice("What the source finds of that sentence (finding)", get_args(EvidenceFinding)),
        "certainty": _choice("certainty", get_args(Certainty)),
        "population": _concept("Only for a group (population, may be empty)", sheets, empty=True),
        "applies_to": _choice("applies_to", ("exact", "members"), "exact"),
        "summary": _text("What the source says, in your words, with its numbers (summary)"),
        "source_title": _text("source_title"),
        "publisher": _text("publisher"),
        "year": _text("year (may be empty)", ""),
        "url": _text("url"),
        "doi": _text("doi (may be empty)", ""),
        "source_type": _choice("source_type", get_args(SourceType)),
        "seen": _choice("Did you read the source itself (primary) or a report of it", ("primary", "secondary")),
        "topic": _text("topic", draft["topic"] or None),
        "checked_on": _text("checked_on", datetime.now().astimezone().date().isoformat()),
    }
    return {column: draft[column] for column in COLUMNS}


def _object(relation: str, sheets: Sheets) -> str:
    if relation == "safe":
        return _concept("Safe for whom (a population, may be empty)", sheets, empty=True)
    if relation not in FIELD_RELATIONS:
        return _concept("What is acted on (object)", sheets)
    parts = [(name.strip("@?"), _field(relation, name, sheets)) for name in _FIELDS[relation]]
    if relation == "use":  # a way has a phrase, a dose or a duration its range
        rest = ("phrase",) if parts[0][1] == "way" else ("low", "high", "unit")
        parts += [(name, _field(relation, name, sheets)) for name in rest]
    return ";".join(f"{name}={value}" for name, value in parts if value or name in {"low", "high"})


def _field(relation: str, name: str, sheets: Sheets) -> str:
    plain, empty = name.strip("@?"), name.endswith("?")
    allowed = VALUES.get((relation, plain), "").split()
    if name.startswith("@"):
        return _concept(f"{plain}{' (may be empty)' if empty else ''}", sheets, empty=empty)
    if allowed:
        return _choice(plain, allowed)
    return _text(plain, "" if plain in {"low", "high"} else None)


def _concept(text: str, sheets: Sheets, *, empty: bool = False) -> str:
    """Ask for a concept by its id or any of its names, until it is one."""

    def resolve(answer: str) -> str:
        found = answer if answer in sheets.lexicon.concepts else sheets.lexicon.resolve(answer)
        if found or (empty and not answer):
            return found
        near = get_close_matches(answer, list(sheets.lexicon.concepts), n=3)
        raise typer.BadParameter(f"{answer!r} is no concept" + (f"; near: {', '.join(near)}" if near else ""))

    return _prompt(text, "" if empty else None, resolve)


def _choice(text: str, values: Sequence[str], default: str | None = None) -> str:
    def one_of(answer: str) -> str:
        if answer in values:
            return answer
        raise typer.BadParameter(f"{answer!r} is not one of {', '.join(values)}")

    return _prompt(f"{text} ({', '.join(values)})", default, one_of)


def _text(text: str, default: str | None = None) -> str:
    return _prompt(text, default, lambda answer: " ".join(answer.split()))


def _prompt(text: str, default: str | None, read: Callable[[str], str]) -> str:
    answer: str = typer.prompt(text, default=default, value_proc=read, show_default=bool(default))
    return answer
