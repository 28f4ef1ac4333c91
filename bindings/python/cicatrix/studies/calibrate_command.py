"""The command `cicatrix calibrate`."""

import argparse
from pathlib import Path

import xarray as xr

from cicatrix.commands import refuse_overwriting, refuse_replacing
from cicatrix.outcome import Exit, RefusedError
from cicatrix.plain_json import print_json
from cicatrix.result_kinds import kind_of_study
from cicatrix.studies.calibration import calibrate as find_parameters
from cicatrix.studies.measured_file import read_measured
from cicatrix.studies.study_file import write_study
from cicatrix.sweeps.sources import described_in, name_of

COLUMNS = ("parameter", "unit", "prior", "estimate", "standard_error", "left")


def calibrate(options: argparse.Namespace) -> Exit:
    """Fits parameters to measurements and writes what it found."""
    source = described_in(options.scenario)
    target = Path(options.output or f"{name_of(source)}.calibration.nc")
    refuse_overwriting(source, target, options.measured)
    refuse_replacing(target, kind_of_study({"study": "calibration"}))
    measured = read_measured(options.measured)
    try:
        found = find_parameters(source, measured, options.parameter, threads=options.threads)
    except ValueError as error:
        if hasattr(error, "problems"):  # a fault of the scenario or of a name, which says by itself where
            raise
        raise RefusedError(Exit.USAGE, str(error)) from None
    write_study(found, target)
    if options.json:
        rows = found.cx.table()[list(COLUMNS)].to_dict(orient="records")
        told = {"chi_square": found.attrs["chi_square"], "told": str(found.attrs["told"]).splitlines()}
        print_json({"result": str(target), "parameters": rows, "observations": found.sizes["observation"], **told})
    else:
        print(_text(found, target))
    return Exit.DONE


def _text(found: xr.Dataset, target: Path) -> str:
    table = found.cx.table()[list(COLUMNS)]
    cells = [list(COLUMNS), *([_cell(value) for value in row] for row in table.to_numpy(dtype=object))]
    widths = [max(len(row[place]) for row in cells) for place in range(len(COLUMNS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]
    fitted = f"chi-square {found.attrs['chi_square']:.4g} of {found.sizes['observation']} measurements"
    told = [line for line in str(found.attrs["told"]).splitlines() if line]
    return "\n".join([f"result  {target}", "", *lines, "", fitted, *told, "left: share of the prior's uncertainty"])


def _cell(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)
