"""One netCDF-4 file from the shards of a sweep, in as little memory as one shard takes."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cicatrix import _core
from cicatrix.sweeps.reading import Columns, read_shard, require_complete
from cicatrix.sweeps.store import stored
from cicatrix.told_errors import UnusableError


def merge(folder: Path, to: Path, progress: Callable[[float], bool] = lambda share: True) -> int:
    """Puts all members of a directory into one file, in their order, and returns how many there are.

    The bytes depend on the sweep alone, not on the batches it was computed in. Raises FileError, naming the shards that
    are missing or damaged; the file is there whole or not at all.
    """
    known = stored(folder)
    require_complete(known)
    rows = iter(known.batches.values())
    first = next(rows, None)
    if first is None:
        raise UnusableError(f"{folder}: this sweep has no members")
    columns = read_shard(folder, first)
    file = _core.GatheredFile(str(to), *_frame(known.head, columns, known.identity.members))
    try:
        _append(file, columns)
        for row in rows:
            _append(file, read_shard(folder, row))
            if not progress((row.first + row.members) / known.identity.members):
                raise KeyboardInterrupt
        file.finish()
    finally:
        file.abandon()
    return known.identity.members


def _append(file: "_core.GatheredFile", columns: Columns) -> None:
    for name, (along, values, _) in columns.items():
        if "member" in along:
            file.append(name, values)


def _frame(head: str, columns: Columns, members: int) -> tuple[dict[str, int], dict[str, Any], dict[str, Any]]:
    """Dimensions, variables and attributes of the file, those along `member` with a sample of their values."""
    told = json.loads(head)
    variables = {
        name: (along, _value(values), {key: _value(value) for key, value in about.items()})
        for name, (along, values, about) in told["variables"].items()
    }
    dimensions = {along[0]: len(values) for along, values, _ in variables.values() if along}
    dimensions["member"] = members
    for name, (along, values, about) in columns.items():
        if "member" in along:
            variables[name] = (list(along), values[:0], about)
        else:
            dimensions[name] = len(values)
            variables[name] = (list(along), list(values), about)
    return dimensions, variables, told["attributes"]


def _value(value: Any) -> Any:
    import numpy as np

    return np.array(value["values"], dtype=value["kind"]) if isinstance(value, dict) else value
