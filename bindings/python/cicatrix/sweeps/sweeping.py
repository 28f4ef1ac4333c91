"""`cicatrix.sweep`: many members of one scenario, in memory or in a directory that survives its program."""

import os
import shlex
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from cicatrix import _core
from cicatrix.outcome import Exit, RefusedError
from cicatrix.scenario_files import place_of, refuse_ambiguous, require_scenario
from cicatrix.sweeps.batch import Record, Task
from cicatrix.sweeps.engine import available_threads, run_by, run_here
from cicatrix.sweeps.identity import (
    Identity,
    fitting_batch_size,
    head_of,
    identity_of,
    precision_name,
    require_samples,
    with_samples,
)
from cicatrix.sweeps.ledger import Failure
from cicatrix.sweeps.progress import SweepLine
from cicatrix.sweeps.store import SCENARIO, WHOLE, Part, Store, is_store, shard_place, stored

if TYPE_CHECKING:
    import xarray as xr

PathLike: TypeAlias = str | os.PathLike[str]

LARGEST_BATCH = 65536  # members
NAMED = 3  # factors in a line about a member; the tables have all
FAR_WORKERS = 8  # how many times more batches are made for workers whose number is not known


@dataclass(frozen=True)
class Reached:
    """How far a sweep is."""

    members: int  # of this part of the sweep
    before: int  # that were stored when it began
    done: int  # of this session
    failed: int  # of this session


Told: TypeAlias = Callable[[Reached], bool]


@dataclass(frozen=True)
class Options:
    """How members are computed. Nothing of it changes their numbers but single precision."""

    threads: int | None = None  # all processors that may be used
    lanes: int = 0  # as many as the processor is best at
    single_precision: bool = False
    samples: int | None = None  # in place of the number in the scenario
    batch: int | None = None  # members in a shard; of a directory that exists, the one it has
    part: Part = WHOLE
    executor: Executor | None = None


def sweep(
    scenario: "PathLike | _core.Sweep",
    *,
    store: PathLike | None = None,
    executor: Executor | None = None,
    threads: int | None = None,
    lanes: int = 0,
    single_precision: bool = False,
    samples: int | None = None,
    batch: int | None = None,
    progress: Told | bool = True,
) -> "xr.Dataset":
    """Runs the members of a scenario with a table [sweep] and returns them as one Dataset.

    With `store` they are kept in that directory, and those that it has are not computed again. `executor` is anything
    with the interface of concurrent.futures, for example that of a Dask client (`Client.get_executor()`), whose workers
    have to see the directory. `progress` is told what was reached and stops the sweep by returning False; True shows a
    line on a terminal. `single_precision` is for screening: rounding errors of some millionths, not for courses in
    space or an rtol below 3e-6. A member that failed has its status and NaN, and a warning says how many did.
    Raises InputError, FileError, RefusedError (the directory holds another sweep), BatchError or KeyboardInterrupt.
    """
    from cicatrix.sweeps.reading import joined, open_sweep

    options = Options(threads, lanes, single_precision, samples, batch, executor=executor)
    planned = read_sweep(scenario, options)
    with SweepLine(planned.scenario.title or "sweeping", quiet=progress is not True) as line:
        told = progress if callable(progress) else line
        if store is not None:
            run_into(Path(store), planned, options, told)
            found, failures = open_sweep(Path(store)), stored(Path(store)).failures
        else:
            records = run_in_memory(planned, options, told)
            parts = (record.columns or {} for record in records)
            found = joined(head_of(planned, precision_name(options.single_precision)), parts, planned.members)
            failures = [failure for record in records for failure in record.failures]
    if failures:
        warnings.warn(failure_text(failures, planned.members), RuntimeWarning, stacklevel=2)
    return found


def read_sweep(scenario: "PathLike | _core.Sweep", options: Options) -> "_core.Sweep":
    """The sweep of a file, or of a directory that holds one, with the samples that were asked for.

    Raises InputError where it cannot be computed in the precision that was asked for, too.
    """
    if options.samples is not None:
        require_samples(options.samples)
    if isinstance(scenario, _core.Sweep):
        planned = scenario
    else:
        require_scenario(scenario)
        path = Path(scenario)
        refuse_ambiguous(scenario)
        planned = _core.read_sweep(os.fspath(path / SCENARIO) if is_store(path) else place_of(scenario))
    if options.single_precision:
        planned.require_single_precision()
    if options.samples is None and not planned.members:
        told = f"a {planned.design_name} design goes on for ever: say how many members by sweep.samples"
        raise RefusedError(Exit.USAGE, f"{planned.scenario.file}: {told}")
    if options.samples is None or options.samples == planned.members:
        return planned
    try:
        text = with_samples(planned.scenario.text, options.samples)
    except ValueError as error:
        raise RefusedError(Exit.USAGE, f"{planned.scenario.file}: {error}") from None
    again = _core.parse_sweep(text, planned.scenario.file)
    if again.members != options.samples:
        told = f"a {again.design_name} design has {again.members} members, whatever number of samples is asked for"
        raise RefusedError(Exit.USAGE, f"{planned.scenario.file}: {told}")
    return again


def run_in_memory(planned: "_core.Sweep", options: Options, told: Told) -> list[Record]:
    """Computes all members and keeps them; in the order of the members."""
    identity = _identity(planned, options)
    count = -(-planned.members // identity.batch_size)
    records: list[Record] = []
    tasks = _tasks(planned, options, identity, iter(range(count)), None)
    _run(planned, options, tasks, records.append, _told(told, planned.members, 0))
    return sorted(records, key=lambda record: record.row.first)


def run_into(folder: Path, planned: "_core.Sweep", options: Options, told: Told) -> None:
    """Computes the members that a directory does not have yet, and keeps them there."""
    identity = _identity(planned, options)
    if options.batch is None and is_store(folder) and (size := _batch_size_of(folder)):
        identity = replace(identity, batch_size=size)
    store = Store(folder, planned, identity, options.part)
    try:
        to_do = list(store.to_do())
        own = [number for number in range(-(-planned.members // identity.batch_size)) if options.part.owns(number)]
        members = sum(_size(identity, number) for number in own)
        left = sum(_size(identity, number) for number in to_do)
        tasks = _tasks(planned, options, identity, iter(to_do), folder.absolute())
        _run(planned, options, tasks, _keeper(store), _told(told, members, members - left))
    finally:
        store.close()


def _keeper(store: Store) -> Callable[[Record], None]:
    def keep(record: Record) -> None:
        store.record(record.row, record.failures)

    return keep


def _run(
    planned: "_core.Sweep",
    options: Options,
    tasks: Iterator[Task],
    keep: Callable[[Record], None],
    progress: Callable[[int, int], bool],
) -> None:
    if options.executor is None:
        run_here(tasks, planned, keep, progress)
    else:
        run_by(options.executor, tasks, keep, progress)


def _told(told: Told, members: int, before: int) -> Callable[[int, int], bool]:
    def tell(done: int, failed: int) -> bool:
        return told(Reached(members, before, done, failed))

    return tell


def _identity(planned: "_core.Sweep", options: Options) -> Identity:
    alone = options.executor is None and options.part.count == 1
    size = options.batch or fitting_batch_size(planned, workers=1 if alone else FAR_WORKERS)
    if not 1 <= size <= LARGEST_BATCH:
        raise RefusedError(Exit.USAGE, f"a batch has 1 to {LARGEST_BATCH} members, not {size}")
    return identity_of(planned, size, single_precision=options.single_precision)


def _batch_size_of(folder: Path) -> int | None:
    try:
        return stored(folder).identity.batch_size
    except _core.FileError:
        return None  # what is wrong with it is told by whoever opens it to write


def _size(identity: Identity, number: int) -> int:
    return min(identity.batch_size, identity.members - number * identity.batch_size)


def _tasks(
    planned: "_core.Sweep", options: Options, identity: Identity, numbers: Iterator[int], folder: Path | None
) -> Iterator[Task]:
    threads = options.threads or (available_threads() if options.executor is None else 1)
    for number in numbers:
        place = None if folder is None else str(folder / shard_place(number))
        first, members = number * identity.batch_size, _size(identity, number)
        source = (planned.scenario.text, planned.scenario.file)
        yield Task(*source, number, first, members, place, threads, options.lanes, options.single_precision)


def failure_text(failures: list[Failure], members: int) -> str:
    """How many members failed and why the first one did."""
    failed = len({failure.member for failure in failures})
    return f"{failed} of {members} members failed, the first one: {one_failure_text(failures[0])}"


def one_failure_text(failure: Failure) -> str:
    """Which member failed, where and why."""
    arm = f" under {failure.arm}" if failure.arm else ""
    limited = f", limited by {failure.state}" if failure.state else ""
    where = f" on day {failure.day:.6g}" if failure.state else ""  # a member that was refused has not begun
    factors = [f"{name} {_short(value)}" for name, value in failure.factors.items()]
    more = [f"{len(factors) - NAMED} more"] if len(factors) > NAMED else []
    return f"member {failure.member}{arm}: {failure.reason}{where}{limited} ({', '.join([*factors[:NAMED], *more])})"


def replay_line(source: str, failure: Failure) -> str:
    """The line that runs a member alone; `source` is the directory of the sweep, or its scenario."""
    arm = f" --arm {shlex.quote(failure.arm)}" if failure.arm else ""
    return f"cicatrix run {shlex.quote(source)} --member {failure.member}{arm}"


def _short(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.6g}"
