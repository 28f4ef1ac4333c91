"""A course as one table, for spreadsheets and data frames: a row for each output time, a column for each variable.

In space there is a row for each output time and position.
"""

import io
import json
import os
from typing import TYPE_CHECKING

import xarray as xr

from cicatrix import _core
from cicatrix._core import write_file
from cicatrix.outcome import Exit, RefusedError

if TYPE_CHECKING:
    import pandas as pd


def export(course: xr.Dataset, path: str | os.PathLike[str], *, form: str) -> None:
    """Writes what depends on time alone; raises FileError, or RefusedError when Parquet cannot be written here."""
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


def table_of(course: xr.Dataset) -> "pd.DataFrame":
    """Columns `time` and each variable over time, the twin's as `untreated_...`; in space also `position`."""
    import pandas as pd

    if "position" in course.dims:
        over = (("time",), ("time", "position"))
        chosen = course[[name for name in course.data_vars if course[name].dims in over]]
        return chosen.to_dataframe(dim_order=["time", "position"]).reset_index()
    names = [str(name) for name in course.data_vars if course[name].dims == ("time",)]
    return pd.DataFrame({"time": course["time"].values, **{name: course[name].values for name in names}})


def _csv(table: "pd.DataFrame", course: xr.Dataset) -> bytes:
    """The head of each column is `name [unit]`."""
    table = table.set_axis([f"{name} [{_meaning(course[name], name)['units']}]" for name in table.columns], axis=1)
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
    fields = [field.with_metadata(_meaning(course[field.name], field.name)) for field in arrow.schema]
    texts = {key: value for key, value in course.attrs.items() if isinstance(value, str)}
    schema = pyarrow.schema(fields, metadata={"cicatrix": json.dumps(texts)})
    stream = io.BytesIO()
    pyarrow.parquet.write_table(arrow.cast(schema), stream)
    return stream.getvalue()


def _meaning(variable: xr.DataArray, name: str) -> dict[str, str]:
    return {"units": str(variable.attrs.get("units", "1")), "long_name": str(variable.attrs.get("long_name", name))}
