"""A study as a file."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import xarray as xr

from cicatrix._core import write_file
from cicatrix.storage import file_error

if TYPE_CHECKING:
    from cicatrix.studies.asked_sweep import PathLike


def write_study(found: xr.Dataset, path: "PathLike") -> None:
    """Writes a study whole or not at all. Raises FileError."""
    target = Path(path)
    part = target.with_name(f"{target.name}.{os.getpid()}.part")  # older xarrays cannot write into memory
    try:
        found.to_netcdf(part, engine="h5netcdf")
        write_file(str(target), part.read_bytes())
    except OSError as error:
        raise file_error("cannot_create", target, error.strerror or str(error)) from None
    finally:
        part.unlink(missing_ok=True)
