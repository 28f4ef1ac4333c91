"""The curves of a panel of read-outs: which there are, in which colour, and between which limits they are drawn.

The printed figure and the chart of a report that can be hovered are both made from them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import xarray as xr

from cicatrix import readouts
from cicatrix.milestones import Array, first_session, session_days
from cicatrix.published import is_published
from cicatrix.theme import DASHES, Palette

if TYPE_CHECKING:
    from matplotlib.typing import LineStyleType

LEAST_SPAN = 0.005  # of the largest value; less change must not fill a panel
ROOM, ROOM_FOR_NAMES = 0.1, 0.42  # of the range, over the curves


@dataclass(frozen=True)
class Sheet:
    """What all panels of a figure share."""

    course: xr.Dataset
    members: xr.Dataset | None
    until: float  # d after the first session
    palette: Palette

    def twin_of(self, name: str) -> str:
        """The name of the untreated twin; empty where there is none, or where nothing was treated."""
        twin = f"{readouts.TWIN}{name}"
        return twin if twin in self.course and session_days(self.course).size else ""

    def curve(self, name: str) -> tuple[Array, xr.DataArray]:
        """Days from the first session and the values, up to the last day that is drawn."""
        days = np.asarray(self.course["time"].values, dtype=float) - first_session(self.course)
        return days[days <= self.until], self.course[name].isel(time=days <= self.until)

    def sessions(self) -> Array:
        """Days of the sessions that are drawn, from the first one."""
        days, _ = self.curve("time")
        sessions = session_days(self.course) - first_session(self.course)
        return sessions[sessions <= (float(days[-1]) if days.size else 1.0)]

    def treated(self) -> str:
        """What the curve is called that has no twin, or beside its twin; of a published model its name."""
        if is_published(self.course):
            return str(self.course.attrs["model"])
        return "treated" if session_days(self.course).size else "untreated skin"


@dataclass(frozen=True)
class Curve:
    """One line of a panel."""

    label: str
    values: Array
    colour: str
    dash: "LineStyleType"
    is_twin: bool


def curves_of(sheet: Sheet, name: str) -> list[Curve]:
    """The line of a read-out or state and of its twin; of what compounds do, two lines for each compound."""
    if readouts.kind_of(sheet.course, name) == "compound":
        return _curves_of_compounds(sheet, name)
    curves = [Curve(sheet.treated(), middle(sheet.curve(name)[1]), sheet.palette.collagen_total, "-", False)]
    if twin := sheet.twin_of(name):
        curves.append(Curve("untreated twin", middle(sheet.curve(twin)[1]), sheet.palette.quiet, "-", True))
    return curves


def _curves_of_compounds(sheet: Sheet, name: str) -> list[Curve]:
    palette, twin = sheet.palette, sheet.twin_of(name)
    colours = (palette.collagen_total, palette.inflammation, palette.collagen_i_mature)
    _, values = sheet.curve(name)
    curves = []
    for i, label in enumerate(compounds(sheet.course)):
        colour, dash = colours[i % len(colours)], DASHES[i // len(colours) % len(DASHES)]
        curves.append(Curve(label, middle(values.isel(topical=i)), colour, dash, False))
        if twin:
            untreated = middle(sheet.curve(twin)[1].isel(topical=i))
            curves.append(Curve(f"{label}, untreated", untreated, colour, dash, True))
    return curves


def members_of(sheet: Sheet, name: str) -> Iterator[tuple[Array, xr.DataArray]]:
    """Days and values over `member`, of the course itself and of the members beside it."""
    days, values = sheet.curve(name)
    if "member" in values.dims:
        yield days, values
    if sheet.members is not None and name in sheet.members and "member" in sheet.members[name].dims:
        there = np.asarray(sheet.members["time"].values, dtype=float) - first_session(sheet.course)
        yield there[there <= sheet.until], sheet.members[name].isel(time=there <= sheet.until)


def middle(values: xr.DataArray) -> Array:
    """The values, or their median where there are members."""
    return np.asarray((values.median("member") if "member" in values.dims else values).values, dtype=float)


def compounds(course: xr.Dataset) -> list[str]:
    """Names of the compounds on the skin."""
    names = next((course[key] for key in ("topical", "compound", "topical_compound") if key in course), None)
    if names is None:
        return [f"compound {i + 1}" for i in range(course.sizes.get("topical", 0))]
    return [str(name) for name in names.values]


def limits_of(curves: Sequence[Array], *, over: float = ROOM) -> tuple[float, float]:
    """Ends of an axis that show the change of what changes, and zero where it is not far."""
    values = np.concatenate([curve[np.isfinite(curve)] for curve in curves])
    low, high = float(values.min(initial=np.inf)), float(values.max(initial=-np.inf))
    if not values.size:
        low, high = 0.0, 1.0
    if 0 < low < 0.5 * high:
        low = 0.0
    if (least := LEAST_SPAN * max(abs(high), abs(low)) or 1.0) > high - low:
        low, high = (low, low + least) if low == 0.0 else (low - 0.5 * least, high + 0.5 * least)
    span = high - low
    return low - 0.06 * span, high + over * span
