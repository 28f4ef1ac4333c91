"""Solving again: what counts as a difference, in which order differences are told, and how both are solved."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

import cicatrix as cx
from cicatrix import _core, cli, verification
from cicatrix.verification import verification_text, verify

PUBLISHED = [model for model in _core.models() if model != "microneedling"]
INJURY = '[model]\nid = "adler_2020"\n[simulation]\nduration = "40 days"\n'
SESSION = """
[patient]
age = "25 years"
[device]
kind = "prescribed"
injured_fraction = 0.05
[protocol]
sessions = ["0 days"]
[simulation]
duration = "10 days"
"""

Finding = Callable[[xr.Dataset, xr.Dataset], list[verification.Difference]]


def written(folder: Path, text: str) -> str:
    path = folder / "x.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def solved(**values: list[float]) -> xr.Dataset:
    """A run that has these variables over time, each in grams."""
    times = np.arange(len(next(iter(values.values()))), dtype=float)
    variables = {name: ("time", np.array(column), {"units": "g"}) for name, column in values.items()}
    return xr.Dataset(variables, coords={"time": times})


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Finding:
    """The differences that are found between two given runs."""

    def differences(first: xr.Dataset, second: xr.Dataset) -> list[verification.Difference]:
        runs = iter([first, second])
        monkeypatch.setattr(verification, "run", lambda scenario: next(runs))
        return verify(written(tmp_path, INJURY)).differences

    return differences


def test_the_largest_difference_is_told_with_its_time_and_unit(found: Finding) -> None:
    (row,) = found(solved(x=[1.0, 2.0, 5.0, 4.0]), solved(x=[1.0, 2.5, 4.0, 4.2]))
    assert (row.name, row.unit, row.at) == ("x", "g", 2.0)
    assert row.largest == pytest.approx(1.0)


def test_a_difference_is_relative_to_the_largest_size_of_what_was_solved_again(found: Finding) -> None:
    (row,) = found(solved(x=[-8.1, 1.0, 0.0]), solved(x=[-8.0, 1.0, 0.0]))
    assert row.relative == pytest.approx(0.1 / 8.0)


def test_what_is_nothing_both_times_differs_by_nothing(found: Finding) -> None:
    (row,) = found(solved(x=[0.0, 0.0]), solved(x=[0.0, 0.0]))
    assert (row.largest, row.relative) == (0.0, 0.0)


def test_what_should_be_nothing_differs_without_bound(found: Finding) -> None:
    (row,) = found(solved(x=[0.0, 1e-9]), solved(x=[0.0, 0.0]))
    assert math.isinf(row.relative)


def test_differences_come_largest_first(found: Finding) -> None:
    rows = found(solved(a=[1.0, 1.1], b=[10.0, 10.1], c=[1.0, 2.0]), solved(a=[1.0, 1.0], b=[10.0, 10.0], c=[1.0, 1.0]))
    assert [row.name for row in rows] == ["c", "a", "b"]


def test_a_number_that_is_missing_only_once_is_the_worst_difference(found: Finding) -> None:
    rows = found(solved(a=[1.0, 1.5], b=[1.0, math.nan]), solved(a=[1.0, 1.0], b=[1.0, 1.0]))
    assert rows[0].name == "b"
    assert rows[0].at == 1.0


def test_only_what_runs_over_time_is_compared(found: Finding) -> None:
    first, second = solved(x=[1.0, 2.0]), solved(x=[1.0, 2.0])
    for course, steps in ((first, 10), (second, 99)):
        course["solver_steps"] = steps
    assert [row.name for row in found(first, second)] == ["x"]


def test_a_course_is_solved_again_by_the_other_method(tmp_path: Path) -> None:
    for method, other in (("rodas5p", "rodas4"), ("rodas4", "rodas5p")):
        told = verify(written(tmp_path, f'{SESSION}rtol = 1e-6\nmethod = "{method}"\n'))
        assert (told.method, told.again_method) == (method, other)
        assert told.again_rtol == pytest.approx(1e-3 * told.rtol)
        assert {row.name for row in told.differences} >= {row.name for row in _core.states("microneedling")}
        assert max(row.relative for row in told.differences if row.name in ("elastin", "fibroblasts")) < 1e-5


def test_no_run_is_asked_for_more_than_rounding_allows(tmp_path: Path) -> None:
    told = verify(written(tmp_path, INJURY + "rtol = 1e-11\n"))
    assert told.again_rtol == 1e-12


@pytest.mark.parametrize("model", PUBLISHED)
def test_a_published_model_solved_again_agrees_in_all_of_its_states(model: str, tmp_path: Path) -> None:
    told = verify(written(tmp_path, f'[model]\nid = "{model}"\n'))
    assert {row.name for row in told.differences} == {row.name for row in _core.states(model)}
    assert told.method == told.again_method
    assert max(row.relative for row in told.differences) < 1e-4
    sizes = [row.relative for row in told.differences]
    assert sizes == sorted(sizes, reverse=True)


def test_json_tells_what_the_function_finds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, INJURY)
    assert cli.main(["verify", path, "--json"]) == 0
    told, expected = json.loads(capsys.readouterr().out), verify(path)
    in_space: dict[str, object] = {
        **dict.fromkeys(("cells", "again_cells", "rings", "again_rings")),
        "in_space": [],
    }
    assert set(told) == {"method", "rtol", "again_method", "again_rtol", "differences", *in_space}
    assert {key: told[key] for key in in_space} == in_space
    assert told["rtol"] == expected.rtol
    assert [row["name"] for row in told["differences"]] == [row.name for row in expected.differences]
    for row, same in zip(told["differences"], expected.differences, strict=True):
        assert (row["largest"], row["at"], row["relative"]) == (same.largest, same.at, same.relative)


def test_the_table_has_a_line_for_each_variable_under_both_ways_of_solving(tmp_path: Path) -> None:
    path = written(tmp_path, INJURY)
    told = verify(path)
    head, gap, *lines = verification_text(path, told).splitlines()
    assert head.startswith(f"{path}: rodas5p at rtol 1e-06 against rodas5p at rtol 1e-09")
    assert gap == ""
    assert len(lines) == len(told.differences)
    for line, row in zip(lines, told.differences, strict=True):
        assert line.startswith(row.name)
        assert row.unit in line


def test_a_scenario_that_is_wrong_or_not_there_cannot_be_verified(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["verify", written(tmp_path, '[model]\nid = "adler_2021"\n')]) == 65
    assert "adler_2020" in capsys.readouterr().err
    assert cli.main(["verify", str(tmp_path / "nowhere.toml")]) == 66
    assert capsys.readouterr().out == ""
    with pytest.raises(cx.InputError):
        verify(written(tmp_path, SESSION + 'rtol = "six"\n'))


def test_solving_again_leaves_the_scenario_as_it_was(tmp_path: Path) -> None:
    path = written(tmp_path, INJURY)
    verify(path)
    assert Path(path).read_text(encoding="utf-8") == INJURY
    assert [entry.name for entry in tmp_path.iterdir()] == ["x.toml"]
