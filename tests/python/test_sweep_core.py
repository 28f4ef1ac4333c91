"""What the core promises of a sweep: shapes and types of batches, rows by chance, progress and stops, its stub."""

from __future__ import annotations

import ast
import threading
import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sweep_scenarios import SWEEP, WITH_A_REFUSED_MEMBER, note

from cicatrix import _core

CHOICES = SWEEP[: SWEEP.index("[sweep]")] + (
    """\
[sweep]
design = "zip"
outcomes = ["collagen_total final"]
[sweep.vary]
patient.site = ["cheek", "neck", "forehead"]
patient.age = ["30 years", "40 years", "50 years"]
"""
)
ARMS = SWEEP[: SWEEP.index("[sweep]")] + (
    """\
[sweep]
design = "cohort"
samples = 5
outcomes = ["collagen_total effect final", "erythema auc"]
[sweep.cohort]
age = "uniform 30 years to 60 years"
[sweep.arms.mild]
device.injured_fraction = 0.02
[sweep.arms.strong]
device.injured_fraction = 0.1
"""
)


@pytest.fixture(scope="module")
def sobol() -> _core.Sweep:
    """The small sweep of the tests."""
    return _core.parse_sweep(SWEEP, "small.toml")


@pytest.fixture(scope="module")
def arms() -> _core.Sweep:
    """Five patients under two protocols."""
    return _core.parse_sweep(ARMS, "arms.toml")


def test_a_batch_has_a_row_for_each_member_and_a_column_for_each_outcome_of_each_arm(arms: _core.Sweep) -> None:
    batch = arms.run(1, 3)
    assert len(batch) == 3
    assert batch.values.shape == (3, len(arms.outcomes))
    assert [column.arm for column in arms.outcomes] == ["mild", "mild", "strong", "strong"]
    of_one = len(arms.outcomes) // len(arms.arms)
    assert [column.name for column in arms.outcomes[:of_one]] == [column.name for column in arms.outcomes[of_one:]]
    for table in (batch.status, batch.time_reached, batch.limiting_state, batch.steps):
        assert table.shape == (3, len(arms.arms))
    kinds: list[Any] = [batch.values, batch.status, batch.time_reached, batch.limiting_state, batch.steps]
    assert [str(each.dtype) for each in kinds] == ["float64", "int8", "float64", "int32", "int64"]
    assert (batch.steps > 0).all()


def test_stronger_needling_of_the_same_patient_makes_more_redness(arms: _core.Sweep) -> None:
    values = arms.run(0, 5).values
    redness = [place for place, column in enumerate(arms.outcomes) if column.name == "erythema_auc"]
    assert (values[:, redness[1]] > values[:, redness[0]]).all()


def test_numbers_of_a_batch_are_ones_own(sobol: _core.Sweep) -> None:
    rows = sobol.design(0, 4)
    kept = rows.copy()
    batch = sobol.run_rows(rows)
    assert np.array_equal(rows, kept)
    rows[:] = 0.0  # neither the batch nor the design are views of it
    assert np.array_equal(sobol.design(0, 4), kept)
    assert np.array_equal(batch.values, sobol.run(0, 4).values)


@pytest.mark.parametrize("order", ["C", "F"])
def test_rows_are_read_by_row_however_they_lie_in_memory(order: Any, sobol: _core.Sweep) -> None:
    rows = sobol.design(3, 4)
    wide = np.full((8, 4), np.nan, order=order)
    wide[::2, 1:3] = rows
    assert np.array_equal(sobol.run_rows(wide[::2, 1:3]).values, sobol.run(3, 4).values)
    assert np.array_equal(sobol.run_rows(rows.tolist()).values, sobol.run(3, 4).values)


def test_no_members_are_an_empty_batch(sobol: _core.Sweep) -> None:
    told: list[int] = []
    watched = sobol.run(7, 0, progress=lambda done, failed: note(told, done))
    for batch in (watched, sobol.run_rows(np.ones((0, 2)))):
        assert len(batch) == 0
        assert batch.values.shape == (0, len(sobol.outcomes))
        assert batch.failures() == []
    assert sum(told) == 0
    assert sobol.design(9, 0).shape == (0, 2)


@pytest.mark.parametrize(("first", "count"), [(3, 1), (2, 2), (0, 4), (1000, 1)])
def test_members_beyond_the_end_are_an_index_error(first: int, count: int) -> None:
    zipped = _core.parse_sweep(CHOICES, "zip.toml")
    for asked in (zipped.design, zipped.run):
        with pytest.raises(IndexError, match="no such member"):
            asked(first, count)
    if count == 1:
        with pytest.raises(IndexError):
            zipped.member_scenario(first)


def test_a_sequence_goes_on_beyond_its_samples(sobol: _core.Sweep) -> None:
    beyond = sobol.design(298, 4)
    assert np.array_equal(beyond[:2], sobol.design(298, 2))
    assert np.array_equal(sobol.run(298, 4).values, sobol.run_rows(beyond).values)


@pytest.mark.parametrize("wrong", [-1, 1.5, "one", None])
def test_a_member_has_a_whole_number(wrong: Any, sobol: _core.Sweep) -> None:
    for asked in (sobol.member_scenario, lambda first: sobol.design(first, 1), lambda count: sobol.run(0, count)):
        with pytest.raises(TypeError):
            asked(wrong)


def test_more_samples_leave_the_first_rows_of_a_sequence_alone(sobol: _core.Sweep) -> None:
    more = _core.parse_sweep(SWEEP.replace("samples = 300", "samples = 5000"), "more.toml")
    assert np.array_equal(more.design(0, 300), sobol.design(0, 300))
    assert np.array_equal(more.design(4321, 11), more.design(4000, 1000)[321:332])


def test_another_seed_makes_other_rows_from_the_same_distributions(sobol: _core.Sweep) -> None:
    other = _core.parse_sweep(SWEEP.replace("seed = 7", "seed = 8"), "other.toml")
    one, two = sobol.design(0, 256), other.design(0, 256)
    assert not np.isin(one[:, 0], two[:, 0]).any()
    # 256 = 2^8 points of a scrambled sequence: one in each of 256 equal intervals, whatever the seed.
    for rows in (one, two):
        places = np.sort(np.floor((rows[:, 0] - 20.0) / 50.0 * 256))
        assert np.array_equal(places, np.arange(256))


def test_values_rise_with_their_probability_and_stay_between_their_ends(sobol: _core.Sweep) -> None:
    shares = np.linspace(0.001, 0.999, 101)
    rows = sobol.rows_at(np.column_stack([shares, shares]))
    assert (np.diff(rows, axis=0) > 0).all()
    for factor, column in zip(sobol.factors, rows.T, strict=True):
        assert factor.low is not None
        assert factor.high is not None
        assert factor.low < column[0]
        assert column[-1] < factor.high
    assert rows[:, 0] == pytest.approx(20.0 + 50.0 * shares)  # uniform


def test_each_choice_is_as_probable_as_any_other() -> None:
    sweep = _core.parse_sweep(CHOICES, "zip.toml")
    shares = (np.arange(300) + 0.5) / 300
    drawn = sweep.rows_at(np.column_stack([shares, np.full(300, 0.5)]))[:, 0]
    assert [int(np.sum(drawn == place)) for place in range(3)] == [100, 100, 100]


@pytest.mark.parametrize("shape", [(2,), (4, 1), (4, 3), (2, 2, 2)])
def test_points_of_another_shape_are_a_value_error(shape: tuple[int, ...], sobol: _core.Sweep) -> None:
    with pytest.raises(ValueError, match="2 factors"):
        sobol.rows_at(np.full(shape, 0.5))


def test_zipped_levels_go_together() -> None:
    sweep = _core.parse_sweep(CHOICES, "zip.toml")
    assert sweep.members == 3
    assert sweep.factors[0].choices == ["cheek", "neck", "forehead"]
    assert sweep.design(0, 3).tolist() == [[0.0, 30.0], [1.0, 40.0], [2.0, 50.0]]
    for member, (site, age) in enumerate((("cheek", 30), ("neck", 40), ("forehead", 50))):
        patient = tomllib.loads(sweep.member_scenario(member))["patient"]
        assert patient["site"] == site
        assert float(str(patient["age"]).split()[0]) == age


def test_only_what_varies_differs_between_the_scenarios_of_members(sobol: _core.Sweep) -> None:
    one, two = (tomllib.loads(sobol.member_scenario(member)) for member in (0, 299))
    assert one.pop("title") != two.pop("title")
    assert one["patient"].pop("age") != two["patient"].pop("age")
    assert one["parameters"].pop("clot_decay") != two["parameters"].pop("clot_decay")
    assert one == two


def test_a_member_that_is_refused_leaves_no_number_and_no_time() -> None:
    sweep = _core.parse_sweep(WITH_A_REFUSED_MEMBER, "refused.toml")
    told: list[tuple[int, int]] = []
    batch = sweep.run(0, 4, progress=lambda done, failed: note(told, (done, failed)))
    assert np.isnan(batch.values).all(axis=1).tolist() == [False, True, False, False]
    assert batch.time_reached[:, 0].tolist() == [20.0, 0.0, 60.0, 60.0]
    assert [row for row, *_ in batch.failures()] == [1]
    assert (batch.status != 0).any(axis=1).tolist() == [False, True, False, False]
    assert all(failed <= 1 for _, failed in told)
    with pytest.raises(_core.InputError):
        _core.parse_scenario(sweep.member_scenario(1))


def test_progress_is_told_by_the_thread_that_asked_and_others_go_on() -> None:
    sweep = _core.parse_sweep(SWEEP.replace("samples = 300", "samples = 6000"), "many.toml")
    told: list[tuple[int, int, int]] = []
    counted = 0
    done = threading.Event()

    def count() -> None:
        nonlocal counted
        while not done.is_set():
            counted += 1
            done.wait(0.001)

    other = threading.Thread(target=count)
    other.start()
    try:
        sweep.run(0, 6000, threads=2, progress=lambda at, failed: note(told, (threading.get_ident(), at, failed)))
        at_end = counted
    finally:
        done.set()
        other.join()
    assert {thread for thread, _, _ in told} == {threading.get_ident()}
    reached = [at for _, at, _ in told]
    assert reached == sorted(reached)
    assert reached[-1] <= 6000
    assert at_end > 10  # the interpreter was not held while members were computed


@pytest.mark.parametrize("answer", [False, 0, None])
def test_an_answer_that_is_not_true_stops_a_run(answer: Any) -> None:
    sweep = _core.parse_sweep(SWEEP.replace("samples = 300", "samples = 50000"), "many.toml")
    asked: list[int] = []

    def watch(done: int, failed: int) -> Any:
        asked.append(done)
        return answer

    with pytest.raises(KeyboardInterrupt):
        sweep.run(0, 50000, progress=watch)
    assert len(asked) == 1
    assert asked[0] < 50000


def test_a_sweep_that_was_stopped_runs_again() -> None:
    many = _core.parse_sweep(SWEEP.replace("samples = 300", "samples = 50000"), "many.toml")
    before = many.run(0, 40)
    with pytest.raises(KeyboardInterrupt):
        many.run(0, 50000, progress=lambda done, failed: False)
    assert np.array_equal(many.run(0, 40).values, before.values)


def test_what_progress_raises_ends_the_members_that_are_left_too(sobol: _core.Sweep) -> None:
    begun = time.monotonic()
    sobol.run(0, 300)
    each = (time.monotonic() - begun) / 300
    many = _core.parse_sweep(SWEEP.replace("samples = 300", "samples = 60000"), "many.toml")

    def fail(done: int, failed: int) -> bool:
        raise LookupError("of the caller")

    begun = time.monotonic()
    with pytest.raises(LookupError):
        many.run(0, 60000, progress=fail)
    assert time.monotonic() - begun < 0.3 * 60000 * each


def test_the_text_of_a_sweep_is_kept_and_its_defaults_are_told(sobol: _core.Sweep) -> None:
    assert sobol.scenario.text == SWEEP
    resolved = tomllib.loads(sobol.resolved)
    assert resolved["sweep"]["design"] == sobol.design_name
    assert resolved["sweep"]["samples"] == sobol.members
    again = _core.parse_sweep(sobol.resolved, "again.toml")
    assert tomllib.loads(again.resolved) == resolved
    assert np.array_equal(again.design(0, 300), sobol.design(0, 300))
    assert np.array_equal(again.run(0, 8).values, sobol.run(0, 8).values)


def properties(stub: ast.ClassDef) -> dict[str, tuple[str, str]]:
    """Annotation and words of each property of a class in the stub."""
    return {
        node.name: (ast.unparse(node.returns) if node.returns else "", ast.get_docstring(node) or "")
        for node in stub.body
        if isinstance(node, ast.FunctionDef) and any(ast.unparse(each) == "property" for each in node.decorator_list)
    }


def is_a(value: Any, annotation: str) -> bool:
    """Whether a value is what the stub says."""
    if annotation.startswith("npt.NDArray"):
        return isinstance(value, np.ndarray) and str(value.dtype) == annotation[len("npt.NDArray[np.") : -1]
    plain: dict[str, Callable[[Any], bool]] = {
        "str": lambda each: isinstance(each, str),
        "int": lambda each: isinstance(each, int),
        "bool": lambda each: isinstance(each, bool),
        "float": lambda each: isinstance(each, float),
        "None": lambda each: each is None,
    }
    for part in annotation.split(" | "):
        if part.startswith("list["):
            known = plain.get(part[5:-1], lambda each: type(each).__name__ == part[5:-1])  # noqa: B023
            if isinstance(value, list) and all(map(known, value)):
                return True
        elif plain.get(part, lambda each: type(each).__name__ == part)(value):  # noqa: B023
            return True
    return False


def test_the_stub_says_of_a_sweep_what_its_objects_are(root: Path, sobol: _core.Sweep, arms: _core.Sweep) -> None:
    stub = ast.parse((root / "bindings" / "python" / "cicatrix" / "_core.pyi").read_text(encoding="utf-8"))
    classes = {node.name: node for node in stub.body if isinstance(node, ast.ClassDef)}
    zipped = _core.parse_sweep(CHOICES, "zip.toml")
    sweeps = [sobol, arms, zipped]
    objects: list[Any] = [*sweeps, sobol.run(0, 2)]
    objects += [each for sweep in sweeps for each in (*sweep.factors, *sweep.outcomes)]
    for each in objects:
        told = properties(classes[type(each).__name__])
        known = {name for name, value in vars(type(each)).items() if isinstance(value, property)}
        assert known == set(told)
        for name, (annotation, words) in told.items():
            assert is_a(getattr(each, name), annotation), f"{type(each).__name__}.{name} is no {annotation}"
            said = (getattr(type(each), name).__doc__ or "").strip()
            assert said.endswith(words), f"{type(each).__name__}.{name}"
