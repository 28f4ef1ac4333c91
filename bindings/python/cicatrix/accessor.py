"""The accessor `.cx` of a course: effects against the untreated twin, milestones and figures."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import xarray as xr

from cicatrix import milestones as clocks
from cicatrix._core import Group

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from cicatrix.explanation import Explanation
    from cicatrix.studies.pairs import PairedDifference

_register: Callable[[str], Any] = xr.register_dataset_accessor


@_register("cx")
class CourseAccessor:
    """What a course can answer beyond being a Dataset."""

    def __init__(self, course: xr.Dataset) -> None:
        self._course = course
        self.origin: Group | Path | None = None  # what `save` writes; None for a Dataset made from a course

    def effect(self, name: str, *, relative: bool = False) -> xr.DataArray:
        """What the treatment changes: treated minus untreated, in the unit of the variable.

        With `relative`, the same as a share of untreated skin, NaN where that is 0. Raises KeyError for a variable that
        has no untreated twin, AttributeError for a Dataset that has no twin at all.
        """
        twin = f"untreated_{name}"
        if name not in self._course or twin not in self._course:
            raise self._without_twin(name)
        treated, untreated = self._course[name], self._course[twin]
        difference: xr.DataArray = treated - untreated
        if relative:
            difference = difference / untreated.where(untreated != 0)
        difference.name = f"{name}_relative_effect" if relative else f"{name}_effect"
        # The formula is the one of the variable, not of a difference.
        told = f"effect of the treatment on {treated.attrs.get('long_name', name)}"
        difference.attrs = {
            **{key: value for key, value in treated.attrs.items() if key != "formula"},
            **({"units": "1"} if relative else {}),
            "long_name": f"{told}, as a share of untreated skin" if relative else told,
        }
        return difference

    def _without_twin(self, name: str) -> Exception:
        twins = [str(key) for key in self._course.data_vars if str(key).startswith("untreated_")]
        if not twins:
            return AttributeError(
                "this Dataset holds no untreated twin, so that it has no effect; read the result with cicatrix.open"
            )
        known = ", ".join(sorted(twin[len("untreated_") :] for twin in twins))
        return KeyError(f"{name!r} has no untreated twin in this Dataset; there is one for: {known}")

    def milestones(self) -> "pd.DataFrame":
        """Days after the first session on which 10, 50 and 90 % of the 12-month effect are reached.

        NaN where they cannot be told, and `remark` says why: the outputs round that day are further apart than half
        the time since the session before (a day at least, 35 days at most), there is no gain, or the course ends less
        than 3 months after its last session (for cross-linked collagen I). For inflammation, which comes and goes, the
        effect is its excess summed over the 12 months, which takes an output a day in the fortnight after each session.
        `effect` has the unit in `unit`, `relative` is its share of untreated skin; `horizon` is the day on which both
        were read, earlier than day 365.25 in a shorter course.
        """
        return clocks.milestone_table([clocks.milestone(self._course, name) for name in clocks.CLOCKS])

    def headline(self) -> str:
        """One sentence, made from the numbers, that says which clock is slow."""
        from cicatrix.headline import headline

        return headline(self._course)

    def explain(self, name: str, *, whose: str = "effect", members: int | None = None) -> "Explanation":
        """What each process makes of a read-out or state, day by day: `.text()`, `.table()`, `.plot()`.

        `whose` is treated, untreated, or effect: their difference. The course is run again from the scenario that it
        holds, to a tolerance of 1e-12 (depth 1e-11, channel 1e-10) or its own; in space means over the skin are
        explained. With `members` (20 or more) it is run so many times again, with each parameter anywhere in its
        range, and `.milestone_table()` says between which days 5 to 95 % of them come to 10, 50 and 90 % of the
        effect. Raises KeyError for another name, RefusedError for what is no course of needled skin.
        """
        from cicatrix.explanation import explain

        return explain(self._course, name, whose=whose, members=members)

    def table(self) -> "pd.DataFrame":
        """A row for each time of a course, member of a sweep (under each protocol), factor or protocol of a study."""
        from cicatrix.export import table_of

        return table_of(self._course)

    def grid(self, outcome: str, at: Mapping[str, Any] | None = None) -> xr.DataArray:
        """An outcome of a sweep over a grid, with the factors as dimensions; `at` chooses levels of some of them.

        Raises KeyError for an outcome, factor or level that there is not, ValueError for a sweep that is no grid.
        """
        from cicatrix.studies.factor_grid import grid

        return grid(self._course, outcome, at)

    def paired(self, outcome: str, *, first: str | None = None, second: str | None = None) -> "PairedDifference":
        """How much an outcome of a sweep differs between two protocols, patient by patient; see `cicatrix.paired`."""
        from cicatrix.studies.pairs import paired

        return paired(self._course, outcome, first=first, second=second)

    def plot(
        self,
        *names: str,
        members: xr.Dataset | None = None,
        until: float | None = None,
        over: Sequence[str] = (),
        at: Mapping[str, Any] | None = None,
    ) -> "Figure":
        """One panel for each named read-out, state or fact of the sessions; without names the three clocks.

        `"all"` draws everything that says something in this course; `readouts()` lists the names. `members` holds the
        same variables over a dimension `member`, drawn as a band; `until` ends the time axis, in days after the first
        session. Profiles become maps over time and depth, fields pictures of the channel, rings the closing pore, lines
        (the states of a published model in space) maps over time and position; each kind is drawn apart from the rest.
        Raises KeyError for a name that cannot be drawn, ValueError for names that cannot be drawn together.

        A sweep becomes a map of an outcome over two or three factors, `over` says which, `at` chooses levels of the
        others; or the differences between two protocols, patient by patient. Studies become bars and fronts.
        A notebook shows what is returned as a picture.
        """
        from cicatrix.notebook_figure import shown_in_notebooks

        return shown_in_notebooks(self._figure(names, members, until, over, at))

    def _figure(
        self,
        names: tuple[str, ...],
        members: xr.Dataset | None,
        until: float | None,
        over: Sequence[str],
        at: Mapping[str, Any] | None,
    ) -> "Figure":
        if "study" in self._course.attrs or "member" in self._course.dims:
            from cicatrix.studies.drawing import figure_of, is_drawn_here

            if is_drawn_here(self._course):
                return figure_of(self._course, *names, over=tuple(over), at=at)[0]
        from cicatrix.figures import three_clocks
        from cicatrix.position_figures import lines, space_time_figure
        from cicatrix.readout_figures import readout_figure
        from cicatrix.readouts import KINDS_IN_SPACE, chosen, kind_of

        if (along := lines(self._course)) and set(names) <= set(along):
            return space_time_figure(self._course, names)
        if not names:
            return three_clocks(self._course)
        kinds = {kind_of(self._course, name) for name in chosen(self._course, names)}
        if not kinds & {"line", *KINDS_IN_SPACE}:
            return readout_figure(self._course, names, members=members, until=until)
        if len(kinds) > 1:
            raise ValueError(f"{', '.join(sorted(kinds))} are drawn apart: call plot once for each kind")
        return self._plot_in_space(kinds.pop(), names, until)

    def _plot_in_space(self, kind: str, names: tuple[str, ...], until: float | None) -> "Figure":
        from cicatrix.depth_figures import depth_figure
        from cicatrix.pore_figures import closing_pore_figure
        from cicatrix.space_figures import channel_figure

        if kind == "profile":
            return depth_figure(self._course, names, until=until)
        return channel_figure(self._course, names) if kind == "field" else closing_pore_figure(self._course)

    def readouts(self) -> "pd.DataFrame":
        """What `plot` can draw: name, kind, unit, evidence grade and meaning."""
        from cicatrix.readouts import table

        return table(self._course)

    def __repr__(self) -> str:
        attributes = self._course.attrs
        days = np.atleast_1d(self._course["time"].values) if "time" in self._course else np.empty(0)
        lines = [f"<Cicatrix course: {attributes.get('title', 'without a title')}>"]
        lines.append(f"sessions    {clocks.session_days(self._course).size}")
        if days.size:
            lines.append(f"days        {days[0]:g} to {days[-1]:g}, {days.size} output times")
        lines.append(f"version     {attributes.get('version', 'unknown')} ({attributes.get('git_commit', 'unknown')})")
        lines.append(f"calibrated  {attributes.get('calibrated', 'unknown')}")
        return "\n".join(lines)
