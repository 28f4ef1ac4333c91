"""Which of many protocols no other surpasses in every goal."""

import numpy as np
import numpy.typing as npt

from cicatrix.studies.draws import Array


def unsurpassed(goals: Array) -> npt.NDArray[np.int64]:
    """Rows of (protocols, one or two goals), all to be small, that no other row equals in all goals or surpasses.

    Of equal rows the first stands for all; rows with a value that is not a number do not stand. In the order of the
    first goal.
    """
    known = np.flatnonzero(np.isfinite(goals).all(axis=1))
    order = known[np.lexsort(goals[known].T[::-1])]
    if goals.shape[1] == 1 or not order.size:
        return np.asarray(order[:1], dtype=np.int64)
    second = goals[order, 1]
    before = np.concatenate([[np.inf], np.minimum.accumulate(second)[:-1]])
    return np.asarray(order[second < before], dtype=np.int64)


def thinned(goals: Array, most: int) -> npt.NDArray[np.int64]:
    """Of rows in the order of the first goal, those nearest to `most` even steps along the front, ends included."""
    if len(goals) <= most:
        return np.arange(len(goals))
    span = np.ptp(goals, axis=0)
    steps = np.abs(np.diff(goals, axis=0)) / np.where(span > 0, span, 1.0)
    along = np.concatenate([[0.0], np.cumsum(steps.sum(axis=1))])
    wanted = np.linspace(0.0, along[-1], most)
    return np.unique(np.abs(along[:, None] - wanted).argmin(axis=0))
