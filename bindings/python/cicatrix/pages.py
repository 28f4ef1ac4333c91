"""`cicatrix.listing` and `cicatrix.explain`: what the command lists and explains, for programs and notebooks."""

from typing import TYPE_CHECKING

from cicatrix.catalogue import LISTS, explanation
from cicatrix.catalogue import listing as rows_of
from cicatrix.told_errors import UnknownNameError

if TYPE_CHECKING:
    import pandas as pd


def listing(kind: str) -> "pd.DataFrame":
    """What `cicatrix list KIND` shows, every column of it, as a table whose index is the first column.

    `kind` is "parameters", "states", "readouts", "models", "scenarios", "sites", "keys" and so on.
    Raises KeyError for any other word.
    """
    import pandas as pd

    if kind not in LISTS:
        raise UnknownNameError(f"there is no list of {kind!r}; there are: {', '.join(LISTS)}")
    table = pd.DataFrame(rows_of(kind))
    return table.set_index(table.columns[0])


def explain(name: str) -> str:
    """The page of a parameter, state, read-out, model, key, code or term, as `cicatrix explain NAME` shows it.

    Raises RefusedError, with near names, where nothing is called so.
    """
    return explanation(name)
