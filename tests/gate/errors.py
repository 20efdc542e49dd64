"""Print the worst errors of reading by kind: `python -m tests.gate.errors [--kind KIND] [--most N] [--corpus NAME]`.

The labelled passages are read by models that never saw their topic, as in the gate.
"""

from __future__ import annotations

import argparse
import sys

from models.errors import KINDS, aligned, lay_out, reading_errors
from tests.gate.corpora import measure, names


def main() -> int:
    """Print the errors on a corpus."""
    options = _options()
    for corpus in measure(options.corpus):
        errors = reading_errors(corpus.passages, corpus.reports)
        chosen = [e for e in errors if options.kind in ("", e.kind)]
        print(f"{corpus.name}: {len(errors)} errors in {len(corpus.passages)} passages\n")
        print("\n".join(lay_out(chosen, aligned(corpus.passages, corpus.reports), options.most)))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.gate.errors", description=__doc__)
    parser.add_argument("--kind", default="", choices=KINDS, help="only this kind")
    parser.add_argument("--most", type=int, default=8, metavar="N", help="show at most N examples of a kind")
    parser.add_argument("--corpus", default="labelled", choices=names(), help="where to look")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
