"""What is known of parameters beforehand, from their ranges."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cicatrix import _core
from cicatrix.studies.draws import Array
from cicatrix.told_errors import UnusableError

WIDTH = 2 * 1.96  # standard deviations that a range is wide: 95 per cent lie in it


@dataclass(frozen=True)
class Prior:
    """A normal distribution of each parameter, or of its logarithm; places count its standard deviations."""

    middle: Array
    low: Array
    high: Array
    is_log: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, names: Sequence[str], middle: Array) -> "Prior":
        """Of parameters of the course by name, about these values. Raises ValueError for what is none."""
        rows = {row.name: row for row in _core.course_parameters()}
        if unknown := [name for name in names if name not in rows]:
            raise UnusableError(f"{unknown[0]!r} is no parameter: only parameters have ranges to begin with")
        low, high = (np.array([getattr(rows[name], end) for name in names]) for end in ("low", "high"))
        return cls(middle, low, high, (low > 0) & (middle > 0))

    @property
    def spread(self) -> Array:
        """Standard deviations, of the logarithm where that is distributed."""
        low, high = (np.where(self.is_log, end, 1.0) for end in (self.low, self.high))
        return np.asarray(np.where(self.is_log, np.log(high / low), self.high - self.low) / WIDTH)

    @property
    def bounds(self) -> tuple[Array, Array]:
        """The places of the ends of the ranges."""
        return self.place(self.low), self.place(self.high)

    def values(self, place: Array) -> Array:
        """The values at a place, inside their ranges."""
        moved = self.spread * place
        values = np.where(self.is_log, self.middle * np.exp(np.where(self.is_log, moved, 0.0)), self.middle + moved)
        return np.asarray(np.clip(values, self.low, self.high))

    def place(self, values: Array) -> Array:
        """The place of values."""
        ratio = np.where(self.is_log, values, 1.0) / np.where(self.is_log, self.middle, 1.0)
        return np.asarray(np.where(self.is_log, np.log(ratio), values - self.middle) / self.spread)

    def slope(self, place: Array) -> Array:
        """Of the values by the place."""
        return np.asarray(np.where(self.is_log, self.values(place), 1.0) * self.spread)
