"""Solving a scenario again, by another method and to a tighter tolerance, to see how far its numbers can be trusted."""

import re
from dataclasses import dataclass, field, replace

import numpy as np
import xarray as xr

from cicatrix import _core
from cicatrix.course import run
from cicatrix.milestones import Array

TIGHTER = 1e-3  # of the tolerance asked for
TIGHTEST = 1e-12  # below it rounding decides
MOST = {"cells": 4096, "rings": 256}  # that a scenario may ask for
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
    """Both ways of solving, and the differences, largest first; in space also those to another number of cells."""

    method: str
    rtol: float
    again_method: str
    again_rtol: float
    differences: list[Difference]
    cells: int | None = None
    again_cells: int | None = None
    rings: int | None = None
    again_rings: int | None = None
    in_space: list[Difference] = field(default_factory=list)


def verify(path: str) -> Verification:
    """Runs a scenario as it says and again; raises InputError, FileError."""
    scenario = _core.read_scenario(path)
    rtol, method = float(_setting(scenario, "rtol")), _setting(scenario, "method").strip('"')
    again = OTHER[method] if scenario.is_course else method  # published models have one method
    tighter = max(TIGHTER * rtol, TIGHTEST)
    once = _with(scenario.resolved, "grid_error", "false")  # the finer grid tells it better
    text = _with(_with(once, "rtol", f"{tighter!r}"), "method", f'"{again}"')
    first = run(_core.parse_scenario(once, path))
    second = run(_core.parse_scenario(text, f"{path}, solved again"))
    found = Verification(method, rtol, again, tighter, _differences(first, second))
    return _on_other_grid(found, path, once, first) if {"position", "depth"} & set(first.dims) else found


def _on_other_grid(found: Verification, path: str, text: str, first: xr.Dataset) -> Verification:
    """The same with twice the cells and rings or, where there are too many already, with half of them."""
    sizes = {"cells": first.sizes.get("position", first.sizes.get("depth", 0)), "rings": first.sizes.get("radius", 0)}
    others = {key: 2 * size if 2 * size <= MOST[key] else size // 2 for key, size in sizes.items()}
    for key, other in others.items():
        text = _with(text, key, str(other))
    again = run(_core.parse_scenario(text, f"{path}, on another grid"))
    found = replace(found, cells=sizes["cells"], again_cells=others["cells"], in_space=_differences(first, again))
    return replace(found, rings=sizes["rings"], again_rings=others["rings"]) if sizes["rings"] else found


def _differences(first: xr.Dataset, second: xr.Dataset) -> list[Difference]:
    names = [name for name in _names(first) if not all(_is_missing(course, name) for course in (first, second))]
    found = [_difference(first, second, name) for name in names]
    return sorted(found, key=lambda row: (row.relative == row.relative, -row.relative))  # what is no number comes first


def verification_text(path: str, verification: Verification) -> str:
    """The table of a verification in lines."""
    unit = "each in its own unit"
    head = f"{path}: {verification.method} at rtol {verification.rtol:g} against "
    head += f"{verification.again_method} at rtol {verification.again_rtol:g}; largest difference, {unit}"
    lines = [head, "", *_rows(verification.differences)]
    if verification.in_space:
        rings = f"{verification.rings} rings x " if verification.rings else ""
        again = f"{verification.again_rings} rings x " if verification.rings else ""
        counts = f"{rings}{verification.cells} cells against {again}{verification.again_cells}"
        lines += ["", f"in space: {counts}; largest difference over time and position", ""]
        lines += _rows(verification.in_space)
    return "\n".join(lines)


def _rows(differences: list[Difference]) -> list[str]:
    width = max(len(row.name) for row in differences)
    return [
        f"{row.name:{width}}  {row.largest:>11.3g} {row.unit:<16} {_when(row):12}   {row.relative:.1e} of its largest"
        for row in differences
    ]


def _when(row: Difference) -> str:
    return "" if np.isnan(row.at) else f"at {row.at:>9.5g}"


def _names(course: xr.Dataset) -> list[str]:
    over = (("time",), ("time", "position"))
    return [str(name) for name in course.data_vars if course[name].dims in over or name == "healing_time"]


def _is_missing(course: xr.Dataset, name: str) -> bool:
    """Whether the run says that there is no such number: a wound that has not healed yet."""
    return course[name].ndim == 0 and bool(np.isnan(course[name]))


def _values(course: xr.Dataset, name: str, places: Array) -> Array:
    """The variable, with its positions at `places` by straight lines between its own."""
    values = np.asarray(course[name].values, dtype=float)
    if values.ndim < 2 or np.array_equal(course["position"].values, places):
        return values
    return np.array([np.interp(places, course["position"].values, row) for row in values])


def _difference(first: xr.Dataset, second: xr.Dataset, name: str) -> Difference:
    """The largest difference over time and, in space, over the positions of the coarser cells."""
    coarser = min(first, second, key=lambda course: course.sizes.get("position", 0))
    places = coarser["position"].values if "position" in coarser else np.empty(0)
    one, two = (_values(course, name, places) for course in (first, second))
    gaps = np.abs(one - two)
    worst = int(np.argmax(np.where(np.isfinite(gaps), gaps, np.inf)))
    size = float(np.max(np.abs(two), initial=0.0))
    unit = str(first[name].attrs.get("units", "1"))
    largest = float(gaps.flat[worst])
    relative = largest / size if size > 0 else 0.0 if largest == 0 else float("inf")
    at = float(first["time"].values[np.unravel_index(worst, gaps.shape)[0]]) if gaps.ndim else float("nan")
    return Difference(name, unit, largest, at, relative)


def _setting(scenario: _core.Scenario, key: str) -> str:
    found = re.search(rf"^{key} = (\S+)", scenario.resolved, re.MULTILINE)
    if found is None:
        raise KeyError(key)
    return found.group(1)


def _with(text: str, key: str, value: str) -> str:
    return re.sub(rf"^{key} = \S+", f"{key} = {value}", text, count=1, flags=re.MULTILINE)
