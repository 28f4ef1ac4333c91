"""How the gain in collagen grows with the injured share of the dermis: one session of each of a dozen strengths."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import matplotlib
import numpy as np
from matplotlib.figure import Figure

from cicatrix import _core
from cicatrix.course import dataset_of
from cicatrix.figures import PRINT, STYLE, Palette
from cicatrix.labels import Labels
from cicatrix.milestones import YEAR, Array, first_session

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

FRACTIONS = (0.001, 0.003, 0.006, 0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.07, 0.09, 0.12)
SCENARIO = """
title = "One session, injured fraction {fraction!r}"
[patient]
age = "25 years"
[device]
kind = "prescribed"
injured_fraction = {fraction!r}
[protocol]
sessions = "once"
[simulation]
duration = "366 days"
"""
SHOWN = {"collagen_total": "total collagen", "collagen_i_mature": "cross-linked collagen I"}


def gain_against_injury(fractions: Sequence[float] = FRACTIONS) -> "pd.DataFrame":
    """Gain over untreated skin 12 months after one session at age 25, in %; one row for each injured fraction."""
    import pandas as pd

    rows = [_gains(float(fraction)) for fraction in fractions]
    index = pd.Index([float(fraction) for fraction in fractions], name="injured_fraction")
    return pd.DataFrame(rows, index=index, columns=list(SHOWN))


def _gains(fraction: float) -> list[float]:
    scenario = _core.parse_scenario(SCENARIO.format(fraction=fraction), f"injured fraction {fraction!r}")
    course = dataset_of(_core.run(scenario))
    days = np.asarray(course["time"].values, dtype=float) - first_session(course)
    gains = []
    for name in SHOWN:
        shares = course[name].values / course[f"untreated_{name}"].values - 1.0
        gains.append(100.0 * float(np.interp(YEAR, days, shares)))
    return gains


def gain_figure(table: "pd.DataFrame | None" = None, *, palette: Palette = PRINT) -> Figure:
    """Draws the table of `gain_against_injury`: the first percent of injury counts most."""
    table = gain_against_injury() if table is None else table
    injured = 100.0 * np.asarray(table.index, dtype=float)
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(7.4, 4.2), facecolor=palette.page)
        axes = figure.subplots()
        figure.subplots_adjust(left=0.08, right=0.965, top=0.84, bottom=0.13)
        figure.text(0.012, 0.97, dose_headline(table), va="top", size=11, weight="bold", color=palette.ink)
        _dress(axes, injured, table, palette)
        labels = Labels(axes, size=9, colour=palette.ink, page=palette.page)
        for name in SHOWN:
            labels.avoid_curve(injured, table[name].to_numpy())
        for name, place in zip(SHOWN, ((2, 4), (0, 5)), strict=True):
            gains = table[name].to_numpy()
            axes.plot(injured, gains, "o-", color=palette.of(name), linewidth=2.0, markersize=4.5, zorder=3)
            at = len(gains) * 2 // 3
            labels.add(SHOWN[name], (float(injured[at]), float(gains[at])), places=place)
        figure.draw_without_rendering()
    return figure


def dose_headline(table: "pd.DataFrame") -> str:
    """How much of the largest gain a sixth of the largest injury gives, from the numbers."""
    injured = np.asarray(table.index, dtype=float)
    gains: Array = table["collagen_total"].to_numpy(dtype=float)
    top, little = float(injured[-1]), float(injured[-1]) / 6.0
    gain = float(np.interp(little, injured, gains))
    told = f"V = {little:.2g} gives {100.0 * gain / gains[-1]:.0f} % of what V = {top:.2g} gives"
    return f"The gain saturates: {told} ({gain:.1f} of {gains[-1]:.1f} %)"


def _dress(axes: "Axes", injured: Array, table: "pd.DataFrame", palette: Palette) -> None:
    axes.set_facecolor(palette.page)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(palette.quiet)
    axes.tick_params(colors=palette.quiet, labelsize=9, length=3)
    axes.grid(axis="y", color=palette.line, linewidth=0.6, zorder=0)
    values = table.to_numpy(dtype=float)
    axes.set_xlim(0.0, 1.04 * float(injured[-1]))
    axes.set_ylim(min(0.0, 1.1 * float(values.min())), 1.1 * float(values.max()))
    axes.set_xlabel("injured volume fraction V, in % of the dermis", color=palette.quiet)
    title = "gain 12 months after one session, in % of untreated skin"
    axes.set_title(title, loc="left", size=9.5, color=palette.quiet)
