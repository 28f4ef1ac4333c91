"""Runs the batches of a sweep: on the threads of this program, or by any executor, and stops when it is told to."""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import TypeAlias

from cicatrix import _core
from cicatrix.sweeps.batch import Record, Task, carried_out, computed, kept

Progress: TypeAlias = Callable[[int, int], bool]
Keep: TypeAlias = Callable[[Record], None]

TRIES = 3  # of a batch that takes its worker down or raises
IN_FLIGHT = 512  # tasks that an executor is given at once; more are made as these end
PAUSE = 0.1  # s between two looks at whether to stop


class BatchError(RuntimeError):
    """Batches that could not be computed although they were tried several times; all others are kept."""


def available_threads() -> int:
    """The processors that this program may use."""
    return len(os.sched_getaffinity(0))


def run_here(tasks: Iterable[Task], sweep: "_core.Sweep", keep: Keep, progress: Progress) -> None:
    """Computes one batch after the other on threads of the core; a thread of its own stores the one before meanwhile.

    `progress` is told how many members are done and how many of them failed, of those of the tasks; when it returns
    False, what is computed is stored and KeyboardInterrupt raised.
    """
    done = failed = 0
    storing: Future[None] | None = None

    def watch(inside: int, lost: int) -> bool:
        if storing is not None and storing.done() and storing.exception() is not None:
            return False  # what it was is raised below
        return progress(done + inside, failed + lost)

    def store(task: Task, batch: "_core.Batch") -> None:
        keep(kept(task, sweep, batch))

    with ThreadPoolExecutor(1) as writer:
        try:
            for task in tasks:
                batch = computed(task, sweep, watch)
                if storing is not None:
                    storing.result()
                storing = writer.submit(store, task, batch)
                done, failed = done + task.members, failed + len({row for row, *_ in batch.failures()})
                if not progress(done, failed):
                    raise KeyboardInterrupt
        finally:
            if storing is not None:
                storing.result()


@dataclass
class _Flight:
    """Tasks that an executor has, and how often each was tried."""

    executor: Executor
    tasks: Iterator[Task]
    waiting: dict["Future[Record]", tuple[Task, int]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def fill(self) -> None:
        while len(self.waiting) < IN_FLIGHT and (task := next(self.tasks, None)) is not None:
            self.submit(task, 1)

    def submit(self, task: Task, tries: int) -> None:
        self.waiting[self.executor.submit(carried_out, task)] = (task, tries)

    def ended(self) -> Iterator["Future[Record]"]:
        """Those that have ended since it was asked last."""
        over, _ = wait(self.waiting, timeout=PAUSE, return_when=FIRST_COMPLETED)
        yield from over

    def give_up(self) -> None:
        for future in self.waiting:
            future.cancel()


def run_by(executor: Executor, tasks: Iterable[Task], keep: Keep, progress: Progress) -> None:
    """Gives the batches to an executor and acknowledges what comes back.

    A batch whose worker was lost or raised is given out again, three times in all; the others go on meanwhile.
    Raises BatchError naming the batches that were given up, KeyboardInterrupt when `progress` returns False.
    """
    flight = _Flight(executor, iter(tasks))
    done = failed = 0
    try:
        flight.fill()
        while flight.waiting:
            for future in flight.ended():
                task, tries = flight.waiting.pop(future)
                record = _record(future, task, tries, flight)
                if record:
                    keep(record)
                    done, failed = done + record.row.members, failed + record.row.failed
            flight.fill()
            if not progress(done, failed):
                raise KeyboardInterrupt
    except BrokenExecutor as error:
        raise BatchError(_broken_text(error)) from None
    finally:
        flight.give_up()
    if flight.faults:
        raise BatchError("; ".join(flight.faults))


def _record(future: "Future[Record]", task: Task, tries: int, flight: _Flight) -> Record | None:
    try:
        return future.result()
    except BrokenExecutor:
        raise
    except Exception as error:
        if isinstance(error, _core.FileError) and error.fault != "locked":
            raise  # a disk that is full is full for the others too; a lock is that of a worker that was given up
        if tries < TRIES and type(error).__name__ != "KilledWorker":  # Dask has tried several times by itself
            flight.submit(task, tries + 1)
        else:
            last = task.first + task.members - 1
            flight.faults.append(f"members {task.first} to {last} could not be computed: {_words_of(error)}")
        return None


def _words_of(error: Exception) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


def _broken_text(error: BrokenExecutor) -> str:
    told = "a worker ended abruptly (it was killed, or memory ran out) and this kind of executor stops with it"
    return f"{told} ({_words_of(error)}); what was stored stays: the same call goes on from there"


def paced(told: Progress, *, pause: float = PAUSE) -> Progress:
    """Tells no more often than once in `pause` seconds, and remembers the answer."""
    last, answer = 0.0, True

    def tell(done: int, failed: int) -> bool:
        nonlocal last, answer
        now = time.monotonic()
        if now - last >= pause:
            last, answer = now, told(done, failed)
        return answer

    return tell
