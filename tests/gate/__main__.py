"""Run the gate: `python -m tests.gate [--pin [--lower REASON]] [--changes N]`."""

from __future__ import annotations

import argparse
import sys
import time

from pipeline.checker import Checker
from tests.gate import changes, dangerous, floors, retrained
from tests.gate.corpora import Measured, measure


def main() -> int:
    """Compare every corpus with its floors, or pin them, and the models with what training gives; give 1 for a fault."""
    options = _options()
    pinned = floors.load()
    checks: list[floors.Check] = []
    faults: list[str] = []
    started = time.monotonic()
    for corpus in measure():
        if options.pin:
            faults += floors.pin(corpus.name, corpus.digests, corpus.scores, pinned, options.lower)
        known = pinned["corpora"].get(corpus.name)
        if known is None:
            faults.append(f"{corpus.name}: nothing is pinned for it; pin it with --pin")
            continue
        if known["digests"] != corpus.digests:
            faults.append(
                f"{corpus.name}: the passages changed since the floors were pinned; pin them anew with --pin"
            )
        checks += floors.compare(corpus.name, corpus.scores, known)
        if corpus.name == "labelled":
            _show_changes(corpus, options)
    checks += dangerous.checks(Checker.default())
    faults += retrained.faults()
    if options.pin:
        floors.save(pinned)
    faults += [f"{c.corpus}: {c.measure} is {c.now}, bound {c.bound}" for c in checks if not c.holds]
    print("\n".join(floors.table(checks)))
    print(f"\n{len(checks)} measures in {time.monotonic() - started:.0f} s, {len(faults)} faults")
    for fault in faults:
        print(f"gate: {fault}", file=sys.stderr)
    return 1 if faults else 0


def _show_changes(corpus: Measured, options: argparse.Namespace) -> None:
    now = changes.judged(corpus.reports)
    found = list(changes.changes(changes.load(), now, corpus.passages))
    print(f"{len(found)} claims of the labelled passages are read or judged otherwise than when pinned")
    for line in found[: options.changes]:
        print(f"  {line}")
    if len(found) > options.changes:
        print(f"  … and {len(found) - options.changes} more (--changes N)")
    print()
    if options.pin:
        changes.save(now)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.gate", description=__doc__)
    parser.add_argument("--pin", action="store_true", help="pin floors slightly under the present numbers")
    parser.add_argument(
        "--lower", default="", metavar="REASON", help="with --pin: also lower floors, and say why"
    )
    parser.add_argument("--changes", type=int, default=30, metavar="N", help="list at most N changed claims")
    options = parser.parse_args()
    if options.lower and not options.pin:
        parser.error("--lower goes with --pin")
    return options


if __name__ == "__main__":
    sys.exit(main())
