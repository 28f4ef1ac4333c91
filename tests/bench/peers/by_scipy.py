"""SciPy's solve_ivp as an engine, by LSODA or BDF, with the rates as Python floats or compiled by Numba."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.integrate import solve_ivp

from bench.peers.worker import Engine, Problem, main


class ConditionalWhere(ast.NodeTransformer):
    """`where(c, a, b)` as `a if c else b`, which computes only what it needs."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id == "where":
            return ast.IfExp(*node.args)
        return node


def conditional(expression: str) -> str:
    """The expression in plain Python."""
    return ast.unparse(ConditionalWhere().visit(ast.parse(expression, mode="eval")))


def used_names(expressions: list[str]) -> set[str]:
    """What they read."""
    return {node.id for text in expressions for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}


def compiled(problem: Problem, by_numba: bool) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """`rates(t, y, k)` and `event(y, k)`."""
    terms = [f"    {name} = {conditional(text)}" for name, text in problem.terms]
    rates = ", ".join(conditional(text) for text in problem.rates)
    names = used_names([text for _, text in problem.terms] + problem.rates)
    unpack = [f"    {', '.join(problem.states)}, = y{'' if by_numba else '.tolist()'}"]
    if by_numba:
        unpack = [f"    {name} = y[{i}]" for i, name in enumerate(problem.states)]
    unpack += [f"    {name} = k[{i}]" for i, name in enumerate(problem.coefficients) if name in names]
    result = f"    return np.array([{rates}])" if by_numba else f"    return [{rates}]"
    after = ", ".join(problem.event.get(name, name) for name in problem.states)
    event = [f"    {', '.join(problem.states)}, = y", f"    {', '.join(problem.coefficients)}, = k"]
    event.append(f"    return [{after}]")
    scope: dict[str, Any] = {"exp": math.exp, "log": math.log, "np": np}
    exec("\n".join(["def rates(t, y, k):", *unpack, *terms, result, "def event(y, k):", *event]), scope)
    if by_numba:
        from numba import njit

        return njit(scope["rates"]), scope["event"]
    return scope["rates"], scope["event"]


class Scipy(Engine):
    """`variant` is LSODA or BDF, `numba-LSODA` or `numba-BDF`."""

    def __init__(self, problem: Problem, variant: str) -> None:
        super().__init__(problem)
        by_numba = variant.startswith("numba-")
        self.method = variant.removeprefix("numba-")
        self.rates, self.event = compiled(problem, by_numba)
        self.members: list[Any] = list(problem.members) if by_numba else problem.members.tolist()
        self.rates(0.0, problem.initial[0], self.members[0])

    def set_tolerance(self, relative: float, absolute: float, last_only: bool) -> None:
        self.tolerances = {"rtol": relative, "atol": absolute}
        self.stretches = self.problem.stretches(last_only)

    def solve(self, member: int) -> list[np.ndarray]:
        y, k, found = self.problem.initial[member], self.members[member], []
        for begin, end, wanted, injured in self.stretches:
            if injured:
                y = np.array(self.event(y, k))
            times = wanted if len(wanted) > 0 and wanted[-1] == end else np.append(wanted, end)
            solved = solve_ivp(self.rates, (begin, end), y, self.method, times, args=(k,), **self.tolerances)
            if not solved.success:
                raise RuntimeError(solved.message)
            found.append(solved.y[:, : len(wanted)])
            y = solved.y[:, -1]
        return found

    def rows(self, solution: list[np.ndarray]) -> np.ndarray:
        return np.hstack(solution).T


if __name__ == "__main__":
    main(Scipy)
