"""Whether a figure can be drawn and written, as far as that is known before anything is computed."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cicatrix.outcome import Exit, RefusedError

if TYPE_CHECKING:
    from cicatrix import _core

KINDS = (".png", ".svg", ".pdf")
MOST_LOOKED_AT = 1_000_000  # members


def figure_file(text: str) -> str:
    """The file of a figure as a command is given it."""
    if Path(text).suffix.lower() not in KINDS:
        raise argparse.ArgumentTypeError(f"{text}: figures are written as {', '.join(KINDS)}")
    return text


def refuse_undrawable(planned: "_core.Sweep", figure: str) -> None:
    """Raises RefusedError when no outcome of a sweep can be drawn, whatever its members turn out to be."""
    import numpy as np
    import xarray as xr

    from cicatrix.studies.heat_map import maps_of
    from cicatrix.studies.pairs import paired

    members, arms = planned.members, planned.arms
    if members > MOST_LOOKED_AT:
        return
    coordinates: dict[str, Any] = {}
    for factor, column in zip(planned.factors, planned.design(0, members).T, strict=True):
        values = np.array(factor.choices, dtype=object)[column.astype(int)] if factor.choices else column
        coordinates[factor.name] = "member", values, {"role": "factor", "units": factor.unit or "1"}
    along = ("member", "arm") if len(arms) > 1 else ("member",)
    zeros = np.zeros((members, len(arms))[: len(along)])
    outcome = planned.outcomes[0].name
    empty = xr.Dataset({outcome: (along, zeros, {"role": "outcome"})}, coords=coordinates)
    try:
        if len(arms) > 1:
            paired(empty.assign_coords(arm=list(arms)), outcome)
        else:
            maps_of(empty, outcome)
    except ValueError as error:
        raise RefusedError(Exit.USAGE, f"{figure}: {error}") from None
