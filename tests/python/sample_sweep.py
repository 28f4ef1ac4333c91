"""A sweep without a core: factors, outcomes and a formula, with the face of the real one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
T = TypeVar("T")


@dataclass(frozen=True)
class SampleFactor:
    """One factor, even between its ends; a choice has its positions."""

    name: str
    grade: str = ""
    low: float = 0.0
    high: float = 1.0
    unit: str = "1"
    kind: str = "number"
    choices: Sequence[str] = ()
    levels: Sequence[float] | None = None

    @property
    def distribution(self) -> str:
        return "one of its choices" if self.choices else f"uniform {self.low:g} to {self.high:g}"


@dataclass(frozen=True)
class SampleOutcome:
    """One outcome."""

    name: str
    unit: str = "1"
    meaning: str = "a number"
    arm: str = ""

    @property
    def text(self) -> str:
        return self.name.replace("_final", " final")


@dataclass(frozen=True)
class SampleScenario:
    """What the sweep was read from."""

    title: str = "A sample"
    text: str = "title = 'A sample'"
    resolved: str = "title = 'A sample'"


@dataclass(frozen=True)
class SampleBatch:
    """Outcomes of some members."""

    values: Array
    status: npt.NDArray[np.int8]


@dataclass
class SampleSweep:
    """Evaluates `formula`, which maps rows of factors to rows of outcomes, and counts its calls."""

    factors: list[SampleFactor]
    formula: Callable[[Array], Array]
    outcomes: list[SampleOutcome] = field(default_factory=lambda: [SampleOutcome("wrinkle_depth_final", "um")])
    arms: list[str] = field(default_factory=lambda: [""])
    seed: int = 1
    scenario: SampleScenario = field(default_factory=SampleScenario)
    rows: int = 0
    most_rows: int = 0

    def rows_at(self, points: Array) -> Array:
        columns = [
            np.floor(at * len(factor.choices)) if factor.choices else factor.low + at * (factor.high - factor.low)
            for factor, at in zip(self.factors, points.T, strict=True)
        ]
        return np.column_stack(columns)

    def run_rows(
        self, rows: Array, *, threads: int = 1, single_precision: bool = False, progress: Any = None
    ) -> SampleBatch:
        self.rows += len(rows)
        self.most_rows = max(self.most_rows, len(rows))
        values = np.asarray(self.formula(rows), dtype=float).reshape(len(rows), -1)
        status = np.where(np.isfinite(values).all(axis=1), 0, 1).astype(np.int8)[:, None]
        return SampleBatch(values, np.repeat(status, len(self.arms), axis=1))


def noted(told: list[T], what: T) -> bool:
    """Remembers what a progress function was told, and asks for more."""
    told.append(what)
    return True


def ishigami(rows: Array) -> Array:
    """Ishigami and Homma's function of three angles, with a = 7 and b = 0.1."""
    # Whole columns side by side: NumPy's sine of every third number ends in other bits, as memory happens to lie.
    x, y, z = np.ascontiguousarray(rows.T)
    return np.asarray(np.sin(x) + 7.0 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x))


def angles(*grades: str) -> list[SampleFactor]:
    """The three factors of that function."""
    return [SampleFactor(name, grade, -np.pi, np.pi) for name, grade in zip("xyz", grades or ("", "", ""), strict=True)]
