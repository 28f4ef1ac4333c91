"""Labels beside points of a figure, each where it covers neither a curve nor another label."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt
from matplotlib.figure import Figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Box: TypeAlias = tuple[float, float, float, float]  # left, bottom, right, top in points of the figure

# Places to try, best first: shift in points, then how the text is aligned to the shifted point.
PLACES = (
    (8, -3, "left", "top"),
    (8, 3, "left", "bottom"),
    (-8, 3, "right", "bottom"),
    (-8, -3, "right", "top"),
    (0, 9, "center", "bottom"),
    (0, -9, "center", "top"),
    (8, -12, "right", "top"),
    (8, 9, "right", "bottom"),
    (14, 14, "left", "bottom"),
    (14, -14, "left", "top"),
    (-14, 14, "right", "bottom"),
    (24, 26, "left", "bottom"),
    (-24, 26, "right", "bottom"),
)
FAR = 12  # points of shift from which a thin line joins the label to its point
AIR = 1.5  # points kept free round a label
LETTER = 0.6  # mean width of a letter, in sizes of the type
OUTSIDE, ON_LABEL, ON_CURVE, ON_LINE, LATER_PLACE = 1000.0, 200.0, 3.0, 0.5, 0.2  # what each fault of a place costs


class Labels:
    """The labels of one panel; knows what is already taken."""

    def __init__(self, axes: "Axes", *, size: float, colour: str, page: str) -> None:
        figure = axes.get_figure()
        assert isinstance(figure, Figure)
        self._figure = figure
        self._axes = axes
        self._size = size
        self._colour = colour
        self._page = page
        self._lines: list[float] = []
        self._points = np.empty((0, 2))
        self._taken: list[Box] = []

    def avoid_curve(self, horizontal: npt.ArrayLike, vertical: npt.ArrayLike) -> None:
        """Keeps labels off a curve given in data coordinates."""
        corners = self._in_points(np.column_stack([np.asarray(horizontal), np.asarray(vertical)]))
        along = np.linspace(0.0, len(corners) - 1.0, 1500)
        steps = np.arange(len(corners))
        dense = np.column_stack([np.interp(along, steps, corners[:, i]) for i in (0, 1)])
        self._points = np.vstack([self._points, dense])

    def avoid_points(self, horizontal: npt.ArrayLike, vertical: npt.ArrayLike) -> None:
        """Keeps labels off single points given in data coordinates."""
        points = self._in_points(np.column_stack([np.asarray(horizontal), np.asarray(vertical)]))
        self._points = np.vstack([self._points, points[np.isfinite(points).all(axis=1)]])

    def avoid_line(self, horizontal: float) -> None:
        """Keeps labels off a vertical line through the whole panel, where there is room."""
        self._lines.append(float(self._in_points(np.array([[horizontal, self._axes.get_ylim()[0]]]))[0, 0]))

    def add(self, text: str, point: tuple[float, float], *, places: Sequence[int] = (), colour: str = "") -> None:
        """Writes `text` beside a point in data coordinates, or leaves it out where no place is free.

        `places` are those to try first; `colour` is that of this label, if it has its own.
        """
        order = [*places, *(i for i in range(len(PLACES)) if i not in places)]
        anchor = self._in_points(np.array([point]))[0]
        boxes = [self._box(text, anchor, place) for place in order]
        costs = [self._cost(box) + LATER_PLACE * rank for rank, box in enumerate(boxes)]
        best = int(np.argmin(costs))
        if costs[best] >= ON_LABEL:
            return
        self._taken.append(boxes[best])
        covering = costs[best] >= ON_LINE + LATER_PLACE * best
        self._write(text, point, order[best], covering=covering, colour=colour or self._colour)

    def _write(self, text: str, point: tuple[float, float], place: int, *, covering: bool, colour: str) -> None:
        right, up, horizontal, vertical = PLACES[place]
        backing = {"boxstyle": "square,pad=0.1", "facecolor": self._page, "edgecolor": "none", "alpha": 0.85}
        leader = {"arrowstyle": "-", "color": colour, "linewidth": 0.6, "shrinkA": 0, "shrinkB": 4}
        self._axes.annotate(
            text,
            point,
            xytext=(right, up),
            textcoords="offset points",
            ha=horizontal,
            va=vertical,
            size=self._size,
            color=colour,
            bbox=backing if covering else None,
            arrowprops=leader if abs(right) > FAR else None,
            zorder=6,
        )

    def _in_points(self, data: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        pixels = np.asarray(self._axes.transData.transform(data), dtype=float)
        return pixels * 72.0 / self._figure.dpi

    def _box(self, text: str, anchor: npt.NDArray[np.float64], place: int) -> Box:
        right, up, horizontal, vertical = PLACES[place]
        width, height = LETTER * self._size * len(text), 1.25 * self._size
        left = anchor[0] + right - {"left": 0.0, "center": 0.5, "right": 1.0}[horizontal] * width
        bottom = anchor[1] + up - {"bottom": 0.0, "center": 0.5, "top": 1.0}[vertical] * height
        return float(left) - AIR, float(bottom) - AIR, float(left + width) + AIR, float(bottom + height) + AIR

    def _cost(self, box: Box) -> float:
        left, bottom, right, top = box
        corners = self._axes.get_position().get_points()
        low, high = corners * self._figure.get_size_inches() * 72.0
        outside = left < low[0] or right > high[0] + 10.0 or bottom < low[1] or top > high[1] + 2.0
        on_label = sum(left < o[2] and o[0] < right and bottom < o[3] and o[1] < top for o in self._taken)
        inside = (self._points > (left, bottom)).all(axis=1) & (self._points < (right, top)).all(axis=1)
        on_line = sum(left < line < right for line in self._lines)
        on_curve = min(int(inside.sum()), 20)
        return OUTSIDE * float(outside) + ON_LABEL * on_label + ON_CURVE * on_curve + ON_LINE * on_line
