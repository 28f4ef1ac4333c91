"""A cross-section of skin drawn from the state of a course: layers, channels, fibres, cells and vessels.

Depths are true to scale. Of fibres, cells and vessels the numbers are in proportion to the states, by the table of
`section_marks`; where they stand means nothing, because a course without space knows no places.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import matplotlib
import numpy as np
import xarray as xr
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from cicatrix.milestones import WIDEST, Array, Outputs, first_session, session_days
from cicatrix.readouts import TWIN
from cicatrix.section_marks import MARKS, marks_of, worth
from cicatrix.section_shapes import draw_marks, legend_handle
from cicatrix.theme import DASHED, DERMIS, HORN, PRINT, SKIN, STYLE, VERMILLION, Palette, dress_map, small_print
from cicatrix.told_errors import UnusableError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NEEDED = (*(mark.state for mark in MARKS), "platelets", "epidermal_cover", "barrier", "epidermal_thickness")
DAYS = (3.0, 30.0, 180.0)  # inflammation, new matrix, maturation
MOST_PANELS = 4  # side by side
LEAST_DEPTH, BELOW = 1.0, 1.15  # mm that are shown at least; of the depth of the channels
HORNY = 0.02  # of the depth that is shown: the model has no thickness of the horny layer
MOST_CHANNELS = 40  # in a panel
CLOT = 0.6  # opacity of a channel that is all clot
# Inches.
LEFT, RIGHT, TOP, BETWEEN, OVER, UNDER, ROW = 0.52, 0.12, 0.6, 0.14, 0.3, 0.3, 0.168
ALONE, PAGE = 3.3, 7.4  # a panel without another, and a page of several
LETTERS, LINE = 9.5, 0.2  # of the title: letters of an inch, inches of a line
TOLD = "numbers of marks follow the state; their places mean nothing"
SMALLEST = 0.75  # of the marks in small panels


@dataclass(frozen=True)
class Channels:
    """What the last session before a day has left; lengths in mm."""

    depth: float
    width: float
    apart: float
    injured: float  # share of the tissue

    def middles(self, width: float) -> Array:
        """Where they stand in a picture of `width` mm, at even distances."""
        count = min(max(1, round(width / self.apart)), MOST_CHANNELS)
        return (np.arange(count) + 0.5) * width / count


@dataclass(frozen=True)
class Section:
    """What one panel shows."""

    day: float  # since the first session
    who: str
    values: dict[str, float]  # states and read-outs on that day
    channels: Channels | None
    dermis: float  # mm
    depth: float  # mm that are shown; as many to the right

    @property
    def counts(self) -> dict[str, int]:
        """Marks of each state."""
        return {mark.state: marks_of(mark, self.values[mark.state]) for mark in MARKS}

    @property
    def top(self) -> float:
        """Where the dermis begins, in mm below the surface."""
        return self.values["epidermal_thickness"] / 1000.0


def section_of(course: xr.Dataset, day: float, *, untreated: bool = False) -> Section:
    """The state on a day after the first session, between two outputs by a straight line that crosses no session.

    Raises ValueError for a day that the course does not reach or that its outputs are too far apart to tell, and for a
    result without the states of needled skin.
    """
    if lacking := [name for name in NEEDED if name not in course or (untreated and f"{TWIN}{name}" not in course)]:
        told = f"a cross-section shows needled skin, and this result has no {', '.join(lacking[:3])}"
        more = f" and {len(lacking) - 3} more" if len(lacking) > 3 else ""
        raise UnusableError(f"{told}{more}; `cicatrix run` of a scenario with a device makes one that has")
    days = np.asarray(course["time"].values, dtype=float) - first_session(course)
    if not days[0] <= day <= days[-1]:
        told = f"day {day:g} lies outside the course, which runs from day {days[0]:g} to day {days[-1]:g}"
        raise UnusableError(f"{told} after its first session")
    _require_known(course, days, day)
    prefix = TWIN if untreated else ""
    values = {name: float(np.interp(day, days, course[prefix + name].values)) for name in NEEDED}
    if unknown := [name for name, value in values.items() if not np.isfinite(value)]:
        raise ValueError(f"{unknown[0]} has no value on day {day:g}: the course did not get so far")
    channels = _last_channels(course, np.inf)
    depth = max(LEAST_DEPTH, BELOW * channels.depth if channels else 0.0)
    dermis = float(course.attrs.get("dermis_thickness_mm", depth))
    treated = bool(session_days(course).size) and not untreated
    who = "treated" if treated else "untreated"
    return Section(day, who, values, _last_channels(course, day) if treated else None, dermis, depth)


def _require_known(course: xr.Dataset, days: Array, day: float) -> None:
    """Raises UnusableError where the outputs round a day do not say what the skin was like on it."""
    sessions = session_days(course) - first_session(course)
    outputs = Outputs(days, sessions)
    after = min(max(int(np.searchsorted(days, day)), 1), len(days) - 1)
    untouched = bool(sessions.size) and day < sessions[0]  # by a session: nothing passes quickly
    crossed = outputs.cross_session(day)
    if not crossed and (outputs.know(day) or (untouched and days[after] - days[after - 1] <= WIDEST)):
        return
    between = f"day {day:g} lies between the outputs on days {days[after - 1]:.4g} and {days[after]:.4g}"
    why = "with a session among them" if crossed else "which are too far apart to tell it"
    own = f'outputs = ["{day + first_session(course):g} days"] with every other day that is asked for'
    raise UnusableError(f'{between}, {why}; under [simulation] write {own}, or outputs = "weekly"')


def _last_channels(course: xr.Dataset, day: float) -> Channels | None:
    """Of the last session up to a day after the first one; none where nothing was pierced."""
    names = ("channel_density", "channel_depth", "open_area_fraction", "injured_fraction")
    before = session_days(course) - first_session(course) <= day
    if not set(names) <= set(course.data_vars) or not before.any():
        return None
    row = int(np.flatnonzero(before)[-1])
    density, depth, area, injured = (float(course[name].values[row]) for name in names)
    if not density > 0 or not depth > 0:
        return None
    width = 20.0 * float(np.sqrt(area / (np.pi * density)))
    return Channels(depth, width, 10.0 / float(np.sqrt(density)), injured)


def section_figure(
    course: xr.Dataset, days: Sequence[float] = DAYS, *, untreated: bool = False, palette: Palette = PRINT
) -> Figure:
    """One panel a day after the first session; with `untreated` the untreated twin stands below. Raises ValueError."""
    rows = _sections(course, days, untreated)
    count, heights = len(rows[0]), len(rows)
    panel = ALONE if count == 1 else (PAGE - LEFT - RIGHT - (count - 1) * BETWEEN) / count
    width = LEFT + count * panel + (count - 1) * BETWEEN + RIGHT
    columns = 1 if count == 1 else 2
    foot = UNDER + ROW * -(-(len(MARKS) + 3) // columns)
    title = textwrap.wrap(str(course.attrs.get("title", "")) or "Cross-section", int(LETTERS * width))
    height = TOP + LINE * len(title) + heights * panel + (heights - 1) * OVER + foot
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(width, height), facecolor=palette.page)
        for down, sections in enumerate(rows):
            for across, section in enumerate(sections):
                low = foot + (heights - 1 - down) * (panel + OVER)
                place = ((LEFT + across * (panel + BETWEEN)) / width, low / height, panel / width, panel / height)
                _draw(figure.add_axes(place), section, palette, scale=max(panel / ALONE, SMALLEST), first=across == 0)
        up = 1 - 0.1 / height
        figure.text(0.12 / width, up, "\n".join(title), va="top", size=11, weight="bold", color=palette.ink)
        up -= (LINE * len(title) + 0.02) / height
        figure.text(0.12 / width, up, TOLD, va="top", size=8, color=palette.quiet)
        _add_legend(figure, course, rows, columns, palette)
        small_print(figure, course, palette)
        figure.draw_without_rendering()  # makes the marks of the axes while the settings are ours
    return figure


def _sections(course: xr.Dataset, days: Sequence[float], untreated: bool) -> list[list[Section]]:
    if not 1 <= len(days) <= MOST_PANELS:
        raise UnusableError(f"a cross-section shows 1 to {MOST_PANELS} days side by side; {len(days)} were given")
    ways = (False, True) if untreated and session_days(course).size else (False,)
    return [[section_of(course, float(day), untreated=way) for day in days] for way in ways]


def _draw(axes: "Axes", section: Section, palette: Palette, *, scale: float, first: bool) -> None:
    width, top = section.depth, section.top
    last = min(top + section.dermis, section.depth)
    axes.set_xlim(0.0, width)
    axes.set_ylim(section.depth, -HORNY * section.depth)
    dermis = Rectangle((0.0, top), width, last - top, facecolor=DERMIS, linewidth=0, zorder=0)
    axes.add_patch(dermis)
    for mark in MARKS:
        draw_marks(axes, mark, section.counts[mark.state], dermis, scale)
    middles = section.channels.middles(width) if section.channels else np.array([0.5 * width])
    _draw_sheet(axes, (0.0, top), 1 - section.values["epidermal_cover"], middles, width=width, colour=SKIN)
    _draw_sheet(axes, (-HORNY * width, 0.0), 1 - section.values["barrier"], middles, width=width, colour=HORN)
    if section.channels:
        for middle in middles:
            _draw_channel(axes, section, section.channels, float(middle), palette)
    dress_map(axes, palette)
    axes.tick_params(labelleft=first)
    axes.set_xticks([])
    if first:
        axes.set_ylabel("depth (mm)", size=8.5, color=palette.quiet)
    told = f"day {section.day:g}, {section.who}"
    axes.set_title(told, loc="left", size=9.5, weight="bold", color=palette.ink, pad=4)


def _draw_sheet(
    axes: "Axes", between: tuple[float, float], open_share: float, middles: Array, *, width: float, colour: str
) -> None:
    """A layer across the picture with a gap over each channel; the gaps together are the share that is open."""
    gap = float(np.clip(open_share, 0.0, 1.0)) * width / len(middles)
    starts = [0.0, *(middles + 0.5 * gap)]
    ends = [*(middles - 0.5 * gap), width]
    for start, end in zip(starts, ends, strict=True):
        size = (end - start, between[1] - between[0])
        axes.add_patch(Rectangle((start, between[0]), *size, facecolor=colour, linewidth=0, zorder=6))


def _draw_channel(axes: "Axes", section: Section, channels: Channels, middle: float, palette: Palette) -> None:
    """The way of a needle, from its width at the surface to its tip, filled as far as the clot is still there."""
    half = 0.5 * channels.width
    across, down = (middle - half, middle, middle + half), (0.0, channels.depth, 0.0)
    clot = float(np.clip(section.values["platelets"] / channels.injured, 0.0, 1.0)) if channels.injured > 0 else 0.0
    axes.fill(across, down, facecolor=VERMILLION, alpha=CLOT * clot, linewidth=0, zorder=5)
    axes.plot(across, down, color=palette.ink, linewidth=0.9, linestyle=DASHED, zorder=7)


def _add_legend(figure: Figure, course: xr.Dataset, rows: list[list[Section]], columns: int, palette: Palette) -> None:
    """Every kind of mark with what one of them stands for, below the panels."""
    width, height = (float(length) for length in figure.get_size_inches())
    entries: list[tuple[Any, str]] = [
        (legend_handle(mark), f"{mark.told}: 1 for {worth(mark, course[mark.state])}") for mark in MARKS
    ]
    entries.append((Patch(facecolor=HORN), "horny layer, without its thickness"))
    entries.append((Patch(facecolor=SKIN), "living epidermis; gaps: what is open"))
    if any(section.channels for section in rows[0]):
        way = Line2D([], [], color=palette.ink, linewidth=0.9, linestyle=DASHED)
        entries.append((way, "channel; the redder, the more is still clot"))
    figure.legend(
        [handle for handle, _ in entries],
        [told for _, told in entries],
        loc="lower left",
        bbox_to_anchor=(0.02 / width, 0.2 / height),
        fontsize=7.5,
        labelcolor=palette.ink,
        ncols=columns,
        columnspacing=1.0,
        handlelength=2.2,
        borderaxespad=0.2,
    )


def section_words(course: xr.Dataset, days: Sequence[float] = DAYS, *, untreated: bool = False) -> str:
    """What the cross-sections show, in words, for those who cannot see them."""
    told = [f"Cross-sections of skin, depth downwards; {str(course.attrs.get('title', '')) or 'a course'}."]
    for section in (each for row in _sections(course, days, untreated) for each in row):
        counted = ", ".join(f"{section.counts[mark.state]} of {mark.told}" for mark in MARKS)
        open_share = 100 * (1 - section.values["epidermal_cover"])
        layers = f"epidermis {section.values['epidermal_thickness']:.0f} µm thick, {max(open_share, 0.0):.1f} % open"
        channels = f", channels {section.channels.depth:.2f} mm deep" if section.channels else ""
        told.append(f"On day {section.day:g}, {section.who}: {layers}{channels}; {counted}.")
    return " ".join(told)
