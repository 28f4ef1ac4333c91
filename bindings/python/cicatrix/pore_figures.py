"""The closing pore: epidermis and horny layer over the mouth of one channel, and how long it stays open."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import matplotlib
import numpy as np
import xarray as xr
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from cicatrix import pore, space
from cicatrix.channel_panel import covers
from cicatrix.labels import Labels
from cicatrix.milestones import Array, session_days
from cicatrix.theme import DASHED, PRINT, STYLE, Palette, dress, in_order, small_print

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH, HEIGHT = 10.4, 4.5  # inches
LAYERS = ((space.COVER, "living epidermis", "collagen_total"), (space.HORNY, "horny layer", "inflammation"))
SHARES_SHOWN = (0.95, 0.75, 0.5, 0.25, 0.05)  # of the pore open in the outputs that are drawn against the radius
DARKEST = 0.28  # of the colours of times, so that a dark page shows them
AFTER = 1.6  # times the closing time that the axis shows
SHARE_ENDS = (-4.0, 112.0)  # of the axis of the open share, per cent
LONGEST = 14.0  # d of the axis where the pore does not close


def closing_pore_figure(course: xr.Dataset, *, palette: Palette = PRINT) -> Figure:
    """Cover against the distance from the axis at several times, and the open share of the pore against time.

    Follows the first session until the next one. Raises RefusedError for a course without a channel.
    """
    space.need_channel(course, "this figure")
    layers = [row for row in LAYERS if row[0] in course]
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, HEIGHT), facecolor=palette.page)
        grid = figure.add_gridspec(len(layers), 2, width_ratios=(1, 1.25))
        figure.subplots_adjust(left=0.07, right=0.985, top=0.845, bottom=0.155, hspace=0.5, wspace=0.17)
        rows = _rows_shown(course)
        for number, (name, spoken, _) in enumerate(layers):
            axes = figure.add_subplot(grid[number, 0])
            _draw_cover(axes, course, name, spoken, rows, palette)
            if number + 1 == len(layers):
                axes.set_xlabel("mm from the axis of the channel", size=8.5, color=palette.quiet)
        _draw_closing(figure.add_subplot(grid[:, 1]), course, layers, palette)
        _add_times(figure, course, rows, palette)
        small_print(figure, course, palette)
        figure.draw_without_rendering()  # makes the marks of the axes while the settings are ours
    return figure


def _rows_shown(course: xr.Dataset) -> list[int]:
    """Outputs at which the pore is wide open, half open, nearly closed."""
    found = pore.closing(course, next(name for name, *_ in LAYERS if name in course))
    if found.remark and not np.isfinite(found.open).all():
        return []
    days = [float(found.days[np.abs(found.open - share).argmin()]) for share in SHARES_SHOWN] if found.days.size else []
    return space.outputs_near(course, days)


def _draw_cover(axes: "Axes", course: xr.Dataset, name: str, spoken: str, rows: list[int], palette: Palette) -> None:
    dress(axes, palette)
    living, horny = covers(course)
    values = living if name == space.COVER else horny
    across = space.mirrored_edges(course)
    for row, colour in zip(rows, in_order(len(rows), darkest=DARKEST), strict=True):
        axes.stairs(100 * space.mirrored(values[row]), across, baseline=None, color=colour, linewidth=1.6, zorder=3)
    radius = space.pore_radius(course)
    for place in (-radius, radius) if radius > 0 else ():
        axes.axvline(place, color=palette.quiet, linewidth=0.8, linestyle=DASHED, zorder=1)
    axes.set_xlim(float(across[0]), float(across[-1]))
    axes.set_ylim(-4.0, 106.0)
    axes.set_yticks([0, 50, 100])
    axes.xaxis.set_major_formatter(lambda place, _: f"{abs(place):g}")
    axes.locator_params(axis="x", nbins=7)
    title = f"{spoken[:1].upper()}{spoken[1:]}: covered, % of each ring"
    axes.set_title(title, loc="left", size=9.5, weight="bold", color=palette.ink, pad=6)


@dataclass(frozen=True)
class OpenShare:
    """How much of the pore each layer leaves open, up to the last day that is drawn."""

    last: float  # d after the first session
    found: dict[str, pore.Closing]
    curves: dict[str, tuple[Array, Array]]  # days and per cent


def open_shares(course: xr.Dataset) -> OpenShare:
    """Of the layers that the course holds."""
    found = {name: pore.closing(course, name) for name, *_ in LAYERS if name in course}
    last = _last_day(list(found.values()))
    curves = {name: (each.days[each.days <= last], 100 * each.open[each.days <= last]) for name, each in found.items()}
    return OpenShare(last, found, curves)


def _draw_closing(axes: "Axes", course: xr.Dataset, layers: list[tuple[str, str, str]], palette: Palette) -> None:
    dress(axes, palette)
    shares = open_shares(course)
    last, found, curves = shares.last, shares.found, shares.curves
    marks = short_marks(last)
    axes.set_xlim(-0.015 * last, 1.015 * last)
    axes.set_xticks(list(marks), list(marks.values()))
    axes.set_ylim(*SHARE_ENDS)
    axes.set_yticks([0, 25, 50, 75, 100])
    labels = Labels(axes, size=8.5, colour=palette.ink, page=palette.page)
    for name, _, colour in layers:
        axes.plot(*curves[name], color=palette.of(colour), linewidth=2.0, zorder=3, solid_capstyle="round")
        if curves[name][0].size:
            labels.avoid_curve(*curves[name])
    for name, _, colour in layers:
        _mark(axes, labels, found[name], colour=palette.of(colour), page=palette.page)
    axes.set_title("Open share of the pore, %", loc="left", size=9.5, weight="bold", color=palette.ink, pad=6)
    axes.set_xlabel("time since the first session", size=8.5, color=palette.quiet)
    handles = [
        Line2D([], [], color=palette.of(colour), linewidth=2.0, label=f"{spoken}{_remark(found[name])}")
        for name, spoken, colour in layers
    ]
    axes.legend(handles=handles, loc="upper right", labelcolor=palette.ink)


def _remark(found: pore.Closing) -> str:
    return f": {found.remark}" if found.remark else ""


def _mark(axes: "Axes", labels: Labels, found: pore.Closing, *, colour: str, page: str) -> None:
    """A dot at the half-life, a diamond where the layer has closed the pore."""
    if np.isfinite(found.half_life):
        axes.plot([found.half_day], [50], "o", color=colour, markersize=6, markeredgecolor=page, zorder=5)
        labels.add(f"half-life {short_time(found.half_life)}", (found.half_day, 50.0), places=(1, 0), colour=colour)
    if np.isfinite(found.closed):
        height = 100 * pore.CLOSED
        axes.plot([found.closed], [height], "D", color=colour, markersize=5.5, markeredgecolor=page, zorder=5)
        told = f"closed after {short_time(found.closed)}"
        labels.add(told, (found.closed, height), places=(4, 9, 11, 12), colour=colour)


def short_marks(last: float) -> dict[float, str]:
    """Marks of an even axis over hours or days, at most nine of them."""
    steps = {hours / 24: hours for hours in (1, 3, 6, 12, 24, 48, 96, 168, 336, 672)}
    step = next((step for step in steps if last / step < 9), max(steps))
    unit, length = ("h", 1 / 24) if steps[step] < 24 else ("d", 1.0)
    return {n * step: f"{n * step / length:.0f} {unit}" if n else "0" for n in range(int(last * 1.001 / step) + 1)}


def short_time(days: float) -> str:
    """A short time in hours, a longer one in days."""
    return f"{24 * days:.3g} h" if days < 2.0 else f"{days:.3g} days"


def _last_day(found: list[pore.Closing]) -> float:
    """End of the time axis: somewhat after all has closed."""
    ends = [float(each.days[-1]) for each in found if each.days.size] or [1.0]
    closed = [AFTER * each.closed if np.isfinite(each.closed) else LONGEST for each in found]
    return min(max(closed, default=LONGEST), min(ends))


def _add_times(figure: Figure, course: xr.Dataset, rows: list[int], palette: Palette) -> None:
    """Which colour is which time, and what the dashes are, over the panels."""
    days = space.days_since(course)
    handles = [
        Line2D([], [], color=colour, linewidth=1.8, label=space.passed(days[row]))
        for row, colour in zip(rows, in_order(len(rows), darkest=DARKEST), strict=True)
    ]
    if space.pore_radius(course) > 0:
        looks_of_wall: dict[str, Any] = {"color": palette.quiet, "linewidth": 0.8, "linestyle": DASHED}
        handles.append(Line2D([], [], label="wall of the channel", **looks_of_wall))
    if handles:
        looks: dict[str, Any] = {"labelcolor": palette.ink, "ncols": 6}
        figure.legend(handles=handles, loc="upper left", bbox_to_anchor=(0.058, 1.0), columnspacing=1.1, **looks)
    if (count := session_days(course).size) > 1:
        told = f"the first of {count} sessions"
        figure.text(0.985, 0.02, told, ha="right", va="bottom", size=8, color=palette.quiet)


def closing_words(course: xr.Dataset) -> str:
    """What the figure shows, in words, for those who cannot see it."""
    told = ["Cover against the distance from the axis of the channel, and the open share of the pore against time."]
    for name, spoken, _ in LAYERS:
        if name not in course:
            continue
        found = pore.closing(course, name)
        half = found.remark or f"half-life {short_time(found.half_life)}"
        closed = f", closed after {short_time(found.closed)}" if np.isfinite(found.closed) else ""
        told.append(f"{spoken[:1].upper()}{spoken[1:]}: {half}{closed}.")
    return " ".join(told)
