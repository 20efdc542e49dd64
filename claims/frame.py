"""What a relation word says: its arguments by the parse, and the triples that are read from them."""

from __future__ import annotations

from dataclasses import dataclass, field

from claims.cues import CueRow
from claims.phrases import Phrase
from claims.tokens import Token
from claims.types import Relation


@dataclass(slots=True)
class Frame:
    """A relation word with its arguments; `subjects` is empty where the sentence names none."""

    row: CueRow
    trigger: Token
    objects: list[Token] = field(default_factory=list)
    subjects: list[Token] = field(default_factory=list)
    particle: str = ""


@dataclass(frozen=True, slots=True)
class Triple:
    """A relation read from a sentence, before its slots are resolved on the page."""

    relation: Relation
    subject: Token | None
    object: Phrase
    object_token: Token | None
    trigger: Token
    row: CueRow | None
    field_object: str = ""
