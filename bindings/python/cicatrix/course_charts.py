"""The charts of a course that can be hovered, from the same curves as its printed figures."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import xarray as xr

from cicatrix import readouts
from cicatrix.explanation_figure import MOST, colours_of
from cicatrix.explanation_text import WHOSE_TITLE, strongest
from cicatrix.figures import PANELS, Clock, clock_limits, shown_values, time_label
from cicatrix.hover_charts import Axis, Chart, Note, Series
from cicatrix.milestones import SHARES, day_text, effect_text, first_session, milestone, session_days
from cicatrix.pore_figures import LAYERS, SHARE_ENDS, open_shares, short_marks, short_time
from cicatrix.readout_curves import ROOM, ROOM_FOR_NAMES, Sheet, curves_of, limits_of
from cicatrix.readout_figures import evidence_text, late_text
from cicatrix.svg import MARKS
from cicatrix.timescale import BEND, even_marks, marks_up_to

if TYPE_CHECKING:
    from cicatrix.explanation import Explanation


def time_axis(course: xr.Dataset, until: float = np.inf) -> Axis:
    """Days from the first session, stretched as in the figures; even where there is no session."""
    days, _ = Sheet(course, None, until, MARKS).curve("time")
    last = float(days[-1]) if days.size else 1.0
    stretched = bool(session_days(course).size)
    return Axis(
        label=time_label(course),
        values=days,
        words=[day_text(float(day)) if day >= 0 else f"day {day:.3g}" for day in days],
        ends=(0.0, last),
        marks=marks_up_to(last) if stretched else even_marks(last),
        bend=BEND if stretched else 0.0,
    )


def clock_charts(course: xr.Dataset, axis: Axis) -> list[Chart]:
    """The three clocks, with their milestones."""
    return [_clock_chart(course, clock, axis) for clock in PANELS]


def _clock_chart(course: xr.Dataset, clock: Clock, axis: Axis) -> Chart:
    values, row = shown_values(course, clock), milestone(course, clock.name)
    sessions = session_days(course) - first_session(course)
    notes: list[Note] = []
    if sessions.size and not row.remark:
        found = [(f"{100 * share:.0f} %: {day_text(day)}", day) for share, day in zip(SHARES, row.days, strict=True)]
        found += [(f"100 %: {effect_text(row)}", row.horizon)] if clock.relative else []
        notes = [Note(day, float(np.interp(day, axis.values, values)), told, 0) for told, day in found]
    unit = "%" if clock.relative else readouts.printed_unit(str(course[clock.name].attrs.get("units", "1")))
    return Chart(
        title=clock.title if sessions.size else clock.title_of_ageing,
        unit=unit,
        told="",
        axis=axis,
        series=[Series("treated less untreated" if sessions.size else "change", values, MARKS.of(clock.name))],
        ends=clock_limits(values),
        upright=sessions.tolist(),
        notes=notes,
        spans=[(row.days[0], row.days[2])] if notes else [],
    )


def readout_charts(course: xr.Dataset, names: Sequence[str], axis: Axis) -> list[Chart]:
    """One chart for each read-out, state or row of compounds over time."""
    sheet = Sheet(course, None, float(axis.values[-1]), MARKS)
    timed = [name for name in names if readouts.kind_of(course, name) in ("read-out", "state", "compound")]
    return [_readout_chart(sheet, name, axis) for name in timed]


def late_caption(course: xr.Dataset, names: Sequence[str]) -> str:
    """A sentence for below the charts where outputs begin too late after a session; empty where they do not."""
    told = late_text(Sheet(course, None, np.inf, MARKS), names)
    return f"{told[:1].upper()}{told[1:]}." if told else ""


def _readout_chart(sheet: Sheet, name: str, axis: Axis) -> Chart:
    curves = curves_of(sheet, name)
    variable = sheet.course[name]
    unit = readouts.printed_unit(str(variable.attrs.get("units", "1")))
    told = [readouts.meaning_of(variable), evidence_text(variable, unit)]
    several = readouts.kind_of(sheet.course, name) == "compound"
    return Chart(
        title=f"{readouts.spoken(name)} ({unit})" if unit else readouts.spoken(name),
        unit=unit,
        told="; ".join(text for text in told if text),
        axis=axis,
        series=[
            Series(curve.label, curve.values, curve.colour, curve.dash, "thin" if curve.is_twin else "line")
            for curve in curves
        ],
        ends=limits_of([curve.values for curve in curves], over=ROOM_FOR_NAMES if several else ROOM),
        upright=sheet.sessions().tolist(),
    )


def explanation_chart(found: "Explanation") -> Chart:
    """What each process has made of a quantity until the end of each period, stacked, and their sum."""
    names, changes = strongest(found, MOST)
    at = np.searchsorted(found.days, found.ends - 1e-9)
    periods = np.arange(1.0, len(found.ends) + 1.0)
    held = changes[:, at]
    stacks = [np.where(held > 0, held, 0.0).sum(axis=0), np.where(held < 0, held, 0.0).sum(axis=0)]
    axis = Axis(
        label=f"{found.period}s since {'the first session' if session_days(found.course).size else 'the start'}",
        values=periods,
        words=[f"{found.period} {number:.0f}" for number in periods],
        ends=(0.4, periods[-1] + 0.6),
        marks={float(number): f"{number:.0f}" for number in periods},
    )
    bars = [
        Series(name, row, colour, kind="bars") for name, row, colour in zip(names, held, colours_of(names), strict=True)
    ]
    return Chart(
        title=f"{readouts.spoken(found.name)}: what changes it",
        unit=readouts.printed_unit(found.unit),
        told=f"{WHOSE_TITLE[found.whose]}; change since day 0",
        axis=axis,
        series=[*bars, Series("all together", found.values[at], MARKS.ink)],
        ends=limits_of(stacks),
        is_stacked=True,
    )


def pore_charts(course: xr.Dataset) -> list[Chart]:
    """How much of the pore of one channel each layer of the epidermis leaves open; none without outputs that tell."""
    shares = open_shares(course)
    layers = [row for row in LAYERS if row[0] in shares.curves]
    days = np.unique(np.concatenate([shares.curves[name][0] for name, *_ in layers]))
    if days.size < 2:
        return []
    words = [short_time(float(day)) for day in days]
    return [
        Chart(
            title="Open share of the pore (%)",
            unit="%",
            told="until the next session, or until some time after it has closed",
            axis=Axis(time_label(course), days, words, (0.0, shares.last), short_marks(shares.last)),
            series=[
                Series(spoken, np.interp(days, *shares.curves[name]), MARKS.of(colour))
                for name, spoken, colour in layers
            ],
            ends=SHARE_ENDS,
        )
    ]
