"""The shapes of a cross-section: fibres as lines across the picture, cells and vessels as signs of their own form."""

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.path import Path

from cicatrix.milestones import Array
from cicatrix.section_marks import Mark, places
from cicatrix.theme import DERMIS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

POINTS = 37  # along a fibre
# Of the width of the picture: how long a fibre is, how far it swings; how often; how far from level it lies, in turns.
LENGTHS = {"straight": 0.24, "hollow": 0.18, "waves": 0.11, "zigzag": 0.13}
SWINGS = {"straight": 0.0, "hollow": 0.0, "waves": 0.008, "zigzag": 0.006}
WAVES = {"straight": 0.0, "hollow": 0.0, "waves": 3.0, "zigzag": 4.5}
TILTS = {"straight": 0.03, "hollow": 0.06, "waves": 0.5, "zigzag": 0.12}
WIDTHS = {"straight": 1.1, "hollow": 2.6, "waves": 1.2, "zigzag": 0.7}  # points
PALE = 0.55  # of the many straight fibres, so that others are seen on them
CORE = 1.2  # points, of what is hollow
LEGEND = 17.0  # points, of a fibre in the legend
SIZES = {"ring": 6.0, "spindle": 10.0, "star": 9.0, "down": 5.0, "up": 5.0, "dot": 3.6}  # points
SPINDLE = Path(
    [(-1.0, 0.0), (0.0, 0.6), (1.0, 0.0), (0.0, -0.6), (-1.0, 0.0)],
    [Path.MOVETO, Path.CURVE3, Path.CURVE3, Path.CURVE3, Path.CURVE3],
)
SIGNS: dict[str, Any] = {"ring": "o", "spindle": SPINDLE, "star": "*", "down": "v", "up": "^", "dot": "o"}


def fibres(mark: Mark, count: int, across: tuple[float, float], down: tuple[float, float]) -> list[Array]:
    """The lines of `count` fibres between two sides and two depths, each an array of points."""
    width, found = across[1] - across[0], []
    curve = width * _curve(mark.shape, LENGTHS[mark.shape])
    for right, deep, turn in places(mark, count):
        angle = 2 * np.pi * TILTS[mark.shape] * (turn - 0.5)
        turned = curve @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        middle = np.array([across[0] + right * width, down[0] + deep * (down[1] - down[0])])
        found.append(turned + middle)
    return found


def _curve(shape: str, length: float) -> Array:
    """A fibre of this length lying level round the origin, all in shares of the width of the picture."""
    along = np.linspace(-0.5, 0.5, POINTS)
    phase = 2 * np.pi * WAVES[shape] * along
    bend = 2 / np.pi * np.arcsin(np.sin(phase)) if shape == "zigzag" else np.sin(phase)
    return np.column_stack([length * along, SWINGS[shape] * bend])


def draw_marks(axes: "Axes", mark: Mark, count: int, dermis: Rectangle, scale: float) -> None:
    """Draws the marks of a state within the dermis; `scale` makes them smaller in small panels."""
    if not count:
        return
    (left, top), (right, low) = (
        dermis.get_xy(),
        (dermis.get_x() + dermis.get_width(), dermis.get_y() + dermis.get_height()),
    )
    if mark.is_fibre:
        lines = fibres(mark, count, (left, right), (top, low))
        drawn = _add_lines(axes, lines, dermis, mark.colour, scale * WIDTHS[mark.shape])
        drawn.set(alpha=_strength(mark), label=mark.state)
        if mark.shape == "hollow":
            _add_lines(axes, lines, dermis, DERMIS, scale * CORE)
        return
    shares = places(mark, count)
    x, y = left + shares[:, 0] * (right - left), top + shares[:, 1] * (low - top)
    axes.plot(x, y, linestyle="none", zorder=4, label=mark.state, **_sign(mark, scale))


def _strength(mark: Mark) -> float:
    return PALE if mark.shape == "straight" else 1.0


def _add_lines(axes: "Axes", lines: list[Array], dermis: Rectangle, colour: str, width: float) -> LineCollection:
    drawn = LineCollection(lines, colors=colour, linewidths=width, capstyle="round", zorder=2)
    axes.add_collection(drawn)
    drawn.set_clip_path(dermis)
    return drawn


def _sign(mark: Mark, scale: float = 1.0) -> dict[str, Any]:
    hollow = mark.shape == "ring"
    return {
        "marker": SIGNS[mark.shape],
        "markersize": scale * SIZES[mark.shape],
        "markerfacecolor": DERMIS if hollow else mark.colour,
        "markeredgecolor": mark.colour if hollow else DERMIS,
        "markeredgewidth": scale * (1.3 if hollow else 0.3),
    }


def legend_handle(mark: Mark) -> Line2D | tuple[Line2D, Line2D]:
    """The mark as it stands in the legend; what is hollow is a line upon a line."""
    if not mark.is_fibre:
        return Line2D([], [], linestyle="none", **_sign(mark))
    whole = _short_fibre(mark, mark.colour, WIDTHS[mark.shape])
    whole.set_alpha(_strength(mark))
    return (whole, _short_fibre(mark, DERMIS, CORE)) if mark.shape == "hollow" else whole


def _short_fibre(mark: Mark, colour: str, width: float) -> Line2D:
    path = Path(_curve(mark.shape, LENGTHS["waves"]))
    looks: dict[str, Any] = {"markerfacecolor": "none", "markeredgecolor": colour, "markeredgewidth": width}
    return Line2D([], [], linestyle="none", marker=path, markersize=LEGEND, **looks)
