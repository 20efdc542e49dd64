"""Measure how often verdicts stand on topics that no model has seen, and set the confidence bands by it.

    python -m pipeline.calibrate      after `make train`; takes some minutes
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from claims.types import Report, digest
from models.bands import Outcome, calibrate, group_of
from models.evaluate import stands
from models.train import LABELLED, Fold, as_unseen, folds_of, leave_topics_out, load_labelled
from pipeline.batch import score_entry
from pipeline.checker import Checker
from pipeline.entries import Entry
from pipeline.export import report_to_dict

__all__ = ["report_on", "unseen_reports"]

Row = Mapping[str, Any]


def report_on(passage: Row, checker: Checker) -> Report:
    """Check a passage as a batch would."""
    given = {key: passage.get(key, "") for key in ("url", "title")}
    return score_entry(Entry(id=passage["id"], line=0, text=passage["text"], **given), checker).report


def unseen_reports(passages: Sequence[Row], folds: Sequence[Fold]) -> dict[str, Report]:
    """Report on each labelled passage by models trained without its topic, by the passage's id."""
    shipped, by_id = Checker.default(), {passage["id"]: passage for passage in passages}
    reports: dict[str, Report] = {}
    for models, unseen in leave_topics_out(folds, shipped.lexicon):
        checker = Checker(shipped.lexicon, shipped.table, models.detector, models.slots, shipped.cues, shipped.bands)
        reports |= {p.id: report_on(by_id[p.id], checker) for p in unseen}
    return reports


def outcomes(passages: Sequence[Row], reports: Mapping[str, Report]) -> Iterator[Outcome]:
    """Tell of each decided finding whether it stood."""
    for passage in passages:
        report = reports[passage["id"]]
        told = stands(passage, report_to_dict(report))
        for finding in report.findings:
            if finding.id in told:
                yield Outcome(
                    topic=passage["topic"],
                    group=group_of(finding),
                    verdict=finding.verdict,
                    stands=told[finding.id],
                )


def main() -> None:
    """Set the bands and save them."""
    files = sorted(LABELLED.glob("*.jsonl"))
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    passages = [json.loads(line) for line in lines]
    lexicon = Checker.default().lexicon
    folds = as_unseen(load_labelled(files, lexicon), lexicon)
    found = list(outcomes(passages, unseen_reports(passages, folds)))
    bands = calibrate(found, folds_of({p["topic"] for p in passages}), digest(*lines, Checker.default().table.digest))
    bands.save()
    print(f"{len(found)} decided findings on {len(passages)} passages")
    for band, share in bands.measured.items():
        print(f"  {band:7} {share.stood} of {share.of} stand: {share.share} ({share.low} to {share.high})")
    for group, band in bands.groups.items():
        print(f"    {group:24} {band}")


if __name__ == "__main__":
    main()
