"""The charts of a sweep that can be hovered, from the same numbers as its printed figures."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import xarray as xr

from cicatrix.hover_charts import Axis, Chart, Series
from cicatrix.milestones import Array
from cicatrix.readout_curves import limits_of
from cicatrix.readouts import printed_unit, spoken
from cicatrix.studies.factor_grid import Levels
from cicatrix.studies.level_figure import MOST, Shown, level_limits
from cicatrix.studies.level_means import LevelMeans
from cicatrix.studies.pairs import PairedDifference
from cicatrix.studies.panels import colours_of_arms
from cicatrix.studies.scatter_figure import POINT, Panel, drawn_points, panels_of
from cicatrix.svg import MARKS
from cicatrix.sweeps.distributions import Distribution

MOST_SPREAD = 2  # protocols of which a chart shows quartiles as well
MOST_PAIRS = 1000  # differences that are carried, evenly over their order


def distribution_charts(found: Sequence[Distribution]) -> list[Chart]:
    """Members in each bin, one chart an outcome."""
    return [_distribution_chart(each) for each in found]


def _distribution_chart(found: Distribution) -> Chart:
    edges, colours = found.edges, colours_of_arms(MARKS, len(found.counts))
    words = [f"{low:.4g} to {high:.4g} {found.unit}".rstrip() for low, high in pairwise(edges)]
    series = [
        Series(arm or "members", np.append(counts, counts[-1]), colour, kind="steps")
        for (arm, counts), colour in zip(found.counts.items(), colours, strict=True)
    ]
    most = max(float(counts.max()) for counts in found.counts.values())
    axis = Axis(found.title, edges, [*words, words[-1]], (float(edges[0]), float(edges[-1])))
    return Chart(found.title, "", "members in each bin", axis, series, (0.0, 1.06 * most))


def scatter_charts(sweep: xr.Dataset, outcome: str) -> list[Chart]:
    """The outcome of each member over the factors it goes with most closely."""
    values = np.asarray(sweep[outcome].values, dtype=float)
    known = np.flatnonzero(np.isfinite(values))
    some = known[drawn_points(known.size)]
    unit = printed_unit(str(sweep[outcome].attrs.get("units", "1")))
    ends = limits_of([values[some]])
    return [_scatter_chart(panel, some, values, (spoken(outcome), unit), ends) for panel in panels_of(sweep, outcome)]


def _scatter_chart(
    panel: Panel, some: "np.typing.NDArray[np.int64]", values: Array, name: tuple[str, str], ends: tuple[float, float]
) -> Chart:
    order = some[np.argsort(panel.at[some], kind="stable")]
    at, levels = panel.at[order], panel.levels
    told = [levels.texts[int(place)] if levels.is_worded else f"{place:.4g}" for place in at]
    unit = printed_unit(levels.unit)
    words = [f"{text} {unit}".rstrip() + f" (member {member})" for text, member in zip(told, order, strict=True)]
    outcome, outcome_unit = name
    return Chart(
        title=f"{outcome} over {levels.title[:1].lower()}{levels.title[1:]}",
        unit=outcome_unit,
        told=f"a point is a member; rank correlation {panel.correlation:+.2f}",
        axis=_factor_axis(levels, at, words),
        series=[Series(outcome, values[order], POINT, kind="points")],
        ends=ends,
        has_nearest=True,
    )


def _factor_axis(levels: Levels, at: Array, words: list[str]) -> Axis:
    if levels.is_worded:
        marks = {float(place): text for place, text in enumerate(levels.texts)}
        return Axis(levels.title, at, words, (-0.5, len(marks) - 0.5), marks)
    margin = 0.02 * float(np.ptp(at)) or 1.0
    return Axis(levels.title, at, words, (float(at.min()) - margin, float(at.max()) + margin))


def level_charts(sweep: xr.Dataset, outcome: str, every: Shown) -> list[Chart]:
    """Mean and quartiles along the factors that are drawn."""
    shown = every[:MOST]
    unit = printed_unit(str(sweep[outcome].attrs.get("units", "1")))
    return [_level_chart(means, (spoken(outcome), unit), level_limits(shown)) for means in shown]


def _level_chart(means: Sequence[LevelMeans], name: tuple[str, str], ends: tuple[float, float]) -> Chart:
    outcome, unit = name
    levels, first = means[0].levels, means[0]
    factor_unit = printed_unit(levels.unit)
    words = [f"{text} {factor_unit}".rstrip() for text in first.words]
    series = []
    for each, colour in zip(means, colours_of_arms(MARKS, len(means)), strict=True):
        who = f"{each.arm}: " if each.arm else ""
        kinds = ("points", "points") if levels.is_worded else ("line", "thin")  # nothing lies between words
        beside = MARKS.quiet if levels.is_worded else colour
        series.append(Series(f"{who}mean", each.means, colour, kind=kinds[0]))
        quartiles = (
            [("lower quartile", each.lower), ("upper quartile", each.upper)] if len(means) <= MOST_SPREAD else []
        )
        series += [Series(f"{who}{told}", values, beside, (0, (4, 3)), kinds[1]) for told, values in quartiles]
    return Chart(
        title=f"{outcome} along {levels.title[:1].lower()}{levels.title[1:]}",
        unit=unit,
        told="over all that differs besides",
        axis=_factor_axis(levels, first.at, words),
        series=series,
        ends=ends,
    )


def pairs_chart(found: PairedDifference) -> Chart:
    """Each patient's difference, the lowest first."""
    ordered = np.sort(found.differences)
    places = np.unique(np.linspace(0, ordered.size - 1, min(ordered.size, MOST_PAIRS)).astype(int))
    unit = printed_unit(found.unit)
    values = ordered[places]
    return Chart(
        title=f"{spoken(found.outcome)}: {found.second} minus {found.first}",
        unit=unit,
        told="each patient's difference, the lowest first",
        axis=Axis(
            "patients, the lowest difference first",
            places + 1.0,
            [f"number {place + 1} of {ordered.size}" for place in places],
            (1.0, float(max(ordered.size, 2))),
        ),
        series=[
            Series("difference", values, MARKS.collagen_total, kind="steps"),
            Series("mean", np.full(values.size, found.mean), MARKS.ink, kind="thin"),
        ],
        ends=limits_of([values, np.zeros(1)]),
    )
