"""Solving a scenario again, by another method and to a tighter tolerance, to see how far its numbers can be trusted."""

import re
from dataclasses import dataclass

import numpy as np
import xarray as xr

from cicatrix import _core
from cicatrix.course import run

TIGHTER = 1e-3  # of the tolerance asked for
TIGHTEST = 1e-12  # below it rounding decides
OTHER = {"rodas5p": "rodas4", "rodas4": "rodas5p"}


@dataclass(frozen=True)
class Difference:
    """How far a variable of the run lies from the one solved again, at most, and when."""

    name: str
    unit: str
    largest: float
    at: float
    relative: float  # to the largest size of the variable


@dataclass(frozen=True)
class Verification:
    """Both ways of solving, and the differences, largest first."""

    method: str
    rtol: float
    again_method: str
    again_rtol: float
    differences: list[Difference]


def verify(path: str) -> Verification:
    """Runs a scenario as it says and again; raises InputError, FileError."""
    scenario = _core.read_scenario(path)
    rtol, method = float(_setting(scenario, "rtol")), _setting(scenario, "method").strip('"')
    again = OTHER[method] if scenario.is_course else method  # published models have one method
    tighter = max(TIGHTER * rtol, TIGHTEST)
    text = _with(_with(scenario.resolved, "rtol", f"{tighter!r}"), "method", f'"{again}"')
    first, second = run(scenario), run(_core.parse_scenario(text, f"{path}, solved again"))
    found = [_difference(first, second, name) for name in _names(first)]
    found.sort(key=lambda row: (row.relative == row.relative, -row.relative))  # what is no number comes first
    return Verification(method, rtol, again, tighter, found)


def verification_text(path: str, verification: Verification) -> str:
    """The table of a verification in lines."""
    unit = "each in its own unit"
    head = f"{path}: {verification.method} at rtol {verification.rtol:g} against "
    head += f"{verification.again_method} at rtol {verification.again_rtol:g}; largest difference, {unit}"
    width = max(len(row.name) for row in verification.differences)
    lines = [
        f"{row.name:{width}}  {row.largest:>11.3g} {row.unit:<16} at {row.at:>9.5g}   {row.relative:.1e} of its largest"
        for row in verification.differences
    ]
    return "\n".join([head, "", *lines])


def _names(course: xr.Dataset) -> list[str]:
    return [str(name) for name in course.data_vars if course[name].dims == ("time",)]


def _difference(first: xr.Dataset, second: xr.Dataset, name: str) -> Difference:
    one, two = (np.asarray(course[name].values, dtype=float) for course in (first, second))
    gaps = np.abs(one - two)
    worst = int(np.argmax(np.where(np.isfinite(gaps), gaps, np.inf)))
    size = float(np.max(np.abs(two), initial=0.0))
    unit = str(first[name].attrs.get("units", "1"))
    largest = float(gaps[worst])
    relative = largest / size if size > 0 else 0.0 if largest == 0 else float("inf")
    return Difference(name, unit, largest, float(first["time"].values[worst]), relative)


def _setting(scenario: _core.Scenario, key: str) -> str:
    found = re.search(rf"^{key} = (\S+)", scenario.resolved, re.MULTILINE)
    if found is None:
        raise KeyError(key)
    return found.group(1)


def _with(text: str, key: str, value: str) -> str:
    return re.sub(rf"^{key} = \S+", f"{key} = {value}", text, count=1, flags=re.MULTILINE)
