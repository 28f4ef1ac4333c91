"""Courses in depth and round one channel made by hand: a diffusing Gaussian and a pore that closes exponentially."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import xarray as xr
from sample_course import course_with, ramp

Array = npt.NDArray[np.float64]

HALF_LIFE, HORNY_HALF_LIFE = 0.5, 1.25  # d
CELL, PORE, TIP = 0.25, 0.0625, 0.8  # mm: radius of the cell round a channel, radius of the pore, depth of its tip
TOP, PAPILLARY, BOTTOM = 0.1, 0.3, 1.7  # mm: where the dermis begins, its layers meet, and it ends
DIFFUSIVITY, SPREAD = 0.004, 0.03  # mm2/d, mm
SOON = (10 / 1440, 1 / 24, 2 / 24, 4 / 24, 0.25, 0.5, 0.75)  # d after a session


def output_days(sessions: Sequence[float], last: float) -> Array:
    """Days of the outputs as the core chooses them: close together after a session, then weekly."""
    days = {*np.arange(0.0, last + 0.1, 7.0).tolist(), last}
    for session in sessions:
        days |= {session, *(session + day for day in SOON), *(session + day for day in range(1, 15))}
    return np.asarray(sorted(day for day in days if day <= last), dtype=float)


def depth_edges(cells: int) -> Array:
    """Cells that grow downwards from the top of the dermis, with an edge where the layers meet."""
    upper = np.linspace(TOP, PAPILLARY, cells // 4 + 1)
    share = np.linspace(0, 1, cells - cells // 4 + 1)[1:] ** 1.3
    return np.concatenate([upper, PAPILLARY + (BOTTOM - PAPILLARY) * share])


def plume(time: Array, depth: Array, radius: Array, *, dose: float = 1.0) -> Array:
    """A line source along the channel that diffuses outwards: `dose` times a Gaussian whose width grows with time."""
    width = SPREAD**2 + 2.0 * DIFFUSIVITY * np.maximum(time, 0.0)
    radial = np.exp(-(radius[None, :] ** 2) / (2.0 * width[:, None])) * (SPREAD**2 / width)[:, None]
    down = 1.0 / (1.0 + np.exp((depth - TIP) / 0.05))
    return np.asarray(dose * down[None, :, None] * radial[:, None, :])


def course_in_depth(**changes: Any) -> xr.Dataset:
    """A course with profiles; see `course_round_channel`."""
    course = course_round_channel(**changes)
    rings = [name for name in course.variables if "radius" in course[name].dims]
    return course.drop_vars([*rings, "channel_radius", "pore_radius"]).assign_attrs(fidelity="depth")


def course_round_channel(
    *, sessions: Sequence[float] = (0.0,), cells: int = 32, rings: int = 16, last: float = 364.0
) -> xr.Dataset:
    """A course whose fields and pore have closed forms; every session does the same again."""
    time = output_days(sessions, last)
    depth, radius = depth_edges(cells), np.linspace(0.0, CELL, rings + 1)
    z, r = 0.5 * (depth[1:] + depth[:-1]), 0.5 * (radius[1:] + radius[:-1])
    shares = np.diff(radius**2) / CELL**2
    values: dict[str, Any] = {}
    for name, home, dose in (("tgf_beta1_active", 0.02, 5.0), ("collagen_iii", 0.2, 0.1)):
        field = np.full((len(time), cells, rings), home)
        for session in sessions:
            field += plume(time - session, z, r, dose=dose) * (time > session)[:, None, None]
        attributes = {"long_name": name.replace("_", " "), "units": "1", "evidence_grade": "assumed"}
        values[f"{name}_field"] = (("time", "depth", "radius"), field, attributes)
        values[f"{name}_profile"] = (("time", "depth"), field @ shares, attributes)
        values[f"untreated_{name}_profile"] = (("time", "depth"), np.full((len(time), cells), home), attributes)
    for name, half_life in (("epidermal_cover_ring", HALF_LIFE), ("barrier_ring", HORNY_HALF_LIFE)):
        cover = 1.0 - open_share(time, sessions, half_life)[:, None] * (r < PORE)[None, :]
        values[name] = (("time", "radius"), cover, {"long_name": name.replace("_", " "), "units": "1"})
    values["channel_radius"] = ("depth", np.where(z < TIP, PORE * np.sqrt(np.clip(1.1 - z / TIP, 0, 1)), 0.0))
    values["channel_radius"][1][0] = PORE
    values["pore_radius"] = ((), np.float64(PORE))
    meanings = {"flag_values": np.array([0, 1], np.int8), "flag_meanings": "papillary_dermis reticular_dermis"}
    values["layer"] = ("depth", (z > PAPILLARY).astype(np.int8), meanings)
    values["depth_bounds"] = (("depth", "bound"), np.column_stack([depth[:-1], depth[1:]]))
    values["radius_bounds"] = (("radius", "bound"), np.column_stack([radius[:-1], radius[1:]]))
    coordinates = {
        "depth": ("depth", z, {"units": "mm", "positive": "down"}),
        "radius": ("radius", r, {"units": "mm"}),
    }
    means = course_with(
        time,
        sessions=sessions,
        inflammation=400.0 * np.exp(-time / 2.0),
        collagen_total=ramp(time, 20.0, 0.13),
        collagen_i_mature=ramp(time, 300.0, 0.1),
    )
    return means.assign(values).assign_coords(coordinates).assign_attrs(fidelity="channel")


def open_share(time: Array, sessions: Sequence[float], half_life: float) -> Array:
    """What share of the pore is open: all of it just after a session, half of it a half-life later."""
    share = np.zeros_like(time)
    for session in sessions:
        first = session + SOON[0]  # the first output sees the pore as it was opened
        share = np.where(time > session, 0.5 ** ((time - first) / half_life), share)
    return share
