"""Sums over the samples of a stream, kept apart by runs of neighbours, from which a bootstrap makes its resamples.

There are never more than 64 runs: when they are full, neighbours are added together and each run is twice as long, so
that memory does not grow. Where samples are independent, runs are too. In a scrambled Sobol' sequence each run fills
the cube evenly by itself; a bootstrap over single samples would not see that, and its intervals would be several times
too wide. Those over runs are wider than need be, but never too narrow for that reason.
"""

import numpy as np

from cicatrix.studies.draws import Array, resampling_weights

MOST = 64  # runs; a power of two
REPLICATES = 200  # resamples behind an interval
LEVEL = 0.95  # of an interval


class RunSums:
    """Sums of several terms of each sample."""

    def __init__(self) -> None:
        self.samples = 0
        self._length = 1  # samples in a run
        self._runs: Array = np.zeros(0)

    def add(self, terms: Array) -> None:
        """Takes the terms of the next samples, which stand along the first dimension."""
        if not self._runs.size:
            self._runs = np.zeros((MOST, *terms.shape[1:]))
        taken = 0
        while taken < len(terms):
            if self.samples == MOST * self._length:
                self._double()
            run, within = divmod(self.samples, self._length)
            part = terms[taken : taken + self._length - within]
            self._runs[run] += part.sum(axis=0)
            taken += len(part)
            self.samples += len(part)

    def _double(self) -> None:
        half = self._runs[0::2] + self._runs[1::2]
        self._runs = np.concatenate([half, np.zeros_like(half)])
        self._length *= 2

    @property
    def runs(self) -> int:
        """How many runs hold a sample."""
        return -(-self.samples // self._length)

    def resampled(self, seed: int) -> Array:
        """The sums over all samples, and behind them those of each resample: (1 + REPLICATES, terms ...)."""
        filled = self._runs[: self.runs]
        sums = np.zeros((REPLICATES, *filled.shape[1:]))
        # One run after another: a product of matrices adds in an order that depends on where its memory lies.
        for weights, run in zip(resampling_weights(seed, 0, self.runs, REPLICATES), filled, strict=True):
            sums += np.multiply.outer(weights, run)
        return np.concatenate([filled.sum(axis=0)[None], sums])


def interval(resamples: Array) -> tuple[Array, Array]:
    """The interval that holds the middle of the resamples, first dimension."""
    outside = 50.0 * (1.0 - LEVEL)
    low, high = np.percentile(resamples, [outside, 100.0 - outside], axis=0)  # NaN stays NaN
    return np.asarray(low), np.asarray(high)
