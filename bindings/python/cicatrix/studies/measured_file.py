"""A file of measurements: comma-separated, a line each, for `cicatrix calibrate`."""

import csv
import math
from typing import TYPE_CHECKING

from cicatrix.outcome import Exit, RefusedError
from cicatrix.storage import readable_file
from cicatrix.studies.arguments import MEASURED_EXAMPLE
from cicatrix.studies.calibration import COLUMNS

if TYPE_CHECKING:
    import pandas as pd

WANTED = {
    "day": "a number of days, without a unit",
    "value": "a number in the unit of the read-out (`cicatrix list readouts`), without the unit",
    "standard_deviation": "a number above 0 in the unit of the read-out, without the unit",
}


def read_measured(path: str) -> "pd.DataFrame":
    """The measurements of a file, with the columns of `cicatrix.calibrate`; lines that begin with # are left out.

    Raises FileError, and RefusedError that says which line is wrong, what stands there and what is allowed.
    """
    import pandas as pd

    try:
        text = readable_file(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise RefusedError(Exit.BAD_INPUT, f"{path}: is no text in UTF-8; measurements are a table in CSV") from None
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip() and line[0] != "#"]
    if not lines:
        raise RefusedError(Exit.BAD_INPUT, f"{path}: holds no measurement; it looks like this:\n{MEASURED_EXAMPLE}")
    rows = list(csv.reader((line for _, line in lines), skipinitialspace=True))
    head = [name.strip() for name in rows[0]]
    if missing := [name for name in COLUMNS if name not in head]:
        told = f"the first line names the columns, and {', '.join(missing)} is missing; it looks like this:"
        raise RefusedError(Exit.BAD_INPUT, f"{path}:{lines[0][0]}: {told}\n{MEASURED_EXAMPLE}")
    read = [_row(path, number, head, row) for (number, _), row in zip(lines[1:], rows[1:], strict=True)]
    return pd.DataFrame(read, columns=list(COLUMNS))


def _row(path: str, number: int, head: list[str], row: list[str]) -> dict[str, float | str]:
    if len(row) != len(head):
        told = f"{len(row)} values under {len(head)} columns ({', '.join(head)})"
        raise RefusedError(Exit.BAD_INPUT, f"{path}:{number}: {told}")
    texts = dict(zip(head, (text.strip() for text in row), strict=True))
    read: dict[str, float | str] = {"readout": texts["readout"]}
    for name in WANTED:
        try:
            read[name] = float(texts[name])
        except ValueError:
            read[name] = math.nan
        if not math.isfinite(float(read[name])) or (name == "standard_deviation" and float(read[name]) <= 0):
            told = f"{name}: {texts[name]!r} is not allowed, wanted is {WANTED[name]}"
            raise RefusedError(Exit.BAD_INPUT, f"{path}:{number}: {told}")
    return read
