"""Studies of real sweeps: sensitivity, optimum, maps and pairs of courses, from Python and as commands."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from sweep_scenarios import LINES, PAIRS

import cicatrix as cx
from cicatrix import _core
from cicatrix.cli import main
from cicatrix.outcome import RefusedError
from cicatrix.studies.asked_sweep import points_for
from cicatrix.studies.drawing import figure_of, write_figure
from cicatrix.studies.draws import random_points

SPREAD = (
    LINES
    + """[sweep]
design = "sobol"
samples = 8
outcomes = ["wrinkle_depth effect final", "cost final", "scar_depth final"]
[sweep.vary]
"device.needle_length" = "uniform 0.5 mm to 2 mm"
"protocol.passes" = "uniform 1 to 10"
"parameters.synthesis_gain_by_tgf" = "range"
"""
)
GRID = (
    LINES
    + """[sweep]
design = "grid"
outcomes = ["wrinkle_depth effect final"]
vary = { "device.needle_length" = ["0.5 mm", "1 mm", "2 mm"], "protocol.passes" = [2, 8] }
"""
)


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    path = tmp_path / "lines.toml"
    path.write_text(SPREAD)
    return path


def test_the_same_study_is_the_same_on_any_number_of_threads(scenario: Path) -> None:
    one, two = (cx.sensitivity(scenario, samples=64, until=0.0, threads=count) for count in (1, 2))
    assert one.identical(two)
    assert one.attrs["evaluations"] == 64 * 6  # three factors, those of the scenario together, and both points


def test_what_costs_money_and_what_makes_no_scar_is_found(scenario: Path) -> None:
    found = cx.sensitivity(scenario, samples=512, until=0.0)
    effect = found.sel(outcome="wrinkle_depth_effect_final")
    assert effect["ST"].sel(factor="device.needle_length") > effect["ST"].sel(factor="protocol.passes")
    assert np.isnan(found["ST"].sel(outcome="scar_depth_final")).all()  # no scar, no spread
    assert float(found["variance"].sel(outcome="cost_final")) == 0.0  # a session costs the same whatever its passes


def test_a_screening_names_the_same_factor_first(scenario: Path) -> None:
    found = cx.sensitivity(scenario, method="morris", samples=32)
    sizes = found["mu_star"].sel(outcome="wrinkle_depth_effect_final")
    assert str(sizes.idxmax().values) == "device.needle_length"


def test_the_best_protocol_reaches_in_a_run_what_is_said_of_it(tmp_path: Path) -> None:
    path = tmp_path / "lines.toml"
    path.write_text(LINES)
    pytest.importorskip("scipy")
    over = {"device.needle_length": "0.5 mm to 2 mm", "protocol.sessions": "every {3..4} weeks x {1..3}"}
    wanted = "wrinkle_depth effect final <= -1 um"
    found = cx.optimum(path, minimise="sessions", subject_to=wanted, over=over, within="60 s")
    assert found.attrs["feasible"] == 1
    length = found["device.needle_length"].item()
    alone = LINES.replace("1.0 mm", f"{length!r} mm").replace("every 4 weeks x 2", found["protocol.sessions"].item())
    course = cx.run(_core.parse_scenario(alone, "alone"))
    reached = float(course.cx.effect("wrinkle_depth")[-1])
    assert reached == pytest.approx(found["wrinkle_depth_effect_final"].item(), rel=1e-2)  # a sweep is run at rtol 1e-4
    assert "patient" in found.attrs["scenario_toml"]


def test_a_grid_is_drawn_from_one_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("grid.toml").write_text(GRID)
    assert main(["sweep", "grid.toml", "--figure", "map.png", "--quiet"]) == 0
    assert Path("map.png").read_bytes().startswith(b"\x89PNG")
    sweep = cx.open("grid.sweep")
    assert sweep.cx.grid("wrinkle_depth_effect_final").shape == (3, 2)
    axes = sweep.cx.plot().axes[0]
    assert {axes.get_xlabel(), axes.get_ylabel()} == {"Needle length (mm)", "Passes"}


def test_pairs_of_a_cohort_are_drawn_and_told(tmp_path: Path) -> None:
    path = tmp_path / "pairs.toml"
    path.write_text(PAIRS)
    sweep = cx.sweep(path, progress=False)
    found = sweep.cx.paired("wrinkle_depth_effect_final")
    assert (found.first, found.second) == ("few", "many")
    assert found.mean_high < 0.0
    assert found.mean == cx.paired(sweep, "wrinkle_depth_effect_final").mean
    assert "patients" in sweep.cx.plot().axes[0].get_xlabel()


def test_a_study_comes_back_from_its_file(scenario: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target, figure = tmp_path / "lines.nc", tmp_path / "lines.svg"
    asked = ["sensitivity", str(scenario), "-o", str(target), "--samples", "64", "--figure", str(figure), "--quiet"]
    assert main(asked) == 0
    printed = capsys.readouterr().out
    assert "device.needle_length" in printed
    assert "scar_depth_final does not vary: 0 um in every sample." in printed
    assert "Bars, one for each factor" in figure.read_text(encoding="utf-8")
    found = cx.open(target)
    direct = cx.sensitivity(scenario, samples=64)
    xr.testing.assert_equal(found["ST"], direct["ST"])
    assert found.attrs["scenario_toml"] == SPREAD
    assert found.cx.plot().axes[0].get_xlabel() == "share of the variance"


def test_a_search_tells_json_and_fails_when_nothing_meets_the_conditions(
    scenario: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("scipy")
    asked = ["optimum", str(scenario), "-o", str(tmp_path / "best.nc"), "--json", "--within", "20 s"]
    asked += ["--minimise", "downtime final", "--vary", "protocol.passes=1 to 4"]
    assert main([*asked, "--subject-to", "wrinkle_depth effect final <= -0.1 um"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["feasible"] is True
    assert told["protocols"][0]["protocol.passes"] in (1.0, 2.0, 3.0, 4.0)
    assert main([*asked, "--subject-to", "wrinkle_depth effect final <= -500 um"]) == 1
    assert json.loads(capsys.readouterr().out)["feasible"] is False


@pytest.mark.parametrize(
    ("asked", "code", "words"),
    [
        (["optimum", "--vary", "passes"], 2, "KEY=CHOICE"),
        (["optimum", "--vary", "protocol.passes=1 to 4"], 2, "an optimum has one goal"),
        (["optimum", "--minimise", "downtime final", "--vary", "protocol.passs=1 to 4"], 65, "protocol.passs"),
        (["optimum", "--minimise", "downtime late", "--vary", "protocol.passes=1 to 4"], 65, "downtime late"),
        (["sensitivity", "--within", "long"], 2, "'5 minutes'"),
    ],
)
def test_a_command_that_cannot_be_followed_says_why(
    scenario: Path,
    asked: list[str],
    code: int,
    words: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(scenario.parent)
    assert main([asked[0], str(scenario), *asked[1:], "--quiet"]) == code
    assert words in capsys.readouterr().err


def test_a_scenario_without_a_sweep_has_nothing_to_be_sensitive_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "one.toml"
    path.write_text(LINES)
    assert main(["sensitivity", str(path)]) == 65
    assert "sweep" in capsys.readouterr().err


def test_points_of_the_core_fill_the_cube_evenly_and_do_not_depend_on_what_came_before() -> None:
    whole = _core.sobol_points(5, 0, 256, 4)
    assert np.array_equal(_core.sobol_points(5, 100, 7, 4), whole[100:107])
    for column in whole.T:
        assert np.array_equal(np.sort(np.floor(column * 256)), np.arange(256))  # one in each interval
    assert points_for(464) is _core.sobol_points
    assert points_for(10_000) is random_points


def test_importing_the_package_does_not_import_what_studies_take() -> None:
    code = "import sys, cicatrix; print([m for m in ('scipy', 'matplotlib', 'xarray') if m in sys.modules])"
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert told.strip() == "[]"


def test_a_figure_is_written_in_kinds_that_are_known_and_twice_the_same(tmp_path: Path) -> None:
    path = tmp_path / "grid.toml"
    path.write_text(GRID)
    sweep = cx.sweep(path, progress=False)
    for kind in ("png", "svg", "pdf"):
        first, second = (tmp_path / f"{name}.{kind}" for name in ("first", "second"))
        for target in (first, second):
            write_figure(*figure_of(sweep), target)
        assert first.read_bytes() == second.read_bytes()
    with pytest.raises(RefusedError, match=r"\.png, \.svg, \.pdf"):
        write_figure(*figure_of(sweep), tmp_path / "map.gif")
    with pytest.raises(ValueError, match="one outcome"):
        figure_of(sweep, "a", "b")
