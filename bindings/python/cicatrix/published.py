"""Runs of published models, which have states and events but neither sessions nor an untreated twin."""

from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from cicatrix import _core
from cicatrix.outcome import Exit, RefusedError
from cicatrix.readouts import printed_unit

TIME_WORDS = {"d": "time (days)", "h": "time (hours)", "1": "time (units of the model)"}
COLUMNS = ("start", "largest", "at", "end")
COLUMNS_IN_SPACE = ("largest", "at", "position")


def is_published(course: xr.Dataset) -> bool:
    """Whether the Dataset is the run of a published model and not a course of needled skin."""
    return str(course.attrs.get("model", "microneedling")) != "microneedling"


def time_words(course: xr.Dataset) -> str:
    """What stands under a time axis."""
    unit = str(course["time"].attrs.get("units", "1"))
    return TIME_WORDS.get(unit, f"time ({unit})")


def time_unit(course: xr.Dataset) -> str:
    """The unit of the model's time as it is printed; empty where time is a plain number."""
    return printed_unit(str(course["time"].attrs.get("units", "1")))


def refuse_published(course: xr.Dataset, what: str) -> None:
    """Raises RefusedError where only a course of needled skin will do."""
    if is_published(course):
        raise RefusedError(
            Exit.BAD_INPUT, f"{what} shows a course of needled skin, and this is a run of {course.model}"
        )


def told(course: xr.Dataset, result: Path) -> dict[str, Any]:
    """The run for JSON: where it is, its events, its states at the start, at their largest and at the end."""
    return {
        "result": str(result),
        "model": str(course.attrs["model"]),
        **(_told_of_space(course) if in_space(course) else {}),
        "time_unit": str(course["time"].attrs["units"]),
        "events": [float(time) for time in course["event_time"].values] if "event_time" in course else [],
        "states": {name: _extent(course, name) for name in state_names(course)},
        "faults_of_the_source": str(course.attrs.get("faults_of_the_source", "")).splitlines(),
    }


def state_names(course: xr.Dataset) -> list[str]:
    """The variables over time, in the model's order."""
    return [row.name for row in _core.states(str(course.attrs["model"])) if row.name in course]


def in_space(course: xr.Dataset) -> bool:
    """Whether the states of the run depend on a position."""
    return "position" in course.dims


def _told_of_space(course: xr.Dataset) -> dict[str, Any]:
    healed = {"healing_time": float(course["healing_time"])} if "healing_time" in course else {}
    names = [*state_names(course), *(name for name in ("front_position", "healing_time") if name in course)]
    errors = {name: float(course[name].attrs.get("grid_error", np.nan)) for name in names}
    return {"space": str(course.attrs["space"]), "cells": course.sizes["position"], **healed, "grid_error": errors}


def _extent(course: xr.Dataset, name: str) -> dict[str, float]:
    """The state at the start, at its largest and at the end; in space over all places, and the place of the largest."""
    values = np.asarray(course[name].values, dtype=float)
    times = np.asarray(course["time"].values, dtype=float)
    top, *place = np.unravel_index(int(np.argmax(values)), values.shape)
    where = {"position": float(course["position"].values[place[0]])} if place else {}
    start, end = float(np.mean(values[0])), float(np.mean(values[-1]))
    return {"start": start, "largest": float(values.max()), "at": float(times[top]), **where, "end": end}


def text(course: xr.Dataset, result: Path) -> str:
    """The run in lines: a table of states, the events, what is wrong with the source."""
    facts = told(course, result)
    unit = facts["time_unit"] if facts["time_unit"] != "1" else ""
    width = max(len(name) for name in facts["states"])
    columns = COLUMNS_IN_SPACE if in_space(course) else COLUMNS
    lines = [f"result  {result}", "", str(course.attrs.get("references", course.attrs["model"])), ""]
    heads = (f"at {unit}".rstrip() if column == "at" else column for column in columns)
    lines.append(f"{'':{width}}" + "".join(f"{head:>14}" for head in heads))
    for name, row in facts["states"].items():
        lines.append(f"{name:{width}}" + "".join(f"{row[column]:>14.6g}" for column in columns))
    lines += _lines_of_space(course, facts) if in_space(course) else []
    lines += [f"event at {time:.10g} {unit}".rstrip() for time in facts["events"]]
    lines += ["", *(f"known fault: {fault}" for fault in facts["faults_of_the_source"])]
    return "\n".join(lines).rstrip()


def _lines_of_space(course: xr.Dataset, facts: dict[str, Any]) -> list[str]:
    from cicatrix.position_figures import healing_text

    healed = healing_text(course)
    errors = {name: facts["grid_error"][name] for name in facts["states"]}
    told = ", ".join(f"{name} {error:.2g}" for name, error in errors.items())
    head = f"space {facts['space']}, {facts['cells']} cells; largest grid error: {told}"
    return ["", *([healed] if healed else []), head]
