"""One patient's course as an xarray.Dataset: run it, open it, save it."""

import os
import shlex
import warnings
from collections.abc import Callable, Hashable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import xarray as xr

from cicatrix import _core
from cicatrix.accessor import CourseAccessor
from cicatrix.attribute_order import with_title_first
from cicatrix.outcome import Exit, RefusedError
from cicatrix.scenario_files import place_of
from cicatrix.storage import HDF5_SIGNATURE, file_error, is_damaged, readable_file
from cicatrix.told_errors import UnusableError

PathLike: TypeAlias = str | os.PathLike[str]
TWIN = "untreated"
HELP = "a larger simulation.rtol may help"


def run(
    scenario: PathLike | _core.Scenario,
    *,
    changes: Mapping[str, Any] | None = None,
    progress: Callable[[float], bool] | None = None,
) -> xr.Dataset:
    """Simulates a scenario file, a shipped scenario by its name, or one already read, with its untreated twin.

    `changes` are other values of some keys or parameters: `{"device.needle_length": "1 mm", "protocol.passes": 2}`.
    `progress` is given the share done, 0 to 1, and stops the run by returning False.
    Raises InputError, FileError, NumericalError or KeyboardInterrupt. A course that did not reach its end comes back
    with a warning and a status other than 0, and every value of it is NaN.
    """
    if changes is not None:
        from cicatrix.changed_scenario import changed

        scenario = changed(scenario, changes)
    elif not isinstance(scenario, _core.Scenario):
        scenario = _core.read_scenario(place_of(scenario))
    course = dataset_of(_core.run(scenario, progress))
    if failure := failure_text(course):
        warnings.warn(failure, RuntimeWarning, stacklevel=2)
    return course


def open(path: PathLike, *, allow_missing: bool = False) -> xr.Dataset:
    """Reads a result file whole, or all members of the directory of a sweep; the files are closed again.

    Raises FileError, also when shards of a sweep are missing, unless `allow_missing` says that these members may come
    back with the status `not run`.
    """
    if Path(path).is_dir():
        from cicatrix.sweeps.reading import open_sweep

        return open_sweep(Path(path), allow_missing=allow_missing)
    place = readable_file(path)
    with place.open("rb") as stream:
        if stream.read(len(HDF5_SIGNATURE)) != HDF5_SIGNATURE:
            raise file_error("corrupt", path, "is not a result file (its first bytes are not those of netCDF-4)")
    if is_damaged(place):  # looked at first, because the HDF5 library may crash on a damaged file
        raise file_error("corrupt", path, "is damaged: its bytes are not those that its checksum was made for")
    try:
        root = _load(place, None)
        # A course that xarray wrote has its twin beside it, under the names that the Dataset has.
        # A published model has none.
        alone = (
            "member" in root.dims
            or "study" in root.attrs
            or f"{TWIN}_status" in root
            or str(root.attrs.get("model", "microneedling")) != "microneedling"
        )
        twin = xr.Dataset() if alone else _load(place, TWIN)
    except (ImportError, MemoryError):
        raise
    except Exception as error:  # a file that another program damaged makes its readers fail in any way
        raise file_error("corrupt", path, f"cannot be read as a result: {error}") from None
    if "scenario_toml" not in root.attrs:
        raise file_error("corrupt", path, "is netCDF but not a result of Cicatrix (it holds no scenario)")
    course = _joined(root, twin)
    if "member" in root.dims:
        from cicatrix.sweeps.reading import as_sweep

        course = as_sweep(course)
    course.encoding["source"] = os.fspath(place)
    _remember(course, place)
    return course


def open_reported(path: PathLike) -> xr.Dataset:
    """`open`, where a course or a sweep will do; RefusedError for a study."""
    found = open(path)
    return found if "member" in found.dims else _without_study(found, path, "a report")


def open_course(path: PathLike, what: str) -> xr.Dataset:
    """`open`, where only a course will do; RefusedError for a sweep or a study says `what` takes one course."""
    found = open(path)
    if "member" in found.dims:
        ways = "`cicatrix run DIR --member N` makes one of it, `cicatrix export` a table"
        raise RefusedError(Exit.BAD_INPUT, f"{os.fspath(path)}: this is a sweep, and {what} takes one course; {ways}")
    return _without_study(found, path, what)


def _without_study(found: xr.Dataset, path: PathLike, what: str) -> xr.Dataset:
    if "study" in found.attrs:
        told = f"this is a study, and {what} takes a course; `cicatrix export` makes a table of it"
        raise RefusedError(Exit.BAD_INPUT, f"{os.fspath(path)}: {told}")
    return found


def save(course: xr.Dataset, path: PathLike) -> None:
    """Writes a course from `run` or `open` as it was simulated; later changes to the Dataset are not part of it.

    The directory of a sweep becomes one file, as `cicatrix merge` makes it; a study is written as it stands. Raises
    FileError; ValueError for a Dataset made from a course, and for a sweep that was kept in memory alone (write these
    with `to_netcdf`).
    """
    origin = course.cx.origin
    if isinstance(origin, _core.Group):
        origin.write(os.fspath(path))
    elif isinstance(origin, Path) and origin.is_dir():
        from cicatrix.sweeps.merging import merge

        merge(origin, Path(path))
    elif isinstance(origin, Path):
        _core.write_file(os.fspath(path), readable_file(origin).read_bytes())
    elif "study" in course.attrs:
        from cicatrix.studies.study_file import write_study

        write_study(course, path)
    elif "member" in course.dims:
        told = "`cicatrix.sweep` with a store keeps it in a directory, which `cicatrix merge` makes one file of"
        raise UnusableError(f"this sweep is in memory alone; write it with to_netcdf ({told})")
    else:
        raise UnusableError("this Dataset was made from a course and is not one itself; write it with to_netcdf")


def check(path: PathLike) -> list[_core.Problem]:
    """All problems of a file that describes a course or a sweep; empty when it can be run.

    Raises FileError when it cannot be read.
    """
    try:
        checked(path)
    except _core.InputError as error:
        return list(error.problems)
    return []


def checked(path: PathLike) -> _core.Scenario | _core.Sweep:
    """The scenario in a file, or the sweep if it describes one. Raises InputError with every problem, or FileError."""
    name = place_of(path)
    return _core.read_sweep(name) if _core.file_describes_sweep(name) else _core.read_scenario(name)


def dataset_of(group: _core.Group) -> xr.Dataset:
    """The Dataset of the core's own result; the twin's variables are named `untreated_...`."""
    twins = [inner for inner in group.groups if inner.name == TWIN]
    twin = _plain_dataset(twins[0], group.dimensions) if twins else xr.Dataset()
    course = _joined(_plain_dataset(group, {}), twin)
    _remember(course, group)
    return course


def status_fault(course: xr.Dataset) -> str:
    """Why the course or its twin did not reach its end, in the words of the file; empty when both did."""
    for name in ("status", f"{TWIN}_status"):
        if name in course and int(course[name]) != 0:
            return _meaning_of(course[name])
    return ""


def failure_text(course: xr.Dataset, command: str = "") -> str:
    """What stopped the course or its twin, and the command that tries again; empty when both reached their end."""
    for who, prefix in (("the course", ""), ("the untreated twin", f"{TWIN}_")):
        if f"{prefix}status" in course and int(course[f"{prefix}status"]) != 0:
            told = f"{who} did not reach its end: {_meaning_of(course[f'{prefix}status'])}"
            if {f"{prefix}solver_limiting_state", f"{prefix}solver_time_reached"} <= set(course):
                state, day = (course[f"{prefix}solver_{what}"].item() for what in ("limiting_state", "time_reached"))
                told += f", limited by {state} on day {day:.6g}"
            file = str(course.attrs.get("scenario_file", "")) or "FILE"
            return f"{told}; `{command or f'cicatrix run {shlex.quote(file)}'}` repeats it; {HELP}"
    return ""


def _meaning_of(status: xr.DataArray) -> str:
    values = [int(value) for value in np.atleast_1d(status.attrs.get("flag_values", []))]
    meanings = dict(zip(values, str(status.attrs.get("flag_meanings", "")).split(), strict=False))
    return meanings.get(int(status), f"status {int(status)}").replace("_", " ")


def _plain_dataset(group: _core.Group, outer: dict[str, int]) -> xr.Dataset:
    """One group; `outer` holds the lengths of the dimensions that it takes from the group round it."""
    lengths = {**outer, **group.dimensions}
    variables: dict[Hashable, Any] = {
        variable.name: (variable.dimensions, _array_of(variable, lengths), dict(variable.attributes))
        for variable in group.variables
    }
    coordinates = {name: variables.pop(name) for name in list(variables) if name in group.dimensions}
    return xr.Dataset(variables, coords=coordinates, attrs=dict(group.attributes))


def _array_of(variable: _core.Variable, lengths: dict[str, int]) -> np.ndarray[Any, Any]:
    shape = [lengths[name] for name in variable.dimensions]
    kind = object if isinstance(variable.values, list) else None  # texts of any length, as they come back from a file
    return np.asarray(variable.values, dtype=kind).reshape(shape)


def _load(place: Path, group: str | None) -> xr.Dataset:
    # The time axis is a plain number of days: nothing is to be turned into dates or time differences.
    engine: Any = "h5netcdf" if find_spec("h5netcdf") and find_spec("h5py") else None
    with xr.open_dataset(place, group=group, engine=engine, decode_times=False) as stored:
        return stored.load()


def _joined(root: xr.Dataset, twin: xr.Dataset) -> xr.Dataset:
    """Root and twin in one Dataset, so that a selection in time takes both."""
    renamed = {f"{TWIN}_{name}": twin[name].variable for name in twin.data_vars}
    for variable in renamed.values():
        variable.attrs["long_name"] = f"{variable.attrs.get('long_name', 'value')}, untreated"
    joined = root.assign(renamed)
    joined.attrs = with_title_first(joined.attrs)
    return joined


def _remember(course: xr.Dataset, origin: _core.Group | Path) -> None:
    accessor: CourseAccessor = course.cx
    accessor.origin = origin
