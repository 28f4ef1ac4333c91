"""Two courses against each other: when each has most of its effect, and by how much they differ, told in words."""

from dataclasses import dataclass

import numpy as np
import xarray as xr

from cicatrix import readouts
from cicatrix.lasting_milestones import Reached, reached
from cicatrix.milestones import Array, day_text, first_session, length_text, session_days
from cicatrix.told_errors import UnknownNameError, UnusableError

SHARE = 0.8  # of the effect after 12 months or at the end of a shorter course, whose day is told
LETTERS = ("A", "B")


@dataclass(frozen=True)
class Side:
    """One of the two courses."""

    letter: str
    title: str
    days: Array  # since its own first session, or its start
    values: Array
    untreated: Array | None  # where something was treated and the twin is known
    sessions: Array
    gain: Reached | None  # of its effect at its horizon; None without a twin

    @property
    def name(self) -> str:
        """The letter and what the scenario is called."""
        return f"{self.letter}: {self.title}" if self.title else self.letter


@dataclass(frozen=True)
class Against:
    """A read-out or state of two courses over the same days."""

    name: str
    unit: str
    sides: tuple[Side, Side]
    days: Array  # of both, as far as both go
    difference: Array  # second minus first
    of_effects: Array | None  # the same of treated minus untreated, where both have it and it is another

    @property
    def title(self) -> str:
        """What is compared, with its unit."""
        unit = readouts.printed_unit(self.unit)
        return f"{readouts.spoken(self.name)} ({unit})" if unit else readouts.spoken(self.name)


def against(first: xr.Dataset, second: xr.Dataset, name: str) -> Against:
    """Compares a read-out or state of two courses, day by day after the first session of each.

    Raises KeyError for a name that one of them does not hold over time, ValueError for different units.
    """
    sides = (_side(first, name, "A"), _side(second, name, "B"))
    units = [str(course[name].attrs.get("units", "1")) for course in (first, second)]
    if units[0] != units[1]:
        raise UnusableError(f"{name} is in {units[0]} in A and in {units[1]} in B: they cannot be compared")
    begin, end = max(side.days[0] for side in sides), min(side.days[-1] for side in sides)
    every = np.union1d(sides[0].days, sides[1].days)
    days = every[(every >= begin) & (every <= end)]
    values = [np.interp(days, side.days, side.values) for side in sides]
    difference: Array = values[1] - values[0]
    of_effects = None
    if sides[0].untreated is not None and sides[1].untreated is not None:
        twins = [np.interp(days, side.days, side.untreated) for side in sides if side.untreated is not None]
        apart = twins[1] - twins[0]
        if float(np.abs(apart).max(initial=0.0)) > 1e-9 * float(np.abs(values[0]).max(initial=0.0)):
            of_effects = difference - apart
    return Against(name, units[0], sides, days, difference, of_effects)


def _side(course: xr.Dataset, name: str, letter: str) -> Side:
    try:
        readouts.chosen(course, [name])
    except KeyError as error:
        raise UnknownNameError(f"In course {letter}, {error.args[0]}") from None
    if (kind := readouts.kind_of(course, name)) not in ("read-out", "state") or "member" in course[name].dims:
        raise UnknownNameError(
            f"{name!r} of {letter} is no course over time but a {kind}; compare a read-out or a state"
        )
    start, sessions = first_session(course), session_days(course)
    twin = f"{readouts.TWIN}{name}"
    if not np.isfinite(course[name].values).all():
        raise ValueError(f"{name} of {letter} has no value on some days: the course did not get so far")
    treated = bool(sessions.size) and twin in course
    return Side(
        letter,
        str(course.attrs.get("title", "")),
        np.asarray(course["time"].values, dtype=float) - start,
        np.asarray(course[name].values, dtype=float),
        np.asarray(course[twin].values, dtype=float) if treated else None,
        sessions - start,
        reached(course, name, SHARE) if treated else None,
    )


def reached_text(found: Against) -> str:
    """One sentence: from which day on each course keeps 80 % of its effect after 12 months, or a shorter course."""
    lengths = [length_text(side.gain.horizon) if side.gain else "" for side in found.sides]
    known = {length for length in lengths if length}
    each = len(known) > 1  # of unlike length
    told = [
        f"{side.letter} {_gain_text(side, found.unit)}" + (f" after {length}" if each and length else "")
        for side, length in zip(found.sides, lengths, strict=True)
    ]
    after = "" if each or not known else f" after {known.pop()}"
    return f"{100 * SHARE:.0f} % of the effect{after} is reached for good: {', '.join(told)}"


def _gain_text(side: Side, unit: str) -> str:
    if side.gain is None:
        return "has none, for want of a session or a twin"
    if side.gain.remark:
        return f"none ({side.gain.remark})"
    amount = f"{side.gain.effect:+.3g} {readouts.printed_unit(unit)}".rstrip()
    return f"{day_text(side.gain.day)} (of {amount})"


def against_words(found: Against) -> str:
    """What the figure shows, in words, for those who cannot see it."""
    unit = readouts.printed_unit(found.unit)
    told = [f"{found.title}: two courses over one time axis, and below them their difference, B minus A."]
    for side in found.sides:
        ends = [f"{value:.4g} {unit}".rstrip() for value in (side.values[0], side.values[-1])]
        told.append(f"{side.name}: {ends[0]} at first, {ends[1]} at the end.")
    place = int(np.argmax(np.abs(found.difference)))
    largest = f"{found.difference[place]:+.3g} {unit}".rstrip()
    told.append(f"Largest difference {largest} at {day_text(found.days[place])}.")
    return " ".join([*told, f"{reached_text(found)}."])
