"""Small charts for the page of claims, in the colours of the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import matplotlib
import numpy as np
from matplotlib.figure import Figure

from cicatrix.milestones import Array
from cicatrix.svg import MARKS, inline_svg
from cicatrix.theme import DASHES, STYLE, dress

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLOURS = (MARKS.collagen_total, MARKS.inflammation, MARKS.collagen_i_mature, MARKS.ink, MARKS.quiet)
IN_A_ROW = 3  # labels of a legend


@dataclass(frozen=True)
class Chart:
    """Lines over a number, or bars over names when `names` is given."""

    title: str
    x: str
    y: str
    lines: Mapping[str, tuple[Array, Array]]
    names: tuple[str, ...] = ()


def bars(title: str, y: str, heights: Mapping[str, Mapping[str, float]]) -> Chart:
    """Bars by name; several in each name side by side, {"pen": {"0.5 mm": 1.0}}."""
    names = tuple(heights)
    series = list(dict.fromkeys(label for row in heights.values() for label in row))
    places = np.arange(len(names), dtype=float)
    lines = {
        label: (places, np.array([heights[name].get(label, np.nan) for name in names], dtype=float)) for label in series
    }
    return Chart(title, "", y, lines, names)


def svg(chart: Chart, key: str) -> str:
    """The chart as an `<svg>` element whose names begin with `key`, so that many stand on one page."""
    return inline_svg(figure(chart), title=chart.title, description=description(chart), key=key)


def description(chart: Chart) -> str:
    """What the chart shows, in words."""
    told = []
    for label, (x, y) in chart.lines.items():
        if chart.names:
            values = ", ".join(f"{name} {value:.3g}" for name, value in zip(chart.names, y, strict=True))
            told.append(f"{label}: {values}")
        else:
            told.append(f"{label}: from {y[0]:.3g} at {x[0]:.3g} to {y[-1]:.3g} at {x[-1]:.3g}")
    return f"{chart.y}. " + "; ".join(told) + "."


def figure(chart: Chart) -> Figure:
    """The drawing; it belongs to no window."""
    with matplotlib.rc_context(STYLE):
        rows = -(-len(chart.lines) // IN_A_ROW) if len(chart.lines) > 1 else 0  # of the legend, below the axes
        height = 2.85 + 0.2 * rows
        drawn = Figure(figsize=(7.2, height), facecolor=MARKS.page)
        axes = drawn.subplots()
        drawn.subplots_adjust(left=0.08, right=0.975, top=1.0 - 0.5 / height, bottom=(0.5 + 0.2 * rows) / height)
        _dress(axes, chart)
        if chart.names:
            _draw_bars(axes, chart)
        else:
            for (label, (x, y)), colour, dash in zip(chart.lines.items(), COLOURS, DASHES, strict=False):
                axes.plot(x, y, color=colour, linestyle=dash, linewidth=1.8, label=label)
        if rows:
            drawn.legend(
                loc="lower left",
                bbox_to_anchor=(0.07, 0.0),
                ncols=min(IN_A_ROW, len(chart.lines)),
                labelcolor=MARKS.ink,
                handlelength=2.6,
            )
        drawn.draw_without_rendering()
    return drawn


def _dress(axes: "Axes", chart: Chart) -> None:
    dress(axes, MARKS)
    axes.set_title(chart.title, loc="left", size=9.5, weight="bold", color=MARKS.ink, pad=16)
    axes.text(0.0, 1.03, chart.y, transform=axes.transAxes, size=8.5, color=MARKS.quiet, va="bottom")
    axes.set_xlabel(chart.x, color=MARKS.quiet, size=9)


def _draw_bars(axes: "Axes", chart: Chart) -> None:
    width = 0.8 / len(chart.lines)
    for place, ((label, (x, y)), colour) in enumerate(zip(chart.lines.items(), COLOURS, strict=False)):
        middle = x + (place - 0.5 * (len(chart.lines) - 1)) * width
        drawn = axes.bar(middle, y, width=0.92 * width, color=colour, label=label, zorder=2)
        axes.bar_label(drawn, fmt="%.3g", fontsize=8, color=MARKS.ink, padding=2)
    axes.set_xticks(range(len(chart.names)), chart.names)
    axes.axhline(0, color=MARKS.quiet, linewidth=0.8)
    axes.margins(y=0.14)
