"""The report of a course: one HTML page that needs nothing else, for a screen in light or dark and for paper."""

import os
import shlex
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

import numpy as np
import xarray as xr
from matplotlib.figure import Figure

from cicatrix import milestones as clocks
from cicatrix import space
from cicatrix._core import write_file
from cicatrix.answers import answers, monthly
from cicatrix.comparison import resolved_keys, toml_text
from cicatrix.course import failure_text, status_fault
from cicatrix.course_charts import clock_charts, late_caption, pore_charts, readout_charts, time_axis
from cicatrix.depth_figures import depth_figure, depth_words
from cicatrix.figures import alternative_text, three_clocks
from cicatrix.headline import caution
from cicatrix.hover_charts import Axis, ChartBook
from cicatrix.milestones import Array
from cicatrix.outcome import Exit, RefusedError
from cicatrix.pore_figures import closing_pore_figure, closing_words
from cicatrix.readout_figures import readout_figure, readout_words
from cicatrix.readouts import drawable, is_silent, raised
from cicatrix.report_drivers import drivers
from cicatrix.report_evidence import certainty, number_text, provenance, scenario_text
from cicatrix.report_page import anchor, commands, document, facts, figure, listed, prose, section, table
from cicatrix.report_unknowns import unknowns, unknowns_charts, unknowns_figure, unknowns_text, unknowns_words
from cicatrix.schedule import care_lines, scenario_of, session_rows, session_table, warning_lines
from cicatrix.space_figures import channel_figure, channel_words
from cicatrix.svg import MARKS, inline_svg

# The figures of the report: a heading, the read-outs under it, and the last day that is drawn.
FIGURES = (
    ("The first two weeks", ("erythema", "oedema", "tewl", "hydration", "pain"), 14.0),
    ("Over the months", ("wrinkle_depth", "elasticity", "visible_result", "epidermal_thickness"), np.inf),
    ("Scars, pigment, pores, hair", ("scar_depth", "hyperpigmentation_risk", "pore_index", "hair_density"), np.inf),
    ("Compounds on the skin", ("absorbed_fraction", "flux"), np.inf),
)
MOST_COLUMNS = 6  # of facts about sessions beside each other
MAPPED = ("collagen_iii", "collagen_i_mature")  # over time and depth
DEPTH_CAPTION = (
    "Depth runs downwards from the surface of the skin. Left: the treated skin; right: what the treatment changes, "
    "white where it changes nothing. The time axis is stretched as above."
)
CHANNEL_CAPTION = (
    "Cuts through the axis of one channel. Each row has one scale of colours. The bars on top are horny layer and "
    "living epidermis, and fade where they are missing."
)
PORE_CAPTION = (
    "Left: how much of each ring round the axis is covered, at several times. Right: how much of the pore is still "
    "open; a dot where half of it has closed, a diamond where less than 1 % is open."
)
SUBJECT = ("patient.", "device.", "protocol.", "care.topicals", "simulation.duration", "simulation.ageing")
NAMES = {
    "inflammation": "inflammation (summed)",
    "collagen_total": "total collagen",
    "collagen_i_mature": "cross-linked collagen I",
}


def write_report(
    course: xr.Dataset, path: str | os.PathLike[str], *, result: str | os.PathLike[str] = "", members: int = 0
) -> None:
    """Writes the report of a course or a sweep to `path` in one step; `result` is what it names.

    With `members`, a course is run again so often with its parameters drawn over their ranges, and the report shows
    what they leave open. Raises FileError; RefusedError where members are asked for and cannot be had.
    """
    if "member" in course.dims:
        if members:
            raise RefusedError(Exit.USAGE, "--members is for the report of a course; a sweep has its own members")
        from cicatrix.sweeps.sweep_report import sweep_page  # not for a course: it takes all figures of sweeps

        write_file(os.fspath(path), sweep_page(course, source=result).encode("utf-8"))
    else:
        write_file(os.fspath(path), page(course, result=result, members=members).encode("utf-8"))


def page(course: xr.Dataset, *, result: str | os.PathLike[str] = "", members: int = 0) -> str:
    """The report as one HTML text."""
    title = str(course.attrs.get("title", "")) or "Course"
    book, axes = ChartBook(), _Axes(course)
    sections = [
        _figure(course, title, book, axes),
        section("What you would notice", _noticed(course)),
        section("Calendar", _calendar(course)),
        section("Month by month", _months(course)),
        *(section(name, _drawn(course, (name, names, until), book, axes)) for name, names, until in FIGURES),
        *(section(name, body) for name, body in _space(course, book)),
        section("Milestones", _milestones(course)),
        section("What drives the result", drivers(course, book)),
        section("What was simulated", _subject(course)),
        section("Sessions", _sessions(course)),
        section("Notes", listed(line for line in str(course.attrs.get("notes", "")).splitlines() if line.strip())),
        section("How sure are we?", "\n".join([certainty(course), _left_open(course, result, members, book)])),
        section("Where this comes from", _provenance(course, result)),
    ]
    return document(title, _opening(course, title), sections, book)


class _Axes:
    """The time axes of a page, each of which is made once."""

    def __init__(self, course: xr.Dataset) -> None:
        self._course = course
        self._made: dict[float, Axis] = {}

    def until(self, day: float) -> Axis:
        if day not in self._made:
            self._made[day] = time_axis(self._course, day)
        return self._made[day]


def _opening(course: xr.Dataset, title: str) -> str:
    question = str(course.attrs.get("summary", ""))
    asked = f'<p class="question">{escape(question)}</p>\n' if question else ""
    fault = failure_text(course)
    answer = f'<p class="warning">{escape(fault[:1].upper() + fault[1:])}.</p>'
    if not fault:
        answer = f'<p class="answer">{escape(course.cx.headline())}</p>'
    warned = "".join(f'<p class="warning">Warning: {escape(line)}</p>\n' for line in warning_lines(course))
    cautious = f'\n<p class="warning">{escape(caution(course))}</p>' if caution(course) else ""
    return f"<header>\n<h1>{escape(title)}</h1>\n{asked}{warned}{answer}{cautious}\n</header>"


def _figure(course: xr.Dataset, title: str, book: ChartBook, axes: _Axes) -> str:
    if status_fault(course):
        return ""
    words = alternative_text(course)
    drawn = inline_svg(three_clocks(course, palette=MARKS, with_headline=False), title=title, description=words)
    live = book.add(clock_charts(course, axes.until(np.inf)))
    if not clocks.session_days(course).size:
        return figure(drawn, live)
    length = clocks.horizon_text(clocks.milestone(course, "collagen_total"))
    caption = (
        "The time axis is stretched: straight for the first days, then each doubling takes the same width. "
        f"Dots and bands mark where 10, 50 and 90 % of the effect after {length} against untreated skin are reached; "
        f"for inflammation, which comes and goes, of its excess summed over the {length}."
    )
    return figure(drawn, live, caption)


def _noticed(course: xr.Dataset) -> str:
    """What a person asks, with what this course says to it."""
    if status_fault(course):
        return ""
    told = [(each.question, each.told) for each in answers(course)]
    return facts(told).replace("<dl>", '<dl class="answers">', 1) if told else ""


def _calendar(course: xr.Dataset) -> str:
    """The sessions as a person would plan them, and what is done at home."""
    rows = [] if status_fault(course) else session_rows(course)
    if not rows:
        return ""
    heads, cells = session_table(rows)
    scenario = scenario_of(course)
    care = listed(care_lines(scenario) if scenario else [])
    caption = "Shows for: days until the next session on which redness, swelling or flakes can be seen."
    return table(heads, cells, caption) + (f"\n<p>Care:</p>\n{care}" if care else "")


def _months(course: xr.Dataset) -> str:
    heads, rows = ([], []) if status_fault(course) else monthly(course)
    caption = "Time after the first session. Change: against untreated skin on the same day."
    return table(heads, rows, caption) if rows else ""


def _drawn(course: xr.Dataset, asked: tuple[str, Iterable[str], float], book: ChartBook, axes: _Axes) -> str:
    """A figure of the read-outs that this course has something to say about."""
    title, wanted, until = asked
    known = drawable(course)
    names = [name for name in wanted if name in known and not is_silent(course, name)]
    if not names or status_fault(course) or not clocks.session_days(course).size:
        return ""
    drawing, key = readout_figure(course, names, until=until, palette=MARKS), anchor(title)
    drawn = inline_svg(drawing, title=title, description=readout_words(course, names), key=key)
    live = book.add(readout_charts(course, names, axes.until(until)), key=key)
    return figure(drawn, live, late_caption(course, names))


def _space(course: xr.Dataset, book: ChartBook) -> Iterable[tuple[str, str]]:
    """What a course in depth, or round a channel, shows beyond the others."""
    if status_fault(course) or not space.has_depth(course):
        return
    held = space.resolved(course, space.PROFILE)
    names = [name for name in MAPPED if name in held]
    drawing = depth_figure(course, names, palette=MARKS)
    yield "Over depth", _drawing(drawing, "Over depth", depth_words(course, names), DEPTH_CAPTION)
    if not space.has_channel(course) or not clocks.session_days(course).size:
        return
    drawing, told = channel_figure(course, palette=MARKS), channel_words(course)
    yield "Round one channel", _drawing(drawing, "Round one channel", told, CHANNEL_CAPTION)
    if any(name in course for name in (space.COVER, space.HORNY)):
        drawing, told = closing_pore_figure(course, palette=MARKS), closing_words(course)
        live = book.add(pore_charts(course), key=anchor("The closing pore"), is_beside=True)
        yield "The closing pore", _drawing(drawing, "The closing pore", told, PORE_CAPTION, live)


def _drawing(drawing: Figure, title: str, words: str, caption: str, live: str = "") -> str:
    return figure(inline_svg(drawing, title=title, description=words, key=anchor(title)), live, caption)


def _milestones(course: xr.Dataset) -> str:
    if status_fault(course) or not clocks.session_days(course).size:
        return ""
    found = [clocks.milestone(course, name) for name in clocks.CLOCKS]
    rows = [
        [NAMES[row.name], *(clocks.day_text(day) for day in row.days), raised(clocks.effect_text(row)), row.remark]
        for row in found
    ]
    length = clocks.horizon_text(found[0])
    caption = f"Time after the first session at which 10, 50 and 90 % of the effect after {length} are reached."
    if not any(row.remark for row in found):
        return table(["", "10 %", "50 %", "90 %", "effect"], [row[:-1] for row in rows], caption)
    return table(["", "10 %", "50 %", "90 %", "effect", "remark"], rows, caption)


def _subject(course: xr.Dataset) -> str:
    """Patient, device and protocol as they were run, and the parameters that the scenario changed."""
    keys = {path: value for path, value in resolved_keys(course).items() if value != []}
    rows = [[path, toml_text(value)] for path, value in keys.items() if path.startswith(SUBJECT)]
    body = table(["key", "value"], rows, "The scenario, with every default filled in.") if rows else ""
    if "parameter_origin" not in course:
        return body
    changed = course.isel(parameter=np.flatnonzero(course["parameter_origin"].values == 1))
    if not changed.sizes["parameter"]:
        return body + "\n<p>Every parameter of the model has its default value.</p>" if body else ""
    texts = ("parameter", "parameter_default", "parameter_value", "parameter_unit", "parameter_meaning")
    columns = [changed[name].values for name in texts]
    cells = [[number_text(value) for value in row] for row in zip(*columns, strict=True)]
    return f"{body}\n" + table(
        ["parameter", "default", "here", "unit", "meaning"], cells, "Parameters that the scenario changes."
    )


def _sessions(course: xr.Dataset) -> str:
    days = clocks.session_days(course)
    if not days.size:
        return "<p>No session.</p>"
    every = [course[name] for name in course.data_vars if course[name].dims == ("session",) and name != "session_time"]
    columns = [_in_percent(column) for column in every if column.notnull().any()]
    parts = [columns[first : first + MOST_COLUMNS] for first in range(0, max(len(columns), 1), MOST_COLUMNS)]
    return "\n".join(_session_table(days, part, number) for number, part in enumerate(parts))


def _session_table(days: Array, columns: Sequence[xr.DataArray], number: int) -> str:
    """A few of the facts, as many as a page is wide."""
    rows = [
        [str(i + 1), f"{day:g}", *(number_text(column.values[i]) for column in columns)] for i, day in enumerate(days)
    ]
    caption = "What each session does to the skin" + (", continued." if number else ".")
    return table(["session", "day", *(_with_unit(column) for column in columns)], rows, caption)


def _in_percent(column: xr.DataArray) -> xr.DataArray:
    """A share as per cent; anything else as it is."""
    return (100.0 * column).assign_attrs(column.attrs, units="%") if str(column.name).endswith("_fraction") else column


def _with_unit(column: xr.DataArray) -> str:
    unit, name = str(column.attrs.get("units", "1")), str(column.attrs.get("long_name", column.name))
    return name if unit in ("1", "") else f"{name} ({raised(unit)})"


def _left_open(course: xr.Dataset, result: str | os.PathLike[str], members: int, book: ChartBook) -> str:
    """What the ranges of the parameters leave open where that was asked for, otherwise how to ask."""
    if members:
        found, title = unknowns(course, members), "What is left open"
        drawing, words = unknowns_figure(found, palette=MARKS), unknowns_words(found)
        drawn = inline_svg(drawing, title=title, description=words, key=anchor(title))
        live = book.add(list(unknowns_charts(found)), key=anchor(title))
        return f"<h3>{title}</h3>\n{unknowns_text(found)}\n{figure(drawn, live)}"
    if status_fault(course) or not clocks.session_days(course).size or space.has_depth(course):
        return ""
    again = f"`cicatrix report {shlex.quote(_name_of(course, result))} --members 200`"
    return prose(f"How far the result could move if the parameters lay elsewhere in their ranges: {again} shows it.")


def _name_of(course: xr.Dataset, result: str | os.PathLike[str]) -> str:
    return Path(os.fspath(result) or str(course.encoding.get("source", "result.nc"))).name


def _provenance(course: xr.Dataset, result: str | os.PathLike[str]) -> str:
    again = commands([f"cicatrix rerun {shlex.quote(_name_of(course, result))}"])
    told = "This command computes the course again and compares every bit of it:"
    return f"{facts(provenance(course))}\n<p>{told}</p>\n{again}\n{scenario_text(course)}"
