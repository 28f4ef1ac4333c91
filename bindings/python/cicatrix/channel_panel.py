"""One picture of a channel: values in the plane through its axis, its wall, and the epidermis that closes over it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import xarray as xr
from matplotlib.colors import LinearSegmentedColormap

from cicatrix import space
from cicatrix.colour_scales import LINE, Scale
from cicatrix.milestones import Array
from cicatrix.theme import DASHED, HALO, HORN, SKIN, Palette, dress_map

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.collections import QuadMesh

LEAST_SHEET = 0.07  # of the depth that is drawn; a thinner epidermis would not be seen
HORN_SHARE = 0.3  # of the sheet
MARK = 0.3  # of the width, from the axis to the marks beside it


@dataclass(frozen=True)
class Frame:
    """What part of the skin is drawn, in mm."""

    width: float  # from the far left to the far right
    top: float  # of the dermis
    sheet: float  # thickness that the epidermis is drawn with
    last: float  # depth of the lower edge

    @property
    def height(self) -> float:
        """From the surface as drawn to the lower edge."""
        return self.last - self.top + self.sheet

    @property
    def true_sheet(self) -> bool:
        """Whether the epidermis is as thick as it is drawn."""
        return bool(np.isclose(self.sheet, self.top))


def frame_of(course: xr.Dataset) -> Frame:
    """The cell round one channel, from the surface to well below the tip of the channel."""
    depth, radius = space.edges(course, "depth"), float(space.edges(course, "radius")[-1])
    top, tip = float(depth[0]), float(depth[0])
    if reached := np.flatnonzero(space.wall(course) > 0).tolist():
        tip = float(depth[reached[-1] + 1])
    wanted = tip + max(0.5 * (tip - top), radius) if reached else float(depth[-1])
    last = float(depth[min(int(np.searchsorted(depth, wanted)), len(depth) - 1)])
    return Frame(2.0 * radius, top, max(top, LEAST_SHEET * (last - top)), last)


class ChannelPanel:
    """Axes that show one state round the channel at one time after the other."""

    def __init__(self, axes: "Axes", course: xr.Dataset, scale: Scale, palette: Palette) -> None:
        self._scale = scale
        frame, across = frame_of(course), space.mirrored_edges(course)
        depth = space.edges(course, "depth")
        self._shape = (len(depth) - 1, (len(across) - 1) // 2)
        surface = frame.top - frame.sheet
        horny = surface + HORN_SHARE * frame.sheet
        self.mesh: QuadMesh = axes.pcolormesh(
            across, depth, np.zeros((len(depth) - 1, len(across) - 1)), cmap=scale.map, norm=scale.norm, rasterized=True
        )
        self._living = _sheet(axes, across, (horny, frame.top), SKIN)
        self._horny = _sheet(axes, across, (surface, horny), HORN)
        _draw_wall(axes, course, depth)
        for border in space.layer_borders(course):
            if border < frame.last:
                axes.plot((across[0], across[-1]), (border, border), color=LINE, linewidth=0.6, alpha=0.7, zorder=3)
        axes.set_xlim(float(across[0]), float(across[-1]))
        axes.set_ylim(frame.last, surface)
        _dress(axes, frame, palette)

    def show(self, values: Array, *, cover: Array, horny: Array) -> None:
        """Shows values over depth and radius, and what share of each ring is covered."""
        self.mesh.set_array(self._scale.drawn(space.mirrored(values.reshape(self._shape))))
        self._living.set_array(space.mirrored(cover)[None, :])
        self._horny.set_array(space.mirrored(horny)[None, :])


def _sheet(axes: "Axes", across: Array, between: tuple[float, float], colour: str) -> "QuadMesh":
    """A layer on top, whose colour is as strong as the share of each ring that it covers."""
    strength = LinearSegmentedColormap.from_list("cover", [f"{colour}00", f"{colour}ff"])
    empty = np.zeros((1, len(across) - 1))
    return axes.pcolormesh(across, between, empty, cmap=strength, vmin=0.0, vmax=1.0, rasterized=True)


def _draw_wall(axes: "Axes", course: xr.Dataset, depth: Array) -> None:
    """The injured column of the first session as an outline, closed at its tip."""
    radius = space.wall(course)
    reached = np.flatnonzero(radius > 0)
    if not reached.size:
        return
    last = int(reached[-1])
    right = np.repeat(radius[: last + 1], 2)
    down = np.repeat(depth[: last + 2], 2)[1:-1]
    outline = np.concatenate([-right, right[::-1]]), np.concatenate([down, down[::-1]])
    axes.plot(*outline, color=HALO, linewidth=1.8, zorder=3.5)
    axes.plot(*outline, color=LINE, linewidth=0.9, linestyle=DASHED, zorder=4)


def _dress(axes: "Axes", frame: Frame, palette: Palette) -> None:
    dress_map(axes, palette)
    reach = _round_down(MARK * frame.width)
    axes.set_xticks([-reach, 0.0, reach], [f"{reach:g}", "0", f"{reach:g}"])


def _round_down(length: float) -> float:
    """The longest round length that is not longer."""
    power = 10.0 ** np.floor(np.log10(length))
    return float(next(step * power for step in (8, 6, 5, 4, 3, 2, 1.5, 1) if step * power <= length * (1 + 1e-9)))


def covers(course: xr.Dataset) -> tuple[Array, Array]:
    """Shares of each ring under living epidermis and under an intact horny layer, over time; 1 where unknown."""
    shape = (course.sizes["time"], course.sizes["radius"])
    found = [
        np.asarray(course[name].transpose("time", "radius").values, dtype=float) if name in course else np.ones(shape)
        for name in (space.COVER, space.HORNY)
    ]
    return np.clip(found[0], 0.0, 1.0), np.clip(found[1], 0.0, 1.0)


def field(course: xr.Dataset, state: str) -> Array:
    """Values of a state over time, depth and radius."""
    return np.asarray(course[state + space.FIELD].transpose("time", "depth", "radius").values, dtype=float)
