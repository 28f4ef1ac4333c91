"""Cicatrix simulates what happens in skin after micro-injury.

>>> import cicatrix as cx
>>> course = cx.run("scenarios/crows_feet.toml")  # an xarray.Dataset
>>> course.cx.plot()  # inflammation, new matrix and maturation on one time axis
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cicatrix._core import FileError as FileError
    from cicatrix._core import InputError as InputError
    from cicatrix._core import NumericalError as NumericalError
    from cicatrix._core import Problem as Problem
    from cicatrix._core import Scenario as Scenario
    from cicatrix._core import parse_scenario as parse_scenario
    from cicatrix._core import parse_sweep as parse_sweep
    from cicatrix._core import schema as schema
    from cicatrix.course import check as check
    from cicatrix.course import open as open
    from cicatrix.course import run as run
    from cicatrix.course import save as save
    from cicatrix.level_slider import slider as slider
    from cicatrix.pages import explain as explain
    from cicatrix.pages import listing as listing
    from cicatrix.scenario_files import scenarios as scenarios
    from cicatrix.studies.calibration import calibrate as calibrate
    from cicatrix.studies.gradient import gradient as gradient
    from cicatrix.studies.optimum import optimum as optimum
    from cicatrix.studies.pairs import paired as paired
    from cicatrix.studies.sensitivity import sensitivity as sensitivity
    from cicatrix.studies.tornado import tornado as tornado
    from cicatrix.sweeps.sweeping import sweep as sweep

    __version__: str

# Where each public name lives; nothing is imported before it is asked for, so that the import stays cheap.
_HOMES = {
    "FileError": "_core",
    "InputError": "_core",
    "NumericalError": "_core",
    "Problem": "_core",
    "Scenario": "_core",
    "calibrate": "studies.calibration",
    "check": "course",
    "explain": "pages",
    "gradient": "studies.gradient",
    "listing": "pages",
    "open": "course",
    "optimum": "studies.optimum",
    "paired": "studies.pairs",
    "parse_scenario": "_core",
    "parse_sweep": "_core",
    "run": "course",
    "save": "course",
    "scenarios": "scenario_files",
    "schema": "_core",
    "sensitivity": "studies.sensitivity",
    "slider": "level_slider",
    "sweep": "sweeps.sweeping",
    "tornado": "studies.tornado",
}

__all__ = [
    "FileError",
    "InputError",
    "NumericalError",
    "Problem",
    "Scenario",
    "calibrate",
    "check",
    "explain",
    "gradient",
    "listing",
    "open",
    "optimum",
    "paired",
    "parse_scenario",
    "parse_sweep",
    "run",
    "save",
    "scenarios",
    "schema",
    "sensitivity",
    "slider",
    "sweep",
    "tornado",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return import_module("cicatrix._core").version
    if name not in _HOMES:
        raise AttributeError(f"module 'cicatrix' has no attribute {name!r}")
    import_module("cicatrix.told_errors")  # whichever name comes first, its errors are told in a notebook
    found = getattr(import_module(f"cicatrix.{_HOMES[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
