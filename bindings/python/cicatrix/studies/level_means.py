"""How an outcome of a sweep goes with one factor: its mean in slices of the factor, over all that differs besides."""

from dataclasses import dataclass
from math import nan

import numpy as np
import xarray as xr

from cicatrix.milestones import Array
from cicatrix.studies.factor_grid import Levels, by_arm, levels_of, measured_factors_of, positions
from cicatrix.studies.scatter_figure import BINS, rank_correlation

FEWEST = 3  # members with a value, without which nothing is said of a factor
QUARTILES = (0.25, 0.75)


@dataclass(frozen=True)
class LevelMeans:
    """One outcome under one protocol in slices of one factor."""

    arm: str  # empty where there is one protocol
    levels: Levels
    at: Array  # where each slice stands: a value of the factor, the median of several, or the place of a word
    means: Array
    lower: Array  # quartiles within the slices
    upper: Array
    counts: Array
    correlation: float  # of ranks; NaN for words, which have no order

    @property
    def words(self) -> list[str]:
        """The slices as people read them."""
        if self.levels.is_worded:
            return [self.levels.texts[int(place)] for place in self.at]
        about = "" if len(self.levels.values) <= BINS else "about "
        return [f"{about}{place:.4g}" for place in self.at]

    @property
    def span(self) -> float:
        """Highest less lowest mean."""
        return float(np.ptp(self.means))


def level_means(sweep: xr.Dataset, outcome: str, factor: str) -> list[LevelMeans]:
    """For each protocol, of the members that have a value under all; empty where these are too few."""
    return _along(sweep, by_arm(sweep, outcome), factor)


def strongest(sweep: xr.Dataset, outcome: str) -> list[list[LevelMeans]]:
    """The factors whose slices differ most in any protocol, first; each with all its protocols."""
    held = by_arm(sweep, outcome)
    every = [means for name in measured_factors_of(sweep) if (means := _along(sweep, held, name))]
    return sorted(every, key=lambda means: -max(each.span for each in means))


def _along(sweep: xr.Dataset, held: dict[str, Array], factor: str) -> list[LevelMeans]:
    known = np.isfinite(list(held.values())).all(axis=0)
    if int(known.sum()) < FEWEST:
        return []
    levels = levels_of(sweep, factor)
    at = positions(sweep, levels)[known]
    return [_in_slices(arm, levels, at, values[known]) for arm, values in held.items()]


def _in_slices(arm: str, levels: Levels, at: Array, values: Array) -> LevelMeans:
    """A slice for each value of a factor of few, otherwise slices that hold as many members each."""
    order = np.argsort(at, kind="stable")
    many = len(levels.values) > BINS and not levels.is_worded
    ends = np.flatnonzero(np.diff(at[order])) + 1
    parts = np.array_split(order, min(BINS, at.size)) if many else np.split(order, ends)
    held = [values[part] for part in parts]
    places = np.array([np.median(at[part]) for part in parts])
    lower, upper = np.array([np.quantile(part, QUARTILES) for part in held]).T
    counts = np.array([part.size for part in held], dtype=float)
    means = np.array([part.mean() for part in held])
    correlation = nan if levels.is_worded else rank_correlation(at, values)
    return LevelMeans(arm, levels, places, means, lower, upper, counts, correlation)
