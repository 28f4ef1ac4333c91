"""Bars of what a sensitivity study found, the largest factor first, coloured by the grade of its evidence."""

from typing import TYPE_CHECKING, Any

import matplotlib
import numpy as np
import xarray as xr
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from cicatrix.readouts import printed_unit, spoken
from cicatrix.studies.evidence import outcomes_of
from cicatrix.studies.factor_sets import SCENARIO, grade_name
from cicatrix.studies.outcome_names import outcome_in
from cicatrix.theme import GRADES, PRINT, STYLE, Palette, dress_bars, small_print

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST = 12  # factors
FAINT = 0.38  # how strongly the total order is coloured beside the first
# Inches.
BAR, LEFT, PANEL, ALONE, GAP, RIGHT, TOP, UNDER, FOOT = 0.29, 2.1, 2.9, 4.3, 0.3, 0.2, 1.02, 0.5, 0.24


def bars(study: xr.Dataset, *outcomes: str, palette: Palette = PRINT) -> Figure:
    """First and total order, or the size of elementary effects, with their intervals; one panel an outcome.

    Without names the first three outcomes. Raises KeyError for an outcome that there is not.
    """
    panels = _panels(study, outcomes)
    rows = _rows(study, [where for _, where in panels])
    panel = PANEL if len(panels) > 1 else ALONE
    width = LEFT + len(panels) * (panel + GAP) - GAP + RIGHT
    height = TOP + BAR * len(rows) + UNDER + FOOT
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(width, height), facecolor=palette.page)
        for number, (name, where) in enumerate(panels):
            left, low = LEFT + number * (panel + GAP), UNDER + FOOT
            place = (left / width, low / height, panel / width, BAR * len(rows) / height)
            axes = figure.add_axes(place)
            _draw(axes, study.sel(where), rows, palette)
            axes.set_title(spoken(name), loc="left", size=9.5, weight="bold", color=palette.ink, pad=5)
            axes.set_yticks(range(len(rows)), _names(study, rows) if number == 0 else [""] * len(rows))
        _write_head(figure, study, rows, palette)
        small_print(figure, study, palette)
        figure.draw_without_rendering()  # makes the marks of the axes while the settings are ours
    return figure


def _panels(study: xr.Dataset, outcomes: tuple[str, ...]) -> list[tuple[str, dict[str, str]]]:
    every = outcomes_of(study)
    if not outcomes:
        return every[:3]
    known = list(dict.fromkeys(where["outcome"] for _, where in every))
    asked = {outcome_in(name, known, "study") for name in outcomes}
    return [(name, where) for name, where in every if where["outcome"] in asked]


def _rows(study: xr.Dataset, places: list[dict[str, str]]) -> list[int]:
    """The factors that matter most in any of the panels, the largest first."""
    key = _size(study)
    sizes = [np.nan_to_num(np.asarray(study[key].sel(where).values, dtype=float)) for where in places]
    relative = np.max([size / (size.max() or 1.0) for size in sizes], axis=0)
    return [int(i) for i in np.argsort(-relative, kind="stable")[:MOST]]


def _size(study: xr.Dataset) -> str:
    return "ST" if study.attrs["method"] == "sobol" else "mu_star"


def _names(study: xr.Dataset, rows: list[int]) -> list[str]:
    """What is varied, without the table of the scenario in which it stands."""
    return [str(study["factor"].values[row]).rpartition(".")[2] for row in rows]


def _draw(axes: "Axes", at: xr.Dataset, rows: list[int], palette: Palette) -> None:
    sobol = at.attrs["method"] == "sobol"
    colours = [GRADES.get(str(at["grade"].values[row]), GRADES[""]) for row in rows]
    for place, row in enumerate(rows):
        one = at.isel(factor=row)
        if sobol:
            _bar(axes, one, "ST", place - 0.19, colours[place], palette, alpha=FAINT)
            _bar(axes, one, "S1", place + 0.19, colours[place], palette)
        else:
            _bar(axes, one, "mu_star", place, colours[place], palette)
            looks: dict[str, Any] = {"markersize": 4.5, "markerfacecolor": palette.page, "markeredgecolor": palette.ink}
            axes.plot(float(one["sigma"]), place, "D", linestyle="none", zorder=5, **looks)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xlim(left=min(0.0, axes.get_xlim()[0]))
    dress_bars(axes, palette)
    axes.set_xlabel(_axis_text(at), size=8.5, color=palette.quiet)
    if not np.isfinite(at[_size(at)].values).any():
        axes.text(0.5, 0.5, "does not vary", transform=axes.transAxes, ha="center", size=9, color=palette.quiet)


def _axis_text(at: xr.Dataset) -> str:
    if at.attrs["method"] == "sobol":
        return "share of the variance"
    unit = printed_unit(str(at["outcome_units"].values))
    return f"change over the range of the factor{f' ({unit})' if unit else ''}"


def _bar(
    axes: "Axes", one: xr.Dataset, key: str, place: float, colour: str, palette: Palette, *, alpha: float = 1.0
) -> None:
    """One bar with its interval; what is not a number is not drawn."""
    value, low, high = (float(one[f"{key}{end}"]) for end in ("", "_low", "_high"))
    if not np.isfinite(value):
        return
    height = 0.36 if key != "mu_star" else 0.6
    axes.barh(place, value, height=height, color=colour, alpha=alpha, linewidth=0, zorder=2)
    axes.plot([low, high], [place, place], color=palette.ink, linewidth=0.9, zorder=4, solid_capstyle="butt")


def _write_head(figure: Figure, study: xr.Dataset, rows: list[int], palette: Palette) -> None:
    width, height = (float(length) for length in figure.get_size_inches())
    sobol = study.attrs["method"] == "sobol"
    title = "What the outcomes depend on" if sobol else "What changes the outcomes"
    figure.text(0.12 / width, 1 - 0.08 / height, title, va="top", size=11, weight="bold", color=palette.ink)
    told = (
        "full: first order, by itself; pale: total order, with interactions; line: 95 % interval"
        if sobol
        else "bar: mean size of the effect, with its 95 % interval; diamond: spread of the effect"
    )
    figure.text(0.12 / width, 1 - 0.3 / height, told, va="top", size=8, color=palette.quiet)
    there = {str(study["grade"].values[row]) for row in rows}
    handles = [
        Patch(facecolor=colour, label="assumed" if grade == "assumed" else grade_name(grade) if grade else SCENARIO)
        for grade, colour in GRADES.items()
        if grade in there
    ]
    figure.legend(
        handles=handles,
        loc="upper left",
        bbox_to_anchor=(0.02 / width, 1 - 0.44 / height),
        labelcolor=palette.ink,
        ncols=6,
        columnspacing=1.2,
        handlelength=1.2,
    )


def bars_words(study: xr.Dataset, *outcomes: str) -> str:
    """What the bars show, in words, for those who cannot see them."""
    key, told = _size(study), ["Bars, one for each factor, the largest first."]
    for name, where in _panels(study, outcomes):
        at = study.sel(where)
        sizes = np.asarray(at[key].values, dtype=float)
        if not np.isfinite(sizes).any():
            told.append(f"{spoken(name)}: does not vary.")
            continue
        order = [int(i) for i in np.argsort(-np.nan_to_num(sizes), kind="stable")[:3]]
        parts = [f"{at['factor'].values[i]} {sizes[i]:.2g} ({grade_name(str(at['grade'].values[i]))})" for i in order]
        told.append(f"{spoken(name)}: {', '.join(parts)}.")
    return " ".join(told)
