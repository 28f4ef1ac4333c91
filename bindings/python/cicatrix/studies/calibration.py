"""Parameters from measurements: least squares along exact gradients, held back by what is known beforehand."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
import xarray as xr

from cicatrix import _core
from cicatrix.outcome import Exit, RefusedError
from cicatrix.studies.asked_sweep import PathLike
from cicatrix.studies.draws import Array
from cicatrix.studies.gradient import Point, point_of
from cicatrix.studies.prior import Prior
from cicatrix.sweeps.engine import available_threads
from cicatrix.told_errors import UnusableError

Observation: TypeAlias = tuple[float, str, float, float]  # day, read-out, value, standard deviation
COLUMNS = ("day", "readout", "value", "standard_deviation")
ALIKE = 0.9  # correlation from which two parameters count as not told apart
UNLEARNT = 0.9  # share of the prior's standard deviation that is left of a parameter of which nothing was learnt
AT_END = 1e-3  # of a range: so near to its end an estimate counts as there
UNLIKELY = 3.0  # standard deviations of chi-square above its mean from which a fit counts as missing
FAR = 1e3  # standard deviations that an observation is off where the course fails


def calibrate(
    source: "PathLike | _core.Scenario",
    observations: pd.DataFrame | Iterable[Observation],
    parameters: Sequence[str],
    *,
    threads: int | None = None,
) -> xr.Dataset:
    """The values of parameters that fit measurements best, with their uncertainty.

    Observations have a day, a read-out (or a state; "wrinkle_depth effect" is treated less untreated skin), a value and
    its standard deviation, as tuples or as columns of a table. What is known beforehand is each parameter's range: 95
    per cent of a normal distribution, of the logarithm where the range lies above zero, about the value of the
    scenario. Of the fit come back the estimates with standard errors, covariance and correlation, how much of the prior
    uncertainty is left of each, what was fitted, and in `attrs["told"]` which parameters the measurements do not tell
    apart, or say nothing about, which estimates lie at an end of their range, and whether the fit misses them. A table
    [sweep] of the scenario has no part in it. `cx.save` writes it, `.cx.table()` tells the
    estimates. Raises InputError, FileError, ValueError, RefusedError (SciPy is not installed).
    """
    least_squares = _optimiser()
    table = observed(observations)
    outcomes = [f"{row.readout} at {row.day!r} days" for row in table.itertuples()]
    point = point_of(source, list(dict.fromkeys(outcomes)), parameters)
    problem = Problem(point, table, outcomes, threads or available_threads())
    fit = least_squares(problem.residuals, problem.start, jac=problem.jacobian, bounds=problem.prior.bounds)
    return problem.result(fit)


def observed(observations: pd.DataFrame | Iterable[Observation]) -> pd.DataFrame:
    """The observations as a table. Raises ValueError for what is none."""
    known = observations if isinstance(observations, pd.DataFrame) else pd.DataFrame(observations, columns=COLUMNS)
    if missing := [name for name in COLUMNS if name not in known.columns]:
        raise UnusableError(f"observations have the columns {', '.join(COLUMNS)}; {', '.join(missing)} is missing")
    table = known[list(COLUMNS)].astype({"day": float, "readout": str, "value": float, "standard_deviation": float})
    if table.empty:
        raise UnusableError("there is no observation")
    if not (np.isfinite(table["value"]).all() and (table["standard_deviation"] > 0).all()):
        raise UnusableError("every observation has a value and a standard deviation above 0")
    return table.reset_index(drop=True)


class Problem:
    """Observations and prior as one sum of squares."""

    def __init__(self, point: Point, table: pd.DataFrame, outcomes: Sequence[str], threads: int) -> None:
        self._point, self._table, self._threads = point, table, threads
        asked = list(dict.fromkeys(outcomes))
        self._places = [asked.index(text) for text in outcomes]
        self.prior = Prior.of(point.names, point.row)
        self._x: Array = np.full(len(point.names), np.nan)
        self._values: Array = np.zeros(0)
        self._slopes: Array = np.zeros((0, 0))
        self.runs, self._status = 0, "done"
        self.start = np.zeros(len(point.names))

    def residuals(self, x: Array) -> Array:
        """In standard deviations: first of the observations, then of the prior."""
        self._look(x)
        wrong = (self._values - self._table["value"].to_numpy()) / self._deviation
        return np.concatenate([np.where(np.isfinite(wrong), wrong, FAR), x])

    def jacobian(self, x: Array) -> Array:
        """Of the residuals by x."""
        self._look(x)
        known = self._slopes * self.prior.slope(x) / self._deviation[:, None]
        return np.concatenate([np.where(np.isfinite(known), known, 0.0), np.eye(x.size)])

    @property
    def _deviation(self) -> Array:
        return np.asarray(self._table["standard_deviation"].to_numpy(dtype=float))

    def _look(self, x: Array) -> None:
        if np.array_equal(x, self._x):
            return
        found = self._point.sweep.gradient(self.prior.values(x).tolist(), threads=self._threads)
        if blocked := [f"{name}: {why}" for name, why in zip(self._point.names, found.obstacles, strict=True) if why]:
            raise UnusableError(f"this cannot be fitted, {'; '.join(blocked)}")
        if found.status != "done" and self.runs == 0:
            raise _core.NumericalError(f"the course of the scenario cannot be fitted: it ended as {found.status}")
        self._x, self.runs, self._status = x.copy(), self.runs + 1, found.status
        self._values = np.asarray(found.values)[self._places]
        self._slopes = np.asarray(found.slopes)[self._places]
        if found.status == "done" and (unknown := np.argwhere(np.isnan(self._slopes))).size:
            row, column = unknown[0]
            name, what = self._point.names[column], self._table["readout"][row]
            raise UnusableError(f"this cannot be fitted, {what} has no derivative by {name} there")

    def result(self, fit: Any) -> xr.Dataset:
        """What a fit says."""
        names, x = self._point.names, np.asarray(fit.x)
        self._look(x)
        if self._status != "done":
            raise _core.NumericalError(f"the fit ended where the course fails: it ended as {self._status}")
        jacobian, slope = self.jacobian(x), self.prior.slope(x)
        left = np.linalg.inv(jacobian.T @ jacobian)  # of a prior variance of 1
        size = np.sqrt(np.diag(left))
        correlation = left / np.outer(size, size)
        both = ("parameter", "other_parameter")
        variables: dict[str, Any] = {
            "estimate": ("parameter", self.prior.values(x), {"long_name": "value that fits best"}),
            "standard_error": ("parameter", size * slope, {"long_name": "standard deviation of the estimate"}),
            "prior": ("parameter", self.prior.middle, {"long_name": "value of the scenario"}),
            "prior_standard_error": ("parameter", self.prior.slope(np.zeros(x.size))),
            "left": ("parameter", size, {"long_name": "share of the prior's standard deviation that is left"}),
            "covariance": (both, left * np.outer(slope, slope)),
            "correlation": (both, correlation),
            "day": ("observation", self._table["day"].to_numpy(), {"units": "d"}),
            "readout": ("observation", self._table["readout"].to_numpy(dtype=str)),
            "observed": ("observation", self._table["value"].to_numpy()),
            "standard_deviation": ("observation", self._deviation),
            "fitted": ("observation", self._values),
        }
        units = [factor.unit or "1" for factor in self._point.sweep.factors]
        coordinates = {"parameter": names, "other_parameter": names, "unit": ("parameter", units)}
        misfit = float(np.sum(fit.fun[: len(self._table)] ** 2))
        sentences = [
            *told_of_misfit(misfit, len(self._table)),
            *told_of_ends(names, self.prior, x),
            *told(names, size, correlation),
        ]
        attributes = {
            "study": "calibration",
            "title": self._point.sweep.scenario.title,
            "chi_square": misfit,
            "evaluations": self.runs,
            "stopped": str(fit.message),
            "told": "\n".join(sentences),
            "scenario_toml": self._point.sweep.scenario.text,
            "scenario_resolved": self._point.sweep.scenario.resolved,
            "calibrated": "no",
            "version": _core.version,
            "git_commit": _core.git_commit,
        }
        return xr.Dataset(variables, coordinates, attributes)


def told_of_misfit(chi_square: float, observations: int) -> list[str]:
    """Whether the measurements lie farther from the fit than their standard deviations make likely."""
    # Of so many squares of standard normal numbers the sum has this mean and this variance; parameters only lower it.
    if not chi_square > observations + UNLIKELY * np.sqrt(2.0 * observations):
        return []
    lowest = (
        f"the fit misses the measurements: chi-square is {chi_square:.3g} where about {observations} or less is usual"
    )
    return [f"{lowest}; the model, other parameters or the standard deviations are at fault"]


def told_of_ends(names: Sequence[str], prior: Prior, place: Array) -> list[str]:
    """Which estimates lie at an end of their range, where errors mean little."""
    low, high = prior.bounds
    return [
        f"{name} ended at the {'lower' if at - low[i] < high[i] - at else 'upper'} end of its range: "
        "the measurements ask for more than it allows, and its error is not to be trusted"
        for i, (name, at) in enumerate(zip(names, place, strict=True))
        if min(at - low[i], high[i] - at) < AT_END * (high[i] - low[i])
    ]


def told(names: Sequence[str], left: Array, correlation: Array) -> list[str]:
    """What the measurements do not say, in sentences."""
    sentences = [
        f"the measurements say hardly anything about {name}: {100 * share:.0f} % of its prior uncertainty is left"
        for name, share in zip(names, left, strict=True)
        if share > UNLEARNT
    ]
    for i, name in enumerate(names):
        for j in range(i):
            if abs(correlation[i, j]) > ALIKE:
                way = "together" if correlation[i, j] > 0 else "one for the other"
                sentences.append(
                    f"{names[j]} and {name} cannot be told apart: they move {way} ({correlation[i, j]:.2f})"
                )
    return sentences


def _optimiser() -> Any:
    try:
        from scipy.optimize import least_squares
    except ImportError:
        needed = "a calibration needs the package scipy, which is not installed: pip install 'cicatrix[optimum]'"
        raise RefusedError(Exit.MISSING, needed) from None
    return least_squares
