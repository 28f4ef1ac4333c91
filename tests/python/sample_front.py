"""A front between two goals made by hand: protocols that none beats in both, and those that were tried."""

from __future__ import annotations

import numpy as np
import xarray as xr

ACROSS, UP = "downtime_final", "wrinkle_depth_effect_final"


def a_front(candidates: int = 9, *, seed: int = 0, bend: float = 1.0) -> xr.Dataset:
    """Points on a falling curve at places drawn by chance, often close together; others lie above it."""
    drawn = np.random.default_rng(seed)
    place = np.sort(drawn.beta(0.4, 0.6, candidates)) + np.arange(candidates) * 1e-6
    tried = drawn.uniform(0.0, 1.2, 200)
    goals = {
        ACROSS: ("candidate", 1.0 + 9.0 * place, {"units": "d"}),
        UP: ("candidate", -12.0 * place ** (1.0 / (1.0 + bend)), {"units": "um"}),
        f"tried_{ACROSS}": ("tried", 1.0 + 9.0 * tried, {"units": "d"}),
        f"tried_{UP}": ("tried", -12.0 * tried ** (1.0 / (1.0 + bend)) + drawn.exponential(3.0, 200), {"units": "um"}),
        "tried_feasible": ("tried", drawn.uniform(size=200) < 0.9),
    }
    choices = {
        "device.needle_length": ("candidate", 0.5 + 1.5 * place, {"units": "mm"}),
        "protocol.passes": ("candidate", np.round(1 + 19 * place), {"units": "1"}),
        "protocol.sessions": ("candidate", np.array(["every 4 weeks x 6"] * candidates, dtype=object), {"units": "1"}),
    }
    attributes = {
        "study": "optimum",
        "minimise": f"{ACROSS}; {UP}",
        "maximise": "",
        "choices": "; ".join(choices),
        "subject_to": "cost final <= 900 USD",
        "evaluations": 200,
        "feasible": 1,
    }
    return xr.Dataset({**goals, **choices}, attrs=attributes)
