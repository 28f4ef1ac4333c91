"""One batch of a sweep, from the text of the scenario to a stored file: all that a worker needs, and what it tells."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from cicatrix import _core
from cicatrix.sweeps.identity import design_checksum
from cicatrix.sweeps.ledger import BatchRow, Failure

Watch: TypeAlias = Callable[[int, int], bool]


@dataclass(frozen=True)
class Task:
    """What to compute and where to put it; small, and the same to every program that reads it."""

    text: str
    file: str
    number: int
    first: int
    members: int
    place: str | None  # of the shard; without one the members come back in memory
    threads: int
    lanes: int
    single_precision: bool


@dataclass(frozen=True)
class Record:
    """What became of a batch."""

    row: BatchRow
    failures: list[Failure]
    columns: dict[str, tuple[tuple[str, ...], Any, dict[str, Any]]] | None = None  # without a shard


def carried_out(task: Task, watch: Watch | None = None) -> Record:
    """Computes the members of a batch and stores them."""
    sweep = _sweep(task.text, task.file)
    return kept(task, sweep, computed(task, sweep, watch))


def computed(task: Task, sweep: "_core.Sweep", watch: Watch | None = None) -> "_core.Batch":
    """The members of a batch. Raises KeyboardInterrupt when `watch` says so."""
    return sweep.run(
        task.first,
        task.members,
        threads=task.threads,
        lanes=task.lanes,
        single_precision=task.single_precision,
        progress=watch,
    )


def kept(task: Task, sweep: "_core.Sweep", batch: "_core.Batch") -> Record:
    """Stores the members where the task says. Raises FileError."""
    design = sweep.design(task.first, task.members)
    failures = _failures(task, sweep, batch, design)
    failed = len({failure.member for failure in failures})
    size, checksum, columns = 0, "", None
    if task.place is None:
        columns = columns_of(_core.shard(sweep, task.first, batch))
    else:
        Path(task.place).parent.mkdir(parents=True, exist_ok=True)
        checksum = _core.write_shard(task.place, sweep, task.first, batch)
        size = Path(task.place).stat().st_size
    row = BatchRow(task.number, task.first, task.members, failed, size, checksum, design_checksum(design))
    return Record(row, failures, columns)


def columns_of(group: "_core.Group") -> dict[str, tuple[tuple[str, ...], Any, dict[str, Any]]]:
    """The variables of a group: dimensions, values and attributes of each."""
    import numpy as np

    lengths = group.dimensions
    return {
        variable.name: (
            variable.dimensions,
            np.array(variable.values, dtype=object if isinstance(variable.values, list) else None).reshape(
                [lengths[name] for name in variable.dimensions]
            ),
            dict(variable.attributes),
        )
        for variable in group.variables
    }


def _failures(task: Task, sweep: "_core.Sweep", batch: "_core.Batch", design: Any) -> list[Failure]:
    arms, factors = sweep.arms, sweep.factors
    failures = []
    for row, arm, reason, day, state in batch.failures():
        values = {
            _headed(factor): factor.choices[int(value)] if factor.choices else float(value)
            for factor, value in zip(factors, design[row], strict=True)
        }
        failures.append(Failure(task.first + row, arms[arm], reason.replace("_", " "), float(day), state, values))
    return failures


def _headed(factor: "_core.Factor") -> str:
    """As a column of a table is headed: with its unit."""
    return factor.name if factor.unit in ("", "1") else f"{factor.name} [{factor.unit}]"


@lru_cache(maxsize=4)
def _sweep(text: str, file: str) -> "_core.Sweep":
    return _core.parse_sweep(text, file)
