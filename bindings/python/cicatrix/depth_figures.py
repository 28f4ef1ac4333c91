"""Maps over time and depth: what the treated dermis does at each depth, and how far it is from untreated skin."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import matplotlib
import numpy as np
import xarray as xr
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from cicatrix import readouts, space
from cicatrix.colour_scales import LINE, Scale, add_colour_bar, amounts, changes
from cicatrix.figures import time_label
from cicatrix.milestones import Array, day_text, first_session, session_days
from cicatrix.theme import DOTTED, HALO, PRINT, STYLE, Palette, dress_map, small_print
from cicatrix.timescale import day_at, stretched, use_even_time, use_stretched_time

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Inches: the page, a map, what stands round it.
WIDTH, MAP, ROW, OVER = 10.4, (3.6, 1.95), 3.0, 0.62
LEFT, BETWEEN, BAR, BESIDE = 0.72, 1.5, 0.11, 0.1
TOP, FOOT = 0.42, 0.42
LETTERS_OF_AN_INCH = 15.0  # of small print
COLUMNS = 400  # of a map: times between the outputs are joined by straight lines


@dataclass(frozen=True)
class Rows:
    """What one row shows: days since the first session, the treated values and their change, over time and depth."""

    days: Array
    treated: Array
    change: Array
    change_title: str


def depth_figure(
    course: xr.Dataset, names: Sequence[str] = (), *, until: float | None = None, palette: Palette = PRINT
) -> Figure:
    """One row a state: treated skin at the left, the effect, treated minus untreated, at the right.

    `until` ends the time axis, in days after the first session. Raises RefusedError for a course without depth,
    KeyError for a state that it does not hold.
    """
    space.need_depth(course, "this figure")
    states = space.chosen_states(course, names, space.PROFILE)
    height = TOP + ROW * len(states) + FOOT
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, height), facecolor=palette.page)
        for number, state in enumerate(states):
            bottom = FOOT + ROW * (len(states) - number) - OVER - MAP[1]
            _draw_row(figure, course, state, bottom, until=np.inf if until is None else until, palette=palette)
        _add_legend(figure, course, palette)
        small_print(figure, course, palette)
        figure.draw_without_rendering()  # makes the marks of the axes while the settings are ours
    return figure


def _draw_row(figure: Figure, course: xr.Dataset, state: str, bottom: float, *, until: float, palette: Palette) -> None:
    rows, variable = rows_of(course, state, until), course[state + space.PROFILE]
    unit = readouts.printed_unit(str(variable.attrs.get("units", "1")))
    who = "treated" if session_days(course).size else "untreated skin"
    size = float(np.nanmax(np.abs(rows.treated), initial=0.0))
    right = LEFT + MAP[0] + BETWEEN
    maps = (
        (LEFT, rows.treated, amounts(rows.treated), who),
        (right, rows.change, changes(rows.change, size), rows.change_title),
    )
    for left, values, scale, title in maps:
        axes = _axes_at(figure, left, bottom, *MAP)
        _draw_map(axes, course, rows.days, values, scale, palette)
        axes.set_title(title, loc="left", size=9, color=palette.ink, pad=7)
        bar = _axes_at(figure, left + MAP[0] + BESIDE, bottom, BAR, MAP[1])
        add_colour_bar(bar, axes.collections[0], scale, palette, label=unit)  # type: ignore[arg-type]
    head(figure, variable, state, (LEFT, LEFT + 2 * MAP[0] + BETWEEN), bottom + MAP[1] + 0.36, palette)


def _axes_at(figure: Figure, left: float, bottom: float, width: float, height: float) -> "Axes":
    """Axes at a place given in inches."""
    across, up = (float(length) for length in figure.get_size_inches())
    return figure.add_axes((left / across, bottom / up, width / across, height / up))


def head(
    figure: Figure,
    variable: xr.DataArray,
    state: str,
    between: tuple[float, float],
    up: float,
    palette: Palette,
) -> None:
    """The name of a row with its unit, what it is, and at the right how well it is known; places in inches."""
    width, height = (float(length) for length in figure.get_size_inches())
    unit = readouts.printed_unit(str(variable.attrs.get("units", "1")))
    title = f"{readouts.spoken(state)} ({unit})" if unit else readouts.spoken(state)
    name = figure.text(between[0] / width, up / height, title, size=10.5, weight="bold", color=palette.ink)
    small: dict[str, Any] = {"size": 8, "color": palette.quiet}
    letters = int(LETTERS_OF_AN_INCH * (between[1] - between[0]) - 1.8 * len(title) - 20)
    line, *more = textwrap.wrap(readouts.meaning_of(variable), max(letters, 20)) or [""]
    told = f"{line} …" if more else line
    figure.axes[-1].annotate(told, (1.0, 0.0), (8.0, 0.0), name, "offset points", va="bottom", **small)
    if grade := str(variable.attrs.get("evidence_grade", "")):
        told = "assumed" if grade == "assumed" else f"grade {grade}"
        figure.text(between[1] / width, up / height, f"evidence: {told}", ha="right", **small)


def rows_of(course: xr.Dataset, state: str, until: float) -> Rows:
    """The numbers of one row; without any session the change is the one since the start."""
    name = state + space.PROFILE
    days = space.days_since(course)
    shown = (days <= until) & (days >= 0)
    treated = _over_depth(course[name])[shown]
    if not session_days(course).size:
        return Rows(days[shown], treated, treated - treated[0], "change since the start")
    effect = treated - _over_depth(course[f"untreated_{name}"])[shown]
    return Rows(days[shown], treated, effect, "effect: treated minus untreated")


def _over_depth(variable: xr.DataArray) -> Array:
    return np.asarray(variable.transpose("time", "depth").values, dtype=float)


def _draw_map(axes: "Axes", course: xr.Dataset, days: Array, values: Array, scale: Scale, palette: Palette) -> None:
    sessions, last = session_days(course) - first_session(course), float(days[-1])
    depth = space.edges(course, "depth")
    if sessions.size:
        times = day_at(np.linspace(0.0, float(stretched(last)), COLUMNS + 1))
    else:
        times = np.linspace(0.0, last, COLUMNS + 1)
    middles = 0.5 * (times[1:] + times[:-1])
    between = np.column_stack([np.interp(middles, days, values[:, cell]) for cell in range(values.shape[1])])
    axes.pcolormesh(
        times, depth, scale.drawn(between.T), cmap=scale.map, norm=scale.norm, rasterized=True, shading="flat"
    )
    (use_stretched_time if sessions.size else use_even_time)(axes, last)
    axes.set_xlim(0.0, last)
    axes.set_ylim(float(depth[-1]), 0.0)
    if depth[0] > 0:
        axes.axhspan(0.0, float(depth[0]), facecolor=palette.line, linewidth=0, zorder=0.5)
    for border in space.layer_borders(course):
        _line_over_map(axes, (0.0, last), (border, border), "-")
    for day in sessions[sessions <= last]:
        _line_over_map(axes, (day, day), (float(depth[0]), float(depth[-1])), DOTTED)
        axes.plot([day], [0.0], "v", markersize=5, color=palette.quiet, clip_on=False, zorder=6, markeredgewidth=0)
    dress_map(axes, palette)
    axes.set_xlabel(time_label(course), size=8.5, color=palette.quiet)
    axes.set_ylabel("depth (mm)", size=8.5, color=palette.quiet)


def _line_over_map(axes: "Axes", across: tuple[float, float], down: tuple[float, float], style: Any) -> None:
    """A thin line that is seen on dark and bright colours."""
    axes.plot(across, down, color=HALO, linewidth=1.0, linestyle="-", zorder=3, solid_capstyle="butt")
    axes.plot(across, down, color=LINE, linewidth=0.6, linestyle=style, zorder=4)


def _add_legend(figure: Figure, course: xr.Dataset, palette: Palette) -> None:
    """What the marks and lines are, once for all rows."""
    colour = palette.quiet
    looks: dict[str, Any] = {"color": colour, "markersize": 5, "markeredgewidth": 0, "linewidth": 0.8}
    handles = []
    if session_days(course).size:
        handles.append(Line2D([], [], marker="v", linestyle=DOTTED, label="session", **looks))
    if space.layer_borders(course):
        handles.append(Line2D([], [], label="papillary dermis above, reticular below", **looks))
    if space.edges(course, "depth")[0] > 0:
        handles.append(Line2D([], [], color=palette.line, linewidth=6, label="epidermis"))
    across = LEFT / float(figure.get_size_inches()[0])
    figure.legend(
        handles=handles,
        loc="upper left",
        bbox_to_anchor=(across - 0.012, 1.0),
        labelcolor=palette.ink,
        ncols=3,
    )


def depth_words(course: xr.Dataset, names: Sequence[str] = ()) -> str:
    """What the maps show, in words, for those who cannot see them."""
    told = ["Maps with time to the right and depth downwards."]
    for state in space.chosen_states(course, names, space.PROFILE):
        rows, variable = rows_of(course, state, np.inf), course[state + space.PROFILE]
        start = f"{readouts.spoken(state)}:"
        if not np.isfinite(rows.change).all():
            told.append(f"{start} no value.")
            continue
        unit = readouts.printed_unit(str(variable.attrs.get("units", "1")))
        row, cell = np.unravel_index(int(np.abs(rows.change).argmax()), rows.change.shape)
        depth = float(course["depth"].values[cell])
        largest = f"{rows.change[row, cell]:+.3g} {unit}".rstrip()
        place = f"at {day_text(rows.days[row])}, {depth:.2f} mm deep"
        told.append(f"{start} {rows.change_title}, largest {largest} {place}.")
    return " ".join(told)
