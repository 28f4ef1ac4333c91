"""A sweep of protocols with a formula in place of the model: more needling makes more effect and more downtime."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sample_sweep import Array, SampleFactor, SampleOutcome, SampleSweep

SESSIONS = [f"every 4 weeks x {count}" for count in range(1, 7)]
EFFECT, DOWNTIME = "wrinkle_depth effect final", "downtime final"


@dataclass(frozen=True)
class Asked(SampleOutcome):
    """An outcome with the words of a scenario."""

    words: str = ""

    @property
    def text(self) -> str:
        return self.words


def answer(rows: Array) -> Array:
    """Effect on the depth of lines (um) and downtime (d) of needle length, passes and the place of the sessions."""
    length, passes, sessions = rows.T
    count = sessions + 1
    return np.column_stack([-3 * length**0.7 * np.log1p(passes) * np.sqrt(count), 1.5 * length * count + 0.1 * passes])


def protocols(*, seed: int = 1, failing: bool = False) -> SampleSweep:
    """Needle length, passes and sessions; where `failing`, courses with needles of 1.9 mm and more fail."""

    def formula(rows: Array) -> Array:
        values = answer(rows)
        if failing:
            values[rows[:, 0] >= 1.9] = np.nan
        return values

    factors = [
        SampleFactor("device.needle_length", low=0.5, high=2.0, unit="mm"),
        SampleFactor("protocol.passes", low=1.0, high=20.0),
        SampleFactor("protocol.sessions", kind="choice", choices=SESSIONS, unit=""),
    ]
    outcomes: list[SampleOutcome] = [
        Asked("wrinkle_depth_effect_final", "um", "effect on the depth of lines, at the end", words=EFFECT),
        Asked("downtime_final", "d", "days of downtime, at the end", words=DOWNTIME),
    ]
    return SampleSweep(factors, formula, outcomes, seed=seed)


def least_downtime(effect: float) -> float:
    """What a fine grid says is the least downtime of all protocols with so much effect, in d."""
    axes = np.linspace(0.5, 2.0, 301), np.linspace(1.0, 20.0, 191), np.arange(6.0)
    rows = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, 3)
    values = answer(rows)
    return float(values[values[:, 0] <= effect, 1].min())
