"""What a search for the best protocol tried and found: the front between two goals, or the best and its condition."""

import textwrap
from typing import Any

import matplotlib
import numpy as np
import xarray as xr
from matplotlib.figure import Figure

from cicatrix.labels import Labels
from cicatrix.readouts import printed_unit, spoken
from cicatrix.studies.draws import Array
from cicatrix.theme import BLUE, PRINT, STYLE, VERMILLION, Palette, small_print
from cicatrix.told_errors import UnusableError

FOUND, TRIED = BLUE, VERMILLION
LINE = 0.19  # inches
OUTSIDE = (3, 5)  # of the places for labels: towards what is smaller in both goals
LETTERS = 100  # of a line below the panel
FAINT = 1e-4  # of the largest value of a front; what is less is called ~0
LABELS = 5  # protocols of a front that are named
LONE_GOAL = "a search for one goal without a condition has nothing to be drawn against"


def front_figure(found: xr.Dataset, *, palette: Palette = PRINT) -> Figure:
    """Every protocol that was tried as a dot, and what the optimum found.

    To the right the first goal, upwards the second, or the first condition where there is one goal. Raises ValueError
    where there is neither.
    """
    across, up = axes_of(found)
    with matplotlib.rc_context(STYLE):
        named = _named(found)
        lines = _lines(found, named)
        height = 4.55 + LINE * len(lines)
        figure = Figure(figsize=(6.6, height), facecolor=palette.page)
        foot = 0.78 + LINE * len(lines)
        axes = figure.add_axes((0.125, foot / height, 0.84, (height - foot - 0.85) / height))
        axes.set_facecolor(palette.page)
        for side in ("top", "right"):
            axes.spines[side].set_visible(False)
        for side in ("bottom", "left"):
            axes.spines[side].set_color(palette.quiet)
        axes.grid(color=palette.line, linewidth=0.6)
        axes.set_axisbelow(True)
        axes.tick_params(colors=palette.quiet, labelcolor=palette.ink, labelsize=8.5, length=3)
        met = found["tried_feasible"].values.astype(bool)
        tried = [np.asarray(found[f"tried_{name}"].values, dtype=float) for name in (across, up)]
        axes.plot(tried[0][~met], tried[1][~met], "x", color=TRIED, markersize=3, alpha=0.45, markeredgewidth=0.7)
        axes.plot(tried[0][met], tried[1][met], "o", color=palette.quiet, markersize=2.5, alpha=0.5, markeredgewidth=0)
        best = [np.asarray(found[name].values, dtype=float) for name in (across, up)]
        if best[0].size > 1:
            axes.plot(*best, color=FOUND, linewidth=1.2, drawstyle=_steps(found, up), zorder=4)
        axes.plot(*best, "o", color=FOUND, markersize=3.5 if best[0].size > 1 else 6, markeredgewidth=0, zorder=5)
        axes.margins(0.08)
        axes.set_xlabel(_title(found, across), size=9, color=palette.ink)
        axes.set_ylabel(_title(found, up), size=9, color=palette.ink)
        _label(axes, (best[0], best[1]), (tried[0], tried[1]), named, palette)
        for number, line in enumerate(reversed(lines)):
            figure.text(0.018, (0.26 + LINE * number) / height, line, va="bottom", size=8.5, color=palette.ink)
        _write(figure, found, int((~met).sum()), palette)
        small_print(figure, found, palette)
        figure.draw_without_rendering()  # makes the marks of the axes while the settings are ours
    return figure


def _steps(found: xr.Dataset, up: str) -> str:
    """Between two protocols of a front nothing is known but that the worse of both can be had."""
    return "steps-pre" if up in found.attrs["maximise"].split("; ") else "steps-post"


def axes_of(found: xr.Dataset) -> tuple[str, str]:
    """What stands along both axes. Raises ValueError where there is one goal and no condition."""
    goals = [name for kind in ("minimise", "maximise") for name in found.attrs[kind].split("; ") if name]
    others = [str(name).removeprefix("tried_") for name in found.data_vars if str(name).startswith("tried_")]
    rest = [name for name in others if name not in (*goals, "feasible") and name in found]
    if len(goals) + len(rest) < 2:
        raise UnusableError(LONE_GOAL)
    return (goals[0], goals[1]) if len(goals) > 1 else (goals[0], rest[0])


def _title(found: xr.Dataset, name: str) -> str:
    unit = printed_unit(str(found[name].attrs.get("units", "1")))
    words = spoken(name.rpartition(".")[2])
    goal = next((f"{kind}d" for kind in ("minimise", "maximise") if name in found.attrs[kind].split("; ")), "")
    told = ", ".join(part for part in (unit, goal) if part)
    return f"{words} ({told})" if told else words


def protocol_text(found: xr.Dataset, candidate: int, *, digits: int = 3) -> str:
    """What was chosen, in few words: `needle length 1.2 mm, passes 8`."""
    parts = []
    for name in found.attrs["choices"].split("; "):
        value = found[name].values[candidate]
        unit = printed_unit(str(found[name].attrs.get("units", "1")))
        if isinstance(value, str):
            parts.append(value)
        else:
            parts.append(f"{spoken(name.rpartition('.')[2]).lower()} {float(value):.{digits}g} {unit}".rstrip())
    return ", ".join(parts)


def _named(found: xr.Dataset) -> list[int]:
    """The protocols that get a number and a line: both ends of a front and some between them."""
    count = found.sizes["candidate"]
    return list(dict.fromkeys(np.linspace(0, count - 1, min(count, LABELS)).round().astype(int).tolist()))


def _lines(found: xr.Dataset, named: list[int]) -> list[str]:
    """What each protocol with a number is, below the panel; a long one goes on in the next line."""
    across, up = axes_of(found)
    lines = []
    for number, row in enumerate(named, 1):
        values = f"{_with_unit(found, across, row)}, {_with_unit(found, up, row)}"
        start = f"{number}  " if len(named) > 1 else ""
        told = f"{protocol_text(found, row)}: {values}"
        lines += textwrap.wrap(told, LETTERS, initial_indent=start, subsequent_indent=" " * 2 * len(start))
    return lines


def _label(
    axes: "matplotlib.axes.Axes",
    best: tuple[Array, Array],
    tried: tuple[Array, Array],
    named: list[int],
    palette: Palette,
) -> None:
    """Rings round the points that are named, and numbers beside them."""
    if len(named) < 2:
        return
    axes.autoscale_view()
    labels = Labels(axes, size=8.5, colour=palette.ink, page=palette.page)
    labels.avoid_curve(*best)
    labels.avoid_points(*tried)
    ring: dict[str, Any] = {
        "markersize": 7,
        "markerfacecolor": "none",
        "markeredgecolor": palette.ink,
        "markeredgewidth": 0.8,
    }
    axes.plot(best[0][named], best[1][named], "o", zorder=5.5, **ring)
    for number, row in enumerate(named, 1):
        labels.add(f"{number}", (float(best[0][row]), float(best[1][row])), places=OUTSIDE)


def _write(figure: Figure, found: xr.Dataset, unmet: int, palette: Palette) -> None:
    several = found.sizes["candidate"] > 1
    title = "Protocols that none beats in both" if several else "The best protocol"
    if not found.attrs["feasible"]:
        title = "No protocol meets the conditions; this one comes nearest"
    height = float(figure.get_size_inches()[1])
    figure.text(0.018, 1 - 0.1 / height, title, va="top", size=11, weight="bold", color=palette.ink)
    conditions = str(found.attrs["subject_to"])
    told = f"wanted: {conditions}" if conditions else "without a condition"
    figure.text(0.018, 1 - 0.38 / height, told, va="top", size=8.5, color=palette.quiet)
    ringed = ", numbered below where ringed" if several else ""
    crosses = "; crosses miss a condition" if unmet and conditions else ""
    told = f"blue: found{ringed}; dots: {found.attrs['evaluations']} protocols tried{crosses}"
    figure.text(0.018, 1 - 0.57 / height, told, va="top", size=8.5, color=palette.quiet)


def front_words(found: xr.Dataset) -> str:
    """What the figure shows, in words, for those who cannot see it."""
    across, up = axes_of(found)
    told = [
        f"{found.attrs['evaluations']} protocols as dots, {_title(found, across)} to the right, {_title(found, up)} up."
    ]
    if not found.attrs["feasible"]:
        told.append("None meets the conditions; the nearest is told.")
    count = found.sizes["candidate"]
    for row in dict.fromkeys((0, count - 1)):
        values = ", ".join(f"{spoken(name).lower()} {_with_unit(found, name, row)}" for name in (across, up))
        told.append(f"{protocol_text(found, row)}: {values}.")
    return " ".join(told)


def _with_unit(found: xr.Dataset, name: str, row: int) -> str:
    unit = printed_unit(str(found[name].attrs.get("units", "1")))
    values = np.asarray(found[name].values, dtype=float)
    small = abs(values[row]) < FAINT * np.abs(values).max() and values[row] != 0
    return f"{'~0' if small else f'{values[row]:.3g}'} {unit}".rstrip()
