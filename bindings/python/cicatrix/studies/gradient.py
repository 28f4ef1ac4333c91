"""Derivatives of what is asked of a course by parameters and keys of its scenario."""

import json
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from cicatrix import _core
from cicatrix._core import keys as scenario_keys
from cicatrix.scenario_files import place_of
from cicatrix.storage import readable_file
from cicatrix.studies.asked_problems import in_the_words_given
from cicatrix.studies.asked_sweep import PathLike
from cicatrix.studies.draws import Array
from cicatrix.studies.optimum import without_sweep
from cicatrix.sweeps.engine import available_threads
from cicatrix.told_errors import UnusableError

PARAMETERS = "parameters."


@dataclass(frozen=True)
class Point:
    """A scenario as a row of a sweep whose factors are what one differentiates by."""

    sweep: "_core.Sweep"
    names: list[str]  # of the factors, without "parameters."
    row: Array

    @property
    def outcomes(self) -> list[str]:
        """What is asked, in words."""
        return [outcome.text for outcome in self.sweep.outcomes]


def gradient(
    source: "PathLike | _core.Scenario",
    outcomes: str | Sequence[str],
    parameters: Sequence[str] | None = None,
    *,
    relative: bool = False,
    threads: int | None = None,
) -> pd.DataFrame:
    """How much each outcome changes with each parameter: a row for each outcome, a column for each parameter.

    Outcomes are such as "wrinkle_depth effect final", "erythema auc" or "tewl at 3 days"; parameters are names such as
    "clot_decay", or keys that are numbers, "device.needle_length"; without any, all parameters of the course. The
    equations are differentiated exactly, along with the course, and not by running it again. Derivatives are in the
    outcome's unit over the parameter's; with `relative` they are elasticities: the per cent that an outcome changes
    when a parameter rises by one per cent. NaN where there is none; `attrs["obstacles"]` says why, `attrs["values"]`
    holds the outcomes themselves and `attrs["at"]` the parameters. Raises InputError, FileError, NumericalError,
    ValueError.
    """
    point = point_of(source, [outcomes] if isinstance(outcomes, str) else outcomes, parameters)
    found = point.sweep.gradient(point.row.tolist(), threads=threads or available_threads())
    if found.status != "done":
        raise _core.NumericalError(f"the course has no gradient: it ended as {found.status}")
    values, slopes = np.asarray(found.values), np.asarray(found.slopes)
    if relative:
        with np.errstate(divide="ignore", invalid="ignore"):
            slopes = slopes * point.row / values[:, None]
    table = pd.DataFrame(slopes, pd.Index(point.outcomes, name="outcome"), pd.Index(point.names, name="parameter"))
    table.attrs["values"] = dict(zip(point.outcomes, values.tolist(), strict=True))
    table.attrs["at"] = dict(zip(point.names, point.row.tolist(), strict=True))
    table.attrs["units"] = {outcome.text: outcome.unit for outcome in point.sweep.outcomes}
    table.attrs["parameter_units"] = {
        name: factor.unit for name, factor in zip(point.names, point.sweep.factors, strict=True)
    }
    told = zip(point.names, found.obstacles, strict=True)
    table.attrs["obstacles"] = {name: why for name, why in told if why}
    return table


def alone(source: "PathLike | _core.Scenario") -> tuple[str, str]:
    """The text of a scenario without its sweep, at the tolerance of a single course, and the file it is from.

    Raises FileError, and ValueError for what is no text.
    """
    if isinstance(source, _core.Scenario):
        text, file = source.text, source.file
    else:
        file = place_of(source)
        try:
            text = readable_file(file).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            raise UnusableError(f"{file}: is no text in UTF-8; a gradient is taken of a scenario") from None
    return with_tolerance(without_sweep(text)), file


def point_of(
    source: "PathLike | _core.Scenario", outcomes: Sequence[str], parameters: Sequence[str] | None = None
) -> Point:
    """The scenario as it stands, asked for outcomes. Raises InputError, FileError, ValueError."""
    text, file = alone(source)
    if not outcomes:
        raise UnusableError("no outcome is asked for; write for example 'wrinkle_depth effect final'")
    known = known_values(_core.parse_scenario(text, file))
    every = [name for name in known if name.startswith(PARAMETERS)]
    asked = list(dict.fromkeys(map(_path, parameters))) if parameters is not None else every
    if not asked:
        raise UnusableError("there is no parameter to differentiate by")
    vary = ", ".join(f"{json.dumps(name)} = [{json.dumps(known.get(name, 0))}]" for name in asked)
    lines = ["", "[sweep]", 'design = "grid"', f"outcomes = {json.dumps(list(outcomes))}", f"vary = {{ {vary} }}", ""]
    with in_the_words_given(file, dict.fromkeys(asked, ""), list(outcomes)):
        sweep = _core.parse_sweep(text.rstrip("\n") + "\n" + "\n".join(lines), file)
    names = [factor.name.removeprefix(PARAMETERS) for factor in sweep.factors]
    return Point(sweep, names, np.asarray(sweep.design(0, 1), dtype=float)[0])


def with_tolerance(text: str) -> str:
    """The text with the tolerance of a single course where it names none: sweeps are coarser unless told."""
    try:
        held = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return text  # the core says where it is wrong
    if "rtol" in held.get("simulation", {}):
        return text
    usual = next(row.default for row in scenario_keys() if row.path == "simulation.rtol")
    if "simulation" not in held:
        return f"{text.rstrip()}\n\n[simulation]\nrtol = {usual}\n"
    table, count = re.subn(r"(?m)^(\s*\[\s*simulation\s*\][^\n]*)$", rf"\1\nrtol = {usual}", text, count=1)
    if count:
        return table
    first = f"rtol = {usual}, " if held["simulation"] else f"rtol = {usual}"
    inline, count = re.subn(r"(?m)^(\s*simulation\s*=\s*\{)\s*", rf"\1 {first}", text, count=1)
    return inline if count else f"simulation.rtol = {usual}\n{text}"


def known_values(scenario: "_core.Scenario") -> dict[str, Any]:
    """Each key and each parameter with its value in use: conditions of the patient change some parameters."""
    resolved = tomllib.loads(scenario.resolved)
    known = {
        f"{section}.{key}": value
        for section, table in resolved.items()
        if isinstance(table, dict)
        for key, value in table.items()
    }
    for row, value in zip(_core.course_parameters(), _core.parameters_in_use(scenario), strict=True):
        if value != row.value:
            known[PARAMETERS + row.name] = value if row.unit == "1" else f"{value!r} {row.unit}"
    return known


def _path(name: str) -> str:
    return name if "." in name else PARAMETERS + name
