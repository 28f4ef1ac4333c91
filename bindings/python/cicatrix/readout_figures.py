"""Figures of read-outs: one panel for each, treated skin beside its untreated twin, sessions marked."""

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import matplotlib
import numpy as np
import xarray as xr
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import ScalarFormatter

from cicatrix import readouts
from cicatrix.figures import time_label
from cicatrix.milestones import Array, day_text, first_session, session_days
from cicatrix.published import is_published, time_unit
from cicatrix.readout_curves import (
    ROOM,
    ROOM_FOR_NAMES,
    Sheet,
    compounds,
    curves_of,
    limits_of,
    members_of,
    middle,
)
from cicatrix.theme import DOTTED, PRINT, STYLE, Palette, dress, small_print
from cicatrix.timescale import use_even_time, use_stretched_time

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_IN_A_COLUMN = 5
COLUMN, PANEL, TOP, BOTTOM = 7.4, 1.95, 0.95, 0.72  # inches: width of a column, heights of a panel and round them
LEFT, RIGHT, BETWEEN = 0.68, 0.28, 0.7  # inches
LETTERS = 100  # of small print that fit over a panel
LOW, HIGH = 0.05, 0.95  # the band of the members, as quantiles
MOST_VALUES_TOLD, MOST_DAYS_TOLD = 6, 12  # of sessions in a panel
BAND = 0.2  # opacity
LINE, TWIN, TWIN_OF_COMPOUND = 2.0, 1.1, 0.9  # points
SINGLE = 5  # members that are drawn one by one
SOON = 0.02  # d; an output so near after a session still tells what it did at once
SMALL = 1e-3  # below it marks are written with their power of ten
FLAT = 1e-9  # relative; less is the noise of the arithmetic


def readout_figure(
    course: xr.Dataset,
    names: Sequence[str],
    *,
    members: xr.Dataset | None = None,
    until: float | None = None,
    palette: Palette = PRINT,
) -> Figure:
    """One panel a name; `members` holds the same variables over a dimension `member`, drawn as a band.

    `until` ends the time axis, in days after the first session. Raises KeyError for a name that cannot be drawn.
    """
    drawn = readouts.chosen(course, names)
    sheet = Sheet(course, members, np.inf if until is None else until, palette)
    columns = 1 if len(drawn) <= MOST_IN_A_COLUMN else 2
    rows = -(-len(drawn) // columns)
    width, height = columns * COLUMN, PANEL * rows + TOP + BOTTOM - 0.6
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(width, height), facecolor=palette.page)
        grid = figure.subplots(rows, columns, squeeze=False)
        figure.subplots_adjust(left=LEFT / width, right=1 - RIGHT / width, top=1 - TOP / height, bottom=BOTTOM / height)
        figure.subplots_adjust(hspace=0.85, wspace=BETWEEN / (COLUMN - BETWEEN))
        for axes in grid.flat[len(drawn) :]:
            axes.remove()
        for axes, name in zip(grid.flat, drawn, strict=False):
            _draw_panel(axes, sheet, name)
        _add_legend(figure, sheet, drawn)
        _name_time(grid, sheet, drawn)
        small_print(figure, course, palette)
        if late := late_text(sheet, drawn):
            figure.text(1 - RIGHT / width, 0.06 / height, late, ha="right", va="bottom", size=8, color=palette.quiet)
        figure.draw_without_rendering()  # makes the marks of the axes while the settings are ours
    return figure


def late_text(sheet: Sheet, names: Sequence[str]) -> str:
    """Says when the outputs after a session begin too late to show what passes at once; empty where they do not."""
    if all(readouts.kind_of(sheet.course, name) == "session" for name in names):
        return ""
    days, _ = sheet.curve("time")
    sessions = session_days(sheet.course) - first_session(sheet.course)
    gaps = [float(later[0]) - float(day) for day in sessions if (later := days[days > day]).size]
    if max(gaps, default=0.0) <= SOON:
        return ""
    late = f"{24 * max(gaps):.0f} h" if max(gaps) < 2 else f"{max(gaps):.0f} days"
    return f"outputs begin {late} after a session: what passes sooner is not shown"


def _name_time(grid: Any, sheet: Sheet, names: Sequence[str]) -> None:
    """Says under the last time axis of each column what it counts from."""
    timed = {i for i, name in enumerate(names) if readouts.kind_of(sheet.course, name) != "session"}
    columns = grid.shape[1]
    for column in range(columns):
        if rows := [i // columns for i in timed if i % columns == column]:
            grid[max(rows), column].set_xlabel(time_label(sheet.course), size=9, color=sheet.palette.quiet)


def _draw_panel(axes: "Axes", sheet: Sheet, name: str) -> None:
    dress(axes, sheet.palette)
    _head(axes, sheet, name)
    kind = readouts.kind_of(sheet.course, name)
    if kind == "session":
        _draw_sessions(axes, sheet, name)
        return
    _prepare_time(axes, sheet)
    _draw_curves(axes, sheet, name)


def _head(axes: "Axes", sheet: Sheet, name: str) -> None:
    """The name with its unit, and under it in small print what it is and how well it is known."""
    variable, palette = sheet.course[name], sheet.palette
    unit = readouts.printed_unit(str(variable.attrs.get("units", "1")))
    title = f"{readouts.spoken(name)} ({unit})" if unit else readouts.spoken(name)
    axes.set_title(title, loc="left", size=10, weight="bold", color=palette.ink, pad=20)
    axes.set_title(evidence_text(variable, unit), loc="right", size=8, color=palette.quiet, pad=20)
    line, *more = textwrap.wrap(readouts.meaning_of(variable), LETTERS) or [""]
    text = f"{line} …" if more else line
    axes.annotate(
        text, (0.0, 1.0), (0.0, 7.0), "axes fraction", "offset points", size=8.5, color=palette.quiet, va="bottom"
    )


def evidence_text(variable: xr.DataArray, unit: str) -> str:
    """How well a variable is known, and how far the cells of a course in space may have moved it."""
    grade = str(variable.attrs.get("evidence_grade", ""))
    told = [f"evidence: {'assumed' if grade == 'assumed' else f'grade {grade}'}"] if grade else []
    error = float(variable.attrs.get("grid_error", np.nan))
    told += [f"grid error {error:.1g} {unit}".rstrip()] if np.isfinite(error) else []
    return "; ".join(told)


def _prepare_time(axes: "Axes", sheet: Sheet) -> None:
    days, _ = sheet.curve("time")
    last = float(days[-1]) if days.size else 1.0
    if is_published(sheet.course):  # whose time is in a unit of its own
        axes.margins(x=0.015)
    elif session_days(sheet.course).size:
        use_stretched_time(axes, last)
    else:
        use_even_time(axes, last)
    for day in sheet.sessions():
        axes.axvline(day, color=sheet.palette.quiet, linewidth=0.8, linestyle=DOTTED, zorder=1)


def _draw_curves(axes: "Axes", sheet: Sheet, name: str) -> None:
    """One line, or one a compound, and thin beside it what untreated skin does."""
    days, _ = sheet.curve(name)
    curves, several = curves_of(sheet, name), readouts.kind_of(sheet.course, name) == "compound"
    drawn = [] if several else _drawn_bands(axes, sheet, name, curves[0].colour)
    for curve in curves:
        width = TWIN_OF_COMPOUND if several and curve.is_twin else TWIN if curve.is_twin else LINE
        looks: dict[str, Any] = {"color": curve.colour, "linestyle": curve.dash, "linewidth": width}
        looks |= {"label": "" if curve.is_twin else curve.label, "zorder": 3.5 if curve.is_twin else 3}
        axes.plot(days, curve.values, solid_capstyle="projecting" if several or curve.is_twin else "round", **looks)
        drawn.append(curve.values)
    _give_room(axes, drawn, over=ROOM_FOR_NAMES if several else ROOM)
    if several:
        ink = sheet.palette.ink
        axes.legend(loc="upper left", ncols=4, frameon=False, fontsize=8.5, labelcolor=ink, borderaxespad=0.1)


def _drawn_bands(axes: "Axes", sheet: Sheet, name: str, colour: str) -> list[Array]:
    """Draws what the middle 90 % of the members do, and some of them one by one; returns the edges."""
    edges = []
    for days, members in members_of(sheet, name):
        low, high = (np.asarray(members.quantile(share, "member").values, dtype=float) for share in (LOW, HIGH))
        axes.fill_between(days, low, high, facecolor=colour, alpha=BAND, linewidth=0, zorder=2)
        edges += [low, high]
        for row in single_members(values := np.asarray(members.transpose("member", ...).values, dtype=float)):
            axes.plot(days, values[row], color=sheet.palette.quiet, linewidth=0.6, zorder=2.5)
    return edges


def single_members(values: Array) -> list[int]:
    """Rows of some members from the lowest to the highest at the end, at even distances; one row a member."""
    order = np.argsort(values[:, -1], kind="stable")
    return [int(order[i]) for i in np.linspace(0, len(order) - 1, min(SINGLE, len(order))).round().astype(int)]


def _draw_sessions(axes: "Axes", sheet: Sheet, name: str) -> None:
    """A bar a session with its value, over the day on which it takes place."""
    palette, values = sheet.palette, middle(sheet.course[name])
    days = session_days(sheet.course)
    numbers = np.arange(1, len(values) + 1)
    shown = np.nan_to_num(values)
    if not np.isfinite(values).any():
        axes.text(0.5, 0.5, "no value in this course", transform=axes.transAxes, ha="center", color=palette.quiet)
    bars = axes.bar(numbers, shown, width=0.5, color=palette.collagen_total, zorder=3)
    every = -(-len(values) // MOST_VALUES_TOLD)
    told = [f"{value:.3g}" if i % every == 0 and np.isfinite(value) else "" for i, value in enumerate(values)]
    axes.bar_label(bars, told, padding=2, fontsize=8.5, color=palette.ink)
    marks = numbers[:: -(-len(values) // MOST_DAYS_TOLD)]
    axes.set_xticks(marks, [f"{'' if number > 1 else 'day '}{days[number - 1]:.4g}" for number in marks])
    axes.set_xlim(0.4, max(len(values), 3) + 0.6)
    _give_room(axes, [shown, np.zeros(1)], over=0.25)
    axes.set_ylim(bottom=min(0.0, float(shown.min())))


def _give_room(axes: "Axes", curves: Sequence[Array], *, over: float = ROOM) -> None:
    """The limits of the curves, with marks that can be read."""
    low, high = limits_of(curves, over=over)
    axes.set_ylim(low, high)
    axes.locator_params(axis="y", nbins=5)
    plain = ScalarFormatter(useOffset=False)
    plain.set_scientific(False)
    if max(abs(high), abs(low)) < SMALL:
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:.3g}")
    else:
        axes.yaxis.set_major_formatter(plain)


def _add_legend(figure: Figure, sheet: Sheet, names: Sequence[str]) -> None:
    """What the lines are, once for all panels."""
    palette, kinds = sheet.palette, {readouts.kind_of(sheet.course, name) for name in names}
    colour, twins = palette.collagen_total, any(sheet.twin_of(name) for name in names)
    many = any(any(True for _ in members_of(sheet, name)) for name in names if "time" in sheet.course[name].dims)
    entries: list[tuple[bool, Any]] = [
        (bool(kinds & {"read-out", "state"}), Line2D([], [], color=colour, linewidth=2.0, label=sheet.treated())),
        (many, Patch(facecolor=colour, alpha=BAND, label=f"{100 * LOW:.0f} to {100 * HIGH:.0f} % of the members")),
        (many, Line2D([], [], color=palette.quiet, linewidth=0.6, label="single members")),
        (twins, Line2D([], [], color=palette.quiet, linewidth=1.1, label="untreated twin" + _thin(kinds))),
        (
            kinds != {"session"} and session_days(sheet.course).size > 0,
            Line2D([], [], color=palette.quiet, linewidth=0.8, linestyle=DOTTED, label="session"),
        ),
        (kinds == {"session"}, Patch(facecolor=colour, label="each session")),
    ]
    looks: dict[str, Any] = {"fontsize": 9, "labelcolor": palette.ink, "ncols": 4}
    handles = [handle for wanted, handle in entries if wanted]
    figure.legend(handles=handles, loc="upper left", bbox_to_anchor=(0.0, 1.0), **looks)


def _thin(kinds: set[str]) -> str:
    return " (of a compound: thin in its colour)" if "compound" in kinds else ""


def readout_words(course: xr.Dataset, names: Sequence[str]) -> str:
    """What the figure of these read-outs shows, in words, for those who cannot see it."""
    return " ".join(_panel_words(course, name) for name in readouts.chosen(course, names))


def _panel_words(course: xr.Dataset, name: str) -> str:
    variable, kind = course[name], readouts.kind_of(course, name)
    unit = readouts.printed_unit(str(variable.attrs.get("units", "1")))
    start = f"{readouts.spoken(name)}:"
    values = middle(variable)
    if kind == "session":
        known = values[np.isfinite(values)]
        return f"{start} {_span_text(known, unit)} in each session." if known.size else f"{start} no value."
    if kind == "compound":
        ends = [middle(variable.isel(topical=i))[-1] for i in range(course.sizes["topical"])]
        told = [f"{label} {_told(end, unit)}" for label, end in zip(compounds(course), ends, strict=True)]
        return f"{start} at the end {', '.join(told)}."
    if not np.isfinite(values).all():
        return f"{start} no value."
    days = np.asarray(course["time"].values, dtype=float) - first_session(course)
    top, low = int(values.argmax()), int(values.argmin())
    text = f"{start} {_told(values[0], unit)} at first, {_told(values[-1], unit)} at the end"
    if values[top] - values[low] > FLAT * max(abs(values[top]), abs(values[low])):
        text += f", highest {_told(values[top], unit)} at {_moment_text(course, days[top])}"
        text += f", lowest {_told(values[low], unit)} at {_moment_text(course, days[low])}"
    if (twin := f"{readouts.TWIN}{name}") in course:
        text += f"; untreated {_told(middle(course[twin])[-1], unit)} at the end"
    return f"{text}."


def _moment_text(course: xr.Dataset, moment: float) -> str:
    """A day, or of a published model a time in its unit."""
    return _told(moment, time_unit(course)) if is_published(course) else day_text(moment)


def _told(value: float, unit: str) -> str:
    return f"{0.0 if abs(value) < readouts.FAINT else value:.3g} {unit}".rstrip()


def _span_text(known: Array, unit: str) -> str:
    low, high = float(known.min()), float(known.max())
    return _told(high, unit) if f"{low:.3g}" == f"{high:.3g}" else f"{low:.3g} to {_told(high, unit)}"
