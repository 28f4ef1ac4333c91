"""AMICI as an engine: CVODES with KLU and compiled rates and Jacobian, from the model's SBML with its sessions."""

from __future__ import annotations

import os
import sys
from typing import Any

import amici
import amici.sim.sundials as amici_sundials
import numpy as np

from bench.peers.worker import Engine, Problem, main


def compiled(problem: Problem) -> Any:
    """The model, compiled beside its SBML file unless that was done since the file was written."""
    sbml = problem.sbml_without_branches.resolve()
    folder = sbml.with_name(f"amici_{problem.name}")
    name = f"peer_{problem.name}"
    stamp = folder / "complete"
    if not stamp.exists() or stamp.read_text() != sbml.read_text():
        os.environ.setdefault("CXXFLAGS", "-O3 -march=native")
        os.environ["PATH"] = f"{sys.prefix}/bin:{os.environ['PATH']}"  # for the CMake that came with AMICI
        importer = amici.SbmlImporter(sbml)
        importer.sbml2amici(name, folder, compute_conservation_laws=False, generate_sensitivity_code=False)
        stamp.write_text(sbml.read_text())
    return amici.import_model_module(name, folder).get_model()


class Amici(Engine):
    """`variant` is `solver`, timed by AMICI's own clock, or `call`, the call from Python as others are timed."""

    def __init__(self, problem: Problem, variant: str) -> None:
        super().__init__(problem)
        self.own_clock = variant == "solver"
        self.model = compiled(problem)
        self.solver = self.model.create_solver()
        self.solver.set_max_steps(10_000_000)
        self.solver.set_linear_solver(amici_sundials.LinearSolver_KLU)
        place = {name: i for i, name in enumerate(problem.coefficients)}
        self.order = [place[name] for name in self.model.get_free_parameter_ids()]
        self.states = [problem.states.index(name) for name in self.model.get_state_ids()]

    def set_tolerance(self, relative: float, absolute: float, last_only: bool) -> None:
        self.solver.set_relative_tolerance(relative)
        self.solver.set_absolute_tolerance(absolute)
        self.model.set_timepoints(self.problem.wanted(last_only))

    def load(self, member: int) -> None:
        self.model.set_free_parameters(self.problem.members[member][self.order])
        self.model.set_initial_state(self.problem.initial[member][self.states])

    def solve(self, member: int) -> Any:
        solution = amici_sundials.run_simulation(self.model, self.solver)
        if solution.status != amici_sundials.AMICI_SUCCESS:
            raise RuntimeError(f"AMICI ended with {solution.status}")
        return solution

    def clocked(self, solution: Any, cpu: float) -> float:
        return 1e-3 * float(solution.cpu_time) if self.own_clock else cpu

    def rows(self, solution: Any) -> np.ndarray:
        return np.array(solution.x)[:, np.argsort(self.states)]


if __name__ == "__main__":
    main(Amici)
