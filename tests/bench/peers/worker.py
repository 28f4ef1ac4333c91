"""How an engine in Python is asked: a request a line, an answer of JSON a line, the results into a file."""

from __future__ import annotations

import json
import os
import sys
import time
from abc import ABC, abstractmethod
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np


class Problem:
    """One problem as `problem_files` wrote it: equations as text, times, members [coefficients, states].

    Members start after the event at time zero, if there is one; those that follow are events in the SBML file.
    """

    def __init__(self, folder: Path, name: str) -> None:
        text: dict[str, Any] = json.loads((folder / f"{name}.json").read_text())
        self.name = name
        self.sbml = folder / f"{name}.xml"
        self.sbml_without_branches = folder / f"{name}_without_branches.xml"
        self.states: list[str] = text["states"]
        self.coefficients: list[str] = text["coefficients"]
        self.terms: list[tuple[str, str]] = text["terms"]
        self.rates: list[str] = text["rates"]
        self.event: dict[str, str] = dict(text["event"])
        self.events_at = [at for at in text["events_at"] if at > 0]
        self.times = np.array(text["times"])
        self.end: float = text["end"]
        self.absolute_share: float = text["absolute_share"]
        numbers = np.fromfile(folder / f"{name}.members").reshape(-1, len(self.coefficients) + len(self.states))
        self.members = numbers[:, : len(self.coefficients)]
        self.initial = numbers[:, len(self.coefficients) :]

    def wanted(self, last_only: bool) -> np.ndarray:
        """The output times, or the last of them alone."""
        return self.times[-1:] if last_only else self.times

    def stretches(self, last_only: bool) -> list[tuple[float, float, np.ndarray, bool]]:
        """From, to, output times after `from` up to `to`, and whether an event comes first."""
        wanted = self.wanted(last_only)
        marks = sorted({0.0, *self.events_at, self.end})
        return [(a, b, wanted[(wanted > a) & (wanted <= b)], a in self.events_at) for a, b in pairwise(marks)]


class Engine(ABC):
    """A solver of one problem. What `load` does is not timed."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem

    @abstractmethod
    def set_tolerance(self, relative: float, absolute: float, last_only: bool) -> None:
        """What holds for the members that follow."""

    def load(self, member: int) -> None:  # noqa: B027  (most engines have nothing to load)
        """Brings the numbers of a member to where the solver reads them."""

    @abstractmethod
    def solve(self, member: int) -> Any:
        """The solution in whatever form the solver gives."""

    def clocked(self, solution: Any, cpu: float) -> float:
        """The CPU seconds of a solution: what the call took, unless the solver has a clock of its own."""
        return cpu

    @abstractmethod
    def rows(self, solution: Any) -> np.ndarray:
        """The states at the wanted outputs, [output, state]; not timed."""

    def run(self, relative: float, members: int, last_only: bool) -> tuple[np.ndarray, float, float, int]:
        """Rows of all members, CPU and wall seconds, failures."""
        self.set_tolerance(relative, self.problem.absolute_share * relative, last_only)
        found, cpu, wall, failed = [], 0.0, 0.0, 0
        shape = (len(self.problem.wanted(last_only)), len(self.problem.states))
        for member in range(members):
            self.load(member)
            begin, wall_begin = time.process_time(), time.perf_counter()
            try:
                solution = self.solve(member)
                taken = time.process_time() - begin
                cpu, wall = cpu + self.clocked(solution, taken), wall + time.perf_counter() - wall_begin
                found.append(self.rows(solution))
            except RuntimeError:
                cpu, wall = cpu + time.process_time() - begin, wall + time.perf_counter() - wall_begin
                found.append(np.full(shape, np.nan))
                failed += 1
        return np.array(found), cpu, wall, failed


def serve(engine: Engine, answers: Any) -> None:
    """Answers requests until the input ends."""
    for line in sys.stdin:
        relative, members, _, repeats, wanted, file = line.split()
        cpu = wall = 0.0
        for _ in range(int(repeats)):
            found, cpu_once, wall_once, failed = engine.run(float(relative), int(members), wanted == "last")
            cpu, wall = cpu + cpu_once / int(repeats), wall + wall_once / int(repeats)
        if file != "-":
            found.tofile(file)
        print(json.dumps({"cpu": cpu, "wall": wall, "steps": 0, "failed": failed}), file=answers, flush=True)


def main(make: Any) -> None:
    """`MODULE FOLDER PROBLEM VARIANT`: serves `make(problem, variant)`. What libraries print goes to the errors."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    folder, name, variant = sys.argv[1:4]
    serve(make(Problem(Path(folder), name), variant), answers)
