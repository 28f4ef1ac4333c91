"""How the outcomes of a sweep are spread over its members: quantiles, and counts in bins of one width."""

from collections.abc import Sequence
from dataclasses import dataclass

import matplotlib
import numpy as np
import xarray as xr
from matplotlib.figure import Figure

from cicatrix.milestones import Array
from cicatrix.readouts import printed_unit, spoken
from cicatrix.studies.factor_grid import by_arm
from cicatrix.studies.panels import Frame, add_arms, colours_of_arms, panels
from cicatrix.theme import PRINT, STYLE, Palette, dress, small_print

SHARES = (0.05, 0.25, 0.5, 0.75, 0.95)
BINS = 30
FRAME = Frame(row=1.75, top=0.62, foot=0.35, under=0.2, left=0.09, between=0.62)
FILL = 0.3  # opacity


@dataclass(frozen=True)
class Distribution:
    """One outcome: how many members each protocol has in each bin."""

    outcome: str
    unit: str
    edges: Array  # one more than there are bins
    counts: dict[str, Array]  # by protocol, whose name is empty where there is one

    @property
    def title(self) -> str:
        """The outcome as people call it, with its unit."""
        return f"{spoken(self.outcome)} ({self.unit})" if self.unit else spoken(self.outcome)


def distribution(sweep: xr.Dataset, outcome: str) -> Distribution | None:
    """None where no member has a value, or all have the same."""
    held = {arm: values[np.isfinite(values)] for arm, values in by_arm(sweep, outcome).items()}
    every = np.concatenate(list(held.values()))
    if every.size == 0 or np.ptp(every) == 0:
        return None
    edges = np.histogram_bin_edges(every, BINS)
    counts = {arm: np.histogram(values, edges)[0].astype(float) for arm, values in held.items()}
    return Distribution(outcome, printed_unit(str(sweep[outcome].attrs.get("units", "1"))), edges, counts)


def quantiles(values: Array) -> Array:
    """5, 25, 50, 75 and 95 % of the members that have a value; NaN where none has."""
    known = values[np.isfinite(values)]
    return np.quantile(known, SHARES) if known.size else np.full(len(SHARES), np.nan)


def distribution_figure(sweep: xr.Dataset, found: Sequence[Distribution], *, palette: Palette = PRINT) -> Figure:
    """One panel an outcome, two beside each other."""
    arms = list(found[0].counts)
    colours = colours_of_arms(palette, len(arms))
    with matplotlib.rc_context(STYLE):
        figure, places = panels(len(found), FRAME, palette)
        for axes, each in zip(places, found, strict=True):
            dress(axes, palette)
            for counts, colour in zip(each.counts.values(), colours, strict=True):
                axes.stairs(counts, each.edges, color=colour, alpha=FILL, fill=True, zorder=2)
                axes.stairs(counts, each.edges, color=colour, linewidth=1.2, zorder=3)
            axes.set_title(each.title, loc="left", size=9, weight="bold", color=palette.ink, pad=5)
            axes.locator_params(axis="y", nbins=4, integer=True)
            axes.locator_params(axis="x", nbins=6)
            axes.set_ylim(bottom=0.0)
        up = 1 - 0.08 / float(figure.get_size_inches()[1])
        figure.text(0.012, up, "members in each bin", va="top", size=8.5, color=palette.quiet)
        add_arms(figure, arms, palette)
        small_print(figure, sweep, palette)
        figure.draw_without_rendering()  # makes the marks of the axes while the settings are ours
    return figure


def distribution_words(sweep: xr.Dataset, found: Sequence[Distribution]) -> str:
    """What the figure shows, in words, for those who cannot see it."""
    told = []
    for each in found:
        for arm, values in by_arm(sweep, each.outcome).items():
            low, _, middle, _, high = quantiles(values)
            who = f", {arm}" if arm else ""
            ends = f"nine tenths of the members from {low:.4g} to {high:.4g}"
            told.append(f"{spoken(each.outcome)}{who}: median {middle:.4g} {each.unit}".rstrip() + f", {ends}.")
    return " ".join(told)
