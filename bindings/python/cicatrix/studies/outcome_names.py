"""Which outcome is meant: by its words in a scenario, `wrinkle_depth effect final`, or by the name of its variable."""

from collections.abc import Sequence
from difflib import get_close_matches

from cicatrix import _core
from cicatrix.told_errors import UnknownNameError

LISTED = 6  # outcomes that a message names where none is near


def worded(text: str) -> str:
    """An outcome as a scenario words it; another text, such as `sessions`, with single spaces."""
    try:
        return _core.outcome(text).text
    except _core.InputError:
        return " ".join(text.split())


def outcome_in(given: str, known: Sequence[str], holder: str) -> str:
    """The one of the names `known` that is meant. Raises KeyError that says which are near; `holder` has them."""
    if given in known:
        return given
    try:
        name = _core.outcome(given).name
    except _core.InputError:
        name = "_".join(given.split())
    if name in known:
        return name
    near = get_close_matches(name, known, n=3, cutoff=0.6)
    told = f"did you mean {' or '.join(near)}?" if near else f"it has: {_listed(known)}"
    raise UnknownNameError(f"the {holder} has no outcome {given!r}; {told}")


def _listed(known: Sequence[str]) -> str:
    more = len(known) - LISTED
    return ", ".join(known[:LISTED]) + (f" and {more} more" if more > 0 else "")
