"""The commands `cicatrix paired` and `cicatrix calibrate`: they tell what the calls tell, and where a file is wrong."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import pytest

import cicatrix as cx
from cicatrix import cli
from cicatrix.outcome import Exit, RefusedError
from cicatrix.studies.arguments import MEASURED_EXAMPLE
from cicatrix.studies.measured_file import read_measured

NEEDED = pytest.mark.skipif(not find_spec("scipy"), reason="not run: scipy is not installed")
HEAD = "day,readout,value,standard_deviation\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def persons(tmp_path_factory: pytest.TempPathFactory) -> str:
    place = str(tmp_path_factory.mktemp("sweep") / "persons")
    assert cli.main(["sweep", "cohort", "-o", place, "--samples", "12", "--quiet"]) == 0
    return place


def test_paired_prints_what_the_call_says(persons: str, capsys: pytest.CaptureFixture[str]) -> None:
    sweep = cx.open(persons)
    assert cli.main(["paired", persons, "wrinkle_depth effect final"]) == 0
    assert capsys.readouterr().out == f"{cx.paired(sweep, 'wrinkle_depth effect final')}\n"
    assert cli.main(["paired", persons]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 4  # an outcome each
    assert cli.main(["paired", persons, "erythema auc", "--first", "home roller", "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)["differences"]
    turned = cx.paired(sweep, "erythema auc", first="home roller")
    assert (told["first"], told["mean"], told["share_below"]) == ("home roller", turned.mean, turned.share_below)
    assert turned.mean == -cx.paired(sweep, "erythema auc").mean


def test_paired_draws_one_outcome(persons: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["paired", persons, "--figure", "pairs.png"]) == Exit.USAGE
    assert "a figure shows one outcome" in capsys.readouterr().err
    assert cli.main(["paired", persons, "erythema auc", "--figure", "pairs.png"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "pairs.png"
    assert (folder / "pairs.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("asked", "code", "told"),
    [
        (["tewl final"], Exit.USAGE, "no outcome 'tewl final'"),
        (["--second", "laser"], Exit.USAGE, "no protocol 'laser'; it has: clinic pen, home roller"),
    ],
)
def test_paired_refuses_names_that_there_are_not(
    asked: list[str], code: int, told: str, persons: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["paired", persons, *asked]) == code
    said = capsys.readouterr()
    assert told in said.err
    assert not said.out


def test_paired_takes_a_sweep(result_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["paired", str(result_file)]) == Exit.BAD_INPUT
    assert "is no sweep" in capsys.readouterr().err


@NEEDED
def test_calibrate_prints_and_writes_what_the_call_finds(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "measured.csv").write_text(f"# of a trial\n{MEASURED_EXAMPLE}\n")
    names = ["synthesis_gain_by_tgf", "cross_linking"]
    asked = ["calibrate", "single_session", "measured.csv", *(f"--parameter={name}" for name in names)]
    assert cli.main(asked) == 0
    told = capsys.readouterr().out
    found = cx.open("single_session.calibration.nc")
    rows = {line.split()[0]: line.split() for line in told.splitlines() if line.startswith(tuple(names))}
    assert [float(rows[name][3]) for name in names] == pytest.approx(found["estimate"].values.tolist(), rel=1e-3)
    assert str(found.attrs["told"]).splitlines()[0] in told
    fit = cx.calibrate("single_session", read_measured("measured.csv"), names)
    assert found["estimate"].values.tolist() == fit["estimate"].values.tolist()
    assert cli.main([*asked, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert [row["parameter"] for row in answer["parameters"]] == names
    assert answer["observations"] == 2


@NEEDED
def test_calibrate_refuses_names_in_the_words_given(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "measured.csv").write_text(f"{HEAD}90,wrinkle_dept effect,-1,0.3\n")
    assert cli.main(["calibrate", "single_session", "measured.csv", "--parameter", "cross_linkin"]) == Exit.BAD_INPUT
    told = capsys.readouterr().err
    assert "did you mean 'wrinkle_depth'?" in told
    assert "did you mean 'cross_linking'?" in told
    assert [path.name for path in folder.iterdir()] == ["measured.csv"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "measured.csv: holds no measurement"),
        ("day,readout,value\n1,tewl,2\n", "measured.csv:1: the first line names the columns, and standard_deviation"),
        (f"# note\n\n{HEAD}90 d,tewl,1,1\n", "measured.csv:4: day: '90 d' is not allowed, wanted is a number of days"),
        (f"{HEAD}90,tewl,1,0\n", "measured.csv:2: standard_deviation: '0' is not allowed, wanted is a number above 0"),
        (f"{HEAD}90,tewl,nan,1\n", "measured.csv:2: value: 'nan' is not allowed"),
        (f"{HEAD}90,tewl,1\n", "measured.csv:2: 3 values under 4 columns"),
    ],
)
def test_a_file_of_measurements_is_refused_with_its_line(text: str, told: str, folder: Path) -> None:
    (folder / "measured.csv").write_text(text)
    with pytest.raises(RefusedError) as caught:
        read_measured("measured.csv")
    assert str(caught.value).startswith(told)


def test_a_file_that_is_missing_or_no_text_is_refused(folder: Path) -> None:
    with pytest.raises(cx.FileError, match=r"none\.csv"):
        read_measured("none.csv")
    (folder / "measured.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RefusedError, match="is no text in UTF-8"):
        read_measured("measured.csv")


def test_columns_may_stand_in_any_order_and_with_others(folder: Path) -> None:
    (folder / "measured.csv").write_text("who,value,standard_deviation, readout ,day\nx, 1.5, 0.2, tewl, 3\n")
    (row,) = read_measured("measured.csv").to_dict(orient="records")
    assert row == {"day": 3.0, "readout": "tewl", "value": 1.5, "standard_deviation": 0.2}


def test_the_help_shows_how_the_file_looks(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["calibrate", "--help"])
    told = capsys.readouterr().out
    assert [line for line in MEASURED_EXAMPLE.splitlines() if line not in told] == []
