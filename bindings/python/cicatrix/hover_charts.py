"""Charts of a page that can be hovered: what each shows, and how a page carries them to the script that draws them."""

import base64
import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cicatrix.milestones import Array
from cicatrix.svg import VARIABLES

if TYPE_CHECKING:
    from matplotlib.typing import LineStyleType

DIGITS = 6  # of the numbers in a page; the result file has all
LICENCE = "uplot/LICENSE"  # which asks to stand in every copy of the library
LIBRARY, LOOKS, SCRIPT = "uplot/uPlot.iife.min.js", "uplot/uPlot.min.css", "report_charts.js"


@dataclass(frozen=True)
class Axis:
    """What runs to the right, for all charts that share it."""

    label: str
    values: Array  # ascending
    words: list[str]  # of each value, as a reader is told it
    ends: tuple[float, float]
    marks: dict[float, str] = field(default_factory=dict)  # empty: numbers at even steps
    bend: float = 0.0  # of a stretched axis: before it a day has the same width everywhere; 0 for an even axis


@dataclass(frozen=True)
class Series:
    """One curve, or one row of bars or points."""

    label: str
    values: Array
    colour: str  # a colour of `svg.MARKS`, which follows light and dark, or one that is the same in both
    dash: "LineStyleType" = "-"
    kind: str = "line"  # or thin (a line), bars, steps, points


@dataclass(frozen=True)
class Note:
    """A dot on a curve with what it means."""

    at: float
    height: float
    told: str
    series: int


@dataclass(frozen=True)
class Chart:
    """One panel; `series` run over the values of `axis`."""

    title: str
    unit: str
    told: str  # in small print
    axis: Axis
    series: list[Series]
    ends: tuple[float, float]
    upright: Sequence[float] = ()  # where dotted lines stand, such as sessions
    notes: Sequence[Note] = ()
    spans: Sequence[tuple[float, float]] = ()  # that are shaded
    bands: Sequence[tuple[int, int]] = ()  # series between which it is shaded, the upper one first
    is_stacked: bool = False  # bars stand on each other; their values are told singly
    has_nearest: bool = False  # points, of which the nearest is told and not the one over the pointer


def rounded(values: Array) -> list[float | None]:
    """Numbers as a page holds them; null where there is none."""
    return [float(f"{value:.{DIGITS}g}") if math.isfinite(value) else None for value in values.tolist()]


class ChartBook:
    """The charts of one page, in their order."""

    def __init__(self) -> None:
        self._axes: list[Axis] = []
        self._charts: list[dict[str, Any]] = []

    def add(self, charts: Sequence[Chart], *, key: str = "", is_beside: bool = False) -> str:
        """The place in the page that these charts take once its script runs; empty without charts.

        `key` is that of the drawing whose words say what they show. They stand in its place, or beside a drawing that
        shows more than they do.
        """
        if not charts:
            return ""
        first = len(self._charts)
        self._charts += [self._plain(chart) for chart in charts]
        numbers = " ".join(str(first + i) for i in range(len(charts)))
        told = f"{key}-" if key else ""
        named = f'aria-labelledby="{told}figure-title" aria-describedby="{told}figure-words"'
        group = "live beside" if is_beside else "live"
        return f'<div class="{group}" data-charts="{numbers}" role="group" {named} hidden></div>'

    def _plain(self, chart: Chart) -> dict[str, Any]:
        if not any(chart.axis is axis for axis in self._axes):
            self._axes.append(chart.axis)
        return {
            "title": chart.title,
            "unit": chart.unit,
            "told": chart.told,
            "axis": next(i for i, axis in enumerate(self._axes) if axis is chart.axis),
            "series": [_plain_series(series) for series in chart.series],
            "ends": rounded(np.asarray(chart.ends, dtype=float)),
            "upright": rounded(np.asarray(chart.upright, dtype=float)),
            "notes": [[*rounded(np.array([each.at, each.height])), each.told, each.series] for each in chart.notes],
            "spans": [rounded(np.asarray(span, dtype=float)) for span in chart.spans],
            "bands": [list(band) for band in chart.bands],
            "stacked": chart.is_stacked,
            "nearest": chart.has_nearest,
        }

    def data(self) -> dict[str, Any]:
        """All that the script is given."""
        return {"axes": [_plain_axis(axis) for axis in self._axes], "charts": self._charts}

    def styles(self) -> str:
        """Style sheets of the charting library; empty where a page has no chart."""
        return f"\n<style>{part(LOOKS)}</style>" if self._charts else ""

    def scripts(self) -> str:
        """The data and the scripts, for the end of the page; empty where it has no chart."""
        if not self._charts:
            return ""
        told = json.dumps(self.data(), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        told = told.replace("<", "\\u003c")  # no text of a user ends the element
        data = f'<script type="application/json" id="chart-data">{told}</script>'
        notice = f"<!-- uPlot, which draws the charts:\n\n{part(LICENCE)}\n-->"
        return "\n".join([data, notice, *(f"<script>{part(name)}</script>" for name in (LIBRARY, SCRIPT))])

    def policy(self) -> str:
        """What a browser may run and load for this page: nothing but its own styles, drawings and these scripts."""
        sums = [hashlib.sha256(part(name).encode()).digest() for name in (LIBRARY, SCRIPT) if self._charts]
        allowed = " ".join(f"'sha256-{base64.b64encode(each).decode()}'" for each in sums) or "'none'"
        rules = f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src {allowed}"
        return f'<meta http-equiv="Content-Security-Policy" content="{rules}">'


def part(name: str) -> str:
    """The text of a file that pages carry within them."""
    here = Path(__file__).parent
    places = (here / "charts" / name, here.resolve() / "../../charts" / name)  # installed, in the source tree
    return next(place for place in places if place.exists()).read_text(encoding="utf-8").rstrip("\n")


def _plain_axis(axis: Axis) -> dict[str, Any]:
    return {
        "label": axis.label,
        "values": rounded(axis.values),
        "words": axis.words,
        "ends": rounded(np.asarray(axis.ends, dtype=float)),
        "marks": [[at, told] for at, told in axis.marks.items()],
        "bend": axis.bend,
    }


def _plain_series(series: Series) -> dict[str, Any]:
    dash = [] if isinstance(series.dash, str) else list(series.dash[1] or ())
    return {
        "label": series.label,
        "values": rounded(series.values),
        "colour": VARIABLES.get(series.colour, series.colour),
        "dash": dash,
        "kind": series.kind,
    }
