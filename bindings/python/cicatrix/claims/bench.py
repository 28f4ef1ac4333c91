"""Runs the scenarios of the claims, each variant of them once."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np

from cicatrix import _core
from cicatrix.claims.claim import Number
from cicatrix.milestones import Array
from cicatrix.outcome import Exit, RefusedError

Value: TypeAlias = str | float | bool | Sequence[str]
Changes: TypeAlias = Mapping[str, Value]

NOTHING: Changes = {}


class Course:
    """The numbers of one course and of its untreated twin, without the cost of a Dataset."""

    def __init__(self, group: _core.Group) -> None:
        self._treated = {variable.name: variable for variable in group.variables}
        (twin,) = (inner for inner in group.groups if inner.name == "untreated")
        self._untreated = {variable.name: variable for variable in twin.variables}
        self.warnings = tuple(str(group.attributes.get("warnings", "")).splitlines())
        self.days = self.of("time")

    def of(self, name: str) -> Array:
        """Values of a variable of the treated skin."""
        return np.asarray(self._treated[name].values, dtype=float)

    def twin(self, name: str) -> Array:
        """Values of a variable of the untreated twin."""
        return np.asarray(self._untreated[name].values, dtype=float)

    def effect(self, name: str) -> Array:
        """Treated minus untreated."""
        return self.of(name) - self.twin(name)

    def gain(self, name: str) -> Array:
        """The effect in per cent of untreated skin."""
        return 100.0 * self.effect(name) / self.twin(name)

    def at(self, values: Array, day: float) -> float:
        """A value between outputs, by a straight line."""
        return float(np.interp(day, self.days, values))

    def parameter(self, name: str, column: str = "value") -> float:
        """Value, low or high of a parameter."""
        return float(np.asarray(self._treated[f"parameter_{column}"].values)[self._parameter_names().index(name)])

    def unit_of(self, name: str) -> str:
        """Unit of a parameter."""
        return str(list(self._treated["parameter_unit"].values)[self._parameter_names().index(name)])

    def _parameter_names(self) -> list[str]:
        return [str(name) for name in self._treated["parameter"].values]


class Bench:
    """Scenarios by name, as they are shipped or with some values changed."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or scenario_folder()
        self._courses: dict[str, Course] = {}

    def text(self, name: str, changes: Changes = NOTHING) -> str:
        """A scenario's text with the changed values."""
        return varied((self._folder / f"{name}.toml").read_text(encoding="utf-8"), changes)

    def scenario(self, name: str, changes: Changes = NOTHING) -> _core.Scenario:
        """A checked scenario. Raises InputError."""
        return _core.parse_scenario(self.text(name, changes), f"{name}.toml")

    def course(self, name: str, changes: Changes = NOTHING) -> Course:
        """Its course, computed once. Raises InputError, NumericalError, or RefusedError when it does not end well."""
        text = self.text(name, changes)
        if text not in self._courses:
            course = Course(_core.run(_core.parse_scenario(text, f"{name}.toml")))
            if course.of("status") != 0 or not np.isfinite(course.of("collagen_total")).all():
                raise RefusedError(Exit.FAILED, f"{name}: the course did not reach its end with {dict(changes)}")
            self._courses[text] = course
        return self._courses[text]

    def over(
        self,
        name: str,
        parameters: Sequence[str],
        measure: Callable[[Changes], float],
        what: str,
        unit: str = "",
    ) -> Number:
        """What `measure` makes of the scenario, and of it with each parameter at either end of its plausible range."""
        course, value = self.course(name), measure(NOTHING)
        found = [value]
        for parameter in parameters:
            unit_text = "" if (of := course.unit_of(parameter)) == "1" else f" {of}"
            for column in ("low", "high"):
                end = course.parameter(parameter, column)
                found.append(measure({f"parameters.{parameter}": f"{end!r}{unit_text}" if unit_text else end}))
        return Number(what, value, unit, min(found), max(found), tuple(parameters))


def scenario_folder() -> Path:
    """Where the scenarios of the claims are. Raises RefusedError when they did not come with this copy."""
    from cicatrix.scenario_files import scenarios

    folders = {path.parent for path in scenarios() if path.parent.name == "claims"}
    if not folders:
        raise RefusedError(Exit.NO_INPUT, "the scenarios of the claims did not come with this copy")
    return folders.pop()


def varied(text: str, changes: Changes) -> str:
    """The text of a scenario with other values, {"care.moisturiser": True}; each key stands on a line of its own."""
    for path, value in changes.items():
        section, _, key = path.rpartition(".")
        written = f"{key} = {json.dumps(value, ensure_ascii=False)}\n"
        head = re.search(rf"^\[{re.escape(section)}\]\n", text, re.MULTILINE)
        if not head:
            text = f"{text.rstrip()}\n\n[{section}]\n{written}"
            continue
        begin, rest = text[: head.end()], text[head.end() :]
        body = re.split(r"^(?=\[)", rest, maxsplit=1, flags=re.MULTILINE)[0]
        kept = re.sub(rf"^{re.escape(key)} = (?:\[\n(?:    .*\n)*\]|.*)\n", "", body, flags=re.MULTILINE)
        text = begin + written + kept + rest[len(body) :]
    return text
