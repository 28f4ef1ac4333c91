"""Another project can find and use the installed core."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest


def run(*command: str | Path) -> str:
    """The standard output of a command; its whole output stands in the failure."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def prefix(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the core of the current build has been installed."""
    build = os.environ.get("CICATRIX_BUILD")
    if build is None:
        pytest.skip("CICATRIX_BUILD does not name a build folder")
    folder = tmp_path_factory.mktemp("prefix")
    run("cmake", "--install", build, "--prefix", folder, "--component", "core")
    return folder


def test_another_project_builds_and_runs_with_find_package(prefix: Path, root: Path, tmp_path: Path) -> None:
    run("cmake", "-S", root / "tests" / "consumer", "-B", tmp_path, "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={prefix}")
    run("cmake", "--build", tmp_path)
    version = (root / "CMakeLists.txt").read_text().split("VERSION ")[2].split()[0]
    result = tmp_path / "result.nc"
    assert run(tmp_path / "consumer", root / "scenarios" / "single_session.toml", result) == f"cicatrix {version}\n"
    assert result.read_bytes().startswith(b"\x89HDF")


def test_every_installed_header_stands_in_a_module_of_the_chain(prefix: Path, root: Path) -> None:
    installed = {path.relative_to(prefix / "include" / "cicatrix") for path in prefix.rglob("*.hpp")}
    assert installed == {path.relative_to(root / "core") for path in (root / "core").rglob("*.hpp")}


def test_the_installed_package_names_no_folder_of_its_build(prefix: Path, root: Path) -> None:
    text = "".join(path.read_text() for path in prefix.rglob("*.cmake"))
    assert str(root) not in text
    assert os.environ["CICATRIX_BUILD"] not in text


def words(text: str) -> str:
    return " ".join(text.split())


def test_the_licences_of_what_is_inside_go_with_the_package(prefix: Path, root: Path) -> None:
    installed = {path.name: path.read_text() for path in (prefix / "share" / "doc").rglob("*") if path.is_file()}
    wheel = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["scikit-build"]["wheel"]
    assert sorted(installed) == sorted(wheel["license-files"])
    assert all((root / name).read_text() == text for name, text in installed.items())


def test_a_licence_that_a_source_carries_stands_in_the_notice_word_for_word(root: Path) -> None:
    notice = words((root / "NOTICE").read_text())
    carried = 0
    for path in (root / "core").rglob("*.hpp"):
        head = words(re.sub(r"^// ?", "", path.read_text().split("#pragma once")[0], flags=re.MULTILINE))
        if "Copyright" in head:
            carried += 1
            assert head[head.index("Copyright") :] in notice, path
            assert path.relative_to(root).as_posix() in notice
    assert carried > 0
