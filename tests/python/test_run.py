"""`./run` on a machine where something is missing: it says what to do, and does nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest


@pytest.fixture
def tree(root: Path, tmp_path: Path) -> Path:
    """A copy of the script and the locks in an otherwise empty folder, and a folder `bin` for made-up commands."""
    for name in ("run", "requirements.lock", "requirements-test.lock"):
        shutil.copy(root / name, tmp_path)
    (tmp_path / "bin").mkdir()
    return tmp_path


def pretend(tree: Path, command: str, body: str) -> None:
    """Puts a command in front of the system's own."""
    path = tree / "bin" / command
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)


def run(tree: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs the script with the made-up commands."""
    kept = {name: os.environ[name] for name in ("HOME", "TMPDIR") if name in os.environ}
    environment = {**kept, "PATH": f"{tree / 'bin'}:/usr/bin:/bin", **variables}
    command = ["sh", str(tree / "run"), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def line_to_install(text: str) -> list[str]:
    """The words of the one line that a reader can copy."""
    (line,) = [line for line in text.splitlines() if "apt-get install" in line]
    return line.split()


def test_without_permission_it_prints_the_line_and_exits_69(tree: Path) -> None:
    pretend(tree, "dpkg-query", "exit 1")
    pretend(tree, "id", "echo 1000")
    pretend(tree, "sudo", "exit 1")
    done = run(tree)
    assert done.returncode == 69
    assert line_to_install(done.stderr)[:4] == ["sudo", "apt-get", "install", "--no-install-recommends"]
    assert "libhdf5-dev" in line_to_install(done.stderr)
    assert done.stdout == ""


def test_only_missing_packages_are_named(tree: Path) -> None:
    pretend(tree, "dpkg-query", 'case "$3" in g++) printf installed ;; *) exit 1 ;; esac')
    done = run(tree, CICATRIX_NO_INSTALL="1")
    assert done.returncode == 69
    assert "cmake" in line_to_install(done.stderr)
    assert "g++" not in line_to_install(done.stderr)


def test_the_path_without_the_package_index_asks_for_more(tree: Path) -> None:
    pretend(tree, "dpkg-query", "exit 1")
    plain = run(tree, CICATRIX_NO_INSTALL="1")
    debian = run(tree, "test", CICATRIX_NO_INSTALL="1", CICATRIX_DEBIAN_PYTHON="1")
    more = set(line_to_install(debian.stderr)) - set(line_to_install(plain.stderr))
    assert {"pybind11-dev", "python3-xarray", "python3-pytest", "catch2"} <= more


def test_the_documentation_asks_for_sphinx_and_for_nothing_of_the_tests(tree: Path) -> None:
    pretend(tree, "dpkg-query", "exit 1")
    asked = line_to_install(run(tree, "docs", CICATRIX_NO_INSTALL="1", CICATRIX_DEBIAN_PYTHON="1").stderr)
    assert {"python3-sphinx", "python3-myst-parser", "furo"} <= set(asked)
    assert not {"catch2", "python3-pytest"} & set(asked)


def test_the_documentation_goes_into_one_folder(tree: Path) -> None:
    done = run(tree, "docs", "one", "two")
    assert done.returncode == 2
    assert "one folder" in done.stderr


def test_another_run_in_the_same_tree_is_waited_for(tree: Path) -> None:
    pretend(tree, "flock", "exit 1")
    done = run(tree)
    assert done.returncode == 75
    assert "Waiting for another ./run" in done.stderr
