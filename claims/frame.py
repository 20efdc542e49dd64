"""What a relation word says, before its slots are read."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from claims.cues import CueRow


@dataclass(slots=True)
class Frame:
    """A relation word with its arguments; `subjects` is empty where the sentence names none."""

    row: CueRow
    trigger: Token
    objects: list[Token] = field(default_factory=list)
    subjects: list[Token] = field(default_factory=list)
    particle: str = ""
