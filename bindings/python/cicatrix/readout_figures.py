"""Figures of read-outs: one panel for each, treated skin beside its untreated twin, sessions marked."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
from cicatrix.theme import DASHES, DOTTED, PRINT, STYLE, Palette, dress, small_print
from cicatrix.timescale import use_even_time, use_stretched_time

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_IN_A_COLUMN = 5
COLUMN, PANEL, TOP, BOTTOM = 7.4, 1.95, 0.95, 0.72  # inches: width of a column, heights of a panel and round them
LEFT, RIGHT, BETWEEN = 0.68, 0.28, 0.7  # inches
LETTERS = 100  # of small print that fit over a panel
LOW, HIGH = 0.05, 0.95  # the band of the members, as quantiles
MOST_VALUES_TOLD, MOST_DAYS_TOLD = 6, 12  # of sessions in a panel
LEAST_SPAN = 0.005  # of the largest value; less change must not fill a panel
BAND = 0.2  # opacity
SINGLE = 5  # members that are drawn one by one
SOON = 0.02  # d; an output so near after a session still tells what it did at once
SMALL = 1e-3  # below it marks are written with their power of ten
FLAT = 1e-9  # relative; less is the noise of the arithmetic


@dataclass(frozen=True)
class Sheet:
    """What all panels of a figure share."""

    course: xr.Dataset
    members: xr.Dataset | None
    until: float  # d after the first session
    palette: Palette

    def twin_of(self, name: str) -> str:
        """The name of the untreated twin; empty where there is none, or where nothing was treated."""
        twin = f"{readouts.TWIN}{name}"
        return twin if twin in self.course and session_days(self.course).size else ""

    def curve(self, name: str) -> tuple[Array, xr.DataArray]:
        """Days from the first session and the values, up to the last day that is drawn."""
        days = np.asarray(self.course["time"].values, dtype=float) - first_session(self.course)
        return days[days <= self.until], self.course[name].isel(time=days <= self.until)


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
        if late := _late_text(sheet, drawn):
            figure.text(1 - RIGHT / width, 0.06 / height, late, ha="right", va="bottom", size=8, color=palette.quiet)
        figure.draw_without_rendering()  # makes the marks of the axes while the settings are ours
    return figure


def _late_text(sheet: Sheet, names: Sequence[str]) -> str:
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
    if kind == "compound":
        _draw_compounds(axes, sheet, name)
    else:
        _draw_curve(axes, sheet, name)


def _head(axes: "Axes", sheet: Sheet, name: str) -> None:
    """The name with its unit, and under it in small print what it is and how well it is known."""
    variable, palette = sheet.course[name], sheet.palette
    unit = readouts.printed_unit(str(variable.attrs.get("units", "1")))
    title = f"{readouts.spoken(name)} ({unit})" if unit else readouts.spoken(name)
    axes.set_title(title, loc="left", size=10, weight="bold", color=palette.ink, pad=20)
    axes.set_title(_certainty(variable, unit), loc="right", size=8, color=palette.quiet, pad=20)
    line, *more = textwrap.wrap(readouts.meaning_of(variable), LETTERS) or [""]
    text = f"{line} …" if more else line
    axes.annotate(
        text, (0.0, 1.0), (0.0, 7.0), "axes fraction", "offset points", size=8.5, color=palette.quiet, va="bottom"
    )


def _certainty(variable: xr.DataArray, unit: str) -> str:
    """How well a variable is known, and how far the cells of a course in space may have moved it."""
    grade = str(variable.attrs.get("evidence_grade", ""))
    told = [f"evidence: {'assumed' if grade == 'assumed' else f'grade {grade}'}"] if grade else []
    error = float(variable.attrs.get("grid_error", np.nan))
    told += [f"grid error {error:.1g} {unit}".rstrip()] if np.isfinite(error) else []
    return "; ".join(told)


def _prepare_time(axes: "Axes", sheet: Sheet) -> None:
    days, _ = sheet.curve("time")
    sessions = session_days(sheet.course) - first_session(sheet.course)
    last = float(days[-1]) if days.size else 1.0
    if sessions.size:
        use_stretched_time(axes, last)
    else:
        use_even_time(axes, last)
    for day in sessions[sessions <= last]:
        axes.axvline(day, color=sheet.palette.quiet, linewidth=0.8, linestyle=DOTTED, zorder=1)


def _draw_curve(axes: "Axes", sheet: Sheet, name: str) -> None:
    palette, colour = sheet.palette, sheet.palette.collagen_total
    days, values = sheet.curve(name)
    drawn = [*_drawn_bands(axes, sheet, name, colour), _middle(values)]
    axes.plot(days, drawn[-1], color=colour, linewidth=2.0, zorder=3, solid_capstyle="round")
    if twin := sheet.twin_of(name):
        drawn.append(_middle(sheet.curve(twin)[1]))
        axes.plot(days, drawn[-1], color=palette.quiet, linewidth=1.1, zorder=3.5)
    _give_room(axes, drawn)


def _drawn_bands(axes: "Axes", sheet: Sheet, name: str, colour: str) -> list[Array]:
    """Draws what the middle 90 % of the members do, and some of them one by one; returns the edges."""
    edges = []
    for days, members in _members(sheet, name):
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


def _members(sheet: Sheet, name: str) -> Iterator[tuple[Array, xr.DataArray]]:
    days, values = sheet.curve(name)
    if "member" in values.dims:
        yield days, values
    if sheet.members is not None and name in sheet.members and "member" in sheet.members[name].dims:
        there = np.asarray(sheet.members["time"].values, dtype=float) - first_session(sheet.course)
        yield there[there <= sheet.until], sheet.members[name].isel(time=there <= sheet.until)


def _middle(values: xr.DataArray) -> Array:
    """The values, or their median where there are members."""
    return np.asarray((values.median("member") if "member" in values.dims else values).values, dtype=float)


def _draw_compounds(axes: "Axes", sheet: Sheet, name: str) -> None:
    """One line a compound, and thin in the same colour what untreated skin does."""
    palette, twin = sheet.palette, sheet.twin_of(name)
    colours = (palette.collagen_total, palette.inflammation, palette.collagen_i_mature)
    days, values = sheet.curve(name)
    drawn = []
    for i, label in enumerate(compounds(sheet.course)):
        dash = DASHES[i // len(colours) % len(DASHES)]
        looks: dict[str, Any] = {"color": colours[i % len(colours)], "linestyle": dash}
        drawn.append(_middle(values.isel(topical=i)))
        axes.plot(days, drawn[-1], linewidth=2.0, zorder=3, label=label, **looks)
        if twin:
            drawn.append(_middle(sheet.curve(twin)[1].isel(topical=i)))
            axes.plot(days, drawn[-1], linewidth=0.9, zorder=3.5, **looks)
    _give_room(axes, drawn, over=0.42)
    axes.legend(loc="upper left", ncols=4, labelcolor=palette.ink, borderaxespad=0.1)


def compounds(course: xr.Dataset) -> list[str]:
    """Names of the compounds on the skin."""
    names = next((course[key] for key in ("topical", "compound", "topical_compound") if key in course), None)
    if names is None:
        return [f"compound {i + 1}" for i in range(course.sizes.get("topical", 0))]
    return [str(name) for name in names.values]


def _draw_sessions(axes: "Axes", sheet: Sheet, name: str) -> None:
    """A bar a session with its value, over the day on which it takes place."""
    palette, values = sheet.palette, _middle(sheet.course[name])
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


def _give_room(axes: "Axes", curves: Sequence[Array], *, over: float = 0.1) -> None:
    """Limits that show the change of what changes, and zero where it is not far."""
    values = np.concatenate([curve[np.isfinite(curve)] for curve in curves])
    low, high = float(values.min(initial=np.inf)), float(values.max(initial=-np.inf))
    if not values.size:
        low, high = 0.0, 1.0
    if 0 < low < 0.5 * high:
        low = 0.0
    if (least := LEAST_SPAN * max(abs(high), abs(low)) or 1.0) > high - low:
        low, high = (low, low + least) if low == 0.0 else (low - 0.5 * least, high + 0.5 * least)
    span = high - low
    axes.set_ylim(low - 0.06 * span, high + over * span)
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
    who = "treated" if session_days(sheet.course).size else "untreated skin"
    many = any(any(True for _ in _members(sheet, name)) for name in names if "time" in sheet.course[name].dims)
    entries: list[tuple[bool, Any]] = [
        (bool(kinds & {"read-out", "state"}), Line2D([], [], color=colour, linewidth=2.0, label=who)),
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
    values = _middle(variable)
    if kind == "session":
        known = values[np.isfinite(values)]
        return f"{start} {_span_text(known, unit)} in each session." if known.size else f"{start} no value."
    if kind == "compound":
        ends = [_middle(variable.isel(topical=i))[-1] for i in range(course.sizes["topical"])]
        told = [f"{label} {_told(end, unit)}" for label, end in zip(compounds(course), ends, strict=True)]
        return f"{start} at the end {', '.join(told)}."
    if not np.isfinite(values).all():
        return f"{start} no value."
    days = np.asarray(course["time"].values, dtype=float) - first_session(course)
    top, low = int(values.argmax()), int(values.argmin())
    text = f"{start} {_told(values[0], unit)} at first, {_told(values[-1], unit)} at the end"
    if values[top] - values[low] > FLAT * max(abs(values[top]), abs(values[low])):
        text += f", highest {_told(values[top], unit)} at {day_text(days[top])}"
        text += f", lowest {_told(values[low], unit)} at {day_text(days[low])}"
    if (twin := f"{readouts.TWIN}{name}") in course:
        text += f"; untreated {_told(_middle(course[twin])[-1], unit)} at the end"
    return f"{text}."


def _told(value: float, unit: str) -> str:
    return f"{0.0 if abs(value) < readouts.FAINT else value:.3g} {unit}".rstrip()


def _span_text(known: Array, unit: str) -> str:
    low, high = float(known.min()), float(known.max())
    return _told(high, unit) if f"{low:.3g}" == f"{high:.3g}" else f"{low:.3g} to {_told(high, unit)}"
