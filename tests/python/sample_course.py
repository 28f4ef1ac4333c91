"""A course made by hand, whose milestones can be worked out on paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import xarray as xr

VARIABLES = ("inflammation", "collagen_total", "collagen_i_mature")
UNITS = {"inflammation": "mm-3", "collagen_total": "1", "collagen_i_mature": "1"}


def course_with(
    days: npt.ArrayLike, *, sessions: Sequence[float] = (0.0,), home: float = 1.0, **effects: npt.ArrayLike
) -> xr.Dataset:
    """A course over `days` whose variables are `home` untreated, and `home` plus the effect treated.

    Inflammation is 0 untreated; an effect that is not given is 0.
    """
    time = np.asarray(days, dtype=float)
    values: dict[str, Any] = {}
    for name in VARIABLES:
        twin = np.full(time.shape, 0.0 if name == "inflammation" else home)
        effect = np.asarray(effects.get(name, np.zeros(time.shape)), dtype=float)
        attributes = {"long_name": name.replace("_", " "), "units": UNITS[name]}
        values[name] = ("time", twin + effect, attributes)
        values[f"untreated_{name}"] = ("time", twin, {**attributes, "long_name": f"{name}, untreated"})
    count = len(sessions)
    values["injured_fraction"] = ("session", np.full(count, 0.05), {"long_name": "injured fraction", "units": "1"})
    values["session_time"] = ("session", np.asarray(sessions, dtype=float), {"long_name": "day", "units": "d"})
    values["status"] = (
        (),
        np.int8(0),
        {"flag_values": np.array([0, 1], np.int8), "flag_meanings": "done step_too_small"},
    )
    values["parameter_grade"] = ("parameter", np.array(["A", "assumed", "assumed", "D"], dtype=object))
    coordinates = {
        "time": ("time", time, {"units": "d"}),
        "session": ("session", np.arange(1, count + 1), {"units": "1"}),
        "parameter": ("parameter", np.array(["a", "b", "c", "d"], dtype=object)),
    }
    attributes = {"title": "Made by hand", "summary": "When?", "version": "0", "calibrated": "no", "notes": ""}
    return xr.Dataset(values, coords=coordinates, attrs=attributes)


def ramp(days: npt.ArrayLike, end: float, height: float) -> npt.NDArray[np.float64]:
    """Rises from 0 on day 0 to `height` on day `end` in a straight line and stays there."""
    time = np.asarray(days, dtype=float)
    return height * np.clip(time / end, 0.0, 1.0)


def slow_maturation(**changes: Any) -> xr.Dataset:
    """Two years in which inflammation takes days, new matrix weeks and cross-linking months."""
    days = np.arange(0.0, 731.0)
    return course_with(
        days,
        **{
            "inflammation": 400.0 * np.exp(-days / 2.0),
            "collagen_total": ramp(days, 20.0, 0.13),
            "collagen_i_mature": ramp(days, 300.0, 0.1),
            **changes,
        },
    )
