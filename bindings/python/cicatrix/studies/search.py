"""The search for a protocol: SciPy's differential evolution, a whole generation of protocols at a time in the lanes,
and from its best one on along the gradients of the course."""

import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from cicatrix.outcome import Exit, RefusedError
from cicatrix.studies.asked_sweep import Progress
from cicatrix.studies.choices import Coordinates
from cicatrix.studies.draws import Array, random_points
from cicatrix.studies.goals import Condition, Goal
from cicatrix.studies.polish import Columns, polished

GENERATIONS = 200
FEWEST, FOR_EACH = 64, 20  # protocols in a generation: at least, and for each coordinate
CLOSE = 1e-4  # scatter of the goal in a generation, relative to its mean, at which a search is over
FAR = 1e30  # how far on the wrong side a protocol is whose course fails


class Ledger:
    """Every protocol that was tried, with what came out; none is simulated twice."""

    def __init__(self, outcomes: Callable[[Array], Array], coordinates: Coordinates) -> None:
        """`outcomes` maps points of the unit cube to the columns that goals and conditions name."""
        self._outcomes, self._coordinates = outcomes, coordinates
        self._known: dict[bytes, int] = {}
        self._tried: list[tuple[Array, Array, Array]] = []  # coordinates, point, outcomes

    def values(self, tried: Array) -> Array:
        """The outcomes (rows, columns) at coordinates (rows, coordinates)."""
        if not len(tried):
            return np.zeros((0, self._tried[0][2].size if self._tried else 0))
        points = self._coordinates.points(tried)
        keys = [point.tobytes() for point in points]
        new = {key: i for i, key in enumerate(keys) if key not in self._known}
        if new:
            rows = sorted(new.values())
            for row, values in zip(rows, self._outcomes(points[rows]), strict=True):
                self._known[keys[row]] = len(self._tried)
                self._tried.append((tried[row].copy(), points[row], values))
        return np.stack([self._tried[self._known[key]][2] for key in keys])

    @property
    def coordinates(self) -> Array:
        """Of all protocols, (protocols, coordinates)."""
        return np.stack([each[0] for each in self._tried])

    @property
    def points(self) -> Array:
        """Of all protocols, (protocols, factors)."""
        return np.stack([each[1] for each in self._tried])

    @property
    def outcomes(self) -> Array:
        """Of all protocols, (protocols, columns)."""
        return np.stack([each[2] for each in self._tried])


class Watch:
    """Says when the time is over, and how far several searches are."""

    def __init__(self, allowed: float, searches: int, progress: Progress | None) -> None:
        self._allowed, self._searches, self._progress = allowed, searches, progress
        self._begun, self.done = time.monotonic(), 0

    @property
    def is_over(self) -> bool:
        """True when the time is over."""
        return self._passed() >= 1.0

    def _passed(self) -> float:
        return (time.monotonic() - self._begun) / self._allowed if self._allowed > 0 else 1.0

    def show(self) -> bool:
        """Tells the share done, of the searches or of the time, and returns `is_over`. Raises KeyboardInterrupt."""
        share = min(max(self._passed(), self.done / self._searches), 1.0)
        if self._progress is not None and not self._progress(share):
            raise KeyboardInterrupt
        return self.is_over


class Search:
    """Looks for the least value of one goal under conditions; several searches share a ledger and a clock."""

    def __init__(
        self,
        ledger: Ledger,
        coordinates: Coordinates,
        watch: Watch,
        seed: int,
        slopes: Columns | None = None,
    ) -> None:
        """`slopes` are those of the outcomes at a row of coordinates by these: (columns, coordinates)."""
        self._ledger, self._coordinates, self._watch, self._seed = ledger, coordinates, watch, seed
        self._slopes = slopes
        self._scale: Array = np.ones(0)

    def least(
        self, goal: tuple[int, Goal], conditions: Sequence[tuple[int, Condition]], start: Array | None = None
    ) -> None:
        """Fills the ledger with better and better protocols; goal and conditions stand with their columns of it.

        `start` are coordinates to begin with beside random ones. Raises RefusedError where SciPy is not installed.
        """
        optimise = _optimiser()
        bounds = [(0.0, high) for high in self._coordinates.highest]
        first = self._first(start)
        self._scale = self._scales(first, conditions)

        def cost(tried: Array) -> Array:
            values = goal[1].sign * self._ledger.values(tried.T)[:, goal[0]]
            return np.where(np.isfinite(values), values, FAR)

        optimise.differential_evolution(
            cost,
            bounds,
            strategy="rand1bin",  # the usual best1bin settles too early where whole numbers make several valleys
            maxiter=GENERATIONS,
            init=first,
            integrality=self._coordinates.whole,
            constraints=self._constraint(optimise, conditions),
            tol=CLOSE,
            vectorized=True,
            updating="deferred",
            polish=False,
            callback=lambda *_, **__: self._watch.show(),
            rng=np.random.Generator(np.random.Philox(key=[self._seed % 2**64, self._watch.done])),
        )
        self._polish(optimise, goal, conditions)
        self._watch.done += 1

    def _polish(self, optimise: Any, goal: tuple[int, Goal], conditions: Sequence[tuple[int, Condition]]) -> None:
        """Goes on from the best protocol so far along the gradients, where there are any."""
        even = ~np.array(self._coordinates.whole, dtype=bool)
        found = self._ledger.outcomes
        met = np.flatnonzero(meets(found, conditions))
        if self._slopes is None or not even.any() or not met.size or self._watch.is_over:
            return
        best = met[np.argmin(goal[1].sign * found[met, goal[0]])]
        polished(
            optimise,
            self._ledger.coordinates[best],
            even,
            np.array(self._coordinates.highest),
            lambda x: self._ledger.values(x[None])[0],
            self._slopes,
            goal,
            conditions,
            self._scale,
        )

    def _first(self, start: Array | None) -> Array:
        """The first generation: what is known to be good, and random protocols."""
        size = max(FEWEST, FOR_EACH * len(self._coordinates.highest))
        shares = random_points(self._seed, self._watch.done * size, size, len(self._coordinates.highest))
        whole, highest = np.array(self._coordinates.whole), np.array(self._coordinates.highest)
        spread = np.where(whole, np.floor(shares * (highest + 1.0)), shares * highest)
        if start is not None and len(start):
            taken = start[: size // 2]
            spread[: len(taken)] = taken
        return np.asarray(spread, dtype=float)

    def _scales(self, first: Array, conditions: Sequence[tuple[int, Condition]]) -> Array:
        """What makes excesses in different units comparable: their scatter in the first generation."""
        values = self._ledger.values(first)
        return np.array([scatter(values[:, column]) for column, _ in conditions])

    def _constraint(self, optimise: Any, conditions: Sequence[tuple[int, Condition]]) -> Any:
        if not conditions:
            return ()

        def excesses(tried: Array) -> Array:
            values = self._ledger.values(tried.T if tried.ndim > 1 else tried[None])
            over = np.stack([condition.excess(values[:, column]) for column, condition in conditions])
            return np.where(np.isfinite(over), over / self._scale[:, None], FAR)

        return optimise.NonlinearConstraint(excesses, -np.inf, 0.0)


def meets(values: Array, conditions: Sequence[tuple[int, Condition]]) -> npt.NDArray[np.bool_]:
    """Which protocols, rows of values, meet every condition and did not fail."""
    met: npt.NDArray[np.bool_] = np.asarray(np.isfinite(values).all(axis=1))
    for column, condition in conditions:
        met = met & (condition.excess(values[:, column]) <= 0)
    return met


def worst_excess(values: Array, conditions: Sequence[tuple[int, Condition]]) -> Array:
    """How far each protocol is from meeting the condition that it misses most, in scatters of that outcome."""
    over = np.zeros(len(values))
    for column, condition in conditions:
        over = np.maximum(over, condition.excess(values[:, column]) / scatter(values[:, column]))
    return np.where(np.isfinite(values).all(axis=1), over, np.inf)


def scatter(values: Array) -> float:
    """Standard deviation of what is a number; 1 where that is nothing."""
    known = values[np.isfinite(values)]
    return float(known.std()) if known.size and known.std() > 0 else 1.0


def signed(values: Array, goals: Sequence[tuple[int, Goal]]) -> Array:
    """The goals, all to be small."""
    return np.column_stack([goal.sign * values[:, column] for column, goal in goals])


def _optimiser() -> Any:
    try:
        from scipy import optimize
    except ImportError:
        told = "an optimum needs the package scipy, which is not installed: pip install 'cicatrix[optimum]'"
        raise RefusedError(Exit.MISSING, told) from None
    return optimize
