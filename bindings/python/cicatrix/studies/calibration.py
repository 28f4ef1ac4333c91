"""Parameters from measurements: least squares along exact gradients, held back by what is known beforehand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
import xarray as xr

from cicatrix import _core
from cicatrix.outcome import Exit, RefusedError
from cicatrix.studies.asked_sweep import PathLike
from cicatrix.studies.draws import Array
from cicatrix.studies.gradient import Point, point_of
from cicatrix.sweeps.engine import available_threads

Observation: TypeAlias = tuple[float, str, float, float]  # day, read-out, value, standard deviation
COLUMNS = ("day", "readout", "value", "standard_deviation")
ALIKE = 0.9  # correlation from which two parameters count as not told apart
UNLEARNT = 0.9  # share of the prior's standard deviation that is left of a parameter of which nothing was learnt
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
    apart, or say nothing about. Raises InputError, FileError, ValueError, RefusedError (SciPy is not installed).
    """
    least_squares = _optimiser()
    table = observed(observations)
    outcomes = [f"{row.readout} at {row.day:g} days" for row in table.itertuples()]
    point = point_of(source, list(dict.fromkeys(outcomes)), parameters)
    problem = Problem(point, table, outcomes, threads or available_threads())
    fit = least_squares(problem.residuals, problem.start, jac=problem.jacobian, bounds=problem.bounds, x_scale=1.0)
    return problem.result(fit)


def observed(observations: pd.DataFrame | Iterable[Observation]) -> pd.DataFrame:
    """The observations as a table. Raises ValueError for what is none."""
    known = observations if isinstance(observations, pd.DataFrame) else pd.DataFrame(observations, columns=COLUMNS)
    if missing := [name for name in COLUMNS if name not in known.columns]:
        raise ValueError(f"observations have the columns {', '.join(COLUMNS)}; {', '.join(missing)} is missing")
    table = known[list(COLUMNS)].astype({"day": float, "readout": str, "value": float, "standard_deviation": float})
    if table.empty:
        raise ValueError("there is no observation")
    if not (np.isfinite(table["value"]).all() and (table["standard_deviation"] > 0).all()):
        raise ValueError("every observation has a value and a standard deviation above 0")
    return table.reset_index(drop=True)


@dataclass(frozen=True)
class Prior:
    """What is known of parameters beforehand; x counts standard deviations from the value of the scenario."""

    middle: Array
    spread: Array
    is_log: Any  # of each parameter, whether the logarithm is distributed
    ends: tuple[Array, Array]

    @classmethod
    def of(cls, point: Point) -> "Prior":
        """From the ranges of the parameters."""
        low, high = (np.array([getattr(factor, end) for factor in point.sweep.factors]) for end in ("range_low", "range_high"))
        is_log = (low > 0) & (point.row > 0)
        size = np.where(is_log, np.log(np.where(is_log, high / np.where(low > 0, low, 1.0), 1.0)), high - low)
        spread = size / (2 * 1.96)
        if not (spread > 0).all():
            raise ValueError("a parameter without a range cannot be fitted")
        return cls(point.row.copy(), spread, is_log, (low, high))

    def row(self, x: Array) -> Array:
        """The values of the parameters."""
        moved = np.where(self.is_log, self.middle * np.exp(self.spread * x), self.middle + self.spread * x)
        return np.asarray(np.clip(moved, *self.ends))

    def place(self, row: Array) -> Array:
        """Where values lie."""
        ratio = np.log(np.where(self.is_log, row / np.where(self.is_log, self.middle, 1.0), 1.0))
        return np.asarray(np.where(self.is_log, ratio, row - self.middle) / self.spread)

    def slope(self, x: Array) -> Array:
        """Of the values by x."""
        return np.asarray(np.where(self.is_log, self.row(x), 1.0) * self.spread)


class Problem:
    """Observations and prior as one sum of squares."""

    def __init__(self, point: Point, table: pd.DataFrame, outcomes: Sequence[str], threads: int) -> None:
        self._point, self._table, self._threads = point, table, threads
        self._places = [point.outcomes.index(_canonical(point, text)) for text in outcomes]
        self._prior = Prior.of(point)
        self._x: Array = np.full(len(point.names), np.nan)
        self._values: Array = np.zeros(0)
        self._slopes: Array = np.zeros((0, 0))
        self.runs = 0
        self.start = np.zeros(len(point.names))

    @property
    def bounds(self) -> tuple[Array, Array]:
        """The ends of the ranges."""
        low, high = self._prior.ends
        inside = [np.where(end > 0, end, 1e-300) if (self._prior.is_log).any() else end for end in (low, high)]
        ends = [self._prior.place(np.where(self._prior.is_log, a, b)) for a, b in zip(inside, (low, high), strict=True)]
        return ends[0], ends[1]

    def residuals(self, x: Array) -> Array:
        """In standard deviations: first of the observations, then of the prior."""
        self._look(x)
        wrong = (self._values - self._table["value"].to_numpy()) / self._deviation
        return np.concatenate([np.where(np.isfinite(wrong), wrong, FAR), x])

    def jacobian(self, x: Array) -> Array:
        """Of the residuals by x."""
        self._look(x)
        known = self._slopes * self._prior.slope(x) / self._deviation[:, None]
        return np.concatenate([np.where(np.isfinite(known), known, 0.0), np.eye(x.size)])

    @property
    def _deviation(self) -> Array:
        return np.asarray(self._table["standard_deviation"].to_numpy(dtype=float))

    def _look(self, x: Array) -> None:
        if np.array_equal(x, self._x):
            return
        found = self._point.sweep.gradient(self._prior.row(x).tolist(), threads=self._threads)
        if blocked := [f"{name}: {why}" for name, why in zip(self._point.names, found.obstacles, strict=True) if why]:
            raise ValueError(f"this cannot be fitted, {'; '.join(blocked)}")
        self._x, self.runs = x.copy(), self.runs + 1
        self._values = np.asarray(found.values)[self._places]
        self._slopes = np.asarray(found.slopes)[self._places]

    def result(self, fit: Any) -> xr.Dataset:
        """What a fit says."""
        names, x = self._point.names, np.asarray(fit.x)
        jacobian, slope = self.jacobian(x), self._prior.slope(x)
        left = np.linalg.inv(jacobian.T @ jacobian)  # of a prior variance of 1
        size = np.sqrt(np.diag(left))
        correlation = left / np.outer(size, size)
        both = ("parameter", "other_parameter")
        variables: dict[str, Any] = {
            "estimate": ("parameter", self._prior.row(x), {"long_name": "value that fits best"}),
            "standard_error": ("parameter", size * slope, {"long_name": "standard deviation of the estimate"}),
            "prior": ("parameter", self._prior.middle, {"long_name": "value of the scenario"}),
            "prior_standard_error": ("parameter", self._prior.slope(np.zeros(x.size))),
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
        attributes = {
            "study": "calibration",
            "title": self._point.sweep.scenario.title,
            "chi_square": float(np.sum(fit.fun[: len(self._table)] ** 2)),
            "evaluations": self.runs,
            "stopped": str(fit.message),
            "told": "\n".join(told(names, size, correlation)),
            "version": _core.version,
            "git_commit": _core.git_commit,
        }
        return xr.Dataset(variables, coordinates, attributes)


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
                sentences.append(f"{names[j]} and {name} cannot be told apart: they move {way} ({correlation[i, j]:.2f})")
    return sentences


def _canonical(point: Point, text: str) -> str:
    """The outcome as the core words it."""
    known = point.outcomes
    plain = " ".join(text.split())
    for name in (plain, plain.removesuffix(" days") + " d"):
        if name in known:
            return name
    raise ValueError(f"{text!r} is none of {', '.join(known)}")


def _optimiser() -> Any:
    try:
        from scipy.optimize import least_squares
    except ImportError:
        needed = "a calibration needs the package scipy, which is not installed: pip install 'cicatrix[optimum]'"
        raise RefusedError(Exit.MISSING, needed) from None
    return least_squares
