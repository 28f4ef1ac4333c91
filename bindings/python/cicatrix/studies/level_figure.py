"""Mean and quartiles of an outcome along each factor of a sweep, one panel a factor, one colour a protocol."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

import matplotlib
import numpy as np
import xarray as xr
from matplotlib.figure import Figure

from cicatrix.milestones import Array
from cicatrix.readout_curves import limits_of
from cicatrix.readouts import printed_unit, spoken
from cicatrix.studies.level_means import LevelMeans
from cicatrix.studies.panels import Frame, add_arms, colours_of_arms, panels
from cicatrix.theme import PRINT, STYLE, Palette, dress, small_print

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Shown: TypeAlias = Sequence[Sequence[LevelMeans]]  # each factor with all its protocols

MOST = 6  # panels
FRAME = Frame(row=2.5, top=0.85, foot=0.42, under=0.62, left=0.11, between=0.75)
LONGEST = 9  # letters of a word that stands upright under its place
BAND = 0.16  # opacity


def level_limits(shown: Shown) -> tuple[float, float]:
    """Ends of the one scale of all panels."""
    return limits_of([edge for means in shown for each in means for edge in (each.lower, each.upper, each.means)])


def level_figure(sweep: xr.Dataset, outcome: str, every: Shown, *, palette: Palette = PRINT) -> Figure:
    """Draws the first of what `strongest` has found, which is one factor at least."""
    shown = every[:MOST]
    with matplotlib.rc_context(STYLE):
        figure, places = panels(len(shown), FRAME, palette)
        for axes, means in zip(places, shown, strict=True):
            _draw(axes, means, palette)
            axes.set_ylim(*level_limits(shown))
            axes.locator_params(axis="y", nbins=5)
        _write(figure, sweep, outcome, shown, palette)
        figure.draw_without_rendering()  # makes the marks of the axes while the settings are ours
    return figure


def _draw(axes: "Axes", means: Sequence[LevelMeans], palette: Palette) -> None:
    dress(axes, palette)
    for each, colour in zip(means, colours_of_arms(palette, len(means)), strict=True):
        if each.levels.is_worded:
            spread: Array = np.vstack([each.means - each.lower, each.upper - each.means])
            axes.errorbar(each.at, each.means, np.maximum(spread, 0.0), color=colour, fmt="o", markersize=4, zorder=3)
        else:
            axes.fill_between(each.at, each.lower, each.upper, facecolor=colour, alpha=BAND, linewidth=0, zorder=2)
            axes.plot(each.at, each.means, "o-", color=colour, markersize=3, linewidth=1.6, zorder=3)
    levels = means[0].levels
    axes.set_title(levels.title, loc="left", size=9, weight="bold", color=palette.ink, pad=5)
    if not levels.is_worded:
        axes.locator_params(axis="x", nbins=5)
        return
    count = len(levels.values)
    axes.set_xlim(-0.5, count - 0.5)
    turned = any(len(text) > LONGEST for text in levels.texts) or count > 4
    axes.set_xticks(range(count), [text[:22] for text in levels.texts])
    axes.tick_params(axis="x", rotation=28 if turned else 0, labelsize=7.5)
    for label in axes.get_xticklabels():
        label.set_horizontalalignment("right" if turned else "center")


def _write(figure: Figure, sweep: xr.Dataset, outcome: str, shown: Shown, palette: Palette) -> None:
    height = float(figure.get_size_inches()[1])
    unit = printed_unit(str(sweep[outcome].attrs.get("units", "1")))
    title = f"{spoken(outcome)} ({unit})" if unit else spoken(outcome)
    figure.text(0.012, 1 - 0.08 / height, title, va="top", size=11, weight="bold", color=palette.ink)
    told = "mean and middle half of the members, along each factor and over all others"
    figure.text(0.012, 1 - 0.32 / height, told, va="top", size=8.5, color=palette.quiet)
    add_arms(figure, [each.arm for each in shown[0]], palette)
    small_print(figure, sweep, palette)


def level_words(sweep: xr.Dataset, outcome: str, every: Shown) -> str:
    """What the figure shows, in words, for those who cannot see it."""
    unit = printed_unit(str(sweep[outcome].attrs.get("units", "1")))
    told = [f"Mean of {spoken(outcome)} along each factor."]
    for means in every[:MOST]:
        for each in means:
            low, high = int(each.means.argmin()), int(each.means.argmax())
            arm = f", {each.arm}" if each.arm else ""
            ends = [f"{each.means[place]:.4g} {unit}".rstrip() + f" at {each.words[place]}" for place in (low, high)]
            told.append(f"{each.levels.title}{arm}: from {ends[0]} to {ends[1]}.")
    return " ".join(told)
