"""diffrax as an engine: Kvaerno5 or Kvaerno3 under jit and vmap, all members of a request in one batch."""

from __future__ import annotations

import time
from typing import Any

import diffrax
import jax
import jax.numpy as jnp
import numpy as np

from bench.peers.by_scipy import used_names
from bench.peers.worker import Engine, Problem, main

jax.config.update("jax_enable_x64", True)


def compiled(problem: Problem) -> tuple[Any, Any]:
    """`rates(t, y, k)` and `event(y, k)` in arrays of JAX."""
    names = used_names([text for _, text in problem.terms] + problem.rates + list(problem.event.values()))
    unpack = [f"    {name} = y[{i}]" for i, name in enumerate(problem.states)]
    unpack += [f"    {name} = k[{i}]" for i, name in enumerate(problem.coefficients) if name in names]
    terms = [f"    {name} = {text}" for name, text in problem.terms]
    after = [problem.event.get(name, name) for name in problem.states]
    lines = ["def rates(t, y, k):", *unpack, *terms, f"    return stack([{', '.join(problem.rates)}])"]
    lines += ["def event(y, k):", *unpack, f"    return stack([{', '.join(after)}])"]
    scope: dict[str, Any] = {"exp": jnp.exp, "log": jnp.log, "where": jnp.where, "stack": jnp.stack}
    exec("\n".join(lines), scope)
    return scope["rates"], scope["event"]


class Diffrax(Engine):
    """`variant` names the solver."""

    def __init__(self, problem: Problem, variant: str) -> None:
        super().__init__(problem)
        self.rates, self.event = compiled(problem)
        self.method = getattr(diffrax, variant)()
        self.term = diffrax.ODETerm(self.rates)
        in_lanes = {"in_axes": (0, 0, None, None, None, None, None)}
        self.stretch = jax.jit(jax.vmap(self.one_stretch, **in_lanes))
        self.injured = jax.jit(jax.vmap(self.event))

    def one_stretch(self, y: Any, k: Any, begin: Any, end: Any, times: Any, relative: Any, absolute: Any) -> Any:
        """One member from one session to the next."""
        return diffrax.diffeqsolve(
            self.term, self.method, begin, end, None, y, k, saveat=diffrax.SaveAt(ts=times), max_steps=None,
            stepsize_controller=diffrax.PIDController(rtol=relative, atol=absolute), throw=False,
        ).ys  # fmt: skip

    def set_tolerance(self, relative: float, absolute: float, last_only: bool) -> None:
        raise NotImplementedError("all members are solved at once")

    def solve(self, member: int) -> Any:
        raise NotImplementedError("all members are solved at once")

    def rows(self, solution: Any) -> np.ndarray:
        raise NotImplementedError("all members are solved at once")

    def run(self, relative: float, members: int, last_only: bool) -> tuple[np.ndarray, float, float, int]:
        y, k = jnp.array(self.problem.initial[:members]), jnp.array(self.problem.members[:members])
        stretches = self.problem.stretches(last_only)
        longest = max(len(wanted) for _, _, wanted, _ in stretches) + 1
        begin, wall_begin, found = time.process_time(), time.perf_counter(), []
        for start, end, wanted, injured in stretches:
            y = self.injured(y, k) if injured else y
            times = np.append(wanted, np.full(longest - len(wanted), end))  # one length, so compiled once
            states = self.stretch(y, k, start, end, times, relative, self.problem.absolute_share * relative)
            found.append(states[:, : len(wanted)])
            y = states[:, -1]
        rows = np.concatenate(found, axis=1)
        cpu, wall = time.process_time() - begin, time.perf_counter() - wall_begin
        return rows, cpu, wall, int(np.isnan(rows).any(axis=(1, 2)).sum())


if __name__ == "__main__":
    main(Diffrax)
