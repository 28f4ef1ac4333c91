"""How a command ends: the exit codes and the refusals that carry one."""

from enum import IntEnum

from cicatrix._core import FileError
from cicatrix.told_errors import ToldError


class Exit(IntEnum):
    """Exit codes; the ones from 64 on are those of sysexits.h."""

    DONE = 0
    FAILED = 1  # some members failed, or a comparison found a difference
    USAGE = 2
    BAD_INPUT = 65
    NO_INPUT = 66
    MISSING = 69  # an optional package is not installed
    INTERNAL = 70
    CANNOT_CREATE = 73
    DISK = 74
    LOCKED = 75  # another program is writing the file
    INTERRUPTED = 130
    TERMINATED = 143


EXIT_OF_FAULT = {
    "no_input": Exit.NO_INPUT,
    "cannot_create": Exit.CANNOT_CREATE,
    "disk_full": Exit.DISK,
    "corrupt": Exit.BAD_INPUT,
    "locked": Exit.LOCKED,
}


class RefusedError(ToldError):
    """A request that cannot be met, said in words for the user."""

    def __init__(self, exit_code: Exit, text: str) -> None:
        super().__init__(text)
        self.exit_code = exit_code


def exit_of(error: FileError) -> Exit:
    """The exit code of a file that could not be read or written."""
    return EXIT_OF_FAULT.get(error.fault, Exit.DISK)
