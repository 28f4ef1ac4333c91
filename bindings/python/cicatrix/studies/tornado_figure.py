"""Bars of what the ends of each parameter's range make of an outcome, the widest first, on both sides of its value."""

from typing import TYPE_CHECKING, Any

import matplotlib
import numpy as np
import xarray as xr
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from cicatrix.readouts import printed_unit, spoken
from cicatrix.studies.factor_sets import grade_name
from cicatrix.theme import BLUE, PRINT, STYLE, VERMILLION, Palette, dress_bars, small_print

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LOW, HIGH = BLUE, VERMILLION
HATCH = "////"  # of the low end, so that ends differ without colour, too
# Inches.
ROW, LEFT, RIGHT, WIDTH, TOP, FOOT = 0.37, 2.75, 0.62, 7.4, 0.98, 0.72


def tornado_figure(found: xr.Dataset, *, palette: Palette = PRINT) -> Figure:
    """Draws what `tornado` found: left and right of the outcome as it stands what either end of a range makes of it."""
    rows = found.sizes["factor"]
    height = TOP + ROW * rows + FOOT
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, height), facecolor=palette.page)
        place = (LEFT / WIDTH, FOOT / height, 1 - (LEFT + RIGHT) / WIDTH, ROW * rows / height)
        axes = figure.add_axes(place)
        dress_bars(axes, palette)
        _draw(axes, found, palette)
        _write(figure, found, palette)
        small_print(figure, found, palette)
        figure.draw_without_rendering()  # makes the marks of the axes while the settings are ours
    return figure


def _draw(axes: "Axes", found: xr.Dataset, palette: Palette) -> None:
    value, rows = float(found.attrs["value"]), np.arange(found.sizes["factor"], dtype=float)
    ends = {key: np.asarray(found[f"at_{key}"].values, dtype=float) for key in ("low", "high")}
    same = np.sign(ends["low"] - value) == np.sign(ends["high"] - value)  # both ends move it to one side
    for key, colour, hatch, shift in (("low", LOW, HATCH, -0.5), ("high", HIGH, "", 0.5)):
        known = np.isfinite(ends[key])
        heights = np.where(same, 0.36, 0.72)[known]
        places = (rows + np.where(same, 0.36 * shift, 0.0))[known]
        looks: dict[str, Any] = {"color": colour, "edgecolor": palette.page, "linewidth": 0.0, "zorder": 2}
        axes.barh(places, ends[key][known] - value, left=value, height=heights, hatch=hatch, **looks)
    axes.axvline(value, color=palette.ink, linewidth=1.0, zorder=3)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_yticks(rows, [_name(found, row) for row in range(len(rows))])
    axes.margins(x=0.05)
    for row in np.flatnonzero(~np.isfinite(ends["low"]) | ~np.isfinite(ends["high"])):
        place = (1.0, float(row))
        axes.annotate(
            "failed", place, (4, 0), axes.get_yaxis_transform(), "offset points", va="center", size=8,
            color=palette.quiet,
        )  # fmt: skip
    unit = printed_unit(str(found.attrs["units"]))
    axes.set_xlabel(f"{spoken(str(found.attrs['outcome']))}{f' ({unit})' if unit else ''}", size=9, color=palette.quiet)


def _name(found: xr.Dataset, row: int) -> str:
    """The parameter with both ends of its range."""
    one = found.isel(factor=row)
    unit = printed_unit(str(one["unit"].item()))
    ends = f"{float(one['low']):.3g} to {float(one['high']):.3g} {unit}".rstrip()
    return f"{one['factor'].item()}\n{ends}"


def _write(figure: Figure, found: xr.Dataset, palette: Palette) -> None:
    height = float(figure.get_size_inches()[1])
    (axes,) = figure.axes
    axes.tick_params(axis="y", labelsize=7.5)
    title = f"{spoken(str(found.attrs['outcome']))}: one parameter after the other"
    figure.text(0.012, 1 - 0.1 / height, title, va="top", size=11, weight="bold", color=palette.ink)
    told = f"line: all as they are, {_amount(found, float(found.attrs['value']))}; bars: one at either end of its range"
    figure.text(0.012, 1 - 0.33 / height, told, va="top", size=8.5, color=palette.quiet)
    handles = [
        Patch(facecolor=LOW, edgecolor=palette.page, hatch=HATCH, linewidth=0, label="low end"),
        Patch(facecolor=HIGH, linewidth=0, label="high end"),
    ]
    looks: dict[str, Any] = {"labelcolor": palette.ink, "ncols": 2}
    figure.legend(handles=handles, loc="upper left", bbox_to_anchor=(0.0, 1 - 0.5 / height), **looks)


def _amount(found: xr.Dataset, value: float) -> str:
    return f"{value:.3g} {printed_unit(str(found.attrs['units']))}".rstrip()


def tornado_words(found: xr.Dataset) -> str:
    """What the bars show, in words, for those who cannot see them."""
    told = [f"Bars on both sides of {_amount(found, float(found.attrs['value']))}, {found.attrs['outcome']}."]
    for row in range(min(3, found.sizes["factor"])):
        one = found.isel(factor=row)
        low, high = (_amount(found, float(one[f"at_{end}"])) for end in ("low", "high"))
        grade = grade_name(str(one["grade"].item()))
        told.append(f"{one['factor'].item()} ({grade}): {low} at its low end, {high} at its high end.")
    return " ".join(told)
