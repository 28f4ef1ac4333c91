"""The command `film`: a result round one channel becomes a short film."""

import argparse
from pathlib import Path

from cicatrix.outcome import Exit, RefusedError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("result", metavar="RESULT", help='of a scenario with fidelity = "channel"')
    told = "GIF, MP4 where ffmpeg is installed, or a folder of PNG frames; otherwise <result>.gif in this folder"
    parser.add_argument("-o", "--output", metavar="FILE", help=told)
    told = "what to show; up to three times, side by side"
    parser.add_argument("--state", metavar="NAME", action="append", default=[], help=told)


def film(options: argparse.Namespace) -> Exit:
    """Writes the film and prints where it is."""
    from cicatrix.course import open_course, status_fault
    from cicatrix.film import channel_film  # not before it is asked for: it takes matplotlib
    from cicatrix.progress import ProgressLine
    from cicatrix.space import FIELD, resolved

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
