"""The candidates of a page, in reading order, each with what the page lends it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field

from claims.candidate import Candidate, Surroundings
from claims.candidates import Looks, candidates
from claims.cues import Cues
from claims.discourse import Focus
from claims.lexicon import Lexicon, fold
from claims.lists import led_lines, told_above
from claims.page import Page, names_on
from claims.phrases import PERSON, Grounded, phrase
from claims.sections import heading_phrase, lead_relation
from claims.subjects import Named, SubjectOption, subject_options
from claims.tokens import SUBJECT_DEPS, Parse

_LEAD_IN = re.compile(r":\s*$")


@dataclass(frozen=True, slots=True)
class Reading:
    """The candidates of a page with their parsed sentences, in reading order."""

    page: Page
    grounded: Mapping[int, Grounded]
    candidates: Sequence[Candidate]
    around: Mapping[int, Surroundings]
    named: dict[int, Named] = field(default_factory=dict)  # what sentences name, filled as asked

    def subjects(self, c: Candidate) -> list[SubjectOption]:
        """List the subjects that one of the candidates could have."""
        g = self.grounded[c.sentence]
        if c.sentence not in self.named:
            self.named[c.sentence] = Named.of(g, self.around[c.sentence])
        return subject_options(c, g, self.named[c.sentence], self.around[c.sentence])


def ground(page: Page, parses: Mapping[int, Parse], lexicon: Lexicon) -> dict[int, Grounded]:
    """Lay the concepts of each parsed sentence over its tokens."""
    return {i: Grounded.of(parse, list(page.mentions[i]), lexicon) for i, parse in parses.items()}


def survey_candidates(
    page: Page,
    grounded: Mapping[int, Grounded],
    statements: Container[int],
    lexicon: Lexicon,
    cues: Cues,
    looks: Looks = "usual",
) -> Reading:
    """List everything that could be a claim in the statements of a page, given its parsed sentences."""
    focus = Focus(topic=page.topic, lexicon=lexicon)
    lead, lead_subject, heading_lead, heading, spoken = "", "", "", "", ""
    found: list[Candidate] = []
    surroundings: dict[int, Surroundings] = {}
    page_noun = _frequent_noun(grounded)
    salience: dict[tuple[str, str], list[str]] = {}
    counts = Counter(m.concept for ms in page.mentions for m in ms)
    names, title, text = names_on(page, lexicon), fold(page.article.title), fold(page.article.text)
    leading = told_above(led_lines(page, lexicon, cues), grounded, cues)
    for i, sentence in enumerate(page.sentences):
        if sentence.kind == "heading":
            focus.new_section()
            heading_lead = lead_relation(sentence.text, cues)
            lead, lead_subject = "", ""
            heading = heading_phrase(sentence.text)
        if i in grounded:
            g = grounded[i]
        if i in grounded and i in statements:
            bullet = sentence.kind == "list_item"
            surroundings[i] = Surroundings(
                focus=focus.actor(),
                topic=page.topic,
                condition=page.condition,
                last_condition=focus.condition(),
                lead=lead if bullet else "",
                lead_subject=lead_subject if bullet else "",
                leading=leading.get(i),
                heading_lead=heading_lead,
                heading=heading,
                spoken=spoken,
                page_noun=page_noun,
                title=title,
                text=text,
                names=names,
                counts=counts,
                total=len(page.sentences),
                salience=salience,
            )
            found += candidates(i, sentence, g, cues, surroundings[i], looks)
        if i in grounded:
            spoken = _grammatical_subject(g) or spoken
        if sentence.kind not in {"list_item", "heading"}:
            lead = lead_relation(sentence.text, cues) if _LEAD_IN.search(sentence.text) or page.leads_a_list(i) else ""
            actors = [m.concept for m in page.mentions[i] if lexicon.is_actor(m.concept)]
            lead_subject = actors[0] if lead and actors else ""
        if sentence.kind != "list_item" or len(sentence.text) > 60:
            focus.note(page.mentions[i])
    return Reading(page, grounded, found, surroundings)


def _frequent_noun(grounded: Mapping[int, Grounded]) -> str:
    """Give the noun that a page uses most, with the words that stand before it at least half the time."""
    nouns: Counter[str] = Counter()
    for g in grounded.values():
        for t in g.tokens:
            if (
                t.pos_ in {"NOUN", "PROPN"}
                and t.lemma_.lower() not in PERSON
                and t.dep_ not in {"compound", "npadvmod"}
                and len(t.text) > 2
            ):
                left = [c for c in t.lefts if c.dep_ == "compound"]
                nouns[" ".join(fold(c.text) for c in (*left, t))] += 2 if t.dep_ in SUBJECT_DEPS else 1
    best = max(nouns.items(), key=lambda kv: (kv[1], kv[0]), default=("", 0))
    return best[0] if best[1] >= 3 else ""


def _grammatical_subject(g: Grounded) -> str:
    """Spell the subject of a sentence's main clause, for the next sentence to point back to; or ""."""
    for t in g.tokens:
        if (
            t.dep_ in SUBJECT_DEPS
            and t.head.dep_ == "ROOT"
            and t.pos_ in {"NOUN", "PROPN"}
            and t.lemma_.lower() not in PERSON
        ):
            filler = phrase(t, g)
            return "" if filler.pronoun else filler.text
    return ""
