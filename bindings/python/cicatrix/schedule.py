"""The calendar of a protocol: what each session does, what is done at home between them, and how long it shows."""

import math
import tomllib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import xarray as xr

from cicatrix import _core
from cicatrix.milestones import Array, session_days
from cicatrix.percent import share_text

NAN = float("nan")
WEEK = 7.0  # d
DAILY_CARE = {"moisturiser": "moisturiser", "sunscreen": "sunscreen"}
AT_SESSIONS = {"anaesthetic": "an anaesthetic cream before each session"}
MOST_DAYS_TOLD = 4


@dataclass(frozen=True)
class SessionRow:
    """One session; NaN where something is no matter of the device."""

    number: int
    day: float
    week: int  # 1 is the week that begins on day 0
    needle_length: float  # mm
    passes: float
    channel_density: float  # distinct channels, cm-2
    channel_depth: float  # mean, mm
    injured_fraction: float
    reached_fraction: float  # share of the dermis within reach of a channel
    minutes: float
    price: float  # USD
    visible_days: float  # on which redness, swelling or flakes can be seen, until the next session

    @property
    def has_channels(self) -> bool:
        """False for a prescribed injury, which is the same everywhere."""
        return not math.isnan(self.channel_density)

    def told(self) -> dict[str, Any]:
        """The row as plain numbers by name."""
        return asdict(self)


# Heading, and how a row fills the column; a column that no row fills is left out.
COLUMNS: dict[str, Callable[[SessionRow], str]] = {
    "day": lambda row: f"{row.day:g}",
    "week": lambda row: str(row.week),
    "needle": lambda row: _amount(row.needle_length, "{:g} mm"),
    "passes": lambda row: _amount(row.passes, "{:g}"),
    "channels/cm²": lambda row: _amount(row.channel_density, "{:.0f}"),
    "mean depth": lambda row: _amount(row.channel_depth, "{:.2f} mm"),
    "injured": lambda row: "" if row.has_channels else share_text(row.injured_fraction),
    "within reach": lambda row: share_text(row.reached_fraction) if row.has_channels else "",
    "time": lambda row: _amount(row.minutes or NAN, "{:.0f} min"),
    "price": lambda row: _amount(row.price or NAN, "{:.0f} USD"),
    "shows for": lambda row: _days(row.visible_days),
}


def _amount(value: float, form: str) -> str:
    return "" if math.isnan(value) else form.format(value)


def _days(days: float) -> str:
    """A time that a sign can be seen, as people say it."""
    if math.isnan(days):
        return ""
    if days < 1 / 24:
        return "under 1 h"
    return f"{24 * days:.0f} h" if days < 1 else f"{days:.1f} days"


def session_rows(course: xr.Dataset) -> list[SessionRow]:
    """The sessions of a course as the skin took them, and as they were planned where its scenario can be read."""
    days = session_days(course)
    planned = _planned(course, len(days))
    minutes, price, visible = (_rises(course, name) for name in ("treatment_time", "cost", "downtime"))
    rows = []
    for i, day in enumerate(days):
        facts = {name: _fact(course, name, i) for name in ("channel_density", "channel_depth", "injured_fraction")}
        rows.append(
            SessionRow(
                number=i + 1,
                day=float(day),
                week=int(day // WEEK) + 1,
                needle_length=planned[i].needle_length if planned else NAN,
                passes=planned[i].passes if planned else NAN,
                **facts,
                reached_fraction=_fact(course, "reached_fraction", i),
                minutes=float(minutes[i]),
                price=float(price[i]),
                visible_days=float(visible[i]),
            )
        )
    return rows


def _planned(course: xr.Dataset, count: int) -> list["_core.Session"]:
    scenario = scenario_of(course)
    sessions = scenario.sessions if scenario else []
    return sessions if len(sessions) == count else []


def scenario_of(course: xr.Dataset) -> "_core.Scenario | None":
    """The scenario of a course; None where this version does not read it."""
    try:
        return _core.parse_scenario(str(course.attrs.get("scenario_toml", "")), "scenario of the result")
    except _core.InputError:
        return None


def _fact(course: xr.Dataset, name: str, session: int) -> float:
    return float(course[name].values[session]) if name in course else NAN


def _rises(course: xr.Dataset, name: str) -> Array:
    """How much a sum so far rises from each session to the next."""
    days = session_days(course)
    if name not in course or course[name].dims != ("time",):
        return np.full(len(days), NAN)
    times = np.asarray(course["time"].values, dtype=float)
    values = np.asarray(course[name].values, dtype=float)
    return np.diff(np.interp([*days, times[-1]], times, values))


def session_table(rows: list[SessionRow]) -> tuple[list[str], list[list[str]]]:
    """Headings and cells of the sessions, without the columns that are empty."""
    cells = {head: [fill(row) for row in rows] for head, fill in COLUMNS.items()}
    heads = [head for head, column in cells.items() if any(column)]
    return ["session", *heads], [[str(row.number), *(cells[head][i] for head in heads)] for i, row in enumerate(rows)]


def care_lines(scenario: "_core.Scenario") -> list[str]:
    """Care at home and at the sessions, one line each."""
    care = tomllib.loads(scenario.resolved).get("care", {})
    lines = [f"every day: {words}" for key, words in DAILY_CARE.items() if care.get(key)]
    lines += [words for key, words in AT_SESSIONS.items() if care.get(key)]
    entries: dict[str, list[str]] = {}
    for entry in scenario.calendar:
        if not entry.what.startswith(("session ", "end")):
            entries.setdefault(entry.what, []).append(_span(entry.from_day, entry.to_day))
    for what, spans in entries.items():
        more = f" and {len(spans) - MOST_DAYS_TOLD} more" if len(spans) > MOST_DAYS_TOLD else ""
        lines.append(f"day {', '.join(spans[:MOST_DAYS_TOLD])}{more}: {what}")
    return lines


def _span(first: float, last: float) -> str:
    return f"{first:.4g}" if last <= first else f"{first:.4g} to {last:.4g}"


def warning_lines(course: xr.Dataset) -> list[str]:
    """What speaks against the patient or the protocol."""
    return [line for line in str(course.attrs.get("warnings", "")).splitlines() if line.strip()]


def calendar_text(scenario: "_core.Scenario", course: xr.Dataset) -> str:
    """The calendar as lines of text: warnings, sessions as a table, care at home, the end."""
    lines = [f"warning: {line}" for line in warning_lines(course)]
    lines += [""] if lines else []
    heads, cells = session_table(session_rows(course))
    if cells:
        widths = [max(len(row[i]) for row in [heads, *cells]) for i in range(len(heads))]
        padded = [[text.rjust(width) for text, width in zip(row, widths, strict=True)] for row in [heads, *cells]]
        lines += ["  ".join(row) for row in padded]
    else:
        lines.append("no session")
    care = care_lines(scenario)
    lines += ["", "care", *(f"  {line}" for line in care)] if care else []
    return "\n".join([*lines, "", f"the course ends on day {float(course['time'].values[-1]):g}"])
