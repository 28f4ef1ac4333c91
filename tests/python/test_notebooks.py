"""The notebooks run in fresh kernels and show what is stored in them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from execute_notebooks import cleaned, notebooks, pictures, texts

NOTEBOOKS = [path.stem for path in notebooks()]
MOST_CELLS = 22
NEEDED = pytest.mark.skipif(
    not (find_spec("nbclient") and find_spec("ipykernel")), reason="not run: nbclient is not installed"
)


def content_of(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


@pytest.fixture(scope="module")
def fresh(root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder with the notebooks as an execution now makes them, and what it told of those that it could not make."""
    folder = tmp_path_factory.mktemp("notebooks")
    tool = root / "tests" / "python" / "execute_notebooks.py"
    command = [sys.executable, "-P", str(tool), "--into", str(folder)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    return folder, done.stderr


def test_each_notebook_has_a_number_of_its_own() -> None:
    numbers = [int(name.partition("_")[0]) for name in NOTEBOOKS]
    assert numbers
    assert numbers[0] == 1
    assert len(set(numbers)) == len(numbers)


@NEEDED
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_shows_what_it_showed_when_it_was_stored(root: Path, fresh: tuple[Path, str], name: str) -> None:
    folder, told = fresh
    assert (folder / f"{name}.ipynb").exists(), told[-6000:]
    stored = content_of(root / "notebooks" / f"{name}.ipynb")
    now = content_of(folder / f"{name}.ipynb")
    assert texts(now) == texts(stored)
    assert pictures(now) == pictures(stored)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_is_stored_as_the_tool_stores_it(root: Path, name: str) -> None:
    stored = content_of(root / "notebooks" / f"{name}.ipynb")
    assert stored == cleaned(content_of(root / "notebooks" / f"{name}.ipynb"))
    assert sum(pictures(stored)) >= 1
    assert not any(output["output_type"] == "error" for cell in stored["cells"] for output in cell.get("outputs", []))
    assert not any(output.get("name") == "stderr" for cell in stored["cells"] for output in cell.get("outputs", []))


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_opens_with_a_question_and_ends_with_an_exercise(root: Path, name: str) -> None:
    cells = content_of(root / "notebooks" / f"{name}.ipynb")["cells"]
    words = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    assert words[0].startswith(f"# {int(name[:2])}. ")
    assert "?" in words[0]
    assert "## Exercise" in words[-1]
    everything = "\n".join(words)
    assert everything.count("not yet calibrated") == everything.count("Not medical advice") == 1
    assert "Not medical advice" in words[-1]
    assert len(cells) <= MOST_CELLS


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_file_that_a_notebook_links_to_exists(root: Path, name: str) -> None:
    cells = content_of(root / "notebooks" / f"{name}.ipynb")["cells"]
    words = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    links = re.findall(r"\]\((?!https?:|#)([^)]+)\)", words)
    assert [link for link in links if not (root / "notebooks" / link).exists()] == []


def test_times_and_addresses_are_no_differences() -> None:
    def told(text: str) -> dict[str, Any]:
        return {"cells": [{"cell_type": "code", "outputs": [{"output_type": "stream", "text": [text]}]}]}

    assert texts(told("<a at 0x7f00aa11> 3.2 s elapsed")) == texts(told("<a at 0x7fbb0012> 14 s elapsed"))
    assert texts(told("3.2 um")) != texts(told("3.3 um"))


def test_in_how_many_parts_a_kernel_sends_its_text_is_no_difference() -> None:
    def told(*parts: str) -> dict[str, Any]:
        outputs = [{"output_type": "stream", "name": "stdout", "text": [part]} for part in parts]
        return {"cells": [{"cell_type": "code", "outputs": outputs}]}

    assert texts(told("a\n", "b\n")) == texts(told("a\nb\n"))
    assert texts(told("a\n", "b\n")) != texts(told("ab\n"))


def test_a_picture_that_is_missing_is_a_difference() -> None:
    def shown(*kinds: str) -> dict[str, Any]:
        outputs = [{"output_type": "display_data", "data": {kind: ""}} for kind in kinds]
        return {"cells": [{"cell_type": "markdown"}, {"cell_type": "code", "outputs": outputs}]}

    assert pictures(shown("image/png")) == [1]
    assert pictures(shown("text/plain")) == [0]
