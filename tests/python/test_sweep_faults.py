"""What a user meets who asks commands on sweeps for something that there is not: where, what was given, what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sweep_scenarios import SWEEP, WITH_A_REFUSED_MEMBER, written

import cicatrix as cx
from cicatrix import _core, cli

FEW = SWEEP.replace("samples = 300", "samples = 6")
ARMS = "[sweep.arms.mild]\ndevice.injured_fraction = 0.02\n[sweep.arms.strong]\n"
COURSE = SWEEP[: SWEEP.index("[sweep]")]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a scenario, the directory of its sweep, and the file that was merged of it."""
    monkeypatch.chdir(tmp_path)
    written(tmp_path, FEW, "few.toml")
    written(tmp_path, COURSE, "one.toml")
    cx.sweep("few.toml", store="few.sweep", progress=False)
    cx.save(cx.open("few.sweep"), "few.nc")
    return tmp_path


def told_by(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Exit code and words on standard error of a command."""
    try:
        code = int(cli.main(arguments))
    except SystemExit as ended:
        code = int(ended.code or 0)
    return code, capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["sweep", "few.nc"], 65, "few.nc: this is a result, not a scenario"),
        (["sensitivity", "few.nc"], 65, "few.nc: this is a result, not a scenario"),
        (["optimum", "few.nc", "--minimise", "sessions"], 65, "few.nc: this is a result, not a scenario"),
        (["run", "few.nc", "--member", "1"], 65, "few.nc: this is a result, not a scenario"),
        (["run", "few.sweep"], 65, "--member N runs one member"),
        (["sweep", "."], 66, "is not the directory of a sweep"),
        (["sensitivity", "."], 66, "is not the directory of a sweep"),
        (["sweep", "one.toml"], 65, "'cicatrix explain E-SWEEP' shows how to write one"),
        (["optimum", "one.toml", "--minimise", "downtime final"], 2, "one.toml: there is no table [sweep]"),
        (["optimum", "few.toml"], 2, "there are 0: name them by --minimise and --maximise"),
        (["sensitivity", "few.toml", "--samples", "0"], 2, "'0' has to be a whole number, 1 or more"),
        (["sensitivity", "few.toml", "--samples", "-3"], 2, "'-3' has to be a whole number, 1 or more"),
        (["sensitivity", "few.toml", "--threads", "none"], 2, "'none' has to be a whole number, 1 or more"),
        (["sensitivity", "few.toml", "--until", "-1"], 2, "'-1' has to be a number above 0"),
        (["sensitivity", "few.toml", "--until", "nan"], 2, "'nan' has to be a number above 0"),
        (["report", "few.nc", "-o", "few.nc"], 2, "must be different files"),
        (["sweep", "few.toml", "--report", "few.toml"], 2, "must be different files"),
        (["sweep", "few.toml", "--report", "nowhere/few.html"], 73, "there is no folder"),
        (["film", "few.nc"], 65, "few.nc: this is a sweep, and a film takes one course"),
        (["rerun", "few.nc"], 65, "`cicatrix run DIR --member N` makes one of it"),
        (["diff", "few.nc", "few.sweep"], 65, "few.nc: this is a sweep, and `cicatrix diff` takes one course"),
    ],
)
def test_what_cannot_be_done_is_refused_with_what_to_do(
    arguments: list[str], code: int, words: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(path.name for path in here.iterdir())
    found, told = told_by(arguments, capsys)
    assert words in told
    assert found == code
    assert "internal error" not in told
    assert sorted(path.name for path in here.iterdir()) == before


def test_lines_of_an_optimum_are_not_taken_for_lines_of_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["optimum", "one.toml", "--minimise", "erythema finl", "--vary", "device.injured_fraction=0.01 to 0.1"]
    code, told = told_by(asked, capsys)
    assert code == 65
    assert told.startswith("one.toml, asked for erythema finl: ")
    assert '"erythema finl" is not understood, allowed are final, peak, ' in told


def test_a_study_takes_the_directory_of_a_sweep(here: Path) -> None:
    assert cli.main(["sensitivity", "few.sweep", "--samples", "8", "--quiet"]) == 0
    assert cli.main(["sensitivity", "few.toml", "--samples", "8", "--quiet", "-o", "same.nc"]) == 0
    assert cx.open("few.sensitivity.nc").equals(cx.open("same.nc"))


def test_a_merged_sweep_and_a_study_are_checked(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "few.nc"]) == 0
    assert "6 members)" in capsys.readouterr().out
    assert cli.main(["sensitivity", "few.toml", "--samples", "8", "--quiet"]) == 0
    capsys.readouterr()
    assert cli.main(["check", "few.sensitivity.nc"]) == 0
    assert "few.sensitivity.nc: whole (sensitivity, version" in capsys.readouterr().out
    written(here, WITH_A_REFUSED_MEMBER, "grid.toml")
    assert cli.main(["sweep", "grid.toml", "--quiet"]) == 1
    assert cli.main(["merge", "grid.sweep", "--quiet"]) == 0
    capsys.readouterr()
    assert cli.main(["check", "grid.nc", "--json"]) == 1
    assert json.loads(capsys.readouterr().out) == {"file": "grid.nc", "ok": False, "members": 4, "failed": 1}


def faults_of(text: str) -> list[_core.Problem]:
    with pytest.raises(_core.InputError) as told:
        _core.parse_sweep(text, "days.toml")
    return list(told.value.problems)


@pytest.mark.parametrize(
    ("replaced", "by", "shortest"),
    [
        ("", "", "60"),
        ("vary = {", 'vary = { "simulation.duration" = "uniform 40 days to 80 days",', "40"),
        ("[sweep]\n", '[sweep]\narms.brief = { simulation.duration = "50 days" }\n', "50"),
    ],
)
def test_a_day_that_a_member_does_not_reach_is_refused_at_its_place(replaced: str, by: str, shortest: str) -> None:
    text = FEW.replace('outputs = ["1 day", "60 days"]', 'outputs = ["1 day"]').replace(replaced, by, 1)
    good = text.replace('"erythema auc"', f'"erythema at {shortest} days"')
    assert _core.parse_sweep(good, "days.toml").members == 6
    bad = text.replace('"erythema auc"', '"erythema at 61 days", "tewl at 3 years"').replace(
        "samples = 6", "samples = 0"
    )
    found = faults_of(bad)
    assert [problem.code for problem in found] == ["E-RANGE", "E-OUTCOME", "E-OUTCOME"]
    for problem, number, day in zip(found[1:], (2, 3), ("61", "1095.75"), strict=True):
        assert problem.path == f"sweep.outcomes[{number}]"
        assert "erythema at" in bad.splitlines()[problem.line - 1]
        assert f"asks for day {day}, which not every member reaches" in problem.what
        assert problem.allowed.startswith(f"days from 0 to {shortest}")


@pytest.mark.parametrize("threads", [1, 2])
def test_a_member_that_fails_under_both_protocols_is_told_once(threads: int) -> None:
    planned = _core.parse_sweep(WITH_A_REFUSED_MEMBER + ARMS, "grid.toml")
    told: list[tuple[int, int]] = []

    def watch(done: int, failed: int) -> bool:
        told.append((done, failed))
        return True

    batch = planned.run(0, 4, threads=threads, progress=watch)
    assert [row for row, *_ in batch.failures()] == [1, 1]
    assert told[-1] == (4, 1)
    planned.run(1, 1, progress=watch)
    assert told[-1] == (1, 1)
