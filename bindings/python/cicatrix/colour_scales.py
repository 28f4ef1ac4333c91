"""Colours of maps: amounts from dark to bright, changes from blue over white to vermillion with the white at zero."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from matplotlib.colors import Colormap, LinearSegmentedColormap, LogNorm, Normalize
from matplotlib.ticker import FixedLocator, Formatter, FuncFormatter, MaxNLocator, ScalarFormatter

from cicatrix.milestones import Array
from cicatrix.theme import AMOUNTS, BRIGHT, CHANGES, Palette

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.collections import QuadMesh

CHANGE: Colormap = LinearSegmentedColormap.from_list("change", CHANGES)
LEAST_SPAN = 0.005  # of the largest value; less change must not fill a map
WIDE = 30.0  # between the highest tops and the lowest; from here on even steps would hide the low ones
DECADES = 3.0  # of a scale in powers of ten
SMALL = 1e-3  # below it marks are written with their power of ten
LINE = BRIGHT  # of what is drawn over a map


@dataclass(frozen=True)
class Scale:
    """From values to colours, and what is to be said about it."""

    map: Colormap
    norm: Normalize
    remark: str = ""

    def drawn(self, values: npt.ArrayLike) -> Array:
        """The values as they are coloured: what is below the scale has its lowest colour."""
        return np.asarray(np.maximum(np.asarray(values, dtype=float), float(self.norm.vmin or 0.0)))


def amounts(values: npt.ArrayLike, *, tops: npt.ArrayLike = ()) -> Scale:
    """A scale for amounts; in powers of ten where the `tops` of the maps that share it lie far apart."""
    known = np.asarray(values, dtype=float)
    known = known[np.isfinite(known)]
    high, low = float(known.max(initial=-np.inf)), float(known.min(initial=np.inf))
    if not known.size:
        return Scale(AMOUNTS, Normalize(0.0, 1.0), "no value")
    reached = np.asarray(tops, dtype=float)
    reached = reached[np.isfinite(reached)]
    if low >= 0 and reached.size and high > WIDE * max(float(reached.min()), 0.0):
        floor = max(low, high / 10**DECADES)
        if floor > 0 and high > 3 * floor:
            return Scale(AMOUNTS, LogNorm(floor, high), "powers of ten")
    if 0 < low < 0.5 * high:
        low = 0.0
    least = LEAST_SPAN * max(abs(high), abs(low)) or 1.0
    if high - low < least:
        low, high = (low, low + least) if low == 0.0 else (low - 0.5 * least, high + 0.5 * least)
    return Scale(AMOUNTS, Normalize(low, high))


def changes(values: npt.ArrayLike, size: float) -> Scale:
    """A scale for changes, the same to both sides of zero; `size` is that of the amounts that change."""
    known = np.abs(np.asarray(values, dtype=float))
    reach = float(known[np.isfinite(known)].max(initial=0.0))
    reach = max(reach, 0.5 * LEAST_SPAN * size) or 1.0
    return Scale(CHANGE, Normalize(-reach, reach))


def add_colour_bar(axes: "Axes", mesh: "QuadMesh", scale: Scale, palette: Palette, *, label: str = "") -> None:
    """Turns `axes` into the bar of colours of `mesh`, with its unit above."""
    figure = axes.figure
    bar = figure.colorbar(mesh, cax=axes)
    if bar.solids is not None:
        bar.solids.set_rasterized(True)
    bar.outline.set_visible(False)
    if isinstance(scale.norm, LogNorm):
        bar.minorticks_off()
        low, high = np.log10([float(scale.norm.vmin or 1.0), float(scale.norm.vmax or 1.0)])
        bar.locator = FixedLocator([10.0**power for power in range(int(np.ceil(low)), int(np.floor(high)) + 1)])
        bar.formatter = FuncFormatter(lambda value, _: f"{value:g}")
    else:
        bar.locator = MaxNLocator(nbins=5)
        bar.formatter = _plain(max(abs(float(scale.norm.vmin or 0.0)), abs(float(scale.norm.vmax or 0.0))))
    bar.update_ticks()
    axes.tick_params(which="both", colors=palette.quiet, labelcolor=palette.ink, labelsize=8, length=2)
    told = "\n".join(part for part in (label, scale.remark) if part)
    axes.set_ylabel(told, size=8, color=palette.quiet)


def _plain(largest: float) -> Formatter:
    """Numbers as people write them; small ones with their power of ten."""
    if largest < SMALL:
        return FuncFormatter(lambda value, _: f"{value:.3g}")
    plain = ScalarFormatter(useOffset=False)
    plain.set_scientific(False)
    return plain
