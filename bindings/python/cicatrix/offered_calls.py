"""Which calls of the accessor are for which kind of Dataset, and what is said to those that are for another."""

from collections.abc import Sequence

import numpy as np
import xarray as xr

from cicatrix.result_kinds import kind_of_study
from cicatrix.told_errors import UnusableError

OF_A_COURSE = ("effect", "milestones", "headline", "explain", "table", "plot", "section", "against", "readouts")
DRAWN_STUDIES = ("sensitivity", "optimum", "tornado")
MAKES_A_SWEEP = 'cicatrix.sweep("cohort"), or of a scenario of your own with a table [sweep], makes one'


def offered(found: xr.Dataset) -> tuple[str, ...]:
    """The calls that answer something of this Dataset, for Tab."""
    if "study" in found.attrs:
        return ("plot", "table") if found.attrs["study"] in DRAWN_STUDIES else ("table",)
    if is_sweep(found):
        return _of_a_sweep(found)
    if _model(found) == "microneedling":
        return OF_A_COURSE
    from cicatrix.position_figures import lines

    return ("plot", "table", "readouts") if lines(found) else ("table", "readouts")


def _of_a_sweep(sweep: xr.Dataset) -> tuple[str, ...]:
    from cicatrix.studies.bands_figure import quantities_of

    paired = ("paired",) if sweep.sizes.get("arm", 1) > 1 else ()
    bands = ("bands",) if quantities_of(sweep) else ()
    return ("plot", "table", "grid", *paired, *bands)


def is_sweep(found: xr.Dataset) -> bool:
    """True for the outcomes of many members; courses side by side are none."""
    from cicatrix.studies.factor_grid import outcomes_of

    return "member" in found.dims and bool(outcomes_of(found))


def require_sweep(found: xr.Dataset, call: str) -> None:
    """Raises ValueError where a call for sweeps is made of something else; says what makes a sweep."""
    if "study" in found.attrs or "member" not in found.dims:
        raise UnusableError(f"{call} is for sweeps, and this is {_kind(found)}; {MAKES_A_SWEEP}")


def require_course(found: xr.Dataset, call: str) -> None:
    """Raises ValueError where a call for a single course is made of a sweep or a study; says what makes a course."""
    if "study" in found.attrs or is_sweep(found):
        ways = "cicatrix.run makes a course, `cicatrix run DIR --member N` one of a member of a stored sweep"
        raise UnusableError(f"{call} is for a single course, and this is {_kind(found)}; {ways}")


def require_days(days: Sequence[object]) -> None:
    """Raises ValueError for days that are no numbers."""
    for day in days:
        if isinstance(day, bool) or not isinstance(day, int | float | np.number):
            raise UnusableError(f"a day is a number, such as section(3, 30, 180); this is {day!r}")


def _kind(found: xr.Dataset) -> str:
    if "study" in found.attrs:
        return kind_of_study(found.attrs)
    if is_sweep(found):
        return "a sweep"
    if "scenario_toml" not in found.attrs:
        return "a Dataset without a scenario"
    return "a single course" if _model(found) == "microneedling" else f"a run of the model {_model(found)}"


def _model(found: xr.Dataset) -> str:
    return str(found.attrs.get("model", "microneedling"))
