"""What a sensitivity study found, as a Dataset that says by itself what each number means."""

from typing import Any

import numpy as np
import xarray as xr

import cicatrix.accessor  # noqa: F401  (which gives every Dataset its `.cx`)
from cicatrix import _core
from cicatrix.studies.asked_sweep import Sweep, outcomes_of
from cicatrix.studies.draws import Array
from cicatrix.studies.elementary_effects import Effects
from cicatrix.studies.factor_sets import FactorSets
from cicatrix.studies.run_sums import LEVEL
from cicatrix.studies.sobol_indices import Indices

FIRST = "share of the variance that would go if this were known exactly (first order)"
TOTAL = "share of the variance that would stay if all but this were known exactly (total order)"
SIZE = "mean absolute change of the outcome over the whole range of the factor (mu*)"


def indices_dataset(sweep: Sweep, sets: FactorSets, found: Indices, stopped: str) -> xr.Dataset:
    """First and total order with their intervals over (factor, outcome), and the same of groups as `group_...`."""
    tables = {
        "S1": (found.first, FIRST),
        "S1_low": (found.first_low, f"lower end of the interval of S1, {_percent()}"),
        "S1_high": (found.first_high, f"upper end of the interval of S1, {_percent()}"),
        "ST": (found.total, TOTAL),
        "ST_low": (found.total_low, f"lower end of the interval of ST, {_percent()}"),
        "ST_high": (found.total_high, f"upper end of the interval of ST, {_percent()}"),
        "pairs": (found.pairs, "samples behind the indices: those in which no member that they take had failed"),
    }
    study = _study(sweep, sets, tables, {"units": "1"})
    dimensions = study.attrs.pop("outcome_dimensions").split()
    study["mean"] = dimensions, _shaped(sweep, found.mean), {"long_name": "mean of the outcome"}
    study["variance"] = dimensions, _shaped(sweep, found.variance), {"long_name": "variance of the outcome"}
    counts = {"samples": found.samples, "evaluations": found.evaluations}
    return _finished(study, sweep, "sobol", counts, found.without_value, stopped, dimensions)


def effects_dataset(sweep: Sweep, sets: FactorSets, found: Effects, stopped: str) -> xr.Dataset:
    """Elementary effects with the interval of their size over (factor, outcome), and those of groups."""
    tables = {
        "mu_star": (found.size, SIZE),
        "mu_star_low": (found.size_low, f"lower end of the interval of mu_star, {_percent()}"),
        "mu_star_high": (found.size_high, f"upper end of the interval of mu_star, {_percent()}"),
        "mu": (found.mean, "mean change of the outcome over the whole range of the factor"),
        "sigma": (found.spread, "standard deviation of that change from place to place: curvature and interaction"),
        "pairs": (found.pairs, "trajectories behind the numbers: those in which no member that they take had failed"),
    }
    study = _study(sweep, sets, tables, {})
    dimensions = study.attrs.pop("outcome_dimensions").split()
    counts = {"trajectories": found.trajectories, "evaluations": found.evaluations}
    return _finished(study, sweep, "morris", counts, found.without_value, stopped, dimensions)


def _percent() -> str:
    return f"bootstrap, {100 * LEVEL:.0f} %"


def _study(
    sweep: Sweep, sets: FactorSets, tables: dict[str, tuple[Array, str]], attributes: dict[str, str]
) -> xr.Dataset:
    """The tables over factors and over groups, with what is known of factors and outcomes."""
    factors, outcomes, arms = list(sweep.factors), outcomes_of(sweep), list(sweep.arms)
    dimensions = ["arm", "outcome"] if len(arms) > 1 else ["outcome"]
    variables: dict[str, Any] = {}
    for kind, named in (("factor", sets.factors), ("group", sets.groups)):
        rows = sets.rows(named)
        for name, (values, told) in tables.items():
            shaped = np.stack([_shaped(sweep, row) for row in values[rows]]) if rows else np.zeros((0,))
            key = name if kind == "factor" else f"group_{name}"
            if rows:
                variables[key] = ([kind, *dimensions], shaped, {**attributes, "long_name": told})
    coordinates: dict[str, Any] = {
        "factor": ("factor", list(sets.factors), {"long_name": "what is varied"}),
        "grade": ("factor", [factor.grade for factor in factors], {"long_name": "grade of evidence"}),
        "factor_units": ("factor", [factor.unit for factor in factors], {"long_name": "unit of the factor"}),
        "distribution": ("factor", [factor.distribution for factor in factors], {"long_name": "how it is varied"}),
        "outcome": ("outcome", [outcome.name for outcome in outcomes], {"long_name": "what is asked"}),
        "outcome_units": ("outcome", [outcome.unit for outcome in outcomes], {"long_name": "unit of the outcome"}),
        "meaning": ("outcome", [outcome.meaning for outcome in outcomes], {"long_name": "what the outcome is"}),
    }
    if sets.groups:
        members = ["; ".join(factors[column].name for column in columns) for columns in sets.groups.values()]
        coordinates["group"] = "group", list(sets.groups), {"long_name": "factors taken together"}
        coordinates["group_factors"] = "group", members, {"long_name": "factors of the group"}
    if len(arms) > 1:
        coordinates["arm"] = "arm", arms, {"long_name": "protocol"}
    return xr.Dataset(variables, coords=coordinates, attrs={"outcome_dimensions": " ".join(dimensions)})


def _shaped(sweep: Sweep, row: Array) -> Array:
    """A value for each column as (arms, outcomes), or outcomes alone where there is one arm."""
    arms, outcomes = len(sweep.arms), len(outcomes_of(sweep))
    return row.reshape(arms, outcomes) if arms > 1 else row


def _finished(
    study: xr.Dataset,
    sweep: Sweep,
    method: str,
    counts: dict[str, int],
    without_value: Array,
    stopped: str,
    dimensions: list[str],
) -> xr.Dataset:
    told = "evaluations that gave no number, because the member failed or never came there"
    study["without_value"] = dimensions, _shaped(sweep, without_value), {"long_name": told, "units": "1"}
    study.attrs = {
        "title": sweep.scenario.title,
        "study": "sensitivity",
        "method": method,
        **counts,
        "stopped": stopped,
        "seed": sweep.seed,
        "interval": _percent(),
        "scenario_toml": sweep.scenario.text,
        "scenario_resolved": sweep.scenario.resolved,
        "version": _core.version,
        "git_commit": _core.git_commit,
        "calibrated": "no",
    }
    return study
