"""Types of the compiled core; made by bindings/python/stubs.py."""

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Attribute: TypeAlias = str | float | int | npt.NDArray[np.generic]

class Problem:
    """
    One fault of an input, with everything needed to mend it.
    """

    def __repr__(self) -> str: ...

    @property
    def allowed(self) -> str: ...

    @property
    def code(self) -> str: ...

    @property
    def column(self) -> int: ...

    @property
    def file(self) -> str: ...

    @property
    def line(self) -> int: ...

    @property
    def path(self) -> str: ...

    @property
    def suggestion(self) -> str: ...

    @property
    def text(self) -> str: ...

    @property
    def what(self) -> str: ...

class InputError(ValueError):
    """
    An input that cannot be used; `problems` lists all of its faults.
    """
    problems: list[Problem]

class FileError(OSError):
    """
    A file that could not be read or written; see `fault` and `path`.
    """
    fault: str
    path: str

class NumericalError(RuntimeError):
    """
    An integration that did not reach its end; see `member`, `time` and `state`.
    """
    member: int
    time: float
    state: str

class Variable:
    """
    A named array of a group.
    """

    @property
    def attributes(self) -> dict[str, Attribute]: ...

    @property
    def dimensions(self) -> tuple[str, ...]: ...

    @property
    def name(self) -> str: ...

    @property
    def values(self) -> npt.NDArray[Any] | list[str]:
        """
        A read-only numpy array, or a list of texts.
        """

class Group:
    """
    Named variables with their dimensions and attributes.
    """

    def write(self, path: str) -> None:
        """
        Writes a netCDF-4 file; on failure nothing is left behind.
        """

    @property
    def attributes(self) -> dict[str, Attribute]: ...

    @property
    def dimensions(self) -> dict[str, int]: ...

    @property
    def groups(self) -> list[Group]: ...

    @property
    def name(self) -> str: ...

    @property
    def variables(self) -> list[Variable]: ...

class StateRow:
    """
    A state of a model.
    """

    @property
    def meaning(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def unit(self) -> str: ...

class ConstantRow:
    """
    A number that follows from the parameters of a model.
    """

    @property
    def meaning(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def unit(self) -> str: ...

class ParameterRow:
    """
    A parameter of a model.
    """

    @property
    def grade(self) -> str: ...

    @property
    def high(self) -> float: ...

    @property
    def low(self) -> float: ...

    @property
    def meaning(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def source(self) -> str: ...

    @property
    def unit(self) -> str: ...

    @property
    def value(self) -> float: ...

class ReadoutRow:
    """
    What is seen or measured, made from the states.
    """

    @property
    def formula(self) -> str: ...

    @property
    def grade(self) -> str: ...

    @property
    def long_name(self) -> str: ...

    @property
    def meaning(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def source(self) -> str: ...

    @property
    def unit(self) -> str: ...

class KeyRow:
    """
    A key of scenario files.
    """

    @property
    def allowed(self) -> str: ...

    @property
    def default(self) -> str: ...

    @property
    def kind(self) -> str: ...

    @property
    def meaning(self) -> str: ...

    @property
    def path(self) -> str: ...

    @property
    def required(self) -> bool: ...

    @property
    def stored_only(self) -> bool: ...

    @property
    def unit(self) -> str: ...

class DeviceDefault:
    """
    What a kind of device takes for a key that is left out.
    """

    @property
    def device(self) -> str: ...

    @property
    def grade(self) -> str: ...

    @property
    def path(self) -> str: ...

    @property
    def source(self) -> str: ...

    @property
    def value(self) -> str: ...

class ErrorPage:
    """
    The page that explains a code.
    """

    @property
    def bad(self) -> str: ...

    @property
    def code(self) -> str: ...

    @property
    def good(self) -> str: ...

    @property
    def mend(self) -> str: ...

    @property
    def text(self) -> str: ...

    @property
    def title(self) -> str: ...

class Session:
    """
    A session as planned and as the skin takes it.
    """

    def __repr__(self) -> str: ...

    @property
    def at(self) -> float:
        """
        d
        """

    @property
    def injured_fraction(self) -> float:
        """
        share of the dermis's volume
        """

    @property
    def needle_length(self) -> float:
        """
        mm; NaN for a prescribed injury
        """

    @property
    def open_area(self) -> float:
        """
        share of the area
        """

    @property
    def passes(self) -> float:
        """
        NaN for a prescribed injury
        """

class Scenario:
    """
    A checked scenario.
    """

    def __repr__(self) -> str: ...

    @property
    def file(self) -> str: ...

    @property
    def notes(self) -> list[str]: ...

    @property
    def question(self) -> str: ...

    @property
    def resolved(self) -> str: ...

    @property
    def sessions(self) -> list[Session]: ...

    @property
    def text(self) -> str: ...

    @property
    def title(self) -> str: ...

def constants(model: str) -> list[ConstantRow]: ...

def device_defaults() -> list[DeviceDefault]: ...

def error_pages() -> list[ErrorPage]: ...

def injury_parameters() -> list[ParameterRow]: ...

def keys() -> list[KeyRow]: ...

def models() -> list[str]: ...

def parameters(model: str) -> list[ParameterRow]: ...

def parse_scenario(text: str, file: str='scenario') -> Scenario:
    """
    Checks a scenario's text; `file` names it in messages.
    """

def read_scenario(path: str) -> Scenario:
    """
    Reads and checks a scenario file.
    """

def readouts() -> list[ReadoutRow]: ...

def run(scenario: Scenario, progress: Callable[[float], bool] | None=None) -> Group:
    """
    Runs a scenario's course; `progress` gets the share done and returns False to stop.
    """

def schema() -> str:
    """
    JSON Schema of scenario files.
    """

def states(model: str) -> list[StateRow]: ...

def write_file(path: str, data: bytes) -> None:
    """
    Writes a file whole or not at all.
    """
compiler: str
git_commit: str
seal: str
version: str
