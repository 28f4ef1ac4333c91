"""Which figure shows a sweep or a study, what it says in words, and how it becomes a file."""

import io
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib
import xarray as xr
from matplotlib.figure import Figure

from cicatrix._core import write_file
from cicatrix.outcome import Exit, RefusedError
from cicatrix.studies.factor_grid import outcomes_of
from cicatrix.studies.figure_files import KINDS
from cicatrix.svg import SETTINGS
from cicatrix.theme import PRINT, Palette
from cicatrix.told_errors import UnusableError

if TYPE_CHECKING:
    from cicatrix.studies.asked_sweep import PathLike

DOTS = 200  # an inch


def is_drawn_here(found: xr.Dataset) -> bool:
    """True for sweeps and studies, False for courses."""
    return "study" in found.attrs or ("member" in found.dims and bool(outcomes_of(found)))


def figure_of(
    found: xr.Dataset,
    *names: str,
    over: tuple[str, ...] = (),
    at: Mapping[str, Any] | None = None,
    palette: Palette = PRINT,
) -> tuple[Figure, str]:
    """The figure of a sweep or a study, and what it shows in words.

    Bars of a sensitivity study or a tornado, the front of an optimum, bands of a quantity that a sweep keeps on several
    days, the pairs of a sweep under several protocols, the map of a grid, otherwise points over the factors; `names`
    are outcomes, one for a sweep. Raises what those figures raise.
    """
    from cicatrix.studies import (
        bands_figure,
        bars,
        front_figure,
        heat_map,
        pairs_figure,
        scatter_figure,
        tornado_figure,
    )

    study = str(found.attrs.get("study", ""))
    if study == "sensitivity":
        return bars.bars(found, *names, palette=palette), bars.bars_words(found, *names)
    if study == "optimum":
        return front_figure.front_figure(found, palette=palette), front_figure.front_words(found)
    if study == "tornado":
        return tornado_figure.tornado_figure(found, palette=palette), tornado_figure.tornado_words(found)
    if len(names) > 1:
        raise UnusableError(f"a figure of a sweep shows one outcome; there are {', '.join(names)}")
    outcome = names[0] if names else outcomes_of(found)[0]
    if over_time := _quantity_over_time(found, outcome, named=bool(names)):
        return bands_figure.bands_figure(found, over_time, palette=palette), bands_figure.bands_words(found, over_time)
    if "arm" in found.dims and not (at and "arm" in at):
        return pairs_figure.pairs_figure(found, outcome, palette=palette), pairs_figure.pairs_words(found, outcome)
    if not over and not at and not heat_map.is_mapped(found, outcome):
        return scatter_figure.scatter_figure(found, outcome, palette=palette), scatter_figure.scatter_words(
            found, outcome
        )
    words = heat_map.heat_map_words(found, outcome, over=over, at=at)
    return heat_map.heat_map(found, outcome, over=over, at=at, palette=palette), words


def _quantity_over_time(sweep: xr.Dataset, outcome: str, *, named: bool) -> str:
    """The quantity that is drawn over time: one that was named without a day, or that of the first outcome."""
    from cicatrix.studies.bands_figure import FEWEST, quantities_of

    known, asked = quantities_of(sweep), outcome.strip().replace(" ", "_")
    if named or sweep.sizes["member"] < FEWEST:
        return asked if asked in known and asked not in sweep else ""
    return next((name for name, days in known.items() if outcome in [each for _, each in days]), "")


def write_figure(figure: Figure, words: str, path: "PathLike") -> None:
    """Writes a PNG, SVG or PDF with what it shows in words; the same figure gives the same bytes. Raises FileError."""
    kind = Path(path).suffix.lower()
    if kind not in KINDS:
        raise RefusedError(Exit.USAGE, f"{os.fspath(path)}: figures are written as {', '.join(KINDS)}")
    metadata: dict[str, Any] = {
        ".png": {"Description": words, "Software": None},
        ".svg": {"Description": words, "Date": None, "Creator": None},
        ".pdf": {"Subject": words, "CreationDate": None, "Creator": None, "Producer": None},
    }[kind]
    stream = io.BytesIO()
    with matplotlib.rc_context(SETTINGS):
        figure.savefig(stream, format=kind[1:], dpi=DOTS, metadata=metadata)
    write_file(os.fspath(path), stream.getvalue())
