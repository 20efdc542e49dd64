"""Break the verdict on purpose: each branch and constant that bears on it is changed, and a test must turn red.

    python -m tests.mutation [word ...]     all mutants, or those whose text holds a word

A mutant is a replacement in the source of one module; it runs in a child of this process, on a copy in memory.
A mutant whose old text is not there exactly once is stale: write it anew when you change that line.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import re
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from tests.examples import MOST

ROOT = Path(__file__).parent.parent
# Loaded once, before the children start; never the modules that are changed.
SHARED = (
    "pytest", "hypothesis", "hypothesis.strategies", "pandas", "spacy", "sqlalchemy", "lxml.html", "sklearn.compose",
    "sklearn.feature_extraction.text", "sklearn.linear_model", "sklearn.pipeline", "claims.evidence", "claims.reading",
    "models.detect", "pipeline.read", "pipeline.store",
)  # fmt: skip
SECONDS = 60  # for one mutant; an unchanged run takes three
WORKERS = 2
# Of each property, enough to notice most mutants; the others are tried with all that its test asks for.
FEW = 15
# A bare pytest: it starts in a tenth of a second.
PLAIN = tuple(
    f"-x -q --noconftest -c {os.devnull} --rootdir={ROOT} --import-mode=importlib --tb=no --assert=plain "
    "-p no:cacheprovider -p no:logging -p no:faulthandler -p no:doctest -p no:junitxml -p no:unraisableexception".split()
)

# Old text, new text: what is there no more, or says something else.
JUDGE = (
    # the columns and the cells
    ('if claim.polarity == "deny":\n        return f"deny', 'if False:\n        return f"deny'),
    ("{claim.denies or 'effect'}", "{claim.denies}"),
    ("{claim.denies or 'effect'}", "effect"),
    ('if absolute_row and claim.strength == "absolute" else', "if False else"),
    ('if absolute_row and claim.strength == "absolute" else', "if absolute_row else"),
    ('if absolute_row and claim.strength == "absolute" else', 'if claim.strength == "absolute" else'),
    ("for key in (claim.relation, group) if", "for key in () if"),
    ("for key in (claim.relation, group) if", "for key in (claim.relation,) if"),
    ("for key in (claim.relation, group) if", "for key in (group,) if"),
    ('"harm" if claim.relation in _HARM_RELATIONS else claim.relation', "claim.relation"),
    ('"harm" if claim.relation in _HARM_RELATIONS else claim.relation', '"harm"'),
    ('{"causes", "mechanism", "status", "statistic"}', '{"mechanism", "status", "statistic"}'),
    ('{"causes", "mechanism", "status", "statistic"}', '{"causes", "status", "statistic"}'),
    ('{"causes", "mechanism", "status", "statistic"}', '{"causes", "mechanism", "statistic"}'),
    ('{"causes", "mechanism", "status", "statistic"}', '{"causes", "mechanism", "status"}'),
    ('{"causes", "mechanism", "status", "statistic"}', '{"causes", "mechanism", "status", "statistic", "treats"}'),
    ('{"causes", "mechanism", "status", "statistic"}', '{"causes", "mechanism", "status", "statistic", "use"}'),
    ('{"causes", "mechanism", "status", "statistic"}', '{"causes", "mechanism", "status", "statistic", "compares"}'),
    ("r.finding == row.finding and row.certainty in r.certainty", "row.certainty in r.certainty"),
    ("r.finding == row.finding and row.certainty in r.certainty", "r.finding == row.finding"),
    # the rank
    ('row.finding == "insufficient",', "False,"),
    ('match.how != "exact",', "False,"),
    ("CERTAINTIES.index(row.certainty),", "0,"),
    ("CERTAINTIES.index(row.certainty),", "-CERTAINTIES.index(row.certainty),"),
    ("SOURCE_TYPES.index(row.source_type),", "0,"),
    ("-(row.year or 0),", "0,"),
    ("-(row.year or 0),", "(row.year or 0),"),
    ("-(row.year or 0),", "-row.year,"),
    ('        match.how != "exact",\n        CERTAINTIES.index(row.certainty),', '        CERTAINTIES.index(row.certainty),\n        match.how != "exact",'),
    ('        row.finding == "insufficient",\n        match.how != "exact",', '        match.how != "exact",\n        row.finding == "insufficient",'),
    ("        CERTAINTIES.index(row.certainty),\n        SOURCE_TYPES.index(row.source_type),", "        SOURCE_TYPES.index(row.source_type),\n        CERTAINTIES.index(row.certainty),"),
    ("        SOURCE_TYPES.index(row.source_type),\n        -(row.year or 0),", "        -(row.year or 0),\n        SOURCE_TYPES.index(row.source_type),"),
    # no cure leaves room for help
    ('if claim.polarity == "deny" and claim.strength == "absolute":', "if False:"),
    ('if claim.polarity == "deny" and claim.strength == "absolute":', 'if claim.polarity == "deny":'),
    ('if claim.polarity == "deny" and claim.strength == "absolute":', 'if claim.strength == "absolute":'),
    ('if m.evidence.strength == "absolute" or _verdict(claim, m) not in FLAGGED_VERDICTS]', 'if _verdict(claim, m) not in FLAGGED_VERDICTS]'),
    ('if m.evidence.strength == "absolute" or _verdict(claim, m) not in FLAGGED_VERDICTS]', 'if m.evidence.strength == "absolute"]'),
    # who decides
    ("if not claim.grounded:", "if False:"),
    ("if _is_faulted_unsurely(claim, decision):", "if False:"),
    ('verdict in FLAGGED_VERDICTS and claim.strength != "absolute" and', 'claim.strength != "absolute" and'),
    ('verdict in FLAGGED_VERDICTS and claim.strength != "absolute" and', "verdict in FLAGGED_VERDICTS and"),
    ('and claim.strength != "absolute" and claim.trust < asked', 'and claim.strength != "absolute"'),
    ("claim.trust < asked", "claim.trust <= asked"),
    ('if r.id == cell.partition("/")[0]), 0.0)', "if r.trust), 0.0)"),
    ("if claim.doubtful and decision[0] in FLAGGED_VERDICTS:", "if False:"),
    ("if claim.doubtful and decision[0] in FLAGGED_VERDICTS:", "if claim.doubtful:"),
    ("if claim.doubtful and decision[0] in FLAGGED_VERDICTS:", "if decision[0] in FLAGGED_VERDICTS:"),
    ('if claim.distanced and decision[0] == "overstated":', "if False:"),
    ('if claim.distanced and decision[0] == "overstated":', "if claim.distanced:"),
    ('if claim.distanced and decision[0] == "overstated":', 'if decision[0] == "overstated":'),
    ('if claim.distanced and decision[0] == "overstated":', "if claim.distanced and decision[0] in FLAGGED_VERDICTS:"),
    ('"weak_match" if matches else "no_row", None, ""', '"no_row", None, ""'),
    ('"weak_match" if matches else "no_row", None, ""', '"weak_match", None, ""'),
    ('sound = [m for m in matches if m.how != "similar"]', "sound = list(matches)"),
    ('if claim.relation == "safe":\n        harms', "if True:\n        harms"),
    ('if claim.relation == "safe":\n        harms', "if False:\n        harms"),
    ('sound = [m for m in sound if m.evidence.relation == "safe"]', "pass"),
    ("if harms and not refuted and (is_unreserved(claim) or not any(_vouches(m.evidence) for m in sound)):", "if False:"),
    ("if harms and not refuted and (is_unreserved(claim) or not any(_vouches(m.evidence) for m in sound)):", "if harms and not refuted:"),
    ("if harms and not refuted and (is_unreserved(claim) or not any(_vouches(m.evidence) for m in sound)):", "if harms and (is_unreserved(claim) or not any(_vouches(m.evidence) for m in sound)):"),
    ("if harms and not refuted and (is_unreserved(claim) or not any(_vouches(m.evidence) for m in sound)):", "if harms and not refuted and is_unreserved(claim):"),
    ("if harms and not refuted and (is_unreserved(claim) or not any(_vouches(m.evidence) for m in sound)):", "if harms and not refuted and not any(_vouches(m.evidence) for m in sound):"),
    ('m.evidence.finding == "refutes" and m.evidence.certainty in SURE', "m.evidence.certainty in SURE"),
    ('m.evidence.finding == "refutes" and m.evidence.certainty in SURE', 'm.evidence.finding == "refutes"'),
    ("min(asked, key=", "max(asked, key="),
    ("min(asked, key=", "min(harms, key="),
    ("key=lambda m: (rank(m), m.evidence.id))", "key=rank)"),
    ("best = min(rank(m) for m in pool)", "best = max(rank(m) for m in pool)"),
    ("top = [m for m in pool if rank(m) == best]", "top = pool"),
    ("if len(verdicts) > 1:", "if False:"),
    ("verdicts = {_verdict(claim, m) for m in top}", "verdicts = {m.evidence.finding for m in top}"),
    ("chosen = min(top, key=lambda m: m.evidence.id)", "chosen = top[0]"),
    ("column(claim, chosen.evidence.strength == 'absolute')}", "column(claim)}"),
    ('.verdict(meant, row.strength == "absolute")', ".verdict(meant)"),
    ('replace(claim, relation=row.relation) if claim.relation == "mechanism" else claim', "claim"),
    # absolute rows
    ('absolute = [m for m in sound if m.evidence.strength == "absolute"]', "absolute = list(sound)"),
    ('plain = [m for m in sound if m.evidence.strength == "definite"]', "plain = list(sound)"),
    ('if claim.strength != "absolute" or not absolute:', "if not absolute:"),
    ('if claim.strength != "absolute" or not absolute:', 'if claim.strength != "absolute":'),
    ('any(m.how == "exact" for m in plain) and all(m.how != "exact" for m in absolute)', "False"),
    ('any(m.how == "exact" for m in plain) and all(m.how != "exact" for m in absolute)', 'any(m.how == "exact" for m in plain)'),
    ('any(m.how == "exact" for m in plain) and all(m.how != "exact" for m in absolute)', 'all(m.how != "exact" for m in absolute)'),
    # safety
    ('row.finding == "supports" and row.certainty in SURE', "row.certainty in SURE"),
    ('row.finding == "supports" and row.certainty in SURE', 'row.finding == "supports"'),
    ('row.finding == "supports" and row.certainty in SURE', 'row.finding == "supports" and row.certainty == "high"'),
    ('if "addict" not in claim.object and "habit" not in claim.object:', "if False:"),
    ('if "addict" not in claim.object and "habit" not in claim.object:', 'if "habit" not in claim.object:'),
    ('if "addict" not in claim.object and "habit" not in claim.object:', 'if "addict" not in claim.object:'),
    ('in DEPENDENCE - {"withdrawal"}]', 'in DEPENDENCE - {"withdrawal"}] or list(harms)'),
    ('in DEPENDENCE - {"withdrawal"}]', "in DEPENDENCE]"),
    ("if not asked or _leaves_room(claim):", "if not asked:"),
    ('claim.polarity == "affirm" and claim.strength == "hedged"', 'claim.strength == "hedged"'),
    ('claim.polarity == "affirm" and claim.strength == "hedged"', 'claim.polarity == "affirm"'),
    ('if claim.polarity == "deny":\n        return "supported"', 'if False:\n        return "supported"'),
    ('return ("contradicted", None, harm, "S3") if is_unreserved(claim) else', 'return ("contradicted", None, harm, "S3") if True else'),
    ('return ("contradicted", None, harm, "S3") if is_unreserved(claim) else', 'return ("contradicted", None, harm, "S3") if False else'),
    # numbers
    ('claim.relation == "statistic" and numbers.side(claim, chosen.evidence) in {"above", "below"}', "False"),
    ("numbers.side(claim, chosen.evidence) in {\"above\", \"below\"}", "True"),
    ('{"above", "below"}', '{"above"}'),
    ('{"above", "below"}', '{"below"}'),
    ('if steady and claim.polarity == "affirm" and _vouches(row):', "if steady and _vouches(row):"),
    ('if steady and claim.polarity == "affirm" and _vouches(row):', 'if steady and claim.polarity == "affirm":'),
    ('if steady and claim.polarity == "affirm" and _vouches(row):', 'if claim.polarity == "affirm" and _vouches(row):'),
    ('if steady and claim.polarity == "affirm" and _vouches(row):', "if False:"),
    # no verdict
    ('if matches:\n        return "weak_match"', 'if False:\n        return "weak_match"'),
    ('if claim.relation != "safe" and (', "if ("),
    ("not claim.object.strip() or claim.object_id in VAGUE", "claim.object_id in VAGUE"),
    ("not claim.object.strip() or claim.object_id in VAGUE", "not claim.object or claim.object_id in VAGUE"),
    ("not claim.object.strip() or claim.object_id in VAGUE", "not claim.object.strip()"),
    ('{"well-being", "disease", "product"}', '{"well-being", "disease"}'),
    ('{"well-being", "disease", "product"}', '{"well-being", "product"}'),
    ('{"well-being", "disease", "product"}', '{"disease", "product"}'),
    # the finding
    ("and claim.is_put_forward", ""),
    ("and claim.is_put_forward", 'and claim.voice != "rejected"'),
    ("and claim.is_put_forward", "and not claim.distanced"),
    ("flag = verdict in FLAGGED_VERDICTS and", "flag ="),
    ("m is not chosen, m.how", "m.how"),
    ('m.how == "similar", rank(m)', "rank(m)"),
    ('m.how == "similar", rank(m), m.evidence.id', 'm.how == "similar", m.evidence.id'),
    ('m.how == "similar", rank(m), m.evidence.id)', 'm.how == "similar", rank(m))'),
    ("id=id or digest(", "id=digest("),
    ("digest(article_id, claim.quote", "digest(claim.quote"),
    ("claim.quote, str(nth)", "str(nth)"),
    ("str(nth), claim.subject", "claim.subject"),
    ("str(nth), claim.subject, claim.relation", "str(nth), claim.relation"),
    ("claim.subject, claim.relation, claim.object, claim.polarity)", "claim.subject, claim.object, claim.polarity)"),
    ("claim.relation, claim.object, claim.polarity)", "claim.relation, claim.polarity)"),
    ("claim.object, claim.polarity)", "claim.object)"),
    ("claim.object, claim.polarity)", "claim.object, claim.polarity, verdict)"),
    ("claim.object, claim.polarity)", "claim.object, claim.polarity, claim.strength, claim.voice)"),
    ("harm=harm_of(claim, verdict, lexicon)", "harm=0"),
    # what is told beside it
    ('if m.how != "similar"), None)', "), None)"),
    ("strength_gap=strength_gap(claim, verdict, best)", 'strength_gap=""'),
    ("would_change=would_change(claim, verdict, lambda other: decide(other, matches)[0])", 'would_change=""'),
    ('"asserted" if claim.is_put_forward else', ""),
    ('"asserted" if claim.is_put_forward else "told" if claim.distanced else "rejected"', "claim.voice"),
    ('"asserted" if claim.is_put_forward else "told" if claim.distanced else "rejected"', '"asserted"'),
    ('"told" if claim.distanced else "rejected"', '"rejected"'),
    ("claim.subject_id or claim.subject, relation", "claim.subject_id, relation"),
    ("claim.subject_id or claim.subject, relation", "claim.subject, relation"),
    ("obj or claim.object, claim.polarity, put", "obj, claim.polarity, put"),
    ("obj or claim.object, claim.polarity, put", "claim.object, claim.polarity, put"),
    ("relation, obj or claim.object", "obj or claim.object"),
    ("obj or claim.object, claim.polarity, put, verdict)", "obj or claim.object, put, verdict)"),
    ("claim.polarity, put, verdict)", "claim.polarity, put)"),
)  # fmt: skip
MATCH = (
    # what no use is proven of
    ('if all(how == "similar" for _, how, _ in met):', "if True:"),
    ('if all(how == "similar" for _, how, _ in met):', "if not met:"),
    ("if claim.relation not in HELPS or not _is_a_use(claim, table.lexicon):", "if not _is_a_use(claim, table.lexicon):"),
    ("if claim.relation not in HELPS or not _is_a_use(claim, table.lexicon):", "if claim.relation not in HELPS:"),
    ("if row.finding not in NEGATIVE or (down and not goes_down(row)):", "if down and not goes_down(row):"),
    ("if row.finding not in NEGATIVE or (down and not goes_down(row)):", "if row.finding not in NEGATIVE:"),
    ("_SPOKEN_FOR) if like else", "_SPOKEN_FOR) if False else"),
    ("_SPOKEN_FOR) if like else", "_SPOKEN_FOR) if True else"),
    ("return lexicon.kind(claim.object_id) in HEALTH_KINDS", "return True"),
    (" and _SIDE_EFFECTS not in lexicon.kin(claim.object_id)", ""),
    ('return bool(last) and stated', "return stated"),
    (' and last not in _OF_ANY_ILL', ""),
    ('claim.polarity == "affirm" and claim.strength != "hedged"', 'claim.strength != "hedged"'),
    ('claim.polarity == "affirm" and claim.strength != "hedged"', 'claim.polarity == "affirm"'),
    ("is_known_to_help(row) and not like.isdisjoint(kin)", "not like.isdisjoint(kin)"),
    ("is_known_to_help(row) and not like.isdisjoint(kin)", "is_known_to_help(row)"),
    ("like = (table.lexicon.kin(claim.object_id) | table.lexicon.kin(other))", "like = table.lexicon.kin(claim.object_id)"),
    ("for relation in HELPS for met in", 'for relation in ("treats",) for met in'),
    # similar rows
    ("MAX_SIMILAR = 3", "MAX_SIMILAR = 99"),
    ('(how != "similar" or similar < MAX_SIMILAR)', "similar < MAX_SIMILAR"),
    ('(how != "similar" or similar < MAX_SIMILAR)', "True"),
    ('similar += how == "similar"', "pass"),
    ("MAX_SIMILAR - similar", "MAX_SIMILAR"),
    ("MAX_SIMILAR - similar", "0"),
    ('"broader": 0.8', '"broader": 1.0'),
    ("_NEIGHBOURS.get(claim.relation, (claim.relation,))", "(claim.relation,)"),
    ("_NEIGHBOURS.get(claim.relation, (claim.relation,))", '_NEIGHBOURS["treats"]'),
    ('sorted({r, *HELPS})', 'sorted({r, "treats", "improves"})'),
    ("related = table.lexicon.kin(claim.object_id)", "related = {claim.object_id}"),
    ("if related.isdisjoint(kin) and not", "if row.object not in related and not"),
    ("if related.isdisjoint(kin) and not", "if False and not"),
    ("if related.isdisjoint(kin) and not (has_fields and row.object and row.object in claim.object_id)", "if related.isdisjoint(kin)"),
    ("has_fields and row.object and", "row.object and"),
    ("if row.id not in seen:", "if True:"),
    ("if len(out) == room:", "if False:"),
    # which rows are looked up
    ('if claim.relation == "safe":\n        yield from', 'if False:\n        yield from'),
    ("if (down and not goes_down(row)) or (wider and row.finding not in NEGATIVE):", "if wider and row.finding not in NEGATIVE:"),
    ("if (down and not goes_down(row)) or (wider and row.finding not in NEGATIVE):", "if down and not goes_down(row):"),
    ("if spoken_for and (down or wider):", "if False:"),
    ('met = _in_scope(claim, row, "broader" if down or wider else "exact", via, table)', 'met = _in_scope(claim, row, "exact", via, table)'),
    ('met = _in_scope(claim, row, "broader" if down or wider else "exact", via, table)', 'met = _in_scope(claim, row, "broader" if down else "exact", via, table)'),
    ('met = _in_scope(claim, row, "broader" if down or wider else "exact", via, table)', 'met = _in_scope(claim, row, "broader" if wider else "exact", via, table)'),
    ('met = _in_scope(claim, row, "broader" if down or wider else "exact", via, table)', 'met = row, "broader" if down or wider else "exact", via'),
    ("relation, key = canonical(claim.relation, obj, table.lexicon)", "relation, key = claim.relation, obj"),
    ("    for wider in table.lexicon.ancestors(claim.subject_id):\n        yield wider, True", ""),
    ("        yield wider, True\n\n\ndef _objects", "        yield wider, False\n\n\ndef _objects"),
    ("    for wider in table.lexicon.ancestors(obj):\n        yield wider, True", ""),
    ("    for wider in table.lexicon.ancestors(obj):\n        yield wider, True", "for wider in table.lexicon.ancestors(obj):\n        yield wider, False"),
    ('_, obj = canonical(claim.relation, claim.object_id, table.lexicon)', "obj = claim.object_id"),
    ('("target", "other", "for")', '("other", "for")'),
    ('("target", "other", "for")', '("target", "for")'),
    ('("target", "other", "for")', '("target", "other")'),
    ('f"{key}={wider}"), True', 'f"{key}={wider}"), False'),
    ('''if fields.get("for"):''', "if False:"),
    ("f\";for={fields['for']}\", \"\"), True", "f\";for={fields['for']}\", \"\"), False"),
    # a mechanism told otherwise
    ("[*_on_object(claim, table), *_on_the_act(claim, table)]", "[*_on_object(claim, table)]"),
    ('_TURNED = {"contains": "derived-from", "derived-from": "contains"}', '_TURNED = {"contains": "derived-from"}'),
    ('_TURNED = {"contains": "derived-from", "derived-from": "contains"}', '_TURNED = {"derived-from": "contains"}'),
    ('("lowers", "raises") if act', '("lowers",) if act'),
    ('("lowers", "raises") if act', '("raises",) if act'),
    ('if act == "acts-on" else ()', ""),
    ('if row.finding == "supports":', "if True:"),
    ('yield _in_scope(claim, row, "narrower", "on the way it acts", table)', 'yield row, "narrower", ""'),
    ('yield _in_scope(claim, row, "exact", f"as told of {table.lexicon.name(target)}", table)', 'yield row, "exact", ""'),
    # what goes down
    ('row.applies_to == "members" and (', "("),
    ("(row.finding in NEGATIVE or row.relation not in BENEFITS)", "True"),
    ("(row.finding in NEGATIVE or row.relation not in BENEFITS)", "row.finding in NEGATIVE"),
    ("(row.finding in NEGATIVE or row.relation not in BENEFITS)", "row.relation not in BENEFITS"),
    ("row.relation not in BENEFITS", "row.relation not in BENEFITS - {'treats'}"),
    ("row.relation not in BENEFITS", "row.relation not in BENEFITS - {'prevents'}"),
    ("row.relation not in BENEFITS", "row.relation not in BENEFITS - {'improves'}"),
    ("row.relation not in BENEFITS", "row.relation not in BENEFITS - {'safe'}"),
    ("row.relation not in BENEFITS", "row.relation not in BENEFITS - {'compares'}"),
    ("row.relation not in BENEFITS", "row.relation not in BENEFITS - {'use'}"),
    # safety
    ('how: How = "broader" if down else "exact"', 'how: How = "exact"'),
    ("if down and not goes_down(row):\n                continue\n            if claim.object_id", "if False:\n                continue\n            if claim.object_id"),
    ("if down and not goes_down(row):\n                continue\n            if claim.object_id", "if down:\n                continue\n            if claim.object_id"),
    ("if claim.object_id:\n            for row", "if False:\n            for row"),
    ("if claim.object_id:  # the very group", "if False:  # the very group"),
    ("if claim.object_id:  # the very group", "if True:  # the very group"),
    ("elif row.finding not in NEGATIVE and _RESTRICTED.search(claim.object):", "elif False:"),
    ("elif row.finding not in NEGATIVE and _RESTRICTED.search(claim.object):", "elif _RESTRICTED.search(claim.object):"),
    ("(?!.*\\b(?:no|not|without|free)\\b)", ""),
    # parts of an object, numbers
    ("else [*_on_parts(claim, table)]", "else []"),
    ("if len(parts) < 2 or not all(parts):", "if not all(parts):"),
    ("if len(parts) < 2 or not all(parts):", "if len(parts) < 2:"),
    ('sound = how != "similar" and row.finding in NEGATIVE and claim.polarity == "affirm"', "sound = True"),
    ('sound = how != "similar" and row.finding in NEGATIVE and claim.polarity == "affirm"', 'sound = row.finding in NEGATIVE and claim.polarity == "affirm"'),
    ('sound = how != "similar" and row.finding in NEGATIVE and claim.polarity == "affirm"', 'sound = how != "similar" and claim.polarity == "affirm"'),
    ('sound = how != "similar" and row.finding in NEGATIVE and claim.polarity == "affirm"', 'sound = how != "similar" and row.finding in NEGATIVE'),
    ("yield from _numbers(claim, table)", "pass"),
    ("is_same_measure(claim, row) and (not down or goes_down(row))", "is_same_measure(claim, row)"),
    ("is_same_measure(claim, row) and (not down or goes_down(row))", "not down or goes_down(row)"),
    ("if row.finding in NEGATIVE and (not down or goes_down(row)):", "if not down or goes_down(row):"),
    ("if row.finding in NEGATIVE and (not down or goes_down(row)):", "if row.finding in NEGATIVE:"),
    ("if row.finding in NEGATIVE and (not down or goes_down(row)):", "if row.finding in NEGATIVE and not down:"),
    ("if is_serious_harm(row, table) and (not down or goes_down(row)):", "if False:"),
    ("if is_serious_harm(row, table) and (not down or goes_down(row)):", "if not down or goes_down(row):"),
    ("if is_serious_harm(row, table) and (not down or goes_down(row)):", "if is_serious_harm(row, table):"),
    ("if is_serious_harm(row, table) and (not down or goes_down(row)):", "if is_serious_harm(row, table) and not down:"),
    ('claim.strength == "absolute" or any(', "any("),
    ("or any(w in claim.object for w in UNRESERVED)", ""),
    ('if claim.polarity == "deny" or is_unreserved(claim):', "if is_unreserved(claim):"),
    ('if claim.polarity == "deny" or is_unreserved(claim):', 'if claim.polarity == "deny":'),
    ("concepts[claim.subject_id].risk >= SERIOUS_RISK", "concepts[claim.subject_id].risk > SERIOUS_RISK"),
    ("yield row, kind if _is_answered_by_harm(claim, table) else \"similar\", said", "yield row, kind, said"),
    ('row.relation == "causes"\n        and', ""),
    ('and row.finding == "supports"', ""),
    ('and row.certainty != "very_low"', ""),
    ("SERIOUS_RISK = 2", "SERIOUS_RISK = 1"),
    ("SERIOUS_RISK = 2", "SERIOUS_RISK = 3"),
    ("or concept.id in DEPENDENCE", ""),
    ('{"addiction", "dependence", "withdrawal"}', '{"dependence", "withdrawal"}'),
    ('{"addiction", "dependence", "withdrawal"}', '{"addiction", "withdrawal"}'),
    ('{"addiction", "dependence", "withdrawal"}', '{"addiction", "dependence"}'),
)  # fmt: skip
SCOPE = (
    *((f"{group} ", "") for group in (
        "children", "infants", "preterm-infants", "adolescents", "pregnancy", "breastfeeding", "older-adults",
        "cancer-patients", "athletes", "immunocompromised", "people-with-kidney-disease", "people-with-liver-disease",
        "people-on-medicines",
    ) if group not in {"children", "infants"}),
    ('"children infants ', '"infants '),
    (" people-on-opioid-agonists", ""),
    ("infants preterm-infants", "preterm-infants"),
    ("SPECIAL_GROUPS | LONG_TERM if", "SPECIAL_GROUPS if"),
    ('if row.relation == "safe" else SPECIAL_GROUPS', ""),
    ('{"animals", "test-tube"}', '{"animals"}'),
    ('{"animals", "test-tube"}', '{"test-tube"}'),
    ('{"refutes", "insufficient"}', '{"refutes"}'),
    ('{"refutes", "insufficient"}', '{"insufficient"}'),
    ('{"refutes", "insufficient"}', '{"refutes", "insufficient", "mixed"}'),
    ("row.finding not in NEGATIVE and not row.population", "not row.population"),
    ("row.finding not in NEGATIVE and not row.population", "row.finding not in NEGATIVE"),
    ("return _other_source(claim, row, lexicon) or apart", "return apart"),
    ("row.subject != claim.subject_id and row.relation in _PRAISED", "row.relation in _PRAISED"),
    ('row.relation in _PRAISED and row.strength != "absolute"', "row.relation in _PRAISED"),
    ('claim.polarity == "deny" or lexicon.kind(claim.subject_id) != "nutrient"', 'lexicon.kind(claim.subject_id) != "nutrient"'),
    ('claim.polarity == "deny" or lexicon.kind(claim.subject_id) != "nutrient"', 'claim.polarity == "deny"'),
    ("not _TAKEN.isdisjoint(_WORD.findall(fold(claim.quote)))", "False"),
    ("if groups:", "if False:"),
    ('"" if groups & (named | meant) else', '"" if False else'),
    ("if not apart or (not apart & NOT_PEOPLE and (", "if not apart or (False and ("),
    ("not apart & NOT_PEOPLE and (row", "(row"),
    ("if not apart or (not apart & NOT_PEOPLE and (", "if True or (not apart & NOT_PEOPLE and ("),
    ("row.finding in NEGATIVE or _warns_of_it(claim, row)", "row.finding in NEGATIVE"),
    ("row.finding in NEGATIVE or _warns_of_it(claim, row)", "_warns_of_it(claim, row)"),
    ('claim.relation == "causes" and claim.polarity == "affirm" and', 'claim.polarity == "affirm" and'),
    ('and claim.polarity == "affirm" and row.finding == "supports"', 'and row.finding == "supports"'),
    ('and claim.polarity == "affirm" and row.finding == "supports"', 'and claim.polarity == "affirm"'),
    ("groups & (named | meant) else", "groups & named else"),
    ("else SPECIAL_GROUPS) - meant", "else SPECIAL_GROUPS)"),
    ("_other_form(claim, row, lexicon) or", ""),
    ("or _other_aim(claim, row, lexicon)", ""),
    ("_forms_of_claim(claim) - own", "_forms_of_claim(claim)"),
    ("_forms(fold(claim.subject)) | ", ""),
    ("| _named_forms(row.subject, lexicon)", ""),
    ("| _named_forms(claim.subject_id, lexicon)", ""),
    ("(held.name, *held.aliases)", "(held.name,)"),
    ('row.relation == "causes" and row.finding == "supports"', 'row.relation == "causes"'),
    ('row.relation == "causes" and row.finding == "supports"', 'row.finding == "supports"'),
    ('if is_harm and claim.relation == "causes" and not said:', "if False:"),
    ('if is_harm and claim.relation == "causes" and not said:', "if is_harm and not said:"),
    ('if is_harm and claim.relation == "causes" and not said:', 'if is_harm and claim.relation == "causes":'),
    ("(_STRONGER if is_harm else frozenset())", "frozenset()"),
    ("(_STRONGER if is_harm else frozenset())", "_STRONGER"),
    ('{"extract", "high dose"}', '{"extract"}'),
    ('{"extract", "high dose"}', '{"high dose"}'),
    ("if unmet:", "if False:"),
    ('if found - said else ""', 'if False else ""'),
    (".split()[-3:]", ".split()[-1:]"),
    (".split()[:2]", ".split()[:0]"),
    (".split()[:2]", ".split()"),
    ("at = text.find(thing, end)", "at = -1"),
    ("disease.risk < DEADLY", "False"),
    ('row.finding != "refutes"', "False"),
    ('claim.relation == "treats" and re.search', "re.search"),
    ("symptoms? of (?:[\\w-]+ ){{0,2}}{thing}|", ""),
    ("|{thing} symptoms?", ""),
)  # fmt: skip
NUMBERS = (
    ("SLACK = 0.1", "SLACK = 0.0"),
    ("SLACK = 0.1", "SLACK = 0.3"),
    ('{"percent", "times"}', '{"times"}'),
    ('{"percent", "times"}', '{"percent", "times", "deaths"}'),
    ("100 * _number", "_number"),
    ('Figure(share, share, "percent") if whole else None', 'Figure(share, share, "percent")'),
    ("m = min(found, key=lambda m: m.start())", "m = found[-1]"),
    ("scale = _SCALE.get(m[\"scale\"] or \"\", 1.0)", "scale = 1.0"),
    ('if not fields.get("low"):', "if False:"),
    ("said is None or given is None or said.unit != given.unit:\n        return False", "said is None or given is None:\n        return False"),
    ("said is None or given is None or said.unit != given.unit:\n        return None", "said is None or given is None:\n        return None"),
    ("return bool(wanted) and wanted <= ", "return wanted <= "),
    ("return bool(wanted) and wanted <= _stems(", "return bool(wanted) and wanted & _stems("),
    ("if said.low > given.high * (1 + SLACK):", "if said.high > given.high * (1 + SLACK):"),
    ('"below" if said.high < given.low * (1 - SLACK)', '"below" if said.low < given.low * (1 - SLACK)'),
    ("None if m is None or _ABSOLUTE_RISK.search(low) else", "None if m is None else"),
)  # fmt: skip
WHATIF = (
    ('if now == "unverified":', "if False:"),
    ('if claim.voice == "rejected":', "if False:"),
    ("if claim.distanced and now in FLAGGED_VERDICTS:", "if False:"),
    ("if claim.distanced and now in FLAGGED_VERDICTS:", "if claim.distanced:"),
    ("doubtful=False, distanced=False)", "doubtful=False)"),
    ("if now in FLAGGED_VERDICTS else \"\"", ""),
    ("_milder(sure) if now in FLAGGED_VERDICTS else _bolder(sure)", "_milder(sure)"),
    ("_milder(sure) if now in FLAGGED_VERDICTS else _bolder(sure)", "_bolder(sure)"),
    ('(then == "supported") != (now == "supported")', "then != now"),
    ('yield replace(claim, strength="definite"), "left out', 'yield replace(claim, strength="hedged"), "left out'),
    ('if claim.strength != "hedged":', "if False:"),
    ('if claim.strength == "hedged":', "if False:"),
    ('if claim.strength != "absolute":', "if False:"),
)  # fmt: skip
HARM = (
    ("if verdict not in FLAGGED_VERDICTS:", "if False:"),
    ('rule.if_overstated if verdict == "overstated" else rule.by_aim', "rule.by_aim"),
    ('rule.if_overstated if verdict == "overstated" else rule.by_aim', "rule.if_overstated"),
    ("max(int(rule.by_thing[thing]), int(by_aim[aim]))", "int(by_aim[aim])"),
    ("max(int(rule.by_thing[thing]), int(by_aim[aim]))", "int(rule.by_thing[thing])"),
    ("min(_DEADLY, level + raised)", "level"),
    ('claim.relation == "treats" and claim.polarity == "affirm" and "cancer"', 'claim.polarity == "affirm" and "cancer"'),
    ('claim.relation == "treats" and claim.polarity == "affirm" and "cancer"', 'claim.relation == "treats" and "cancer"'),
    ('"cancer" in lexicon.kin(claim.object_id)', 'claim.object_id == "cancer"'),
    ('claim.strength != "absolute" or verdict == "overstated"', 'claim.strength != "absolute"'),
    ('claim.strength != "absolute" or verdict == "overstated"', 'verdict == "overstated"'),
    ('claim.subject_id if claim.relation == "safe" else claim.object_id', "claim.object_id"),
    ("and _risk(at_stake, lexicon) == _DEADLY", ""),
    ("return rest and not risky and any(", "return not risky and any("),
    ("return rest and not risky and any(", "return rest and any("),
    ('or claim.relation == "compares"', ""),
    ("and _risk(claim.subject_id, lexicon) >= 2", ""),
    ("benefit and not _FRAIL.isdisjoint(claim.populations)", "not _FRAIL.isdisjoint(claim.populations)"),
    ("benefit and not _FRAIL.isdisjoint(claim.populations)", "benefit"),
    ('and verdict == "contradicted"', ""),
    ('and claim.polarity == "affirm" and verdict', "and verdict"),
    ('scares = claim.relation == "causes" and', "scares ="),
    ('scares and lexicon.kind(claim.subject_id) in {"vaccine", "test"}', "scares"),
)  # fmt: skip
TABLES = {
    "claims.judge": JUDGE, "claims.match": MATCH, "claims.scope": SCOPE, "claims.numbers": NUMBERS,
    "claims.whatif": WHATIF, "claims.harm": HARM,
}  # fmt: skip
# The test files that must notice; by default the module's own.
TESTS = {
    "claims.judge": ("test_judge", "test_numbers"), "claims.match": ("test_match", "test_numbers"),
    "claims.scope": ("test_match",), "claims.whatif": ("test_judge",), "claims.harm": ("test_judge",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module with one text replaced."""

    module: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.module}: {self.old!r} -> {self.new!r}"

    @property
    def tests(self) -> tuple[str, ...]:
        own = f"test_{self.module.rpartition('.')[2]}"
        return tuple(f"tests/{name}.py" for name in TESTS.get(self.module, (own,)))

    @property
    def file(self) -> Path:
        return ROOT / Path(*self.module.split(".")).with_suffix(".py")

    def source(self) -> str | None:
        """Give the changed text of the module; None where the old text is not there exactly once."""
        text = self.file.read_text(encoding="utf-8")
        # However it is laid out: blanks and line breaks may stand between its words.
        pattern = re.compile(r"\s*".join(map(re.escape, re.findall(r"\w+|[^\w\s]", self.old))))
        changed, n = pattern.subn(lambda _: self.new, text)
        return changed if n == 1 else None


def mutants() -> list[Mutant]:
    """List all mutants."""
    return [Mutant(module, old, new) for module, table in TABLES.items() for old, new in table]


def _install(module: str, source: str, file: Path) -> None:
    """Load a module from a text instead of its file."""
    made = ModuleType(module)
    made.__file__ = str(file)
    sys.modules[module] = made
    exec(compile(source, str(file), "exec"), made.__dict__)
    setattr(importlib.import_module("claims"), module.rpartition(".")[2], made)


def _child(mutant: Mutant, source: str, args: Sequence[str], few: bool) -> int:
    """Run the tests of a module on a changed text; 0 green, 1 red, more: it could not be run."""
    import pytest

    if few:
        os.environ[MOST] = str(FEW)

    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    signal.alarm(SECONDS)
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
        _install(mutant.module, source, mutant.file)
        return int(pytest.main([*PLAIN, *args, *mutant.tests]))


def _start(mutant: Mutant, args: Sequence[str], few: bool) -> int:
    """Start a child for a mutant and give its process id."""
    source = mutant.source()
    assert source is not None
    pid = os.fork()
    if pid:
        return pid
    code = 3
    with contextlib.suppress(BaseException):
        code = _child(mutant, source, args, few)
    os._exit(code)


def run(chosen: Sequence[Mutant], known_red: Sequence[str] = ()) -> Iterator[tuple[Mutant, str]]:
    """Yield what became of each mutant: red, survived, stale or broken."""
    args = [f"--deselect={node}" for node in known_red]
    waiting = [(mutant, True) for mutant in chosen]
    running: dict[int, tuple[Mutant, bool]] = {}
    while waiting or running:
        while waiting and len(running) < WORKERS:
            mutant, few = waiting.pop(0)
            if mutant.source() is None:
                yield mutant, "stale"
            else:
                running[_start(mutant, args, few)] = mutant, few
        if running:
            pid, status = os.wait()
            code = os.waitstatus_to_exitcode(status)
            mutant, few = running.pop(pid)
            if code == 0 and few:
                waiting.append((mutant, False))
                continue
            # A mutant that hangs is ended by its alarm: the tests do see it.
            outcome = {0: "survived", 1: "red", -signal.SIGALRM: "red"}.get(code, f"broken ({code})")
            yield mutant, outcome


def red_already(tests: Sequence[str]) -> list[str]:
    """List the tests that fail on the unchanged code: they cannot tell a mutant from it."""
    import subprocess

    quiet = ("-q", "--noconftest", "--tb=no", "-rf", "-p", "no:cacheprovider")
    ran = subprocess.run([sys.executable, "-m", "pytest", *quiet, *tests], capture_output=True, text=True, cwd=ROOT)
    failed = [line.split(" - ")[0] for line in ran.stdout.splitlines() if line.startswith("FAILED ")]
    return [line.removeprefix("FAILED ") for line in failed]


def main() -> None:
    """Run the mutants and print those that no test noticed; exit 1 where there is one."""
    began = time.monotonic()
    os.chdir(ROOT)
    words = sys.argv[1:]
    chosen = [m for m in mutants() if not words or any(w in str(m) for w in words)]
    known = red_already(sorted({test for m in chosen for test in m.tests}))
    for node in known:
        print(f"red without a mutant, left out: {node}")
    for name in SHARED:
        importlib.import_module(name)
    gc.freeze()  # what is loaded is shared with the children and stays so
    counts: dict[str, int] = {}
    for mutant, outcome in run(chosen, known):
        counts[outcome] = counts.get(outcome, 0) + 1
        if outcome != "red":
            print(f"{outcome}: {mutant}", flush=True)
    told = ", ".join(f"{n} {outcome}" for outcome, n in sorted(counts.items()))
    print(f"{len(chosen)} mutants in {time.monotonic() - began:.0f} s: {told}")
    sys.exit(set(counts) != {"red"})


if __name__ == "__main__":
    main()
