"""What of a course can be drawn: its read-outs, states, facts of sessions and compounds on the skin, by name."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

import numpy as np
import xarray as xr

from cicatrix.told_errors import UnknownNameError

if TYPE_CHECKING:
    import pandas as pd

TWIN = "untreated_"
# In the order in which they are shown.
KINDS = ("read-out", "state", "compound", "session", "profile", "field", "ring", "line")
# The read-outs over time by what they answer; each stands in one group.
GROUPS = (
    (
        "the first days",
        ["inflammation", "erythema", "oedema", "tewl", "hydration", "pain", "pinpoint_bleeding", "downtime"],
    ),
    (
        "months later",
        ["wrinkle_depth", "visible_result", "elasticity", "skin_modulus", "dermal_modulus", "dermal_density"],
    ),
    ("tissue", ["collagen_total", "collagen_iii_fraction", "epidermal_thickness"]),
    ("marks", ["scar_depth", "scar_grade", "melanin_index", "hyperpigmentation_risk", "pore_index", "hair_density"]),
    ("the bill", ["treatment_time", "cost"]),
)
KINDS_IN_SPACE = {"profile": {"time", "depth"}, "field": {"time", "depth", "radius"}, "ring": {"time", "radius"}}
APART = frozenset({"session_time"})  # a session's place on the axis, not a fact to draw
FAINT = 1e-12  # what is never larger is 0 but for the arithmetic
_WITHOUT_SPACE = (
    'this course is not resolved in space; write fidelity = "depth", or "channel", under [simulation] in the scenario'
)
UNTOLD_UNITS = ("", "1")
SHORT = r"\b(tewl|pdgf|vegf|mmp|timp|m1|m2|iii|ii|i)\b"  # what is written in capitals
# What a unit of the files is called on paper.
PRINTED_UNITS = {"um": "µm", "ug": "µg", "degC": "°C", "d": "days", "%": "%"}


def kind_of(course: xr.Dataset, name: str) -> str:
    """One of `KINDS`; a `line` is a state over time and position. Empty for what cannot be drawn."""
    if name not in course.data_vars or name.startswith(TWIN) or name in APART:
        return ""
    variable = course[name]
    dimensions = set(map(str, variable.dims)) - {"member"}
    if not np.issubdtype(variable.dtype, np.number) or np.issubdtype(variable.dtype, np.int8):
        return ""
    if dimensions == {"session"}:
        return "session"
    if dimensions == {"time", "topical"}:
        return "compound"
    if dimensions == {"time", "position"}:
        return "line"
    if dimensions == {"time"}:
        return "read-out" if "formula" in variable.attrs else "state"
    return next((kind for kind, over in KINDS_IN_SPACE.items() if dimensions == over and name.endswith(kind)), "")


def drawable(course: xr.Dataset) -> dict[str, str]:
    """Every name that can be drawn, with its kind: read-outs first, what is resolved in space last."""
    found = {str(name): kind_of(course, str(name)) for name in course.data_vars}
    return {name: kind for wanted in KINDS for name, kind in found.items() if kind == wanted}


def telling(course: xr.Dataset) -> list[str]:
    """Read-outs, compounds and facts of sessions that say something in this course: not 0 or unknown throughout."""
    apart = {"state", "line", *KINDS_IN_SPACE}
    return [name for name, kind in drawable(course).items() if kind not in apart and not is_silent(course, name)]


def is_silent(course: xr.Dataset, name: str) -> bool:
    """True if a variable is 0, or not a number, from the first value to the last, with treatment and without."""
    names = [name, f"{TWIN}{name}"]
    return all(np.abs(np.nan_to_num(course[each].values)).max(initial=0.0) < FAINT for each in names if each in course)


def chosen(course: xr.Dataset, names: Sequence[str]) -> list[str]:
    """The names to draw; `all` stands for everything that says something. Raises KeyError for a name there is not."""
    known = drawable(course)
    wanted = [each for name in names for each in (telling(course) if name == "all" else [name])]
    for name in wanted:
        if name not in known:
            if name.endswith(tuple(f"_{kind}" for kind in KINDS_IN_SPACE)) and "depth" not in course.sizes:
                raise UnknownNameError(f"{name!r} cannot be drawn: {_WITHOUT_SPACE}")
            raise UnknownNameError(_unknown(name, list(known)))
    return list(dict.fromkeys(wanted))


def _unknown(name: str, known: list[str]) -> str:
    return f"{name!r} cannot be drawn: {near_names(name, known)}`course.cx.readouts()` lists what can"


def near_names(name: str, known: Sequence[str]) -> str:
    """A question that names those that were perhaps meant, a space behind it; empty where none is near."""
    near = get_close_matches(name.removeprefix(TWIN), known, n=3, cutoff=0.5)
    return f"did you mean {' or '.join(map(repr, near))}? " if near else ""


def table(course: xr.Dataset) -> "pd.DataFrame":
    """One row for each name that can be drawn: its kind, unit, grade and meaning."""
    import pandas as pd

    rows = [
        (kind, str(attrs.get("units", "1")), str(attrs.get("evidence_grade", "")), str(attrs.get("long_name", name)))
        for name, kind in drawable(course).items()
        for attrs in [course[name].attrs]
    ]
    index = pd.Index(list(drawable(course)), name="name")
    return pd.DataFrame(rows, columns=["kind", "unit", "grade", "meaning"], index=index)


def spoken(name: str) -> str:
    """A name as people write it: `wrinkle_depth` becomes `Wrinkle depth`."""
    words = name.replace("_", " ")
    words = re.sub(r"\btgf beta(?=[123]\b)", "TGF-β", words)
    words = re.sub(r"\bil10\b", "IL-10", words)
    words = re.sub(SHORT, lambda short: short.group().upper(), words)
    return words[:1].upper() + words[1:]


def meaning_of(variable: xr.DataArray) -> str:
    """What a variable is, without the remarks that follow."""
    text = str(variable.attrs.get("long_name", variable.name))
    return re.split(r"[;:]", text)[0] if not text.startswith("proxy") else text.split(";")[0]


def raised(unit: str) -> str:
    """A unit with its powers above the line: `mm-3 d` becomes `mm⁻³ d`."""
    powers = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
    return re.sub(r"(?<=[A-Za-z])-?[0-9]+", lambda found: found.group().translate(powers), unit)


def printed_unit(unit: str) -> str:
    """A unit as it stands on paper: `ug cm-2` becomes `µg cm⁻²`; empty for a plain number."""
    if unit in UNTOLD_UNITS:
        return ""
    return " ".join(PRINTED_UNITS.get(part, part) for part in raised(unit).split(" "))
