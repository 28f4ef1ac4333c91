"""A sweep over a grid: the levels of its factors, and an outcome as a table over them."""

import math
import re
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr

from cicatrix.milestones import Array
from cicatrix.offered_calls import require_sweep
from cicatrix.readouts import printed_unit, spoken
from cicatrix.studies.outcome_names import outcome_in
from cicatrix.told_errors import UnknownNameError, UnusableError

MOST_DIGITS = 6  # of a level that people read
MISSED, PERSON = "cohort.missed_sessions", "cohort.person"
NUMBERED = frozenset({MISSED, PERSON})  # numbers that name something and measure nothing
MOST_CELLS = 4  # for each member: with more a table is all but empty


@dataclass(frozen=True)
class Levels:
    """The values that a factor takes, ascending, or texts in their order in the sweep."""

    name: str
    unit: str
    values: list[Any]

    @property
    def title(self) -> str:
        """The factor as people call it, with its unit: `Needle length (mm)`."""
        unit = printed_unit(self.unit)
        words = spoken(re.sub(r"^.*\.", "", self.name))
        return f"{words} ({unit})" if unit else words

    @property
    def is_worded(self) -> bool:
        """True for a factor whose values are words."""
        return bool(self.values) and isinstance(self.values[0], str)  # all of them, or none

    @property
    def texts(self) -> list[str]:
        """The levels as people read them."""
        return [value if isinstance(value, str) else f"{value:.{MOST_DIGITS}g}" for value in self.values]


def factors_of(sweep: xr.Dataset) -> list[str]:
    """What differs from member to member."""
    return [name for name in _along(sweep, sweep.coords, "factor") if np.unique(_values(sweep, name)).size > 1]


def measured_factors_of(sweep: xr.Dataset) -> list[str]:
    """Those that an outcome can go with: none whose numbers only name a person or which sessions are missed."""
    return [name for name in factors_of(sweep) if name not in NUMBERED]


def missed_counts(sweep: xr.Dataset) -> Array:
    """How many sessions each member misses, whichever they are."""
    return np.array([int(value).bit_count() for value in sweep[MISSED].values], dtype=float)


def outcomes_of(sweep: xr.Dataset) -> list[str]:
    """What was asked of each member."""
    return _along(sweep, sweep.data_vars, "outcome")


def _along(sweep: xr.Dataset, names: Iterable[Hashable], role: str) -> list[str]:
    """Variables of the members that have a role in the sweep."""
    found = [name for name in names if "member" in sweep[name].dims and sweep[name].attrs.get("role") == role]
    return [str(name) for name in found]


def levels_of(sweep: xr.Dataset, name: str) -> Levels:
    """The values that a factor takes."""
    values = _values(sweep, name)
    if values.dtype.kind in "OUS":
        ordered = list(dict.fromkeys(str(value) for value in values))
    else:
        ordered = [value.item() for value in np.unique(values)]
    return Levels(name, str(sweep[name].attrs.get("units", "1")), ordered)


def _values(sweep: xr.Dataset, name: str) -> Any:
    values = np.asarray(sweep[name].values)
    return values.astype(str) if values.dtype.kind == "O" else values


def positions(sweep: xr.Dataset, levels: Levels) -> Array:
    """Where each member stands along a factor: at its number, or at the place of its word among the levels."""
    if not levels.is_worded:
        return np.asarray(sweep[levels.name].values, dtype=float)
    order = {value: place for place, value in enumerate(levels.values)}
    return np.array([order[str(value)] for value in sweep[levels.name].values], dtype=float)


def by_arm(sweep: xr.Dataset, outcome: str) -> dict[str, Array]:
    """An outcome of all members under each protocol; the name is empty where there is one."""
    variable = sweep[outcome].transpose("member", ...)
    values = np.asarray(variable.values, dtype=float)
    if "arm" not in variable.dims:
        return {"": values}
    return {str(arm): values[:, column] for column, arm in enumerate(sweep["arm"].values)}


def grid(sweep: xr.Dataset, outcome: str, at: Mapping[str, Any] | None = None) -> xr.DataArray:
    """An outcome over the factors of a grid in place of `member`; `at` chooses levels of some of them.

    Raises KeyError for an outcome, factor or level that there is not, ValueError for a sweep that is no grid: where
    two members stand in the same place, or most places are empty.
    """
    require_sweep(sweep, "grid")
    outcome = outcome_in(outcome, outcomes_of(sweep), "sweep")
    factors = [levels_of(sweep, name) for name in factors_of(sweep)]
    size = [len(levels.values) for levels in factors]
    places = [_places(sweep, levels) for levels in factors]
    members = sweep.sizes["member"]
    if (cells := math.prod(size)) > MOST_CELLS * members:
        told = f"its {members} members are a few of the {_count_text(cells)} combinations of the values of its factors"
        raise UnusableError(f"this sweep is no grid: {told}; sweep.design = 'grid' makes one")
    flat = np.ravel_multi_index(places, size) if factors else np.zeros(members, dtype=int)
    if np.unique(flat).size < flat.size:
        raise UnusableError("this sweep is no grid: several members have the same values of its factors")
    variable = sweep[outcome].transpose("member", ...)
    values = np.full((int(np.prod(size)), *variable.shape[1:]), np.nan)
    values[flat] = variable.values
    dimensions = [*(levels.name for levels in factors), *variable.dims[1:]]
    coordinates: dict[Any, Any] = {
        levels.name: (levels.name, levels.values, dict(sweep[levels.name].attrs)) for levels in factors
    }
    coordinates |= {name: sweep[name] for name in variable.dims[1:] if name in sweep.coords}
    table = xr.DataArray(
        values.reshape(*size, *variable.shape[1:]), coordinates, dimensions, name=outcome, attrs=dict(variable.attrs)
    )
    return _chosen(table, at or {})


def _count_text(count: int) -> str:
    """A number of combinations, which may be larger than any float."""
    return str(count) if count < 10**6 else f"10^{len(str(count)) - 1}"


def _places(sweep: xr.Dataset, levels: Levels) -> Any:
    order = {value: place for place, value in enumerate(levels.values)}
    return np.array([order[value.item()] for value in _values(sweep, levels.name)])


def _chosen(table: xr.DataArray, at: Mapping[str, Any]) -> xr.DataArray:
    for name, value in at.items():
        if name not in table.dims:
            raise UnknownNameError(f"there is no factor {name!r}; there are: {', '.join(map(str, table.dims))}")
        held = list(table[name].values)
        near = [i for i, level in enumerate(held) if level == value or _is_near(level, value)]
        if not near:
            raise UnknownNameError(f"{name} has no level {value!r}; it has: {', '.join(str(level) for level in held)}")
        table = table.isel({name: near[0]})
    return table


def _is_near(level: Any, value: Any) -> bool:
    numbers = all(isinstance(each, int | float | np.number) for each in (level, value))
    return numbers and bool(np.isclose(float(level), float(value), rtol=1e-9, atol=0.0))
