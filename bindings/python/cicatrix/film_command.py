"""The command `film`: a result round one channel becomes a short film."""

import argparse
from pathlib import Path

from cicatrix.course import open_course, status_fault
from cicatrix.film import channel_film
from cicatrix.outcome import Exit, RefusedError
from cicatrix.progress import ProgressLine
from cicatrix.space import FIELD, resolved


def film(options: argparse.Namespace) -> Exit:
    """Writes the film and prints where it is."""
    course = open_course(options.result, "a film")
    if fault := status_fault(course):
        raise RefusedError(Exit.FAILED, f"{options.result}: the course did not reach its end: {fault}")
    target = Path(options.output or f"{Path(options.result).stem}.gif")
    for name in options.state:
        if (held := resolved(course, FIELD)) and name.removesuffix(FIELD) not in held:
            raise RefusedError(Exit.USAGE, f"{options.result} has no field of {name!r}; it has: {', '.join(held)}")
    line = ProgressLine("filming", quiet=options.quiet)
    try:
        channel_film(course, target, options.state, progress=line)
    finally:
        line.clear()
    print(target)
    return Exit.DONE
