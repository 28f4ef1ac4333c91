"""A course resolved in depth, from the scenario to the file: profiles beside means, the grid, what it costs."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from needled_scenarios import course_of, scenario_text

import cicatrix as cx
from cicatrix import _core, cli
from cicatrix.grid import grid_errors, grid_text


def in_depth(more: str = "", *, device: str = "roller") -> str:
    return scenario_text(device).replace("[simulation]\n", f'[simulation]\nfidelity = "depth"\n{more}')


@pytest.fixture(scope="module")
def course() -> xr.Dataset:
    return course_of(in_depth())


def dermal_mean(course: xr.Dataset, name: str) -> xr.DataArray:
    thickness = course["depth_bounds"].diff("bound").squeeze("bound")
    return (course[name] * thickness).sum("depth") / thickness.sum()


def test_the_mean_of_a_profile_is_the_variable_without_depth(course: xr.Dataset) -> None:
    names = [str(name)[: -len("_profile")] for name in course.data_vars if str(name).endswith("_profile")]
    assert {"collagen_iii", "untreated_collagen_iii", "neutrophils"} <= set(names)
    for name in names:
        np.testing.assert_allclose(dermal_mean(course, f"{name}_profile"), course[name], rtol=1e-9, atol=1e-12)


def test_states_of_the_epidermal_sheet_have_no_profile(course: xr.Dataset) -> None:
    for name in ("epidermal_cover", "barrier", "melanin"):
        assert course[name].dims == ("time",)
        assert f"{name}_profile" not in course


def test_cells_lie_side_by_side_from_the_top_of_the_dermis_and_are_thinner_there(course: xr.Dataset) -> None:
    bounds = course["depth_bounds"].values
    np.testing.assert_array_equal(bounds[1:, 0], bounds[:-1, 1])
    thickness = np.diff(bounds, axis=1).ravel()
    assert thickness[-1] > 2 * thickness[0]
    assert bounds[-1, 1] - bounds[0, 0] == pytest.approx(course.attrs["dermis_thickness_mm"])
    assert course["depth"].attrs["units"] == "mm"
    assert np.all(np.diff(course["layer"].values) >= 0)


def test_tissue_far_below_the_needles_does_not_answer() -> None:
    course = course_of(in_depth(device="stamp"))  # needles of 0.6 mm
    gain = (course["collagen_iii_profile"] - course["untreated_collagen_iii_profile"]).isel(time=-1)
    below = gain.where(course["depth"] > float(course["channel_depth"][0]) + 0.5, drop=True)
    assert below.size > 3
    assert float(gain.isel(depth=0)) > 10 * float(abs(below).max())


def test_every_state_and_read_out_says_what_the_grid_costs_it(course: xr.Dataset) -> None:
    named = {row.name for row in grid_errors(course)}
    assert {"collagen_iii", "wrinkle_depth", "erythema"} <= named
    assert all(row.relative < 0.005 for row in grid_errors(course))
    assert "64 cells in depth" in grid_text(course)


def test_without_the_second_run_nothing_is_said_of_the_grid(course: xr.Dataset) -> None:
    alone = course_of(in_depth("grid_error = false\n"))
    assert grid_text(alone) == ""
    np.testing.assert_array_equal(alone["collagen_iii"], course["collagen_iii"])


def test_the_number_of_cells_is_the_one_asked_for() -> None:
    assert course_of(in_depth("cells = 20\n")).sizes["depth"] == 20


@pytest.mark.parametrize("line", ["cells = 20\n", "grid_error = true\n"])
def test_a_grid_without_space_is_refused_and_the_way_out_named(line: str) -> None:
    with pytest.raises(cx.InputError) as refused:
        _core.parse_scenario(scenario_text().replace("[simulation]\n", f"[simulation]\n{line}"), "x.toml")
    assert "E-CONFLICT" in str(refused.value)
    assert 'fidelity = "depth"' in str(refused.value)


def test_the_command_runs_it_and_tells_what_the_grid_costs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scenario, result = tmp_path / "x.toml", tmp_path / "x.nc"
    scenario.write_text(in_depth(), encoding="utf-8")
    assert cli.main(["run", str(scenario), "-o", str(result)]) == 0
    assert "Grid of 64 cells in depth" in capsys.readouterr().out
    assert cli.main(["run", str(scenario), "-o", str(result), "--json"]) == 0
    assert "64 cells" in json.loads(capsys.readouterr().out)["grid"]
    again = cx.open(result)
    assert again["collagen_iii_profile"].dims == ("time", "depth")
    assert again["collagen_iii_profile"].shape == (again.sizes["time"], 64)


def test_channels_without_tissue_between_them_are_no_unit_cell() -> None:
    dense = (
        scenario_text()
        .replace("passes = 15", "passes = 15\n")
        .replace('needle_length = "1.5 mm"', 'needle_length = "1.5 mm"\nchannel_density = "5000 /cm2"')
    )
    scenario = _core.parse_scenario(dense.replace("[simulation]\n", '[simulation]\nfidelity = "channel"\n'), "x.toml")
    with pytest.raises(cx.InputError, match=r"of the area.*at most 50 %.*E-CONFLICT"):
        cx.run(scenario)
