"""Whatever is taken out of what makes a verdict, a test turns red."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.mutation import mutants

ROOT = Path(__file__).parent.parent


def test_every_mutant_changes_a_line_that_is_there() -> None:
    stale = [str(m) for m in mutants() if m.source() is None]
    assert stale == [], "write these anew in tests/mutation.py"


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.timeout(1800)  # under four minutes on two cores
def test_no_mutant_survives() -> None:
    ran = subprocess.run([sys.executable, "-m", "tests.mutation"], capture_output=True, text=True, cwd=ROOT)
    assert ran.returncode == 0, ran.stdout + ran.stderr
