"""Why a read-out changes: what each process has made of it, treated, untreated, and of the effect, until each day."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import xarray as xr

from cicatrix import _core
from cicatrix.explained_members import MemberMilestones, member_milestones, require_members
from cicatrix.lasting_milestones import Effect, effect_until_horizon
from cicatrix.milestones import (
    CLOCKS,
    MONTH,
    YEAR,
    Array,
    Milestone,
    first_session,
    milestone,
    milestone_table,
    session_days,
)
from cicatrix.outcome import Exit, RefusedError
from cicatrix.readouts import near_names
from cicatrix.told_errors import UnknownNameError, UnusableError

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

WHOSE = ("effect", "treated", "untreated")
SMALL = 1e-6  # of its size; a range below it counts as that much, because rounding is all there is
NEAR = 1e-9  # d
MOST_MONTHS = 36  # of a course that is told by months


@dataclass(frozen=True)
class Explanation:
    """What the processes have made of one quantity; days count as on the time axis of the course."""

    name: str
    unit: str
    whose: str  # effect: treated less untreated
    days: Array
    values: Array  # change since day 0, before any session
    processes: list[str]  # those that do anything, the strongest first
    changes: Array  # of each process on each day; they add up to the values
    closure: Array  # what is left of the sum on each day, as a share of the range of the quantity
    period: str  # month, or year for courses of more than three years
    ends: Array  # days on which periods end, counted from the first session; the last is the end of the course
    states: list[str]  # that the quantity reads by itself
    time_constants: Array  # d, of each of the states at the end of each period: 1 / |d rate / d state|
    course: xr.Dataset
    effect: Effect | None = None  # that milestones are told of; only where an effect is explained
    members: MemberMilestones | None = None  # only where they were asked for

    def at(self, days: Array) -> Array:
        """What each process has made of the quantity until each of some days of the explanation."""
        return self.changes[:, np.searchsorted(self.days, days - NEAR)]

    def by_period(self) -> Array:
        """What each process makes of the quantity in each period; the first begins on day 0."""
        until = np.concatenate([np.zeros((len(self.processes), 1)), self.at(self.ends)], axis=1)
        found: Array = np.diff(until, axis=1)
        return found

    def table(self) -> "pd.DataFrame":
        """What each process makes of the quantity in each month (or year), in its unit; the last row is their sum."""
        import pandas as pd

        changes = self.by_period()
        rows = np.vstack([changes, changes.sum(axis=0)])
        columns = pd.Index(range(1, len(self.ends) + 1), name=self.period)
        return pd.DataFrame(rows, index=pd.Index([*self.processes, "all"], name="process"), columns=columns)

    def time_constant_table(self) -> "pd.DataFrame":
        """In how many days each state that is read follows what drives it, at the end of each period."""
        import pandas as pd

        columns = pd.Index(range(1, len(self.ends) + 1), name=self.period)
        return pd.DataFrame(self.time_constants, index=pd.Index(self.states, name="state"), columns=columns)

    def milestones(self) -> list[Milestone]:
        """Of the effect itself, then of the three clocks that it is not; none of treated or untreated skin alone."""
        if self.effect is None:
            return []
        clocks = [milestone(self.course, name) for name in CLOCKS if name != self.name]
        return [self.effect.milestone(), *clocks]

    def milestone_table(self) -> "pd.DataFrame":
        """A row for the effect itself and for each clock, as `.cx.milestones()` has them.

        Of the effect they are the days from which on its shares are there to stay; with members also between which days
        5 to 95 % of them have theirs, such as `day50_low` and `day50_high`.
        """
        table = milestone_table(self.milestones())
        if self.members:
            for share, ends in zip(("day10", "day50", "day90"), self.members.intervals, strict=True):
                for side, day in zip(("low", "high"), ends, strict=True):
                    table[f"{share}_{side}"] = [day, *[float("nan")] * (len(table) - 1)]
        return table

    def text(self) -> str:
        """A sentence for each month, the table of processes and months, time constants and milestones."""
        from cicatrix.explanation_text import explanation_text

        return explanation_text(self)

    def told(self) -> dict[str, Any]:
        """All of it for other programs."""
        from cicatrix.explanation_text import explanation_told

        return explanation_told(self)

    def plot(self) -> "Figure":
        """Stacked bars of what the processes have made of the quantity until each period, and the sum as a line."""
        from cicatrix.explanation_figure import explanation_figure
        from cicatrix.explanation_text import figure_words
        from cicatrix.notebook_figure import shown_in_notebooks

        return shown_in_notebooks(explanation_figure(self), figure_words(self))

    def __repr__(self) -> str:
        closed = f"closes to {self.closure.max():.1g} of its range"
        told = f"<Explanation of {self.name}, {self.whose}: {len(self.processes)} processes, {closed}>"
        return f"{told}\n.text() says what each does, .table() in numbers, .plot() as a picture"

    def _repr_html_(self) -> str:
        from cicatrix.explanation_text import explanation_overview
        from cicatrix.overview_page import overview_html

        return overview_html(explanation_overview(self))


def explain(course: xr.Dataset, name: str, *, whose: str = "effect", members: int | None = None) -> Explanation:
    """Runs the course again from the scenario that it holds and follows each process along it; see `.cx.explain`."""
    if whose not in WHOSE:
        raise UnusableError(f"whose is one of {', '.join(WHOSE)}, not {whose!r}")
    if members is not None:
        require_members(members, whose)
    scenario = _scenario(course)
    units = _units()
    if name not in units:
        told = "read-outs and states can, and `cicatrix list readouts` and `cicatrix list states` show them"
        raise UnknownNameError(f"{name!r} cannot be explained: {near_names(name, list(units))}{told}")
    times = np.asarray(course["time"].values, dtype=float)
    start, end = first_session(course), float(times[-1])
    period = "month" if end - start <= MOST_MONTHS * MONTH + 1.0 else "year"
    ends = _ends_of_periods(start, end, MONTH if period == "month" else YEAR)
    days = np.unique(np.concatenate([times, ends]))
    found = _core.explain(scenario, [name], days.tolist())
    explained = _explanation(course, name, whose, days, (period, ends), found)
    if members is None or explained.effect is None:
        return explained
    return replace(explained, members=member_milestones(scenario, explained.effect, (start, end), members))


def _explanation(
    course: xr.Dataset, name: str, whose: str, days: Array, periods: tuple[str, Array], found: _core.Explanation
) -> Explanation:
    period, ends = periods
    treated, untreated = found.treated[0], found.untreated[0]
    values = {"treated": treated.values - treated.start, "untreated": untreated.values - untreated.start}
    changes = {"treated": treated.changes, "untreated": untreated.changes}
    values["effect"] = values["treated"] - values["untreated"]
    changes["effect"] = changes["treated"] - changes["untreated"]
    sizes = [SMALL * float(np.abs(budget.values).max()) for budget in (treated, untreated)]
    size = max(treated.range, untreated.range, *sizes)
    left = np.abs(changes[whose].sum(axis=0) - values[whose])
    strength = np.abs(changes[whose]).max(axis=1)
    order = [int(i) for i in np.argsort(-strength, kind="stable") if strength[i] > 1e-12 * size]
    states = _core.states("microneedling")
    reads = found.reads[0]
    unit = str(course[name].attrs.get("units", "1")) if name in course else _units()[name]
    shown = np.isin(days, course["time"].values)  # as the clocks read theirs
    effect = effect_until_horizon(
        name, unit, days[shown], treated.values[shown], untreated.values[shown], session_days(course)
    )
    return Explanation(
        name=name,
        unit=unit,
        whose=whose,
        days=days,
        values=values[whose],
        processes=[found.processes[i] for i in order],
        changes=changes[whose][order],
        closure=left / size if size > 0 else left,
        period=period,
        ends=ends,
        states=[states[i].name for i in reads],
        time_constants=found.time_constants[reads][:, np.searchsorted(days, ends - NEAR)],
        course=course,
        effect=effect if whose == "effect" else None,
    )


def _units() -> dict[str, str]:
    """The unit of everything that can be explained, by name."""
    readouts = {row.name: row.unit for row in _core.readouts()}
    return readouts | {row.name: row.unit for row in _core.states("microneedling")}


def _ends_of_periods(start: float, end: float, length: float) -> Array:
    """The last part of a period counts as one when it is more than a day long."""
    count = max(int((end - start + NEAR) / length), 0)
    ends: Array = start + length * np.arange(1.0, count + 1.0)
    ends = ends[ends <= end]
    return np.append(ends, end) if not ends.size or end - ends[-1] > 1.0 else ends


def _scenario(course: xr.Dataset) -> _core.Scenario:
    """The scenario of a course that can be explained; RefusedError says why another cannot."""
    text = str(course.attrs.get("scenario_toml", ""))
    if not text:
        raise RefusedError(Exit.BAD_INPUT, "this Dataset holds no scenario to run again; explain a result or a course")
    if "member" in course.dims or "study" in course.attrs:
        told = "this is a sweep or a study, and one course is explained; `cicatrix run DIR --member N` makes one of it"
        raise RefusedError(Exit.BAD_INPUT, told)
    scenario = _core.parse_scenario(text, str(course.attrs.get("scenario_file", "")) or "scenario of the result")
    if not scenario.is_course:
        raise RefusedError(Exit.BAD_INPUT, f"{scenario.model}: a published model has no read-outs to explain")
    return scenario
