"""From when on the effect on a read-out is there to stay: days of 10, 50 and 90 % of what 12 months leave of it."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import xarray as xr

from cicatrix.milestones import (
    GONE,
    NEGLIGIBLE,
    NO_EFFECT,
    PASSED,
    SHARES,
    TOO_COARSE,
    TOO_SHORT,
    YEAR,
    Array,
    Milestone,
    Outputs,
    cumulated,
    day_text,
    first_passage,
    first_session,
    session_days,
    times_day,
)

Days: TypeAlias = tuple[float, float, float]

LITTLE = 0.01  # of the largest effect, or of all of it summed; where less is left, the effect is about zero
NEVER: Days = (float("nan"), float("nan"), float("nan"))
CANCELS = "what it gains and loses cancels out"
SUMMED = "comes and goes: summed over time"


@dataclass(frozen=True)
class Effect:
    """What a treatment makes of one read-out, from the first session (day 0) until 12 months or the end of the course.

    One of which next to nothing is left then has come and gone: it is followed as its sum over time.
    """

    name: str
    unit: str
    days: Array
    values: Array
    sessions: Array  # days
    untreated: float  # the read-out of untreated skin at the end
    scale: float  # of the read-out itself; what is far below it is noise

    @property
    def comes_and_goes(self) -> bool:
        """Whether it is followed as its sum."""
        return bool(abs(self.values[-1]) < LITTLE * np.abs(self.values).max())

    def lasting_days(self, values: Array | None = None) -> Days:
        """From which days on 10, 50 and 90 % of what there is at the end are there, and stay.

        `values` is the effect in another course on the same days, followed in the same way. NaN where it is about zero
        at the end: less than 1 % of this one, or of what it could be if nothing were lost again.
        """
        own, _ = self._followed(self.values)
        other, possible = self._followed(self.values if values is None else values)
        final = float(other[-1])
        if not abs(final) > max(LITTLE * possible, LITTLE * abs(float(own[-1])), NEGLIGIBLE * self.scale):
            return NEVER
        low, middle, high = (lasting_passage(self.days, other, share * final) for share in SHARES)
        return low, middle, high

    def at_the_end(self, values: Array) -> float:
        """What milestones are shares of."""
        return float(self._followed(values)[0][-1])

    def milestone(self) -> Milestone:
        """With days from which on the effect is there to stay, and when it was reached before."""
        remark, found = self._remark(), self.lasting_days()
        passing, final = self.comes_and_goes, self.at_the_end(self.values)
        unit = times_day(self.unit) if passing else self.unit
        relative = float("nan") if passing or not self.untreated else final / self.untreated
        horizon = float(self.days[-1])
        if remark:
            return Milestone(self.name, NEVER, final, unit, relative, horizon, remark)
        told = SUMMED if passing else self._reached_before(found)
        return Milestone(self.name, found, final, unit, relative, horizon, told)

    def _remark(self) -> str:
        """Why milestones cannot be told; empty when they can."""
        outputs, found = Outputs(self.days, self.sessions), self.lasting_days()
        if not np.abs(self.values).max() > NEGLIGIBLE * self.scale:
            return NO_EFFECT
        if np.isnan(found).any():
            return CANCELS
        if not (outputs.tell_sum() if self.comes_and_goes else all(map(outputs.know, found))):
            return TOO_COARSE
        return TOO_SHORT if outputs.end_too_soon(self.name, float(self.days[-1])) else ""

    def _followed(self, values: Array) -> tuple[Array, float]:
        """What is followed, and how large it could be if nothing of it were lost again."""
        if not self.comes_and_goes:
            return values, float(np.abs(values).max())
        return cumulated(self.days, values), float(cumulated(self.days, np.abs(values))[-1])

    def _reached_before(self, lasting: Days) -> str:
        """When the shares are reached for the first time, where that is not when they come to stay."""
        first = [first_passage(self.days, self.values, share * float(self.values[-1])) for share in SHARES]
        if np.allclose(first, lasting, rtol=1e-6, atol=1e-6):
            return ""
        return f"to stay; reached before, on {', '.join(map(day_text, first))}"


def effect_until_horizon(
    name: str, unit: str, days: Array, treated: Array, untreated: Array, sessions: Array
) -> Effect:
    """On days of the time axis, cut at the horizon; without a session the start is day 0."""
    start = float(sessions[0]) if sessions.size else float(days[0])
    horizon = min(start + YEAR, float(days[-1]))
    kept = np.unique(np.concatenate([days[(days >= start) & (days <= horizon)], [horizon]]))
    values, at_the_end = np.interp(kept, days, treated - untreated), float(np.interp(horizon, days, untreated))
    scale = float(np.abs(treated).max())
    return Effect(name, unit, kept - start, values, sessions - start, at_the_end, scale)


def lasting_passage(days: Array, values: Array, level: float) -> float:
    """The day from which on `values`, joined by straight lines, stay beyond `level` as seen from zero; NaN if never."""
    short = np.flatnonzero(np.sign(level) * values < abs(level))
    if level == 0 or (short.size and short[-1] + 1 == len(values)):
        return float("nan")
    if not short.size:
        return float(days[0])
    before, after = int(short[-1]), int(short[-1]) + 1
    share = (level - values[before]) / (values[after] - values[before])
    return float(days[before] + share * (days[after] - days[before]))


@dataclass(frozen=True)
class Reached:
    """When a share of the effect of a treatment is reached; the day is NaN where `remark` says why."""

    day: float  # since the first session
    effect: float  # at the horizon, in the unit of the variable
    horizon: float  # d
    remark: str


def reached(course: xr.Dataset, name: str, share: float) -> Reached:
    """The day from which on a course keeps `share` of its effect after 12 months, or at the end of a shorter course.

    Swelling that passes the same mark for a day or two does not count. What comes and goes has no such day: its effect
    is by then a small part of what it was. KeyError without a twin.
    """
    start = first_session(course)
    outputs = Outputs(np.asarray(course["time"].values, dtype=float) - start, session_days(course) - start)
    values = np.asarray(course.cx.effect(name).values, dtype=float)
    horizon = min(YEAR, float(outputs.days[-1]))
    final = float(np.interp(horizon, outputs.days, values))
    there = outputs.days <= horizon
    largest, day = (
        float(np.abs(values).max(initial=0.0)),
        lasting_passage(outputs.days[there], values[there], share * final),
    )
    remark = ""
    if not largest > NEGLIGIBLE * float(np.abs(course[name].values).max(initial=0.0)):
        remark = NO_EFFECT
    elif not outputs.know(horizon):
        remark = TOO_COARSE
    elif abs(final) < PASSED * largest:
        remark = GONE
    elif outputs.end_too_soon(name, horizon):
        remark = TOO_SHORT
    elif not outputs.tell(day):
        remark = TOO_COARSE
    return Reached(float("nan") if remark else day, final, horizon, remark)
