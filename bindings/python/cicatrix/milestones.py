"""When the result of a treatment is there: days of 10, 50 and 90 % of the 12-month effect, where they can be told."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt
import xarray as xr

from cicatrix.percent import change_text

if TYPE_CHECKING:
    import pandas as pd

Array: TypeAlias = npt.NDArray[np.float64]

YEAR = 365.25
MONTH = YEAR / 12
SHARES = (0.1, 0.5, 0.9)
CLOCKS = ("inflammation", "collagen_total", "collagen_i_mature")
PASSING = frozenset({"inflammation"})  # comes and goes, so that its sum over time is what is followed
NEGLIGIBLE = 1e-9  # relative; a smaller effect is the noise of the arithmetic

FORTNIGHT = 14.0  # d after a session in which its inflammation comes and goes
DAILY = 1.0 + 1e-9  # d; the widest gap between outputs in a fortnight that inflammation is summed over
WIDEST = 35.0  # d; the widest gap between outputs that a milestone is read from, however late it is
ON_THE_DAY = 1e-6  # d; an output as near to a day as this is on it
PATIENCE = 3 * MONTH  # of a course after its last session, before cross-linking can be judged

TOO_COARSE = "outputs are too far apart to tell"
NO_EFFECT = "no effect"
BELOW = "not above untreated skin"
TOO_SHORT = "the course ends too soon to tell"
GONE = "it comes and goes"
PASSED = 0.05  # of its largest; what is less after 12 months has come and gone


@dataclass(frozen=True)
class Milestone:
    """When the effect on one variable is reached; days count from the first session, NaN where `remark` says why."""

    name: str
    days: tuple[float, float, float]
    effect: float
    unit: str
    relative: float  # the effect as a share of untreated skin on the same day; NaN for what untreated skin has none of
    horizon: float
    remark: str


@dataclass(frozen=True)
class Outputs:
    """The output times of a course and its sessions, in days from the first session."""

    days: Array
    sessions: Array

    def tell(self, day: float) -> bool:
        """True if the outputs round `day` are near enough to read a milestone from.

        They may be apart by half the time since the session before, by a day at least and by 35 days at most.
        """
        after = int(np.searchsorted(self.days, day))
        if not 0 < after < len(self.days):
            return False
        earlier = self.sessions[self.sessions < day]
        since = day - float(earlier[-1]) if earlier.size else day
        return bool(self.days[after] - self.days[after - 1] <= min(max(DAILY, 0.5 * since), WIDEST))

    def know(self, day: float) -> bool:
        """True if there is an output on `day`, or the outputs round it tell."""
        return bool(np.isclose(self.days, day, rtol=0.0, atol=ON_THE_DAY).any()) or self.tell(day)

    def cross_session(self, day: float) -> bool:
        """True if a line between the outputs round `day` goes over a session; an output at one is of before it."""
        after = int(np.searchsorted(self.days, day))
        if not 0 < after < len(self.days) or np.isclose(self.days, day, rtol=0.0, atol=ON_THE_DAY).any():
            return False
        before = self.sessions >= self.days[after - 1] - ON_THE_DAY
        return bool((before & (self.sessions < self.days[after] - ON_THE_DAY)).any())

    def tell_sum(self) -> bool:
        """True if there is an output a day, or more, in the fortnight after each session."""
        for session in self.sessions[self.sessions < self.days[-1]]:
            first = int(np.searchsorted(self.days, session, side="right")) - 1
            last = int(np.searchsorted(self.days, min(session + FORTNIGHT, self.days[-1])))
            if first < 0 or np.diff(self.days[first : last + 1]).max(initial=0.0) > DAILY:
                return False
        return True

    def rest(self, horizon: float) -> float:
        """Days from the last session before the horizon to the end."""
        earlier = self.sessions[self.sessions < horizon]
        return float(self.days[-1] - (earlier[-1] if earlier.size else self.days[0]))

    def end_too_soon(self, name: str, horizon: float) -> bool:
        """True if cross-linking is asked for and has had no time to be judged."""
        return name == "collagen_i_mature" and bool(self.sessions.size) and self.rest(horizon) < PATIENCE


def first_session(course: xr.Dataset) -> float:
    """Day of the first session on the time axis; the start when there is none."""
    days = session_days(course)
    return float(days[0]) if days.size else float(course["time"].values[0])


def session_days(course: xr.Dataset) -> Array:
    """Days of the sessions on the time axis; empty when there is none."""
    return np.asarray(course["session_time"].values, dtype=float) if "session_time" in course else np.empty(0)


def milestone(course: xr.Dataset, name: str) -> Milestone:
    """The milestone of one variable; KeyError when it has no untreated twin."""
    start = first_session(course)
    effect = course.cx.effect(name)
    outputs = Outputs(np.asarray(course["time"].values, dtype=float) - start, session_days(course) - start)
    values, days = np.asarray(effect.values, dtype=float), outputs.days
    unit = str(effect.attrs.get("units", "1"))
    scale = float(np.max(np.abs(course[name].values), initial=0.0))
    if name in PASSING:
        scale *= float(days[-1] - days[0])
        values, unit = cumulated(days, values), times_day(unit)
    horizon = min(YEAR, float(days[-1]))
    final = float(np.interp(horizon, days, values))
    found = tuple(first_passage(days, values, share * final) for share in SHARES)
    remark = _remark(name, outputs, found, final=final, least=NEGLIGIBLE * scale, horizon=horizon)
    relative = float("nan")
    if remark == TOO_COARSE and (name in PASSING or not outputs.know(horizon)):
        final = float("nan")
    elif name not in PASSING:
        relative = float(np.interp(horizon, days, course.cx.effect(name, relative=True).values))
    if remark:
        found = (float("nan"),) * len(SHARES)
    return Milestone(name, (found[0], found[1], found[2]), final, unit, relative, horizon, remark)


def _remark(
    name: str, outputs: Outputs, found: tuple[float, ...], *, final: float, least: float, horizon: float
) -> str:
    """Why the milestones of a variable cannot be told; empty when they can."""
    if not abs(final) > least:
        return NO_EFFECT
    if name in PASSING:
        if not outputs.tell_sum():
            return TOO_COARSE
        return TOO_SHORT if outputs.sessions.size and outputs.rest(horizon) < FORTNIGHT else ""
    if not outputs.know(horizon):
        return TOO_COARSE
    if final < 0:
        return BELOW
    if outputs.end_too_soon(name, horizon):
        return TOO_SHORT
    return "" if all(outputs.tell(day) for day in found) else TOO_COARSE


def times_day(unit: str) -> str:
    """The unit of a sum over time."""
    return "d" if unit == "1" else f"{unit} d"


def cumulated(days: Array, values: Array) -> Array:
    """Area under the curve from the start to each day, by trapezoids."""
    return np.concatenate([[0.0], np.cumsum(0.5 * (values[1:] + values[:-1]) * np.diff(days))])


def first_passage(days: Array, values: Array, level: float) -> float:
    """First day on which `values`, joined by straight lines, reach `level` from the side of zero; NaN if never."""
    towards = -1.0 if level < 0 else 1.0
    reached = np.flatnonzero(towards * values >= abs(level))
    if not reached.size or level == 0:
        return float("nan")
    after = int(reached[0])
    if after == 0:
        return float(days[0])
    before = after - 1
    share = (level - values[before]) / (values[after] - values[before])
    return float(days[before] + share * (days[after] - days[before]))


def milestone_table(rows: Sequence[Milestone]) -> "pd.DataFrame":
    """A row for each milestone, by the name of its variable."""
    import pandas as pd

    columns = ["day10", "day50", "day90", "effect", "unit", "relative", "horizon", "remark"]
    table = [(*row.days, row.effect, row.unit, row.relative, row.horizon, row.remark) for row in rows]
    return pd.DataFrame(table, columns=columns, index=pd.Index([row.name for row in rows], name="variable"))


def day_text(day: float) -> str:
    """A day as people say it: `day 15`, later `month 6`."""
    if np.isnan(day):
        return "-"
    if day < 10:
        return f"day {day:.1f}"
    if day < 2.5 * MONTH:
        return f"day {day:.0f}"
    if day < 3 * YEAR:
        return f"month {day / MONTH:.1f}"
    return f"year {day / YEAR:.1f}"


def effect_text(row: Milestone) -> str:
    """The effect in per cent of untreated skin, with its sign, or in its unit where untreated skin has none."""
    if np.isfinite(row.relative):
        return change_text(row.relative)
    return f"{row.effect:.4g} {row.unit}" if np.isfinite(row.effect) else "-"


def horizon_text(row: Milestone) -> str:
    """`12 months`, or the length of a shorter course."""
    return length_text(row.horizon)


def length_text(horizon: float) -> str:
    """Days until the horizon as people say them."""
    return "12 months" if horizon >= YEAR else f"{horizon:.0f} days"
