"""Faults of what was asked by options or arguments, in the words of who asked.

A study writes the question into a text of its own, which the core reads. A line of that text means nothing to anybody:
in its place stands what was given.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from cicatrix import _core
from cicatrix._core import keys as scenario_keys

VARIED, ASKED = "sweep.vary.", "sweep.outcomes["
PARAMETERS = "parameters."
UNKNOWN, LIMIT = "E-UNKNOWN-KEY", "E-LIMIT"  # the latter: further problems are not listed


@dataclass(frozen=True)
class AskedProblem:
    """One fault, with the fields of the core's own; there is no line, and `path` is what was given."""

    file: str
    path: str
    what: str
    allowed: str
    suggestion: str
    code: str
    line: int = 0
    column: int = 0

    @property
    def text(self) -> str:
        """The fault in one line, as the core words its own."""
        allowed = f", {self.allowed}" if self.allowed else ""
        near = f" (did you mean '{self.suggestion}'?)" if self.suggestion else ""
        return f"{self.file}, asked for {self.path}: {self.what}{allowed}{near} [{self.code}]"


@contextmanager
def in_the_words_given(file: str, given: Mapping[str, str], outcomes: Sequence[str]) -> Iterator[None]:
    """Turns the faults of a text that was made of a scenario and a question into faults of either.

    `given` has for each key that varies what was said of it, empty for nothing; `outcomes` are those that the text asks
    for. Raises InputError.
    """
    try:
        yield
    except _core.InputError as error:
        problems = _once_each([_worded(problem, file, given, outcomes) for problem in error.problems])
        told = _core.InputError("\n".join(problem.text for problem in problems))
        told.problems = problems
        raise told from None


def _worded(problem: Any, file: str, given: Mapping[str, str], outcomes: Sequence[str]) -> Any:
    rest = (problem.what, problem.allowed, problem.suggestion, problem.code)
    if problem.path.startswith(ASKED):
        place = int(problem.path[len(ASKED) :].partition("]")[0]) - 1
        return AskedProblem(file, outcomes[place], *rest)
    name = problem.path.removeprefix(VARIED).partition("[")[0]
    if not problem.path.startswith(VARIED) or name not in given:
        return problem
    said = f"{name} = {given[name]}" if given[name] else name
    if problem.code == UNKNOWN:
        return _unknown(name, said, file)
    return AskedProblem(file, said, *rest)


def _unknown(name: str, said: str, file: str) -> AskedProblem:
    bare = name.removeprefix(PARAMETERS)
    known, near = "'cicatrix list keys' and 'cicatrix list parameters' show all", nearest_factor(bare)
    what = f"'{bare}' is no key of a scenario and no parameter"
    if near == bare:
        what, known, near = f"'{bare}' is a parameter", f"which stands here as '{PARAMETERS}{bare}'", ""
    elif name == bare and near and "." not in near:
        near = PARAMETERS + near
    return AskedProblem(file, said.replace(name, bare, 1), what, known, near, UNKNOWN)


def nearest_factor(name: str) -> str:
    """The key or parameter that was perhaps meant: one that ends so, or is spelt nearly so; empty if none is near."""
    keys = [row.path for row in scenario_keys()]
    parameters = [row.name for row in _core.course_parameters()]
    ends = {key.rpartition(".")[2]: key for key in keys}
    if name in ends:
        return ends[name]
    if name in parameters:
        return name
    near = get_close_matches(name, [*keys, *parameters, *ends], n=1, cutoff=0.7)
    return ends.get(near[0], near[0]) if near else ""


def _once_each(problems: list[Any]) -> list[Any]:
    """One problem for each thing that was given and each kind of fault: a range may be wrong at a thousand values."""
    found: dict[tuple[str, str], Any] = {}
    for problem in problems:
        found.setdefault((problem.path, problem.code), problem)
    told = [problem for problem in found.values() if problem.code != LIMIT]
    return told or list(found.values())
