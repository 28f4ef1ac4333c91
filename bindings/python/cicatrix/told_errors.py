"""Errors in the words of the terminal: what a notebook shows of them in the place of a traceback through this package.

Outside IPython nothing changes: Python prints its own traceback. CICATRIX_TRACEBACK=1 brings it in a notebook too.
"""

import linecache
import os
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from cicatrix import _core

PACKAGE = f"{Path(__file__).parent}{os.sep}"
SHELL = (f"{os.sep}IPython{os.sep}", f"{os.sep}ipykernel{os.sep}")  # what runs a cell
HOOK = "_render_traceback_"  # that IPython looks for
WHERE = "CICATRIX_TRACEBACK=1 in the environment shows the calls behind it"


class ToldError(Exception):
    """An error whose text says all that helps; IPython shows it without the calls behind it."""

    @property
    def _render_traceback_(self) -> Callable[[], list[str]]:
        return _rendering(self)


class UnknownNameError(ToldError, KeyError):
    """A name that there is not; the text says which there are, and stands without the quotes of a KeyError."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class MissingPartError(ToldError, AttributeError):
    """A Dataset has lost, or never had, the part of a course that was asked of it."""


class UnusableError(ToldError, ValueError):
    """A value or a Dataset that cannot be used for what was asked."""


def told_lines(error: BaseException) -> list[str]:
    """What the terminal shows of an error: of an input every problem, one a line, and where to read more."""
    problems = getattr(error, "problems", None)
    if not problems:
        return str(error).splitlines()
    codes = list(dict.fromkeys(problem.code for problem in problems if problem.code))
    lines = [problem.text for problem in problems]
    return [*lines, f"more: cicatrix explain {' '.join(codes)}"] if codes else lines


def _rendering(error: BaseException) -> Callable[[], list[str]]:
    """IPython's hook; an AttributeError says that there is none, after which IPython shows its usual traceback."""
    if os.environ.get("CICATRIX_TRACEBACK"):
        raise AttributeError(HOOK)
    return lambda: _shown(error)


def _shown(error: BaseException) -> list[str]:
    head = [f"{type(error).__name__}", *_calls(error.__traceback__), ""]
    return [*head, *told_lines(error), "", f"({WHERE})"]


def _calls(trace: TracebackType | None) -> list[str]:
    """The lines of the user that led here, the cell first; none of what runs the cell, and none of this package."""
    lines = []
    for frame, number in traceback.walk_tb(trace):
        file = frame.f_code.co_filename
        if file.startswith(PACKAGE):
            break
        if not any(part in file for part in SHELL):
            where = f"{Path(file).name}, line {number}" if Path(file).is_file() else f"line {number} of the cell"
            lines.append(f"  {where}: {linecache.getline(file, number, frame.f_globals).strip()}")
    return lines


def _give_the_errors_of_the_core_their_words() -> None:
    for kind in (_core.InputError, _core.FileError, _core.NumericalError):
        setattr(kind, HOOK, property(_rendering))


_give_the_errors_of_the_core_their_words()
