"""What a claim is about: the topic of its subject, as the evidence table has it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from claims.lint import Sheets

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["name_topics", "topics_of"]


def topics_of(sheets: Sheets) -> dict[str, str]:
    """Map each concept to a topic: the one that most current rows on it have, else that of its nearest class.

    Of topics with as many rows, the first by the alphabet. The topic of a claim is that of its subject.
    """
    rows: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in sheets.rows:
        if row.cells["status"] == "current":
            rows[row.cells["subject"]][row.cells["topic"]] += 1
    own = {subject: min(found, key=lambda topic: (-found[topic], topic)) for subject, found in rows.items()}
    lexicon = sheets.lexicon
    nearest = {c: next((own[n] for n in (c, *lexicon.ancestors(c)) if n in own), "") for c in lexicon.concepts}
    return {concept: topic for concept, topic in nearest.items() if topic}


def name_topics(db: DuckDBPyConnection, topics: Mapping[str, str]) -> None:
    """Put topics beside the claims of a result, as a table `named` of concept and topic."""
    db.execute(
        "CREATE TABLE named AS SELECT unnest($concepts)::VARCHAR AS concept, unnest($topics)::VARCHAR AS topic",
        {"concepts": list(topics), "topics": list(topics.values())},
    )
