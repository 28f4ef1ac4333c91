"""`cicatrix figure`: what `.cx.plot` and `.cx.section` draw of a result, as a file."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from cicatrix.outcome import Exit, RefusedError
from cicatrix.studies.figure_files import figure_file

if TYPE_CHECKING:
    import xarray as xr
    from matplotlib.figure import Figure


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("result", metavar="RESULT", help="course, sweep or study; or a scenario, which is run for it")
    told = "read-outs, states or outcomes; all: everything that says something; otherwise the figure of the whole"
    parser.add_argument("names", metavar="NAME", nargs="*", help=told)
    told = "cross-section of the skin on this day after the first session; up to four times, side by side"
    parser.add_argument("--section", metavar="DAY", type=float, action="append", default=[], help=told)
    parser.add_argument("--untreated", action="store_true", help="of --section: the untreated twin below")
    parser.add_argument("--until", metavar="DAY", type=float, help="end of the time axis of read-outs")
    told = "PNG, SVG or PDF, which holds in words what it shows; otherwise <result>.png in this folder"
    parser.add_argument("-o", "--output", metavar="FILE", type=figure_file, help=told)


def add_difference(parser: argparse.ArgumentParser) -> None:
    """What `cicatrix diff` takes."""
    parser.add_argument("first", metavar="A")
    parser.add_argument("second", metavar="B")
    told = "draw a read-out or state of both over time, and the difference below"
    parser.add_argument("--figure", metavar="FILE", type=figure_file, help=told)
    parser.add_argument(
        "--of", metavar="NAME", default="wrinkle_depth", help="what --figure draws; otherwise %(default)s"
    )


def draw_difference(first: "xr.Dataset", second: "xr.Dataset", options: argparse.Namespace) -> None:
    """Writes the figure of `cicatrix diff`."""
    from cicatrix.against import against, against_words
    from cicatrix.against_figure import against_figure
    from cicatrix.studies.drawing import write_figure

    try:
        words = against_words(against(first, second, options.of))
    except (KeyError, ValueError) as error:
        raise RefusedError(Exit.USAGE, f"--of {options.of}: {error.args[0]}") from None
    write_figure(against_figure(first, second, options.of), words, options.figure)


def figure(options: argparse.Namespace) -> Exit:
    """Draws a result and prints where the figure is."""
    from cicatrix.commands import refuse_overwriting
    from cicatrix.storage import require_place
    from cicatrix.studies.drawing import write_figure

    _refuse_mixed(options)
    target = options.output or f"{Path(options.result).stem}.png"
    refuse_overwriting(options.result, target)
    require_place(target)
    found = opened_or_run(options.result)
    try:
        drawn, words = _drawn(found, options)
    except (KeyError, ValueError) as error:
        if hasattr(error, "problems"):  # a fault of a scenario, which says by itself where
            raise
        raise RefusedError(Exit.USAGE, f"{options.result}: {error.args[0]}") from None
    write_figure(drawn, words, target)
    print(target)
    return Exit.DONE


def _refuse_mixed(options: argparse.Namespace) -> None:
    if options.untreated and not options.section:
        raise RefusedError(Exit.USAGE, "--untreated goes with --section DAY; other figures show the twin by themselves")
    if options.section and (options.names or options.until is not None):
        raise RefusedError(Exit.USAGE, "--section shows all states at once: leave out names and --until")


def opened_or_run(place: str) -> "xr.Dataset":
    """A result or the directory of a sweep; of a scenario the course that is run for it."""
    from cicatrix.course import open as open_result
    from cicatrix.course import run
    from cicatrix.scenario_files import scenario_file
    from cicatrix.storage import is_result

    file = scenario_file(place)
    if Path(file).is_dir() or (Path(file).is_file() and is_result(file)):
        return open_result(file)
    return run(file)


def _drawn(found: "xr.Dataset", options: argparse.Namespace) -> "tuple[Figure, str]":
    if options.section:
        from cicatrix.section_figure import section_figure, section_words

        days, untreated = options.section, options.untreated
        return section_figure(found, days, untreated=untreated), section_words(found, days, untreated=untreated)
    from cicatrix.result_figures import figure_of_result

    return figure_of_result(found, options.names, until=options.until)
