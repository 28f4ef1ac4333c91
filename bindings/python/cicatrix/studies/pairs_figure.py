"""Each patient's difference between two protocols, from the lowest to the highest, with the mean and its interval."""

import matplotlib
import numpy as np
import xarray as xr
from matplotlib.figure import Figure

from cicatrix.readouts import printed_unit, spoken
from cicatrix.studies.pairs import LEVEL, PairedDifference, paired
from cicatrix.theme import BLUE, PRINT, STYLE, VERMILLION, Palette, dress, small_print

BELOW, ABOVE = BLUE, VERMILLION
BARS = 120  # patients up to which each has a bar of its own


def pairs_figure(
    sweep: xr.Dataset,
    outcome: str,
    *,
    first: str | None = None,
    second: str | None = None,
    palette: Palette = PRINT,
) -> Figure:
    """Draws what `paired` finds, which names what it takes and raises."""
    found = paired(sweep, outcome, first=first, second=second)
    values = np.sort(found.differences)
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(6.4, 3.9), facecolor=palette.page)
        axes = figure.add_axes((0.11, 0.2, 0.63, 0.56))
        dress(axes, palette)
        places = np.arange(values.size) + 0.5
        gap = 0.15 if values.size <= BARS else 0.0
        for mask, colour in ((values < 0, BELOW), (values >= 0, ABOVE)):
            if values.size <= BARS:
                axes.bar(places[mask], values[mask], width=1 - gap, color=colour, linewidth=0, zorder=2)
            else:
                shown = np.where(mask, values, 0.0)
                axes.fill_between(places, shown, color=colour, linewidth=0, step="mid", zorder=2)
        axes.axhspan(found.mean_low, found.mean_high, color=palette.ink, alpha=0.18, linewidth=0, zorder=3)
        axes.axhline(found.mean, color=palette.ink, linewidth=1.4, zorder=4)
        axes.axhline(0.0, color=palette.quiet, linewidth=0.8, zorder=3)
        axes.set_xlim(0.0, values.size)
        axes.set_xlabel("patients, the lowest difference first", size=8.5, color=palette.quiet)
        unit = printed_unit(found.unit)
        axes.set_ylabel(f"difference ({unit})" if unit else "difference", size=8.5, color=palette.quiet)
        _write(figure, found, palette)
        small_print(figure, sweep, palette)
        figure.draw_without_rendering()  # makes the marks of the axes while the settings are ours
    return figure


def _write(figure: Figure, found: PairedDifference, palette: Palette) -> None:
    unit = printed_unit(found.unit)
    figure.text(0.02, 0.975, spoken(found.outcome), va="top", size=11, weight="bold", color=palette.ink)
    told = f"{found.second} minus {found.first}, in the same patients"
    figure.text(0.02, 0.9, told, va="top", size=8.5, color=palette.quiet)
    axes = figure.axes[0]
    axes.annotate(
        f"mean {found.mean:+.3g} {unit}".rstrip() + f"\n{100 * LEVEL:.0f} % interval\n"
        f"{found.mean_low:+.3g} to {found.mean_high:+.3g}",
        (1.0, found.mean),
        (8, 0),
        axes.get_yaxis_transform(),
        "offset points",
        va="center",
        size=8.5,
        color=palette.ink,
    )
    share = 100 * found.share_below
    notes = [f"lower in {share:.0f} %, not lower in {100 - share:.0f} % of {found.differences.size} patients"]
    notes += [f"{found.left_out} left out because a course failed"] if found.left_out else []
    figure.text(0.988, 0.015, "; ".join(notes), ha="right", va="bottom", size=8, color=palette.quiet)


def pairs_words(sweep: xr.Dataset, outcome: str, *, first: str | None = None, second: str | None = None) -> str:
    """What the figure shows, in words, for those who cannot see it."""
    found = paired(sweep, outcome, first=first, second=second)
    low, high = float(found.differences.min()), float(found.differences.max())
    unit = printed_unit(found.unit)
    return f"Differences patient by patient, from {low:+.3g} to {high:+.3g} {unit}".rstrip() + f". {found}."
