"""The name of the command alone: what it says fits on a screen, and each line that it tells to type does something."""

from __future__ import annotations

import shlex
from itertools import pairwise
from pathlib import Path

import pytest

from cicatrix import cli
from cicatrix.first_steps import CAUTION, FIRST_STEPS, MORE, WHAT_IT_IS

COMMANDS = [command for _, command in FIRST_STEPS]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_name_alone_is_answered_and_is_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 0
    told = capsys.readouterr()
    assert told.err == ""
    lines = told.out.splitlines()
    assert lines[:2] == [WHAT_IT_IS, CAUTION]
    assert max(map(len, lines)) <= 90
    assert len(lines) <= 12
    for question, command in (*FIRST_STEPS, *MORE):
        assert any(question in line and line.endswith(command) for line in lines)


def test_options_alone_are_a_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["--quiet"])
    assert ended.value.code == 2
    assert WHAT_IT_IS not in capsys.readouterr().out


def test_three_questions_take_three_commands() -> None:
    assert len(COMMANDS) == 3
    assert len({shlex.split(command)[1] for command in COMMANDS}) == 3


@pytest.mark.parametrize("command", COMMANDS)
def test_each_first_step_can_be_taken_in_an_empty_folder(
    command: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program, *arguments = shlex.split(command)
    assert program == "cicatrix"
    assert cli.main(arguments) == 0
    assert capsys.readouterr().out
    files = [after for option, after in pairwise(arguments) if option.startswith("-")]
    assert [name for name in files if not (folder / name).exists()] == []


@pytest.mark.parametrize("command", [command for _, command in MORE])
def test_each_line_that_says_more_can_be_typed(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        code = cli.main(shlex.split(command)[1:])
    except SystemExit as ended:  # as argparse ends a --help
        code = int(ended.code or 0)
    assert code == 0
    assert len(capsys.readouterr().out.splitlines()) > 10
