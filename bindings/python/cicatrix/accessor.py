"""The accessor `.cx` of a course: effects against the untreated twin, milestones and figures."""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import xarray as xr

from cicatrix import milestones as clocks
from cicatrix._core import Group
from cicatrix.offered_calls import offered, require_course, require_days, require_sweep
from cicatrix.readouts import near_names
from cicatrix.told_errors import MissingPartError, UnknownNameError

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from cicatrix.explanation import Explanation
    from cicatrix.studies.pairs import PairedDifference

PathLike: TypeAlias = str | os.PathLike[str]
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
        require_course(self._course, "effect")
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
            return MissingPartError(
                "this Dataset holds no untreated twin, so that it has no effect; read the result with cicatrix.open"
            )
        near = near_names(name, [twin.removeprefix("untreated_") for twin in twins])
        told = f"{name!r} has no untreated twin in this Dataset: {near}"
        return UnknownNameError(f"{told}`course.cx.readouts()` lists read-outs and states, which have one")

    def milestones(self) -> "pd.DataFrame":
        """Days after the first session on which 10, 50 and 90 % of the 12-month effect are reached.

        NaN where they cannot be told, and `remark` says why: the outputs round that day are further apart than half
        the time since the session before (a day at least, 35 days at most), there is no gain, or the course ends less
        than 3 months after its last session (for cross-linked collagen I). For inflammation, which comes and goes, the
        effect is its excess summed over the 12 months, which takes an output a day in the fortnight after each session.
        `effect` has the unit in `unit`, `relative` is its share of untreated skin; `horizon` is the day on which both
        were read, earlier than day 365.25 in a shorter course.
        """
        require_course(self._course, "milestones")
        return clocks.milestone_table([clocks.milestone(self._course, name) for name in clocks.CLOCKS])

    def headline(self) -> str:
        """One sentence, made from the numbers, that says which clock is slow."""
        from cicatrix.headline import headline

        require_course(self._course, "headline")
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
        A notebook shows what is returned as a picture; its `get_label()` says in words what it shows.
        """
        from cicatrix.notebook_figure import shown_in_notebooks
        from cicatrix.result_figures import figure_of_result

        return shown_in_notebooks(
            *figure_of_result(self._course, names, members=members, until=until, over=over, at=at)
        )

    def section(self, *days: float, untreated: bool = False) -> "Figure":
        """A cross-section of the skin on each of these days after the first session, side by side.

        Without days 3, 30 and 180. Layers and channels are true to scale; fibres, cells and vessels are as many as the
        states say, in the proportions that the legend tells. With `untreated` the untreated twin stands below. Raises
        ValueError for a day that the course does not reach or its outputs do not tell, and for what is no course of
        needled skin.
        """
        from cicatrix.notebook_figure import shown_in_notebooks
        from cicatrix.section_figure import DAYS, section_figure, section_words

        require_course(self._course, "section")
        require_days(days)
        figure = section_figure(self._course, days or DAYS, untreated=untreated)
        return shown_in_notebooks(figure, section_words(self._course, days or DAYS, untreated=untreated))

    def against(self, other: "xr.Dataset | PathLike", name: str = "wrinkle_depth") -> "Figure":
        """This course (A) and another (B) on one time axis, a read-out or state of both, and their difference below.

        The other is a course, a result file, or a scenario, also a shipped one by its name, which is run for it.
        A sentence says from which day on each keeps 80 % of its effect after 12 months or at its end. Raises KeyError
        for a name that one of them does not hold over time, ValueError for different units.
        """
        from cicatrix.against import against, against_words
        from cicatrix.against_figure import against_figure
        from cicatrix.notebook_figure import shown_in_notebooks

        require_course(self._course, "against")
        second = _course_of(other)
        words = against_words(against(self._course, second, name))
        return shown_in_notebooks(against_figure(self._course, second, name), words)

    def bands(self, quantity: str = "") -> "Figure":
        """A quantity of a sweep over time, such as "wrinkle_depth effect": median, bands, and some single members.

        It takes outcomes of that quantity on three days or more, "wrinkle_depth effect at 30 days" and so on; without a
        name the first such quantity is drawn. Raises ValueError where there is none, KeyError for another name.
        """
        from cicatrix.notebook_figure import shown_in_notebooks
        from cicatrix.studies.bands_figure import bands_figure, bands_words

        require_sweep(self._course, "bands")
        return shown_in_notebooks(bands_figure(self._course, quantity), bands_words(self._course, quantity))

    def readouts(self) -> "pd.DataFrame":
        """What `plot` can draw: name, kind, unit, evidence grade and meaning."""
        from cicatrix.readouts import table

        return table(self._course)

    def __dir__(self) -> list[str]:
        """The methods for this kind of Dataset, and nothing of what they are made of: this is what Tab offers."""
        return sorted(offered(self._course))

    def __repr__(self) -> str:
        from cicatrix.overview import overview_of
        from cicatrix.overview_page import overview_text

        return overview_text(overview_of(self._course))

    def _repr_html_(self) -> str:
        from cicatrix.overview import overview_of
        from cicatrix.overview_page import overview_html

        return overview_html(overview_of(self._course))


def _course_of(other: "xr.Dataset | PathLike") -> xr.Dataset:
    """A course that is compared: the one given, that of a result file, or that of a scenario, which is run."""
    from cicatrix.course import open_course, run
    from cicatrix.scenario_files import require_scenario
    from cicatrix.storage import is_result

    if isinstance(other, xr.Dataset):
        require_course(other, "against")
        return other
    require_scenario(other, "another course, the name of a result file")
    return open_course(other, "against") if Path(other).is_file() and is_result(other) else run(other)
