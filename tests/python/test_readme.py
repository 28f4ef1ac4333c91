"""The program in the README runs, and prints what the README says that it prints."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import cicatrix as cx
from cicatrix import _core

BLOCK = re.compile(r"```(\w*(?: sweep| changes)?)\n(.*?)```", re.DOTALL)


def program_and_output(readme: str) -> tuple[str, str]:
    blocks = BLOCK.findall(readme)
    at = next(i for i, (language, _) in enumerate(blocks) if language == "python")
    return blocks[at][1], blocks[at + 1][1]


def test_the_program_of_the_readme_prints_what_the_readme_shows(root: Path) -> None:
    program, shown = program_and_output((root / "README.md").read_text())
    done = subprocess.run([sys.executable, "-c", program], cwd=root, check=True, capture_output=True, text=True)
    assert [line.rstrip() for line in done.stdout.strip().splitlines()] == [
        line.rstrip() for line in shown.strip().splitlines()
    ]


def test_the_program_of_the_readme_is_short(root: Path) -> None:
    program, _ = program_and_output((root / "README.md").read_text())
    assert len(program.strip().splitlines()) <= 12


def test_the_scenario_of_the_readme_can_be_run(root: Path) -> None:
    blocks = BLOCK.findall((root / "README.md").read_text())
    texts = [text for language, text in blocks if language == "toml"]
    assert texts
    for text in texts:
        assert cx.run(_core.parse_scenario(text, "README.md")).cx.effect("collagen_total").notnull().all()


def test_the_sweep_of_the_readme_goes_with_its_scenario(root: Path) -> None:
    blocks = dict(reversed(BLOCK.findall((root / "README.md").read_text())))
    planned = _core.parse_sweep(blocks["toml"] + blocks["toml sweep"], "README.md")
    assert (planned.members, len(planned.factors), len(planned.outcomes)) == (500, 4, 3)
    found = cx.sweep(planned, progress=False)
    assert int((found["status"] != 0).sum()) == 0


def test_the_calls_of_the_readme_for_many_patients_say_something(root: Path) -> None:
    (program,) = (
        text for language, text in BLOCK.findall((root / "README.md").read_text()) if language == "python sweep"
    )
    pytest.importorskip("scipy", reason="a calibration needs scipy")
    done = subprocess.run([sys.executable, "-c", program], cwd=root, check=True, capture_output=True, text=True)
    paired, _, *rows = done.stdout.splitlines()
    assert "home roller minus clinic pen" in paired
    assert [row.split()[1] for row in rows[:2]] == ["cross_linking", "synthesis_gain_by_tgf"]
    assert rows[2:]
    assert all("measurements" in line or "told apart" in line for line in rows[2:])


def test_the_readme_changes_a_value_from_python(root: Path) -> None:
    (program,) = (
        text for language, text in BLOCK.findall((root / "README.md").read_text()) if language == "python changes"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=root, check=True, capture_output=True, text=True)
    assert 'needle_length = "1.5 mm"' in done.stdout


def test_every_file_that_the_readme_links_to_exists(root: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)]+)\)", (root / "README.md").read_text())
    assert links
    assert [link for link in links if not (root / link).exists()] == []
