"""What an optimum is asked for: goals to make small or large, and conditions that it must meet."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cicatrix.studies.asked_sweep import Factor, Outcome
from cicatrix.studies.draws import Array
from cicatrix.studies.outcome_names import worded
from cicatrix.told_errors import UnusableError

SESSIONS = "sessions"  # a goal that is counted, not simulated
_CONDITION = re.compile(r"\s*(.+?)\s*(<=|>=)\s*([-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)\s*(\S.*?)?\s*")


@dataclass(frozen=True)
class Goal:
    """An outcome to make small, or large with `sign` -1."""

    text: str
    sign: float = 1.0


@dataclass(frozen=True)
class Condition:
    """An outcome that must not lie above a limit, or below it with `sign` -1."""

    text: str
    limit: float
    sign: float
    unit: str = ""

    def excess(self, values: Array) -> Array:
        """How far values lie on the wrong side; 0 where the condition is met."""
        return np.maximum(self.sign * (values - self.limit), 0.0)

    def __str__(self) -> str:
        return f"{self.text} {'<=' if self.sign > 0 else '>='} {self.limit:g} {self.unit}".rstrip()


def condition_of(text: str) -> Condition:
    """Reads `"wrinkle_depth effect final <= -10 um"`. Raises ValueError."""
    found = _CONDITION.fullmatch(text)
    if found is None:
        raise UnusableError(f"{text!r} is no condition; write for example 'wrinkle_depth effect final <= -10 um'")
    return Condition(worded(found[1]), float(found[3]), 1.0 if found[2] == "<=" else -1.0, found[4] or "")


def check_units(conditions: Sequence[Condition], outcomes: Sequence[Outcome], factors: Sequence[Factor]) -> None:
    """Raises ValueError for a condition in another unit than that of its outcome or its choice, or without it."""
    units = {factor.name: factor.unit for factor in factors} | {outcome.text: outcome.unit for outcome in outcomes}
    for condition in conditions:
        unit = units.get(condition.text) or "1"
        if condition.unit != (unit if unit != "1" else ""):
            raise UnusableError(
                f"{condition}: write the limit in {unit if unit != '1' else 'plain numbers, without a unit'}"
            )


def goals_of(minimise: str | Sequence[str], maximise: str | Sequence[str]) -> list[Goal]:
    """One goal, or two for a front. Raises ValueError for none or more."""
    small, large = ([each] if isinstance(each, str) else list(each) for each in (minimise, maximise))
    signs = [*((text, 1.0) for text in small), *((text, -1.0) for text in large)]
    goals = [Goal(worded(text), sign) for text, sign in signs if text.strip()]
    if not 1 <= len(goals) <= 2:
        raise UnusableError(
            f"an optimum has one goal, or two for a front between them; there are {len(goals)}: name them by "
            "--minimise and --maximise, for example --minimise 'downtime final'"
        )
    return goals


def sessions_in(text: str) -> int:
    """How many sessions a sentence of `protocol.sessions` has. Raises ValueError for what is no such sentence."""
    if text in ("once", "none"):
        return 1 if text == "once" else 0
    if text.startswith("["):
        return text.count('"') // 2 or text.count("'") // 2
    found = re.fullmatch(r"every .+ x +([0-9]+)(?:, skip((?: *[0-9]+)+))?", text)
    if found is None:
        raise UnusableError(f"the sessions of {text!r} cannot be counted")
    count = int(found[1])
    return count - len({skipped for skipped in map(int, (found[2] or "").split()) if 1 <= skipped <= count})
