"""What a sensitivity study says in words: which factors matter, what rests on assumptions, what to measure first."""

import math
from dataclasses import dataclass

import numpy as np
import xarray as xr

from cicatrix.percent import share_text

TO_MEASURE = 3
MEASURED = ("", "A")  # grades of what no measurement can help: choices of the scenario, and what has been measured
SHOWN = 0.01  # of the variance, or of the largest effect; factors below it are only counted
MOST = 15  # rows of a table
NO_INTERVAL = "no interval"
WHY_NO_INTERVAL = (
    "no interval: drawn again from so few samples, the outcome does not always vary; more samples give one"
)


@dataclass(frozen=True)
class Measurement:
    """A parameter that is worth measuring."""

    name: str
    grade: str
    share: float  # of the variance that would go


def outcomes_of(study: xr.Dataset) -> list[tuple[str, dict[str, str]]]:
    """Each outcome, once for each protocol, as it is called and where it stands."""
    names = [str(name) for name in study["outcome"].values]
    if "arm" not in study.dims:
        return [(name, {"outcome": name}) for name in names]
    arms = [str(arm) for arm in study["arm"].values]
    return [(f"{name} ({arm})", {"outcome": name, "arm": arm}) for arm in arms for name in names]


def to_measure(study: xr.Dataset, where: dict[str, str]) -> list[Measurement]:
    """The three parameters whose measurement would take most from the spread of an outcome, largest first.

    A measurement that leaves nothing open takes S1 of the variance away, on average. Those of grade A are left out, and
    those whose S1 cannot be told from 0.
    """
    share = np.asarray(study["S1"].sel(where).values, dtype=float)
    low = np.asarray(study["S1_low"].sel(where).values, dtype=float)
    grades = [str(grade) for grade in study["grade"].values]
    useful = [i for i, grade in enumerate(grades) if grade not in MEASURED and low[i] > 0]
    useful.sort(key=lambda i: -share[i])
    return [Measurement(str(study["factor"].values[i]), grades[i], float(share[i])) for i in useful[:TO_MEASURE]]


def sentences(study: xr.Dataset, where: dict[str, str]) -> list[str]:
    """How much of the spread each grade of evidence makes, and what to measure first; why not where that is so."""
    name = where["outcome"]
    if study.attrs["method"] != "sobol":
        return []
    if not np.isfinite(study["ST"].sel(where).values).any():
        unit = str(study["outcome_units"].sel(outcome=name).values)
        value = float(study["mean"].sel(where))
        always = f"{value:.4g} {'' if unit == '1' else unit}".rstrip() if np.isfinite(value) else "never a number"
        return [f"{name} does not vary: {always} in every sample."]
    told: list[str] = []
    if "group" in study.dims and study.sizes["group"] > 1:
        told = [_group_text(study, where, str(group)) for group in study["group"].values]
    if best := to_measure(study, where):
        listed = ", ".join(f"{row.name} ({_grade_text(row.grade)}, {share_text(row.share)})" for row in best)
        together = share_text(min(sum(row.share for row in best), 1.0))
        count = ("this", "these two", "these three")[len(best) - 1]
        told.append(f"Measure {count} first: {listed}. To know {count} exactly takes away {together} of the spread.")
    return told


def _grade_text(grade: str) -> str:
    return f"grade {grade}" if len(grade) == 1 else grade


def _group_text(study: xr.Dataset, where: dict[str, str], group: str) -> str:
    alone, with_others = (
        float(study[f"group_{index}"].sel(where, drop=True).sel(group=group)) for index in ("S1", "ST")
    )
    factors = str(study["group_factors"].sel(group=group).values).split("; ")
    count = "1 factor" if len(factors) == 1 else f"{len(factors)} factors"
    return f"{group} ({count}): {_share(alone)} of the spread by itself, {_share(with_others)} with interactions."


def _share(value: float) -> str:
    """A share of the variance; what is below 0 is scatter of the estimate."""
    return share_text(min(max(value, 0.0), 1.0))


def table_text(study: xr.Dataset, where: dict[str, str]) -> str:
    """The factors of an outcome with their numbers and intervals, the largest first."""
    sobol = study.attrs["method"] == "sobol"
    key = "ST" if sobol else "mu_star"
    sizes = np.asarray(study[key].sel(where).values, dtype=float)
    if not np.isfinite(sizes).any():
        return ""
    order = [int(i) for i in np.argsort(-np.nan_to_num(sizes), kind="stable")]
    least = SHOWN if sobol else SHOWN * float(np.nanmax(sizes))
    shown = [i for i in order if sizes[i] >= least][:MOST]
    width = max(len("factor"), *(len(str(name)) for name in study["factor"].values))
    columns = ("S1", "ST") if sobol else ("mu_star",)
    head = f"{'factor':{width}}  {'grade':8}" + "".join(f"  {column:24}" for column in columns)
    lines = [head.rstrip() if sobol else f"{head}  mu        sigma"]
    lines += [_row_text(study, where, i, width, columns) for i in shown]
    if left := len(order) - len(shown):
        lines.append(f"and {left} more, the largest of them {sizes[order[len(shown)]]:.2g}")
    if any(NO_INTERVAL in line for line in lines):
        lines.append(WHY_NO_INTERVAL)
    return "\n".join(lines)


def _row_text(study: xr.Dataset, where: dict[str, str], row: int, width: int, columns: tuple[str, ...]) -> str:
    at = study.isel(factor=row).sel(where)
    grade = str(at["grade"].values) or "-"
    text = f"{at['factor'].item():{width}}  {grade:8}"
    for column in columns:
        value, low, high = (float(at[f"{column}{end}"]) for end in ("", "_low", "_high"))
        text += f"  {_cell(value, low, high, '.3g' if column == 'mu_star' else '.3f'):24}"
    if "sigma" in study:
        text += f"  {float(at['mu']):<8.3g}  {float(at['sigma']):<8.3g}"
    return text.rstrip()


def _cell(value: float, low: float, high: float, form: str) -> str:
    if not (math.isfinite(low) and math.isfinite(high)):
        return f"{value:{form}} ({NO_INTERVAL})"
    return f"{value:{form}} ({low:{form}} to {high:{form}})"
