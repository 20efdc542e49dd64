"""`nostrum audit`: hand in what reviewers decided."""

from __future__ import annotations

from pathlib import Path

from pipeline.commands.terminal import complain
from pipeline.reporting import FORMS, audited, read_pages, write
from pipeline.store import ReviewStore

DONE, FAILED = 0, 2


def run(results: Path, reviews: Path, out: Path) -> int:
    """Write the audit of some results in the form that the file's name asks for."""
    fault = _fault(results, reviews, out)
    if fault:
        complain(fault)
        return FAILED
    store = ReviewStore(reviews)
    pages = [audited(page, store) for page in read_pages(results)]
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(write(pages, out.suffix))
    decided = sum(len(page.decisions) for page in pages)
    print(f"{len(pages):,} pages, {decided:,} decided claims: {out}")
    return DONE


def _fault(results: Path, reviews: Path, out: Path) -> str:
    """Say in a line why there can be no audit, or ""."""
    if out.suffix not in FORMS:
        return f"{out}: the ending says what to write; give one of {', '.join(FORMS)}"
    if not results.exists():
        return f"{results}: there are no such results; check the path"
    if not reviews.is_file():  # opening would make an empty one
        return f"{reviews}: there is no such file of reviews; give it with --reviews"
    if out.resolve() in (results.resolve(), reviews.resolve()):
        return f"{out}: this would overwrite what is audited; give another --out"
    return ""
