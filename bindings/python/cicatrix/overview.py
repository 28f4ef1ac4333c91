"""What a course, a sweep or a study says of itself where it is looked at, in a terminal or in a notebook."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import xarray as xr

from cicatrix import _core
from cicatrix import milestones as clocks
from cicatrix.readouts import GROUPS, drawable, telling
from cicatrix.space import has_channel

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from cicatrix.theme import Palette

    Drawn: TypeAlias = Callable[[Palette], tuple[Figure, str]]  # in the colours of a page; what is seen, in words

MOST_DAYS = 8  # of sessions that are named
FAVOURITES = ("wrinkle_depth", "tewl", "collagen_total")  # of read-outs, in an example of a call
MOST_NAMES = 3  # of a kind that there are many of
OTHER_GROUPS = {
    "compound": "of a compound",
    "session": "of a session",
    "state": "states",
    "profile": "over depth",
    "field": "round a channel",
    "ring": "of the pore",
}


@dataclass(frozen=True)
class Overview:
    """What is told of a Dataset, in the order in which it is shown; what is empty is left out."""

    kind: str
    title: str
    sentence: str = ""  # the answer, or the question where there is no answer
    caution: str = ""
    facts: list[tuple[str, str]] = field(default_factory=list)
    head: list[str] = field(default_factory=list)  # of the table
    rows: list[list[str]] = field(default_factory=list)
    caption: str = ""  # of the table
    calls: list[tuple[str, str]] = field(default_factory=list)  # what to call next, and what comes of it
    drawn: "Drawn | None" = None
    points: int = 0  # that the picture may show; very many make no drawing of lines


def overview_of(found: xr.Dataset) -> Overview:
    """The overview of any Dataset; of one that has lost what makes it a course, what can still be told."""
    if "study" in found.attrs or "member" in found.dims:
        from cicatrix.studies.study_overview import study_overview

        return study_overview(found)
    if str(found.attrs.get("model", "microneedling")) != "microneedling":
        return _published(found)
    return _course(found) if _is_whole(found) else _part(found)


def _is_whole(found: xr.Dataset) -> bool:
    """Whether the clocks of a course are there, over time, with their twins."""
    wanted = [f"{twin}{name}" for name in clocks.CLOCKS for twin in ("", "untreated_")]
    return all(name in found and found[name].dims == ("time",) for name in wanted) and found.sizes["time"] > 1


def _course(course: xr.Dataset) -> Overview:
    from cicatrix.course import failure_text
    from cicatrix.headline import caution, headline
    from cicatrix.schedule import warning_lines

    fault = failure_text(course)
    facts = [("sessions", _sessions(course)), ("days", _days(course)), *_groups(course)]
    facts += [("warning", text) for text in warning_lines(course)]
    rows = [clocks.milestone(course, name) for name in clocks.CLOCKS] if clocks.session_days(course).size else []
    return Overview(
        kind="course",
        title=_title(course),
        sentence=fault or headline(course),
        caution=caution(course),
        facts=facts,
        head=["", "10 %", "50 %", "90 %", "effect"] if rows and not fault else [],
        rows=[] if fault else [_milestone_row(row) for row in rows],
        caption=f"Days to shares of the effect after {clocks.horizon_text(rows[0])}" if rows else "",
        calls=[] if fault else _calls(course),
        drawn=None if fault else lambda palette: _three_clocks(course, palette),
    )


def _three_clocks(course: xr.Dataset, palette: "Palette") -> "tuple[Figure, str]":
    from cicatrix.figures import alternative_text, three_clocks

    return three_clocks(course, palette=palette, with_headline=False), alternative_text(course)


def _milestone_row(row: clocks.Milestone) -> list[str]:
    days = [row.remark, "", ""] if row.remark else [clocks.day_text(day) for day in row.days]
    return [row.name, *days, clocks.effect_text(row)]


def _sessions(course: xr.Dataset) -> str:
    days = [f"{day:g}" for day in clocks.session_days(course)]
    if not days:
        return "none"
    shown = [*days[: MOST_DAYS - 1], "...", days[-1]] if len(days) > MOST_DAYS else days
    return f"{len(days)}, on {'day' if len(days) == 1 else 'days'} {', '.join(shown)}"


def _days(course: xr.Dataset) -> str:
    times = np.atleast_1d(course["time"].values) if "time" in course.variables else np.empty(0)
    return f"{times[0]:g} to {times[-1]:g}, {times.size} output times" if times.size > 1 else ""


def _groups(course: xr.Dataset) -> list[tuple[str, str]]:
    """The names that can be drawn, by what they answer; of those that are many of a kind only the first."""
    kinds = drawable(course)
    told = [(title, [name for name in names if name in kinds]) for title, names in GROUPS]
    lines = [(title, ", ".join(names)) for title, names in told if names]
    for kind, title in OTHER_GROUPS.items():
        names = [name for name, of in kinds.items() if of == kind]
        more = f" and {len(names) - MOST_NAMES} others" if len(names) > MOST_NAMES else ""
        lines += [(title, f"{', '.join(names[:MOST_NAMES])}{more}")] if names else []
    return lines


def _calls(course: xr.Dataset) -> list[tuple[str, str]]:
    names = [name for name in FAVOURITES if name in telling(course)][:2]
    treated = bool(clocks.session_days(course).size)
    named = ", ".join(f'"{name}"' for name in names)
    drawn = "names beside untreated skin, or none: the three clocks"
    calls = [(f"course.cx.plot({named})", drawn if names else "the three clocks on one time axis")]
    if names and treated:
        calls.append((f'course.cx.effect("{names[0]}")', "treated less untreated skin"))
    if names and "scenario_toml" in course.attrs:
        whose = "" if treated else ', whose="treated"'
        takes = "; takes about as long as the course did" if has_channel(course) else ""
        calls.append((f'course.cx.explain("{names[0]}"{whose})', f"which processes change it, month by month{takes}"))
    if days := _section_days(course):
        calls.append((f"course.cx.section({days})", "the skin in cross-section on these days"))
    if "wrinkle_depth" in names:
        calls.append((f'course.cx.against("{_another(course)}")', "beside another course, their difference below"))
    return [*calls, ("course.cx.readouts()", "every name with unit, grade and meaning")]


def _section_days(course: xr.Dataset) -> str:
    """Days whose skin the outputs tell, of those that a section shows by itself; empty where it cannot be drawn."""
    needed = {row.name for row in _core.states("microneedling")} | {"epidermal_thickness"}
    start = clocks.first_session(course)
    outputs = clocks.Outputs(
        np.asarray(course["time"].values, dtype=float) - start, clocks.session_days(course) - start
    )
    known = [day for day in (3, 30, 180) if day <= outputs.days[-1] and outputs.know(day)]
    days = [f"{day}" for day in known if not outputs.cross_session(day)]
    return ", ".join(days) if needed <= set(course.data_vars) else ""


def _another(course: xr.Dataset) -> str:
    """A shipped scenario to compare a course with, other than itself."""
    file = str(course.attrs.get("scenario_file", ""))
    return "crows_feet" if "home_roller" in file else "home_roller"


def _published(course: xr.Dataset) -> Overview:
    """A run of a published model, which has states and no twin."""
    from cicatrix.position_figures import lines
    from cicatrix.published import state_names

    names, along = state_names(course), lines(course)
    unit = str(course["time"].attrs.get("units", "1")) if "time" in course.variables else "1"
    facts = [
        ("source", str(course.attrs.get("references", ""))),
        ("space", str(course.attrs.get("space_meaning", ""))),
        ("time" if unit == "1" else f"time ({unit})", _days(course)),
        ("states", ", ".join(names)),
    ]
    calls = [("course.cx.plot()", "maps over time and position")] if along else []
    calls += [(f'course["{name}"].plot()', "a state over time") for name in names[:1] if not along]
    calls += [("course.cx.table()", "a row for each time")] if "time" in course.dims else []
    return Overview(
        kind=f"run of the model {course.attrs['model']}",
        title=_title(course),
        sentence=str(course.attrs.get("summary", "")),
        facts=[(name, text) for name, text in facts if text],
        calls=calls,
        drawn=(lambda palette: _maps(course, palette)) if along else None,
    )


def _maps(course: xr.Dataset, palette: "Palette") -> "tuple[Figure, str]":
    from cicatrix.position_figures import lines, space_time_figure

    words = f"Maps over time and position of {', '.join(lines(course))}."
    return space_time_figure(course, palette=palette), words


def _part(found: xr.Dataset) -> Overview:
    """What was made from a course, or any other Dataset."""
    facts = [("days", _days(found)), *_groups(found)]
    return Overview(
        kind="part of a course" if "scenario_toml" in found.attrs else "accessor of a Dataset that is no course",
        title=_title(found) if "title" in found.attrs else "",
        facts=[(name, text) for name, text in facts if text],
        calls=[("course.cx.readouts()", "every name with unit, grade and meaning")] if drawable(found) else [],
    )


def _title(found: xr.Dataset) -> str:
    return str(found.attrs.get("title", "")) or "without a title"
