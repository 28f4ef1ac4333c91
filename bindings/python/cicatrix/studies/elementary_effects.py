"""Elementary effects after Morris, streamed: which of many factors matter at all, for few evaluations.

Morris 1991 (Technometrics 33, 161-174); mu* after Campolongo, Cariboni and Saltelli 2007 (Environmental Modelling and
Software 22, 1509-1518). A trajectory begins at a random point and moves each set of factors once, to another point that
is between a quarter and three quarters of the range of probability away. Morris's own grid of four levels is not used:
a factor whose effect repeats with the step of a grid would seem to have none.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cicatrix.studies.draws import TRAJECTORIES, Array, random_points
from cicatrix.studies.run_sums import RunSums, interval
from cicatrix.studies.sobol_indices import Function, samples_in_block

NEAREST = 0.25  # of the range of probability; a shorter step would magnify the error of the solver
INSIDE = 2.0**-53


@dataclass(frozen=True)
class Effects:
    """What is known after some trajectories, as change of the outcome over the whole range of a factor.

    Arrays are (sets, outcomes) unless said otherwise; `mean` and `spread` are NaN for sets of several factors, whose
    effects have no sign.
    """

    size: Array  # mu*, the mean of the absolute effects
    size_low: Array
    size_high: Array
    mean: Array  # mu
    spread: Array  # sigma
    pairs: Array
    trajectories: int
    evaluations: int
    without_value: Array  # (outcomes), evaluations


class MorrisStream:
    """Takes blocks of trajectories one after another and can be asked at any time."""

    def __init__(
        self,
        function: Function,
        dimensions: int,
        *,
        sets: Sequence[Sequence[int]] | None = None,
        seed: int = 1,
    ) -> None:
        """`sets` are columns that move together, each column by itself when they are not given."""
        self._function = function
        self._dimensions, self._seed = dimensions, seed
        self._sets = [tuple(chosen) for chosen in sets] if sets is not None else [(j,) for j in range(dimensions)]
        self.block = samples_in_block(len(self._sets) + 1)
        self._trajectories = 0
        self._sums = RunSums()
        self._without: Array = np.zeros(0)

    def advance(self, trajectories: int | None = None) -> None:
        """Evaluates one block of trajectories, a shorter one where `trajectories` says so."""
        count = self.block if trajectories is None else trajectories
        rows, place, steps = self._drawn(count)
        values = np.asarray(self._function(rows.reshape(-1, self._dimensions)), dtype=float)
        self._add(values.reshape(count, len(self._sets) + 1, -1), place, steps)
        self._trajectories += count

    def _drawn(self, count: int) -> tuple[Array, npt.NDArray[np.int64], Array]:
        """Points (count, sets + 1, dimensions), the place of each set's move and its length (both count, sets).

        The length of the move of several factors is the mean of theirs, without a sign.
        """
        sets, size = len(self._sets), self._dimensions
        drawn = random_points(self._seed, self._trajectories, count, 2 * size + sets, stream=TRAJECTORIES)
        start, away, order = np.split(drawn, [size, 2 * size], axis=1)
        step = (start + NEAREST + (1.0 - 2.0 * NEAREST) * away) % 1.0 - start
        place = np.argsort(np.argsort(order, axis=1, kind="stable"), axis=1, kind="stable")
        rows = np.repeat(start[:, None, :], sets + 1, axis=1)
        for rank, columns in zip(place.T, self._sets, strict=True):
            moved = (np.arange(sets + 1) > rank[:, None])[:, :, None]
            rows[:, :, columns] += moved * step[:, None, columns]
        rows = np.clip(rows, INSIDE, 1.0 - INSIDE)  # at its ends a distribution without ends has no number
        lengths = [step[:, c[0]] if len(c) == 1 else np.abs(step[:, c]).mean(axis=1) for c in self._sets]
        return rows, place, np.stack(lengths, axis=1)

    def _add(self, values: Array, place: npt.NDArray[np.int64], steps: Array) -> None:
        known = np.isfinite(values)
        change = np.diff(np.where(known, values, 0.0), axis=1)
        there = known[:, 1:] & known[:, :-1]
        order = place[:, :, None]
        valid = np.take_along_axis(there, order, axis=1)
        effect = np.where(valid, np.take_along_axis(change, order, axis=1) / steps[:, :, None], 0.0)
        terms = np.stack([valid, effect, effect * effect, np.abs(effect)])
        if not self._without.size:
            self._without = np.zeros(values.shape[2])
        self._sums.add(np.moveaxis(terms, 1, 0))
        self._without += np.sum(~known, axis=(0, 1))

    def effects(self) -> Effects:
        """What the trajectories so far say."""
        assert self._sums.samples, "no trajectory so far"
        with np.errstate(invalid="ignore", divide="ignore"):
            pairs, total, squares, sizes = np.moveaxis(self._sums.resampled(self._seed), 1, 0)
            size = sizes / pairs
            mean = total[0] / pairs[0]
            variance = (squares[0] - pairs[0] * mean**2) / (pairs[0] - 1)
        low, high = interval(size[1:])
        several = np.array([len(columns) > 1 for columns in self._sets])[:, None]
        return Effects(
            size=size[0],
            size_low=low,
            size_high=high,
            mean=np.where(several, np.nan, mean),
            spread=np.where(several, np.nan, np.sqrt(np.maximum(variance, 0.0))),
            pairs=pairs[0],
            trajectories=self._trajectories,
            evaluations=self._trajectories * (len(self._sets) + 1),
            without_value=self._without,
        )
