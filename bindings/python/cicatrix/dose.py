"""How much of the gain a needle's length and the number of passes buy: one protocol at many doses."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import matplotlib
import numpy as np
from matplotlib.figure import Figure

from cicatrix import _core
from cicatrix.course import dataset_of
from cicatrix.milestones import YEAR, first_session
from cicatrix.theme import PRINT, STYLE, Palette, dress

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

LENGTHS = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 2.5)  # mm
PASSES = (1, 4, 15)
HOME, CLINIC = 0.25, 1.5  # mm
SCENARIO = """
title = "Roller of {length!r} mm, {passes} passes"
[patient]
age = "45 years"
site = "periorbital"
[device]
kind = "roller"
needle_length = "{length!r} mm"
[protocol]
sessions = "every 4 weeks x 4"
passes = {passes}
[simulation]
duration = "366 days"
"""
# Variable, what its panel is called, and the sign that makes a gain of its change.
SHOWN = {
    "collagen_total": ("Total collagen, gain in % of untreated skin", 1.0),
    "wrinkle_depth": ("Lines beside the eye, shallower in % of untreated skin", -1.0),
}


def gain_against_dose(lengths: Sequence[float] = LENGTHS, passes: Sequence[int] = PASSES) -> "pd.DataFrame":
    """Gain over untreated skin 12 months after the first of four monthly sessions with a roller, in %.

    One row for each needle length in mm and number of passes.
    """
    import pandas as pd

    doses = [(float(length), int(number)) for number in passes for length in lengths]
    index = pd.MultiIndex.from_tuples(doses, names=["needle_length", "passes"])
    return pd.DataFrame([_gains(*dose) for dose in doses], index=index, columns=list(SHOWN))


def _gains(length: float, passes: int) -> list[float]:
    scenario = _core.parse_scenario(SCENARIO.format(length=length, passes=passes), f"roller of {length!r} mm")
    course = dataset_of(_core.run(scenario))
    days = np.asarray(course["time"].values, dtype=float) - first_session(course)
    gains = []
    for name, (_, sign) in SHOWN.items():
        shares = course[name].values / course[f"untreated_{name}"].values - 1.0
        gains.append(100.0 * sign * float(np.interp(YEAR, days, shares)))
    return gains


def gain_figure(table: "pd.DataFrame | None" = None, *, palette: Palette = PRINT) -> Figure:
    """Draws the table of `gain_against_dose`: gain over needle length, one line for each number of passes."""
    table = gain_against_dose() if table is None else table
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(7.4, 5.6), facecolor=palette.page)
        panels = figure.subplots(len(SHOWN), 1, sharex=True)
        figure.subplots_adjust(left=0.08, right=0.89, top=0.84, bottom=0.125, hspace=0.32)
        figure.text(0.012, 0.98, dose_headline(table), va="top", size=11, weight="bold", color=palette.ink)
        for axes, name in zip(panels, SHOWN, strict=True):
            _draw(axes, table, name, palette)
        panels[-1].set_xlabel("needle length of the roller, in mm", color=palette.quiet)
        told = "not yet calibrated: amounts rest on assumptions; four monthly sessions, 12 months after the first"
        figure.text(0.012, 0.011, told, ha="left", va="bottom", size=8, color=palette.quiet)
        figure.set_label(
            f"Lines of the gain over needle length, one for each number of passes. {dose_headline(table)}; {told}."
        )
        figure.draw_without_rendering()
    return figure


def _draw(axes: "Axes", table: "pd.DataFrame", name: str, palette: Palette) -> None:
    dress(axes, palette)
    values = table[name].to_numpy(dtype=float)
    low, high = min(0.0, float(values.min())), max(0.0, float(values.max()))
    lengths = table.index.get_level_values("needle_length").to_numpy(dtype=float)
    axes.set_xlim(0.0, 1.02 * float(lengths.max()))
    axes.set_ylim(low - 0.05 * (high - low), high + 0.1 * (high - low))
    axes.set_title(SHOWN[name][0], loc="left", size=9.5, weight="bold", color=palette.ink, pad=6)
    colours = (palette.collagen_i_mature, palette.collagen_total, palette.inflammation)
    numbers = sorted(set(table.index.get_level_values("passes")))
    for i, number in enumerate(numbers):
        line = table.xs(number, level="passes")[name]
        axes.plot(line.index, line, "o-", color=colours[i % 3], linewidth=2.0, markersize=4.5, zorder=3)
        told = "1 pass" if number == 1 else f"{number} passes"
        end = (1.0, float(line.iloc[-1]))
        looks: dict[str, Any] = {"size": 9, "va": "center", "color": palette.ink}
        axes.annotate(told, end, (6, 0), axes.get_yaxis_transform(), "offset points", **looks)


def dose_headline(table: "pd.DataFrame") -> str:
    """What home needles gain beside those of a clinic, and many passes beside one, from the numbers."""
    numbers = sorted(set(table.index.get_level_values("passes")))
    lengths = sorted(set(table.index.get_level_values("needle_length")))
    gain = {dose: float(value) for dose, value in table["collagen_total"].items()}
    home = min(lengths, key=lambda length: abs(length - HOME))
    clinic = min(lengths, key=lambda length: abs(length - CLINIC))
    most, least = numbers[-1], numbers[0]
    share = 100.0 * max(gain[home, most], 0.0) / gain[clinic, most]
    told = f"{most} passes gain {gain[clinic, most] / gain[clinic, least]:.1f} times what {least} gains"
    few = "less than 1 %" if share < 1 else f"{share:.0f} %"
    return f"Dose matters: a {home:g} mm roller gains {few} of what a {clinic:g} mm one does;\nat {clinic:g} mm, {told}"
