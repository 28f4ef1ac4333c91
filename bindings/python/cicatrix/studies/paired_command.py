"""The command `cicatrix paired`."""

import argparse
from dataclasses import fields
from pathlib import Path
from typing import Any

from cicatrix.commands import refuse_overwriting
from cicatrix.outcome import Exit, RefusedError
from cicatrix.plain_json import print_json
from cicatrix.studies.factor_grid import outcomes_of
from cicatrix.studies.pairs import PairedDifference
from cicatrix.studies.pairs import paired as difference_of


def paired(options: argparse.Namespace) -> Exit:
    """Says how much outcomes differ between two protocols, patient by patient."""
    from cicatrix.course import open as open_result

    sweep = open_result(options.sweep)
    if "member" not in sweep.dims:
        raise RefusedError(Exit.BAD_INPUT, f"{options.sweep}: is no sweep; `cicatrix sweep` makes one, with sweep.arms")
    names, chosen = options.outcome or outcomes_of(sweep), {"first": options.first, "second": options.second}
    if options.figure and len(names) != 1:
        raise RefusedError(Exit.USAGE, f"{options.figure}: a figure shows one outcome; name one of {', '.join(names)}")
    try:
        found = [difference_of(sweep, name, **chosen) for name in names]
    except (KeyError, ValueError) as error:
        raise RefusedError(Exit.USAGE, f"{options.sweep}: {error}") from None
    if options.figure:
        from cicatrix.studies.drawing import write_figure
        from cicatrix.studies.pairs_figure import pairs_figure, pairs_words

        source = Path(options.sweep)
        refuse_overwriting(str(source), options.figure)
        write_figure(pairs_figure(sweep, names[0], **chosen), pairs_words(sweep, names[0], **chosen), options.figure)
    if options.json:
        print_json({"sweep": options.sweep, "figure": options.figure, "differences": [_told(each) for each in found]})
    else:
        print("\n".join([*map(str, found), *([options.figure] if options.figure else [])]))
    return Exit.DONE


def _told(found: PairedDifference) -> dict[str, Any]:
    plain = {field.name: getattr(found, field.name) for field in fields(found) if field.name != "differences"}
    return {**plain, "left_out": found.left_out, "share_below": found.share_below}
