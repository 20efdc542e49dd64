"""The committed notebooks: nothing is kept that a run makes. `make test` runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.name)
def test_a_notebook_is_committed_without_outputs_and_defines_nothing(file: Path) -> None:
    cells = [cell for cell in json.loads(file.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    assert cells
    for cell in cells:
        source = "".join(cell["source"])
        assert (cell["outputs"], cell["execution_count"]) == ([], None)
        assert not {"def", "class"} & set(source.split())
        assert len(source.splitlines()) <= 32, "a cell that is too long to read at once"
