"""Members of a sweep that failed, as its Dataset tells of them."""

import numpy as np
import xarray as xr

from cicatrix.readouts import printed_unit
from cicatrix.studies.factor_grid import factors_of
from cicatrix.sweeps.ledger import Failure

REFUSED = "refused"  # before it began, so that no state stopped it


def failures_of(sweep: xr.Dataset) -> list[Failure]:
    """In the order of the members, and of the protocols under each."""
    if "status" not in sweep:
        return []
    arms = [str(arm) for arm in sweep["arm"].values] if "arm" in sweep.dims else [""]
    status = _in_columns(sweep, "status")
    return [_failure(sweep, int(row), int(column), arms[column]) for row, column in np.argwhere(status != 0)]


def _in_columns(sweep: xr.Dataset, name: str) -> "np.typing.NDArray[np.float64]":
    """A variable of the members as (members, protocols)."""
    values = np.asarray(sweep[name].transpose("member", ...).values, dtype=float)
    return values[:, None] if values.ndim == 1 else values


def _failure(sweep: xr.Dataset, row: int, column: int, arm: str) -> Failure:
    reason = _word(sweep, "status", row, column)
    state = "" if reason == REFUSED else _word(sweep, "solver_limiting_state", row, column)
    day = float(_in_columns(sweep, "solver_time_reached")[row, column]) if "solver_time_reached" in sweep else np.nan
    values = {_headed(sweep[name]): sweep[name].values[row] for name in factors_of(sweep)}
    factors = {name: value if isinstance(value, str) else float(value) for name, value in values.items()}
    return Failure(int(sweep["member"].values[row]), arm, reason, day, "" if state == "none" else state, factors)


def _headed(factor: xr.DataArray) -> str:
    """As the ledger of a directory calls it: with its unit."""
    unit = printed_unit(str(factor.attrs.get("units", "1")))
    return f"{factor.name} [{unit}]" if unit else str(factor.name)


def _word(sweep: xr.Dataset, name: str, row: int, column: int) -> str:
    """What the flag of a member means; empty where the sweep does not tell."""
    if name not in sweep:
        return ""
    about = sweep[name].attrs
    meanings = dict(
        zip(
            np.atleast_1d(about.get("flag_values", [])).tolist(),
            str(about.get("flag_meanings", "")).split(),
            strict=False,
        )
    )
    flag = int(_in_columns(sweep, name)[row, column])
    word = str(meanings.get(flag, flag))
    return word.replace("_", " ") if name == "status" else word
