"""Creams from Python: which compound each column is, what intact skin takes up, and what channels and films add."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from needled_scenarios import course_of, scenario_text

from cicatrix import _core

VARIABLES = ("absorbed_fraction", "flux", "absorption_gain")
NAMES = [compound.name for compound in _core.compounds()]


def cream(compound: str, dose: str = "4 ug/cm2", when: str = "once", more: str = "") -> str:
    """One entry of care.topicals."""
    return f'{{ compound = "{compound}", dose = "{dose}", when = "{when}"{more} }}'


def with_creams(*creams: str, care: str = "", device: str = "roller", sessions: str = '"once"') -> xr.Dataset:
    """A course with creams."""
    listed = f"topicals = [{', '.join(creams)}]\n{care}"
    return course_of(scenario_text(device, care=listed, sessions=sessions))


def own(permeability: float) -> str:
    """A compound of which nothing but its permeability differs."""
    more = f', permeability = "{permeability:g} cm/h", molecular_mass = "300 g/mol", solubility = "10 mg/mL"'
    return cream("of my own", more=more)


@pytest.fixture(scope="module")
def all_of_them() -> xr.Dataset:
    """Every known compound once, after a session with a roller."""
    return with_creams(*(cream(name) for name in NAMES))


def test_each_compound_has_its_name_along_its_own_axis(all_of_them: xr.Dataset) -> None:
    assert list(all_of_them["topical"].values) == NAMES
    assert all_of_them["topical"].attrs["long_name"]
    for name in (*VARIABLES, *(f"untreated_{name}" for name in VARIABLES)):
        variable = all_of_them[name]
        assert variable.dims == ("time", "topical")
        assert variable.attrs["units"]
        assert variable.attrs["evidence_grade"]
        assert bool(np.isfinite(variable).all())
    one = with_creams(cream("minoxidil"))
    assert one["absorbed_fraction"].values[:, 0] == pytest.approx(
        all_of_them["absorbed_fraction"].sel(topical="minoxidil").values
    )


def test_channels_never_lower_what_is_taken_up(all_of_them: xr.Dataset) -> None:
    assert bool((all_of_them["absorption_gain"] >= 1 - 1e-6).all())
    assert bool((all_of_them["absorption_gain"][-1] > 1).all())
    assert bool((all_of_them["untreated_absorption_gain"] == 1).all())


def test_the_gain_is_treated_over_untreated(all_of_them: xr.Dataset) -> None:
    last = all_of_them.isel(time=-1)
    quotient = last["absorbed_fraction"] / last["untreated_absorbed_fraction"]
    assert last["absorption_gain"].values == pytest.approx(quotient.values)


def test_no_more_is_taken_up_than_was_put_on(all_of_them: xr.Dataset) -> None:
    for name in ("absorbed_fraction", "untreated_absorbed_fraction"):
        assert bool(((all_of_them[name] >= 0) & (all_of_them[name] <= 1)).all())
        assert bool((all_of_them[name].diff("time") >= -1e-9).all())


@pytest.mark.parametrize(
    ("compound", "dose", "least", "most", "gain_above", "gain_below"),
    [
        ("hydrocortisone", "4 ug/cm2", 0.004, 0.02, 2.0, 25.0),
        ("hydrocortisone", "40 ug/cm2", 0.004, 0.02, 2.0, 25.0),
        ("benzoic acid", "3 ug/cm2", 0.14, 0.37, 1.0, 1.5),
        ("benzoic acid", "2 mg/cm2", 0.14, 0.37, 1.0, 1.5),
    ],
)
def test_intact_and_needled_skin_take_up_what_was_measured(
    compound: str, dose: str, least: float, most: float, gain_above: float, gain_below: float
) -> None:
    last = with_creams(cream(compound, dose)).isel(time=-1, topical=0)
    assert least < float(last["untreated_absorbed_fraction"]) < most
    assert gain_above < float(last["absorption_gain"]) < gain_below


def test_a_compound_of_ones_own_passes_by_its_permeability() -> None:
    courses = [with_creams(own(permeability)).isel(time=-1, topical=0) for permeability in (1e-5, 1e-4, 1e-3)]
    assert np.all(np.diff([float(last["untreated_absorbed_fraction"]) for last in courses]) > 0)
    assert np.all(np.diff([float(last["absorption_gain"]) for last in courses]) < 0)


def test_a_film_over_the_cream_lets_more_in_and_the_twin_wears_none() -> None:
    bare, covered = (with_creams(cream("hydrocortisone"), care=care) for care in ("", 'occlusion = "12 h"'))
    assert float(covered["absorbed_fraction"][-1, 0]) > float(bare["absorbed_fraction"][-1, 0])
    assert np.array_equal(covered["untreated_absorbed_fraction"], bare["untreated_absorbed_fraction"])


def test_a_cream_that_comes_late_finds_closed_channels() -> None:
    gains = [
        float(with_creams(cream("hydrocortisone", when=when))["absorption_gain"][-1, 0])
        for when in ("once", "once from 2 days", "once from 20 days")
    ]
    assert gains[0] > gains[1] > gains[2]
    assert gains[2] == pytest.approx(1.0, abs=0.02)


def test_without_sessions_nothing_is_gained() -> None:
    course = with_creams(cream("caffeine"), sessions='"none"')
    assert bool((course["absorption_gain"] == 1).all())
    assert np.array_equal(course["absorbed_fraction"], course["untreated_absorbed_fraction"])


def test_without_creams_there_is_no_axis_for_them() -> None:
    course = course_of(scenario_text())
    assert "topical" not in course.sizes
    assert not [name for name in VARIABLES if name in course]
