"""The made-up result that the Explore view is timed on has every column of a real one."""

from __future__ import annotations

from pathlib import Path

from tests.bench.million import write


def test_a_made_up_result_has_every_column(tmp_path: Path) -> None:
    assert any(write(tmp_path / "result", 60).rglob("*.parquet"))
