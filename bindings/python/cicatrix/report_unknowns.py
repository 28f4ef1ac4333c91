"""What the parameters' ranges leave open: a course run again with all of them drawn at random, for its report."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import matplotlib
import numpy as np
import xarray as xr
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from cicatrix.course import status_fault
from cicatrix.figures import time_label
from cicatrix.hover_charts import Axis, Chart, Series
from cicatrix.member_sweep import FEWEST, kept_text, run_members
from cicatrix.milestones import Array, day_text, first_session, session_days
from cicatrix.outcome import Exit, RefusedError
from cicatrix.percent import share_text
from cicatrix.readout_curves import limits_of
from cicatrix.readouts import printed_unit, spoken
from cicatrix.report_evidence import amount_text
from cicatrix.report_page import prose, table
from cicatrix.svg import MARKS
from cicatrix.theme import STYLE, Palette, dress, small_print
from cicatrix.timescale import BEND, marks_up_to, use_stretched_time

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FOLLOWED = ("wrinkle_depth", "collagen_total")
# Days after the first session on which the members are looked at, as far as the course lasts, and its end.
DAYS = (0.5, 1, 2, 3, 5, 7, 10, 14, 21, 28, 42, 60, 90, 120, 150, 182.625, 273.9375, 365.25, 547.875, 730.5, 1095.75)
SHARES = (0.05, 0.25, 0.5, 0.75, 0.95)
WIDTH, PANEL, TOP, FOOT = 7.4, 2.4, 0.6, 0.55  # inches
WIDE, NARROW = 0.13, 0.25  # opacity


@dataclass(frozen=True)
class Spread:
    """The effect on one quantity."""

    name: str
    unit: str
    own: Array  # of the course itself, on each day
    quantiles: Array  # (shares, days), over the members
    share: float  # of the members whose effect at the end has the sign of the course's own


@dataclass(frozen=True)
class Unknowns:
    """What the members do on some days."""

    course: xr.Dataset
    days: Array  # after the first session
    members: int
    failed: int
    varied: int  # parameters
    kept: list[str]  # parameters that the scenario sets, which stay as they are
    spreads: list[Spread]


def unknowns(course: xr.Dataset, members: int) -> Unknowns:
    """Runs the course with its parameters drawn over their ranges, but for those that its scenario sets.

    Raises RefusedError for a course that is in space, was not treated or failed, and for too few members.
    """
    _refuse(course, members)
    start, end = first_session(course), float(course["time"].values[-1])
    last = end - start
    days = np.array([*(day for day in DAYS if day < last - 1e-6), last])
    text, file = (str(course.attrs.get(name, "")) for name in ("scenario_toml", "scenario_file"))
    there = np.minimum(start + days, end)  # which rounding may pass by the last bit
    ran = run_members(text, file or "scenario of the result", FOLLOWED, there, members)
    spreads = [_spread(course, name, days, ran.effects[:, i]) for i, name in enumerate(FOLLOWED)]
    return Unknowns(course, days, members, ran.failed, ran.varied, ran.kept, spreads)


def _refuse(course: xr.Dataset, members: int) -> None:
    told = ""
    if status_fault(course) or not session_days(course).size or not str(course.attrs.get("scenario_toml", "")):
        told = "--members takes a course with a session that reached its end"
    elif {"depth", "radius"} & set(course.dims):
        told = '--members takes a course with the fidelity "lumped": a sweep of this one takes too long'
    elif members < FEWEST:
        told = f"--members {members}: a band takes {FEWEST} members or more"
    if told:
        raise RefusedError(Exit.USAGE, told)


def _spread(course: xr.Dataset, name: str, days: Array, values: Array) -> Spread:
    effect = course.cx.effect(name)
    times = np.asarray(course["time"].values, dtype=float) - first_session(course)
    own = np.interp(days, times, np.asarray(effect.values, dtype=float))
    known = values[np.isfinite(values).all(axis=1)]
    unit = printed_unit(str(effect.attrs.get("units", "1")))
    if not known.size:
        return Spread(name, unit, own, np.full((len(SHARES), days.size), np.nan), float("nan"))
    share = float(np.mean(np.sign(known[:, -1]) == np.sign(own[-1])))
    return Spread(name, unit, own, np.quantile(known, SHARES, axis=0), share)


def unknowns_text(found: Unknowns) -> str:
    """How the band was made, and a table of the end of the course."""
    told = (
        f"{found.members} members are this course with {found.varied} parameters drawn at once, each evenly over its "
        "range of plausible values and without regard to the others. The bands say how far the result could move if "
        "the assumed numbers lay elsewhere in their ranges. They are no forecast: no combination was held against data."
    )
    told += f" {kept[:1].upper()}{kept[1:]}." if (kept := kept_text(found.kept)) else ""
    told += f" {found.failed} members failed and are left out." if found.failed else ""
    heads = ["effect", "unit", "this course", "5 %", "25 %", "median", "75 %", "95 %", "same direction"]
    rows = [_row(each) for each in found.spreads]
    return f"{prose(told)}\n{table(heads, rows, f'What is left open at the end, {day_text(float(found.days[-1]))}.')}"


def _row(spread: Spread) -> list[str]:
    numbers = [float(spread.own[-1]), *(float(value) for value in spread.quantiles[:, -1])]
    scale = max(abs(number) for number in numbers if np.isfinite(number))
    cells = [amount_text(number, scale) for number in numbers]
    return [spoken(spread.name), spread.unit, *cells, share_text(spread.share)]


def unknowns_figure(found: Unknowns, *, palette: Palette) -> Figure:
    """The course's own effect, and the middle half and nine tenths of the members."""
    height = TOP + PANEL * len(found.spreads) + FOOT
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, height), facecolor=palette.page)
        panels = figure.subplots(len(found.spreads), 1, squeeze=False)
        figure.subplots_adjust(left=0.1, right=0.97, top=1 - TOP / height, bottom=FOOT / height, hspace=0.42)
        for axes, spread in zip(panels.flat, found.spreads, strict=True):
            _draw(axes, found, spread, palette)
        panels.flat[-1].set_xlabel(time_label(found.course), size=9, color=palette.quiet)
        colour = palette.collagen_total
        handles: list[Line2D | Patch] = [
            Line2D([], [], color=palette.ink, linewidth=1.8, label="this course"),
            Line2D([], [], color=colour, linewidth=1.3, label="median"),
            Patch(facecolor=colour, alpha=2 * NARROW, label="middle half"),
            Patch(facecolor=colour, alpha=WIDE, label="5 to 95 % of the members"),
        ]
        looks = {"frameon": False, "fontsize": 8.5, "labelcolor": palette.ink, "ncols": 4}
        figure.legend(handles=handles, loc="upper left", bbox_to_anchor=(0.0, 1.0), **looks)
        small_print(figure, found.course, palette)
        figure.draw_without_rendering()  # makes the marks of the axes while the settings are ours
    return figure


def _draw(axes: "Axes", found: Unknowns, spread: Spread, palette: Palette) -> None:
    dress(axes, palette)
    use_stretched_time(axes, float(found.days[-1]))
    colour, (low, lower, middle, upper, high) = palette.collagen_total, spread.quantiles
    axes.fill_between(found.days, low, high, facecolor=colour, alpha=WIDE, linewidth=0, zorder=2)
    axes.fill_between(found.days, lower, upper, facecolor=colour, alpha=NARROW, linewidth=0, zorder=2)
    axes.plot(found.days, middle, color=colour, linewidth=1.3, zorder=3)
    axes.plot(found.days, spread.own, color=palette.ink, linewidth=1.8, zorder=4)
    axes.set_ylim(*_limits(spread))
    axes.locator_params(axis="y", nbins=5)
    axes.set_title(_title(spread), loc="left", size=9.5, weight="bold", color=palette.ink, pad=6)


def _title(spread: Spread) -> str:
    unit = f" ({spread.unit})" if spread.unit else ""
    return f"{spoken(spread.name)}: what is left open of the effect{unit}"


def _limits(spread: Spread) -> tuple[float, float]:
    return limits_of([spread.own, *spread.quantiles])


def unknowns_charts(found: Unknowns) -> Iterator[Chart]:
    """The same for a screen."""
    last = float(found.days[-1])
    words = [day_text(float(day)) for day in found.days]
    axis = Axis(time_label(found.course), found.days, words, (0.0, last), marks_up_to(last), BEND)
    sessions = session_days(found.course) - first_session(found.course)
    for spread in found.spreads:
        low, lower, middle, upper, high = spread.quantiles
        edges = (("5 %", low), ("25 %", lower), ("75 %", upper), ("95 %", high))
        own = [Series("this course", spread.own, MARKS.ink), Series("median", middle, MARKS.collagen_total)]
        yield Chart(
            title=_title(spread),
            unit=spread.unit,
            told=f"{found.members} members, {found.varied} parameters drawn over their ranges",
            axis=axis,
            series=[*own, *(Series(told, values, MARKS.collagen_total, kind="thin") for told, values in edges)],
            ends=_limits(spread),
            upright=sessions.tolist(),
            bands=((5, 2), (4, 3)),
        )


def unknowns_words(found: Unknowns) -> str:
    """What the figure shows, in words, for those who cannot see it."""
    told = []
    for spread in found.spreads:
        low, *_, high = (f"{value:.3g}" for value in spread.quantiles[:, -1])
        unit = f" {spread.unit}" if spread.unit else ""
        ends = f"nine tenths of the members from {low} to {high}{unit}"
        told.append(f"{spoken(spread.name)}, effect at the end: {spread.own[-1]:.3g}{unit} in this course, {ends}.")
    return " ".join(told)
