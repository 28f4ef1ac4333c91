"""What a cross-section of skin shows of a state: how many marks for a unit of it, of what shape, and where they stand.

The table is all that another program needs to draw the same picture: of each state `marks_of` marks are drawn, the
first of an endless row of places, so that from one day to another a mark stays where it is and only the end of the row
moves.
"""

import re
from dataclasses import dataclass

import numpy as np
import xarray as xr

from cicatrix.milestones import Array
from cicatrix.theme import BLUE, BROWN, GREEN, INDIGO, PINK, VERMILLION


@dataclass(frozen=True)
class Mark:
    """How one state is drawn."""

    state: str
    told: str  # in the legend
    per_unit: int  # marks for a state of 1
    shape: str  # of a fibre: straight, hollow, waves, zigzag; otherwise of a cell
    colour: str

    @property
    def is_fibre(self) -> bool:
        """Whether it is a line across the picture; cells and vessels are not."""
        return self.shape in FIBRES


FIBRES = ("straight", "hollow", "waves", "zigzag")
# In the order in which they are drawn, the first at the back. Collagens share a proportion, and so do cells of a kind.
MARKS = (
    Mark("elastin", "elastin", 40, "zigzag", BROWN),
    Mark("collagen_i_mature", "cross-linked collagen I", 200, "straight", BLUE),
    Mark("collagen_i_immature", "young collagen I", 200, "hollow", BLUE),
    Mark("collagen_iii", "collagen III", 200, "waves", GREEN),
    Mark("perfusion", "vessels, by blood flow", 20, "ring", VERMILLION),
    Mark("fibroblasts", "fibroblasts", 30, "spindle", INDIGO),
    Mark("myofibroblasts", "myofibroblasts", 30, "star", INDIGO),
    Mark("macrophages_m2", "repair macrophages (M2)", 200, "down", PINK),
    Mark("macrophages_m1", "inflammatory macrophages (M1)", 200, "up", VERMILLION),
    Mark("neutrophils", "neutrophils", 400, "dot", VERMILLION),
)
# Steps of additive sequences that leave no gaps and make no clumps: over the picture powers of the root of x^3 = x + 1,
# for the turn the golden section.
ROOT, GOLDEN = 1.324717957244746, 1.618033988749895
STEPS = np.array([ROOT**-1, ROOT**-2, GOLDEN**-1])
SHIFTS = np.sqrt([2.0, 3.0, 5.0])  # between the rows of two states, so that they do not lie upon each other


def marks_of(mark: Mark, value: float) -> int:
    """How many marks stand for a state; none for what is not a number or below zero."""
    return int(np.floor(mark.per_unit * value + 0.5)) if value > 0 else 0


def places(mark: Mark, count: int) -> Array:
    """The first `count` places of a state: shares of the width, of the depth and of a turn, one row a mark.

    Every second state has width and depth exchanged, every second pair is mirrored, every second four turned over, so
    that neighbours in the table do not go in step.
    """
    number = MARKS.index(mark)
    found = np.asarray((number * SHIFTS + np.arange(1, count + 1)[:, None] * STEPS) % 1.0, dtype=float)
    if number % 2:
        found = found[:, [1, 0, 2]]
    if number % 4 > 1:
        found[:, 0] = 1.0 - found[:, 0]
    if number % 8 > 3:
        found[:, 1] = 1.0 - found[:, 1]
    return found


def worth(mark: Mark, variable: xr.DataArray) -> str:
    """What one mark stands for, in the words of the state itself: `2.5 cells/mm3`."""
    meaning = str(variable.attrs.get("long_name", ""))
    if cells := re.search(r"relative to (\d+) cells/mm3", meaning):
        return f"{float(cells[1]) / mark.per_unit:g} cells/mm³"
    share = f"{100 / mark.per_unit:g} %"
    found = re.search(r"relative to ([^:;]+)", meaning)
    if found is None:
        return share
    return f"{share} of {found[1].replace(' of the dermis', '')}"
