"""`cicatrix explain`: pages of names, or why a read-out of a course changes."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from cicatrix.outcome import Exit, RefusedError
from cicatrix.plain_json import print_json
from cicatrix.studies.arguments import positive
from cicatrix.studies.figure_files import figure_file

if TYPE_CHECKING:
    import xarray as xr

WHOSE = ("effect", "treated", "untreated")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    told = "names; or a scenario or a result and a read-out or state of it: what changes that, month by month"
    parser.add_argument("names", metavar="NAME", nargs="+", help=told)
    parser.add_argument(
        "--whose", choices=WHOSE, default=None, help="of a course; otherwise the effect: their difference"
    )
    told = "of a course: between which days its milestones lie in N members whose parameters vary in their "
    told += "ranges; in space that takes as long as N courses"
    parser.add_argument("--members", metavar="N", type=positive, help=told)
    parser.add_argument("--figure", metavar="FILE", type=figure_file, help="of a course: draw it as well")
    parser.add_argument("--json", action="store_true", help="of a course: print JSON")


def explain(options: argparse.Namespace) -> Exit:
    """Explains a read-out of a course, or prints the page of each name."""
    from cicatrix.catalogue import explanation, is_known

    if _is_course(options.names[0]) and not all(map(is_known, options.names)):  # models have scenarios of their name
        return _explain_course(options)
    if options.whose or options.figure or options.json or options.members:
        told = "--whose, --members, --figure and --json explain a course: `cicatrix explain crows_feet wrinkle_depth`"
        raise RefusedError(Exit.USAGE, told)
    whole = " ".join(options.names)  # a name may have a space in it
    print("\n\n".join(map(explanation, [whole] if is_known(whole) else options.names)))
    return Exit.DONE


def _is_course(name: str) -> bool:
    """Whether a name is that of a scenario or a result."""
    from cicatrix.scenario_files import is_there

    return is_there(name) or Path(name).suffix in (".toml", ".nc")


def _explain_course(options: argparse.Namespace) -> Exit:
    place, *names = options.names
    if len(names) != 1:
        told = f"{place}: say one read-out or state of it, such as `cicatrix explain {place} wrinkle_depth`"
        raise RefusedError(Exit.USAGE, f"{told}; `cicatrix list readouts` shows all")
    course = _course(place)
    try:
        found = course.cx.explain(names[0], whose=options.whose or "effect", members=options.members)
    except KeyError as error:
        raise RefusedError(Exit.USAGE, str(error.args[0])) from None
    if options.figure:
        from cicatrix.explanation_text import figure_words
        from cicatrix.studies.drawing import write_figure

        write_figure(found.plot(), figure_words(found), options.figure)
    if options.json:
        print_json({"file": place, **found.told(), "figure": options.figure})
    else:
        print(found.text())
        if options.figure:
            print(options.figure)
    return Exit.DONE


def _course(place: str) -> "xr.Dataset":
    """The course of a result, or of a scenario that is run for it."""
    from cicatrix.course import open_course, run
    from cicatrix.scenario_files import scenario_file
    from cicatrix.storage import is_result

    file = scenario_file(place)
    if Path(file).is_dir() or (Path(file).is_file() and is_result(file)):
        return open_course(file, "`cicatrix explain`")
    return run(file)
