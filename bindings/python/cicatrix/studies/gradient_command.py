"""The command `cicatrix gradient`."""

import argparse
import math
from typing import Any

import pandas as pd

from cicatrix.commands import refuse_overwriting
from cicatrix.outcome import Exit, RefusedError
from cicatrix.plain_json import print_json
from cicatrix.storage import require_place
from cicatrix.studies.drawing import write_figure
from cicatrix.studies.gradient import gradient as find_gradient
from cicatrix.studies.tornado import tornado
from cicatrix.studies.tornado_figure import tornado_figure, tornado_words
from cicatrix.sweeps.sources import described_in

LISTED = 12  # parameters of an outcome that are printed when none was asked for


def gradient(options: argparse.Namespace) -> Exit:
    """Says how much each outcome changes with each parameter."""
    source = described_in(options.scenario)
    if options.figure and len(options.outcome) != 1:
        raise RefusedError(Exit.USAGE, f"--figure draws one outcome, and {len(options.outcome)} are asked for")
    if options.figure:
        refuse_overwriting(source, options.figure)
        require_place(options.figure)
    try:
        table = find_gradient(source, options.outcome, options.parameter or None, threads=options.threads)
        if options.figure:
            ends = tornado(source, options.outcome[0], options.parameter or None, threads=options.threads)
            write_figure(tornado_figure(ends), tornado_words(ends), options.figure)
    except ValueError as error:
        if hasattr(error, "problems"):  # a fault of the scenario, which says by itself where
            raise
        raise RefusedError(Exit.USAGE, str(error)) from None
    names = [str(name) for name in table.index]
    if options.json:
        print_json({"scenario": str(source), "outcomes": [_told(table, name) for name in names]})
    else:
        print("\n\n".join(_text(table, name, bool(options.parameter)) for name in names))
        if obstacles := table.attrs["obstacles"]:
            print("\n" + "\n".join(f"no derivative by {name}: {why}" for name, why in obstacles.items()))
        if options.figure:
            print(f"\nfigure  {options.figure}")
    return Exit.DONE


def _numbers(table: pd.DataFrame, outcome: str) -> dict[str, tuple[float, float]]:
    """Of each parameter the derivative, and the per cent of the outcome for each per cent of it."""
    value = table.attrs["values"][outcome]
    found = {}
    for name, at in table.attrs["at"].items():
        slope = float(table[name].to_numpy()[table.index.get_loc(outcome)])
        if name not in table.attrs["obstacles"]:
            found[name] = slope, slope * at / value if value else math.nan
    return found


def _text(table: pd.DataFrame, outcome: str, asked: bool) -> str:
    numbers = _numbers(table, outcome)
    order = sorted(numbers, key=lambda name: (math.isnan(numbers[name][1]), -abs(numbers[name][1])))
    shown = order if asked else order[:LISTED]
    unit = table.attrs["units"][outcome]
    head = f"{outcome}: {table.attrs['values'][outcome]:.6g}{'' if unit == '1' else ' ' + unit}"
    wide = max([len("parameter"), *map(len, shown)])
    units = {name: derivative_unit(unit, table.attrs["parameter_units"][name]) for name in shown}
    far = max([len("unit"), *map(len, units.values())])
    rows = [f"  {'parameter':<{wide}}  {'derivative':>12}  {'unit':<{far}}  per cent for one per cent"]
    rows += [
        f"  {name:<{wide}}  {numbers[name][0]:>12.5g}  {units[name]:<{far}}  {numbers[name][1]:>12.4g}"
        for name in shown
    ]
    if len(shown) < len(order):
        rows.append(f"  {len(shown)} of {len(order)} parameters; --json tells all")
    return "\n".join([head, *rows])


def derivative_unit(outcome: str, parameter: str) -> str:
    """The unit of an outcome over that of a parameter: `um per (1/d)`; `1` where both are plain numbers."""
    if parameter in ("", "1"):
        return outcome
    below = f"({parameter})" if set(" /") & set(parameter) else parameter
    return f"per {below}" if outcome == "1" else f"{outcome} per {below}"


def _told(table: pd.DataFrame, outcome: str) -> dict[str, Any]:
    by = _numbers(table, outcome)
    return {
        "outcome": outcome,
        "value": table.attrs["values"][outcome],
        "unit": table.attrs["units"][outcome],
        "parameters": {
            name: {
                "derivative": slope,
                "unit": derivative_unit(table.attrs["units"][outcome], table.attrs["parameter_units"][name]),
                "elasticity": share,
            }
            for name, (slope, share) in by.items()
        },
        "obstacles": table.attrs["obstacles"],
    }
