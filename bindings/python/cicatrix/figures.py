"""The three-clock figure: inflammation in days, new matrix in weeks, maturation in months, on one time axis."""

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

import matplotlib
import numpy as np
import xarray as xr
from matplotlib.figure import Figure

from cicatrix.headline import headline
from cicatrix.labels import Labels
from cicatrix.milestones import SHARES, Array, day_text, effect_text, first_session, milestone, session_days
from cicatrix.published import is_published, time_words
from cicatrix.theme import DOTTED, PRINT, STYLE, Palette, dress, small_print
from cicatrix.timescale import use_even_time, use_stretched_time

if TYPE_CHECKING:
    from matplotlib.axes import Axes


ABOVE = (1, 2, 8, 10, 11)  # of the places for labels: those over the point


@dataclass(frozen=True)
class Clock:
    """One panel: what it shows with treatment, and without any session."""

    name: str
    title: str
    title_of_ageing: str
    relative: bool


PANELS = (
    Clock(
        "inflammation",
        "Inflammation: neutrophils and inflammatory macrophages per mm³",
        "Inflammation: neutrophils and inflammatory macrophages per mm³",
        False,
    ),
    Clock(
        "collagen_total",
        "New matrix: total collagen, gain in % of untreated skin",
        "Matrix: total collagen, change in % of the start",
        True,
    ),
    Clock(
        "collagen_i_mature",
        "Maturation: cross-linked collagen I, gain in % of untreated skin",
        "Maturation: cross-linked collagen I, change in % of the start",
        True,
    ),
)


def three_clocks(course: xr.Dataset, *, palette: Palette = PRINT, with_headline: bool = True) -> Figure:
    """Draws a course; the figure belongs to no window and changes no setting of matplotlib.

    Without any session the panels show how untreated skin changes, because there is no effect to show.
    """
    lines = textwrap.wrap(headline(course), 82) if with_headline else []
    height = 5.9 + 0.22 * len(lines)
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(7.4, height), facecolor=palette.page)
        panels = figure.subplots(3, 1, sharex=True)
        top = 1.0 - (0.38 + 0.22 * len(lines)) / height
        figure.subplots_adjust(left=0.08, right=0.965, top=top, bottom=0.5 / height, hspace=0.34)
        figure.text(0.012, 0.985, "\n".join(lines), va="top", size=11, weight="bold", color=palette.ink)
        for axes, clock in zip(panels, PANELS, strict=True):
            _draw_clock(axes, course, clock, palette)
        panels[-1].set_xlabel(time_label(course), color=palette.quiet)
        if sessions := session_days(course).size:
            told = "dotted line: session" if sessions == 1 else "dotted lines: sessions"
            figure.text(0.965, 0.012, told, ha="right", va="bottom", size=8.5, color=palette.quiet)
        small_print(figure, course, palette, course[PANELS[1].name].attrs.get("evidence_grade", ""))
        figure.draw_without_rendering()  # makes the marks of the axes while the settings are ours
    return figure


def alternative_text(course: xr.Dataset) -> str:
    """What the figure shows, in words, for those who cannot see it."""
    if not session_days(course).size:
        return f"Three curves over an even time axis. {headline(course)}"
    parts = ["Three curves over one time axis, days at the left and months at the right."]
    for clock in PANELS:
        row = milestone(course, clock.name)
        told = ", ".join(f"{100 * share:.0f} % at {day_text(day)}" for share, day in zip(SHARES, row.days, strict=True))
        told = row.remark or told
        parts.append(f"{clock.title.split(':')[0]}: {told}.")
    return " ".join([*parts, headline(course)])


def time_label(course: xr.Dataset) -> str:
    """What the time axis counts from; of a published model its unit."""
    if is_published(course):
        return time_words(course)
    return "time since the first session" if session_days(course).size else "time since the start"


def _draw_clock(axes: "Axes", course: xr.Dataset, clock: Clock, palette: Palette) -> None:
    start, colour = first_session(course), palette.of(clock.name)
    days = np.asarray(course["time"].values, dtype=float) - start
    sessions = session_days(course) - start
    values = shown_values(course, clock)
    dress(axes, palette)
    if sessions.size:
        use_stretched_time(axes, float(days[-1]))
    else:
        use_even_time(axes, float(days[-1]))
    axes.set_ylim(*clock_limits(values))
    axes.locator_params(axis="y", nbins=5)
    for day in sessions:
        axes.axvline(day, color=palette.quiet, linewidth=0.8, linestyle=DOTTED, zorder=1)
    axes.plot(days, values, color=colour, linewidth=2.0, zorder=3, solid_capstyle="round")
    axes.set_title(
        clock.title if sessions.size else clock.title_of_ageing,
        loc="left",
        size=9.5,
        weight="bold",
        color=colour,
        pad=6,
    )
    _label_milestones(axes, course, clock, palette)


def shown_values(course: xr.Dataset, clock: Clock) -> Array:
    """What the panel of a clock shows at each time: the effect, or without any session the change since the start."""
    if not session_days(course).size:
        values = np.asarray(course[clock.name].values, dtype=float)
        return 100.0 * (values / values[0] - 1.0) if clock.relative else values
    effect = np.asarray(course.cx.effect(clock.name, relative=clock.relative).values, dtype=float)
    return 100.0 * effect if clock.relative else effect


def clock_limits(values: Array) -> tuple[float, float]:
    """Ends of an axis that keep the curve, the line of zero and the labels inside."""
    finite = values[np.isfinite(values)]
    low, high = float(np.min(finite, initial=0.0)), float(np.max(finite, initial=0.0))
    span = high - low if high - low > 1e-9 else 1.0
    return low - 0.08 * span, low + 1.16 * span


def _label_milestones(axes: "Axes", course: xr.Dataset, clock: Clock, palette: Palette) -> None:
    """A dot with a label at each milestone, a band from the first to the last, a diamond at what they refer to."""
    labels = Labels(axes, size=8.5, colour=palette.ink, page=palette.page)
    row, colour = milestone(course, clock.name), palette.of(clock.name)
    days, values = np.asarray(course["time"].values) - first_session(course), shown_values(course, clock)
    labels.avoid_curve(days, values)
    for day in session_days(course) - first_session(course):
        labels.avoid_line(float(day))
    if not session_days(course).size or row.remark:
        return
    axes.axvspan(row.days[0], row.days[2], facecolor=colour, alpha=0.13, linewidth=0, zorder=0.5)
    heights = np.interp(row.days, days, values)
    axes.plot(row.days, heights, "o", color=colour, markersize=5.5, markeredgecolor=palette.page, zorder=5)
    places = ABOVE if clock is PANELS[0] else ()
    for share, day, height in zip(SHARES, row.days, heights, strict=True):
        labels.add(f"{100 * share:.0f} %: {day_text(day)}", (day, float(height)), places=places)
    if clock.relative:
        end = float(np.interp(row.horizon, days, values))
        axes.plot([row.horizon], [end], "D", color=colour, markersize=5, zorder=5)
        labels.add(f"100 %: {effect_text(row)}", (row.horizon, end), places=(4, 5))
