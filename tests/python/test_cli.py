"""The command: what it prints where, what it leaves behind and with which code it ends."""

from __future__ import annotations

import errno
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import cicatrix as cx
from cicatrix import _core, cli
from cicatrix.headline import CAUTION
from cicatrix.outcome import Exit
from cicatrix.progress import ProgressLine, duration_text
from cicatrix.storage import file_error

h5py = import_module("h5py")  # has no types
BAD = 'title = "x"\n[deivce]\nkind = "roller"\n'


@pytest.fixture(autouse=True)
def signals_restored() -> Iterator[None]:
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.fixture
def scenario(root: Path) -> str:
    return str(root / "scenarios" / "single_session.toml")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_help_fits_on_a_screen_and_begins_with_an_example(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    with pytest.raises(SystemExit) as ended:
        cli.main(["--help"])
    lines = capsys.readouterr().out.splitlines()
    assert ended.value.code == 0
    assert len(lines) <= 25
    assert lines[0].startswith("example: cicatrix run")


@pytest.mark.parametrize(
    "command",
    [
        "run",
        "check",
        "report",
        "explain",
        "list",
        "rerun",
        "diff",
        "export",
        "film",
        "sensitivity",
        "optimum",
        "paired",
    ],
)
def test_every_command_begins_its_help_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main([command, "--help"])
    assert f"example: cicatrix {command}" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["frobnicate"], ["run"], ["list", "planets"], ["run", "a.toml", "--colour"]])
def test_a_wrong_usage_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == Exit.USAGE
    assert not capsys.readouterr().out


def test_the_version_is_the_one_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["--version"])
    assert ended.value.code == 0
    assert cx.__version__ in capsys.readouterr().out


def test_run_writes_the_result_here_and_prints_where_and_when(
    scenario: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["run", scenario, "--report", "page.html"]) == 0
    assert sorted(path.name for path in folder.iterdir()) == ["page.html", "single_session.nc"]
    told = capsys.readouterr()
    assert "single_session.nc" in told.out
    assert "page.html" in told.out
    assert cx.open("single_session.nc").cx.headline() in told.out
    assert told.err == ""


def test_run_as_json_is_json_and_nothing_else(scenario: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["run", scenario, "-o", "other.nc", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["result"] == "other.nc"
    table = cx.open(folder / "other.nc").cx.milestones()
    assert told["milestones"]["collagen_total"]["day50"] == table.loc["collagen_total", "day50"]


def test_a_course_without_milestones_is_json_too(root: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["run", str(root / "scenarios" / "ageing.toml"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    assert told["milestones"]["collagen_total"]["day50"] is None


def test_all_problems_of_a_scenario_are_told_and_nothing_is_written(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "bad.toml").write_text(BAD)
    problems = cx.check("bad.toml")
    assert cli.main(["run", "bad.toml"]) == Exit.BAD_INPUT
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.splitlines()[: len(problems)] == [problem.text for problem in problems]
    assert [path.name for path in folder.iterdir()] == ["bad.toml"]


@pytest.mark.parametrize("command", ["run", "check"])
def test_problems_as_json_keep_their_places(command: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "bad.toml").write_text(BAD)
    assert cli.main([command, "bad.toml", "--json"]) == Exit.BAD_INPUT
    told = json.loads(capsys.readouterr().out)
    assert told["ok"] is False
    assert {"file", "line", "column", "path", "what", "allowed", "suggestion", "code"} <= set(told["problems"][0])


@pytest.mark.parametrize(
    "arguments", [["run", "no.toml"], ["check", "no.toml"], ["report", "no.nc"], ["rerun", "no.nc"], ["diff", "a", "b"]]
)
def test_a_missing_file_ends_with_66(arguments: list[str], folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(arguments) == Exit.NO_INPUT
    assert arguments[1] in capsys.readouterr().err


def test_a_place_that_cannot_be_written_ends_with_73(
    scenario: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["run", scenario, "-o", "missing/result.nc"]) == Exit.CANNOT_CREATE
    assert "missing/result.nc" in capsys.readouterr().err
    assert not list(folder.iterdir())


def test_a_scenario_is_never_overwritten(folder: Path, scenario: str, capsys: pytest.CaptureFixture[str]) -> None:
    copy = folder / "mine.toml"
    copy.write_text(Path(scenario).read_text())
    before = copy.read_bytes()
    assert cli.main(["run", "mine.toml", "-o", "./mine.toml"]) == Exit.USAGE
    assert cli.main(["run", "mine.toml", "-o", "one", "--report", "one"]) == Exit.USAGE
    assert copy.read_bytes() == before
    assert [path.name for path in folder.iterdir()] == ["mine.toml"]


def test_a_result_is_no_scenario(result_file: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = result_file.read_bytes()
    assert cli.main(["run", str(result_file)]) == Exit.BAD_INPUT
    assert "this is a result, not a scenario" in capsys.readouterr().err
    assert result_file.read_bytes() == before
    assert not list(folder.iterdir())


def test_a_shipped_scenario_is_run_by_its_name_unless_a_file_has_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["check", "home_roller"]) == 0
    assert cli.main(["run", "home_roller", "--quiet"]) == 0
    assert [path.name for path in folder.iterdir()] == ["home_roller.nc"]
    (folder / "crows_feet").write_text(BAD)
    assert cli.main(["run", "crows_feet"]) == Exit.BAD_INPUT
    assert "deivce" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["crowsfeet", "Crows_Feet.toml", "crow_feet"])
def test_a_misspelt_shipped_scenario_gets_the_nearest(
    name: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["run", name]) == Exit.NO_INPUT
    told = capsys.readouterr().err
    assert name in told
    assert "did you mean crows_feet" in told
    assert not list(folder.iterdir())


def test_a_file_that_is_missing_elsewhere_and_a_model_get_no_nearest_scenario(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["run", "sub/crowsfeet.toml"]) == Exit.NO_INPUT
    assert "did you mean" not in capsys.readouterr().err
    for model in _core.models():
        assert cli.main(["export", model, "--format", "sbml", "-o", f"{model}.xml"]) == 0


def test_the_caution_stands_once_under_the_headline(
    scenario: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["run", scenario]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines.count(CAUTION) == 1
    assert lines[lines.index(CAUTION) - 1] == cx.open("single_session.nc").cx.headline()


def test_the_heading_of_the_milestones_names_the_length_of_the_course(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = 'patient.age = "25 years"\ndevice = { kind = "prescribed", injured_fraction = 0.05 }\n'
    (folder / "short.toml").write_text(f'{text}protocol.sessions = "once"\nsimulation.duration = "40 days"\n')
    assert cli.main(["run", "short.toml"]) == 0
    told = capsys.readouterr().out
    assert "of the effect after 40 days" in told
    assert "12 months" not in told


def test_the_full_form_of_a_scenario_can_be_run_in_its_place(
    scenario: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["check", scenario, "--resolved"]) == 0
    (folder / "full.toml").write_text(capsys.readouterr().out)
    given, full = cx.run(scenario), cx.run(folder / "full.toml")
    assert np.array_equal(given["collagen_total"], full["collagen_total"])


def test_check_finds_a_result_whole_and_a_changed_one_not(
    result_file: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["check", str(result_file)]) == 0
    assert "whole" in capsys.readouterr().out
    changed = folder / "changed.nc"
    changed.write_bytes(result_file.read_bytes())
    with h5py.File(changed, "r+") as file:
        file.attrs.modify("scenario_sha256", np.bytes_(b"0" * 64))
    assert cli.main(["check", "changed.nc"]) == Exit.BAD_INPUT
    assert "checksum" in capsys.readouterr().out


def test_a_cut_result_ends_with_65(result_file: Path, folder: Path) -> None:
    (folder / "cut.nc").write_bytes(result_file.read_bytes()[:1000])
    assert cli.main(["check", "cut.nc"]) == Exit.BAD_INPUT
    assert cli.main(["report", "cut.nc"]) == Exit.BAD_INPUT
    assert [path.name for path in folder.iterdir()] == ["cut.nc"]


def test_csv_brings_every_bit_back(result_file: Path, folder: Path) -> None:
    assert cli.main(["export", str(result_file), "--format", "csv", "-o", "course.csv"]) == 0
    table = pd.read_csv("course.csv", float_precision="round_trip")
    course = cx.open(result_file)
    assert {"time [d]", "collagen_total [1]", "inflammation [mm-3]"} <= set(table.columns)
    for column in table.columns:
        name, unit = column.removesuffix("]").split(" [")
        assert np.array_equal(table[column].to_numpy(), course[name].values), name
        assert course[name].attrs["units"] == unit


def test_parquet_without_pyarrow_says_what_to_install(
    result_file: Path, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert cli.main(["export", str(result_file), "--format", "parquet", "-o", "x.parquet"]) == Exit.MISSING
    assert "pip install pyarrow" in capsys.readouterr().err
    assert not list(folder.iterdir())


def test_parquet_keeps_units(result_file: Path, folder: Path) -> None:
    pytest.importorskip("pyarrow", reason="not run: pyarrow is not installed")
    import pyarrow.parquet

    assert cli.main(["export", str(result_file), "--format", "parquet", "-o", "course.parquet"]) == 0
    table = pyarrow.parquet.read_table("course.parquet")
    course = cx.open(result_file)
    assert np.array_equal(table["inflammation"].to_numpy(), course["inflammation"].values)
    units = table.schema.field("inflammation").metadata[b"units"].decode()
    assert units == course["inflammation"].attrs["units"]


def raising(error: BaseException) -> Callable[..., object]:
    def fail(*_: object, **__: object) -> object:
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (KeyboardInterrupt(), Exit.INTERRUPTED),
        (ValueError("a fault of ours"), Exit.INTERNAL),
        (MemoryError(), Exit.INTERNAL),
        (ImportError("no h5netcdf"), Exit.MISSING),
        (OSError(errno.ENOSPC, "No space left on device"), Exit.DISK),
        (file_error("disk_full", "x.nc", "no space left"), Exit.DISK),
    ],
)
def test_each_ending_has_its_code_and_no_traceback(
    error: BaseException,
    code: Exit,
    scenario: str,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(_core, "run", raising(error))
    assert cli.main(["run", scenario]) == code
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("cicatrix: ")
    assert "Traceback" not in told.err
    assert not list(folder.iterdir())


def test_a_polite_end_by_another_program_has_code_143(
    scenario: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cli, "_terminated", False)
    monkeypatch.setattr(_core, "run", lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    assert cli.main(["run", scenario]) == Exit.TERMINATED
    assert "terminated" in capsys.readouterr().err


def test_a_reader_that_leaves_early_is_no_fault() -> None:
    program = "import sys; from cicatrix.cli import main; sys.exit(main(['list', 'parameters', '--json']))"
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(timeout=60) == 0


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("without", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])
def test_colour_is_for_terminals_that_want_it(
    without: dict[str, str], coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in without.items():
        monkeypatch.setenv(name, value)
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    assert cli.main(["explain", "nothing at all"]) == Exit.USAGE
    assert ("\033[" in stream.getvalue()) is coloured


def test_progress_shows_the_time_left_and_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr("cicatrix.progress.time.monotonic", lambda: clock[0])
    stream = Terminal()
    line = ProgressLine("Crow's feet", stream=stream)
    assert line(0.0) is True
    assert stream.getvalue() == ""
    clock[0] += 10.0
    line(0.25)
    assert stream.getvalue() == "\rCrow's feet  25 %, 30 s left"
    line.clear()
    assert stream.getvalue().endswith("\r")


def test_progress_is_silent_off_a_terminal_and_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr("cicatrix.progress.time.monotonic", lambda: clock[0])
    for stream, quiet in ((io.StringIO(), False), (Terminal(), True)):
        line = ProgressLine("x", stream=stream, quiet=quiet)
        clock[0] += 10.0
        line(0.5)
        line.clear()
        assert stream.getvalue() == ""


def test_durations_are_told_as_people_say_them() -> None:
    assert [duration_text(s) for s in (1e-5, 0.34, 7.6, 125.0, 4200.0)] == [
        "0.1 s",
        "0.3 s",
        "8 s",
        "2 min 05 s",
        "1 h 10 min",
    ]
