"""An outcome of a sweep that is no grid, against the factors that it goes with most closely; a point is a member."""

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import matplotlib
import numpy as np
import xarray as xr
from matplotlib.figure import Figure

from cicatrix.readouts import printed_unit, spoken
from cicatrix.studies.draws import Array
from cicatrix.studies.factor_grid import Levels, levels_of, measured_factors_of, outcomes_of, positions
from cicatrix.studies.outcome_names import outcome_in
from cicatrix.theme import BLUE, PRINT, STYLE, VERMILLION, Palette, dress, small_print
from cicatrix.told_errors import UnusableError

if TYPE_CHECKING:
    import numpy.typing as npt
    from matplotlib.axes import Axes

POINT, MIDDLE = BLUE, VERMILLION
PANELS = 6  # factors that are shown, at most
COLUMNS = 3
MOST_POINTS = 2000  # members drawn, by chance where there are more
LETTERS, MOST_LINES = 34, 3  # of words below a panel: letters side by side, lines
MOST_SHAPES = 400  # points that are shapes of their own in a file of shapes; more become a picture
BINS = 12  # along a factor, of the line through the middle
FEWEST = 40  # members from which on there is such a line


@dataclass(frozen=True)
class Panel:
    """One factor against the outcome."""

    levels: Levels
    at: Array  # of each member: the factor's value, or the place of its word
    correlation: float  # of ranks


def panels_of(sweep: xr.Dataset, outcome: str) -> list[Panel]:
    """The factors, closest first. Raises ValueError when nothing varies or no member has a value."""
    values = np.asarray(sweep[outcome].values, dtype=float)
    known = np.isfinite(values)
    if not known.any():
        raise UnusableError(f"no member has a value of {outcome}: there is nothing to draw")
    panels = []
    for name in measured_factors_of(sweep):
        levels = levels_of(sweep, name)
        at = positions(sweep, levels)
        panels.append(Panel(levels, at, rank_correlation(at[known], values[known])))
    if not panels:
        raise UnusableError("nothing differs between the members of this sweep: there is nothing to draw")
    return sorted(panels, key=lambda panel: -abs(panel.correlation))[:PANELS]


def scatter_figure(sweep: xr.Dataset, outcome: str = "", *, palette: Palette = PRINT) -> Figure:
    """Draws the outcome over the factors that it goes with most closely. Raises KeyError, ValueError."""
    outcome = outcome_in(outcome, outcomes_of(sweep), "sweep") if outcome else outcomes_of(sweep)[0]
    panels = panels_of(sweep, outcome)
    values = np.asarray(sweep[outcome].values, dtype=float)
    columns = min(len(panels), COLUMNS if len(panels) != COLUMNS + 1 else 2)
    rows = -(-len(panels) // columns)
    with matplotlib.rc_context(STYLE):
        size = (1.2 + 2.6 * columns if columns > 1 else 5.2, 1.15 + 2.35 * rows)
        figure = Figure(figsize=size, facecolor=palette.page)
        grid = figure.add_gridspec(
            rows,
            columns,
            left=0.85 / size[0],
            right=1 - 0.2 / size[0],
            bottom=0.75 / size[1],
            top=1 - 0.75 / size[1],
            wspace=0.14,
            hspace=0.42,
        )
        first: Axes | None = None
        for number, panel in enumerate(panels):
            axes = figure.add_subplot(grid[divmod(number, columns)], sharey=first)
            first = first or axes
            _draw(axes, panel, values, palette, is_alone=len(panels) == 1)
            axes.tick_params(axis="y", labelleft=number % columns == 0)
        unit = printed_unit(str(sweep[outcome].attrs.get("units", "1")))
        title = f"{spoken(outcome)} ({unit})" if unit else spoken(outcome)
        figure.text(0.12 / size[0], 1 - 0.12 / size[1], title, va="top", size=11, weight="bold", color=palette.ink)
        told = _told(sweep, panels, values)
        figure.text(0.12 / size[0], 1 - 0.38 / size[1], told, va="top", size=8.5, color=palette.quiet)
        small_print(figure, sweep, palette)
        figure.draw_without_rendering()  # makes the marks of the axes while the settings are ours
    return figure


def _draw(axes: "Axes", panel: Panel, values: Array, palette: Palette, *, is_alone: bool) -> None:
    dress(axes, palette)
    known = np.isfinite(values)
    at, shown = panel.at[known], values[known]
    if is_alone and _is_list(panel, at):
        order = np.argsort(at)
        axes.plot(at[order], shown[order], color=POINT, linewidth=1.4, marker="o", markersize=4, zorder=3)
    else:
        some = drawn_points(at.size)
        size = 14.0 if at.size <= 200 else 5.0
        axes.scatter(
            at[some],
            shown[some],
            s=size,
            color=POINT,
            alpha=0.45,
            linewidths=0,
            zorder=2,
            rasterized=some.size > MOST_SHAPES,
        )
        if at.size >= FEWEST:
            axes.plot(*_middle(panel, at, shown), color=MIDDLE, linewidth=1.8, zorder=3)
    if panel.levels.is_worded:
        axes.set_xticks(range(len(panel.levels.values)), _in_lines(panel.levels.texts))
        axes.tick_params(axis="x", labelsize=8)
        axes.set_xlim(-0.5, len(panel.levels.values) - 0.5)
    else:
        axes.locator_params(axis="x", nbins=5)
    axes.set_xlabel(panel.levels.title, size=8.5, color=palette.quiet)


def _in_lines(texts: list[str]) -> list[str]:
    """Words in as many lines as it takes to stand beside each other; what is longer still ends in dots."""
    letters = max(int(LETTERS / len(texts)), 4)
    return [textwrap.fill(text, letters, max_lines=MOST_LINES, placeholder="…") for text in texts]


def drawn_points(members: int) -> "npt.NDArray[np.int64]":
    """Which of the members with a value are drawn: all, or as many as there is room for, by chance."""
    return np.random.default_rng(0).permutation(members)[:MOST_POINTS]


def _is_list(panel: Panel, at: Array) -> bool:
    """Whether members differ by one number alone, of which each has its own: their points make a line."""
    return at.size <= 4 * BINS and np.unique(at).size == at.size and not panel.levels.is_worded


def _middle(panel: Panel, at: Array, values: Array) -> tuple[Array, Array]:
    """The median of the outcome in slices of the factor that hold as many members each, or of each of its values."""
    places = np.unique(at)
    if places.size <= BINS:
        return places, np.array([np.median(values[at == place]) for place in places])
    slices = np.array_split(np.argsort(at, kind="stable"), BINS)
    return np.array([np.median(at[part]) for part in slices]), np.array([np.median(values[part]) for part in slices])


def _told(sweep: xr.Dataset, panels: list[Panel], values: Array) -> str:
    known = np.isfinite(values)
    members = int(known.sum())
    told = [f"{MOST_POINTS} of {members} members" if members > MOST_POINTS else f"{members} members"]
    hidden = len(measured_factors_of(sweep)) - len(panels)
    told += [f"the {len(panels)} closest of {hidden + len(panels)} factors"] if hidden else []
    joined = len(panels) == 1 and _is_list(panels[0], panels[0].at[known])
    told += ["line: median"] if members >= FEWEST and not joined else []
    return "; ".join(told)


def rank_correlation(at: Array, values: Array) -> float:
    """Spearman's: that of the ranks, of which equal numbers share the mean; 0 where one of both does not vary."""
    ranks = [_ranks(each) for each in (at, values)]
    if any(np.ptp(each) == 0 for each in ranks):
        return 0.0
    return float(np.corrcoef(ranks[0], ranks[1])[0, 1])


def _ranks(values: Array) -> Array:
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2)[inverse.ravel()], dtype=float)


def scatter_words(sweep: xr.Dataset, outcome: str = "") -> str:
    """What the figure shows, in words, for those who cannot see it."""
    outcome = outcome_in(outcome, outcomes_of(sweep), "sweep") if outcome else outcomes_of(sweep)[0]
    panels = panels_of(sweep, outcome)
    values = np.asarray(sweep[outcome].values, dtype=float)
    unit = printed_unit(str(sweep[outcome].attrs.get("units", "1")))
    low, high = np.nanmin(values), np.nanmax(values)
    parts: list[Any] = [f"{panel.levels.title}: rank correlation {panel.correlation:+.2f}" for panel in panels]
    told = _told(sweep, panels, values)
    return f"{spoken(outcome)} of {told}, from {low:.4g} to {high:.4g} {unit}".rstrip() + f". {', '.join(parts)}."
