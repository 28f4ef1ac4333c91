"""A quantity of a sweep over time: the middle 90 % and 50 % of the members, their median, and some single members.

A sweep keeps no courses; it keeps the outcomes that were asked for, and the same quantity on several days makes a band.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import matplotlib
import numpy as np
import xarray as xr
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from cicatrix.milestones import day_text
from cicatrix.readout_figures import single_members
from cicatrix.readouts import meaning_of, printed_unit, spoken
from cicatrix.studies.draws import Array
from cicatrix.studies.factor_grid import outcomes_of
from cicatrix.theme import BLUE, DASHES, GREEN, PRINT, STYLE, VERMILLION, Palette, dress, small_print
from cicatrix.timescale import use_stretched_time
from cicatrix.told_errors import UnknownNameError, UnusableError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FEWEST_DAYS, FEWEST = 3, 5  # days that make a course; members that make a band
WIDE, HALF = (0.05, 0.95), (0.25, 0.75)  # of the members
COLOURS = (BLUE, VERMILLION, GREEN)  # of the protocols
OF_A_DAY = re.compile(r"^(?P<quantity>.+)_at_[0-9_]+_d$")
ON_DAY = re.compile(r"on day (?P<day>[0-9.]+)")


@dataclass(frozen=True)
class Bands:
    """One quantity: days, and of each protocol the values (members, days); members without a value are left out."""

    quantity: str
    unit: str
    told: str
    days: Array
    arms: dict[str, Array]
    left_out: int

    @property
    def title(self) -> str:
        """What is drawn, with its unit."""
        unit = printed_unit(self.unit)
        return f"{spoken(self.quantity)} ({unit})" if unit else spoken(self.quantity)


def quantities_of(sweep: xr.Dataset) -> dict[str, list[tuple[float, str]]]:
    """Quantities that were kept on three days or more: the days, in order, with the name of the outcome."""
    found: dict[str, list[tuple[float, str]]] = {}
    for name in outcomes_of(sweep):
        day = ON_DAY.search(str(sweep[name].attrs.get("long_name", "")))
        if (named := OF_A_DAY.match(name)) and day:
            found.setdefault(named["quantity"], []).append((float(day["day"]), name))
    return {quantity: sorted(days) for quantity, days in found.items() if len(days) >= FEWEST_DAYS}


def bands_of(sweep: xr.Dataset, quantity: str = "") -> Bands:
    """The values of a quantity, such as `wrinkle_depth effect`, over time; without a name of the first there is.

    Raises ValueError for a sweep that keeps none on three days or has fewer than five members, KeyError for another
    name.
    """
    known = quantities_of(sweep)
    if not known:
        told = "no quantity of this sweep is kept on three days or more, and a band needs that; ask for them"
        example = '["wrinkle_depth effect at 7 days", "wrinkle_depth effect at 30 days", ...]'
        raise UnusableError(f"{told} in the scenario: outcomes = {example}")
    name = quantity.strip().replace(" ", "_") or next(iter(known))
    if name not in known:
        raise UnknownNameError(f"{quantity!r} is not kept on three days or more; there is {', '.join(known)}")
    days, names = zip(*known[name], strict=True)
    columns = [sweep[each] for each in names]
    arms = [str(arm) for arm in sweep["arm"].values] if "arm" in columns[0].dims else [""]
    whole = {
        arm: np.column_stack([np.asarray((each.sel(arm=arm) if arm else each).values, dtype=float) for each in columns])
        for arm in arms
    }
    kept = {arm: values[np.isfinite(values).all(axis=1)] for arm, values in whole.items()}
    if min(len(values) for values in kept.values()) < FEWEST:
        raise UnusableError(f"a band takes {FEWEST} members or more with a value on every day")
    left_out = max(len(whole[arm]) - len(kept[arm]) for arm in arms)
    told = meaning_of(columns[0]).split(", on day")[0]
    return Bands(name, str(columns[0].attrs.get("units", "1")), told, np.array(days), kept, left_out)


def bands_figure(sweep: xr.Dataset, quantity: str = "", *, palette: Palette = PRINT) -> Figure:
    """Draws what `bands_of` finds, which names what it takes and raises."""
    found = bands_of(sweep, quantity)
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(7.4, 4.2), facecolor=palette.page)
        axes = figure.add_axes((0.105, 0.17, 0.865, 0.57))
        dress(axes, palette)
        use_stretched_time(axes, float(found.days[-1]))
        for number, values in enumerate(found.arms.values()):
            _draw(axes, found.days, values, number, palette)
        axes.locator_params(axis="y", nbins=5)
        axes.set_xlabel("time since the start of the course", size=9, color=palette.quiet)
        figure.text(0.012, 0.98, found.title, va="top", size=11, weight="bold", color=palette.ink)
        figure.text(0.012, 0.925, found.told, va="top", size=8.5, color=palette.quiet)
        _add_legend(figure, found, palette)
        small_print(figure, sweep, palette)
        members = max(len(values) for values in found.arms.values())
        notes = [f"{members} members", *([f"{found.left_out} left out without a value"] if found.left_out else [])]
        notes.append("dots: days that were kept")
        figure.text(0.988, 0.015, "; ".join(notes), ha="right", va="bottom", size=8, color=palette.quiet)
        figure.draw_without_rendering()  # makes the marks of the axes while the settings are ours
    return figure


def _draw(axes: "Axes", days: Array, values: Array, number: int, palette: Palette) -> None:
    colour, style = COLOURS[number % len(COLOURS)], DASHES[number % len(DASHES)]
    for shares, strength in ((WIDE, 0.15), (HALF, 0.25)):
        low, high = np.quantile(values, shares, axis=0)
        axes.fill_between(days, low, high, facecolor=colour, alpha=strength, linewidth=0, zorder=2)
    for row in single_members(values):
        axes.plot(days, values[row], color=palette.quiet if number == 0 else colour, linewidth=0.6, zorder=3)
    looks: dict[str, Any] = {"marker": "o", "markersize": 4, "markeredgewidth": 0}
    axes.plot(days, np.median(values, axis=0), color=colour, linestyle=style, linewidth=2.0, zorder=4, **looks)


def _add_legend(figure: Figure, found: Bands, palette: Palette) -> None:
    handles: list[Any] = []
    for number, arm in enumerate(found.arms):
        colour, style = COLOURS[number % len(COLOURS)], DASHES[number % len(DASHES)]
        told = f"median, {arm}" if arm else "median"
        handles.append(Line2D([], [], color=colour, linestyle=style, linewidth=2.0, label=told))
    colour = BLUE if len(found.arms) == 1 else palette.quiet
    handles.append(Patch(facecolor=colour, alpha=0.4, label="25 to 75 %"))
    handles.append(Patch(facecolor=colour, alpha=0.15, label="5 to 95 %"))
    handles.append(Line2D([], [], color=palette.quiet, linewidth=0.6, label="single members"))
    looks: dict[str, Any] = {"labelcolor": palette.ink, "columnspacing": 1.2}
    figure.legend(handles=handles, loc="upper left", bbox_to_anchor=(0.0, 0.9), ncols=6, handlelength=2.2, **looks)


def bands_words(sweep: xr.Dataset, quantity: str = "") -> str:
    """What the bands show, in words, for those who cannot see them."""
    found = bands_of(sweep, quantity)
    unit = printed_unit(found.unit)
    told = [f"{found.title} over time: the median of the members with bands of 50 and 90 % of them."]
    for arm, values in found.arms.items():
        for place in (0, len(found.days) - 1):
            low, middle, high = np.quantile(values[:, place], (WIDE[0], 0.5, WIDE[1]))
            amount = f"{middle:.3g} {unit}".rstrip()
            who = f"{arm}, " if arm else ""
            told.append(f"{who}{day_text(found.days[place])}: median {amount}, 90 % between {low:.3g} and {high:.3g}.")
    return " ".join(told)
