"""Paired patients: how much each patient differs under two protocols, and how sure the mean and the middle are."""

from dataclasses import dataclass
from math import atan2, comb, cos, pi, sin, sqrt

import numpy as np
import xarray as xr

from cicatrix.offered_calls import require_sweep
from cicatrix.readouts import printed_unit, spoken
from cicatrix.studies.draws import Array
from cicatrix.studies.factor_grid import outcomes_of
from cicatrix.studies.figure_files import FEWEST
from cicatrix.studies.outcome_names import outcome_in
from cicatrix.told_errors import UnknownNameError, UnusableError

LEVEL = 0.95  # of an interval
LIKE_NORMAL = 1000  # degrees of freedom from which on Student's quantile is taken as that of so many


@dataclass(frozen=True, repr=False)  # a repr of its own, which does not list every patient
class PairedDifference:
    """Second protocol minus first, patient by patient, in the unit of the outcome."""

    outcome: str
    unit: str
    first: str
    second: str
    differences: Array  # of the patients for whom both are known, in their order
    patients: int
    mean: float
    mean_low: float
    mean_high: float
    median: float
    median_low: float
    median_high: float

    @property
    def left_out(self) -> int:
        """Patients for whom one of both is not known."""
        return self.patients - self.differences.size

    @property
    def share_below(self) -> float:
        """Share of the patients whose outcome is lower under the second protocol."""
        return float(np.mean(self.differences < 0))

    def __str__(self) -> str:
        unit = printed_unit(self.unit)
        unit = f" {unit}" if unit else ""
        told = (
            f"{spoken(self.outcome)}, {self.second} minus {self.first}: mean {self.mean:+.3g}{unit} "
            f"({100 * LEVEL:.0f} % interval {self.mean_low:+.3g} to {self.mean_high:+.3g}), "
            f"median {self.median:+.3g}{unit} ({self.median_low:+.3g} to {self.median_high:+.3g}), "
            f"lower in {100 * self.share_below:.0f} % of {self.differences.size} patients"
        )
        return f"{told}; {self.left_out} left out because a course failed" if self.left_out else told

    def __repr__(self) -> str:
        return f"<{self}>"


def paired(sweep: xr.Dataset, outcome: str, *, first: str | None = None, second: str | None = None) -> PairedDifference:
    """The difference of an outcome between two protocols in the same patients.

    Without names, between the first two protocols of the sweep. The interval of the mean is Student's; that of the
    median is that of the sign test, which lies between two of the differences and asks nothing of their distribution.
    Raises KeyError for an outcome or protocol that there is not, ValueError for a sweep that has no pairs.
    """
    require_sweep(sweep, "paired")
    if outcome not in sweep.data_vars:  # what a user has put beside the outcomes may be compared as well
        outcome = outcome_in(outcome, outcomes_of(sweep), "sweep")
    if "arm" not in sweep[outcome].dims:
        raise UnusableError(f"{outcome} was asked under one protocol only; sweep.arms in the scenario names more")
    names = [str(name) for name in sweep["arm"].values]
    chosen = [first or next(name for name in names if name != second), ""]
    chosen[1] = second or next((name for name in names if name != chosen[0]), "")
    for name in chosen:
        if name not in names:
            raise UnknownNameError(f"the sweep has no protocol {name!r}; it has: {', '.join(names)}")
    values = [np.asarray(sweep[outcome].sel(arm=name).values, dtype=float) for name in chosen]
    differences = values[1] - values[0]
    known = differences[np.isfinite(differences)]
    if known.size < FEWEST:
        raise UnusableError(f"{outcome} is known in {known.size} pairs; an interval takes {FEWEST} or more")
    reach = student(known.size - 1) * float(known.std(ddof=1)) / sqrt(known.size)
    mean = float(known.mean())
    low, high = median_interval(known)
    return PairedDifference(
        outcome=outcome,
        unit=str(sweep[outcome].attrs.get("units", "1")),
        first=chosen[0],
        second=chosen[1],
        differences=known,
        patients=differences.size,
        mean=mean,
        mean_low=mean - reach,
        mean_high=mean + reach,
        median=float(np.median(known)),
        median_low=low,
        median_high=high,
    )


def median_interval(values: Array) -> tuple[float, float]:
    """Two of the values that enclose the median of their distribution with the probability of an interval, or more.

    With fewer than six values no two do; then their least and greatest.
    """
    ordered, count = np.sort(values), values.size
    rank = _rank(count)
    return float(ordered[rank]), float(ordered[count - 1 - rank])


def _rank(count: int) -> int:
    """How many values lie beyond each end: as many as leave both tails of the binomial what is outside the interval."""
    allowed = 0.5 * (1.0 - LEVEL)
    if count > LIKE_NORMAL:  # the binomial is all but normal
        return int(0.5 * count - 0.5 * student(count) * sqrt(count)) - 1
    tail, rank = 0, 0
    while (tail := tail + comb(count, rank)) <= allowed * 2**count:
        rank += 1
    return max(rank - 1, 0)


def student(freedom: int) -> float:
    """Student's quantile for the upper end of an interval."""
    wanted, low, high = LEVEL, 0.0, 1000.0
    for _ in range(80):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if _within(middle, min(freedom, LIKE_NORMAL)) < wanted else (low, middle)
    return 0.5 * (low + high)


def _within(reach: float, freedom: int) -> float:
    """Probability that Student's variable lies within `reach` of 0, as a finite sum (Abramowitz and Stegun 26.7)."""
    angle = atan2(reach, sqrt(freedom))
    term, total = (cos(angle), 0.0) if freedom % 2 else (1.0, 0.0)
    for step in range(1 if not freedom % 2 else 2, freedom, 2):
        total += term
        term *= cos(angle) ** 2 * step / (step + 1)
    if freedom % 2:
        return 2 / pi * (angle + sin(angle) * (total if freedom > 1 else 0.0))
    return sin(angle) * total
