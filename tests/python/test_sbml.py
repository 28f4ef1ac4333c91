"""Exported models are valid SBML, and another simulator finds with them what our own run finds."""

from __future__ import annotations

from importlib import import_module, util
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

import cicatrix as cx
from cicatrix import _core

MODELS = _core.models()
needs_libsbml = pytest.mark.skipif(util.find_spec("libsbml") is None, reason="python-libsbml is not installed")
needs_roadrunner = pytest.mark.skipif(util.find_spec("roadrunner") is None, reason="libroadrunner is not installed")

# Relative and absolute tolerance and first step, in the order in which they are tried: CVODE gives up on some models
# with its own first step, on others with a small one.
SETTINGS = [(1e-11, 1e-15, 0.0), (1e-11, 1e-15, 1e-9), (1e-10, 1e-14, 0.0), (1e-10, 1e-14, 1e-9), (1e-10, 1e-14, 1e-6)]

FOUR_SESSIONS = """
title = "Four sessions"
[patient]
age = "25 years"
[device]
kind = "prescribed"
injured_fraction = 0.05
[protocol]
sessions = ["0 days", "28 days", "56 days", "84 days"]
[simulation]
duration = "365 days"
outputs = ["1 day", "2 days", "7 days", "27.5 days", "29 days", "60 days", "85 days", "100 days", "365 days"]
rtol = 1e-10
"""


def simulated_elsewhere(sbml: str, states: list[str], times: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """What libRoadRunner finds, a row a time; times begin with zero."""
    roadrunner: Any = import_module("roadrunner")
    roadrunner.Logger.setLevel(roadrunner.Logger.LOG_FATAL)
    for relative, absolute, first_step in SETTINGS:
        runner = roadrunner.RoadRunner(sbml)
        integrator = runner.integrator
        integrator.relative_tolerance = relative
        integrator.absolute_tolerance = absolute
        integrator.initial_time_step = first_step
        integrator.maximum_num_steps = 1_000_000
        runner.timeCourseSelections = states
        try:
            return np.array(runner.simulate(times=list(times)))
        except RuntimeError as failed:
            reason = failed
    raise reason


def worst_difference(found: npt.NDArray[np.float64], expected: npt.NDArray[np.float64]) -> float:
    """Relative to the value, or where that is below 1e-7 of the state's own maximum, to that."""
    floor = np.maximum(1e-7 * np.abs(expected).max(axis=0), np.finfo(float).tiny)
    return float((np.abs(found - expected) / np.maximum(np.abs(expected), floor)).max())


def names(model: str) -> list[str]:
    return [state.name for state in _core.states(model)]


def errors(document: Any) -> list[str]:
    """What libSBML finds wrong; warnings are not meant."""
    libsbml: Any = import_module("libsbml")
    document.checkConsistency()
    faults = [document.getError(i) for i in range(document.getNumErrors())]
    return [fault.getMessage() for fault in faults if fault.getSeverity() >= libsbml.LIBSBML_SEV_ERROR]


@needs_libsbml
@pytest.mark.parametrize("model", MODELS)
def test_an_exported_model_is_valid(model: str) -> None:
    libsbml: Any = import_module("libsbml")
    document = libsbml.readSBMLFromString(_core.sbml(model))
    assert errors(document) == []
    assert (document.getLevel(), document.getVersion()) == (3, 2)


@needs_libsbml
def test_an_export_with_sessions_is_valid_and_says_when_they_are() -> None:
    libsbml: Any = import_module("libsbml")
    document = libsbml.readSBMLFromString(_core.sbml("microneedling", sessions=[(0.5, 0.1, 0.2), (28, 0.1, 0.2)]))
    assert errors(document) == []
    triggers = [event.getTrigger().getMath() for event in document.getModel().getListOfEvents()]
    assert [libsbml.formulaToL3String(trigger) for trigger in triggers] == ["time >= 0.5", "time >= 28"]


@needs_libsbml
@pytest.mark.parametrize("model", MODELS)
def test_every_unit_of_a_model_is_expressed(model: str) -> None:
    libsbml: Any = import_module("libsbml")
    document = libsbml.readSBMLFromString(_core.sbml(model))  # what is taken from it dies with it
    units = {row.getId(): row.getUnits() for row in document.getModel().getListOfParameters()}
    rows = names(model) + [parameter.name for parameter in _core.parameters(model)]
    assert [name for name in rows if not units[name]] == []


@needs_roadrunner
def test_four_sessions_elsewhere_give_our_course(tmp_path: Path) -> None:
    scenario = tmp_path / "four_sessions.toml"
    scenario.write_text(FOUR_SESSIONS, encoding="utf-8")
    course = cx.run(scenario)
    states = names("microneedling")
    expected = np.column_stack([course[name].values for name in states])
    times = np.concatenate([[0.0], course["time"].values])
    sbml = _core.sbml("microneedling", sessions=[(day, 0.05, 0.05) for day in (0, 28, 56, 84)])
    assert worst_difference(simulated_elsewhere(sbml, states, times)[1:], expected) < 1e-5


@needs_roadrunner
@pytest.mark.parametrize("model", MODELS)
def test_a_model_elsewhere_gives_our_run(model: str) -> None:
    times = np.linspace(0.0, 61.3, 50)  # none is the time of a jump
    expected = np.array(_core.simulate(model, list(times), relative=1e-11, absolute=1e-16))
    found = simulated_elsewhere(_core.sbml(model), names(model), times)
    assert worst_difference(found, expected) < 1e-5


@needs_roadrunner
def test_settings_reach_the_export_and_the_run_alike() -> None:
    (model, *_) = MODELS
    parameter, state = _core.parameters(model)[0], _core.states(model)[0]
    settings = {parameter.name: 1.1 * parameter.value, state.name: 0.3}
    times = np.linspace(0.0, 20.3, 15)
    expected = np.array(_core.simulate(model, list(times), settings=settings, relative=1e-11, absolute=1e-16))
    found = simulated_elsewhere(_core.sbml(model, settings=settings), names(model), times)
    assert worst_difference(found, expected) < 1e-5
    untouched = simulated_elsewhere(_core.sbml(model), names(model), times)
    assert worst_difference(untouched, expected) > 1e-3


def test_what_a_model_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="no_such_model"):
        _core.sbml("no_such_model")
    with pytest.raises(ValueError, match="no_such_parameter"):
        _core.sbml("microneedling", settings={"no_such_parameter": 1.0})
    with pytest.raises(ValueError, match="share"):
        _core.sbml("microneedling", sessions=[(0, 1.5, 0.1)])


@pytest.mark.parametrize("model", MODELS)
def test_the_equations_of_a_model_are_a_page(model: str) -> None:
    page = _core.equations(model)
    assert page.startswith("# ")
    fences = [line for line in page.splitlines() if "$$" in line]
    assert len(fences) % 2 == 0
    assert set(fences) == {"$$"}
    for state in names(model):
        assert "\\mathrm{d}\\,\\mathrm{" + state.replace("_", "\\_") + "}" in page
