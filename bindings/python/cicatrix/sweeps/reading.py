"""Sweeps as one Dataset: a directory of shards, a merged file, or members that were never stored."""

import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import xarray as xr

from cicatrix.accessor import CourseAccessor  # which gives every Dataset its `.cx`
from cicatrix.attribute_order import with_title_first
from cicatrix.storage import file_error
from cicatrix.sweeps.ledger import BatchRow
from cicatrix.sweeps.store import Stored, shard_place, stored

Columns: TypeAlias = dict[str, tuple[tuple[str, ...], Any, dict[str, Any]]]

NOT_RUN = -2  # status of members that are not there, in a Dataset for which that was allowed

_NAMED = 5  # batches that a message names


def open_sweep(folder: Path, *, allow_missing: bool = False) -> xr.Dataset:
    """A directory as one Dataset. Raises FileError naming what is not there, unless that is allowed.

    What is allowed to be missing has the status `not run` and NaN for all of its outcomes.
    """
    known = stored(folder)
    if not allow_missing:
        require_complete(known)
    lost = {*known.missing(), *known.lost()}
    there = [row for number, row in known.batches.items() if number not in lost]
    sweep = joined(known.head, (read_shard(folder, row) for row in there), known.identity.members)
    if lost:
        _tell_not_run(sweep, known, sorted(lost))
    sweep.encoding["source"] = str(folder)
    if not lost:
        accessor: CourseAccessor = sweep.cx
        accessor.origin = folder
    return sweep


def require_complete(known: Stored) -> None:
    """Raises FileError naming the batches that are not stored or not there any more."""
    if lost := known.lost():
        places = _listed([str(shard_place(number)) for number in lost])
        told = f"{len(lost)} of {known.batch_count} shards are gone or have another size: {places}"
        raise file_error("corrupt", known.folder, f"{told}; `cicatrix sweep` on this directory computes them again")
    if missing := known.missing():
        size = known.identity.batch_size
        spans = [f"{number * size} to {number * size + known.size_of(number) - 1}" for number in missing]
        told = f"{len(missing)} of {known.batch_count} batches have not been run: members {_listed(spans)}"
        raise file_error(
            "no_input",
            known.folder,
            f"{told}; `cicatrix sweep` on this directory goes on, `allow_missing=True` opens what there is",
        )


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def read_shard(folder: Path, row: BatchRow) -> Columns:
    """The variables of one shard, whose bytes are those that the ledger knows. Raises FileError."""
    import h5py

    place = folder / shard_place(row.number)
    try:
        data = place.read_bytes()
    except OSError as error:
        raise file_error("corrupt", place, f"cannot be read: {error.strerror or error}") from None
    if len(data) != row.bytes or hashlib.sha256(data).hexdigest() != row.sha256:
        raise file_error("corrupt", place, "is damaged: its bytes are not those that the ledger knows")
    with h5py.File(io.BytesIO(data), "r") as file:
        names: list[bytes] = []
        file.id.links.iterate(names.append, idx_type=h5py.h5.INDEX_CRT_ORDER)  # the order of the core, not of letters
        return {name.decode(): _variable(file[name]) for name in names}


def _variable(dataset: Any) -> tuple[tuple[str, ...], Any, dict[str, Any]]:
    import h5py

    if "DIMENSION_LIST" in dataset.attrs:
        dimensions = tuple(str(dimension[0].name).strip("/") for dimension in dataset.dims)
    else:
        dimensions = (str(dataset.name).strip("/"),)
    inner = ("CLASS", "NAME", "DIMENSION_LIST", "REFERENCE_LIST", "_FillValue")
    attributes = {name: _attribute(value) for name, value in dataset.attrs.items() if name not in inner}
    texts = h5py.check_string_dtype(dataset.dtype) is not None
    return dimensions, dataset.asstr()[()] if texts else dataset[()], attributes


def _attribute(value: Any) -> Any:
    if isinstance(value, bytes | np.bytes_):
        return value.decode("utf-8")
    return value


def joined(head: str, parts: Iterable[Columns], members: int) -> xr.Dataset:
    """Members that come in parts, with what stands once in their sweep. Numbers that no part has are NaN or 0."""
    told = json.loads(head)
    whole: Columns = {name: (tuple(along), _value(values), about) for name, (along, values, about) in _decoded(told)}
    first: Columns = {}
    arrays: dict[str, Any] = {}
    for part in parts:
        if not first:
            first = part
            arrays = {name: _room(values, members) for name, (along, values, _) in part.items() if "member" in along}
        begin = int(part["member"][1][0])
        for name, array in arrays.items():
            values = part[name][1]
            array[begin : begin + len(values)] = values
    arrays["member"] = np.arange(members, dtype=np.int32)
    columns = {name: (along, arrays.get(name, values), about) for name, (along, values, about) in first.items()}
    return as_sweep(xr.Dataset({**whole, **columns} if first else whole, attrs=told["attributes"]))


def _decoded(told: dict[str, Any]) -> Iterator[tuple[str, tuple[Any, Any, dict[str, Any]]]]:
    for name, (along, values, about) in told["variables"].items():
        yield name, (along, values, {key: _value(value) for key, value in about.items()})


def _value(value: Any) -> Any:
    if isinstance(value, dict):
        return np.array(value["values"], dtype=value["kind"])
    return np.array(value, dtype=object) if isinstance(value, list) else value


def _room(values: Any, members: int) -> Any:
    shape = (members, *values.shape[1:])
    return np.full(shape, np.nan) if values.dtype.kind == "f" else np.zeros(shape, dtype=values.dtype)


def as_sweep(plain: xr.Dataset) -> xr.Dataset:
    """Factors become coordinates of the members, and words where they are positions of words."""
    factors = {}
    for name, variable in plain.variables.items():
        if variable.attrs.get("role") == "factor":
            factors[name] = _in_words(variable) if "choices" in variable.attrs else variable
    sweep = plain.assign_coords(factors)
    sweep.attrs = with_title_first(sweep.attrs)
    return sweep


def _in_words(variable: xr.Variable) -> xr.Variable:
    inner = ("choices", "flag_values", "flag_meanings")
    words = np.array(str(variable.attrs["choices"]).split("\n"), dtype=object)
    attributes = {name: value for name, value in variable.attrs.items() if name not in inner}
    return xr.Variable(variable.dims, words[variable.values.astype(int)], attributes)


def _tell_not_run(sweep: xr.Dataset, known: Stored, lost: list[int]) -> None:
    if "status" not in sweep:
        return
    status = sweep["status"]
    for number in lost:
        first = number * known.identity.batch_size
        status[first : first + known.size_of(number)] = NOT_RUN
    status.attrs["flag_values"] = np.append(status.attrs["flag_values"], np.int8(NOT_RUN))
    status.attrs["flag_meanings"] = f"{status.attrs['flag_meanings']} not_run"
