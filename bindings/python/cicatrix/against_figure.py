"""Two courses on one time axis with their sessions and twins, and below them the difference as an area."""

import textwrap
from typing import TYPE_CHECKING, Any

import matplotlib
import numpy as np
import xarray as xr
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from cicatrix.against import Against, Side, against, reached_text
from cicatrix.labels import Labels
from cicatrix.milestones import Array, day_text
from cicatrix.theme import BLUE, DASHED, INDIGO, PRINT, STYLE, VERMILLION, Palette, dress, small_print
from cicatrix.timescale import use_even_time, use_stretched_time

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLOURS = {"A": BLUE, "B": VERMILLION}
MARKS = {"A": "o", "B": "s"}
# Inches: the page, both panels, and what stands round them.
WIDTH, UPPER, LOWER, TOP, LINE, BETWEEN, FOOT, LEFT, RIGHT = 7.4, 2.5, 1.35, 0.84, 0.18, 0.52, 0.62, 0.72, 0.2
LETTERS = 104  # of the sentence over the panels
HEAD = 0.28  # of the upper panel kept free over the curves, for the sessions
TITLE = 62  # letters of a scenario's title that fit beside the other in the legend


def against_figure(first: xr.Dataset, second: xr.Dataset, name: str, *, palette: Palette = PRINT) -> Figure:
    """Draws what `against` finds, which names what it takes and raises."""
    found = against(first, second, name)
    told = textwrap.wrap(reached_text(found), LETTERS)
    top = TOP + LINE * (len(told) + len(found.sides))
    height = top + UPPER + BETWEEN + LOWER + FOOT
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, height), facecolor=palette.page)
        across = (LEFT / WIDTH, 1 - (LEFT + RIGHT) / WIDTH)
        upper = figure.add_axes((across[0], (FOOT + LOWER + BETWEEN) / height, across[1], UPPER / height))
        lower = figure.add_axes((across[0], FOOT / height, across[1], LOWER / height))
        _draw_courses(upper, found, palette)
        _draw_difference(lower, found, palette)
        figure.text(0.012, 1 - 0.08 / height, found.title, va="top", size=11, weight="bold", color=palette.ink)
        figure.text(0.012, 1 - 0.31 / height, "\n".join(told), va="top", size=8.5, color=palette.ink)
        _add_legend(figure, found, 1 - (0.31 + LINE * len(told)) / height, palette)
        small_print(figure, first, palette)
        figure.draw_without_rendering()  # makes the marks of the axes while the settings are ours
    return figure


def _prepare_time(axes: "Axes", found: Against) -> None:
    last = max(float(side.days[-1]) for side in found.sides)
    if any(side.sessions.size for side in found.sides):
        use_stretched_time(axes, last)
    else:
        use_even_time(axes, last)


def _draw_courses(axes: "Axes", found: Against, palette: Palette) -> None:
    dress(axes, palette)
    _prepare_time(axes, found)
    curves = [side.values for side in found.sides]
    curves += [side.untreated for side in found.sides if side.untreated is not None]
    low, high = _ends(np.concatenate(curves))
    axes.set_ylim(low - 0.08 * (high - low), high + HEAD * (high - low))
    axes.locator_params(axis="y", nbins=5)
    labels = Labels(axes, size=8.5, colour=palette.ink, page=palette.page)
    for side in found.sides:
        style, colour = ("-", DASHED)[side.letter == "B"], COLOURS[side.letter]
        shown = side.days >= 0
        looks: dict[str, Any] = {"color": colour, "linestyle": style}
        axes.plot(side.days[shown], side.values[shown], linewidth=2.0, zorder=3, **looks)
        labels.avoid_curve(side.days[shown], side.values[shown])
        if side.untreated is not None:
            axes.plot(side.days[shown], side.untreated[shown], linewidth=0.8, zorder=2, **looks)
        _mark_sessions(axes, side, palette)
    for side in found.sides:
        _mark_gain(axes, labels, side, palette)
    axes.tick_params(axis="x", labelbottom=False)


def _ends(values: Array) -> tuple[float, float]:
    known = values[np.isfinite(values)]
    low, high = float(known.min(initial=np.inf)), float(known.max(initial=-np.inf))
    if not known.size:
        return 0.0, 1.0
    least = 0.005 * max(abs(low), abs(high)) or 1.0  # less change must not fill a panel
    return (low, high) if high - low > least else (low - 0.5 * least, high + 0.5 * least)


def _mark_sessions(axes: "Axes", side: Side, palette: Palette) -> None:
    """A row of triangles over the curves, one for each session; hollow ones of the second course."""
    if not side.sessions.size:
        return
    row = 0.955 - 0.075 * (side.letter == "B")
    looks: dict[str, Any] = {"markersize": 5, "color": COLOURS[side.letter], "linestyle": "none", "clip_on": False}
    looks |= {"markerfacecolor": palette.page} if side.letter == "B" else {}
    axes.plot(side.sessions, np.full(side.sessions.size, row), "v", transform=axes.get_xaxis_transform(), **looks)


def _mark_gain(axes: "Axes", labels: Labels, side: Side, palette: Palette) -> None:
    if side.gain is None or side.gain.remark:
        return
    height = float(np.interp(side.gain.day, side.days, side.values))
    looks: dict[str, Any] = {"markersize": 6, "markeredgecolor": palette.page, "zorder": 5}
    axes.plot([side.gain.day], [height], MARKS[side.letter], color=COLOURS[side.letter], **looks)
    labels.add(f"{side.letter} 80 %: {day_text(side.gain.day)}", (side.gain.day, height))


def _draw_difference(axes: "Axes", found: Against, palette: Palette) -> None:
    dress(axes, palette)
    _prepare_time(axes, found)
    shown = found.days >= 0
    days, difference = found.days[shown], found.difference[shown]
    axes.fill_between(days, difference, color=INDIGO, alpha=0.25, linewidth=0, zorder=2)
    axes.plot(days, difference, color=INDIGO, linewidth=1.4, zorder=3)
    drawn = [difference, np.zeros(1)]
    if found.of_effects is not None:
        axes.plot(days, found.of_effects[shown], color=INDIGO, linewidth=1.1, linestyle=DASHED, zorder=3)
        drawn.append(found.of_effects[shown])
    axes.axhline(0.0, color=palette.quiet, linewidth=0.8, zorder=2.5)
    values = np.concatenate(drawn)
    low, high = float(np.nanmin(values, initial=0.0)), float(np.nanmax(values, initial=0.0))
    span = high - low or 1.0
    axes.set_ylim(low - 0.1 * span, high + 0.1 * span)
    axes.locator_params(axis="y", nbins=4)
    title = f"Difference: B minus A{found.title.removeprefix(found.title.split(' (')[0])}"
    axes.set_title(title, loc="left", size=9.5, weight="bold", color=palette.ink, pad=6)
    since = "the first session" if any(side.sessions.size for side in found.sides) else "the start"
    axes.set_xlabel(f"time since {since}", size=9, color=palette.quiet)


def _add_legend(figure: Figure, found: Against, up: float, palette: Palette) -> None:
    handles: list[Any] = []
    for side in found.sides:
        style = ("-", DASHED)[side.letter == "B"]
        told = textwrap.shorten(side.name, TITLE, placeholder=" ...")
        handles.append(Line2D([], [], color=COLOURS[side.letter], linewidth=2.0, linestyle=style, label=told))
    if any(side.untreated is not None for side in found.sides):
        handles.append(Line2D([], [], color=palette.quiet, linewidth=0.8, label="thin: untreated twin"))
    if any(side.sessions.size for side in found.sides):
        looks: dict[str, Any] = {"linestyle": "none", "marker": "v", "markersize": 5}
        handles.append(Line2D([], [], color=palette.quiet, label="sessions; hollow: of B", **looks))
    handles.append(Patch(facecolor=INDIGO, alpha=0.25, label="difference"))
    if found.of_effects is not None:
        handles.append(Line2D([], [], color=INDIGO, linewidth=1.1, linestyle=DASHED, label="difference of the effects"))
    figure.legend(
        handles=handles, loc="upper left", bbox_to_anchor=(0.0, up), ncols=2, fontsize=8.5,
        labelcolor=palette.ink, columnspacing=1.2, handlelength=2.6,
    )  # fmt: skip
