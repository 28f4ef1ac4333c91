"""What a person meets in the first hour with sweeps: names that mean two things, results in the way, what failed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sweep_scenarios import SWEEP, WITH_A_REFUSED_MEMBER, written

import cicatrix as cx
from cicatrix import _core, cli
from cicatrix.outcome import RefusedError
from cicatrix.sweeps.warned import warning_lines

FEW = SWEEP.replace("samples = 300", "samples = 12")
SOBOL = ["sensitivity", "few.toml", "--samples", "8"]
MEMBER = ["run", "few.toml", "--member", "1"]
DENSE = """\
title = "Ever more passes"
[patient]
age = "40 years"
[device]
kind = "pen"
needle_length = "1.5 mm"
[protocol]
sessions = "every 28 hours x 2"
[sweep]
design = "grid"
outcomes = ["collagen_total effect final"]
vary = { "protocol.passes" = [1, 200] }
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, FEW, "few.toml")
    return tmp_path


def test_a_folder_that_is_called_as_a_shipped_scenario_is_not_taken_for_it(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["sweep", "few.toml", "-o", "cohort", "--quiet"]) == 0
    capsys.readouterr()
    for asked in (["sweep", "cohort"], ["sensitivity", "cohort"], ["run", "cohort", "--member", "1"]):
        assert cli.main([*asked, "--quiet"]) == 2
        assert "./cohort is the folder" in capsys.readouterr().err
    assert cli.main(["sweep", "./cohort", "--quiet"]) == 0
    assert "of which 12 were there before" in capsys.readouterr().out


def test_python_does_not_guess_either(here: Path) -> None:
    (here / "cohort").mkdir()
    for call in (cx.run, cx.check, cx.sweep, cx.sensitivity):
        with pytest.raises(RefusedError, match=r"\./cohort is the folder"):
            call("cohort")


def test_shipped_scenarios_are_known_by_name_in_python() -> None:
    assert cx.sweep("cohort", samples=3).sizes["member"] == 3
    assert cx.check("crows_feet") == []
    slopes = cx.gradient("single_session", ["erythema_auc"], parameters=["erythema_by_perfusion"])
    assert list(slopes.index) == ["erythema auc"]


@pytest.mark.parametrize(
    ("first", "then", "told"),
    [
        (SOBOL, MEMBER, "a sensitivity study by sobol, which a course would replace"),
        (SOBOL, ["sensitivity", "few.toml", "--method", "morris"], "by sobol, which a sensitivity study by morris"),
        (MEMBER, SOBOL, "holds a course"),
        (MEMBER, ["merge", "few.sweep"], "holds a course, which a merged sweep would replace"),
        (SOBOL, ["rerun", "course.nc"], "by sobol, which a course would replace"),
        (SOBOL, ["export", "course.nc", "--format", "csv"], "by sobol, which a table would replace"),
        (["merge", "few.sweep"], ["merge", "more.sweep"], "holds another sweep"),
    ],
)
def test_a_result_never_replaces_one_of_another_kind(
    first: list[str], then: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    written(Path.cwd(), FEW.replace("samples = 12", "samples = 13"), "more.toml")
    for made in (["sweep", "few.toml"], ["sweep", "more.toml"], [*MEMBER, "-o", "course.nc"]):
        assert cli.main([*made, "--quiet"]) == 0
    assert cli.main([*first, "--quiet", "-o", "one.nc"]) == 0
    held = Path("one.nc").read_bytes()
    capsys.readouterr()
    quiet = [] if then[0] == "export" else ["--quiet"]
    assert cli.main([*then, *quiet, "-o", "one.nc"]) == 2
    assert told in capsys.readouterr().err
    assert Path("one.nc").read_bytes() == held
    assert cli.main([*first, "--quiet", "-o", "one.nc"]) == 0  # one of its own kind does


def test_what_failed_is_told_in_short_lines_each_with_what_repeats_it(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(here, WITH_A_REFUSED_MEMBER, "grid.toml")
    assert cli.main(["sweep", "grid.toml", "--quiet"]) == 1
    lines = capsys.readouterr().out.splitlines()
    failed = [i for i, line in enumerate(lines) if line.startswith("failed: ")]
    assert failed
    for i in failed:
        assert len(lines[i]) < 200
        assert lines[i + 1].strip().startswith("`cicatrix run grid.sweep --member ")
    assert cli.main(["merge", "grid.sweep", "--quiet"]) == 0
    assert f" members, {len(failed)} failed" in capsys.readouterr().out
    again = lines[failed[0] + 1].strip().split("`")[1].split()[1:]
    assert cli.main(again) != 0


def test_a_member_of_several_protocols_says_which_was_taken(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["run", "cohort", "--member", "3", "--quiet"]) == 0
    assert "this is the protocol clinic pen, the first of the sweep; --arm 'home roller'" in capsys.readouterr().out
    assert cli.main(["run", "cohort", "--member", "3", "--arm", "home roller", "--quiet"]) == 0
    assert "the first of the sweep" not in capsys.readouterr().out


def test_warnings_of_single_courses_reach_those_who_sweep(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    planned = _core.parse_sweep(DENSE, "dense.toml")
    alone = [_core.parse_scenario(planned.member_scenario(i), "one").warnings for i in range(2)]
    assert len(alone[1]) > len(alone[0]) > 0  # both sessions are near, the second is dense as well
    told = warning_lines(planned)
    assert len(told) == len(alone[1])
    assert any("(in 2 of 2 members that were looked at, here member 0)" in line for line in told)
    assert any("(in 1 of 2 members that were looked at, here member 1)" in line for line in told)
    written(here, DENSE, "dense.toml")
    assert cli.main(["check", "dense.toml", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["warnings"] == told
    assert cli.main(["sweep", "dense.toml", "--quiet"]) == 0
    assert capsys.readouterr().out.count("warning: ") == len(told)
    assert cli.main(["sweep", "dense.toml", "--json"]) == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [event["text"] for event in events if event["event"] == "warning"] == told


@pytest.mark.parametrize("name", ["sweep", "device", "outcome", "design", "distribution", "cohort.missed_sessions"])
def test_tables_and_the_grammar_of_sweeps_have_a_page(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["explain", name]) == 0
    assert len(capsys.readouterr().out.splitlines()) >= 3
