"""How an outcome of a sweep goes with one factor: its mean in slices of the factor, over all that differs besides."""

from dataclasses import dataclass
from math import nan

import numpy as np
import xarray as xr

from cicatrix.milestones import Array
from cicatrix.studies.factor_grid import Levels, by_arm, factors_of, levels_of, positions
from cicatrix.studies.scatter_figure import BINS, rank_correlation

FEWEST = 3  # members with a value, without which nothing is said of a factor
QUARTILES = (0.25, 0.75)
NUMBERED = frozenset({"cohort.person", "cohort.missed_sessions"})  # numbers that name something and measure nothing


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
    levels = levels_of(sweep, factor)
    at, held = positions(sweep, levels), by_arm(sweep, outcome)
    known = np.isfinite(list(held.values())).all(axis=0)
    if int(known.sum()) < FEWEST:
        return []
    return [_in_slices(arm, levels, at[known], values[known]) for arm, values in held.items()]


def strongest(sweep: xr.Dataset, outcome: str) -> list[list[LevelMeans]]:
    """The factors whose slices differ most in any protocol, first; each with all its protocols."""
    names = [name for name in factors_of(sweep) if name not in NUMBERED]
    every = [means for name in names if (means := level_means(sweep, outcome, name))]
    return sorted(every, key=lambda means: -max(each.span for each in means))


def _in_slices(arm: str, levels: Levels, at: Array, values: Array) -> LevelMeans:
    """A slice for each value of a factor of few, otherwise slices that hold as many members each."""
    places = np.unique(at)
    slices = [at == place for place in places]
    if len(levels.values) > BINS and not levels.is_worded:
        parts = np.array_split(np.argsort(at, kind="stable"), min(BINS, at.size))
        places = np.array([np.median(at[part]) for part in parts])
        slices = [np.isin(np.arange(at.size), part) for part in parts]
    held = [values[part] for part in slices]
    lower, upper = (np.array([np.quantile(part, share) for part in held]) for share in QUARTILES)
    counts = np.array([part.size for part in held], dtype=float)
    means = np.array([part.mean() for part in held])
    correlation = nan if levels.is_worded else rank_correlation(at, values)
    return LevelMeans(arm, levels, places, means, lower, upper, counts, correlation)
