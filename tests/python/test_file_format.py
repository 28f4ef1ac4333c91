"""The result file is netCDF-4 with CF attributes: both xarray engines and ncdump read the same things from it."""

from __future__ import annotations

import importlib.util
import math
import shutil
import subprocess
from pathlib import Path

import pytest
import xarray as xr

ENGINES = {"netcdf4": "netCDF4", "h5netcdf": "h5netcdf"}

# Any other warning of a reader is a failure (pyproject.toml). Debian's netCDF4 was compiled against an older NumPy
# and says so each time; it works.
pytestmark = pytest.mark.filterwarnings("ignore:numpy.ndarray size changed:RuntimeWarning")


def is_installed(module: str) -> bool:
    """Whether the module can be imported."""
    return importlib.util.find_spec(module) is not None


def opened(path: Path, engine: str, group: str | None = None) -> xr.Dataset:
    """All values of one group of a result file, as a newcomer would open it."""
    if not is_installed(ENGINES[engine]):
        pytest.skip(f"not run: {ENGINES[engine]} is not installed")
    with xr.open_dataset(path, engine=engine, group=group) as dataset:
        return dataset.load()


@pytest.fixture(params=sorted(ENGINES))
def engine(request: pytest.FixtureRequest) -> str:
    """Each of the ways in which xarray reads netCDF-4."""
    return str(request.param)


def test_every_dimension_has_a_name_of_its_own(result_file: Path, engine: str) -> None:
    dataset = opened(result_file, engine)
    assert "time" in dataset.sizes
    assert not [name for name in dataset.sizes if str(name).startswith("phony_dim")]


def test_time_stays_a_number_of_days(result_file: Path, engine: str) -> None:
    time = opened(result_file, engine)["time"]
    assert time.dtype == "float64"
    assert time.attrs["units"] == "d"
    assert bool((time.diff("time") > 0).all())
    assert "_FillValue" not in time.encoding


@pytest.mark.parametrize("group", [None, "untreated"])
def test_every_variable_says_what_it_is_and_in_which_unit(result_file: Path, engine: str, group: str | None) -> None:
    dataset = opened(result_file, engine, group)
    bare = [
        f"{name}: {attribute}"
        for name, variable in dataset.variables.items()
        for attribute in ("long_name", "units")
        if not str(variable.attrs.get(attribute, "")).strip()
    ]
    assert not bare


def test_the_untreated_twin_shares_the_time_of_the_course(result_file: Path, engine: str) -> None:
    course, twin = opened(result_file, engine), opened(result_file, engine, "untreated")
    assert twin.sizes["time"] == course.sizes["time"] > 1
    assert [name for name in twin.data_vars if name in course.data_vars and "time" in twin[name].dims]


def test_every_flag_has_a_meaning(result_file: Path, engine: str) -> None:
    status = opened(result_file, engine)["status"]
    assert len(status.attrs["flag_meanings"].split()) == len(status.attrs["flag_values"])
    assert set(status.values.flat) <= set(status.attrs["flag_values"].tolist())


def test_nan_is_declared_as_the_missing_value(result_file: Path, engine: str) -> None:
    doubles = [v for v in opened(result_file, engine).data_vars.values() if v.dtype == "float64"]
    assert doubles
    assert not [v.name for v in doubles if not math.isnan(v.encoding.get("_FillValue", 0.0))]


@pytest.mark.parametrize("group", [None, "untreated"])
def test_both_engines_read_the_same(result_file: Path, group: str | None) -> None:
    first, second = (opened(result_file, engine, group) for engine in sorted(ENGINES))
    assert first.identical(second)


def test_ncdump_reads_the_header_without_complaint(result_file: Path) -> None:
    ncdump = shutil.which("ncdump")
    if ncdump is None:
        pytest.skip("not run: ncdump is not installed")
    done = subprocess.run([ncdump, "-h", str(result_file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stderr == ""
    assert "double time(time) ;" in done.stdout
    assert "group: untreated {" in done.stdout


def test_nothing_is_left_beside_the_result(result_file: Path) -> None:
    assert not list(result_file.parent.glob("*.part"))
