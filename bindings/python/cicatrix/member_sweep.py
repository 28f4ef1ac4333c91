"""A course run again with its parameters drawn from their ranges: one sweep, for reports and for explanations."""

import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cicatrix import _core
from cicatrix.milestones import Array
from cicatrix.studies.gradient import PARAMETERS, with_tolerance
from cicatrix.studies.optimum import without_sweep
from cicatrix.sweeps.engine import available_threads

FEWEST = 20  # members; of fewer, 5 and 95 % are the ends


@dataclass(frozen=True)
class Members:
    """Effects on some quantities in members whose parameters vary, each anywhere in its range, all at once."""

    effects: Array  # (members that did not fail, quantities, days), in the units of the quantities
    failed: int
    varied: int  # parameters
    kept: list[str]  # parameters that the scenario sets, which stay as they are


def run_members(text: str, file: str, quantities: Sequence[str], days: Array, members: int) -> Members:
    """Runs the scenario `text` with the tolerance of a single course; `days` are those of the time axis.

    `file` is what errors call the scenario. Raises InputError for a scenario that cannot be read.
    """
    text = with_tolerance(without_sweep(text))
    kept = list(tomllib.loads(text).get("parameters", {}))
    outcomes = [f"{name} effect at {day!r} d" for name in quantities for day in days.tolist()]
    sweep = _core.parse_sweep(_with_sweep(text, outcomes, members), f"{file or 'scenario'} with members")
    found = sweep.run(0, members, threads=available_threads())
    done = (np.asarray(found.status) == 0).all(axis=1)
    effects = np.asarray(found.values, dtype=float)[done].reshape(-1, len(quantities), days.size)
    return Members(effects, int((~done).sum()), len(sweep.factors) - len(kept), kept)


def _with_sweep(text: str, outcomes: list[str], members: int) -> str:
    """The scenario with a sweep of its parameters; those that it sets have the one level that it gives them."""
    given = tomllib.loads(text).get("parameters", {})
    vary = [f"{json.dumps(PARAMETERS + name)} = [{json.dumps(value)}]" for name, value in given.items()]
    lines = ["", "[sweep]", 'design = "latin hypercube"', f"samples = {members}", f"outcomes = {json.dumps(outcomes)}"]
    lines += ["", "[sweep.vary]", 'parameters = "all"', *vary, ""]
    return text.rstrip("\n") + "\n" + "\n".join(lines)


def kept_text(kept: Sequence[str]) -> str:
    """Which parameters did not vary; empty where all did."""
    return f"as the scenario sets them stay {', '.join(kept)}" if kept else ""
