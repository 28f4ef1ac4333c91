"""How one channel closes: the open share of its pore, its half-life and its closing time, read off the data."""

from dataclasses import dataclass

import numpy as np
import xarray as xr

from cicatrix import space
from cicatrix.milestones import Array, first_session, session_days

SOON = 0.05  # d; an output so near after the session still sees the pore as it was opened
CLOSED = 0.01  # of the pore; less counts as closed


@dataclass(frozen=True)
class Closing:
    """One layer after the first session, until the next one; times in days since the session, NaN where not reached."""

    days: Array
    open: Array  # share of the pore that the layer does not cover
    half_life: float  # d, from the first output on where that sees the pore whole
    half_day: float  # on which half of the pore is covered
    closed: float
    remark: str  # why the half-life cannot be told; empty where it can


def closing(course: xr.Dataset, layer: str) -> Closing:
    """How `epidermal_cover_ring` or `barrier_ring` closes the pore. KeyError for a course without it."""
    after = _after_first_session(course)
    days = space.days_since(course)[after]
    area = open_area(course, layer)[after]
    none = float("nan")
    if not days.size or not np.isfinite(area).all():
        return Closing(days, area, none, none, none, "no value")
    soon = days[0] <= SOON
    whole = float(area[0]) if soon else np.pi * space.pore_radius(course) ** 2
    if not whole > 0:
        return Closing(days, np.zeros_like(area), none, none, none, "no open pore")
    share = area / whole
    closed = first_below(days, share, CLOSED)
    if share[0] < 0.5:
        remark = f"half closed before the first output ({space.passed(days[0])})"
        return Closing(days, share, none, none, closed, remark)
    half = first_below(days, share, 0.5)
    remark = "" if np.isfinite(half) else "not half closed in this time"
    return Closing(days, share, half - float(days[0]) if soon else half, half, closed, remark)


def _after_first_session(course: xr.Dataset) -> Array:
    """Rows after the first session, up to the next one."""
    days, sessions = space.days_since(course), session_days(course) - first_session(course)
    until = float(sessions[1]) + space.BRIEF if sessions.size > 1 else np.inf
    return np.asarray(np.flatnonzero((days > space.BRIEF) & (days <= until)))


def open_area(course: xr.Dataset, layer: str) -> Array:
    """Area in mm2 of the pore that the layer leaves open, over time: of the rings over which the pore was opened.

    Beyond them the epidermis, which spreads over the pore, gets thinner for a while, but it is not open.
    """
    radius = space.edges(course, "radius")
    rings = np.where(radius[:-1] < space.pore_radius(course), np.pi * np.diff(radius**2), 0.0)
    cover = np.asarray(course[layer].transpose("time", "radius").values, dtype=float)
    return np.asarray((1.0 - np.clip(cover, 0.0, 1.0)) @ rings)


def first_below(days: Array, share: Array, level: float) -> float:
    """First day on which a share falls below a level, its fall between outputs taken as exponential; NaN if never."""
    below = np.flatnonzero(share < level)
    if not below.size:
        return float("nan")
    after = int(below[0])
    if after == 0:
        return float(days[0])
    high, low = float(share[after - 1]), float(share[after])
    part = np.log(high / level) / np.log(high / low) if low > 0 else (high - level) / (high - low)
    return float(days[after - 1] + part * (days[after] - days[after - 1]))
