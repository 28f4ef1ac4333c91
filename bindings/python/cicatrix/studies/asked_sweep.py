"""What a study needs of a sweep, and a sweep as a function of points."""

import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from cicatrix import _core
from cicatrix.scenario_files import place_of, refuse_ambiguous, require_scenario
from cicatrix.studies.draws import Array, random_points
from cicatrix.studies.sobol_indices import Function, Points
from cicatrix.sweeps.engine import available_threads
from cicatrix.sweeps.store import SCENARIO, is_store
from cicatrix.told_errors import UnusableError

Progress: TypeAlias = Callable[[float], bool]  # is given the share done; False stops
PathLike: TypeAlias = str | os.PathLike[str]


class Factor(Protocol):
    """One thing that a sweep varies."""

    @property
    def name(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def choices(self) -> Sequence[str]: ...
    @property
    def levels(self) -> Sequence[float] | None: ...
    @property
    def distribution(self) -> str: ...
    @property
    def grade(self) -> str: ...


class Outcome(Protocol):
    """One number that is kept of each member."""

    @property
    def name(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def meaning(self) -> str: ...
    @property
    def arm(self) -> str: ...


class Batch(Protocol):
    """The outcomes of some members; NaN where a member failed."""

    @property
    def values(self) -> Array: ...
    @property
    def status(self) -> npt.NDArray[np.int8]: ...


class Scenario(Protocol):
    """What was read from a file."""

    @property
    def title(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def resolved(self) -> str: ...


class Sweep(Protocol):
    """The part of a sweep of the core that studies use; outcomes are the columns of values, protocol by protocol."""

    @property
    def scenario(self) -> Scenario: ...
    @property
    def factors(self) -> Sequence[Factor]: ...
    @property
    def outcomes(self) -> Sequence[Outcome]: ...
    @property
    def arms(self) -> Sequence[str]: ...
    @property
    def seed(self) -> int: ...
    def rows_at(self, points: Array) -> Array:
        """Values of the factors where their distributions have the probabilities `points`, (rows, factors)."""

    def run_rows(
        self, rows: Array, *, threads: int = 1, single_precision: bool = False, progress: Any = None
    ) -> Batch: ...


def read(source: PathLike | Sweep) -> Sweep:
    """The sweep of a scenario file or of a directory that holds one, or the one given. Raises InputError, FileError."""
    if not isinstance(source, str | os.PathLike):
        if not hasattr(source, "run_rows"):
            require_scenario(source)
        return source
    place = Path(source)
    refuse_ambiguous(source)
    return _core.read_sweep(os.fspath(place / SCENARIO) if is_store(place) else place_of(source))


def parse(text: str, file: str) -> Sweep:
    """The sweep of a scenario text; `file` is how faults call it. Raises InputError."""
    return _core.parse_sweep(text, file)


def points_for(dimensions: int) -> Points:
    """The scrambled Sobol' sequence of the core or, where it has not so many dimensions, independent points."""
    try:
        _core.sobol_points(1, 0, 0, dimensions)
    except ValueError:
        return random_points
    return _core.sobol_points


def outcomes_of(sweep: Sweep) -> Sequence[Outcome]:
    """What is asked of each member, once for all protocols."""
    return list(sweep.outcomes)[: len(sweep.outcomes) // max(len(sweep.arms), 1)]


def as_function(sweep: Sweep, *, threads: int | None = None, single_precision: bool = False) -> Function:
    """Outcomes of the patients at points of the unit cube."""
    used = threads or available_threads()

    def outcomes(points: Array) -> Array:
        batch = sweep.run_rows(sweep.rows_at(points), threads=used, single_precision=single_precision)
        return np.asarray(batch.values, dtype=float)

    return outcomes


_SECONDS = {"s": 1.0, "second": 1.0, "min": 60.0, "minute": 60.0, "h": 3600.0, "hour": 3600.0}


def seconds(text: str | float) -> float:
    """A stretch of time, `"5 minutes"` or a number of seconds. Raises ValueError."""
    if isinstance(text, int | float):
        return float(text)
    found = re.fullmatch(r"\s*([0-9]+(?:\.[0-9]+)?)\s*([a-z]+)\s*", text)
    unit = _SECONDS.get(found[2]) or _SECONDS.get(found[2].removesuffix("s")) if found else None
    if found is None or unit is None:
        raise UnusableError(f"{text!r} is no stretch of time; write for example '5 minutes' or '30 s'")
    return float(found[1]) * unit
