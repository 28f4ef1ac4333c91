"""The members of sweeps from Python: rows, batches, replay of one member, and what is told of failures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import cicatrix as cx
from cicatrix import _core

COURSE = """
seed = 3
patient.age = "45 years"
device = { kind = "roller", needle_length = "1.5 mm" }
protocol = { sessions = "every 4 weeks x 2", passes = 10 }
simulation = { duration = "120 days", outputs = ["10 days", "120 days"] }
[sweep]
outcomes = ["wrinkle_depth effect final", "collagen_total final", "erythema untreated final"]
"""
COHORT = """design = "cohort"
samples = 6
[sweep.cohort]
age = "uniform 30 years to 60 years"
variability = 0.2
adherence = { sessions = 0.8 }
[sweep.arms.few]
protocol.passes = 4
[sweep.arms.many]
protocol.passes = 25
"""
GRID = """design = "grid"
[sweep.vary]
patient.site = ["cheek", "neck"]
device.needle_length = ["0.5 mm", "1500 um"]
protocol.passes = [5, 10, 15]
"""


def sweep_of(lines: str) -> _core.Sweep:
    return _core.parse_sweep(COURSE + lines, "x.toml")


def test_a_grid_says_what_varies_and_what_is_kept() -> None:
    sweep = sweep_of(GRID)
    assert (sweep.design_name, sweep.members, sweep.arms, sweep.seed) == ("grid", 12, [""], 3)
    site, length, passes = sweep.factors
    assert (site.name, site.kind, site.choices, site.low, site.high) == (
        "patient.site",
        "choice",
        ["cheek", "neck"],
        None,
        None,
    )
    assert (length.kind, length.unit, length.levels, length.low, length.high) == ("number", "mm", [0.5, 1.5], 0.5, 1.5)
    assert passes.whole
    assert not length.whole
    assert [each.name for each in sweep.outcomes] == [
        "wrinkle_depth_effect_final",
        "collagen_total_final",
        "erythema_untreated_final",
    ]
    assert sweep.outcomes[0].unit == "um"
    assert sweep.scenario.title == "Untitled course"


def test_the_rows_of_a_grid_unstack_to_its_factors() -> None:
    sweep = sweep_of(GRID)
    rows = sweep.design(0, 12).reshape(2, 2, 3, 3)
    assert np.array_equal(rows[1, :, :, 0], np.ones((2, 3)))
    assert np.array_equal(rows[:, 1, :, 1], np.full((2, 3), 1.5))
    assert np.array_equal(rows[0, 0, :, 2], [5, 10, 15])
    with pytest.raises(IndexError):
        sweep.design(10, 3)


def test_a_distribution_has_ends_and_no_levels() -> None:
    lines = (
        'design = "sobol"\nvary = { "parameters.clot_decay" = "range", "patient.age" = "normal 45 years sd 9 years" }'
    )
    sweep = sweep_of(lines)
    clot, age = sweep.factors
    (declared,) = (row for row in _core.parameters("microneedling") if row.name == "clot_decay")
    assert clot.grade == declared.grade
    assert clot.levels is None
    assert clot.distribution == "range"
    assert (age.low, age.high, age.unit, age.grade) == (10, 110, "years", "")
    assert sweep.members == 0
    middle = sweep.rows_at(np.full((1, 2), 0.5))
    assert middle[0, 1] == pytest.approx(45, rel=1e-4)  # the ends cut off a little, unevenly


@pytest.mark.parametrize("lines", [GRID, COHORT])
def test_rows_of_ones_own_have_the_numbers_of_the_design(lines: str) -> None:
    sweep = sweep_of(lines)
    whole = sweep.run(0, 6)
    parts = [sweep.run(0, 1), sweep.run(1, 4, threads=2), sweep.run(5, 1)]
    assert whole.values.shape == (6, 3 * len(sweep.arms))
    assert np.array_equal(np.concatenate([part.values for part in parts]), whole.values)
    assert np.array_equal(sweep.run_rows(sweep.design(0, 6)).values, whole.values)
    assert np.array_equal(sweep.run_rows(sweep.design(0, 6)[::-1]).values, whole.values[::-1])
    assert whole.status.tolist() == [[0] * len(sweep.arms)] * 6
    assert whole.time_reached.min() == 120
    assert len(whole) == 6
    assert whole.failures() == []


@pytest.mark.parametrize("lines", [GRID, COHORT])
def test_a_member_run_by_itself_has_its_numbers_to_the_last_bit(lines: str) -> None:
    sweep = sweep_of(lines)
    batch = sweep.run(0, 6)
    for member in range(6):
        for arm in range(len(sweep.arms)):
            text = sweep.member_scenario(member, arm)
            course = cx.run(_core.parse_scenario(text, "member.toml"))
            alone = [
                float(course.cx.effect("wrinkle_depth")[-1]),
                float(course["collagen_total"][-1]),
                float(course["untreated_erythema"][-1]),
            ]
            assert alone == batch.values[member, 3 * arm : 3 * arm + 3].tolist(), text


def test_the_text_of_a_member_says_which_one_it_is() -> None:
    sweep = sweep_of(COHORT)
    text = sweep.member_scenario(4, 1)
    assert text.startswith('seed = 3\ntitle = "Untitled course, member 4, many"\n')
    assert "[sweep]" not in text
    assert _core.parse_scenario(text).title == "Untitled course, member 4, many"
    assert (
        sweep.row_scenario(list(sweep.design(4, 1)[0]), 1, "Mine").replace("Mine", "Untitled course, member 4, many")
        == text
    )
    with pytest.raises(IndexError):
        sweep.member_scenario(4, 2)


def test_rows_that_no_scenario_allows_are_refused_alone() -> None:
    sweep = sweep_of(GRID)
    rows = sweep.design(0, 4)
    rows[1, 1] = 9.0
    rows[2, 0] = 0.5
    batch = sweep.run_rows(rows)
    refused = [(1, 0, "refused", 0.0, ""), (2, 0, "refused", 0.0, "")]
    assert batch.failures() == refused
    assert np.isnan(batch.values[[1, 2]]).all()
    assert np.array_equal(batch.values[[0, 3]], sweep.run(0, 4).values[[0, 3]])
    with pytest.raises(_core.InputError, match=r"needle_length: 9 is out of range, allowed is 0.1 mm to 3 mm"):
        sweep.row_scenario(rows[1].tolist())


@pytest.mark.parametrize("shape", [(3,), (2, 2), (2, 4), (1, 2, 3)])
def test_rows_of_another_shape_are_a_value_error(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="3 factors"):
        sweep_of(GRID).run_rows(np.ones(shape))


def test_progress_rises_and_may_stop_the_run() -> None:
    sweep = sweep_of(COHORT.replace("samples = 6", "samples = 4000"))
    told: list[int] = []

    def watch(done: int, failed: int) -> bool:
        assert failed == 0
        told.append(done)
        return len(told) < 3

    with pytest.raises(KeyboardInterrupt):
        sweep.run(0, 4000, progress=watch)
    assert len(told) == 3
    assert told == sorted(told)
    assert told[-1] < 4000


def test_what_progress_raises_comes_through() -> None:
    def fail(done: int, failed: int) -> bool:
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        sweep_of(COHORT.replace("samples = 6", "samples = 400")).run(0, 400, progress=fail)


def test_the_shipped_sweeps_have_the_members_that_they_promise(root: Path) -> None:
    grid = _core.read_sweep(str(root / "scenarios" / "needle_length.toml"))
    assert (grid.members, [len(factor.levels or []) for factor in grid.factors]) == (10000, [10, 20, 50])
    cohort = _core.read_sweep(str(root / "scenarios" / "cohort.toml"))
    assert (cohort.members, len(cohort.arms)) == (1000, 2)
    people = cohort.design(0, 1000)
    age, sex = people[:, 0], people[:, 1]
    assert 30 <= age.min() < 35
    assert 65 < age.max() <= 70
    assert abs(sex.mean() - 0.15) < 0.05
    assert len(set(people[:, -1])) == 1000  # persons


def test_a_pair_differs_less_than_two_strangers(root: Path) -> None:
    cohort = _core.read_sweep(str(root / "scenarios" / "cohort.toml"))
    outcomes = [outcome.name for outcome in cohort.outcomes]
    column = outcomes.index("erythema_auc")
    batch = cohort.run(0, 100)
    pen, roller = np.log(batch.values[:, column]), np.log(batch.values[:, column + len(outcomes) // 2])
    assert np.corrcoef(pen, roller)[0, 1] > 0.3
    assert np.std(pen - roller) < np.hypot(np.std(pen), np.std(roller))


@pytest.mark.parametrize(("text", "sweeps"), [(COURSE + GRID, True), ("title = 'x'\n", False), ("= broken", False)])
def test_a_file_that_describes_a_sweep_is_told_from_others(text: str, sweeps: bool, tmp_path: Path) -> None:
    assert _core.describes_sweep(text) == sweeps
    path = tmp_path / "some.toml"
    path.write_text(text)
    assert _core.file_describes_sweep(str(path)) == sweeps


def test_a_missing_file_is_a_file_error(tmp_path: Path) -> None:
    for read in (_core.read_sweep, _core.file_describes_sweep):
        with pytest.raises(_core.FileError) as caught:
            read(str(tmp_path / "none.toml"))
        assert caught.value.fault == "no_input"


def test_check_knows_sweeps_and_finds_their_faults(tmp_path: Path) -> None:
    path = tmp_path / "sweep.toml"
    path.write_text(COURSE + GRID)
    assert cx.check(path) == []
    path.write_text(COURSE + GRID.replace("needle_length", "needle_lenght"))
    (problem,) = cx.check(path)
    assert "needle_length" in problem.suggestion
    assert problem.line == 12


def test_running_a_sweep_as_a_course_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "sweep.toml"
    path.write_text(COURSE + GRID)
    with pytest.raises(_core.InputError, match="cicatrix sweep"):
        cx.run(path)
