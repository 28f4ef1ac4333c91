"""What the grid of a run in space costs its numbers, as the run itself has estimated it."""

from dataclasses import dataclass

import numpy as np
import xarray as xr

ATTRIBUTE = "grid_error"


@dataclass(frozen=True)
class GridError:
    """The estimated error of one variable, in its own unit and relative to its largest size."""

    name: str
    unit: str
    error: float
    relative: float


def grid_errors(run: xr.Dataset) -> list[GridError]:
    """The estimates of a run in space, the largest relative one first; empty for a run without space or estimate."""
    found = [_of(run[name]) for name in run.data_vars if ATTRIBUTE in run[name].attrs]
    return sorted(found, key=lambda row: (row.relative == row.relative, -row.relative))


def grid_text(run: xr.Dataset) -> str:
    """One line: the grid, and the variable that it costs most; empty without an estimate."""
    rows = grid_errors(run)
    if not rows:
        return ""
    worst = rows[0]
    told = f"{worst.error:.2g}" + ("" if worst.unit == "1" else f" {worst.unit}")
    return (
        f"Grid of {_size(run)}: by Richardson's estimate it costs no variable more than {_percent(worst.relative)} "
        f"of its largest value ({worst.name}: {told})."
    )


def _of(variable: xr.DataArray) -> GridError:
    error = float(variable.attrs[ATTRIBUTE])
    size = float(np.max(np.abs(np.asarray(variable.values, dtype=float)), initial=0.0))
    relative = error / size if size > 0 else 0.0 if error == 0 else float("inf")
    return GridError(str(variable.name), str(variable.attrs.get("units", "1")), error, relative)


def _size(run: xr.Dataset) -> str:
    lengths = {"radius": "rings", "depth": "cells in depth", "position": "cells"}
    return " and ".join(f"{run.sizes[name]} {what}" for name, what in lengths.items() if name in run.sizes)


def _percent(share: float) -> str:
    return f"{100 * share:.2g} %" if share >= 1e-5 else "0.001 %"
