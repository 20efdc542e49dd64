"""Imports point one way, and the lower layers know nothing of the web, batches or screens."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = ("claims", "models", "pipeline", "app")
WEB_BATCH_SCREEN = {
    "httpx",
    "requests",
    "streamlit",
    "altair",
    "dask",
    "distributed",
    "trafilatura",
    "typer",
    "rich",
}
FILES = [*sorted(f for layer in LAYERS[:3] for f in (ROOT / layer).rglob("*.py")), ROOT / "app.py"]


def imported(source: str) -> Iterator[str]:
    """List the modules that a file imports, at its top or anywhere inside."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield node.module or ""


def layer_of(file: Path) -> str:
    return file.relative_to(ROOT).parts[0].removesuffix(".py")


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(ROOT)))
def test_a_file_imports_only_its_own_layer_and_those_below(file: Path) -> None:
    above = set(LAYERS[LAYERS.index(layer_of(file)) + 1 :])
    tops = {name.partition(".")[0] for name in imported(file.read_text(encoding="utf-8"))}
    assert not tops & above
    if layer_of(file) in ("claims", "models"):
        assert not tops & WEB_BATCH_SCREEN


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(ROOT)))
def test_the_dashboard_is_imported_by_itself_and_app_only(file: Path) -> None:
    inside = "pipeline/dashboard" in file.as_posix() or layer_of(file) == "app"
    screens = [
        name for name in imported(file.read_text(encoding="utf-8")) if name.startswith("pipeline.dashboard")
    ]
    assert inside or not screens


def test_the_rule_sees_an_import_that_points_up() -> None:
    assert set(imported("def f():\n    from pipeline.read import x\nimport httpx\n")) == {
        "pipeline.read",
        "httpx",
    }


def test_the_built_package_leaves_no_folder_out() -> None:
    """The list in pyproject.toml is what a wheel holds; a folder that is not in it is missing for everybody else."""
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"][
        "packages"
    ]
    files = [
        f
        for layer in LAYERS[:3]
        for f in (ROOT / layer).rglob("*")
        if f.is_file() and "__pycache__" not in f.parts
    ]
    assert {".".join(f.parent.relative_to(ROOT).parts) for f in files} == set(listed)


HEAVY = ("spacy", "pandas", "sklearn", "streamlit", "trafilatura", "httpx", "pyarrow", "dask")


@pytest.mark.parametrize(
    ("args", "free"),
    [
        ("['--help']", HEAVY),
        ("['version']", HEAVY),
        ("['check', '--help']", HEAVY),
        ("['evidence', 'lint', '--help']", HEAVY),
        ("['rejudge', '--help']", HEAVY),
        ("['dashboard', 'no-such-file']", HEAVY),
        (
            "['check', 'no-such-file']",
            ("spacy", "pandas", "sklearn", "streamlit", "httpx", "pyarrow", "dask"),
        ),
    ],
)
def test_what_needs_no_checker_loads_none(args: str, free: tuple[str, ...]) -> None:
    code = (
        "import sys; from pipeline.cli import app\n"
        f"try: app({args})\n"
        f"except SystemExit: print(sorted(set({free!r}) & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"
