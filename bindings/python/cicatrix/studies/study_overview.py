"""What a sweep or a study says of itself where it is looked at."""

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import xarray as xr

from cicatrix.overview import Overview
from cicatrix.readouts import printed_unit
from cicatrix.result_kinds import kind_of_study
from cicatrix.studies.factor_grid import MISSED, PERSON, factors_of, missed_counts, outcomes_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from cicatrix.theme import Palette

MOST_ROWS = 8
HIDDEN = frozenset({"grade", "meaning", "pairs", "without_value", "distribution"})  # columns that a glance can miss
DRAWN = ("sensitivity", "optimum")  # studies with a figure
# What the attributes of a study are called, in the order in which they are shown.
TOLD = {
    "minimise": "minimised",
    "maximise": "maximised",
    "subject_to": "subject to",
    "choices": "chosen",
    "told": "told",
    "widest": "widest interval",
    "evaluations": "runs",
    "stopped": "stopped",
}


def study_overview(found: xr.Dataset) -> Overview:
    """The overview of the many members of a sweep, or of a study."""
    return _study(found) if "study" in found.attrs else _sweep(found)


def _sweep(sweep: xr.Dataset) -> Overview:
    from cicatrix.headline import caution
    from cicatrix.studies.bands_figure import quantities_of

    outcomes = outcomes_of(sweep)
    facts = [
        ("members", _members(sweep)),
        ("varies", "; ".join(_range(sweep, name) for name in factors_of(sweep) if name != PERSON)),
    ]
    facts += [("ended", _endings(sweep))]
    calls = [("sweep.cx.table()", "a row for each member and protocol")]
    if outcomes:
        calls = [(f'sweep.cx.plot("{outcomes[0]}")', "an outcome over what varies"), *calls]
        if "arm" in sweep.dims and sweep.sizes["arm"] > 1:
            calls.append(
                (f'sweep.cx.paired("{outcomes[0]}")', "the difference between two protocols, person by person")
            )
    if quantities := list(quantities_of(sweep)):
        calls.append((f'sweep.cx.bands("{quantities[0]}")', "median and bands of the members over time"))
    return Overview(
        kind="sweep",
        title=_title(sweep),
        sentence=str(sweep.attrs.get("summary", "")),
        caution=caution(sweep),
        facts=[(name, text) for name, text in facts if text],
        head=["outcome", "unit", "smallest", "median", "largest"] if outcomes else [],
        rows=[row for name in outcomes for row in _outcome_rows(sweep, name)],
        caption="Over all members",
        calls=calls,
        drawn=lambda palette: _drawn(sweep, palette),
        points=int(sweep.sizes["member"]) if "member" in sweep.dims else 0,
    )


def _drawn(found: xr.Dataset, palette: "Palette") -> "tuple[Figure, str]":
    from cicatrix.studies.drawing import figure_of

    return figure_of(found, palette=palette)


def _members(sweep: xr.Dataset) -> str:
    count = f"{sweep.sizes['member']}"
    if "arm" not in sweep.dims:
        return count
    return f"{count}, each under {', '.join(map(str, sweep['arm'].values))}"


def _range(sweep: xr.Dataset, name: str) -> str:
    """A factor with the values that it takes, or with their ends; of missed sessions how many they are."""
    if name == MISSED:
        counts = missed_counts(sweep)
        return f"missed sessions from {counts.min():g} to {counts.max():g}"
    values = sweep[name].values
    unit = printed_unit(str(sweep[name].attrs.get("units", "1")))
    if values.dtype.kind in "OUS":
        words = list(dict.fromkeys(map(str, values)))
        return f"{name}: {', '.join(words)}" if len(words) <= 4 else f"{name}: {len(words)} choices"
    return f"{name} from {np.nanmin(values):.4g} to {np.nanmax(values):.4g} {unit}".rstrip()


def _endings(sweep: xr.Dataset) -> str:
    """How many members ended in which way; empty when all are done."""
    if "status" not in sweep or "flag_meanings" not in sweep["status"].attrs:
        return ""
    status = sweep["status"]
    numbers = [int(number) for number in np.atleast_1d(status.attrs["flag_values"])]
    words = dict(zip(numbers, str(status.attrs["flag_meanings"]).split(), strict=False))
    counted = Counter(words.get(int(value), "unknown") for value in status.values.ravel())
    return "" if set(counted) == {"done"} else ", ".join(f"{n} {word.replace('_', ' ')}" for word, n in counted.items())


def _outcome_rows(sweep: xr.Dataset, name: str) -> list[list[str]]:
    unit = printed_unit(str(sweep[name].attrs.get("units", "1")))
    if "arm" not in sweep[name].dims:
        return [[name, unit, *_spread(sweep[name])]]
    arms = [str(arm) for arm in sweep["arm"].values]
    return [[f"{name}, {arm}", unit, *_spread(sweep[name].sel(arm=arm))] for arm in arms]


def _spread(values: xr.DataArray) -> list[str]:
    known = values.values[np.isfinite(values.values)]
    if not known.size:
        return ["no value", "", ""]
    return [f"{value:.4g}" for value in (known.min(), np.median(known), known.max())]


def _study(study: xr.Dataset) -> Overview:
    from cicatrix.headline import caution

    kind = str(study.attrs["study"])
    table = study.cx.table()
    columns = [name for name in table.columns if not HIDDEN & {str(name)} and not str(name).endswith("units")]
    calls = [("study.cx.plot()", "the same as a picture to keep")] if kind in DRAWN else []
    calls.append(("study.cx.table()", f"the whole table: {len(table)} x {len(table.columns)}"))
    values = table[columns].head(MOST_ROWS).to_numpy(dtype=object)
    return Overview(
        kind=kind_of_study(study.attrs).removeprefix("an ").removeprefix("a "),
        title=_title(study),
        caution=caution(study),
        facts=[(word, str(study.attrs[key])) for key, word in TOLD.items() if str(study.attrs.get(key, ""))],
        head=[str(name) for name in columns],
        rows=[[_shown(value) for value in row] for row in values],
        caption=f"The first {MOST_ROWS} of {len(table)} rows" if len(table) > MOST_ROWS else "",
        calls=calls,
        drawn=(lambda palette: _drawn(study, palette)) if kind in DRAWN else None,
        points=max(map(int, study.sizes.values()), default=0),
    )


def _shown(value: object) -> str:
    return f"{value:.3g}" if isinstance(value, float | np.floating) else str(value)


def _title(found: xr.Dataset) -> str:
    return str(found.attrs.get("title", "")) or "without a title"
