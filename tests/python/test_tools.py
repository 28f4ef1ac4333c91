"""The source passes the project's own checkers: types, style, and stubs as made from the extension."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest


def check(root: Path, module: str, *arguments: str) -> None:
    """Runs a checker in the tree; not run where it is not installed."""
    if importlib.util.find_spec(module) is None:
        pytest.skip(f"{module} is not installed")
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_types_are_strict(root: Path, tmp_path: Path) -> None:
    check(root, "mypy", "--cache-dir", str(tmp_path))


def test_style_is_clean(root: Path) -> None:
    check(root, "ruff", "check", "--no-cache")


def test_stubs_are_those_of_the_extension(root: Path) -> None:
    """Made again by `python bindings/python/stubs.py`."""
    if importlib.util.find_spec("pybind11_stubgen") is None:
        pytest.skip("pybind11_stubgen is not installed")
    maker = root / "bindings" / "python" / "stubs.py"
    print_stub = f"import runpy; print(runpy.run_path({str(maker)!r})['generated'](), end='')"
    made = subprocess.run([sys.executable, "-c", print_stub], check=True, capture_output=True, text=True).stdout
    assert made == (root / "bindings" / "python" / "cicatrix" / "_core.pyi").read_text(encoding="utf-8")
