"""Two courses side by side: bit for bit, and by how much."""

import tomllib
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr

from cicatrix import _core
from cicatrix.course import status_fault
from cicatrix.milestones import CLOCKS, Array, Milestone, day_text, effect_text, milestone, session_days

TWIN = "untreated_"
PATIENT = {"age": "patient.age", "sex": "patient.sex", "site": "patient.site", "phototype": "patient.phototype"}
LEAST = 1e-4  # a smaller relative difference is not worth a line


def differing_bits(first: xr.Dataset, second: xr.Dataset) -> list[str]:
    """Names of the variables that are not the same to the last bit, or that only one of the two has."""
    names = dict.fromkeys([*map(str, first.variables), *map(str, second.variables)])
    return [name for name in names if not _same_bits(first, second, name)]


def _same_bits(first: xr.Dataset, second: xr.Dataset, name: str) -> bool:
    if name not in first.variables or name not in second.variables:
        return False
    left, right = first.variables[name], second.variables[name]
    if left.dims != right.dims or left.shape != right.shape:
        return False
    if left.dtype.kind in "OUST" or right.dtype.kind in "OUST":
        return bool(np.all(left.values.astype(object) == right.values.astype(object)))
    return left.dtype == right.dtype and left.values.tobytes() == right.values.tobytes()


@dataclass(frozen=True)
class Moved:
    """How far a variable moved between two courses."""

    name: str
    largest: float  # the largest difference, second minus first, in `unit`
    relative: float  # the same as a share of the largest absolute value of the first course; infinite where that is 0
    day: float  # when; NaN for a variable without time
    unit: str


def moved_variables(first: xr.Dataset, second: xr.Dataset) -> list[Moved]:
    """States, read-outs and sessions that both courses have and that moved, the furthest first.

    Both are read at the days of the first course. What a solver or a parameter says of itself is no outcome.
    """
    found = [_moved(first, second, name) for name in _outcomes(first) if name in second.data_vars]
    return sorted((row for row in found if row and row.largest != 0), key=lambda row: -abs(row.relative))


def only_in(one: xr.Dataset, other: xr.Dataset) -> list[str]:
    """Names of the variables that the other course does not have."""
    return [str(name) for name in one.variables if name not in other.variables]


def _outcomes(course: xr.Dataset) -> list[str]:
    numbers = [str(name) for name in course.data_vars if course[name].dtype.kind in "fiu"]
    about = ("parameter_", "solver_", "status")
    return [name for name in numbers if not name.removeprefix("untreated_").startswith(about)]


def _moved(first: xr.Dataset, second: xr.Dataset, name: str) -> Moved | None:
    left, right = first[name], second[name]
    if left.dims != right.dims or (left.dims != ("time",) and left.shape != right.shape):
        return None
    unit = str(left.attrs.get("units", "1"))
    before: Array = np.asarray(left.values, dtype=float)
    over_time = left.dims == ("time",)
    after = _at_days_of(first, second, right) if over_time else np.asarray(right.values, dtype=float)
    gaps = np.abs(after - before)
    if not np.isfinite(gaps).any():
        return None
    place = int(np.nanargmax(gaps))
    largest = float((after - before).flat[place])
    scale = float(np.nanmax(np.abs(before)))
    day = float(first["time"].values[place]) if over_time else float("nan")
    return Moved(name, largest, largest / scale if scale > 0 else np.copysign(np.inf, largest), day, unit)


def _at_days_of(first: xr.Dataset, second: xr.Dataset, values: xr.DataArray) -> Array:
    days = np.asarray(first["time"].values, dtype=float)
    theirs = np.asarray(second["time"].values, dtype=float)
    found: Array = np.interp(days, theirs, np.asarray(values.values, dtype=float), left=np.nan, right=np.nan)
    return found


def differing_inputs(first: xr.Dataset, second: xr.Dataset) -> dict[str, tuple[str, str]]:
    """Inputs that differ, by the scenarios' full forms, the parameters and the versions: name -> (first, second)."""
    left, right = _inputs(first), _inputs(second)
    names = dict.fromkeys([*left, *right])
    pairs = {name: (left.get(name), right.get(name)) for name in names}
    return {name: _pair_text(*pair) for name, pair in pairs.items() if pair[0] != pair[1]}


def _pair_text(first: Any, second: Any) -> tuple[str, str]:
    """Both as TOML writes them, with six digits unless it takes more to tell them apart."""
    short = toml_text(first), toml_text(second)
    return short if short[0] != short[1] else (toml_text(first, 17), toml_text(second, 17))


def toml_text(value: Any, digits: int = 6) -> str:
    """A value of a scenario as TOML writes it; a text without quotes."""
    if value is None:
        return "not given"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.{digits}g}"
    if isinstance(value, list):
        return f"[{', '.join(_quoted(inner, digits) for inner in value)}]"
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {_quoted(inner, digits)}' for key, inner in value.items())} }}"
    return str(value)


def _quoted(value: Any, digits: int) -> str:
    return f'"{value}"' if isinstance(value, str) else toml_text(value, digits)


def _inputs(course: xr.Dataset) -> dict[str, Any]:
    inputs = resolved_keys(course)
    if "parameter_value" in course:
        pairs = zip(course["parameter"].values, course["parameter_value"].values, strict=True)
        inputs.update({f"parameters.{name}": float(value) for name, value in pairs})
    for key in ("version", "git_commit", "compiler", "schema_version", "model", "seed"):
        if key in course.attrs:
            inputs[key] = str(course.attrs[key])
    return inputs


def resolved_keys(course: xr.Dataset) -> dict[str, Any]:
    """The keys of the full scenario by their paths."""
    text = str(course.attrs.get("scenario_resolved", ""))
    try:  # the core reads the text first, because it guards against attacks
        _core.parse_scenario(text, "scenario of the result")
        return _flat("", tomllib.loads(text))
    except (_core.InputError, tomllib.TOMLDecodeError):
        return {"scenario": text}  # of another version; compared as a whole


def _flat(path: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        return {path: value}
    found: dict[str, Any] = {}
    for key, inner in value.items():
        found.update(_flat(f"{path}.{key}" if path else str(key), inner))
    return found


def difference_text(first: xr.Dataset, second: xr.Dataset) -> str:
    """What differs, for people: inputs, milestones, and what moved by 0.01 % or more."""
    inputs, moved = differing_inputs(first, second), moved_variables(first, second)
    lines = ["inputs that differ:" if inputs else "no input differs"]
    lines += [f"  {name}: {old} -> {new}" for name, (old, new) in inputs.items()]
    lines += _patient_lines(inputs)
    lines += _milestone_lines(first, second) if moved else []
    far = [row for row in moved if abs(row.relative) >= LEAST]
    if not far:
        lines.append("no variable moved by 0.01 % or more" if moved else "no variable moved")
    else:
        lines += ["variables that moved by 0.01 % or more, by their largest difference:"]
        lines += map(_moved_line, sorted(far, key=lambda row: row.name.startswith(TWIN)))
    for which, names in (("first", only_in(first, second)), ("second", only_in(second, first))):
        lines += [f"only in the {which}: {', '.join(names)}"] if names else []
    return "\n".join(lines)


def _patient_lines(inputs: dict[str, tuple[str, str]]) -> list[str]:
    """A line that warns where it is not the same patient, whose skin differs before anything is done to it."""
    differ = [f"{name} {old} -> {new}" for name, key in PATIENT.items() if key in inputs for old, new in [inputs[key]]]
    return [f"the patients differ ({', '.join(differ)}): untreated skin differs as well"] if differ else []


def _milestone_lines(first: xr.Dataset, second: xr.Dataset) -> list[str]:
    if any(status_fault(course) or not session_days(course).size for course in (first, second)):
        return []
    lines = ["milestones (10, 50, 90 %: effect):"]
    for name in CLOCKS:
        old, new = (_milestone_text(milestone(course, name)) for course in (first, second))
        lines.append(f"  {name}: {old} -> {new}" if old != new else f"  {name}: {old} in both")
    return lines


def _milestone_text(row: Milestone) -> str:
    days = row.remark or ", ".join(day_text(day) for day in row.days)
    return f"{days}: {effect_text(row)}"


def _moved_line(row: Moved) -> str:
    unit = "" if row.unit == "1" else f" {row.unit}"
    share = f"{100 * row.relative:+.3g} %" if np.isfinite(row.relative) else "0 in the first"
    when = "" if np.isnan(row.day) else f" on day {row.day:.4g}"
    return f"  {row.name}: {row.largest:+.6g}{unit} ({share}){when}"
