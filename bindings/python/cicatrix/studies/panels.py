"""The frame of figures that show a sweep in several panels: two columns of them, and a legend of its protocols."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from cicatrix.theme import Palette

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH, RIGHT = 7.4, 0.97  # inches; of the width
COLUMNS = 2


@dataclass(frozen=True)
class Frame:
    """Lengths in inches, but where a share is named."""

    row: float
    top: float
    foot: float
    under: float  # what words under the axes take of the lowest row
    left: float  # share of the width
    between: float  # rows, as a share of the height of a panel


def panels(count: int, frame: Frame, palette: Palette) -> "tuple[Figure, list[Axes]]":
    """A figure with so many panels, two beside each other; to be made, and drawn in, under the settings of `STYLE`."""
    columns = min(COLUMNS, count)
    rows = -(-count // columns)
    height = frame.top + frame.row * rows + frame.foot
    figure = Figure(figsize=(WIDTH, height), facecolor=palette.page)
    grid = figure.subplots(rows, columns, squeeze=False)
    bottom = (frame.foot + frame.under) / height
    figure.subplots_adjust(left=frame.left, right=RIGHT, top=1 - frame.top / height, bottom=bottom)
    figure.subplots_adjust(hspace=frame.between, wspace=0.2)
    for axes in grid.flat[count:]:
        axes.remove()
    return figure, list(grid.flat[:count])


def colours_of_arms(palette: Palette, count: int) -> list[str]:
    """A colour for each protocol."""
    colours = [palette.collagen_total, palette.inflammation, palette.collagen_i_mature, palette.quiet, palette.ink]
    return [colours[i % len(colours)] for i in range(count)]


def add_arms(figure: Figure, arms: Sequence[str], palette: Palette) -> None:
    """The colours of the protocols at the top right; nothing where there is one protocol, whose name is empty."""
    if not any(arms):
        return
    colours = colours_of_arms(palette, len(arms))
    handles = [Line2D([], [], color=colour, label=arm) for colour, arm in zip(colours, arms, strict=True)]
    looks: dict[str, Any] = {"frameon": False, "fontsize": 8.5, "labelcolor": palette.ink, "ncols": 4}
    up = 1 - 0.02 / float(figure.get_size_inches()[1])
    figure.legend(handles=handles, loc="upper right", bbox_to_anchor=(0.98, up), **looks)
