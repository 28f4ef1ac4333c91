"""How far one outcome moves when one parameter after the other goes to either end of its range."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import xarray as xr

from cicatrix import _core
from cicatrix.studies.draws import Array
from cicatrix.studies.gradient import PARAMETERS, alone, gradient
from cicatrix.told_errors import UnusableError

if TYPE_CHECKING:
    from cicatrix.studies.asked_sweep import PathLike
    from cicatrix.sweeps.sweeping import Told

MOST = 12  # parameters


def tornado(
    source: "PathLike | _core.Scenario",
    outcome: str,
    parameters: Sequence[str] | None = None,
    *,
    most: int = MOST,
    threads: int | None = None,
    progress: "Told | bool" = True,
) -> xr.Dataset:
    """One outcome with one parameter at the low and at the high end of its plausible range, all others as they are.

    Without `parameters` those that move the outcome most by its derivatives: the slope times the width of the range.
    The ends themselves are run, not drawn from the slope. A row for each factor, the widest swing first: `low`, `high`
    (in its own `unit`), `at_low`, `at_high` (in the outcome's unit, NaN where a course failed) and `grade`; attrs hold
    the outcome and its `value`. `.cx.plot()` draws it. `progress` is that of
    `cicatrix.sweep`. Raises InputError, FileError, NumericalError, ValueError, also for a name that is no parameter.
    """
    known = {row.name: row for row in _core.course_parameters()}
    if unknown := [name for name in parameters or [] if name not in known]:
        told = "a tornado takes parameters, which have ranges; `cicatrix list parameters` shows them"
        raise UnusableError(f"{unknown[0]!r} is no parameter: {told}")
    table = gradient(source, outcome, parameters, threads=threads)
    (name,) = table.index
    swings = {key: abs(float(table.loc[name, key])) * (known[key].high - known[key].low) for key in table.columns}
    chosen = sorted(swings, key=lambda key: (np.isnan(swings[key]), -swings[key]))
    chosen = chosen if parameters is not None else [key for key in chosen if swings[key] > 0][:most]
    if not chosen:
        raise UnusableError(f"no parameter moves {outcome!r} in this course: there is nothing to draw")
    rows = [known[key] for key in chosen]
    values = _run(source, outcome, rows, {key: float(table.attrs["at"][key]) for key in chosen}, threads, progress)
    return _as_study(source, table.attrs["units"][name], str(name), float(values[0]), rows, values[1:].reshape(-1, 2))


def _run(
    source: "PathLike | _core.Scenario",
    outcome: str,
    rows: "Sequence[_core.ParameterRow]",
    at: dict[str, float],
    threads: int | None,
    progress: "Told | bool",
) -> Array:
    """The outcome as it stands, then with each parameter at its low and at its high end."""
    from cicatrix.sweeps.sweeping import sweep

    count = 1 + 2 * len(rows)
    levels = {}
    for number, row in enumerate(rows):
        values = [at[row.name]] * count
        values[1 + 2 * number : 3 + 2 * number] = [row.low, row.high]
        levels[PARAMETERS + row.name] = [value if row.unit == "1" else f"{value!r} {row.unit}" for value in values]
    vary = ", ".join(f"{json.dumps(name)} = {json.dumps(texts)}" for name, texts in levels.items())
    text, file = alone(source)
    lines = ["", "[sweep]", 'design = "zip"', f"outcomes = {json.dumps([outcome])}", f"vary = {{ {vary} }}", ""]
    planned = _core.parse_sweep(text.rstrip("\n") + "\n" + "\n".join(lines), f"{file} with the ends of ranges")
    found = sweep(planned, progress=progress, threads=threads)
    return np.asarray(found[planned.outcomes[0].name].values, dtype=float)


def _as_study(
    source: "PathLike | _core.Scenario",
    unit: str,
    outcome: str,
    value: float,
    rows: "Sequence[_core.ParameterRow]",
    ends: Array,
) -> xr.Dataset:
    with np.errstate(invalid="ignore"):
        order = np.argsort(-np.nan_to_num(np.abs(ends - value).max(axis=1)), kind="stable")
    sorted_rows = [rows[i] for i in order]
    own = {"units": "1", "comment": "each in its own unit, see unit"}
    columns = {
        "low": ([row.low for row in sorted_rows], {**own, "long_name": "low end of the plausible range"}),
        "high": ([row.high for row in sorted_rows], {**own, "long_name": "high end of the plausible range"}),
        "unit": (np.array([row.unit for row in sorted_rows], dtype=object), {"long_name": "unit of the parameter"}),
        "grade": (np.array([row.grade for row in sorted_rows], dtype=object), {"long_name": "grade of its evidence"}),
        "at_low": (ends[order, 0], {"units": unit, "long_name": f"{outcome} at the low end"}),
        "at_high": (ends[order, 1], {"units": unit, "long_name": f"{outcome} at the high end"}),
    }
    names = np.array([row.name for row in sorted_rows], dtype=object)
    attributes = {"study": "tornado", "outcome": outcome, "units": unit, "value": value, "calibrated": "no"}
    text, file = alone(source)
    attributes |= {"scenario_toml": text, "scenario_file": file, "version": _core.version}
    variables = {name: ("factor", values, about) for name, (values, about) in columns.items()}
    return xr.Dataset(variables, coords={"factor": names}, attrs=attributes)
