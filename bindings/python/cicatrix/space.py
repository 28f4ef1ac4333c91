"""What a course resolved in space holds: profiles over depth, fields round one channel, rings of its pore."""

from collections.abc import Sequence
from difflib import get_close_matches

import numpy as np
import numpy.typing as npt
import xarray as xr

from cicatrix.milestones import MONTH, YEAR, Array, first_session
from cicatrix.outcome import Exit, RefusedError
from cicatrix.told_errors import UnknownNameError, UnusableError

PROFILE, FIELD = "_profile", "_field"
COVER, HORNY = "epidermal_cover_ring", "barrier_ring"
FIRST = ("tgf_beta1_active", "neutrophils", "collagen_iii")  # the fields that are drawn when none is named
BRIEF = 1e-6  # d; nearer to a session an output is of before it


def resolved(course: xr.Dataset, kind: str) -> list[str]:
    """States that the course holds as `_profile` or `_field`, in the order of the file."""
    names = [str(name).removesuffix(kind) for name in course.data_vars if str(name).endswith(kind)]
    return [name for name in names if not name.startswith("untreated_")]


def has_depth(course: xr.Dataset) -> bool:
    """Whether states are held against depth."""
    return "depth" in course.sizes and bool(resolved(course, PROFILE))


def has_channel(course: xr.Dataset) -> bool:
    """Whether the course resolves the surroundings of one channel."""
    return "radius" in course.sizes and bool(resolved(course, FIELD))


def need_channel(course: xr.Dataset, what: str) -> None:
    """Raises RefusedError, with what to write in the scenario, where a course has no channel."""
    if not has_channel(course):
        fidelity = str(course.attrs.get("fidelity", "lumped"))
        raise RefusedError(
            Exit.BAD_INPUT,
            f'{what} shows one channel, and this result was simulated with fidelity = "{fidelity}"; write '
            'fidelity = "channel" under [simulation] in the scenario and run it again',
        )


def need_depth(course: xr.Dataset, what: str) -> None:
    """Raises RefusedError, with what to write in the scenario, where a course has no depth."""
    if not has_depth(course):
        raise RefusedError(
            Exit.BAD_INPUT,
            f'{what} shows depth, and this result was simulated without; write fidelity = "depth" under [simulation] '
            "in the scenario and run it again",
        )


def chosen_states(course: xr.Dataset, names: Sequence[str], kind: str) -> list[str]:
    """States to draw, named with or without the ending `kind`; without names the usual ones. Raises KeyError."""
    known = resolved(course, kind)
    if not names:
        usual = [name for name in FIRST if name in known]
        return usual or known[: len(FIRST)]
    wanted = list(dict.fromkeys(name.removesuffix(kind) for name in names))
    for name in wanted:
        if name not in known:
            near = get_close_matches(name, known, n=1, cutoff=0.5)
            hint = f"did you mean {near[0]!r}? " if near else ""
            raise UnknownNameError(f"this result has no {name + kind!r}: {hint}there are {', '.join(known)}")
    return wanted


def edges(course: xr.Dataset, coordinate: str) -> Array:
    """Edges of the cells along `depth` or `radius`, in mm, one more than there are cells."""
    bounds = f"{coordinate}_bounds"
    if bounds in course.variables:
        cells = np.asarray(course[bounds].values, dtype=float)
        return np.concatenate([cells[:1, 0], cells[:, 1]])
    middles = np.asarray(course[coordinate].values, dtype=float)
    found = [0.0]
    for middle in middles:
        found.append(2.0 * float(middle) - found[-1])
    return np.asarray(found)


def layer_borders(course: xr.Dataset) -> list[float]:
    """Depths in mm at which a layer of the dermis ends and the next begins."""
    if "layer" not in course.variables:
        return []
    changes = np.flatnonzero(np.diff(np.asarray(course["layer"].values).astype(int)))
    return [float(edges(course, "depth")[at + 1]) for at in changes]


def wall(course: xr.Dataset) -> Array:
    """Radius in mm of the injured column of the first session at each depth; 0 where it does not reach."""
    if "channel_radius" not in course.variables:
        return np.zeros(course.sizes["depth"])
    return np.asarray(np.nan_to_num(course["channel_radius"].values), dtype=float)


def pore_radius(course: xr.Dataset) -> float:
    """Radius in mm of the hole that a channel of the first session leaves in the epidermis; 0 where there is none."""
    return float(course["pore_radius"])


def mirrored(values: npt.ArrayLike) -> Array:
    """Values over the rings, last dimension, from the far left over the axis to the far right."""
    right = np.asarray(values, dtype=float)
    return np.asarray(np.concatenate([right[..., ::-1], right], axis=-1))


def mirrored_edges(course: xr.Dataset) -> Array:
    """Edges of the rings from -R over the axis to R, in mm."""
    right = edges(course, "radius")
    return np.asarray(np.concatenate([-right[:0:-1], [0.0], right[1:]]))


def days_since(course: xr.Dataset) -> Array:
    """Output times in days since the first session."""
    return np.asarray(course["time"].values, dtype=float) - first_session(course)


def outputs_near(course: xr.Dataset, days: Sequence[float]) -> list[int]:
    """Rows of the outputs nearest to days after the first session, each once."""
    there = days_since(course)
    usable = np.flatnonzero(there > BRIEF)  # the output at the session itself is of before it
    if not usable.size:
        return []
    return sorted({int(usable[np.abs(there[usable] - day).argmin()]) for day in days})


def passed(day: float) -> str:
    """A stretch of time as people say it: `10 minutes`, `12 hours`, `3 days`, `4 weeks`, `6 months`, `2 years`."""
    for unit, length, until in (
        ("minute", 1 / 1440, 1 / 24),
        ("hour", 1 / 24, 1.0),
        ("day", 1.0, 14.0),
        ("week", 7.0, 2.5 * MONTH),
        ("month", MONTH, 2 * YEAR),
        ("year", YEAR, np.inf),
    ):
        if day < until * (1 - 1e-3):
            number = f"{day / length:.2g}" if day / length < 10 else f"{day / length:.0f}"
            return f"{number} {unit}" + ("" if number == "1" else "s")
    raise UnusableError("a time has to be a number")
