"""What the linter asks of an evidence row by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from urllib.parse import urlsplit

from claims.cues import default_cues
from claims.evidence import FIELD_RELATIONS, object_fields
from claims.lexicon import Lexicon, fold
from claims.rows import Fault, Row
from claims.types import BENEFITS

# Too far from the data to settle a claim for long.
WEAK_SOURCES = frozenset({"reference", "fact check", "case reports"})
STALE_YEARS = 2

# relation -> the fields that its object has, in their order: objects are matched as they are written.
FIELDS: Mapping[str, frozenset[tuple[str, ...]]] = {
    "mechanism": frozenset({("act", "target")}),
    "status": frozenset({("authority", "act"), ("authority", "act", "for")}),
    "compares": frozenset({("other", "direction"), ("other", "direction", "for")}),
    "statistic": frozenset({("measure", "low", "high", "unit")}),
    "use": frozenset({("what", "low", "high", "unit"), ("what", "phrase")}),
}
VALUES: Mapping[tuple[str, str], str] = {
    ("mechanism", "act"): "acts-on contains derived-from converts-to is-a inhibits raises lowers absorbs "
    "measures other",
    ("status", "act"): "approved licensed recommended warned banned legal scheduled regulated recalled "
    "reviewed classified",
    ("compares", "direction"): "better worse equal safer riskier stronger weaker",
    ("use", "what"): "dose duration way",
}

# A clause that may deny without making the whole sentence a denial: "when they are not needed".
_SUBORDINATE = re.compile(r"\b(?:when|where|if|unless|that|who|which|because|while|although|than)\b")
_DENIAL = re.compile(
    r"\b(?:(?:do|does|did|is|are|was|were|has|have|had|can|could|should|will|would|must)(?: not|n't)"
    r"|cannot|can't|won't|never|fails? to|failed to|no (?:good |clear )?(?:evidence|effect|benefit|proof)"
    r"|(?:is|are) (?:unproven|ineffective|useless|no (?:cure|treatment|remedy)|a myth|false|untrue)"
    r"|neither|nor)\b"
)


def check_row(row: Row, lexicon: Lexicon, as_of: str) -> Iterator[Fault]:
    """Yield what is wrong with a row, whatever the others say; of a current one also what is weak."""
    yield from _dates(row, as_of)
    yield from _links(row)
    yield from _object(row, lexicon)
    yield from _scope(row, lexicon)
    yield from _denial(row)
    if row.cells["status"] == "current":
        yield from _wording(row, lexicon)
        yield from _source(row)


def _dates(row: Row, as_of: str) -> Iterator[Fault]:
    checked, year, current = row.cells["checked_on"], row.cells["year"], row.cells["status"] == "current"
    if not checked:
        if current:
            yield row.fault("date", "a current row needs the day it was checked on (checked_on)")
        return
    if not _is_day(checked):
        yield row.fault("date", f"checked_on {checked!r} is no day of the calendar")
        return
    if as_of and current and checked < f"{int(as_of[:4]) - STALE_YEARS}{as_of[4:]}":
        yield row.warning("stale", f"last checked on {checked}, over {STALE_YEARS} years before {as_of}")
    if year.isdigit() and year > checked[:4]:
        yield row.fault("date", f"the source is of {year}, after the row was checked ({checked})")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _links(row: Row) -> Iterator[Fault]:
    url, doi = row.cells["url"], row.cells["doi"]
    why = _bad_url(url) if url else ""  # the schema asks for one
    if why:
        yield row.fault("url", f"url {url!r} {why}")
    if _loose_end(doi):
        yield row.fault("doi", f"doi {doi!r} ends in {doi[-1]!r}")
    in_url = re.search(r"doi\.org/(10\.\d{4,9}/[^?#\s]+)", url)
    if doi and in_url and in_url.group(1).lower() != doi.lower():
        yield row.fault("doi", f"doi {doi!r} is not the one of the url ({in_url.group(1)})")


def _bad_url(url: str) -> str:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return "is no address"
    if parts.scheme not in {"http", "https"} or not re.fullmatch(r"[a-z0-9.-]+\.[a-z]{2,}", host):
        return "names no public host"
    if parts.username is not None:
        return "holds a user name"
    return f"ends in {url[-1]!r}" if _loose_end(url) else ""


def _loose_end(text: str) -> bool:
    """Tell whether a text ends in a mark of the sentence it was copied from; an opened bracket is its own."""
    closes = {")": "(", "]": "["}
    end = text[-1:]
    return (bool(end) and end in ".,;:'\"") or (end in closes and text.count(end) > text.count(closes[end]))


def _object(row: Row, lexicon: Lexicon) -> Iterator[Fault]:
    relation, text = row.cells["relation"], row.cells["object"]
    if relation in FIELD_RELATIONS:
        yield from _fields(row, relation, text)
    elif relation == "safe":
        if text and text in lexicon.concepts and lexicon.kind(text) != "population":
            yield row.fault("object", f"safe is about a population or nothing, not about {text}")
    elif not text:
        yield row.fault("object", f"{relation} needs an object")


def _fields(row: Row, relation: str, text: str) -> Iterator[Fault]:
    keys = tuple(part.partition("=")[0] for part in text.split(";"))
    named = object_fields(text)
    if keys not in FIELDS[relation] or "=" not in text:
        forms = " or ".join(";".join(f"{key}=" for key in form) for form in sorted(FIELDS[relation]))
        yield row.fault("object", f"the object of {relation} has the form {forms}, not {text!r}")
        return
    for key, value in named.items():
        allowed = VALUES.get((relation, key), "").split()
        if not value and key not in {"low", "high"}:
            yield row.fault("object", f"{key} of {relation} is empty")
        elif allowed and value not in allowed:
            yield row.fault("object", f"{key} {value!r} of {relation} is not one of {', '.join(allowed)}")
    if "low" in named:
        yield from _range(row, named["low"], named["high"])


def _range(row: Row, low: str, high: str) -> Iterator[Fault]:
    try:
        odd = not (low or high) or (bool(low and high) and float(low) > float(high))
        [float(number) for number in (low, high) if number]
    except ValueError:
        odd = True
    if odd:
        yield row.fault("object", f"low={low};high={high} is no range of numbers")


def _scope(row: Row, lexicon: Lexicon) -> Iterator[Fault]:
    cells = row.cells
    for group in cells["population"].split("|"):
        if group in lexicon.concepts and lexicon.kind(group) != "population":
            yield row.fault("population", f"population {group} is no population but a {lexicon.kind(group)}")
    if cells["applies_to"] != "members":
        return
    if cells["relation"] in BENEFITS and cells["finding"] not in {"refutes", "insufficient"}:
        yield row.fault("members", "a benefit never goes down to members; applies_to must be exact")
    elif not lexicon.has_members(cells["subject"]):
        yield row.warning("members", f"{cells['subject']} has no members that the row could go down to")


def _denial(row: Row) -> Iterator[Fault]:
    denial = denial_in(row.cells["proposition"])
    if denial:
        what = f"the proposition denies ({denial!r}): finding is about the plain affirmative sentence"
        yield row.fault("negated", what)


def denial_in(proposition: str) -> str:
    """Give the words that make a proposition a denial, or ""; a denial in a clause of its own makes none."""
    found = _DENIAL.search(_SUBORDINATE.split(fold(proposition))[0])
    return found.group() if found else ""


def _wording(row: Row, lexicon: Lexicon) -> Iterator[Fault]:
    """Warn where a row's own words would not find it, or have another strength than it says."""
    cells = row.cells
    mentions = lexicon.find(cells["proposition"])
    found = {mention.concept for mention in mentions}
    named = found.union(*(lexicon.ancestors(concept) for concept in found))
    for concept in _things(cells):
        if concept not in named and lexicon.inverses.get(concept) not in named:
            yield row.warning("unnamed", f"no name of {concept} is in the proposition: {cells['proposition']}")
    total = [
        hit.row.pattern
        for hit in default_cues().absolute.find(cells["proposition"])
        if hit.row.type == "absolute" and not any(m.start <= hit.start < m.end for m in mentions)
    ]
    if total and cells["strength"] == "definite":
        yield row.warning("strength", f"the proposition is absolute ({total[0]!r}), the row's strength definite")
    elif not total and cells["strength"] == "absolute":
        yield row.warning("strength", "the row's strength is absolute, but no word of the proposition is")


def _things(cells: Mapping[str, str]) -> list[str]:
    """List the subject, and the object where it is a concept that a proposition must name."""
    plain = cells["relation"] not in FIELD_RELATIONS and cells["relation"] != "safe"
    return [cells["subject"], *([cells["object"]] if plain and cells["object"] else [])]


def _source(row: Row) -> Iterator[Fault]:
    cells = row.cells
    if cells["source_type"] in WEAK_SOURCES:
        yield row.warning("weak-source", f"rests on a weak source ({cells['source_type']}: {cells['publisher']})")
    if cells["seen"] == "secondary":
        yield row.warning("secondary", f"its source was seen through another page ({cells['publisher']})")
    if not cells["year"]:
        yield row.warning("undated", "the source has no year")
    if cells["source_title"].startswith("["):
        yield row.warning("untitled", f"the source has a description for a title: {cells['source_title']}")
    if not cells["id"].startswith(f"{cells['subject']}-{cells['relation']}"):
        yield row.warning("id", f"id does not begin with {cells['subject']}-{cells['relation']}")
