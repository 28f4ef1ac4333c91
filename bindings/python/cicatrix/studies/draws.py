"""Random numbers of the studies: each is a pure function of a seed and an index, whatever is drawn before it."""

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[np.float64]

POINTS, WEIGHTS, TRAJECTORIES = 1, 2, 3  # streams that share a seed and no number
_AT_ONCE = 4  # numbers of 64 bits that one step of the counter gives
_STEPS = 2.0**-53  # between neighbours in [0, 1)


def random_points(seed: int, first: int, count: int, dimensions: int, *, stream: int = POINTS) -> Array:
    """Rows `first` to `first + count` of an endless table of independent uniform numbers, in (0, 1)."""
    bits = _bits(seed, first, count, dimensions, stream)
    return np.asarray(((bits >> np.uint64(11)) + 0.5) * _STEPS, dtype=float)


def resampling_weights(seed: int, first: int, count: int, replicates: int) -> Array:
    """How often each of `count` samples stands in each resample: Poisson numbers of mean 1, (count, replicates).

    Such weights make a bootstrap that needs no sample twice (the Poisson bootstrap), so that samples can stream by.
    """
    bits = _bits(seed, first, count, -(-replicates // 4), WEIGHTS)
    quarters = np.ascontiguousarray(bits, dtype="<u8").view("<u2").reshape(count, -1)
    return np.asarray(_POISSON[quarters[:, :replicates]], dtype=float)


def _bits(seed: int, first: int, count: int, width: int, stream: int) -> npt.NDArray[np.uint64]:
    steps = -(-width // _AT_ONCE)
    counter = (first * steps) % 2**128
    words = [counter % 2**64, counter // 2**64, 0, 0]
    generator: Any = np.random.Philox(key=[seed % 2**64, stream], counter=words)
    drawn = np.asarray(generator.random_raw(count * steps * _AT_ONCE), dtype=np.uint64)
    return drawn.reshape(count, steps * _AT_ONCE)[:, :width]


def _poisson_table() -> Array:
    """The Poisson number of mean 1 that each of 65536 equally likely values stands for."""
    numbers = np.arange(9)
    chance = np.exp(-1.0) / np.cumprod(np.concatenate([[1.0], np.arange(1.0, 9.0)]))
    ends = np.cumsum(chance) * 65536.0
    return numbers[np.searchsorted(ends[:-1], np.arange(65536) + 0.5)].astype(float)


_POISSON = _poisson_table()
