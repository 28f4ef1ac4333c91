"""Figures of models in space: time to the right, distance from the middle of the wound upwards, amounts as colour."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import matplotlib
import numpy as np
import xarray as xr
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from cicatrix import readouts
from cicatrix.published import time_words
from cicatrix.theme import PRINT, STYLE, Palette, dress
from cicatrix.told_errors import UnknownNameError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH, PANEL, TOP, BOTTOM = 7.4, 2.35, 0.62, 0.72  # inches


def lines(course: xr.Dataset) -> list[str]:
    """Names of what depends on time and position."""
    return [name for name, kind in readouts.drawable(course).items() if kind == "line"]


def space_time_figure(course: xr.Dataset, names: Sequence[str] = (), *, palette: Palette = PRINT) -> Figure:
    """One panel a state over time and position, with the edge of the wound as a line; without names every state.

    Raises KeyError for a name that is not over time and position.
    """
    known = lines(course)
    drawn = list(dict.fromkeys(names)) or known
    for name in drawn:
        if name not in known:
            raise UnknownNameError(f"{name!r} is not over time and position; {', '.join(known) or 'nothing'} is")
    with matplotlib.rc_context(STYLE):
        height = TOP + len(drawn) * PANEL + BOTTOM
        figure = Figure(figsize=(WIDTH, height), facecolor=palette.page)
        panels = figure.subplots(len(drawn), 1, sharex=True, squeeze=False)[:, 0]
        figure.subplots_adjust(left=0.1, right=1.0, top=1 - TOP / height, bottom=BOTTOM / height, hspace=0.38)
        for axes, name in zip(panels, drawn, strict=True):
            _draw_field(figure, axes, course, name, palette)
        panels[-1].set_xlabel(time_words(course), color=palette.quiet)
        figure.text(0.012, 1 - 0.1 / height, _headline(course), va="top", size=11, weight="bold", color=palette.ink)
        figure.text(0.012, 0.06 / height, _foot(course), va="bottom", size=8, color=palette.quiet)
        figure.draw_without_rendering()  # makes the marks of the axes while the settings are ours
    return figure


def healing_text(course: xr.Dataset) -> str:
    """When the wound has healed, and what the grid leaves open; empty where the model does not say what healing is."""
    if "healing_time" not in course:
        return ""
    healed, time = course["healing_time"], float(course["healing_time"])
    unit = readouts.printed_unit(str(healed.attrs.get("units", "1")))
    if not np.isfinite(time):
        return f"not healed by {float(course['time'][-1]):.6g} {unit}".rstrip()
    open_by = healed.attrs.get("grid_error")
    return f"healed at {time:.6g} {unit}".rstrip() + (f" (grid error {float(open_by):.2g})" if open_by else "")


def _headline(course: xr.Dataset) -> str:
    told = [str(course.attrs.get("title", "")), healing_text(course)]
    return "; ".join(text for text in told if text)


def _foot(course: xr.Dataset) -> str:
    told = [f"{course.attrs.get('model', 'model')}, {course.attrs.get('space', '')}, {course.sizes['position']} cells"]
    told += ["grid error: what finer cells may still change"]
    told += ["orange: edge of the wound"] if "front_position" in course else []
    return "; ".join(told)


def _meaning(variable: xr.DataArray) -> str:
    """What the state is, and how far its cells can be trusted."""
    error = variable.attrs.get("grid_error")
    return readouts.meaning_of(variable) + (f"; grid error {float(error):.2g}" if error is not None else "")


def colours(palette: Palette) -> LinearSegmentedColormap:
    """From the page through blue to ink: darker is more, also in grey."""
    return LinearSegmentedColormap.from_list("amount", [palette.page, palette.collagen_total, palette.ink])


def _draw_field(figure: Figure, axes: "Axes", course: xr.Dataset, name: str, palette: Palette) -> None:
    variable, position = course[name], course["position"]
    values = np.asarray(variable.transpose("position", "time").values, dtype=float)
    times, places = np.asarray(course["time"].values, dtype=float), np.asarray(position.values, dtype=float)
    dress(axes, palette)
    axes.grid(visible=False)
    looks: dict[str, Any] = {"cmap": colours(palette), "shading": "nearest", "rasterized": True}
    mesh = axes.pcolormesh(times, places, values, vmin=min(0.0, float(np.nanmin(values, initial=0.0))), **looks)
    bar = figure.colorbar(mesh, ax=axes, pad=0.02, fraction=0.08, format=lambda amount, _: f"{amount:g}")
    bar.ax.tick_params(colors=palette.quiet, labelcolor=palette.quiet, labelsize=8.5, length=0)
    bar.outline.set_visible(False)
    if "front_position" in course:
        axes.plot(times, course["front_position"].values, color=palette.inflammation, linewidth=1.6)
    width = float(course["cell_width"].values[-1]) if "cell_width" in course else 0.0
    axes.set_xlim(times[0], times[-1])
    axes.set_ylim(0.0, float(places[-1]) + 0.5 * width)
    unit, amount = str(position.attrs.get("units", "1")), readouts.printed_unit(str(variable.attrs.get("units", "1")))
    axes.set_ylabel(f"from the middle ({unit})", color=palette.quiet, size=8.5)
    title = f"{readouts.spoken(name)} ({amount})" if amount else readouts.spoken(name)
    axes.set_title(title, loc="left", size=10, weight="bold", color=palette.ink)
    axes.set_title(_meaning(variable), loc="right", size=8.5, color=palette.quiet)


def space_time_words(course: xr.Dataset, names: Sequence[str] = ()) -> str:
    """What the maps show, in words, for those who cannot see them."""
    told = [f"Maps with time to the right and distance from the middle of the wound upwards. {_headline(course)}."]
    unit = readouts.printed_unit(str(course["time"].attrs.get("units", "1")))
    for name in list(dict.fromkeys(names)) or lines(course):
        variable = course[name]
        values = np.asarray(variable.transpose("time", "position").values, dtype=float)
        if not np.isfinite(values).all():
            told.append(f"{readouts.spoken(name)}: no value.")
            continue
        row, cell = np.unravel_index(int(values.argmax()), values.shape)
        amount = f"{values[row, cell]:.3g} {readouts.printed_unit(str(variable.attrs.get('units', '1')))}".rstrip()
        when = f"{float(course['time'].values[row]):.3g} {unit}".rstrip()
        told.append(f"{readouts.spoken(name)}: highest {amount} at time {when}, lowest {values.min():.3g}.")
    return " ".join(told)
