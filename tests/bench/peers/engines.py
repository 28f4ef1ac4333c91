"""The engines that are compared: which there are, how they are started, and how they are asked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

PROBLEMS = ("microneedling", "hires")
BY_DECADES = (1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8)
ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
}


@dataclass(frozen=True)
class Entry:
    """An engine as the tables name it; `members` are solved at each tolerance."""

    name: str
    command: tuple[str, ...]  # a program and what follows the problem's name, or a module and its variant
    members: dict[str, int]
    tolerances: tuple[float, ...] = BY_DECADES
    is_own: bool = False
    rounds: int = 99  # at most
    starts_fast: bool = True  # else it is left out of a quick run
    is_batch: bool = False  # compiled anew for each number of members and outputs: asked for one kind of request alone


def own(
    name: str, program: str, method: str = "rodas5p", members: int = 512, tolerances: tuple[float, ...] = BY_DECADES
) -> Entry:
    """The project's own solver."""
    return Entry(name, (program, method), {"microneedling": members, "hires": 4 * members}, tolerances, is_own=True)


def compiled(
    name: str, *command: str, members: int = 128, tolerances: tuple[float, ...] = (*BY_DECADES[1:], 1e-9)
) -> Entry:
    """A peer that is a program of its own."""
    return Entry(name, command, {"microneedling": members, "hires": 4 * members}, tolerances)


def python(
    name: str, *command: str, members: int, last: float = 1e-7, is_batch: bool = False, starts_fast: bool = True
) -> Entry:
    """A peer that is driven from Python; few members, and what each takes is carried over to more."""
    chosen = tuple(tolerance for tolerance in BY_DECADES[1:] if tolerance >= last)
    numbers = dict.fromkeys(PROBLEMS, members)
    return Entry(name, command, numbers, chosen, False, 2 if is_batch else 3, starts_fast and not is_batch, is_batch)


ENTRIES = (
    own("Rodas5P, x86-64-v4, 8 lanes", "own_v4"),
    own(
        "Rodas5P, x86-64-v4, 16 lanes of single precision",
        "own_v4_single_precision",
        tolerances=(*BY_DECADES[:4], 3e-6),
    ),
    own("Rodas5P, x86-64-v3, 4 lanes", "own_v3"),
    own("Rodas5P, baseline, 2 lanes", "own_baseline", members=256),
    own("Rodas5P, one lane", "own_single", members=256),
    own("Rodas4, x86-64-v4, 8 lanes", "own_v4", "rodas4"),
    compiled("CVODE, dense", "by_cvode", "dense"),
    compiled("CVODE, KLU", "by_cvode", "klu"),
    compiled("Boost.Odeint rosenbrock4", "by_odeint", members=32, tolerances=BY_DECADES[:-1]),
    python("AMICI, solver alone", "bench.peers.by_amici", "solver", members=32),
    python("AMICI, call from Python", "bench.peers.by_amici", "call", members=32, starts_fast=False),
    python("libRoadRunner", "bench.peers.by_roadrunner", "-", members=32, last=1e-8),
    python("COPASI", "bench.peers.by_copasi", "-", members=32),
    python("SciPy LSODA, rates by Numba", "bench.peers.by_scipy", "numba-LSODA", members=8, starts_fast=False),
    python("SciPy LSODA", "bench.peers.by_scipy", "LSODA", members=8),
    python("SciPy BDF", "bench.peers.by_scipy", "BDF", members=4, starts_fast=False),
    python("diffrax Kvaerno5, vmap", "bench.peers.by_diffrax", "Kvaerno5", members=64, last=1e-5, is_batch=True),
)


@dataclass(frozen=True)
class Answer:
    """Seconds of one request, and what its solver says of itself."""

    cpu: float
    wall: float
    steps: int
    failed: int


class NotThereError(Exception):
    """An engine that cannot be asked, and why."""


@dataclass
class Places:
    """Where programs, problem files and results are."""

    programs: Path
    problems: Path
    results: Path
    errors: Path = field(init=False)

    def __post_init__(self) -> None:
        self.errors = self.results / "errors.txt"


class Engine:
    """An engine under way with one problem."""

    def __init__(self, entry: Entry, problem: str, places: Places) -> None:
        program, *rest = entry.command
        if program.startswith("bench."):
            command = [sys.executable, "-m", program, str(places.problems), problem, *rest]
        elif (places.programs / program).exists():
            command = [str(places.programs / program), problem, *rest]
        else:
            raise NotThereError("not built here")
        self.entry, self.problem, self.places = entry, problem, places
        self.errors = places.errors.open("a+")
        self.begin = self.errors.seek(0, os.SEEK_END)
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": self.errors}
        self.running = subprocess.Popen(command, text=True, env={**os.environ, **ONE_THREAD}, **pipes)  # type: ignore[call-overload]

    def ask(
        self, relative: float, members: int, *, threads: int = 1, repeats: int = 1, wanted: str = "all",
        file: Path | None = None,
    ) -> Answer:  # fmt: skip
        """Solves the first members. Raises NotThereError when the engine ends instead of answering."""
        line = ""
        try:
            self.running.stdin.write(f"{relative:g} {members} {threads} {repeats} {wanted} {file or '-'}\n")
            self.running.stdin.flush()
            line = self.running.stdout.readline()
        except BrokenPipeError:
            pass
        if not line:
            self.errors.seek(self.begin)
            said = self.errors.read().strip().splitlines() or ["it ended without a word"]
            raise NotThereError(said[-1])
        return Answer(**json.loads(line))

    def close(self) -> None:
        """Ends it."""
        self.running.stdin.close()
        self.running.wait()
        self.errors.close()


def start_all(problem: str, places: Places, quick: bool) -> tuple[list[Engine], dict[str, str]]:
    """Those that answer a small request, and of the others why they do not."""
    there, missing = [], {}
    for entry in ENTRIES:
        if quick and not entry.starts_fast:
            missing[entry.name] = "too long for a quick run"
            continue
        try:
            engine = Engine(entry, problem, places)
            engine.ask(1e-4, entry.members[problem] if entry.is_batch else 2)
            there.append(engine)
        except NotThereError as error:
            missing[entry.name] = str(error)
    return there, missing
