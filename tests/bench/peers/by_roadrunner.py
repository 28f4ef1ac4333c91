"""libRoadRunner as an engine: CVODE with compiled rates, from the model's SBML with its sessions as events."""

from __future__ import annotations

from typing import Any

import numpy as np
import roadrunner

from bench.peers.worker import Engine, Problem, main


class RoadRunner(Engine):
    """The variant is unused."""

    def __init__(self, problem: Problem, variant: str) -> None:
        super().__init__(problem)
        roadrunner.Logger.setLevel(roadrunner.Logger.LOG_ERROR)
        self.model = roadrunner.RoadRunner(str(problem.sbml))
        self.model.timeCourseSelections = ["time", *problem.states]
        self.model.integrator.stiff = True
        self.model.integrator.maximum_num_steps = 10_000_000

    def set_tolerance(self, relative: float, absolute: float, last_only: bool) -> None:
        self.model.integrator.relative_tolerance = relative
        self.model.integrator.absolute_tolerance = absolute
        self.wanted = self.problem.wanted(last_only)
        self.times = [0.0, *self.wanted]

    def load(self, member: int) -> None:
        self.model.reset(roadrunner.SelectionRecord.TIME)
        self.model.reset()
        for name, value in zip(self.problem.coefficients, self.problem.members[member], strict=True):
            self.model.setValue(name, float(value))
        for name, value in zip(self.problem.states, self.problem.initial[member], strict=True):
            self.model.setValue(name, float(value))

    def solve(self, member: int) -> Any:
        return self.model.simulate(times=self.times)

    def rows(self, solution: Any) -> np.ndarray:
        return np.array(solution)[1:, 1:]


if __name__ == "__main__":
    main(RoadRunner)
