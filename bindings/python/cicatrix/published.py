"""Runs of published models, which have states and events but neither sessions nor an untreated twin."""

from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from cicatrix import _core
from cicatrix.outcome import Exit, RefusedError


def is_published(course: xr.Dataset) -> bool:
    """Whether the Dataset is the run of a published model and not a course of needled skin."""
    return str(course.attrs.get("model", "microneedling")) != "microneedling"


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
        "time_unit": str(course["time"].attrs["units"]),
        "events": [float(time) for time in course["event_time"].values] if "event_time" in course else [],
        "states": {name: _extent(course, name) for name in state_names(course)},
        "faults_of_the_source": str(course.attrs.get("faults_of_the_source", "")).splitlines(),
    }


def state_names(course: xr.Dataset) -> list[str]:
    """The variables over time, in the model's order."""
    return [row.name for row in _core.states(str(course.attrs["model"])) if row.name in course]


def _extent(course: xr.Dataset, name: str) -> dict[str, float]:
    values = np.asarray(course[name].values, dtype=float)
    top = int(np.argmax(values))
    times = np.asarray(course["time"].values, dtype=float)
    return {"start": values[0], "largest": values[top], "at": times[top], "end": values[-1]}


def text(course: xr.Dataset, result: Path) -> str:
    """The run in lines: a table of states, the events, what is wrong with the source."""
    facts = told(course, result)
    unit = facts["time_unit"] if facts["time_unit"] != "1" else ""
    width = max(len(name) for name in facts["states"])
    lines = [f"result  {result}", "", str(course.attrs.get("references", course.attrs["model"])), ""]
    lines.append(f"{'':{width}}{'start':>14}{'largest':>14}{f'at {unit}'.rstrip():>14}{'end':>14}")
    for name, row in facts["states"].items():
        lines.append(f"{name:{width}}" + "".join(f"{row[key]:>14.6g}" for key in ("start", "largest", "at", "end")))
    lines += [f"event at {time:.10g} {unit}".rstrip() for time in facts["events"]]
    lines += ["", *(f"known fault: {fault}" for fault in facts["faults_of_the_source"])]
    return "\n".join(lines).rstrip()
