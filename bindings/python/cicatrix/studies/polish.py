"""The last stretch of a search, along gradients: what may vary evenly is moved to where nothing near is better."""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import numpy as np

from cicatrix.studies.draws import Array
from cicatrix.studies.goals import Condition, Goal

Columns: TypeAlias = Callable[[Array], Array]  # of one row of coordinates: values, or values by coordinates

STEPS = 30
INWARD = 1e-7  # what conditions are tightened by, in their scales: what is reached must meet them to the last digit


def polished(
    optimise: Any,
    start: Array,
    even: Array,
    highest: Array,
    values: Columns,
    slopes: Columns,
    goal: tuple[int, Goal],
    conditions: Sequence[tuple[int, Condition]],
    scale: Array,
) -> None:
    """Follows the goal downhill from a good protocol by SciPy's SLSQP, over the coordinates that are `even`.

    `values` and `slopes` are told coordinates, and whoever gives them remembers what was tried; `slopes` are those of
    the columns by the coordinates. Stops where a slope is no number.
    """
    column, wanted = goal
    size = max(abs(float(values(start)[column])), 1e-12)

    def at(x: Array) -> Array:
        whole = start.copy()
        whole[even] = np.clip(x, 0.0, highest[even])
        return whole

    def slope(x: Array, of: int, by: float) -> Array:
        found = by * slopes(at(x))[of, even]
        if not np.isfinite(found).all():
            raise StopIteration
        return np.asarray(found)

    def room(index: int, condition: Condition, x: Array) -> float:
        left = condition.sign * (condition.limit - float(values(at(x))[index]))
        return left / scale_of[index] - INWARD

    scale_of = {index: float(each) for (index, _), each in zip(conditions, scale, strict=True)}
    limits = [
        {
            "type": "ineq",
            "fun": lambda x, i=index, c=condition: room(i, c, x),
            "jac": lambda x, i=index, c=condition: slope(x, i, -c.sign / scale_of[i]),
        }
        for index, condition in conditions
    ]
    try:
        optimise.minimize(
            lambda x: wanted.sign * float(values(at(x))[column]) / size,
            start[even],
            jac=lambda x: slope(x, column, wanted.sign / size),
            bounds=[(0.0, high) for high in highest[even]],
            constraints=limits,
            method="SLSQP",
            options={"maxiter": STEPS, "ftol": 1e-10},
        )
    except StopIteration:
        return
