"""The surroundings of one channel: concentrations in the plane through its axis, one row a state, one column a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib
import numpy as np
import xarray as xr
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from cicatrix import readouts, space
from cicatrix.channel_panel import ChannelPanel, Frame, covers, field, frame_of
from cicatrix.colour_scales import Scale, add_colour_bar, amounts
from cicatrix.depth_figures import head
from cicatrix.theme import DASHED, HORN, PRINT, SKIN, STYLE, Palette, small_print

DAYS = (1 / 24, 0.5, 1.0, 3.0, 7.0, 28.0)
# Inches: a picture, the page round it.
PICTURE, SHORTEST, TALLEST, GAP = 1.2, 1.5, 3.1, 0.13
LEFT, BAR, BESIDE, RIGHT = 0.72, 0.11, 0.12, 0.8
TOP, OVER, UNDER, FOOT = 0.42, 0.55, 0.36, 0.42


@dataclass(frozen=True)
class Layout:
    """Where the pictures stand, in inches."""

    columns: int
    rows: int
    picture: float  # height

    @property
    def width(self) -> float:
        """Of the page."""
        return max(LEFT + self.columns * (PICTURE + GAP) - GAP + BESIDE + BAR + RIGHT, 5.2)

    @property
    def row(self) -> float:
        """Height of a row with its title and its axis."""
        return OVER + self.picture + UNDER

    @property
    def height(self) -> float:
        """Of the page."""
        return TOP + self.rows * self.row + FOOT

    def at(self, column: int, row: int) -> tuple[float, float]:
        """Lower left corner of a picture."""
        return LEFT + column * (PICTURE + GAP), FOOT + (self.rows - 1 - row) * self.row + UNDER


def channel_figure(
    course: xr.Dataset, names: Sequence[str] = (), days: Sequence[float] = DAYS, *, palette: Palette = PRINT
) -> Figure:
    """Concentration round the channel at the outputs nearest to `days` after the first session.

    Mirrored about the axis of the channel, depth downwards; a row has one scale of colours. Without names up to three
    usual states. Raises RefusedError for a course without a channel, KeyError for a state that has no field in it.
    """
    space.need_channel(course, "this figure")
    states, rows = space.chosen_states(course, names, space.FIELD), space.outputs_near(course, days)
    frame = frame_of(course)
    layout = Layout(len(rows), len(states), float(np.clip(PICTURE * frame.height / frame.width, SHORTEST, TALLEST)))
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(layout.width, layout.height), facecolor=palette.page)
        for number, state in enumerate(states):
            _draw_row(figure, course, state, rows, number, layout=layout, palette=palette)
        _add_legend(figure, course, palette)
        small_print(figure, course, palette)
        told = _measure_text(frame, layout)
        right, down = 1 - 0.012, 0.06 / layout.height
        figure.text(right, down, told, ha="right", va="bottom", size=8, color=palette.quiet)
        figure.draw_without_rendering()  # makes the marks of the axes while the settings are ours
    return figure


def _draw_row(
    figure: Figure,
    course: xr.Dataset,
    state: str,
    rows: Sequence[int],
    number: int,
    *,
    layout: Layout,
    palette: Palette,
) -> None:
    values, days = field(course, state)[list(rows)], space.days_since(course)
    living, horny = covers(course)
    scale = row_scale(values)
    panel = None
    for column, row in enumerate(rows):
        axes = figure.add_axes(_box(layout, *layout.at(column, number), PICTURE))
        panel = ChannelPanel(axes, course, scale, palette)
        panel.show(values[column], cover=living[row], horny=horny[row])
        title = f"{'' if column else 'after '}{space.passed(days[row])}"
        axes.set_title(title, size=8.5, color=palette.ink, pad=4)
        if column:
            axes.tick_params(axis="y", labelleft=False)
        else:
            axes.set_ylabel("depth (mm)", size=8.5, color=palette.quiet)
            axes.set_xlabel("mm from the axis", size=8, color=palette.quiet, labelpad=1.5)
    left, bottom = layout.at(0, number)
    variable = course[state + space.FIELD]
    unit = readouts.printed_unit(str(variable.attrs.get("units", "1")))
    if panel is not None:
        right = max(layout.at(len(rows) - 1, number)[0] + PICTURE, 4.5)
        head(figure, variable, state, (left, right), bottom + layout.picture + 0.3, palette)
        beside = layout.at(len(rows) - 1, number)[0] + PICTURE + BESIDE
        bar = figure.add_axes(_box(layout, beside, bottom, BAR))
        add_colour_bar(bar, panel.mesh, scale, palette, label=unit)


def _box(layout: Layout, left: float, bottom: float, width: float) -> tuple[float, float, float, float]:
    """A place in inches as matplotlib takes it."""
    across, up = layout.width, layout.height
    return left / across, bottom / up, width / across, layout.picture / up


def row_scale(values: Any) -> Scale:
    """One scale for a state at several times, first dimension."""
    return amounts(values, tops=[float(np.max(each)) for each in values])


def _measure_text(frame: Frame, layout: Layout) -> str:
    """Says whether a mm is as long across as it is down, and whether the epidermis is as thick as drawn."""
    stretch = (PICTURE / frame.width) / (layout.picture / frame.height)
    told = "true to scale"
    if abs(stretch - 1) > 0.01:
        told = f"drawn {stretch:.2g} times too wide" if stretch > 1 else f"drawn {1 / stretch:.2g} times too narrow"
    return told if frame.true_sheet else f"{told}; the epidermis is not to scale"


def _add_legend(figure: Figure, course: xr.Dataset, palette: Palette) -> None:
    handles: list[Any] = [Patch(facecolor=HORN, label="horny layer"), Patch(facecolor=SKIN, label="living epidermis")]
    if space.wall(course).any():
        looks_of_wall: dict[str, Any] = {"color": palette.quiet, "linewidth": 0.9, "linestyle": DASHED}
        handles.append(Line2D([], [], label="wall of the channel", **looks_of_wall))
    across = LEFT / float(figure.get_size_inches()[0])
    figure.legend(
        handles=handles,
        loc="upper left",
        bbox_to_anchor=(across - 0.012, 1.0),
        labelcolor=palette.ink,
        ncols=3,
        columnspacing=1.2,
    )


def channel_words(course: xr.Dataset, names: Sequence[str] = (), days: Sequence[float] = DAYS) -> str:
    """What the pictures show, in words, for those who cannot see them."""
    told = ["Cuts through the axis of one channel, depth downwards, one column a time."]
    rows, there = space.outputs_near(course, days), space.days_since(course)
    radius = np.asarray(course["radius"].values, dtype=float)
    for state in space.chosen_states(course, names, space.FIELD):
        values = field(course, state)
        unit = readouts.printed_unit(str(course[state + space.FIELD].attrs.get("units", "1")))
        parts = []
        for row in rows:
            if not np.isfinite(values[row]).all():
                continue
            ring = int(np.unravel_index(int(values[row].argmax()), values[row].shape)[1])
            most = f"{values[row].max():.3g} {unit}".rstrip()
            parts.append(f"{most} after {space.passed(there[row])} at {radius[ring]:.2f} mm from the axis")
        told.append(f"{readouts.spoken(state)}: highest {', '.join(parts)}." if parts else f"{state}: no value.")
    return " ".join(told)
