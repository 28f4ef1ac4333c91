"""The figure of an explanation: bars of what the processes have made of a read-out until each month, and their sum."""

from typing import TYPE_CHECKING, Any

import matplotlib
import numpy as np
from matplotlib.figure import Figure

from cicatrix.explanation_text import WHOSE_TITLE, milestone_words, strongest
from cicatrix.milestones import Array, first_session, session_days
from cicatrix.readouts import printed_unit, spoken
from cicatrix.theme import PRINT, REST, SERIES, STYLE, Palette, dress, small_print

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from cicatrix.explanation import Explanation

MOST = 7  # processes, the last of which are all others together
# Inches.
WIDTH, LEFT, RIGHT, PANEL, TOP, UNDER, ROW = 7.4, 0.85, 0.2, 3.1, 0.95, 0.7, 0.21


def explanation_figure(found: "Explanation", *, palette: Palette = PRINT) -> Figure:
    """What rises stands on the line of zero, what falls hangs from it; the line is the sum of all."""
    names, changes = strongest(found, MOST)
    rows = (len(names) + 2) // 2
    height = TOP + PANEL + UNDER + ROW * rows
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, height), facecolor=palette.page)
        place = (LEFT / WIDTH, (UNDER + ROW * rows) / height, 1 - (LEFT + RIGHT) / WIDTH, PANEL / height)
        axes = figure.add_axes(place)
        dress(axes, palette)
        at = np.searchsorted(found.days, found.ends - 1e-9)
        _stack(axes, names, changes[:, at], palette)
        axes.axhline(0.0, color=palette.quiet, linewidth=0.8, zorder=3)
        _line(axes, found, palette)
        _dots(axes, found, palette)
        _write(figure, axes, found, palette)
        figure.legend(
            loc="lower left",
            bbox_to_anchor=(LEFT / WIDTH - 0.01, 0.2 / height),
            ncols=2,
            labelcolor=palette.ink,
            handlelength=1.2,
            columnspacing=1.5,
            borderaxespad=0.0,
        )
        grade = str(found.course[found.name].attrs.get("evidence_grade", "")) if found.name in found.course else ""
        small_print(figure, found.course, palette, grade)
        figure.draw_without_rendering()  # makes the marks of the axes while the settings are ours
    return figure


def _stack(axes: "Axes", names: list[str], changes: Array, palette: Palette) -> None:
    months = np.arange(1, changes.shape[1] + 1)
    above, below = np.zeros(len(months)), np.zeros(len(months))
    for name, row, colour in zip(names, changes, colours_of(names), strict=True):
        foot = np.where(row >= 0, above, below)
        look: dict[str, Any] = {
            "width": 0.74,
            "color": colour,
            "edgecolor": palette.page,
            "linewidth": 0.4,
            "zorder": 2,
        }
        axes.bar(months, row, bottom=foot, label=name, **look)
        above, below = above + np.maximum(row, 0.0), below + np.minimum(row, 0.0)


def colours_of(names: list[str]) -> list[str]:
    """The colour of each process; the last of so many as there is room for stands for all others."""
    return [*SERIES[: len(names) - 1], REST] if len(names) == MOST else [*SERIES, REST][: len(names)]


def _line(axes: "Axes", found: "Explanation", palette: Palette) -> None:
    """The sum on every day, on the scale of months on which bars stand at their ends."""
    scale, ends = _scale(found, found.days), found.ends
    on = found.days >= first_session(found.course)
    axes.plot(scale[on], found.values[on], color=palette.page, linewidth=3.4, zorder=4)
    axes.plot(scale[on], found.values[on], color=palette.ink, linewidth=1.6, zorder=5, label="all together")
    axes.set_xlim(-0.2, len(ends) + 0.6)
    step = max(1, -(-len(ends) // 12))
    axes.set_xticks(range(step, len(ends) + 1, step))


def _scale(found: "Explanation", days: Array) -> Array:
    """Where days stand on the scale of months on which bars stand at their ends."""
    ends = np.concatenate([[first_session(found.course)], found.ends])
    scale: Array = np.interp(days, ends, np.arange(len(ends), dtype=float))
    return scale


def _dots(axes: "Axes", found: "Explanation", palette: Palette) -> None:
    """Milestones on the sum, and between which days they lie in members."""
    if not milestone_words(found):
        return
    days = first_session(found.course) + np.array(found.milestones()[0].days)
    at, values = _scale(found, days), np.interp(days, found.days, found.values)
    if found.members:
        ends = first_session(found.course) + np.array(found.members.intervals)
        for colour, width, order in ((palette.page, 2.6, 6), (palette.ink, 1.0, 6.5)):
            axes.hlines(values, *_scale(found, ends).T, color=colour, linewidth=width, zorder=order)
    axes.plot(at, values, "o", markersize=5, color=palette.ink, markeredgecolor=palette.page, zorder=7)


def _write(figure: Figure, axes: "Axes", found: "Explanation", palette: Palette) -> None:
    height = float(figure.get_size_inches()[1])
    title = f"{spoken(found.name)}: what changes it"
    told = f"{WHOSE_TITLE[found.whose]}; bars: what each process has made of it until the end of a {found.period}"
    figure.text(0.012, 1 - 0.1 / height, title, va="top", size=11, weight="bold", color=palette.ink)
    figure.text(0.012, 1 - 0.36 / height, told, va="top", size=8.5, color=palette.quiet)
    dots = f"dots: {words}".replace("; lines", "\nlines") if (words := milestone_words(found)) else ""
    figure.text(0.012, 1 - 0.54 / height, dots.rstrip("."), va="top", size=8.5, color=palette.quiet)
    unit = printed_unit(found.unit)
    axes.set_ylabel(f"change since day 0{f' ({unit})' if unit else ''}", size=8.5, color=palette.quiet)
    since = "the first session" if session_days(found.course).size else "the start"
    axes.set_xlabel(f"{found.period}s since {since}", size=8.5, color=palette.quiet)
