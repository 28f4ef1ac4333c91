"""Sweeps as Datasets, made from formulas: a grid of three factors, and paired patients under two protocols."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import xarray as xr

LENGTHS, PASSES = [0.5, 1.0, 1.5, 2.0], [5, 10, 15]
SESSIONS = ["every 4 weeks x 2", "every 4 weeks x 4", "every 4 weeks x 6"]


def _about(units: str, told: str, role: str = "outcome") -> dict[str, str]:
    return {"units": units, "long_name": told, "role": role}


def a_grid(*, failed: int | None = None) -> xr.Dataset:
    """Needle length x passes x sessions; the last varies fastest."""
    rows = list(product(LENGTHS, PASSES, SESSIONS))
    length, passes, sessions = (list(column) for column in zip(*rows, strict=True))
    count = np.array([int(text[-1]) for text in sessions])
    depth = -np.array(length) * np.log1p(passes) * count * 1.3
    downtime = 2.0 * np.array(length) * count
    if failed is not None:
        depth[failed] = downtime[failed] = np.nan
    return xr.Dataset(
        {
            "wrinkle_depth_effect_final": (
                "member",
                depth,
                _about("um", "effect of the treatment on depth of lines, at the end"),
            ),
            "downtime_final": ("member", downtime, _about("d", "days of downtime, at the end")),
            "status": ("member", np.isnan(depth).astype(np.int8)),
        },
        coords={
            "member": np.arange(len(rows)),
            "device.needle_length": ("member", length, _about("mm", "length of a needle", "factor")),
            "protocol.passes": ("member", passes, _about("1", "passes", "factor")),
            "protocol.sessions": ("member", sessions, _about("1", "when the sessions take place", "factor")),
        },
        attrs={"title": "Needle length", "calibrated": "no"},
    )


def pairs(patients: int = 200, *, shift: float = -3.0, seed: int = 4) -> xr.Dataset:
    """Patients whose lines differ much from patient to patient and little from protocol to protocol."""
    draws: Any = np.random.default_rng(seed)
    own = draws.normal(150.0, 40.0, patients)
    other = own + shift + draws.normal(0.0, 2.0, patients)
    return xr.Dataset(
        {
            "wrinkle_depth_final": (
                ("member", "arm"),
                np.column_stack([own, other]),
                _about("um", "depth of lines, at the end"),
            ),
        },
        coords={"member": np.arange(patients), "arm": ["roller", "pen"]},
        attrs={"title": "Roller and pen", "calibrated": "no"},
    )
