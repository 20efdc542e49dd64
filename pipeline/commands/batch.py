"""`nostrum batch`: score a file of pages, one line out for each line in."""

from __future__ import annotations

from pathlib import Path

from pipeline.batch import score_pages
from pipeline.commands.progress import Count, track
from pipeline.commands.screen import Screen
from pipeline.commands.tables import Tables
from pipeline.commands.terminal import complain
from pipeline.dataset import is_dataset, open_output
from pipeline.engine import engine
from pipeline.limits import ReadError
from pipeline.sources import STDIN, read_jsonl


def run(source: str, out: str, workers: int, tables: Tables) -> int:
    """Score the pages of a file; give the exit code: 0, also where single pages could not be read."""
    if is_same_file(source, out):
        complain(f"{out}: this is the input; give another --out")
        return 2
    _check_input(source)
    count = Count()
    score_frames = engine(workers, tables.folders(), tables.concept_table())
    with open_output(out) as write:
        for scored in track(score_pages(read_jsonl(source), score_frames), count, _size(source)):
            write(scored)
    where = out.rstrip("/") + "/" if is_dataset(out) else out
    Screen(stderr=True).print(f"{count.line()}: {where}", soft_wrap=True)
    return 0


def is_same_file(source: str, out: str) -> bool:
    """Tell whether the output would replace the input."""
    return source != STDIN and Path(out).is_file() and Path(source).exists() and Path(out).samefile(source)


def _check_input(source: str) -> None:
    """Raise ReadError before anything is loaded or written for an input that is not there."""
    path = Path(source)
    if source == STDIN:
        return
    if path.is_dir():
        raise ReadError("unreadable", "this is a folder; give a file of JSON lines", source)
    if not path.exists():
        raise ReadError("missing", "there is no such file; check the path", source)


def _size(source: str) -> int:
    """Give the size of a plain file; 0 for a pipe, or a packed one, whose size says little."""
    path = Path(source)
    if source == STDIN or not path.is_file() or path.suffix == ".gz":
        return 0
    return path.stat().st_size
