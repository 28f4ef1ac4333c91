"""What is asked of the wrong kind of result, or with the wrong kind of value, is refused in words that say a way on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr
from sample_grid import a_grid, pairs
from test_told_errors import caught

import cicatrix as cx
from cicatrix import cli
from cicatrix.told_errors import UnknownNameError, UnusableError

OVER_TIME = """
[sweep]
design = "grid"
outcomes = ["wrinkle_depth effect at 30 days", "wrinkle_depth effect at 90 days", "wrinkle_depth effect at 180 days"]
vary = { "patient.age" = ["30 years", "40 years", "50 years", "60 years", "70 years"] }
"""
RUN_ANYTHING: Any = cx.run
SWEEP_ANYTHING: Any = cx.sweep  # what no checker of types would let through is refused in words, too


def members(samples: Any) -> xr.Dataset:
    return cx.sweep("cohort", samples=samples, progress=False)


@pytest.fixture(scope="module")
def course() -> xr.Dataset:
    return cx.run("single_session")


@pytest.fixture(scope="module")
def over_time() -> xr.Dataset:
    """A sweep that keeps a quantity on three days."""
    place = next(path for path in cx.scenarios() if path.stem == "single_session")
    return cx.sweep(cx.parse_sweep(place.read_text(encoding="utf-8") + OVER_TIME), progress=False)


@pytest.mark.parametrize("call", ["bands", "grid", "paired"])
def test_a_course_says_what_makes_the_sweep_that_is_needed(call: str, course: xr.Dataset) -> None:
    given = () if call == "bands" else ("wrinkle_depth",)
    told = str(caught(getattr(course.cx, call), *given))
    assert told.startswith(f"{call} is for sweeps, and this is a single course; ")
    assert 'cicatrix.sweep("cohort")' in told
    assert "this sweep" not in told


@pytest.mark.parametrize(("call", "given"), [("effect", ("erythema",)), ("milestones", ()), ("headline", ())])
def test_a_sweep_says_what_makes_the_course_that_is_needed(call: str, given: tuple[str, ...]) -> None:
    error = caught(getattr(a_grid().cx, call), *given)
    assert isinstance(error, UnusableError)
    assert f"{call} is for a single course, and this is a sweep; cicatrix.run makes a course" in str(error)


def test_tab_offers_what_is_for_this_kind_of_result(course: xr.Dataset, over_time: xr.Dataset) -> None:
    assert not {"bands", "grid", "paired"} & set(dir(course.cx))
    assert {"section", "against", "explain", "effect"} <= set(dir(course.cx))
    assert dir(a_grid().cx) == ["grid", "plot", "table"]
    assert "paired" in dir(pairs().cx)
    assert dir(over_time.cx) == ["bands", "grid", "plot", "table"]
    assert dir(cx.run("reynolds_2006").cx) == ["readouts", "table"]
    assert "plot" in dir(cx.run("sherratt_murray").cx)


def test_summaries_name_sections_comparisons_and_bands(course: xr.Dataset, over_time: xr.Dataset) -> None:
    told = repr(course.cx)
    assert "course.cx.section(3, 30, 180)" in told
    assert 'course.cx.against("home_roller")' in told
    assert 'sweep.cx.bands("wrinkle_depth_effect")' in repr(over_time.cx)
    assert ".bands(" not in repr(a_grid().cx)


def test_a_course_is_compared_with_a_scenario_by_its_name_or_a_file(course: xr.Dataset, tmp_path: Path) -> None:
    cx.save(cx.run("home_roller"), tmp_path / "other.nc")
    words = course.cx.against(tmp_path / "other.nc").get_label()
    assert "B: Home roller" in words
    assert course.cx.against("home_roller").get_label() == words


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda course: RUN_ANYTHING({"patient": 1}), "given was a dict"),
        (lambda course: SWEEP_ANYTHING(3), "given was an int"),
        (lambda course: cx.sensitivity(course), r'parse_scenario\(course.attrs\["scenario_toml"\]\)'),
        (lambda course: cx.tornado(course, "erythema auc"), r'parse_scenario\(course.attrs\["scenario_toml"\]\)'),
        (lambda course: course.cx.against(7), "this takes another course, .* given was an int"),
        (lambda course: course.cx.against(a_grid()), "against is for a single course, and this is a sweep"),
        (lambda course: course.cx.section("three"), r"a day is a number, .* this is 'three'"),
        (lambda course: course.cx.section([3, 30]), r"this is \[3, 30\]"),
        (lambda course: members("many"), "a whole number from 1 on; given was 'many'"),
        (lambda course: members(2.5), "given was 2.5"),
        (lambda course: members(True), "given was True"),
    ],
)
def test_what_was_given_and_what_is_allowed_is_said(
    call: Callable[[xr.Dataset], Any], told: str, course: xr.Dataset
) -> None:
    with pytest.raises(UnusableError, match=told):
        call(course)


def test_numbers_of_numpy_are_numbers(course: xr.Dataset) -> None:
    assert "day 30" in course.cx.section(np.int64(3), np.float64(30.0)).get_label()
    assert members(np.int64(2)).sizes["member"] == 2


@pytest.mark.parametrize("call", [cx.run, cx.check, cx.sweep, cx.sensitivity])
def test_python_names_a_near_scenario_as_the_command_does(
    call: Callable[[str], Any], capsys: pytest.CaptureFixture[str]
) -> None:
    error = caught(call, "crowsfeet")
    assert isinstance(error, cx.FileError)
    assert cli.main(["run", "crowsfeet", "--quiet"]) == 66
    assert str(error) in capsys.readouterr().err
    assert "did you mean crows_feet?" in str(error)


@pytest.mark.parametrize(("call", "name"), [("explain", "wrinkledepth"), ("effect", "wrinkel")])
def test_a_near_name_comes_first_and_no_wall_of_names(call: str, name: str, course: xr.Dataset) -> None:
    error = caught(getattr(course.cx, call), name)
    assert isinstance(error, UnknownNameError)
    assert ": did you mean 'wrinkle_depth'" in str(error)
    assert len(str(error)) < 200
    assert "did you mean" not in str(caught(getattr(course.cx, call), "qqqq"))


def test_a_file_that_is_called_so_and_lies_here_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert str(caught(cx.open, "results/mine.nc")) == "results/mine.nc: there is no such file"
    Path("mine.nc").write_bytes(b"")
    assert str(caught(cx.open, "results/mine.nc")).endswith("there is no such file; did you mean mine.nc?")
    Path("results").mkdir()
    Path("mine.nc").rename("results/mine.nc")
    assert str(caught(cx.open, "mine.nc")).endswith("did you mean results/mine.nc?")
