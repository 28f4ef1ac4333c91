"""Patients from Python: conditions that are refused, warned of and stored, skins that differ, and who set what."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from needled_scenarios import course_of, scenario_text

from cicatrix import _core

DEFAULT, GIVEN, BY_CONDITION = 0, 1, 2
CONDITIONS = {condition.name: condition for condition in _core.conditions()}
BASELINES = {baseline.name: baseline for baseline in _core.baselines()}


def with_conditions(*names: str, acknowledged: bool = True, parameters: str = "") -> str:
    """A scenario of a patient with these conditions."""
    listed = ", ".join(f'"{name}"' for name in names)
    told = "\nacknowledge_warnings = true" if acknowledged else ""
    return scenario_text(patient=f"conditions = [{listed}]{told}", parameters=parameters)


def origins(course: xr.Dataset) -> dict[str, int]:
    """Who set each parameter."""
    return dict(zip(course["parameter"].values, course["parameter_origin"].values.tolist(), strict=True))


def values(course: xr.Dataset) -> dict[str, float]:
    """The parameters that the course used."""
    return dict(zip(course["parameter"].values, course["parameter_value"].values.tolist(), strict=True))


@pytest.mark.parametrize("name", CONDITIONS)
def test_a_condition_is_refused_or_only_told_as_the_table_says(name: str) -> None:
    if CONDITIONS[name].must_acknowledge:
        with pytest.raises(_core.InputError) as refused:
            _core.parse_scenario(with_conditions(name, acknowledged=False), "x.toml")
        assert [problem.code for problem in refused.value.problems] == ["E-WARNING"]
    else:
        assert _core.parse_scenario(with_conditions(name, acknowledged=False), "x.toml").warnings
    assert course_of(with_conditions(name)).attrs["warnings"] == CONDITIONS[name].warning


@pytest.mark.parametrize("name", ["pregnancy", "eczema", "active infection"])
def test_these_patients_are_never_treated_unasked(name: str) -> None:
    assert CONDITIONS[name].must_acknowledge


def test_warnings_of_all_conditions_stand_in_the_file_and_none_without() -> None:
    told = course_of(with_conditions("smoking", "pregnancy")).attrs["warnings"].splitlines()
    assert told == [CONDITIONS["smoking"].warning, CONDITIONS["pregnancy"].warning]
    assert course_of(scenario_text()).attrs["warnings"] == ""


@pytest.mark.parametrize("name", CONDITIONS)
def test_the_file_says_which_parameters_a_condition_has_changed(name: str) -> None:
    course, healthy = course_of(with_conditions(name)), course_of(scenario_text())
    before, after = values(healthy), values(course)
    changed = CONDITIONS[name].changes
    for parameter, origin in origins(course).items():
        assert origin == (BY_CONDITION if parameter in changed else DEFAULT)
        assert after[parameter] == pytest.approx(before[parameter] * changed.get(parameter, 1.0))


def test_a_parameter_that_the_scenario_sets_is_left_alone() -> None:
    name = "myofibroblast_tgf_half"
    (row,) = (row for row in _core.course_parameters() if row.name == name)
    middle = 0.5 * (row.low + row.high)
    course = course_of(with_conditions("keloid tendency", parameters=f"{name} = {middle}"))
    assert values(course)[name] == middle
    assert origins(course)[name] == GIVEN
    rest = {name for name, origin in origins(course).items() if origin == BY_CONDITION}
    assert rest == set(CONDITIONS["keloid tendency"].changes) - {name}


def test_keloid_and_hypertrophic_skin_keep_more_myofibroblasts() -> None:
    courses = [
        course_of(scenario_text()),
        course_of(scenario_text(patient='baseline = "hypertrophic tendency"')),
        course_of(with_conditions("keloid tendency")),
    ]
    last = [float(course["myofibroblasts"][-1]) for course in courses]
    assert last[0] < last[1] < last[2]


def test_a_hypertrophic_tendency_shows_as_changed_by_the_patient() -> None:
    origin = origins(course_of(scenario_text(patient='baseline = "hypertrophic tendency"')))
    assert {name for name, who in origin.items() if who != DEFAULT} == set(CONDITIONS["keloid tendency"].changes)


@pytest.mark.parametrize("name", BASELINES)
def test_a_skin_without_sessions_keeps_its_scars(name: str) -> None:
    course = course_of(scenario_text(age=25, patient=f'baseline = "{name}"', sessions='"none"'))
    depth = course["untreated_scar_depth"].values
    assert depth == pytest.approx(1000 * BASELINES[name].scar_depth)
    assert np.array_equal(course["scar_depth"].values, depth)
    assert course.attrs["baseline"] == name


def test_a_treated_scar_is_shallower_than_its_twin() -> None:
    for name in ("atrophic scar", "striae"):
        course = course_of(scenario_text(patient=f'baseline = "{name}"'))
        assert float(course["scar_depth"][-1]) < float(course["untreated_scar_depth"][-1])


def test_melanin_rises_with_the_phototype_in_both() -> None:
    courses = [course_of(scenario_text(patient=f"phototype = {number}")) for number in range(1, 7)]
    for name in ("melanin_index", "untreated_melanin_index"):
        ordered = np.array([course[name].values for course in courses])
        assert (np.diff(ordered, axis=0) > 0).all()
    assert [course.attrs["phototype"] for course in courses] == list(range(1, 7))


def test_sun_and_sunscreen_reach_both() -> None:
    shade, sun, screened = (
        course_of(scenario_text(care=care)) for care in ("uv = 0", "uv = 1", "uv = 1\nsunscreen = true")
    )
    for name in ("melanin", "untreated_melanin", "melanin_index", "untreated_melanin_index"):
        assert float(shade[name][-1]) <= float(screened[name][-1]) < float(sun[name][-1])


def test_the_file_says_whose_skin_it_was() -> None:
    course = course_of(scenario_text(age=61, patient='sex = "male"\nsite = "neck"'))
    said = {name: course.attrs[name] for name in ("age_years", "sex", "site", "baseline")}
    assert said == {"age_years": pytest.approx(61), "sex": "male", "site": "neck", "baseline": "healthy"}
    assert course.attrs["dermis_thickness_mm"] > 0


@pytest.mark.parametrize("device", ["roller", "pen", "stamp"])
def test_older_skin_is_pierced_deeper_and_thinner(device: str) -> None:
    courses = [course_of(scenario_text(device, age=age)) for age in (25, 50, 75)]
    assert np.all(np.diff([float(course["channel_depth"][0]) for course in courses]) > 0)
    assert np.all(np.diff([course.attrs["dermis_thickness_mm"] for course in courses]) < 0)
