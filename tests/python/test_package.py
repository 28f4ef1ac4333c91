"""The package: a cheap import, courses that survive a file, effects and milestones that can be checked on paper."""

from __future__ import annotations

import ast
import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr

import cicatrix as cx
from cicatrix import _core
from cicatrix.comparison import differing_bits
from cicatrix.course import failure_text


@pytest.fixture(scope="module")
def scenario(root: Path) -> Path:
    return root / "scenarios" / "single_session.toml"


@pytest.fixture(scope="module")
def course(scenario: Path) -> xr.Dataset:
    return cx.run(scenario)


@pytest.fixture(scope="module")
def long_scenario() -> cx.Scenario:
    """Needs some tenths of a second, long enough to be watched and stopped."""
    text = """
title = "Every week for ten years"
patient.age = "25 years"
device.kind = "prescribed"
device.injured_fraction = 0.01
protocol.sessions = "every 1 week x 500"
simulation.duration = "20 years"
simulation.outputs = "daily"
simulation.rtol = 1e-9
"""
    return cx.parse_scenario(text, "long.toml")


def python(program: str) -> str:
    finished = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    return finished.stdout.strip()


def test_the_import_is_cheap_and_brings_nothing_heavy() -> None:
    program = (
        "import sys, time; begun = time.perf_counter(); import cicatrix; spent = time.perf_counter() - begun\n"
        "heavy = {'numpy', 'xarray', 'pandas', 'matplotlib', 'cicatrix._core'} & set(sys.modules)\n"
        "assert not heavy, heavy; print(spent)"
    )
    assert min(float(python(program)) for _ in range(3)) < 0.150


def test_every_public_name_is_there_and_listed() -> None:
    assert sorted(cx.__all__) == list(cx.__all__)
    for name in cx.__all__:
        assert getattr(cx, name) is not None
    assert sorted(dir(cx)) == sorted([*cx.__all__, "__version__"])
    assert isinstance(cx.__version__, str)
    with pytest.raises(AttributeError, match="no attribute 'sweeep'"):
        cx.sweeep  # noqa: B018


def test_the_types_of_the_core_name_what_it_has_and_nothing_else(root: Path) -> None:
    stub = ast.parse((root / "bindings" / "python" / "cicatrix" / "_core.pyi").read_text(encoding="utf-8"))
    classes = {node.name: node for node in stub.body if isinstance(node, ast.ClassDef)}
    functions = {node.name: node for node in stub.body if isinstance(node, ast.FunctionDef)}
    values = {
        node.target.id for node in stub.body if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }
    there = {name for name in vars(_core) if not name.startswith("_")}
    assert {*classes, *functions, *values} - {"Attribute"} == there
    for name, node in classes.items():
        if not issubclass(vars(_core)[name], Exception):  # an exception gets its values when it is raised
            members = {member.name for member in node.body if isinstance(member, ast.FunctionDef)}
            told = {member for member in members if not member.startswith("_")}
            assert told == {member for member in vars(vars(_core)[name]) if not member.startswith("_")}, name
    for name, function in functions.items():
        signature = str(vars(_core)[name].__doc__).splitlines()[0]
        parts = [*function.args.args, *function.args.kwonlyargs]
        assert [part.arg for part in parts] == re.findall(r"(\w+):", signature), name


def test_a_course_carries_units_and_its_scenario(course: xr.Dataset, scenario: Path) -> None:
    assert course["time"].attrs["units"] == "d"
    assert course.attrs["scenario_toml"] == scenario.read_text(encoding="utf-8")
    assert course.attrs["calibrated"] == "no"
    for name in course.data_vars:
        if course[name].dims == ("time",):
            assert course[name].attrs["units"]
            assert course[name].attrs["long_name"]


def test_what_is_saved_is_what_was_run(course: xr.Dataset, tmp_path: Path) -> None:
    cx.save(course, tmp_path / "course.nc")
    stored = cx.open(tmp_path / "course.nc")
    assert not differing_bits(course, stored)
    assert set(stored.attrs) == set(course.attrs)
    for name, variable in course.variables.items():
        assert told(stored.variables[name].attrs) == told(variable.attrs), name


def told(attributes: dict[Any, Any]) -> dict[str, str]:
    return {str(key): str(np.asarray(value).tolist()) for key, value in attributes.items()}


def test_an_opened_course_is_saved_byte_for_byte(course: xr.Dataset, tmp_path: Path) -> None:
    cx.save(course, tmp_path / "first.nc")
    cx.save(cx.open(tmp_path / "first.nc"), tmp_path / "second.nc")
    assert (tmp_path / "first.nc").read_bytes() == (tmp_path / "second.nc").read_bytes()


def test_a_part_of_a_course_is_not_saved_as_the_whole(course: xr.Dataset, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="to_netcdf"):
        cx.save(course.isel(time=slice(0, 3)), tmp_path / "part.nc")
    assert not list(tmp_path.iterdir())


def test_an_opened_file_is_closed_again(result_file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.nc"
    copy.write_bytes(result_file.read_bytes())
    opened = cx.open(copy)
    copy.unlink()
    assert np.isfinite(opened["collagen_total"].values).all()


def test_progress_is_told_and_can_stop_the_run(long_scenario: cx.Scenario) -> None:
    shares: list[float] = []

    def note(share: float) -> bool:
        shares.append(share)
        return len(shares) < 2

    with pytest.raises(KeyboardInterrupt):
        cx.run(long_scenario, progress=note)
    assert 0.0 <= shares[0] <= shares[1] < 1.0


def test_other_threads_go_on_during_a_run(long_scenario: cx.Scenario) -> None:
    running, ticks = threading.Event(), [0]

    def tick() -> None:
        while running.is_set():
            ticks[0] += 1
            time.sleep(0.001)

    running.set()
    thread = threading.Thread(target=tick)
    thread.start()
    begun = time.monotonic()
    _core.run(long_scenario)
    spent, seen = time.monotonic() - begun, ticks[0]
    running.clear()
    thread.join()
    assert seen > 50 * spent


def run_often(scenario: cx.Scenario) -> None:
    for _ in range(1000):
        _core.run(scenario)


def test_ctrl_c_stops_a_run_within_a_second(long_scenario: cx.Scenario) -> None:
    pressed: list[float] = []

    def press() -> None:
        pressed.append(time.monotonic())
        os.kill(os.getpid(), signal.SIGINT)

    usual = signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job ignores it
    try:
        threading.Timer(0.1, press).start()
        with pytest.raises(KeyboardInterrupt):
            run_often(long_scenario)
        assert time.monotonic() - pressed[0] < 1.0
    finally:
        signal.signal(signal.SIGINT, usual)


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("missing.nc", None, "no_input"),
        ("text.nc", b"not netCDF at all", "corrupt"),
        ("empty.nc", b"", "corrupt"),
        ("cut.nc", b"\x89HDF\r\n\x1a\n" + bytes(64), "corrupt"),
    ],
)
def test_a_file_that_is_no_result_is_refused_by_name(
    tmp_path: Path, name: str, content: bytes | None, fault: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(cx.FileError, match=name) as caught:
        cx.open(path)
    assert (caught.value.fault, caught.value.path) == (fault, str(path))


def test_a_folder_is_no_input(tmp_path: Path) -> None:
    with pytest.raises(cx.FileError) as caught:
        cx.open(tmp_path)
    assert caught.value.fault == "no_input"


def test_a_truncated_result_is_refused(result_file: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.nc"
    cut.write_bytes(result_file.read_bytes()[:-2000])
    with pytest.raises(cx.FileError) as caught:
        cx.open(cut)
    assert caught.value.fault == "corrupt"


def test_netcdf_of_others_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.nc"
    xr.Dataset({"rain": ("day", [1.0, 2.0])}).to_netcdf(path, engine="h5netcdf")
    with pytest.raises(cx.FileError) as caught:
        cx.open(path)
    assert caught.value.fault == "corrupt"


def test_shipped_scenarios_have_no_problem_and_a_misspelt_key_has_one(root: Path, tmp_path: Path) -> None:
    assert {path.name for path in cx.scenarios()} == {path.name for path in (root / "scenarios").rglob("*.toml")}
    assert all(cx.check(path) == [] for path in cx.scenarios())
    broken = tmp_path / "broken.toml"
    broken.write_text((root / "scenarios" / "single_session.toml").read_text() + "\n[deivce]\nkind = 'pen'\n")
    (problem,) = cx.check(broken)
    assert "deivce" in problem.text
    assert str(broken) in problem.text
    with pytest.raises(cx.InputError) as caught:
        cx.run(broken)
    assert [each.code for each in caught.value.problems] == [problem.code]
    assert isinstance(caught.value, ValueError)


def test_the_effect_is_the_difference_to_the_twin(course: xr.Dataset) -> None:
    effect = course.cx.effect("collagen_total")
    assert np.array_equal(effect.values, course["collagen_total"].values - course["untreated_collagen_total"].values)
    assert effect.attrs["units"] == course["collagen_total"].attrs["units"]
    assert "effect" in effect.attrs["long_name"]
    assert np.array_equal(course.isel(time=slice(3, 9)).cx.effect("collagen_total"), effect.isel(time=slice(3, 9)))


def test_the_effect_of_what_has_no_twin_names_what_has(course: xr.Dataset) -> None:
    with pytest.raises(KeyError, match="collagen_total"):
        course.cx.effect("collagen_totl")


def test_the_relative_effect_is_the_share_of_the_twin(course: xr.Dataset) -> None:
    share = course.cx.effect("collagen_i_mature", relative=True)
    twin = course["untreated_collagen_i_mature"]
    assert np.allclose(share * twin, course.cx.effect("collagen_i_mature"), rtol=0, atol=1e-15)
    assert share.attrs["units"] == "1"
    assert "untreated" in share.attrs["long_name"]
    assert course.cx.effect("inflammation", relative=True).isnull().all()  # untreated skin has none


def test_a_difference_does_not_carry_the_formula_of_its_variable(course: xr.Dataset) -> None:
    assert "formula" in course["collagen_total"].attrs
    assert "formula" not in course.cx.effect("collagen_total").attrs


def test_a_dataset_without_twin_is_told_how_to_get_one(course: xr.Dataset) -> None:
    plain = course[["collagen_total"]]
    with pytest.raises(AttributeError, match=r"cicatrix\.open"):
        plain.cx.effect("collagen_total")


@pytest.mark.parametrize("engine", ["h5netcdf", "netcdf4"])
def test_a_course_that_xarray_wrote_is_opened_like_any_other(course: xr.Dataset, tmp_path: Path, engine: Any) -> None:
    pytest.importorskip("netCDF4" if engine == "netcdf4" else engine, reason=f"not run: {engine} is not installed")
    course.isel(time=slice(0, 40)).to_netcdf(tmp_path / "part.nc", engine=engine)
    part = cx.open(tmp_path / "part.nc")
    assert np.array_equal(part.cx.effect("collagen_total"), course.cx.effect("collagen_total")[:40])
    assert part["untreated_collagen_total"].attrs == course["untreated_collagen_total"].attrs


def failed(course: xr.Dataset, prefix: str) -> xr.Dataset:
    """The course as it would be had its integration stopped."""
    stop = {"status": np.int8(1), "solver_limiting_state": "tgf_beta1_active", "solver_time_reached": 478.4}
    return course.assign({f"{prefix}{name}": ((), value, course[name].attrs) for name, value in stop.items()})


@pytest.mark.parametrize(("prefix", "who"), [("", "the course"), ("untreated_", "the untreated twin")])
def test_a_failed_course_says_what_stopped_it_when_and_how_to_repeat_it(
    course: xr.Dataset, prefix: str, who: str
) -> None:
    told = failure_text(failed(course, prefix), "cicatrix run 'my course.toml'")
    assert told.startswith(f"{who} did not reach its end: too many steps, limited by tgf_beta1_active on day 478.4")
    assert "`cicatrix run 'my course.toml'`" in told
    assert "simulation.rtol" in told
    assert failure_text(course) == ""
