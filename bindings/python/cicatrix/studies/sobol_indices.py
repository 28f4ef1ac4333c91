"""Sobol' indices of any vectorised function, streamed: memory depends on the factors and outcomes, not on the samples.

First order after Saltelli et al. 2010 (Computer Physics Communications 181, 259-270), total order after Jansen 1999
(Computer Physics Communications 117, 35-43). Each sample takes two independent points a and b of the unit cube and, for
each set of factors, the point that is a with the coordinates of the set taken from b.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from cicatrix.studies.draws import Array, random_points
from cicatrix.studies.run_sums import RunSums, interval

Function: TypeAlias = Callable[[Array], Array]  # points (rows, dimensions) of the unit cube -> values (rows, outcomes)
Points: TypeAlias = Callable[[int, int, int, int], Array]  # seed, first, count, dimensions -> (count, dimensions)

ROWS_AT_ONCE = 4096  # about as many points are given to the function in one call
STILL = 1e-12  # standard deviation, relative to the mean, below which an outcome does not vary


@dataclass(frozen=True)
class Indices:
    """What is known after some samples; arrays are (sets, outcomes) unless said otherwise."""

    first: Array
    first_low: Array
    first_high: Array
    total: Array
    total_low: Array
    total_high: Array
    mean: Array  # (outcomes)
    variance: Array  # (outcomes)
    pairs: Array  # samples in which everything that the index takes had a value
    samples: int
    evaluations: int
    without_value: Array  # (outcomes), evaluations

    @property
    def _widths(self) -> Array:
        return np.stack([self.first_high - self.first_low, self.total_high - self.total_low])

    @property
    def widest(self) -> float:
        """The width of the widest interval; NaN when no outcome varies."""
        widths = self._widths
        return float(np.nanmax(widths)) if np.isfinite(widths).any() else float("nan")

    @property
    def widest_at(self) -> tuple[str, int, int]:
        """Whose interval is the widest: S1 or ST, the set, the outcome. There has to be one."""
        widths = self._widths
        kind, row, outcome = np.unravel_index(int(np.nanargmax(widths)), widths.shape)
        return ("S1", "ST")[int(kind)], int(row), int(outcome)


class SobolStream:
    """Takes blocks of samples one after another and can be asked at any time."""

    def __init__(
        self,
        function: Function,
        dimensions: int,
        *,
        sets: Sequence[Sequence[int]] | None = None,
        seed: int = 1,
        points: Points = random_points,
    ) -> None:
        """`sets` are the columns whose indices are wanted, each column by itself when they are not given."""
        self._function, self._points = function, points
        self._dimensions, self._seed = dimensions, seed
        self._sets = [tuple(chosen) for chosen in sets] if sets is not None else [(j,) for j in range(dimensions)]
        self.block = samples_in_block(len(self._sets) + 2)
        self._samples = 0
        self._shift: Array | None = None
        self._of_base, self._of_sets = RunSums(), RunSums()
        self._without: Array = np.zeros(0)

    def advance(self, samples: int | None = None) -> None:
        """Evaluates one block of samples, a shorter one where `samples` says so."""
        count = self.block if samples is None else samples
        values = self._evaluated(count)
        self._add(values)
        self._samples += count

    def _evaluated(self, count: int) -> Array:
        """Values (sets + 2, count, outcomes): those of a, of b and of each mixture."""
        both = self._points(self._seed, self._samples, count, 2 * self._dimensions)
        a, b = both[:, : self._dimensions], both[:, self._dimensions :]
        rows = np.tile(a, (len(self._sets) + 2, 1, 1))
        rows[1] = b
        for mixed, columns in zip(rows[2:], self._sets, strict=True):
            mixed[:, columns] = b[:, columns]
        values = np.asarray(self._function(rows.reshape(-1, self._dimensions)), dtype=float)
        return values.reshape(len(self._sets) + 2, count, -1)

    def _add(self, values: Array) -> None:
        known = np.isfinite(values)
        values = np.where(known, values - self._shifted(values, known), 0.0)
        a, b, whole = values[0], values[1], known[0] & known[1]
        pairs = whole & known[2:]
        step = np.where(pairs, values[2:] - a, 0.0)
        base = np.stack([whole, np.where(whole, a + b, 0.0), np.where(whole, a * a + b * b, 0.0)])
        sets = np.stack([pairs, step, step * step, step * b])
        if not self._without.size:
            self._without = np.zeros(values.shape[2])
        self._of_base.add(np.moveaxis(base, 1, 0))
        self._of_sets.add(np.moveaxis(sets, 2, 0))
        self._without += np.sum(~known, axis=(0, 1))

    def _shifted(self, values: Array, known: "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]") -> Array:
        """The first value of each outcome: sums of squares of what is far from zero would lose their digits."""
        if self._shift is None:
            self._shift = np.full(values.shape[2], np.nan)
        for outcome in np.flatnonzero(np.isnan(self._shift)):
            there = np.flatnonzero(known[0, :, outcome])
            if there.size:
                self._shift[outcome] = values[0, there[0], outcome]
        return np.nan_to_num(self._shift)

    def indices(self) -> Indices:
        """What the samples so far say; NaN for an outcome that does not vary."""
        assert self._shift is not None, "no sample so far"
        with np.errstate(invalid="ignore", divide="ignore"):
            count, total, squares = np.moveaxis(self._of_base.resampled(self._seed), 1, 0)
            mean = total / (2 * count)
            variance = np.maximum(squares / (2 * count) - mean**2, 0.0)
            pairs, step, step2, product = np.moveaxis(self._of_sets.resampled(self._seed), 1, 0)
            still = np.sqrt(variance[0]) <= STILL * np.abs(mean[0] + self._shift)
            scale = np.where(still | (variance == 0), np.nan, variance)[:, None, :]
            first = (product - mean[:, None, :] * step) / pairs / scale
            whole = step2 / (2 * pairs) / scale
        first_low, first_high = interval(first[1:])
        total_low, total_high = interval(whole[1:])
        return Indices(
            first=first[0],
            first_low=first_low,
            first_high=first_high,
            total=whole[0],
            total_low=total_low,
            total_high=total_high,
            mean=mean[0] + self._shift,
            variance=np.where(still, 0.0, variance[0]),
            pairs=pairs[0],
            samples=self._samples,
            evaluations=self._samples * (len(self._sets) + 2),
            without_value=self._without,
        )


def samples_in_block(rows_for_each: int) -> int:
    """A power of two, so that sums are taken in the same order however many samples there will be."""
    return int(2 ** max(3, int(np.log2(max(ROWS_AT_ONCE / rows_for_each, 1.0)))))
