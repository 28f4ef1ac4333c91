"""`cicatrix.slider`: one quantity over time at each level of one factor, to be slid through in a notebook."""

from base64 import b64encode
from collections.abc import Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import matplotlib
import xarray as xr

from cicatrix import _core
from cicatrix.course import run
from cicatrix.figures import time_label
from cicatrix.milestones import first_session
from cicatrix.notebook_figure import NotebookFigure
from cicatrix.readouts import kind_of, printed_unit, spoken
from cicatrix.sweeps.sweeping import Options, PathLike, read_sweep
from cicatrix.theme import PRINT, STYLE, dress, in_order, small_print
from cicatrix.told_errors import UnknownNameError, UnusableError

if TYPE_CHECKING:
    from ipywidgets import VBox

LINES = ("read-out", "state")  # what is a number over time


def slider(sweep: "PathLike | _core.Sweep", name: str) -> "Slider":
    """A read-out or state of each member of a sweep in which one factor has levels.

    A notebook shows a slider where ipywidgets is installed, and all levels in one picture where it is not, or where the
    notebook is only read. Raises ValueError for a sweep with other factors, KeyError for what is no line over time.
    """
    planned = read_sweep(sweep, Options())
    levels = _levels(planned)
    texts = (planned.member_scenario(member) for member in range(planned.members))
    courses = [run(_core.parse_scenario(text)) for text in texts]
    if kind_of(courses[0], name) not in LINES:
        raise UnknownNameError(f"{name!r} is no read-out or state over time; `cicatrix list readouts` names them")
    return Slider(name, spoken(planned.factors[0].name.rpartition(".")[2]), levels, courses)


def _levels(planned: "_core.Sweep") -> list[str]:
    """What each member is called."""
    factors = planned.factors
    if len(factors) != 1 or factors[0].levels is None or len(planned.arms) > 1:
        told = ", ".join(factor.name for factor in factors) or "nothing"
        raise UnusableError(f"a slider goes through the levels of one factor under one protocol; here vary: {told}")
    (factor,) = factors
    unit = printed_unit(factor.unit)
    values = planned.design(0, planned.members)[:, 0]
    if factor.choices:
        return [factor.choices[int(value)] for value in values]
    return [f"{value:.6g} {unit}".strip() for value in values]


class Slider:
    """Curves of one quantity, a level of the factor each."""

    def __init__(self, name: str, factor: str, levels: Sequence[str], courses: Sequence[xr.Dataset]) -> None:
        self.name, self.factor, self.levels, self.courses = name, factor, list(levels), list(courses)

    def figure(self, level: str | None = None) -> NotebookFigure:
        """All levels; with `level`, that one before the others. Raises KeyError for a level that there is not."""
        if level is not None and level not in self.levels:
            raise UnknownNameError(f"{self.factor} has no level {level!r}; it has: {', '.join(self.levels)}")
        colours = in_order(len(self.levels))
        with matplotlib.rc_context(STYLE):
            figure = NotebookFigure(figsize=(7.4, 3.4), facecolor=PRINT.page)
            axes = figure.subplots()
            figure.subplots_adjust(left=0.09, right=0.78, top=0.88, bottom=0.2)
            dress(axes, PRINT)
            for place, (told, course) in enumerate(zip(self.levels, self.courses, strict=True)):
                days = course["time"].values - first_session(course)
                pale = level is not None and told != level
                colour = PRINT.line if pale else colours[place]
                order = 2 if pale else 3
                axes.plot(days, course[self.name].values, color=colour, label=told, linewidth=1.8, zorder=order)
            unit = printed_unit(str(self.courses[0][self.name].attrs.get("units", "1")))
            title = f"{spoken(self.name)} ({unit})" if unit else spoken(self.name)
            axes.set_title(title, loc="left", size=9.5, weight="bold", color=PRINT.ink)
            axes.set_xlabel(f"{time_label(self.courses[0])} (days)", color=PRINT.quiet)
            where: dict[str, Any] = {"loc": "upper left", "bbox_to_anchor": (1.01, 1.03), "frameon": False}
            axes.legend(title=self.factor, labelcolor=PRINT.ink, **where)
            small_print(figure, self.courses[0], PRINT)
            figure.draw_without_rendering()
        return figure

    def widget(self) -> "VBox":
        """The slider over the picture of its level. Raises ImportError without ipywidgets."""
        import ipywidgets

        chosen = ipywidgets.SelectionSlider(options=self.levels, description=self.factor, continuous_update=False)
        picture = ipywidgets.Image(value=self.figure(self.levels[0])._repr_png_(), format="png")

        def show(change: dict[str, Any]) -> None:
            picture.value = self.figure(change["new"])._repr_png_()

        chosen.observe(show, names="value")
        return ipywidgets.VBox([chosen, picture])

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        # Both: what is stored with a notebook has nobody behind it that could move a slider.
        picture = b64encode(self.figure()._repr_png_()).decode()
        widget: dict[str, Any] = self.widget()._repr_mimebundle_() if find_spec("ipywidgets") else {}
        return {**widget, "text/plain": repr(self), "image/png": picture}

    def __repr__(self) -> str:
        return f"<{spoken(self.name)} at {len(self.levels)} levels of {self.factor}: {', '.join(self.levels)}>"
