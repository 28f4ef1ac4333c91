"""COPASI as an engine: its deterministic method, LSODA, from the model's SBML with its sessions as events."""

from __future__ import annotations

from typing import Any

import COPASI
import numpy as np

from bench.peers.worker import Engine, Problem, main


class Copasi(Engine):
    """The variant is unused."""

    def __init__(self, problem: Problem, variant: str) -> None:
        super().__init__(problem)
        self.document = COPASI.CRootContainer.addDatamodel()
        self.document.importSBML(str(problem.sbml_without_branches))
        self.model = self.document.getModel()
        self.task = self.document.getTask("Time-Course")
        self.task.setMethodType(COPASI.CTaskEnum.Method_deterministic)
        values = {value.getSBMLId(): value for value in self.model.getModelValues()}
        self.values = [values[name] for name in (*problem.coefficients, *problem.states)]
        for value in self.values:
            value.setInitialExpression("")
        self.columns = [values[name].getObjectName() for name in problem.states]

    def set_tolerance(self, relative: float, absolute: float, last_only: bool) -> None:
        method = self.task.getMethod()
        method.getParameter("Relative Tolerance").setDblValue(relative)
        method.getParameter("Absolute Tolerance").setDblValue(absolute)
        method.getParameter("Max Internal Steps").setUIntValue(10_000_000)
        wanted = self.problem.wanted(last_only)
        settings = self.task.getProblem()
        settings.setUseValues(True)
        settings.setValues(" ".join(repr(float(t)) for t in wanted))
        settings.setDuration(self.problem.end)
        settings.setTimeSeriesRequested(True)
        settings.setOutputEvent(False)
        self.outputs = len(wanted)

    def load(self, member: int) -> None:
        changed = COPASI.ObjectStdVector()
        numbers = (*self.problem.members[member], *self.problem.initial[member])
        for value, number in zip(self.values, numbers, strict=True):
            value.setInitialValue(float(number))
            changed.append(value.getInitialValueReference())
        self.model.updateInitialValues(changed)

    def solve(self, member: int) -> Any:
        if not self.task.process(True):
            raise RuntimeError(COPASI.CCopasiMessage.getAllMessageText())
        return self.task.getTimeSeries()

    def rows(self, solution: Any) -> np.ndarray:
        titles = [solution.getTitle(i) for i in range(solution.getNumVariables())]
        columns = [next(i for i, title in enumerate(titles) if name in title) for name in self.columns]
        first = solution.getRecordedSteps() - self.outputs
        found = [[solution.getData(first + row, i) for i in columns] for row in range(self.outputs)]
        return np.array(found)


if __name__ == "__main__":
    main(Copasi)
