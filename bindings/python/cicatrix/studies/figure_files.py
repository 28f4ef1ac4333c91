"""Whether a figure can be drawn and written, as far as that is known before anything is computed."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from cicatrix.outcome import Exit, RefusedError

if TYPE_CHECKING:
    from cicatrix import _core

KINDS = (".png", ".svg", ".pdf")
FEWEST = 3  # patients of whom differences between protocols are drawn


def figure_file(text: str) -> str:
    """The file of a figure as a command is given it."""
    if Path(text).suffix.lower() not in KINDS:
        raise argparse.ArgumentTypeError(f"{text}: figures are written as {', '.join(KINDS)}")
    return text


def refuse_undrawable(planned: "_core.Sweep", figure: str) -> None:
    """Raises RefusedError when no outcome of a sweep can be drawn, whatever its members turn out to be."""
    told = ""
    if len(planned.arms) > 1 and planned.members < FEWEST:
        told = f"protocols are compared in {FEWEST} patients or more; this sweep has {planned.members}"
    elif not planned.factors or planned.members < 2:
        told = "nothing differs between the members of this sweep: there is nothing to draw"
    if told:
        raise RefusedError(Exit.USAGE, f"{figure}: {told}")
