"""A result as one table, for spreadsheets and data frames.

A row for each output time of a course (in space, for each time and position), for each member of a sweep (under each
protocol), for each factor of a sensitivity study and outcome, for each protocol of an optimum, for each parameter of a
calibration.
"""

import io
import json
import os
from typing import TYPE_CHECKING

import numpy as np
import xarray as xr

from cicatrix import _core
from cicatrix._core import write_file
from cicatrix.outcome import Exit, RefusedError

if TYPE_CHECKING:
    import pandas as pd


def export(course: xr.Dataset, path: str | os.PathLike[str], *, form: str) -> None:
    """Writes the table of a result; raises FileError, or RefusedError when Parquet cannot be written here."""
    table = table_of(course)
    content = _csv(table, course) if form == "csv" else _parquet(table, course)
    write_file(os.fspath(path), content)


def export_model(name: str, path: str | os.PathLike[str], *, form: str) -> None:
    """Writes a model, by its id or as a scenario sets it, as SBML or as equations in Markdown.

    A course goes out with its sessions as events, when they are prescribed injuries of all tissue. Raises RefusedError
    for what is neither a model nor a scenario that can be written, FileError.
    """
    if name in _core.models():
        model, settings, sessions = name, {}, []
    else:
        scenario = _core.read_scenario(name)
        if scenario.space and form == "sbml":
            raise RefusedError(Exit.BAD_INPUT, f"{name}: SBML has no space; leave out model.space")
        model, settings = scenario.model, dict(scenario.settings)
        sessions = [(session.at, session.open_area, session.injured_fraction) for session in scenario.sessions]
        if scenario.is_course:
            settings |= _start_of(scenario)
        if any(session.reached_fraction < 1 for session in scenario.sessions):
            raise RefusedError(
                Exit.BAD_INPUT,
                f"{name}: its channels reach a part of the tissue only, and SBML has one tissue; write it with a "
                "prescribed injury (device.kind = 'prescribed')",
            )
    as_sbml = form == "sbml"
    content = _core.sbml(model, sessions=sessions, settings=settings) if as_sbml else _core.equations(model)
    write_file(os.fspath(path), content.encode("utf-8"))


def _start_of(scenario: _core.Scenario) -> dict[str, float]:
    """Age, and the states of the patient's skin on day 0."""
    from cicatrix.course import run

    course = run(scenario)
    states = {row.name: float(course[f"untreated_{row.name}"][0]) for row in _core.states("microneedling")}
    return {**states, "age": float(course.attrs["age_years"])}


def table_of(found: xr.Dataset) -> "pd.DataFrame":
    """What is known of a course at each time, of a sweep for each member, of a study for each factor or protocol.

    A course has columns `time` and each variable over time, the twin's as `untreated_...`; in space also `position`. A
    sweep has a row for each member, or for each member and arm: its factors, outcomes, and what became of it, in words.
    """
    rows = _rows_of(found)
    if rows == ("time",):
        return _table_over_time(found)
    exactly = "position" in rows  # what has no position stands beside what has
    names = [
        name
        for name in (*found.coords, *found.data_vars)
        if found[name].dims and set(found[name].dims) <= set(rows) and name not in rows
        if not exactly or found[name].dims in (("time",), rows)
    ]
    parts = {name: _in_words(found[name].variable) for name in names}
    plain = xr.Dataset(parts, coords={name: found[name].variable for name in rows if name in found.coords})
    return plain.to_dataframe(dim_order=list(rows)).reset_index()


def _rows_of(found: xr.Dataset) -> tuple[str, ...]:
    """The dimensions over which a table goes, the slowest first."""
    if found.attrs.get("study") == "sensitivity":
        first = next(found[name] for name in ("S1", "mu_star") if name in found)
        order = ("arm", "outcome", "factor")
        return tuple(name for name in order if name in first.dims)
    if rows := {"optimum": "candidate", "calibration": "parameter"}.get(str(found.attrs.get("study", ""))):
        return (rows,)
    if "member" in found.dims:
        return ("member", "arm") if "arm" in found.dims else ("member",)
    if "time" not in found.dims:
        raise RefusedError(Exit.BAD_INPUT, "this result is no course, sweep or study: it has no table")
    return ("time", "position") if "position" in found.dims else ("time",)


def _table_over_time(course: xr.Dataset) -> "pd.DataFrame":
    import pandas as pd

    names = [str(name) for name in course.data_vars if course[name].dims == ("time",)]
    return pd.DataFrame({"time": course["time"].values, **{name: course[name].values for name in names}})


def _in_words(variable: xr.Variable) -> xr.Variable:
    """The words of a variable that has numbers for them; empty where a number has none, as for no limiting state."""
    if "flag_meanings" not in variable.attrs:
        return variable
    numbers = [int(number) for number in np.atleast_1d(variable.attrs["flag_values"])]
    words = dict(zip(numbers, str(variable.attrs["flag_meanings"]).split(), strict=True))
    places, inverse = np.unique(variable.values, return_inverse=True)
    texts = np.array([words.get(int(place), "") for place in places], dtype=object)
    return xr.Variable(variable.dims, texts[inverse].reshape(variable.shape), variable.attrs)


def _csv(table: "pd.DataFrame", course: xr.Dataset) -> bytes:
    """The head of each column is `name [unit]`, that of words `name`."""
    import pandas as pd

    heads = [
        f"{name} [{_meaning(course, str(name))['units']}]" if pd.api.types.is_numeric_dtype(table[name]) else str(name)
        for name in table.columns
    ]
    table = table.set_axis(heads, axis=1)
    # Seventeen digits bring every number back to the last bit.
    return table.to_csv(index=False, float_format="%.17g", lineterminator="\n").encode("utf-8")


def _parquet(table: "pd.DataFrame", course: xr.Dataset) -> bytes:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise RefusedError(
            Exit.MISSING, "Parquet needs the package pyarrow, which is not installed: pip install pyarrow (or use csv)"
        ) from None
    arrow = pyarrow.Table.from_pandas(table, preserve_index=False)
    fields = [field.with_metadata(_meaning(course, field.name)) for field in arrow.schema]
    texts = {key: value for key, value in course.attrs.items() if isinstance(value, str)}
    schema = pyarrow.schema(fields, metadata={"cicatrix": json.dumps(texts)})
    stream = io.BytesIO()
    pyarrow.parquet.write_table(arrow.cast(schema), stream)
    return stream.getvalue()


def _meaning(found: xr.Dataset, name: str) -> dict[str, str]:
    attributes = found[name].attrs if name in found.variables else {}
    return {"units": str(attributes.get("units", "1")), "long_name": str(attributes.get("long_name", name))}
