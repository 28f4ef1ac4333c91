"""What Tab offers: commands, options, names and files, in the words of this copy; each shell can read its script."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cicatrix import _core, cli
from cicatrix.completion import completions, offer_of
from cicatrix.completion_command import HELP, SCRIPTS
from cicatrix.scenario_files import scenarios

PARSER = cli.command_line()
TRIES = """
cicatrix() { "$PYTHON" -P -m cicatrix "$@"; }
eval "$(cicatrix completion bash)"
try() { COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 )); _cicatrix; (IFS='|'; echo "${COMPREPLY[*]}"); }
"""


def commands() -> dict[str, argparse.ArgumentParser]:
    (chosen,) = (each for each in PARSER._actions if isinstance(each, argparse._SubParsersAction))
    return dict(chosen.choices)


def values() -> Iterator[tuple[str, argparse.Action]]:
    """Every argument that takes a value, with its command."""
    for command, parser in commands().items():
        yield from ((command, action) for action in parser._actions if action.nargs != 0)


def offered(*words: str) -> list[str]:
    """The names among what is offered, without what they mean."""
    return [line.partition("\t")[0] for line in completions(PARSER, list(words))]


@pytest.mark.parametrize("command", list(commands()))
def test_it_is_known_of_each_argument_what_it_may_be(command: str) -> None:
    for name, action in values():
        if name == command:
            offer = offer_of(action)  # KeyError for a new one that no table knows
            assert all(" ".join(told) for told in offer.names())


def test_an_argument_that_nothing_is_known_of_is_noticed() -> None:
    with pytest.raises(KeyError):
        offer_of(argparse.ArgumentParser().add_argument("planet", metavar="PLANET"))


def test_the_first_word_is_a_command() -> None:
    assert set(offered("")) == set(commands())
    assert offered("re") == ["report", "rerun"]
    assert completions(PARSER, ["ru"]) == ["run\tsimulate a scenario and write the result"]


def test_options_are_those_of_the_command() -> None:
    assert offered("run", "crows_feet", "--") == [
        "--help",
        "--output",
        "--report",
        "--member",
        "--arm",
        "--json",
        "--quiet",
    ]
    assert offered("optimum", "--subj") == ["--subject-to"]
    assert offered("frobnicate", "--") == []


def test_scenarios_are_offered_with_files_that_may_be_one() -> None:
    names = offered("run", "")
    assert {path.stem for path in scenarios()} <= set(names)
    assert names[-2:] == [":files .toml", ":folders"]
    assert offered("run", "--quiet", "crows")[0] == "crows_feet"
    assert offered("run", "crows_feet", "") == []  # it takes one


def test_what_an_option_waits_for_is_offered_and_nothing_else() -> None:
    assert offered("export", "a.nc", "--format", "") == ["csv", "parquet", "sbml", "equations"]
    assert offered("run", "x", "-o", "") == offered("run", "x", "--report", "=", "") == [":files"]
    assert offered("gradient", "x", "tewl auc", "--parameter", "cross_l") == ["cross_linking"]
    assert offered("film", "x.nc", "--state", "collagen_i_") == ["collagen_i_immature", "collagen_i_mature"]
    assert "device.needle_length=" in offered("optimum", "x", "--vary", "device.")
    assert offered("sweep", "x", "--samples", "") == []


def test_a_course_is_explained_by_its_readouts_and_a_name_by_any_page() -> None:
    everything = offered("explain", "")
    of_a_course = offered("explain", "crows_feet", "")
    readouts, states = _core.readouts(), _core.states("microneedling")
    assert sorted(of_a_course) == sorted({row.name for row in readouts} | {row.name for row in states})
    assert "E-UNIT" in everything
    assert "E-UNIT" not in of_a_course
    assert offered("explain", "my.nc", "wrinkle") == ["wrinkle_depth"]
    assert {"crows_feet", "design", "reach"} <= set(everything)


def test_lists_and_claims_are_offered() -> None:
    from cicatrix.claims import CLAIMS

    assert offered("list", "") == list(cli.KINDS)
    assert offered("claims", "S01", "") == [claim.id for claim in CLAIMS]


def test_no_line_breaks_the_lines_of_a_shell() -> None:
    for words in (("",), ("explain", ""), ("optimum", "x", "--vary", "")):
        for line in completions(PARSER, list(words)):
            assert re.fullmatch(r"[^\s:]+(\t[^\t\n]+)?|:folders|:files( \.\w+)*", line), line


def test_bash_completes(tmp_path: Path) -> None:
    for name in ("pen.toml", "my pen.toml", "course.nc", "notes.txt"):
        (tmp_path / name).touch()
    (tmp_path / "folder").mkdir()
    tries = {
        "cicatrix rer": "rerun",
        "cicatrix run crows": "crows_feet",
        "cicatrix run crows_feet --rep": "--report",
        "cicatrix run pe": "pen.toml",
        "cicatrix run my": "my pen.toml",
        "cicatrix report ''": "course.nc|folder",
        "cicatrix run x --report no": "notes.txt",
        "cicatrix run x --report = no": "notes.txt",
        "cicatrix merge f": "folder",
        "cicatrix explain crows_feet wrinkle": "wrinkle_depth",
        "cicatrix list sta": "states",
        "cicatrix frobnicate ''": "",
    }
    script = TRIES + "\n".join(f"try {words}" for words in tries)
    command = ["bash", "--norc", "-c", script]
    environment = {"PYTHON": sys.executable, **os.environ}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert dict(zip(tries, done.stdout.splitlines(), strict=True)) == tries


@pytest.mark.parametrize("shell", list(SCRIPTS))
def test_a_shell_can_read_its_script(shell: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert cli.main(["completion", shell]) == 0
    script = tmp_path / "script"
    script.write_text(capsys.readouterr().out)
    assert script.read_text() == SCRIPTS[shell]
    if shutil.which(shell) is None:
        pytest.skip(f"not run: {shell} is not installed")
    subprocess.run([shell, "-n", str(script)], check=True)


def test_the_help_has_a_line_for_each_shell(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["completion", "--help"])
    told = capsys.readouterr().out
    for shell in SCRIPTS:
        assert f"cicatrix completion {shell}" in told
    assert HELP in told


def test_words_that_begin_with_dashes_reach_the_question(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["completion", "words", "--", "run", "x", "--"]) == 0
    assert "--report" in capsys.readouterr().out
