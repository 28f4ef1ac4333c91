"""Work and precision of every engine: medians of interleaved rounds, errors against a reference of CVODE."""

from __future__ import annotations

import math
import statistics
import subprocess
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from bench.peers.engines import Engine, Entry, Places


@dataclass(frozen=True)
class Point:
    """One engine at one tolerance; times are CPU milliseconds of one thread for each member."""

    problem: str
    engine: str
    relative: float
    error: float
    all_outputs: float
    last_output: float
    steps: float  # of each member; 0 where the engine does not tell
    failed: int
    members: int


@dataclass(frozen=True)
class Sweep:
    """A whole sweep, all outputs or the last one alone; seconds."""

    problem: str
    engine: str
    relative: float
    members: int
    threads: int
    wanted: str
    cpu: float
    wall: float
    failed: int


def write_problems(places: Places, members: int) -> None:
    """Lays out the files that engines in Python read."""
    places.problems.mkdir(parents=True, exist_ok=True)
    subprocess.run([places.programs / "problem_files", places.problems, str(members)], check=True)


class Judge:
    """Knows the right answer: CVODE at 1e-12 where it is there, and how far Rodas5P at 1e-11 is from it."""

    def __init__(self, engines: list[Engine], states: int, members: int, places: Places) -> None:
        self.states = states
        self.file = places.results / "rows"
        own = self.rows(next(engine for engine in engines if engine.entry.is_own), 1e-11, members)
        by_cvode = [engine for engine in engines if engine.entry.name == "CVODE, dense"]
        self.reference = self.rows(by_cvode[0], 1e-12, members) if by_cvode else own
        self.verdict = "There is no CVODE to judge by: errors are against Rodas5P at rtol 1e-11."
        if by_cvode:
            self.verdict = (
                f"Errors are against CVODE at rtol 1e-12, from which Rodas5P at 1e-11 is {self.error(own):.1e}."
            )

    def rows(self, engine: Engine, relative: float, members: int) -> np.ndarray:
        """What an engine finds, [member, output, state]."""
        engine.ask(relative, members, file=self.file)
        found = np.fromfile(self.file)
        self.file.unlink()
        return found.reshape(members, -1, self.states)

    def error(self, found: np.ndarray) -> float:
        """Root mean square over members, times and states of the error over |value| + 1e-3 of its largest in time.

        Members that failed count in no error; they are counted apart.
        """
        right = self.reference[: len(found)]
        scale = np.abs(right) + 1e-3 * np.abs(right).max(axis=1, keepdims=True)
        off = np.divide(found - right, scale, out=np.zeros_like(right), where=scale > 0)
        return float(np.sqrt(np.nanmean(off**2)))


def work_precision(engines: list[Engine], judge: Judge, rounds: int, share: float) -> list[Point]:
    """All engines at all tolerances in turn, several times over; `share` of the members that they would solve."""
    cases = [(engine, relative) for engine in engines for relative in engine.entry.tolerances]
    count = {engine: max(2, int(share * engine.entry.members[engine.problem])) for engine in engines}
    errors = {case: judge.error(judge.rows(*case, count[case[0]])) for case in cases}
    taken: dict[tuple[Engine, float, str], list[float]] = {}
    last = {}
    for this_round in range(rounds):
        for engine, relative in cases:
            if this_round >= engine.entry.rounds:
                continue
            for wanted in ("all",) if engine.entry.is_batch else ("all", "last"):
                answer = engine.ask(relative, count[engine], wanted=wanted)
                taken.setdefault((engine, relative, wanted), []).append(1e3 * answer.cpu / count[engine])
                last[engine, relative] = answer
    return [
        Point(
            engine.problem, engine.entry.name, relative, errors[engine, relative],
            statistics.median(taken[engine, relative, "all"]),
            statistics.median(taken.get((engine, relative, "last"), [math.nan])),
            last[engine, relative].steps / count[engine], last[engine, relative].failed, count[engine],
        )
        for engine, relative in cases
    ]  # fmt: skip


def at_error(points: list[Point], error: float, quantity: str) -> float:
    """A quantity at an error, between measurements on logarithmic scales; NaN outside them.

    Where an engine is slower and less precise than at another tolerance, that measurement is left out.
    """
    best: list[Point] = []
    for point in sorted(points, key=lambda point: point.all_outputs):
        if math.isfinite(point.error) and (not best or point.error < best[-1].error):
            best.append(point)
    for a, b in pairwise(best):
        if b.error <= error <= a.error:
            x = math.log(error / a.error) / math.log(b.error / a.error)
            first, second = getattr(a, quantity), getattr(b, quantity)
            return float(first * (second / first) ** x)
    return math.nan


def points_of(points: list[Point], entry: Entry) -> list[Point]:
    """Those of one engine."""
    return [point for point in points if point.engine == entry.name]


def one_trajectory(engines: list[Engine], points: list[Point], rounds: int) -> dict[tuple[str, float], float]:
    """CPU milliseconds of the first member alone, by engine and error."""
    found: dict[tuple[str, float], list[float]] = {}
    for _ in range(rounds):
        for engine in engines:
            for error in (1e-4, 1e-6):
                relative = at_error(points_of(points, engine.entry), error, "relative")
                if math.isnan(relative) or engine.entry.is_batch:
                    continue
                repeats = 1 if engine.entry.command[0].startswith("bench.") else 20
                answer = engine.ask(relative, 1, repeats=repeats)
                found.setdefault((engine.entry.name, error), []).append(1e3 * answer.cpu)
    return {key: statistics.median(times) for key, times in found.items()}


SWEPT = {
    "Rodas5P, x86-64-v4, 8 lanes": (1, 2),
    "Rodas5P, x86-64-v4, 16 lanes of single precision": (1, 2),
    "Rodas5P, x86-64-v3, 4 lanes": (1, 2),
    "CVODE, dense": (1,),
    "CVODE, KLU": (1,),
}


def sweeps(
    engines: list[Engine], points: list[Point], error: float, members: int, rounds: int, peers_too: bool
) -> list[Sweep]:
    """Whole sweeps at the tolerance that gives an error; of the peers one round."""
    cases = [
        (engine, at_error(points_of(points, engine.entry), error, "relative"), threads, wanted)
        for engine in engines
        if peers_too or engine.entry.is_own
        for threads in SWEPT.get(engine.entry.name, ())
        for wanted in ("all", "last")
    ]
    answers: dict[int, list[tuple[float, float, int]]] = {}
    for this_round in range(rounds):
        for i, (engine, relative, threads, wanted) in enumerate(cases):
            if math.isnan(relative) or (this_round > 0 and not engine.entry.is_own):
                continue
            answer = engine.ask(relative, members, threads=threads, wanted=wanted)
            answers.setdefault(i, []).append((answer.cpu, answer.wall, answer.failed))
    return [
        Sweep(
            cases[i][0].problem, cases[i][0].entry.name, cases[i][1], members, cases[i][2], cases[i][3],
            statistics.median(cpu for cpu, _, _ in all_rounds), statistics.median(wall for _, wall, _ in all_rounds),
            all_rounds[-1][2],
        )
        for i, all_rounds in answers.items()
    ]  # fmt: skip


def agree_to_the_bit(engines: list[Engine], judge: Judge, relative: float = 1e-4, members: int = 64) -> bool:
    """Whether Rodas5P in double precision finds the same bits in lanes of every width."""
    alike = [engine for engine in engines if "rodas5p" in engine.entry.command and "precision" not in engine.entry.name]
    return len({judge.rows(engine, relative, members).tobytes() for engine in alike}) == 1


def closed(engines: list[Engine], path: Path) -> None:
    """Ends all engines; their words stay in a file only where there are some."""
    for engine in engines:
        engine.close()
    if path.exists() and path.stat().st_size == 0:
        path.unlink()
