"""The looks of every figure, in one place: letters, colours, dashes, and what all panels have alike.

Colours are told apart by people who see red and green alike and stand out from white paper by 3 to 1 or more; those
that follow a dark page have a second shade, in the style sheet of the report. Where more is to be told apart than
colours can tell, dashes, shapes and patterns differ as well.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import matplotlib
import numpy as np
import xarray as xr
from matplotlib.colors import Colormap, to_hex
from matplotlib.figure import Figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.typing import LineStyleType

# The first four are of Okabe and Ito's palette, the indigo of Tol's.
BLUE, VERMILLION, GREEN, PINK = "#0072b2", "#d55e00", "#009e73", "#cc79a7"
INDIGO, BROWN, GREY = "#332288", "#5c3d00", "#666666"
SERIES = (BLUE, VERMILLION, GREEN, PINK, INDIGO, BROWN)  # in the order in which figures take them
REST = GREY  # of all that has no colour of its own
GRADES = {"A": GREEN, "B": BLUE, "C": BROWN, "D": VERMILLION, "assumed": PINK, "": GREY}  # from the surest on
CHANGES = ("#00324f", BLUE, "#8fc1e0", "#f7f7f7", "#f2b48c", VERMILLION, "#5e2a00")  # from falls over none to rises
AMOUNTS: Colormap = matplotlib.colormaps["viridis"]
BRIGHTEST = 0.87  # of these, where lines and dots are drawn with them
SKIN, HORN, DERMIS = "#dfae85", "#7d5a35", "#f6ece6"  # grounds: living epidermis, horny layer, dermis
BRIGHT, BLACK = "#ffffff", "#000000"  # what is written or drawn over a map, whatever the page is
HALO, DARK_HALO = "#00000090", "#202020"
DASHES: tuple["LineStyleType", ...] = (  # where colours run out
    *("-", (0, (5, 2)), (0, (5, 1.5, 1, 1.5))),
    *((0, (1.5, 1.5)), (0, (7, 2, 1.5, 2))),
)
DOTTED: "LineStyleType" = (0, (2, 2))
DASHED: "LineStyleType" = (0, (4, 2))


@dataclass(frozen=True)
class Palette:
    """Colours of a figure that change with its page."""

    ink: str = "#1b1b1b"
    quiet: str = GREY
    line: str = "#d0d0d0"
    page: str = "#ffffff"
    inflammation: str = VERMILLION
    collagen_total: str = BLUE
    collagen_i_mature: str = GREEN

    def of(self, name: str) -> str:
        """Colour of one clock."""
        colour: str = getattr(self, name)
        return colour


PRINT = Palette()
# Of pages on a screen: the variables that inline figures take their colours from. The first is light, the second dark.
SCREEN = (
    {
        **{"--ink": "#1b1b1b", "--quiet": "#5a5a5a", "--line": "#d4d4d4", "--page": "#ffffff", "--raised": "#f4f4f2"},
        **{"--inflammation": "#c85500", "--matrix": BLUE, "--maturation": "#00805e"},
    },
    {
        **{"--ink": "#ececec", "--quiet": "#a9a9a9", "--line": "#3c4045", "--page": "#16181b", "--raised": "#212428"},
        **{"--inflammation": "#e69f00", "--matrix": "#56b4e9", "--maturation": "#2fc29a"},
    },
)
ON_PAPER = {**SCREEN[0], "--ink": "#000000", "--quiet": "#444444", "--line": "#bbbbbb"}
# Matplotlib's own defaults, so that the picture is the same whatever the user has set, and what differs from them.
LOOKS = (
    *("axes.", "contour.", "figure.", "font.", "grid.", "hatch.", "legend.", "lines.", "markers.", "patch."),
    *("scatter.", "text.", "xtick.", "ytick."),
)
STYLE: dict[Any, Any] = {
    **{key: value for key, value in matplotlib.rcParamsDefault.items() if key.startswith(LOOKS)},
    "font.family": ["DejaVu Sans"],
    "font.size": 9.0,
    "legend.frameon": False,
    "legend.fontsize": 8.5,
}


def in_order(count: int, *, darkest: float = 0.0) -> list[str]:
    """Colours of what has an order, such as times or levels: from dark to bright, without the yellow of pale letters.

    `darkest` leaves out the first of them, which a dark page would swallow.
    """
    return [to_hex(AMOUNTS(place)) for place in np.linspace(darkest, BRIGHTEST, max(count, 2))[:count]]


def dress(axes: "Axes", palette: Palette) -> None:
    """Gives a panel the looks of all figures."""
    axes.set_facecolor(palette.page)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(palette.quiet)
    axes.tick_params(axis="x", colors=palette.quiet, labelcolor=palette.ink, labelsize=9, length=3)
    axes.tick_params(axis="y", colors=palette.quiet, labelcolor=palette.quiet, labelsize=8.5, length=0)
    axes.grid(axis="y", color=palette.line, linewidth=0.6, zorder=0)
    axes.set_axisbelow(True)


def dress_map(axes: "Axes", palette: Palette) -> None:
    """The looks of a map or a picture of the skin: no frame, small marks."""
    axes.set_facecolor(palette.page)
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.tick_params(colors=palette.quiet, labelcolor=palette.ink, labelsize=8, length=2.5)
    axes.locator_params(axis="y", nbins=6)


def dress_bars(axes: "Axes", palette: Palette) -> None:
    """The looks of a panel whose bars lie: named at the left, counted along the foot."""
    dress(axes, palette)
    axes.grid(visible=False, axis="y")
    axes.grid(axis="x", color=palette.line, linewidth=0.6, zorder=0)
    axes.locator_params(axis="x", nbins=5)
    axes.tick_params(axis="x", labelsize=8.5)
    axes.tick_params(axis="y", labelcolor=palette.ink, labelsize=8.5)


def small_print(figure: Figure, course: xr.Dataset, palette: Palette, grade: str = "") -> None:
    """Writes at the foot of a figure that its amounts are not to be trusted yet, and how its curves are graded."""
    told = ["not yet calibrated"] if str(course.attrs.get("calibrated", "no")) == "no" else []
    told += [f"evidence: {grade}"] if grade else []
    text, down = "; ".join(told), 0.06 / float(figure.get_size_inches()[1])
    figure.text(0.012, down, text, ha="left", va="bottom", size=8, color=palette.quiet)
