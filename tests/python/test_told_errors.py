"""Errors in a notebook say what the terminal says and which line led there; elsewhere Python shows its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr
from sample_course import course_with

import cicatrix as cx
from cicatrix import cli
from cicatrix.outcome import Exit, RefusedError
from cicatrix.told_errors import HOOK, PACKAGE, UnknownNameError, UnusableError, told_lines

NEEDS_SCIPY = pytest.mark.skipif(not find_spec("scipy"), reason="not run: scipy is not installed")
NEEDED = pytest.mark.skipif(
    not (find_spec("nbclient") and find_spec("ipykernel")), reason="not run: nbclient is not installed"
)
BAD = 'title = "x"\n[patient]\nage = 40\n[deivce]\nkind = "roller"\n'
CELLS = [
    "import cicatrix as cx\nx = 1\ncx.run('bad.toml')",
    "cx.parse_scenario('a = 1')",
    "course = cx.run('single_session')\ndef draw(name):\n    return course.cx.plot(name)",
    "draw('wrinkels')",
    "cx.explain('reech')",
    "cx.run('nothing.toml')",
    "1 / 0",
    "import os\nos.environ['CICATRIX_TRACEBACK'] = '1'",
    "cx.explain('reech')",
]


def refused(error: BaseException) -> list[str]:
    """The lines that IPython asks an error for."""
    lines: list[str] = getattr(error, HOOK)()
    return lines


def caught(call: Any, *given: Any) -> BaseException:
    """What a call raises."""
    try:
        call(*given)
    except Exception as error:
        return error
    raise AssertionError("nothing was raised")


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What a notebook shows of the error of each of the cells."""
    folder = tmp_path_factory.mktemp("cells")
    (folder / "bad.toml").write_text(BAD)
    command = [sys.executable, "-P", str(Path(__file__).with_name("execute_cells.py"))]
    places = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": places.rstrip(os.pathsep)}
    environment.pop("CICATRIX_TRACEBACK", None)
    done = subprocess.run(
        command, cwd=folder, env=environment, input=json.dumps(CELLS), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    lines: list[str] = json.loads(done.stdout)
    return lines


@NEEDED
def test_a_cell_shows_what_the_terminal_says(
    shown: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("bad.toml").write_text(BAD)
    assert cli.main(["run", "bad.toml"]) == Exit.BAD_INPUT
    said = capsys.readouterr().err.strip()
    assert "bad.toml:3:7: patient.age" in said
    assert said in shown[0]
    assert cli.main(["explain", "reech"]) == Exit.USAGE
    assert capsys.readouterr().err.partition(": ")[2].strip() in shown[4]


@NEEDED
def test_a_cell_shows_its_own_line_and_none_of_the_package(shown: list[str]) -> None:
    assert shown[0].splitlines()[:2] == ["InputError", "  line 3 of the cell: cx.run('bad.toml')"]
    assert shown[3].splitlines()[:4] == [
        "UnknownNameError",
        "  line 1 of the cell: draw('wrinkels')",
        "  line 3 of the cell: return course.cx.plot(name)",
        "",
    ]
    for told in (shown[place] for place in (0, 1, 3, 4, 5)):
        assert "Traceback" not in told
        assert PACKAGE not in told
        assert ".py, line" not in told
        assert len(told.splitlines()) <= 10
    assert "did you mean 'wrinkle_depth'?" in shown[3]
    assert "nothing.toml: there is no such file" in shown[5]


@NEEDED
def test_a_cell_shows_the_calls_of_other_errors_and_of_ours_where_they_are_asked_for(shown: list[str]) -> None:
    assert "Traceback" in shown[6]
    assert shown[2] == shown[7] == ""
    assert "Traceback" in shown[8]
    assert "catalogue.py" in shown[8]


@pytest.mark.parametrize(
    ("call", "given", "kind"),
    [
        (cx.run, "nothing_at_all.toml", cx.FileError),
        (cx.parse_scenario, "a = 1", cx.InputError),
        (cx.explain, "reech", RefusedError),
        (cx.listing, "planets", UnknownNameError),
        pytest.param(cx.calibrate, ("single_session", [], ["reach"]), UnusableError, marks=NEEDS_SCIPY),
    ],
)
def test_every_kind_of_error_has_its_words(call: Any, given: Any, kind: type[BaseException]) -> None:
    error = caught(call, *(given if isinstance(given, tuple) else (given,)))
    assert isinstance(error, kind)
    lines = refused(error)
    assert lines[0] == type(error).__name__
    assert set(told_lines(error)) <= set(lines)
    assert set(str(error).splitlines()) <= set(lines)


def test_names_of_a_course_are_refused_in_words() -> None:
    course = course_with(np.arange(0.0, 400.0))
    for call, kind in ((course.cx.effect, KeyError), (course.cx.plot, KeyError), (course.cx.explain, RefusedError)):
        error = caught(call, "planets")
        assert isinstance(error, kind)
        assert not str(error).startswith(("'\"", '"'))  # as a KeyError would put quotes round its text
        assert refused(error)
    alone = caught(xr.Dataset().cx.effect, "planets")
    assert isinstance(alone, AttributeError)
    assert "no untreated twin" in "\n".join(refused(alone))


def test_the_calls_come_back_where_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    error = caught(cx.explain, "reech")
    assert hasattr(error, HOOK)
    monkeypatch.setenv("CICATRIX_TRACEBACK", "1")
    assert not hasattr(error, HOOK)


def test_outside_a_notebook_python_shows_its_own_traceback(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text("import cicatrix\ncicatrix.explain('reech')\n")
    done = subprocess.run([sys.executable, "-P", str(script)], capture_output=True, text=True, env=dict(os.environ))
    assert done.returncode == 1
    assert done.stderr.startswith("Traceback (most recent call last):")
    assert f'File "{script}", line 2' in done.stderr
    assert f'File "{PACKAGE}pages.py"' in done.stderr
    assert "did you mean reach" in done.stderr.splitlines()[-1]


def test_the_terminal_takes_a_refused_value_for_a_wrong_usage_and_no_fault_of_ours(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(_: str) -> str:
        raise UnusableError("a planet is no patient")

    monkeypatch.setattr("cicatrix.catalogue.explanation", refuse)
    assert cli.main(["explain", "reach"]) == Exit.USAGE
    assert capsys.readouterr().err == "cicatrix: a planet is no patient\n"
