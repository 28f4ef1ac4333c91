"""Every kind of device through a whole course: what its file says of each variable, and that it says the same again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from needled_scenarios import DEVICES, course_of, scenario_text

import cicatrix as cx
from cicatrix import _core

GRADES = {"A", "B", "C", "D", "assumed"}
PER_SESSION = {
    "session_time": "d",
    "channel_density": "cm-2",
    "strike_density": "cm-2",
    "channel_depth": "mm",
    "channel_depth_spread": "mm",
    "open_area_fraction": "1",
    "injured_fraction": "1",
    "reached_fraction": "1",
    "untouched_fraction": "1",
    "inflammation_left": "1",
}
SHARES = ("open_area_fraction", "injured_fraction", "reached_fraction", "untouched_fraction")
CREAM = 'topicals = [{ compound = "caffeine", dose = "0.1 mg/cm2", when = "daily for 9 days" }]'


@pytest.fixture(scope="module", params=DEVICES)
def course(request: pytest.FixtureRequest) -> xr.Dataset:
    """Two sessions a month apart with each kind of device, and a cream."""
    return course_of(scenario_text(request.param, care=CREAM))


def test_whatever_changes_in_time_says_its_unit_meaning_and_grade(course: xr.Dataset) -> None:
    moving = {name: v for name, v in course.data_vars.items() if "time" in v.dims}
    assert {row.name for row in _core.readouts()} <= set(moving)
    for name, variable in moving.items():
        assert variable.attrs["units"], name
        assert variable.attrs["long_name"], name
        assert variable.attrs["evidence_grade"] in GRADES, name


def test_read_outs_have_the_unit_of_the_table_in_the_course_and_its_twin(course: xr.Dataset) -> None:
    for row in _core.readouts():
        for name in (row.name, f"untreated_{row.name}"):
            assert course[name].attrs["units"] == row.unit
            assert course[name].attrs["formula"]
            assert course[name].attrs["source"]


def test_each_session_has_its_channels_in_known_units(course: xr.Dataset) -> None:
    assert course.sizes["session"] == 2
    for name, unit in PER_SESSION.items():
        assert course[name].dims == ("session",)
        assert course[name].attrs["units"] == unit
        assert course[name].attrs["long_name"]
    for name in SHARES:
        assert bool(((course[name] >= 0) & (course[name] <= 1)).all()), name
    assert bool((course["reached_fraction"] + course["untouched_fraction"])[0] == pytest.approx(1.0))
    if np.isnan(course["channel_density"].values).any():  # a prescribed injury has no channels at all
        assert np.isnan(course["channel_depth"].values).all()
    else:
        assert bool((course["channel_density"] <= course["strike_density"] * (1 + 1e-12)).all())
        assert bool((course["channel_density"] > 0).all())


def test_no_value_in_time_is_missing(course: xr.Dataset) -> None:
    for name, variable in course.data_vars.items():
        if "time" in variable.dims:
            assert bool(np.isfinite(variable).all()), name


def test_the_same_scenario_gives_the_same_bytes(tmp_path: Path, course: xr.Dataset) -> None:
    again = cx.run(_core.parse_scenario(str(course.attrs["scenario_toml"]), "x.toml"))
    for number, each in enumerate((course, again)):
        cx.save(each, tmp_path / f"{number}.nc")
    assert (tmp_path / "0.nc").read_bytes() == (tmp_path / "1.nc").read_bytes()


def test_the_resolved_form_gives_the_same_numbers(course: xr.Dataset) -> None:
    again = cx.run(_core.parse_scenario(str(course.attrs["scenario_resolved"]), "x.toml"))
    for name, variable in course.data_vars.items():
        if "time" in variable.dims:
            assert np.array_equal(variable.values, again[name].values), name


def test_a_file_keeps_every_number(tmp_path: Path, course: xr.Dataset) -> None:
    cx.save(course, tmp_path / "kept.nc")
    stored = cx.open(tmp_path / "kept.nc")
    assert set(stored.variables) == set(course.variables)
    for name, variable in course.variables.items():
        assert stored[name].equals(xr.DataArray(variable, coords=stored[name].coords)), name


def test_weekly_rows_catch_pain_and_leak_of_each_session(course: xr.Dataset) -> None:
    needled = not np.isnan(course["channel_density"].values).any()
    for day in course["session_time"].values:
        soon = course.sel(time=slice(day + 1e-9, day + 0.5))
        assert float(soon["time"][0]) - day <= 0.0071  # ten minutes
        for name in ("tewl", "pain") if needled else ("tewl",):
            values = soon[name].values
            assert values[0] == pytest.approx(values.max())
            assert values[0] > float(course[f"untreated_{name}"].max())


def test_time_and_money_are_those_of_the_sessions_so_far() -> None:
    course = course_of(scenario_text("roller"))
    planned = _core.parse_scenario(scenario_text("roller"), "x.toml").sessions
    for name, each in (("cost", planned[0].price), ("treatment_time", planned[0].minutes)):
        assert each > 0
        assert float(course[name].sel(time=27, method="nearest")) == pytest.approx(each)
        assert float(course[name][-1]) == pytest.approx(2 * each)
        assert not course[f"untreated_{name}"].any()


def test_without_sessions_treated_and_untreated_are_one() -> None:
    course = course_of(scenario_text("roller", sessions='"none"', care=CREAM + '\nocclusion = "5 h"'))
    assert "session" not in course.sizes
    for row in _core.readouts():
        assert np.array_equal(course[row.name], course[f"untreated_{row.name}"]), row.name


def test_hair_grows_on_the_scalp_alone() -> None:
    for site in _core.sites():
        course = course_of(scenario_text("roller", patient=f'site = "{site.name}"'))
        assert bool((course["hair_density"] > 0).all()) == (site.name == "scalp")
